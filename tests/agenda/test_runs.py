"""A check that is kept: what is new, once, whoever checks how often; days nobody checked; two at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesctl.agenda import runs
from tests.conftest import Office

EVENING = "T17:30"
PROJECT = str(Path(__file__).parents[2])


@pytest.fixture
def owing(office: Office) -> Office:
    """Debts due on 8 and 12 March: over two months on 9 and 13 May."""
    for number, day in (("R-A", "2012-03-08"), ("R-B", "2012-03-12")):
        office.do(f"receivable log 云帆 1000 --due {day} --issued 2012-03-01 --number {number}", now="2012-05-02T09:00")
    return office


def news(office: Office, day: str) -> list[str]:
    """The ids `check --new` lists on an evening."""
    return [one["id"] for one in office.ask("check --new", now=day + EVENING)]


def items(ledger: Path, *, is_open: bool) -> set[tuple[str, ...]]:
    """What is kept as open, or as closed."""
    with sqlite3.connect(ledger) as db:
        where = "closed_on IS NULL" if is_open else "closed_on IS NOT NULL"
        rows = db.execute(f"SELECT rule, subject, period, who FROM agenda_item WHERE {where}").fetchall()
    assert len({row[:3] for row in rows}) == len(rows) or not is_open
    return set(rows)


def head(office: Office) -> str:
    return str(office.ask("ledger info")["head"])


def test_a_debt_is_new_on_the_day_after_two_months_and_never_again(owing: Office) -> None:
    """A-8.1, K-5: the day before, the day on, the day after."""
    assert news(owing, "2012-05-08") == []
    assert news(owing, "2012-05-09") == ["T-10 R-A 2012-05-09"]
    assert news(owing, "2012-05-09") == []
    assert news(owing, "2012-05-10") == []
    assert [one["id"] for one in owing.ask("check", now="2012-05-10T18:00")] == ["T-10 R-A 2012-05-09"]
    assert news(owing, "2012-05-14") == ["T-10 R-B 2012-05-13"]


def test_the_statement_of_every_meeting_is_a_new_item(owing: Office) -> None:
    """A-8.2: four months over on 9 July, stated at every weekly meeting until it is paid."""
    news(owing, "2012-07-08")
    assert news(owing, "2012-07-09") == ["T-10 R-A 2012-W28"]
    assert news(owing, "2012-07-10") == ["T-10 R-A 2012-W29"]
    assert news(owing, "2012-07-16") == ["T-10 R-B 2012-W29"]
    assert ("T-10", "R-A", "2012-W28", "P003 林静") in items(owing.ledger, is_open=False)


def test_what_was_paid_is_closed(owing: Office) -> None:
    news(owing, "2012-05-09")
    owing.do("receipt log 云帆 1000 --as gm", now="2012-05-10T09:00")
    assert news(owing, "2012-05-10") == []
    assert items(owing.ledger, is_open=True) == set()
    assert {item[1] for item in items(owing.ledger, is_open=False)} == {"R-A"}


def test_what_passes_to_somebody_else_is_new_to_them(owing: Office) -> None:
    assert news(owing, "2012-05-09") == ["T-10 R-A 2012-05-09"]
    owing.do("customer transfer 云帆 --to chen --as gm", now="2012-05-10T09:00")
    assert news(owing, "2012-05-10") == ["T-10 R-A 2012-05-09"]
    assert {item[3] for item in items(owing.ledger, is_open=True)} == {"P004 陈涛"}


def test_a_request_that_goes_on_to_the_general_manager_is_new(office: Office) -> None:
    """T-6: endorsed, it waits for somebody else; in the second round it is another item."""
    office.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin")
    office.do("approve commission --contract HT-1 --amount 9000 --as lin")
    assert news(office, "2012-05-08") == ["T-6 A-1 round-1"]
    office.do("approve endorse A-1 --as zhou", now="2012-05-09T09:00")
    assert news(office, "2012-05-09") == ["T-6 A-1 round-1"]
    assert {item[3] for item in items(office.ledger, is_open=True)} == {"P001 沈国栋"}


def test_looking_keeps_nothing(owing: Office) -> None:
    before = head(owing)
    for line in ("check", "check --as-of 2012-05-20", "check --new --as-of 2012-05-20", "check --new --mail --dry-run",
                 "check --ics -"):  # fmt: skip
        owing.do(line, now="2012-05-10T09:00")
    assert head(owing) == before
    assert items(owing.ledger, is_open=True) == set()


def test_a_rehearsal_and_another_day_are_compared_with_the_last_check(owing: Office) -> None:
    news(owing, "2012-05-09")
    assert owing.ask("check --new --dry-run", now="2012-05-09T18:00") == []
    ahead = owing.ask("check --new --as-of 2012-05-14", now="2012-05-09T18:00")
    assert [one["id"] for one in ahead] == ["T-10 R-B 2012-05-13"]


def test_cron_learns_of_news_by_the_exit_status(owing: Office) -> None:
    first = owing.run("check --new --fail-on-due", now="2012-05-09T17:30")
    assert (first.status, "R-A" in first.out) == (8, True)
    second = owing.run("check --new --fail-on-due", now="2012-05-09T17:31")
    assert (second.status, second.out, second.err) == (0, "", "Nothing new is due on 2012-05-09.\n")


def test_nobody_has_to_be_named_and_the_entry_is_in_the_chain(owing: Office) -> None:
    owing.unnamed()
    assert news(owing, "2012-05-09") == ["T-10 R-A 2012-05-09"]
    assert owing.do("ledger verify").status == 0
    entry = owing.ask("ledger history 2012-05-09")[0]
    assert (entry["verb"], entry["actor"]) == ("check.run", None)


def test_a_second_check_of_the_day_writes_nothing_and_asks_nothing(owing: Office) -> None:
    news(owing, "2012-05-09")
    before = head(owing)
    assert news(owing, "2012-05-09") == []
    assert head(owing) == before


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("receivable log 易购 5 --due 2012-03-01 --issued 2012-03-01 --number R-C", ["T-10 R-C 2012-05-02"]),
        ("visit log 去客户那里 --leave 17:00 --as chen", ["T-2 V-1 2012-05-09"]),
        ("customer alias 云帆 帆", []),
    ],
)
def test_whatever_happens_meanwhile_is_asked_about(owing: Office, line: str, found: list[str]) -> None:
    news(owing, "2012-05-09")
    owing.do(line, now="2012-05-09T17:40")
    assert news(owing, "2012-05-09") == found
    assert news(owing, "2012-05-09") == []


def test_another_program_or_other_packs_are_asked_again(owing: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    news(owing, "2012-05-09")
    before = head(owing)
    monkeypatch.setattr(runs, "__version__", "0.0.0")
    assert news(owing, "2012-05-09") == []
    assert head(owing) != before


def test_a_clock_that_was_set_back_breaks_nothing(owing: Office) -> None:
    """Nasty case 22."""
    assert news(owing, "2012-05-14") == ["T-10 R-A 2012-05-09", "T-10 R-B 2012-05-13"]
    assert news(owing, "2012-05-12") == []
    assert owing.do("ledger verify").status == 0


def test_an_answer_that_cannot_be_written_is_kept_all_the_same(owing: Office) -> None:
    """It is listed by `check` from then on."""
    answer = owing.run("check --new -o /dev/full", now="2012-05-09T17:30")
    assert (answer.status, answer.code) == (6, "output.failed")
    assert len(items(owing.ledger, is_open=True)) == 1
    assert len(owing.ask("check", now="2012-05-09T17:40")) == 1


def test_days_nobody_checked_are_named_by_the_next(owing: Office) -> None:
    """9 May 2012 is a Wednesday; 12 and 13 May are a weekend."""
    news(owing, "2012-05-09")
    assert "Nobody checked" not in owing.do("check --new", now="2012-05-10T17:30").err
    late = owing.do("check --new --format json", now="2012-05-14T17:30")
    assert "Nobody checked on 2012-05-11, a working day" in late.err
    assert [one["id"] for one in late.json] == ["T-10 R-B 2012-05-13"]
    assert "Nobody checked" not in owing.do("check --new", now="2012-05-15T17:30").err
    assert "Nobody checked on 3 working days, since 2012-05-16" in owing.do("check", now="2012-05-21T09:00").err
    for day in ("2012-05-02", "2012-06-30"):
        assert "Nobody checked" not in owing.do(f"check --as-of {day}", now="2012-05-21T09:00").err


def test_a_weekend_and_a_holiday_are_not_missed_and_a_worked_saturday_is(owing: Office) -> None:
    """Dragon Boat 2012: Friday 22 June to Sunday 24 June off. National Day: Saturday 29 September worked."""
    news(owing, "2012-06-21")
    assert "Nobody checked" not in owing.do("check --new", now="2012-06-25T17:30").err
    news(owing, "2012-09-28")
    assert "Nobody checked on 2012-09-29" in owing.do("check --new", now="2012-10-08T17:30").err


def test_the_day_is_the_day_in_shanghai_whatever_the_machine_thinks(owing: Office) -> None:
    """Nasty case 21: 16:30 UTC on 8 May is 9 May in Shanghai."""
    assert [one["id"] for one in owing.ask("check --new", now="2012-05-08T16:30+00:00")] == ["T-10 R-A 2012-05-09"]


def test_of_several_checks_at_once_one_finds_the_news_and_writes_the_letter(owing: Office) -> None:
    owing.do("people email lin lin@example.com --as gm")
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-09T17:30", "PYTHONPATH": PROJECT}
    command = [sys.executable, "-m", "salesctl", "check", "--new", "--mail", "--fail-on-due", "--format", "json"]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for _place in range(4)
    ]
    answers = [process.communicate(timeout=120) for process in running]
    assert sorted(process.returncode for process in running) == [0, 0, 0, 8], answers
    assert sorted(len(json.loads(out)) for out, _err in answers) == [0, 0, 0, 1]
    assert len(items(owing.ledger, is_open=True)) == 1
    assert [(one["state"], one["tries"]) for one in owing.ask("mail list")] == [("written", 1)]
    assert owing.do("ledger verify").status == 0


DEBTS = st.lists(st.dates(date(2012, 1, 1), date(2012, 3, 20)), min_size=1, max_size=4)
DAYS = st.lists(st.integers(1, 20), min_size=1, max_size=5)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(debts=DEBTS, steps=DAYS)
def test_every_day_or_only_at_the_end_leaves_the_same_open(office: Office, debts: list[date], steps: list[int]) -> None:
    """And what was found day by day was found once: an item is new on one day alone."""
    daily, once = office.folder / "daily.db", office.folder / "once.db"
    shutil.copy(office.ledger, daily)
    for number, day in enumerate(debts, 1):
        line = f"receivable log 云帆 {number} --due {day} --issued 2012-01-01 --number R-{number} --ledger {daily}"
        office.do(line, now="2012-03-21T09:00")
    shutil.copy(daily, once)
    day, found = date(2012, 5, 1), []
    for step in steps:
        day += timedelta(days=step)
        for _twice in range(2):
            found += [one["id"] for one in office.ask(f"check --new --ledger {daily}", now=f"{day}{EVENING}")]
    at_the_end = [one["id"] for one in office.ask(f"check --new --ledger {once}", now=f"{day}{EVENING}")]
    assert items(daily, is_open=True) == items(once, is_open=True)
    assert len(set(found)) == len(found)
    assert set(at_the_end) <= set(found)


def traced(office: Office, line: str, now: str) -> list[str]:
    """The statements a command sends to the ledger."""
    from salesctl.ledger import sqlite

    said: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite.connect
    with pytest.MonkeyPatch.context() as patch:

        def traced_connect(path: Path, *, guarded: bool = True) -> sqlite3.Connection:
            db = connect(path, guarded=guarded)
            db.set_trace_callback(said.append)
            return db

        patch.setattr(sqlite, "connect", traced_connect)
        office.do(line, now=now)
    return said


@pytest.mark.file
def test_no_debt_that_is_not_due_is_looked_at(owing: Office) -> None:
    """A million paid receivables cost nothing: no statement of a check walks through the table."""
    said = [
        *traced(owing, "check --new --mail", "2012-05-09T17:30"),
        *traced(owing, "check --ics -", "2012-05-10T09:00"),
    ]
    asked = [statement for statement in said if re.search(r"FROM (receivable|allocation)\b", statement)]
    assert asked
    with sqlite3.connect(owing.ledger) as db:
        plans = [step[3] for one in asked for step in db.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert not [plan for plan in plans if re.fullmatch(r"SCAN (r|receivable|allocation)( .*)?", plan)], plans
    assert any("ix_receivable_due" in plan for plan in plans)


def test_the_second_check_of_a_day_asks_no_noun(owing: Office) -> None:
    """Job 7: whatever the ledger holds, a handful of statements, none of them about debts, and nothing heavy loaded."""
    news(owing, "2012-05-09")
    said = traced(owing, "check --new", "2012-05-09T17:45")
    assert not [statement for statement in said if re.search(r"FROM (receivable|request|outing|fine)\b", statement)]
    assert len([statement for statement in said if statement.startswith("SELECT")]) < 15
    script = (
        "import sys; from salesctl import app; app.run(['check', '--new']); "
        "print([name for name in sys.modules if name.startswith(('rich', 'sqlalchemy', 'pydantic', 'chinese_calendar', "
        "'salesctl.approvals', 'salesctl.receivables', 'salesctl.visits'))])"
    )
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-09T17:50", "PYTHONPATH": PROJECT}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n", done.stderr
