"""Money, rates and months: exact to the fen and to the day (K-1 to K-5)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesctl.errors import Invalid, SalesctlError
from salesctl.policy.units import (
    LARGEST,
    Rate,
    TooExact,
    TooLarge,
    add_months,
    earliest_within,
    nfkc,
    over,
    parse_money,
    plain_yuan,
    shown,
    yuan,
)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("9300", 930_000),
        ("9,300.00", 930_000),
        ("1,234.50", 123_450),
        ("１２３．４５", 12_345),
        ("１，２３４．５", 123_450),
        ("￥100", 10_000),
        ("¥ 100", 10_000),
        ("100元", 10_000),
        (" 0.01 ", 1),
        ("0.1", 10),
        ("007", 700),
        ("0", 0),
        ("999,999,999,999.99", LARGEST),
    ],
)
def test_money_is_read_as_offices_write_it(text: str, fen: int) -> None:
    assert parse_money(text) == fen


@pytest.mark.parametrize("text", ["100.005", "0.001", "1.000"])
def test_a_third_decimal_is_refused_and_never_rounded(text: str) -> None:
    with pytest.raises(TooExact):
        parse_money(text)


@pytest.mark.parametrize("text", ["99999999999999999999", "1,000,000,000,000.00"])
def test_more_than_the_ledger_holds_is_refused(text: str) -> None:
    with pytest.raises(TooLarge):
        parse_money(text)


NOT_NUMBERS = "NaN Infinity 1e5 1_000 0x10 -0 --5 -5 +5 . .5 5. 1.2.3 1,23,456 1234,567 12,34 ,100 1,0000 100.5. 1'000"
NOT_MONEY = [*NOT_NUMBERS.split(), "5²", "①", "٣", "一百", "$100", "１００％", "", " ", "1 000"]


@pytest.mark.parametrize("text", NOT_MONEY)
def test_anything_else_is_not_money(text: str) -> None:
    with pytest.raises(Invalid):
        parse_money(text)


@given(st.integers(0, LARGEST))
def test_money_written_out_reads_back(fen: int) -> None:
    assert parse_money(yuan(fen)) == parse_money(plain_yuan(fen)) == fen


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_money(text: str) -> None:
    try:
        fen = parse_money(text)
    except SalesctlError:
        return
    assert 0 <= fen <= LARGEST


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("云帆 a-1", "云帆 a-1"),
        ("a\tb\x1b[31m\u202e", "a\\u0009b\\u001b[31m\\u202e"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60 + "..."),
        (12, "12"),
    ],
)
def test_a_value_is_printed_back_without_control_signs_and_not_endlessly(text: object, printed: str) -> None:
    assert shown(text) == printed
    assert shown("abcdef", 5) == "abcde..."


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=20))
def test_compatible_signs_are_the_plain_ones(text: str) -> None:
    """Whether a text goes by the table or is plain already."""
    assert nfkc(text) == normalize("NFKC", text)


def test_full_width_signs_are_plain_and_common_characters_stay() -> None:
    assert nfkc("１２３．４５ ＡＢ～云帆\u4e00\u9fff") == "123.45 AB~云帆\u4e00\u9fff"
    assert nfkc("㈱\u2460") == "(株)1"


rates = st.decimals(0, 1, places=4).map(lambda d: f"{d:.4f}")
amounts = st.integers(0, LARGEST)


@given(rate=rates, part=amounts, base=amounts, inclusive=st.booleans())
def test_a_share_is_compared_exactly(rate: str, part: int, base: int, inclusive: bool) -> None:
    """K-2: cross-multiplied, equal to the comparison of fractions."""
    exact = Fraction(rate) * base
    assert Rate.of(rate).holds(part, base, inclusive=inclusive) == (part <= exact if inclusive else part < exact)


@given(rate=rates, base=amounts)
def test_a_ceiling_rounds_down(rate: str, base: int) -> None:
    """K-3."""
    limit = Rate.of(rate).limit(base)
    assert limit <= Fraction(rate) * base < limit + 1


@pytest.mark.parametrize(
    ("text", "said"), [("0.05", "5 %"), ("0.10", "10 %"), ("0.075", "7.5 %"), ("1", "100 %"), ("0", "0 %")]
)
def test_a_rate_is_said_in_per_cent(text: str, said: str) -> None:
    assert Rate.of(text).percent() == said


def corresponding(due: date, months: int) -> date:
    """The oracle of K-5, by calendar alone: the same number in the later month, or that month's last day."""
    year, month = divmod(due.year * 12 + due.month - 1 + months, 12)
    return date(year, month + 1, min(due.day, monthrange(year, month + 1)[1]))


EVERY_DAY = [date(2010, 1, 1) + timedelta(days=n) for n in range((date(2017, 1, 1) - date(2010, 1, 1)).days)]
A_DAY = timedelta(days=1)


def test_month_arithmetic_is_one_definition() -> None:
    """K-5: every due day of seven years, 0 to 24 months: the corresponding day is within, the next is over."""
    wrong = []
    for due in EVERY_DAY:
        for months in range(25):
            last = corresponding(due, months)
            if add_months(due, months) != last or over(due, months, last) or not over(due, months, last + A_DAY):
                wrong.append((due, months))
    assert not wrong
    assert len(EVERY_DAY) * 25 == 63_925


@pytest.mark.parametrize("months", [0, 1, 2, 4, 6, 12, 24])
def test_one_day_decides_a_whole_column(months: int) -> None:
    """`earliest_within`: it is not yet over, and the day before it is."""
    for on in EVERY_DAY:
        earliest = earliest_within(months, on)
        assert corresponding(earliest, months) >= on > corresponding(earliest - A_DAY, months)


@pytest.mark.parametrize(
    ("due", "months", "last"),
    [
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-12-30", 2, "2026-02-28"),
        ("2025-12-29", 2, "2026-02-28"),
        ("2025-12-28", 2, "2026-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2012-02-15", 2, "2012-04-15"),
        ("2012-08-31", 6, "2013-02-28"),
        ("2012-07-01", 2, "2012-09-01"),
    ],
)
def test_the_last_day_within(due: str, months: int, last: str) -> None:
    """K-5, AMB-A8-a: months' ends fall back, never forward; the end of a month is not remembered."""
    day = date.fromisoformat(last)
    assert add_months(date.fromisoformat(due), months) == day
    assert not over(date.fromisoformat(due), months, day)
    assert over(date.fromisoformat(due), months, day + A_DAY)
