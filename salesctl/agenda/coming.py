"""The dates that are coming: weekly meetings, reports, debts that grow too old, and what waits (T-8 to T-10)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salesctl.agenda.actions import due
from salesctl.agenda.rules import due_moments
from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.people.standings import HOLDS
from salesctl.policy.timeline import NotInForce, Unset
from salesctl.policy.units import earliest_within, yuan
from salesctl.receivables import rules
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

REGULATION = "A"
MEETING = N_("Weekly meeting")
REPORTS = N_("Weekly reports and customer logs are due")
STAGES = (  # figure, clause, since when, what it means
    ("watch", "A-8.1", rules.watched_from, N_("{number} ({customer}, {amount} yuan) is to be reported")),
    ("statement", "A-8.2", rules.statement_from, N_("{number} ({customer}, {amount} yuan): progress at the meeting")),
    ("submission", "A-8.3", rules.may_be_submitted_from, N_("{number} ({customer}, {amount} yuan): may be bad debt")),
)
OWED = (
    "SELECT r.number, c.name, p.code || ' ' || p.name, r.due_on, r.open FROM receivable r "
    "JOIN customer c ON c.id = r.customer_id LEFT JOIN ownership o ON o.customer_id = r.customer_id "
    "AND o.from_on <= :day AND (o.until_on IS NULL OR o.until_on > :day) "
    "LEFT JOIN person p ON p.id = o.person_id "
    "WHERE r.open > 0 AND r.due_on >= :first AND r.due_on < :until ORDER BY r.due_on, r.id"
)
DEBTS = "T-10"  # what is due of them already is the meeting's, and would fill it


class Coming(Record):
    """A date of the calendar."""

    id: str  # stays whatever else changes: a calendar that is read again replaces its entries
    day: date
    says: str
    more: str  # clause and who must act


def coming(desk: Desk, days: int) -> list[Coming]:
    """Every date from the business day on, through so many days after it, in order; nothing is written."""
    first = desk.today
    last = first + timedelta(days=days)
    with desk.ledger.reading() as view:
        found = [*_appointments(view, desk, last), *_debts(view, desk, last), *_waiting(desk, last)]
    return sorted(found, key=lambda one: (one.day, one.id))


def _appointments(view: Reading, desk: Desk, last: date) -> Iterator[Coming]:
    """Weekly meetings and the reports before them, where the regulation binds anybody."""
    bound = f"SELECT 1 FROM standing WHERE aspect = 'regime' AND value = :regulation AND {HOLDS} LIMIT 1"
    if view.value(bound, regulation=REGULATION, day=desk.today) is None:
        return
    for day in _meetings(desk, last):
        yield Coming(f"T-9 {day}", day, _(MEETING), "A-7.3")
    with suppress(Unset, NotInForce):  # the company has not set the hour its reports count from
        asked = due_moments("T-8", desk.today, last, policy=desk.policy, calendar=desk.calendar)
        moments: list[str] = asked.value  # type: ignore[assignment] # texts in order
        for day in sorted({date.fromisoformat(moment.split()[0]) for moment in moments}):
            yield Coming(f"T-8 {day}", day, _(REPORTS), "A-7.1, A-7.2")


def _meetings(desk: Desk, last: date) -> Iterator[date]:
    """The days of the weekly meeting, holidays considered; its hour is not asked."""
    day = desk.today
    with suppress(NotInForce):
        while (day := rules.next_meeting(day, policy=desk.policy, calendar=desk.calendar).day) <= last:
            yield day
            day += timedelta(days=1)


def _debts(view: Reading, desk: Desk, last: date) -> Iterator[Coming]:
    """Debts nobody has paid yet that pass two, four or six months after the business day (A-8)."""
    for figure, clause, over_from, says in STAGES:
        try:
            months, _basis = desk.policy.on(last, rules.CHAPTER).figure(figure)
        except NotInForce:
            continue
        first, until = earliest_within(months, desk.today), earliest_within(months, last)
        since: dict[str, date] = {}
        for number, customer, who, due_on, left in view.each(OWED, first=first, until=until, day=desk.today):
            if due_on not in since:
                since[due_on] = over_from(date.fromisoformat(due_on), policy=desk.policy).day
            day = since[due_on]
            if desk.today < day <= last:
                said = _(says).format(number=number, customer=customer, amount=yuan(left))
                yield Coming(f"{DEBTS} {number} {clause}", day, said, f"{clause} {who or '-'}")


def _waiting(desk: Desk, last: date) -> Iterator[Coming]:
    """What is due already: on its day while that is to come, else on the business day until it is done."""
    for one in due(desk):
        day = max(one.due_on, desk.today)
        if one.rule != DEBTS and one.who and day <= last:
            who = _(one.who.replace("_", " ")) if "_" in one.who else one.who
            yield Coming(one.id, day, f"{one.subject}: {one.said(_)}", f"{one.clause} {who}")
