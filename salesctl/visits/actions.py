"""Outings are planned, filed, begun and ended; an absence is proposed where the register was not filled in (A-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.inputs import parse_moment
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.record import Record
from salesctl.visits import entries
from salesctl.visits.outings import Answer, judge, own, stops_of
from salesctl.visits.repeated import refuse_again
from salesctl.visits.rows import Outing, Visit
from salesctl.visits.rules import end_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction

SAME_DAY = "person_id = :person AND outing_on = :day AND returned_at IS NULL"


class NotOpen(SalesctlError):
    """A step that needs an outing that is under way, and there is none."""

    code, status = "visit.none-open", WRONG
    says = N_("{person} has no outing {state} that this could be about.")
    hint = N_("Name one, such as V-12; `salesctl visit list` shows them.")


class AlreadyDone(SalesctlError):
    """A step that was taken before."""

    code, status = "visit.already", WRONG
    says = N_("{number} {step} at {at} already.")
    hint = N_("`salesctl visit list` shows how it stands; a new outing begins with `salesctl visit log`.")


class NotInOrder(SalesctlError):
    """A return before the departure, a step of a moment that has not come."""

    code, status = "visit.order", WRONG
    says = N_("{number}: {at} cannot be the time of this step, since {why}.")
    hint = N_("Give the time with --at, such as --at 9:45.")


class NotToday(SalesctlError):
    """An entry for an outing from the office of a day that has not come."""

    code, status = "visit.not-today", WRONG
    says = N_("An outing from the office is registered on its day; {day} has not come.")
    hint = N_(
        "For a visit from home: `salesctl visit log --direct --date {day}`, or note it with `salesctl visit plan`."
    )


class NoCompany(SalesctlError):
    """An outing cannot be filed without a company."""

    code, status = "visit.no-company", WRONG
    says = N_("{number} names no company yet (A-1.2).")
    hint = N_("Name it: salesctl visit file {number} CUSTOMER.")


class NotFiled(SalesctlError):
    """A stop for an outing that left without an entry."""

    code, status = "visit.not-filed", WRONG
    says = N_("{number} left without an entry; a stop cannot be added to none.")
    hint = N_("File it late: salesctl visit file {number} CUSTOMER.")


class Filing(Record):
    """What is said of a new outing."""

    companies: Sequence[str]
    on: date
    is_direct: bool = False
    leave: str = ""  # a time of the day
    is_another: bool = False  # not a repetition


def log(desk: Desk, filing: Filing) -> Answer:
    """Fill in the register (A-1.1, A-1.4); with a departure, the outing is judged at once."""
    who = desk.somebody
    with desk.ledger.transaction("visit.log", desk) as tx:
        if not filing.is_direct and not filing.leave and filing.on > desk.present_day:
            raise NotToday(day=filing.on)
        if not filing.is_another:
            refuse_again(tx, who.id, filing.on, filing.companies, is_direct=filing.is_direct)
        left = _moment(desk, tx, filing.leave, filing.on) if filing.leave else None
        outing = _begin(tx, who.id, filing, filed_at=tx.now, left_at=left)
        stops = _add_stops(tx, desk, outing, filing.companies)
        return judge(tx, desk, outing, stops)


def plan(desk: Desk, filing: Filing) -> Answer:
    """Note a visit meant to start from home; the register is still to be filled in (SM-1).

    Raises:
        NoCalendar: the working days of that year are not known, so its deadline cannot be counted.
    """
    who = desk.somebody
    desk.calendar.workday_before(filing.on)
    with desk.ledger.transaction("visit.plan", desk) as tx:
        if not filing.is_another:
            refuse_again(tx, who.id, filing.on, filing.companies, is_direct=filing.is_direct)
        outing = _begin(tx, who.id, filing)
        stops = _add_stops(tx, desk, outing, filing.companies)
        tx.about = outing.number
    return Answer(outing, stops, None)


def file(desk: Desk, number: str, companies: Sequence[str]) -> Answer:
    """Fill in the register for a planned visit, or late for an outing that left without an entry."""
    with desk.ledger.transaction("visit.file", desk) as tx:
        outing = own(tx, desk, number)
        if outing.filed_at:
            raise AlreadyDone(number=outing.number, step=N_("was filed"), at=_clock(desk, outing.filed_at))
        stops = [*stops_of(tx, outing), *_add_stops(tx, desk, outing, companies)]
        if not stops:
            raise NoCompany(number=outing.number)
        tx.amend(outing, filed_at=tx.now)
        return judge(tx, desk, outing, stops)


def add_stop(desk: Desk, companies: Sequence[str], number: str) -> Answer:
    """Name one more company: on the road an amendment (AMB-A1-f), before leaving part of the entry."""
    with desk.ledger.transaction("visit.add-stop", desk) as tx:
        outing = own(tx, desk, number) if number else _latest(tx, desk, SAME_DAY, N_("today"))
        if outing.returned_at:
            raise AlreadyDone(number=outing.number, step=N_("returned"), at=_clock(desk, outing.returned_at))
        if outing.left_at and not outing.filed_at:
            raise NotFiled(number=outing.number)
        stops = stops_of(tx, outing)
        left = end_of(outing.left_at)
        is_added = left is not None and tx.now > left
        stops += _add_stops(tx, desk, outing, companies, is_added=is_added)
        return judge(tx, desk, outing, stops)


def leave(desk: Desk, number: str, at: str) -> Answer:
    """Leave the company; without an entry, or with an unclear one, an absence is proposed (A-1.1, A-1.3)."""
    who = desk.somebody
    with desk.ledger.transaction("visit.leave", desk) as tx:
        outing = own(tx, desk, number) if number else _next_to_leave(tx, desk)
        if outing is None:
            left = _moment(desk, tx, at, desk.today)
            return judge(tx, desk, _begin(tx, who.id, Filing((), desk.today), left_at=left), [])
        if outing.left_at:
            raise AlreadyDone(number=outing.number, step=N_("left"), at=_clock(desk, outing.left_at))
        tx.amend(outing, left_at=_moment(desk, tx, at, outing.outing_on, outing.number))
        return judge(tx, desk, outing, stops_of(tx, outing))


def come_back(desk: Desk, number: str, at: str) -> Answer:
    """Return to the company."""
    with desk.ledger.transaction("visit.return", desk) as tx:
        is_out = f"{SAME_DAY} AND left_at IS NOT NULL"
        outing = own(tx, desk, number) if number else _latest(tx, desk, is_out, N_("of today under way"))
        if outing.returned_at:
            raise AlreadyDone(number=outing.number, step=N_("returned"), at=_clock(desk, outing.returned_at))
        returned = parse_moment(at, outing.outing_on, desk.zone) if at else tx.now
        why = _out_of_order(outing, returned, tx.now)
        if why:
            raise NotInOrder(number=outing.number, at=_clock(desk, returned), why=why)
        tx.amend(outing, returned_at=returned)
        return judge(tx, desk, outing, stops_of(tx, outing))


def _begin(
    tx: Transaction, person: int, filing: Filing, filed_at: datetime | None = None, left_at: datetime | None = None
) -> Outing:
    number = f"V-{tx.next_id(Outing)}"
    return tx.add(
        Outing(
            number=number,
            person_id=person,
            outing_on=filing.on,
            is_direct=filing.is_direct,
            filed_at=filed_at,
            left_at=left_at,
            recorded_at=tx.now,
        )
    )


def _add_stops(
    tx: Transaction, desk: Desk, outing: Outing, companies: Sequence[str], *, is_added: bool = False
) -> list[Visit]:
    read = [entries.read(tx, desk, text, outing.outing_on) for text in companies]
    return [
        tx.add(
            Visit(
                outing_id=outing.key,
                entry=entry.text,
                customer_id=entry.customer_id,
                is_clear=entry.is_clear,
                is_added=is_added,
                added_at=tx.now,
            )
        )
        for entry in read
    ]


def _next_to_leave(tx: Transaction, desk: Desk) -> Outing | None:
    """Today's outing that has not left: the filed one first; none where the person never filed."""
    order = f"{SAME_DAY} ORDER BY left_at IS NOT NULL, filed_at IS NULL, id DESC"
    found = tx.all(Outing, order, person=desk.somebody.id, day=desk.today)
    return found[0] if found else None


