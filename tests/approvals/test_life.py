"""An application's life: every kind, whom it needs, what voids a decision, who stands in for whom (A-4, A-5, K-12)."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Office

HT = "approve commission --contract HT-18 --amount"
VOLUME = "customer volume 云帆"


@pytest.fixture
def paid(office: Office) -> Office:
    """Contract HT-18 of 云帆, of which 186 000.00 has been received, and a volume for April."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    return office


def adopt(office: Office, folder: Path, chapter: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    about = 'code = "own"\nextends = "A"\nname = { en = "Ours", zh_CN = "本公司" }\n'
    (folder / "pack.toml").write_text(about, "utf-8")
    (folder / f"{chapter}.toml").write_text(text, "utf-8")
    office.do(["policy", "adopt", str(folder), "--as", "gm", "--yes"])


def steps(office: Office, number: str) -> list[str]:
    rows = office.do(f"approve show {number}").out.splitlines()
    return [line.split("\t")[2] for line in rows if line.startswith(f"{number}\t")]


def make_good(line: str, units: int, month: str = "2012-04", ground: str = "--ground dissatisfied") -> str:
    return f"approve make-good --customer 云帆 --line {line} --units {units} --month {month} {ground}"


def test_a_program_reads_the_trail_in_the_offices_own_time(paid: Office) -> None:
    paid.do(f"{HT} 14000 --as lin")
    told = paid.ask("approve show A-1")["trail"]
    assert [line.split()[-1] for line in told] == ["2012-05-08T09:00:00+08:00"] * len(told)
    assert [line.split()[1] for line in told] == ["ask", "submit"]


@pytest.mark.parametrize(
    ("line", "volume", "units", "level"),
    [
        ("platform", 1_200_000, 12_000, "account_manager"),
        ("platform", 1_200_000, 12_001, "account_director"),
        ("platform", 1_200_000, 60_000, "account_director"),
        ("platform", 1_200_000, 60_001, "general_manager"),
        ("database", 865_430, 17_308, "account_manager"),
        ("database", 865_430, 17_309, "account_director"),
        ("database", 865_430, 43_271, "account_director"),
        ("database", 865_430, 43_272, "general_manager"),
    ],
)
def test_make_good_volume_goes_to_the_grade_that_holds_it(
    office: Office, line: str, volume: int, units: int, level: str
) -> None:
    """EX-A4-1, EX-A4-2."""
    office.do(f"{VOLUME} {volume} --month 2012-04-01 --line {line}")
    filed = office.ask(f"{make_good(line, units)} --as lin")
    assert (filed["level"], filed["quantity"], filed["amount"]) == (level, units, None)
    assert filed["state"] == ("granted" if level == "account_manager" else "pending")


def test_make_good_of_one_month_and_line_adds_up(office: Office) -> None:
    """EX-A4-3, AMB-A4-b: 9 000 and 4 000 of 1 200 000 are 13 000; the other line and month count for themselves."""
    for month, line in (("2012-04", "platform"), ("2012-03", "platform"), ("2012-04", "database")):
        office.do(f"{VOLUME} 1200000 --month {month}-01 --line {line}")
    assert office.ask(f"{make_good('platform', 9_000)} --as lin")["state"] == "granted"
    second = office.ask(f"{make_good('platform', 4_000)} --as lin")
    assert (second["level"], second["state"]) == ("account_director", "pending")
    assert office.ask(f"{make_good('platform', 12_000, '2012-03')} --as lin")["state"] == "granted"
    assert office.ask(f"{make_good('database', 24_000)} --as lin")["state"] == "granted"


def test_make_good_wants_a_ground_its_evidence_and_a_volume(office: Office) -> None:
    """A-4.1, AMB-A4-a."""
    fault = make_good("platform", 9, ground="--ground company-fault")
    assert office.run(f"{fault} --as lin").code == "approve.no-evidence"
    assert office.run(f"{make_good('platform', 9)} --as lin").code == "approve.no-volume"
    assert office.run(f"{make_good('platform', 9, ground='--ground boredom')} --as lin").code == "input.invalid"
    office.do(f"{VOLUME} 1000 --month 2012-04-01 --line platform")
    assert office.ask(f"{fault} --evidence 日志 --as lin")["evidence"] == "日志"


def test_an_unset_limit_of_the_director_goes_up_and_names_the_figure(paid: Office, tmp_path: Path) -> None:
    """AMB-A5-a: fail closed; a company that sets it changes that."""
    ask = "approve terms --contract HT-18 --days 10 --for budget --as lin"
    filed = paid.do(ask)
    assert "general manager" in filed.out
    assert "A.approvals.director_terms" in filed.out
    adopt(paid, tmp_path / "own", "approvals", "[[director_terms.version]]\nvalue = 10\n")
    assert paid.ask(f"{ask} --again")["level"] == "account_director"
    paid.do("approve grant A-2 --as zhou")
    together = paid.ask(f"{ask} --again")  # K-15: twenty days together
    assert together["level"] == "general_manager"


@pytest.mark.parametrize(
    "line",
    [
        "approve price --contract HT-18 --listed 300 --price 280 --for volume",
        "approve free-test --customer 云帆 --units 5000 --for test",
        "approve other --customer 云帆 --for account",
        "approve terms --customer 云帆 --days 30 --for budget",
    ],
)
def test_every_kind_goes_from_the_director_to_the_general_manager(paid: Office, line: str) -> None:
    """A-5.1, A-5.4, AMB-A5-d: nobody is asked over the director's head."""
    assert paid.ask(f"{line} --as lin")["state"] == "pending"
    early = paid.run("approve grant A-1 --as gm")
    assert (early.status, early.code) == (7, "approve.refused")
    assert "the account director endorses it first" in early.err
    assert "P002 周岚 may endorse it" in early.err
    assert paid.run("approve endorse A-1 --as chen").status == 7
    assert paid.ask("approve endorse A-1 --as zhou")["state"] == "endorsed"
    assert paid.run("approve grant A-1 --as zhou").status == 7  # a lower level's consent is not a decision
    assert paid.ask("approve grant A-1 --as gm")["state"] == "granted"
    assert paid.ask("approve execute A-1 --as lin")["state"] == "executed"
    assert paid.run("approve revise A-1 --text more --as lin").status == 2
    assert steps(paid, "A-1") == ["ask", "submit", "endorse", "grant", "execute"]
    assert paid.run("ledger verify").status == 0


def test_nothing_is_carried_out_before_it_is_granted(paid: Office) -> None:
    """A-5.4."""
    paid.do("approve other --customer 云帆 --for account --as lin")
    answer = paid.run("approve execute A-1 --as lin")
    assert (answer.status, answer.code) == (7, "approve.not-granted")
    assert steps(paid, "A-1") == ["ask", "submit", "attempt"]
    assert "approve.execute" in paid.do("ledger history A-1").out


def test_check_tells_of_what_somebody_tried_to_carry_out_too_early(paid: Office) -> None:
    """T-6: an attempt without a decision, until there is one; paying counts as well."""

    def early() -> list[str]:
        return [one["subject"] for one in paid.ask("check") if "tried to carry out" in one["says"]]

    paid.do("approve other --customer 云帆 --for account --as lin")
    paid.do(f"{HT} 9300.01 --as lin")
    assert early() == []
    paid.run("approve execute A-1 --as lin")
    pay = "commission pay A-2 --amount 10 --payee 云帆 --kind customer_company --form L-1 --as lin"
    assert paid.run(pay).status == 7
    assert early() == ["A-1", "A-2"]
    assert paid.run(f"{pay} --on 2012-12-31").status != 0  # holds up no decision
    assert early() == ["A-1", "A-2"]
    paid.do("approve grant A-2 --as zhou")
    assert early() == ["A-1"]


@pytest.mark.parametrize(
    ("gone", "missing"), [("zhou", "mail to the account director"), ("xiang", "copy to the support supervisor")]
)
def test_without_director_or_supervisor_it_stays_a_draft(paid: Office, gone: str, missing: str) -> None:
    """A-5.3, EX-A5-2: where they cannot be written to; until they can, check lists it."""
    paid.do(f"people email {gone} - --as gm")
    paid.unnamed()
    filed = paid.do(f"{HT} 9300.01 --as lin")
    assert "draft" in filed.out
    assert missing in filed.err
    assert paid.run("approve grant A-1 --as gm").status == 2
    assert [one["subject"] for one in paid.ask("check --as gm") if one["clause"] == "A-5.3"] == ["A-1"]
    paid.do(f"people email {gone} new@example.com --as gm")
    assert paid.ask("approve submit A-1 --as lin")["state"] == "pending"


def test_where_nobody_is_a_director_the_general_manager_is_written_to(paid: Office) -> None:
    """K-14: the next level up; what the director would decide is theirs."""
    paid.do("people close zhou --last-day 2012-05-07 --as gm --yes")
    assert paid.ask(f"{HT} 9300.01 --as lin")["state"] == "pending"
    assert "gm@example.com" in paid.do("mail show M-1 --as gm").out
    assert paid.ask("approve grant A-1 --as gm")["state"] == "granted"


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("approve terms --contract HT-18 --days 3 --for x", "--amount 3"),
        ("approve free-test --customer 云帆 --units 5 --for x", "--amount 9"),
        ("approve price --contract HT-18 --listed 100 --price 95 --for x", "--quantity 2"),
        ("approve price --contract HT-18 --listed 100 --price 95 --for x", "--amount 2"),
        ("approve price --contract HT-18 --listed 100 --price 95 --for x", "--price 100"),
        ("approve price --contract HT-18 --listed 100 --price 95 --for x", "--price 0"),
        (f"{HT} 9300.01", "--quantity 7"),
        (f"{HT} 9300.01", "--amount 0"),
        ("approve other --customer 云帆 --for x", "--amount 1"),
    ],
)
def test_a_revision_says_what_its_matter_has(paid: Office, line: str, change: str) -> None:
    """Money is money, units are units: nothing is taken for the other."""
    paid.do(f"{line} --as lin")
    assert paid.run(f"approve revise A-1 {change} --as lin").code == "input.invalid"
    assert paid.ask("approve show A-1")["round"] == 1


