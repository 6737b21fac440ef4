"""How a portfolio would be split, as it is typed and shown."""

from collections.abc import Sequence

from salesctl.console.show import show
from salesctl.console.view import Column, View
from salesctl.console.words import _
from salesctl.desk import Desk
from salesctl.errors import N_, Invalid
from salesctl.handovers import splitting
from salesctl.policy.units import shown as printable
from salesctl.policy.units import yuan

MOST = 5  # customers named in a message
STARTED = N_(
    "Nothing was written. Each part is started with: "
    "salesctl handover start --from {person} --to PERSON --customers LIST"
)
SPLIT = (
    Column("receiver", N_("receiver")),
    Column("code", N_("code")),
    Column("customer", N_("customer")),
    Column("channel", N_("channel"), "word"),
    Column("receivables", N_("open receivables"), "count"),
    Column("open", N_("open"), "money"),
    Column("supervisor", N_("handover supervisor")),
)


def part(text: str) -> tuple[str, Sequence[str]]:
    """A receiver and the customers they would get, as typed: `陈涛=云帆,远大`."""
    who, _sign, names = text.replace("＝", "=").partition("=")
    listed = tuple(filter(None, (name.strip() for name in names.replace("，", ",").replace("、", ",").split(","))))
    if not who.strip() or not listed:
        what = N_("a receiver with customers")
        raise Invalid(value=printable(text), what=what, example="--split chen=云帆,远大 --split zhao=rest")
    return who.strip(), listed


def preview(desk: Desk, transferor: str, wishes: list[tuple[str, Sequence[str]]]) -> None:
    """Show who would get which customers, who supervises and who takes part."""
    with desk.ledger.reading() as view:
        shared = splitting.split(view, desk, transferor, wishes)
    rows, notes, leaver = [], [], shared.transferor
    for part in shared.parts:
        for one in part.customers:
            count, owing = part.open.get(one.key, (0, 0))
            rows.append((part.receiver, one.code, one.name, one.channel, count, owing, part.supervisor))
        told = _("{receiver}: {count} customers, {amount} open; takes part: {roles}.")
        roles = _(", ").join(_(role.replace("_", " ")) for role in part.roles) or "-"
        notes.append(
            told.format(receiver=part.receiver, count=len(part.customers), amount=yuan(part.amount), roles=roles)
        )
        if part.is_deviation:
            deviates = _(
                "{supervisor} is not the direct superior of both, but the lowest superior both have (E-4d, AMB-E-d)."
            )
            notes.append(deviates.format(supervisor=part.supervisor))
    if shared.left:
        left = ", ".join(one.name for one in shared.left[:MOST]) + (" …" if len(shared.left) > MOST else "")
        notes.append(_("Nobody gets {count}: {customers}.").format(count=len(shared.left), customers=left))
    notes.append(_(STARTED).format(person=leaver.code))
    show(View(SPLIT, rows, notes=notes), desk)
