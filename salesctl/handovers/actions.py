"""A handover starts: its supervisor, its roles and its checklist follow from the ledger (E-4d to E-10)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salesctl.customers.actions import customer
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.handovers import items, rules
from salesctl.handovers.rows import Handover, HandoverRole
from salesctl.ledger.lookup import Series, numbered
from salesctl.people.actions import is_enrolled, line_of, person, still_here
from salesctl.people.rows import Person
from salesctl.policy.outcome import Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction

REGIME = "E"
HANDOVERS = Series(N_("handover"), "H", "salesctl handover list")
MOST_NAMED = 5  # of many customers, in a message
FILED = "SELECT number, wished_on FROM departure WHERE person_id = :person AND withdrawn_on IS NULL"


class NotToday(SalesctlError):
    """A handover that would begin on a day to come, and keep today's from beginning."""

    code, status = "handover.not-today", WRONG
    says = N_("A handover begins on the day it is started; {day} is still to come.")
    hint = N_("Start it on that day; --leaving takes the last day at work.")


class SameParty(SalesctlError):
    """Nobody hands over to themselves."""

    code, status = "handover.same-party", WRONG
    says = N_("{person} cannot hand over to themselves.")
    hint = N_("Name another person with --to.")


class NotBound(SalesctlError):
    """The handover regulation does not reach this person."""

    code, status = "handover.not-bound", WRONG
    says = N_("{person} is not enrolled in regulation E on {day}, and its rules bind nobody else (E-2).")
    hint = N_("If it should bind them: salesctl people enrol {person_code} E --from DAY.")


class HasLeft(SalesctlError):
    """A transferor whose last day is over: what they still serve is handed over as of that day (E-4, L-9)."""

    code, status = "handover.has-left", WRONG
    says = N_("{person} has left: {last_day} was their last day, and a handover begins while they are here.")
    hint = N_("Start it as of that day, with the same customers: --on {last_day}")


class NotServed(SalesctlError):
    """Only customers that somebody serves can be handed over."""

    code, status = "handover.not-served", WRONG
    says = N_("{person} does not serve {customers} on {day}.")
    hint = N_("`salesctl customer list --owner {person_code} --as-of {day}` lists whom they serve.")


class AlreadyOpen(SalesctlError):
    """A customer is in one open handover at a time."""

    code, status = "handover.open", WRONG
    says = N_("{number} is open already and covers {customers}.")
    hint = N_(
        "`salesctl handover show {number}` shows it; hand over the others with --customers LIST. "
        "Was it started by mistake: salesctl handover cancel {number} --why TEXT"
    )


class Leaving(SalesctlError):
    """Nobody takes over customers while handing over their own to leave."""

    code, status = "handover.leaving", WRONG
    says = N_("{person} takes nothing over: by {number} they leave on {day}.")
    hint = N_("Name another person with --to.")


class OtherLastDay(SalesctlError):
    """A last day that contradicts the report that was filed."""

    code, status = "handover.other-last-day", WRONG
    says = N_("By {number} {person} leaves on {filed}, not on {day} (E-8).")
    hint = N_("Leave --leaving out; another last day is filed anew: salesctl departure cancel {number} --reason TEXT.")


class Wish(Record):
    """What is said of a handover that should start."""

    transferor: str
    receiver: str
    customers: tuple[str, ...] = ()  # none named: all of them
    leaving: date | None = None
    planned: date | None = None  # when it should be complete


class Whole(Record):
    """One handover with all that belongs to it."""

    handover: Handover
    transferor: str
    receiver: str
    supervisor: str
    roles: list[HandoverRole]
    items: list[tuple[Any, ...]]  # the values of `items.Item`
    signers: list[str]  # papers wait for these (E-4e); nobody once all have signed, or it is over


class Started(Record):
    """A handover that began, and why it is supervised and joined by whom."""

    whole: Whole
    outcome: Outcome
    earliest_leaving: date | None  # where the last day wished for comes before the notice is over (E-8)


def start(desk: Desk, wish: Wish) -> Started:
    """Open a handover: find who supervises it and who takes part, and list everything to be handed over."""
    _answers_for_it, day, policy = desk.somebody, desk.today, desk.policy
    if day > desk.present_day:
        raise NotToday(day=day)
    if wish.planned and wish.planned < day:
        raise rules.PlannedBefore(planned=wish.planned, day=day)
    with desk.ledger.transaction("handover.start", desk) as tx:
        transferor, receiver = _transferor(tx, wish.transferor, day), _party(tx, wish.receiver, day)
        if transferor.key == receiver.key:
            raise SameParty(person=transferor.name)
        _refuse_leaving(tx, receiver)
        filed = _last_day(tx, transferor, day, wish.leaving)  # which has been measured already
        is_new, wish = bool(wish.leaving) and filed is None, wish.but(leaving=wish.leaving or filed)
        served = _portfolio(tx, transferor, wish.customers, day)
        _refuse_twice(tx, transferor, served)
        lines = [[one.code for one in line_of(tx, party.key, day)] for party in (transferor, receiver)]
        supervised = rules.supervisor(*lines, on=day, policy=policy)
        is_deviation = lines[0][0] != lines[1][0]  # not the direct superior of both (AMB-E-d)
        joined = rules.roles((one.channel for one in served), on=day, policy=policy)
        begun = _begin(tx, desk, wish, (transferor, receiver), str(supervised.value), is_deviation=is_deviation)
        for role, clauses in rules.demanded(joined).items():
            tx.add(HandoverRole(handover_id=begun.key, role=role, clauses=clauses))
        noticed = rules.earliest_last_day(day, policy=policy) if is_new else None
        steps = (*supervised.steps, *joined.steps, *(noticed.steps if noticed else ()))
        outcome = tx.record(Outcome(supervised.value, steps=steps), about=begun.number)
        items.enter(tx, begun, served, categories(desk, begun), is_all=not wish.customers)
        return Started(whole(tx, desk, begun), outcome, _too_soon(wish.leaving, noticed))


