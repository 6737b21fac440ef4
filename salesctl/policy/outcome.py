"""An answer with its working: what was asked, what was compared, which clauses it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any


class Basis(Record):
    """What a step rests on: a pack entry's key, the clause it comes from, the reading chosen, its origin."""

    key: str  # empty where a clause rests on no figure
    source: str
    reading: str = ""
    origin: str = "seed"


class Step(Record):
    """One line of a working: a named value, its unit, and what it rests on."""

    name: str  # English, from the catalogue
    value: object
    unit: str = "text"  # fen, price, rate, count, grade, word, day, time, months, text
    rests_on: tuple[Basis, ...] = ()
    note: str = ""  # what was ruled out, and why; English, from the catalogue

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Step:
        """A step as the journal keeps it, read again."""
        rests_on = tuple(Basis(*basis) for basis in facts.get("rests_on", ()))
        return cls(facts["name"], facts["value"], facts["unit"], rests_on, facts.get("note", ""))

    def facts(self) -> dict[str, object]:
        """The step as the journal keeps it."""
        kept: dict[str, object] = {"name": self.name, "value": plain(self.value), "unit": self.unit}
        if self.rests_on:
            kept["rests_on"] = [list(basis) for basis in self.rests_on]
        if self.note:
            kept["note"] = self.note
        return kept


class Outcome:
    """What a rule answers. `outcome.value` is the answer, `outcome.steps` how it came about."""

    __slots__ = ("steps", "unit", "value")

    def __init__(self, value: object, *, unit: str = "text", steps: Sequence[Step] = ()) -> None:
        self.value, self.unit, self.steps = value, unit, tuple(steps)

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Outcome:
        """An outcome as the journal keeps it, read again."""
        return cls(facts["answer"], unit=facts["unit"], steps=[Step.of(step) for step in facts["steps"]])

    def step(self, name: str, value: object, unit: str = "text", *rests_on: Basis, note: str = "") -> Outcome:
        """The same answer with one more line of working."""
        return Outcome(self.value, unit=self.unit, steps=(*self.steps, Step(name, value, unit, rests_on, note)))

    def bases(self) -> Iterator[Basis]:
        """All that the working rests on, in order, each once."""
        seen: set[Basis] = set()
        for step in self.steps:
            for basis in step.rests_on:
                if basis not in seen:
                    seen.add(basis)
                    yield basis

    @property
    def day(self) -> date:
        """The day it answers."""
        from datetime import date

        return date.fromisoformat(str(self.value))

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses the working cites, in order."""
        return tuple(dict.fromkeys(basis.source for basis in self.bases()))

    def facts(self) -> dict[str, object]:
        """The outcome as the journal keeps it."""
        return {"answer": plain(self.value), "unit": self.unit, "steps": [step.facts() for step in self.steps]}


def plain(value: object) -> object:
    """A value as JSON: dates and times as ISO text, tuples as lists, nothing inexact."""
    if isinstance(value, float):
        raise TypeError("a float is never evidence")
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
