"""`aging report` as people and programs read it: groups, debts behind a line, own columns, workbook, page."""

from __future__ import annotations

import sqlite3
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from salesctl.ledger.book import Ledger
from salesctl.policy.policy import Policy, shipped
from salesctl.receivables import ageing, ageing_book, ageing_debts, as_of, listing, rules
from salesctl.receivables.ageing_rules import reaches
from tests.conftest import Office

DAY = date(2012, 7, 1)
NOW = "2012-07-01T09:00"
EVIL = '<script>alert("1")</script> & "北京" 有限公司'
OWN = """[[ageing.version]]
source = "A-8.1"
bands = [
  { name = "fresh", below = 1 },
  { name = "quarter", through = 3 },
  { name = "over_3_months", through = 12 },
  { name = "ancient" },
]
"""


@pytest.fixture
def owing(office: Office) -> Office:
    """Three customers, two managers, a contract, debts of every age on 2012-07-01."""
    office.do("contract add K-1 --customer 云帆 --amount 5000 --signed 2012-03-05 --as lin")
    for customer, amount, issued, due, more in (
        ("云帆", "100.01", "2012-04-01", "2012-07-01", "--contract K-1"),
        ("云帆", "200", "2012-04-01", "2012-05-01", "--contract K-1"),
        ("云帆", "300", "2012-02-01", "2012-04-09", ""),
        ("远大", "400", "2011-12-01", "2012-02-29", ""),
        ("易购", "500.50", "2011-12-01", "2011-12-31", ""),
    ):
        office.do(f"receivable log {customer} {amount} --issued {issued} --due {due} {more} --as lin")
    return office


def test_every_grouping_has_the_same_totals(owing: Office) -> None:
    """Totals are the sums of the lines, shares add up to a hundred per cent, in every grouping."""
    totals = set()
    for by, lines in (("customer", 3), ("manager", 2), ("department", 1), ("contract", 4), ("channel", 3)):
        rows = owing.ask(f"aging report --by {by}", now=NOW)
        assert len(rows) == lines, by
        assert sum(int(row["share"].replace(".", "")) for row in rows) == 1000
        columns = [name for name in rows[0] if name in {"not_due", "total"} or "months" in name]
        sums = {name: sum(int(row[name].replace(".", "")) for row in rows) for name in columns}
        assert sums["total"] == 150051
        totals.add(tuple(sums.values()))
    assert len(totals) == 1


def test_shares_never_miss_a_tenth() -> None:
    """Largest remainder: three equal lines are 33.4, 33.3 and 33.3 per cent."""
    assert ageing.shares([100, 100, 100]) == [334, 333, 333]
    assert ageing.shares([1, 999_999_999]) == [0, 1000]
    assert ageing.shares([]) == []


def test_a_manager_stands_with_department_and_grade_of_the_day(owing: Office) -> None:
    owing.do("people promote lin account_director --from 2012-06-01 --as gm")
    owing.do("people move lin --department 二部 --from 2012-06-15 --as gm")
    for on, department, grade in (
        ("2012-05-31", "客户部", "account_manager"),
        ("2012-06-14", "客户部", "account_director"),
        ("2012-06-15", "二部", "account_director"),
    ):
        rows = {row["manager"]: row for row in owing.ask(f"aging report --by manager --as-of {on}", now=NOW)}
        assert (rows["P003 林静"]["department"], rows["P003 林静"]["grade"]) == (department, grade), on


