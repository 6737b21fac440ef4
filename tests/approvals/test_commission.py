"""Commission requests from the command line: the level, the routing, the refusals (A-5.4, A-6.1 to A-6.3, K-12)."""

from __future__ import annotations

import pytest

from tests.conftest import Answer, Office

HT = "approve commission --contract HT-18 --amount"


@pytest.fixture
def paid(office: Office) -> Office:
    """Contract HT-18 of 云帆 over 200 000.00, of which 186 000.00 has been received."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    receive(office, "186000", "2012-05-02")
    return office


def receive(office: Office, amount: str, day: str) -> None:
    office.do(f"receipt log 云帆 {amount} --contract HT-18 --date {day} --overpayment --as gm")


def working(answer: Answer) -> dict[str, object]:
    return {step["name"]: step["value"] for step in answer.json["working"]["steps"]}


@pytest.mark.parametrize(
    ("amount", "level", "state", "clause"),
    [
        ("9300.00", "account_manager", "granted", "A-6.1"),
        ("9300.01", "account_director", "pending", "A-6.2"),
        ("18599.99", "account_director", "pending", "A-6.2"),
        ("18600.00", "general_manager", "pending", "A-6.3"),
    ],
)
def test_the_level_follows_the_money_received(paid: Office, amount: str, level: str, state: str, clause: str) -> None:
    """EX-A6-1."""
    answer = paid.do(f"{HT} {amount} --as lin --format json")
    assert (answer.json["level"], answer.json["state"]) == (level, state)
    deciding = next(step for step in answer.json["working"]["steps"] if step["name"] == level.replace("_", " "))
    assert deciding["rests_on"][0][1] == clause


@pytest.mark.parametrize(
    ("amount", "level"),
    [
        ("6000.00", "account_manager"),
        ("6000.01", "account_director"),
        ("12000.00", "account_director"),
        ("12000.01", "general_manager"),
    ],
)
def test_the_base_is_what_was_received_not_the_price(office: Office, amount: str, level: str) -> None:
    """EX-A6-2, AMB-A6-c: 120 000.01 received on a contract of 200 000.00."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    receive(office, "120000.01", "2012-05-02")
    assert office.ask(f"{HT} {amount} --as lin")["level"] == level


def test_the_answer_shows_level_clause_and_arithmetic(paid: Office) -> None:
    answer = paid.do(f"{HT} 9300.01 --as lin")
    for said in ("9,300.01", "186,000.00", "9,300.00", "account director", "(A-6.1, AMB-A6-a)", "(A-5.1, A-5.4)"):
        assert said in answer.out
    assert "P002 周岚 may decide it: salesctl approve grant A-1" in answer.err
    assert "L-14" in answer.err


def test_nothing_received_yet_goes_to_the_general_manager(office: Office) -> None:
    """AMB-A6-c: and the person is told that it comes before any receipt."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    answer = office.do(f"{HT} 0.01 --as lin")
    assert "general manager" in answer.out
    assert "before any receipt" in answer.err
    assert "P002 周岚 may endorse it for the general manager: salesctl approve endorse A-1" in answer.err


def test_money_counts_from_the_day_it_came(paid: Office) -> None:
    """AMB-A6-d: what is received until the day is the base, that day included."""
    asked = f"{HT} 9300 --as lin -n --format json"
    assert paid.do(f"{asked} --on 2012-05-01").json["level"] == "general_manager"
    assert paid.do(f"{asked} --on 2012-05-02").json["level"] == "account_manager"


def test_a_receipt_that_names_no_contract_counts_with_what_it_paid_of_it(office: Office) -> None:
    """AMB-A6-c: 100 000.00 of an unnamed receipt paid the contract's receivable, the rest something else."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receivable log 云帆 100000 --contract HT-18 --due 2012-05-01 --issued 2012-04-16 --as gm")
    office.do("receivable log 云帆 50000 --due 2012-05-02 --issued 2012-04-16 --as gm")
    office.do("receipt log 云帆 130000 --date 2012-05-03 --as gm")
    assert working(office.do(f"{HT} 5000 --as lin --format json"))["money received"] == 10_000_000


