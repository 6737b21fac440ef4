"""Staff: found by any of their names, their standing kept as dated intervals, nobody acting after their last day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office


def standing(office: Office, who: str, day: str) -> dict[str, Any]:
    """What `people list` says of a person on a day."""
    return next(one for one in office.ask(f"people list --as-of {day}") if one["code"] == who)


def entries(office: Office) -> int:
    """How many entries the journal has."""
    return len(office.ask("ledger history"))


def test_a_promotion_leaves_what_was_before(office: Office) -> None:
    """X-1: half-open intervals; the day itself is the new grade's."""
    office.do("people promote lin account_director --from 2012-07-01")
    assert standing(office, "P003", "2012-06-30")["grade"] == "account_manager"
    assert standing(office, "P003", "2012-07-01")["grade"] == "account_director"


def test_a_regulation_binds_from_its_first_day(office: Office) -> None:
    """X-1: enrolment adds to the others."""
    office.do("people enrol lin B --from 2012-06-10")
    assert standing(office, "P003", "2012-06-09")["regimes"] == "A, E"
    assert standing(office, "P003", "2012-06-10")["regimes"] == "A, B, E"


def test_a_change_before_what_holds_now_is_refused(office: Office) -> None:
    office.do("people promote lin account_director --from 2012-07-01")
    for day in ("2012-06-30", "2012-07-01"):
        answer = office.run(f"people promote lin hr --from {day}")
        assert (answer.status, answer.code) == (2, "people.back-dated")
    office.do("people promote lin hr --from 2012-07-02")
    assert standing(office, "P003", "2012-07-01")["grade"] == "account_director"


def test_a_move_is_one_entry_or_none(office: Office) -> None:
    """Department and superior change together; where one of the two cannot, neither does."""
    before = entries(office)
    assert office.run("people move lin --department 新部 --superior 无此人").code == "input.unknown"
    assert office.run("people move lin").code == "people.nothing-said"
    assert entries(office) == before
    office.do("people move lin --department 新部 --superior xiang --from 2012-06-01")
    assert entries(office) == before + 1
    now = standing(office, "P003", "2012-06-01")
    assert (now["department"], now["superior"]) == ("新部", "P005")
    then = standing(office, "P003", "2012-05-31")
    assert (then["department"], then["superior"]) == ("客户部", "P002")


@pytest.mark.parametrize("superior", ["gm", "zhou", "lin"])
def test_superiors_never_run_in_a_circle(office: Office, superior: str) -> None:
    answer = office.run(f"people move gm --superior {superior}")
    assert (answer.status, answer.code) == (2, "people.circle")


def test_a_circle_that_would_close_later_is_refused_too(office: Office) -> None:
    """陈涛 is to report to 向红 from June; 向红 may not report to him from May on."""
    office.do("people move chen --superior xiang --from 2012-06-01")
    assert office.run("people move xiang --superior chen --from 2012-05-10 --as gm").code == "people.circle"
    office.do("people move xiang --superior zhou --from 2012-05-10 --as gm")


@pytest.mark.parametrize("text", ["P003", "林静", "林", "lin", "LIN", "ｌｉｎ", "P003 林静", "li"])
def test_a_person_is_found_by_code_name_alias_or_their_beginning(office: Office, text: str) -> None:
    assert office.do(["people", "alias", text, "小林"]).out.split()[1] == "P003"


def test_an_unclear_name_lists_the_candidates(office: Office) -> None:
    office.do("people add 林青")
    answer = office.run("people show 林")
    assert (answer.status, answer.code) == (2, "input.ambiguous")
    assert "P003 林静" in answer.err
    assert "P006 林青" in answer.err


def test_an_unknown_name_lists_near_ones(office: Office) -> None:
    answer = office.run("people show lim")
    assert (answer.status, answer.code) == (2, "input.unknown")
    assert "P003 林静" in answer.err


