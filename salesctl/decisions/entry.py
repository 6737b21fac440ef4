"""One entry of the journal, with its rows by their columns."""

from __future__ import annotations

from typing import Any

from salesctl.record import Record


class Entry(Record):
    """One entry of the journal, with its rows by their columns."""

    verb: str
    about: str
    rows: list[tuple[str, str, dict[str, Any]]]  # what, table, row
    decision: dict[str, Any]

    @property
    def is_refused(self) -> bool:
        """Whether the rule said no."""
        return bool(self.decision["answer"] == "refused")

    @property
    def steps(self) -> dict[str, Any]:
        """The values of its working by their names."""
        return {step["name"]: step["value"] for step in self.decision["steps"]}

    @property
    def notes(self) -> list[str]:
        """What its working ruled out, and why."""
        return [step["note"] for step in self.decision["steps"] if step.get("note")]

    def row(self, table: str) -> dict[str, Any]:
        """The last row it wrote in a table; empty where it wrote none."""
        return next((row for _what, named, row in reversed(self.rows) if named == table), {})
