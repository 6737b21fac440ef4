"""A-5.3: the letter that arrives is the letter that was written, to the byte, once, whatever the server does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from salesctl.mail.outbox import Addressee, Draft
from tests.conftest import Office
from tests.mail.conftest import DIRECTOR, FORM, LETTER, SUPERVISOR, Server, Settle, parsed, put, wait_until

LATER = "2012-05-08T12:11"


def state(office: Office, number: str = "M-1") -> dict[str, Any]:
    answer: dict[str, Any] = office.ask(f"mail show {number}")
    return answer


def test_chinese_subject_names_and_file_arrive_as_they_were_written(
    office: Office, server: Server, settle: Settle
) -> None:
    server.start()
    settle()
    put(office)
    answer = office.do("mail send")
    (message,) = server.messages
    assert message["Subject"] == LETTER.subject
    assert [(one.display_name, one.addr_spec) for one in message["To"].addresses] == [("周岚", "zhou@example.com")]
    assert [(one.display_name, one.addr_spec) for one in message["Cc"].addresses] == [("向红", "xiang@example.com")]
    assert [(one.display_name, one.addr_spec) for one in message["From"].addresses] == [("销售部", "sales@example.com")]
    assert message["Date"].datetime.isoformat() == "2012-05-08T12:00:00+08:00"
    assert message["Auto-Submitted"] == "auto-generated"
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.body
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        FORM.name,
        "application/pdf",
        FORM.content,
    )
    (envelope,) = server.received
    assert (envelope.mail_from, envelope.rcpt_tos) == ("sales@example.com", ["zhou@example.com", "xiang@example.com"])
    assert envelope.content.isascii()
    assert max(map(len, envelope.content.split(b"\r\n"))) <= 998
    assert "M-1" in answer.out
    shown = state(office)
    assert (shown["state"], shown["message_id"], shown["tries"]) == ("sent", message["Message-ID"], 1)
    assert shown["files"] == [f"{FORM.name} (10,240)"]
    assert office.do("ledger verify").status == 0


def test_a_server_that_is_down_is_recorded_and_the_same_message_goes_later(
    office: Office, server: Server, settle: Settle
) -> None:
    settle()
    put(office)
    answer = office.run("mail send")
    assert (answer.status, answer.code) == (4, "mail.not-sent")
    waits = state(office)
    assert (waits["state"], waits["tries"]) == ("failed", 1)
    assert "refused" in waits["last_error"]
    assert [one["number"] for one in office.ask("mail list --waiting")] == ["M-1"]
    server.start()
    office.do("mail send M-1")
    (message,) = server.messages
    assert message["Message-ID"] == waits["message_id"]
    assert (state(office)["state"], state(office)["tries"]) == ("sent", 2)
    assert office.ask("mail list --waiting") == []
    assert office.do("ledger verify").status == 0


def test_a_lost_result_sends_the_same_bytes_again(office: Office, server: Server, settle: Settle) -> None:
    """What a crash between sending and recording leaves: the receiver can tell by the Message-ID."""
    from salesctl.mail import posting

    server.start()
    settle()
    put(office)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting.Post, "_record", crash)
        assert office.run("mail send").status == 130
    assert state(office)["state"] == "unclear"
    assert "not recorded" in office.do("check").out
    assert len(server.received) == 1
    office.do("mail send")
    one, two = (envelope.content for envelope in server.received)
    assert one == two
    assert state(office)["state"] == "sent"


def test_two_processes_at_once_send_a_letter_once(office: Office, server: Server, settle: Settle) -> None:
    server.delay = 1.0
    server.start()
    settle()
    for _time in range(3):
        put(office)
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-08T12:00", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "salesctl", "mail", "send", "--format", "json"]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(4)]
    said = [json.loads(process.communicate(timeout=60)[0]) for process in running]
    assert [process.returncode for process in running] == [0] * 4
    assert sorted(one["number"] for answer in said for one in answer) == ["M-1", "M-2", "M-3"]
    assert len({message["Message-ID"] for message in server.messages}) == 3
    assert len(server.received) == 3
    assert office.do("ledger verify").status == 0


def test_a_letter_another_process_is_sending_is_left_alone(office: Office, server: Server, settle: Settle) -> None:
    server.delay = 2.0
    server.start()
    settle()
    put(office)
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-08T12:00", "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-m", "salesctl", "mail", "send"], env=environment) as running:
        wait_until(lambda: state(office)["tries"] == 1)
        for line in ("mail send M-1", "mail drop M-1 --reason 不发了"):
            answer = office.run(line)
            assert (answer.status, answer.code) == (2, "mail.travelling")
    assert running.returncode == 0
    assert office.run("mail send M-1").code == "mail.settled"
    assert len(server.received) == 1


def test_who_was_refused_is_tried_again_and_who_got_it_is_not(office: Office, server: Server, settle: Settle) -> None:
    server.refuses["zhou@example.com"] = "550 no such user here"
    server.start()
    settle()
    put(office)
    assert office.run("mail send").code == "mail.not-sent"
    shown = state(office)
    assert shown["last_error"] == "zhou@example.com: 550 no such user here"
    assert shown["not_reached"] == ["周岚 <zhou@example.com>"]
    server.refuses.clear()
    office.do("mail send")
    assert [envelope.rcpt_tos for envelope in server.received] == [["xiang@example.com"], ["zhou@example.com"]]
    assert len({envelope.content for envelope in server.received}) == 1
    assert state(office)["state"] == "sent"


def test_a_letter_that_is_refused_does_not_hold_up_the_next(office: Office, server: Server, settle: Settle) -> None:
    server.refuses["nobody@example.com"] = "550 unknown"
    server.start()
    settle()
    put(office, LETTER.but(to=(Addressee("无人", "nobody@example.com"),), cc=()))
    put(office)
    assert office.run("mail send").status == 4
    assert [one["state"] for one in office.ask("mail list")] == ["failed", "sent"]


@pytest.mark.parametrize("answer", ["554 spam", "451 try later", "552 too large"])
def test_a_message_the_server_does_not_take(office: Office, server: Server, settle: Settle, answer: str) -> None:
    server.answer = answer
    server.start()
    settle()
    put(office)
    assert office.run("mail send").status == 4
    assert state(office)["last_error"] == answer
    assert state(office)["not_reached"] == []


def test_a_bad_farewell_undoes_nothing(office: Office, server: Server, settle: Settle) -> None:
    server.farewell = "500 no goodbye"
    server.start()
    settle()
    put(office)
    office.do("mail send")
    assert state(office)["state"] == "sent"


def test_one_call_is_enough_to_learn_that_nobody_answers(office: Office, settle: Settle) -> None:
    settle()
    for _time in range(3):
        put(office)
    assert office.run("mail send").status == 4
    assert [one["tries"] for one in office.ask("mail list")] == [1, 0, 0]


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
    from salesctl.ledger import sqlite
    from salesctl.ledger.book import Ledger

    server.start()
    settle()
    put(office)

    def full(self: Ledger, *_: object) -> Any:
        raise sqlite.Unusable(path=self.path, trouble="the disk is full", way_out="-")

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
    Path(office.folder / "shut").write_text("")
    settle(host=None, port=None, security=None, folder="shut")
    put(office)
    assert office.run("mail send").status == 4
    assert state(office)["state"] == "failed"


def test_a_letter_goes_once_to_whoever_is_named_twice(office: Office, server: Server, settle: Settle) -> None:
    server.start()
    settle()
    put(office, Draft(to=(DIRECTOR,), subject="x", body="y", cc=(DIRECTOR, SUPERVISOR, DIRECTOR)))
    office.do("mail send")
    assert server.received[0].rcpt_tos == ["zhou@example.com", "xiang@example.com"]
    assert str(server.messages[0]["Cc"]) == "向红 <xiang@example.com>"
