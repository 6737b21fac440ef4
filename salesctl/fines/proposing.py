"""A fine is proposed inside another noun's transaction; asked again for the same act, it stays one (K-10, L-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.fines.rows import Fine, FineStep
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.policy.units import Fen

UNDECIDED = ("proposed", "suspended")


class Proposal(Record):
    """What a rule proposes to take from somebody."""

    clause: str
    matter: str  # fine, donation, shortfall, loss: a row of K.bookings
    person_id: int
    amount: Fen  # above zero
    about: str  # the number or code of what it is for; with clause and person it names the act
    occurred_on: date


def propose(tx: Transaction, desk: Desk, new: Proposal) -> Fine:
    """The fine of an act, proposed now or before.

    One act has one fine that is not waived. While nobody has decided on it, a new sum corrects it; later it stays as
    it is. An act whose fine was waived is not fined again with the same sum. Every sum proposed is a step of its own,
    whose reason is what it is for.
    """
    known = standing(tx, new.clause, new.about, new.person_id)
    if known is None or (known.state == "waived" and known.amount != new.amount):
        known = tx.add(_proposed(tx, desk, new))
    elif known.state in UNDECIDED and known.amount != new.amount:
        tx.amend(known, amount=new.amount)
    else:
        return known
    tx.add(step(tx, desk, known, known.about))
    return known


def standing(view: Reading, clause: str, about: str, person_id: int) -> Fine | None:
    """The newest fine of an act, or None."""
    act = "clause = :clause AND about = :about AND person_id = :person ORDER BY id DESC LIMIT 1"
    found = view.all(Fine, act, clause=clause, about=about, person=person_id)
    return found[0] if found else None


def step(tx: Transaction, desk: Desk, one: Fine, reason: str = "", **posting: Any) -> FineStep:
    """A step of a fine as it stands now, taken by whoever acts; `posting` is what the law was asked with."""
    return FineStep(
        fine_id=one.key,
        state=one.state,
        amount=one.amount,
        decided_on=desk.today,
        decided_at=tx.now,
        decided_by_id=desk.actor.id if desk.actor else None,
        typed_by_id=typist(tx, desk),
        reason=reason,
        **posting,
    )


def typist(view: Reading, desk: Desk) -> int | None:
    """Whose login types, where that is known."""
    found: int | None = view.value("SELECT person_id FROM person_login WHERE login = :login", login=desk.login)
    return found


def _proposed(tx: Transaction, desk: Desk, new: Proposal) -> Fine:
    return Fine(
        number=f"F-{tx.next_id(Fine)}",
        **new.by_name(),
        proposed_on=desk.today,
        proposed_at=tx.now,
        proposed_by_id=desk.actor.id if desk.actor else None,
        typed_by_id=typist(tx, desk),
    )
