"""Money, rates, months: the arithmetic every regulation shares, exact to the fen (K-1 to K-5)."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, TypeAlias

from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Fen: TypeAlias = int  # an amount of money; 1 yuan = 100 fen
Price: TypeAlias = int  # of one unit, in ten-thousandths of a yuan; a sum of money is never kept so

# Full-width signs as plain ones, and no other folding: `5²` must not become 52.
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {ord("￥"): "¥", ord("\u3000"): " "}
LARGEST = 10**14 - 1  # 999 999 999 999.99 yuan; times a rate's figures it stays below 2**63


class TooExact(SalesctlError):
    """Money with more than two decimals: never rounded."""

    code, status = "money.too-exact", WRONG
    says = N_("{value!r} has more than two decimals; money is never rounded on the way in.")
    hint = N_("Write the amount to the fen, like 1,234.50.")


class TooExactPrice(TooExact):
    """A price of one unit with more than four decimals: never rounded."""

    says = N_("{value!r} has more than four decimals; a price is never rounded on the way in.")
    hint = N_("Write the price of one unit to the hundredth of a fen, like 0.0455.")


class TooLarge(SalesctlError):
    """Money beyond what the ledger holds."""

    code, status = "money.too-large", WRONG
    says = N_("{value!r} is more than the ledger holds in one amount.")
    hint = N_("The largest amount is 999,999,999,999.99.")


def parse_money(text: str) -> Fen:
    """Read `9300`, `9,300.00`, `￥100`, `１２３．４５` as fen; no sign, no exponent, at most two decimals.

    Raises:
        Invalid: not an amount.
        TooExact: a third decimal.
        TooLarge: over 12 digits of yuan.
    """
    return _parsed(text, 2, TooExact)


def parse_price(text: str) -> Price:
    """Read `0.045`, `300`: the price of one unit, as money but with up to four decimals, as for a click or a message.

    Raises:
        Invalid, TooLarge: as `parse_money`.
        TooExactPrice: a fifth decimal.
    """
    return _parsed(text, 4, TooExactPrice)


def _parsed(text: str, places: int, too_exact: type[TooExact]) -> int:
    plain = text.translate(NARROW).strip().removeprefix("¥").removesuffix("元").strip()
    whole, dot, decimals = plain.partition(".")
    groups = whole.split(",")
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        groups = [""]
    digits = "".join(groups)
    if not (_is_digits(digits) and (_is_digits(decimals) if dot else True)):
        raise Invalid(value=shown(text), what=N_("an amount of money"), example=N_("9300, 9,300.00"))
    if len(decimals) > places:
        raise too_exact(value=shown(text))
    if len(digits.lstrip("0")) > 12:
        raise TooLarge(value=shown(text))
    return int(digits + decimals.ljust(places, "0"))


def nfkc(text: str) -> str:
    """Full-width and other compatible signs as the plain ones: `１２３．４５` is `123.45`.

    ASCII and the common Han characters are their own plain form; only other text pays for the table.
    """
    if all(c < "\x7f" or "\u4e00" <= c <= "\u9fff" for c in text):
        return text
    from unicodedata import normalize

    return normalize("NFKC", text)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def shown(text: object, longest: int = 60) -> str:
    """A value as it may be printed back: no control characters, not endless."""
    plain = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(text)[: longest + 1])
    return plain if len(plain) <= longest else plain[:longest] + "..."


def yuan(fen: Fen) -> str:
    """Fen as people write them: `186,000.00`."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def plain_yuan(fen: Fen) -> str:
    """Fen as a decimal string for programs: `186000.00`."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def price(value: Price) -> str:
    """A price as people write it: `300.00`, `0.045`; what lies beyond the fen only where there is any."""
    return _to_the_fen(value, f"{abs(value) // 10_000:,}")


def plain_price(value: Price) -> str:
    """A price as a decimal string for programs."""
    return _to_the_fen(value, str(abs(value) // 10_000))


def _to_the_fen(value: Price, whole: str) -> str:
    decimals = f"{abs(value) % 10_000:04d}".rstrip("0").ljust(2, "0")
    return f"{'-' if value < 0 else ''}{whole}.{decimals}"


class Rate(Record):
    """An exact share, such as 5/100; compared by cross-multiplication, never rounded (K-2)."""

    over: int
    under: int
    text: str

    @classmethod
    def of(cls, text: str) -> Rate:
        """Read a decimal such as `0.05`."""
        whole, _, decimals = text.partition(".")
        return cls(int(whole + decimals), 10 ** len(decimals), text)

    def holds(self, part: int, base: int, *, inclusive: bool) -> bool:
        """Whether `part` is within this share of `base`; `inclusive` counts the figure itself (K-4)."""
        left, right = part * self.under, base * self.over
        return left <= right if inclusive else left < right

    def limit(self, base: int) -> int:
        """The largest whole number within this share of `base`; ceilings round down (K-3)."""
        return base * self.over // self.under

    def least(self, base: int) -> int:
        """The smallest whole number that is not below this share of `base`; minimum amounts round up (K-3)."""
        return -(-base * self.over // self.under)

    def half_up(self, base: int) -> int:
        """This share of `base`, half a unit rounded up (K-3)."""
        return (2 * base * self.over + self.under) // (2 * self.under)

    def percent(self) -> str:
        """As people write it: `5 %`."""
        whole, rest = divmod(self.over * 100, self.under)
        decimals = f"{rest / self.under:.6f}"[2:].rstrip("0")
        return f"{whole}.{decimals} %" if decimals else f"{whole} %"


def apportion(total: int, shares: Sequence[Rate], balance: int | None = None) -> list[int]:
    """Split a whole into parts that add up to it; the only place that rounds a share (K-3).

    Args:
        total: what is split, in whole units; a negative one, which takes something back, is the mirror of its opposite.
        shares: each party's share, in the order of the rule; together they are one.
        balance: the place of the party that takes the remainder, where the rule names one.

    Returns:
        The parts in the order of the shares. With a balancing party everybody else's part is rounded half up, in
        order and never beyond what is left. Without one the missing units go to the largest remainders, the first
        of equals first.
    """
    if total < 0:
        return [-part for part in apportion(-total, shares, balance)]
    if balance is None:
        parts = [share.limit(total) for share in shares]
        common = lcm(*(share.under for share in shares))
        lost = [total * share.over % share.under * (common // share.under) for share in shares]
        for place in sorted(range(len(shares)), key=lambda n: -lost[n])[: total - sum(parts)]:
            parts[place] += 1
        return parts
    parts, left = [0] * len(shares), total
    for place, share in enumerate(shares):
        if place != balance:
            parts[place] = min(share.half_up(total), left)
            left -= parts[place]
    parts[balance] = left
    return parts


def by_need(amount: int, given: Sequence[int], shares: Sequence[Rate], balance: int | None = None) -> list[int]:
    """Split what comes next so that the parts given so far and these together are the split of the whole.

    Args:
        amount: what is split now.
        given: what each party was given before.
        shares, balance: as in `apportion`.

    Returns:
        The parts of `amount`, none negative; splitting a sum into many gains nobody a unit (K-15).
    """
    wanted = apportion(sum(given) + amount, shares, balance)
    needs = [max(want - had, 0) for want, had in zip(wanted, given, strict=True)]
    order = sorted(range(len(needs)), key=lambda place: place != balance)
    for place in order:  # whoever was given too much before leaves less for the others, the balancing party first
        needs[place] -= min(needs[place], max(sum(needs) - amount, 0))
    return needs


def add_months(day: date, months: int) -> date:
    """The day with the same number `months` later, or that month's last day (K-5)."""
    from dateutil.relativedelta import relativedelta

    later: date = day + relativedelta(months=months)
    return later


def over(due: date, months: int, on: date) -> bool:
    """Whether `on` is more than `months` months past `due`: the corresponding day is not yet over (K-5)."""
    return on > add_months(due, months)


def earliest_within(months: int, on: date) -> date:
    """The earliest due day that is not yet over `months` months on `on`.

    A due day before it is over. `add_months` never decreases, so this one day decides a whole column: ageing a
    million rows takes one comparison a row.
    """
    from datetime import timedelta

    day = add_months(on, -months) - timedelta(days=3)  # a month's end may pull up to three days back
    while add_months(day, months) < on:
        day += timedelta(days=1)
    return day
