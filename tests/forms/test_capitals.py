"""Amounts in capitals: the examples of the rules for cheques, article 52 of the norms, and reading them back."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis.strategies import integers

from salesctl.forms.capitals import DIGITS, capitals
from salesctl.policy.units import LARGEST, parse_money

WRITTEN = {
    # the examples of the rules for cheques (支付结算办法, annex 1), 整 after 角 as article 52 wants it
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "107000.53": "壹拾万零柒仟元伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    # 整 after 元 and 角, never after 分
    "13020": "壹万叁仟零贰拾元整",
    "0.50": "伍角整",
    "10.50": "壹拾元伍角整",
    "0.05": "伍分",
    "0.55": "伍角伍分",
    "10.05": "壹拾元零伍分",
    "0": "零元整",
    # one 零 for a run of zeros, and a ten is always 壹拾
    "1": "壹元整",
    "10": "壹拾元整",
    "12": "壹拾贰元整",
    "100": "壹佰元整",
    "1005": "壹仟零伍元整",
    "1050": "壹仟零伍拾元整",
    "1005.05": "壹仟零伍元零伍分",
    "10010": "壹万零壹拾元整",
    "100000": "壹拾万元整",
    "100010": "壹拾万零壹拾元整",
    "201000": "贰拾万零壹仟元整",
    "1010101": "壹佰零壹万零壹佰零壹元整",
    # a group of four without a digit is not named; its zeros are not lost: 壹亿壹仟 would be heard as 110 million
    "100000000": "壹亿元整",
    "100001000": "壹亿零壹仟元整",
    "100010000": "壹亿零壹万元整",
    "1000000001": "壹拾亿零壹元整",
    "100100000000": "壹仟零壹亿元整",
    "999999999999.99": "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}

amounts = integers(0, LARGEST) | integers(0, 10**7) | integers(0, 10**6).map(lambda n: n * 10**6)
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(("figures", "words"), WRITTEN.items())
def test_an_amount_is_written_as_vouchers_write_it(figures: str, words: str) -> None:
    assert capitals(parse_money(figures)) == f"人民币{words}"


@pytest.mark.parametrize("fen", [-1, LARGEST + 1])
def test_what_the_ledger_cannot_hold_has_no_capitals(fen: int) -> None:
    with pytest.raises(ValueError, match="no amount"):
        capitals(fen)


@given(fen=amounts)
@example(fen=10**13)
@example(fen=10**13 + 1)
def test_reading_it_back_gives_the_fen(fen: int) -> None:
    assert read(capitals(fen)) == fen


@given(fen=amounts)
def test_zeros_and_the_end_are_as_the_norms_want(fen: int) -> None:
    said = capitals(fen)
    assert said.endswith("分") != said.endswith("整")
    assert said.endswith("分") == (fen % 10 != 0)
    assert "零零" not in said
    if fen:
        yuan, inside = str(fen // 100), len(re.findall(r"(?<=[1-9])0+(?=[1-9])", str(fen // 100)))
        assert said.count("零") == inside + (yuan != "0" and fen // 10 % 10 == 0 and fen % 10 != 0)


def read(said: str) -> int:
    """Read an amount in capitals: each digit times the place and the group that follow it; 零 says nothing."""
    rest = said.removeprefix("人民币").removesuffix("整")
    whole, found, change = rest.rpartition("元")
    total = 0
    groups = re.split("([亿万])", whole) if found else []
    for place in range(0, len(groups), 2):
        name = groups[place + 1] if place + 1 < len(groups) else ""
        total += _group(groups[place]) * {"亿": 10**8, "万": 10**4, "": 1}[name]
    jiao, fen = (re.search(f"([{DIGITS}]){unit}", change) for unit in "角分")
    return total * 100 + sum(DIGITS.index(one[1]) * worth for one, worth in ((jiao, 10), (fen, 1)) if one)


def _group(said: str) -> int:
    return sum(DIGITS.index(digit) * UNITS.get(unit, 1) for digit, unit in re.findall(f"([{DIGITS}])([拾佰仟]?)", said))
