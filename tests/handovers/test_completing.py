"""What is missing, the deliveries, the completion, and what stays as it was (E-4 to E-6, E-10, E-16)."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.conftest import Office
from tests.handovers.conftest import DAY, close, finish, join


def missing(office: Office, now: str = DAY) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.ask("handover show H-1 --missing", now=now)
    return found


def steps(office: Office, now: str = DAY) -> list[str]:
    return list(dict.fromkeys(gap["step"] for gap in missing(office, now)))


def tables(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the journal."""
    with sqlite3.connect(office.ledger) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names if name != "journal"}


def test_one_command_names_every_gap_who_must_act_and_the_clause(case: Office) -> None:
    """E-4 to E-10: papers, checks, visits, roles, signatures and deliveries of a case that has just begun."""
    found = missing(case)
    assert [(gap["step"], gap["about"], gap["clause"]) for gap in found] == [
        ("papers_issued", "customer_data", "E-5"),
        ("papers_issued", "receivables_detail", "E-5"),
        ("papers_issued", "sample_detail", "E-5"),
        ("papers_issued", "work_papers", "E-5"),
        ("papers_checked", "customer_data", "E-4b"),
        ("papers_checked", "receivables_detail", "E-4b"),
        ("papers_checked", "sample_detail", "E-4b"),
        ("papers_checked", "work_papers", "E-4b"),
        ("customers_visited", "C001", "E-6a"),
        ("customers_visited", "C002", "E-6a"),
        ("roles", "assistant", "E-10.1"),
        ("roles", "finance", "E-10.1"),
        ("roles", "commerce", "E-10.2"),
        ("papers_delivered", "finance_commerce", "E-4f"),
        ("papers_delivered", "department_manager", "E-4f"),
    ]
    who = {gap["step"]: gap["who"] for gap in found}
    assert who["papers_checked"] == "P004 陈涛"
    assert who["customers_visited"] == "P003 林静, P004 陈涛, P002 周岚"
    assert who["papers_delivered"] == "P002 周岚"
    assert all(gap["says"] and gap["do"].startswith("salesctl handover ") for gap in found)


def test_gaps_close_one_after_another(case: Office) -> None:
    """SM-22."""
    case.do("handover paper H-1 all --as ma")
    case.do("handover check H-1 all --complete --true --as chen")
    assert steps(case) == ["customers_visited", "roles", "papers_signed", "papers_delivered"]
    case.do("handover visit H-1 云帆 远大 --signer 王总 --as zhou")
    join(case)
    assert steps(case) == ["papers_signed", "papers_delivered"]
    for who in ("lin", "chen", "zhou"):
        case.do(f"handover sign H-1 all --as {who}")
    case.do("handover deliver H-1 --as zhou")
    assert [(gap["about"], gap["who"]) for gap in missing(case)] == [
        ("finance_commerce", "P006 马丽, P007 何静"),
        ("department_manager", "P002 周岚"),
    ]
    case.do("handover acknowledge H-1 --as ma")
    case.do("handover acknowledge H-1 --as zhou")
    assert missing(case) == []
    assert "nothing is missing" in case.do("handover show H-1 --missing").err


def test_six_papers_and_seventeen_signatures_are_not_complete(papers: Office) -> None:
    """EX-E-7: eighteen are needed."""
    papers.do("handover paper H-1 work_papers --outside 客户档案 --as lin")
    finish(papers, signers=("lin", "chen"))
    for place in (1, 2, 3, 4, 5):
        papers.do(f"handover sign H-1 {place} --as zhou")
    assert "1 signatures are still missing" in papers.do("handover sign H-1 5 --as zhou").err
    first = missing(papers)[0]
    assert (first["about"], first["clause"], first["who"]) == ("H-1/6", "E-4e", "P002 周岚")
    answer = papers.run("handover deliver H-1 --as zhou")
    assert (answer.status, answer.code) == (7, "handover.not-signed")
    assert papers.run("handover complete H-1 --as zhou").code == "handover.incomplete"


