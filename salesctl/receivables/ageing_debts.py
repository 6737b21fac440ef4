"""The debts behind a line of the ageing report, each with its clause and the day it moves to the next column."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salesctl.receivables import as_of
from salesctl.receivables.ageing_groups import DEPARTMENT, MANAGER, SERVED
from salesctl.receivables.ageing_rules import age
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.ledger.book import Reading
    from salesctl.ledger.kept import Kept
    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen
    from salesctl.receivables.ageing_groups import Only
    from salesctl.receivables.ageing_rules import Age


class Debt(Record):
    """One debt that was open at the end of a day, as it stood then."""

    number: str
    customer: str
    contract: str | None
    manager: str
    department: str
    channel: str
    issued_on: str
    due_on: str
    amount: Fen
    open: Fen
    is_contested: int


def debts(view: Reading, on: date, only: Only | None = None) -> Kept:
    """The debts of one line, or all, oldest due first: rows of `Debt`."""
    return view.kept(
        f"SELECT r.number, c.name, k.number, {MANAGER}, {DEPARTMENT}, c.channel, r.issued_on, r.due_on, r.amount, "
        "r.open, EXISTS (SELECT 1 FROM dispute q WHERE q.receivable_id = r.id AND q.from_on <= :on "
        f"AND (q.until_on IS NULL OR q.until_on > :on)) FROM ({as_of.debts(view, on)}) r "
        f"JOIN customer c ON c.id = r.customer_id LEFT JOIN contract k ON k.id = r.contract_id {SERVED} "
        f"WHERE {only.where if only else ':of IS NULL'} ORDER BY r.due_on, r.id",
        on=on,
        of=only.value if only else None,
    )


class Ages:
    """The ages of debts on a day: debts of one due day have one age, and it is asked once."""

    def __init__(self, on: date, policy: Policy) -> None:
        self._on, self._policy = on, policy
        self._known: dict[str, Age] = {}

    def of(self, due_on: str) -> Age:
        """The age of the debts due on a day.

        Raises:
            NotWholeMonths: a column that ends within a month.
        """
        if due_on not in self._known:
            self._known[due_on] = age(date.fromisoformat(due_on), on=self._on, policy=self._policy)
        return self._known[due_on]
