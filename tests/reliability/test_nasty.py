"""Nasty cases that no noun's own tests try: each typed as a command, with what it must answer."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from salesctl.ledger import sqlite
from tests.conftest import Office
from tests.ledger.test_doctor import mounted
from tests.reliability import nasty
from tests.reliability.crashes import BEFORE
from tests.reliability.house import findings, journal
from tests.reliability.trouble import CHILD, dump

pytestmark = pytest.mark.file
RECEIPT = ["receipt", "log", "云帆"]


def refused(office: Office, words: list[str], code: str, said: str = "") -> None:
    """In one line, and nothing is written."""
    before = journal(office.ledger)
    answer = office.run(words)
    assert (answer.status, answer.code) == (2, code), answer
    assert said in answer.err, answer.err
    assert journal(office.ledger) == before


def test_1_10_21_28_killed_at_random_moments_come_to_one_effect() -> None:
    reached = nasty.killed(2)
    assert reached.holds, reached


@pytest.mark.parametrize("name", ["LOGNAME", "USER", "SUDO_USER"])
def test_2_a_variable_does_not_make_somebody_else_approve(office: Office, name: str) -> None:
    """The requester stays who they are; the attempt is recorded under the login of the process."""
    import json
    import pwd

    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    office.do("approve commission --contract HT-18 --amount 9300.01 --as lin")
    environment = {**os.environ, name: "zhou", "SALESCTL_AS": "lin", "SALESCTL_NOW": "2012-05-08T09:00"}
    command = [sys.executable, "-m", "salesctl", "approve", "grant", "A-1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done
    with sqlite3.connect(office.ledger) as db:
        (body,) = db.execute("SELECT body FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    assert json.loads(body)["login"] == pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e5", "1_000", "0x10"])
def test_12_what_is_no_amount_is_shown_the_accepted_form(office: Office, amount: str) -> None:
    refused(office, [*RECEIPT, amount, "--overpayment"], "input.invalid", "9,300.00")


@pytest.mark.parametrize("amount", ["-0", "-7", "--5"])
def test_12_a_negative_amount_is_never_an_option(office: Office, amount: str) -> None:
    refused(office, [*RECEIPT, amount, "--overpayment"], "usage")


@pytest.mark.parametrize(
    ("amount", "meant"), [("１２３．４５", "123.45"), ("1,234.50", "1,234.50"), ("￥100", "100.00")]
)
def test_13_full_width_and_grouped_amounts_are_echoed(office: Office, amount: str, meant: str) -> None:
    assert f"{meant} stays as credit" in office.do([*RECEIPT, amount, "--overpayment"]).err


def test_13_another_currency_is_refused(office: Office) -> None:
    refused(office, [*RECEIPT, "$100", "--overpayment"], "input.invalid")


def test_14_15_a_third_decimal_and_twenty_digits(office: Office) -> None:
    refused(office, [*RECEIPT, "100.005", "--overpayment"], "money.too-exact", "never rounded")
    refused(office, [*RECEIPT, "9" * 20, "--overpayment"], "money.too-large", "999,999,999,999.99")


def test_16_more_than_is_owed_nothing_and_less_than_nothing(office: Office) -> None:
    office.do("receivable log 云帆 5 --issued 2012-04-01 --due 2012-04-30")
    refused(office, [*RECEIPT, "5.01"], "receipt.overpayment", "--overpayment")
    refused(office, [*RECEIPT, "0"], "receivables.amount", "reversed")
    refused(office, [*RECEIPT, "--", "-5"], "input.invalid")
    assert "0.01 stays as credit" in office.do([*RECEIPT, "5.01", "--overpayment"]).err


def test_17_a_fen_a_hundred_times_is_shared_as_a_hundred_fen() -> None:
    """K-15: shared one by one, 70 and 30 and not 100 and 0."""
    from tests.policy.test_shares import split

    rule, had = split("0.7", "0.3"), [0, 0]
    for _one in range(100):
        had = [before + part for before, part in zip(had, rule.next_parts(1, had), strict=True)]
    assert had == [70, 30]


@pytest.mark.parametrize(("day", "age"), [("2012-02-29", "up_to_2_months"), ("2012-03-01", "over_2_months")])
def test_19_two_months_end_with_the_last_day_of_february(office: Office, day: str, age: str) -> None:
    office.do("receivable log 云帆 5 --issued 2011-12-01 --due 2011-12-31 --number X-1")
    assert office.ask(f"receivable show X-1 --as-of {day}")["age"] == age


@pytest.mark.parametrize("day", ["2012-02-30", "20120203", "03/02/12", "二〇一二年二月三日"])
def test_20_a_day_is_never_guessed(office: Office, day: str) -> None:
    refused(office, [*RECEIPT, "5", "--overpayment", "--date", day], "input.invalid", "2026-11-22")


def test_20_a_day_without_its_zeros_is_echoed_with_them(office: Office) -> None:
    office.do([*RECEIPT, "5", "--overpayment", "--date", "2012-2-3", "--number", "G-1"])
    assert office.ask("receipt show G-1")["received_on"] == "2012-02-03"


def test_23_names_that_only_look_alike(office: Office) -> None:
    refused(office, ["customer", "add", "北京云帆\u200b网络科技有限公司"], "customer.duplicate")
    refused(office, ["customer", "add", "АСМЕ"], "name.unsafe", "only look Latin")
    office.do("customer add 日本电器")
    refused(office, ["customer", "add", "曰本电器"], "customer.near-match", "--distinct")


@pytest.mark.parametrize("name", ["a\x00b", "a\x1b[31mb", "a\u202eb", "\udcff", "长" * 201, "长" * 100_000])
def test_24_names_that_cannot_be_shown(office: Office, name: str) -> None:
    before = journal(office.ledger)
    answer = office.run(["customer", "add", name])
    assert (answer.status, answer.code) == (2, "name.unsafe")
    assert len(answer.err) < 500
    assert not {"\x00", "\x1b", "\u202e"} & set(answer.err)
    assert journal(office.ledger) == before


@pytest.mark.parametrize("form", ["", " --format csv", " --format json"])
def test_26_markup_is_shown_as_it_was_typed(office: Office, form: str) -> None:
    name = "客户[/x]<img src=file:///x>[bold]"
    office.do(["customer", "add", name])
    assert name in office.do(f"customer list{form}").out


def test_27_one_bad_row_in_a_thousand_is_named_and_nothing_comes_in(office: Office) -> None:
    rows = [f"云帆,{number},2012-04-01,2012-04-30,N-{number}" for number in range(1, 1001)]
    rows[775] = "云帆,1e5,2012-04-01,2012-04-30,N-776"
    text = "\r\n".join(["customer,amount,issued,due,number", *rows])
    (office.folder / "debts.csv").write_bytes(text.encode("gb18030"))
    before = journal(office.ledger)
    answer = office.run("receivable import debts.csv")
    assert (answer.status, answer.code) == (2, "import.bad-rows")
    assert "line 777, amount: '1e5' is not an amount" in answer.err
    assert journal(office.ledger) == before
    (office.folder / "twice.csv").write_text("customer,amount,amount,due\n云帆,1,2,2012-04-30\n", "utf-8-sig")
    assert office.run("receivable import twice.csv").status == 2


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_28_a_disk_that_fills_while_upgrading_leaves_the_old_schema(office: Office, share: float) -> None:
    whole = gzip.decompress((BEFORE / "0001.db.gz").read_bytes())
    office.ledger.write_bytes(whole)
    office.do("ledger upgrade")
    most = office.ledger.stat().st_size
    for left in office.folder.glob("ledger.db*"):
        left.unlink()
    office.ledger.write_bytes(whole)
    office.ledger.chmod(0o600)
    before = dump(office)
    limit = str(len(whole) + int((most - len(whole)) * share))
    command = [sys.executable, "-c", CHILD, limit, "ledger", "upgrade"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4, done
    assert "Traceback" not in done.stderr
    assert dump(office) == before
    office.do("ledger upgrade")
    assert findings(office.ledger) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_29_a_browser_with_an_edit_that_was_not_committed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes waits and is told; whoever reads is not in its way once it has gone."""
    monkeypatch.setattr(sqlite, "WAIT", 0.3)
    before = journal(office.ledger)
    browser = sqlite3.connect(office.ledger, isolation_level=None)
    browser.execute("BEGIN IMMEDIATE")
    answer = office.run([*RECEIPT, "5", "--overpayment"])
    browser.execute("ROLLBACK")
    browser.close()
    assert (answer.status, answer.code) == (3, "ledger.busy")
    assert "database browsers" in answer.err
    assert journal(office.ledger) == before
    office.do([*RECEIPT, "5", "--overpayment"])


