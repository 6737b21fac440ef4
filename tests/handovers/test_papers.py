"""Papers of the four categories, the receiver's check, three signatures (E-4b, E-4c, E-4e, E-5, E-14)."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest

from tests.approvals.test_at_once import at_once
from tests.conftest import Office


def listed(office: Office) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.ask("handover papers H-1")
    return found


def content(office: Office, place: int) -> Any:
    with sqlite3.connect(office.ledger) as db:
        (text,) = db.execute("SELECT content FROM handover_paper WHERE place = ?", [place]).fetchone()
    return json.loads(text)


def signatures(office: Office) -> int:
    return sum(bool(one[party]) for one in listed(office) for party in ("transferor", "receiver", "supervisor"))


def test_the_ledger_fills_a_paper_for_every_category_or_says_none(case: Office) -> None:
    """E-5: no samples were placed, so that paper says there are none."""
    case.do("handover paper H-1 all --as ma")
    assert [(one["category"], one["kind"]) for one in listed(case)] == [
        ("customer_data", "made"),
        ("receivables_detail", "made"),
        ("receivables_detail", "made"),
        ("work_papers", "made"),
        ("sample_detail", "none"),
    ]
    assert [row[0] for row in content(case, 1)["rows"]] == ["C001", "C002"]
    assert content(case, 2)["rows"] == [["C001", "北京云帆网络科技有限公司", 300050, 50000, 0, 250050, 0]]
    assert [(row[0], row[5]) for row in content(case, 3)["rows"]] == [("R-B", 150000), ("R-A", 100050)]


def test_a_paper_shows_the_day_it_says(case: Office) -> None:
    """E-14: what was paid on the ninth is not in the list of the eighth, and is in that of the ninth."""
    case.do("receipt log 云帆 1500 --to R-B --as xiang", now="2012-05-09T09:00")
    case.do("handover paper H-1 receivables --dated 2012-05-08 --as ma", now="2012-05-10T09:00")
    assert [row[0] for row in content(case, 1)["rows"]] == ["R-B", "R-A"]
    case.do("handover paper H-1 receivables --as ma", now="2012-05-10T09:00")
    assert [row[0] for row in content(case, 1)["rows"]] == ["R-A"]
    assert [(one["paper"], one["version"]) for one in listed(case)] == [("H-1/1", 2)]


@pytest.mark.parametrize("day", ["2012-05-07", "2012-05-09", "1999-01-01"])
def test_no_paper_shows_a_day_before_the_start_or_to_come(case: Office, day: str) -> None:
    answer = case.run(f"handover paper H-1 all --dated {day} --as ma")
    assert (answer.status, answer.code) == (2, "handover.day")
    assert listed(case) == []


def test_none_is_not_said_of_what_there_is(case: Office) -> None:
    """E-4b: a paper that says none must be true; a signed one counts as a paper of its category (E-5)."""
    answer = case.run("handover paper H-1 receivables_detail --none --as ma")
    assert (answer.status, answer.code) == (2, "handover.not-nothing")
    assert "salesctl handover paper H-1 receivables_detail" in answer.err  # can be typed as it stands
    case.do("handover paper H-1 sample_detail --none --as ma")
    case.do('handover paper H-1 work_papers --outside "客户档案袋" --as lin')
    assert case.run("handover paper H-1 work_papers --none --as lin").code == "handover.not-nothing"
    assert [one["kind"] for one in listed(case)] == ["none", "outside"]


def test_finance_draws_up_what_is_finances(case: Office) -> None:
    """E-14: the transferor orders the customer files, no more; the attempt is recorded."""
    for what in ("statement", "receivables_detail", "sample_detail", "all"):
        answer = case.run(f"handover paper H-1 {what} --as lin")
        assert (answer.status, answer.code) == (7, "handover.not-issuer")
    assert case.run("handover paper H-1 customer_data --as xiang").code == "handover.not-issuer"
    case.do("handover paper H-1 customer_data --as lin")
    case.do("handover paper H-1 statement --as he")
    assert len(listed(case)) == 2


def test_a_paper_from_outside_is_known_by_its_file(case: Office) -> None:
    """E-4e: signatures bind what the file says; another file under the same title voids them."""
    (case.folder / "a.pdf").write_bytes(b"one")
    line = 'handover paper H-1 customer_data --outside "客户档案" --file a.pdf --as lin'
    case.do(line)
    case.do("handover sign H-1 1 --as lin")
    assert "was so already" in case.do(line).err
    assert signatures(case) == 1
    (case.folder / "a.pdf").write_bytes(b"two")
    case.do(line)
    assert [(one["version"], one["transferor"]) for one in listed(case)] == [(2, None)]


def test_the_receiver_signs_after_the_check(case: Office) -> None:
    """E-4b: every item of the paper's category; the other two may sign before."""
    case.do("handover paper H-1 all --as ma")
    case.do("handover sign H-1 all --as lin")
    answer = case.run("handover sign H-1 3 --as chen")
    assert (answer.status, answer.code) == (7, "handover.unchecked")
    case.do("handover check H-1 R-A --complete --true --as chen")
    assert case.run("handover sign H-1 3 --as chen").code == "handover.unchecked"
    case.do("handover check H-1 receivables_detail --complete --true --as chen")
    case.do("handover sign H-1 3 --as chen")
    assert case.run("handover sign H-1 all --as chen").status == 7
    assert signatures(case) == 6


