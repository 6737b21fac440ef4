"""What the papers of a handover say, read from the ledger as of a day (E-4a, E-5, E-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.handovers.items import THESE
from salesctl.receivables.as_of import DUE
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading

PAID = "(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receivable_id = r.id AND a.allocated_on <= :on)"
BAD = "(SELECT coalesce(sum(w.amount), 0) FROM write_off w WHERE w.receivable_id = r.id AND w.booked_on <= :on)"
OWED = f"""FROM receivable r WHERE r.customer_id IN {THESE} AND r.issued_on <= :on
    AND (r.cancelled_on IS NULL OR r.cancelled_on > :on)"""
CUSTOMERS = f"""SELECT c.code, c.name, c.kind, c.channel, o.from_on FROM customer c
    LEFT JOIN ownership o ON o.customer_id = c.id AND o.from_on <= :on AND (o.until_on IS NULL OR o.until_on > :on)
    WHERE c.id IN {THESE} ORDER BY c.code"""
RECEIVABLES = f"""SELECT d.number, c.code, c.name, k.number, d.amount, d.amount - d.gone, d.issued_on, d.due_on
    FROM (SELECT r.id, r.number, r.customer_id, r.contract_id, r.amount, {PAID} + {BAD} AS gone, r.issued_on,
        {DUE} AS due_on {OWED}) AS d
    JOIN customer c ON c.id = d.customer_id LEFT JOIN contract k ON k.id = d.contract_id
    WHERE d.amount > d.gone ORDER BY c.code, d.due_on, d.id"""
# What is recovered of a bad debt is allocated to it as well, so the credit is what came in less what is allocated.
STATEMENT = f"""SELECT c.code, c.name, sum(m.billed), sum(m.received), sum(m.bad), sum(m.billed - m.paid - m.bad),
    sum(m.received - m.paid)
    FROM (SELECT r.customer_id, r.amount AS billed, 0 AS received, {BAD} AS bad, {PAID} AS paid {OWED}
        UNION ALL SELECT m.customer_id, 0, m.amount - (SELECT coalesce(sum(t.amount), 0) FROM receipt_return t
            WHERE t.receipt_id = m.id AND t.returned_on <= :on), 0, 0
            FROM receipt m WHERE m.customer_id IN {THESE} AND m.received_on <= :on) AS m
    JOIN customer c ON c.id = m.customer_id GROUP BY c.code, c.name ORDER BY c.code"""
SAMPLES = f"""SELECT c.code, c.name, p.code, p.name, s.units, (SELECT x.price FROM product_price x
        WHERE x.product_id = p.id AND x.from_on <= :on ORDER BY x.from_on DESC LIMIT 1)
    FROM (SELECT customer_id, product_id, sum(units) AS units FROM sample_move
        WHERE customer_id IN {THESE} AND moved_on <= :on GROUP BY customer_id, product_id) AS s
    JOIN customer c ON c.id = s.customer_id JOIN product p ON p.id = s.product_id
    WHERE s.units <> 0 ORDER BY c.code, p.code"""
WORK = """SELECT i.kind, i.about, c.name, CASE WHEN i.kind = 'contract' THEN i.amount END, i.dated, i.said
    FROM handover_item i LEFT JOIN customer c ON c.id = i.customer_id
    WHERE i.handover_id = :handover AND i.category = 'work_papers' AND i.kind <> 'none' ORDER BY i.id"""


class Column(Record):
    """One column of a paper, in both languages, and what it holds: text, word, money, count or day."""

    key: str
    zh: str
    en: str
    kind: str = "text"


class Made(Record):
    """A paper that the ledger fills: its category, its title in both languages, whose work it is, what it asks."""

    category: str
    title: str
    is_finance: bool  # drawn up by finance or commerce (E-14)
    columns: tuple[Column, ...]
    query: str
    is_of_start: bool = False  # it shows the checklist of the start, whatever the day


CUSTOMER = (Column("code", "客户编号", "Code"), Column("customer", "客户", "Customer"))
MADE = {
    "customers": Made(
        "customer_data",
        "客户资料 Customer data",
        False,
        (
            *CUSTOMER,
            Column("kind", "类别", "Kind", "word"),
            Column("channel", "渠道", "Channel", "word"),
            Column("since", "负责起始日", "Served since", "day"),
        ),
        CUSTOMERS,
    ),
    "statement": Made(
        "receivables_detail",
        "客户对账单 Customer statement",
        True,
        (
            *CUSTOMER,
            Column("billed", "应收合计", "Billed", "money"),
            Column("received", "已收", "Received", "money"),
            Column("written_off", "已核销", "Written off", "money"),
            Column("open", "未结", "Open", "money"),
            Column("credit", "客户余额", "Credit", "money"),
        ),
        STATEMENT,
    ),
    "receivables": Made(
        "receivables_detail",
        "应收明细 Receivables",
        True,
        (
            Column("number", "单据号", "Number"),
            *CUSTOMER,
            Column("contract", "合同", "Contract"),
            Column("amount", "金额", "Amount", "money"),
            Column("open", "未结", "Open", "money"),
            Column("issued_on", "开具日", "Issued", "day"),
            Column("due_on", "到期日", "Due", "day"),
        ),
        RECEIVABLES,
    ),
    "samples": Made(
        "sample_detail",
        "铺样明细 Samples placed",
        True,
        (
            *CUSTOMER,
            Column("product_code", "产品编号", "Product"),
            Column("product", "产品", "Name"),
            Column("units", "数量", "Units", "count"),
            Column("price", "当日售价", "Price", "money"),
        ),
        SAMPLES,
    ),
    "work": Made(
        "work_papers",
        "工作资料 Work papers",
        False,
        (
            Column("kind", "类别", "Kind", "word"),
            Column("number", "编号", "Number"),
            Column("customer", "客户", "Customer"),
            Column("amount", "金额", "Amount", "money"),
            Column("day", "日期", "Day", "day"),
            Column("note", "说明", "Note"),
        ),
        WORK,
        is_of_start=True,
    ),
}
TITLES = (N_("Customer data"), N_("Customer statement"), N_("Receivables"), N_("Samples placed"), N_("Work papers"))
WORDS = (
    N_("customers"),
    N_("None"),
    N_("statement"),
    N_("receivables"),
    N_("samples"),
    N_("work"),
    N_("made"),
    N_("outside"),
)


def filled(view: Reading, begun: Handover, made: Made, on: date) -> list[list[Any]]:
    """The rows of a paper as of a day; sums are fen."""
    return [list(row) for row in view.select(made.query, handover=begun.key, on=on)]
