"""An office where a portfolio was handed over, and losses are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from salesctl.desk import Actor, Desk, Wishes
from salesctl.handovers.rows import Handover
from tests.conftest import Office

SPRING = "2013-01-07T09:00"
Sign = Callable[[str], None]


@pytest.fixture
def handed(office: Office) -> Office:
    """H-1: 林静 hands over to 陈涛 under 何组长; 周岚 leads the department; finance 钱进 and commerce 商云 took part.

    云帆 is a peripheral customer (commerce), 远大 one of the IT channel (finance), 全城 a 3C store (head office).
    """
    for line in (
        "people add 何组长 --grade account_manager --superior zhou --alias he --department 客户部 --regime E",
        "people add 钱进 --grade finance --superior gm --alias qian --department 财务部 --regime E",
        "people add 商云 --grade commerce --superior gm --alias shang --department 商务部 --regime E",
        "people add 总财 --grade finance --superior gm --alias zong --department 总部 --regime E",
        "people add 董事甲 --grade board --alias board",
    ):
        office.do(f"{line} --from 2012-03-01 --as gm")
    for who in ("lin", "chen"):
        office.do(f"people move {who} --superior he --from 2012-06-01 --as gm", now="2012-06-01T09:00")
    office.do("customer add 全城数码广场 --owner lin --alias 全城 --channel stores --as gm", now="2012-06-01T09:00")
    office.do("receivable log 云帆 8400 --due 2013-03-01 --number R-A --as lin", now=SPRING)
    office.do("receivable log 远大 46250 --due 2013-03-01 --number R-B --as lin", now=SPRING)
    office.do("handover start --from lin --to chen --as he", now=SPRING)
    for who, role in (("qian", "finance"), ("shang", "commerce"), ("zong", "head_office_finance")):
        office.do(f"handover join H-1 {who} --role {role} --as he", now=SPRING)
    return office


@pytest.fixture
def sign(office: Office) -> Sign:
    """The last of the three signatures, and completion, on a day."""

    def signed(day: str, number: str = "H-1") -> None:
        on = date.fromisoformat(day)
        desk = Desk(Wishes(office.place), datetime(on.year, on.month, on.day, 9, tzinfo=UTC), "declared", "root")
        desk.__dict__["actor"] = Actor(1, "P001", "沈国栋")
        with desk.ledger.transaction("handover.complete", desk) as tx:
            row = tx.one(Handover, number=number)
            tx.amend(row, signed_on=on, ended_on=on, state="complete")
        desk.ledger.close()

    return signed
