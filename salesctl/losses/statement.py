"""The statement of what one person bears of a loss, as it is printed, acknowledged and filed (E-15b, E-17, E-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.fines.rules import CHAPTER as DEDUCTIONS
from salesctl.forms.form import Field, Form, Signature
from salesctl.forms.printing import keep, page
from salesctl.losses.ceilings import Ceiling, ceiling, post_wage
from salesctl.losses.deciding import table_of
from salesctl.losses.listing import Whole, whole
from salesctl.losses.rules import CHAPTER
from salesctl.people.actions import person
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import yuan

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.losses.rows import Loss, LossShare
    from salesctl.policy.units import Fen

READING = "AMB-E-c"
PARTIES = {
    "transferor": ("移交人", "transferor"),
    "receiver": ("接收人", "receiver"),
    "handover_supervisor": ("监交人", "handover supervisor"),
    "department_manager": ("部门经理", "department manager"),
    "finance_or_commerce": ("财务/商务", "finance or commerce"),
    "finance": ("财务", "finance"),
    "commerce": ("商务", "commerce"),
    "head_office_finance": ("总部财务", "head office finance"),
    "head_office_commerce": ("总部商务", "head office commerce"),
    "the_company": ("公司", "the company"),
}
TABLES = {  # by how many months after the signatures
    "unsettled": "当期能处理而未处理，由移交人全部承担 could have been settled and was not: the transferor alone",
    "within": "三方签字后{months}个月内(含)发现 found within {months} months of the signatures",
    "after": "三方签字{months}个月后发现 found more than {months} months after the signatures",
}
READINGS = {  # how the supervisor's share stands to the table
    "replace": "监交人承担{share}，代替表中比例 the supervisor {share}, in place of the table's share",
    "add": "监交人在表外另承担{share} the supervisor {share} on top of the table",
    "of_finance": "监交人承担财务/商务份额的{share} the supervisor {share} of the part of finance or commerce",
}
STATES = {
    "split": "尚未确认 not confirmed yet",
    "confirmed": "已确认 confirmed",
    "reversed": "已冲销 reversed",
    "dropped": "已撤销 dropped",
}
GRAVITY = {"full": "全部 all", "half": "一半 half"}
PAID_BACK = (
    "本笔损失已冲销，自冲销日起责任人不再承担；已从工资中扣除的，应予退还。\n"
    "The loss was reversed: nothing of it is borne from that day on, and what was taken from wages is to be paid back."
)
LAW = (
    "扣工资须有依据，每月以当月工资的{share}为限，余额不低于当地最低工资(L-1、L-2)；只就本人过错担责(L-12)；"
    "超限不结转(X-14)。\n"
    "From wages with a basis only, at most {share} of the month's, the minimum wage left (L-1, L-2); own fault only "
    "(L-12); nothing carried over (X-14)."
)


class NotSplit(SalesctlError):
    """A loss of which nobody bears anything yet."""

    code, status = "loss.not-split", WRONG
    says = N_("{number} is {state}: nobody bears a share of it yet.")
    hint = N_("salesctl loss split {number}")


class BearsNothing(SalesctlError):
    """Somebody who has no share."""

    code, status = "loss.no-share", WRONG
    says = N_("{person} bears nothing of {number}.")
    hint = N_("Who does: {people}.")


def printed(desk: Desk, number: str, who: str, file: Path, wage: Fen | None) -> Whole:
    """Print one person's statement to a file; that it was printed is an entry of its own.

    Raises:
        NotSplit, BearsNothing: there is nothing to print.
    """
    with desk.ledger.reading() as view:
        found = whole(view, number, desk.today)
        form = statement(view, desk, found, who, wage)
    made = page(form, file)
    with desk.ledger.transaction("loss.print", desk) as tx:
        kind = file.suffix.lower().removeprefix(".")
        tx.record(Outcome(kind).step(N_("document"), form.number), about=found.loss.number)
    if not desk.is_dry_run:
        keep(made, file)
    return found


def statement(view: Reading, desk: Desk, found: Whole, who: str, wage: Fen | None) -> Form:
    """The statement as a form: the loss, the table, the person's share, what stands beside it."""
    one, begun = found.loss, found.handover
    if not found.shares:
        raise NotSplit(number=one.number, state=one.state)
    bearer = person(view, who)
    own = [share for share in found.shares if share.person_id == bearer.key]
    if not own:
        people = ", ".join(dict.fromkeys(found.people[s.person_id] for s in found.shares if s.person_id))
        raise BearsNothing(person=bearer.name, number=one.number, people=people or "-")
    back = found.reversal
    deducted = 0 if back else sum(post_wage(desk, one, share) for share in own)
    body = [
        Field("责任人", "Person", f"{bearer.code} {bearer.name}"),
        Field("身份", "As", "、".join(" ".join(PARTIES[share.party]) for share in own)),
        Field("交接", "Handover", _handover(found)),
        Field("最后签字日", "Last signature", begun.signed_on),
        Field("发现日期", "Found on", one.found_on),
        Field("损失事项", "What was lost", one.text),
        Field("证据", "Evidence", one.evidence),
        Field("相关事项", "About", " ".join(filter(None, (one.about, found.customer)))),
        Field("产品与单价", "Goods and price", _goods(one)),
        Field("核定日期", "Valued on", one.valued_on),
        Field("核定损失", "Loss", one.amount, "money"),
        Field("状态", "State", STATES.get(found.state, "")),
        *_reversal(found, own),
        Field("已追回", "Recovered", one.recovered or None, "money"),
        Field("分担基数", "To be shared", (one.amount or 0) - one.recovered if one.recovered else None, "money"),
        Field("适用档次", "Table", _table(view, desk, found)),
        Field("分担明细", "Shares", "\n".join(_line(found, share) for share in found.shares)),
        *_error(desk, found, own, deducted),
        *_fault(own),
        *([] if back or wage is None else _ceiling(ceiling(view, desk, one, own, wage), wage)),
    ]
    decided = found.people.get(one.confirmed_by_id or 0, "")
    return Form(
        zh="交接损失承担通知单",
        en="Statement of what a person bears of a loss in a handover",
        number=f"{one.number} / {own[0].place}",
        clause=", ".join(dict.fromkeys(part for share in own for part in share.clause.split(", "))),
        printed_on=desk.present_day,
        receipt=found.entry,
        body=[field for field in body if field.value not in (None, "")],
        signatures=[
            Signature("责任人签收", "Received by the person"),
            Signature("确认人", "Confirmed by", decided, one.confirmed_on),
            *(
                [Signature("冲销人", "Reversed by", found.people[back.reversed_by_id], back.reversed_on)]
                if back
                else []
            ),
            Signature("财务/商务", "Finance or commerce"),
        ],
        amount=sum(found.bears(share) for share in own) + deducted,
        remarks=PAID_BACK
        if back
        else LAW.format(share=desk.policy.on(desk.today, DEDUCTIONS).rate("cap")[0].percent()),
        asked_on=back.reversed_on if back else one.confirmed_on or one.valued_on,
    )


