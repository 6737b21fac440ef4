"""The 《处理方案》 of a problem as it is printed, signed by the three and reported (E-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.forms.form import Field, Form, Signature
from salesctl.forms.printing import keep, page
from salesctl.handovers.actions import handover, parties
from salesctl.handovers.issues import ISSUES, NotPlanned, expect_of, standing
from salesctl.handovers.rows import Handover, HandoverIssue
from salesctl.ledger.decided import decisions
from salesctl.ledger.lookup import numbered
from salesctl.policy.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.handovers.issues import Standing
    from salesctl.ledger.book import Reading

KINDS = {"carried": "跨期 cross-period (E-16)"}
CUSTOMER = """SELECT c.name FROM handover_item i JOIN customer c ON c.id = i.customer_id
    WHERE i.handover_id = :handover AND i.about = :about"""
CURRENT = "当期 current (E-15a)"


def plan_sheet(view: Reading, desk: Desk, begun: Handover, stands: Standing) -> Form:
    """The plan of a problem: the three sign it by hand, and so does whoever it is reported to."""
    one = stands.issue
    transferor, receiver, supervisor = parties(view, begun)
    found_by = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=one.found_by_id)
    customer = view.value(CUSTOMER, handover=begun.key, about=one.about) or ""
    body = [
        Field("交接编号", "Handover", begun.number),
        Field("涉及事项", "About", f"{one.about} {customer}".strip()),
        Field("移交人", "Transferor", transferor),
        Field("接收人", "Receiver", receiver),
        Field("监交人", "Handover supervisor", supervisor),
        Field("发现日", "Found on", one.found_on),
        Field("发现人", "Found by", found_by),
        Field("类别", "Kind", KINDS.get(stands.state, CURRENT)),
        Field("可处理日", "Can be settled on", one.due_on),
        Field("涉及金额", "At stake", one.amount, "money"),
        Field("问题", "Problem", one.text),
        Field("处理方案", "Plan of action", one.plan),
        Field("拟定日", "Planned on", one.planned_on),
        Field("上报部门", "Reported to", one.reported_to),
        Field("上报日", "Reported on", one.reported_on),
        Field("处理结果", "How it was settled", one.settlement),
    ]
    return Form(
        zh="处理方案",
        en="Plan of action for a problem found in a handover",
        number=one.number,
        clause="E-13",
        printed_on=desk.present_day,
        receipt=decisions(view, one.number)[-1].receipt,
        body=[field for field in body if field.value not in (None, "")],
        signatures=[
            Signature("移交人", "Transferor"),
            Signature("接收人", "Receiver"),
            Signature("监交人", "Handover supervisor"),
            Signature("主管部门", "Responsible department"),
        ],
        asked_on=one.planned_on,
    )


def printed(desk: Desk, number: str, issue: str, file: Path) -> Standing:
    """Print the plan of a problem to a file; that it was printed is an entry of its own.

    Raises:
        NotPlanned: there is no plan yet.
    """
    with desk.ledger.reading() as view:
        begun, one = handover(view, number), numbered(view, HandoverIssue, ISSUES, issue)
        expect_of(view, begun, one)
        if one.planned_on is None:
            raise NotPlanned(issue=one.number, number=begun.number)
        stands = standing(begun, one, desk.today, desk.policy)
        made = page(plan_sheet(view, desk, begun, stands), file)
    with desk.ledger.transaction("handover.print-plan", desk) as tx:
        tx.record(Outcome(file.suffix.lower().removeprefix(".")), about=one.number)
    if not desk.is_dry_run:
        keep(made, file)
    return stands
