"""The 《离职报告》 as it is printed, in both languages (E-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.departures import facts, rules
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.forms.form import Field, Form, Signature
from salesctl.forms.printing import keep, page
from salesctl.ledger.decided import decisions
from salesctl.people.standings import standings
from salesctl.policy.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.departures.facts import Facts
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

NOTICE = "提前30天，自然日，递交当日为第0天 30 calendar days, the day of filing is day 0"
PROBATION = "试用期，依法提前三日 in probation: by law three days"
LAW = "期满即可离职，不以公司同意为条件(L-9)。 After the notice the employment ends; consent is no condition (L-9)."


class NoReport(SalesctlError):
    """A dismissal, which nobody reported."""

    code, status = "departure.no-report", WRONG
    says = N_("{number} is a dismissal; there is no departure report to print.")


def report(view: Reading, desk: Desk, known: Facts) -> Form:
    """The report of somebody who leaves: the company's consent is named where it was given, else signed by hand."""
    one = known.departure
    held = standings(view, one.person_id, one.filed_on)
    superior = "SELECT code || ' ' || name FROM person WHERE code = :code"
    agreed = view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=one.approved_by_id) or ""
    earliest = rules.last_day(known.steps.but(wished_on=None), policy=desk.policy).day
    is_own = one.filed_by_id == one.person_id  # typed in by somebody else, it is signed by hand
    return Form(
        zh="离职报告",
        en="Departure report",
        number=one.number,
        clause="E-8",
        printed_on=desk.present_day,
        receipt=decisions(view, one.number, verb="departure.file")[-1].receipt,
        body=[
            Field("离职人", "Person leaving", known.person),
            Field("部门", "Department", held.department),
            Field("上级主管", "Superior", view.value(superior, code=held.superior) or ""),
            Field("递交日", "Filed on", one.filed_on),
            Field("提前天数", "Notice", PROBATION if one.is_on_probation else NOTICE),
            Field("最早离职日", "Earliest last day", earliest),
            Field("最后工作日", "Last day at work", one.wished_on),
            Field("离职原因", "Reason", one.reason or "-"),
            Field("待交接客户", "Customers to hand over", known.served, "count"),
            Field("交接编号", "Handovers", ", ".join(handed.number for handed in known.giving) or "-"),
        ],
        signatures=[
            Signature("离职人", "Person leaving", *((known.person, one.filed_on) if is_own else ())),
            Signature("公司意见", "The company", agreed, one.approved_on),
            Signature("人力资源部", "HR"),
        ],
        remarks=LAW,
        asked_on=one.filed_on,
    )


def printed(desk: Desk, number: str, file: Path) -> Facts:
    """Print a departure report to a file; that it was printed is an entry of its own.

    Raises:
        NoReport: it is a dismissal.
    """
    with desk.ledger.reading() as view:
        known = facts.of(view, facts.departure(view, number), desk.today)
        if known.departure.is_dismissed:
            raise NoReport(number=known.departure.number)
        made = page(report(view, desk, known), file)
    with desk.ledger.transaction("departure.print", desk) as tx:
        tx.record(Outcome(file.suffix.lower().removeprefix(".")), about=known.departure.number)
    if not desk.is_dry_run:
        keep(made, file)
    return known
