"""A handover under way in the small department."""

from __future__ import annotations

import pytest

from tests.conftest import Office

DAY = "2012-05-08T09:00"
PARTIES = ("lin", "chen", "zhou")


@pytest.fixture
def case(office: Office) -> Office:
    """林静 hands 云帆 and 远大 over to 陈涛 under 周岚 (H-1).

    马丽 (ma) is of finance, 何静 (he) of commerce, 吴敏 (wu) an assistant.
    """
    for line in (
        "people add 马丽 --grade finance --superior gm --alias ma --regime A --regime E --from 2012-03-01 --as gm",
        "people add 何静 --grade commerce --superior gm --alias he --regime A --regime E --from 2012-03-01 --as gm",
        "people add 吴敏 --grade assistant --superior zhou --alias wu --regime A --regime E --from 2012-03-01 --as gm",
        "contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin",
        "receivable log 云帆 1000.50 --due 2012-06-01 --issued 2012-04-01 --number R-A --as lin",
        "receivable log 云帆 2000 --due 2012-05-01 --issued 2012-04-01 --number R-B --as lin",
        "receipt log 云帆 500 --to R-B --date 2012-05-02 --as xiang",
        "handover start --from lin --to chen --as zhou",
    ):
        office.do(line)
    return office


@pytest.fixture
def papers(case: Office) -> Office:
    """The same, with all papers issued and every item checked."""
    case.do("handover paper H-1 all --as ma")
    case.do("handover check H-1 all --complete --true --as chen")
    return case


@pytest.fixture
def signed(papers: Office) -> Office:
    """The same, signed by all three."""
    for who in PARTIES:
        papers.do(f"handover sign H-1 all --as {who}")
    return papers


def join(office: Office, now: str = DAY) -> None:
    """Whoever the channels want takes part (E-10)."""
    for who, role in (("ma", "finance"), ("he", "commerce"), ("wu", "assistant")):
        office.do(f"handover join H-1 {who} --role {role} --as zhou", now=now)


def close(office: Office, now: str = DAY) -> None:
    """Deliver, and acknowledge twice (E-4f)."""
    office.do("handover deliver H-1 --as zhou", now=now)
    office.do("handover acknowledge H-1 --as ma", now=now)
    office.do("handover acknowledge H-1 --as zhou", now=now)


def finish(office: Office, signers: tuple[str, ...] = PARTIES, now: str = DAY) -> None:
    """Visits, roles, signatures; and the deliveries where all three have signed."""
    office.do("handover visit H-1 云帆 远大 --signer 王总 --as zhou", now=now)
    join(office, now)
    for who in signers:
        office.do(f"handover sign H-1 all --as {who}", now=now)
    if signers in ((), PARTIES):
        close(office, now)
