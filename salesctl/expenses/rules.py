"""Expense claims and what an account executive gets back (A-9.1 to A-9.4, A-10.3, A-10.4); pure.

Every rule raises `NotInForce` on a day before its article took effect. Amounts are fen.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.expenses.accounts import account_named, commission_rate
from salesctl.expenses.claims import Booking, Claim, ExecutiveClaim, Invoices, Month, piles
from salesctl.expenses.window import window_of
from salesctl.policy.outcome import Basis, Outcome
from salesctl.policy.schedule import nth_workday

if TYPE_CHECKING:
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER, PAIRINGS = "A.expenses", "A.pairings"
EXPENSE, COMMISSION = "sales_expense", "sales_commission"
WORDS = (
    N_("accepted"),
    N_("reimbursed"),
    N_("department budget"),
    N_("received"),
    N_("contracts"),
    N_("calendar year"),
)


def window(spent: date, *, on: date, policy: Policy) -> Outcome:
    """Between which days an expense is claimed (A-9.1).

    Args:
        spent: the day of the expense.
        on: the day it is asked.
        policy: the packs; `A.expenses.window_opens` and `window_closes`.

    Returns:
        The first day and the last one, both included, in the month of the expense; a month without such a day ends
        the window with its own last day. An expense of a later day, the 31st, goes into the next month's (AMB-A9-a).
    """
    found = window_of(spent, policy.on(on, CHAPTER))
    return Outcome([found.first, found.last], unit="day", steps=found.steps)


def may_submit(spent: date, is_reopened: bool = False, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001
    """Whether an expense may be claimed on a day (A-9.1).

    Args:
        spent: the day of the expense.
        is_reopened: whether the grade of `A.expenses.decider` reopened the window for it, with a reason.
        on: the day of the claim.
        policy: the packs.

    Returns:
        `accepted` inside the window, or after it where it was reopened; else `refused` (AMB-A9-b).
    """
    found = window_of(spent, policy.on(on, CHAPTER))
    is_late = on > found.last
    is_open = on >= max(found.first, spent) and (is_reopened or not is_late)
    outcome = Outcome("accepted" if is_open else "refused", unit="word", steps=found.steps)
    outcome = outcome.step(N_("claimed on"), on, "day", Basis("", "A-9.1"))
    if not is_late:
        return outcome
    grade, basis = policy.on(on, CHAPTER).text("decider")
    return outcome.step(N_("may reopen it"), grade, "grade", basis, note=N_("reopened") if is_reopened else "")


def sales_expense_allowance(month: Month, *, on: date, policy: Policy) -> Outcome:
    """What a month adds to the sales expense account (A-9.2a).

    Args:
        month: what it brought on the account manager's customers.
        on: a day of that month.
        policy: the packs; `A.expenses.sales_expense_rate` and `base`.

    Returns:
        Fen, rounded down (K-3). The base is the money received, unless the company chose another (AMB-A9-c); with
        sales as the base, bad debts of the month lower it, never below nothing (X-23).
    """
    chapter = policy.on(on, CHAPTER)
    (choice, chosen), (rate, basis) = chapter.text("base"), chapter.rate("sales_expense_rate")
    base = {"received": month.received, "sales": max(month.sales - month.bad_debts, 0), "contracts": month.contracts}
    outcome = Outcome(rate.limit(base[choice]), unit="fen").step(N_("base"), choice, "word", chosen)
    if choice == "sales":
        outcome = outcome.step(N_("bad debts"), month.bad_debts, "fen", Basis("", "X-23"), Basis("", "A-8.4"))
    outcome = outcome.step(N_("base of the month"), base[choice], "fen", chosen)
    return outcome.step(N_("rate"), rate.percent(), "rate", basis).step(N_("allowance"), outcome.value, "fen", basis)


def commission_allowance(received: Fen, rate: str, *, on: date, policy: Policy) -> Outcome:
    """What money received adds to the sales commission account (A-9.2b).

    Args:
        received: the money.
        rate: the account manager's rate as a share of one, such as `0.08`; the director sets it (AMB-A9-d).
        on: the day it was received.
        policy: the packs; `A.expenses.least_commission_rate` and `most_commission_rate`.

    Returns:
        Fen, rounded down: it limits what is claimed (K-3). Both ends of the span are allowed.

    Raises:
        Invalid: the rate is no decimal.
        RateOutOfReach: the rate lies outside the span.
    """
    share, basis = commission_rate(rate, policy.on(on, CHAPTER))
    allowed = share.limit(received)
    outcome = Outcome(allowed, unit="fen").step(N_("received"), received, "fen", basis)
    outcome = outcome.step(N_("rate"), share.percent(), "rate", basis).step(N_("allowance"), allowed, "fen", basis)
    return _warned(outcome)


def charge(claim: Claim, bookings: list[Booking], *, on: date, policy: Policy) -> Outcome:
    """Whether an account holds enough for a claim (A-9.2a, A-9.2b).

    Args:
        claim: what is claimed, out of `sales_expense` or `sales_commission`.
        bookings: what that account was allowed and what was claimed out of it; later ones do not count.
        on: the day of the claim.
        policy: the packs; `A.expenses.carry_over`.

    Returns:
        `accepted` or `refused`. All of what is left may be claimed and not a fen more; it carries over inside the
        calendar year (AMB-A9-e). Customer commission stays out of both accounts (AMB-A9-d, X-24).

    Raises:
        Unknown: there is no such account.
    """
    chapter = policy.on(on, CHAPTER)
    item, (span, basis) = account_named(claim.account, chapter), chapter.text("carry_over")
    first = date(on.year, 1 if span == "calendar_year" else on.month, 1)
    counted = [booking for booking in bookings if first <= booking.booked_on <= on]
    allowed, claimed = sum(booking.allowed for booking in counted), sum(booking.claimed for booking in counted)
    is_held = claim.amount <= allowed - claimed
    answer = "accepted" if is_held and not claim.is_customer_commission else "refused"
    outcome = Outcome(answer, unit="word").step(N_("account"), claim.account, "word", item.basis)
    outcome = outcome.step(N_("carries over within"), span, "word", basis)
    outcome = outcome.step(N_("allowance"), allowed, "fen", item.basis)
    outcome = outcome.step(N_("claimed before"), claimed, "fen", item.basis)
    outcome = outcome.step(
        N_("this claim"), claim.amount, "fen", basis, note="" if is_held else N_("more than is left")
    )
    if claim.is_customer_commission:
        apart = Basis("", "X-24", "AMB-A9-d")
        outcome = outcome.step(N_("customer commission"), claim.amount, "fen", apart, note=N_("kept apart from it"))
    return _warned(outcome) if claim.account == COMMISSION else outcome


def forms(invoices: list[Invoices], *, on: date, policy: Policy) -> Outcome:
    """How many payment forms and pasting sheets a claim takes (A-9.4).

    Args:
        invoices: how many of which kind, out of which account; the same kind may come several times.
        on: the day of the claim.
        policy: the packs; `A.expenses.sheets_per_form`.

    Returns:
        Two counts: forms, then sheets. One form for each kind and account (AMB-A9-f).

    Raises:
        Unknown: there is no such account.
    """
    chapter = policy.on(on, CHAPTER)
    items = {one.account: account_named(one.account, chapter) for one in invoices}
    (each, basis), found = chapter.figure("sheets_per_form"), piles(invoices)
    outcome, one_form = Outcome([len(found), len(found) * each], unit="count"), basis.but(reading="AMB-A9-f")
    for (kind, account), pieces in found.items():
        outcome = outcome.step(items[account].text["en"], f"{kind}: {pieces}", "text", one_form, items[account].basis)
    outcome = outcome.step(N_("payment forms"), len(found), "count", one_form)
    return outcome.step(N_("pasting sheets for each"), each, "count", basis)


def executive_claim(claim: ExecutiveClaim, *, on: date, policy: Policy) -> Outcome:
    """What an account manager owes an account executive for an expense (A-9.3, A-10.3).

    Args:
        claim: what was spent, and whether the account manager agreed.
        on: the day of the claim; the sum is due on it (AMB-A9-g), whatever the window of A-9.1.
        policy: the packs; `A.expenses.executive_share`.

    Returns:
        Fen: all of it where it was agreed, else nothing. It is owed beside the executive's part of the commission
        (AMB-A10-g), and is no wage that an open handover could hold back (X-26).
    """
    share, basis = policy.on(on, CHAPTER).rate("executive_share")
    owed = share.half_up(claim.amount) if claim.is_agreed else 0
    outcome = Outcome(owed, unit="fen").step(N_("spent"), claim.amount, "fen")
    outcome = outcome.step(N_("agreed by the account manager"), claim.is_agreed, "word", basis)
    if claim.is_handover_open:
        note = N_("no wage or bonus: paid although the handover is open")
        outcome = outcome.step(N_("handover open"), claim.is_handover_open, "word", Basis("", "X-26"), note=note)
    apart = N_("never taken off the executive's commission")
    outcome = outcome.step(N_("owed on that day"), owed, "fen", Basis("", "A-10.3", "AMB-A10-g"), note=apart)
    again = Basis("", "A-9.1", "AMB-A9-h")
    return outcome.step(N_("claimed again from"), EXPENSE, "word", again) if owed else outcome


def executive_claim_standing(
    claimed_on: date, paid_on: date | None = None, *, on: date, policy: Policy, calendar: Calendar
) -> Outcome:
    """Whether what an account executive claimed is due, overdue or settled (A-9.3).

    Args:
        claimed_on: the day of the claim.
        paid_on: the day it was paid; none if it was not.
        on: the day it is asked.
        policy: the packs; `A.expenses.grace`.
        calendar: the working days.

    Returns:
        `due` from the day of the claim through the working days of grace, `overdue` after them, `reimbursed` once it
        was paid (AMB-A9-g).
    """
    grace, basis = policy.on(claimed_on, CHAPTER).figure("grace")
    last = nth_workday(claimed_on, grace, calendar)
    is_paid = paid_on is not None and paid_on <= on
    answer = "reimbursed" if is_paid else "due" if on <= last else "overdue"
    outcome = Outcome(answer, unit="word").step(N_("due on"), claimed_on, "day", basis)
    outcome = outcome.step(N_("working days of grace"), grace, "count", basis)
    outcome = outcome.step(N_("overdue from"), last + timedelta(days=1), "day", basis, note=calendar.note(last))
    return outcome.step(N_("paid on"), paid_on if is_paid else None, "day")


def phone(is_reimbursed: bool, receipt: Fen | None = None, *, on: date, policy: Policy) -> Outcome:  # noqa: FBT001
    """What the department reimburses of an account executive's mobile phone in a month (A-10.4).

    Args:
        is_reimbursed: whether this executive's phone of the month was reimbursed already.
        receipt: what the receipt says; none where nobody asked for one.
        on: a day of the month.
        policy: the packs; `A.pairings.phone`.

    Returns:
        Fen: the receipt, and the figure at most; the figure without a receipt. Once a month, however many account
        managers the executive serves (AMB-A10-f), and out of no account of theirs.
    """
    most, basis = policy.on(on, PAIRINGS).amount("phone")
    refund = 0 if is_reimbursed else most if receipt is None else min(receipt, most)
    outcome = Outcome(refund, unit="fen").step(N_("phone receipt"), receipt, "fen")
    outcome = outcome.step(N_("at most a month"), most, "fen", basis)
    outcome = outcome.step(N_("reimbursed before"), is_reimbursed, "word", basis)
    return outcome.step(N_("charged to"), "department_budget", "word", Basis("", "A-10.4"))


def _warned(outcome: Outcome) -> Outcome:
    """With the warning that belongs to the commission account."""
    note = N_("commission paid against other people's invoices is a hidden wage")
    return outcome.step(N_("legal warning"), "L-13", "text", Basis("", "L-13"), note=note)