def test_small_requests_add_up(paid: Office) -> None:
    """K-15, nasty case 6: the third of three small requests is over the limit together with the first two."""
    for number in range(2):
        assert paid.ask(f"{HT} {3100 + number} --as lin")["state"] == "granted"
    third = paid.do(f"{HT} 3099 --as lin --format json")
    assert third.json["state"] == "granted"  # 9 300.00 together, exactly the limit
    fourth = paid.do(f"{HT} 0.01 --as lin --format json")
    assert (fourth.json["level"], fourth.json["state"]) == ("account_director", "pending")
    assert working(fourth)["granted before"] == 930_000
    assert working(fourth)["commission together"] == 930_001


def test_an_earlier_business_day_does_not_hide_what_was_granted(paid: Office) -> None:
    """K-15: typing yesterday's date does not start the sum anew."""
    paid.do(f"{HT} 9300 --as lin")
    assert paid.ask(f"{HT} 9000 --as lin --on 2012-05-07")["state"] == "pending"


def test_a_pending_request_counts_once_it_is_granted(paid: Office) -> None:
    """AMB-A6-d: at decision time."""
    paid.do(f"{HT} 9400 --as lin")
    assert paid.ask(f"{HT} 9000 --as lin")["state"] == "granted"
    refused = paid.run("approve grant A-1 --as chen")
    assert refused.status == 7
    again = paid.do("approve grant A-1 --as zhou --format json")  # 18 400.00 together is still below 10 %
    assert working(again)["granted before"] == 900_000
    third = paid.ask(f"{HT} 200 --as lin")
    assert third["level"] == "general_manager"


def test_the_level_is_computed_again_when_somebody_decides(paid: Office) -> None:
    """AMB-A6-d: a grant in between lifts the waiting request over the director's limit."""
    paid.do(f"{HT} 10000 --as lin")
    paid.do(f"{HT} 9000 --as lin")
    refused = paid.run("approve grant A-1 --as zhou")
    assert (refused.status, refused.code) == (7, "approve.refused")
    assert "A-6.3" in refused.err
    assert "P002 周岚 may endorse it for the general manager" in refused.err
    receive(paid, "14000", "2012-05-08")
    assert paid.ask("approve grant A-1 --as zhou")["state"] == "granted"


def test_nobody_decides_their_own_request(paid: Office) -> None:
    """K-12: not even when they hold the grade by now; the attempt is recorded."""
    paid.do(f"{HT} 9300.01 --as lin")
    paid.do("people promote lin account_director --from 2012-05-08")
    answer = paid.run("approve grant A-1 --as lin")
    assert (answer.status, answer.code) == (7, "approve.refused")
    assert "nobody decides in their own case" in answer.err
    assert "P001 沈国栋 may decide it" in answer.err  # the next level above the grade lin holds now
    assert answer.err.rstrip().splitlines()[-1].startswith("#")
    assert paid.ask("approve show A-1")["state"] == "pending"


def test_a_directors_own_request_goes_to_the_general_manager(paid: Office) -> None:
    """AMB-A5-d, K-12."""
    filed = paid.do(f"{HT} 9300.01 --as zhou --format json")
    assert (filed.json["level"], filed.json["state"]) == ("general_manager", "pending")
    assert "AMB-A5-d" in str(filed.json["working"])
    assert paid.run("approve grant A-1 --as zhou").status == 7
    assert paid.ask("approve grant A-1 --as gm")["decided_by"] == "P001 沈国栋"


def test_above_the_general_manager_nobody_is_left(paid: Office) -> None:
    """K-12: the request stays pending, and the tool says so plainly."""
    filed = paid.do(f"{HT} 20000 --as gm --format json")
    assert (filed.json["level"], filed.json["state"]) == ("nobody", "pending")
    assert "No second person stands above the requester" in filed.err
    for who in ("gm", "zhou", "lin"):
        assert paid.run(f"approve grant A-1 --as {who}").status == 7


def test_five_percent_is_anybodys_own_discretion_on_the_ladder(paid: Office) -> None:
    """A-6.1: a higher grade has it too."""
    filed = paid.ask(f"{HT} 9300 --as gm")
    assert (filed["level"], filed["state"], filed["decided_by"]) == ("account_manager", "granted", "P001 沈国栋")


def test_whoever_typed_a_request_does_not_decide_it(paid: Office) -> None:
    """Nasty case 4: the director types it in the manager's name; it goes to the general manager."""
    import os
    import pwd

    login = pwd.getpwuid(os.getuid()).pw_name
    paid.do(f"people login zhou {login}")
    filed = paid.do(f"{HT} 9300.01 --as lin")
    assert "P001 沈国栋 may decide it" in filed.err
    answer = paid.unnamed().run("approve grant A-1")
    assert answer.status == 7
    assert "whoever typed it in" in answer.err


