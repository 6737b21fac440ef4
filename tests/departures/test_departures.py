"""Who leaves: the report, the company's consent, the formalities, the last pay (E-8, E-18, L-9 to L-11)."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Office

MAY = "2012-05-01T09:00"
FILE = "departure file lin --last-day 2012-05-31 --as lin"


@pytest.fixture
def leaving(office: Office) -> Office:
    """林静 files on 2012-05-01; 31 May is the thirtieth day after it."""
    office.do(FILE, now=MAY)
    return office


def shown(office: Office, now: str, number: str = "DP-1") -> dict[str, Any]:
    found: dict[str, Any] = office.ask(f"departure show {number}", now=now)
    return found


def hand_over(office: Office, on: str) -> None:
    """The customers pass on: here as the ledger sees it, one by one."""
    for customer in ("云帆", "远大"):
        office.do(f"customer transfer {customer} --to chen --from {on} --as gm", now=f"{on}T08:00")


def waiting(office: Office, now: str) -> list[tuple[str, str, str]]:
    rows = office.ask("check", now=now)
    return [(one["clause"], one["state"], one["who"]) for one in rows if one["rule"] in ("T-34", "L-11")]


@pytest.mark.parametrize(
    ("filed", "earliest", "too_soon"),
    [("2013-03-01", "2013-03-31", "2013-03-30"), ("2013-01-31", "2013-03-02", "2013-03-01")],
)
def test_thirty_calendar_days_after_the_report_is_soon_enough(
    office: Office, filed: str, earliest: str, too_soon: str
) -> None:
    """EX-E-6: the day before is refused with the earliest, and the refusal recorded."""
    refused = office.run(f"departure file lin --last-day {too_soon} --as lin", now=f"{filed}T09:00")
    assert (refused.status, refused.code) == (7, "departure.too-soon")
    assert earliest in refused.err
    assert "E-8" in str(office.ask("why P003", now=f"{filed}T09:30"))
    taken = office.ask(f"departure file lin --last-day {earliest} --as lin", now=f"{filed}T10:00")
    assert (taken["number"], taken["last_day"], taken["state"]) == ("DP-1", earliest, "report_filed")
    assert "AMB-E-h" in str(taken["working"])


def test_in_probation_three_days_are_enough_and_a_dismissal_has_no_notice(office: Office) -> None:
    """L-9, X-15."""
    assert office.run("departure file lin --last-day 2012-05-03 --probation --as lin", now=MAY).status == 7
    office.do("departure file lin --last-day 2012-05-04 --probation --as lin", now=MAY)
    office.do("departure file chen --last-day 2012-05-01 --dismissed --as gm", now=MAY)
    assert shown(office, "2012-05-02T09:00", "DP-2")["state"] == "left_open"


def test_a_departure_goes_through_its_stages(leaving: Office) -> None:
    """SM-25: filed, approved, handover, formalities, left."""
    assert shown(leaving, "2012-05-02T09:00")["state"] == "report_filed"
    leaving.do("departure approve DP-1 --as zhou", now="2012-05-03T09:00")
    assert shown(leaving, "2012-05-03T10:00")["state"] == "approved"
    leaving.do(
        "handover start --from lin --to chen --customers 云帆 --leaving 2012-05-31 --as zhou", now="2012-05-08T09:00"
    )
    found = shown(leaving, "2012-05-08T10:00")
    assert (found["state"], found["handovers"], found["served"]) == ("handover", ["H-1"], 2)
    assert shown(leaving, "2012-05-07T10:00")["state"] == "approved"


def test_without_the_handover_no_formalities_and_the_employment_ends_all_the_same(leaving: Office) -> None:
    """E-18, E-4g, L-9: refused and recorded; closed on the last day; left, handover open."""
    refused = leaving.run("departure formalities DP-1 --as gm", now="2012-05-31T09:00")
    assert (refused.status, refused.code) == (7, "departure.handover-open")
    assert "2 customers" in refused.err
    assert "L-9" in refused.err
    assert leaving.run("departure close DP-1 --yes --as gm", now="2012-05-30T09:00").code == "departure.lasts"
    leaving.do("departure close DP-1 --yes --as gm", now="2012-05-31T18:00")
    after = leaving.do("departure show DP-1 --format json", now="2012-06-01T09:00")
    assert (after.json["state"], after.json["closed_on"]) == ("left_open", "2012-06-01")
    assert "L-9" in after.err
    assert leaving.run("visit log 云帆 --as lin", now="2012-06-01T09:00").code == "people.gone"
    assert "E-18" in str(leaving.ask("why DP-1", now="2012-06-01T09:00"))


def test_once_everything_is_handed_over_the_formalities_are_open(leaving: Office) -> None:
    """E-4g: and the day after the last one they have left."""
    hand_over(leaving, "2012-05-20")
    assert shown(leaving, "2012-05-20T09:00")["state"] == "formalities"
    leaving.do("departure formalities DP-1 --as gm", now="2012-05-30T09:00")
    assert leaving.run("departure formalities DP-1 --as gm", now="2012-05-30T10:00").code == "departure.done"
    leaving.do("departure close DP-1 --yes --as gm", now="2012-05-31T09:00")
    assert shown(leaving, "2012-05-31T20:00")["state"] == "formalities"
    assert shown(leaving, "2012-06-01T09:00")["state"] == "left"
    assert leaving.do("departure list", now="2012-06-01T09:00").err.startswith("Nobody is leaving")
    assert len(leaving.ask("departure list --all", now="2012-06-01T09:00")) == 1


def test_wages_are_payable_although_the_handover_is_open(office: Office) -> None:
    """EX-E-11: 6,400.00 and 1,000.00: payable 7,400.00, with E-18 against L-10; complete: without a warning."""
    office.do("departure file lin --last-day 2013-05-31 --as lin", now="2013-05-01T09:00")
    answer = office.do("departure pay DP-1 --wages 6400 --bonus 1000 --as gm --format json", now="2013-05-29T09:00")
    assert (answer.json["payable"], answer.json["may_wait"], answer.json["held_by"]) == ("7400.00", "0.00", "")
    assert "7,400.00" in answer.err
    for clause in ("E-18", "L-10"):
        assert clause in answer.err
        assert clause in str(answer.json["working"])
    hand_over(office, "2013-05-30")
    free = office.do("departure pay DP-1 --wages 6400 --bonus 1000 --as gm --format json", now="2013-05-30T09:00")
    assert free.json["payable"] == "7400.00"
    assert "L-10" not in free.err


def test_severance_alone_waits_and_a_hold_is_somebodys_own(leaving: Office) -> None:
    """L-10, L-4: a hold is refused to the leaver and to outsiders, asks first, and ends."""
    paid = leaving.ask("departure pay DP-1 --wages 6400 --severance 12000 --as gm", now="2012-05-20T09:00")
    assert (paid["payable"], paid["may_wait"]) == ("6400.00", "12000.00")
    for who in ("lin", "xiang"):
        assert leaving.run(f"departure hold DP-1 --reason laptop --yes --as {who}", now="2012-05-20T10:00").status == 7
    assert leaving.run("departure hold DP-1 --reason laptop --as gm", now="2012-05-20T10:00").code == "desk.not-asked"
    held = leaving.ask("departure hold DP-1 --reason laptop --yes --as gm", now="2012-05-20T10:00")
    assert (held["held_by"], held["hold_reason"], held["payable"]) == ("P001 沈国栋", "laptop", "6400.00")
    assert "L-10" in str(held["working"])
    told = leaving.do("departure show DP-1", now="2012-05-20T11:00").err
    assert "6,400.00 is held against the law" in told
    assert "nothing is held" not in told
    hand_over(leaving, "2012-05-21")
    assert "no ground" in leaving.do("departure show DP-1", now="2012-05-21T09:00").err
    leaving.do("departure hold DP-1 --lift --as gm", now="2012-05-21T09:00")
    assert shown(leaving, "2012-05-21T10:00")["held_by"] == ""
    again = leaving.run("departure hold DP-1 --reason x --yes --as gm", now="2012-05-21T10:00")
    assert again.code == "departure.no-ground"


@pytest.mark.parametrize("who", ["lin", "xiang", "chen"])
def test_nobody_agrees_to_their_own_departure_and_no_outsider_does(leaving: Office, who: str) -> None:
    """E-8: the company approves; the attempt is recorded."""
    refused = leaving.run(f"departure approve DP-1 --as {who}", now="2012-05-02T09:00")
    assert (refused.status, refused.code) == (7, "departure.refused")
    assert shown(leaving, "2012-05-02T10:00")["approved_on"] is None


def test_a_cancelled_departure_leaves_the_handover_a_transfer(leaving: Office) -> None:
    """AMB-E-j: they stay; the case goes on without a last day, and a new report starts anew."""
    leaving.do("handover start --from lin --to chen --leaving 2012-05-31 --as zhou", now="2012-05-08T09:00")
    answer = leaving.do(
        "departure cancel DP-1 --reason 'stays after all' --as gm --format json", now="2012-05-20T09:00"
    )
    assert (answer.json["state"], answer.json["withdrawn_why"]) == ("withdrawn", "stays after all")
    assert "H-1" in answer.err
    assert leaving.ask("handover show H-1", now="2012-05-20T10:00")["leaving_on"] is None
    assert waiting(leaving, "2012-05-21T09:00") == []
    assert leaving.run("departure approve DP-1 --as zhou", now="2012-05-21T09:00").code == "departure.withdrawn"
    assert shown(leaving, "2012-05-19T09:00")["state"] == "handover"  # as it stood
    assert leaving.ask("departure file lin --last-day 2012-06-20 --as lin", now="2012-05-21T09:00")["number"] == "DP-2"


def test_whoever_has_left_does_not_take_it_back(leaving: Office) -> None:
    """L-9: the employment has ended."""
    assert leaving.run("departure cancel DP-1 --reason x --as gm", now="2012-06-01T09:00").code == "departure.has-left"
    leaving.do("departure close DP-1 --yes --as gm", now="2012-06-02T09:00")
    again = leaving.run("departure close DP-1 --yes --as gm", now="2012-06-02T10:00")
    assert (again.status, again.code) == (2, "departure.done")


def test_a_receiver_who_leaves_in_the_middle_is_named(office: Office) -> None:
    """E-4b: at once, in `check` to the supervisor, and until somebody else takes over."""
    office.do("handover start --from lin --to chen --as zhou", now=MAY)
    filed = office.do("departure file chen --last-day 2012-06-15 --as chen", now=MAY)
    assert "receiver of H-1" in filed.err
    assert ("E-4b", "due", "P002 周岚") in waiting(office, "2012-05-02T09:00")


def test_a_supervisor_who_leaves_in_the_middle_is_named_to_their_superior(office: Office) -> None:
    """E-4d."""
    office.do("handover start --from lin --to chen --as zhou", now=MAY)
    assert "handover supervisor of H-1" in office.do("departure file zhou --last-day 2012-06-15 --as zhou", now=MAY).err
    assert ("E-4b", "due", "P001 沈国栋") in waiting(office, "2012-05-02T09:00")


def test_check_names_every_step_of_a_departure(leaving: Office) -> None:
    """T-34, L-11: consent, handover, end and certificate, with who must act; overdue after the last day."""
    assert waiting(leaving, "2012-05-02T09:00") == [
        ("E-8", "due", "P002 周岚"),
        ("E-18", "due", "P003 林静, P002 周岚"),
    ]
    leaving.do("departure approve DP-1 --as gm", now="2012-05-03T09:00")
    assert waiting(leaving, "2012-05-31T09:00") == [("E-18", "due", "P003 林静, P002 周岚"), ("L-11", "due", "hr")]
    assert sorted(waiting(leaving, "2012-06-15T09:00")) == [
        ("E-18", "overdue", "P003 林静, P002 周岚"),
        ("L-11", "due", "hr"),
        ("L-9", "overdue", "hr"),
    ]
    leaving.do("departure close DP-1 --yes --as gm", now="2012-06-15T10:00")
    assert [clause for clause, *_rest in waiting(leaving, "2012-06-16T09:00")] == ["E-18"]
    hand_over(leaving, "2012-06-20")
    assert waiting(leaving, "2012-06-20T09:00") == [("E-4g", "overdue", "hr")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("file lin --last-day 2012-07-01", "departure.filed"),
        ("file nobody --last-day 2012-07-01", "input.unknown"),
        ("file chen --last-day soon", "input.invalid"),
        ("file chen --last-day 2012-07-01 --on 2012-06-01", "departure.not-today"),
        ("file chen --last-day 2012-07-01 --probation --dismissed", "input.invalid"),
        ("file 五新 --last-day 2012-07-01", "handover.not-bound"),
        ("approve DP-9 --as gm", "input.unknown"),
        ("approve DP-1 --as gm --on 2012-04-30", "departure.day"),
        ("approve DP-1 --as gm --on 2012-05-21", "departure.day"),
        ("pay DP-1 --wages -1 --as gm", "input.invalid"),
        ("hold DP-1 --as gm", "input.invalid"),
        ("hold DP-1 --lift --as gm", "departure.not-held"),
        ("cancel DP-1 --reason ''", "input.invalid"),
    ],
)
def test_what_cannot_be_is_not_written(leaving: Office, line: str, code: str) -> None:
    leaving.do("people add 五新 --superior zhou --regime A --as gm", now=MAY)
    before = leaving.do("ledger history", now="2012-05-20T09:00").out
    answer = leaving.run(["departure", *shlex.split(line)], now="2012-05-20T09:00")
    assert (answer.status, answer.code) == (2, code)
    assert leaving.do("ledger history", now="2012-05-20T09:00").out == before


def test_whoever_has_filed_takes_nothing_over_and_hands_over_until_their_last_day(leaving: Office) -> None:
    """E-8: the last day of the report is the handover's, without being said again."""
    refused = leaving.run("handover start --from chen --to lin --as zhou", now="2012-05-08T09:00")
    assert (refused.status, refused.code) == (2, "handover.leaving")
    assert "DP-1" in refused.err
    begun = leaving.do("handover start --from lin --to chen --as zhou --format json", now="2012-05-08T09:00")
    assert begun.json["leaving_on"] == "2012-05-31"
    assert "E-8" not in begun.err


