"""The supervisor delivers the signed papers to finance or commerce and to the department manager (E-4f)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers import completion_rules as rules
from salesctl.handovers.cases import NotTheirs, acting, is_finance, named, party, refuse
from salesctl.handovers.rows import HandoverDelivery
from salesctl.handovers.running import running
from salesctl.handovers.signing import as_asked, states
from salesctl.handovers.visiting import is_manager, manager_of
from salesctl.ledger.journal import canonical, fingerprint
from salesctl.policy.outcome import Basis, Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover, HandoverPaper
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.people.rows import Person

FINANCE, MANAGER = RECEIVERS = ("finance_commerce", "department_manager")
WORDS = (N_("finance commerce"), N_("department manager"))
SAYS = {FINANCE: N_("finance or commerce"), MANAGER: N_("department manager")}


class NotSigned(Refused):
    """Papers that are not signed by all three; the attempt is recorded."""

    code = "handover.not-signed"
    says = N_("{number} cannot be delivered: {count} signatures or papers are missing (E-4e, E-4f).")
    hint = N_("`salesctl handover show {number} --missing` names them.")


class NotDelivered(SalesctlError):
    """An acknowledgement of what was not delivered."""

    code, status = "handover.not-delivered", WRONG
    says = N_("The papers of {number}, as they are now, were not delivered yet (E-4f).")
    hint = N_("The supervisor delivers them: salesctl handover deliver {number}")


class Delivery(Record):
    """How far one of the two deliveries is; a paper changed since then makes it as if it had not been."""

    receiver: str
    delivered_on: date | None
    acknowledged_on: date | None
    by: str  # who acknowledged it


def deliver(desk: Desk, number: str) -> tuple[Handover, list[Delivery]]:
    """Deliver the papers to both, once all three have signed every one.

    Raises:
        NotTheirs: only the supervisor delivers; recorded.
        NotSigned: something is missing; recorded.
    """
    with desk.ledger.transaction("handover.deliver", desk) as tx:
        begun = running(tx, desk, number)
        who, _typist = acting(tx, desk)
        found = states(tx, begun)
        missing = rules.unsigned(as_asked(found), on=begun.started_on, policy=desk.policy)
        wanting = missing.value if isinstance(missing.value, list) else []
        foreign = "" if who.key == begun.supervisor_id else N_("the supervisor delivers the papers")
        papers = [one.paper for one in found]
        if foreign:
            refuse(tx, begun, foreign, "E-4f")
        else:
            answer = Outcome("refused" if wanting else "delivered", unit="word", steps=missing.steps)
            tx.record(answer.step(N_("missing"), len(wanting), "count", Basis("", "E-4f")), about=begun.number)
        if not foreign and not wanting:
            _hand_out(tx, desk, begun, papers)
        supervisor, made = named(tx, begun.supervisor_id), deliveries(tx, begun, papers)
    if foreign:
        raise NotTheirs(person=who.name, number=begun.number, why=foreign, clause="E-4f", who=supervisor)
    if wanting:
        raise NotSigned(number=begun.number, count=len(wanting))
    return begun, made


def acknowledge(desk: Desk, number: str) -> tuple[Handover, list[Delivery], str]:
    """Acknowledge the papers as finance or commerce, or as the department manager; which of the two it is.

    Raises:
        NotTheirs: whoever acts is neither, or hands over or takes over; recorded.
        NotDelivered: there is nothing to acknowledge.
    """
    with desk.ledger.transaction("handover.acknowledge", desk) as tx:
        begun = running(tx, desk, number)
        who, _typist = acting(tx, desk)
        papers = [one.paper for one in states(tx, begun)]
        role = _role(tx, desk, begun, who)
        manager = manager_of(tx, begun, desk.present_day)
        if not role:
            refuse(tx, begun, NEITHER, "E-4f")
        else:
            _receive(tx, desk, begun, papers, role)
        made = deliveries(tx, begun, papers)
    if not role:
        from salesctl.console.values import listed
        from salesctl.console.words import _

        whom = listed([_(SAYS[FINANCE]), *([f"{manager.code} {manager.name}"] if manager else [])])
        raise NotTheirs(person=who.name, number=begun.number, why=NEITHER, clause="E-4f", who=whom)
    return begun, made, SAYS[role]


NEITHER = N_("finance or commerce acknowledges the papers, and the department manager")


def deliveries(view: Reading, begun: Handover, papers: list[HandoverPaper]) -> list[Delivery]:
    """Both deliveries of the papers as they are now."""
    digest = _digest(papers)
    made = {
        one.receiver: one
        for one in view.all(HandoverDelivery, "handover_id = :handover", handover=begun.key)
        if one.digest == digest
    }
    found = []
    for receiver in RECEIVERS:
        one = made.get(receiver)
        by = named(view, one.acknowledged_by_id) if one and one.acknowledged_by_id else ""
        found.append(Delivery(receiver, one.delivered_on if one else None, one.acknowledged_on if one else None, by))
    return found


def _digest(papers: list[HandoverPaper]) -> str:
    return fingerprint(canonical([[paper.place, paper.digest] for paper in papers]))


def _hand_out(tx: Transaction, desk: Desk, begun: Handover, papers: list[HandoverPaper]) -> None:
    digest = _digest(papers)
    before = {one.receiver: one for one in tx.all(HandoverDelivery, "handover_id = :handover", handover=begun.key)}
    for receiver in RECEIVERS:
        one = before.get(receiver)
        if one is None:
            tx.add(
                HandoverDelivery(
                    handover_id=begun.key,
                    receiver=receiver,
                    digest=digest,
                    delivered_on=desk.today,
                    delivered_by_id=desk.somebody.id,
                )
            )
        elif one.digest != digest:
            again = {"delivered_on": desk.today, "delivered_by_id": desk.somebody.id}
            tx.amend(one, digest=digest, **again, acknowledged_on=None, acknowledged_by_id=None)


def _role(tx: Transaction, desk: Desk, begun: Handover, who: Person) -> str:
    """What somebody acknowledges as; empty for whoever hands over or takes over, and for everybody else."""
    if party(begun, who.key) in ("transferor", "receiver"):
        return ""
    if is_finance(tx, desk, who.key):
        return FINANCE
    return MANAGER if is_manager(tx, desk, begun, who.key) else ""


def _receive(tx: Transaction, desk: Desk, begun: Handover, papers: list[HandoverPaper], role: str) -> None:
    one = tx.find(HandoverDelivery, handover_id=begun.key, receiver=role)
    if one is None or one.digest != _digest(papers) or one.delivered_on > desk.today:
        raise NotDelivered(number=begun.number)
    if one.acknowledged_on is None:
        tx.amend(one, acknowledged_on=desk.today, acknowledged_by_id=desk.somebody.id)
