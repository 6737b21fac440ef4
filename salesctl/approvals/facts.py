"""What the rules of this noun rest on, read from one moment of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.rows import Request
from salesctl.approvals.rules import Asked
from salesctl.errors import N_
from salesctl.ledger.journal import Head
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.actions import standing
from salesctl.people.rules import Filed
from salesctl.receivables.received import received_on_contract
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

COMMISSION = "commission"  # of the matters of
REQUESTS = Series(N_("request"), "A", "salesctl approve list")


class Names(Record):
    """What the ids of a request stand for."""

    contract: str
    customer: str
    asked_by: str
    decided_by: str


def request(view: Reading, text: str) -> Request:
    """The request of that number; `12` is `A-12`."""
    return numbered(view, Request, REQUESTS, text)


def names(view: Reading, one: Request) -> Names:
    """The contract, the customer and the people of a request."""
    row = view.select(
        "SELECT k.number, c.code || ' ' || c.name, a.code || ' ' || a.name, d.code || ' ' || d.name "
        "FROM request r JOIN contract k ON k.id = r.contract_id JOIN customer c ON c.id = k.customer_id "
        "JOIN person a ON a.id = r.asked_by_id LEFT JOIN person d ON d.id = r.decided_by_id WHERE r.id = :id",
        id=one.key,
    )[0]
    return Names(*row)


def granted_on_contract(view: Reading, contract_id: int) -> Fen:
    """All commission granted on a contract, whatever day its decision names: splitting gains nothing (AMB-A6-d)."""
    return int(
        view.value(
            "SELECT coalesce(sum(amount), 0) FROM request "
            "WHERE contract_id = :contract AND matter = :matter AND state = 'granted'",
            contract=contract_id,
            matter=COMMISSION,
        )
    )


def filed_since(view: Reading, contract_id: int, requester_id: int, amount: Fen, since: datetime) -> str:
    """The number of a request of the same contract, person and amount that was filed since a moment."""
    number = view.value(
        "SELECT number FROM request WHERE contract_id = :contract AND asked_by_id = :person AND amount = :amount "
        "AND asked_at >= :since ORDER BY id DESC LIMIT 1",
        contract=contract_id,
        person=requester_id,
        amount=amount,
        since=since,
    )
    return number or ""


def asked(view: Reading, one: Request, on: date) -> Asked:
    """What a request is decided on: as it was recorded with its decision, or as it stands on a day."""
    if one.decided_on is None:
        granted, received = granted_on_contract(view, one.contract_id), received_on_contract(view, one.contract_id, on)
    else:
        granted, received, on = one.granted_before, one.received, one.decided_on
    grade = standing(view, one.asked_by_id, "grade", on)
    return Asked(granted, one.amount, received, grade, is_new=one.decided_by_id == one.asked_by_id)


def filed(one: Request) -> Filed:
    """Who stands behind a request that waits."""
    return Filed(one.asked_by_id, one.typed_by_id, is_new=False)


def deciders(view: Reading, needed: str, behind: Filed, desk: Desk, on: date) -> list[str]:
    """The people who may decide today: of the grade that must, or of the next one that anybody holds."""
    ladder = desk.policy.on(on, "A.approvals").items("ladder")[0]
    for grade in ladder[ladder.index(needed) :] if needed in ladder else ():
        if found := _holding(view, grade, behind, on):
            return found
    return []


def entry(view: Reading, number: str) -> str:
    """The receipt of the newest journal entry about a request; nothing is entered after its decision."""
    rows = view.select(
        "SELECT seq, hash, recorded_at FROM journal WHERE about = :number AND verb LIKE 'approve.%' "
        "ORDER BY seq DESC LIMIT 1",
        number=number,
    )
    return Head(*rows[0]).receipt if rows else ""


def _holding(view: Reading, grade: str, behind: Filed, on: date) -> list[str]:
    rows = view.select(
        "SELECT p.code || ' ' || p.name FROM person p "
        "JOIN standing g ON g.person_id = p.id AND g.aspect = 'grade' AND g.value = :grade "
        "AND g.from_on <= :day AND (g.until_on IS NULL OR g.until_on > :day) "
        "JOIN standing r ON r.person_id = p.id AND r.aspect = 'regime' AND r.value = 'A' "
        "AND r.from_on <= :day AND (r.until_on IS NULL OR r.until_on > :day) "
        "WHERE p.id <> :requester AND p.id <> coalesce(:typist, 0) ORDER BY p.code",
        grade=grade,
        day=on,
        requester=behind.requester_id,
        typist=behind.typist_id,
    )
    return [name for (name,) in rows]