def _begin(
    tx: Transaction, desk: Desk, wish: Wish, parties: tuple[Person, Person], supervisor: str, *, is_deviation: bool
) -> Handover:
    return tx.add(
        Handover(
            number=f"H-{tx.next_id(Handover)}",
            transferor_id=parties[0].key,
            receiver_id=parties[1].key,
            supervisor_id=tx.one(Person, code=supervisor).key,
            is_deviation=is_deviation,
            started_on=desk.today,
            started_at=tx.now,
            leaving_on=wish.leaving,
            planned_on=wish.planned,
        )
    )


def handover(view: Reading, number: str) -> Handover:
    """The handover of that number: `H-3`, `h-3` or `3`."""
    return numbered(view, Handover, HANDOVERS, number)


def whole(view: Reading, desk: Desk, begun: Handover) -> Whole:
    """A handover with its parties, roles and checklist."""
    signers, _basis = desk.policy.on(begun.started_on, "E.handover").items("parties")
    if begun.state != "open" or begun.signed_on:
        signers = []
    transferor, receiver, supervisor = parties(view, begun)
    return Whole(
        begun,
        transferor,
        receiver,
        supervisor,
        view.all(HandoverRole, "handover_id = :handover", handover=begun.key),
        items.of(view, begun, categories(desk, begun), "; ".join(signers)),
        signers,
    )


def categories(desk: Desk, begun: Handover) -> list[str]:
    """What a handover consists of, as the regulation stood when it began (E-5)."""
    return desk.policy.on(begun.started_on, "E.handover").items("categories")[0]


def parties(view: Reading, begun: Handover) -> tuple[str, str, str]:
    """Code and name of the transferor, the receiver and the supervisor."""
    ids = (begun.transferor_id, begun.receiver_id, begun.supervisor_id)
    people = dict(
        view.select("SELECT id, code || ' ' || name FROM person WHERE id IN (:a, :b, :c)", a=ids[0], b=ids[1], c=ids[2])
    )
    transferor, receiver, supervisor = (people[key] for key in ids)
    return transferor, receiver, supervisor


def _transferor(tx: Transaction, text: str, day: date) -> Person:
    leaver = person(tx, text)
    if leaver.closed_on is not None and leaver.closed_on <= day:
        raise HasLeft(person=leaver.name, last_day=leaver.closed_on - timedelta(days=1))
    return _party(tx, text, day)


def _party(tx: Transaction, text: str, day: date) -> Person:
    found = still_here(person(tx, text), day)
    if not is_enrolled(tx, found.key, REGIME, day):
        raise NotBound(person=found.name, person_code=found.code, day=day)
    return found


def _portfolio(tx: Transaction, transferor: Person, named: tuple[str, ...], day: date) -> list[items.Served]:
    """The customers to hand over: those named, or all that the transferor serves."""
    served = items.served_by(tx, transferor.key, day)
    wanted = [customer(tx, text) for text in named]
    keys = {one.key for one in served}
    strange = ", ".join(one.name for one in wanted if one.key not in keys)
    if strange or not served:
        raise NotServed(
            person=transferor.name, person_code=transferor.code, customers=strange or N_("anybody"), day=day
        )
    wished = {one.key for one in wanted} or keys
    return [one for one in served if one.key in wished]


def _refuse_twice(tx: Transaction, transferor: Person, served: list[items.Served]) -> None:
    open_now = tx.select(
        "SELECT h.number, i.customer_id FROM handover h JOIN handover_item i ON i.handover_id = h.id "
        "WHERE h.transferor_id = :transferor AND h.state = 'open' AND i.kind = 'customer' ORDER BY h.id",
        transferor=transferor.key,
    )
    covered = {key: number for number, key in open_now}
    for one in served:
        if number := covered.get(one.key):
            among = [other.name for other in served if covered.get(other.key) == number]
            more = f" … ({len(among)})" if len(among) > MOST_NAMED else ""
            raise AlreadyOpen(number=number, customers=", ".join(among[:MOST_NAMED]) + more)


def _last_day(tx: Transaction, transferor: Person, day: date, said: date | None) -> date | None:
    """The last day of a transferor who has filed a departure report that is under way.

    Raises:
        OtherLastDay: another one is said.
    """
    filed = tx.select(f"{FILED} AND filed_on <= :day AND wished_on >= :day", person=transferor.key, day=day)
    if not filed:
        return None
    number, last = filed[0][0], date.fromisoformat(filed[0][1])
    if said and said != last:
        raise OtherLastDay(number=number, person=transferor.name, filed=last, day=said)
    return last


def _refuse_leaving(tx: Transaction, receiver: Person) -> None:
    own = "transferor_id = :person AND state = 'open' AND leaving_on IS NOT NULL ORDER BY id"
    for theirs in tx.all(Handover, own, person=receiver.key):
        raise Leaving(person=receiver.name, number=theirs.number, day=theirs.leaving_on)
    for number, day in tx.select(FILED, person=receiver.key):
        raise Leaving(person=receiver.name, number=number, day=day)


def _too_soon(leaving: date | None, noticed: Outcome | None) -> date | None:
    """The earliest last day, where the one wished for comes before it (E-8)."""
    if leaving is None or noticed is None:
        return None
    earliest: date = noticed.value  # type: ignore[assignment]
    return earliest if leaving < earliest else None
