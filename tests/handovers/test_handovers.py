"""A handover starts: who supervises, who takes part, what passes on (E-4d, E-5, E-8, E-10, E-16)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Office

START = "handover start --from lin --to chen --as zhou"


def of(items: list[dict[str, Any]], category: str) -> list[tuple[Any, ...]]:
    """The items of a category, as kind and what they are about."""
    return [(item["kind"], item["about"]) for item in items if item["category"] == category]


@pytest.fixture
def busy(office: Office) -> Office:
    """An office where 林静 has debts to collect, a request, contracts and outings."""
    for line in (
        "contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin",
        "contract add HT-2 --customer 远大 --amount 50000 --signed 2012-04-20 --as lin",
        "contract add HT-3 --customer 易购 --amount 70000 --signed 2012-04-20 --as chen",
        "receivable log 云帆 1000.50 --due 2012-06-01 --number R-A --as lin",
        "receivable log 云帆 2000 --due 2012-05-01 --issued 2012-04-01 --number R-B --as lin",
        "receivable log 远大 500 --due 2012-05-20 --number R-PAID --as lin",
        "receivable log 易购 900 --due 2012-05-20 --number R-CHEN --as chen",
        "receipt log 远大 500 --as xiang",
        "receipt log 云帆 500 --to R-B --as xiang",
        "approve commission --contract HT-1 --amount 9000 --as lin",
        "visit log 云帆 远大 --as lin",
        "visit log 易购 --leave 9:30 --as chen",
    ):
        office.do(line)
    return office


def test_the_direct_superior_of_both_supervises(office: Office) -> None:
    """E-4d: 周岚 leads both; nothing to remark."""
    found = office.ask(START)
    assert (found["supervisor"], found["deviation"]) == ("P002 周岚", "")
    assert "E-4d" in str(found["working"])
    assert "AMB-E-d" not in str(found["working"])


def test_another_department_is_supervised_from_further_up_as_a_deviation(office: Office) -> None:
    """AMB-E-d: 向红 reports to the general manager, 林静 to a director."""
    answer = office.do("handover start --from lin --to xiang --as zhou --format json")
    assert (answer.json["supervisor"], answer.json["deviation"]) == ("P001 沈国栋", "AMB-E-d")
    assert "not the direct superior of both" in answer.err


def test_a_superior_who_takes_over_does_not_supervise(office: Office) -> None:
    """AMB-E-d: never either party."""
    assert office.ask("handover start --from lin --to zhou --as gm")["supervisor"] == "P001 沈国栋"


def test_without_a_common_superior_nothing_starts(office: Office) -> None:
    """E-4d: the general manager reports to nobody, so nobody stands above him and a receiver."""
    before = office.do("ledger history").out
    answer = office.run("handover start --from lin --to gm --as zhou")
    assert (answer.status, answer.code) == (2, "handover.no-supervisor")
    assert office.do("ledger history").out == before


def test_a_superior_who_has_left_supervises_nothing(office: Office) -> None:
    """E-4d: whoever is no longer here cannot join the visits."""
    office.do("people close zhou --last-day 2012-05-07 --yes --as gm", now="2012-05-01T09:00")
    assert office.run("handover start --from lin --to chen --as gm").code == "handover.no-supervisor"
    assert office.ask("handover start --from lin --to chen --as gm --on 2012-05-07")["supervisor"] == "P002 周岚"


def test_each_channel_names_who_takes_part(office: Office) -> None:
    """E-10.1, E-10.2: a peripheral customer and one of the IT channel."""
    roles = office.ask(START)["roles"]
    assert {role["role"]: role["clauses"] for role in roles} == {
        "sales": ["E-10.1", "E-10.2"],
        "assistant": ["E-10.1"],
        "finance": ["E-10.1"],
        "commerce": ["E-10.2"],
    }


def test_everything_that_is_open_is_listed_in_the_four_categories(busy: Office) -> None:
    """E-5: customers, open debts, a word on samples, and the papers of work under way; nothing of anybody else."""
    found = busy.ask(START)
    items = found["items"]
    assert of(items, "customer_data") == [("customer", "C001"), ("customer", "C002")]
    assert of(items, "receivables_detail") == [("receivable", "R-B"), ("receivable", "R-A")]
    assert of(items, "sample_detail") == [("none", "")]
    assert of(items, "work_papers") == [
        ("request", "A-1"),
        ("contract", "HT-1"),
        ("contract", "HT-2"),
        ("outing", "V-1"),
        ("outing", "V-1"),
    ]
    amounts = {item["about"]: (item["amount"], item["dated"]) for item in items}
    assert amounts["R-B"] == ("1500.00", "2012-05-01")
    assert amounts["R-A"] == ("1000.50", "2012-06-01")
    counts = [found[name] for name in ("customer_data", "receivables_detail", "sample_detail", "work_papers")]
    assert counts == [2, 2, 0, 5]


def test_part_of_a_portfolio_takes_only_what_belongs_to_it(busy: Office) -> None:
    """AMB-E-j: a transfer without departure, of one customer."""
    items = busy.ask(f"{START} --customers 远大")["items"]
    assert of(items, "customer_data") == [("customer", "C002")]
    assert of(items, "receivables_detail") == [("none", "")]
    assert of(items, "work_papers") == [("contract", "HT-2"), ("outing", "V-1")]


def test_an_outing_that_is_over_is_no_work_paper(busy: Office) -> None:
    """E-5: 陈涛 came back; before that the outing was pending."""
    start = "handover start --from chen --to lin --as zhou"
    assert ("outing", "V-2") in of(busy.ask(f"{start} --dry-run")["items"], "work_papers")
    busy.do("visit return --as chen", now="2012-05-08T11:00")
    assert ("outing", "V-2") not in of(busy.ask(start, now="2012-05-08T12:00")["items"], "work_papers")


def test_every_paper_waits_for_three_signatures(busy: Office) -> None:
    """E-4e: transferor, receiver, supervisor, in every line."""
    waiting = {tuple(item["waits_for"]) for item in busy.ask(START)["items"]}
    assert waiting == {("transferor", "receiver", "handover_supervisor")}


def test_a_customer_is_in_one_open_handover(office: Office) -> None:
    """E-4: what is being handed over is not handed over a second time; the rest may be."""
    office.do(f"{START} --customers 云帆")
    for customers in ("云帆", "C002,云帆", "all"):
        answer = office.run(["handover", "start", *"--from lin --to xiang --as zhou --customers".split(), customers])
        assert (answer.status, answer.code) == (2, "handover.open")
        assert "H-1" in answer.err
        assert "远大" not in answer.err
    assert office.ask(f"{START} --customers 远大")["number"] == "H-2"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("--from lin --to lin", "handover.same-party"),
        ("--from lin --to nobody", "input.unknown"),
        ("--from lin --to chen --customers 易购", "handover.not-served"),
        ("--from lin --to chen --customers 无此公司", "input.unknown"),
        ("--from xiang --to chen", "handover.not-served"),
        ("--from lin --to chen --leaving 2012-02-30", "input.invalid"),
        ("--from lin --to chen --customers ''", "input.invalid"),
        ("--from lin --to chen --customers ' , '", "input.invalid"),
        ("--from lin --to 五新", "handover.not-bound"),
        ("--from 五新 --to lin", "handover.not-bound"),
    ],
)
def test_what_cannot_be_handed_over_is_refused_and_nothing_written(office: Office, line: str, code: str) -> None:
    office.do("people add 五新 --superior zhou --regime A")
    before = office.do("ledger history").out
    answer = office.run(f"handover start {line} --as zhou")
    assert (answer.status, answer.code) == (2, code)
    assert office.do("ledger history").out == before


def test_only_whoever_is_enrolled_that_day_is_bound(office: Office) -> None:
    """E-2, X-1: enrolment in E from a day; the day before, the regulation does not reach them."""
    office.do("people add 五新 --superior zhou --regime A --from 2012-03-01")
    office.do("people enrol 五新 E --from 2012-05-10")
    line = "handover start --from lin --to 五新 --as zhou"
    assert office.run(line, now="2012-05-09T09:00").code == "handover.not-bound"
    office.do(line, now="2012-05-10T09:00")


@pytest.mark.parametrize(("party", "code"), [("lin", "handover.has-left"), ("chen", "people.gone")])
def test_whoever_has_left_is_no_party(office: Office, party: str, code: str) -> None:
    """E-4: on the last day yes, the day after no."""
    office.do(f"people close {party} --last-day 2012-05-08 --yes --as gm")
    assert office.run(START, now="2012-05-09T09:00").code == code
    office.do(START, now="2012-05-08T09:00")


def test_what_a_leaver_still_serves_is_handed_over_as_of_their_last_day(office: Office) -> None:
    """E-4, L-9: the message says how, and it works after they have gone."""
    office.do("people close lin --last-day 2012-05-08 --yes --as gm")
    refused = office.run(START, now="2012-05-20T09:00")
    assert "--on 2012-05-08" in refused.err
    assert office.ask(f"{START} --on 2012-05-08", now="2012-05-20T09:00")["started_on"] == "2012-05-08"


def test_somebody_answers_for_a_handover(office: Office) -> None:
    assert office.unnamed().run("handover start --from lin --to chen").code == "desk.nobody"


def test_a_last_day_before_the_notice_is_over_is_remarked(office: Office) -> None:
    """E-8, L-9: 30 days after 2012-05-08 is 2012-06-07; that day is soon enough."""
    early = office.do(f"{START} --customers 云帆 --leaving 2012-06-06")
    assert "2012-06-07" in early.err
    assert "E-8" in early.err
    assert "L-9" in early.err
    assert "E-8" not in office.do(f"{START} --customers 远大 --leaving 2012-06-07").err


def test_the_earliest_last_day_belongs_to_what_was_decided(office: Office) -> None:
    """E-8: the working that is recorded has it where somebody leaves, and only there."""
    leaving = office.ask(f"{START} --customers 云帆 --leaving 2012-06-06")["working"]["steps"]
    assert [step["value"] for step in leaving if step["name"] == "earliest last day"] == ["2012-06-07"]
    moved = office.ask(f"{START} --customers 远大")["working"]["steps"]
    assert "earliest last day" not in {step["name"] for step in moved}


def test_starting_changes_no_ownership(office: Office) -> None:
    """E-16: the customers move when the handover is complete."""
    before = office.ask("customer list")
    assert "E-16" in office.do(START).err
    assert office.ask("customer list") == before


def test_a_handover_is_shown_as_it_was_started(busy: Office) -> None:
    """E-5: what is paid or signed later does not change the list of that day."""
    started = busy.ask(START)
    working = started.pop("working")
    busy.do("receipt log 云帆 1000 --as xiang --again", now="2012-05-09T09:00")
    for number in ("H-1", "h-1", "1"):
        assert busy.ask(f"handover show {number}", now="2012-05-09T09:00") == started
    assert [step["value"] for step in working["steps"]][:3] == ["P002", "P002", "P002"]
    assert [one["number"] for one in busy.ask("handover list")] == ["H-1"]
    assert busy.do("ledger verify").status == 0


def test_a_number_that_leads_nowhere_names_those_that_do(office: Office) -> None:
    office.do(START)
    answer = office.run("handover show H-9")
    assert (answer.status, answer.code) == (2, "input.unknown")
    assert "H-1" in answer.err


def test_for_people_the_record_comes_before_the_checklist(busy: Office) -> None:
    out = busy.do(START).out
    assert out.index("handover supervisor") < out.index("Working") < out.index("customer_data\tcustomer\tC001")
    assert "sales (E-10.1, E-10.2)" in out


def test_as_a_file_the_checklist_stands_alone(busy: Office) -> None:
    busy.do(START)
    rows = list(csv.DictReader(io.StringIO(busy.do("handover show 1 --format csv").out)))
    assert [row["about"] for row in rows][:4] == ["C001", "C002", "R-B", "R-A"]
    busy.do("handover show 1 -o list.xlsx")
    sheet = load_workbook(Path(busy.folder) / "list.xlsx").active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1
    assert sheet["E4"].value == 1500


@pytest.mark.parametrize("number", ["=1+2", "-3", "+x", "@cmd", "'=x", '"=q', "＝全角", "普通,逗号", "R-9"])
def test_what_a_spreadsheet_would_run_is_harmless_in_the_checklist(office: Office, number: str) -> None:
    """Written a thousand lines at a time, and still each cell that could be run is text."""
    office.do(["receivable", "log", "云帆", "5", "--due", "2012-06-01", "--number", number, "--as", "lin"])
    office.do(START)
    told = office.do("handover show H-1 --format csv").out
    (row,) = [one for one in csv.DictReader(io.StringIO(told)) if one["kind"] == "receivable"]
    assert row["about"] in (number, f"'{number}")
    assert row["about"][0] not in "=+@＝"
    assert number in office.do("handover show H-1").out


def test_a_rehearsal_writes_nothing(office: Office) -> None:
    assert office.ask(f"{START} --dry-run")["number"] == "H-1"
    assert office.ask("handover list") == []


def test_a_customer_being_handed_over_passes_on_with_its_handover_alone(office: Office) -> None:
    """E-16."""
    office.do("handover start --from lin --to chen --customers 云帆 --as zhou")
    answer = office.run("customer transfer 云帆 --to chen --as zhou")
    assert (answer.status, answer.code, "H-1" in answer.err) == (2, "customer.in-handover", True)
    assert office.do("customer transfer 远大 --to chen --as zhou").status == 0


def test_nobody_takes_over_while_handing_over_to_leave(office: Office) -> None:
    """E-8: a transfer without a departure does not stand in the way."""
    office.do("handover start --from chen --to lin --leaving 2012-07-31 --as zhou")
    answer = office.run("handover start --from lin --to chen --as zhou")
    assert (answer.status, answer.code, "H-1" in answer.err) == (2, "handover.leaving", True)


def test_two_who_stay_hand_over_to_each_other(office: Office) -> None:
    office.do("handover start --from chen --to lin --as zhou")
    assert office.do("handover start --from lin --to chen --as zhou").status == 0


def test_a_handover_does_not_begin_on_a_day_to_come(office: Office) -> None:
    """It would be open already when the real one is to start."""
    assert office.run(f"{START} --on 2030-01-01").code == "handover.not-today"
    office.do(START)
