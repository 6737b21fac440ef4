"""A handover is complete: its customers, contracts, debts and requests are the receiver's from then on (E-4g, E-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.contracts.actions import HOLDER
from salesctl.contracts.rows import ContractOwnership
from salesctl.customers.rows import Ownership
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers.cases import NotTheirs, acting, named, refuse
from salesctl.handovers.gaps import Gap, gaps
from salesctl.handovers.items import THESE
from salesctl.handovers.running import running
from salesctl.ledger.row import stored
from salesctl.people.actions import line_of
from salesctl.policy.outcome import Basis, Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Transaction

SERVED = f"""SELECT id, customer_id, from_on, until_on FROM ownership WHERE customer_id IN {THESE}
    AND person_id = :transferor AND from_on <= :day AND (until_on IS NULL OR until_on > :day) ORDER BY id"""
HELD = f"""SELECT k.id, o.id, o.from_on, o.until_on FROM contract k LEFT JOIN contract_ownership o
    ON o.contract_id = k.id AND o.from_on <= :day AND (o.until_on IS NULL OR o.until_on > :day)
    WHERE {HOLDER} = :transferor AND (k.customer_id IN {THESE} OR k.number IN (SELECT about FROM handover_item
    WHERE handover_id = :handover AND kind = 'contract')) ORDER BY k.id"""
DEBTS = f"SELECT count(*), coalesce(sum(open), 0) FROM receivable WHERE open > 0 AND customer_id IN {THESE}"
REQUESTS = f"""SELECT count(*) FROM request q LEFT JOIN contract k ON k.id = q.contract_id
    WHERE q.state IN ('draft', 'pending', 'endorsed', 'returned', 'granted')
    AND coalesce(q.customer_id, k.customer_id) IN {THESE}"""
NEWEST = """SELECT max(day) FROM (
    SELECT max(s.signed_on) AS day FROM handover_signature s JOIN handover_paper p ON p.id = s.paper_id
        WHERE p.handover_id = :handover
    UNION ALL SELECT max(acknowledged_on) FROM handover_delivery WHERE handover_id = :handover
    UNION ALL SELECT max(visited_on) FROM handover_visit WHERE handover_id = :handover
    UNION ALL SELECT max(settled_on) FROM handover_issue WHERE handover_id = :handover
    UNION ALL SELECT max(carried_on) FROM handover_issue WHERE handover_id = :handover)"""


class Incomplete(Refused):
    """A handover that still misses something; the attempt is recorded."""

    code = "handover.incomplete"
    says = N_("{number} is not complete: {count} things are missing, the first of them: {first} ({clause}).")
    hint = N_("`salesctl handover show {number} --missing` lists all of them, and who must act.")


class TooEarly(SalesctlError):
    """A day before something that the handover rests on."""

    code, status = "handover.too-early", WRONG
    says = N_("{day} comes too early for {number}: {what} since {since}.")
    hint = N_("Say a later day, or none for today.")


class Passed(Record):
    """What passed on, in numbers."""

    handover: Handover
    outcome: Outcome
    customers: int
    contracts: int
    receivables: int
    owed: int  # fen
    requests: int


def complete(desk: Desk, number: str) -> Passed:
    """Close a handover that misses nothing; from the business day on everything in it is the receiver's.

    What was before stays as it was: who served whom, what was decided, agreed and paid.

    Raises:
        NotTheirs: only the supervisor declares it complete; recorded.
        Incomplete: something is missing; recorded.
        TooEarly: it rests on something of a later day.
    """
    with desk.ledger.transaction("handover.complete", desk) as tx:
        begun = running(tx, desk, number)
        who, _typist = acting(tx, desk)
        foreign = "" if who.key == begun.supervisor_id else N_("the supervisor declares it complete")
        found = [] if foreign else gaps(tx, desk, begun)
        missing = [gap for gap in found if gap.is_blocking]
        passed = None
        if foreign:
            refuse(tx, begun, foreign, "E-4g")
        else:
            answer = _answer(desk, begun, found)
            tx.record(answer, about=begun.number)
            passed = None if missing else _pass_on(tx, desk, begun, answer)
        supervisor = named(tx, begun.supervisor_id)
    if foreign:
        raise NotTheirs(person=who.name, number=begun.number, why=foreign, clause="E-4g", who=supervisor)
    if passed is None:
        raise _incomplete(begun, missing)
    return passed


def _incomplete(begun: Handover, missing: list[Gap]) -> Incomplete:
    from salesctl.console.words import _

    first = missing[0]
    return Incomplete(number=begun.number, count=len(missing), first=first.said(_), clause=first.clause)


def _answer(desk: Desk, begun: Handover, found: list[Gap]) -> Outcome:
    """Every step with what it misses; complete when none misses anything (E-4g).

    A waived visit holds up nothing, and is said: its customer was not visited and has signed nothing (AMB-E-i).
    """
    missing = [gap for gap in found if gap.is_blocking]
    # What came before a step that is missing is no less done for that: here the order is asked no more.
    steps = desk.policy.on(begun.started_on, "E.handover").checklist("steps").but(is_ordered=False)
    wanting = {gap.step for gap in missing}
    done = [item.name for item in steps.items if item.name not in wanting]
    answer = Outcome("refused" if missing else "complete", unit="word", steps=steps.missing(done).steps)
    roles = sum(gap.step == "roles" for gap in missing)
    answer = answer.step(N_("roles of the channels nobody takes"), roles, "count", Basis("", "E-10"))
    if waived := sum(gap.step == "customers_visited" and not gap.is_blocking for gap in found):
        answer = answer.step(N_("customers waived, not verified"), waived, "count", Basis("", "E-6b", "AMB-E-i"))
    return answer.step(N_("missing"), len(missing), "count", Basis("", "E-4g"))


def _pass_on(tx: Transaction, desk: Desk, begun: Handover, answer: Outcome) -> Passed:
    asked = {"handover": begun.key, "transferor": begun.transferor_id, "day": desk.today}
    newest = tx.value(NEWEST, handover=begun.key)
    if newest and newest > desk.today.isoformat():
        raise TooEarly(day=desk.today, number=begun.number, what=N_("something of it is recorded"), since=newest)
    day, receiver = stored(desk.today), begun.receiver_id
    served, held = tx.select(SERVED, **asked), tx.select(HELD, **asked)
    _expect_older(begun, desk.today, [row[2] for row in (*served, *held)])
    tx.amend_many(Ownership, ("until_on",), ((key, day) for key, *_rest in served))
    tx.add_many(Ownership, ((customer, receiver, day, until) for _key, customer, _since, until in served))
    tx.amend_many(ContractOwnership, ("until_on",), [(key, day) for _contract, key, *_rest in held if key])
    tx.add_many(ContractOwnership, ((contract, receiver, day, until) for contract, _key, _since, until in held))
    tx.amend(begun, state="complete", ended_on=desk.today)
    debts, owed = tx.select(DEBTS, handover=begun.key)[0]
    return Passed(begun, answer, len(served), len(held), debts, owed, tx.value(REQUESTS, handover=begun.key))


def _expect_older(begun: Handover, day: date, since: list[str | None]) -> None:
    """What the transferor took over on that very day passes on from the next one."""
    latest = max(filter(None, since), default="")
    if latest >= day.isoformat():
        what = N_("the transferor has some of it only")
        raise TooEarly(day=day, number=begun.number, what=what, since=latest)


def cancel(desk: Desk, number: str, why: str) -> Handover:
    """End a handover without completing it; everything stays with the transferor.

    Raises:
        NotTheirs: neither the supervisor nor a superior of the transferor acts; recorded.
    """
    with desk.ledger.transaction("handover.cancel", desk) as tx:
        begun = running(tx, desk, number)
        who, _typist = acting(tx, desk)
        above = [one.key for day in (begun.started_on, desk.today) for one in line_of(tx, begun.transferor_id, day)]
        foreign = "" if who.key in (begun.supervisor_id, *above) else ABOVE
        if foreign:
            refuse(tx, begun, foreign, "E-4d")
        else:
            tx.amend(begun, state="cancelled", ended_on=desk.today, ended_why=why)
            tx.record(Outcome("cancelled", unit="word").step(N_("why"), why), about=begun.number)
        supervisor = named(tx, begun.supervisor_id)
    if foreign:
        raise NotTheirs(person=who.name, number=begun.number, why=foreign, clause="E-4d", who=supervisor)
    return begun


ABOVE = N_("the supervisor cancels it, or a superior of the transferor")
