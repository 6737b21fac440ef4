"""The sums on the papers and the checklist of a handover, taken apart: as they were when it was drawn up (E-5)."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from salesctl.console.explain import figure_meant
from salesctl.customers.actions import customer
from salesctl.errors import N_, Invalid, Unknown
from salesctl.handovers.actions import handover
from salesctl.handovers.contents import MADE
from salesctl.handovers.papers import paper_of
from salesctl.handovers.rows import HandoverItem, HandoverPaper
from salesctl.policy.figure import Figure, Part
from salesctl.policy.units import shown
from salesctl.receivables import parts
from salesctl.samples.explaining import moved, price
from salesctl.samples.products import product

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked

KINDS = ("money", "count")
SUMS = {  # of the customer statement: which parts of its debts, or of its receipts, are added up
    "billed": (parts.ISSUED, parts.CANCELLED),
    "written_off": parts.BAD,
    "received": (parts.CAME, *parts.BACK),
}
OF_ITEM = {"receivable": "receivable", "request": "request", "contract": "contract"}  # kind of item -> its table


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of a paper, `H-3/2 C001 open`, or of the checklist, `H-3 R-12 amount`."""
    number, *line = asked.words or ("",)
    if not line:
        raise Invalid(value=number, what=N_("a line of a paper or of the checklist"), example="H-3/2 C001 open")
    begun = handover(view, number.partition("/")[0])
    if "/" not in number:
        return _item(view, desk, begun.key, begun.number, asked.but(words=tuple(line)))
    found = paper_of(view, begun, number)
    paper = view.one(HandoverPaper, id=found.key)
    content = json.loads(paper.content)
    columns = {column[0]: column for column in content.get("columns", ()) if column[3] in KINDS}
    name = figure_meant(asked.figure, {key: column[2] for key, column in columns.items()})
    made = next(key for key, each in MADE.items() if each.title == paper.title)
    row = _line(content, line)
    of = _parts(view, made, name, row, paper.as_of)
    said = f"{number.upper()} {' '.join(line)}"
    value = row[name]
    where = (f"handover_paper {paper.key}", "content")
    return Figure(name, said, paper.as_of, value, of, "count" if columns[name][3] == "count" else "fen", paper=where)


def _line(content: dict[str, Any], line: Sequence[str]) -> dict[str, Any]:
    """The one row of a paper in which all these words stand, by its columns."""
    keys = [column[0] for column in content["columns"]]
    rows = [dict(zip(keys, row, strict=True)) for row in content["rows"]]
    found = [row for row in rows if all(word in map(str, row.values()) for word in line)]
    if len(found) != 1:
        known = ", ".join(str(row[keys[0]]) for row in rows[:5])
        listing = "salesctl handover papers"
        raise Unknown(what=N_("line of the paper"), value=shown(" ".join(line)), candidates=known, listing=listing)
    return found[0]


def _parts(view: Reading, made: str, name: str, row: dict[str, Any], on: date) -> list[Part]:
    if made == "samples":
        at, what = customer(view, row["code"]), product(view, row["product_code"])
        return price(view, what.key, on) if name == "price" else moved(view, at.key, what.key, on)
    if made == "receivables":
        of = parts.of_debts(view, on, "r.number = :number", number=row["number"])
        return of if name == "open" else [part for part in of if part.what == parts.ISSUED]
    if made == "statement":
        at = customer(view, row["code"])
        if name in ("received", "credit"):
            of = parts.of_receipts(view, on, "m.customer_id = :customer", customer=at.key)
            return [part for part in of if name == "credit" or part.what in SUMS[name]]
        of = parts.of_debts(view, on, parts.OF_CUSTOMER, customer=at.key)
        if name == "written_off":
            return parts.turned(of, *parts.BAD)
        return [part for part in of if name == "open" or part.what in SUMS[name]]
    return [
        Part(
            N_("contract"), row["amount"], row["day"] or "", row["number"], row=_row_of(view, "contract", row["number"])
        )
    ]


def _item(view: Reading, desk: Desk, key: int, number: str, asked: Asked) -> Figure:
    """What a line of the checklist came to when the handover started."""
    about = " ".join(asked.words)
    name = figure_meant(asked.figure, {"amount": N_("amount")})
    items = view.all(
        HandoverItem, "handover_id = :handover AND about = :about AND amount IS NOT NULL", handover=key, about=about
    )
    if not items:
        raise Unknown(
            what=N_("line of the checklist"),
            value=shown(about),
            candidates="-",
            listing=f"salesctl handover show {number}",
        )
    one = items[0]
    said, where = f"{number} {about}", (f"handover_item {one.key}", "")
    if one.kind == "receivable":
        of = parts.of_debts(view, date.max, "r.number = :number", number=about)
        return Figure(name, said, desk.today, one.amount, of, paper=where)
    part = Part(
        one.kind, one.amount or 0, str(one.dated or ""), about, row=_row_of(view, one.kind, about), column="amount"
    )
    return Figure(name, said, desk.today, one.amount, [part], paper=where)


def _row_of(view: Reading, kind: str, number: str) -> str:
    table = OF_ITEM[kind]
    return f"{table} {view.value(f'SELECT id FROM {table} WHERE number = :number', number=number)}"
