"""A confirmed loss that was none is taken back to the fen, by a second person, and stays visible (E-17, K-3, K-12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, integers, lists, sampled_from

from salesctl.losses.bearers import TIERS
from salesctl.losses.reversing_rules import Recorded, mirror
from salesctl.losses.rules import shares as shared
from salesctl.policy.policy import Policy, shipped
from tests.conftest import Office
from tests.losses.test_rules import POLICY

Sign = Callable[[str], None]
SHARES = ["0.15", "0.25", "0.10", "0.49"]  # of 0.99 at 15, 25, 10 and 50: the company takes what is left
REVERSE = "loss reverse LS-1 --reason 货已找到 --yes"
WEIGHTS = """
[within]
[[within.version]]
from = 2012-01-01
origin = "company"
source = "E-17a"
shares = [{ name = "receiver", share = "0.40" }, { name = "handover_supervisor", share = "0.05" },
          { name = "finance_or_commerce", share = "0.30" }, { name = "the_company", share = "0.25", balance = true }]
"""


def at(day: str) -> str:
    return f"{day}T10:00"


@pytest.fixture
def confirmed(handed: Office, sign: Sign) -> Office:
    """LS-1: 0.99 of a debt, shared at 15, 25, 10 and 50, reported by 陈涛, confirmed by the general manager."""
    sign("2013-02-01")
    lose(handed, "R-B", "--amount 0.99")
    return handed


def lose(office: Office, what: str, value: str = "", number: str = "LS-1") -> None:
    office.do(f"loss report --text 对不上 --evidence 对账单 {what} --as chen", now=at("2013-05-07"))
    office.do(f"loss value {number} {value} --as qian", now=at("2013-05-07"))
    office.do(f"loss split {number} --as qian", now=at("2013-05-07"))
    office.do(f"loss confirm {number} --as gm", now=at("2013-05-08"))


def bears(row: Any, key: str = "amount") -> list[Any]:
    return [share[key] for share in row["shares"]]


class TestMirror:
    """What is taken back is what was recorded, and nothing is reckoned anew."""

    def test_everybody_ends_at_nothing(self, confirmed: Office) -> None:
        """Nasty case 18: 0.99 at 15, 25, 10 and 50, whose parts are no whole fen."""
        assert bears(confirmed.ask("loss show LS-1", now=at("2013-05-08"))) == SHARES
        made = confirmed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        assert "reversed on 2013-05-20" in made.err
        row = confirmed.ask("loss show LS-1", now=at("2013-05-21"))
        assert bears(row) == ["0.00"] * 4
        assert bears(row, "recorded") == SHARES
        assert bears(row, "taken_back") == [f"-{share}" for share in SHARES]
        assert (row["state"], row["reversed_on"], row["reversal_reason"]) == ("reversed", "2013-05-20", "货已找到")
        assert (row["amount"], row["confirmed_by"], row["confirmed_on"]) == ("0.99", "P001 沈国栋", "2013-05-08")
        assert row["reversed_by"].endswith("董事甲")
        assert confirmed.ask("ledger verify", now=at("2013-05-21"))["faults"] == 0

    def test_also_after_the_company_changed_the_weights(self, confirmed: Office) -> None:
        """K-3: a pack with other weights, in force on the day of the finding, changes no part of it."""
        pack = confirmed.folder / "ours"
        pack.mkdir()
        (pack / "pack.toml").write_text('code = "own"\nextends = "E"\nname = { en = "Ours", zh_CN = "本公司" }\n')
        (pack / "losses.toml").write_text(WEIGHTS)
        confirmed.do("policy adopt ours --as gm --yes", now=at("2013-05-10"))
        lose(confirmed, "R-A", "--amount 0.99", "LS-2")
        assert bears(confirmed.ask("loss show LS-2", now=at("2013-05-10"))) == ["0.40", "0.05", "0.30", "0.24"]
        row = confirmed.ask(f"{REVERSE} --as board", now=at("2013-05-20"))
        assert bears(row, "taken_back") == [f"-{share}" for share in SHARES]
        assert bears(row) == ["0.00"] * 4
        assert bears(confirmed.ask("loss show LS-2", now=at("2013-05-20"))) == ["0.40", "0.05", "0.30", "0.24"]

    @given(
        amount=integers(1, 400) | integers(1, 10**14 - 1), tier=sampled_from(TIERS), is_wrong=booleans(),
        handling=sampled_from([[], ["finance"], ["head_office_finance", "head_office_commerce"]]),
        on=sampled_from([date(2013, 5, 15), date(2013, 7, 1)]),
    )  # fmt: skip
    def test_the_mirror_of_any_split_leaves_nobody_anything(
        self, amount: int, tier: str, is_wrong: bool, handling: list[str], on: date
    ) -> None:
        """E-15b, E-17, E-20: whatever the sum, the table, its weights and the number of payers."""
        steps = shared(amount, tier, handling, is_wrong, on=on, policy=POLICY).steps[1:]
        parts = [step for step in steps if step.unit == "fen"]
        recorded = [Recorded(part.name, int(str(part.value)), part.rests_on[0].source) for part in parts]
        back = mirror(recorded)
        assert [share.amount + sum_ for share, sum_ in zip(recorded, list(back.value), strict=True)] == [0] * len(parts)  # type: ignore[call-overload]
        assert sum(share.amount for share in recorded) == amount
        assert (back.steps[-1].value, {"K-3"} <= set(back.clauses)) == (0, True)

    @given(sums=lists(integers(0, 10**14 - 1), min_size=1, max_size=9))
    def test_of_any_recorded_sums(self, sums: list[int]) -> None:
        """K-3: also of what no table would make of them."""
        back = mirror([Recorded("receiver", sum_) for sum_ in sums]).value
        assert back == [-sum_ for sum_ in sums]


class TestWhoMay:
    """K-12: a second person; what is refused is recorded."""

    @pytest.mark.parametrize("who", ["gm", "chen", "he", "qian", "zhou", "lin", "shang"])
    def test_nobody_else_does(self, confirmed: Office, who: str) -> None:
        refused = confirmed.run(f"{REVERSE} --as {who}", now=at("2013-05-20"))
        assert (refused.status, refused.code) == (7, "loss.refused")
        entry = confirmed.ask("ledger history LS-1", now=at("2013-05-20"))[0]
        assert (entry["verb"], entry["answer"]) == ("loss.reverse", "refused")
        assert bears(confirmed.ask("loss show LS-1", now=at("2013-05-20"))) == SHARES

    def test_why_whoever_confirmed_it_does_not_is_said_in_both_languages(self, confirmed: Office) -> None:
        assert (
            "whoever confirmed it does not reverse it" in confirmed.run(f"{REVERSE} --as gm", now=at("2013-05-20")).err
        )
        assert "确认人不能冲销" in confirmed.run(f"{REVERSE} --as gm", now=at("2013-05-20"), lang="zh_CN").err

    def test_a_board_that_confirmed_leaves_it_to_the_general_manager(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        handed.do("loss report R-B --text x --evidence y --as chen", now=at("2013-05-07"))
        handed.do("loss value LS-1 --as qian", now=at("2013-05-07"))
        handed.do("loss split LS-1 --as qian", now=at("2013-05-07"))
        handed.do("loss confirm LS-1 --as board", now=at("2013-05-08"))
        assert handed.run(f"{REVERSE} --as board", now=at("2013-05-20")).code == "loss.refused"
        assert handed.ask(f"{REVERSE} --as gm", now=at("2013-05-20"))["state"] == "reversed"

    def test_a_board_that_reported_it_does_not(self, handed: Office, sign: Sign) -> None:
        sign("2013-02-01")
        handed.do("loss report R-B --text x --evidence y --as board", now=at("2013-05-07"))
        handed.do("loss value LS-1 --as qian", now=at("2013-05-07"))
        handed.do("loss split LS-1 --as qian", now=at("2013-05-07"))
        handed.do("loss confirm LS-1 --as gm", now=at("2013-05-08"))
        assert handed.run(f"{REVERSE} --as board", now=at("2013-05-20")).code == "loss.refused"

    def test_asking_again_answers_the_same(self, confirmed: Office) -> None:
        """`replay` asks the reversal and its refusal again; `why` shows the clauses."""
        confirmed.run(f"{REVERSE} --as gm", now=at("2013-05-20"))
        confirmed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        asked = [one for one in confirmed.ask("replay LS-1", now=at("2013-05-21")) if one["verb"] == "loss.reverse"]
        assert [(one["recorded"], one["again"], one["differs"], one["left"]) for one in asked] == [
            ("refused", "refused", [], ""), ("reversed", "reversed", [], ""),
        ]  # fmt: skip
        said = confirmed.do("why LS-1", now=at("2013-05-21")).out
        assert all(words in said for words in ("-0.15", "-0.49", "K-12", "E-17a", "left of the loss", "货已找到"))


class TestDays:
    """The days before read as before, and nothing is reversed before it was confirmed."""

    def test_as_of_an_earlier_day_it_is_confirmed(self, confirmed: Office) -> None:
        confirmed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        later = at("2013-06-20")
        for day, state, sums in (("2013-05-19", "confirmed", SHARES), ("2013-05-20", "reversed", ["0.00"] * 4)):
            row = confirmed.ask(f"loss show LS-1 --as-of {day}", now=later)
            assert (row["state"], bears(row)) == (state, sums)
            listed = confirmed.ask(f"loss list --as-of {day}", now=later)
            assert [(one["state"], one["net"]) for one in listed] == [(state, "0.99")]
            assert len(confirmed.ask(f"loss list --state {state} --as-of {day}", now=later)) == 1
            figure = confirmed.ask(f"why LS-1 receiver amount --as-of {day}", now=later)
            assert (figure["amount"], figure["added"], figure["adds_up"]) == (sums[0], sums[0], True)
        assert confirmed.ask("loss list --state confirmed", now=later) == []

    def test_the_figure_is_taken_apart(self, confirmed: Office) -> None:
        confirmed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        figure = confirmed.ask("why LS-1 chen amount", now=at("2013-05-21"))
        assert (figure["amount"], figure["added"], figure["adds_up"]) == ("0.00", "0.00", True)
        assert [(part["what"], part["amount"]) for part in figure["parts"]] == [
            ("share", "0.14"), ("rounded", "0.01"), ("amount taken back", "-0.15"),
        ]  # fmt: skip
        for named, amount in (("recorded", "0.15"), ("taken-back", "-0.15")):
            assert confirmed.ask(f"why LS-1 chen {named}", now=at("2013-05-21"))["amount"] == amount

    @pytest.mark.parametrize("day", ["2013-05-07", "2013-05-21"])
    def test_neither_before_it_was_confirmed_nor_on_a_day_to_come(self, confirmed: Office, day: str) -> None:
        early = confirmed.run(f"{REVERSE} --on {day} --as board", now=at("2013-05-20"))
        assert (early.status, early.code) == (2, "loss.day")

    def test_entered_later_it_counts_from_its_day(self, confirmed: Office) -> None:
        confirmed.do(f"{REVERSE} --on 2013-05-08 --as board", now=at("2013-05-20"))
        assert confirmed.ask("loss show LS-1 --as-of 2013-05-08", now=at("2013-05-20"))["state"] == "reversed"


class TestOrder:
    """Once, after it was confirmed, and nothing changes after it."""

    def test_twice_is_told(self, confirmed: Office) -> None:
        confirmed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        again = confirmed.run(f"{REVERSE} --as board", now=at("2013-05-21"))
        assert (again.status, again.code) == (2, "loss.reversed")
        assert "2013-05-20" in again.err
        for line in ("drop LS-1 --reason x", "value LS-1 --amount 5", "split LS-1", "confirm LS-1"):
            assert confirmed.run(f"loss {line} --as board", now=at("2013-05-21")).code == "loss.state"

    def test_what_is_not_confirmed_is_dropped_instead_and_the_other_way_round(self, confirmed: Office) -> None:
        assert confirmed.run("loss drop LS-1 --reason x --as board", now=at("2013-05-20")).code == "loss.confirmed"
        confirmed.do("loss report R-A --text x --evidence y --as chen", now=at("2013-05-20"))
        early = confirmed.run("loss reverse LS-2 --reason x --yes --as board", now=at("2013-05-20"))
        assert (early.status, early.code) == (2, "loss.not-confirmed")
        confirmed.do("loss drop LS-2 --reason x --as chen", now=at("2013-05-20"))
        dropped = confirmed.run("loss reverse LS-2 --reason x --yes --as board", now=at("2013-05-20"))
        assert dropped.code == "loss.state"

    @pytest.mark.parametrize("line", ["loss reverse LS-9 --reason x --yes", "loss reverse LS-1 --reason '' --yes"])
    def test_wrong_input_writes_nothing(self, confirmed: Office, line: str) -> None:
        before = confirmed.do("ledger history", now=at("2013-05-20")).out
        assert confirmed.run(f"{line} --as board", now=at("2013-05-20")).status == 2
        assert confirmed.do("ledger history", now=at("2013-05-20")).out == before

    def test_nobody_there_to_be_asked_is_no_yes(self, confirmed: Office) -> None:
        assert confirmed.run("loss reverse LS-1 --reason x --as board", now=at("2013-05-20")).code == "desk.not-asked"

    def test_a_rehearsal_writes_nothing(self, confirmed: Office) -> None:
        before = confirmed.do("ledger history", now=at("2013-05-20")).out
        tried = confirmed.do("loss reverse LS-1 --reason x --dry-run --as board", now=at("2013-05-20"))
        assert "-0.49" in tried.out
        assert confirmed.do("ledger history", now=at("2013-05-20")).out == before
        assert bears(confirmed.ask("loss show LS-1", now=at("2013-05-20"))) == SHARES

    def test_a_request_that_is_sent_again_is_done_once(self, confirmed: Office) -> None:
        for _time in range(2):
            confirmed.do(f"{REVERSE} --request-id abc --as board", now=at("2013-05-20"))
        verbs = [one["verb"] for one in confirmed.ask("ledger history LS-1", now=at("2013-05-20"))]
        assert verbs.count("loss.reverse") == 1

    def test_nothing_of_it_can_be_deleted(self, confirmed: Office) -> None:
        import sqlite3

        confirmed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        with sqlite3.connect(confirmed.ledger) as db:
            for table in ("loss_reversal", "loss_reversal_share"):
                with pytest.raises(sqlite3.IntegrityError, match="reverse it"):
                    db.execute(f"DELETE FROM {table}")


class TestBesides:
    """Whatever adds up shares takes the reversal into account."""

    def test_the_debt_can_be_lost_to_somebody_else(self, handed: Office, sign: Sign) -> None:
        """The wrong person bore it: reported again, all of the debt is free to be shared."""
        sign("2013-02-01")
        lose(handed, "R-B")
        handed.do("loss report R-B --text x --evidence y --known --as chen", now=at("2013-05-20"))
        assert handed.run("loss value LS-2 --as qian", now=at("2013-05-20")).code == "loss.nothing"
        handed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        assert handed.ask("loss value LS-2 --as qian", now=at("2013-05-20"))["amount"] == "46250.00"
        figure = handed.ask("why LS-2 amount", now=at("2013-05-21"))
        assert (figure["amount"], figure["added"], figure["parts"][-1]["what"]) == ("46250.00", "46250.00", "reversed")
        fresh = handed.do("loss report R-B --text x --evidence y --as chen", now=at("2013-05-21"))
        assert "LS-1" not in fresh.err

    def test_the_missing_pieces_can_be_counted_again(self, handed: Office, sign: Sign) -> None:
        handed.do("sample product SJ-200 --name 样机")
        handed.do("sample price SJ-200 --from 2012-01-01 --price 399")
        handed.do("sample place 远大 SJ-200 --quantity 12 --on 2012-05-01")
        handed.do("sample missing 远大 SJ-200 --quantity 12 --on 2013-05-06", now=at("2013-05-06"))
        sign("2013-02-01")
        lose(handed, "--customer 远大 --product SJ-200")
        again = "loss report --text x --evidence y --customer 远大 --product SJ-200 --as chen"
        assert handed.run(again, now=at("2013-05-20")).code == "loss.none-missing"
        handed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        assert handed.ask(again, now=at("2013-05-20"))["units"] == 12

    def test_nothing_is_asked_of_a_wage_any_more(self, handed: Office, sign: Sign) -> None:
        """X-14, L-1: neither of its own nor beside another loss of the month, and before that day as before."""
        sign("2013-02-01")
        lose(handed, "R-B", "--amount 1000")
        lose(handed, "R-A", "--amount 2000", "LS-2")
        asked = "loss show LS-2 --wage chen=6000"
        assert "asks 450.00" in handed.do(asked, now=at("2013-05-19")).err
        handed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        assert "asks 300.00" in handed.do(asked, now=at("2013-05-20")).err
        assert "asks 450.00" in handed.do(f"{asked} --as-of 2013-05-19", now=at("2013-05-20")).err
        row = handed.ask("loss show LS-1 --wage chen=6000", now=at("2013-05-20"))
        assert bears(row, "ceiling")[0] == "300.00"

    def test_wrong_figures_cost_nobody_their_post_wage(self, handed: Office, sign: Sign) -> None:
        """E-20a, T-37: what cost the company nothing is neither proposed nor waited for."""
        sign("2013-02-01")
        lose(handed, "R-B --finance-error")
        handed.do("loss gravity LS-1 half --post-wage 4100 --as gm", now=at("2013-05-09"))
        handed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        row = handed.ask("loss show LS-1", now=at("2013-05-20"))
        assert [row["post_wage"], *bears(row, "post_wage")] == [None] * 5
        assert [one for one in handed.ask("check", now=at("2013-06-03")) if one["rule"] == "T-37"] == []
        for line in ("gravity LS-1 full --post-wage 4100", "criticise LS-1 --notice 通告3"):
            assert handed.run(f"loss {line} --as gm", now=at("2013-05-21")).code == "loss.state"

    def test_the_statement_says_it(self, confirmed: Office) -> None:
        import pypdfium2

        confirmed.do(f"{REVERSE} --as board", now=at("2013-05-20"))
        confirmed.do("loss print LS-1 chen 陈涛.pdf --wage 6000", now=at("2013-05-21"))
        confirmed.do("loss print LS-1 chen 早.pdf --wage 6000 --as-of 2013-05-19", now=at("2013-05-21"))

        def read(name: str) -> str:
            pages = pypdfium2.PdfDocument(confirmed.folder / name)
            return " ".join(page.get_textpage().get_text_bounded() for page in pages)

        said = read("陈涛.pdf")
        for words in ("已冲销", "货已找到", "¥0.15", "¥-0.15", "¥0.00", "董事甲", "2013-05-20", "零元整", "应予退还"):
            assert words in said, words
        assert "已冲销" not in read("早.pdf")
        assert "已确认" in read("早.pdf")


def test_the_pack_s_own_table_is_the_mirror_below_nothing() -> None:
    """RELIABILITY (e) 18, K-3: −99 fen at 15, 25, 10 and 50 are −15, −25, −10 and −49."""
    table = Policy(shipped()).on(date(2013, 5, 15), "E.losses").split("within")
    assert table.parts(-99) == [-15, -25, -10, -49]
    assert [-part for part in table.parts(-99)] == table.parts(99)
