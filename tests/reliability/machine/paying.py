"""Commission is paid and confirmed; what the customer did not get is proposed as a fine (A-6.4 to A-6.5c, K-10)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.reliability.machine.base import Modelled, yuan

PAYEE = "--payee 云帆 --kind customer_company"


class Paying(Modelled):
    """Settle what was granted, and decide on the fines that come of it."""

    def _left(self, request: str) -> int:
        paid = sum(one["amount"] for one in self.payments.values() if one["request"] == request)
        return int(self.requests[request]["amount"] - paid)

    def _payable(self) -> list[str]:
        return sorted(n for n, one in self.requests.items() if one["state"] == "granted" and self._left(n))

    @precondition(lambda self: bool(self._payable()))
    @rule(data=st.data())
    def settle(self, data: Any) -> None:
        """A-6.4, K-12: within what was granted, on a form of its own, and not by whoever decided it."""
        request = data.draw(st.sampled_from(self._payable()))
        left = self._left(request)
        number = f"P-{len(self.payments) + 1}"
        form = f"--form L-{number}"
        self._refuse(f"commission pay {request} --amount {yuan(left + 1)} {PAYEE} {form} --as lin", 7)
        if (decider := self.requests[request]["decider"]) != "lin":
            self._refuse(f"commission pay {request} --amount {yuan(left)} {PAYEE} {form} --as {decider}", 7)
        amount = data.draw(st.integers(1, left))
        self._do(f"commission pay {request} --amount {yuan(amount)} {PAYEE} {form} --as lin")
        self.payments[number] = {"request": request, "amount": amount, "confirmed": None, "fine": ""}

    @precondition(lambda self: any(one["confirmed"] is None for one in self.payments.values()))
    @rule(data=st.data())
    def confirm(self, data: Any) -> None:
        """A-6.5: whoever asked for it does not say what the customer got; what is short is proposed as a fine."""
        number = data.draw(st.sampled_from(sorted(n for n, one in self.payments.items() if one["confirmed"] is None)))
        one = self.payments[number]
        got = data.draw(st.one_of(st.just(one["amount"]), st.integers(0, one["amount"])))
        line = f"commission confirm {number} --received {yuan(got)} --evidence 收据"
        self._refuse(f"{line} --as lin", 7)
        self._do(f"{line} --as chen")
        one["confirmed"] = got
        if got < one["amount"]:
            one["fine"] = f"F-{len(self.fines) + 1}"
            self.fines[one["fine"]] = "proposed"

    @precondition(lambda self: "proposed" in self.fines.values())
    @rule(data=st.data(), verb=st.sampled_from(("confirm", "waive")), who=st.sampled_from(("zhou", "gm")))
    def decide(self, data: Any, verb: str, who: str) -> None:
        """K-10, K-12: not whoever is fined, nor whoever reported it."""
        number = data.draw(st.sampled_from(sorted(n for n, state in self.fines.items() if state == "proposed")))
        reason = " --reason 测试" if verb == "waive" else ""
        for other in ("lin", "chen"):
            self._refuse(f"fine {verb} {number}{reason} --as {other}", 7)
        self._do(f"fine {verb} {number}{reason} --as {who}")
        self.fines[number] = f"{verb}ed" if verb == "confirm" else "waived"
        self._refuse(f"fine confirm {number} --as gm", 2)