def test_support_is_no_rung(paid: Office) -> None:
    """K-14: a support supervisor neither files on others' contracts nor decides."""
    answer = paid.run(f"{HT} 100 --as xiang")
    assert (answer.status, answer.code) == (2, "approve.may-not-file")
    paid.do(f"{HT} 9300.01 --as lin")
    refused = paid.run("approve grant A-1 --as xiang")
    assert refused.status == 7
    assert "no rung of the ladder" in refused.err


def test_the_customers_own_account_executive_files_and_the_ladder_decides(paid: Office) -> None:
    """A-6.1: who serves the customer may file, but has no discretion without a grade."""
    paid.do("people add 孟瑞 --grade account_executive --regime A --from 2012-03-01")
    paid.do("customer transfer 云帆 --to 孟瑞 --from 2012-05-03")
    filed = paid.do(f"{HT} 100 --as 孟瑞 --format json")
    assert (filed.json["level"], filed.json["state"]) == ("account_manager", "pending")
    assert "P003 林静, P004 陈涛 may decide it" in filed.err


@pytest.mark.parametrize("verb", ["commission", "grant"])
def test_a_regulation_reaches_only_those_it_binds(paid: Office, verb: str) -> None:
    """X-1."""
    paid.do(f"{HT} 9300.01 --as lin")
    paid.do("people add 高远 --grade general_manager --regime E --from 2012-03-01")
    answer = paid.run(f"{HT} 5 --as 高远" if verb == "commission" else "approve grant A-1 --as 高远")
    assert answer.status == (2 if verb == "commission" else 7)
    assert "regulation A does not bind them" in answer.err


def test_a_request_is_decided_once(paid: Office) -> None:
    """Nasty case 1: the second is told who was first, when, and where it is recorded."""
    paid.do(f"{HT} 9300.01 --as lin")
    granted = paid.do("approve grant A-1 --as zhou")
    receipt = granted.err.strip().splitlines()[-1]
    for line in ("approve grant A-1 --as gm", "approve reject A-1 --reason late --as gm"):
        answer = paid.run(line)
        assert (answer.status, answer.code) == (2, "approve.decided")
        assert f"A-1 is already granted by P002 周岚 on 2012-05-08 ({receipt})" in answer.err


def test_a_rejection_says_why_and_frees_nothing(paid: Office) -> None:
    """A-5.4: whoever may grant may reject; what is rejected does not count."""
    paid.do(f"{HT} 9300.01 --as lin")
    assert paid.run("approve reject A-1 --as zhou").status == 2
    assert paid.run(["approve", "reject", "A-1", "--reason", "  ", "--as", "zhou"]).status == 2
    assert paid.run("approve reject A-1 --reason own --as lin").status == 7
    rejected = paid.ask("approve reject A-1 --reason 未回款 --as zhou")
    assert (rejected["state"], rejected["reason"]) == ("rejected", "未回款")
    assert paid.ask(f"{HT} 9300 --as lin")["state"] == "granted"


def test_a_refusal_is_in_the_journal_and_the_ledger_stays_sound(paid: Office) -> None:
    paid.do(f"{HT} 9300.01 --as lin")
    paid.run("approve grant A-1 --as chen")
    paid.do("approve grant 1 --as zhou")
    assert paid.run("ledger verify").status == 0


def test_a_decided_request_shows_the_working_it_was_decided_on(paid: Office) -> None:
    """Asking again gives the same, whatever was received since."""
    paid.do(f"{HT} 9300.01 --as lin")
    decided = paid.do("approve grant A-1 --as zhou --format json").json
    receive(paid, "100000", "2012-05-08")
    shown = paid.ask("approve show A-1")
    assert shown["level"] == decided["level"] == "account_director"
    steps = {step["name"]: step["value"] for step in shown["working"]["steps"]}
    assert steps["money received"] == 18_600_000


