"""A leaver of the sample department, from the report to the last day: every command, every gate (E-4 to E-18)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Office
from tests.demo.story import SAMPLE

SETUP = (
    ("2012-03-01T08:31", f"people import {SAMPLE}/员工.xlsx --from 2012-03-01"),
    ("2012-03-01T08:33", f"customer import {SAMPLE}/客户.xlsx --on 2011-09-01 --as shen"),
    ("2012-06-29T18:10", f"contract import {SAMPLE}/合同.csv --as shen"),
    ("2012-06-29T18:11", f"receivable import {SAMPLE}/应收账款.csv --as shen"),
    ("2012-06-29T18:12", f"receipt import {SAMPLE}/回款.xlsx --as shen"),
    *(
        ("2012-06-29T18:20", f"people add {name} --code {code} --grade {grade} --superior {above} --regime E --as shen")
        for name, code, grade, above in (
            ("高静", "gao", "commerce", "shen"),
            ("秦芳", "qin", "assistant", "han"),
            ("邵敏", "shao", "finance", "shen"),
            ("唐宁", "tang", "commerce", "shen"),
        )
    ),
)
CUSTOMERS = "博雅 启明 朗润 凯旋 锦程 四季 卓越 清源 致远 康宁 华彩 时代"
CASE = (  # when, what, the status it ends with
    ("07-02T13:30", "departure file 孙雅 --last-day 2012-08-03 --as 孙雅", 0),
    ("07-02T14:00", "handover start --from 孙雅 --to 郑凯 --leaving 2012-08-03 --planned 2012-07-20 --as han", 0),
    ("07-03T09:00", "departure approve DP-1 --as shen", 0),
    ("07-03T09:10", "departure formalities DP-1 --as shen", 7),  # E-18: not before the handover is complete
    ("07-03T10:00", "handover paper H-1 all --as 孙雅", 7),  # E-14: finance draws them up
    ("07-03T10:05", "handover paper H-1 all --as ma", 0),
    ("07-03T10:10", 'handover paper H-1 work_papers --outside "客户档案袋十二份" --as 孙雅', 0),
    ("07-03T11:00", "handover sign H-1 all --as 孙雅", 0),
    ("07-03T11:05", "handover sign H-1 all --as 郑凯", 7),  # E-4b: not before the check
    ("07-04T09:00", "handover check H-1 all --complete --true --as 郑凯", 0),
    ("07-04T09:05", 'handover check H-1 FP20120034 --complete --untrue --why "客户只认五万" --as 郑凯', 0),
    ("07-04T09:10", 'handover refuse H-1 3 --why "FP20120034 与客户对账不符" --as 郑凯', 0),  # E-4c
    ("07-04T09:20", 'handover issue H-1 FP20120034 --text "客户只认五万，须对账" --kind current --as 郑凯', 0),
    ("07-04T09:30", 'handover plan H-1 HI-1 --text "孙雅同财务对账，红冲重开" --as 韩松', 0),
    ("07-04T09:40", "handover report-issue H-1 HI-1 --to 财务部 --as 韩松", 0),
    ("07-05T10:00", f"handover visit H-1 {CUSTOMERS} --signer 刘经理 --as 韩松", 0),
    *(
        ("07-05T18:00", f"handover join H-1 {who} --role {role} --as 韩松", 0)
        for who, role in (
            ("秦芳", "assistant"),
            ("ma", "finance"),
            ("高静", "commerce"),
            ("邵敏", "head_office_finance"),
            ("唐宁", "head_office_commerce"),
        )
    ),
    ("07-06T10:00", "handover complete H-1 --as 韩松", 7),
    ("07-09T10:00", "receipt log 康宁 29000 --to FP20120034 --as ma", 0),
    ("07-09T10:30", 'handover settle H-1 HI-1 --how "客户付清差额" --as 孙雅', 0),
    (
        "07-09T11:00",
        "handover paper H-1 receivables_detail --as ma",
        0,
    ),  # the list has changed: signatures on it are void
    ("07-09T11:30", "handover check H-1 FP20120034 --complete --true --as 郑凯", 0),
    ("07-10T09:00", "handover sign H-1 all --as 郑凯", 0),
    ("07-10T09:05", "handover sign H-1 all --as 孙雅", 0),
    ("07-11T09:00", "handover sign H-1 all --as 韩松", 0),
    ("07-11T10:00", "handover print H-1 交接资料.pdf --as 韩松", 0),
    ("07-11T10:30", "handover deliver H-1 --as 韩松", 0),
    ("07-11T11:00", "handover acknowledge H-1 --as ma", 0),
    ("07-11T11:30", "handover acknowledge H-1 --as 韩松", 0),
    ("07-12T09:00", "handover complete H-1 --as 韩松", 0),
    ("07-12T10:00", "departure formalities DP-1 --as shen", 0),
    ("08-06T09:00", "departure close DP-1 --yes --as shen", 0),
)


@pytest.fixture
def department(empty_office: Office) -> Office:
    """The sample department, with the functions that its customers' channels want at a handover."""
    for now, line in SETUP:
        empty_office.do(line, now=now)
    return empty_office


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_whole_case_from_the_report_to_the_last_day(department: Office, lang: str) -> None:
    """E-4 to E-18, through the commands alone, in both languages."""
    for now, line, status in CASE:
        answer = department.run(line, now=f"2012-{now}", lang=lang)
        assert answer.status == status, f"{line}: {answer}"
        if line.startswith("handover complete") and status == 7:
            assert steps(department) == ["papers_checked", "issues_settled", "papers_signed", "papers_delivered"]
    after = "2012-08-06T10:00"
    shown: Any = department.ask("handover list", now=after)[0]
    assert (shown["state"], shown["signed_on"], shown["ended_on"]) == ("complete", "2012-07-11", "2012-07-12")
    owned = department.ask("customer list --owner 郑凯", now=after)
    assert len(owned) == 24
    assert department.ask("customer list --owner 孙雅 --as-of 2012-07-11", now=after) != []
    assert department.ask("customer list --owner 孙雅", now=after) == []
    assert (department.folder / "交接资料.pdf").stat().st_size > 10_000
    assert department.run("ledger verify", now=after).status == 0


def steps(office: Office) -> list[str]:
    found = office.ask("handover show H-1 --missing", now="2012-07-06T10:00")
    return list(dict.fromkeys(gap["step"] for gap in found if gap["state"] != "unverified"))