class TestDebtsBehindALine:
    """Drill-down: each debt with its clause and its next day."""

    def test_each_has_its_clause_and_its_next_day(self, owing: Office) -> None:
        """EX-A8-1: due 2012-04-09, over 2 months from 2012-06-10, over 4 on 2012-08-10."""
        rows = owing.ask("aging report --by manager --of 林静", now=NOW)
        assert [(row["number"], row["age"], row["clause"], row["next"], row["next_on"]) for row in rows] == [
            ("R-4", "over_4_months", "A-8.2", "over_6_months", "2012-08-30"),
            ("R-3", "over_2_months", "A-8.1", "over_4_months", "2012-08-10"),
            ("R-2", "up_to_2_months", "A-8.1", "over_2_months", "2012-07-02"),
            ("R-1", "not_due", "A-8.1", "up_to_2_months", "2012-07-02"),
        ]
        steps = {step["name"]: step["value"] for step in rows[1]["working"]["steps"]}
        assert (steps["next column"], steps["from"]) == ("over_4_months", "2012-08-10")
        oldest = owing.ask("aging report --of 易购", now="2012-07-02T09:00")
        assert [(row["age"], row["clause"], row["next"], row["next_on"]) for row in oldest] == [
            ("over_6_months", "A-8.3", "", None)
        ]

    @pytest.mark.parametrize(
        ("by", "of", "numbers"),
        [
            ("customer", "远大", ["R-4"]),
            ("manager", "chen", ["R-5"]),
            ("department", "客户", ["R-5", "R-4", "R-3", "R-2", "R-1"]),
            ("contract", "k-1", ["R-2", "R-1"]),
            ("contract", "-", ["R-5", "R-4", "R-3"]),
            ("channel", "web", ["R-5"]),
            ("manager", "-", []),
        ],
    )
    def test_of_one_line(self, owing: Office, by: str, of: str, numbers: list[str]) -> None:
        rows = owing.ask(f"aging report --by {by} --of {of}", now=NOW)
        assert [row["number"] for row in rows] == numbers

    @pytest.mark.parametrize("by", ["customer", "manager", "department", "contract", "channel"])
    def test_an_unknown_line_is_named(self, owing: Office, by: str) -> None:
        answer = owing.run(f"aging report --by {by} --of 火星", now=NOW)
        assert answer.status == 2
        assert "火星" in answer.err

    def test_whoever_served_it_on_the_day(self, owing: Office) -> None:
        owing.do("customer transfer 远大 --to chen --from 2012-06-01")
        for on, numbers in (("2012-05-31", ["R-5"]), ("2012-06-01", ["R-5", "R-4"])):
            rows = owing.ask(f"aging report --by manager --of chen --as-of {on}", now=NOW)
            assert [row["number"] for row in rows] == numbers

    def test_before_article_8_no_clause_asks_anything(self, owing: Office) -> None:
        """A-8.5, K-9, EX-A8-3: over 2 months since 2012-03-01, and under a clause from 2012-04-13."""
        rows = [owing.ask(f"aging report --of 易购 --as-of 2012-04-{day}", now=NOW)[0] for day in (12, 13)]
        assert [(row["age"], row["clause"], row["next_on"]) for row in rows] == [
            ("over_2_months", "", "2012-05-01"),
            ("over_2_months", "A-8.1", "2012-05-01"),
        ]


@pytest.mark.parametrize(
    ("due", "days"),
    [
        ("2012-02-13", {"2012-04-13": 1, "2012-04-14": 2}),  # EX-A8-1
        ("2012-04-09", {"2012-06-09": 1, "2012-06-10": 2, "2012-08-09": 2, "2012-08-10": 3, "2012-10-10": 4}),
        ("2012-08-31", {"2012-10-31": 1, "2012-11-01": 2, "2013-02-28": 3, "2013-03-01": 4}),  # EX-A8-2
        ("2012-07-01", {"2012-07-01": 0, "2012-07-02": 1, "2012-08-31": 1, "2012-09-01": 1, "2012-09-02": 2}),
        ("2011-12-31", {"2012-02-29": 1, "2012-03-01": 2, "2012-04-30": 2, "2012-05-01": 3}),  # EX-A8-3: a leap year
        ("2010-12-31", {"2011-02-28": 1, "2011-03-01": 2}),
        ("2012-02-29", {"2012-04-29": 1, "2012-04-30": 2, "2012-08-29": 3, "2012-08-30": 4}),
    ],
)
def test_boundary_days_month_ends_and_leap_years(office: Office, due: str, days: dict[str, int]) -> None:
    """EX-A8-1 to EX-A8-3, AMB-A8-a: the corresponding day is not over, the next one is; the debt says so beforehand."""
    office.do(f"receivable log 云帆 100 --issued 2010-06-01 --due {due} --as lin", now="2013-06-01T09:00")
    names = ["not_due", *(reach.name for reach in reaches(DAY, policy=Policy(shipped())))]
    for on, place in days.items():
        row = office.ask(f"aging report --as-of {on}", now="2013-06-01T09:00")[0]
        assert [name for name in names if row[name] != "0.00"] == [names[place]], on
        debt = office.ask(f"aging report --debts --as-of {on}", now="2013-06-01T09:00")[0]
        assert debt["age"] == names[place]
        if debt["next_on"] in days:
            assert names[days[debt["next_on"]]] == debt["next"]


