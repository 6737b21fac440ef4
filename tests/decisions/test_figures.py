"""A figure of a report, pointed at: its entries, clauses and sums; equal to the fen, or it says so."""

from __future__ import annotations

import pytest

from salesctl.receivables import parts
from tests.conftest import Office
from tests.reliability import figures

LATER = "2012-07-09T09:00"


@pytest.fixture
def owing(office: Office) -> Office:
    """云帆 owes 1,000, 600 of it paid; 远大 owes 200 from yesterday."""
    office.do("receivable log 云帆 1000 --issued 2012-03-05 --due 2012-04-20 --number FP-1 --as lin")
    office.do("receipt log 云帆 600 --date 2012-05-02")
    office.do("receivable log 远大 200 --due 2012-06-01 --as lin")
    return office


def test_a_figure_of_the_ageing_report_names_every_entry_and_clause(owing: Office) -> None:
    """A-8.1: over two months from 2012-06-21 on."""
    found = owing.ask("why aging 云帆 over_2_months", now=LATER)
    assert (found["amount"], found["added"], found["adds_up"]) == ("400.00", "400.00", True)
    assert [(part["what"], part["about"], part["of"], part["amount"]) for part in found["parts"]] == [
        ("issued", "FP-1", "", "1000.00"),
        ("paid", "M-1", "FP-1", "-600.00"),
    ]
    assert {part["clause"] for part in found["parts"]} == {"A-8.1"}
    receipts = {one["about"]: f"#{one['seq']} {one['hash']}" for one in owing.ask("ledger history")}
    assert [part["entry"] for part in found["parts"]] == [receipts["FP-1"], receipts["M-1"]]
    assert found["packs"][0].startswith("A ")


def test_a_heading_is_understood_as_it_is_printed(owing: Office) -> None:
    assert owing.ask("why aging 云帆 'over 2 months'", now=LATER)["amount"] == "400.00"
    told = owing.do("why aging 云帆 超过2个月", now=LATER, lang="zh_CN").out
    assert "400.00" in told
    assert "《" not in told.split("条款")[0]


def test_a_number_tells_its_report(owing: Office) -> None:
    """`R-12 open` and the office's own numbers alike."""
    assert owing.ask("why FP-1 paid")["amount"] == "600.00"
    assert owing.ask("why r-2 open")["amount"] == "200.00"
    assert owing.ask("why receipt M-1 allocated")["amount"] == "600.00"


def test_the_sum_of_a_list_is_explained(owing: Office) -> None:
    found = owing.ask("why receivable open")
    assert (found["amount"], len(found["parts"])) == ("600.00", 3)
    assert owing.ask("why aging total --as-of 2012-05-01")["amount"] == "1000.00"


def test_a_printed_statement_is_explained_as_it_was_printed(owing: Office) -> None:
    """What is entered later for those days is no part of it, and that is said."""
    owing.do("customer statement 云帆 --from 2012-04-01 --print s.xlsx --as lin")
    owing.do("receipt log 云帆 100 --date 2012-05-03", now="2012-05-20T09:00")
    answer = owing.do("why DZ-1 closing --format json", now=LATER)
    assert (answer.json["amount"], answer.json["adds_up"]) == ("400.00", True)
    assert "1 rows of these days were entered after DZ-1" in answer.err
    assert owing.ask("why statement 云帆 closing --until 2012-05-08", now=LATER)["amount"] == "300.00"


def test_sales_are_explained_by_contracts_receipts_and_bad_debts(owing: Office) -> None:
    """A-8.4: each bad debt counts as the rule answers for it alone."""
    owing.do("people add 董事甲 --grade board --alias board --regime A --from 2012-03-01 --as gm")
    owing.do("contract add HT-1 --customer 云帆 --amount 5000 --signed 2012-11-02 --as lin", now="2012-11-19T09:00")
    owing.do("baddebt submit FP-1 --reason 收不回", now="2012-11-19T09:00")
    owing.do("baddebt decide B-1 --approve --minutes 2012-11 --as board", now="2012-11-19T09:00")
    found = owing.ask("why sales 林静 2012-11 sales --as-of 2012-12-31", now="2012-12-31T09:00")
    parts_of = [(part["what"], part["about"], part["amount"], part["clause"]) for part in found["parts"]]
    assert parts_of == [("signed", "HT-1", "5000.00", ""), ("written off", "FP-1", "-400.00", "A-8.4")]
    assert owing.ask("why B-1 amount", now="2012-12-31T09:00")["amount"] == "400.00"
    answer = owing.run("why sales 林静 2011-11 sales --as-of 2012-12-31", now="2012-12-31T09:00")
    assert "a period of the report's year" in answer.err


