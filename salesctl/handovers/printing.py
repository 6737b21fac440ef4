"""The papers of a handover as they are printed: checklist, visits, every paper, with three places to sign (E-4e)."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from salesctl.forms.form import LEDGERS, Field, Signature, foot
from salesctl.forms.paper import Grid, Head, Paper
from salesctl.forms.printing import keep, papers_page
from salesctl.handovers import signing, visiting
from salesctl.handovers.actions import categories, handover
from salesctl.handovers.items import FILLED
from salesctl.handovers.papers import numbered, paper_of
from salesctl.ledger.row import typed
from salesctl.people.rows import Person
from salesctl.policy.outcome import Basis, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.handovers.signing import State
    from salesctl.ledger.book import Reading

PARTIES = {
    "transferor": ("移交人", "Transferor"),
    "receiver": ("接收人", "Receiver"),
    "handover_supervisor": ("监交人", "Handover supervisor"),
}
WORDS = {  # as they are printed: both languages
    "customer_data": "客户资料 customer data",
    "receivables_detail": "应收明细 receivables",
    "sample_detail": "铺样明细 samples",
    "work_papers": "工作资料 work papers",
    "customer": "客户 customer",
    "receivable": "应收账款 receivable",
    "sample": "铺样 sample",
    "request": "申请 request",
    "contract": "合同 contract",
    "outing": "外出 outing",
    "none": "无 none",
    "platform": "平台 platform",
    "database": "数据库 database",
    "it": "IT渠道 IT",
    "peripheral": "外围客户 peripheral",
    "web": "网销 web",
    "stores": "3C卖场 stores",
    "open": "进行中 open",
    "complete": "已完成 complete",
    "cancelled": "已取消 cancelled",
    "verified": "已核实 verified",
    "not_signed": "客户未签 not signed",
    "not_visited": "未走访 not visited",
    "waived": "免访，未核实 waived, unverified",
}
CHECKLIST = (
    Head("项目", "Item", room=34),
    Head("编号", "Number", room=30),
    Head("客户", "Customer"),
    Head("金额", "Amount", "money", 18),
    Head("日期", "Day", "day", 20),
    Head("齐全", "Whole", room=12),
    Head("属实", "True", room=12),
    Head("备注", "Remark", room=30),
)
VISITED = (
    Head("编号", "Code", room=30),
    Head("客户", "Customer"),
    Head("状态", "State", room=34),
    Head("三方走访日", "Visited", "day", 20),
    Head("客户签字", "Signed for the customer"),
)
ROOMS = {"text": 30, "word": 30, "money": 18, "count": 14, "day": 20}  # millimetres
ITEMS = f"""SELECT i.category, i.kind, i.about, c.name, i.amount, i.dated, k.is_complete, k.is_true, k.remark
    FROM handover_item i LEFT JOIN customer c ON c.id = i.customer_id LEFT JOIN handover_check k ON k.item_id = i.id
    WHERE i.handover_id = :handover AND {FILLED} ORDER BY i.id"""
WIDE = ("customer", "product", "note")
NONE = "无 none"
ENTRY = "SELECT '#' || seq || ' ' || substr(hash, 1, 8) FROM journal"


def printed(desk: Desk, number: str, which: str, file: Path) -> tuple[Handover, int]:
    """Print one paper or the whole set to a file; that it was printed is an entry of its own.

    Raises:
        NotAForm, NeedsExtra, NeedsFont, Undrawable: it cannot be printed as it should look.
        NotShown: the file cannot be written.
    """
    with desk.ledger.reading() as view:
        begun = handover(view, number)
        chosen = paper_of(view, begun, which) if which else None
        receipt = view.value(f"{ENTRY} WHERE about = :about ORDER BY seq DESC LIMIT 1", about=begun.number)
        papers = _papers(view, desk, begun, receipt, chosen.key if chosen else None)
    about = numbered(begun, chosen) if chosen else begun.number
    made = papers_page(papers, f"客户交接资料 {about}", file)
    with desk.ledger.transaction("handover.print", desk) as tx:
        answer = Outcome(file.suffix.lower().removeprefix("."))
        tx.record(answer.step("papers", len(papers), "count", Basis("", "E-4e")), about=begun.number)
    if not desk.is_dry_run:
        keep(made, file)
    return begun, len(papers)


def _papers(view: Reading, desk: Desk, begun: Handover, receipt: str, only: int | None) -> list[Paper]:
    """The whole set, or one paper of it; each has the names of the three who sign."""
    three = [view.one(Person, id=key) for key in (begun.transferor_id, begun.receiver_id, begun.supervisor_id)]
    signers = [Signature(*said, f"{one.code} {one.name}") for said, one in zip(PARTIES.values(), three, strict=True)]
    blank = Paper(
        zh="",
        en="",
        number=begun.number,
        printed_on=desk.present_day,
        stated=_facts(begun, signers),
        parts=(),
        signatures=signers,
        foot=foot("E-4e, E-5", receipt, desk.present_day),
        note=LEDGERS,
    )
    states = signing.states(view, begun)
    if only is not None:
        return [_paper(view, blank, one) for one in states if one.paper.key == only]
    first = [_checklist(view, desk, blank, begun), _visited(view, desk, blank, begun)]
    return first + [_paper(view, blank, one) for one in states]


def _facts(begun: Handover, signers: Sequence[Signature]) -> list[Field]:
    facts = [Field(one.zh, one.en, one.name) for one in signers]
    days = (
        ("开始日", "Started", begun.started_on),
        ("最后工作日", "Last day at work", begun.leaving_on),
        ("计划完成日", "Planned completion", begun.planned_on),
    )
    return [*facts, *(Field(zh, en, day) for zh, en, day in days if day)]


def _checklist(view: Reading, desk: Desk, blank: Paper, begun: Handover) -> Paper:
    order = categories(desk, begun)
    rows = [
        [
            _word(category if kind == "none" else kind),
            about or NONE,
            customer,
            amount,
            typed("date", day),
            *map(_tick, found[:2]),
            found[2],
        ]
        for category, kind, about, customer, amount, day, *found in sorted(
            view.select(ITEMS, handover=begun.key), key=lambda row: order.index(row[0])
        )
    ]
    facts = [*blank.stated, Field("状态", "State", _word(begun.state))]
    return blank.but(zh="客户交接清单", en="Handover checklist", stated=facts, parts=[Grid("", "", CHECKLIST, rows)])


def _visited(view: Reading, desk: Desk, blank: Paper, begun: Handover) -> Paper:
    rows = [
        [one.code, one.name, _word(one.state), one.visited_on, _signed_by(one)]
        for one in visiting.states(view, desk, begun)
    ]
    parts = [Grid("", "", VISITED, rows)]
    return blank.but(zh="客户走访签字表", en="Customers visited and signatures", parts=parts)


def _signed_by(one: visiting.State) -> str:
    """Who signed for the customer; where the visit was waived, whose decision that was: it is no signature."""
    return one.signer or (f"免访决定 waived by {one.waived_by}" if one.waived_by else "")


def _paper(view: Reading, blank: Paper, one: State) -> Paper:
    """A paper as it is now, with the signatures that hold."""
    content = json.loads(view.value("SELECT content FROM handover_paper WHERE id = :id", id=one.paper.key))
    zh, _space, en = one.paper.title.partition(" ")
    if one.paper.kind == "outside":
        zh, en = one.paper.title, "Paper from outside"
    elif one.paper.kind == "none":
        category_zh, _space, category_en = _word(one.paper.category).partition(" ")
        zh, en = f"{category_zh}：无", f"No {category_en}"
    facts = [
        Field("类别", "Category", _word(one.paper.category)),
        Field("截至", "As of", one.paper.as_of),
        Field("版次", "Version", one.paper.version, "count"),
        Field("出具日", "Issued", one.paper.issued_on),
        *_said(content),
        *([Field("接收人拒签理由", "Receiver refuses because", one.refusal)] if one.refusal else []),
    ]
    signed = [signer.but(on=one.signed.get(party)) for party, signer in zip(PARTIES, blank.signatures, strict=True)]
    return blank.but(
        zh=zh,
        en=en,
        number=one.number,
        stated=facts,
        parts=_table(content, is_summed=one.paper.category == "receivables_detail"),
        signatures=signed,
        note=f"{LEDGERS}\n指纹 Fingerprint {one.paper.digest}",
    )


def _table(content: dict[str, Any], *, is_summed: bool) -> list[Grid]:
    """The table of a paper, if it has one; its money is added up where that means something."""
    kinds = [kind for _key, _zh, _en, kind in content.get("columns", [])]
    if not kinds:
        return []
    heads = [
        Head(zh, en, "text" if kind == "word" else kind, 0 if key in WIDE else ROOMS[kind])
        for key, zh, en, kind in content["columns"]
    ]
    rows = [[_value(kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in content["rows"]]
    total = None
    if is_summed and len(rows) > 1:
        sums = [sum(row[place] or 0 for row in rows) if kind == "money" else None for place, kind in enumerate(kinds)]
        total = ["合计 Total", *sums[1:]]
    return [Grid("", "", heads, rows, total)]


def _said(content: dict[str, Any]) -> list[Field]:
    """What a paper without a table states."""
    if content.get("sha256"):
        return [Field("文件", "File", content["file"]), Field("文件指纹", "SHA-256", content["sha256"])]
    return [] if content else [Field("声明", "States", "本类无须移交的内容。 There is nothing of this category.")]


def _value(kind: str, cell: Any) -> Any:
    if kind == "day":
        return date.fromisoformat(cell) if cell else None
    return _word(cell) if kind == "word" else cell


def _word(word: str) -> str:
    return WORDS.get(word, word)


def _tick(found: int | None) -> str:
    """What the receiver found, as offices tick it; room for the pen where nothing was found yet."""
    return "" if found is None else "√" if found else "×"