class TestOwnColumns:
    """A company's own edges: in the sums, in the headings, in the days to come."""

    @pytest.fixture
    def own(self, owing: Office) -> Office:
        folder = owing.folder / "ours"
        folder.mkdir()
        (folder / "pack.toml").write_text('code = "own"\nextends = "A"\nname = { en = "Own", zh_CN = "自定" }', "utf-8")
        (folder / "receivables.toml").write_text(OWN, "utf-8")
        owing.do("policy adopt ours --as gm --yes")
        return owing

    @pytest.mark.parametrize("by", ["customer", "contract"])
    def test_sums(self, own: Office, by: str) -> None:
        rows = own.ask(f"aging report --by {by}", now=NOW)
        names = ("not_due", "fresh", "quarter", "over_3_months", "ancient")
        sums = [sum(int(row[name].replace(".", "")) for row in rows) for name in names]
        assert sums == [10001, 0, 50000, 90050, 0]

    def test_headings_say_how_far_each_reaches(self, own: Office) -> None:
        own.do("aging report --by department -o out.xlsx", now=NOW)
        sheet = openpyxl.load_workbook("out.xlsx").active
        assert sheet is not None
        assert [cell.value for cell in sheet[4]][1:6] == [
            "not due",
            "fresh (under 1 month)",
            "quarter (from 1 month, up to 3 months)",
            "over 3 months (over 3 months, up to 12 months)",
            "ancient (over 12 months)",
        ]

    def test_next_days(self, own: Office) -> None:
        """`below` leaves on the corresponding day, `through` on the day after it."""
        rows = own.ask("aging report --by customer --of 云帆 --as-of 2012-07-05", now=NOW)
        assert [(row["age"], row["next"], row["next_on"]) for row in rows] == [
            ("quarter", "over_3_months", "2012-07-10"),
            ("quarter", "over_3_months", "2012-08-02"),
            ("fresh", "quarter", "2012-08-01"),
        ]


@pytest.mark.parametrize(
    ("lang", "first", "shown", "heading"),
    [("en", "total", "of the rows shown", "not due"), ("zh_CN", "合计", "筛选后合计", "未到期")],
)
def test_a_workbook_goes_on_reckoning(owing: Office, lang: str, first: str, shown: str, heading: str) -> None:
    """Totals and shares are formulas over a filtered table, with the values of now in them; headings stay in sight."""
    owing.do("aging report --by manager -o out.xlsx", now=NOW, lang=lang)
    sheet, valued = openpyxl.load_workbook("out.xlsx").active, openpyxl.load_workbook("out.xlsx", data_only=True).active
    assert sheet is not None
    assert valued is not None
    assert (sheet["A2"].value, sheet["A3"].value, sheet["D4"].value) == (first, shown, heading)
    assert (sheet["H2"].value, sheet["H3"].value) == ("=SUM(H5:H1048576)", "=SUBTOTAL(109,H5:H1048576)")
    assert sheet["I5"].value.startswith("=SUM(D5:H5)")
    assert sheet["J6"].value == "=IF(I$2=0,0,I6/I$2)"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B5", "A4:J6")
    assert [valued[name].value for name in ("I2", "I3", "I5", "J2")] == [1500.51, 1500.51, 500.5, 1]
    assert [valued.cell(2, place).value for place in range(4, 9)] == [
        sum(float(str(valued.cell(row, place).value)) for row in (5, 6)) for place in range(4, 9)
    ]


def test_a_workbook_of_debts(owing: Office) -> None:
    owing.do("aging report --debts -o out.xlsx", now=NOW)
    sheet = openpyxl.load_workbook("out.xlsx").active
    assert sheet is not None
    assert sheet["H3"].value == "=SUBTOTAL(109,H5:H1048576)"
    assert (sheet["F5"].value.date(), sheet["H5"].value, sheet["I5"].value) == (
        date(2011, 12, 31),
        500.5,
        "over 6 months",
    )
    owing.do("aging report --debts --as-of 2011-01-01 -o out.xlsx", now=NOW)


