"""The papers of a handover as they are printed: checklist, visits, every paper, with three places to sign (E-4e)."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from salesctl.forms.form import Field, Signature
from salesctl.forms.listing import Bundle, Heading, Listing
from salesctl.forms.printing import bundled, keep
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
    Heading("项目", "Item"),
    Heading("编号", "Number"),
    Heading("客户", "Customer", "wide"),
    Heading("金额", "Amount", "money"),
    Heading("日期", "Day", "day"),
    Heading("齐全", "Whole"),
    Heading("属实", "True"),
    Heading("备注", "Remark"),
)
VISITED = (
    Heading("编号", "Code"),
    Heading("客户", "Customer", "wide"),
    Heading("状态", "State"),
    Heading("三方走访日", "Visited", "day"),
    Heading("客户签字", "Signed for the customer", "wide"),
)
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
        listings = _listings(view, desk, begun, chosen.key if chosen else None)
        about = numbered(begun, chosen) if chosen else begun.number
        receipt = view.value(f"{ENTRY} WHERE about = :about ORDER BY seq DESC LIMIT 1", about=begun.number)
    bundle = Bundle("客户交接资料", "Papers of a handover", about, "E-4e, E-5", desk.present_day, receipt, listings)
    made = bundled(bundle, file)
    with desk.ledger.transaction("handover.print", desk) as tx:
        answer = Outcome(file.suffix.lower().removeprefix("."))
        tx.record(answer.step("papers", len(listings), "count", Basis("", "E-4e")), about=begun.number)
    if not desk.is_dry_run:
        keep(made, file)
    return begun, len(listings)


def _listings(view: Reading, desk: Desk, begun: Handover, only: int | None) -> list[Listing]:
    three = [view.one(Person, id=key) for key in (begun.transferor_id, begun.receiver_id, begun.supervisor_id)]
    names = [f"{one.code} {one.name}" for one in three]
    states = signing.states(view, begun)
    if only is not None:
        return [_paper(view, one, names) for one in states if one.paper.key == only]
    blank = [Signature(*said, name) for said, name in zip(PARTIES.values(), names, strict=True)]
    return [
        _checklist(view, desk, begun, names, blank),
        _visited(view, desk, begun, names, blank),
        *(_paper(view, one, names) for one in states),
    ]


def _facts(begun: Handover, names: Sequence[str]) -> list[Field]:
    facts = [Field(zh, en, name) for (zh, en), name in zip(PARTIES.values(), names, strict=True)]
    days = (
        ("开始日", "Started", begun.started_on),
        ("最后工作日", "Last day at work", begun.leaving_on),
        ("计划完成日", "Planned completion", begun.planned_on),
    )
    return [*facts, *(Field(zh, en, day) for zh, en, day in days if day)]


def _checklist(view: Reading, desk: Desk, begun: Handover, names: Sequence[str], blank: Sequence[Signature]) -> Listing:
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
    facts = [*_facts(begun, names), Field("状态", "State", _word(begun.state))]
    return Listing("客户交接清单", "Handover checklist", begun.number, facts, CHECKLIST, rows, blank)


def _visited(view: Reading, desk: Desk, begun: Handover, names: Sequence[str], blank: Sequence[Signature]) -> Listing:
    rows = [
        [one.code, one.name, _word(one.state), one.visited_on, _signed_by(one)]
        for one in visiting.states(view, desk, begun)
    ]
    return Listing(
        "客户走访签字表", "Customers visited and signatures", begun.number, _facts(begun, names), VISITED, rows, blank
    )


def _signed_by(one: visiting.State) -> str:
    """Who signed for the customer; where the visit was waived, whose decision that was: it is no signature."""
    return one.signer or (f"免访决定 waived by {one.waived_by}" if one.waived_by else "")


def _paper(view: Reading, one: State, names: Sequence[str]) -> Listing:
    """A paper as it is now, with the signatures that hold."""
    content = json.loads(view.value("SELECT content FROM handover_paper WHERE id = :id", id=one.paper.key))
    columns = content.get("columns", [])
    headings = [Heading(zh, en, "wide" if key in WIDE else _kind(kind)) for key, zh, en, kind in columns]
    kinds = [kind for _key, _zh, _en, kind in columns]
    rows = [[_value(kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in content.get("rows", [])]
    signatures = [
        Signature(zh, en, name, one.signed.get(party))
        for (party, (zh, en)), name in zip(PARTIES.items(), names, strict=True)
    ]
    is_sum = one.paper.category == "receivables_detail"
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
    return Listing(
        zh, en, one.number, facts, headings, rows, signatures, f"指纹 Fingerprint {one.paper.digest}", is_sum
    )


def _said(content: dict[str, Any]) -> list[Field]:
    """What a paper without a table states."""
    if content.get("sha256"):
        return [Field("文件", "File", content["file"]), Field("文件指纹", "SHA-256", content["sha256"])]
    return [] if content else [Field("声明", "States", "本类无须移交的内容。 There is nothing of this category.")]


def _kind(kind: str) -> str:
    return "text" if kind == "word" else kind


def _value(kind: str, cell: Any) -> Any:
    if kind == "day":
        return date.fromisoformat(cell) if cell else None
    return _word(cell) if kind == "word" else cell


def _word(word: str) -> str:
    return WORDS.get(word, word)


def _tick(found: int | None) -> str:
    """What the receiver found, as offices tick it; room for the pen where nothing was found yet."""
    return "" if found is None else "√" if found else "×"
