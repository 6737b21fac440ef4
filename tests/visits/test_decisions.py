"""A director decides on absences, either way and with a reason (A-1.3, K-10, K-12)."""

from __future__ import annotations

import json
import os
import pwd

import pytest

from tests.conftest import Office

DAY = "2012-04-16"
CLEAR = "visit overrule I-1 --clear --reason x"


@pytest.fixture
def absent(office: Office) -> Office:
    """林静 left with an unclear entry: I-1 is proposed."""
    office.do("visit log 见客户 --leave 9:45 --as lin", now=f"{DAY}T09:40")
    return office


def test_a_director_confirms_with_a_reason(absent: Office) -> None:
    assert absent.run("visit confirm I-1 --as zhou").code == "visit.no-reason"
    decided = absent.ask("visit confirm I-1 --reason 没有说明去向 --as zhou")
    assert (decided["decision"], decided["reason"]) == ("confirmed", "没有说明去向")
    [line] = absent.ask("visit audit --from 2012-04-16 --to 2012-04-16")
    assert (line["decided_by"], line["reason"]) == ("周岚", "没有说明去向")
    again = absent.run("visit confirm I-1 --reason x --as gm")
    assert (again.status, again.code) == (2, "visit.decided")


def test_a_director_overrules_either_way(absent: Office) -> None:
    """AMB-A1-a: the rule's answer stays beside the decision."""
    excused = absent.ask("visit overrule I-1 --clear --reason 客户已确认 --as zhou")
    assert (excused["standing"], excused["decision"]) == ("unclear", "overruled")
    absent.do("visit log 云帆 --leave 10:45 --as chen", now=f"{DAY}T10:40")
    held = absent.ask("visit overrule V-2 --unclear --reason 并未到访 --as gm")
    assert (held["standing"], held["incident"], held["decision"]) == ("valid", "I-2", "confirmed")
    audit = absent.do("visit audit --from 2012-04-16 --to 2012-04-16")
    confirmed, proposed = "unclear 1, late 0, missing 0", "unclear 0, late 0, missing 0"
    assert f"2 outings; absences confirmed: {confirmed}; waiting for a decision: {proposed}" in audit.err


def test_a_decision_names_who_made_it_and_the_clause(absent: Office) -> None:
    """AMB-A1-a."""
    assert "I-1: overruled by P002 周岚 (A-1.3, AMB-A1-a)" in absent.do(f"{CLEAR} --as zhou").err


def test_what_is_proposed_is_no_fact_in_the_count(absent: Office) -> None:
    """K-10: the rule proposes, a director confirms."""
    audit = "visit audit --from 2012-04-16 --to 2012-04-16"
    assert "confirmed: unclear 0, late 0, missing 0; waiting for a decision: unclear 1" in absent.do(audit).err
    absent.do("visit confirm I-1 --reason x --as zhou")
    assert "confirmed: unclear 1, late 0, missing 0; waiting for a decision: unclear 0" in absent.do(audit).err


def test_an_entry_called_clear_before_leaving_opens_no_absence(office: Office) -> None:
    office.do("visit log 见客户 --as lin", now=f"{DAY}T09:40")
    office.do("visit overrule V-1 --clear --reason 口头说明 --as zhou", now=f"{DAY}T09:41")
    assert office.ask("visit leave --as lin", now=f"{DAY}T09:45")["decision"] == "overruled"


def test_a_confirmed_absence_can_still_be_overruled(absent: Office) -> None:
    absent.do("visit confirm I-1 --reason x --as zhou")
    assert absent.ask("visit overrule V-1 --clear --reason y --as gm")["decision"] == "overruled"
    assert absent.run("visit overrule V-1 --clear --reason y --as gm").code == "visit.decided"


@pytest.mark.parametrize("who", ["lin", "chen", "xiang"])
def test_nobody_below_a_director_decides_and_the_refusal_is_recorded(absent: Office, who: str) -> None:
    for line in ("visit confirm I-1", "visit overrule V-1 --clear", "visit overrule I-1 --unclear"):
        answer = absent.run(f"{line} --reason x --as {who}")
        assert (answer.status, answer.code, answer.out) == (7, "visit.may-not-decide", "")
        assert "#" in answer.err.splitlines()[-1]
    [line] = absent.ask("visit list --incidents --from 2012-04-16 --to 2012-04-16")
    assert line["decision"] == "proposed"


