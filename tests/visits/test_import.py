"""A paper register kept in a spreadsheet is taken in whole, or not at all (A-1)."""

from __future__ import annotations

from tests.conftest import Office

NOW = "2012-04-28T10:00"
HEAD = "姓名,公司,登记时间,外出时间,返回时间,日期,直接拜访\n"
ROWS = (
    "林静,云帆,9:40,9:45,11:00,2012-04-16,\n"
    "林静,见客户,9:40,9:45,11:00,2012-04-17,\n"
    "陈涛,云帆、易购,,13:45,15:00,2012-04-17,否\n"
    "陈涛,远大,13:50,13:45,15:30,2012-04-17,否\n"
    "陈涛,新世界科技,9:50,9:45,,2012年4月18日,否\n"
    "陈涛,,,9:45,,2012-04-19,否\n"
)


def taken(office: Office, text: str, options: str = "", encoding: str = "gbk") -> dict[str, int]:
    (office.folder / "paper.csv").write_text(text, encoding)
    counts: dict[str, int] = office.ask(f"visit import paper.csv {options}", now=NOW)
    return counts


def test_unclear_and_late_rows_are_taken_in_and_marked(office: Office) -> None:
    assert taken(office, HEAD + ROWS) == {"outings": 5, "stops": 6, "known": 0, "unclear": 1, "late": 1, "missing": 1}
    listed = office.ask("visit list --from 2012-04-16 --to 2012-04-19", now=NOW)
    lines = office.ask("visit audit --from 2012-04-16 --to 2012-04-19", now=NOW)
    assert [line["standing"] for line in lines] == ["valid", "unclear", "valid", "late", "missing"]
    assert lines[2]["companies"] == "北京云帆网络科技有限公司; 广州易购电子商务有限公司; 上海远大传媒有限公司"
    assert listed[2]["returned_at"] == "2012-04-17T15:30:00+08:00"


def test_the_same_file_again_is_known(office: Office) -> None:
    taken(office, HEAD + ROWS)
    again = taken(office, HEAD + ROWS)
    assert (again["outings"], again["known"]) == (0, 6)


def test_times_of_the_paper_are_claims_and_the_entry_is_of_now(office: Office) -> None:
    """K-8: both are kept."""
    taken(office, HEAD + ROWS)
    import sqlite3

    with sqlite3.connect(office.ledger) as db:
        rows = db.execute("SELECT origin, filed_at, recorded_at FROM outing WHERE number = 'V-1'").fetchall()
    assert rows == [("paper", "2012-04-16 01:40:00.000000", "2012-04-28 02:00:00.000000")]
    assert office.run("ledger verify", now=NOW).status == 0


def test_broken_rows_stop_the_import_and_are_all_listed(office: Office) -> None:
    text = (
        HEAD + "林静,云帆,9:40,9:45,11:00,2012-04-16,\n"
        "张三,云帆,9:40,9:45,11:00,2012-04-16,\n"
        "林静,云帆,9:4,9:45,11:00,2012-02-30,\n"
        "林静,云帆,9点,9:75,11:00,2012-04-16,也许\n"
        "林静,云帆,9:40,9:45,9:44,2012-04-16,\n"
        "林静,云帆,9:40,,11:00,2012-04-16,\n"
        "林静,云帆,,,,2012-04-16,\n"
        "林静,云帆,9:40,9:45,,2012-05-16,\n"
        "林静,云帆,9:40,,,2012-04-17,是\n"
    )
    (office.folder / "paper.csv").write_text(text, "utf-8")
    answer = office.run("visit import paper.csv", now=NOW)
    assert (answer.status, answer.code, answer.out) == (2, "import.bad-rows", "")
    said = [line.strip(" -") for line in answer.err.splitlines() if "line " in line]
    places = [line.split(":")[0] for line in said]
    assert places == [
        "line 3, person",
        *("line 4, date",),
        *("line 5, direct", "line 5, filed", "line 5, departed"),
        *("line 6, returned", "line 7, returned", "line 8, filed"),
        *("line 9, filed", "line 9, departed", "line 10, filed"),
    ]
    assert office.ask("visit list --from 2012-04-01 --to 2012-05-30", now=NOW) == []


def test_a_register_of_one_person_with_american_days_and_own_headings(closing: Office) -> None:
    """A-1.4: the entry of a visit from home says its own day."""
    text = "where,filed,day,直接拜访\n云帆,04/16/2012 17:59,04/17/2012,Y\n云帆,04/17/2012 18:00,04/18/2012,√\n"
    counts = taken(closing, text, "--of lin --map company=where --date-format %m/%d/%Y")
    assert (counts["outings"], counts["late"]) == (2, 1)


def test_a_name_of_several_customers_is_still_a_company(office: Office) -> None:
    office.do("customer add 云帆传媒有限公司 --distinct")
    assert taken(office, HEAD + "林静,C00,9:40,9:45,,2012-04-16,\n")["unclear"] == 0


def test_a_known_departure_with_another_company_is_a_fault(office: Office) -> None:
    taken(office, HEAD + ROWS)
    (office.folder / "paper.csv").write_text(HEAD + ROWS.replace("林静,云帆", "林静,远大"), "utf-8")
    answer = office.run("visit import paper.csv", now=NOW)
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    assert "line 2, company: V-1" in answer.err


def test_a_workbook_keeps_days_and_times_as_such(office: Office) -> None:
    from datetime import date, time

    import xlsxwriter

    with xlsxwriter.Workbook(office.folder / "paper.xlsx") as book:
        sheet = book.add_worksheet()
        day, clock = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["日期", "姓名", "公司", "登记时间", "外出时间"])
        for row, filed in enumerate((time(9, 40), time(9, 50)), 1):
            sheet.write_datetime(row, 0, date(2012, 4, 15 + row), day)
            sheet.write_row(row, 1, ["林静", "云帆"])
            sheet.write_datetime(row, 3, filed, clock)
            sheet.write_datetime(row, 4, time(9, 45), clock)
    counts = office.ask("visit import paper.xlsx", now=NOW)
    assert (counts["outings"], counts["late"]) == (2, 1)


def test_nobody_is_told_to_name_a_company_for_a_day_that_is_over(office: Office) -> None:
    """A-1.3: a paper row without a departure is of the past; deciding on it says nothing about leaving."""
    (office.folder / "past.csv").write_text("person,company,filed,date\n林静,外出,09:40,2012-04-16\n", "utf-8")
    office.do("visit import past.csv --as zhou")
    told = office.do("visit confirm V-1 --reason x --as zhou").err
    assert "Before leaving" not in told


def test_a_register_means_the_same_on_every_day(office: Office) -> None:
    text = HEAD + "林,云帆,9:40,9:45,,2012-04-16,\n林静,云帆,9:40,9:45,,昨天,\n林静,云帆,昨天 9:40,,,2012-04-16,是\n"
    (office.folder / "paper.csv").write_text(text, "utf-8")
    answer = office.run("visit import paper.csv", now=NOW)
    assert answer.code == "import.bad-rows"
    for place in ("line 2, person", "line 3, date", "line 4, filed"):
        assert place in answer.err
