"""The figures of a bad debt, taken apart: what was put to the board, and what came in later (A-8.3, A-8.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.bad_debts.actions import BAD_DEBTS
from salesctl.bad_debts.listing import OF_THIS, standing
from salesctl.bad_debts.rows import BadDebt
from salesctl.console.explain import figure_meant
from salesctl.errors import N_
from salesctl.ledger.lookup import numbered
from salesctl.policy.figure import Figure, Part
from salesctl.receivables import parts

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked

FIGURES = {"amount": N_("amount"), "recovered": N_("recovered")}
RECOVERED = f"""SELECT m.number, -w.amount, w.booked_on, r.number, w.id FROM bad_debt b
    JOIN receivable r ON r.id = b.receivable_id JOIN write_off w ON w.receivable_id = r.id
    JOIN receipt m ON m.id = w.receipt_id WHERE b.id = :id AND b.state = 'approved' AND w.booked_on <= :on AND {OF_THIS}
    ORDER BY w.id"""


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `baddebt show`."""
    name = figure_meant(asked.figure, FIGURES)
    one = numbered(view, BadDebt, BAD_DEBTS, " ".join(asked.words))
    row = standing(view, one.number, desk.today).row
    if name == "amount":
        # All that was open when it was submitted, or once it is decided, when that was: no later entry is part of it.
        of = parts.of_debts(view, date.max, parts.OF_ONE, debt=one.receivable_id)
        paper = (f"bad_debt {one.key}", "amount")
        return Figure(name, one.number, desk.today, one.amount, of, paper=paper)
    found = [
        Part(
            parts.BAD[1] if amount > 0 else parts.BAD[2],
            amount,
            day,
            receipt,
            debt,
            clause="A-8.4",
            row=f"write_off {key}",
        )
        for receipt, amount, day, debt, key in view.select(RECOVERED, id=one.key, on=desk.today)
    ]
    return Figure(name, one.number, desk.today, int(str(row[10] or 0)), found)
