"""`--on` lends nobody a role of another day: whoever acts in a handover has it on the day and still today (K-12)."""

from __future__ import annotations

import pytest

from tests.conftest import Office

JUNE = "2012-06-04T09:00"
PAST = "--on 2012-05-20"


@pytest.fixture
def moved(signed: Office) -> Office:
    """Signed in May; in June ma is support staff, and lin's department reports to han instead of zhou."""
    for line in (
        "people add 韩松 --grade account_director --superior gm --alias han --department 客户部 --regime A --regime E "
        "--from 2012-03-01 --as gm",
        "people promote ma support_staff --from 2012-06-01 --as gm",
        "people move lin --superior han --from 2012-06-01 --as gm",
    ):
        signed.do(line)
    return signed


def test_former_finance_draws_up_no_papers(moved: Office) -> None:
    """E-14."""
    answer = moved.run(f"handover paper H-1 receivables_detail --as ma {PAST}", now=JUNE)
    assert (answer.status, answer.code) == (7, "handover.not-issuer")
    moved.do(f"handover paper H-1 receivables_detail --as he {PAST}", now=JUNE)


@pytest.mark.parametrize("who", ["ma", "zhou"])
def test_former_finance_and_a_former_manager_acknowledge_nothing(moved: Office, who: str) -> None:
    """E-4f."""
    moved.do("handover deliver H-1 --as zhou", now="2012-05-20T09:00")
    answer = moved.run(f"handover acknowledge H-1 --as {who} {PAST}", now=JUNE)
    assert (answer.status, answer.code) == (7, "handover.not-theirs")
    for now in ("he", "han"):
        moved.do(f"handover acknowledge H-1 --as {now}", now=JUNE)


def test_a_former_manager_waives_no_visit(moved: Office) -> None:
    """E-6b, AMB-E-i; the refusal names who may."""
    answer = moved.run(f"handover waive H-1 云帆 --evidence x --as zhou {PAST}", now=JUNE)
    assert (answer.status, answer.code) == (7, "handover.waiver-refused")
    assert "韩松" in answer.err
    assert moved.run(f"handover waive H-1 云帆 --evidence x --as zhou {PAST}", now=JUNE, lang="zh_CN").status == 7
    moved.do("handover waive H-1 云帆 --evidence x --as han", now=JUNE)


def test_a_manager_acts_on_after_the_transferor_has_left(signed: Office) -> None:
    """The department is known by the transferor's last day."""
    signed.do("handover deliver H-1 --as zhou")
    signed.do("people close lin --last-day 2012-05-31 --yes --as gm", now=JUNE)
    signed.do("handover acknowledge H-1 --as zhou", now=JUNE)


def test_a_paper_that_says_there_is_nothing_is_called_so(papers: Office) -> None:
    """E-5: a category without anything has a paper too, and nobody reads that none is not signed."""
    said = papers.do("handover show H-1 --missing").out
    assert "None is not signed" not in said
    assert "that there is nothing of the category sample detail is not signed by the receiver" in said
    assert "没有移交内容" in papers.do("handover show H-1 --missing", lang="zh_CN").out


def test_a_problem_that_is_dealt_with_is_not_said_to_be_paid(case: Office) -> None:
    case.do("handover issue H-1 R-A --text 少投两次 --kind current --as chen")
    case.do("handover settle H-1 HI-1 --how 已补投 --as lin")
    said = case.run("handover settle H-1 HI-1 --how x --as lin", lang="zh_CN").err
    assert "已处理" in said
    assert "已付清" not in said
