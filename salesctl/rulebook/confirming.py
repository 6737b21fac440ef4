"""A ledger that was put back is confirmed by a second person; until then every answer says that it is not (K-12)."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from salesctl.console.caution import Caution
from salesctl.console.values import listed as in_line
from salesctl.console.words import _
from salesctl.desk import Due
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.ledger.restored import ABOUT, CONFIRM, CONFIRMED, unconfirmed
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.ledger.restored import Restore

SAYS = N_(
    "Restored, not confirmed: this ledger was put back from {file} on {day}; a second person has until {until}: "
    "salesctl ledger confirm-restore"
)
LATE = N_(
    "Restored, not confirmed: this ledger was put back from {file} on {day}; that a second person confirms it is "
    "overdue since {until}: salesctl ledger confirm-restore"
)
DUTY = N_("the ledger was put back from {file} on {day}: a second person confirms it, salesctl ledger confirm-restore")
PRINTED = "已恢复、未确认 Restored, not confirmed: {day}"


class NothingRestored(SalesctlError):
    """No restore waits to be confirmed."""

    code, status = "ledger.not-restored", WRONG
    says = N_("No restored backup waits to be confirmed.")
    hint = N_("`salesctl why restore` shows what was restored and who confirmed it.")


class NotConfirmer(Refused):
    """Somebody who may not confirm a restore; the attempt is recorded."""

    code = "ledger.confirm-refused"
    says = N_("{person} may not confirm that the ledger was restored rightly: {why} ({clauses}).")
    hint = N_("It takes somebody other than who put it back, of one of these grades: {grades}.")


class Confirmed(Record):
    """What was confirmed: every restore that waited, the oldest first."""

    restores: list[Restore]


def confirm(desk: Desk, note: str) -> Confirmed:
    """Confirm as a second person that what was put back is the right ledger.

    Raises:
        NothingRestored: nothing waits.
        NotConfirmer: the rule refuses; the refusal is recorded.
    """
    from salesctl.people.deciding import decider
    from salesctl.rulebook.rules import LEDGER, may_confirm_restore

    with desk.ledger.transaction(CONFIRM, desk) as tx:
        waiting = unconfirmed(tx)
        if not waiting:
            raise NothingRestored
        who = decider(tx, desk)
        hands = set().union(*(_hands(tx, one) for one in waiting))
        is_own = bool(hands & {who.id, who.typist_id})
        grade = "" if who.is_closed else who.grade
        verdict = may_confirm_restore(grade, is_own, on=desk.present_day, policy=desk.policy)
        for one in waiting:
            verdict = verdict.step(N_("restored by"), one.actor or one.login).step("entry", f"#{one.seq}")
            verdict = verdict.step("file", one.said.get("file", "-"))
        tx.record(verdict.step(N_("compared with"), note) if note else verdict, ABOUT)
    if verdict.value != CONFIRMED:
        grades, _basis = desk.policy.on(desk.present_day, LEDGER).items("confirmers")
        named = in_line(_(each.replace("_", " ")) for each in grades)
        why = next(step.note for step in verdict.steps if step.note)  # of `may confirm it`
        raise NotConfirmer(person=desk.somebody.name, why=why, clauses="K-12", grades=named)
    return Confirmed(waiting)


def caution(desk: Desk, oldest: Restore) -> Caution:
    """What every answer carries while a restore waits to be confirmed."""
    state, facts = _standing(desk, oldest, desk.present_day)
    printed = PRINTED.format(day=facts["day"])
    return Caution(_(LATE if state == "overdue" else SAYS).format(**facts), printed)


def overdue(view: Reading, desk: Desk) -> dict[str, object]:
    """What is known of the oldest restore that should have been confirmed by now; empty where none should."""
    for one in unconfirmed(view):
        state, facts = _standing(desk, one, desk.present_day)
        if state == "overdue":
            return facts
    return {}


def due(view: Reading, desk: Desk, day: date) -> list[Due]:
    """Restores that wait to be confirmed; `salesctl check` lists them."""
    found = []
    for one in unconfirmed(view):
        if one.day(desk.zone) <= day:
            state, facts = _standing(desk, one, day)
            until: Any = facts["until"]
            found.append(Due("restore", "K-12", f"#{one.seq}", "general_manager", until, state, DUTY, facts))
    return found


def _standing(desk: Desk, one: Restore, day: date) -> tuple[str, dict[str, object]]:
    """Whether its confirmation is due or overdue on a day, and what is said of it."""
    from salesctl.rulebook.rules import restore_overdue

    restored = one.day(desk.zone)
    asked = restore_overdue(restored, on=day, policy=desk.policy)
    file = PurePath(one.said.get("file", "-")).name
    return str(asked.value), {"file": file, "day": restored, "until": asked.steps[-1].value}


def _hands(view: Reading, one: Restore) -> set[int]:
    """Who put it back, and whose login typed that."""
    found = view.select(
        "SELECT id FROM person WHERE code = :code UNION SELECT person_id FROM person_login WHERE login = :login",
        code=one.actor,
        login=one.login,
    )
    return {key for (key,) in found}
