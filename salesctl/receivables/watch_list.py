"""The watch list, and what article 8 asks of the debts on it (A-8.1 to A-8.3, T-10)."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from salesctl.desk import Due
from salesctl.errors import N_
from salesctl.ledger.lookup import numbered
from salesctl.policy.timeline import NotInForce
from salesctl.policy.units import earliest_within, yuan
from salesctl.receivables import as_of, listing, rules
from salesctl.receivables.listing import RECEIVABLES
from salesctl.receivables.rows import Receivable
from salesctl.receivables.watch_rules import meetings
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

Spans = list[tuple[date, date]]
REPORT = N_("{amount} since {due}, {customer}: report it for the watch list")
STATE = N_("{amount} since {due}, {customer}: state the progress at the weekly meeting; missed so far: {missed}")
SUBMIT = N_(
    "{amount} since {due}, {customer}: state the progress; missed so far: {missed}; "
    "since {since} it may be submitted as bad debt (A-8.3)"
)


class Age(Record):
    """From which days article 8 reaches debts of one due day, and the meetings they have had."""

    watched_from: date
    stated_from: date
    submitted_from: date
    first_meeting: date
    held: list[date]
    stage: str

    @classmethod
    def of(cls, desk: Desk, weeks: Weeks, due_on: str) -> Age:
        """The age of the debts due on a day; its caller keeps it, so that every day is asked once."""
        due, policy = date.fromisoformat(due_on), desk.policy
        since = rules.statement_from(due, policy=policy).day
        first = rules.first_statement(due, policy=policy, calendar=desk.calendar).day if since <= weeks.day else since
        return cls(
            rules.watched_from(due, policy=policy).day,
            since,
            rules.may_be_submitted_from(due, policy=policy).day,
            first,
            weeks.before(first) if since <= weeks.day else [],
            str(rules.bucket(due, on=weeks.day, policy=policy).value),
        )


class Watched(Record):
    """One line of the watch list."""

    number: str
    customer: str
    manager: str | None
    open: Fen
    due_on: str
    watched_from: date
    reported_on: str | None
    reported_by: str | None
    stage: str
    next_meeting: date | None  # none where no statement is owed
    is_stated: bool
    made: int
    missed: int
    last_text: str


def listed(view: Reading, desk: Desk, number: str = "") -> list[Watched]:
    """The watch list of the business day: every open debt over two months, the oldest first (A-8.1, AMB-A8-i).

    Whether it was reported yet or not; with the statements made and missed since its first meeting.
    """
    day = desk.today
    number = numbered(view, Receivable, RECEIVABLES, number).number if number else ""
    try:
        months, _basis = desk.policy.on(day, rules.CHAPTER).figure("watch")
    except NotInForce:
        return []  # a duty before its first day does not exist (K-9)
    rows = view.select(
        "SELECT r.number, c.name, p.code || ' ' || p.name, r.open, r.due_on, w.reported_on, q.code || ' ' || q.name, "
        f"r.not_before FROM ({as_of.debts(view, day)}) r "
        "JOIN customer c ON c.id = r.customer_id LEFT JOIN ownership o ON o.customer_id = r.customer_id "
        "AND o.from_on <= :on AND (o.until_on IS NULL OR o.until_on > :on) LEFT JOIN person p ON p.id = o.person_id "
        "LEFT JOIN watch_report w ON w.receivable_id = r.id AND w.reported_on <= :on "
        "LEFT JOIN person q ON q.id = w.reported_by_id "
        "WHERE r.due_on < :day AND (:number = '' OR r.number = :number) ORDER BY r.due_on, r.id",
        on=day,
        day=earliest_within(months, day),
        number=number,
    )
    weeks, stated = Weeks(desk, day), _stated(view, day)
    ages = {due_on: Age.of(desk, weeks, due_on) for due_on in dict.fromkeys(row[4] for row in rows)}
    settled = _settled(view, day) if any(row[-1] for row in rows) else {}
    return [_watched(ages[row[4]], weeks, stated.get(row[0], {}), settled.get(row[0], []), row[:-1]) for row in rows]


class Weeks:
    """The weekly meetings until a day, looked up once for all debts."""

    def __init__(self, desk: Desk, day: date) -> None:
        self._desk, self.day = desk, day
        self._held: list[date] = []
        self.coming = rules.next_meeting(day, policy=desk.policy, calendar=desk.calendar).day

    def before(self, first: date) -> list[date]:
        """The meetings from a day on that are over; one of the business day can still be prepared."""
        if not self._held or self._held[0] > first:
            last = self.day - timedelta(days=1)
            self._held = meetings(first, last, policy=self._desk.policy, calendar=self._desk.calendar)
        return self._held[bisect_left(self._held, first) :]


def _watched(age: Age, weeks: Weeks, stated: dict[date, str], settled: Spans, row: tuple[Any, ...]) -> Watched:
    number, customer, manager, left, due_on, reported_on, reporter = row
    coming = max(weeks.coming, age.first_meeting) if age.stated_from <= weeks.day else None
    return Watched(
        number,
        customer,
        manager,
        left,
        due_on,
        age.watched_from,
        reported_on,
        reporter,
        age.stage,
        coming,
        coming in stated,
        len(stated),
        _missed(age, stated, settled),
        next(reversed(stated.values()), ""),
    )


def due(view: Reading, desk: Desk, day: date) -> Iterator[Due]:
    """What article 8 asks of the debts over two months on a day (T-10).

    A report has no deadline and stays due until it is made (AMB-A8-j); a statement is due at each next meeting, and
    those that were missed are counted; submitting is a right and never overdue.
    """
    try:
        months, _basis = desk.policy.on(day, rules.CHAPTER).figure("watch")
    except NotInForce:
        return  # a duty before its first day does not exist (K-9)
    found = listing.due_before(view, earliest_within(months, day), day)
    first = next(found, None)
    if first is None:
        return
    reported = {
        number
        for (number,) in view.select(
            "SELECT r.number FROM watch_report w JOIN receivable r ON r.id = w.receivable_id "
            "WHERE w.reported_on <= :day",
            day=day,
        )
    }
    weeks, stated = Weeks(desk, day), _stated(view, day)
    ages: dict[str, Age] = {}
    settled: dict[str, Spans] | None = None  # of the debts that are open again, where there is one
    for number, owing, who, due_on, left, not_before in chain([first], found):
        age = ages.get(due_on) or ages.setdefault(due_on, Age.of(desk, weeks, due_on))
        facts = {"customer": owing, "amount": yuan(left), "due": due_on, "since": age.submitted_from}
        if number not in reported:
            yield Due("T-10", "A-8.1", number, who or "-", age.watched_from, "due", REPORT, facts)
        made = stated.get(number, {})
        meeting = max(weeks.coming, age.first_meeting)
        if age.stated_from <= day and meeting not in made:
            says = SUBMIT if age.submitted_from <= day else STATE
            if not_before and settled is None:
                settled = _settled(view, day)
            missed = {"missed": _missed(age, made, (settled or {}).get(number, []))}
            facts, week = {**facts, **missed}, f"{meeting:%G-W%V}"
            yield Due("T-10", "A-8.2", number, who or "-", meeting, "due", says, facts, week)


def _missed(age: Age, stated: dict[date, str], settled: Spans) -> int:
    """How many meetings had no statement although something was open: paid is off the list (A-8.2, AMB-A8-i)."""
    owed = [held for held in age.held if not any(since <= held < until for since, until in settled)]
    return sum(held not in stated for held in owed)


def _settled(view: Reading, day: date) -> dict[str, Spans]:
    """When nothing was open of debts that are open again, money having been taken off them: from, and until before."""
    moves: dict[tuple[str, Fen], list[tuple[str, Fen]]] = {}
    for number, amount, moved_on, moved in view.select(
        f"SELECT r.number, r.amount, m.day, sum(m.amount) FROM ({as_of.debts(view, day)}) r JOIN "
        "(SELECT receivable_id, allocated_on AS day, amount FROM allocation UNION ALL "
        "SELECT receivable_id, booked_on, amount FROM write_off) m ON m.receivable_id = r.id "
        "WHERE r.not_before IS NOT NULL AND m.day <= :on GROUP BY r.number, r.amount, m.day ORDER BY r.number, m.day",
        on=day,
    ):
        moves.setdefault((number, amount), []).append((moved_on, moved))
    return {number: _spans(amount, changes) for (number, amount), changes in moves.items()}


def _spans(left: Fen, changes: list[tuple[str, Fen]]) -> Spans:
    spans, since = [], None
    for moved_on, moved in changes:
        left -= moved
        if left <= 0 and since is None:
            since = date.fromisoformat(moved_on)
        elif left > 0 and since is not None:
            spans.append((since, date.fromisoformat(moved_on)))
            since = None
    return spans


def _stated(view: Reading, day: date) -> dict[str, dict[date, str]]:
    """The statements made by a day: of which debt, for which meeting, in the order of the meetings."""
    stated: dict[str, dict[date, str]] = {}
    for number, meeting, text in view.select(
        "SELECT r.number, s.meeting_on, s.text FROM progress_statement s JOIN receivable r ON r.id = s.receivable_id "
        "WHERE s.stated_on <= :day ORDER BY s.meeting_on",
        day=day,
    ):
        stated.setdefault(number, {})[date.fromisoformat(meeting)] = text
    return stated
