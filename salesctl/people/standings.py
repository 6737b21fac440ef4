"""What holds of a person on a day: grade, department, superior, regulations, as dated intervals (X-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.console.choices import meant
from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.ledger.row import stored, typed
from salesctl.people.rows import Person, Standing
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.ledger.book import Reading, Transaction

WORDS = (
    N_("account manager"),
    N_("account director"),
    N_("general manager"),
    N_("support supervisor"),
    N_("support staff"),
    N_("account executive"),
    N_("ae manager"),
    N_("finance"),
    N_("commerce"),
    N_("assistant"),
    N_("hr"),
    N_("board"),
    N_("administration"),
    N_("property consultant"),
    N_("sales manager"),
)
STAFF_GRADES = tuple(word.replace(" ", "_") for word in WORDS)  # the rungs of regulation A first
ALSO_GRADES = {"客户支持": "support_staff", "人事": "hr"}
REGIMES = ("A", "B", "C", "D", "E")
ASPECTS = (N_("grade"), N_("department"), N_("superior"), N_("regime"))
LONGEST = 80
ENTERED = (
    "SELECT aspect, value, from_on, entered_at FROM standing WHERE person_id = :person "
    "AND (aspect = 'grade' OR (aspect = 'regime' AND value = 'A')) ORDER BY from_on, id"
)
HOLDS = "from_on <= :day AND (until_on IS NULL OR until_on > :day)"


class BackDated(SalesctlError):
    """A change that would begin before what it replaces."""

    code, status = "people.back-dated", WRONG
    says = N_("{aspect} of {person} is {value} since {since}; a change on {day} would rewrite what held before.")
    hint = N_("Give a later day with --from.")


class Circle(SalesctlError):
    """Superiors must lead upwards."""

    code, status = "people.circle", WRONG
    says = N_("{superior} reports to {person}, directly or not; the reporting line would run in a circle.")
    hint = N_("Name another superior.")


class Gone(SalesctlError):
    """Somebody who is no longer here on that day."""

    code, status = "people.gone", WRONG
    says = N_("{person} has left: {last_day} is their last day, and this is about {day}.")
    hint = N_("Name somebody who is here; `salesctl people list` shows the last days.")


class Standings(Record):
    """What holds of a person on one day."""

    grade: str
    department: str
    superior: str
    regimes: str


def still_here(who: Person, on: date) -> Person:
    """The same person.

    Raises:
        Gone: their last day is over on that day.
    """
    from datetime import timedelta

    if who.closed_on is not None and who.closed_on <= on:
        raise Gone(person=who.name, last_day=who.closed_on - timedelta(days=1), day=on)
    return who


def standing(view: Reading, person_id: int, aspect: str, on: date) -> str:
    """The grade, department or superior's code that holds of a person on a day; empty where none does."""
    return (
        view.value(
            f"SELECT value FROM standing WHERE person_id = :person AND aspect = :aspect AND {HOLDS}",
            person=person_id,
            aspect=aspect,
            day=on,
        )
        or ""
    )


def grade_as_known(view: Reading, person_id: int, at: datetime, on: date) -> str:
    """The grade under regulation A that somebody had by a moment, by what had been entered until then; empty: none.

    Args:
        view: the moment that is looked at.
        person_id: whose grade.
        at: the moment; a grade entered later does not count, whatever day it is dated back to.
        on: the day of that moment in the ledger's zone.
    """
    rows = view.once(("entered", person_id), lambda: view.select(ENTERED, person=person_id))
    known = [row for row in rows if row[2] <= on.isoformat() and (row[3] or "") <= stored(at)]
    is_bound = any(aspect == "regime" for aspect, *_row in known)
    grades = [value for aspect, value, *_row in known if aspect == "grade"]
    return str(grades[-1]) if is_bound and grades else ""


def is_enrolled(view: Reading, person_id: int, regime: str, on: date) -> bool:
    """Whether a regulation binds a person on a day (X-1)."""
    query = f"SELECT 1 FROM standing WHERE person_id = :person AND aspect = 'regime' AND value = :regime AND {HOLDS}"
    return view.value(query, person=person_id, regime=regime, day=on) is not None


def superior_of(view: Reading, person_id: int, on: date) -> int | None:
    """The direct superior's id on a day."""
    query = f"SELECT superior_id FROM standing WHERE person_id = :person AND aspect = 'superior' AND {HOLDS}"
    found: int | None = view.value(query, person=person_id, day=on)
    return found


def superiors_of(view: Reading, person_id: int, on: date) -> list[int]:
    """The reporting line upwards, the direct superior first."""
    line: list[int] = []
    above = superior_of(view, person_id, on)
    while above is not None and above not in line:
        line.append(above)
        above = superior_of(view, above, on)
    return line


def standings(view: Reading, person_id: int, on: date) -> Standings:
    """All that holds of a person on a day."""
    rows = view.select(
        f"SELECT aspect, value FROM standing WHERE person_id = :person AND {HOLDS} ORDER BY aspect, value",
        person=person_id,
        day=on,
    )
    held: dict[str, list[str]] = {}
    for aspect, value in rows:
        held.setdefault(aspect, []).append(value)
    return Standings(*(", ".join(held.get(aspect, ())) for aspect in ("grade", "department", "superior", "regime")))


def hold(tx: Transaction, who: Person, aspect: str, value: str, since: date, *, superior_id: int | None = None) -> None:
    """From a day on this holds of a person, and what held before ends; a regulation is added to the others.

    Raises:
        BackDated: what holds now began on that day or later.
        Gone: the person has left by then.
    """
    still_here(who, since)
    lasting = tx.all(
        Standing,
        "person_id = :person AND aspect = :aspect AND (until_on IS NULL OR until_on = :end) "
        "AND (aspect <> 'regime' OR value = :value)",
        person=who.key,
        aspect=aspect,
        value=value,
        end=who.closed_on,
    )
    for held in lasting:
        if held.value == value and held.from_on <= since:
            return
        if held.from_on >= since:
            raise BackDated(aspect=aspect, person=who.name, value=held.value, since=held.from_on, day=since)
        tx.amend(held, until_on=since)
    tx.add(
        Standing(
            person_id=who.key,
            aspect=aspect,
            value=value,
            superior_id=superior_id,
            from_on=since,
            until_on=who.closed_on,
            entered_at=tx.now,
        )
    )


def place_under(tx: Transaction, who: Person, superior: Person, since: date) -> None:
    """From a day on, a person has this direct superior.

    Raises:
        Circle: on that day or a later one the superior would report to the person.
    """
    still_here(superior, since)
    later = tx.select(
        "SELECT DISTINCT from_on FROM standing WHERE aspect = 'superior' AND from_on > :day ORDER BY from_on", day=since
    )
    for day in (since, *(typed("date", begins) for (begins,) in later)):
        if who.key in (superior.key, *superiors_of(tx, superior.key, day)):
            raise Circle(superior=superior.name, person=who.name)
    hold(tx, who, "superior", superior.code, since, superior_id=superior.key)


def checked(aspect: str, value: str) -> str:
    """A grade, department or regulation as it is kept.

    Raises:
        Invalid: a grade or a regulation that does not exist.
    """
    if aspect == "department":
        return names.checked(value, LONGEST)
    plain, known, what = (
        (value.strip().upper(), REGIMES, N_("a regulation"))
        if aspect == "regime"
        else (meant(value, STAFF_GRADES, ALSO_GRADES), STAFF_GRADES, N_("a grade"))
    )
    if plain not in known:
        raise Invalid(value=value, what=what, example=tuple(known))
    return plain
