"""Where letters to a person go: an address any server takes, the newest one, and whose business it is."""

from __future__ import annotations

import os
import pwd

import pytest

from salesctl.ledger.book import Ledger
from salesctl.people.emails import email_of
from tests.conftest import Office


def known(office: Office, person_id: int = 3) -> str:
    """The address the program would write to."""
    ledger = Ledger(office.place)
    with ledger.reading() as view:
        address = email_of(view, person_id)
    ledger.close()
    return address


def test_the_newest_address_holds_and_the_earlier_ones_are_kept(office: Office) -> None:
    assert known(office) == ""
    office.do("people email lin lin@example.com")
    office.do("people email lin lin_jing@sales.example.com", now="2012-06-01T09:00")
    assert known(office) == "lin_jing@sales.example.com"
    held = [one for one in office.ask("people show lin") if one["aspect"] == "e-mail"]
    assert [(one["value"], one["from"], one["until"]) for one in held] == [
        ("lin@example.com", "2012-05-08", "2012-06-01"),
        ("lin_jing@sales.example.com", "2012-06-01", None),
    ]
    assert "lin_jing@sales.example.com" in office.do("people email lin lin_jing@sales.example.com -f table").out
    assert office.do("ledger verify").status == 0


def test_an_address_can_be_taken_away(office: Office) -> None:
    office.do("people email lin lin@example.com")
    office.do("people email lin -", now="2012-06-01T09:00")
    assert known(office) == ""
    held = [one for one in office.ask("people show lin") if one["aspect"] == "e-mail"]
    assert [(one["value"], one["until"]) for one in held] == [("lin@example.com", "2012-06-01")]


def test_the_same_address_again_writes_nothing(office: Office) -> None:
    office.do("people email lin lin@example.com")
    assert "nothing was written" in office.do("people email lin lin@example.com").err


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" lin@example.com ", "lin@example.com"),
        ("ｌｉｎ＠example．com", "lin@example.com"),
        ("root@localhost", "root@localhost"),
        ("o'neil+a.b@xn--fiq228c.cn", "o'neil+a.b@xn--fiq228c.cn"),
        ("a" * 64 + "@" + "b" * 63 + ".com", "a" * 64 + "@" + "b" * 63 + ".com"),
    ],
)
def test_what_is_an_address(office: Office, typed: str, kept: str) -> None:
    office.do(["people", "email", "lin", typed])
    assert known(office) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("lin", "one @"),
        ("lin@a@b.com", "one @"),
        ("", "one @"),
        ("lin jing@example.com", "spaces"),
        ("lin@example.com\r\nBcc: x@y.z", "spaces or hidden"),
        ("lin\u202e@example.com", "spaces or hidden"),
        ("lin\0@example.com", "spaces or hidden"),
        ("林静@example.com", "a to z"),
        ("lin@例子.cn", "a to z"),
        ("lin@" + "a." * 126 + "com", "254"),
        ("a" * 65 + "@example.com", "64"),
        ("<lin@example.com>", "name of a mailbox"),
        ("a..b@example.com", "name of a mailbox"),
        ("@example.com", "name of a mailbox"),
        ("lin@", "name of a server"),
        ("lin@-a.com", "name of a server"),
        ("lin@a,b", "name of a server"),
    ],
)
def test_what_is_no_address_is_said_with_the_reason(office: Office, typed: str, why: str) -> None:
    answer = office.run(["people", "email", "lin", typed])
    assert (answer.status, answer.code) == (2, "mail.address")
    assert why in answer.err
    assert known(office) == ""


def test_people_may_say_their_own_address(office: Office) -> None:
    office.do("people email lin lin@example.com --as lin")
    assert known(office) == "lin@example.com"


def test_under_logins_only_administrators_say_anothers(empty_office: Office) -> None:
    empty_office.ledger.unlink()
    empty_office.do("ledger init --identity os")
    empty_office.do(f"people add 林静 --grade account_manager --login {pwd.getpwuid(os.getuid()).pw_name}")
    empty_office.do("people add 沈国栋 --grade general_manager")
    empty_office.unnamed().do("people email 林静 lin@example.com")
    assert empty_office.run("people email 沈国栋 gm@example.com").code == "people.not-administrator"


def test_nobody_writes_to_whoever_has_left(office: Office) -> None:
    office.do("people close lin --last-day 2012-05-31 --yes")
    assert office.run("people email lin lin@example.com", now="2012-06-01T09:00").code == "people.gone"


def test_a_file_of_staff_brings_addresses(office: Office) -> None:
    rows = "姓名,邮箱\n林静,lin@example.com\n郑和,zheng@example.com\n"
    file = office.folder / "staff.csv"
    file.write_text("姓名,邮箱\n郑和,zheng@example.com\n", encoding="utf-8")
    assert office.ask("people import staff.csv") == {"people": 1, "known": 0}
    assert office.ask("people import staff.csv") == {"people": 0, "known": 1}
    assert known(office, 6) == "zheng@example.com"
    file.write_text(rows.replace("zheng@", "郑@"), encoding="utf-8")
    answer = office.run("people import staff.csv")
    assert "line 3, email: " in answer.err
    assert "a to z" in answer.err


def test_a_new_person_may_bring_an_address(office: Office) -> None:
    office.do("people add 郑和 --email zheng@example.com")
    assert known(office, 6) == "zheng@example.com"
