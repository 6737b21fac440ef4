"""`check`: one line for each thing that is due or overdue, its clause with it; asked twice, it says the same."""

from __future__ import annotations

import pytest

from tests.conftest import Office


@pytest.fixture
def busy(office: Office) -> Office:
    """An office with a debt, a request that waits, and an entry that names no company."""
    for line in (
        "receivable log 云帆 1000 --due 2012-03-08 --issued 2012-03-01 --number R-OLD --as lin",
        "receivable log 易购 1000 --due 2012-05-30 --number R-NEW --as chen",
        "contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin",
        "approve commission --contract HT-1 --amount 9000 --as lin",
        "visit log 去客户那里 --leave 9:00 --as chen",
    ):
        office.do(line)
    return office


def rules_due(office: Office, day: str) -> list[tuple[str, str, str]]:
    """Rule, clause and state of everything listed on a day."""
    return [(one["rule"], one["clause"], one["state"]) for one in office.ask(f"check --as-of {day}")]


def test_each_noun_says_what_is_due_with_its_clause(busy: Office) -> None:
    """T-2 an unclear entry, T-6 a request nobody decided, T-10 a debt more than two months over on 9 May."""
    assert ("T-2", "A-1.3", "due") in rules_due(busy, "2012-05-08")
    assert ("T-6", "A-5.4", "due") in rules_due(busy, "2012-05-08")
    assert ("T-10", "A-8.1", "due") in rules_due(busy, "2012-05-09")


def test_a_debt_is_not_due_for_the_list_before_two_months_are_over(busy: Office) -> None:
    """A-8.1, K-5: due 8 March, the corresponding day 8 May is still inside."""
    assert "T-10" not in {rule for rule, _clause, _state in rules_due(busy, "2012-05-08")}
    assert ("T-10", "A-8.1", "due") in rules_due(busy, "2012-05-10")


def test_overdue_comes_first_then_the_earlier_day(busy: Office) -> None:
    """T-1 alone has a deadline that can pass: a planned visit whose entry was due the workday before."""
    busy.do("visit plan 云帆 --date 2012-05-10 --as lin")
    listed = busy.ask("check --as-of 2012-05-10", now="2012-05-10T09:00")
    order = [(one["state"] == "due", one["due_on"]) for one in listed]
    assert order == sorted(order)
    assert {one["state"] for one in listed} == {"due", "overdue"}


def test_asking_writes_nothing_and_answers_the_same_again(busy: Office) -> None:
    before = busy.do("ledger history").out
    assert busy.ask("check --as-of 2012-05-10") == busy.ask("check --as-of 2012-05-10")
    assert busy.do("ledger history").out == before


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_cron_learns_by_the_exit_status(busy: Office, form: str) -> None:
    """Status 8 only where it was asked for, and after everything was listed."""
    assert busy.run(f"check --as-of 2012-05-10 --format {form}").status == 0
    answer = busy.run(f"check --as-of 2012-05-10 --fail-on-due --format {form}")
    assert answer.status == 8
    assert "R-OLD" in answer.out


def test_nothing_due_is_said_in_one_line(office: Office) -> None:
    answer = office.run("check --fail-on-due")
    assert (answer.status, answer.out) == (0, "")
    assert answer.err == "Nothing is due on 2012-05-08.\n"
    assert office.ask("check") == []


def test_what_was_done_is_no_longer_listed(busy: Office) -> None:
    """T-6 ends with the decision, T-10 with the money."""
    busy.do("approve endorse A-1 --as zhou")
    busy.do("approve grant A-1 --as gm")
    busy.do("receipt log 云帆 1000 --as xiang", now="2012-05-09T09:00")
    left = {rule for rule, _clause, _state in rules_due(busy, "2012-05-10")}
    assert left == {"T-2"}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_is_the_same_in_every_language(busy: Office, form: str) -> None:
    """JSON and CSV are never translated, neither what is due nor who must act."""
    busy.do("visit plan 云帆 --date 2012-05-10 --as lin")
    line = f"check --as-of 2012-05-10 --format {form}"
    english, chinese = (busy.do(line, lang=lang).out for lang in ("en", "zh_CN"))
    assert english == chinese
    assert "account_director" in english
    assert "A.visits.close_of_business is not set" in english


def test_people_read_what_is_due_in_their_language(busy: Office) -> None:
    told = busy.do("check --as-of 2012-05-10", lang="zh_CN").out
    assert "客户总监" in told
    assert "absence" not in told
    assert "account_director" not in told
