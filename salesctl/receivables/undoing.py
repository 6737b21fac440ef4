"""Whoever undoes a debt or a receipt, or records money alone: what the rules about a second person must know (K-12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salesctl.console.values import listed as in_line
from salesctl.console.words import _
from salesctl.customers.actions import owners_between
from salesctl.errors import N_, Refused
from salesctl.people.deciding import decider
from salesctl.receivables.rules import CHAPTER
from salesctl.receivables.undoing_rules import Corrector, may_log, may_undo

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.ledger.row import Row
    from salesctl.policy.outcome import Outcome

# The entry about the number; else, of an import or of instalments, the one whose rows name it.
OWN = "SELECT actor, body FROM journal WHERE about = :about AND verb = :verb ORDER BY seq"
AMONG = (
    "SELECT actor, body FROM journal WHERE verb IN (:import, :instalments) AND body LIKE :named ESCAPE '!' ORDER BY seq"
)
LOGIN = "SELECT person_id FROM person_login WHERE login = :login"


class NotUndone(Refused):
    """Somebody who may not cancel this debt; the attempt is recorded."""

    code = "receivables.refused"
    says = N_("{person} may not cancel {number}: {why} ({clauses}).")
    hint = N_("It takes somebody who neither serves the customer nor recorded it, of one of these grades: {grades}.")


class NotTakenBack(Refused):
    """Somebody who may not refund or reverse this receipt; the attempt is recorded."""

    code = "receipt.refused"
    says = N_("{person} may not refund or reverse {number}: {why} ({clauses}).")
    hint = N_("It takes somebody who neither serves the customer nor recorded it, of one of these grades: {grades}.")


class NoReference(Refused):
    """Money recorded by whoever serves the customer, which nobody could look up; the attempt is recorded."""

    code = "receipt.no-reference"
    says = N_("{person} serves {customer}: money of theirs is recorded with the bank's reference (K-12).")
    hint = N_("Add the bank's number for the payment: --number REFERENCE; or have somebody else record it.")


def undoing(view: Reading, desk: Desk, kind: str, row: Row, customer_id: int, since: date) -> Outcome:
    """Whether whoever acts may undo a `receivable` or a `receipt` of a customer, issued or come on a day."""
    who = decider(view, desk)
    until = max(desk.today, desk.present_day)
    serving = owners_between(view, customer_id, since, until)
    hands = _recorders(view, kind, row)
    corrector = Corrector(who.id, who.grade, who.is_closed, who.typist_id or 0)
    return may_undo(corrector, serving, sorted(hands), on=desk.today, policy=desk.policy)


def logging(view: Reading, desk: Desk, customer_id: int, number: str) -> Outcome:
    """Whether whoever acts may record money of a customer under this number (K-12)."""
    return may_log(customer_id in served(view, desk), reference_of(number))


def served(view: Reading, desk: Desk) -> set[int]:
    """The customers whom whoever acts, or whose login types, serves on the business day or today."""
    if desk.actor is None:
        return set()
    hands = {desk.actor.id, view.value(LOGIN, login=desk.login) or 0}
    found: set[int] = set()
    for hand in hands:
        for day in {desk.today, desk.present_day}:
            rows = view.select(
                "SELECT customer_id FROM ownership WHERE person_id = :who AND from_on <= :day "
                "AND (until_on IS NULL OR until_on > :day)",
                who=hand,
                day=day,
            )
            found.update(key for (key,) in rows)
    return found


def reference_of(number: str) -> str:
    """A number as a reference: one that looks like the house's own, such as `M-12`, says nothing of the bank."""
    letter, sign, count = number.strip().upper().partition("-")
    return "" if (letter, sign) == ("M", "-") and count.isdecimal() else number.strip()


def refused(kind: type[Refused], desk: Desk, number: str, verdict: Outcome) -> Refused:
    """The error that says why, and who may."""
    grades, _basis = desk.policy.on(desk.today, CHAPTER).items("correctors")
    named = in_line(_(grade.replace("_", " ")) for grade in grades)
    why, clauses = verdict.steps[-1].note, ", ".join(verdict.clauses)
    return kind(person=desk.somebody.name, number=number, why=why, clauses=clauses, grades=named)


def _recorders(view: Reading, kind: str, row: Row) -> set[int]:
    """Who recorded a row, and whose login typed it in, as the journal says."""
    number = str(row.image()["number"])
    entries = view.select(OWN, about=number[:40], verb=f"{kind}.log")
    if not any(_adds(body, row) for _actor, body in entries):
        named = json.dumps(number, ensure_ascii=False)
        for mark in "!%_":
            named = named.replace(mark, f"!{mark}")
        verbs = {"import": f"{kind}.import", "instalments": f"{kind}.instalments"}
        entries = view.select(AMONG, **verbs, named=f"%{named}%")
    hands: set[int] = set()
    for actor, body in entries:
        if _adds(body, row):
            hands.add(view.value("SELECT id FROM person WHERE code = :code", code=actor or "") or 0)
            hands.add(view.value(LOGIN, login=json.loads(body)["login"]) or 0)
    return hands - {0}


def _adds(body: str, row: Row) -> bool:
    return any(
        (what, table) == ("add", row.table) and any(image[columns.index("id")] == row.id for image in images)
        for what, table, columns, images in json.loads(body)["rows"]
    )
