"""An amount in Chinese capitals, as vouchers and cheques must write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.policy.units import LARGEST

if TYPE_CHECKING:
    from salesctl.policy.units import Fen

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
CURRENCY = "人民币"


def capitals(fen: Fen) -> str:
    """`1302000` as `人民币壹万叁仟零贰拾元整`: the currency stands before the amount with no room between.

    Where the Basic Norms of Accounting (会计基础工作规范, article 52) and the rules for cheques leave a choice, the
    form that is hardest to alter: 整 after 元 and after 角, which the norms demand and the cheque's rules allow; one 零
    for each run of zeros between two digits of the yuan; 零 between 元 and 分.

    Args:
        fen: the amount in fen, from nothing to the largest the ledger holds.

    Raises:
        ValueError: an amount below zero or beyond the ledger.
    """
    if not 0 <= fen <= LARGEST:
        raise ValueError(f"no amount to write in capitals: {fen}")
    whole, (jiao, rest) = fen // 100, divmod(fen % 100, 10)
    text = CURRENCY + (f"{_whole(whole)}元" if whole else "")
    if jiao:
        text += f"{DIGITS[jiao]}角"
    if rest:
        return f"{text}{'零' if whole and not jiao else ''}{DIGITS[rest]}分"
    return f"{text}{'' if fen else '零元'}整"


def _whole(number: int) -> str:
    """A number above zero: each digit with its place, each group of four with its own."""
    digits, text, is_open = str(number), "", False  # whether the group has had a digit, and so needs its name
    for at, digit in enumerate(digits):
        place = len(digits) - at - 1
        if digit != "0":
            is_gap = text and digits[at - 1] == "0"
            text += f"{'零' if is_gap else ''}{DIGITS[int(digit)]}{PLACES[place % 4]}"
            is_open = True
        if place % 4 == 0 and is_open:
            text, is_open = text + GROUPS[place // 4], False
    return text
