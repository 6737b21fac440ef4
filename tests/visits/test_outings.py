"""Outings from the office and from home, from the entry to the return (A-1, SM-1)."""

from __future__ import annotations

from salesctl.policy.calendar import PROVISIONAL, Calendar
from tests.conftest import Office

DAY = "2012-04-16"


def test_an_entry_before_leaving_is_valid(office: Office) -> None:
    """EX-A1-1: entry 09:40, departure 09:45."""
    outing = office.ask("visit log 云帆网络科技 --leave 9:45 --as lin", now=f"{DAY}T09:40")
    assert (outing["standing"], outing["state"], outing["incident"]) == ("valid", "out", None)
    assert outing["left_at"] == f"{DAY}T09:45:00+08:00"


def test_entry_and_departure_at_the_same_instant_are_valid(office: Office) -> None:
    """EX-A1-1, K-13: 09:45:00 and 09:45:00; a departure typed to the minute stands for the whole of it."""
    for second in ("00", "59"):
        outing = office.ask("visit log 云帆 --leave 9:45 --as lin --again", now=f"{DAY}T09:45:{second}")
        assert (outing["standing"], outing["incident"]) == ("valid", None)
    assert office.ask("visit log 云帆 --leave 9:45 --as lin --again", now=f"{DAY}T09:46:00")["standing"] == "late"


def test_an_unclear_entry_is_one_absence_without_money(office: Office) -> None:
    """EX-A1-2: 见客户 at 09:40, departure 09:45."""
    office.do("visit log 见客户 --as lin", now=f"{DAY}T09:40")
    answer = office.do("visit leave --as lin --format json", now=f"{DAY}T09:45")
    outing = answer.json
    assert (outing["standing"], outing["incident"], outing["cause"]) == ("unclear", "I-1", "unclear")
    assert "A-1.3, 0.00 yuan" in answer.err
    [line] = office.ask("visit audit --from 2012-04-16 --to 2012-04-16", now=f"{DAY}T12:00")
    assert (line["standing"], line["decision"], line["left_at"]) == ("unclear", "proposed", f"{DAY}T09:45:00+08:00")


def test_an_absence_lasts_until_the_return_or_close_of_business(closing: Office) -> None:
    """AMB-A1-c: and is nothing in money."""
    closing.do("visit log 见客户 --leave 9:45 --as lin", now=f"{DAY}T09:40")
    closing.do("visit leave --as chen", now=f"{DAY}T09:45")
    closing.do("visit return --as lin", now=f"{DAY}T11:00")
    until = [line["absent_until"] for line in closing.ask("visit audit", now=f"{DAY}T12:00")]
    assert until == [f"{DAY}T11:00:00+08:00", f"{DAY}T18:00:00+08:00"]


def test_a_person_is_no_company_unless_one_stands_beside(office: Office) -> None:
    """EX-A1-4: 张总 上午 is an absence, 云帆 张总 is valid."""
    assert office.ask("visit log '张总 上午' --leave 9:45 --as lin", now=f"{DAY}T09:40")["cause"] == "unclear"
    assert office.ask("visit log '云帆 张总' --leave 9:45 --as lin", now=f"{DAY}T09:40")["incident"] is None


def test_leaving_without_an_entry_is_an_absence_and_a_late_entry_is_marked_so(office: Office) -> None:
    """AMB-A1-b: missing; filed afterwards it becomes late, and stays one incident."""
    missing = office.ask("visit leave --as lin", now=f"{DAY}T09:45")
    assert (missing["standing"], missing["cause"], missing["filed_at"]) == ("missing", "missing", None)
    assert office.run("visit add-stop 云帆 --as lin", now=f"{DAY}T09:50").code == "visit.not-filed"
    late = office.ask("visit file V-1 云帆 --as lin", now=f"{DAY}T10:00")
    assert (late["standing"], late["incident"], late["cause"]) == ("late", missing["incident"], "late")


