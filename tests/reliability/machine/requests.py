"""Requests for commission: asked, endorsed, granted, rejected, returned, revised, withdrawn (A-5, A-6)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.reliability.machine.base import REASON, Modelled, yuan

THROUGH, BELOW = 500_000, 1_000_000  # A-6 on 100 000.00: 5 % through is the manager's, below 10 % the director's

WAITING = ("pending", "endorsed")


class Requests(Modelled):
    """What was granted on the one contract counts together, so a request is measured with all before it (K-15)."""

    def _level(self, number: str, amount: int) -> str:
        together = amount + sum(
            one["amount"] for n, one in self.requests.items() if n != number and one["state"] == "granted"
        )
        return "own" if together <= THROUGH else "zhou" if together < BELOW else "gm"  # fmt: skip

    @precondition(lambda self: len(self.requests) < 12)
    @rule(amount=st.one_of(st.integers(1, 600_000), st.integers(1, 2_000_000)))
    def ask(self, amount: int) -> None:
        number = f"A-{len(self.requests) + 1}"
        self._do(f"approve commission --contract HT-1 --amount {yuan(amount)} --as lin --again")
        state = "granted" if self._level(number, amount) == "own" else "pending"
        self.requests[number] = {"state": state, "amount": amount, "decider": "lin"}

    def _in(self, *states: str) -> list[str]:
        return sorted(number for number, one in self.requests.items() if one["state"] in states)

    @precondition(lambda self: bool(self._in(*WAITING)))
    @rule(data=st.data(), who=st.sampled_from(("lin", "chen", "zhou", "gm", "board", "ma")), is_endorsed=st.booleans())
    def grant(self, data: Any, who: str, is_endorsed: bool) -> None:
        """A-5.4, A-6: whoever is of the grade, and nobody else; what is the general manager's is endorsed first."""
        number = data.draw(st.sampled_from(self._in(*WAITING)))
        one = self.requests[number]
        level = self._level(number, one["amount"])
        if is_endorsed and level == "gm" and one["state"] != "endorsed":
            self._do(f"approve endorse {number} --as zhou")
            one["state"] = "endorsed"
        may = {"own": ("zhou", "gm"), "zhou": ("zhou", "gm"), "gm": ("gm",)}[level]
        if who in may and (level != "gm" or one["state"] == "endorsed"):
            self._do(f"approve grant {number} --as {who}")
            one["state"], one["decider"] = "granted", who
            self._refuse(f"approve grant {number} --as gm", 2)
        else:
            self._refuse(f"approve grant {number} --as {who}", 7)

    @precondition(lambda self: bool(self._in(*WAITING, "returned")))
    @rule(data=st.data(), how=st.sampled_from(("withdraw", "reject", "return")))
    def end(self, data: Any, how: str) -> None:
        number = data.draw(st.sampled_from(self._in(*WAITING) or self._in("returned")))
        one = self.requests[number]
        if one["state"] == "returned" and how != "withdraw":
            self._refuse(f"approve {how} {number} {REASON} --as gm", 2)
            return
        self._refuse(f"approve grant {number} --as lin", 7, 2)  # her own, and over her limit
        who = "lin" if how == "withdraw" else "gm"
        self._do(f"approve {how} {number} {REASON} --as {who}")
        one["state"] = {"withdraw": "withdrawn", "reject": "rejected", "return": "returned"}[how]

    @precondition(lambda self: bool(self._in(*WAITING, "returned")))
    @rule(data=st.data(), amount=st.integers(1, 2_000_000))
    def revise(self, data: Any, amount: int) -> None:
        """A-5.4, K-12: another amount is another question, for somebody else; an endorsement was of the old one."""
        number = data.draw(st.sampled_from(self._in(*WAITING, "returned")))
        self._do(f"approve revise {number} --amount {yuan(amount)} --text 改 --as lin")
        self.requests[number] = {"state": "pending", "amount": amount, "decider": ""}

    @precondition(lambda self: bool(self._in("rejected", "withdrawn")))
    @rule(data=st.data(), verb=st.sampled_from(("grant", "withdraw", "reject")))
    def too_late(self, data: Any, verb: str) -> None:
        over = data.draw(st.sampled_from(self._in("rejected", "withdrawn")))
        self._refuse(f"approve {verb} {over} {REASON} --as gm", 2, 7)
