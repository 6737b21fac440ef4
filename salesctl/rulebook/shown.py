"""Clauses, figures and readings as views."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from salesctl.console import words
from salesctl.console.view import Column, View, record
from salesctl.console.words import _
from salesctl.errors import N_, Unknown
from salesctl.policy.policy import LISTING, near, regulation
from salesctl.policy.stated import cited, stated
from salesctl.policy.timeline import holding
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from salesctl.policy.kinds import Version
    from salesctl.policy.pack import Pack
    from salesctl.policy.policy import Policy

WORDS = (
    *(N_("date"), N_("promulgation"), N_("issue"), N_("all signed"), N_("enrolment"), N_("split"), N_("schedule")),
    *(N_("day"), N_("workday"), N_("week"), N_("month"), N_("year"), N_("event"), N_("next workday"), N_("for")),
    *(N_("previous workday"), N_("saturday"), N_("sunday"), N_("last")),
    *(N_("obligation"), N_("permission"), N_("prohibition"), N_("gate"), N_("consequence"), N_("parameter")),
    *(N_("information"), N_("seed"), N_("company"), N_("tool-default")),
    *(N_("amount"), N_("rate"), N_("count"), N_("months"), N_("days"), N_("workdays"), N_("clock"), N_("bands")),
    *(N_("checklist"), N_("choice"), N_("grid")),
    *(N_("free test"), N_("price"), N_("terms"), N_("commission"), N_("commission payment"), N_("make good")),
    *(N_("mismatch"), N_("other")),
    *(N_("monday"), N_("tuesday"), N_("wednesday"), N_("thursday"), N_("friday")),
    *(N_("transferor"), N_("receiver"), N_("handover supervisor")),
)
SLUG = re.compile(r"[a-z]+(_[a-z]+)+|[a-z]+")
MOST = 120  # signs of a figure beside a clause; the figure itself shows all
LISTS = ("checklist", "grid")  # kinds whose lines stand each for itself

CLAUSES = (
    Column("clause", N_("clause"), "code"),
    Column("kind", N_("kind"), "word"),
    Column("first_day", N_("first day"), "code"),
    Column("text", N_("what it says")),
)
CLAUSE = (
    *CLAUSES,
    Column("honoured", N_("how it is kept")),
    Column("figures", N_("figures"), "lines"),
    Column("readings", N_("readings"), "lines"),
)
PACK = (
    Column("pack", N_("pack"), "code"),
    Column("name", N_("name")),
    Column("extends", N_("extends")),
    Column("starts", N_("binds from"), "word"),
    Column("digest", N_("digest")),
    Column("clauses", N_("clauses"), "count"),
    Column("readings", N_("readings"), "count"),
    Column("figures", N_("figures"), "count"),
    Column("unset", N_("to be set"), "lines"),
)
FIGURES = (
    Column("figure", N_("figure"), "code"),
    Column("kind", N_("kind"), "word"),
    Column("label", N_("meaning")),
    Column("value", N_("value")),
)
VERSIONS = (
    Column("from", N_("from")),
    Column("until", N_("until")),
    Column("is_in_force", N_("in force")),
    Column("value", N_("value")),
    Column("clause", N_("clause"), "code"),
    Column("reading", N_("reading"), "code"),
    Column("origin", N_("origin"), "word"),
)
READINGS = (
    Column("reading", N_("reading"), "code"),
    Column("clause", N_("clause"), "code"),
    Column("chosen", N_("chosen")),
)
READING = (
    *READINGS,
    Column("why", N_("why")),
    Column("alternatives", N_("other readings"), "lines"),
    Column("figures", N_("figures"), "lines"),
)


def found(policy: Policy, name: str, day: date) -> View:
    """The clause, figure, reading or pack of that name, or those of an article or a chapter.

    Raises:
        Unknown: nothing is called so; near names are given.
    """
    everything = {one.casefold(): one for one in (*policy.clauses, *policy.readings, *policy.keys)}
    exact = everything.get(name.casefold(), name)
    if packs := [one for one in policy.packs if one["code"].casefold() == name.casefold()]:
        return pack(policy, packs[0], day)
    for records, view in ((policy.clauses, clause), (policy.readings, reading), (policy.keys, figure)):
        if exact in records:
            return view(policy, exact, day)
    for names, listing in ((policy.clauses, clauses), (policy.readings, readings), (policy.keys, figures)):
        if within := [one for one in names if re.match(rf"{re.escape(name)}[.-]", one, re.IGNORECASE)]:
            return listing(policy, within, day)
    what, candidates = N_("clause, figure or reading"), near(name, everything.values())
    raise Unknown(what=what, value=shown(name), candidates=candidates, listing=LISTING)


def pack(policy: Policy, one: Pack, _day: date) -> View:
    """One pack: what it is, when it binds, and what it sets."""
    whole = next(other for other in policy.packs_of(regulation(one)) if other["code"] == one["code"])
    about = policy.texts_of(one["code"])
    unset = [key for key, entry in whole["entries"].items() if not entry["version"]]
    counts = (len(about["clauses"]), len(about["readings"]), len(whole["entries"]))
    row = (whole["code"], words.of(whole["name"]), whole["extends"], whole.get("starts", ""), whole["digest"][:12])
    return record(PACK, (*row, *counts, unset))


def clauses(policy: Policy, names: Iterable[str], _day: date) -> View:
    """Clauses, a line each."""
    return View(CLAUSES, [_clause(policy, name) for name in names])


def figures(policy: Policy, names: Iterable[str], day: date) -> View:
    """Figures with their value on a day, a line each."""
    rows = []
    for name in names:
        entry = policy.entry(name)
        rows.append((name, entry["kind"], words.of(entry["label"]), _value(policy, name, day)))
    return View(FIGURES, rows)


def readings(policy: Policy, names: Iterable[str], _day: date) -> View:
    """Readings, a line each."""
    return View(READINGS, [_reading(policy, name) for name in names])


def clause(policy: Policy, name: str, day: date) -> View:
    """One clause, with the figures and readings that rest on it."""
    resting = [f"{key} = {_short(_value(policy, key, day, name))}" for key in _resting(policy, "source", name)]
    read = [f"{one}: {words.of(r['chosen'])}" for one, r in policy.readings.items() if r["clause"] == name]
    row = (*_clause(policy, name), words.of(policy.clause(name)["honoured"]), resting, read)
    return record(CLAUSE, row)


def figure(policy: Policy, key: str, day: date) -> View:
    """One figure: every version with its days and what it rests on, a line for each rung of a ladder."""
    entry = policy.entry(key)
    current = holding(entry["version"], day.isoformat())
    rows = [
        (version.get("from"), version.get("until"), version is current, line, basis.source, basis.reading, basis.origin)
        for version in entry["version"]
        for line, basis in stated(key, entry["kind"], version, _word(entry["kind"], version), words.of)
    ]
    note = "" if rows else _("Each company sets this figure in its own pack: salesctl policy adopt FOLDER.")
    title = f"{key}  {words.of(entry['label'])} ({_(entry['kind'])})"
    return View(VERSIONS, rows, title, notes=[note] if note else [])


def reading(policy: Policy, name: str, _day: date) -> View:
    """One reading: what was chosen and why, and what else could be meant."""
    about = policy.reading(name)
    others = [words.of(texts) for texts in about["alternatives"]]
    return record(READING, (*_reading(policy, name), words.of(about["why"]), others, _resting(policy, "reading", name)))


def _clause(policy: Policy, name: str) -> tuple[Any, ...]:
    about = policy.clause(name)
    return (name, about["kind"], about.get("first_day"), words.of(about))


def _reading(policy: Policy, name: str) -> tuple[Any, ...]:
    about = policy.reading(name)
    return (name, about["clause"], words.of(about["chosen"]))


def _resting(policy: Policy, part: str, name: str) -> list[str]:
    """The keys of the figures that rest on a clause or a reading."""
    entries = ((key, policy.entry(key)) for key in policy.keys)
    return [
        key
        for key, entry in entries
        if entry.get(part) == name or any(name in cited(v, part) for v in entry["version"])
    ]


def _value(policy: Policy, key: str, day: date, clause: str = "") -> str:
    """What a figure says on a day; of a list those lines alone that rest on a clause, if any does."""
    entry = policy.entry(key)
    version = holding(entry["version"], day.isoformat())
    if version is None:
        return _("not in force on {day}").format(day=day) if entry["version"] else _("not set")
    lines = stated(key, entry["kind"], version, _word(entry["kind"], version), words.of)
    of_clause = [line for line, basis in lines if basis.source == clause and entry["kind"] in LISTS]
    return "; ".join(of_clause or [line for line, _basis in lines])


def _word(kind: str, version: Version) -> Callable[[str], str]:
    """How names are said in this run; a checklist of ordinary words, such as those of an entry, stays as it is."""
    is_names = kind != "checklist" or all(SLUG.fullmatch(str(item)) for item in version["items"])
    return spoken if is_names else str


def spoken(slug: str) -> str:
    """The name of a rung, a party or an option in the language of this run."""
    return _(slug.replace("_", " "))


def _short(text: str) -> str:
    return text if len(text) <= MOST else f"{text[:MOST]} …"
