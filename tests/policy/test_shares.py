"""A whole is shared without losing or gaining a fen, at once or bit by bit (K-3, K-15)."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, composite, integers, lists

from salesctl.policy.outcome import Basis
from salesctl.policy.shares import Split, split_of
from salesctl.policy.units import LARGEST
from tests.policy.folders import BOTH, REGULATION, found, lines

FIVE = ("0.40", "0.25", "0.15", "0.15", "0.05")
fen = integers(0, 1000) | integers(0, LARGEST)
small = integers(0, 30)


def split(*shares: str, balance: int | None = None) -> Split:
    """A split among parties a, b, c and so on."""
    named: list[dict[str, Any]] = [
        {"name": name, "share": share} for name, share in zip("abcdefgh", shares, strict=False)
    ]
    if balance is not None:
        named[balance]["balance"] = True
    return split_of("X.money.split", {"shares": named, "source": "X-1", "origin": "company"})


@composite
def splits(draw: Any) -> Split:
    """Any split of two to six parties in hundredths, with a balancing party or without."""
    cuts = sorted(draw(lists(integers(0, 100), min_size=1, max_size=5)))
    shares = [f"{(end - begin) / 100:.2f}" for begin, end in zip([0, *cuts], [*cuts, 100], strict=True)]
    return split(*shares, balance=draw(integers(0, len(shares) - 1)) if draw(booleans()) else None)


def exact(rule: Split, total: int) -> list[Fraction]:
    return [Fraction(share.rate.text) * total for share in rule.shares]


@given(rule=splits(), total=fen)
def test_the_parts_add_up_and_none_is_negative(rule: Split, total: int) -> None:
    parts = rule.parts(total)
    assert sum(parts) == total
    assert min(parts) >= 0


@given(rule=splits(), total=fen)
def test_without_a_balance_nobody_is_a_whole_fen_away_from_their_share(rule: Split, total: int) -> None:
    """K-3: the fen that are missing go to the largest remainders, the first of equals first."""
    parts = Split(rule.key, rule.shares, None).parts(total)
    assert all(abs(part - share) < 1 for part, share in zip(parts, exact(rule, total), strict=True))
    favoured = [(share - int(share), -place) for place, share in enumerate(exact(rule, total)) if parts[place] > share]
    passed = [(share - int(share), -place) for place, share in enumerate(exact(rule, total)) if parts[place] <= share]
    assert not favoured or min(favoured) > max(passed)


@given(rule=splits(), total=fen)
def test_with_a_balance_everybody_else_is_rounded_half_up(rule: Split, total: int) -> None:
    """K-3: as far as it reaches; the balancing party takes what is left."""
    left, parts = total, rule.parts(total)
    for place, share in enumerate(exact(rule, total)):
        if rule.balance not in (None, place):
            assert parts[place] == min(int(share + Fraction(1, 2)), left)
            left -= parts[place]
    assert rule.balance is None or parts[rule.balance] == left


@given(rule=splits(), total=fen)
def test_less_than_nothing_is_the_mirror(rule: Split, total: int) -> None:
    """K-3: what takes a sum back leaves nobody a fen, with a balancing party or without."""
    parts, back = rule.parts(total), rule.parts(-total)
    assert [part + taken for part, taken in zip(parts, back, strict=True)] == [0] * len(parts)


def test_ninety_nine_fen_taken_back() -> None:
    """K-3, E-17a: 15, 25, 10 and 50 of 0.99, where the last takes what is left."""
    rule = split("0.15", "0.25", "0.10", "0.50", balance=3)
    assert (rule.parts(99), rule.parts(-99)) == ([15, 25, 10, 49], [-15, -25, -10, -49])


@pytest.mark.parametrize(
    ("shares", "balance", "total", "parts"),
    [
        (("0.70", "0.30"), 0, 5, [3, 2]),  # 1.5 rounds up
        (("0.70", "0.30"), 0, 1, [1, 0]),
        (("0.70", "0.30"), 1, 1, [1, 0]),
        (("0.50", "0.50"), 0, 1, [0, 1]),
        (("0.50", "0.50"), None, 1, [1, 0]),  # equal remainders: the first
        (("0.33", "0.33", "0.34"), None, 1, [0, 0, 1]),  # the largest remainder
        (("0.33", "0.33", "0.34"), None, 2, [1, 0, 1]),
        (("0.5", "0.25", "0.25"), None, 2, [1, 1, 0]),
        (("0.05", "0.475", "0.475"), None, 10, [0, 5, 5]),  # remainders of unlike denominators are compared exactly
        (("0.5", "0.17", "0.33"), None, 1, [1, 0, 0]),  # a half is more than 33 hundredths
        (("0.17", "0.33", "0.5"), None, 1, [0, 0, 1]),
        (("0.2", "0.4", "0.4"), 0, 2, [0, 1, 1]),
        (("0.4", "0.5", "0.1"), 2, 1, [0, 1, 0]),
        (("0.5", "0.5", "0"), 2, 1, [1, 0, 0]),  # both round up; the second finds nothing left
        (FIVE, None, 1, [1, 0, 0, 0, 0]),
        (FIVE, None, 3, [1, 1, 1, 0, 0]),
        (FIVE, None, 7, [3, 2, 1, 1, 0]),
        (FIVE, 0, 3, [2, 1, 0, 0, 0]),
        (FIVE, None, 10001, [4001, 2500, 1500, 1500, 500]),
        (("1",), None, 7, [7]),
        (("1",), 0, 7, [7]),
        (("1", "0"), None, 0, [0, 0]),
    ],
)
def test_sums_that_do_not_divide(shares: tuple[str, ...], balance: int | None, total: int, parts: list[int]) -> None:
    assert split(*shares, balance=balance).parts(total) == parts


@given(rule=splits(), amounts=lists(small | fen, max_size=8))
def test_bit_by_bit_every_sum_is_shared_whole(rule: Split, amounts: list[int]) -> None:
    """K-15: each sum goes out whole, nobody gives anything back."""
    given_before = [0] * len(rule.shares)
    for amount in amounts:
        parts = rule.next_parts(amount, given_before)
        assert sum(parts) == amount
        assert min(parts) >= 0
        given_before = [had + part for had, part in zip(given_before, parts, strict=True)]


@given(rule=splits(), amounts=lists(fen, min_size=1, max_size=8))
def test_bit_by_bit_comes_to_the_same_as_at_once(rule: Split, amounts: list[int]) -> None:
    """K-15: as long as nobody had more than their part of the whole, splitting a sum gains nobody a fen."""
    had = [0] * len(rule.shares)
    for amount, whole in zip(amounts, accumulate(amounts), strict=True):
        wanted = rule.parts(whole)
        parts = rule.next_parts(amount, had)
        had_too_much = any(before > want for before, want in zip(had, wanted, strict=True))
        had = [before + part for before, part in zip(had, parts, strict=True)]
        assert had_too_much or had == wanted


@given(share=integers(0, 100), balance=integers(0, 1), amounts=lists(small | fen, max_size=8))
def test_between_two_the_bits_are_always_the_whole(share: int, balance: int, amounts: list[int]) -> None:
    """A-10.2: a larger whole lowers neither part, so nobody ever had too much."""
    rule = split(f"{share / 100:.2f}", f"{1 - share / 100:.2f}", balance=balance)
    had = [0, 0]
    for amount in amounts:
        had = [before + part for before, part in zip(had, rule.next_parts(amount, had), strict=True)]
    assert had == rule.parts(sum(amounts))


@pytest.mark.parametrize(
    ("shares", "balance", "before", "amount", "parts"),
    [
        (("0.33", "0.33", "0.34"), 2, [0, 0, 1], 1, [0, 1, 0]),  # of 2 the balance wants nothing, and keeps its fen
        (("0.5", "0.3", "0.2"), None, [10, 0, 0], 4, [0, 1, 3]),  # what is short, the first of them lacks
        (("0.5", "0.3", "0.2"), 1, [10, 0, 0], 4, [0, 1, 3]),  # or the balancing party, where there is one
        (("0.5", "0.3", "0.2"), 2, [10, 0, 0], 4, [0, 4, 0]),
        (("0.7", "0.3"), 0, [0, 9], 1, [1, 0]),
        (("0.7", "0.3"), 0, [0, 0], 0, [0, 0]),
    ],
)
def test_whoever_had_too_much_gets_nothing_until_the_others_have_theirs(
    shares: tuple[str, ...], balance: int | None, before: list[int], amount: int, parts: list[int]
) -> None:
    assert split(*shares, balance=balance).next_parts(amount, before) == parts


@given(rule=splits(), total=fen)
def test_the_answer_names_each_part_with_its_party_and_what_it_rests_on(rule: Split, total: int) -> None:
    answer = rule.outcome(total)
    assert (answer.value, answer.unit) == (rule.parts(total), "fen")
    basis = (Basis("X.money.split", "X-1", "", "company"),)
    assert [(step.name, step.value, step.unit, step.rests_on) for step in answer.steps] == [
        (share.name, part, "fen", basis) for share, part in zip(rule.shares, rule.parts(total), strict=True)
    ]


def test_a_party_may_rest_on_a_clause_of_its_own_and_is_named_in_words() -> None:
    version = {
        "shares": [{"name": "account_manager", "share": "0.7", "source": "X-2"}, {"name": "b", "share": "0.3"}],
        "source": "X-1",
    }
    answer = split_of("X.money.split", version).outcome(10)
    assert [(step.name, step.rests_on[0].source) for step in answer.steps] == [("account manager", "X-2"), ("b", "X-1")]


A, B = "{ name = 'a', share = 0.7 }", "{ name = 'b', share = 0.3 }"


@pytest.mark.parametrize(
    ("shares", "line"),
    [
        (f"[{A}, {B}]", ""),
        ("[{ name = 'a', share = 1 }]", ""),
        ("[{ name = 'a', share = 0.5, balance = false }, { name = 'b', share = 0.5, balance = true }]", ""),
        ("[{ name = 'a', share = 0.333333 }, { name = 'b', share = 0.666667 }]", ""),
        (f"[{A}]", "the shares add up to 70 %, not to 100 %"),
        (f"[{A}, {B}, {{ name = 'c', share = 0.000001 }}]", "the shares add up to 100.0001 %, not to 100 %"),
        (f"[{A}, {A.replace('0.7', '0.3')}]", "every party of a split needs a name of its own"),
        (f"[{A}, {{ share = 0.3 }}]", "every party of a split needs a name of its own"),
        (f"[{A}, {{ name = '', share = 0.3 }}]", "every party of a split needs a name of its own"),
        (
            "[{ name = 'a', share = 0.5, balance = true }, { name = 'b', share = 0.5, balance = true }]",
            "only one party can take the remainder",
        ),
        (f"[{A}, {{ name = 1, share = 0.3 }}]", "every party of a split needs a name of its own"),
        (
            f"[{A.replace('name', 'balance = true, name')}, {B.replace('name', 'balance = 1, name')}]",
            "balance must be true",
        ),
        ("3", "shares must be a list of parties, such as {"),
        (
            f"[{A}, {{ name = 'b', share = '30 %' }}]",
            "every share must be a decimal, such as 0.15 for fifteen per cent",
        ),
        (f"[{A}, {{ name = 'b' }}]", "every share must be a decimal, such as 0.15 for fifteen per cent"),
        ("[{ name = 'a', share = 1.5 }, { name = 'b', share = -0.5 }]", "every share must be a decimal"),
        (f"[{A}, {B.replace('share', 'rest = 0, share')}]", "has a field nobody reads: rest; the fields are balance,"),
        ("[]", "shares must be a list of parties, such as {"),
        ("['a', 'b']", "shares must be a list of parties, such as {"),
        ("0.7", "shares must be a list of parties, such as {"),
    ],
)
def test_a_split_that_shares_nothing_or_more_than_all_is_a_fault(shares: str, line: str, tmp_path: Path) -> None:
    text = f'[who]\nkind = "split"\nlabel = {BOTH}\n[[who.version]]\norigin = "seed"\nsource = "X-1"\nshares = {shares}'
    said = lines(found(tmp_path, {**REGULATION, "share.toml": text})[1])
    assert len(said) == bool(line), said
    assert all(one.startswith(f"share.toml [who] {line}") for one in said)
