"""What the ledger knows of a departure on a day: its steps, its handovers, the customers still served."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salesctl.console import names
from salesctl.departures import rules
from salesctl.departures.rows import Departure
from salesctl.errors import N_, Unknown
from salesctl.ledger.lookup import Series, found, numbered
from salesctl.ledger.row import typed
from salesctl.people.actions import STAFF
from salesctl.people.rows import Person
from salesctl.policy.outcome import Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.ledger.book import Reading
    from salesctl.policy.policy import Policy

DEPARTURES = Series(N_("departure"), "DP", "salesctl departure list")
PEOPLE = "SELECT person_id FROM departure"
SERVED = f"""SELECT person_id, count(*) FROM ownership WHERE from_on <= :on AND (until_on IS NULL OR until_on > :on)
    AND person_id IN ({PEOPLE}) GROUP BY person_id"""
HANDOVERS = f"""SELECT h.transferor_id, h.receiver_id, h.supervisor_id, h.number, h.state, h.started_on, h.ended_on,
    s.code || ' ' || s.name FROM handover h JOIN person s ON s.id = h.supervisor_id
    WHERE h.started_on <= :on AND (h.transferor_id IN ({PEOPLE}) OR h.receiver_id IN ({PEOPLE})
    OR h.supervisor_id IN ({PEOPLE})) ORDER BY h.id"""
NAMES = f"SELECT id, code || ' ' || name, closed_on FROM person WHERE id IN ({PEOPLE})"


class Handed(Record):
    """One handover of somebody who leaves, as it stood on a day."""

    number: str
    state: str
    started_on: date
    ended_on: date | None
    supervisor: str


class Facts(Record):
    """One departure with what its stage and its formalities rest on."""

    departure: Departure
    person: str  # code and name
    closed_on: date | None  # the first day without them, once that is recorded
    served: int  # customers they still serve
    giving: list[Handed]  # what they hand over in this departure
    taking: list[tuple[str, Handed]]  # what is under way with them as the receiver or the handover supervisor

    @property
    def completed_on(self) -> date | None:
        """The day everything was handed over; none while it is not. Whoever serves nobody has nothing to hand over."""
        if self.served or any(one.state == "open" for one in self.giving):
            return None
        return max((one.ended_on for one in self.giving if one.ended_on), default=self.departure.filed_on)

    @property
    def steps(self) -> rules.Departure:
        """The departure as its rules take it."""
        row = self.departure
        return rules.Departure(
            filed_on=row.filed_on,
            approved_on=row.approved_on,
            handover_started_on=min((one.started_on for one in self.giving), default=self.completed_on),
            handover_completed_on=self.completed_on,
            formalities_on=row.formalities_on,
            is_on_probation=row.is_on_probation,
            is_dismissed=row.is_dismissed,
            wished_on=row.wished_on,
        )

    def state(self, on: date, policy: Policy) -> Outcome:
        """How far the departure is on a day; `withdrawn` where it was taken back by then."""
        if self.departure.withdrawn_on is not None and self.departure.withdrawn_on <= on:
            return Outcome("withdrawn", unit="word").step(N_("withdrawn on"), self.departure.withdrawn_on, "day")
        return rules.stage(self.steps, on=on, policy=policy)

    def last_day(self, policy: Policy) -> date:
        """The last day of the employment."""
        return rules.last_day(self.steps, policy=policy).day


def departure(view: Reading, text: str) -> Departure:
    """The departure of that number, `DP-3`, `dp-3` or `3`; or the newest of the person named so.

    Raises:
        Unknown: there is none.
    """
    try:
        return numbered(view, Departure, DEPARTURES, text)
    except Unknown:
        who = found(view, STAFF, Person, text, names.key(text))
        own = view.all(Departure, "person_id = :person ORDER BY id DESC", person=who.key) if who else []
        if own:
            return next((one for one in own if one.withdrawn_on is None), own[0])
        raise


def of(view: Reading, one: Departure, on: date) -> Facts:
    """One departure as it stood on a day."""
    return gathered(view, [one], on)[0]


def gathered(view: Reading, rows: list[Departure], on: date) -> list[Facts]:
    """Departures as they stood on a day; the number of queries does not grow with them."""
    served = dict(view.select(SERVED, on=on))
    names = {key: (name, typed("date", closed)) for key, name, closed in view.select(NAMES)}
    giving: dict[int, list[Handed]] = {}
    taking: dict[int, list[tuple[str, Handed]]] = {}
    for transferor, receiver, supervisor, *row in view.select(HANDOVERS, on=on):
        handed = _as_of(row, on)
        giving.setdefault(transferor, []).append(handed)
        for key, role in ((receiver, N_("receiver")), (supervisor, N_("handover supervisor"))):
            if handed.state == "open":
                taking.setdefault(key, []).append((role, handed))
    return [
        Facts(
            departure=one,
            person=names[one.person_id][0],
            closed_on=names[one.person_id][1],
            served=served.get(one.person_id, 0),
            giving=[handed for handed in giving.get(one.person_id, ()) if _belongs(handed, one)],
            taking=taking.get(one.person_id, []),
        )
        for one in rows
    ]


def _as_of(row: Sequence[Any], on: date) -> Handed:
    """A handover as it stood on a day: what ended later was open then."""
    number, state, started, ended, supervisor = row
    ended_on = typed("date", ended)
    is_later = ended_on is not None and ended_on > on
    began = date.fromisoformat(started)
    return Handed(number, "open" if is_later else state, began, None if is_later else ended_on, supervisor)


def _belongs(handed: Handed, one: Departure) -> bool:
    """Whether a handover is of this departure: one that was complete before the report was another matter."""
    is_over_before = handed.ended_on is not None and handed.ended_on < one.filed_on
    return handed.state != "cancelled" and not is_over_before
