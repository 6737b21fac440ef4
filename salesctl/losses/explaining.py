"""The figures of a loss, taken apart: what it comes to, what came back, and what each one bears (E-17, E-19, E-20)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from salesctl.console.explain import figure_meant
from salesctl.errors import N_, Unknown
from salesctl.ledger.decided import decisions
from salesctl.ledger.sources import known_by
from salesctl.losses import facts, rules
from salesctl.losses.bearers import FINANCE, bearers
from salesctl.losses.rows import LossReversalShare
from salesctl.people.actions import person
from salesctl.policy.figure import Figure, Part
from salesctl.policy.units import nfkc, shown, yuan
from salesctl.receivables import parts

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.losses.rows import Loss, LossShare
    from salesctl.policy.figure import Asked

FIGURES = {"amount": N_("loss"), "recovered": N_("recovered"), "net": N_("to be shared")}
BEARS = {"amount": N_("bears"), "recorded": N_("share recorded"), "taken_back": N_("amount taken back")}
CHAPTER = "E.losses"
SAID, BACK, OTHER = N_("said to be lost"), N_("recovered"), N_("counted by another loss")
PART, ROUNDED, PIECES = N_("share"), N_("rounded"), N_("pieces missing")
REVERSED, TAKEN_BACK = N_("reversed"), N_("amount taken back")
LEFT = "CASE WHEN l.amount > l.recovered THEN l.amount - l.recovered ELSE 0 END"
COUNTS = "l.about = :about AND l.product = '' AND l.id <> :id AND l.state <> 'dropped' AND l.amount IS NOT NULL"
OTHERS = f"""SELECT :other, l.number, -{LEFT}, 'loss', l.id, 'amount' FROM loss l WHERE {COUNTS} UNION ALL
    SELECT :reversed, l.number, {LEFT}, 'loss_reversal', v.id, '' FROM loss l JOIN loss_reversal v ON v.loss_id = l.id
    WHERE {COUNTS} ORDER BY 4, 5"""


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `loss show`: of the loss, or where a person or a party is named, what they bear."""
    number, *who = asked.words or ("",)
    one = facts.loss(view, number)
    if who:
        return _share(view, desk, one, " ".join(who), figure_meant(asked.figure, BEARS))
    name = figure_meant(asked.figure, FIGURES)
    value = {"amount": one.amount, "recovered": one.recovered, "net": (one.amount or 0) - one.recovered}[name]
    of = _amount(view, one) if name in ("amount", "net") and one.amount is not None else []
    if name in ("recovered", "net") and one.recovered:
        sign = 1 if name == "recovered" else -1
        of.append(_row(one, BACK, sign * one.recovered, "recovered").but(clause="X-5"))
    return Figure(name, one.number, desk.today, value, of)


def _amount(view: Reading, one: Loss) -> list[Part]:
    """The pieces at the price of the day; or what nobody had paid of the debt; or what was said."""
    amount = one.amount or 0
    if one.product:
        working = decisions(view, one.number, verb="loss.value")[-1].outcome
        steps = {step.name: int(str(step.value)) for step in working.steps if step.unit in ("count", "fen")}
        reckoned = f"{steps[PIECES]} x {yuan(steps['selling price'])}"
        value = steps[PIECES] * steps["selling price"]
        return [_row(one, PIECES, value, "amount").but(clause="E-19", reckoned=reckoned)]
    debt = facts.debt_of(view, one)
    if debt is not None:
        owed = [
            part for part in parts.of_debts(view, date.max, parts.OF_ONE, debt=debt.key) if part.what not in parts.BAD
        ]
        others = [
            Part(what, left, about=number, of=debt.number, clause="E-17a", row=f"{table} {key}", column=column)
            for what, number, left, table, key, column in view.select(
                OTHERS, about=one.about, id=one.key, other=OTHER, reversed=REVERSED
            )
        ]
        paper = Part("", 0, about=one.number, row=f"loss {one.key}", column="amount")
        known = known_by(view, [*owed, *others], paper)[0]
        if sum(part.amount for part in known) == amount:
            return [part.but(clause=part.clause or "E-17a") for part in known]
    return [_row(one, SAID, amount, "amount")]


