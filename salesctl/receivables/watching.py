"""Old debts are reported and watched, and their progress stated at every weekly meeting (A-8.1, A-8.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.receivables import rules
from salesctl.receivables.changes import living
from salesctl.receivables.rows import ProgressStatement, Receivable, WatchReport

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction


class NotOldEnough(SalesctlError):
    """A report or a statement the regulation does not ask for yet."""

    code, status = "aging.not-yet", WRONG
    says = N_("{number} is due since {due}; {what} from {since} on ({clause}).")
    hint = N_("Until then nothing is to be done; `salesctl check` says when it is.")


class NothingOpen(SalesctlError):
    """A debt that is settled."""

    code, status = "aging.settled", WRONG
    says = N_("Nothing of {number} is open any more.")


class NotToday(SalesctlError):
    """A day to come: nobody says today what they will say then."""

    code, status = "aging.future", WRONG
    says = N_("{day} is still to come; a debt is reported, stated and submitted on the day it is done.")
    hint = N_("Correct the day: --on.")


class ReportedAlready(SalesctlError):
    """A debt is put on the watch list once."""

    code, status = "aging.reported", WRONG
    says = N_("{number} was reported on {day}.")
    hint = N_("What is new of it is stated for a meeting: salesctl aging state {number} --text TEXT")


class StatedAlready(SalesctlError):
    """One statement a debt and meeting."""

    code, status = "aging.stated", WRONG
    says = N_("The progress of {number} is stated for the meeting of {day} already: {text}")
    hint = N_("The next statement is for the meeting after it.")


class NotAMeeting(SalesctlError):
    """A day no weekly meeting is held on, or one that has passed."""

    code, status = "aging.no-meeting", WRONG
    says = N_("{day} is not a weekly meeting to come; the next one is on {next}.")
    hint = N_("Leave out --meeting, or name a coming meeting.")


def report_up(desk: Desk, number: str, text: str) -> Receivable:
    """Report a debt for the company's watch list (A-8.1).

    Raises:
        NotOldEnough: it is not over two months yet.
        NothingOpen, ReportedAlready: there is nothing to report.
        NotToday: on a day that is still to come.
    """
    with desk.ledger.transaction("aging.report-up", desk) as tx:
        expect_come(desk)
        debt = open_debt(tx, desk, number)
        since = rules.watched_from(debt.due_on, policy=desk.policy)
        if desk.today < since.day:
            what = N_("it is to be reported")
            raise NotOldEnough(number=debt.number, due=debt.due_on, what=what, since=since.day, clause="A-8.1")
        made = tx.all(WatchReport, "receivable_id = :id", id=debt.key)
        if made:
            raise ReportedAlready(number=debt.number, day=made[0].reported_on)
        tx.add(
            WatchReport(
                receivable_id=debt.key,
                text=text,
                reported_on=desk.today,
                reported_at=tx.now,
                reported_by_id=desk.somebody.id,
            )
        )
        tx.record(since, debt.number[:40])
        return debt


def state(desk: Desk, number: str, text: str, meeting: date | None = None) -> tuple[Receivable, date]:
    """State the progress of collecting a debt for a weekly meeting, the next one if none is named (A-8.2).

    A statement for a meeting that has passed comes late and is not counted: it is refused.

    Raises:
        NotOldEnough: it is not over four months on the day of that meeting.
        NothingOpen, StatedAlready: there is nothing to state.
        NotAMeeting: no weekly meeting is held on that day, or it has passed.
        NotToday: on a day that is still to come.
    """
    with desk.ledger.transaction("aging.state", desk) as tx:
        expect_come(desk)
        debt = open_debt(tx, desk, number)
        policy, calendar = desk.policy, desk.calendar
        first = rules.first_statement(debt.due_on, policy=policy, calendar=calendar)
        coming = rules.next_meeting(max(desk.today, first.day), policy=policy, calendar=calendar).day
        day = meeting or coming
        if desk.today < rules.statement_from(debt.due_on, policy=policy).day:
            what = N_("its progress is to be stated")
            raise NotOldEnough(number=debt.number, due=debt.due_on, what=what, since=first.day, clause="A-8.2")
        if day < coming or rules.next_meeting(day, policy=policy, calendar=calendar).day != day:
            raise NotAMeeting(day=day, next=coming)
        made = tx.all(ProgressStatement, "receivable_id = :id AND meeting_on = :day", id=debt.key, day=day)
        if made:
            raise StatedAlready(number=debt.number, day=day, text=made[0].text)
        tx.add(
            ProgressStatement(
                receivable_id=debt.key,
                meeting_on=day,
                text=text,
                stated_on=desk.today,
                stated_at=tx.now,
                stated_by_id=desk.somebody.id,
            )
        )
        tx.record(first, debt.number[:40])
        return debt, day


def expect_come(desk: Desk) -> None:
    """Refuse a business day that is still to come.

    Raises:
        NotToday: it is.
    """
    if desk.today > desk.present_day:
        raise NotToday(day=desk.today)


def open_debt(tx: Transaction, desk: Desk, number: str) -> Receivable:
    """A debt of which something is still open.

    Raises:
        WasCancelled, NothingOpen: nothing is.
    """
    debt = living(tx, number)
    if not debt.open or debt.issued_on > desk.today:
        raise NothingOpen(number=debt.number)
    return debt