def test_a_visit_of_two_does_not_count(papers: Office) -> None:
    """EX-E-7: transferor and receiver alone."""
    papers.do("handover visit H-1 云帆 --signer 王总 --as zhou")
    papers.do("handover visit H-1 远大 --with lin --with chen --signer 李总 --as zhou")
    assert [(gap["about"], gap["clause"]) for gap in missing(papers) if gap["step"] == "customers_visited"] == [
        ("C002", "E-6a")
    ]


def test_thirteen_of_fourteen_customers_are_not_complete(office: Office) -> None:
    """EX-E-7."""
    rows = "".join(f"K{n},客户{sign}号商行,林静\n" for n, sign in enumerate("甲乙丙丁戊己庚辛壬癸子丑", 1))
    (office.folder / "c.csv").write_text(f"code,name,owner\n{rows}", encoding="utf-8")
    office.do("customer import c.csv --as gm", now="2012-04-01T09:00")
    office.do("handover start --from lin --to chen --as zhou")
    visited = " ".join(["云帆", *(f"K{n}" for n in range(1, 13))])
    office.do(f"handover visit H-1 {visited} --signer 王总 --as zhou")
    found = [gap for gap in missing(office) if gap["step"] == "customers_visited"]
    assert [(gap["about"], gap["clause"]) for gap in found] == [("C002", "E-6a")]


def test_a_waived_customer_stays_unverified_and_keeps_nothing_up(signed: Office) -> None:
    """AMB-E-i."""
    signed.do("handover visit H-1 云帆 --signer 王总 --as zhou")
    signed.do('handover waive H-1 远大 --evidence "公司已注销" --as zhou')
    join(signed)
    close(signed)
    assert [(gap["about"], gap["state"]) for gap in missing(signed)] == [("C002", "unverified")]
    signed.do("handover complete H-1 --as zhou")


def test_an_item_found_untrue_keeps_it_up(papers: Office) -> None:
    """E-12."""
    papers.do('handover check H-1 R-A --complete --untrue --why "只认八百" --as chen')
    found = [gap for gap in missing(papers) if gap["clause"] == "E-12"]
    assert [(gap["about"], gap["who"], "只认八百" in gap["says"]) for gap in found] == [("R-A", "P003 林静", True)]


def test_a_refused_signature_is_a_dispute(papers: Office) -> None:
    """E-4c."""
    papers.do('handover refuse H-1 2 --why "对账不符" --as chen')
    found = [gap for gap in missing(papers) if gap["state"] == "disputed"]
    assert [(gap["about"], gap["clause"], gap["who"]) for gap in found] == [("H-1/2", "E-4c", "P004 陈涛")]


def test_current_problems_block_and_others_are_carried(signed: Office) -> None:
    """EX-E-10, E-13, E-15a, E-16: the debt of next quarter is the receiver's, the wrong invoice has to be settled."""
    signed.do("handover plan H-1 --by 2012-05-31 --as zhou")
    signed.do('handover issue H-1 R-A --text "下季度才到期" --due 2012-08-31 --as zhou')
    signed.do('handover issue H-1 R-B --text "发票开错" --due 2012-05-20 --amount 2150 --as zhou')
    finish(signed, signers=())
    assert [(gap["about"], gap["clause"]) for gap in missing(signed)] == [("HI-1", "E-16"), ("HI-2", "E-13")]
    assert signed.run("handover complete H-1 --as zhou").code == "handover.incomplete"
    signed.do("handover carry H-1 HI-1 --as chen")
    signed.do('handover plan H-1 HI-2 --text "红冲重开" --as zhou')
    signed.do("handover report-issue H-1 HI-2 --to 财务部 --as zhou")
    assert [(gap["about"], gap["clause"]) for gap in missing(signed)] == [("HI-2", "E-15a")]
    signed.do('handover settle H-1 HI-2 --how "已重开" --as lin')
    signed.do("handover complete H-1 --as zhou")


