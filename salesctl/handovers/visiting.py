"""Customers are visited by all three together and sign; the department manager may waive one (E-6, AMB-E-i)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers.completion_rules import Visit, unverified
from salesctl.handovers.rows import Handover, HandoverVisit
from salesctl.handovers.running import running
from salesctl.people.actions import person, still_here
from salesctl.people.managing import department_managers
from salesctl.people.rows import Person
from salesctl.policy.outcome import Basis, Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salesctl.customers.rows import Customer
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

PARTIES = ("transferor", "receiver", "handover_supervisor")  # in the order of a handover's columns
OWN = N_("nobody waives a visit in their own handover")
NOT_THEIRS = N_("the department manager of the transferor decides")
SERVED = """SELECT c.code, c.name FROM handover_item i JOIN customer c ON c.id = i.customer_id
    WHERE i.handover_id = :handover AND i.kind = 'customer' ORDER BY i.id"""
MADE = """SELECT c.code, v.visited_on, v.transferor_id IS NOT NULL, v.receiver_id IS NOT NULL,
    v.supervisor_id IS NOT NULL, v.customer_signer, v.is_waived, v.evidence, p.name
    FROM handover_visit v JOIN customer c ON c.id = v.customer_id JOIN person p ON p.id = v.recorded_by_id
    WHERE v.handover_id = :handover AND v.visited_on <= :on ORDER BY v.id"""


class NotCovered(SalesctlError):
    """A customer whom this handover does not pass on."""

    code, status = "handover.not-covered", WRONG
    says = N_("{customer} is not handed over in {number}.")
    hint = N_("`salesctl handover visits {number}` lists the customers of this handover.")


class NotAParty(SalesctlError):
    """Somebody who is none of the three."""

    code, status = "handover.not-a-party", WRONG
    says = N_("{person} is none of the three who visit in {number} (E-6a).")
    hint = N_("They are {parties}; whoever else came is named in --evidence.")


class OwnSigner(SalesctlError):
    """A customer's signature by one of the three who visit."""

    code, status = "handover.own-signer", WRONG
    says = N_("{signer} is {party} of {number}: somebody of the customer signs for the customer (E-6b).")
    hint = N_("Name whoever signed for it: --signer NAME; leave it out where nobody did.")


class MayNotWaive(Refused):
    """Somebody who may not waive a visit; the attempt is recorded."""

    code = "handover.waiver-refused"
    says = N_("{person} may not waive a visit in {number}: {why} (AMB-E-i).")
    hint = N_("{manager} may decide it.")


class Seen(Record):
    """What is said of a visit."""

    customers: Sequence[str]
    present: Sequence[str] = ()  # of the three; none named: all of them
    signer: str = ""  # who signed for the customer; empty: nobody did
    evidence: str = ""


class State(Record):
    """How far one customer of a handover is."""

    code: str
    name: str
    state: str  # verified, not_signed, not_visited, waived
    visited_on: date | None  # by the three together
    signer: str
    waived_by: str
    evidence: str


def visit(desk: Desk, number: str, seen: Seen) -> Handover:
    """Record who came to customers on the business day and who signed for them; said again, it replaces that day's."""
    with desk.ledger.transaction("handover.visit", desk) as tx:
        begun = running(tx, desk, number)
        present = _present(tx, desk, begun, seen.present)
        _expect_of_customer(tx, begun, seen.signer)
        wanted = [_covered(tx, begun, text) for text in seen.customers]
        for one in wanted:
            _enter(tx, desk, begun, one, customer_signer=seen.signer, evidence=seen.evidence, **present)
        tx.record(verified(tx, desk, begun, [one.code for one in wanted]), about=begun.number)
        return begun


def waive(desk: Desk, number: str, names: Sequence[str], evidence: str) -> Handover:
    """Waive visits that cannot be made; the customers stay unverified, and the receiver may refuse to sign.

    Raises:
        MayNotWaive: only the transferor's department manager may; the refusal is recorded.
    """
    with desk.ledger.transaction("handover.waive", desk) as tx:
        begun = running(tx, desk, number)
        wanted = [_covered(tx, begun, text) for text in names]
        manager, who = manager_of(tx, begun, desk.present_day), desk.somebody.id
        is_own = who in (begun.transferor_id, begun.receiver_id)
        why = "" if is_manager(tx, desk, begun, who) else OWN if is_own else NOT_THEIRS
        said = ", ".join(one.code for one in wanted)
        answer = Outcome("refused" if why else "waived", unit="word").step(N_("customers"), said)
        answer = answer.step(N_("department manager"), manager.name if manager else "-")
        tx.record(answer.step(N_("may waive"), not why, "word", Basis("", "E-6b", "AMB-E-i"), note=why), begun.number)
        for one in wanted if not why else ():
            _enter(tx, desk, begun, one, is_waived=True, evidence=evidence)
    if why:
        name = manager.name if manager else "-"
        raise MayNotWaive(person=desk.somebody.name, number=begun.number, why=why, manager=name)
    return begun


