"""A valued loss is shared by the table of its day, person by person, to the fen (E-15b, E-17, E-20, AMB-E-g)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.losses import facts, rules
from salesctl.losses.bearers import FINANCE
from salesctl.losses.rows import Loss, LossShare
from salesctl.people.actions import person
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading, Transaction

ERROR = "E-20a"


class NotValued(SalesctlError):
    """A loss of which nobody has said what it comes to."""

    code, status = "loss.not-valued", WRONG
    says = N_("{number} is not valued yet.")
    hint = N_("salesctl loss value {number}")


class WhoseError(SalesctlError):
    """Two stand for finance and commerce, and one of them was wrong."""

    code, status = "loss.whose-error", WRONG
    says = N_("{parties} stand for finance and commerce in {number}; whose figures were wrong?")
    hint = N_("Say --error-by ROLE.")


class Fixed(SalesctlError):
    """A party that the handover itself names."""

    code, status = "loss.fixed", WRONG
    says = N_("Who bears the share of the {party} is fixed by {number}: {person} (AMB-E-m).")
    hint = N_("Only the department manager and who stands for finance or commerce are named.")


class Stale(SalesctlError):
    """Shares that are no longer what the table makes of the loss."""

    code, status = "loss.stale", WRONG
    says = N_("{number} was split before its handover was signed, or under other figures; its shares are others now.")
    hint = N_("salesctl loss split {number}")


class Named(Record):
    """Who stands for whom, what shows each one's fault, and whose figures were wrong; all may be empty."""

    people: Mapping[str, str] = {}  # party -> person
    faults: Mapping[str, str] = {}  # party -> what shows their own fault (L-12)
    error_by: str = ""  # the party of E-20a


class Split(Record):
    """A loss with its shares, and the working of both the table and the sums."""

    loss: Loss
    handover: Handover
    shares: list[LossShare]
    outcome: Outcome


class _Line(Record):
    party: str
    amount: int
    clause: str


def split(desk: Desk, number: str, named: Named) -> Split:
    """Share a valued loss; again until it is confirmed, and what was named before stays named.

    Raises:
        NotValued: there is nothing to share yet.
        WhoseError: E-20 reaches one of two, and nobody said which.
        Unknown: somebody is named for a party that bears nothing.
    """
    with desk.ledger.transaction("loss.split", desk) as tx:
        one = facts.open_loss(tx, number)
        if one.amount is None:
            raise NotValued(number=one.number)
        begun = facts.handover_of(tx, one)
        answer, lines = _shared(tx, desk, one, begun)
        lines = _with_error(desk, one, lines, named.error_by)
        _expect_parties([line.party for line in lines], [*named.people, *named.faults])
        _expect_free(tx, begun, named)
        shares = _kept(tx, (one, begun), lines, named)
        tx.amend(one, state="split")
        tx.record(answer, one.number)
        return Split(one, begun, shares, answer)


def _shared(view: Reading, desk: Desk, one: Loss, begun: Handover) -> tuple[Outcome, list[_Line]]:
    """The sums of the table that holds on the day of the finding, and the working of both."""
    on, policy = one.found_on, desk.policy
    table = rules.tier(begun.signed_on, one.is_known, on=on, policy=policy)
    left = (one.amount or 0) - one.recovered
    handling = facts.handling(view, begun, one, desk)
    found = rules.shares(left, str(table.value), handling, one.is_finance_error, on=on, policy=policy)
    sums = [step for step in found.steps if step.unit == "fen"][1:]
    lines = [_Line(step.name.replace(" ", "_"), int(str(step.value)), step.rests_on[0].source) for step in sums]
    return Outcome(found.value, unit="fen", steps=(*table.steps, *found.steps)), lines


def _with_error(desk: Desk, one: Loss, lines: list[_Line], error_by: str) -> list[_Line]:
    """The line of whoever drew up the wrong figures says so; where the transferor bears all, it is one of nothing."""
    if not one.is_finance_error:
        return lines
    parties = [line.party for line in lines if facts.is_finance(line.party, desk, one.found_on)]
    if not parties:  # AMB-E-p
        return [*lines, _Line(error_by or FINANCE, 0, ERROR)]
    if error_by:
        _expect_parties(parties, [error_by])
    elif len(parties) > 1:
        said = ", ".join(party.replace("_", " ") for party in parties)
        raise WhoseError(parties=said, number=one.number)
    wrong = error_by or parties[0]
    return [line.but(clause=f"{line.clause}, {ERROR}") if line.party == wrong else line for line in lines]


def _expect_parties(parties: Sequence[str], named: Sequence[str]) -> None:
    for party in named:
        if party not in parties or party == facts.COMPANY:
            candidates = tuple(one for one in parties if one != facts.COMPANY)
            listing = "salesctl policy show E-17a"
            raise Unknown(what=N_("party of this loss"), value=shown(party), candidates=candidates, listing=listing)


def _expect_free(view: Reading, begun: Handover, named: Named) -> None:
    for party in named.people:
        if party in facts.BY_HANDOVER:
            who = facts.said(view, facts.person_for(view, begun, party, begun.started_on))
            raise Fixed(party=party.replace("_", " "), number=begun.number, person=who)


def expect_current(view: Reading, desk: Desk, one: Loss) -> None:
    """Refuse shares that the table would not answer any more.

    Raises:
        Stale: the handover was signed since, or the figures are others.
    """
    _answer, lines = _shared(view, desk, one, facts.handover_of(view, one))
    kept = [(share.party, share.amount) for share in facts.shares_of(view, one) if share.clause != ERROR]
    if kept != [(line.party, line.amount) for line in lines]:
        raise Stale(number=one.number)


def _kept(tx: Transaction, of: tuple[Loss, Handover], lines: Sequence[_Line], named: Named) -> list[LossShare]:
    """The shares as rows: those of an earlier split are changed, never deleted."""
    one, begun = of
    before = tx.all(LossShare, "loss_id = :loss ORDER BY place", loss=one.key)
    known = {row.party: (row.person_id, row.evidence) for row in before}
    people = {party: person(tx, text).key for party, text in named.people.items()}
    rows = []
    for place, line in enumerate(lines, 1):
        who, fault = known.get(line.party, (None, ""))
        share = LossShare(
            loss_id=one.key,
            place=place,
            party=line.party,
            person_id=people.get(line.party) or who or facts.person_for(tx, begun, line.party, one.found_on),
            amount=line.amount,
            clause=line.clause,
            evidence=named.faults.get(line.party) or fault,
        )
        rows.append(_written(tx, share, before))
    for row in before[len(lines) :]:
        tx.amend(row, party="", person_id=None, amount=0, evidence="")
    return rows


def _written(tx: Transaction, share: LossShare, before: Sequence[LossShare]) -> LossShare:
    """The share in the row of its place, or in a new one."""
    if share.place > len(before):
        return tx.add(share)
    row = before[share.place - 1]
    values = {name: value for name, value in share.image().items() if name not in ("id", "loss_id", "place")}
    return tx.amend(row, **values)