def test_a_price_is_revised_to_a_price(paid: Office) -> None:
    paid.do("approve price --contract HT-18 --listed 100 --price 95 --for x --as lin")
    revised = paid.do("approve revise A-1 --price 90 --as lin --format json").json
    steps = {step["name"]: step["value"] for step in revised["working"]["steps"]}
    assert (revised["price"], revised["amount"]) == ("90.00", None)
    assert (steps["price asked for"], steps["listed price"]) == (900_000, 1_000_000)


class TestPriceBelowTheFen:
    """A click or a message costs less than a fen, or some fen and a half (A-5.1, AMB-A5-a)."""

    ASK = "approve price --customer 云帆 --listed 0.05 --price {} --for 全年用量"

    def test_it_is_kept_shown_and_printed_exactly(self, office: Office) -> None:
        answer = office.do(f"{self.ASK.format('0.0455')} --as lin")
        for said in ("0.0455", "listed price", "0.05", "0.0045"):
            assert said in answer.out
        kept = office.ask("approve show A-1 --as lin")
        assert (kept["price"], kept["amount"], kept["quantity"]) == ("0.0455", None, None)
        assert office.ask("approve list --as lin")[0]["price"] == "0.0455"
        assert office.ask("approve inbox --as zhou")[0]["price"] == "0.0455"
        assert "0.0455" in next(row["what"] if "what" in row else row["says"] for row in office.ask("check"))
        office.do("approve print A-1 f.xlsx --as lin")
        cells = [cell.value for row in load_workbook("f.xlsx").worksheets[0].iter_rows() for cell in row]
        assert 0.0455 in cells
        assert 0.05 in cells
        assert "0.0455" in office.do("approve list --as lin", lang="zh_CN").out

    @pytest.mark.parametrize(("price", "level"), [("0.045", "account_director"), ("0.0449", "general_manager")])
    def test_the_directors_share_is_exact(self, office: Office, price: str, level: str) -> None:
        """A tenth of 0.05 is 0.005: 0.0450 is within it, a hundredth of a fen less is not."""
        office.do("policy new figures --from A")
        Path("figures/approvals.toml").write_text(
            '[[director_price.version]]\nfrom = 2012-04-13\nvalue = "0.10"\nsource = "A-5.1"\n', "utf-8"
        )
        office.do("policy adopt figures --as gm")
        assert office.ask(f"{self.ASK.format(price)} --as lin")["level"] == level

    @pytest.mark.parametrize(
        ("price", "code"),
        [("0.04555", "money.too-exact"), ("0.05", "input.invalid"), ("1e-2", "input.invalid")],
    )
    def test_what_is_no_lower_price_is_refused(self, office: Office, price: str, code: str) -> None:
        assert office.run(f"{self.ASK.format(price)} --as lin").code == code

    def test_a_sum_of_money_stays_whole_fen(self, office: Office) -> None:
        office.do("contract add HT-9 --customer 云帆 --amount 100 --signed 2012-04-16 --as lin")
        assert office.run("approve commission --contract HT-9 --amount 0.005 --as lin").code == "money.too-exact"