def test_only_the_receiver_checks(case: Office) -> None:
    """E-4b."""
    for who in ("lin", "zhou", "ma"):
        answer = case.run(f"handover check H-1 all --complete --true --as {who}")
        assert (answer.status, answer.code) == (7, "handover.not-theirs")
    assert {one["checked"] for one in case.ask("handover check H-1")} == {0}


def test_a_doubt_wants_a_word_and_can_be_lifted(case: Office) -> None:
    """E-12: books match reality, or it is said where they do not."""
    assert case.run("handover check H-1 R-A --complete --untrue --as chen").code == "handover.no-remark"
    assert case.run("handover check H-1 R-A --true --as chen").code == "input.invalid"
    assert case.run("handover check H-1 R-9 --complete --true --as chen").code == "input.unknown"
    case.do('handover check H-1 r-a --complete --untrue --why "只认八百" --as chen')
    found = {one["category"]: one for one in case.ask("handover check H-1")}
    assert found["receivables_detail"] == {
        "category": "receivables_detail",
        "items": 2,
        "checked": 1,
        "doubtful": 1,
    }
    case.do("handover check H-1 R-A --complete --true --as chen")
    assert {one["doubtful"] for one in case.ask("handover check H-1")} == {0}


def test_three_sign_every_paper(papers: Office) -> None:
    """E-4e, EX-E-7: five papers, fifteen signatures; nobody signs twice."""
    for who in ("lin", "chen", "zhou"):
        papers.do(f"handover sign H-1 all --as {who}")
        papers.do(f"handover sign H-1 all --as {who}")
    assert signatures(papers) == 15
    with sqlite3.connect(papers.ledger) as db:
        assert db.execute("SELECT count(*) FROM handover_signature").fetchone() == (15,)


def test_day_zero_is_the_day_of_the_last_signature(papers: Office) -> None:
    """EX-E-8, AMB-E-a: transferor on the second day, receiver on the third, supervisor on the ninth."""
    for who, day in (("lin", "2012-05-08"), ("chen", "2012-05-09"), ("zhou", "2012-05-15")):
        assert papers.ask("handover show H-1", now=f"{day}T08:00")["signed_on"] is None
        papers.do(f"handover sign H-1 all --as {who}", now=f"{day}T09:00")
    assert papers.ask("handover show H-1")["signed_on"] == "2012-05-15"


