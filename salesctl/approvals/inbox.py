"""Which requests there are, which wait for whoever acts, and what `check` has to say of them (A-5.4, T-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals import facts, listing, mismatches
from salesctl.approvals.actions import Decision, may
from salesctl.approvals.passing import ANSWERS
from salesctl.approvals.rows import Request
from salesctl.approvals.rungs import MONEY
from salesctl.approvals.working import WAITS, Working, upcoming, way_on
from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

THEIRS = "state IN ('pending', 'endorsed') AND asked_on <= :day"
OWN = f"state IN ('draft', 'returned') AND asked_on <= :day AND {ANSWERS}"
LEVEL = 8  # where the rows of a list name who decides
SAYS = N_("{person} asks for {amount} ({matter}, {customer}); it waits since {day}.")
ENDORSE = N_("{person} asks for {amount} ({matter}, {customer}); it waits to be endorsed since {day}.")
DRAFT = N_("A draft ({matter}, {customer}) waits to be sent on its way.")
RETURNED = N_("A request ({matter}, {customer}) was returned with a question.")
ALONE = N_("{person} decided their own request without a second person on {day}: {reason}.")


def listed(view: Reading, desk: Desk, state: str = "", *, is_mine: bool) -> Iterable[Sequence[object]]:
    """Requests filed until the business day, in their order: of a state, of the acting person; rows of a list.

    For one that waits, who must decide it as things stand.
    """
    rows = listing.listed(view, state, desk.somebody.id if is_mine else 0, desk.today)
    waiting = view.all(Request, THEIRS, day=desk.today)
    stand = {one.number: upcoming(view, desk, one, desk.today).needed.value for one in waiting}
    if not stand:
        return rows
    return ((*row[:LEVEL], stand.get(row[0], row[LEVEL]), *row[LEVEL + 1 :]) for row in rows)


def inbox(view: Reading, desk: Desk, *, is_all: bool) -> list[Working]:
    """What waits for whoever acts: to be endorsed or decided by them, or to be answered; `is_all`: for anybody."""
    found = []
    for one in view.all(Request, THEIRS, day=desk.today):
        come = upcoming(view, desk, one, desk.today)
        step = "endorse" if come.step == "endorse" else "grant"
        if is_all or not may(view, desk, one, come, Decision(step)).why:  # what has expired is nobody's
            found.append(Working(one, facts.names(view, one), come.needed, way_on(view, desk, one, come)))
    own = view.all(Request, OWN, day=desk.today, who=0 if is_all else desk.somebody.id)
    found += [
        Working(one, facts.names(view, one), Outcome(one.level, unit="grade"), way_on(view, desk, one)) for one in own
    ]
    return sorted(found, key=lambda one: one.request.key)


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Requests that wait on a day, invoices paid otherwise (T-6), decisions without a second person (K-12)."""
    waiting = view.all(Request, "asked_on <= :day AND (decided_on IS NULL OR decided_on > :day)", day=day)
    alone = view.select(
        "SELECT q.number, p.code || ' ' || p.name, s.made_on, s.reason, s.what FROM request_step s "
        "JOIN request q ON q.id = s.request_id JOIN person p ON p.id = s.by_id "
        "WHERE s.is_alone = 1 AND s.made_on <= :day ORDER BY s.id",
        day=day,
    )
    return [
        *(_due(view, desk, one, day) for one in waiting if one.state in (*WAITS, "granted", "rejected", "executed")),
        *(_own(view, one) for one in waiting if one.state in ("draft", "returned")),
        *(_alone(*row) for row in alone),
        *mismatches.due(view, desk, day),
    ]


def _due(view: Reading, desk: Desk, one: Request, day: date) -> Due:
    come = upcoming(view, desk, one, day)
    who, said = facts.deciders(view, come.grade, facts.filed(view, one), desk, day), facts.names(view, one)
    fill = {
        "person": said.asked_by,
        "amount": _how_much(one),
        "matter": one.matter.replace("_", " "),
        "customer": said.customer,
        "day": one.asked_on,
    }
    says = ENDORSE if come.step == "endorse" else SAYS
    return Due(
        "T-6", "A-5.4", one.number, ", ".join(who) or come.grade, one.asked_on, "due", says, fill, f"round-{one.round}"
    )


def _own(view: Reading, one: Request) -> Due:
    """A draft that was not sent on its way, a question that was not answered."""
    said = facts.names(view, one)
    fill = {"matter": one.matter.replace("_", " "), "customer": said.customer}
    says = DRAFT if one.state == "draft" else RETURNED
    return Due("T-6", "A-5.3", one.number, said.asked_by, one.asked_on, "due", says, fill, f"round-{one.round}")


def _how_much(one: Request) -> str:
    """What is asked for, as a list of duties says it."""
    if one.matter in MONEY:
        return yuan(one.amount)
    return one.purpose if one.matter == "other" else f"{one.amount:,}"


def _alone(number: str, person: str, made_on: str, reason: str, what: str) -> Due:
    from datetime import date

    day = date.fromisoformat(made_on)
    fill = {"person": person, "day": day, "reason": reason}
    return Due("K-12", "A-5.4", number, "board", day, "due", ALONE, fill, f"{made_on}-{what}")