def test_lists_by_state_by_person_and_by_who_may_decide(paid: Office) -> None:
    paid.do(f"{HT} 9300.01 --as lin")
    paid.do(f"{HT} 30000 --as zhou")
    paid.do("contract add HT-19 --customer 易购 --amount 200000 --signed 2012-04-16 --as chen")
    paid.do("receipt log 易购 2000 --contract HT-19 --date 2012-05-02 --overpayment --as gm")
    paid.do("approve commission --contract HT-19 --amount 100 --as chen")

    def numbers(options: str) -> list[str]:
        return [one["number"] for one in paid.ask(f"approve list {options}")]

    assert numbers("") == ["A-1", "A-2", "A-3"]
    assert numbers("--state pending") == ["A-1", "A-2"]
    assert numbers("--state granted") == ["A-3"]
    assert numbers("--mine --as chen") == ["A-3"]
    assert numbers("--waiting --as zhou") == ["A-1"]
    assert numbers("--waiting --as gm") == ["A-1", "A-2"]
    assert numbers("--waiting --as lin") == []
    assert paid.run("approve list --state open").status == 2
    assert numbers("--as-of 2012-01-01") == numbers("--as-of 2012-05-07") == numbers("--waiting --on 2012-01-01") == []


def test_an_account_manager_files_on_own_contracts_and_customers_alone(paid: Office) -> None:
    """A-6.1: the contract's owner and whoever serves the customer on the day; higher grades on any."""
    answer = paid.run(f"{HT} 100 --as chen")
    assert (answer.status, answer.code, "林静 asks for it" in answer.err) == (2, "approve.may-not-file", True)
    assert paid.ask("approve list") == []
    paid.do("customer transfer 云帆 --to chen --from 2012-05-08 --as zhou")
    for number, who in enumerate(("chen", "lin", "zhou", "gm")):
        assert paid.ask(f"{HT} {100 + number} --as {who}")["state"] == "granted"


@pytest.mark.parametrize("amount", ["NaN", "1e5", "1_000", "-5", "0", "100.005", "99999999999999999999"])
def test_an_amount_that_is_none_is_refused(paid: Office, amount: str) -> None:
    """Nasty cases 12, 14, 15."""
    answer = paid.run(["approve", "commission", "--contract", "HT-18", f"--amount={amount}", "--as", "lin"])
    assert answer.status == 2
    assert paid.ask("approve list") == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("approve commission --contract HT-19 --amount 100 --as lin", "input.unknown"),
        (f"{HT} 100 --as lin --on 2012-05-09", "approve.day"),  # tomorrow
        (f"{HT} 100 --as lin --on 2012-04-15", "approve.day"),  # before it was signed
        ("approve grant A-7 --as zhou", "input.unknown"),
        ("approve show x --as zhou", "input.unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(paid: Office, line: str, code: str) -> None:
    answer = paid.run(line)
    assert (answer.status, answer.code) == (2, code)
    assert paid.ask("approve list") == []


def test_a_decision_lies_between_the_request_and_today(paid: Office) -> None:
    paid.do(f"{HT} 9300.01 --as lin")
    assert paid.run("approve grant A-1 --as zhou --on 2012-05-07").code == "approve.day"
    assert paid.run("approve grant A-1 --as zhou --on 2012-05-09").code == "approve.day"


def test_the_same_request_within_ten_minutes_is_asked_about(paid: Office) -> None:
    """Nasty case 11: the answer may have been lost."""
    paid.do(f"{HT} 100 --as lin", now="2012-05-08T09:00")
    assert paid.run(f"{HT} 100 --as lin", now="2012-05-08T09:10").code == "approve.again"
    assert paid.do(f"{HT} 100 --as lin --again", now="2012-05-08T09:10").status == 0
    assert paid.do(f"{HT} 100 --as lin", now="2012-05-08T09:20:01").status == 0


def test_a_pending_request_is_due_until_it_is_decided(paid: Office) -> None:
    """T-6, A-5.4."""
    paid.do(f"{HT} 9300.01 --as lin", now="2012-05-08T09:00")
    paid.do("approve grant A-1 --as zhou", now="2012-05-10T09:00")

    def due(day: str) -> list[dict[str, str]]:
        listed = paid.ask(f"check --as-of {day}", now="2012-05-12T09:00")
        return [one for one in listed if one["rule"] == "T-6"]

    assert due("2012-05-07") == []
    assert due("2012-05-10") == []
    (one,) = due("2012-05-09")
    assert (one["clause"], one["subject"], one["who"], one["due_on"]) == ("A-5.4", "A-1", "P002 周岚", "2012-05-08")


def test_a_request_is_somebodys(paid: Office) -> None:
    assert paid.unnamed().run(f"{HT} 100").code == "desk.nobody"