def _latest(tx: Transaction, desk: Desk, where: str, state: str) -> Outing:
    found = tx.all(Outing, f"{where} ORDER BY id DESC", person=desk.somebody.id, day=desk.today)
    if not found:
        raise NotOpen(person=desk.somebody.name, state=state)
    return found[0]


def _moment(desk: Desk, tx: Transaction, at: str, day: date, number: str = "-") -> datetime:
    """A departure: the time of the day given, which may still come today, or now."""
    moment = parse_moment(at, day, desk.zone) if at else tx.now
    today = tx.now.astimezone(desk.zone).date()
    if moment.astimezone(desk.zone).date() != day:
        raise NotInOrder(number=number, at=_clock(desk, moment), why=N_("the outing is of another day"))
    if day > today:
        raise NotInOrder(number=number, at=_clock(desk, moment), why=N_("that day has not come"))
    return moment


def _out_of_order(outing: Outing, returned: datetime, now: datetime) -> str:
    if outing.left_at is None:
        return N_("the outing has not left")
    if returned < outing.left_at:
        return N_("the outing left after that")
    return N_("that moment has not come") if returned > now else ""


def _clock(desk: Desk, moment: datetime) -> str:
    return f"{moment.astimezone(desk.zone):%Y-%m-%d %H:%M}"
