"""The sum of a contract: the entry that states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.explain import figure_meant
from salesctl.contracts.actions import contract
from salesctl.errors import N_
from salesctl.policy.figure import Figure, Part

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `contract show`."""
    name = figure_meant(asked.figure, {"amount": N_("amount")})
    one = contract(view, " ".join(asked.words))
    part = Part(N_("signed"), one.amount, one.signed_on.isoformat(), one.number, row=f"contract {one.key}")
    return Figure(name, one.number, desk.today, one.amount, [part])
