"""One loss as it is shown: who bears what, the ceiling of the law beside it, and what is still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.show import form_of, is_for_people, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.losses.ceilings import Ceiling, ceiling, post_wage
from salesctl.losses.deciding import table_of
from salesctl.losses.listing import whole
from salesctl.losses.telling import told
from salesctl.people.actions import person
from salesctl.policy.units import plain_yuan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.losses.listing import Whole
    from salesctl.losses.rows import LossShare
    from salesctl.policy.outcome import Outcome
    from salesctl.policy.units import Fen

COLUMNS = (
    Column("number", N_("number")),
    Column("state", N_("state")),
    Column("handover", N_("handover")),
    Column("signed_on", N_("last signature"), "day"),
    Column("found_on", N_("found on"), "day"),
    Column("reported_at", N_("entered at"), "moment"),
    Column("reported_by", N_("reported by")),
    Column("table", N_("table"), "word"),
    Column("text", N_("what was lost")),
    Column("evidence", N_("what shows it")),
    Column("about", N_("about")),
    Column("customer", N_("customer")),
    Column("product", N_("product")),
    Column("units", N_("pieces"), "count"),
    Column("amount", N_("loss"), "money"),
    Column("recovered", N_("recovered"), "money"),
    Column("net", N_("to be shared"), "money"),
    Column("valued_on", N_("valued on"), "day"),
    Column("bad_debt", N_("bad debt as well")),
    Column("post_wage", N_("post wage proposed"), "money"),
    Column("gravity", N_("gravity"), "word"),
    Column("gravity_by", N_("gravity decided by")),
    Column("criticised_in", N_("criticised in")),
    Column("confirmed_on", N_("confirmed on"), "day"),
    Column("confirmed_by", N_("confirmed by")),
    Column("reversed_on", N_("reversed on"), "day"),
    Column("reversed_by", N_("reversed by")),
    Column("reversal_reason", N_("why it was reversed")),
    Column("remark", N_("note")),
    Column("shares", N_("shares"), "lines"),
)
SHARES = (
    Column("party", N_("party"), "word"),
    Column("person", N_("person")),
    Column("amount", N_("bears"), "money"),
    Column("recorded", N_("share recorded"), "money"),
    Column("taken_back", N_("amount taken back"), "money"),
    Column("post_wage", N_("post wage proposed"), "money"),
    Column("clause", N_("clause")),
    Column("ceiling", N_("ceiling by law"), "money"),
    Column("evidence", N_("evidence of fault")),
)
MIRROR = ("recorded", "taken_back")

STATES = {
    "reported": N_("a loss reported"),
    "valued": N_("a loss valued"),
    "split": N_("a loss shared"),
    "confirmed": N_("confirmed"),
    "reversed": N_("reversed"),
    "dropped": N_("a loss dropped"),
}


def stated(desk: Desk) -> Callable[[str], str]:
    """How a state is written: for programs as it is kept, for people as they say it."""
    return (lambda state: _(STATES[state]).removeprefix("a loss ")) if is_for_people(desk) else str


def shown(desk: Desk, number: str, wages: Mapping[str, Fen], *notes: str, outcome: Outcome | None = None) -> None:
    """Print one loss; people read its shares as a table of their own, programs inside it."""
    with desk.ledger.reading() as view:
        found = whole(view, number, desk.today)
        table = table_of(view, desk, found.loss)
        asked = {person(view, name).key: wage for name, wage in wages.items()}
        ceilings = dict(_ceilings(view, desk, found, asked))
    form = form_of(desk.form, desk.output)
    shares = [_share(desk, found, share, ceilings) for share in found.shares]
    inside = [_plain(row) for row in shares] if form == "json" else [_line(row) for row in shares]
    said = (*notes, *told(desk, found, ceilings))
    is_apart = form == "table"
    row = (*_row(desk, found, table), [] if is_apart else inside)
    show(record(COLUMNS, row, *(() if is_apart else said), outcome=outcome or found.outcome), desk)
    if is_apart and shares:
        show(_table(found, shares, [note for note in said if note]), desk)
    elif is_apart:
        show(View((), [], notes=[note for note in said if note]), desk)


def _row(desk: Desk, found: Whole, table: str) -> tuple[object, ...]:
    one, people = found.loss, found.people
    net = None if one.amount is None else one.amount - one.recovered
    back = found.reversal
    proposed = 0 if back else sum(post_wage(desk, one, share) for share in found.shares)
    return (
        one.number,
        stated(desk)(found.state),
        found.handover.number,
        found.handover.signed_on,
        one.found_on,
        one.reported_at,
        people[one.reported_by_id],
        table,
        one.text,
        one.evidence,
        one.about,
        found.customer,
        one.product,
        one.units,
        one.amount,
        one.recovered or None,
        net,
        one.valued_on,
        found.bad_debt,
        proposed or None,
        one.gravity,
        people.get(one.gravity_by_id or 0, ""),
        one.criticised_in,
        one.confirmed_on,
        people.get(one.confirmed_by_id or 0, ""),
        back.reversed_on if back else None,
        people[back.reversed_by_id] if back else "",
        back.reason if back else "",
        one.remark,
    )


def _table(found: Whole, shares: list[tuple[object, ...]], said: list[str]) -> View:
    """The shares for people; what was recorded and taken back stands beside them where they were reversed."""
    kept = [place for place, column in enumerate(SHARES) if found.reversal or column.key not in MIRROR]
    return View([SHARES[place] for place in kept], [[row[place] for place in kept] for row in shares], notes=said)


def _share(desk: Desk, found: Whole, share: LossShare, ceilings: Mapping[int, Ceiling]) -> tuple[object, ...]:
    most = ceilings.get(share.person_id or 0)
    proposed = None if found.reversal else post_wage(desk, found.loss, share) or None
    who = found.people.get(share.person_id or 0, "")
    sums = (found.bears(share), share.amount, found.back.get(share.key), proposed)
    return share.party, who, *sums, share.clause, most.allowed if most else None, share.evidence


def _plain(row: tuple[object, ...]) -> dict[str, object]:
    """A share for programs: money as decimal strings, nothing translated."""
    return {
        column.key: plain_yuan(value) if column.kind == "money" and isinstance(value, int) else value
        for column, value in zip(SHARES, row, strict=True)
    }


def _line(row: tuple[object, ...]) -> str:
    party, who, amount, recorded, back, _proposed, clause, _most, _fault = row
    sums = [plain_yuan(int(str(sum_))) for sum_ in (recorded, back, amount) if sum_ is not None]
    bears = sums[-1] if back is None else f"{sums[0]} {sums[1]} = {sums[2]}"
    return "  ".join(filter(None, (str(party), str(who), bears, str(clause))))


def _ceilings(view: Reading, desk: Desk, found: Whole, asked: Mapping[int, Fen]) -> Iterator[tuple[int, Ceiling]]:
    """What the law lets be taken from each wage that was named."""
    for key, wage in asked.items():
        own = [share for share in found.shares if share.person_id == key]
        if own:
            yield key, ceiling(view, desk, found.loss, own, wage)
