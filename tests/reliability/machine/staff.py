"""Customers are registered and change hands; outings are filed, left for and come back from (A-1)."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.reliability.machine.base import CUSTOMERS, Modelled

NAMED = (
    "成都锦江食品厂",
    "西安大雁印务",
    "武汉黄鹤船运",
    "南京紫金医药",
    "青岛崂山啤酒",
    "昆明滇池花卉",
    "长春净月汽配",
    "拉萨布达旅行社",
)


class Staff(Modelled):
    """Register, transfer, visit."""

    def _is_open(self, name: str) -> bool:
        return any(one["state"] == "open" and name in one["customers"] for one in self.handovers.values())

    @precondition(lambda self: len(self.customers) < len(NAMED))
    @rule(owner=st.sampled_from(("lin", "chen", "hu", "hu")))
    def register(self, owner: str) -> None:
        """Once: the same name again is refused, however it is written."""
        name = NAMED[len(self.customers)]
        if owner == "hu" and any(one["state"] == "open" for one in self.handovers.values()):
            owner = "lin"  # what a handover covers is settled when it starts
        self._do(f"customer add {name} --owner {owner}")
        self.customers[name] = {"owner": owner, "since": self.now.date()}
        self._refuse(f"customer add {name[:2]}\u200b{name[2:]} --owner chen", 2)

    @precondition(lambda self: bool(self.customers))
    @rule(data=st.data(), to=st.sampled_from(("lin", "chen")))
    def transfer(self, data: Any, to: str) -> None:
        """Half-open intervals: not to who has it, nor twice on a day; not while a handover is under way (E-16)."""
        name = data.draw(st.sampled_from(sorted(self.customers)))
        one, today = self.customers[name], self.now.date()
        line = f"customer transfer {name} --to {to}"
        if self._is_open(name) or one["owner"] == to or one["since"] >= today:
            self._refuse(line, 2)
        else:
            self._do(line)
            self.customers[name] = {"owner": to, "since": today}

    def _current(self, who: str) -> str:
        """The outing of today that is under way."""
        found = [
            n
            for n, one in self.visits.items()
            if (one["who"], one["day"]) == (who, self.now.date()) and one["state"] != "returned"
        ]
        return found[0] if found else ""  # fmt: skip

    @rule(who=st.sampled_from(("lin", "chen")), customer=CUSTOMERS)
    def outing(self, who: str, customer: str) -> None:
        """Filed, left, returned: each step once and in order; what is under way goes on first."""
        if not (number := self._current(who)):
            self._refuse(f"visit leave V-{len(self.visits) + 1} --as {who}", 2)
            self._do(f"visit log {customer} --as {who} --again")
            self.visits[f"V-{len(self.visits) + 1}"] = {"who": who, "state": "registered", "day": self.now.date()}
        elif self.visits[number]["state"] == "registered":
            self._do(f"visit leave {number} --as {who}")
            self.visits[number]["state"] = "out"
            self._refuse(f"visit leave {number} --as {who}", 2)
        else:
            self._do(f"visit return {number} --as {who}")
            self.visits[number]["state"] = "returned"
            self._refuse(f"visit return {number} --as {who}", 2)
