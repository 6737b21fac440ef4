"""Decisions about money asked again: requests, commission, fines, losses, old debts, and what is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesctl.decisions.entry import Entry
    from salesctl.decisions.rehearsing import Then


def approve(then: Then, entry: Entry) -> None:
    """Who may decide a request, and what comes of it."""
    from salesctl.approvals.actions import Decision, decide

    reason = "" if "it wants a reason" in entry.notes else entry.row("request_step").get("reason") or "-"
    is_alone = "others of the top grade" in entry.steps
    wanted = Decision(entry.verb.partition(".")[2], reason, entry.decision.get("round", 0), is_alone=is_alone)
    decide(then, entry.about, wanted)


def attempt(then: Then, entry: Entry) -> None:
    """Carrying out what nobody has granted."""
    from salesctl.approvals.executing import execute

    execute(then, entry.about, entry.row("request_step").get("reason", ""))


def pay(then: Then, entry: Entry) -> None:
    """Whether a commission may be paid; the sums it is asked with are added up anew."""
    from salesctl.commissions.actions import NewPayment, pay

    row = entry.row("commission_payment")
    kind, form = row["payee_kind"], row["form"]
    pay(then, NewPayment(entry.decision["request"], row["amount"], row["payee"], kind, form))


def confirm(then: Then, entry: Entry) -> None:
    """A refusal is about the person alone."""
    from salesctl.commissions.actions import confirm

    row = entry.row("commission_confirmation")
    confirm(then, entry.about, row.get("received", 0), row.get("evidence", "-"))


def fine(then: Then, entry: Entry) -> None:
    """Whether a fine may be decided on, and what follows on its state."""
    from salesctl.fines.actions import decide

    wanted = {"confirm": "confirmed", "waive": "waived", "suspend": "suspended"}[entry.verb.partition(".")[2]]
    decide(then, entry.about, wanted, entry.row("fine_step").get("reason") or "-")


def post(then: Then, entry: Entry) -> None:
    """Where a fine goes, within the law."""
    from salesctl.fines.actions import Wage, post

    row = entry.row("fine_step")
    post(then, entry.about, Wage(row["wage"], row["taken"]))


def value(then: Then, entry: Entry) -> None:
    """What goods and debts come to is reckoned anew; another sum was said."""
    from salesctl.losses.rows import Loss
    from salesctl.losses.valuing import Sum, value

    row = entry.row("loss")
    said = Sum(None, row["units"], row["recovered"])
    with then.ledger.reading() as view:
        is_of_goods = bool(view.one(Loss, number=entry.about).product)
    value(then, entry.about, said if is_of_goods else said.but(amount=row["amount"]))


def split(then: Then, entry: Entry) -> None:
    """What each one bears of a loss."""
    from salesctl.losses.splitting import ERROR, Named, split

    shares = [row for _what, table, row in entry.rows if table == "loss_share"]
    wrong = next((row["party"] for row in shares if ERROR in row.get("clause", "")), "")
    split(then, entry.about, Named(error_by=wrong))


def loss(then: Then, entry: Entry) -> None:
    """Whether a loss may be confirmed, dropped or reversed, and how grave wrong figures were."""
    from salesctl.losses import deciding, reversing

    if entry.verb == "loss.gravity":
        row = entry.row("loss")
        deciding.say_gravity(then, entry.about, row.get("gravity", "full"), row.get("post_wage", 0))
    elif entry.verb == "loss.confirm":
        deciding.confirm(then, entry.about)
    elif entry.verb == "loss.reverse":
        reversing.reverse(then, entry.about, entry.row("loss_reversal").get("reason") or "-")
    else:
        deciding.drop(then, entry.about, entry.row("loss").get("remark") or "-")


def submit(then: Then, entry: Entry) -> None:
    """A refusal is about the debt, a submission about the bad debt."""
    from salesctl.bad_debts.actions import submit

    row = entry.row("bad_debt")
    with then.ledger.reading() as view:
        number = view.value("SELECT number FROM receivable WHERE id = :id", id=row.get("receivable_id"))
    submit(then, number or entry.about, row.get("reason") or "-")


def decide(then: Then, entry: Entry) -> None:
    """Whether the board may decide on a debt."""
    from salesctl.bad_debts.actions import Verdict, decide

    row = entry.row("bad_debt")
    decide(then, entry.about, Verdict(row.get("state") != "declined", row.get("minutes") or "-", row.get("said") or ""))


def watch(then: Then, entry: Entry) -> None:
    """From which day an old debt is reported, and stated at meetings."""
    from datetime import date

    from salesctl.receivables.watching import report_up, state

    if entry.verb == "aging.report-up":
        report_up(then, entry.about, entry.row("watch_report")["text"])
        return
    row = entry.row("progress_statement")
    state(then, entry.about, row["text"], date.fromisoformat(row["meeting_on"]))


def negligence(then: Then, entry: Entry) -> None:
    """Whether gross negligence may be upheld or dropped."""
    from salesctl.fines.negligence import decide

    wanted = {"uphold": "upheld", "drop": "dropped"}[entry.verb.partition(".")[2]]
    decide(then, entry.about, wanted, entry.row("negligence").get("reason") or "-")


def undo(then: Then, entry: Entry) -> None:
    """A refusal is about the person alone."""
    from datetime import date

    from salesctl.receivables.changes import cancel
    from salesctl.receivables.movements import Moved
    from salesctl.receivables.returning import refund, reverse

    row = entry.row("receipt_return")
    day = date.fromisoformat(entry.row("receivable").get("cancelled_on") or row.get("returned_on") or f"{then.today}")
    if entry.verb == "receivable.cancel":
        cancel(then, entry.about, day, entry.row("receivable").get("cancelled_why") or "-")
        return
    moved = Moved(entry.about, day, row.get("reason") or "-")
    reverse(then, moved) if entry.verb == "receipt.reverse" else refund(then, moved, row.get("amount", 1))