def test_what_was_paid_can_be_neither_withdrawn_nor_revised(paid: Office) -> None:
    """K-15: what was paid stays in the sum."""
    paid.do(f"{HT} 9300 --as lin")
    paid.do("commission pay A-1 --amount 5000 --payee 云帆 --kind customer_company --form LW-1 --as lin")
    assert paid.run("approve withdraw A-1 --reason x --as lin").code == "approve.paid"
    assert paid.run("approve revise A-1 --amount 100 --as lin").code == "approve.paid"
    assert paid.ask(f"{HT} 1 --as lin")["state"] == "pending"


def test_nobody_withdraws_what_another_asks_for(paid: Office) -> None:
    """A director rejects or returns it; what somebody who has left asked for is theirs to withdraw."""
    paid.do(f"{HT} 9300.01 --as lin")
    assert paid.run("approve withdraw A-1 --reason x --as zhou").code == "approve.not-theirs"
    paid.do("people close lin --last-day 2012-05-07 --as gm --yes")
    assert paid.ask("approve withdraw A-1 --reason x --as zhou")["state"] == "withdrawn"


def test_steps_are_taken_in_the_order_of_their_days(paid: Office) -> None:
    """A decision is not dated before its endorsement, nor anything into the future."""
    paid.do(f"{HT} 18600 --as lin")
    paid.do("approve endorse A-1 --as zhou", now="2012-05-10T09:00")
    assert paid.run("approve grant A-1 --as gm --on 2012-05-09", now="2012-05-11T09:00").code == "approve.day"
    assert paid.run("approve grant A-1 --as gm --on 2012-05-12", now="2012-05-11T09:00").code == "approve.day"
    assert paid.run("approve grant A-1 --as gm --on 2012-05-10", now="2012-05-11T09:00").status == 0