def test_a_company_named_before_leaving_cures_an_unclear_entry(office: Office) -> None:
    """AMB-A1-f; an absence already proposed for a later departure lapses."""
    assert office.ask("visit log 见客户 --leave 9:45 --as lin", now=f"{DAY}T09:40")["decision"] == "proposed"
    cured = office.ask("visit add-stop 云帆 --as lin", now=f"{DAY}T09:44")
    assert (cured["standing"], cured["decision"]) == ("valid", "lapsed")
    assert office.do("visit audit", now=f"{DAY}T12:00").err.count("unclear 0, late 0, missing 0") == 2


def test_a_stop_added_on_the_road_is_an_amendment(office: Office) -> None:
    """AMB-A1-f: no incident for it, and none cured by it."""
    office.do("visit log 云帆 --leave 9:45 --as lin", now=f"{DAY}T09:40")
    assert office.ask("visit add-stop 见客户 --as lin", now=f"{DAY}T10:30")["incident"] is None
    office.do("visit log 见客户 --leave 9:45 --as chen", now=f"{DAY}T09:40")
    assert office.ask("visit add-stop 云帆 --as chen", now=f"{DAY}T10:30")["standing"] == "unclear"


def test_the_article_binds_account_managers_alone(office: Office) -> None:
    """AMB-A1-g: others may register, and no incident comes of it."""
    for who in ("xiang", "zhou"):
        assert office.ask(f"visit leave --as {who}", now=f"{DAY}T09:45")["standing"] == "no_duty"
    office.do("people add 吴敏 --grade account_manager --alias wu --regime E")
    assert office.ask("visit leave --as wu", now="2012-05-08T09:45")["incident"] is None


def test_before_its_first_day_the_article_binds_nobody(office: Office) -> None:
    """A-1.5, K-9."""
    assert office.ask("visit leave --as lin", now="2012-04-15T09:45")["standing"] == "no_duty"
    assert office.ask("visit log 外出 --leave 9:45 --as lin", now="2012-04-15T09:50")["incident"] is None
    assert office.ask("visit leave --as chen", now="2012-04-16T09:45")["standing"] == "missing"


def test_a_visit_from_home_is_filed_before_closing_of_the_last_workday(closing: Office) -> None:
    """EX-A1-3: for Wednesday 2012-05-02 that is Saturday 2012-04-28, a make-up day."""
    for now, standing in (
        ("2012-04-28T17:59", "valid"),
        ("2012-04-28T18:00:00", "late"),
        ("2012-04-30T10:00", "late"),
    ):
        outing = closing.ask("visit log 云帆 --direct --date 2012-05-02 --as lin --again", now=now)
        assert (outing["standing"], outing["from"], outing["date"]) == (standing, "home", "2012-05-02")
        assert bool(outing["incident"]) == (standing == "late")


def test_the_first_enforceable_visit_from_home(closing: Office) -> None:
    """EX-A1-5: none on 2012-04-16; on 2012-04-17 by closing time of the day before."""
    first = closing.ask("visit log 云帆 --direct --date 2012-04-16 --as lin", now="2012-04-16T08:00")
    assert first["standing"] == "no_duty"
    assert closing.ask("visit log 云帆 --direct --as lin", now="2012-04-16T17:59")["date"] == "2012-04-17"
    late = closing.ask("visit log 云帆 --direct --date 2012-04-17 --as lin --again", now="2012-04-16T18:00")
    assert late["cause"] == "late"


def test_an_unset_closing_time_is_named(office: Office) -> None:
    """AMB-A1-e: nothing is written."""
    answer = office.run("visit log 云帆 --direct --as lin", now=f"{DAY}T09:40")
    assert (answer.status, answer.code) == (2, "policy.unset")
    assert "A.visits.close_of_business" in answer.err
    assert office.ask("visit list", now=f"{DAY}T09:41") == []


def test_a_planned_visit_is_filed_then_left_then_returned(closing: Office) -> None:
    """SM-1."""
    assert closing.ask("visit plan 云帆 --as lin", now=f"{DAY}T09:00")["state"] == "planned"
    assert closing.ask("visit file V-1 --as lin", now=f"{DAY}T17:00")["state"] == "registered"
    assert closing.ask("visit leave --as lin", now="2012-04-17T08:30")["state"] == "out"
    back = closing.ask("visit return --as lin", now="2012-04-17T11:00")
    assert (back["state"], back["standing"], back["incident"]) == ("returned", "valid", None)


