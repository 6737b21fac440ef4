"""A figure that was taken apart, as it is shown: what it is, what it is added up from, what its clauses say."""

from collections.abc import Iterable, Iterator, Sequence

import typer

from salesctl.console import words
from salesctl.console.show import form_of, show
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.decisions.figures import Explained, Row
from salesctl.desk import Desk
from salesctl.errors import N_, UNSOUND
from salesctl.policy.outcome import Basis
from salesctl.policy.policy import Policy
from salesctl.policy.units import yuan

KINDS = {"fen": "money", "count": "count", "bar": "bar"}
SAID = (Column("clause", N_("clause")), Column("says", N_("what it says")))
PARTS = (
    Column("entry", N_("entry")),
    Column("recorded_at", N_("recorded"), "moment"),
    Column("by", N_("by")),
    Column("day", N_("day"), "day"),
    Column("what", N_("what"), "word"),
    Column("about", N_("about"), "code"),
    Column("of", N_("counts for"), "code"),
    Column("due_on", N_("due on"), "day"),
    Column("clause", N_("clause"), "code"),
    Column("reckoned", N_("reckoned"), "code"),
    Column("amount", N_("amount"), "money"),
    Column("row", N_("row"), "code"),
)
ALWAYS = ("entry", "what", "amount")  # every other column is shown to people where anything stands in it


def show_figure(desk: Desk, found: Explained) -> None:
    """Show a figure with its parts; exit 5 where they do not come to it."""
    figure = found.figure
    kind = KINDS[figure.unit]
    packs = _packs(desk.policy, figure.chapter)
    clauses = [*dict.fromkeys(row.part.clause for row in found.rows if row.part.clause)]
    columns = (
        Column("figure", N_("figure of a report"), "code"),
        Column("of", N_("of"), "code"),
        Column("as_of", N_("as of"), "day"),
        Column("amount", N_("amount"), kind),
        Column("added", N_("its parts come to"), kind),
        Column("adds_up", N_("adds up")),
        Column("packs", N_("packs"), "lines"),
        Column("clauses", N_("clauses"), "lines"),
    )
    said = (f"{found.report} {figure.name}", figure.of, figure.on, figure.value, found.added, found.adds_up)
    shown = record(columns, (*said, packs, clauses), *_notes(found), outcome=figure.outcome)
    show(shown.but(parts=_parts(desk, found, kind)), desk)
    bases = [Basis("", clause) for clause in clauses] + list(figure.outcome.bases() if figure.outcome else ())
    if form_of(desk.form, desk.output) == "table" and (told := clauses_said(desk.policy, bases)):
        show(View(SAID, told), desk)
    if not found.adds_up:
        raise typer.Exit(UNSOUND)


def clauses_said(policy: Policy, bases: Iterable[Basis]) -> list[tuple[str, str]]:
    """What every clause and reading says, once, in the language of this run."""
    known = list(bases)
    clauses = dict.fromkeys(basis.source for basis in known if basis.source in policy.clauses)
    readings = dict.fromkeys(basis.reading for basis in known if basis.reading in policy.readings)
    return [
        *((clause, words.of(policy.clauses[clause])) for clause in clauses),
        *((reading, words.of(policy.readings[reading]["chosen"])) for reading in readings),
    ]


def _parts(desk: Desk, found: Explained, kind: str) -> View:
    """The parts as a list; people see no column that is empty all the way down."""
    columns = [column.but(kind=kind) if column.key == "amount" else column for column in PARTS]
    rows = [_row(row) for row in found.rows]
    if form_of(desk.form, desk.output) in ("table", "xlsx"):
        full = {place for place, column in enumerate(columns) if column.key in ALWAYS or any(r[place] for r in rows)}
        full -= {len(PARTS) - 1}  # for programs, which count that none is missing
        columns = [column for place, column in enumerate(columns) if place in full]
        rows = [tuple(value for place, value in enumerate(row) if place in full) for row in rows]
    total = [found.added if column.key == "amount" else "" for column in columns]
    return View(columns, rows, total=[_("total"), *total[1:]] if rows else None)


def _row(row: Row) -> tuple[object, ...]:
    part, source = row.part, row.source
    entry = (source.receipt, source.recorded_at, source.by) if source else ("", None, "")
    counts_for = part.of if part.of != part.about else ""
    named = (part.day, part.what, part.about, counts_for, part.due, part.clause, part.reckoned)
    return (*entry, *named, part.amount, part.row.replace(" ", ":"))


def _packs(policy: Policy, chapter: str) -> Sequence[str]:
    """The packs that state what the report rests on: regulation and digest."""
    return [f"{pack['code']} {pack['digest'][:12]}" for pack in policy.stating(chapter)] if chapter else []


def _notes(found: Explained) -> Iterator[str]:
    money = yuan if found.figure.unit == "fen" else str
    if not found.adds_up:
        text = _("The report says {said}, and its parts come to {added}: report this, with the command you typed.")
        yield text.format(said=money(found.figure.value or 0), added=money(found.added))
    if found.later:
        text = _("{count} rows of these days were entered after {number} was made, and are no part of it.")
        yield text.format(count=found.later, number=found.figure.of)
    if not found.rows:
        yield _("Nothing in the ledger counts towards it.")