def test_one_person_does_not_endorse_and_decide(paid: Office) -> None:
    """AMB-A5-d: not even with the general manager's authority lent to them."""
    paid.do("delegation add zhou --until 2012-05-20 --as gm")
    paid.do(f"{HT} 18600 --as lin")
    paid.do("approve endorse A-1 --as zhou")
    refused = paid.run("approve grant A-1 --as zhou")
    assert "whoever endorsed it does not decide it as well" in refused.err
    assert paid.ask("approve grant A-1 --as gm")["state"] == "granted"


def test_of_two_general_managers_one_decides_for_the_other(paid: Office) -> None:
    """K-12: persons are compared, never grades alone."""
    paid.do("people add 何平 --grade general_manager --regime A --from 2012-03-01 --alias heping --as gm")
    filed = paid.ask(f"{HT} 20000 --as gm")
    assert (filed["level"], filed["state"]) == ("general_manager", "pending")
    assert paid.run("approve grant A-1 --as gm").status == 7
    assert paid.ask("approve grant A-1 --as heping")["state"] == "granted"


def test_an_earlier_business_day_gets_around_nothing(paid: Office) -> None:
    """A-5.3, K-15: neither the form, nor the endorsement, nor the sum of the month."""
    paid.do("people email xiang - --as gm")
    paid.do(f"{VOLUME} 1000000 --month 2012-04-01 --line platform")
    ask = f"{make_good('platform', 60_000)} --as lin"
    assert paid.ask(f"{ask} --on 2012-04-08")["state"] == "draft"
    assert paid.ask("approve submit A-1 --as lin --on 2012-04-08")["state"] == "draft"


