"""Why something was decided: the working as it was recorded, whatever was received or changed since."""

from __future__ import annotations

from tests.conftest import Office


def test_every_decision_about_a_request_is_explained_as_it_was_made(office: Office) -> None:
    """A-5.4, A-6.2: with what its clauses and readings say, in the language of the run."""
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")
    office.do("approve commission --contract HT-18 --amount 9300.01 --as lin")
    office.do("approve grant A-1 --as zhou")
    office.do("receipt log 云帆 100000 --contract HT-18 --date 2012-05-08 --overpayment --as gm")
    found = office.ask("why a-1")
    assert [(one["verb"], one["answer"]) for one in found] == [
        ("approve.commission", ["account_director"]),
        ("approve.submit", ["submitted"]),
        ("approve.grant", ["granted"]),
    ]
    told = office.do("why A-1").out
    assert "186,000.00" in told
    assert "286,000.00" not in told
    assert "A-6.2\tFrom 5 to 10 %: the account director decides." in told
    assert "在5%至10%之间的，由客户总监决定。" in office.do("why A-1", lang="zh_CN").out


def test_what_was_never_decided_is_said_so(office: Office) -> None:
    office.do("customer add 杭州湖光有限公司 --owner lin --as gm")
    assert "Nothing was decided about C004" in office.do("why C004").err
    assert office.run("why Z-9").code == "input.unknown"
