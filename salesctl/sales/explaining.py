"""A figure of the sales report, taken apart: contracts, receipts, and each bad debt as its rule counts it (A-8.4)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from salesctl.bad_debts.rules import CHAPTER, Change, revenue
from salesctl.console.explain import figure_meant
from salesctl.errors import N_, Invalid, Unknown
from salesctl.people.actions import person
from salesctl.policy.figure import Figure, Part
from salesctl.policy.units import nfkc, shown
from salesctl.receivables.parts import BAD, CAME
from salesctl.record import Record
from salesctl.sales import figures
from salesctl.sales.figures import GROUPS, NAMED, NOBODY, SERVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesctl.desk import Desk
    from salesctl.ledger.reading import Reading
    from salesctl.policy.figure import Asked
    from salesctl.policy.policy import Policy

FIGURES = {
    "contracts": N_("number of contracts"),
    "signed": N_("signed"),
    "received": N_("received"),
    "bad_debts": N_("bad debts"),
    "recovered": N_("recovered"),
    "counted": N_("counted in the period"),
    "sales": N_("sales"),
}
FIELDS = {"bad_debts": "bad"}  # where the report calls it otherwise
PERIOD = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])|-Q[1-4])?")
WHO = "coalesce(p.code || ' ' || p.name, :nobody), coalesce(s.value, :nobody)"
SIGNED = (
    f"SELECT {WHO}, d.happened_on, '{FIGURES['signed']}', d.amount, d.number, 'contract', d.id FROM ("
    "SELECT id, number, owner_id, amount, signed_on AS happened_on FROM contract "
    f"WHERE signed_on >= :first AND signed_on <= :last) d {NAMED.format(who='d.owner_id')}"
)
RECEIVED = (
    f"SELECT {WHO}, d.happened_on, d.what, d.amount, d.number, d.kept, d.id FROM ("
    f"SELECT id, number, customer_id, amount, received_on AS happened_on, '{CAME}' AS what, 'receipt' AS kept "
    "FROM receipt WHERE received_on >= :first AND received_on <= :last UNION ALL "
    "SELECT b.id, m.number, m.customer_id, -b.amount, b.returned_on, b.kind, 'receipt_return' "
    "FROM receipt_return b JOIN receipt m ON m.id = b.receipt_id "
    f"WHERE b.returned_on >= :first AND b.returned_on <= :last) d {SERVED} {NAMED.format(who='o.person_id')}"
)
BAD_ONES = (
    "SELECT coalesce(p.code || ' ' || p.name, :nobody), coalesce(nullif(w.department, ''), :nobody), w.booked_on, "
    f"CASE WHEN w.receipt_id IS NULL THEN '{BAD[0]}' WHEN w.amount < 0 THEN '{BAD[1]}' ELSE '{BAD[2]}' END, "
    "-w.amount, r.number, 'write_off', w.id FROM write_off w JOIN receivable r ON r.id = w.receivable_id "
    "LEFT JOIN person p ON p.id = w.manager_id WHERE w.booked_on >= :first AND w.booked_on <= :last"
)


class Row(Record):
    """A row of the ledger, and whose sales it is counted in."""

    manager: str
    department: str
    day: str
    what: str
    amount: int
    about: str
    table: str
    id: int

    def part(self, amount: int, clause: str = "") -> Part:
        """The row as a part of a figure."""
        return Part(self.what, amount, self.day, self.about, clause=clause, row=f"{self.table} {self.id}")


class Wanted(Record):
    """The lines that are meant: of somebody or of all, in one period or in all of a kind."""

    by: str
    who: str
    label: str
    period: str  # month, quarter or year

    def has(self, manager: str, department: str, month: str) -> bool:
        """Whether what happened to them in a month stands in these lines."""
        name = manager if self.by == "manager" else department
        is_theirs = not self.who or name == self.who or name.partition(" ")[0] == self.who
        return is_theirs and self.label in ("", figures.label(month, self.period))


def explain(view: Reading, desk: Desk, asked: Asked) -> Figure:
    """A figure of `sales report`: of one line; of all where no name or no period is said."""
    name, on, policy = figure_meant(asked.figure, FIGURES), desk.today, desk.policy
    wanted = _wanted(view, asked, on)
    lines = [
        line
        for line in figures.report(view, on, wanted.by, wanted.period, policy=policy)
        if (not wanted.who or wanted.who in (line.who, line.who.partition(" ")[0]))
        and wanted.label in ("", line.period)
    ]
    if wanted.who and not lines:
        listing = f"salesctl sales report --by {wanted.by}"
        raise Unknown(what=N_("line of the report"), value=shown(wanted.who), candidates="-", listing=listing)
    value = sum(line.by_name()[FIELDS.get(name, name)] for line in lines)
    said = " ".join(filter(None, (lines[0].who if wanted.who else "", wanted.label)))
    unit = "count" if name == "contracts" else "fen"
    return Figure(name, said, on, value, _parts(view, name, wanted, on, policy), unit, f"{CHAPTER}.base")


def _wanted(view: Reading, asked: Asked, on: date) -> Wanted:
    """Which lines the words name: a name, a period, both or neither."""
    by = asked.by or GROUPS[0]
    if by not in GROUPS:
        raise Invalid(value=shown(by), what=N_("a way to group the report"), example=", ".join(GROUPS))
    *names, last = [*asked.words] or [""]
    label = nfkc(last).strip().upper()
    if not PERIOD.fullmatch(label):
        names, label = [*names, last], ""
    if label and label[:4] != str(on.year):
        what = N_("a period of the report's year; --as-of says which")
        raise Invalid(value=label, what=what, example=f"{on:%Y-%m}, {on.year}-Q1, {on.year}")
    period = "quarter" if "Q" in label else "year" if len(label) == len("2012") else "month"
    who = " ".join(names).strip()
    if by == "manager" and who not in ("", NOBODY):
        who = person(view, who).code
    return Wanted(by, who, label, period)


def _parts(view: Reading, name: str, wanted: Wanted, on: date, policy: Policy) -> list[Part]:
    asked = {"first": date(on.year, 1, 1), "last": on, "nobody": NOBODY}
    base = figures.base_of(policy, on)

    def rows(query: str) -> Sequence[Row]:
        found = (Row(*row) for row in view.select(f"{query} ORDER BY 3, 7, 8", **asked))
        return [row for row in found if wanted.has(row.manager, row.department, row.day[:7])]

    found: list[Part] = []
    if name in ("contracts", "signed") or (name == "sales" and base == "contracts"):
        found += [row.part(1 if name == "contracts" else row.amount) for row in rows(SIGNED)]
    if name == "received" or (name == "sales" and base == "receipts"):
        found += [row.part(row.amount) for row in rows(RECEIVED)]
    if name in ("bad_debts", "recovered"):
        is_first = name == "bad_debts"
        found += [row.part(row.amount, "A-8.4") for row in rows(BAD_ONES) if (row.what == BAD[0]) == is_first]
    if name in ("counted", "sales"):
        found += [row.part(_counted(row, wanted, policy), "A-8.4") for row in rows(BAD_ONES)]
    return found


def _counted(row: Row, wanted: Wanted, policy: Policy) -> int:
    """What one bad debt, or one recovery, moves the sales of its period by: the rule asked of it alone."""
    day = date.fromisoformat(row.day)
    is_recovery = row.what != BAD[0]
    change = Change(day, row.amount if is_recovery else -row.amount, row.manager, is_recovery)
    return int(str(revenue(0, [change], wanted.period, on=day, policy=policy).value))
