"""The table `[company]` of `salesctl.toml`: who writes to customers, and where they pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.words import LANGUAGES, _
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from salesctl.desk import Desk

LONGEST = 200


class Faulty(SalesctlError):
    """A table [company] that cannot be meant; every fault of it is listed."""

    code, status = "company.settings", WRONG
    says = N_("The table [company] of {file} cannot be used.")
    hint = N_("It takes texts of one line: {keys}.")


class Company(Record):
    """Our own company as customers are told of it; what is not set is left out."""

    name: str = ""
    address: str = ""
    phone: str = ""
    account_name: str = ""
    bank: str = ""
    account: str = ""
    tax_number: str = ""
    letters: str = "zh_CN"  # the language of letters to customers

    @property
    def payee(self) -> list[str]:
        """Where customers pay, a line each; nothing where no account is set."""
        if not self.account:
            return []
        lines = (
            (_("Account name: {value}"), self.account_name or self.name),
            (_("Bank: {value}"), self.bank),
            (_("Account: {value}"), self.account),
        )
        return [text.format(value=value) for text, value in lines if value]

    @property
    def payee_in_both(self) -> str:
        """The same in one line of a paper."""
        parts = (
            ("户名 Name", self.account_name or self.name),
            ("开户行 Bank", self.bank),
            ("账号 Account", self.account),
        )
        return "\n".join(f"{label}: {value}" for label, value in parts if value) if self.account else ""


def company_of(desk: Desk) -> Company:
    """The settings of this run.

    Raises:
        Faulty: with every fault.
    """
    table: Mapping[str, Any] = desk.wishes.company
    faults = []
    for key, value in table.items():
        if key not in Company.fields:
            faults.append(f"{shown(key)}: {_('there is no such setting')}")
        elif not (isinstance(value, str) and value.isprintable() and len(value) <= LONGEST):
            faults.append(f"{key}: {_('it must be a text of one line')}")
        elif key == "letters" and value not in LANGUAGES:
            faults.append(f"{key}: {', '.join(LANGUAGES)}")
    if faults:
        raise Faulty(file=shown(desk.wishes.settings_file), keys=", ".join(Company.fields), lines=faults)
    return Company(**{key: value.strip() for key, value in table.items()})
