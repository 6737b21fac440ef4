"""Who leads a person's department, as the reporting line stands on a day (E-4f, E-7, E-17b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.people.actions import line_of
from salesctl.people.standings import standing

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.people.rows import Person


def department_managers(view: Reading, person_id: int, on: date) -> list[Person]:
    """A person's department manager on a day, then whoever stands above: who acts where it is the manager's own case.

    The manager is the highest of the reporting line who is of the person's department; where nobody in the line is of
    it, or the person belongs to none, their direct superior. Empty where they have no superior who is here.
    """
    department, line = standing(view, person_id, "department", on), line_of(view, person_id, on)
    of_it = [place for place, one in enumerate(line) if _is_of(view, one, department, on)]
    return line[of_it[-1] if of_it else 0 :]


def _is_of(view: Reading, one: Person, department: str, on: date) -> bool:
    return bool(department) and standing(view, one.key, "department", on) == department
