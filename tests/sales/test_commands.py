"""Sales figures through the command: contracts, receipts, refunds, and whose they are on the day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Office

NOW = "2012-12-31T10:00"


def rows(office: Office, line: str, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in office.ask(f"sales report {line}", now=NOW)]


def test_contracts_count_on_their_day_for_their_account_manager(office: Office) -> None:
    office.do("contract add K-1 --customer 云帆 --amount 1000 --signed 2012-03-31 --as lin")
    office.do("contract add K-2 --customer 云帆 --amount 500 --signed 2012-04-01 --as lin")
    office.do("contract add K-3 --customer 易购 --amount 70 --signed 2012-04-02 --as chen")
    assert rows(office, "", "manager", "period", "contracts", "sales") == [
        ("P003 林静", "2012-03", 1, "1000.00"),
        ("P003 林静", "2012-04", 1, "500.00"),
        ("P004 陈涛", "2012-04", 1, "70.00"),
    ]
    assert rows(office, "--by department --period quarter", "department", "period", "contracts", "sales") == [
        ("客户部", "2012-Q1", 1, "1000.00"),
        ("客户部", "2012-Q2", 2, "570.00"),
    ]
    assert rows(office, "--as-of 2012-03-31", "period", "sales") == [("2012-03", "1000.00")]


def test_money_counts_for_whoever_served_the_customer_that_day(office: Office) -> None:
    office.do("receipt log 云帆 300 --date 2012-05-07 --overpayment --as xiang")
    office.do("customer transfer 云帆 --to chen --from 2012-05-08 --as zhou")
    office.do("receipt log 云帆 200 --date 2012-05-08 --overpayment --as xiang")
    office.do("receipt refund M-1 100 --reason 多付 --as gm", now="2012-06-01T09:00")
    assert rows(office, "", "manager", "period", "received", "signed") == [
        ("P003 林静", "2012-05", "300.00", "0.00"),
        ("P004 陈涛", "2012-05", "200.00", "0.00"),
        ("P004 陈涛", "2012-06", "-100.00", "0.00"),
    ]


@pytest.mark.parametrize(("line", "status"), [("--by customer", 2), ("--period week", 2), ("--by ''", 2)])
def test_what_it_cannot_group_by_is_said(office: Office, line: str, status: int) -> None:
    assert office.run(f"sales report {line}").status == status


def test_a_company_may_count_what_it_received(office: Office) -> None:
    pack = office.folder / "ours"
    pack.mkdir()
    (pack / "pack.toml").write_text('code = "own"\nextends = "A"\nname = { en = "Ours", zh_CN = "本公司" }\n')
    (pack / "bad_debts.toml").write_text('[[base.version]]\norigin = "company"\nsource = "A-8.4"\nvalue = "receipts"\n')
    office.do("policy adopt ours --as gm --yes")
    office.do("contract add K-1 --customer 云帆 --amount 1000 --signed 2012-05-01 --as lin")
    office.do("receipt log 云帆 300 --overpayment --as xiang")
    assert rows(office, "", "signed", "received", "sales") == [("1000.00", "300.00", "300.00")]
