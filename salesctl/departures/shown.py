"""A departure as it is shown."""

from collections.abc import Iterator

from salesctl.console.show import show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.departures import actions, facts, pay
from salesctl.departures.facts import Facts
from salesctl.desk import Desk
from salesctl.errors import N_
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan

OPEN = N_(
    "Not handed over yet: {customers} customers, handovers open: {handovers}. "
    "The formalities wait for it (E-18); the employment ends on {last} all the same (L-9)."
)
CONFLICT = N_(
    "The regulation wants {amount} held until everything is handed over (E-18); by law wages are due in full and at "
    "once (L-4, L-10, L-21), so nothing is held unless somebody decides it by name: salesctl departure hold."
)
HELD = N_(
    "{amount} is held against the law: by law wages are due in full and at once (L-4, L-10, L-21). "
    "End it: salesctl departure hold {number} --lift"
)
NO_GROUND = N_(
    "Everything is handed over: the hold has no ground any more. End it: salesctl departure hold {number} --lift"
)
STATES = (("handover", N_("being handed over")), ("left_open", N_("left, handover open")))
COLUMNS = (
    Column("number", N_("number")),
    Column("person", N_("person")),
    Column("state", N_("state"), "word", STATES),
    Column("filed_on", N_("filed on"), "day"),
    Column("last_day", N_("last day"), "day"),
    Column("approved_on", N_("approved on"), "day"),
    Column("handovers", N_("handovers"), "words"),
    Column("served", N_("customers still served"), "count"),
    Column("completed_on", N_("handover completed on"), "day"),
    Column("formalities_on", N_("formalities on"), "day"),
    Column("closed_on", N_("closed from"), "day"),
)
ABOUT_ONE = (
    *COLUMNS,
    Column("reason", N_("reason")),
    Column("payable", N_("payable now"), "money"),
    Column("may_wait", N_("may wait"), "money"),
    Column("held_by", N_("held by")),
    Column("hold_reason", N_("why it is held")),
    Column("withdrawn_on", N_("withdrawn on"), "day"),
    Column("withdrawn_why", N_("why it was withdrawn")),
)


def row(desk: Desk, known: Facts) -> tuple[object, ...]:
    """One line of the list."""
    one = known.departure
    is_approved = one.approved_on is not None and one.approved_on <= desk.today
    is_through = one.formalities_on is not None and one.formalities_on <= desk.today
    return (
        one.number,
        known.person,
        known.state(desk.today, desk.policy).value,
        one.filed_on,
        known.last_day(desk.policy),
        one.approved_on if is_approved else None,
        [handed.number for handed in known.giving],
        known.served,
        known.completed_on,
        one.formalities_on if is_through else None,
        known.closed_on,
    )


def told(desk: Desk, number: str, outcome: Outcome | None = None) -> None:
    """Show one departure as it stands now."""
    with desk.ledger.reading() as view:
        known = facts.of(view, facts.departure(view, number), desk.today)
        held_by = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=known.departure.hold_by_id)
    show(described(desk, known, outcome, *_notes(desk, known), held_by=held_by or ""), desk)


def described(desk: Desk, known: Facts, outcome: Outcome | None, *notes: str, held_by: str = "") -> View:
    """One departure with its working, and what is said about it."""
    one, paid = known.departure, pay.payable(known, desk)
    now, waits = _sums(paid)
    is_withdrawn = one.withdrawn_on is not None and one.withdrawn_on <= desk.today
    withdrawn = (one.withdrawn_on, one.withdrawn_why) if is_withdrawn else (None, "")
    more = (one.reason, now, waits, held_by, one.hold_reason, *withdrawn)
    working = outcome or known.state(desk.today, desk.policy)
    return record(ABOUT_ONE, (*row(desk, known), *more), *notes, outcome=working)


def _sums(paid: Outcome | None) -> tuple[object, object]:
    """What is payable now and what may wait; none where nothing was recorded."""
    if paid is None or not isinstance(paid.value, list):
        return None, None
    now, waits = paid.value
    return now, waits


def _notes(desk: Desk, known: Facts) -> Iterator[str]:
    """What is open, and what the law says where the regulation wants otherwise."""
    one, last = known.departure, known.last_day(desk.policy)
    if one.withdrawn_on is not None and one.withdrawn_on <= desk.today:
        return
    if known.completed_on is None:
        yield _(OPEN).format(customers=known.served, handovers=_(actions.handing(known)), last=last)
        if known.served and not known.giving:
            code = known.person.split()[0]
            told = _("Start it: salesctl handover start --from {code} --to PERSON --leaving {last}")
            yield told.format(code=code, last=last) + (f" --on {last}" if desk.today > last else "")
        if owed := (one.wages or 0) + (one.bonus or 0):
            yield _(CONFLICT if one.hold_by_id is None else HELD).format(amount=yuan(owed), number=one.number)
    elif one.hold_by_id is not None:
        yield _(NO_GROUND).format(number=one.number)
    for role, handed in known.taking:
        yield _("{person} is {role} of {number}: somebody else must be found before {last}.").format(
            person=known.person, role=_(role), number=handed.number, last=last
        )