def test_what_was_not_settled_in_time_is_the_transferors_and_keeps_nothing_up(signed: Office) -> None:
    """E-15b, EX-E-10: after the planned completion the loss is theirs, and the case can be closed."""
    signed.do("handover plan H-1 --by 2012-05-09 --as zhou")
    signed.do('handover issue H-1 R-B --text "发票开错" --due 2012-05-09 --amount 2150 --as zhou')
    finish(signed, signers=())
    assert signed.run("handover complete H-1 --as zhou", now="2012-05-09T09:00").status == 7
    found = missing(signed, "2012-05-10T09:00")
    assert [(gap["about"], gap["clause"], gap["state"]) for gap in found] == [("HI-1", "E-15b", "unverified")]
    signed.do("handover complete H-1 --as zhou", now="2012-05-10T09:00")


def test_the_supervisor_delivers_and_two_acknowledge(signed: Office) -> None:
    """E-4f: nobody else, and not the receiver for either of them."""
    for who in ("lin", "chen", "gm"):
        assert signed.run(f"handover deliver H-1 --as {who}").code == "handover.not-theirs"
    assert signed.run("handover acknowledge H-1 --as ma").code == "handover.not-delivered"
    signed.do("handover deliver H-1 --as zhou")
    for who in ("lin", "chen", "gm", "xiang"):
        answer = signed.run(f"handover acknowledge H-1 --as {who}")
        assert (answer.status, answer.code) == (7, "handover.not-theirs")
    assert [one["acknowledged_on"] for one in signed.ask("handover acknowledge H-1 --as he")] == ["2012-05-08", None]
    assert [one["by"] for one in signed.ask("handover acknowledge H-1 --as zhou")] == ["P007 何静", "P002 周岚"]


def test_a_paper_changed_after_delivery_is_delivered_again(signed: Office) -> None:
    """E-4e, E-4f: what was acknowledged is another paper."""
    finish(signed, signers=())
    assert missing(signed) == []
    signed.do('handover paper H-1 work_papers --outside "补充说明" --as lin')
    assert steps(signed) == ["papers_signed", "papers_delivered"]
    assert signed.run("handover complete H-1 --as zhou").status == 7
    for who in ("lin", "chen", "zhou"):
        signed.do(f"handover sign H-1 all --as {who}")
    assert signed.run("handover acknowledge H-1 --as ma").code == "handover.not-delivered"
    close(signed)
    signed.do("handover complete H-1 --as zhou")


def test_an_incomplete_handover_is_refused_and_recorded(case: Office) -> None:
    """E-4g, E-18: exit 7, nothing passed on."""
    before = tables(case)
    answer = case.run("handover complete H-1 --as zhou")
    assert (answer.status, answer.code) == (7, "handover.incomplete")
    assert tables(case) == before
    assert case.ask("ledger history H-1")[0]["verb"] == "handover.complete"


def test_completion_moves_ownership_from_that_day_and_nothing_else(signed: Office) -> None:
    """E-16, X-4: every other table stays byte for byte as it was."""
    signed.do("approve commission --contract HT-1 --amount 9000 --as lin")
    finish(signed, signers=(), now="2012-05-10T09:00")
    before = tables(signed)
    told = signed.ask("handover complete H-1 --as zhou", now="2012-05-10T10:00")
    assert (told["customers"], told["contracts"], told["receivables"], told["owed"], told["requests"]) == (
        2,
        1,
        2,
        "2500.50",
        1,
    )
    after = tables(signed)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"ownership", "contract_ownership", "handover"}
    assert signed.ask("customer show 云帆", now="2012-05-10T11:00")["owner"] == "P004 陈涛"
    assert signed.ask("customer show 云帆 --as-of 2012-05-09", now="2012-05-10T11:00")["owner"] == "P003 林静"
    assert [one["owner"] for one in signed.ask("contract list", now="2012-05-10T11:00")] == ["P004 陈涛"]
    old = signed.ask("contract list --as-of 2012-05-09", now="2012-05-10T11:00")
    assert [one["owner"] for one in old] == ["P003 林静"]
    assert signed.run("ledger verify").status == 0