def test_a_changed_paper_voids_its_signatures_and_no_others(signed: Office) -> None:
    """E-4e: money came in, the list is issued anew; its three signatures are void, day 0 is gone."""
    later = "2012-05-10T09:00"
    assert "was so already" in signed.do("handover paper H-1 all --as ma").err
    assert (signatures(signed), signed.ask("handover show H-1")["signed_on"]) == (15, "2012-05-08")
    signed.do("receipt log 云帆 1000 --to R-B --as xiang", now=later)
    signed.do("handover paper H-1 receivables --as ma", now=later)
    assert signatures(signed) == 12
    assert signed.ask("handover show H-1")["signed_on"] is None
    for who in ("zhou", "lin", "chen"):
        signed.do(f"handover sign H-1 3 --as {who}", now=later)
    assert (signatures(signed), signed.ask("handover show H-1")["signed_on"]) == (15, "2012-05-10")


def test_nobody_signs_for_somebody_else(papers: Office) -> None:
    """E-4e: no fourth person; and no login of another person's types a signature."""
    for who in ("gm", "xiang", "ma"):
        answer = papers.run(f"handover sign H-1 all --as {who}")
        assert (answer.status, answer.code) == (7, "handover.not-theirs")
    import getpass

    papers.do(f"people login lin {getpass.getuser()} --as gm")
    assert papers.run("handover sign H-1 all --as zhou").code == "handover.not-theirs"
    papers.do("handover sign H-1 all --as lin")
    assert signatures(papers) == 5


def test_the_receiver_may_refuse_and_nobody_forces_it(papers: Office) -> None:
    """E-4c: disputed until the receiver signs; transferor and supervisor have no such right."""
    for who in ("lin", "zhou"):
        assert papers.run(f"handover refuse H-1 2 --why x --as {who}").code == "handover.not-theirs"
    papers.do('handover refuse H-1 2 --why "对账不符" --as chen')
    assert [one["refusal"] for one in listed(papers)] == ["", "对账不符", "", "", ""]
    papers.do("handover sign H-1 2 --as chen")
    assert {one["refusal"] for one in listed(papers)} == {""}
    assert papers.run('handover refuse H-1 2 --why "晚了" --as chen').code == "handover.signed"


def test_three_who_sign_at_once_all_count_once(papers: Office) -> None:
    """E-4e: as real processes on one ledger, each twice."""
    lines = [f"handover sign H-1 all --as {who}" for who in ("lin", "chen", "zhou") * 2]
    assert {status for status, _err in at_once(papers, lines)} == {0}
    with sqlite3.connect(papers.ledger) as db:
        assert db.execute("SELECT count(*) FROM handover_signature").fetchone() == (15,)
    assert papers.ask("handover show H-1")["signed_on"] == "2012-05-08"
    assert papers.run("ledger verify").status == 0


def test_a_signature_of_a_day_before_its_paper_is_none(case: Office) -> None:
    case.do("handover paper H-1 all --as ma", now="2012-05-10T09:00")
    assert case.run("handover sign H-1 1 --as lin --on 2012-05-09", now="2012-05-10T09:00").code == (
        "handover.before-paper"
    )
    assert case.run("handover sign H-1 1 --as lin --on 2012-05-07", now="2012-05-10T09:00").code == "handover.day"
    assert case.run("handover sign H-1 9 --as lin", now="2012-05-10T09:00").code == "input.unknown"


def test_whoever_has_left_signs_nothing(papers: Office) -> None:
    """E-4e: the receiver who left in the middle."""
    papers.do("people close chen --last-day 2012-05-08 --yes --as gm")
    assert papers.run("handover sign H-1 all --as chen", now="2012-05-09T09:00").code == "people.gone"