def test_the_report_is_printed_with_its_days(leaving: Office, tmp_path: Path) -> None:
    """E-8: the 《离职报告》 names the earliest last day and who agreed; a dismissal has no report."""
    leaving.do("departure approve DP-1 --as zhou", now="2012-05-03T09:00")
    file = tmp_path / "report.xlsx"
    leaving.do(["departure", "print", "DP-1", str(file)], now="2012-05-03T10:00")
    sheet = load_workbook(file).active
    assert sheet is not None
    said = "\n".join(str(cell) for row in sheet.values for cell in row if cell is not None)
    for text in ("离职报告", "Departure report", "2012-05-31", "P003 林静", "P002 周岚", "L-9"):
        assert text in said
    leaving.do("departure file chen --last-day 2012-05-03 --dismissed --as gm", now="2012-05-03T09:00")
    refused = leaving.run(["departure", "print", "DP-2", str(file)], now="2012-05-03T10:00")
    assert (refused.status, refused.code) == (2, "departure.no-report")


def test_a_transfer_under_way_becomes_the_leavers_handover(office: Office) -> None:
    """E-8, AMB-E-j: from the report on it has a last day; taken back, it has none again."""
    office.do("handover start --from lin --to chen --as zhou", now=MAY)
    office.do(FILE, now="2012-05-01T10:00")
    assert office.ask("handover show H-1", now="2012-05-01T11:00")["leaving_on"] == "2012-05-31"
    office.do("departure cancel DP-1 --reason stays --as gm", now="2012-05-02T10:00")
    assert office.ask("handover show H-1", now="2012-05-02T11:00")["leaving_on"] is None