def test_free_units_of_many_months_typed_in_one_are_one_sum(paid: Office, tmp_path: Path) -> None:
    """K-15."""
    adopt(paid, tmp_path / "own", "approvals", "[[director_free_test.version]]\nvalue = 5000\n")
    for number, day in enumerate(("2012-05-08", "2012-04-20"), 1):
        paid.do(f"approve free-test --customer 云帆 --units 3000 --for x --on {day} --again --as lin")
        status = paid.run(f"approve grant A-{number} --as zhou").status
        assert status == (0 if number == 1 else 7)


def test_commission_is_carried_out_by_paying_it(paid: Office) -> None:
    """A-6.4; and whoever decides something does not carry it out as well."""
    paid.do(f"{HT} 9300 --as lin")
    assert paid.run("approve execute A-1 --as lin").code == "approve.by-payment"
    paid.do("approve other --customer 云帆 --for x --as lin")
    paid.do("approve endorse A-2 --as zhou")
    paid.do("approve grant A-2 --as gm")
    assert paid.run("approve execute A-2 --as gm").code == "approve.by-decider"
    assert paid.run("approve execute A-2 --as chen").code == "approve.may-not-file"
    assert paid.ask("approve execute A-2 --as lin")["state"] == "executed"


def test_what_is_endorsed_is_sent_on_to_the_general_manager(paid: Office) -> None:
    """AMB-A5-d: with the director's name on the form, and the command that decides it."""
    paid.do(f"{HT} 18600 --as lin")
    first = paid.do("mail show M-1 --as gm").out
    assert "approve endorse A-1 --round 1" in first
    assert "approve grant" not in first
    paid.do("approve endorse A-1 --as zhou")
    second = paid.do("mail show M-2 --as gm").out
    assert "gm@example.com" in second
    assert "approve grant A-1 --round 1" in second


def test_before_its_first_day_no_form_is_demanded(office: Office) -> None:
    """EX-A5-2, AMB-A4-e: asked on 8 April the director decides and nothing has to be sent; on the 9th it has."""
    office.do(f"{VOLUME} 1000000 --month 2012-04-01 --line platform")
    office.do("people close xiang --last-day 2012-04-01 --as gm --yes", now="2012-04-07T09:00")
    office.unnamed()
    ask = f"{make_good('platform', 15_000)} --as lin"
    before = office.do(f"{ask} --format json", now="2012-04-08T09:00").json
    assert (before["level"], before["state"]) == ("account_director", "pending")
    assert office.do(f"{ask} --again --format json", now="2012-04-09T09:00").json["state"] == "draft"