def test_a_director_does_not_decide_on_an_own_outing(absent: Office) -> None:
    """K-12: promoted since, 林静 still decides nothing of her own; the general manager does."""
    absent.do("people promote lin account_director --from 2012-05-01")
    assert absent.run("visit overrule I-1 --clear --reason x --as lin").status == 7
    assert absent.ask("visit overrule I-1 --clear --reason x --as gm")["decision"] == "overruled"


def test_wrong_numbers_and_choices(absent: Office) -> None:
    assert absent.run("visit confirm I-9 --reason x --as zhou").code == "input.unknown"
    assert absent.run("visit overrule V-9 --clear --reason x --as zhou").code == "input.unknown"
    for choice in ("", "--clear --unclear"):
        assert absent.run(f"visit overrule V-1 {choice} --reason x --as zhou").code == "visit.options"
    absent.do("visit log 云帆 --as chen", now=f"{DAY}T09:40")
    assert absent.run("visit overrule V-2 --clear --reason x --as zhou").code == "visit.decided"
    assert absent.run("visit confirm V-2 --reason x --as zhou").code == "visit.decided"


def test_authority_under_regulation_a_needs_its_regime(absent: Office) -> None:
    """X-1: a general manager enrolled in E alone decides nothing of A; the message says so."""
    absent.do("people add 方圆 --grade general_manager --alias fang --regime E --from 2012-03-01")
    answer = absent.run("visit confirm I-1 --reason x --as fang")
    assert (answer.status, answer.code) == (7, "visit.may-not-decide")
    assert "regulation A does not bind them" in answer.err
    assert "(A-1.3)" in answer.err


def test_the_login_of_the_person_concerned_decides_for_nobody_else(absent: Office) -> None:
    """K-12: 林静 at her own login does not overrule her absence in the director's name."""
    login = pwd.getpwuid(os.getuid()).pw_name
    absent.do(["people", "login", "lin", login])
    answer = absent.run("visit overrule I-1 --clear --reason x --as zhou")
    assert answer.status == 7
    assert "the login of the person concerned" in answer.err
    assert "(A-1.3, K-12)" in answer.err


@pytest.mark.parametrize(
    ("who", "why"), [("lin", "in their own case"), ("chen", "too low"), ("xiang", "no rung of the ladder")]
)
def test_a_refusal_says_what_is_missing(absent: Office, who: str, why: str) -> None:
    answer = absent.run(f"visit confirm I-1 --reason x --as {who}")
    assert why in answer.err
    assert "account director" in answer.err


def test_a_company_may_leave_absences_to_the_general_manager(absent: Office) -> None:
    """A-1.3: the grade is a figure of the pack."""
    own = absent.folder / "strict"
    own.mkdir()
    (own / "pack.toml").write_text('code = "s"\nextends = "A"\nname = { en = "S", zh_CN = "严" }\n', "utf-8")
    version = 'from = 2012-04-16\norigin = "company"\nsource = "A-1.3"\nvalue = "general_manager"\n'
    (own / "visits.toml").write_text(f"[[decider.version]]\n{version}", "utf-8")
    absent.do("policy adopt strict --as gm --yes")
    assert "general manager" in absent.run("visit confirm I-1 --reason x --as zhou").err
    assert absent.ask("check")[0]["who"] == "general_manager"
    assert absent.ask("visit confirm I-1 --reason x --as gm")["decision"] == "confirmed"


def test_what_is_decided_is_not_spoken_of_as_open(absent: Office) -> None:
    """A-1.3: an entry called clear counts; nobody is told to name a company for a day that is over."""
    said = absent.do("visit overrule I-1 --clear --reason x --as zhou").err
    assert "not filled in" not in said
    assert "Before leaving" not in said


def test_the_working_goes_into_a_file_that_is_json_by_its_name(absent: Office) -> None:
    absent.do("visit log 云帆 --leave 10:45 --as chen -o a.json", now=f"{DAY}T10:40")
    assert json.loads((absent.folder / "a.json").read_text("utf-8"))["working"]["answer"] == "valid"


def test_a_wrong_period_is_explained_with_the_command_that_was_typed(office: Office) -> None:
    for verb in ("audit", "list"):
        answer = office.run(f"visit {verb} --from 2012-05-08 --to 2012-05-07")
        assert (answer.code, f"`salesctl visit {verb} --help`" in answer.err) == ("visit.options", True)
