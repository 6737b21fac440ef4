"""Who bears a loss after a handover (E-15b, E-17, E-19, E-20); pure.

Every sum is a proposal of the regulation for a named human to confirm (K-10); what the law says of it stands beside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.handovers.rules import ROLES
from salesctl.losses.bearers import AFTER, TIERS, UNSETTLED, WITHIN, bearers, payers
from salesctl.policy.cautions import caution
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import Fen, apportion, over, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy

CHAPTER = "E.losses"
LISTING = "salesctl policy show E-17a"
GRAVITY = ("full", "half")
WORDS = (
    *(N_("unsettled"), N_("within"), N_("after"), N_("incomplete"), N_("replace"), N_("add"), N_("of finance")),
    *(N_("finance or commerce"), N_("department manager"), N_("the company"), N_("transferor"), N_("receiver")),
    *(N_("full"), N_("half"), N_("handover supervisor"), N_("public criticism")),
)
DAY_ZERO = Basis("", "E-17a", "AMB-E-a")
LOSS = (
    caution("L-1", N_("at most a share of the month's wages may be taken")),
    caution("L-2", N_("the minimum wage must be left")),
    caution("L-12", N_("a person answers for their own fault, which must be shown")),
)
LIMITATION = caution("L-22", N_("claims may be lost in time; the regulation sets no end"))


class NoPrice(SalesctlError):
    """Goods of a day before their first selling price."""

    code, status = "loss.no-price", WRONG
    says = N_("There is no selling price for {day} (E-19).")
    hint = N_("Give the price that was in force on that day.")


class Price(Record):
    """A selling price, in force from a day on."""

    since: date
    each: Fen


def value(units: int, prices: list[Price], *, on: date) -> Outcome:
    """What goods lost in a handover are worth (E-19).

    Args:
        units: how many are missing.
        prices: the company's selling prices of the goods, in fen a piece, in any order.
        on: the day the loss is established (AMB-E-f).

    Returns:
        Fen: the pieces at the price in force on that day; neither cost nor the price on delivery.

    Raises:
        NoPrice: every price begins later.
    """
    known = [price for price in prices if price.since <= on]
    if not known:
        raise NoPrice(day=on)
    current = max(known, key=lambda price: price.since)
    basis = Basis("", "E-19", "AMB-E-f")
    outcome = Outcome(units * current.each, unit="fen").step(N_("pieces missing"), units, "count", Basis("", "E-19"))
    outcome = outcome.step(N_("selling price since"), current.since, "day", basis)
    return outcome.step(N_("selling price"), current.each, "fen", basis)


def net(loss: Fen, recovered: Fen, is_bad_debt: bool) -> Outcome:  # noqa: FBT001 - a fact
    """What is left of a loss to be shared (X-5).

    Args:
        loss: what was lost, in fen.
        recovered: what has come back, in fen.
        is_bad_debt: the board approved the same debt as bad: then it lowers sales figures as well (A-8.4).

    Returns:
        Fen, never below zero.
    """
    outcome = Outcome(max(loss - recovered, 0), unit="fen").step(N_("loss"), loss, "fen", Basis("", "E-17a"))
    note = N_("same debt, two consequences: it lowers the sales figures as well") if is_bad_debt else ""
    return outcome.step(N_("recovered"), recovered, "fen", Basis("", "X-5"), note=note)


def day_zero(transferor: date | None, receiver: date | None, supervisor: date | None) -> Outcome:
    """The day from which the four months are counted (E-17a, AMB-E-a).

    Args:
        transferor, receiver, supervisor: the day of each one's last signature; none where it is missing.

    Returns:
        The latest of the three; `incomplete` while one is missing.
    """
    signed = {N_("transferor"): transferor, N_("receiver"): receiver, N_("handover supervisor"): supervisor}
    days = [day for day in signed.values() if day]
    is_complete = len(days) == len(signed)
    steps = [Step(party, day, "day", (DAY_ZERO,)) for party, day in signed.items()]
    return Outcome(max(days) if is_complete else "incomplete", unit="day" if is_complete else "word", steps=steps)


def tier(completed_on: date | None, is_known: bool, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001 - a fact
    """By which table a loss is shared (E-15b, E-17a, E-17b).

    Args:
        completed_on: the day of the last of the three signatures; none where the handover was never signed.
        is_known: the transferor knew of the problem, or it was listed as open, and it could have been settled in the
            period (AMB-E-n).
        on: the day the finding is reported, with evidence (AMB-E-a).
        policy: the packs; `E.losses.months`.

    Returns:
        `unsettled` where it is the transferor's alone, which it is before the signatures too; `within` through the
        day with the same number four months later, `after` from the next day on (X-22).
    """
    months, basis = policy.on(on, CHAPTER).figure("months")
    signed = Step(N_("last signature"), completed_on, "day", (DAY_ZERO,))
    if is_known or completed_on is None or on < completed_on:
        note = N_("known and not settled in time") if is_known else N_("not handed over yet")
        theirs = Step(N_("known before the signatures"), is_known, "word", (Basis("", "E-15b", "AMB-E-n"),), note)
        return Outcome(UNSETTLED, unit="word", steps=(signed, theirs))
    is_after = over(completed_on, months, on)
    rests = basis.but(source="E-17b") if is_after else basis
    steps = [
        signed,
        Step(N_("known before the signatures"), is_known, "word", (Basis("", "E-15b", "AMB-E-n"),)),
        Step(N_("months"), months, "months", (rests,)),
        Step(N_("found on"), on, "day", (rests, Basis("", "X-22"))),
    ]
    if is_after:
        steps.append(LIMITATION)
    return Outcome(AFTER if is_after else WITHIN, unit="word", steps=steps)


def shares(
    loss: Fen,
    tier: str,
    handling: list[str],
    is_finance_error: bool = False,  # noqa: FBT001 - a fact
    *,
    on: date,
    policy: Policy,
) -> Outcome:
    """What each bears of a loss (E-15b, E-17a, E-17b, E-20b).

    Args:
        loss: the whole loss in fen, what came back taken off.
        tier: `unsettled`, `within` or `after`, as `tier` answers it.
        handling: the roles that took part for the customer's channel, as `handovers.roles` answers them; where two of
            them stand for finance or commerce they share its part (AMB-E-g).
        is_finance_error: finance or commerce had drawn up wrong figures (E-20).
        on: the day of the finding.
        policy: the packs; the splits, and how the supervisor's 30 % is read (`E.losses.error_reading`).

    Returns:
        Sums in fen, in the order of the table; a step names each bearer. They add up to the loss: persons are rounded
        half up, and the company takes what remains (AMB-E-o).

    Raises:
        Unknown: no such tier or role.
    """
    _expect(N_("tier"), [tier], TIERS)
    _expect(N_("role"), handling, [role.replace(" ", "_") for role in ROLES])
    table, balance, said = bearers(tier, is_finance_error, policy.on(on, CHAPTER))
    parts = apportion(loss, [bearer.rate for bearer in table], balance)
    found: list[Fen] = []
    steps = [Step(N_("loss"), loss, "fen"), *said]
    for bearer, part in zip(table, parts, strict=True):
        for name, sum_, basis in payers(bearer, part, handling, policy.on(on, CHAPTER)):
            found.append(sum_)
            steps.append(Step(name.replace("_", " "), sum_, "fen", (basis,)))
    return Outcome(found, unit="fen", steps=(*steps, *LOSS))


def finance_error(post_wage: Fen, gravity: str, tier: str, *, on: date, policy: Policy) -> Outcome:
    """What is proposed for the person whose wrong figures cost the company money, beside the share (E-20a).

    Args:
        post_wage: the month's post wage in fen.
        gravity: `full` or `half`, by how grave it is: a human says so.
        tier: as `tier` answers it; under `unsettled` there is no share of a table beside it (AMB-E-p).
        on: the day of the finding; the criticism belongs to its month.
        policy: the packs; `E.losses.post_wage_full` and `post_wage_half`.

    Returns:
        The part of the post wage in fen, rounded half up; the working names the public criticism.

    Raises:
        Unknown: no such gravity or tier.
    """
    _expect(N_("gravity"), [gravity], GRAVITY)
    _expect(N_("tier"), [tier], TIERS)
    rate, basis = policy.on(on, CHAPTER).rate(f"post_wage_{gravity}")
    note = N_("no share of the table: the transferor bears everything") if tier == UNSETTLED else ""
    steps = (
        Step(N_("post wage"), post_wage, "fen"),
        Step(N_("gravity"), gravity, "word", (basis,)),
        Step(N_("public criticism"), f"{on:%Y-%m}", "text", (basis,)),
        Step(N_("table"), tier, "word", (basis.but(reading="AMB-E-p"),), note),
        *LOSS,
    )
    return Outcome(rate.half_up(post_wage), unit="fen", steps=steps)


def _expect(what: str, given: list[str], allowed: list[str] | tuple[str, ...]) -> None:
    for one in given:
        if one not in allowed:
            raise Unknown(
                what=what, value=shown(one), candidates=", ".join(allowed), listing="salesctl policy show E-17a"
            )