def test_a_revision_voids_what_was_decided(paid: Office) -> None:
    """A-5.4: a decision binds what was asked for; the round counts up, and who changed it does not decide it."""
    paid.do(f"{HT} 9300.01 --as lin")
    paid.do("approve grant A-1 --as zhou")
    revised = paid.ask("approve revise A-1 --amount 12000 --as lin")
    assert (revised["state"], revised["round"], revised["decided_by"]) == ("pending", 2, None)
    stale = paid.run("approve grant A-1 --round 1 --as zhou")
    assert (stale.status, stale.code) == (7, "approve.refused")
    assert "revised since" in stale.err
    assert paid.ask("approve grant A-1 --round 2 --as zhou")["state"] == "granted"
    assert steps(paid, "A-1") == ["ask", "submit", "grant", "revise", "submit", "grant"]


def test_who_revised_it_last_does_not_decide_it(paid: Office) -> None:
    """K-12: the director changes the amount; the general manager decides."""
    paid.do(f"{HT} 9300.01 --as lin")
    paid.do("approve revise A-1 --amount 9400 --as zhou")
    refused = paid.run("approve grant A-1 --as zhou")
    assert refused.status == 7
    assert "whoever changed it last does not decide it" in refused.err
    assert paid.ask("approve grant A-1 --as gm")["state"] == "granted"


def test_who_serves_the_customer_does_not_decide_what_is_asked_for_them(paid: Office) -> None:
    """K-12: the director serves the customer; an account manager of the contract asks."""
    paid.do("customer transfer 云帆 --to zhou --from 2012-05-08 --as gm")
    paid.do(f"{HT} 9300.01 --as lin")
    refused = paid.run("approve grant A-1 --as zhou")
    assert "whoever serves the customer does not decide it" in refused.err
    assert paid.ask("approve grant A-1 --as gm")["state"] == "granted"


def test_a_question_is_answered_by_a_revision(paid: Office) -> None:
    paid.do("approve terms --contract HT-18 --days 30 --for budget --as lin")
    paid.do("approve return A-1 --reason 哪几个月？ --as zhou")
    assert [one["number"] for one in paid.ask("approve inbox --as lin")] == ["A-1"]
    assert paid.run("approve grant A-1 --as gm").status == 2
    assert paid.run("approve revise A-1 --text 6月起 --as chen").status == 2
    assert paid.ask("approve revise A-1 --text 6月起 --as lin")["state"] == "pending"
    assert [one["number"] for one in paid.ask("approve inbox --as zhou")] == ["A-1"]


def test_the_inbox_holds_what_waits_for_whoever_asks(paid: Office) -> None:
    """A-5.4: to endorse for the director, to decide for the general manager once it is endorsed."""
    paid.do(f"{HT} 18600 --as lin")
    paid.do(f"{HT} 9300.01 --as lin")

    def waiting(who: str, more: str = "") -> list[str]:
        return [one["number"] for one in paid.ask(f"approve inbox {more} --as {who}")]

    assert (waiting("zhou"), waiting("gm"), waiting("lin")) == (["A-1", "A-2"], ["A-2"], [])
    paid.do("approve endorse A-1 --as zhou")
    assert (waiting("zhou"), waiting("gm"), waiting("gm", "--all")) == (["A-2"], ["A-1", "A-2"], ["A-1", "A-2"])
    assert "salesctl approve grant A-1" in paid.do("approve inbox --as gm").out


def test_what_is_withdrawn_counts_no_more(paid: Office) -> None:
    """K-15: the next one begins where the withdrawn one was."""
    paid.do(f"{HT} 9300 --as lin")
    assert paid.ask(f"{HT} 1 --as lin")["state"] == "pending"
    assert paid.run("approve withdraw A-1 --reason x --as chen").status == 2
    assert paid.ask("approve withdraw A-1 --reason 不付了 --as lin")["state"] == "withdrawn"
    assert paid.ask(f"{HT} 9299 --as lin")["state"] == "granted"


