"""What a handover is about: every customer, open debt, request, contract and outing, by the categories of E-5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.approvals.listing import IN_MONEY
from salesctl.contracts.actions import HOLDER
from salesctl.errors import N_
from salesctl.handovers.rows import HandoverItem
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading, Transaction

WORDS = (
    N_("customer data"),
    N_("receivables detail"),
    N_("sample detail"),
    N_("work papers"),
    N_("customer"),
    N_("receivable"),
    N_("request"),
    N_("contract"),
    N_("outing"),
    N_("sample"),
    N_("none"),
)
THESE = "(SELECT customer_id FROM handover_item WHERE handover_id = :handover AND kind = 'customer')"
RECEIVABLES = f"""SELECT number, customer_id, open, due_on, '' FROM receivable
    WHERE open > 0 AND customer_id IN {THESE} ORDER BY customer_id, due_on, id"""
REQUESTS = f"""SELECT q.number, coalesce(q.customer_id, k.customer_id),
    CASE WHEN q.matter IN {IN_MONEY} THEN q.amount END, q.asked_on, q.matter
    FROM request q LEFT JOIN contract k ON k.id = q.contract_id
    WHERE q.state IN ('draft', 'pending', 'endorsed', 'returned', 'granted')
    AND (coalesce(q.customer_id, k.customer_id) IN {THESE} OR (:everything = 1 AND q.asked_by_id = :transferor))
    ORDER BY q.id"""
CONTRACTS = f"""SELECT k.number, k.customer_id, k.amount, k.signed_on, '' FROM contract k WHERE {HOLDER} = :transferor
    AND (:everything = 1 OR k.customer_id IN {THESE}) ORDER BY k.customer_id, k.id"""
SAMPLES = f"""SELECT c.code || '/' || p.code, s.customer_id, NULL, s.placed_on, p.name || ' x ' || s.units
    FROM (SELECT customer_id, product_id, sum(units) AS units, min(moved_on) AS placed_on FROM sample_move
        WHERE customer_id IN {THESE} AND moved_on <= :day GROUP BY customer_id, product_id) AS s
    JOIN customer c ON c.id = s.customer_id JOIN product p ON p.id = s.product_id
    WHERE s.units <> 0 ORDER BY s.customer_id, s.product_id"""
# Under way, or of a day to come; a paper register need not say when somebody came back.
OUTINGS = f"""SELECT o.number, v.customer_id, NULL, o.outing_on, v.entry
    FROM outing o LEFT JOIN visit v ON v.outing_id = o.id WHERE o.person_id = :transferor AND o.returned_at IS NULL
    AND (o.outing_on >= :day OR (o.left_at IS NOT NULL AND o.origin = 'desk'))
    AND (:everything = 1 OR v.customer_id IN {THESE}) ORDER BY o.id, v.id"""
RECORDED = (  # category, kind, rows: about, customer, amount, day, said
    ("receivables_detail", "receivable", RECEIVABLES),
    ("sample_detail", "sample", SAMPLES),
    ("work_papers", "request", REQUESTS),
    ("work_papers", "contract", CONTRACTS),
    ("work_papers", "outing", OUTINGS),
)
# What came after the start: what is under way (requests, outings) changes daily, and passes on without being listed.
LATER = tuple(one for one in RECORDED if one[1] in ("receivable", "sample", "contract"))
UNLISTED = """WITH later (about, customer_id, amount, dated, said) AS ({rows})
    SELECT about, customer_id, amount, dated, said FROM later
    WHERE about NOT IN (SELECT about FROM handover_item WHERE handover_id = :handover AND kind = '{kind}')"""
# A category that had nothing at the start, and has something by now.
FILLED = """NOT (i.kind = 'none' AND EXISTS (SELECT 1 FROM handover_item o WHERE o.handover_id = i.handover_id
    AND o.category = i.category AND o.kind <> 'none'))"""


class Served(Record):
    """A customer that passes on, as far as the checklist needs it."""

    key: int
    code: str
    name: str
    channel: str


class Item(Record):
    """One line of the checklist as files keep it: money as a decimal string, days in ISO form; there may be many."""

    category: str
    kind: str
    about: str
    customer: str | None
    amount: str | None
    dated: str | None
    said: str
    waits_for: str

    @property
    def fen(self) -> int | None:
        """The amount."""
        return None if self.amount is None else int(self.amount.replace(".", ""))


def served_by(view: Reading, person_id: int, on: date) -> list[Served]:
    """The customers a person serves on a day, in the order of their codes."""
    rows = view.select(
        "SELECT c.id, c.code, c.name, c.channel FROM ownership o JOIN customer c ON c.id = o.customer_id "
        "WHERE o.person_id = :person AND o.from_on <= :day AND (o.until_on IS NULL OR o.until_on > :day) "
        "ORDER BY c.code",
        person=person_id,
        day=on,
    )
    return [Served(*row) for row in rows]


def enter(tx: Transaction, begun: Handover, served: Sequence[Served], categories: list[str], *, is_all: bool) -> None:
    """Write the items of a handover that begins; a category nothing is recorded for gets a line of its own (E-5)."""
    tx.add_many(
        HandoverItem,
        ((begun.key, "customer_data", "customer", one.code, one.key, None, None, one.name) for one in served),
    )
    asked = {
        "handover": begun.key,
        "transferor": begun.transferor_id,
        "day": begun.started_on,
        "everything": int(is_all),
    }

    others = (each for each in categories if each != "customer_data")  # which are asked of these customers
    tx.add_many(HandoverItem, (row for each in others for row in _of_category(tx, begun, each, asked)))


def _of_category(tx: Transaction, begun: Handover, wanted: str, asked: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """What the ledger has of a category, or one line that says that nothing is recorded."""
    is_filled = False
    for category, kind, query in RECORDED:
        for about, customer, amount, dated, said in tx.select(query, **asked) if category == wanted else ():
            is_filled = True
            yield (begun.key, category, kind, about, customer, amount, dated, said or "")
    if not is_filled:
        yield (begun.key, wanted, "none", "", None, None, None, "")


def unlisted(view: Reading, begun: Handover, on: date, category: str = "") -> dict[tuple[str, str], list[Any]]:
    """What the customers of a handover have by a day and its checklist lacks: it came after the start.

    Args:
        view: the ledger.
        begun: the handover.
        on: the day asked about.
        category: one of the categories of E-5; none asks all of them.

    Returns:
        Rows of about, customer, amount, day and what is said, by category and kind; only where there are any.
    """
    asked = {"handover": begun.key, "transferor": begun.transferor_id, "day": on, "everything": 0}
    found = {
        (of_category, kind): view.select(UNLISTED.format(rows=query, kind=kind), **asked)
        for of_category, kind, query in LATER
        if category in ("", of_category)
    }
    return {where: rows for where, rows in found.items() if rows}


def enter_later(tx: Transaction, begun: Handover, on: date, category: str) -> bool:
    """Add to the checklist what came up in a category since the start; whether there was anything (E-5)."""
    found = unlisted(tx, begun, on, category)
    for (_category, kind), rows in found.items():
        lines = ((begun.key, category, kind, *row[:4], row[4] or "") for row in rows)
        tx.add_many(HandoverItem, lines)
    return bool(found)


def of(view: Reading, begun: Handover, categories: list[str], waits_for: str) -> list[tuple[Any, ...]]:
    """The items of a handover, category by category: the values of `Item`."""
    rows = view.select(
        "SELECT i.category, i.kind, i.about, c.name, "
        "(i.amount / 100) || '.' || substr('' || (i.amount % 100 + 100), 2), i.dated, i.said, :waits "
        "FROM handover_item i "
        f"LEFT JOIN customer c ON c.id = i.customer_id WHERE i.handover_id = :handover AND {FILLED} "
        "ORDER BY i.category, i.id",
        handover=begun.key,
        waits=waits_for,
    )
    return rows if categories == sorted(categories) else sorted(rows, key=lambda row: categories.index(row[0]))
