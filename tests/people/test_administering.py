"""Who may record what holds of a person: a grade is power over money, a login is power over a name."""

from __future__ import annotations

import os
import pwd
import sqlite3

import pytest

from tests.conftest import Office

ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.parametrize(
    "line",
    ["people promote chen account_director --from 2012-06-01", "people login chen somebody", "people enrol chen B",
     "people move chen --superior gm --from 2012-06-01", "people close chen --last-day 2012-05-31 --yes"],
)  # fmt: skip
def test_nobody_records_what_holds_of_themselves(office: Office, line: str) -> None:
    assert office.run(f"{line} --as chen").code == "people.own-case"
    office.do(f"{line} --as zhou")


def test_under_logins_only_administrators_give_them(empty_office: Office) -> None:
    """`identity = os`: whoever may bind a login may become anybody."""
    empty_office.ledger.unlink()
    empty_office.do("ledger init --identity os")
    empty_office.do(f"people add 林静 --grade account_manager --login {ME}")
    empty_office.do("people add 沈国栋 --grade general_manager")
    for line in ("people login 沈国栋 nobody", "people add 王五 --grade general_manager --login nobody"):
        assert empty_office.run(line).code == "people.not-administrator"
    assert empty_office.run("people login 沈国栋 nobody --as 沈国栋").code == "desk.impersonation"


def test_a_grade_of_another_day_decides_nothing_today(office: Office) -> None:
    """`--on` lends nobody the grade they had, or will have."""
    office.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin")
    office.do("receivable log 云帆 186000 --issued 2012-04-20 --due 2012-05-30 --contract HT-1 --as lin")
    office.do("receipt log 云帆 186000 --date 2012-05-01 --as xiang")
    office.do("approve commission --contract HT-1 --amount 13020 --as lin")
    office.do("people promote zhou account_manager --from 2012-05-20 --as gm", now="2012-05-20T09:00")
    assert office.run("approve grant A-1 --as zhou --on 2012-05-08", now="2012-05-21T09:00").status == 7
    office.do("people promote chen account_director --from 2013-01-01 --as gm")
    office.do("visit log 见客户 --leave 9:05 --as lin", now="2012-05-21T09:00")
    late = office.run("visit confirm I-1 --reason x --as chen --on 2013-01-02", now="2012-05-21T10:00")
    assert late.status in (2, 7)
    assert office.ask("visit audit --from 2012-05-21 --to 2012-05-21")[0]["decision"] == "proposed"


def test_one_login_does_not_ask_as_one_and_grant_as_another(office: Office) -> None:
    office.do("contract add HT-1 --customer 易购 --amount 200000 --signed 2012-04-20 --as chen")
    office.do(f"people login lin {ME} --as gm")
    office.do("approve commission --contract HT-1 --amount 100 --as chen")
    assert office.run("approve grant A-1 --as gm").status == 7


class TestFirstLogin:
    """Where logins are believed, somebody must get the first one; nobody is locked out of their own ledger."""

    @pytest.fixture
    def strict(self, empty_office: Office) -> Office:
        empty_office.ledger.unlink()
        empty_office.unnamed().do("ledger init --identity os")
        empty_office.do("people add 沈国栋 --grade general_manager --code gm --from 2012-03-01")
        return empty_office

    def test_whoever_is_there_binds_it(self, strict: Office) -> None:
        answer = strict.run("people add 林静 --grade account_manager")
        assert (answer.code, f"people login PERSON {ME}" in answer.err) == ("desk.unknown-login", True)
        strict.do(f"people login gm {ME}")
        strict.do("people add 林静 --grade account_manager --login lin")
        assert [one["actor"] for one in strict.ask("ledger history --last 2")] == ["gm", None]

    def test_it_is_that_of_somebody_who_can_bind_the_others(self, strict: Office) -> None:
        strict.do(f"people login gm {ME}")
        strict.do("people add 林静 --grade account_manager --code lin")
        with sqlite3.connect(strict.ledger) as db:
            db.execute("DROP TRIGGER person_login_is_never_deleted")
            db.execute("DELETE FROM person_login")
        assert strict.run("people login lin lin").code == "people.first-login"

    def test_it_is_the_only_thing_nobody_is_named_for(self, strict: Office) -> None:
        for line in ("customer add 云帆", "people alias gm 老沈", "people promote gm board --from 2012-06-01"):
            assert strict.run(line).code == "desk.unknown-login"
        assert strict.run(f"people login gm {ME} --as gm").code == "desk.impersonation"

    def test_the_second_is_bound_by_somebody_with_a_login(self, strict: Office) -> None:
        strict.do("people login gm shen")
        assert strict.run(f"people login gm {ME}").code == "desk.unknown-login"
