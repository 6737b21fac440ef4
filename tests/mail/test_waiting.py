"""A-5.3: letters that wait: when they are tried again, what `check` says of them, given up, written as files."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.conftest import Office
from tests.mail.conftest import LETTER, Server, Settle, parsed, put, state

LATER = "2012-05-08T12:11"


def test_a_failure_is_not_tried_again_at_once_unless_asked(office: Office, server: Server, settle: Settle) -> None:
    """`check` leaves it for `retry_minutes`; a person need not wait."""
    settle(retry_minutes=10)
    put(office)
    office.do("check", now="2012-05-08T12:01")
    office.do("check", now="2012-05-08T12:10")
    assert state(office)["tries"] == 1
    office.do("check", now=LATER)
    assert state(office)["tries"] == 2
    assert office.run("mail send M-1", now=LATER).status == 4
    assert state(office)["tries"] == 3
    server.start()
    office.do("check", now="2012-05-08T12:22")
    assert state(office)["state"] == "sent"


def test_check_sends_what_waits_and_names_what_did_not_go(office: Office, server: Server, settle: Settle) -> None:
    settle()
    put(office)
    answer = office.run("check --fail-on-due --format json", now="2012-05-08T12:01")
    assert answer.status == 8
    (one,) = answer.json
    assert (one["rule"], one["clause"], one["subject"], one["due_on"]) == ("mail", "A-5.3", "M-1", "2012-05-08")
    assert "周岚" in one["says"]
    assert "mail send M-1" in one["says"]
    assert "M-1 waits" in answer.err
    server.start()
    answer = office.run("check --fail-on-due", now="2012-05-08T12:20")
    assert (answer.status, answer.out) == (0, "")
    assert "M-1 is sent to 周岚 <zhou@example.com>, 向红 <xiang@example.com>." in answer.err
    assert office.ask("check --as-of 2012-05-07", now="2012-05-08T12:30") == []


@pytest.mark.parametrize("line", ["check --dry-run", "check --as-of 2012-05-09", "mail send --dry-run"])
def test_a_rehearsal_or_another_day_sends_nothing(office: Office, server: Server, settle: Settle, line: str) -> None:
    server.start()
    settle()
    put(office)
    assert "M-1" in office.do(line, now="2012-05-08T12:01").out
    assert server.received == []
    assert state(office)["tries"] == 0


def test_cron_names_nobody_and_sends(office: Office, server: Server, settle: Settle) -> None:
    server.start()
    settle()
    put(office)
    office.unnamed().do("check", now="2012-05-08T12:01")
    assert len(server.received) == 1
    verbs = [(one["verb"], one["actor"]) for one in office.ask("ledger history")]
    assert ("mail.sent", None) in verbs or ("mail.sent", "") in verbs


def test_a_request_id_does_not_stop_the_letter(office: Office, server: Server, settle: Settle) -> None:
    server.start()
    settle()
    put(office)
    office.do("mail send --request-id r1")
    assert len(server.received) == 1


def test_a_ledger_that_cannot_be_written_sends_nothing(
    office: Office, server: Server, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A try that cannot be recorded is not begun: else every `check` would send the letter once more."""
    from salesctl.ledger.book import Ledger
    from salesctl.ledger.troubles import Unusable

    server.start()
    settle()
    put(office)

    def full(self: Ledger, *_: object) -> Any:
        raise Unusable(path=self.path, trouble="the disk is full", way_out="-")

    monkeypatch.setattr(Ledger, "transaction", full)
    answer = office.do("check", now="2012-05-08T12:01")
    assert "Letters wait: The ledger" in answer.err
    assert "the disk is full" in answer.err
    assert server.received == []


def test_a_letter_is_given_up_with_a_reason(office: Office, settle: Settle) -> None:
    settle()
    put(office)
    assert office.run("mail drop M-1 --reason ' '").code == "mail.no-reason"
    office.do(["mail", "drop", "1", "--reason", "地址有误，已另发"])
    shown = state(office)
    assert (shown["state"], shown["dropped_why"]) == ("dropped", "地址有误，已另发")
    assert office.ask("mail list --waiting") == []
    assert office.ask("check") == []
    for line in ("mail send M-1", "mail drop M-1 --reason x"):
        assert office.run(line).code == "mail.settled"
    assert "No letter waits" in office.do("mail send").err


def test_without_a_server_the_letter_is_a_file_to_open_and_send(office: Office) -> None:
    put(office)
    answer = office.do("mail send")
    file = office.folder / "outgoing" / "M-1.eml"
    assert str(file) in answer.out.replace("\n", "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in file.parent.iterdir()] == ["M-1.eml"]
    message = parsed(file.read_bytes())
    assert (message["Subject"], message["X-Unsent"], message["From"]) == (LETTER.subject, "1", None)
    assert state(office)["state"] == "written"
    assert "M-1 is written to" not in office.do("check").err


def test_a_file_of_another_letter_is_not_written_over(office: Office, settle: Settle) -> None:
    settle(host=None, port=None, security=None, folder="寄出")
    put(office)
    file = office.folder / "寄出" / "M-1.eml"
    file.parent.mkdir()
    file.write_bytes(b"Message-ID: <another@ledger>\r\n\r\n")
    assert office.run("mail send").status == 4
    assert "another letter has this name" in state(office)["last_error"]
    file.unlink()
    office.do("mail send")
    assert parsed(file.read_bytes())["From"].addresses[0].addr_spec == "sales@example.com"


@pytest.mark.skipif(os.getuid() == 0, reason="root writes everywhere")
def test_a_folder_that_takes_nothing_is_recorded(office: Office, settle: Settle) -> None:
    (office.folder / "shut").mkdir(mode=0o500)
    settle(host=None, port=None, security=None, folder="shut")
    put(office)
    assert office.run("mail send").status == 4
    assert "shut" in state(office)["last_error"]


def test_a_folder_that_is_a_file_is_recorded(office: Office, settle: Settle) -> None:
    (office.folder / "shut").write_text("")
    settle(host=None, port=None, security=None, folder="shut")
    put(office)
    assert office.run("mail send").status == 4
    assert state(office)["state"] == "failed"
