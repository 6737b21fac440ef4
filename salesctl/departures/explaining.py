"""The last pay of somebody who leaves, taken apart: what is payable now, and what may wait (E-18, L-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.explain import figure_meant
from salesctl.departures import facts, pay
from salesctl.departures.rows import Departure
from salesctl.errors import N_
from salesctl.ledger.lookup import numbered
from salesctl.policy.figure import Figure, Part

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked

FIGURES = {"payable": N_("payable now"), "may_wait": N_("may wait")}
OWED = {"wages": N_("wages not paid"), "bonus": N_("bonus not paid"), "severance": N_("severance")}


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `departure show`."""
    name = figure_meant(asked.figure, FIGURES)
    one = numbered(view, Departure, facts.DEPARTURES, " ".join(asked.words))
    known = facts.of(view, one, desk.today)
    answer = pay.payable(known, desk)
    if answer is None:
        return Figure(name, one.number, desk.today, None, [])
    values: list[int] = list(answer.value)  # type: ignore[call-overload]
    waits = ("severance",) if known.completed_on is None else ()
    counts = waits if name == "may_wait" else tuple(key for key in OWED if key not in waits)
    found = [
        Part(OWED[key], getattr(one, key) or 0, about=one.number, clause="L-10", row=f"departure {one.key}", column=key)
        for key in counts
    ]
    return Figure(name, one.number, desk.today, values[list(FIGURES).index(name)], found, outcome=answer)
