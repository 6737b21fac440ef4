"""The two accounts of an account manager: which there are, and which rates the second may have (A-9.2); pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Invalid, SalesctlError, Unknown
from salesctl.policy.units import Rate, shown

if TYPE_CHECKING:
    from salesctl.policy.checklist import Item
    from salesctl.policy.outcome import Basis
    from salesctl.policy.policy import Chapter

SHARE = re.compile(r"[0-9](\.[0-9]{1,6})?")


class RateOutOfReach(SalesctlError):
    """A rate of the commission account that the regulation does not allow."""

    code, status = "expense.rate", WRONG
    says = N_("The sales commission account cannot hold {rate}: the regulation allows {least} to {most} (A-9.2b).")
    hint = N_("Give a rate inside that span; both ends are allowed.")


def account_named(name: str, chapter: Chapter) -> Item:
    """The account of that name.

    Raises:
        Unknown: there is none.
    """
    items = {item.name: item for item in chapter.checklist("accounts").items}
    if name not in items:
        listing = f"salesctl policy show {chapter.chapter}.accounts"
        raise Unknown(what=N_("account"), value=shown(name), candidates=", ".join(items), listing=listing)
    return items[name]


def commission_rate(text: str, chapter: Chapter) -> tuple[Rate, Basis]:
    """A rate of the commission account, both ends of its span allowed (AMB-A9-d).

    Raises:
        Invalid: it is no decimal.
        RateOutOfReach: it lies outside the span.
    """
    if not SHARE.fullmatch(text):
        raise Invalid(value=shown(text), what=N_("a share of one"), example="0.08")
    share = Rate.of(text)
    (least, _lower), (most, basis) = chapter.rate("least_commission_rate"), chapter.rate("most_commission_rate")
    is_enough = share.holds(least.over, least.under, inclusive=True)
    if not (is_enough and most.holds(share.over, share.under, inclusive=True)):
        raise RateOutOfReach(rate=share.percent(), least=least.percent(), most=most.percent())
    return share, basis