def test_a_planned_visit_left_for_without_filing_is_missing(closing: Office) -> None:
    closing.do("visit plan 云帆 --as lin", now=f"{DAY}T09:00")
    assert closing.ask("visit leave --as lin", now="2012-04-17T08:30")["cause"] == "missing"


def test_steps_out_of_order_are_refused_and_write_nothing(office: Office) -> None:
    def refused(line: str, now: str) -> str:
        answer = office.run(line, now=f"{DAY}T{now}")
        assert (answer.status, answer.out) == (2, ""), answer
        return answer.code

    assert refused("visit return --as lin", "09:00") == "visit.none-open"
    office.do("visit log 云帆 --as lin", now=f"{DAY}T09:00")
    assert refused("visit return V-1 --as lin", "09:01") == "visit.order"
    assert refused("visit leave V-1 --as chen", "09:01") == "visit.not-yours"
    assert refused("visit leave V-9 --as lin", "09:01") == "input.unknown"
    assert refused("visit leave --at 25:00 --as lin", "09:01") == "input.invalid"
    office.do("visit leave --as lin", now=f"{DAY}T09:05")
    assert refused("visit leave --as lin", "09:06") == "visit.already"
    assert refused("visit file V-1 --as lin", "09:06") == "visit.already"
    assert refused("visit return --at 9:04 --as lin", "10:00") == "visit.order"
    assert refused("visit return --at 10:01 --as lin", "10:00") == "visit.order"
    office.do("visit return v-1 --at 9:05 --as lin", now=f"{DAY}T10:00")
    assert refused("visit return V-1 --as lin", "10:01") == "visit.already"
    assert refused("visit add-stop 云帆 --outing V-1 --as lin", "10:01") == "visit.already"
    assert refused("visit log 云帆 --direct --leave 9:00 --as lin", "10:01") == "visit.options"
    assert refused("visit log 云帆 --date fri --as lin", "10:01") == "visit.options"
    office.unnamed()
    assert refused("visit log 云帆", "10:01") == "desk.nobody"
    assert len(office.ask("visit list", now=f"{DAY}T12:00")) == 1


def test_a_departure_of_another_day_needs_that_day_to_have_come(office: Office) -> None:
    """K-8: the event may be of yesterday, the entry is of now; tomorrow has not come."""
    assert office.run("visit leave --at 9:00 --as lin --on tomorrow", now=f"{DAY}T10:00").code == "visit.order"
    assert office.run("visit leave --as lin --on yesterday", now="2012-04-17T10:00").code == "visit.order"
    outing = office.ask("visit log 云帆 --leave 9:00 --as lin --on yesterday", now="2012-04-17T10:00")
    assert (outing["date"], outing["standing"]) == (DAY, "late")
    assert outing["filed_at"] == "2012-04-17T10:00:00+08:00"


def test_the_list_is_of_this_week_and_of_whom_one_asks(office: Office) -> None:
    """K-7: Monday to Sunday."""
    office.do("visit log 云帆 --as lin", now="2012-04-22T23:59")
    office.do("visit log 云帆 见客户 远大 --as chen", now="2012-04-23T00:00")
    assert [one["number"] for one in office.ask("visit list", now="2012-04-22T23:59")] == ["V-1"]
    assert [one["number"] for one in office.ask("visit list", now="2012-04-23T00:01")] == ["V-2"]
    both = office.ask("visit list --from 2012-04-16", now="2012-04-23T09:00")
    assert [one["number"] for one in both] == ["V-1", "V-2"]
    assert both[1]["companies"] == "北京云帆网络科技有限公司; 见客户; 上海远大传媒有限公司"
    assert [one["number"] for one in office.ask("visit list --from 2012-04-16 --of lin", now="2012-04-23T09:00")] == [
        "V-1"
    ]
    assert office.run("visit list --from 2012-04-20 --to 2012-04-19").code == "visit.options"