def test_open_requests_are_the_receivers_to_answer(signed: Office) -> None:
    """E-16: what was asked stays asked by whom it was; the receiver withdraws or revises it, the transferor no more."""
    signed.do("receipt log 云帆 200000 --contract HT-1 --date 2012-05-02 --overpayment --as gm")
    signed.do("approve commission --contract HT-1 --amount 12000 --as lin")
    signed.do('approve return A-1 --reason "写清用途" --as zhou')
    finish(signed, signers=())
    later = "2012-05-08T15:00"
    assert [one["number"] for one in signed.ask("approve inbox --as lin", now=later)] == ["A-1"]
    signed.do("handover complete H-1 --as zhou", now=later)
    assert signed.ask("approve inbox --as lin", now=later) == []
    assert [one["number"] for one in signed.ask("approve inbox --as chen", now=later)] == ["A-1"]
    assert signed.run("approve withdraw A-1 --reason 误 --as lin", now=later).status != 0
    signed.do('approve withdraw A-1 --reason "不再需要" --as chen', now=later)
    assert "林静" in str(signed.ask("approve show A-1", now=later))


def test_only_the_supervisor_declares_it_complete(signed: Office) -> None:
    finish(signed, signers=())
    for who in ("lin", "chen", "gm", "ma"):
        assert signed.run(f"handover complete H-1 --as {who}").code == "handover.not-theirs"
    signed.do("handover complete H-1 --as zhou")
    for line in ("complete H-1", "sign H-1 all", "paper H-1 all", "deliver H-1", "cancel H-1 --why x --yes"):
        assert signed.run(f"handover {line} --as zhou").code == "handover.over"


def test_four_months_are_counted_from_the_last_signature(papers: Office) -> None:
    """EX-E-8: signed on the second, third and ninth of April 2013; the first table holds through 2013-08-09."""
    papers.do("handover visit H-1 云帆 远大 --signer 王总 --as zhou", now="2013-04-01T09:00")
    join(papers, now="2013-04-01T09:00")
    for who, day in (("lin", "02"), ("chen", "03"), ("zhou", "09")):
        papers.do(f"handover sign H-1 all --as {who}", now=f"2013-04-{day}T09:00")
    close(papers, now="2013-04-10T09:00")
    told = papers.do("handover complete H-1 --as zhou", now="2013-04-11T09:00")
    assert "2013-08-09" in told.err
    assert papers.ask("handover show H-1", now="2013-04-11T10:00")["signed_on"] == "2013-04-09"


def test_it_is_not_complete_before_what_it_rests_on(signed: Office) -> None:
    finish(signed, signers=(), now="2012-05-10T09:00")
    answer = signed.run("handover complete H-1 --on 2012-05-09 --as zhou", now="2012-05-10T12:00")
    assert (answer.status, answer.code) in ((2, "handover.too-early"), (7, "handover.incomplete"))
    signed.do("handover complete H-1 --as zhou", now="2012-05-10T12:00")


def test_what_was_taken_over_today_passes_on_tomorrow(office: Office) -> None:
    """E-16: ownership has days, and one day has one owner."""
    office.do("customer transfer 云帆 --to chen --from 2012-05-08 --as gm")
    office.do("handover start --from chen --to lin --customers 云帆 --as zhou")
    for line in STAFF:
        office.do(line)
    office.do("handover paper H-1 all --as ma")
    office.do("handover check H-1 all --complete --true --as lin")
    office.do("handover visit H-1 云帆 --signer 王总 --as zhou")
    office.do("handover join H-1 he --role commerce --as zhou")
    for who in ("lin", "chen", "zhou"):
        office.do(f"handover sign H-1 all --as {who}")
    close(office)
    assert office.run("handover complete H-1 --as zhou").code == "handover.too-early"
    office.do("handover complete H-1 --as zhou", now="2012-05-09T09:00")