@pytest.mark.parametrize("folder", ["Dropbox", "坚果云", "OneDrive - Firm"])
def test_29_no_ledger_is_made_in_a_folder_a_cloud_client_copies(office: Office, folder: str) -> None:
    answer = office.run(["ledger", "init", "--ledger", f"{folder}/new.db"])
    assert (answer.status, answer.code) == (4, "ledger.unfit-place")
    assert not (office.folder / folder).exists()


def test_29_no_ledger_is_made_on_a_network_share(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a guest gets from its host passes: it may be all there is, and `ledger doctor` warns of it."""
    for kind, status in (("nfs4", 4), ("cifs", 4), ("9p", 0)):
        mounted(monkeypatch, office, kind)
        assert office.run(f"ledger init --ledger {kind}.db").status == status


def test_30_last_weeks_copy_put_back_is_seen_only_from_outside(office: Office) -> None:
    """Consistent with itself; a checkpoint and every receipt line since contradict it."""
    shutil.copy(office.ledger, office.folder / "last-week")
    for number in range(3):
        receipt = office.do(f"customer volume 云帆 {number + 1} --month 2012-04-01").err.strip().splitlines()[-1]
    note = office.folder / "note.txt"
    office.do(f"ledger checkpoint -o {note}")
    shutil.copy(office.folder / "last-week", office.ledger)
    office.do("customer volume 云帆 9 --month 2012-04-01")
    assert office.run("ledger verify").status == 0
    (office.folder / "receipt.txt").write_text(receipt, "utf-8")
    for kept in (note, Path("receipt.txt")):
        found = office.run(f"ledger verify --against {kept}")
        assert found.status == 5
        assert "ends at" in found.out + found.err or "#" in found.out + found.err
