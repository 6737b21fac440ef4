"""Statements of account: what they state is what the ledger answers, to the fen, on every day (A-8)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from salesctl.ledger.book import Ledger
from salesctl.ledger.reading import Reading
from salesctl.receivables import history
from salesctl.statements.figures import account, open_debts
from tests.conftest import Office

NOW = "2012-06-01T09:00"
LINE = "customer statement 云帆 --from 2012-04-01 --until 2012-05-31"
HEADING = "number,customer,amount,issued,due\n"


def read(path: Path) -> str:
    return "".join("".join(one.get_textpage().get_text_range().split()) for one in pypdfium2.PdfDocument(path))


def test_every_movement_stands_in_it_with_the_balance_after_it(traded: Office) -> None:
    keys = ("kind", "number", "charged", "settled", "owed", "credit")
    said = [(row["day"][5:], *(row[key] for key in keys)) for row in traded.ask(LINE, now=NOW)]
    assert said == [
        ("04-01", "opening balance", "", None, None, "30.00", "0.00"),
        ("04-02", "invoice", "INV-1", "100.00", None, "130.00", "0.00"),
        ("04-03", "invoice", "INV-2", "50.50", None, "180.50", "0.00"),
        ("04-03", "invoice", "WRONG", "9.00", None, "189.50", "0.00"),
        ("04-04", "cancelled", "WRONG", None, "9.00", "180.50", "0.00"),
        ("04-05", "invoice", "LATER", "7.00", None, "187.50", "0.00"),
        ("05-02", "receipt", "B-1", None, "60.00", "127.50", "0.00"),
        ("05-02", "receipt", "B-2", None, "40.00", "87.50", "50.00"),
        ("05-03", "refund", "B-2", None, None, "87.50", "40.00"),
        ("05-04", "applied", "B-2", None, "25.00", "62.50", "15.00"),
        ("05-06", "receipt", "B-3", None, "1.00", "61.50", "15.00"),
        ("05-07", "reversal", "B-3", "1.00", None, "62.50", "15.00"),
        ("05-11", "written off", "OLD", None, "30.00", "32.50", "15.00"),
        ("05-20", "recovery", "OLD", "12.00", None, "44.50", "15.00"),
        ("05-20", "receipt", "B-4", None, "12.00", "32.50", "15.00"),
        ("05-31", "closing balance", "", None, None, "32.50", "15.00"),
    ]


def test_what_was_written_off_is_never_said_to_be_paid(traded: Office) -> None:
    """A-8.4: it has a line of its own and is told beside the balance."""
    assert "18.00 is written off as bad debt, and was not paid" in traded.do(LINE, now=NOW).err
    assert [row["number"] for row in traded.ask(LINE, now=NOW) if row["kind"] == "written off"] == ["OLD"]


def test_a_write_off_is_internal_and_the_customer_is_told_all_they_owe(office: Office) -> None:
    """AMB-A8-k: a statement that closed at 0.00 and was confirmed could be read as a waiver."""
    office.do("people add 董会 --grade board --alias board --as gm", now="2012-03-02T09:00")
    office.do("receivable log 云帆 30 --issued 2011-08-01 --due 2011-09-10 --number OLD", now="2012-03-10T09:00")
    office.do("baddebt submit OLD --reason gone", now="2012-05-10T09:00")
    office.do("baddebt decide B-1 --approve --minutes 7 --as board", now="2012-05-11T09:00")
    line = "customer statement 云帆 --from 2012-05-01 --until 2012-05-31"
    inside = office.do(f"{line} --print a.xlsx", now=NOW)
    assert "30.00 is written off as bad debt, and was not paid" in inside.err
    assert "a printed statement closes at 30.00" in inside.err
    assert [row["owed"] for row in office.ask(line, now=NOW)] == ["30.00", "0.00", "0.00"]
    (kept,) = office.ask("customer statement", now=NOW)
    assert (kept["opening"], kept["closing"]) == ("30.00", "30.00")
    sheet = openpyxl.load_workbook(office.folder / "a.xlsx").active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert not [cell for cell in cells if "坏账" in cell or "ritten off" in cell]
    assert cells.count("30") >= 4  # opening, closing, its age, what is open
    assert "OLD" in cells
    assert "AMB-A8-k" in office.do("why DZ-1", now=NOW).out
    assert "30.00" in office.do(line, now=NOW, lang="zh_CN").err
    office.do("receipt log 云帆 12 --to OLD", now="2012-06-20T09:00")
    office.do("customer statement 云帆 --from 2012-06-01 --until 2012-06-30 --print b.xlsx", now="2012-07-01T09:00")
    assert office.ask("customer statement", now="2012-07-01T09:00")[1]["closing"] == "18.00"


def test_two_periods_that_follow_each_other_meet(traded: Office) -> None:
    april = traded.ask("customer statement 云帆 --from 2012-04-01 --until 2012-04-30", now=NOW)
    may = traded.ask("customer statement 云帆 --from 2012-05-01 --until 2012-05-31", now=NOW)
    assert (april[-1]["owed"], april[-1]["credit"]) == (may[0]["owed"], may[0]["credit"])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("customer statement 云帆 --until 2012-06-02", "statement.future"),
        ("customer statement 云帆 --from 2012-05-02 --until 2012-05-01", "statement.period"),
        ("customer statement nobody", "input.unknown"),
        ("customer statement --print a.pdf", "input.invalid"),
        ("customer statement 云帆 --print a.docx", "forms.suffix"),
        pytest.param("customer statement 云帆 --print ledger.db", "input.invalid", marks=pytest.mark.file),
    ],
)
def test_what_cannot_be_stated_is_refused(traded: Office, line: str, code: str) -> None:
    answer = traded.run(line, now=NOW)
    assert (answer.status, answer.code) == (2, code)
    assert traded.ask("customer statement", now=NOW) == []


def test_a_printed_statement_has_a_number_and_is_recorded(traded: Office) -> None:
    (traded.folder / "salesctl.toml").write_text(
        '[company]\nname = "星辰公司"\nbank = "工行"\naccount = "0200"\n', "utf-8"
    )
    traded.do(f"{LINE} --print a.pdf", now=NOW)
    (kept,) = traded.ask("customer statement", now=NOW)
    assert (kept["number"], kept["opening"], kept["closing"], kept["credit"]) == ("DZ-1", "30.00", "50.50", "15.00")
    assert kept["printed_by"].endswith("向红")
    assert traded.ask("ledger history DZ-1", now=NOW)
    text = read(traded.folder / "a.pdf")
    for said in (
        "对账单", "Statementofaccount", "DZ-1", "北京云帆网络科技有限公司", "星辰公司", "账号Account:0200", "INV-2",
        "期初余额", "OLD", "客户签字盖章", "数额不符", "争议Contested:少发两批", "逾期2个月内",
        "¥35.50", "林静",
    ):  # fmt: skip
        assert said in text, said
    assert (traded.folder / "a.pdf").stat().st_mode & 0o777 == 0o600


def test_a_statement_as_a_workbook_has_numbers_that_add_up(traded: Office) -> None:
    traded.do(f"{LINE} --print a.xlsx", now=NOW)
    sheet = openpyxl.load_workbook(traded.folder / "a.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    total = next(row for row in rows if str(row[1]).startswith("本期合计"))
    assert total[4:7] == (167.5, 147, 50.5)
    assert any("客户签字盖章" in str(cell) for row in rows for cell in row)


def test_a_dry_run_prints_nothing(traded: Office) -> None:
    before = traded.ledger.read_bytes()
    traded.do(f"{LINE} --print a.pdf --dry-run", now=NOW)
    assert not (traded.folder / "a.pdf").exists()
    assert traded.ledger.read_bytes() == before


def test_nothing_at_all_is_said_to_be_nothing(office: Office) -> None:
    assert "owed nothing" in office.do("customer statement 远大 --print z.pdf", now=NOW).err
    assert "本期无往来" in read(office.folder / "z.pdf")


def test_many_rows_go_on_over_pages_with_their_heads(office: Office) -> None:
    text = HEADING + "".join(f"INV-{n:03},远大,1234567.89,2012-05-{n % 28 + 1:02},2012-06-30\n" for n in range(60))
    (office.folder / "in.csv").write_text(text, "utf-8")
    office.do("receivable import in.csv", now=NOW)
    office.do("customer statement 远大 --from 2012-05-01 --print z.pdf", now=NOW)
    document = pypdfium2.PdfDocument(office.folder / "z.pdf")
    assert len(document) >= 3
    assert "应收余额" in "".join(document[1].get_textpage().get_text_range().split())
    assert "74,074,073.40" in read(office.folder / "z.pdf")


def _line(rnd: random.Random, day: date, debts: int, receipts: int) -> str:
    receipt, debt, other = f"M-{rnd.randint(1, receipts + 1)}", *(f"R-{rnd.randint(1, debts + 1)}" for _ in "ab")
    amount = rnd.choice(("10", "25.5", "40"))
    return rnd.choice(
        (
            f"receivable log 云帆 {amount} --due {day + timedelta(days=rnd.randrange(60))} --again",
            f"receivable log 云帆 80 --issued 2011-06-01 --due 2011-07-{rnd.randrange(1, 29):02} --again",
            f"receipt log 云帆 {amount} --overpayment --again",
            f"receipt log 云帆 {amount} --to {debt} --overpayment --again",
            f"receipt refund {receipt} 5 --reason x --as gm",
            f"receipt apply {receipt}",
            f"receipt release {receipt} {debt} --reason x",
            f"receipt move {receipt} --from {debt} --to {other} --reason x",
            f"receipt reverse {receipt} --reason x --yes --as gm",
            f"receivable cancel {debt} --reason x --yes --as gm",
            f"baddebt submit {debt} --reason gone",
            f"baddebt decide B-{rnd.randint(1, 3)} --approve --minutes 1 --as board",
        )
    )


def _live(office: Office, seed: int) -> set[str]:
    """A random half year of one customer; what the commands refuse does not happen. The verbs that succeeded."""
    rnd, day, receipts, debts, done = random.Random(seed), date(2012, 3, 5), 0, 0, set()
    for _step in range(45):
        day += timedelta(days=rnd.randrange(5))
        line = _line(rnd, day, debts, receipts)
        answer = office.run(line, now=f"{day}T09:00")
        assert answer.status in (0, 2, 7), (line, answer)
        if answer.status == 0:
            done.add(" ".join(line.split()[:2]))
            receipts += line.startswith("receipt log")
            debts += line.startswith("receivable log")
    return done


@pytest.mark.parametrize("seed", range(4))
def test_closing_equals_the_open_sum_of_the_ledger_on_every_day(office: Office, seed: int) -> None:
    """A property: opening and movements give what each debt, asked on its own, says is open on that day."""
    office.do("people add 董会 --grade board --alias board --as gm", now="2012-03-02T09:00")
    done = _live(office, seed)
    assert {"receivable log", "receipt log"} <= done
    first = date(2012, 3, 1)
    with Ledger(office.ledger).reading() as view:
        numbers = view.select("SELECT number, issued_on FROM receivable")
        for step in range(0, 240, 3):
            on = first + timedelta(days=step)
            found = account(view, 1, first, on)
            alone = sum(history.standing(view, n, on).open for n, issued in numbers if issued <= on.isoformat())
            lines = list(found.running())
            _last, owed, held = lines[-1] if lines else (None, found.opening.owed, found.opening.held)
            assert found.closing.owed == alone == owed, on
            assert found.closing.held == held, on
            assert found.opening.owed + found.charged - found.settled == found.closing.owed
            assert sum(debt.open for debt in open_debts(view, 1, on)) == found.closing.owed
            assert all(after >= 0 and kept >= 0 for _one, after, kept in lines), on
            theirs = account(view, 1, first, on, is_theirs=True)
            _last, owed, _held = [*theirs.running()][-1] if theirs.lines else (None, theirs.opening.owed, 0)
            assert theirs.closing.owed == owed == found.closing.owed + found.closing.bad, on
            assert sum(debt.open for debt in theirs.debts) == owed, on
        last = account(view, 1, first, date(2013, 6, 1)).closing
        assert last.owed == view.value("SELECT sum(open) FROM receivable")
        assert last.held == (view.value("SELECT sum(credit) FROM receipt") or 0)
        assert last.bad == view.value("SELECT sum(written_off) FROM receivable")


def test_queries_do_not_grow_with_movements(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, select = 0, Reading.select

    def counted(self: Reading, query: str, /, **values: object) -> list[tuple[Any, ...]]:
        nonlocal asked
        asked += 1
        return select(self, query, **values)

    counts = []
    for debts in (5, 50):
        text = HEADING + "".join(f"Q{debts}-{n},云帆,1,2012-05-01,2012-05-02\n" for n in range(debts))
        (office.folder / "in.csv").write_text(text, "utf-8")
        office.do("receivable import in.csv", now=NOW)
        with monkeypatch.context() as patch, Ledger(office.ledger).reading() as view:
            patch.setattr(Reading, "select", counted)
            asked = 0
            account(view, 1, date(2012, 5, 1), date(2012, 5, 31))
        counts.append(asked)
    assert counts[0] == counts[1] > 0
