"""Every customer is visited by all three and signs; who else takes part (E-6, E-9, E-10, AMB-E-i)."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from tests.conftest import Office

JUNE = "2012-06-04T09:00"


@pytest.fixture
def handed(office: Office) -> Office:
    """H-1: 林静 hands 云帆 and 远大 to 陈涛; 周岚 supervises, and is the department manager."""
    office.do("handover start --from lin --to chen --as zhou")
    return office


def states(office: Office, now: str = JUNE) -> dict[str, str]:
    return {one["code"]: one["state"] for one in office.ask("handover visits H-1", now=now)}


def test_a_customer_is_done_when_all_three_came_and_it_signed(handed: Office) -> None:
    """E-6a, E-6b: the working names who is left."""
    answer = handed.do("handover visit H-1 云帆 --signer 王敏 --evidence 'folder 3' --format json", now=JUNE)
    assert {one["code"]: one["state"] for one in answer.json} == {"C001": "verified", "C002": "not_visited"}
    first = answer.json[0]
    assert (first["visited_on"], first["signer"], first["evidence"]) == ("2012-06-04", "王敏", "folder 3")
    assert "1 of 2 customers" in answer.err
    told = str(handed.ask("why H-1", now=JUNE))
    assert "E-6a" in told
    assert "E-6b" in told


def test_without_one_of_the_three_a_visit_does_not_count(handed: Office) -> None:
    """EX-E-7: transferor and receiver alone; the next visit is made by all three, and then it counts."""
    handed.do("handover visit H-1 云帆 --with lin --with chen --signer 王敏", now=JUNE)
    assert states(handed)["C001"] == "not_visited"
    handed.do("handover visit H-1 云帆", now="2012-06-05T09:00")
    assert states(handed, "2012-06-05T10:00")["C001"] == "verified"
    assert states(handed)["C001"] == "not_visited"  # as it stood the day before


def test_fourteen_customers_thirteen_visited_leave_one(office: Office) -> None:
    """EX-E-7: 14 customers, 13 visited by all three."""
    for number in range(12):
        office.do(f"customer add 山河{chr(0x4E00 + 37 * number)}贸易有限公司 --owner lin --distinct --code K{number}")
    office.do("handover start --from lin --to chen --as zhou")
    codes = " ".join(["C001", "C002", *(f"K{number}" for number in range(11))])
    answer = office.do(f"handover visit H-1 {codes} --signer 王敏")
    assert "1 of 14 customers" in answer.err
    assert [one for one, state in states(office).items() if state != "verified"] == ["K11"]


def test_a_visit_without_the_customers_signature_waits_for_it(handed: Office) -> None:
    """E-6b: the signature may come on another day, with whoever brings it."""
    handed.do("handover visit H-1 云帆", now=JUNE)
    assert states(handed)["C001"] == "not_signed"
    handed.do("handover visit H-1 云帆 --with lin --signer 王敏", now="2012-06-06T09:00")
    assert states(handed, "2012-06-06T10:00")["C001"] == "verified"


def test_said_again_for_a_day_it_replaces_what_was_said(handed: Office) -> None:
    """E-6a: a slip is put right; the journal keeps both."""
    handed.do("handover visit H-1 云帆 --signer 王敏", now=JUNE)
    handed.do("handover visit H-1 云帆 --with lin --with chen --signer 王敏", now=JUNE)
    assert states(handed)["C001"] == "not_visited"
    assert len(handed.ask("why H-1", now=JUNE)) >= 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("visit H-1 易购", "handover.not-covered"),
        ("visit H-1 云帆 --with xiang", "handover.not-a-party"),
        ("visit H-1 云帆 --with lin --with lin --with chen", "input.invalid"),
        ("visit H-1 云帆 --with nobody", "input.unknown"),
        ("visit H-1 云帆 --on 2012-05-07", "handover.day"),
        ("visit H-1 云帆 --on 2012-06-05", "handover.day"),
        ("visit H-9 云帆", "input.unknown"),
        ("visit H-1 云帆 --signer ' '", "input.invalid"),
        ("waive H-1 易购 --evidence gone --as zhou", "handover.not-covered"),
        ("waive H-1 云帆 --evidence '' --as zhou", "input.invalid"),
        ("join H-1 chen --role warehouse", "input.unknown"),
        ("join H-1 chen", "input.invalid"),
        ("join H-1 zhou --role sales", "handover.two-roles"),
        ("join H-1 lin --role finance", "handover.two-roles"),
    ],
)
def test_what_cannot_have_happened_is_not_written(handed: Office, line: str, code: str) -> None:
    before = handed.do("ledger history", now=JUNE).out
    answer = handed.run(["handover", *shlex.split(line)], now=JUNE)
    assert (answer.status, answer.code) == (2, code)
    assert handed.do("ledger history", now=JUNE).out == before


def test_whoever_has_left_was_at_no_visit(handed: Office) -> None:
    """E-6a: the receiver leaves in the middle; from the day after their last one they join no visit."""
    handed.do("people close chen --last-day 2012-06-03 --yes --as gm", now="2012-06-01T09:00")
    assert handed.run("handover visit H-1 云帆 --signer 王敏", now=JUNE).code == "people.gone"
    handed.do("handover visit H-1 云帆 --signer 王敏 --on 2012-06-03", now=JUNE)


def test_only_the_department_manager_waives_and_the_customer_stays_unverified(handed: Office) -> None:
    """AMB-E-i: refused to anybody else, and the refusal is recorded; 周岚 leads the department."""
    for who in ("lin", "chen", "gm", "xiang"):
        refused = handed.run(f"handover waive H-1 云帆 --evidence struck-off --as {who}", now=JUNE)
        assert (refused.status, refused.code) == (7, "handover.waiver-refused")
        assert "周岚" in refused.err
    answer = handed.do("handover waive H-1 云帆 --evidence struck-off --as zhou --format json", now=JUNE)
    assert answer.json[0] | {"waived_by": "周岚", "evidence": "struck-off"} == answer.json[0]
    assert answer.json[0]["state"] == "waived"
    assert "the receiver may refuse" in answer.err
    assert "AMB-E-i" in str(handed.ask("why H-1", now=JUNE))


def test_a_waived_customer_who_signs_after_all_is_verified(handed: Office) -> None:
    """E-6, AMB-E-i: a waiver closes nothing for good."""
    handed.do("handover waive H-1 云帆 --evidence away --as zhou", now=JUNE)
    handed.do("handover visit H-1 云帆 --signer 王敏", now="2012-06-05T09:00")
    assert states(handed, "2012-06-05T10:00")["C001"] == "verified"


def test_a_manager_who_takes_over_does_not_waive_for_themselves(office: Office) -> None:
    """K-12: 周岚 is the receiver, so the general manager decides."""
    office.do("handover start --from lin --to zhou --as gm")
    assert office.run("handover waive H-1 云帆 --evidence gone --as zhou").status == 7
    office.do("handover waive H-1 云帆 --evidence gone --as gm")


def test_the_channels_want_people_and_one_takes_no_two_roles(handed: Office) -> None:
    """E-10.1, E-10.2, E-9: 云帆 is peripheral, 远大 of the IT channel."""
    handed.do("people add 何静 --grade finance --superior gm --alias he --from 2012-03-01 --as gm")
    handed.do("people add 高文 --superior gm --alias gao --from 2012-03-01 --as gm")
    answer = handed.do("handover join H-1 --format json", now=JUNE)
    assert [one["role"] for one in answer.json] == ["sales", "assistant", "finance", "commerce"]
    assert answer.json[0]["person"] == "P003 林静"  # the transferor is of sales
    assert "3 of the roles" in answer.err
    handed.do("handover join H-1 lin --role sales", now=JUNE)
    assert "not as" not in handed.do("handover join H-1 he --role finance", now=JUNE).err
    assert "not as assistant" in handed.do("handover join H-1 gao --role assistant", now=JUNE).err
    assert handed.run("handover join H-1 he --role commerce", now=JUNE).code == "handover.two-roles"
    handed.do("handover join H-1 xiang --role observer", now=JUNE)
    taken: list[dict[str, Any]] = handed.ask("handover join H-1", now=JUNE)
    assert [(one["role"], one["person"]) for one in taken] == [
        ("sales", "P003 林静"),
        ("assistant", "P007 高文"),
        ("finance", "P006 何静"),
        ("commerce", ""),
        ("observer", "P005 向红"),
    ]


def test_a_portfolio_for_several_receivers_is_previewed_and_nothing_written(office: Office) -> None:
    """E-4d, E-10: each part with its supervisor, its roles and what is open; what nobody gets is named."""
    office.do("receivable log 云帆 1000.50 --due 2012-06-01 --as lin")
    office.do("receivable log 远大 500 --due 2012-05-20 --as lin")
    before = office.do("ledger history").out
    answer = office.do("handover plan --from lin --split chen=云帆 --split xiang=rest --format json")
    assert [(one["receiver"], one["code"], one["open"], one["supervisor"]) for one in answer.json] == [
        ("P004 陈涛", "C001", "1000.50", "P002 周岚"),
        ("P005 向红", "C002", "500.00", "P001 沈国栋"),
    ]
    assert "AMB-E-d" in answer.err
    assert "1 customers, 1,000.50 open; takes part: sales, commerce" in answer.err
    assert "Nobody gets 1: 上海远大" in office.do("handover plan --from lin --split chen=云帆").err
    assert office.do("ledger history").out == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("--from lin --split chen=云帆 --split xiang=云帆", "handover.split-twice"),
        ("--from lin --split chen=rest --split xiang=rest", "handover.split-twice"),
        ("--from lin --split lin=云帆", "handover.same-party"),
        ("--from lin --split chen=易购", "handover.not-served"),
        ("--from xiang --split chen=rest", "handover.not-served"),
        ("--from lin --split chen", "input.invalid"),
        ("--from lin", "input.invalid"),
        ("H-1", "input.invalid"),
        ("--from lin --split gm=rest", "handover.no-supervisor"),
    ],
)
def test_a_split_that_cannot_be_started_is_refused(office: Office, line: str, code: str) -> None:
    assert office.run(f"handover plan {line}").code == code


@pytest.mark.parametrize("signer", ["林静", "陈涛", "周岚"])
def test_none_of_the_three_signs_for_the_customer(handed: Office, signer: str) -> None:
    """E-6b: the customer signs."""
    assert handed.run(f"handover visit H-1 云帆 --signer {signer}", now=JUNE).code == "handover.own-signer"
    assert states(handed)["C001"] == "not_visited"


def test_a_role_is_named_as_it_is_listed(handed: Office) -> None:
    """E-10: in Chinese as in English."""
    handed.do("people add 何静 --grade 商务 --superior gm --alias he --regime E --from 2012-03-01 --as gm")
    handed.do("handover join H-1 he --role 商务 --as zhou", now=JUNE)
    assert {one["role"]: one["person"] for one in handed.ask("handover join H-1", now=JUNE)}["commerce"]
    told = handed.run("handover join H-1 he --role 商人 --as zhou", now=JUNE, lang="zh_CN")
    assert "commerce（商务）" in told.err


def test_several_customers_are_named_with_commas_too(handed: Office) -> None:
    """As `handover start --customers` takes them, in the comma of either language."""
    handed.do("handover visit H-1 云帆，远大 --signer 王敏 --as zhou", now=JUNE)
    assert set(states(handed).values()) == {"verified"}