STAFF = (
    "people add 马丽 --grade finance --superior gm --alias ma --regime E --from 2012-03-01 --as gm",
    "people add 何静 --grade commerce --superior gm --alias he --regime E --from 2012-03-01 --as gm",
)


def test_a_receiver_who_leaves_in_the_middle_ends_it(signed: Office) -> None:
    """E-4b: the case names the gap; it is cancelled and started again with somebody else."""
    finish(signed, signers=())
    signed.do("people close chen --last-day 2012-05-09 --yes --as gm")
    assert missing(signed) == []
    later = "2012-05-10T09:00"
    assert [(gap["step"], gap["about"]) for gap in missing(signed, later)] == [("parties", "P004")]
    assert signed.run("handover complete H-1 --as zhou", now=later).code == "handover.incomplete"
    signed.do('handover cancel H-1 --why "接收人离职" --yes --as zhou', now=later)
    assert signed.ask("customer show 云帆", now=later)["owner"] == "P003 林静"
    assert signed.ask("handover start --from lin --to xiang --as gm", now=later)["number"] == "H-2"


def test_a_supervisor_who_leaves_is_replaced_by_starting_again(signed: Office) -> None:
    """E-4d: who stands above the transferor cancels it."""
    signed.do("people close zhou --last-day 2012-05-09 --yes --as gm")
    later = "2012-05-10T09:00"
    assert "parties" in steps(signed, later)
    assert signed.run("handover cancel H-1 --why x --yes --as zhou", now=later).code == "people.gone"
    for who in ("lin", "chen", "ma"):
        assert signed.run(f"handover cancel H-1 --why x --yes --as {who}", now=later).code == "handover.not-theirs"
    signed.do('handover cancel H-1 --why "监交人离职" --yes --as gm', now=later)
    assert signed.ask("handover list", now=later)[0]["state"] == "cancelled"


def test_a_cancelled_case_asks_and_keeps_why(case: Office) -> None:
    assert case.run("handover cancel H-1 --why x --as zhou").code == "desk.not-asked"
    told = case.ask('handover cancel H-1 --why "不走了" --yes --as zhou')
    assert (told["state"], told["why"], told["ended_on"]) == ("cancelled", "不走了", "2012-05-08")
    case.do("customer transfer 云帆 --to chen --from 2012-06-01 --as zhou")


def test_open_ones_are_listed_by_their_planned_day(case: Office) -> None:
    """E-15a: `--planned DAY` asks which should be complete by then."""
    assert case.ask("handover list --planned 2012-06-30") == []
    case.do("handover plan H-1 --by 2012-06-20 --as zhou")
    assert case.ask("handover list --planned 2012-06-19") == []
    assert [one["planned_on"] for one in case.ask("handover list --planned 2012-06-20")] == ["2012-06-20"]
    case.do("handover start --from chen --to lin --planned 2012-05-31 --as zhou")
    assert [one["number"] for one in case.ask("handover list --planned 2012-12-31")] == ["H-1", "H-2"]


@pytest.mark.parametrize(("day", "says"), [("2012-09-08", "last day"), ("2012-09-09", "second table")])
def test_four_months_are_announced(signed: Office, day: str, says: str) -> None:
    """T-36, EX-E-8, AMB-E-a: signed on the eighth of May, the eighth of September is still within."""
    finish(signed, signers=())
    signed.do("handover complete H-1 --as zhou")
    found = [one for one in signed.ask("check", now=f"{day}T09:00") if one["rule"] == "T-36"]
    assert [(one["subject"], one["due_on"], says in one["says"]) for one in found] == [("H-1", day, True)]
    assert "P004 陈涛, P002 周岚" in found[0]["who"]
    for quiet in ("2012-09-01", "2012-09-16"):
        assert "T-36" not in {one["rule"] for one in signed.ask("check", now=f"{quiet}T09:00")}


