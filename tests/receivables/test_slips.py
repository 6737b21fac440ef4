"""What a hand does by mistake is refused or counts for nothing (A-5.2, A-8.2)."""

from __future__ import annotations

import pytest

from tests.conftest import Office

NOW = "2012-05-20T10:00"


@pytest.fixture
def paid(office: Office) -> Office:
    """云帆 owes R-1 (1,000) and R-2 (500); M-1 of 8 May paid R-1 and 300 of R-2."""
    office.do("receivable log 云帆 1000 --issued 2012-04-01 --due 2012-04-30 --as lin")
    office.do("receivable log 云帆 500 --issued 2012-04-01 --due 2012-05-31 --as lin")
    office.do("receipt log 云帆 1300 --as xiang")
    return office


def debts(office: Office) -> dict[str, str]:
    return {row["number"]: row["open"] for row in office.ask("receivable list --all", now=NOW)}


class TestSlipsOfTheHand:
    def test_money_is_not_moved_from_a_debt_to_itself(self, paid: Office) -> None:
        assert paid.run("receipt move M-1 R-1=100 --to R-1 --reason x --as lin", now=NOW).code == "receipt.same-debt"
        assert debts(paid) == {"R-1": "0.00", "R-2": "200.00"}

    def test_what_was_reversed_may_be_recorded_again_at_once(self, paid: Office) -> None:
        paid.do("receipt log 云帆 50 --to R-2 --as xiang", now=NOW)
        assert paid.run("receipt log 云帆 50 --to R-2 --as xiang", now=NOW).code == "receivables.again"
        paid.do("receipt reverse M-2 --reason 记错 --yes --as gm", now=NOW)
        paid.do("receipt log 云帆 50 --to R-2 --as xiang", now=NOW)
        assert debts(paid)["R-2"] == "150.00"

    def test_a_dispute_of_tomorrow_or_without_words_is_refused(self, paid: Office) -> None:
        early = paid.run("receivable dispute R-2 --reason x --date 2012-05-21 --as lin", now=NOW)
        assert (early.code, "--date" in early.err) == ("receivables.not-there", True)
        for line in ('--reason ""', '--ended ""'):
            assert paid.run(f"receivable dispute R-2 {line} --as lin", now=NOW).status == 2

    def test_granted_terms_are_not_spent_on_nothing(self, paid: Office) -> None:
        """A-5.2: a request is carried out once, so one that names no debt would be lost."""
        paid.do("approve terms --customer 云帆 --days 30 --for 预算六月到账 --as lin")
        paid.do("approve endorse A-1 --as zhou")
        paid.do("approve grant A-1 --as gm")
        empty = paid.run("approve execute A-1 --as lin")
        assert (empty.status, empty.code, "R-2" in empty.err) == (2, "approve.no-debt", True)
        paid.do("approve execute A-1 --receivable R-2 --as lin --on 2012-05-15", now=NOW)
        assert paid.ask("receivable show R-2", now=NOW)["due_on"] == "2012-06-30"

    def test_no_statement_is_missed_while_nothing_was_open(self, office: Office) -> None:
        """A-8.2, AMB-A8-i: due 31 January, over four months on 1 June; paid from 2 June until 20 June."""
        office.do("receivable log 云帆 900 --issued 2012-01-02 --due 2012-01-31 --as lin", now="2012-07-02T09:00")
        office.do("receipt log 云帆 900 --date 2012-06-02 --as xiang", now="2012-07-02T09:00")
        office.do("receipt release M-1 R-1=500 --reason 记错 --date 2012-06-20 --as lin", now="2012-07-02T09:00")
        (line,) = office.ask("aging watch", now="2012-07-03T09:00")
        assert (line["open"], line["missed"]) == ("500.00", 2)  # the meetings of 25 June and 2 July
        (due,) = [row for row in office.ask("check", now="2012-07-03T09:00") if row["clause"] == "A-8.2"]
        assert "missed so far: 2" in due["says"]

    def test_a_file_may_write_days_as_excel_does_in_china(self, office: Office) -> None:
        (office.folder / "in.csv").write_text("发票号,客户,金额,开票日期,应付款日期\nF-1,云帆,10,2012/3/1,2012/04/30\n")
        assert office.ask("receivable import in.csv --as lin", now=NOW)["taken"] == 1
        assert office.ask("receivable show F-1", now=NOW)["due_on"] == "2012-04-30"

    def test_equal_instalments_of_what_is_issued_already(self, office: Office) -> None:
        office.do("contract add K-1 --customer 云帆 --amount 1000 --signed 2012-03-05 --as lin")
        office.do("receivable instalments K-1 --count 3 --first 2012-08-31 --as lin")
        again = office.run("receivable instalments K-1 --count 3 --first 2012-08-31 --as lin")
        assert (again.status, again.code) == (2, "receivables.all-issued")

    def test_a_page_is_not_written_under_the_name_of_something_else(self, paid: Office) -> None:
        assert paid.run("aging report --print ageing.pdf", now=NOW).status == 2
        assert not (paid.folder / "ageing.pdf").exists()
        paid.do("aging report --print ageing.HTM", now=NOW)
