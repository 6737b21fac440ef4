"""What a request is measured with, taken apart: what was granted before on the same base, and the base (A-4 to A-6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.approvals import facts
from salesctl.approvals.deciding_rules import OF_RECEIPTS
from salesctl.approvals.rungs import MONEY
from salesctl.console.explain import figure_meant
from salesctl.errors import N_
from salesctl.ledger.sources import known_by, stood
from salesctl.policy.figure import Figure, Part
from salesctl.receivables import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.approvals.rows import Request
    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked
    from salesctl.policy.policy import Policy

FIGURES = {
    "amount": N_("this request"),
    "granted_before": N_("granted before"),
    "together": N_("together"),
    "base": N_("money received"),
}
GRANTED, ASKED, FLOOR = N_("granted"), N_("asked for"), N_("nothing below zero")
VOLUME, SAID = N_("volume recorded"), N_("said in the request")
SPLITTING = "K-15"
HOLDING = ("granted", "executed")
VOLUMES = """SELECT id, month, units FROM monthly_volume WHERE customer_id = :customer AND line = :line
    AND month = :month ORDER BY id DESC LIMIT 1"""


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure a request is decided on: as it was recorded with its decision, or as things stand while it waits."""
    name = figure_meant(asked.figure, FIGURES)
    one = facts.request(view, " ".join(asked.words))
    on = one.decided_on or desk.today
    policy = facts.figures(view, desk, one)
    known = facts.asked(view, one, on, policy)
    paper = Part("", 0, about=one.number, row=f"request {one.key}", column="granted_before") if one.decided_on else None
    own = Part(ASKED, one.amount, one.asked_on.isoformat(), one.number, row=f"request {one.key}")
    value = {"amount": one.amount, "granted_before": known.granted_before, "base": known.base}
    value["together"] = known.granted_before + one.amount
    of = [own] if name in ("amount", "together") else []
    if name in ("granted_before", "together"):
        of = [*_before(view, one, on, paper, policy), *of]
    if name == "base":
        of = _base(view, one, on, paper, known.base)
    unit = "fen" if one.matter in MONEY else "count"
    return Figure(name, one.number, on, value[name], of, unit)


def granted_on_contract(view: Reading, others: Sequence[Request], paper: Part | None, of: str = "") -> list[Part]:
    """Those of some requests that are granted; before a paper was written, where one is named."""
    images = {row.key: row.image() for row in others}
    if paper:
        images = stood(view, "request", [row.number for row in others], paper)
    return [
        Part(
            *(GRANTED, row["amount"], row["decided_on"] or "", row["number"], of),
            clause=SPLITTING,
            row=f"request {key}",
            column="decided_on",
        )
        for key, row in images.items()
        if row["state"] in HOLDING
    ]


def _before(view: Reading, one: Request, on: date, paper: Part | None, policy: Policy) -> list[Part]:
    """The requests that were granted on the same base by then; of a payment, all but the sum it is about (A-5.2)."""
    found = granted_on_contract(view, facts.on_same_base(view, one, on, policy), paper, one.number)
    if one.matter == facts.PAYING:
        found.append(Part(ASKED, -one.amount, about=one.number, row=f"request {one.key}"))
        found.append(Part(FLOOR, -min(sum(part.amount for part in found), 0), clause="A-5.2"))
    return found


def _base(view: Reading, one: Request, on: date, paper: Part | None, base: int) -> list[Part]:
    """What the amount is measured against: receipts of the contract, the volume of a month, or what the request says.

    Money that went back later is no base either: where that is less, the receipts are those of all days (K-15).
    """
    if one.matter in OF_RECEIPTS and one.contract_id is not None:
        sets = [parts.of_contract(view, one.contract_id, day) for day in (on, date.max)]
        sets = [known_by(view, of, paper)[0] for of in sets] if paper else sets
        return next((of for of in sets if sum(part.amount for part in of) == base), sets[0])
    if one.matter == "make_good":
        of_month = {"customer": facts.customer_id(view, one), "line": one.line, "month": f"{one.about}-01"}
        return [
            Part(VOLUME, units, month, one.about, row=f"monthly_volume {key}")
            for key, month, units in view.select(VOLUMES, **of_month)
        ]
    return [Part(SAID, base, one.asked_on.isoformat(), one.number, row=f"request {one.key}")] if base else []
