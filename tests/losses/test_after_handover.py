"""A handover from its start to a loss that is found after it, through the commands alone (E-4 to E-19)."""

from __future__ import annotations

import pytest

from tests.conftest import Office
from tests.handovers.conftest import case, finish, papers

__all__ = ["case", "papers"]

SAMPLES = (
    "sample product SJ-200 --name 样机",
    "sample price SJ-200 --from 2012-01-01 --price 399",
    "sample place 云帆 SJ-200 --quantity 14 --on 2012-04-02",
)


@pytest.fixture
def over(case: Office) -> Office:
    """H-1, complete on 2012-05-08 with fourteen samples at 云帆 on its papers."""
    for line in SAMPLES:
        case.do(line)
    case.do("handover paper H-1 all --as ma")
    case.do("handover check H-1 all --complete --true --as chen")
    finish(case)
    case.do("handover complete H-1 --as zhou")
    return case


@pytest.mark.parametrize(("day", "table"), [("2012-09-08", "within"), ("2012-09-09", "after")])
def test_a_loss_is_shared_by_those_who_signed(over: Office, day: str, table: str) -> None:
    """EX-E-1: twelve of them are missing: 4,788.00, by the four months from the last signature (EX-E-2)."""
    now = f"{day}T10:00"
    over.do("sample missing 云帆 SJ-200 --quantity 12", now=now)
    made = over.ask("loss report --customer 云帆 --product SJ-200 --text 短缺 --evidence 盘点表 --as chen", now=now)
    assert (made["handover"], made["table"], made["signed_on"]) == ("H-1", table, "2012-05-08")
    over.do("loss value LS-1 --as ma", now=now)
    row = over.ask("loss split LS-1 --as ma", now=now)
    leader = "handover_supervisor" if table == "within" else "department_manager"
    wanted = {
        "receiver": ("P004 陈涛", "718.20" if table == "within" else "1197.00"),
        leader: ("P002 周岚", "1197.00" if table == "within" else "718.20"),
        "commerce": ("P007 何静", "478.80"),
        "the_company": ("", "2394.00"),
    }
    assert {share["party"]: (share["person"], share["amount"]) for share in row["shares"]} == wanted
    assert over.ask("loss confirm LS-1 --as gm", now=now)["state"] == "confirmed"
    assert over.ask("ledger verify", now=now)["faults"] == 0
