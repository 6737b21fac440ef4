"""The letter of the day: what names somebody, in one letter, once a day, through a real server."""

from __future__ import annotations

import pytest

from salesctl.agenda import digests
from tests.conftest import Office
from tests.mail.conftest import Server, Settle

NOW = "2012-05-10T17:30"


@pytest.fixture
def busy(office: Office, server: Server, settle: Settle) -> Office:
    """林静 has a debt and an overdue entry; an absence of 陈涛 waits for a director; 林静 can be reached, 陈涛 not."""
    server.start()
    settle()
    for line in (
        "people email lin lin@example.com --as gm",
        "receivable log 云帆 1000 --due 2012-03-08 --issued 2012-03-01 --number R-A --as lin",
        "receivable log 易购 2000 --due 2012-03-08 --issued 2012-03-01 --number R-B --as chen",
        "visit plan 云帆 --date 2012-05-10 --as lin",
        "visit log 去客户那里 --leave 9:00 --as chen",
    ):
        office.do(line)
    return office


def sent(server: Server) -> list[tuple[str, str]]:
    """Whom the letters went to, the copies behind a slash, and their subjects."""
    return [
        (f"{one['To'].addresses[0].addr_spec}/{one['Cc'].addresses[0].addr_spec if one['Cc'] else ''}", one["Subject"])
        for one in server.messages
    ]


def test_everybody_named_gets_one_letter_with_what_names_them(busy: Office, server: Server) -> None:
    """A grade is everybody who holds it; the superior gets a copy where something is overdue."""
    answer = busy.do("check --mail", now=NOW)
    assert sent(server) == [
        ("zhou@example.com/", "Due on 2012-05-10: 1, overdue 0, new 1"),
        ("lin@example.com/zhou@example.com", "Due on 2012-05-10: 2, overdue 1, new 2"),
    ]
    body = server.messages[1].get_body()
    assert body is not None
    lines = body.get_content().replace("\r\n", "\n").splitlines()
    assert lines[0].startswith("[overdue] T-1 V-1, 2012-05-09 (A-1.4): V-1 for 2012-05-10 was to be filed")
    assert lines[1].startswith("[new] T-10 R-A, 2012-05-09 (A-8.1): 1,000.00 since 2012-03-08")
    assert "R-B" not in body.get_content()
    assert "No letter to 陈涛, whom 1 of these name: salesctl people email P004 ADDRESS" in answer.err
    assert busy.do("ledger verify").status == 0


def test_the_letter_of_a_day_never_goes_twice(busy: Office, server: Server) -> None:
    for now in (NOW, NOW, "2012-05-10T18:00"):
        busy.do("check --mail", now=now)
    busy.do("receivable log 云帆 5 --due 2012-03-01 --issued 2012-03-01 --as lin", now="2012-05-10T18:10")
    busy.do("check --new --mail", now="2012-05-10T18:20")
    assert len(server.messages) == 2
    busy.do("check --new --mail", now="2012-05-11T17:30")
    assert [to for to, _subject in sent(server)[2:]] == ["zhou@example.com/", "lin@example.com/zhou@example.com"]
    assert sent(server)[3][1] == "Due on 2012-05-11: 3, overdue 1, new 0"


def test_a_check_without_letters_before_does_not_keep_them_back(busy: Office, server: Server) -> None:
    busy.do("check --new", now=NOW)
    assert server.messages == []
    assert busy.do("check --new --mail", now=NOW).out == ""
    assert len(server.messages) == 2


def test_an_address_that_comes_later_the_same_day_gets_its_letter(busy: Office, server: Server) -> None:
    busy.do("check --new --mail", now=NOW)
    busy.do("people email chen chen@example.com --as gm", now="2012-05-10T17:40")
    answer = busy.do("check --new --mail", now="2012-05-10T17:50")
    assert [to for to, _subject in sent(server)] == ["zhou@example.com/", "lin@example.com/zhou@example.com",
                                                     "chen@example.com/"]  # fmt: skip
    assert "No letter" not in answer.err


def test_a_server_that_is_down_keeps_the_letters_and_the_check(busy: Office, server: Server) -> None:
    """They wait, and after ten minutes on their way they are due themselves; the next check sends them, once."""
    server.stop()
    first = busy.do("check --new --mail", now=NOW)
    assert "M-1 waits" in first.err
    assert busy.ask("check --new", now="2012-05-10T17:39") == []
    listed = busy.ask("check --new", now="2012-05-10T17:40")
    assert {(one["rule"], one["subject"]) for one in listed} == {("mail", "M-1"), ("mail", "M-2")}
    server.start()
    busy.do("check --new --mail", now="2012-05-10T18:00")
    assert len(server.messages) == 2
    assert busy.ask("check --new", now="2012-05-10T18:10") == []
    assert not [one for one in busy.ask("check", now="2012-05-10T18:10") if one["rule"] == "mail"]


def test_a_rehearsal_says_who_would_get_one_and_writes_nothing(busy: Office, server: Server) -> None:
    for line in ("check --mail --dry-run", "check --mail --as-of 2012-05-11"):
        answer = busy.do(line, now=NOW)
        assert "A letter would go to 林静, 周岚" in answer.err
    assert server.messages == []
    assert busy.ask("mail list") == []


def test_whoever_left_and_a_grade_nobody_holds_are_said(busy: Office, server: Server) -> None:
    """Nor does a copy go to a superior who left."""
    busy.do("people close zhou --last-day 2012-05-09 --as gm --yes", now="2012-05-10T09:00")
    busy.do("people close chen --last-day 2012-05-09 --as gm --yes", now="2012-05-10T09:00")
    answer = busy.do("check --mail", now=NOW)
    assert "No letter about 1 of these: nobody is account director." in answer.err
    assert "1 of these name nobody." in answer.err
    assert [to for to, _subject in sent(server)] == ["lin@example.com/"]


def test_a_letter_is_in_the_language_of_the_run(busy: Office, server: Server) -> None:
    busy.do("check --mail", now=NOW, lang="zh_CN")
    body = server.messages[1].get_body()
    assert body is not None
    assert "北京云帆网络科技有限公司欠款 1,000.00" in body.get_content()
    assert "salesctl check. A reply" not in body.get_content()


def test_a_long_letter_ends_with_how_much_more_there_is(
    busy: Office, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST_LINES", 1)
    busy.do("check --mail", now=NOW)
    body = server.messages[1].get_body()
    assert body is not None
    assert "... and 1 more.\n" in body.get_content().replace("\r\n", "\n")
