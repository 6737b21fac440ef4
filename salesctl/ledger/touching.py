"""The entries that have to do with a number or a code: those about it, and those that wrote its row under another name.

A fine is proposed in the entry about a payment, a debt is paid in the one about a receipt, an imported row is in an
entry about its file: all of that is the history of the fine, the debt, the row.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from salesctl.policy.units import nfkc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.ledger.reading import Reading

NUMBERED = (
    *("request", "receivable", "receipt", "contract", "bad_debt", "commission_payment", "fine", "negligence"),
    *("loss", "handover", "handover_issue", "departure", "statement", "reminder", "letter", "outing", "incident"),
    "customer_form",
)
CODED = ("customer", "person", "product")
OWN = " UNION ALL ".join(
    f"SELECT '{table}', id FROM {table} WHERE {column} IN (:wanted, :typed)"
    for column, tables in (("number", NUMBERED), ("code", CODED))
    for table in tables
)
ENTRIES = "SELECT seq, substr(hash, 1, 8), recorded_at, actor, verb, about, body FROM journal"


def entries(view: Reading, text: str, last: int) -> list[tuple[Any, ...]]:
    """So many entries that have to do with a number or a code, the newest first; of everything, where none is said.

    Returns:
        Number, beginning of the hash, when, who, what, about what, and the body of each.
    """
    if not text:
        return view.select(f"{ENTRIES} ORDER BY seq DESC LIMIT :last", last=last)
    named = {"wanted": nfkc(text).strip().upper(), "typed": text.strip()}
    rows = {(table, row) for table, row in view.select(OWN, **named)}
    tables = {f"table{place}": f'%"{table}"%' for place, table in enumerate(sorted({table for table, _row in rows}))}
    may_be = " OR ".join(["about IN (:wanted, :typed)", *(f"body LIKE :{name}" for name in tables)])
    found = view.each(f"{ENTRIES} WHERE {may_be} ORDER BY seq DESC", **named, **tables)
    return list(islice(_of(found, set(named.values()), rows), last))


def _of(found: Iterator[tuple[Any, ...]], named: set[str], rows: set[tuple[str, int]]) -> Iterator[tuple[Any, ...]]:
    """The entries that are about one of the names, or wrote one of the rows."""
    for entry in found:
        if entry[5] in named or _wrote(entry[6], rows):
            yield entry


def _wrote(body: str, rows: set[tuple[str, int]]) -> bool:
    return any(
        (table, image[columns.index("id")]) in rows
        for _what, table, columns, images in json.loads(body)["rows"]
        for image in images
    )
