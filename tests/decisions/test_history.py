"""The history of anything that has a number or a code: every entry about it, and every one that wrote its row."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Office
from tests.reliability.dealings import Dealings
from tests.reliability.figures import Journal

NOW = "2014-01-06T09:00"


def verbs(office: Office, number: str) -> list[str]:
    return [one["verb"] for one in office.ask(f"ledger history {number}")]


def test_a_debt_has_what_paid_it_and_a_fine_what_it_was_proposed_for(office: Office) -> None:
    office.do("receivable log 云帆 1000 --issued 2012-03-05 --due 2012-04-20 --number FP-1 --as lin")
    office.do("receipt log 云帆 600 --date 2012-05-02")
    assert verbs(office, "FP-1") == verbs(office, "fp-1") == ["receipt.log", "receivable.log"]
    office.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-16 --owner lin")
    office.do("receipt log 云帆 100000 --contract HT-1 --overpayment")
    office.do("approve commission --contract HT-1 --amount 4000 --as lin")
    office.do("commission pay A-1 --amount 4000 --payee 云帆 --kind customer_company --form LW-1 --as lin")
    office.do("commission confirm P-1 --received 3900.50 --evidence 收条")
    office.do("fine suspend F-1 --reason 再问客户 --as gm")
    assert verbs(office, "f-1") == ["fine.suspend", "commission.confirm"]
    assert verbs(office, "G-1") == ["commission.confirm"]


def test_what_was_imported_has_its_file(office: Office) -> None:
    (office.folder / "debts.csv").write_text("number,customer,amount,issued,due\nFP-7,云帆,500,2012-04-01,2012-05-01\n")
    office.do("receivable import debts.csv --as lin")
    assert verbs(office, "FP-7") == ["receivable.import"]


def test_the_newest_come_first_and_no_more_than_wanted(office: Office) -> None:
    office.do("customer alias 云帆 小云 --as lin")
    assert len(office.ask("ledger history C001 --last 1")) == 1
    assert verbs(office, "C001") == ["customer.alias", "customer.add"]
    assert office.run("ledger history C001 --last 9223372036854775808").code == "usage"
    unknown = office.run("ledger history Z-9")
    assert (unknown.status, unknown.code) == (2, "input.unknown")


@pytest.mark.file
def test_every_number_there_is_has_its_first_entry(office: Office) -> None:
    """Two years of dealings: whatever has a number or a code leads to the entry that added its row."""
    Dealings(office, 5).live(120)
    journal = Journal(office.ledger)
    missing = []
    for key, row in journal.rows.items():
        number = row.get("number") or row.get("code")
        if number is None or key.partition(":")[0] in ("setting", "signing_key"):
            continue
        found = {f"#{one['seq']} {one['hash']}" for one in office.ask(f"ledger history {number} --last 9999", now=NOW)}
        if not journal.entries[key] <= found:
            missing.append(json.dumps([key, number]))
    assert missing == []
