"""Whether the form of a new customer is complete (E-7); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.outcome import Outcome
    from salesctl.policy.policy import Policy


def incomplete(filled: list[str], *, on: date, policy: Policy) -> Outcome:
    """What the form of a new customer does not say yet (E-7).

    Args:
        filled: the names of the fields that say something.
        on: the day asked about.
        policy: the packs; `E.duties.customer_data`.

    Returns:
        The fields that are wanted and empty, in the order of the form; those that may stay empty are steps only.

    Raises:
        Unknown: the form has no such field.
    """
    return policy.on(on, "E.duties").checklist("customer_data").missing(filled)
