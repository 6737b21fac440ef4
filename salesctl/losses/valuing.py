"""What a loss comes to on the day it is established, what came back taken off (E-19, AMB-E-f, X-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.handovers.issues import ISSUES
from salesctl.handovers.rows import HandoverIssue
from salesctl.ledger.lookup import numbered
from salesctl.losses import facts, rules
from salesctl.losses.rules import Price
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import LARGEST, TooLarge, yuan
from salesctl.record import Record
from salesctl.samples.products import prices, product

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.losses.rows import Loss
    from salesctl.policy.units import Fen
    from salesctl.receivables.rows import Receivable


class PricedGoods(SalesctlError):
    """Goods are valued by the price list and nothing else."""

    code, status = "loss.priced", WRONG
    says = N_("{number} is about goods: they are valued at the selling price in force on the day (E-19).")
    hint = N_("Leave out --amount; `salesctl sample price {product}` shows and sets the prices.")


class NoAmount(SalesctlError):
    """Nothing says what a loss comes to."""

    code, status = "loss.no-amount", WRONG
    says = N_("Nothing in the ledger says what {number} comes to.")
    hint = N_("Say --amount YUAN.")


class TooMuch(SalesctlError):
    """More than the debt, or than what other losses leave of it: a debt is lost once."""

    code, status = "loss.too-much", WRONG
    says = N_("{debt} is {amount} yuan, of which {left} is paid by nobody and counted by no other loss; not {wanted}.")
    hint = N_("Say at most that; a loss that is counted twice is dropped: salesctl loss drop NUMBER --reason TEXT")


class NothingLost(SalesctlError):
    """A loss of which nothing is left."""

    code, status = "loss.nothing", WRONG
    says = N_("Nothing of {number} is left to be shared: {amount} yuan, of which {recovered} came back.")
    hint = N_("Drop it: salesctl loss drop {number} --reason TEXT")


class Sum(Record):
    """What is said of the amount; nothing said is what the ledger knows."""

    amount: Fen | None = None
    units: int | None = None
    recovered: Fen = 0


class Valued(Record):
    """A loss that was valued, what is left of it, and the bad debt it is as well."""

    loss: Loss
    net: Fen
    outcome: Outcome
    bad_debt: str


def value(desk: Desk, number: str, said: Sum) -> Valued:
    """Value a loss on the business day; again until it is confirmed, and a split has to be made again then.

    Raises:
        PricedGoods, NoAmount, NoPrice: nothing can say what it comes to, or the price list alone may.
        TooMuch: a debt would be lost more than once.
        NothingLost: all of it came back.
        WrongDay: before it was found.
    """
    with desk.ledger.transaction("loss.value", desk) as tx:
        one = facts.open_loss(tx, number)
        facts.expect_day(desk, one.found_on)
        debt = facts.debt_of(tx, one)
        counted = _counted(tx, one, desk.today) if debt else 0
        gross = _goods(tx, desk, one, said) if one.product else _money(tx, one, said, (debt, counted))
        bad = facts.bad_debt_of(tx, debt)
        amount = int(str(gross.value))
        left = rules.net(amount, said.recovered, bool(bad))
        rest = int(str(left.value))
        if rest <= 0:
            raise NothingLost(number=one.number, amount=yuan(amount), recovered=yuan(said.recovered))
        if debt:
            _expect_once(debt, counted, rest)
        units = said.units or one.units
        by = {"valued_on": desk.today, "valued_by_id": desk.somebody.id}
        tx.amend(one, amount=amount, units=units, recovered=said.recovered, state="valued", **by)
        answer = tx.record(Outcome(left.value, unit="fen", steps=(*gross.steps, *left.steps)), one.number)
        return Valued(one, rest, answer, bad)


def _goods(view: Reading, desk: Desk, one: Loss, said: Sum) -> Outcome:
    """The pieces at the price in force on the business day."""
    if said.amount is not None:
        raise PricedGoods(number=one.number, product=one.product)
    listed = [Price(row.from_on, row.price) for row in prices(view, product(view, one.product))]
    found = rules.value(said.units or one.units or 0, listed, on=desk.today)
    if int(str(found.value)) > LARGEST:
        raise TooLarge(value=yuan(int(str(found.value))))
    return found


def _money(view: Reading, one: Loss, said: Sum, of: tuple[Receivable | None, Fen]) -> Outcome:
    """The sum named; else what nobody has paid of the debt and no other loss counts, or what the issue says."""
    amount, (debt, counted) = said.amount, of
    if amount is None and debt:
        amount = debt.open + debt.written_off - counted
    elif amount is None and one.about.startswith(f"{ISSUES.letter}-"):
        amount = numbered(view, HandoverIssue, ISSUES, one.about).amount
    if amount is None:
        raise NoAmount(number=one.number)
    return Outcome(max(amount, 0), unit="fen")


def _counted(view: Reading, one: Loss, on: date) -> Fen:
    """What other losses about the same debt count, net of what came back; those reversed by a day count nothing."""
    return int(
        view.value(
            "SELECT coalesce(sum(CASE WHEN amount > recovered THEN amount - recovered ELSE 0 END), 0) FROM loss "
            "WHERE about = :about AND product = '' "
            f"AND id <> :id AND state <> 'dropped' AND amount IS NOT NULL AND id NOT IN ({facts.REVERSED})",
            about=one.about,
            id=one.key,
            on=on,
        )
    )


def _expect_once(debt: Receivable, counted: Fen, wanted: Fen) -> None:
    """All losses about a debt together are no more than what nobody paid of it."""
    left = max(debt.open + debt.written_off - counted, 0)
    if wanted > left:
        raise TooMuch(debt=debt.number, amount=yuan(debt.amount), left=yuan(left), wanted=yuan(wanted))