@pytest.mark.parametrize("name", ["林静", "lin", " 林 静 ", "林\u200b静"])
def test_a_name_is_one_person_unless_a_code_tells_two_apart(office: Office, name: str) -> None:
    answer = office.run(["people", "add", name])
    assert (answer.status, answer.code) == (2, "people.taken")
    assert "--code" in answer.err
    office.do(["people", "add", name, "--code", "X9"])
    assert office.run(["people", "add", "别人", "--code", "X9"]).code == "people.taken"


def test_an_alias_is_one_person(office: Office) -> None:
    assert office.run("people alias chen lin").code == "people.taken"
    assert office.run("people alias chen 林静").code == "people.taken"
    before = entries(office)
    assert "nothing was written" in office.do("people alias lin lin").err
    assert entries(office) == before


def test_a_code_of_the_house_passes_over_chosen_ones(office: Office) -> None:
    office.do("people add 王一 --code P006")
    assert office.do("people add 王二").out.split()[1] == "P007"


def test_whoever_leaves_is_said_to_leave_work_behind(office: Office) -> None:
    """E-8, E-16: their customers wait for a handover, their people for another superior."""
    told = office.do("people close lin --last-day 2012-05-31 --yes").err
    assert "still serves: 2." in told
    assert "handover start --from P003" in told
    told = office.do("people close zhou --last-day 2012-05-31 --yes --dry-run").err
    assert "report to 周岚: 1." in told  # 林静 leaves the same day
    assert "Customers" not in told


def test_closing_asks_first(office: Office) -> None:
    assert office.run("people close lin --last-day 2012-05-31").code == "desk.not-asked"


def test_after_the_last_day_nothing_holds_and_nobody_acts(office: Office) -> None:
    """On the last day they are here, on the next not: not for the grade, not as the acting person, not as owner."""
    office.do("people close lin --last-day 2012-05-31 --yes")
    assert standing(office, "P003", "2012-05-31")["grade"] == "account_manager"
    assert standing(office, "P003", "2012-06-01")["grade"] == ""
    office.do("customer alias 云帆 帆 --as lin", now="2012-05-31T23:59")
    late = "2012-06-01T00:00"
    assert office.run("customer alias 云帆 网帆 --as lin", now=late).code == "people.gone"
    assert office.run("customer alias 云帆 网帆 --as lin --on 2012-05-30", now=late).code == "people.gone"
    assert office.run("people promote lin hr --from 2012-06-01").code == "people.gone"
    assert office.run("people move chen --superior lin --from 2012-06-01").code == "people.gone"
    office.do("people move chen --superior lin --from 2012-05-31")


def test_a_last_day_ends_what_was_to_begin_after_it(office: Office) -> None:
    office.do("people promote lin account_director --from 2012-07-01")
    office.do("people close lin --last-day 2012-05-31 --yes")
    for day in ("2012-06-01", "2012-07-01", "2012-07-02"):
        assert standing(office, "P003", day)["grade"] == ""
    assert office.do("ledger verify").status == 0


def test_a_last_day_can_be_moved(office: Office) -> None:
    office.do("people close lin --last-day 2012-05-31 --yes")
    office.do("people close lin --last-day 2012-06-15 --yes")
    assert standing(office, "P003", "2012-06-15")["grade"] == "account_manager"
    assert standing(office, "P003", "2012-06-16")["grade"] == ""
    office.do("people close lin --last-day 2012-05-20 --yes")
    assert standing(office, "P003", "2012-05-21")["grade"] == ""


def test_during_the_notice_period_a_change_ends_with_the_last_day(office: Office) -> None:
    office.do("people close lin --last-day 2012-05-31 --yes")
    office.do("people move lin --superior xiang --from 2012-05-20")
    assert standing(office, "P003", "2012-05-31")["superior"] == "P005"
    assert standing(office, "P003", "2012-06-01")["superior"] == ""


