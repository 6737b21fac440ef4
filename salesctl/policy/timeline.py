"""Which version of a figure holds on a day."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.kinds import Version


FOREVER = "9999"  # later than any day, as text


class NotInForce(SalesctlError):
    """A rule was asked about a day before its first version."""

    code, status = "policy.not-in-force", WRONG
    says = N_("{key} was not in force on {day}.")
    hint = N_("Its first version starts on {first}; correct the date or add the earlier clause.")


class NoLongerInForce(NotInForce):
    """A rule was asked about a day after a version ended and before another begins."""

    hint = N_("It ended on {last}; correct the date or add the clause that follows.")


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
    if (version := holding(versions, iso)) is not None:
        return version
    ended = [version["until"] for version in versions if version.get("until", FOREVER) <= iso]
    if ended:
        raise NoLongerInForce(key=key, day=iso, last=max(ended))
    raise NotInForce(key=key, day=iso, first=versions[0].get("from", "-"))


def holding(versions: list[Version], iso: str) -> Version | None:
    """The version that holds on a day, half-open: its first day belongs to it, its last does not."""
    for version in versions:
        if version.get("from", "") <= iso < version.get("until", FOREVER):
            return version
    return None


def overlay(base: list[Version], own: list[Version]) -> list[Version]:
    """A company's versions on top of the regulation's: while the company's hold, the regulation's do not."""
    if not own or not base:
        return own or base
    edges = {"", FOREVER} | {
        version[edge] for version in (*base, *own) for edge in ("from", "until") if edge in version
    }
    laid: list[Version] = []
    for first, until in pairwise(sorted(edges)):
        version = holding(own, first) or holding(base, first)
        if version is None:
            continue
        span = {**version, "from": first, "until": until}
        if laid and laid[-1] == {**span, "from": laid[-1]["from"], "until": first}:
            laid[-1]["until"] = until
        else:
            laid.append(span)
    return [_without_ends(version) for version in laid]


def _without_ends(version: Version) -> Version:
    """A span as a version says it: no first day where it always held, no last day where it still holds."""
    open_ended = {("from", ""), ("until", FOREVER)}
    return {
        name: value
        for name, value in version.items()
        if name not in ("from", "until") or (name, value) not in open_ended
    }
