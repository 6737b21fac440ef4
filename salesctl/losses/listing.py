"""Losses as they stand, and what is to be decided on wrong figures by the month's end (T-37, E-20a)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.ledger.decided import decisions
from salesctl.losses import facts
from salesctl.losses.rows import Loss, LossReversal, LossShare
from salesctl.policy.outcome import Outcome
from salesctl.policy.schedule import moments
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept

NAME = """(SELECT name FROM customer WHERE id = coalesce((SELECT r.customer_id FROM receivable r
    WHERE r.number = l.about AND l.product = ''), (SELECT k.id FROM customer k WHERE k.code = l.about)))"""
STATE = "CASE WHEN v.id IS NULL THEN l.state ELSE 'reversed' END"
ROWS = f"""SELECT l.number, h.number, {STATE}, l.found_on, l.about, {NAME}, l.product, l.units, l.amount, l.recovered,
    l.amount - l.recovered, l.confirmed_on, v.reversed_on, l.text FROM loss l JOIN handover h ON h.id = l.handover_id
    LEFT JOIN loss_reversal v ON v.loss_id = l.id AND v.reversed_on <= :on
    WHERE l.found_on <= :on AND (:state = '' OR {STATE} = :state) AND (:handover = 0 OR l.handover_id = :handover)
    AND (:person = 0 OR l.id IN (SELECT loss_id FROM loss_share WHERE person_id = :person AND party <> ''))
    ORDER BY l.id"""
BOTH = N_("{handover}: wrong figures of finance or commerce: the public criticism, and all or half of the post wage")
CRITICISM = N_("{handover}: wrong figures of finance or commerce: the public criticism is not recorded")
POST_WAGE = N_("{handover}: wrong figures of finance or commerce: is it all or half of the post wage?")
LONGEST_MONTH = timedelta(days=31)


class Whole(Record):
    """A loss, its handover, who bears what as whom, and the working it was split by."""

    loss: Loss
    handover: Handover
    shares: list[LossShare]
    people: dict[int, str]  # code and name of everybody named in it
    customer: str  # the name of whom it is about; empty where it is nobody alone
    outcome: Outcome  # of the split; of the newest decision before it
    entry: str  # the journal's, of that decision
    bad_debt: str  # the number of the bad debt it is as well
    left_now: int | None  # of a debt: what nobody has paid of it by now
    reversal: LossReversal | None  # by the day asked; then nobody bears anything of it
    back: dict[int, int]  # what was taken back of each share, by the share

    @property
    def state(self) -> str:
        """How it stands on the day asked."""
        return "reversed" if self.reversal else self.loss.state

    def bears(self, share: LossShare) -> int:
        """What one of its bearers bears on the day asked, in fen."""
        return share.amount + self.back.get(share.key, 0)


class Wanted(Record):
    """Which losses; empty or 0 where any will do."""

    state: str = ""
    handover: int = 0
    person: int = 0


def listed(view: Reading, on: date, wanted: Wanted) -> Kept:
    """The losses found by a day, in their order."""
    return view.kept(ROWS, on=on, **wanted.by_name())


def whole(view: Reading, number: str, on: date) -> Whole:
    """One loss with all that belongs to it; reversed where it was by a day."""
    one = facts.loss(view, number)
    shares, debt = facts.shares_of(view, one), facts.debt_of(view, one)
    found = decisions(view, one.number)
    reversal = facts.reversal_of(view, one, on)
    verb = "loss.reverse" if reversal else "loss.split"
    split = [decision for decision in found if decision.verb == verb]
    newest = (split or found)[-1:]
    return Whole(
        one,
        facts.handover_of(view, one),
        shares,
        _people(view, one, shares, reversal),
        _customer(view, one),
        newest[0].outcome if newest else Outcome(None),
        newest[0].receipt if newest else "",
        facts.bad_debt_of(view, debt),
        debt.open + debt.written_off if debt else None,
        reversal,
        facts.taken_back(view, reversal),
    )


def _people(view: Reading, one: Loss, shares: list[LossShare], reversal: LossReversal | None) -> dict[int, str]:
    begun = facts.handover_of(view, one)
    ids = {share.person_id for share in shares} | {begun.transferor_id, begun.receiver_id, begun.supervisor_id}
    ids |= {one.reported_by_id, one.valued_by_id, one.gravity_by_id, one.confirmed_by_id}
    ids |= {reversal.reversed_by_id} if reversal else set()
    return {key: facts.said(view, key) for key in ids if key is not None}


def _customer(view: Reading, one: Loss) -> str:
    return view.value(f"SELECT {NAME} FROM loss l WHERE l.id = :id", id=one.key) or ""


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Wrong figures of which the criticism or the post wage is not decided by the end of their month (T-37)."""
    waiting = view.select(
        "SELECT l.id, h.number FROM loss l JOIN handover h ON h.id = l.handover_id WHERE l.is_finance_error = 1 "
        "AND l.state <> 'dropped' AND (l.gravity = '' OR l.criticised_in = '') AND l.found_on <= :on "
        f"AND l.id NOT IN ({facts.REVERSED}) ORDER BY l.id",
        on=day,
    )
    if not waiting:
        return []
    kept = {one.key: one for one in view.all(Loss, "is_finance_error = 1 AND found_on <= :day", day=day)}
    items = []
    for key, handover in waiting:
        one = kept[key]
        until = _decided_by(desk, one.found_on)
        if until is None or day < until:
            continue
        says = BOTH if not (one.gravity or one.criticised_in) else CRITICISM if one.gravity else POST_WAGE
        (who, *_above), _basis = desk.policy.on(one.found_on, "E.losses").items("deciders")
        state = "due" if day == until else "overdue"
        items.append(Due("T-37", "E-20a", one.number, who, until, state, says, {"handover": handover}))
    return items


def _decided_by(desk: Desk, found: date) -> date | None:
    """The day on which it is to be decided: the last of the month it was found in."""
    schedule, _basis = desk.policy.on(found, "E.agenda").schedule("finance_errors")
    days = moments(schedule, found, found + LONGEST_MONTH, calendar=desk.calendar, event=None)
    return days[0].date() if days else None