def test_a_fine_is_reckoned_from_what_was_paid_and_what_was_confirmed(office: Office) -> None:
    """A-6.5b: a multiple of what the customer did not get."""
    office.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-16 --owner lin")
    office.do("receipt log 云帆 100000 --contract HT-1 --overpayment")
    office.do("approve commission --contract HT-1 --amount 4000 --as lin")
    office.do("commission pay A-1 --amount 4000 --payee 云帆 --kind customer_company --form LW-1 --as lin")
    office.do("commission confirm P-1 --received 3900.50 --evidence 收条")
    fine = office.ask("fine show F-1")["amount"]
    found = office.ask("why F-1 amount")
    assert (found["amount"], found["adds_up"]) == (fine, True)
    assert [part["row"].partition(":")[0] for part in found["parts"]] == [
        "commission_payment",
        "commission_confirmation",
    ]
    assert found["parts"][1]["reckoned"].endswith("x 3,900.50")
    assert office.ask("why P-1 owed")["amount"] == "99.50"
    assert [part["about"] for part in office.ask("why A-1 base")["parts"]] == ["M-1"]


def test_a_printed_statement_counts_what_was_written_off_inside(owing: Office) -> None:
    """AMB-A8-k: the customer owes it all the same; the ledger's own list of the account does not say so."""
    owing.do("people add 董事甲 --grade board --alias board --regime A --from 2012-03-01 --as gm")
    later = "2012-11-19T09:00"
    owing.do("baddebt submit FP-1 --reason 收不回", now=later)
    owing.do("baddebt decide B-1 --approve --minutes 2012-11 --as board", now=later)
    owing.do("customer statement 云帆 --from 2012-04-01 --print s.xlsx --as lin", now=later)
    printed, listed = (owing.ask(f"why {of} closing", now=later) for of in ("DZ-1", "statement 云帆"))
    assert (printed["amount"], printed["adds_up"]) == ("400.00", True)
    assert (listed["amount"], listed["adds_up"]) == ("0.00", True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("why aging 云帆 overdue", "There is no figure of this report 'overdue'"),
        ("why aging nobody total", "There is no customer 'nobody'"),
        ("why ageing 云帆 total", "There is no report 'ageing'"),
        ("why aging", "'aging' is not a figure of a report"),
        ("why R-99 open", "There is no receivable 'R-99'"),
        ("why ''", "There is no number ''"),
        ("why sales 2012-13 sales", "There is no person '2012-13'"),
        ("why aging 云帆 total --by colour", "'colour' is not a way to group the report"),
    ],
)
def test_what_is_not_understood_is_said(owing: Office, line: str, said: str) -> None:
    answer = owing.run(line)
    assert answer.status == 2
    assert said in answer.err


def test_csv_has_the_parts(owing: Office) -> None:
    lines = owing.do("why aging 云帆 total --format csv").out.splitlines()
    assert lines[0].startswith("entry,recorded_at,by,day,what")
    assert len(lines) == 3


def test_a_row_that_is_left_out_is_found(owing: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The explanation is asked apart from the report: if one of them forgets payments, `why` says so and fails."""
    monkeypatch.setattr(parts, "DEBTS", parts.DEBTS.replace("a.allocated_on <= :on", "a.allocated_on < '1999'"))
    answer = owing.run("why aging 云帆 total")
    assert answer.status == 5
    assert "The report says 400.00, and its parts come to 1,000.00" in answer.err


@pytest.mark.file
@pytest.mark.parametrize("day", ["a.allocated_on", "r.issued_on"])
def test_the_trial_of_all_reports_can_fail(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """P15: a mutation of what the parts are asked with makes figures wrong, and rows orphans."""
    monkeypatch.setattr(parts, "DEBTS", parts.DEBTS.replace(f"{day} <= :on", f"{day} < '1999'"))
    assert not figures.explained(60, 120).holds
