"""The figures of debts and receipts, taken apart: `receivable list · show`, `receipt list · show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.explain import figure_meant
from salesctl.customers.actions import customer_or_none
from salesctl.errors import N_
from salesctl.policy.figure import Figure
from salesctl.receivables import history, listing, parts, received

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked, Part

SUMS = {"amount": N_("amount"), "paid": N_("paid"), "open": N_("open")}
OWED = {**SUMS, "written_off": N_("written off")}
CAME = {"amount": N_("amount"), "allocated": N_("allocated"), "credit": N_("credit"), "returned": N_("paid back")}


def receivable(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of one debt, or of the total of `receivable list`: of a customer, or of all."""
    text, on = " ".join(asked.words), desk.today
    one = customer_or_none(view, text) if text else None
    if one or not text:
        name = figure_meant(asked.figure, SUMS)
        owed = [listing.Owed(*row).by_name()[name] for row in listing.owed(view, on, one.code if one else "")]
        of = parts.of_open_debts(view, on, one.key if one else 0)
        return Figure(name, f"{one.code} {one.name}" if one else "", on, sum(owed), _owed(name, of))
    name = figure_meant(asked.figure, OWED)
    stood = history.standing(view, text, on)
    of = parts.of_debts(view, on, parts.OF_ONE, debt=stood.debt.key)
    value = {"amount": stood.debt.amount, "paid": stood.paid, "written_off": stood.written_off, "open": stood.open}
    return Figure(name, stood.debt.number, on, value[name], _owed(name, of))


def receipt(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of one receipt."""
    name = figure_meant(asked.figure, CAME)
    number, _customer, _contract, *sums, _day = received.receipt(view, " ".join(asked.words), desk.today).row
    of = parts.of_receipts(view, desk.today, "m.number = :number", number=number)
    value = dict(zip(CAME, sums, strict=True))[name]
    return Figure(name, str(number), desk.today, int(str(value)), _came(name, of))


def _owed(name: str, of: Sequence[Part]) -> list[Part]:
    """The parts of a debt that count in one of its figures."""
    if name == "amount":
        return [part for part in of if part.what == parts.ISSUED]
    if name == "paid":
        return parts.turned(of, *parts.PAID)
    return parts.turned(of, *parts.BAD) if name == "written_off" else list(of)


def _came(name: str, of: Sequence[Part]) -> list[Part]:
    """The parts of a receipt that count in one of its figures."""
    if name == "amount":
        return [part for part in of if part.what == parts.CAME]
    if name == "allocated":
        return parts.turned(of, *parts.PAID)
    return parts.turned(of, *parts.BACK) if name == "returned" else list(of)