@pytest.mark.parametrize("who", ["chen", "xiang"])
def test_a_colleague_neither_files_a_report_nor_takes_it_back(office: Office, who: str) -> None:
    """E-8: it is the leaver's own; refused, and recorded."""
    refused = office.run(f"departure file lin --last-day 2012-05-31 --as {who}", now=MAY)
    assert (refused.status, refused.code) == (7, "departure.refused")
    assert office.ask("departure list", now=MAY) == []
    assert "E-8" in str(office.ask("why P003", now=MAY))
    office.do(FILE, now=MAY)
    kept = office.run(f"departure cancel DP-1 --reason x --as {who}", now=MAY)
    assert (kept.status, kept.code) == (7, "departure.refused")
    assert shown(office, MAY)["state"] == "report_filed"


@pytest.mark.parametrize("who", ["lin", "zhou", "gm"])
def test_who_leaves_or_the_company_files_it_and_takes_it_back(office: Office, who: str) -> None:
    """E-8: the leaver, a superior, the general manager."""
    office.do(f"departure file lin --last-day 2012-05-31 --as {who}", now=MAY)
    office.do(f"departure cancel DP-1 --why stays --as {who}", now=MAY)
    assert shown(office, MAY)["state"] == "withdrawn"


def test_nobody_dismisses_themselves_to_wait_for_no_notice(office: Office) -> None:
    """X-15, E-8: a dismissal is the company's; who leaves waits the thirty days."""
    refused = office.run("departure file lin --last-day 2012-05-02 --dismissed --as lin", now=MAY)
    assert (refused.status, refused.code) == (7, "departure.refused")


def test_a_departure_is_found_by_whose_it_is(leaving: Office) -> None:
    assert leaving.ask("departure show 林静", now=MAY)["number"] == "DP-1"
    leaving.do("departure cancel lin --reason stays --as lin", now=MAY)
    leaving.do(FILE, now=MAY)
    assert leaving.ask("departure approve 林 --as zhou", now=MAY)["number"] == "DP-2"
    assert leaving.run("departure show 陈涛", now=MAY).code == "input.unknown"


def test_a_handover_keeps_the_last_day_that_was_reported(leaving: Office) -> None:
    """E-8: another one contradicts the report."""
    start = "handover start --from lin --to chen --leaving {day} --as zhou"
    assert leaving.run(start.format(day="2012-06-15"), now=MAY).code == "handover.other-last-day"
    assert leaving.ask(start.format(day="2012-05-31"), now=MAY)["leaving_on"] == "2012-05-31"
