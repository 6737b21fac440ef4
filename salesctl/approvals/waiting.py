"""What `check` has to say of requests: what waits for whom, invoices paid otherwise, decisions alone (A-5.4, T-6)."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from salesctl.approvals import facts, holders, many, mismatches
from salesctl.approvals.rows import Request
from salesctl.approvals.rungs import MONEY
from salesctl.approvals.working import upcoming
from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.policy.units import price, yuan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

SAYS = N_("{person} asks for {amount} ({matter}, {customer}); it waits since {day}.")
ENDORSE = N_("{person} asks for {amount} ({matter}, {customer}); it waits to be endorsed since {day}.")
DRAFT = N_("A draft ({matter}, {customer}) waits to be sent on its way.")
RETURNED = N_("A request ({matter}, {customer}) was returned with a question.")
ATTEMPT = N_("{person} tried to carry out {number} on {day} before it was decided; nothing was carried out.")
ALONE = N_("{person} decided their own request without a second person on {day}: {reason}.")


def due(view: Reading, desk: Desk, day: date) -> Iterator[Due]:
    """Requests that wait on a day, invoices paid otherwise (T-6), decisions without a second person (K-12)."""
    waiting = many.waiting(view, desk, day)
    if day < desk.present_day:  # what was decided since
        waiting += view.all(Request, "asked_on <= :day AND decided_on > :day", day=day)
    alone = view.select(
        "SELECT q.number, p.code || ' ' || p.name, s.made_on, s.reason, s.what FROM request_step s "
        "JOIN request q ON q.id = s.request_id JOIN person p ON p.id = s.by_id "
        "WHERE s.is_alone = 1 AND s.made_on <= :day ORDER BY s.made_on, s.id",
        day=day,
    )
    early = view.select(
        "SELECT q.number, p.code || ' ' || p.name, s.made_on, s.id FROM request q JOIN request_step s "
        "ON s.request_id = q.id AND s.what = 'attempt' AND s.made_on <= :day JOIN person p ON p.id = s.by_id "
        f"WHERE q.id IN (SELECT id FROM request WHERE {many.OPEN}) ORDER BY s.id",
        day=day,
    )
    return chain(
        (_early(*row) for row in early),
        (_due(view, desk, one, day) for one in waiting),
        (_own(view, one) for one in many.own(view, ("draft", "returned"), day)),
        (_alone(*row) for row in alone),
        mismatches.due(view, desk, day),
    )


def _due(view: Reading, desk: Desk, one: Request, day: date) -> Due:
    come = upcoming(view, desk, one, day)
    who, said = holders.deciders(view, come.grade, facts.filed(view, one), desk, day), facts.names(view, one)
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


def _early(number: str, person: str, made_on: str, key: int) -> Due:
    """Somebody tried to carry out what nobody had decided (T-6)."""
    day = date.fromisoformat(made_on)
    fill = {"person": person, "number": number, "day": day}
    return Due("T-6", "A-5.4", number, "account_director", day, "due", ATTEMPT, fill, f"attempt-{key}")


def _own(view: Reading, one: Request) -> Due:
    """A draft that was not sent on its way, a question that was not answered."""
    said = facts.names(view, one)
    fill = {"matter": one.matter.replace("_", " "), "customer": said.customer}
    says = DRAFT if one.state == "draft" else RETURNED
    who = str(view.known(("theirs", one.id)))
    return Due("T-6", "A-5.3", one.number, who, one.asked_on, "due", says, fill, f"round-{one.round}")


def _how_much(one: Request) -> str:
    """What is asked for, as a list of duties says it."""
    if one.matter in MONEY:
        return yuan(one.amount)
    if one.matter == "price":
        return price(one.base - one.amount)
    return one.purpose if one.matter == "other" else f"{one.amount:,}"


def _alone(number: str, person: str, made_on: str, reason: str, what: str) -> Due:
    day = date.fromisoformat(made_on)
    fill = {"person": person, "day": day, "reason": reason}
    return Due("K-12", "A-5.4", number, "board", day, "due", ALONE, fill, f"{made_on}-{what}")
