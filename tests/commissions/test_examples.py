"""Every worked example of article 6 that pays or confirms something, typed as commands."""

from __future__ import annotations

from tests.conftest import Office

PAY = "commission pay A-1 --amount 7300 --payee 云帆 --kind customer_company --form LW-1 --as lin"
CONFIRM = "commission confirm P-1 --received 5865.40 --evidence 客户收据 --as chen"
EXPLAIN = "policy explain commissions.shortfall_fine --given approved=7300 --given confirmed=5865.40"


def granted(office: Office, day: str) -> None:
    """7 300.00 on HT-18, within the account manager's own discretion."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-10", now=f"{day}T09:00")
    office.do("receipt log 云帆 186000 --contract HT-18 --overpayment --as gm", now=f"{day}T09:00")
    office.do("approve commission --contract HT-18 --amount 7300 --as lin", now=f"{day}T09:00")


def test_ex_a6_3_a_shortfall_is_fined_five_times_and_stays_owed(office: Office) -> None:
    """EX-A6-3: 1 434.60 of 7 300.00 did not arrive: a fine of 7 173.00, gross negligence, 1 434.60 still payable."""
    granted(office, "2012-05-08")
    office.do(PAY)
    confirmed = office.ask(CONFIRM)
    assert (confirmed["state"], confirmed["owed"]) == ("short", "1434.60")
    (fine,) = office.ask("fine list")
    assert (fine["clause"], fine["amount"], fine["person"], fine["state"]) == (
        "A-6.5b", "7173.00", "P003 林静", "proposed")  # fmt: skip
    (held,) = office.ask("fine incidents")
    assert (held["matter"], held["clause"], held["amount"], held["state"]) == (
        "gross_negligence", "A-6.5c", "1434.60", "proposed")  # fmt: skip
    (owed,) = [one for one in office.ask("check") if one["rule"] == "T-7"]
    assert owed["says"].startswith("1,434.60 yuan of it is still owed")


def test_ex_a6_3_whatever_becomes_of_the_fine_the_rest_stays_owed(office: Office) -> None:
    """AMB-A6-e: the fine is one thing and the debt another."""
    granted(office, "2012-05-08")
    office.do(PAY)
    office.do(CONFIRM)
    office.do("fine confirm F-1 --as zhou")
    assert office.ask("commission show P-1")["owed"] == "1434.60"
    office.do("fine waive F-1 --reason x --as gm")
    assert office.ask("commission show P-1")["owed"] == "1434.60"
    office.do("commission confirm P-1 --received 7300 --evidence 补足 --as chen")
    assert office.ask("commission show P-1")["owed"] == "0.00"


def test_ex_a6_4_on_its_first_day_it_is_fined_the_day_before_not(office: Office) -> None:
    """EX-A6-4, AMB-A6-g: the day of the payment counts, not of the discovery.

    On 2012-04-12 article 6 lets nothing be granted or paid, so there is nothing that could be short; the rule asked
    for that day answers nothing.
    """
    granted(office, "2012-04-13")
    office.do(PAY, now="2012-04-13T09:00")
    assert office.run(f"{PAY.replace('LW-1', 'LW-2')} --on 2012-04-12").status == 2
    office.do(CONFIRM)
    assert [one["amount"] for one in office.ask("fine list")] == ["7173.00"]
    assert office.ask(f"{EXPLAIN} --on 2012-04-13")["answer"] == "7173.00"
    before = office.ask(f"{EXPLAIN} --on 2012-04-12")
    assert before["answer"] in ("0", "0.00")
    assert office.run("approve commission --contract HT-18 --amount 1 --as lin", now="2012-04-12T09:00").code in (
        "policy.not-in-force",
        "approve.day",
    )