def test_a_deadline_of_a_year_without_announced_holidays_is_provisional(closing: Office) -> None:
    """K-6: said in the working and to the person, for the year after the last announced one alone."""
    year = Calendar().last_announced + 1
    told = closing.do(
        f"visit log 云帆 --direct --date {year}-03-03 --as lin --format json", now=f"{year - 1}-12-01T09:00"
    )
    assert PROVISIONAL in told.err
    assert PROVISIONAL in {step.get("note") for step in told.json["working"]["steps"]}
    told = closing.do(
        f"visit log 云帆 --direct --date {year - 1}-12-02 --as lin --format json", now=f"{year - 1}-12-01T09:00"
    )
    assert "provisional" not in told.err + told.out


def test_an_entry_of_an_earlier_day_is_late_and_opens_an_absence(office: Office) -> None:
    """A-1.1, K-8: the last minute of the day is in time, the first of the next is not."""
    line = "visit log 云帆 --as lin --again --on 2012-06-01"
    assert office.ask(line, now="2012-06-01T23:59")["standing"] == "valid"
    for now in ("2012-06-02T00:00", "2012-07-02T10:00"):
        outing = office.ask(line, now=now)
        assert (outing["standing"], outing["cause"], outing["decision"]) == ("late", "late", "proposed")
    unclear = office.ask("visit log 见客户 --as lin --on 2012-06-01", now="2012-07-02T10:00")
    assert (unclear["standing"], unclear["decision"]) == ("unclear", "proposed")


def test_an_outing_from_the_office_is_not_entered_for_a_day_ahead(office: Office) -> None:
    answer = office.run("visit log 云帆 --as lin --on 2012-04-17", now=f"{DAY}T10:00")
    assert (answer.status, answer.code) == (2, "visit.not-today")
    assert "--direct --date 2012-04-17" in answer.err


def test_a_return_without_a_number_is_of_today(office: Office) -> None:
    office.do("visit log 云帆 --leave 9:45 --as lin", now=f"{DAY}T09:40")
    assert office.run("visit return --as lin", now="2012-04-17T09:00").code == "visit.none-open"
    assert office.ask("visit return V-1 --at 11:00 --as lin", now="2012-04-17T09:00")["state"] == "returned"


def test_the_same_outing_within_ten_minutes_is_asked_about(closing: Office) -> None:
    """Nasty case 11: no second absence for one outing whose answer was lost."""
    line = "visit log 见客户 --leave 9:45 --as lin"
    closing.do(line, now=f"{DAY}T09:40")
    assert closing.run(line, now=f"{DAY}T09:50").code == "visit.again"
    assert closing.ask(f"{line} --again", now=f"{DAY}T09:50")["number"] == "V-2"
    assert closing.ask("visit log 云帆 --leave 9:55 --as lin", now=f"{DAY}T09:50")["number"] == "V-3"
    assert closing.ask("visit log 见客户 --leave 9:55 --as chen", now=f"{DAY}T09:50")["number"] == "V-4"
    assert closing.ask(line, now=f"{DAY}T10:00:01")["number"] == "V-5"
    closing.do("visit plan 云帆 --as lin", now=f"{DAY}T10:00")
    assert closing.run("visit plan 云帆 --as lin", now=f"{DAY}T10:09").code == "visit.again"


def test_the_list_shows_the_state(office: Office) -> None:
    office.do("visit log 云帆 --as lin", now=f"{DAY}T09:40")
    listed = office.ask("visit list", now=f"{DAY}T10:00")
    assert [one["state"] for one in listed] == ["registered"]


def test_a_plan_after_its_deadline_says_so(closing: Office) -> None:
    """A-1.4: from the instant of closing on; a plan starts from home, not from the company."""
    late = "was to be filed before 18:00 of 2012-04-16"
    assert late not in closing.do("visit plan 云帆 --date 2012-04-17 --as lin", now=f"{DAY}T17:59").err
    assert late in closing.do("visit plan 云帆 --date 2012-04-17 --as chen", now=f"{DAY}T18:00").err
    assert "Before leaving" not in closing.do("visit plan 见客户 --date 2012-04-17 --as lin", now=f"{DAY}T18:00").err