def _table(view: Reading, desk: Desk, found: Whole) -> str:
    months, _basis = desk.policy.on(found.loss.found_on, CHAPTER).figure("months")
    return TABLES[table_of(view, desk, found.loss)].format(months=months)


def _handover(found: Whole) -> str:
    begun = found.handover
    transferor, receiver = found.people[begun.transferor_id], found.people[begun.receiver_id]
    return f"{begun.number}  {transferor} → {receiver}  监交人 supervisor {found.people[begun.supervisor_id]}"


def _goods(one: Loss) -> str:
    if not (one.product and one.units and one.amount):
        return ""
    return f"{one.product}  {one.units} × ¥{yuan(one.amount // one.units)}"


def _line(found: Whole, share: LossShare) -> str:
    back = found.back.get(share.key)
    rest = "" if back is None else f" − ¥{yuan(-back)} = ¥{yuan(found.bears(share))}"
    return f"{' '.join(PARTIES[share.party])}  ¥{yuan(share.amount)}{rest}  ({share.clause})"


def _reversal(found: Whole, own: list[LossShare]) -> list[Field]:
    """That the loss was taken back: how much of this person's, since when and why; who did it signs."""
    made = found.reversal
    if made is None:
        return []
    return [
        Field("原承担金额", "Share recorded", sum(share.amount for share in own), "money"),
        Field("冲销金额", "Taken back", sum(found.back[share.key] for share in own), "money"),
        Field("冲销日期", "Reversed on", made.reversed_on),
        Field("冲销原因", "Reason", made.reason),
    ]


def _error(desk: Desk, found: Whole, own: list[LossShare], deducted: Fen) -> list[Field]:
    """What wrong figures of finance or commerce add, and the reading they are shared by (E-20)."""
    one = found.loss
    if not one.is_finance_error:
        return []
    chapter = desk.policy.on(one.found_on, CHAPTER)
    (choice, basis), (share, _basis) = chapter.text("error_reading"), chapter.rate("supervisor_error_share")
    read = f"{basis.source}，{READING} ({choice})\n{READINGS[choice].format(share=share.percent())}"
    fields = [Field("数据有误", "Wrong figures", read)]
    if any("E-20a" in share.clause for share in own):
        fields.append(Field("通告批评", "Public criticism", one.criticised_in or "尚未登记 not recorded yet"))
        by = found.people.get(one.gravity_by_id or 0, "")
        said = f"{GRAVITY[one.gravity]}  ¥{yuan(deducted)}  ({by})" if one.gravity else "尚未决定 not decided yet"
        fields.append(Field("岗位工资扣款", "Post wage proposed", said))
    return fields


def _fault(own: list[LossShare]) -> list[Field]:
    said = "\n".join(share.evidence for share in own if share.evidence)
    return [Field("本人过错依据", "Evidence of fault", said or "未登记 none recorded")] if own else []


def _ceiling(found: Ceiling, wage: Fen) -> list[Field]:
    """What the law lets be taken from the wage that was named."""
    said = f"¥{yuan(found.allowed)}  (当月工资 wage ¥{yuan(wage)}，当月应扣 asked ¥{yuan(found.demanded)})"
    note = "" if found.is_known else "\n未设最低工资，只按比例计 minimum wage not set: by the share alone"
    return [Field("法定扣除上限", "Ceiling by law", said + note)]