def test_what_came_up_after_the_start_is_listed_checked_and_signed_before_it_passes_on(signed: Office) -> None:
    """E-4b, E-5: a contract and a debt of the days of the handover itself are not slipped to the receiver unseen."""
    finish(signed, ())
    signed.do("contract add HT-9 --customer 远大 --amount 8000 --signed 2012-05-08 --as lin")
    signed.do("receivable log 远大 8000 --due 2012-07-01 --issued 2012-05-08 --contract HT-9 --number R-Z --as lin")
    late = [(gap["about"], gap["clause"]) for gap in missing(signed)]
    assert late == [("receivables_detail", "E-5"), ("work_papers", "E-5")]
    assert "R-Z" in missing(signed)[0]["says"]
    assert signed.run("handover complete H-1 --as zhou").code == "handover.incomplete"
    signed.do("handover paper H-1 all --as ma")
    listed = {one["about"] for one in signed.ask("handover show H-1")["items"]}
    assert {"HT-9", "R-Z"} <= listed
    assert {"papers_checked", "papers_signed", "papers_delivered"} == set(steps(signed))
    signed.do("handover check H-1 all --complete --true --as chen")
    for who in ("lin", "chen", "zhou"):
        signed.do(f"handover sign H-1 all --as {who}")
    close(signed)
    signed.do("handover complete H-1 --as zhou")
    assert signed.ask("contract show HT-9")["owner"].endswith("陈涛")


def test_completion_says_which_customers_nobody_verified(papers: Office) -> None:
    """AMB-E-i, E-6b: a waived customer holds up nothing and has signed nothing."""
    papers.do("handover waive H-1 远大 --evidence 已注销 --as zhou")
    papers.do("handover visit H-1 云帆 --signer 王总 --as zhou")
    join(papers)
    for who in ("lin", "chen", "zhou"):
        papers.do(f"handover sign H-1 all --as {who}")
    close(papers)
    steps_of = papers.ask("handover complete H-1 --as zhou")["working"]["steps"]
    assert {one["name"]: one["value"] for one in steps_of}["customers waived, not verified"] == 1


def test_a_category_that_had_nothing_lists_what_it_has_by_now(papers: Office) -> None:
    """E-5: the line that said none is no item any more."""
    papers.do("sample product SJ-1 --name 样机 --as ma")
    papers.do("sample place 云帆 SJ-1 -q 3 --as lin")
    assert [gap["about"] for gap in missing(papers) if gap["step"] == "papers_issued"] == ["sample_detail"]
    papers.do("handover paper H-1 铺样明细 --as ma")
    samples = [one for one in papers.ask("handover show H-1")["items"] if one["category"] == "sample_detail"]
    assert [(one["kind"], one["about"]) for one in samples] == [("sample", "C001/SJ-1")]
    found = {one["category"]: one for one in papers.ask("handover check H-1")}["sample_detail"]
    assert (found["items"], found["checked"]) == (1, 0)


def test_nothing_new_leaves_the_papers_and_their_signatures_as_they_are(signed: Office) -> None:
    """E-4e: issued again without news, nothing is voided."""
    signed.do("handover paper H-1 all --as ma")
    assert "papers_signed" not in steps(signed)


@pytest.mark.parametrize("who", ["xiang", "wu"])
def test_a_problem_is_settled_only_by_who_has_a_part_in_the_handover(case: Office, who: str) -> None:
    """E-15a: nobody from outside opens the way to completion; 吴敏 may once she takes part (E-10)."""
    case.do("handover issue H-1 云帆 --text 账不符 --as chen")
    refused = case.run(f"handover settle H-1 HI-1 --how x --as {who}")
    assert (refused.status, refused.code) == (7, "handover.not-theirs")
    case.do("handover join H-1 wu --role 助理 --as zhou")
    case.do("handover settle H-1 HI-1 --how 已对平 --as wu")
