"""What must be there before the next step, and what is missing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.kinds import basis_of
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from salesctl.policy.kinds import Version

TEXTS = ("en", "zh_CN")
OUT_OF_ORDER = N_("out of its order")
WANTING = N_("not there")
OPEN = N_("not there; it stays an open question and closes nothing")


class Item(Record):
    """One line of a checklist: its name, its text where the pack gives one, and what it rests on."""

    name: str
    text: dict[str, str]
    is_hard: bool  # the next step stays closed without it; a soft one stays an open question
    basis: Basis


class Checklist(Record):
    """The lines of a checklist; where they are `ordered`, one done before an earlier one does not count."""

    key: str
    items: tuple[Item, ...]
    is_ordered: bool

    def missing(self, done: Collection[str]) -> Outcome:
        """What is still missing.

        Args:
            done: the names of what is done, in the order it was done.

        Returns:
            The names of the hard items that are missing, in the order of the list; soft ones are steps only.

        Raises:
            Unknown: something was done that is not on the list.
        """
        self._expect_known(done)
        counted = list(self._counted(done))
        steps = tuple(self._step(item, counted, done) for item in self.items)
        wanting = [item.name for item in self.items if item.is_hard and item.name not in counted]
        return Outcome(wanting, unit="word", steps=steps)

    def _counted(self, done: Iterable[str]) -> Iterable[str]:
        """What counts as done: all of it, or in an ordered list what came after everything before it."""
        order = [item.name for item in self.items]
        reached = 0
        for name in done:
            if not self.is_ordered:
                yield name
            elif order.index(name) == reached:
                reached += 1
                yield name

    def _step(self, item: Item, counted: list[str], done: Collection[str]) -> Step:
        note = ""
        if item.name not in counted:
            late = OUT_OF_ORDER if item.name in done else WANTING
            note = late if item.is_hard else OPEN
        name = item.text.get("en") or item.name.replace("_", " ")
        return Step(name, item.name in counted, "word", (item.basis,), note)

    def _expect_known(self, done: Iterable[str]) -> None:
        names = [item.name for item in self.items]
        for name in done:
            if name not in names:
                listing = f"salesctl policy show {self.key}"
                raise Unknown(what=N_("item"), value=shown(name), candidates=", ".join(names), listing=listing)


def checklist_of(key: str, version: Version) -> Checklist:
    """The checklist that a version of that kind states."""
    lines = ({"name": item} if isinstance(item, str) else item for item in version["items"])
    items = (
        Item(
            line["name"],
            {language: line[language] for language in TEXTS if language in line},
            line.get("need", "hard") == "hard",
            basis_of(key, version, line),
        )
        for line in lines
    )
    return Checklist(key, tuple(items), bool(version.get("ordered")))
