"""The letter of the day: what names a person, in one letter to them, once a day (section iii)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.mail.outbox import Addressee, Draft
from salesctl.mail.outbox import enqueue as put
from salesctl.people.actions import line_of
from salesctl.people.emails import email_of
from salesctl.people.rows import Person
from salesctl.people.standings import HOLDS, STAFF_GRADES
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from salesctl.desk import Desk, Due
    from salesctl.ledger.book import Reading, Transaction

MOST_LINES = 200  # of one letter; `check` lists them all
SUBJECT = N_("Due on {day}: {count}, overdue {overdue}, new {news}")
LINE = N_("{rule} {subject}, {due_on} ({clause}): {says}")
MARKS = {"overdue": N_("[overdue]"), "new": N_("[new]")}
MORE = N_("... and {count} more.")
WAY_OUT = N_("All of it: salesctl check. A reply to this letter decides nothing.")


class Digests(Record):
    """The letters of a day, and whom none can reach."""

    drafts: list[Draft]
    mute: list[tuple[Person, int]]  # who has no address, and how many things name them
    unheld: list[tuple[str, int]]  # grades nobody holds, or nothing, and how many things wait for them


def digests(view: Reading, desk: Desk, listed: Iterable[Due], news: list[Due]) -> Digests:
    """The letters that are still to go on the business day: overdue things first, as in the list."""
    named, unheld = _named(view, desk.today, listed)
    new = {one.key for one in news}
    drafts, mute = [], []
    for key, theirs in sorted(named.items()):
        who = view.one(Person, id=key)
        if not (address := email_of(view, key)):
            mute.append((who, len(theirs)))
        elif not _has_it(view, desk.today, key):
            drafts.append(_letter(view, desk.today, (who, address), theirs, new))
    return Digests(drafts, mute, sorted(unheld.items()))


def enqueue(tx: Transaction, made: Digests) -> None:
    """Put the letters into the outbox; they go once the transaction is over."""
    for draft in made.drafts:
        put(tx, draft)


def _about(day: date) -> str:
    return f"check {day}"


def _has_it(view: Reading, day: date, person_id: int) -> bool:
    """Whether somebody has the letter of a day: it never goes twice, whatever became of it."""
    query = (
        "SELECT 1 FROM letter l JOIN letter_address a ON a.letter_id = l.id "
        "WHERE l.about = :about AND a.kind = 'to' AND a.person_id = :person"
    )
    return view.value(query, about=_about(day), person=person_id) is not None


def _named(view: Reading, day: date, listed: Iterable[Due]) -> tuple[dict[int, list[Due]], dict[str, int]]:
    """Everything by the ids of those it names, and how many things wait for a grade nobody holds."""
    here = "SELECT code || ' ' || name, id FROM person WHERE closed_on IS NULL OR closed_on > :day"
    staff: dict[str, int] = dict(view.select(here, day=day))
    ids: dict[str, list[int]] = {}
    named: dict[int, list[Due]] = {}
    unheld: dict[str, int] = {}
    for one in listed:
        if one.who not in ids:
            ids[one.who] = list(_ids(view, day, one.who, staff))
        for key in ids[one.who]:
            named.setdefault(key, []).append(one)
        if one.who and not ids[one.who]:  # a letter that did not go waits for no person
            grade = one.who if one.who in STAFF_GRADES else ""
            unheld[grade] = unheld.get(grade, 0) + 1
    return named, unheld


def _ids(view: Reading, day: date, who: str, staff: dict[str, int]) -> Iterator[int]:
    """Whom a duty names: people by code and name, or all who hold a grade on the day."""
    if who in STAFF_GRADES:
        held = (
            "SELECT s.person_id FROM standing s JOIN person p ON p.id = s.person_id WHERE s.aspect = 'grade' "
            f"AND s.value = :grade AND {HOLDS} AND (p.closed_on IS NULL OR p.closed_on > :day) ORDER BY p.id"
        )
        yield from (key for (key,) in view.select(held, grade=who, day=day))
        return
    yield from (staff[one] for one in ([who] if who in staff else who.split(", ")) if one in staff)


def _letter(
    view: Reading, day: date, reader: tuple[Person, str], theirs: list[Due], new: set[tuple[str, str, str]]
) -> Draft:
    """One person's letter; whoever is above them gets a copy where something is overdue."""
    who, address = reader
    overdue = sum(one.state == "overdue" for one in theirs)
    numbers = {"count": len(theirs), "overdue": overdue, "news": sum(one.key in new for one in theirs)}
    lines = [_line(one, is_new=one.key in new) for one in theirs[:MOST_LINES]]
    if len(theirs) > MOST_LINES:
        lines.append(_(MORE).format(count=len(theirs) - MOST_LINES))
    to = Addressee(who.name, address, who.key)
    return Draft(
        to=(to,),
        cc=_above(view, day, who.key) if overdue else (),
        subject=_(SUBJECT).format(day=day, **numbers),
        body="\n".join([*lines, "", _(WAY_OUT)]),
        about=_about(day),
    )


def _line(one: Due, *, is_new: bool) -> str:
    mark = _(MARKS["overdue"]) if one.state == "overdue" else _(MARKS["new"]) if is_new else ""
    said = {"rule": one.rule, "subject": one.subject, "due_on": one.due_on, "clause": one.clause}
    return f"{mark} {_(LINE).format(says=one.said(_), **said)}".lstrip()


def _above(view: Reading, day: date, person_id: int) -> tuple[Addressee, ...]:
    """The nearest superior who is here, where they can be reached."""
    for superior in line_of(view, person_id, day)[:1]:
        if address := email_of(view, superior.key):
            return (Addressee(superior.name, address, superior.key),)
    return ()