def manager_of(view: Reading, begun: Handover, on: date) -> Person | None:
    """The transferor's department manager; where that is the receiver, the next above who is not (K-12).

    Once the transferor has left, whoever it was on their last day.
    """
    left = view.one(Person, id=begun.transferor_id).closed_on
    day = min(on, left - timedelta(days=1)) if left else on
    line = department_managers(view, begun.transferor_id, day)
    return next((one for one in line if one.key != begun.receiver_id), None)


def is_manager(view: Reading, desk: Desk, begun: Handover, person_id: int) -> bool:
    """Whether whoever acts is that manager, on the business day and still today."""
    found = [manager_of(view, begun, day) for day in (desk.today, desk.present_day)]
    return all(one is not None and one.key == person_id for one in found)


def verified(view: Reading, desk: Desk, begun: Handover, codes: Sequence[str] | None = None) -> Outcome:
    """The customers, by their codes, that still have to be visited or to sign; of those named, or of all (E-6)."""
    customers = [code for code, _name in view.select(SERVED, handover=begun.key)] if codes is None else list(codes)
    named, visits, waived = set(customers), [], []
    for code, day, *there, signer, is_waived, _evidence, _by in view.select(MADE, handover=begun.key, on=desk.today):
        if code not in named:
            continue
        if is_waived:
            waived.append(code)
            continue
        parties = [party for party, is_there in zip(PARTIES, there, strict=True) if is_there]
        visits.append(Visit(code, date.fromisoformat(day), parties, bool(signer)))
    return unverified(customers, visits, list(dict.fromkeys(waived)), on=desk.today, policy=desk.policy)


def states(view: Reading, desk: Desk, begun: Handover) -> list[State]:
    """How far every customer of a handover is on the business day, in the order of its checklist."""
    made: dict[str, list[tuple[object, ...]]] = {}
    for code, *rest in view.select(MADE, handover=begun.key, on=desk.today):
        made.setdefault(code, []).append(tuple(rest))
    return [_state(code, name, made.get(code, ())) for code, name in view.select(SERVED, handover=begun.key)]


def _state(code: str, name: str, made: Iterable[tuple[object, ...]]) -> State:
    visited_on, signer, waived_by, evidence = None, "", "", ""
    for day, *there, signed, is_waived, why, by in made:
        signer = str(signed) or signer
        evidence = str(why) or evidence
        if is_waived:
            waived_by = str(by)
        elif all(there):
            visited_on = date.fromisoformat(str(day))
    is_done = visited_on is not None and signer != ""
    state = "verified" if is_done else "waived" if waived_by else "not_signed" if visited_on else "not_visited"
    return State(code, name, state, visited_on, signer, waived_by, evidence)


def _present(tx: Transaction, desk: Desk, begun: Handover, named: Sequence[str]) -> dict[str, int | None]:
    """Which of the three were there, as the columns keep it; each of them was still here that day."""
    ids = (begun.transferor_id, begun.receiver_id, begun.supervisor_id)
    parties = [tx.one(Person, id=key) for key in ids]
    came = [person(tx, text) for text in named] or parties
    for one in came:
        if one.key not in ids:
            said = ", ".join(party.name for party in parties)
            raise NotAParty(person=one.name, number=begun.number, parties=said)
        still_here(one, desk.today)
    keys = {one.key for one in came}
    columns = ("transferor_id", "receiver_id", "supervisor_id")
    return {column: key if key in keys else None for column, key in zip(columns, ids, strict=True)}


def _expect_of_customer(tx: Transaction, begun: Handover, signer: str) -> None:
    ids = (begun.transferor_id, begun.receiver_id, begun.supervisor_id)
    for party, key in zip(PARTIES, ids, strict=True):
        one = tx.one(Person, id=key)
        if signer.strip() in (one.name, one.code, f"{one.code} {one.name}"):
            raise OwnSigner(signer=one.name, party=party.replace("_", " "), number=begun.number)


def _covered(tx: Transaction, begun: Handover, text: str) -> Customer:
    found = customer(tx, text)
    covered = "SELECT 1 FROM handover_item WHERE handover_id = :handover AND kind = 'customer' AND customer_id = :id"
    if not tx.value(covered, handover=begun.key, id=found.key):
        raise NotCovered(customer=found.name, number=begun.number)
    return found


def _enter(tx: Transaction, desk: Desk, begun: Handover, one: Customer, **said: Any) -> None:
    """One row a customer and day; what is said again replaces it, and the journal keeps both."""
    before = tx.find(
        HandoverVisit,
        handover_id=begun.key,
        customer_id=one.key,
        visited_on=desk.today,
        is_waived=said.get("is_waived", False),
    )
    if before:
        tx.amend(before, **said, recorded_at=tx.now, recorded_by_id=desk.somebody.id)
        return
    tx.add(
        HandoverVisit(
            handover_id=begun.key,
            customer_id=one.key,
            visited_on=desk.today,
            recorded_at=tx.now,
            recorded_by_id=desk.somebody.id,
            **said,
        )
    )
