"""What the rules of this noun rest on, read from one moment of the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from salesctl.approvals import trail
from salesctl.approvals.deciding_rules import OF_RECEIPTS, Asked
from salesctl.approvals.holders import holding
from salesctl.approvals.mismatches import apart
from salesctl.approvals.rows import Request
from salesctl.approvals.rules import window
from salesctl.approvals.rungs import TOP
from salesctl.contracts.actions import holder_on
from salesctl.customers.actions import owner_on
from salesctl.errors import N_
from salesctl.ledger.lookup import Series, numbered
from salesctl.ledger.row import stored
from salesctl.people.actions import standing
from salesctl.people.rules import Filed
from salesctl.receivables.received import base_on_contract
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

COMMISSION, PAYING = "commission", "commission_payment"  # of the matters of
REQUESTS = Series(N_("request"), "A", "salesctl approve list")
GRANTED = "state IN ('granted', 'executed')"
OF_CUSTOMER = (  # each side has an index of its own
    "(q.customer_id = :customer OR q.contract_id IN (SELECT id FROM contract WHERE customer_id = :customer))"
)
OVER = {  # what a matter's figures are added up over, as the rule names it
    "contract": "q.contract_id = :contract",
    "customer_line_month": f"{OF_CUSTOMER} AND q.line = :line AND q.about = :about",
    # Of the month it is asked for, and of the month it is typed in: another business day hides nothing.
    "customer_month": f"{OF_CUSTOMER} AND (substr(q.asked_on, 1, 7) = :month OR substr(q.asked_at, 1, 7) = :typed)",
    "receivable": "q.about = :about AND q.about <> ''",  # as its index says it
    "request": "1 = 0",
}


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
    """The contract, the customer and the people of a request; whoever lent an authority stands beside who used it."""
    kept: Names | None = view.known(("names", one.id))
    if kept is not None:
        return kept
    row = view.select(
        "SELECT coalesce(k.number, ''), c.code || ' ' || c.name, a.code || ' ' || a.name, "
        "d.code || ' ' || d.name || coalesce(' (' || g.code || ' ' || g.name || ')', '') "
        "FROM request r LEFT JOIN contract k ON k.id = r.contract_id "
        "JOIN customer c ON c.id = coalesce(r.customer_id, k.customer_id) "
        "JOIN person a ON a.id = r.asked_by_id LEFT JOIN person d ON d.id = r.decided_by_id "
        "LEFT JOIN person g ON g.id = r.decided_for_id WHERE r.id = :id",
        id=one.key,
    )[0]
    return Names(*row)


def customer_id(view: Reading, one: Request) -> int:
    """Whose request it is: named by the contract, or by itself."""
    if one.customer_id is not None:
        return one.customer_id
    return int(view.value("SELECT customer_id FROM contract WHERE id = :id", id=one.contract_id))


def granted_on_contract(view: Reading, contract_id: int) -> Fen:
    """All commission granted on a contract, whatever day its decision names: splitting gains nothing (AMB-A6-d)."""
    return int(
        view.value(
            f"SELECT coalesce(sum(amount), 0) FROM request "
            f"WHERE contract_id = :contract AND matter = :matter AND {GRANTED}",
            contract=contract_id,
            matter=COMMISSION,
        )
    )


def filed_since(view: Reading, one: Request, since: datetime) -> str:
    """The number of a request that asks for the same and was filed since a moment by the same person."""
    number = view.value(
        "SELECT number FROM request WHERE asked_by_id = :person AND digest = :digest AND asked_at >= :since "
        "ORDER BY id DESC LIMIT 1",
        person=one.asked_by_id,
        digest=one.digest,
        since=since,
    )
    return number or ""


def figures(view: Reading, desk: Desk, one: Request) -> Policy:
    """The packs a request is decided by: those the company had adopted when this round of it was asked for (K-12)."""
    return desk.policy_at(view, trail.begun(view, one))


def asked(view: Reading, one: Request, on: date, policy: Policy) -> Asked:
    """What a request is decided on: as it was recorded with its decision, or as it stands on a day."""
    granted, amount, base = one.granted_before, one.amount, one.base
    if one.decided_on is None:
        granted, base = granted_before(view, one, on, policy), _base(view, one, on)
        amount = max(amount, _apart(view, one, on)) if one.matter == "mismatch" else amount
    else:
        on = one.decided_on
    grade = grade_of(view, one.asked_by_id, on)
    is_new = one.decided_by_id == one.asked_by_id and not trail.is_alone(view, one)
    has_peer = grade == TOP and bool(holding(view, TOP, Filed(one.asked_by_id, None, is_new=False), on))
    return Asked(one.matter, granted, amount, base, grade, is_new=is_new, line=one.line, has_peer=has_peer)


def granted_before(view: Reading, one: Request, on: date, policy: Policy) -> int:
    """What was granted on the same base before: nobody gains by asking in parts (K-15)."""
    over = added_up_over(one.matter, on, policy)
    kept: int | None = view.known(("granted", one.id, on, over))
    if kept is not None:
        return kept
    if one.matter == PAYING:  # of what is granted already: the whole is looked at again
        return max(granted_on_contract(view, one.contract_id or 0) - one.amount, 0)
    where, asked = _same_base(view, one, over)
    return int(view.value(f"SELECT coalesce(sum(q.amount), 0) FROM request q WHERE q.{GRANTED} AND {where}", **asked))


def added_up_over(matter: str, on: date, policy: Policy) -> str:
    """What a matter's figures are added up over, as the keys of `OVER` name it; a payment stays on its contract."""
    return "contract" if matter == PAYING else str(window(matter, on=on, policy=policy).value)


