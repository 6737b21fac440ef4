"""Gross negligence a rule sees besides a fine: upheld or dropped by a named human, never a dismissal (A-6.5c, K-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.fines import facts, rules
from salesctl.fines.actions import NotNext, judged, not_theirs
from salesctl.fines.deciding_rules import deciders
from salesctl.fines.proposing import typist
from salesctl.fines.rows import Negligence
from salesctl.fines.rules import DROPPED, REFUSED, Ruling
from salesctl.ledger.lookup import Series, numbered
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.fines.proposing import Proposal
    from salesctl.ledger.book import Reading, Transaction

RECORDS = Series(N_("record of gross negligence"), "G", "salesctl fine incidents")
VERBS = {"upheld": "uphold", "dropped": "drop"}
WAITS = N_(
    "{person}: gross negligence is proposed for {about}, {amount} yuan short; uphold or drop it: "
    "salesctl fine uphold {number}"
)
LISTED = (
    "SELECT g.number, g.clause, g.matter, p.code || ' ' || p.name, g.amount, g.about, g.occurred_on, g.proposed_on, "
    "coalesce(r.code || ' ' || r.name, ''), g.state, coalesce(d.code || ' ' || d.name, ''), g.decided_on, g.reason "
    "FROM negligence g JOIN person p ON p.id = g.person_id LEFT JOIN person r ON r.id = g.proposed_by_id "
    "LEFT JOIN person d ON d.id = g.decided_by_id "
    "WHERE g.proposed_on <= :day AND (:state = '' OR g.state = :state) AND (:number = '' OR g.number = :number) "
    "ORDER BY g.id"
)


class Working(Record):
    """A record of gross negligence as a row of its list, and the working of the last answer."""

    number: str
    state: str
    row: Sequence[object]
    outcome: Outcome


def propose(tx: Transaction, desk: Desk, new: Proposal) -> Negligence:
    """The record of an act, proposed now or before; the same act stays one.

    While nobody has decided on it, another sum corrects it. What was dropped is proposed anew only with another sum.
    """
    known = record_of(tx, new.clause, new.about, new.person_id)
    if known is None or (known.state == DROPPED and known.amount != new.amount):
        return tx.add(
            Negligence(
                number=f"G-{tx.next_id(Negligence)}",
                **new.by_name(),
                proposed_on=desk.today,
                proposed_at=tx.now,
                proposed_by_id=desk.actor.id if desk.actor else None,
                typed_by_id=typist(tx, desk),
            )
        )
    if known.state == "proposed" and known.amount != new.amount:
        tx.amend(known, amount=new.amount)
    return known


def record_of(view: Reading, clause: str, about: str, person_id: int) -> Negligence | None:
    """The newest record of an act, or None."""
    act = "clause = :clause AND about = :about AND person_id = :person ORDER BY id DESC LIMIT 1"
    known = view.all(Negligence, act, clause=clause, about=about, person=person_id)
    return known[0] if known else None


def decide(desk: Desk, number: str, wanted: str, reason: str = "") -> Working:
    """Uphold or drop a record, or record that this person may not; it brings about nothing by itself (K-10, K-12).

    Raises:
        NotNext: the state does not follow on the one it has.
        NotTheirs: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction(f"fine.{VERBS[wanted]}", desk) as tx:
        one = numbered(tx, Negligence, RECORDS, number)
        verdict = judged(tx, desk, one)
        if is_theirs := verdict.value != REFUSED:
            ruling = Ruling(wanted, desk.somebody.name, reason)
            following = rules.next_state(one.state, ruling, "negligence", on=desk.today, policy=desk.policy)
            if following.value == REFUSED:
                raise NotNext(number=one.number, state=one.state, why=following.steps[-1].note)
            decided = {"decided_on": desk.today, "decided_at": tx.now, "decided_by_id": desk.somebody.id}
            tx.amend(one, state=wanted, reason=reason, **decided)
            warned = rules.warnings("dismissal", on=desk.today, policy=desk.policy)
            verdict = Outcome(wanted, unit="word", steps=(*verdict.steps, *following.steps, *warned.steps))
        tx.record(verdict, about=one.number)
        working = Working(one.number, one.state, listed(tx, desk, number=one.number)[0], verdict)
    if not is_theirs:
        raise not_theirs(desk, one, verdict)
    return working


def listed(view: Reading, desk: Desk, state: str = "", number: str = "") -> Sequence[Sequence[object]]:
    """The records proposed until the business day, in their order; of a state, where one is named."""
    return view.select(LISTED, day=desk.today, state=state, number=number)


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """The records nobody had decided on by a day."""
    waiting = "proposed_on <= :day AND (decided_on IS NULL OR decided_on > :day)"
    return [_due(view, desk, one) for one in view.all(Negligence, waiting, day=day)]


def _due(view: Reading, desk: Desk, one: Negligence) -> Due:
    (grade, _basis), *_higher = deciders(one.clause, desk.today, desk.policy)
    person = facts.said(view, one.person_id)
    fill = {"person": person, "amount": yuan(one.amount), "about": one.about, "number": one.number}
    return Due("T-32", one.clause, one.number, grade, one.proposed_on, "due", WAITS, fill)
