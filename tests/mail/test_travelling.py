"""A-5.3: the letter that arrives is the letter that was written, to the byte, once, whatever the server does."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from salesctl.mail.outbox import Addressee, Draft
from tests.conftest import Office
from tests.mail.conftest import DIRECTOR, FORM, LETTER, SUPERVISOR, Server, Settle, put, state, wait_until


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


def test_a_letter_goes_once_to_whoever_is_named_twice(office: Office, server: Server, settle: Settle) -> None:
    server.start()
    settle()
    put(office, Draft(to=(DIRECTOR,), subject="x", body="y", cc=(DIRECTOR, SUPERVISOR, DIRECTOR)))
    office.do("mail send")
    assert server.received[0].rcpt_tos == ["zhou@example.com", "xiang@example.com"]
    assert str(server.messages[0]["Cc"]) == "向红 <xiang@example.com>"