def test_what_a_company_lets_wait_too_long_expires(paid: Office, tmp_path: Path) -> None:
    """SM-4: through its last day it may be decided; without the figure nothing expires."""
    paid.do(f"{HT} 9300.01 --as lin")
    assert paid.ask("approve expire --as gm") == []
    adopt(paid, tmp_path / "own", "approvals", "[[expires.version]]\nvalue = 30\n")
    assert paid.ask("approve expire --as gm --on 2012-05-08") == []
    late = paid.run("approve grant A-1 --as zhou", now="2012-06-08T09:00")
    assert (late.status, "it has expired" in late.err) == (7, True)
    assert paid.do("approve expire --as gm", now="2012-06-08T09:00").err.startswith("Expired: A-1.")
    assert paid.run("approve grant A-1 --as zhou", now="2012-06-08T09:00").code == "approve.step"


def test_a_mismatch_is_what_the_ledger_says_it_is(office: Office) -> None:
    """EX-A5-1, AMB-A5-f: a fen apart is applied for; two payments that make the invoice are not."""
    for number in ("FP-1", "FP-2"):
        office.do(f"receivable log 云帆 30000 --number {number} --due 2012-05-01 --issued 2012-04-16 --again --as gm")
    office.do("receipt log 云帆 29999.99 --to FP-1 --date 2012-05-03 --as gm")
    for part in ("18000", "12000"):
        office.do(f"receipt log 云帆 {part} --to FP-2 --date 2012-05-04 --as gm")
    filed = office.ask("approve mismatch --receivable FP-1 --for 手续费 --as lin")
    assert (filed["amount"], filed["level"], filed["about"]) == ("0.01", "general_manager", "FP-1")
    assert office.run("approve mismatch --receivable FP-2 --for x --as lin").code == "approve.nothing-apart"


class TestLentAuthority:
    """A deputy decides with the giver's grade, for a time, and never what concerns one of the two (K-12)."""

    @pytest.fixture
    def lent(self, paid: Office) -> Office:
        paid.do(
            "people add 韩松 --grade account_manager --superior zhou --regime A --from 2012-03-01 --alias han --as gm"
        )
        paid.do("delegation add han --from 2012-05-08 --until 2012-05-10 --as zhou")
        return paid

    def test_a_deputy_decides_and_both_names_are_kept(self, lent: Office) -> None:
        lent.do(f"{HT} 9300.01 --as lin")
        granted = lent.ask("approve grant A-1 --as han")
        assert (granted["state"], "韩松" in granted["decided_by"], "周岚" in granted["decided_by"]) == (
            "granted",
            True,
            True,
        )
        (listed,) = lent.ask("approve list")
        assert (listed["decided_by"], listed["level"]) == (granted["decided_by"], granted["level"])
        assert [one["number"] for one in lent.ask("approve list --waiting --as han")] == []

    def test_it_ends_with_its_last_day(self, lent: Office) -> None:
        lent.do(f"{HT} 9300.01 --as lin")
        assert lent.run("approve grant A-1 --as han", now="2012-05-10T09:00").status == 7
        assert lent.run("approve grant A-1 --as han --on 2012-05-09", now="2012-05-10T09:00").status == 7
        assert lent.run("approve grant A-1 --as han", now="2012-05-09T23:59").status == 0

    def test_it_is_never_more_than_the_giver_has(self, lent: Office) -> None:
        lent.do(f"{HT} 18600 --as lin")
        lent.do("approve endorse A-1 --as zhou")
        assert lent.run("approve grant A-1 --as han").status == 7

    def test_neither_givers_nor_deputys_own_request(self, lent: Office) -> None:
        lent.do(f"{HT} 9300.01 --as zhou")
        refused = lent.run("approve grant A-1 --as han")
        assert refused.status == 7
        lent.do("contract add HT-19 --customer 云帆 --amount 100 --signed 2012-04-16 --owner han --as gm")
        lent.do("approve commission --contract HT-19 --amount 1 --as han")
        assert "nobody decides in their own case" in lent.run("approve grant A-2 --as han").err

    def test_there_are_no_chains(self, lent: Office) -> None:
        lent.do("delegation add chen --until 2012-05-10 --as han")
        lent.do(f"{HT} 9300.01 --as lin")
        assert lent.run("approve grant A-1 --as chen").status == 7

    def test_it_is_taken_back_at_once(self, lent: Office) -> None:
        lent.do(f"{HT} 9300.01 --as lin")
        lent.do("delegation end han --as zhou")
        assert lent.run("approve grant A-1 --as han").status == 7
        assert lent.ask("delegation list") == []

    def test_nobody_takes_an_authority(self, lent: Office) -> None:
        assert lent.run("delegation add chen --of zhou --until 2012-05-10 --as chen").status == 2
        assert lent.run("delegation add lin --of zhou --until 2012-05-10 --as chen").code == "people.lend"
        assert lent.run("delegation add chen --of gm --until 2012-05-08 --as gm").code == "people.span"
        assert lent.do("delegation add chen --of zhou --until 2012-05-10 --as gm").status == 0


