"""How each kind of decision is asked again: the action that made it, with what its entry carries.

A decision whose entry does not carry what it was asked with is not asked again, and is named with the reason.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.decisions.entry import Entry
    from salesctl.decisions.rehearsing import Then

# Why a decision is not asked again.
UNSAID = N_("its entry does not carry what it was asked with")
TOLD = N_("no rule was asked: it says what was done")
OUTSIDE = N_("it rests on a file or a paper outside of the ledger")


class Again(Record):
    """The action that asks, and the column of its rows that says its business day; empty: none of them does."""

    name: str  # of a function in `asking`, or after `people.` in `asking_people`
    day: str = ""
    table: str = ""  # a refusal is asked again only where nothing of this table is needed

    def ask(self, then: Then, entry: Entry) -> None:
        """Take the action."""
        module, _dot, name = self.name.rpartition(".")
        made = import_module(f"salesctl.decisions.asking{'_people' if module else ''}")
        getattr(made, name)(then, entry)


AGAIN: dict[str, Again] = {
    **{f"approve.{step}": Again("approve", "made_on") for step in ("grant", "reject", "endorse", "return")},
    "approve.execute": Again("attempt", "made_on"),
    "commission.pay": Again("pay", "paid_on", "commission_payment"),
    "commission.confirm": Again("confirm", "confirmed_on"),
    **{f"fine.{step}": Again("fine", "decided_on") for step in ("confirm", "waive", "suspend")},
    "fine.post": Again("post", "decided_on", "fine_step"),
    "loss.value": Again("value", "valued_on"),
    "loss.split": Again("split"),
    **{f"loss.{step}": Again("loss", "confirmed_on") for step in ("gravity", "confirm", "drop")},
    "loss.reverse": Again("loss", "reversed_on"),
    "baddebt.submit": Again("submit", "submitted_on"),
    "baddebt.decide": Again("decide", "decided_on"),
    "aging.report-up": Again("watch", "reported_on"),
    "aging.state": Again("watch", "stated_on"),
    "departure.pay": Again("people.last_pay"),
    "departure.file": Again("people.leave", "filed_on", "departure"),
    **{f"departure.{step}": Again("people.departure", f"{step}_on") for step in ("formalities", "close", "hold")},
    "departure.approve": Again("people.departure", "approved_on"),
    "handover.start": Again("people.start", "started_on", "handover"),
    "handover.carry": Again("people.carry", "carried_on"),
    "handover.complete": Again("people.complete", "ended_on"),
    **{f"fine.{step}": Again("negligence", "decided_on") for step in ("uphold", "drop")},
    "handover.plan": Again("people.issue", "planned_on"),
    "handover.settle": Again("people.issue", "settled_on"),
    "handover.report-issue": Again("people.issue", "reported_on"),
    "handover.visit": Again("people.visit", "visited_on"),
    "handover.sign": Again("people.sign", "signed_on", "handover_signature"),
    "handover.refuse": Again("people.sign", "signed_on", "handover_signature"),
    "handover.deliver": Again("people.deliver", "delivered_on"),
    "loss.report": Again("people.found", "found_on"),
    "sample.price": Again("people.price"),
    **{f"customer.form-{step}": Again("people.form", "filled_on") for step in ("start", "fill")},
    "customer.form-sign": Again("people.form", "signed_on"),
    **{f"visit.{step}": Again("people.absence") for step in ("confirmed", "overruled")},
    "receivable.cancel": Again("undo"),
    "receipt.refund": Again("undo"),
    "receipt.reverse": Again("undo"),
}
LEFT = {  # why the others are not; a verb that is not named here is UNSAID
    **dict.fromkeys(
        (
            *("receipt.apply", "receipt.release", "receipt.move", "customer.remind", "customer.statement"),
            *("departure.cancel", "handover.cancel", "handover.print", "loss.criticise"),
        ),
        TOLD,
    ),
    **dict.fromkeys(("approve.submit", "policy.adopt"), OUTSIDE),
}


def why_not(entry: Entry) -> str:
    """Why a decision is not asked again; empty where it is."""
    known = AGAIN.get(entry.verb)
    if known is None:
        return LEFT.get(entry.verb, UNSAID)
    return UNSAID if known.table and entry.is_refused and not entry.row(known.table) else ""


def day_of(entry: Entry) -> str:
    """The business day of an entry, where it says one."""
    if "on" in entry.decision:
        return str(entry.decision["on"])
    column = AGAIN[entry.verb].day
    return next((str(row[column]) for _what, _table, row in entry.rows if column and row.get(column)), "")
