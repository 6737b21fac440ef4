"""Numbers are typed as people type them: any width, any case, and the bare number where the noun has one letter."""

from __future__ import annotations

import pytest

from tests.conftest import Office


@pytest.fixture
def busy(office: Office) -> Office:
    """One outing with an incident, one contract with a request, one handover."""
    office.do("visit log 见客户 --as lin", now="2012-04-16T09:40")
    office.do("visit leave V-1 --as lin", now="2012-04-16T09:45")
    office.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20")
    office.do("approve commission --contract HT-1 --amount 9300.01 --as lin")
    office.do("handover start --from lin --to chen --as zhou --yes")
    return office


@pytest.mark.parametrize(
    ("line", "typed", "number"),
    [
        ("approve show", "A-1", "A-1"),
        ("handover show", "H-1", "H-1"),
        ("contract show", "HT-1", "HT-1"),
    ],
)
def test_a_number_is_found_however_it_is_typed(busy: Office, line: str, typed: str, number: str) -> None:
    wide = typed.translate({ord(c): chr(ord(c) + 0xFEE0) for c in typed if c != "-"})
    spelt = [typed, typed.lower(), wide, f" {typed} "]
    if line != "contract show":  # the numbers of contracts are the office's own
        spelt.append("1")
    for text in spelt:
        answer = busy.do([*line.split(), text])
        assert number in answer.out, text


def test_an_unknown_number_names_near_ones(busy: Office) -> None:
    answer = busy.run("handover show H-11")
    assert (answer.status, answer.code) == (2, "input.unknown")
    assert "Did you mean: H-1?" in answer.err


def test_bytes_that_are_no_text_are_no_number(busy: Office) -> None:
    assert busy.run(["handover", "show", "H-\udce4"]).code == "input.unknown"


def test_an_incident_is_found_in_any_width_and_case(busy: Office) -> None:
    busy.do(["visit", "confirm", "ｉ-１", "--reason", "未登记客户", "--as", "zhou"])


@pytest.mark.parametrize("text", ["v-1", "Ｖ-１", "1", " V-1 "])
def test_an_outing_is_found_however_it_is_typed(busy: Office, text: str) -> None:
    busy.do(["visit", "return", text, "--as", "lin"], now="2012-04-16T11:00")