def test_a_login_is_one_person_and_passes_on_only_from_whoever_left(office: Office) -> None:
    office.do("people login lin counter1")
    assert office.run("people login chen counter1").code == "people.login-taken"
    office.do("people close lin --last-day 2012-05-31 --yes")
    assert office.run("people login chen counter1", now="2012-05-31T09:00").code == "people.login-taken"
    office.do("people login chen counter1", now="2012-06-01T09:00")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("people add 王芳 --grade boss", "input.invalid"),
        ("people add 王芳 --regime Z", "input.invalid"),
        ("people add 王芳 --superior 无此人", "input.unknown"),
        ("people add ''", "input.invalid"),
        ("people add 王芳 --from 2012-02-30", "input.invalid"),
        ("people add 王芳 --alias lin", "people.taken"),
    ],
)
def test_a_wrong_word_writes_nothing(office: Office, line: str, code: str) -> None:
    before = entries(office)
    answer = office.run(line)
    assert (answer.status, answer.code) == (2, code)
    assert entries(office) == before


def test_staff_come_from_a_file_in_any_encoding(office: Office) -> None:
    file = Path(office.folder) / "staff.csv"
    file.write_bytes("姓名,职务,直属上级,制度\n郑和,客户总监,gm,A、E\n郑重,客户经理,郑和,A\n".encode("gbk"))
    office.do("people import staff.csv --from 2012-03-01")
    assert standing(office, "P007", "2012-03-01") == {
        "code": "P007",
        "name": "郑重",
        "grade": "account_manager",
        "department": "",
        "superior": "P006",
        "regimes": "A",
        "last_day": None,
    }


STAFF = "name,code,grade,department,superior,alias,regime,login\n"


def taken(office: Office, rows: str, options: str = "--from 2012-03-01") -> dict[str, int]:
    (office.folder / "staff.csv").write_text(STAFF + rows, encoding="utf-8")
    counts: dict[str, int] = office.ask(f"people import staff.csv {options}")
    return counts


def test_a_file_of_staff_is_taken_in_once(office: Office) -> None:
    rows = "林静,,客户经理,客户部,周岚,lin,A、E,\n郑和,Z9,客户总监,,gm,he,A,zheng\n郑重,,客户经理,,郑和,,,\n"
    assert taken(office, rows) == {"people": 2, "known": 1}
    before = entries(office)
    assert taken(office, rows) == {"people": 0, "known": 3}
    assert entries(office) == before
    office.do("people promote 郑重 account_director --from 2012-04-01")
    assert taken(office, rows) == {"people": 0, "known": 3}
    (office.folder / "staff.csv").write_text(STAFF + rows, encoding="utf-8")
    assert "line 4, name: " in office.run("people import staff.csv --from 2012-04-01").err


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",Z9,,,,,,", "name"),
        ("林静,,客户总监,,,,,", "name"),
        ("新人,P003,,,,,,", "code"),
        ("新人,,国王,,,,,", "grade"),
        ("新人,,,,无人,,,", "superior"),
        ("新人,,,,周,,,", "superior"),  # the beginning of a name
        ("新人,,,,,lin,,", "alias"),
        ("新人,,,,,,A、Z,", "regime"),
        ("新人,,,,,,,root", "login"),
    ],
)
def test_a_fault_names_the_column_it_is_in(office: Office, row: str, column: str) -> None:
    office.do("people login lin root")
    (office.folder / "staff.csv").write_text(f"{STAFF}{row}\n", encoding="utf-8")
    answer = office.run("people import staff.csv --from 2012-03-01")
    assert answer.code == "import.bad-rows"
    assert f"line 2, {column}: " in answer.err
    assert answer.err.count("line 2") == 1


def test_two_rows_of_one_name_are_not_one_person(office: Office) -> None:
    """Within a file nobody knows whether a row is a repetition or another person."""
    (office.folder / "staff.csv").write_text(f"{STAFF}新人,,,,,,,\n新人,,,,,,,\n", encoding="utf-8")
    assert "line 3, name: " in office.run("people import staff.csv").err


def test_people_read_a_superiors_name_and_programs_the_code(office: Office) -> None:
    people = {one["code"]: one for one in office.ask("people list")}
    superior = people[people["P003"]["superior"]]
    told = f"{superior['code']} {superior['name']}"
    assert told in office.do("people list").out
    assert told in office.do("people show P003").out
