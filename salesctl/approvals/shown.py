"""How requests are shown: one with its working and its trail, many as a list."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from salesctl.approvals.rungs import measured
from salesctl.console.show import form_of, show
from salesctl.console.values import plain
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.errors import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salesctl.approvals.working import Working
    from salesctl.desk import Desk

COLUMNS = (
    Column("number", N_("number")),
    Column("matter", N_("matter"), "word"),
    Column("contract", N_("contract")),
    Column("customer", N_("customer")),
    Column("line", N_("line"), "word"),
    Column("about", N_("about")),
    Column("amount", N_("amount"), "money"),
    Column("quantity", N_("quantity"), "count"),
    Column("price", N_("price"), "price"),
    Column("ground", N_("ground"), "word"),
    Column("purpose", N_("what for")),
    Column("evidence", N_("evidence")),
    Column("asked_on", N_("asked on"), "day"),
    Column("asked_by", N_("asked by")),
    Column("level", N_("decides"), "word"),
    Column("state", N_("state"), "word"),
    Column("round", N_("round"), "count"),
    Column("decided_by", N_("decided by")),
    Column("decided_on", N_("decided on"), "day"),
    Column("reason", N_("reason")),
)
WORDS = (
    *(N_("commission"), N_("commission payment"), N_("make good"), N_("free test"), N_("price"), N_("terms")),
    *(N_("mismatch"), N_("other"), N_("dissatisfied"), N_("company fault")),
    *(N_("ask"), N_("submit"), N_("endorse"), N_("grant"), N_("reject"), N_("return"), N_("withdraw")),
    *(N_("revise"), N_("expire"), N_("execute"), N_("attempt")),
)
BESIDES = ("line", "about", "ground", "purpose", "evidence", "round", "reason")  # shown of one request alone
LISTED = tuple(place for place, column in enumerate(COLUMNS) if column.key not in BESIDES)
INBOX = (
    Column("number", N_("number")),
    Column("matter", N_("matter"), "word"),
    Column("customer", N_("customer")),
    Column("amount", N_("amount"), "money"),
    Column("quantity", N_("quantity"), "count"),
    Column("price", N_("price"), "price"),
    Column("asked_by", N_("asked by")),
    Column("since", N_("waits since"), "day"),
    Column("what", N_("for which step"), "word"),
    Column("clause", N_("clause")),
    Column("command", N_("to type")),
)
STEPS = (
    Column("number", N_("number")),
    Column("round", N_("round"), "count"),
    Column("what", N_("step"), "word"),
    Column("by", N_("by")),
    Column("lent_by", N_("authority of")),
    Column("made_on", N_("day"), "day"),
    Column("made_at", N_("entered"), "moment"),
    Column("reason", N_("reason")),
)


def one(desk: Desk, found: Working, *notes: str) -> None:
    """A request with its whole working, and what comes next."""
    show(record(COLUMNS, row(found), found.way_on, *notes, outcome=found.outcome), desk)


def whole(desk: Desk, found: Working, steps: list[tuple[Any, ...]]) -> None:
    """A request with its working and every step it has taken: below it, or as lines where a program reads it."""
    if form_of(desk.form, desk.output) == "table":
        one(desk, found)
        told = _("The working of every decision as it was made: salesctl why {number}")
        show(View(STEPS, steps, notes=[told.format(number=found.request.number)]), desk)
        return
    cells = [[plain(*cell, desk.zone) for cell in zip(STEPS, step, strict=True)][1:] for step in steps]
    lines = [" ".join(str(part) for part in step if part not in ("", None)) for step in cells]
    columns = (*COLUMNS, Column("trail", N_("trail"), "lines"))
    show(record(columns, (*row(found), lines), found.way_on, outcome=found.outcome), desk)


def inbox(desk: Desk, found: Iterator[Sequence[object]]) -> None:
    """What waits for somebody, a line each; they are shown as they come, however many."""
    first = next(found, None)
    rows = () if first is None else chain((first,), found)
    show(View(INBOX, rows, notes=[_("Nothing waits for you.")] if first is None else []), desk)


def cut(found: list[Working]) -> list[Sequence[object]]:
    """Requests as the rows of a list."""
    return [[row(one)[place] for place in LISTED] for one in found]


def rows(desk: Desk, found: Iterable[Sequence[object]], *notes: str) -> None:
    """The rows of a list."""
    show(View([COLUMNS[place] for place in LISTED], found, notes=notes), desk)


def row(found: Working) -> tuple[object, ...]:
    """A request as a row; money and quantities are different columns."""
    request, names = found.request, found.names
    return (
        request.number,
        request.matter,
        names.contract or None,
        names.customer,
        request.line,
        request.about,
        *measured(request.matter, request.amount, request.base),
        request.purpose if request.matter == "make_good" else "",
        "" if request.matter == "make_good" else request.purpose,
        request.evidence,
        request.asked_on,
        names.asked_by,
        request.level if request.decided_on else found.outcome.value,
        request.state,
        request.round,
        names.decided_by,
        request.decided_on,
        request.reason,
    )
