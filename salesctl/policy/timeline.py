"""Which version of a figure holds on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, STORAGE, WRONG, SalesctlError

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.kinds import Version


class NotInForce(SalesctlError):
    """A rule was asked about a day before its first version."""

    code, status = "policy.not-in-force", STORAGE
    says = N_("{key} was not in force on {day}.")
    hint = N_("Its first version starts on {first}; correct the date or add the earlier clause.")


class Unset(SalesctlError):
    """A figure each company must set, and this one has not."""

    code, status = "policy.unset", WRONG
    says = N_("The regulation needs {key}, and this company has not set it ({label}).")
    hint = N_("Set it in the company's pack and adopt it: salesctl policy adopt FOLDER.")


def version_on(key: str, versions: list[Version], day: date) -> Version:
    """The version in force on `day`.

    Raises:
        NotInForce: none was; never a zero.
    """
    iso = day.isoformat()
    for version in reversed(versions):
        if version.get("from", "") <= iso < version.get("until", "9999"):
            return version
    raise NotInForce(key=key, day=iso, first=versions[0].get("from", "-"))


def overlay(base: list[Version], own: list[Version]) -> list[Version]:
    """A company's versions on top of the pack's: from its first day on, the company's hold."""
    if not own:
        return base
    start = own[0].get("from", "")
    kept = [dict(version) for version in base if version.get("from", "") < start]
    if kept and kept[-1].get("until", "9999") > start:
        kept[-1]["until"] = start
    return kept + own
