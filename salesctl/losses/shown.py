"""One loss as it is shown: who bears what, the ceiling of the law beside it, and what is still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import words
from salesctl.console.show import form_of, is_for_people, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.losses import facts
from salesctl.losses.ceilings import Ceiling, ceiling, post_wage
from salesctl.losses.deciding import table_of
from salesctl.losses.listing import whole
from salesctl.people.actions import person
from salesctl.policy.units import plain_yuan, yuan

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
    Column("remark", N_("note")),
    Column("shares", N_("shares"), "lines"),
)
SHARES = (
    Column("party", N_("party"), "word"),
    Column("person", N_("person")),
    Column("amount", N_("bears"), "money"),
    Column("post_wage", N_("post wage proposed"), "money"),
    Column("clause", N_("clause")),
    Column("ceiling", N_("ceiling by law"), "money"),
    Column("evidence", N_("evidence of fault")),
)


STATES = {
    "reported": N_("a loss reported"),
    "valued": N_("a loss valued"),
    "split": N_("a loss shared"),
    "confirmed": N_("confirmed"),
    "dropped": N_("a loss dropped"),
}


def stated(desk: Desk) -> Callable[[str], str]:
    """How a state is written: for programs as it is kept, for people as they say it."""
    return (lambda state: _(STATES[state]).removeprefix("a loss ")) if is_for_people(desk) else str


def shown(desk: Desk, number: str, wages: Mapping[str, Fen], *notes: str, outcome: Outcome | None = None) -> None:
    """Print one loss; people read its shares as a table of their own, programs inside it."""
    with desk.ledger.reading() as view:
        found = whole(view, number)
        table = table_of(view, desk, found.loss)
        asked = {person(view, name).key: wage for name, wage in wages.items()}
        ceilings = dict(_ceilings(view, desk, found, asked))
    form = form_of(desk.form, desk.output)
    shares = [_share(desk, found, share, ceilings) for share in found.shares]
    inside = [_plain(row) for row in shares] if form == "json" else [_line(row) for row in shares]
    said = (*notes, *_notes(desk, found, ceilings))
    is_apart = form == "table"
    row = (*_row(desk, found, table), [] if is_apart else inside)
    show(record(COLUMNS, row, *(() if is_apart else said), outcome=outcome or found.outcome), desk)
    if is_apart and shares:
        show(View(SHARES, shares, notes=[note for note in said if note]), desk)
    elif is_apart:
        show(View((), [], notes=[note for note in said if note]), desk)


def _row(desk: Desk, found: Whole, table: str) -> tuple[object, ...]:
    one, people = found.loss, found.people
    net = None if one.amount is None else one.amount - one.recovered
    proposed = sum(post_wage(desk, one, share) for share in found.shares)
    return (
        one.number,
        stated(desk)(one.state),
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
        one.remark,
    )


def _share(desk: Desk, found: Whole, share: LossShare, ceilings: Mapping[int, Ceiling]) -> tuple[object, ...]:
    most = ceilings.get(share.person_id or 0)
    proposed = post_wage(desk, found.loss, share) or None
    who = found.people.get(share.person_id or 0, "")
    return share.party, who, share.amount, proposed, share.clause, most.allowed if most else None, share.evidence


def _plain(row: tuple[object, ...]) -> dict[str, object]:
    """A share for programs: money as decimal strings, nothing translated."""
    return {
        column.key: plain_yuan(value) if column.kind == "money" and isinstance(value, int) else value
        for column, value in zip(SHARES, row, strict=True)
    }


def _line(row: tuple[object, ...]) -> str:
    party, who, amount, _proposed, clause, _most, _fault = row
    return "  ".join(filter(None, (str(party), str(who), plain_yuan(int(str(amount))), str(clause))))


def _ceilings(view: Reading, desk: Desk, found: Whole, asked: Mapping[int, Fen]) -> Iterator[tuple[int, Ceiling]]:
    """What the law lets be taken from each wage that was named."""
    for key, wage in asked.items():
        own = [share for share in found.shares if share.person_id == key]
        if own:
            yield key, ceiling(view, desk, found.loss, own, wage)


def _notes(desk: Desk, found: Whole, ceilings: Mapping[int, Ceiling]) -> Iterator[str]:
    one = found.loss
    yield from _next(found)
    if found.bad_debt:
        text = _("Same debt, two consequences: {bad_debt} lowers the sales figures as well (X-5, A-8.4).")
        yield text.format(bad_debt=found.bad_debt)
        if any(share.party == facts.TRANSFEROR for share in found.shares):
            yield _("It was listed before the signatures, so both are the transferor's (X-6, E-15b).")
    if one.is_finance_error and found.shares:
        choice, _basis = desk.policy.on(one.found_on, "E.losses").text("error_reading")
        read = words.of(desk.policy.readings["AMB-E-c"]["chosen"]) if choice == "replace" else ""
        text = _("How the supervisor's share is read: {choice} (AMB-E-c). {read}")
        yield text.format(choice=_(choice.replace("_", " ")), read=read).strip()
    net = (one.amount or 0) - one.recovered
    if found.left_now is not None and one.amount is not None and found.left_now < net and one.state != "dropped":
        text = _("Money has come in since it was valued: {left} yuan of the debt are still paid by nobody.")
        yield text.format(left=yuan(found.left_now))
    bearing = [share.person_id for share in found.shares if share.person_id and share.amount]
    for key in dict.fromkeys(key for key in bearing if bearing.count(key) > 1):
        text = _("{person} stands for two parties here; look at AMB-E-k before it is confirmed.")
        yield text.format(person=found.people[key])
    yield from _law(found, ceilings)


def _law(found: Whole, ceilings: Mapping[int, Ceiling]) -> Iterator[str]:
    """The limits of the law beside the shares: L-1, L-2, L-12."""
    if not any(share.person_id and (share.amount or "E-20a" in share.clause) for share in found.shares):
        return
    for key, most in ceilings.items():
        text = _(
            "{person}: the regulation asks {demanded} in the month, the law lets {allowed} be taken from that wage."
        )
        yield text.format(person=found.people[key], demanded=yuan(most.demanded), allowed=yuan(most.allowed))
        if not most.is_known:
            yield _("The minimum wage is not set, so only the share of the wage was asked (L-1, L-2).")
    if not ceilings:
        yield _("The law limits what may be taken from a month's wages (L-1, L-2): see it with --wage PERSON=YUAN.")
    silent = [share for share in found.shares if share.person_id and share.amount and not share.evidence]
    if silent and found.loss.state == "split":
        said = ", ".join(_(share.party.replace("_", " ")) for share in silent)
        text = _("No fault is shown of: {parties} (L-12). Say it with loss split {number} --fault PARTY=TEXT.")
        yield text.format(parties=said, number=found.loss.number)


def _next(found: Whole) -> Iterator[str]:
    """What comes next."""
    one = found.loss
    number = one.number
    if one.state == "reported":
        yield _("Next: salesctl loss value {number}").format(number=number)
    if one.state == "valued":
        yield _("Next: salesctl loss split {number}").format(number=number)
    if one.state == "split":
        unnamed = [s.party for s in found.shares if s.person_id is None and s.party != facts.COMPANY]
        for party in unnamed:
            text = _("Nobody is named as {party}: salesctl loss split {number} --bearer {slug}=PERSON")
            yield text.format(party=_(party.replace("_", " ")), number=number, slug=party)
        if one.valued_by_id and one.valued_by_id in {share.person_id for share in found.shares}:
            text = _("It was valued by {person}, who bears a share of it: whoever confirms it looks at the sum (K-12).")
            yield text.format(person=found.people[one.valued_by_id])
        if not unnamed:
            yield _("Next, by somebody who bears nothing of it: salesctl loss confirm {number}").format(number=number)
    if one.is_finance_error and not one.gravity and one.state != "dropped":
        yield _("All or half of the post wage is to be decided: salesctl loss gravity {number}").format(number=number)
    if one.is_finance_error and not one.criticised_in and one.state != "dropped":
        text = _("The public criticism is not recorded: salesctl loss criticise {number} --notice TEXT")
        yield text.format(number=number)
