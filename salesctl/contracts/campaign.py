"""What a campaign sent and earned, and its price per thousand sends, exactly (A-3.2, AMB-A3-d); pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.policy.units import Rate, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from salesctl.policy.units import Fen

SHARE = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?")
THOUSAND = 1000  # CPM is the price of so many sends


class Data(Record):
    """What a test, or the live campaign, sent and earned; actions at their price (CPA), sales at their rate (CPS)."""

    sends: int
    actions: int = 0
    price: Fen = 0
    sales: Fen = 0
    rate: str = "0"

    def per_thousand(self) -> tuple[int, int]:
        """The price of a thousand sends as a fraction of fen, over and under.

        Raises:
            NothingSent: without sends there is none.
            Invalid: the rate is no share of one.
        """
        if self.sends < 1:
            raise NothingSent(sends=self.sends)
        if not SHARE.fullmatch(self.rate):
            raise Invalid(value=shown(self.rate), what=N_("a share of one"), example="0.075")
        rate = Rate.of(self.rate)
        return THOUSAND * (self.actions * self.price * rate.under + self.sales * rate.over), self.sends * rate.under


class NothingSent(SalesctlError):
    """Data without a single send have no price for a thousand of them."""

    code, status = "contract.nothing-sent", WRONG
    says = N_("{sends} sends have no price per thousand.")
    hint = N_("Correct the number of sends; they are counted from 1.")