def on_same_base(view: Reading, one: Request, on: date, policy: Policy) -> list[Request]:
    """The other requests whose sums are added up with this one's, whatever became of them."""
    where, asked = _same_base(view, one, added_up_over(one.matter, on, policy))
    return view.all(Request, f"id IN (SELECT q.id FROM request q WHERE {where})", **asked)


def _same_base(view: Reading, one: Request, over: str) -> tuple[str, dict[str, Any]]:
    """A condition on the request `q` that leaves those on the same base, and the values it is asked with (K-15)."""
    if one.matter == PAYING:
        return "q.matter = :matter AND q.contract_id = :contract", {"matter": COMMISSION, "contract": one.contract_id}
    facts: dict[str, Any] = {
        "contract": one.contract_id,
        "line": one.line,
        "about": one.about,
        "month": one.asked_on.isoformat()[:7],
        "typed": stored(one.asked_at)[:7],
    }
    if OF_CUSTOMER in OVER[over]:
        facts["customer"] = customer_id(view, one)
    needed = {name: fact for name, fact in facts.items() if f":{name}" in OVER[over]}
    where = f"q.matter = :matter AND q.id <> :self AND {OVER[over]}"
    return where, {"matter": one.matter, "self": one.id or 0, **needed}


def _apart(view: Reading, one: Request, on: date) -> int:
    """How far what was received is from the invoice by now."""
    kept: int | None = view.known(("apart", one.about, on))
    return apart(view, one.about, on) if kept is None else kept


def _base(view: Reading, one: Request, on: date) -> int:
    """What the amount is measured against: money moves with the day, a volume with its correction; the rest is said."""
    kept: int | None = view.known(("base", one.id, on))
    if kept is not None:
        return kept
    if one.matter in OF_RECEIPTS and one.contract_id is not None:
        return base_on_contract(view, one.contract_id, on)
    if one.matter == "make_good":
        return volume(view, customer_id(view, one), one.line, one.about)
    return one.base


def volume(view: Reading, customer: int, line: str, month: str) -> int:
    """A customer's volume of a month on one line, as it was recorded last; nothing where it was not."""
    found = view.value(
        "SELECT units FROM monthly_volume WHERE customer_id = :customer AND line = :line AND month = :month "
        "ORDER BY id DESC LIMIT 1",
        customer=customer,
        line=line,
        month=f"{month}-01",
    )
    return int(found or 0)


def filed(view: Reading, one: Request, days: tuple[date, ...] = ()) -> Filed:
    """Who stands behind a request that waits: who asked, typed and changed it, and whose contract and customer it is.

    Those who serve the customer are looked up for the day it was asked on, the eve of it (it may have been asked before
    the customer passed on that day), and for the other days.
    """
    kept: Filed | None = view.known(("filed", one.id, days))
    if kept is not None:
        return kept
    served, moments = customer_id(view, one), (one.asked_on - timedelta(days=1), one.asked_on, *days)
    serving = {owner_on(view, served, day) for day in moments}
    serving.update(holder_on(view, one.contract_id or 0, day) for day in moments)
    parties = sorted(person for person in serving if person is not None)
    return Filed(
        one.asked_by_id,
        one.typed_by_id,
        is_new=False,
        editor_id=one.edited_by_id,
        party_ids=parties,
        asked_at=trail.begun(view, one),
    )


def grade_of(view: Reading, who: int, on: date) -> str:
    """The grade somebody holds on a day."""
    return view.once(("grade", who, on), lambda: standing(view, who, "grade", on))
