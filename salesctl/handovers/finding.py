"""A problem is found in a handover: of the current period, or running past it (E-13, E-15a, E-16, AMB-E-e)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.handovers.issues import recorded
from salesctl.handovers.rows import Handover, HandoverIssue, HandoverItem
from salesctl.handovers.running import period_end, running
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.handovers.issues import Standing
    from salesctl.ledger.book import Transaction
    from salesctl.policy.units import Fen

CURRENT, CROSS_PERIOD = KINDS = (N_("current"), "cross-period")
ALSO = {"当期": CURRENT, "跨期": CROSS_PERIOD, "cross_period": CROSS_PERIOD}


class NoDueDay(SalesctlError):
    """Nothing says that it runs past the period."""

    code, status = "handover.no-due-day", WRONG
    says = N_("When can it be settled? Only what falls due after the current period runs past it (E-16).")
    hint = N_("Say --due DAY, or name a receivable of the handover.")


class IsCurrent(SalesctlError):
    """It falls due within the period."""

    code, status = "handover.current", WRONG
    says = N_("It can be settled on {due}, and the current period reaches to {last} (E-15a, AMB-E-e).")
    hint = N_("It is --kind current: it is settled before the handover is complete.")


class RunsPast(SalesctlError):
    """It falls due after the period."""

    code, status = "handover.cross-period", WRONG
    says = N_("It falls due on {due}, after the current period, which reaches to {last} (E-16, AMB-E-e).")
    hint = N_("It is --kind cross-period: the receiver carries it on.")


class Found(Record):
    """What is said of a problem."""

    about: str  # a customer or a number of the checklist
    text: str
    kind: str = ""  # of KINDS; empty: as its day says
    due: date | None = None
    amount: Fen | None = None


def find(desk: Desk, number: str, found: Found) -> Standing:
    """Record a problem found in a handover."""
    with desk.ledger.transaction("handover.issue", desk) as tx:
        begun = running(tx, desk, number)
        about, amount, dated = _about(tx, begun, found.about)
        due = _due(begun, desk, found, dated)
        added = tx.add(
            HandoverIssue(
                handover_id=begun.key,
                number=f"HI-{tx.next_id(HandoverIssue)}",
                text=found.text,
                about=about,
                amount=amount if found.amount is None else found.amount,
                due_on=due,
                found_on=desk.today,
                found_by_id=desk.somebody.id,
            )
        )
        return recorded(tx, desk, begun, added)


def _about(tx: Transaction, begun: Handover, text: str) -> tuple[str, Fen | None, date | None]:
    """What a problem is about: a number of the checklist with its amount and day, or a customer of it."""
    of = "handover_id = :handover AND kind <> 'none'"
    for item in tx.all(HandoverItem, f"{of} AND lower(about) = lower(:text)", handover=begun.key, text=text.strip()):
        return item.about, item.amount, item.dated
    wanted = customer(tx, text)
    if tx.find(HandoverItem, handover_id=begun.key, kind="customer", customer_id=wanted.key):
        return wanted.code, None, None
    listing = f"salesctl handover show {begun.number}"
    raise Unknown(what=N_("part of this handover"), value=shown(text), candidates="-", listing=listing)


def _due(begun: Handover, desk: Desk, found: Found, dated: date | None) -> date | None:
    """The day a problem can be settled on; none for one of the current period that has no other day."""
    last = period_end(begun, desk.today)
    if found.kind != CROSS_PERIOD:
        if found.kind == CURRENT and found.due and found.due > last:
            raise RunsPast(due=found.due, last=last)
        return found.due
    due = found.due or dated
    if due is None:
        raise NoDueDay
    if due <= last:
        raise IsCurrent(due=due, last=last)
    return due
