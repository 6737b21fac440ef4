"""A company's figures, written as a pack and read from its folder: rules answer by them, without a line of Python."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salesctl.policy.calendar import Calendar
from salesctl.policy.policy import Policy, shipped
from salesctl.rulebook.asking import ask
from tests.policy.folders import COMPANY, found, lines

if TYPE_CHECKING:
    from salesctl.policy.outcome import Basis, Outcome

CALENDAR = Calendar()
MAY, JUNE, JULY = date(2012, 5, 31), date(2012, 6, 1), date(2012, 7, 2)


def answer(folder: Path, files: dict[str, str], rule: str, on: date, **given: str) -> Outcome:
    """What a rule answers where the company has adopted the pack of these files."""
    pack, faults = found(folder, {"pack.toml": COMPANY["pack.toml"], **files})
    assert lines(faults) == []
    facts = {name.replace("__", "."): value for name, value in given.items()}
    return ask(rule, facts, on=on, policy=Policy([*shipped(), pack]), calendar=CALENDAR)


def basis(outcome: Outcome, key: str) -> Basis:
    """What the working rests on that figure."""
    return next(basis for basis in outcome.bases() if basis.key == key)


def ladder(*rungs: str, first: str = "2012-06-01", name: str = "authority") -> str:
    return f'[[{name}.version]]\nfrom = {first}\nsource = "A-6.1"\nbands = [{", ".join(rungs)}]\n'


MANAGER, DIRECTOR = "{ name = 'account_manager', through = 0.03 }", "{ name = 'account_director', through = 0.08 }"
TOP = "{ name = 'general_manager' }"


@pytest.mark.parametrize(
    ("commission", "grade"),
    [
        ("300.00", "account_manager"),
        ("300.01", "account_director"),
        ("800.00", "account_director"),
        ("800.01", "general_manager"),
    ],
)
def test_limits_of_three_and_eight_per_cent(commission: str, grade: str, tmp_path: Path) -> None:
    """From the company's first day; the day before it the regulation's five and ten still hold."""
    files = {"commission.toml": ladder(MANAGER, DIRECTOR, TOP)}
    given = {"commission": commission, "received": "10,000.00"}
    own = answer(tmp_path, files, "approvals.approver", JUNE, **given)
    assert own.value == grade
    assert basis(own, "A.commission.authority").origin == "company"
    assert "A-6.1" in own.clauses
    before = answer(tmp_path, files, "approvals.approver", MAY, **given)
    assert before.value == ("account_manager" if commission.startswith("300") else "account_director")
    assert basis(before, "A.commission.authority").origin == "seed"


def test_a_rung_left_out_and_put_back(tmp_path: Path) -> None:
    """Two rungs in June, three from July on: each day has its own ladder."""
    files = {"commission.toml": ladder(MANAGER, TOP) + ladder(MANAGER, DIRECTOR, TOP, first="2012-07-01")}
    given = {"commission": "500.00", "received": "10,000.00"}
    found_on = [answer(tmp_path, files, "approvals.approver", on, **given).value for on in (MAY, JUNE, JULY)]
    assert found_on == ["account_manager", "general_manager", "account_director"]


@pytest.mark.parametrize(
    ("units", "grade"),
    [("4", "account_manager"), ("5", "account_director"), ("29", "account_director"), ("30", "general_manager")],
)
def test_make_good_below_a_half_and_three_per_cent(units: str, grade: str, tmp_path: Path) -> None:
    """An end may exclude its figure; the other line keeps the regulation's."""
    rungs = ("{ name = 'account_manager', below = 0.005 }", "{ name = 'account_director', below = 0.03 }", TOP)
    files = {"make_good.toml": ladder(*rungs, name="platform").replace("A-6.1", "A-4.2a")}
    given = {"granted_before": "0", "units": units, "volume": "1000"}
    own = answer(tmp_path, files, "approvals.make_good_level", JUNE, line="platform", **given)
    assert (own.value, basis(own, "A.make_good.platform").origin) == (grade, "company")
    other = answer(tmp_path, files, "approvals.make_good_level", JUNE, line="database", **given)
    assert basis(other, "A.make_good.database").origin == "seed"


AGEING = """[[ageing.version]]
bands = [
  { name = "fresh", below = 1, source = "A-8.1" },
  { name = "quarter", through = 3, source = "A-8.1" },
  { name = "half_a_year", through = 6, source = "A-8.2" },
  { name = "year", through = 12, source = "A-8.3" },
  { name = "ancient", source = "A-8.3" },
]
"""


