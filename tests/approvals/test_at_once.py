"""Several at once, as real processes on one ledger (nasty cases 1 and 10)."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import Office


def at_once(office: Office, lines: list[str]) -> list[tuple[int, str]]:
    """Exit status and stderr of commands started together."""
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-08T09:00"}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "salesctl", *line.split()],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for line in lines
    ]
    said = [process.communicate(timeout=120)[1] for process in running]
    return [(process.returncode, text) for process, text in zip(running, said, strict=True)]


def contract(office: Office) -> None:
    office.do("contract add HT-18 --customer 云帆 --amount 200000 --signed 2012-04-16")
    office.do("receipt log 云帆 186000 --contract HT-18 --date 2012-05-02 --overpayment --as gm")


def test_of_eight_who_decide_at_once_one_decides(office: Office) -> None:
    """Nasty case 1: one decision; whoever comes later is told so, or that they may not."""
    contract(office)
    office.do("approve commission --contract HT-18 --amount 9300.01 --as lin")
    answers = at_once(office, [f"approve grant A-1 --as {who}" for who in ("zhou", "gm", "chen", "lin") * 2])
    assert [status for status, _err in answers].count(0) == 1
    for status, err in answers:
        assert status in (0, 2, 7)
        assert status != 2 or "A-1 is already granted by" in err
        assert status != 7 or "may not decide A-1" in err
    assert office.ask("approve show A-1")["state"] == "granted"
    assert office.run("ledger verify").status == 0


def test_many_over_the_same_requests_decide_each_once(office: Office) -> None:
    """The short form of `make bench` deciding: every request decided once, every loser told by whom and when."""
    import json
    import re

    from tests.bench.deciding import WORKER

    people, requests = ("zhou", "gm", "han"), 10
    office.do("people add 韩松 --grade account_director --superior gm --regime A --from 2012-03-01 --alias han --as gm")
    for number in range(requests):
        office.do(f"contract add HT-{number} --customer 云帆 --amount 200000 --signed 2012-04-16")
        office.do(f"receipt log 云帆 100000 --contract HT-{number} --date 2012-05-02 --overpayment --again --as gm")
        office.do(f"approve commission --contract HT-{number} --amount 5000.01 --as lin")
    environment = {**os.environ, "SALESCTL_NOW": "2012-05-08T09:00"}
    arguments = [(str(requests), str(seed), people[seed % 3], str(office.ledger)) for seed in range(6)]
    workers = [
        subprocess.Popen([sys.executable, "-c", WORKER, *each], env=environment, stdout=subprocess.PIPE, text=True)
        for each in arguments
    ]
    told = [entry for worker in workers for entry in json.loads(worker.communicate(timeout=300)[0])]
    assert sorted(number for number, status, _took, _said in told if status == 0) == list(range(1, requests + 1))
    for _number, status, took, said in told:
        assert status == 0 or (status, said) == (2, True)
        assert took < 30
    late = office.run("approve grant A-1 --as gm").err
    assert re.search(r"A-1 is already granted by P00\d \S+ on 2012-05-08 \(#\d+ [0-9a-f]{8}\)", late), late
    granted = [one for one in office.ask("approve list") if one["state"] == "granted"]
    assert len(granted) == requests
    assert len([line for line in office.do("ledger history").out.splitlines() if "approve.grant" in line]) == requests
    assert office.run("ledger verify").status == 0


def test_requests_at_once_never_exceed_the_limit_together(office: Office) -> None:
    """Nasty cases 5 and 6, K-15: the sum is read under the lock, so exactly three of six fit under 9 300.00."""
    contract(office)
    asked = [f"approve commission --contract HT-18 --amount {3100 - number / 100:.2f} --as lin" for number in range(6)]
    assert {status for status, _err in at_once(office, asked)} == {0}
    states = [one["state"] for one in office.ask("approve list")]
    assert sorted(states) == ["granted"] * 3 + ["pending"] * 3
    assert office.run("ledger verify").status == 0


def test_a_retried_request_is_filed_once(office: Office) -> None:
    """Nasty case 10: five sendings of one request id leave one request; another amount under that id is refused."""
    contract(office)
    line = "approve commission --contract HT-18 --amount 9300.01 --as lin --request-id net-1"
    answers = at_once(office, [line] * 5)
    assert [status for status, _err in answers] == [0] * 5
    assert len(office.ask("approve list")) == 1
    assert sum("recorded before: A-1" in err for _status, err in answers) == 4
    other = office.run(line.replace("9300.01", "9300.02"))
    assert (other.status, other.code) == (2, "ledger.request-id")


def test_a_refusal_sent_again_is_the_same_refusal(office: Office) -> None:
    """A script that retries must not take a refusal for a success."""
    office.do("contract add HT-9 --customer 云帆 --amount 1000 --signed 2012-04-20 --as lin")
    office.do("approve commission --contract HT-9 --amount 900 --as lin")
    first = office.run("approve grant A-1 --as lin --request-id r9")
    again = office.run("approve grant A-1 --as lin --request-id r9")
    assert (first.status, again.status) == (7, 7)
    assert first.err.strip().splitlines()[-1] in again.err
