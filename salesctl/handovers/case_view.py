"""A handover as it is shown: the record, its checklist, what is missing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from salesctl.console.show import form_of, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.errors import N_
from salesctl.handovers.gaps import ADVICE, KINDS
from salesctl.handovers.items import Item
from salesctl.ledger.row import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.desk import Desk
    from salesctl.handovers.actions import Whole
    from salesctl.handovers.gaps import Gap
    from salesctl.handovers.rows import Handover
    from salesctl.policy.outcome import Outcome

WORDS = (
    N_("open"),
    N_("complete"),
    N_("cancelled"),
    N_("transferor"),
    N_("receiver"),
    N_("handover supervisor"),
)
STATES = (("open", N_("under way")),)  # a handover is no debt
COLUMNS = (
    Column("number", N_("number")),
    Column("state", N_("state"), "word", STATES),
    Column("transferor", N_("transferor")),
    Column("receiver", N_("receiver")),
    Column("supervisor", N_("handover supervisor")),
    Column("deviation", N_("deviation from E-4d")),  # the reading it rests on
    Column("started_on", N_("started on"), "day"),
    Column("leaving_on", N_("last day"), "day"),
    Column("planned_on", N_("planned completion"), "day"),
    Column("signed_on", N_("last signature"), "day"),
    Column("ended_on", N_("over since"), "day"),
)
ROLES = Column("roles", N_("takes part"), "lines")
ITEMS = (
    Column("category", N_("category"), "word"),
    Column("kind", N_("what"), "word"),
    Column("about", N_("number")),
    Column("customer", N_("customer")),
    Column("amount", N_("amount"), "money"),
    Column("dated", N_("day"), "day"),
    Column("said", N_("note")),
    Column("waits_for", N_("waits for"), "words"),
)
GAPS = (
    Column("step", N_("step")),
    Column("about", N_("about")),
    Column("says", N_("what is missing")),
    Column("who", N_("who must act")),
    Column("clause", N_("clause")),
    Column("state", N_("state"), "word"),
    Column("do", N_("what to do")),
)


def row_of(one: Handover, *parties: str) -> tuple[Any, ...]:
    """One handover in a list."""
    deviation = "AMB-E-d" if one.is_deviation else ""
    return (one.number, one.state, *parties, deviation, one.started_on, one.leaving_on, *_days(one))


def _days(one: Handover) -> tuple[Any, ...]:
    return (one.planned_on, one.signed_on, one.ended_on)


def show_case(desk: Desk, whole: Whole, outcome: Outcome | None = None, notes: Sequence[str] = ()) -> None:
    """The record and its checklist: one object for JSON, the checklist alone for a file, both for people."""
    form = form_of(desk.form, desk.output)
    if form == "json":
        show(_record(whole, _facts(whole), outcome).but(notes=notes), desk)
        return
    if form == "table" and not desk.output:
        show(_record(whole, _told(whole), outcome), desk)
    views = (
        _by_category(whole)
        if form == "table" and not desk.output and sys.stdout.isatty()
        else [_checklist(whole, form)]
    )
    for view in views[:-1]:
        show(view, desk)
    show(views[-1].but(notes=notes), desk)


def _record(whole: Whole, more: dict[Column, Any], outcome: Outcome | None) -> View:
    row = row_of(whole.handover, whole.transferor, whole.receiver, whole.supervisor)
    return record((*COLUMNS, *more), (*row, *more.values()), outcome=outcome)


def _counts(whole: Whole) -> dict[Column, Any]:
    counts: dict[str, int] = {}
    for category, kind, *_rest in whole.items:
        counts[category] = counts.get(category, 0) + (kind != "none")
    return {Column(name, name.replace("_", " "), "count"): count for name, count in counts.items()}


def _told(whole: Whole) -> dict[Column, Any]:
    """For people: each role with the clauses that want it."""
    roles = [f"{_(role.role.replace('_', ' '))} ({role.clauses})" for role in whole.roles]
    return {ROLES: roles, **_counts(whole)}


def _facts(whole: Whole) -> dict[Column, Any]:
    """For programs: the roles and the items as they are."""
    keys = [column.key for column in ITEMS]
    items = [dict(zip(keys, (*item[:-1], whole.signers), strict=True)) for item in whole.items]
    roles = [{"role": role.role, "clauses": role.clauses.split(", ")} for role in whole.roles]
    return {ROLES: roles, **_counts(whole), Column("items", N_("checklist")): items}


def _checklist(whole: Whole, form: str) -> View:
    """All lines in one table: as text, or in a workbook as what they are."""
    if form == "xlsx":
        told = (Item(*item) for item in whole.items)
        rows = ((*one[:4], one.fen, typed("date", one.dated), one.said, whole.signers) for one in told)
        return View(ITEMS, rows)
    return View([column.but(kind="text") for column in ITEMS], whole.items)


def _by_category(whole: Whole) -> list[View]:
    """For a terminal: one table for each category, without the columns it does not need."""
    waits = _(", ").join(_(signer.replace("_", " ")) for signer in whole.signers)
    views, is_signed = [], whole.handover.signed_on is not None
    for category in dict.fromkeys(item[0] for item in whole.items):
        rows = [_said(Item(*item), is_signed=is_signed) for item in whole.items if item[0] == category]
        used = [place for place in range(len(ITEMS) - 2) if any(row[place] not in ("", None) for row in rows)]
        title = _(category.replace("_", " "))
        if waits:
            title = _("{category}: waits for {signers}").format(category=title, signers=waits)
        views.append(
            View([ITEMS[1:][place] for place in used], [[row[place] for place in used] for row in rows], f"\n{title}")
        )
    return views


def _said(item: Item, *, is_signed: bool) -> tuple[Any, ...]:
    """The line from its kind on."""
    said = "" if item.said == item.customer else item.said
    if item.kind == "none":
        said = _('nothing is recorded: a list or a signed "none" is needed (E-5)')
        said = _('nothing is recorded, and "none" was signed (E-5)') if is_signed else said
    return (item.kind, item.about, item.customer, item.fen, item.dated, said)


def show_gaps(desk: Desk, number: str, gaps: Sequence[Gap], over: str = "") -> None:
    """Every gap with who must act and what they do; for people without the command of each."""
    rows = [
        (one.step, one.about, one.said(_), _(one.who), one.clause, one.state, ADVICE[one.step].format(number=number))
        for one in gaps
    ]
    blocking = sum(one.is_blocking for one in gaps)
    told = _("{count} things are missing; the handover cannot be complete (E-4g).").format(count=blocking)
    done = _("nothing is missing: salesctl handover complete {number}").format(number=number)
    is_table = form_of(desk.form, desk.output) == "table" and not desk.output and sys.stdout.isatty()
    said = [(_(KINDS[row[0]]), _(row[1].replace("_", " ")), *row[2:-1]) for row in rows] if is_table else rows
    show(View(GAPS[:-1] if is_table else GAPS, said, notes=[over or (told if blocking else done)]), desk)