@pytest.mark.parametrize(
    ("due", "column"),
    [
        ("2012-06-15", "not_due"),
        ("2012-06-14", "fresh"),
        ("2012-05-16", "fresh"),
        ("2012-05-15", "quarter"),  # `below` leaves the corresponding day itself out
        ("2012-03-15", "quarter"),
        ("2012-03-14", "half_a_year"),
        ("2011-12-15", "half_a_year"),
        ("2011-12-14", "year"),
        ("2011-06-15", "year"),
        ("2011-06-14", "ancient"),
    ],
)
def test_ageing_columns_of_the_companys_own(due: str, column: str, tmp_path: Path) -> None:
    """Five columns with names and edges of their own, one of them exclusive."""
    own = answer(tmp_path, {"receivables.toml": AGEING}, "receivables.bucket", date(2012, 6, 15), due=due)
    assert own.value == column
    assert column == "not_due" or basis(own, "A.receivables.ageing").origin == "company"


FIVE = """[[split.version]]
from = 2012-06-01
shares = [
  { name = "account_manager", share = 0.40, balance = true },
  { name = "account_executive", share = 0.25 },
  { name = "planner", share = 0.15 },
  { name = "support", share = 0.15 },
  { name = "team", share = 0.05 },
]
"""


@pytest.mark.parametrize(
    ("commission", "parts"),
    [
        ("100.00", [4000, 2500, 1500, 1500, 500]),
        ("0.01", [1, 0, 0, 0, 0]),
        ("0.03", [2, 1, 0, 0, 0]),
        ("99.99", [3999, 2500, 1500, 1500, 500]),
    ],
)
def test_a_split_among_five(commission: str, parts: list[int], tmp_path: Path) -> None:
    given = {"commission": commission, "paired_on": "2012-04-01"}
    own = answer(tmp_path, {"pairings.toml": FIVE}, "pairings.split", JUNE, **given)
    assert own.value == parts
    assert basis(own, "A.pairings.split")[1:] == ("A-10.2", "", "company")
    before = answer(tmp_path, {"pairings.toml": FIVE}, "pairings.split", MAY, **given)
    assert isinstance(before.value, list)
    assert len(before.value) == 2
    assert basis(before, "A.pairings.split").origin == "seed"


def test_other_months_another_multiple_another_weekday(tmp_path: Path) -> None:
    files = {
        "receivables.toml": "[[watch.version]]\nfrom = 2012-06-01\nvalue = 1\n"
        '[[meeting_weekday.version]]\nfrom = 2012-06-01\nvalue = "wednesday"\n',
        "commission.toml": "[[shortfall_fine.version]]\nfrom = 2012-06-01\nvalue = 3\n",
    }
    watched = answer(tmp_path, files, "receivables.watched_from", JUNE, due="2012-05-15")
    assert (watched.value, basis(watched, "A.receivables.watch").origin) == (date(2012, 6, 16), "company")
    meeting = answer(tmp_path, files, "receivables.next_meeting", JUNE)
    assert (meeting.value, basis(meeting, "A.receivables.meeting_weekday").origin) == (date(2012, 6, 6), "company")
    fine = answer(tmp_path, files, "commissions.shortfall_fine", JUNE, approved="100.00", confirmed="90.00")
    assert (fine.value, basis(fine, "A.commission.shortfall_fine").origin) == (3000, "company")


def test_a_schedule_a_grid_and_a_checklist_of_the_companys_own(tmp_path: Path) -> None:
    text = '[[applications.version]]\nfrom = 2012-06-01\nevery = "week"\non = ["monday"]\nat = ["09:00"]\n'
    given = {"duty": "T-6", "first": "2012-05-31", "last": "2012-06-05"}
    own = answer(tmp_path, {"agenda.toml": text}, "agenda.due_moments", JUNE, **given)
    assert own.value == ["2012-05-31 00:00", "2012-06-04 09:00"]
    assert [basis.origin for basis in own.bases()] == ["tool-default", "company"]
    text = "[[company_fault.version]]\nfrom = 2012-06-01\nitems = ['request', 'evidence', 'ticket']\n"
    given = {"checklist": "A.make_good.company_fault", "done": "evidence"}
    own = answer(tmp_path, {"make_good.toml": text}, "rulebook.missing", JUNE, **given)
    assert (own.value, {basis.origin for basis in own.bases()}) == (["request", "ticket"], {"company"})
    assert answer(tmp_path, {"make_good.toml": text}, "rulebook.missing", MAY, **given).value == ["request"]
