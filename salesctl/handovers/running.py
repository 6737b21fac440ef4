"""What is recorded of a handover under way belongs to a day on which it ran (E-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.handovers.actions import handover

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Transaction


class Over(SalesctlError):
    """A handover that is complete or cancelled."""

    code, status = "handover.over", WRONG
    says = N_("{number} is over since {day}; nothing more is recorded in it.")
    hint = N_("`salesctl handover show {number}` shows it.")


class OtherDay(SalesctlError):
    """A day before the handover began, or one to come."""

    code, status = "handover.day", WRONG
    says = N_("{number} began on {since}; nothing can be recorded of it for {day}.")
    hint = N_("Correct the day: --on, from {since} to today.")


class TooSoon(SalesctlError):
    """A planned completion in the past."""

    code, status = "handover.too-soon", WRONG
    says = N_("{number} cannot be planned to be complete on {day}: that day is over.")
    hint = N_("Name today or a day to come.")


def running(tx: Transaction, desk: Desk, number: str) -> Handover:
    """The open handover of that number, which the transaction is about from here on.

    Raises:
        Over: it is complete or cancelled.
        OtherDay: the business day comes before its start, or is still to come.
    """
    found = handover(tx, number)
    tx.about = found.number
    if found.state != "open":
        raise Over(number=found.number, day=found.ended_on)
    if not found.started_on <= desk.today <= desk.present_day:
        raise OtherDay(number=found.number, since=found.started_on, day=desk.today)
    return found


def schedule(desk: Desk, number: str, completion: date) -> Handover:
    """Say when a handover is to be complete; what can be settled by then is the current period's (AMB-E-e).

    Raises:
        TooSoon: that day is over.
    """
    with desk.ledger.transaction("handover.schedule", desk) as tx:
        begun = running(tx, desk, number)
        if completion < desk.today:
            raise TooSoon(day=completion, number=begun.number)
        return tx.amend(begun, planned_on=completion)


def period_end(begun: Handover, on: date) -> date:
    """The planned completion, which the current period reaches to (AMB-E-e).

    The last day at work where nothing was planned; a transfer without either has no end but the day asked about.
    """
    return begun.planned_on or begun.leaving_on or on