def test_more_rows_than_a_sheet_has_are_refused_before_anything_is_written(
    owing: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ageing_book, "MOST", 8)
    answer = owing.run("aging report --debts -o out.xlsx", now=NOW)
    assert (answer.status, answer.code) == (2, "aging.too-long")
    assert not Path("out.xlsx").exists()


def test_a_name_is_never_a_formula(office: Office) -> None:
    office.do(["customer", "add", "=1+1 公司", "--owner", "lin", "--alias", "evil"])
    office.do("receivable log evil 100 --due 2012-06-30 --as lin")
    office.do("aging report -o out.xlsx")
    sheet = openpyxl.load_workbook("out.xlsx").active
    assert sheet is not None
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=1+1 公司", "s")


class Tags(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


class TestPage:
    """`--print`: one file with a chart, nothing fetched, nothing run."""

    @pytest.mark.parametrize("lang", ["en", "zh_CN"])
    @pytest.mark.parametrize("what", ["", "--by manager", "--by contract", "--debts"])
    def test_it_is_whole_and_harmless(self, owing: Office, what: str, lang: str) -> None:
        owing.do(["customer", "add", EVIL, "--owner", "lin", "--alias", "evil"])
        owing.do("receivable log evil 100 --due 2012-06-30 --as lin")
        answer = owing.do(f"aging report {what} --print page.html", now=NOW, lang=lang)
        assert answer.out == ""
        page = Path("page.html").read_text("utf-8")
        seen = Tags(page)
        names = {tag for tag, _attrs in seen.tags}
        assert not names & {"script", "link", "img", "iframe", "object", "image", "use"}
        assert not any(key.startswith("on") or key in {"href", "src"} for _tag, attrs in seen.tags for key in attrs)
        assert page.count("http") == 2  # the name of SVG, and the header that forbids everything from outside
        assert EVIL in seen.text or "manager" in what
        assert dict(seen.tags)["html"]["lang"] == lang.replace("_", "-")
        assert ("Ageing on 2012-07-01" if lang == "en" else "2012-07-01 账龄") in seen.text
        assert "1,600.51" in seen.text

    def test_the_chart_is_drawn_to_scale(self, owing: Office) -> None:
        owing.do("aging report --by manager --print page.html", now=NOW)
        page = Path("page.html").read_text("utf-8")
        drawn = ET.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
        name = "{http://www.w3.org/2000/svg}"
        parts = [
            [float(rect.attrib["width"]) for rect in group.iter(f"{name}rect")] for group in drawn.iter(f"{name}g")
        ]
        assert [len(widths) for widths in parts] == [1, 4]
        assert sum(parts[0]) / sum(parts[1]) == pytest.approx(500.5 / 1000.01, abs=0.001)

    def test_many_lines_are_one_bar_and_all_stand_in_the_table(self, office: Office) -> None:
        for number in range(30):
            office.do(
                f"customer add 很长很长的公司名字股份有限公司北京分公司第{number:02}号业务部 --distinct --owner lin"
            )
            office.do(f"receivable log C{number + 4:03} {number + 1} --due 2012-06-30 --as lin")
        office.do("aging report --print page.html")
        page = Path("page.html").read_text("utf-8")
        assert page.count("<g>") == 20
        assert "11 more" in page
        assert page.count("<tr>") == 33
        assert "…" in page

    def test_nothing_outstanding_is_said(self, office: Office) -> None:
        answer = office.do("aging report --print page.html")
        assert "Nothing is outstanding." in answer.err
        assert "<svg" not in Path("page.html").read_text("utf-8")

    def test_a_file_named_html_is_the_page_and_another_output_goes_beside_it(self, owing: Office) -> None:
        owing.do("aging report -o a.html", now=NOW)
        answer = owing.do("aging report --print b.html -f csv", now=NOW)
        assert Path("a.html").read_text("utf-8") == Path("b.html").read_text("utf-8")
        assert answer.out.startswith("code,")

    @pytest.mark.file
    def test_never_over_the_ledger(self, owing: Office) -> None:
        assert owing.run("aging report --print ledger.db", now=NOW).status == 2
        assert owing.run("aging report --print no/where.html", now=NOW).status != 0
        owing.do("ledger verify", now=NOW)


class Watching:
    """A terminal that looks, while it is written to, whether the ledger is held."""

    def __init__(self, path: Path) -> None:
        self._path, self.written, self.held = path, 0, 0

    def isatty(self) -> bool:
        return False

    def flush(self) -> None:
        pass

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def write(self, text: str) -> int:
        self.written += 1
        db = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        try:
            db.execute("BEGIN EXCLUSIVE")
            db.execute("ROLLBACK")
        except sqlite3.OperationalError:
            self.held += 1
        finally:
            db.close()
        return len(text)


@pytest.mark.parametrize(
    "form", ["-f table", "-f csv", "-f json", "--debts -f csv", "--of lin --by manager", "--print -"]
)
def test_nothing_is_held_while_it_is_printed(owing: Office, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that waits for a pager keeps no writer waiting: everything is read before the first line."""
    from salesctl import app

    owing.do("aging report", now=NOW)
    watching = Watching(owing.ledger)
    monkeypatch.setattr(sys, "stdout", watching)
    assert app.run(f"aging report {form}".split()) == 0
    monkeypatch.undo()
    assert watching.written > 1
    assert watching.held == 0


class TestPlans:
    """No report reads a table through where an index serves."""

    def plan(self, office: Office, query: str, **values: object) -> list[str]:
        edges = rules.columns(DAY, Policy(shipped()))
        bound = {"on": DAY, **{f"since{place}": edge.since for place, edge in enumerate(edges) if edge.since}, **values}
        with Ledger(office.ledger).reading() as view:
            return [row[-1] for row in view.select(f"EXPLAIN QUERY PLAN {query}", **bound)]

    def edges(self) -> list[rules.Column]:
        return rules.columns(DAY, Policy(shipped()))

    def test_few_later_payments_are_found_by_their_day(self, office: Office) -> None:
        plan = self.plan(office, ageing.later_query(self.edges(), is_few=True))
        assert any("USING INDEX ix_allocation_day (allocated_on>?)" in line for line in plan), plan
        assert not any(line.startswith("SCAN") for line in plan), plan

    def test_many_are_one_pass_over_their_index(self, office: Office) -> None:
        plan = self.plan(office, ageing.later_query(self.edges()))
        assert any("USING COVERING INDEX ix_allocation_receivable" in line for line in plan), plan
        assert not any(line.startswith(("SCAN r", "SCAN allocation ")) and "INDEX" not in line for line in plan), plan

    @pytest.mark.parametrize("make", [ageing.undone_query, ageing.moved_query])
    def test_what_else_happened_is_found_by_its_day(self, office: Office, make: object) -> None:
        assert callable(make)
        plan = self.plan(office, make(self.edges()))
        assert not any(line.startswith("SCAN") and "SCAN (" not in line and "SCAN a" not in line for line in plan), plan

    def test_whether_anything_happened_since_is_four_searches(self, office: Office) -> None:
        plan = self.plan(office, as_of.CHANGED)
        assert sum(line.startswith("SEARCH") for line in plan) == 4, plan
        assert not any(line.startswith("SCAN") and "CONSTANT" not in line for line in plan), plan

    @pytest.mark.parametrize("is_past", [False, True])
    def test_debts_are_found_among_the_open_ones(self, owing: Office, is_past: bool) -> None:
        if is_past:
            owing.do("receipt log 云帆 10 --as xiang", now="2012-07-02T09:00")
        asked: list[str] = []
        with Ledger(owing.ledger).reading() as view:
            view._db.set_trace_callback(asked.append)
            list(ageing_debts.debts(view, DAY))
            listing.due_before(view, DAY, DAY)
            view._db.set_trace_callback(None)
            assert as_of.is_changed_since(view, DAY) == is_past
            for query in asked:
                plan = [row[-1] for row in view.select(f"EXPLAIN QUERY PLAN {query}")]
                scans = [line for line in plan if line.startswith("SCAN") and "INDEX" not in line]
                assert not [line for line in scans if "receivable" in line or line in {"SCAN r", "SCAN a"}], plan
