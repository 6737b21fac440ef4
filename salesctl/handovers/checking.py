"""The receiver checks whether what passes on is complete and true, item by item (E-4b, E-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.choices import ALL, meant
from salesctl.errors import N_, WRONG, SalesctlError, Unknown
from salesctl.handovers.actions import categories
from salesctl.handovers.cases import NotTheirs, acting, named, refuse
from salesctl.handovers.items import FILLED
from salesctl.handovers.rows import HandoverCheck
from salesctl.handovers.running import running
from salesctl.ledger.row import stored
from salesctl.policy.units import nfkc, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading, Transaction

LISTING = "salesctl handover show {number}"
ITEMS = (
    "SELECT i.id, k.id, k.is_complete, k.is_true, k.remark FROM handover_item i "
    f"LEFT JOIN handover_check k ON k.item_id = i.id WHERE i.handover_id = :handover AND {FILLED} "
    "AND (:what = 'all' OR i.category = :what OR (i.about <> '' AND upper(i.about) = :about)) ORDER BY i.id"
)


class NoRemark(SalesctlError):
    """A finding that does not say what was found."""

    code, status = "handover.no-remark", WRONG
    says = N_("What is missing, or what is not so? Nobody can put right what is not said (E-12).")
    hint = N_("Say it: --why TEXT")


class Found(Record):
    """What the receiver found of one item or of many."""

    is_complete: bool
    is_true: bool
    remark: str = ""


class Checked(Record):
    """How far the receiver has come with one category."""

    category: str
    items: int
    checked: int
    doubtful: int  # found incomplete or untrue


def check(desk: Desk, number: str, what: str, found: Found) -> tuple[Handover, int, int]:
    """Record what the receiver found of an item, a category or all items.

    Returns:
        How many items it is about, and of how many of them a doubt is gone by it.

    Raises:
        Unknown: the checklist has no such item.
        NotTheirs: only the receiver checks; recorded.
    """
    with desk.ledger.transaction("handover.check", desk) as tx:
        begun = running(tx, desk, number)
        who, _typist = acting(tx, desk)
        rows = _items(tx, desk, begun, what)
        why = "" if who.key == begun.receiver_id else N_("the receiver checks")
        if why:
            refuse(tx, begun, why, "E-4b")
        else:
            _keep(tx, desk, rows, found)
        receiver = named(tx, begun.receiver_id)
    if why:
        raise NotTheirs(person=who.name, number=begun.number, why=why, clause="E-4b", who=receiver)
    doubted = sum(key is not None and not (whole and true) for _item, key, whole, true, _said in rows)
    return begun, len(rows), doubted if found.is_complete and found.is_true else 0


def progress(view: Reading, begun: Handover) -> dict[str, Checked]:
    """How far the receiver has come, category by category."""
    rows = view.select(
        "SELECT i.category, count(*), count(k.id), "
        "sum(CASE WHEN k.is_complete = 0 OR k.is_true = 0 THEN 1 ELSE 0 END) FROM handover_item i "
        f"LEFT JOIN handover_check k ON k.item_id = i.id WHERE i.handover_id = :handover AND {FILLED} "
        "GROUP BY i.category",
        handover=begun.key,
    )
    return {name: Checked(name, items, checked, doubtful or 0) for name, items, checked, doubtful in rows}


def doubts(view: Reading, begun: Handover) -> list[tuple[str, str, str, bool, bool, str]]:
    """What the receiver found incomplete or untrue: category, kind, number, complete, true, remark."""
    rows = view.select(
        "SELECT i.category, i.kind, i.about, k.is_complete, k.is_true, k.remark FROM handover_check k "
        f"JOIN handover_item i ON i.id = k.item_id WHERE i.handover_id = :handover AND {FILLED} "
        "AND (k.is_complete = 0 OR k.is_true = 0) ORDER BY i.id",
        handover=begun.key,
    )
    return [(category, kind, about, bool(whole), bool(true), said) for category, kind, about, whole, true, said in rows]


def _items(
    tx: Transaction, desk: Desk, begun: Handover, text: str
) -> list[tuple[int, int | None, int | None, int | None, str | None]]:
    plain = nfkc(text).strip()
    names = (ALL, *categories(desk, begun))
    word = meant(plain, names, {"全部": ALL})
    what = word if word in names else ""
    rows = tx.select(ITEMS, handover=begun.key, what=what, about=plain.upper())
    if not rows:
        listing = LISTING.format(number=begun.number)
        raise Unknown(what=N_("item"), value=shown(text), candidates=names, listing=listing)
    return rows


def _keep(
    tx: Transaction,
    desk: Desk,
    rows: list[tuple[int, int | None, int | None, int | None, str | None]],
    found: Found,
) -> None:
    """Write what was found; what was found so before needs no second word."""
    said = (int(found.is_complete), int(found.is_true), found.remark)
    when = (stored(desk.today), stored(tx.now), desk.somebody.id)
    tx.add_many(HandoverCheck, ((item, *said, *when) for item, key, *_before in rows if key is None))
    columns = ("is_complete", "is_true", "remark", "checked_on", "checked_at", "checked_by_id")
    changed = [(key, *said, *when) for _item, key, *before in rows if key is not None and tuple(before) != said]
    if changed:
        tx.amend_many(HandoverCheck, columns, changed)
