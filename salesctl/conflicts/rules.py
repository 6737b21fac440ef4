"""Which lines of the funnel may be one customer, and whose customer the logs make it (A-7.4, A-7.5); pure."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - whoever asks a rule reads its compound values' kinds here
from itertools import combinations
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.units import nfkc
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.policy.policy import Policy

CHAPTER = "A.conflicts"
WORDS = (N_("name"), N_("alias"), N_("group"))
LOGS = Basis("", "A-7.5", "AMB-A7-d")
HANDED_OVER = Basis("", "X-4")


class Line(Record):
    """A customer in an account manager's funnel."""

    account_manager: str
    name: str
    alias: str = ""
    group: str = ""  # the parent it belongs to


class Entry(Record):
    """The customer in an account manager's log, or a log without it."""

    account_manager: str
    dated: date | None = None  # the day of the entry; none where the log does not name the customer
    submitted_at: datetime | None = None  # none where the log was never handed in


class Handover(Record):
    """A handover that gave the customer to somebody."""

    receiver: str
    completed_on: date | None = None


def candidates(funnel: list[Line], *, on: date, policy: Policy) -> Outcome:
    """Which account managers may be after the same customer (A-7.4).

    Args:
        funnel: the department's lines; those of one account manager are never in conflict with each other.
        on: the day of the meeting.
        policy: the packs; `A.conflicts.same_by` says what two lines must share (AMB-A7-e).

    Returns:
        Pairs such as `chen / lin`, each once, in the order of the funnel. Spelling that differs in width, case, spaces
        or signs is the same. They are candidates; whether one is a conflict, people see.

    Raises:
        NotInForce: `on` comes before article 7 took effect.
    """
    ways, basis = policy.on(on, CHAPTER).items("same_by")
    outcome = Outcome(None).step(N_("lines of the funnel"), len(funnel), "count", basis)
    pairs: list[str] = []
    for one, other in combinations(funnel, 2):
        shared = [way for way in ways if _share(way, one, other)]
        if shared and one.account_manager != other.account_manager:
            pairs.append(" / ".join(sorted((one.account_manager, other.account_manager))))
            outcome = outcome.step(pairs[-1], f"{one.name} / {other.name}", "text", basis, note=shared[0])
    return Outcome(list(dict.fromkeys(pairs)), unit="text", steps=outcome.steps)


def owner(raised_at: datetime, entries: list[Entry], handovers: list[Handover], *, on: date, policy: Policy) -> Outcome:
    """Whose customer is proposed where two account managers claim one (A-7.5).

    Args:
        raised_at: the moment the conflict was raised.
        entries: what the logs of both sides say of the customer; a side without a log has an entry without a day.
        handovers: those of the customer, if any.
        on: the day of the proposal.
        policy: the packs; `A.conflicts.decider`.

    Returns:
        An account manager: the receiver of the latest completed handover (X-4); else whoever has the earliest entry in
        a log handed in before the conflict was raised (AMB-A7-d). The grade that decides, where that is nobody or
        more than one. Always a proposal.

    Raises:
        NotInForce: `on` comes before article 7 took effect.
    """
    grade, decider = policy.on(on, CHAPTER).text("decider")
    steps = Outcome(None).step(N_("conflict raised at"), raised_at, "time", LOGS)
    completed = [(over.completed_on, over.receiver) for over in handovers if over.completed_on]
    received = max((over for over in completed if over[0] <= on), key=lambda over: over[0], default=None)
    if received:
        note = N_("no log reopens what was handed over")
        steps = steps.step(N_("handover completed on"), received[0], "day", LOGS, HANDED_OVER, note=note)
        first = [received[1]]
    else:
        steps, first = _compared(steps, raised_at, entries)
    answer = first[0] if len(first) == 1 else grade
    tie = "" if len(first) == 1 else N_("the logs leave no single side")
    outcome = Outcome(answer, unit="text" if len(first) == 1 else "grade", steps=steps.steps)
    outcome = outcome.step(N_("proposed owner"), answer, outcome.unit, LOGS, note=tie)
    return outcome.step(N_("decides"), grade, "grade", decider, note=N_("a proposal until it is decided"))


def _compared(steps: Outcome, raised_at: datetime, entries: list[Entry]) -> tuple[Outcome, list[str]]:
    """Every entry with whether it counts, and whose is the earliest that does."""
    counted: list[tuple[date, str]] = []
    for entry in entries:
        note = ""
        if entry.dated is None:
            note = N_("not in the log")
        elif entry.submitted_at is None or entry.submitted_at >= raised_at:
            note = N_("the log was not handed in before the conflict was raised")
        else:
            counted.append((entry.dated, entry.account_manager))
        steps = steps.step(entry.account_manager, entry.dated, "day", LOGS, note=note)
    earliest = min((dated for dated, _manager in counted), default=None)
    return steps, sorted({manager for dated, manager in counted if dated == earliest})


def _share(way: str, one: Line, other: Line) -> bool:
    """Whether two lines share a name, or an alias with either, or a group."""
    names, others = (_key(one.name), _key(one.alias)), (_key(other.name), _key(other.alias))
    if way == "name":
        return bool(names[0]) and names[0] == others[0]
    if way == "alias":
        return bool({names[1], others[1]} & set(names) & set(others) - {""})
    return bool(_key(one.group)) and _key(one.group) == _key(other.group)


def _key(text: str) -> str:
    return "".join(sign for sign in nfkc(text).casefold() if sign.isalnum())
