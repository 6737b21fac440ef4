"""Who supervises a handover, who takes part in it, and the earliest last day of a leaver (E-4d, E-8, E-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salesctl.policy.policy import Policy

LISTING = "salesctl policy show E.handover.roles"
CHANNELS = {  # the customers' channels as E-10 names them
    "it": N_("IT channel"),
    "peripheral": N_("peripheral customers"),
    "web": N_("web-sales channel"),
    "stores": N_("3C stores"),
}
ROLES = (
    N_("sales"),
    N_("assistant"),
    N_("finance"),
    N_("commerce"),
    N_("head office finance"),
    N_("head office commerce"),
)
WORDS = (N_("lowest common superior"), N_("nobody"))


class NoSupervisor(SalesctlError):
    """Two parties without a superior who may supervise both."""

    code, status = "handover.no-supervisor", WRONG
    says = N_("Nobody may supervise this handover on {day}: the direct superiors are {first} and {second} (E-4d).")
    hint = N_("Complete the reporting line: salesctl people move PERSON --superior PERSON.")


class PlannedBefore(SalesctlError):
    """A handover that should be complete before it begins."""

    code, status = "handover.planned-before", WRONG
    says = N_("It begins on {day} and cannot be planned to be complete on {planned}.")
    hint = N_("Say a later day with --planned.")


def supervisor(
    line_of_transferor: Sequence[str], line_of_receiver: Sequence[str], *, on: date, policy: Policy
) -> Outcome:
    """Who supervises a handover (E-4d).

    Args:
        line_of_transferor: codes of the transferor's superiors, the direct one first.
        line_of_receiver: the same of the receiver.
        on: the day the handover starts.
        policy: the packs that bind the people concerned.

    Returns:
        The code of the direct superior of both; otherwise of the lowest superior both have, which is a
        deviation (AMB-E-d). A party is never in its own line, so neither of the two can be the answer, even
        where one is the other's superior.

    Raises:
        NoSupervisor: the lines do not meet, or the company allows no deviation.
    """
    first = next(iter(line_of_transferor), "-")
    second = next(iter(line_of_receiver), "-")
    common = next((code for code in line_of_transferor if code in line_of_receiver), None)
    choice, basis = policy.on(on, "E.handover").text("supervisor")
    if common is None or (first != second and choice == "nobody"):
        raise NoSupervisor(day=on, first=first, second=second)
    outcome = Outcome(common)
    outcome = outcome.step(N_("direct superior of the transferor"), first)
    outcome = outcome.step(N_("direct superior of the receiver"), second)
    if first == second:
        return outcome.step(N_("handover supervisor"), common, "text", basis.but(reading=""))
    note = N_("deviation: not the direct superior of both")
    return outcome.step(N_("handover supervisor"), common, "text", basis, note=note)


def roles(channels: Iterable[str], *, on: date, policy: Policy) -> Outcome:
    """Who must take part in the handover of customers of these channels (E-10).

    Args:
        channels: the customers' channels; one may come several times.
        on: the day the handover starts.
        policy: the packs that bind the people concerned.

    Returns:
        Every role that any of the channels demands, once, in the order of the regulation. Each step is one
        role that one channel demands, with the clause that says so.

    Raises:
        Unknown: the regulation has no such channel.
    """
    chapter, outcome = policy.on(on, "E.handover"), Outcome(None)
    named = set(channels)
    if strange := sorted(named - CHANNELS.keys()):
        raise Unknown(what=N_("channel"), value=shown(strange[0]), candidates=", ".join(CHANNELS), listing=LISTING)
    for channel in (channel for channel in CHANNELS if channel in named):
        wanted, basis = chapter.row("roles", channel)
        for role in wanted:
            outcome = outcome.step(CHANNELS[channel], role, "word", basis)
    return Outcome(list(dict.fromkeys(step.value for step in outcome.steps)), unit="word", steps=outcome.steps)


def demanded(outcome: Outcome) -> dict[str, str]:
    """What `roles` answered, as each role with the clauses that demand it."""
    found: dict[str, list[str]] = {}
    for step in outcome.steps:
        found.setdefault(str(step.value), []).extend(basis.source for basis in step.rests_on)
    return {role: ", ".join(sources) for role, sources in found.items()}


def earliest_last_day(filed: date, *, policy: Policy) -> Outcome:
    """The first day that can be the last at work after a departure report (E-8).

    Args:
        filed: the day the report is filed; it is day 0, and calendar days count (AMB-E-h).
        policy: the packs that bind the person.

    Returns:
        That day; exactly the notice's length is enough.
    """
    from datetime import timedelta

    notice, basis = policy.on(filed, "E.handover").figure("notice")
    earliest = filed + timedelta(days=notice)
    outcome = Outcome(earliest, unit="day").step(N_("departure report filed"), filed, "day")
    outcome = outcome.step(N_("days of notice"), notice, "count", basis)
    return outcome.step(N_("earliest last day"), earliest, "day", basis)