def _share(view: Reading, desk: Desk, one: Loss, who: str, name: str) -> Figure:
    """What a party, or a person in all their parties, bears: the rate of the table, and what rounding moves (K-3)."""
    shares = facts.shares_of(view, one)
    plain = nfkc(who).strip().casefold().replace(" ", "_")
    theirs = [share for share in shares if share.party == plain]
    if not theirs:
        with suppress(Unknown):  # it is a party of another table
            found = person(view, who)
            theirs = [share for share in shares if share.person_id == found.key]
    if not theirs:
        known = ", ".join(share.party for share in shares)
        raise Unknown(what=N_("party of this loss"), value=shown(who), candidates=known, listing="salesctl loss list")
    of = [part for share in theirs for part in _reckoned(view, desk, one, share, len(shares))]
    recorded, back = sum(share.amount for share in theirs), _taken_back(view, one, theirs, desk.today)
    taken = sum(part.amount for part in back)
    value, of = {
        "amount": (recorded + taken, [*of, *back]), "recorded": (recorded, of), "taken_back": (taken, back),
    }[name]  # fmt: skip
    return Figure(name, f"{one.number} {who}", desk.today, value, of, chapter=f"{CHAPTER}.within")


def _taken_back(view: Reading, one: Loss, theirs: list[LossShare], on: date) -> list[Part]:
    """What a reversal took back of shares by a day: the mirror of what was recorded."""
    reversal = facts.reversal_of(view, one, on)
    if reversal is None:
        return []
    rows = view.all(LossReversalShare, "reversal_id = :id", id=reversal.key)
    clauses, day = {share.key: share.clause for share in theirs}, reversal.reversed_on.isoformat()
    return [
        Part(
            TAKEN_BACK,
            row.amount,
            day,
            one.number,
            clause=clauses[row.share_id],
            row=f"loss_reversal_share {row.key}",
            column="amount",
        )
        for row in rows
        if row.share_id in clauses
    ]


def _reckoned(view: Reading, desk: Desk, one: Loss, share: LossShare, count: int) -> list[Part]:
    """One share as its rate of what is shared; more than rounding can move is no rounding."""
    begun, policy, on = facts.handover_of(view, one), desk.policy, one.found_on
    tier = str(rules.tier(begun.signed_on, one.is_known, on=on, policy=policy).value)
    table, _balance, _steps = bearers(tier, one.is_finance_error, policy.on(on, CHAPTER))
    paying = facts.is_finance(share.party, desk, on) and share.party not in [bearer.name for bearer in table]
    bearer = next((each for each in table if each.name == (FINANCE if paying else share.party)), None)
    net = (one.amount or 0) - one.recovered
    row = Part(
        PART,
        share.amount,
        on.isoformat(),
        one.number,
        clause=share.clause,
        row=f"loss_share {share.key}",
        column="amount",
    )
    if bearer is None:
        return [row]
    among = sum(facts.is_finance(other.party, desk, on) for other in facts.shares_of(view, one)) if paying else 1
    exact = bearer.rate.limit(net) // among
    reckoned = f"{bearer.rate.text} x {yuan(net)}" + (f" / {among}" if among > 1 else "")
    moved = share.amount - exact
    found = [row.but(amount=exact, reckoned=reckoned)]
    return [*found, Part(ROUNDED, moved, clause="K-3")] if 0 != abs(moved) <= count else found


def _row(one: Loss, what: str, amount: int, column: str) -> Part:
    day = (one.valued_on or one.found_on).isoformat()
    return Part(what, amount, day, one.number, row=f"loss {one.key}", column=column)