def test_an_owner_alone_decides_openly_or_not_at_all(paid: Office) -> None:
    """K-12: only where no second person is left, with a reason, and every check lists it."""
    paid.do(f"{HT} 20000 --as gm")
    assert paid.run("approve grant A-1 --as gm").status == 7
    assert paid.run("approve grant A-1 --alone --yes --as gm").status == 7  # without a reason
    assert paid.run("approve grant A-1 --alone --reason x --yes --as zhou").status == 7
    granted = paid.ask("approve grant A-1 --alone --reason 只有一人 --yes --as gm")
    assert granted["state"] == "granted"
    listed = [one for one in paid.ask("check", now="2012-07-08T09:00") if one["rule"] == "K-12"]
    assert [(one["subject"], "只有一人" in one["says"]) for one in listed] == [("A-1", True)]
    paid.do("people add 何平 --grade general_manager --regime A --from 2012-05-08 --as gm")
    paid.do(f"{HT} 21000 --as gm")
    assert paid.run("approve grant A-2 --alone --reason x --yes --as gm").status == 7


def test_a_refund_lowers_the_base_and_the_next_decision_goes_higher(paid: Office) -> None:
    """AMB-A6-d: the level is asked again when it is decided; four times 4.9 % is 19.6 %."""
    for number in range(4):
        paid.do(f"{HT} {9114 + number} --as lin")
    states = [(one["level"], one["state"]) for one in paid.ask("approve list")]
    assert states == [
        ("account_manager", "granted"),
        ("account_director", "pending"),
        ("account_director", "pending"),
        ("account_director", "pending"),
    ]
    paid.do("approve grant A-2 --as zhou")
    assert paid.run("approve grant A-3 --as zhou").status == 7


@pytest.mark.parametrize(
    "line",
    [
        "approve free-test --customer '' --units 5 --for x",
        "approve make-good --customer '' --line platform --units 9 --month 2012-05 --ground dissatisfied",
        "approve commission --contract '' --amount 5",
        "approve commission-payment --contract '' --amount 5",
        "approve price --contract '' --listed 3 --price 2 --for x",
        "approve terms --contract '' --days 3 --for x",
        "approve other --contract '' --for x",
        "approve mismatch --receivable '' --for x",
    ],
)
def test_what_nobody_named_is_none(office: Office, line: str) -> None:
    """A variable that nobody has set."""
    answer = office.run(f"{line} --as lin")
    assert answer.status == 2
    assert answer.code in ("input.unknown", "input.invalid")