def test_a_transferor_who_has_left_signs_by_hand(papers: Office) -> None:
    """L-9, K-12: the employment ended before the handover; the supervisor records it, with evidence and both names."""
    line = 'handover sign H-1 all --evidence "signed on paper, file 3" --as'
    assert papers.run(f"{line} zhou").code == "handover.not-theirs"  # still here: signs in their own name
    papers.do("people close lin --last-day 2012-05-09 --yes --as gm")
    later = "2012-05-10T09:00"
    assert papers.run("handover sign H-1 all --as lin", now=later).code == "people.gone"
    for who in ("chen", "gm", "ma"):
        assert papers.run(f"{line} {who}", now=later).code == "handover.not-theirs"
    papers.do(f"{line} zhou", now=later)
    assert {(one["transferor"], one["supervisor"]) for one in listed(papers)} == {("2012-05-10", None)}
    with sqlite3.connect(papers.ledger) as db:
        found = db.execute(
            "SELECT DISTINCT p.name, t.name FROM handover_signature s "
            "JOIN person p ON p.id = s.person_id JOIN person t ON t.id = s.typed_by_id"
        ).fetchall()
    assert found == [("林静", "周岚")]


def test_nothing_is_signed_before_there_is_a_paper(case: Office) -> None:
    assert case.run("handover sign H-1 all --as lin").code == "handover.no-papers"


def test_a_case_says_whom_it_waits_for_only_while_it_does(papers: Office) -> None:
    """E-4e: once all three have signed nobody is waited for; a changed paper is waited for again."""

    def waits() -> set[tuple[str, ...]]:
        return {tuple(item["waits_for"]) for item in papers.ask("handover show H-1")["items"]}

    three = ("transferor", "receiver", "handover_supervisor")
    assert waits() == {three}
    for who in ("lin", "chen", "zhou"):
        papers.do(f"handover sign H-1 all --as {who}")
    assert waits() == {()}
    papers.do("receipt log 云帆 100 --to R-B --as xiang")
    papers.do("handover paper H-1 all --as ma")
    assert waits() == {three}


def test_a_doubt_that_is_swept_over_is_said(papers: Office) -> None:
    """E-12: checking all of them again does not quietly lift what was found of one."""
    papers.do('handover check H-1 R-A --complete --untrue --why "只认八百" --as chen')
    told = papers.do("handover check H-1 全部 --complete --true --as chen")
    assert "1 of them had been found incomplete or untrue" in told.err
    assert "had been found" not in papers.do("handover check H-1 all --complete --true --as chen").err


def test_a_paper_is_asked_for_by_its_name(case: Office) -> None:
    """E-5: as the lists say it."""
    case.do("handover paper H-1 客户对账单 --as ma")
    case.do("handover paper H-1 工作资料 --outside 客户档案袋 --as lin")
    assert [(one["category"], one["kind"]) for one in listed(case)] == [
        ("receivables_detail", "made"),
        ("work_papers", "outside"),
    ]


def test_what_is_recovered_of_a_bad_debt_is_no_credit_and_takes_none_off(case: Office) -> None:
    """E-5, A-8.4: 900 came for a debt of 1,500 that was written off, of which 200 is left as credit elsewhere."""
    later = "2012-11-12T09:00"
    case.do("people add 董事甲 --grade board --alias board --regime A --from 2012-03-01 --as gm")
    case.do("baddebt submit R-B --reason 收不回", now=later)
    case.do("baddebt decide B-1 --approve --minutes 2012-11 --as board", now=later)
    case.do("receipt log 云帆 900 --to R-B", now=later)
    case.do("receipt log 云帆 1200.50 --to R-A=1000.50 --overpayment", now=later)
    case.do("handover paper H-1 all --as ma", now=later)
    for figure, sum_ in (("credit", "200.00"), ("open", "0.00"), ("written_off", "600.00"), ("received", "2600.50")):
        found = case.ask(f"why H-1/2 C001 {figure}", now=later)
        assert (found["amount"], found["adds_up"]) == (sum_, True)
