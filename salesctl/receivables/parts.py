"""What debts, receipts and a contract's receipts are added up from: one row of the ledger each, by a day (A-8, A-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.policy.figure import Part
from salesctl.receivables import as_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from salesctl.ledger.reading import Reading

PAID = (N_("paid"), N_("taken off again"))
BAD = (N_("written off"), N_("recovered"), N_("bad again"))
BACK = (N_("refund"), N_("reversal"))
ISSUED, CANCELLED, CAME = N_("issued"), N_("cancelled"), N_("received")
ALLOCATED = f"CASE WHEN a.amount > 0 THEN '{PAID[0]}' ELSE '{PAID[1]}' END"
WRITTEN = f"CASE WHEN w.receipt_id IS NULL THEN '{BAD[0]}' WHEN w.amount < 0 THEN '{BAD[1]}' ELSE '{BAD[2]}' END"
# Each a row: what, amount, day, about, of, table, id, column. `{of}` is a condition on the receivable `r`.
DEBTS = f"""SELECT '{ISSUED}' AS what, r.amount, r.issued_on AS day, r.number AS about, r.number AS owed, 'receivable',
        r.id AS id, '' FROM receivable r WHERE r.issued_on <= :on AND {{of}}
    UNION ALL SELECT '{CANCELLED}', -r.amount, r.cancelled_on, r.number, r.number, 'receivable', r.id, 'cancelled_on'
        FROM receivable r WHERE r.cancelled_on <= :on AND {{of}}
    UNION ALL SELECT {ALLOCATED}, -a.amount, a.allocated_on, m.number, r.number, 'allocation', a.id, ''
        FROM allocation a JOIN receivable r ON r.id = a.receivable_id JOIN receipt m ON m.id = a.receipt_id
        WHERE a.allocated_on <= :on AND {{of}}
    UNION ALL SELECT {WRITTEN}, -w.amount, w.booked_on, coalesce(m.number, ''), r.number, 'write_off', w.id, ''
        FROM write_off w JOIN receivable r ON r.id = w.receivable_id LEFT JOIN receipt m ON m.id = w.receipt_id
        WHERE w.booked_on <= :on AND {{of}}
    ORDER BY 5, 3, 6 DESC, 7"""
# The same of the receipt `m`: what came, what it pays of debts, what went back.
RECEIPTS = f"""SELECT '{CAME}' AS what, m.amount, m.received_on AS day, m.number AS about, m.number AS owed, 'receipt',
        m.id AS id, '' FROM receipt m WHERE m.received_on <= :on AND {{of}}
    UNION ALL SELECT {ALLOCATED}, -a.amount, a.allocated_on, r.number, m.number, 'allocation', a.id, ''
        FROM allocation a JOIN receivable r ON r.id = a.receivable_id JOIN receipt m ON m.id = a.receipt_id
        WHERE a.allocated_on <= :on AND {{of}}
    UNION ALL SELECT b.kind, -b.amount, b.returned_on, m.number, m.number, 'receipt_return', b.id, ''
        FROM receipt_return b JOIN receipt m ON m.id = b.receipt_id WHERE b.returned_on <= :on AND {{of}}
    ORDER BY 5, 3, 6 DESC, 7"""
# What came in on a contract: receipts that name it, and what those that name none paid of its debts.
ON_CONTRACT = f"""SELECT '{CAME}' AS what, m.amount, m.received_on AS day, m.number AS about, '' AS owed, 'receipt',
        m.id AS id, '' FROM receipt m WHERE m.contract_id = :contract AND m.received_on <= :on
    UNION ALL SELECT b.kind, -b.amount, b.returned_on, m.number, '', 'receipt_return', b.id, ''
        FROM receipt_return b JOIN receipt m ON m.id = b.receipt_id
        WHERE m.contract_id = :contract AND b.returned_on <= :on
    UNION ALL SELECT {ALLOCATED}, a.amount, a.allocated_on, m.number, r.number, 'allocation', a.id, ''
        FROM allocation a JOIN receivable r ON r.id = a.receivable_id JOIN receipt m ON m.id = a.receipt_id
        WHERE r.contract_id = :contract AND m.contract_id IS NULL AND a.allocated_on <= :on
    ORDER BY 3, 6 DESC, 7"""
OPEN_ONES = "r.id IN (SELECT r.id FROM ({debts}) r)"
OF_ONE, OF_CUSTOMER = "r.id = :debt", "r.customer_id = :customer"


def of_debts(view: Reading, on: date, of: str, /, **values: Any) -> list[Part]:
    """What debts were added up from by a day; `of` is a condition on the receivable `r`."""
    return _parts(view, DEBTS.format(of=of), on=on, **values)


def of_open_debts(view: Reading, on: date, customer_id: int = 0) -> list[Part]:
    """The same of the debts that were open on the day: of one customer, or of all."""
    of = f"{OPEN_ONES.format(debts=as_of.debts(view, on))} AND (:customer = 0 OR r.customer_id = :customer)"
    return of_debts(view, on, of, customer=customer_id)


def of_receipts(view: Reading, on: date, of: str, /, **values: Any) -> list[Part]:
    """What receipts were added up from by a day; `of` is a condition on the receipt `m`. What pays is below 0."""
    return _parts(view, RECEIPTS.format(of=of), on=on, **values)


def of_contract(view: Reading, contract_id: int, on: date) -> list[Part]:
    """What came in on a contract by a day, as `received.received_on_contract` adds it up."""
    return _parts(view, ON_CONTRACT, on=on, contract=contract_id)


def turned(parts: Sequence[Part], *whats: str) -> list[Part]:
    """The parts of these kinds with the other sign: what was paid, where they say what it takes off."""
    return [part.but(amount=-part.amount) for part in parts if part.what in whats]


def _parts(view: Reading, query: str, /, **values: Any) -> list[Part]:
    return [
        Part(what, amount, day, about, owed, row=f"{table} {row}", column=column)
        for what, amount, day, about, owed, table, row, column in view.select(query, **values)
    ]
