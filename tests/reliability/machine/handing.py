"""A handover from its start to its end, stage by stage (E)."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.reliability.machine.base import Modelled

STAGES = (
    "paper {n} all --as ma",
    "check {n} all --complete --true --as chen",
    "visit {n} {customers} --signer 王总 --as zhou",
    "join {n} he --role commerce --as zhou",
    "sign {n} all --as hu",
    "sign {n} all --as chen",
    "sign {n} all --as zhou",
    "deliver {n} --as zhou",
    "acknowledge {n} --as ma",
    "acknowledge {n} --as zhou",
)


class Handing(Modelled):
    """Hand over what 胡萍 serves to 陈涛, under 周岚."""

    def _of_hu(self) -> list[str]:
        return sorted(name for name, one in self.customers.items() if one["owner"] == "hu")

    def _under_way(self) -> str:
        return next((number for number, one in self.handovers.items() if one["state"] == "open"), "")

    @precondition(lambda self: bool(self._of_hu()) and not self._under_way())
    @rule()
    def start(self) -> None:
        """Everything stays with the transferor until it is complete; one at a time covers a customer."""
        number = f"H-{len(self.handovers) + 1}"
        self._do("handover start --from hu --to chen --as zhou")
        self.handovers[number] = {"state": "open", "stage": 0, "customers": self._of_hu()}
        self._refuse("handover start --from hu --to chen --as zhou", 2)
        self._refuse(f"handover complete {number} --as zhou", 7)

    @precondition(lambda self: bool(self._under_way()))
    @rule(steps=st.integers(1, 5))
    def go_on(self, steps: int) -> None:
        """E-4 to E-16: stage by stage; complete with the last, on a later day than the newest customer came."""
        number = self._under_way()
        one = self.handovers[number]
        for _step in range(steps):
            if one["stage"] < len(STAGES):
                self._do("handover " + STAGES[one["stage"]].format(n=number, customers=" ".join(one["customers"])))
                one["stage"] += 1
        if one["stage"] < len(STAGES):
            self._refuse(f"handover complete {number} --as zhou", 7)
            return
        self._refuse(f"handover complete {number} --as hu", 7)
        if any(self.customers[name]["since"] >= self.now.date() for name in one["customers"]):
            self._refuse(f"handover complete {number} --as zhou", 2)
            return
        self._do(f"handover complete {number} --as zhou")
        one["state"] = "complete"
        for name in one["customers"]:
            self.customers[name] = {"owner": "chen", "since": self.now.date()}

    @precondition(lambda self: bool(self._under_way()))
    @rule(dice=st.integers(0, 3))
    def give_up(self, dice: int) -> None:
        """Cancelled: everything stays as it was."""
        number = self._under_way()
        self._refuse(f"handover cancel {number} --why 测试 --as zhou", 2)  # it asks, and nobody answers
        if dice == 0:
            self._do(f"handover cancel {number} --why 测试 --yes --as zhou")
            self.handovers[number]["state"] = "cancelled"
