"""How each clause is kept: by which figures, rules, cases and commands, and what is not kept yet."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.policy.stated import cited
from salesctl.record import Record
from salesctl.rulebook.asking import rules
from salesctl.rulebook.cases import cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salesctl.policy.policy import Policy

CLAUSE = r"(?<![A-Z]-)\b[A-Z]-\d+(?:\.\d+)?[a-z]?"  # not the end of an example's name, such as EX-E-6
CITED = re.compile(rf"({CLAUSE})(?: to ({CLAUSE}))?")
COMMAND = re.compile(r"`([a-z][^`]*)`")
ASKED_BY = {"checklist": "rulebook.missing", "schedule": "agenda.due_moments"}  # kinds that a general rule reads
SILENT = "No behaviour"  # how the text of a clause that asks nothing of the program begins
COVERED, NO_BEHAVIOUR, UNCOVERED = N_("covered"), N_("no behaviour"), N_("open")


class Line(Record):
    """One clause and what keeps it."""

    clause: str
    kind: str
    state: str  # covered, no_behaviour, open
    figures: list[str]
    rules: list[str]
    cases: int
    commands: list[str]

    def is_of(self, name: str) -> bool:
        """Whether the clause belongs to a regulation `A`, an article `A-6` or a clause `A-6.5`; every one to ``."""
        wanted = name.upper() if len(name) == 1 else name[:1].upper() + name[1:]
        return not name or self.clause.partition("-")[0] == wanted or _is_within(self.clause, wanted)


def lines(policy: Policy) -> list[Line]:
    """Every clause of every regulation, in order."""
    clauses = policy.clauses
    resting, kinds = _figures(policy)
    keeping = _rules(list(clauses))
    worked = _cases(clauses)
    found = []
    for clause, about in clauses.items():
        figures = resting.get(clause, [])
        general = [ASKED_BY[kinds[key]] for key in figures if kinds[key] in ASKED_BY]
        kept_by = list(dict.fromkeys([*keeping.get(clause, ()), *general]))
        commands = COMMAND.findall(about["honoured"]["en"])
        is_kept = bool(figures or kept_by or about.get("first_day"))  # of an article's last clause, the day is all
        state = _state(about, is_kept, worked[clause])
        found.append(Line(clause, about["kind"], state, figures, kept_by, worked[clause], commands))
    return found


def _state(about: dict[str, Any], is_kept: bool, count: int) -> str:  # noqa: FBT001 - a fact, not a switch
    if about["honoured"]["en"].startswith(SILENT):
        return "no_behaviour"
    return "covered" if is_kept and count else "open"


def _figures(policy: Policy) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The figures that rest on each clause, and the kind of each figure."""
    resting: dict[str, list[str]] = {}
    kinds = {}
    for key in policy.keys:
        entry = policy.entry(key)
        kinds[key] = entry["kind"]
        sources = {entry.get("source", ""), *(one for version in entry["version"] for one in cited(version, "source"))}
        for clause in sorted(filter(None, sources)):
            resting.setdefault(clause, []).append(key)
    return resting, kinds


def _rules(order: list[str]) -> dict[str, list[str]]:
    """The rules that say in their docstring that they keep a clause."""
    keeping: dict[str, list[str]] = {}
    for name, rule in rules().items():
        for clause in dict.fromkeys(meant(inspect.getdoc(rule) or "", order)):
            keeping.setdefault(clause, []).append(name)
    return keeping


def _cases(clauses: Iterable[str]) -> dict[str, int]:
    """How many worked examples name each clause."""
    order, counts = list(clauses), dict.fromkeys(clauses, 0)
    for case in cases():
        for clause in {*meant(case.says, order), *meant(str(case.expect.get("clause", "")), order)}:
            counts[clause] += 1
    return counts


def meant(text: str, order: list[str]) -> Iterator[str]:
    """The clauses a text names: one by one, as a range, or a whole article with all its clauses."""
    for first, last in CITED.findall(text):
        begins = [place for place, clause in enumerate(order) if _is_within(clause, first)]
        ends = [place for place, clause in enumerate(order) if _is_within(clause, last or first)]
        if begins and ends:
            yield from order[begins[0] : ends[-1] + 1] if last else (order[place] for place in begins)


def _is_within(clause: str, named: str) -> bool:
    """Whether a clause is the one named, or a part of it: `A-6.5b` is within `A-6.5` and within `A-6`."""
    rest = clause.removeprefix(named)
    return clause.startswith(named) and not rest[:1].isdigit()
