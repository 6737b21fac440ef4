"""P12: whatever is typed in whatever order, the program does what a small model of the department does.

The model is a few dictionaries; it knows nothing of the program. After every step what the program lists is compared
with it, and the journal has grown by what the step was to write, or not at all.
"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from tests.reliability.house import Reached, findings
from tests.reliability.machine.handing import Handing
from tests.reliability.machine.money import Money
from tests.reliability.machine.paying import Paying
from tests.reliability.machine.processes import Processes
from tests.reliability.machine.requests import Requests
from tests.reliability.machine.staff import Staff

PEOPLE = (
    "董事甲 --grade board --alias board --regime A",
    "胡萍 --grade account_manager --superior zhou --alias hu --regime A --regime E",
    "马丽 --grade finance --superior gm --alias ma --regime A --regime E",
    "何静 --grade commerce --superior gm --alias he --regime A --regime E",
)


class Department(Money, Requests, Paying, Staff, Handing, Processes):
    """The department as a model, beside the program."""

    sequences = steps = 0  # counted over all of this process

    @initialize()
    def begin(self) -> None:
        """More people, and one contract with money received."""
        Department.sequences += 1
        for words in PEOPLE:
            self._do(f"people add {words} --from 2012-03-01")
        self._do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-16 --owner lin")
        self._do("receipt log 云帆 100000 --contract HT-1 --overpayment --number G-0")
        self.receipts["G-0"] = {"customer": "云帆", "credit": 10_000_000, "held": {}, "bad": {}}

    @invariant()
    def the_same(self) -> None:
        """What the program lists is what the model says."""
        Department.steps += 1
        for name in self._touched():
            listed, expected = self._listed(name), self._expected(name)
            assert listed == expected, f"{name}: the program {listed}, the model {expected}"

    def teardown(self) -> None:
        """At the end everything is compared, and the ledger proves itself."""
        try:
            self.seen, self.is_another_time = 0, True
            self.the_same()
            assert findings(self.desk.ledger) == []
        finally:
            self.stack.close()


class Compared(NamedTuple):
    """How much was compared, and the first difference."""

    sequences: int
    steps: int
    difference: str


def compared(sequences: int, steps: int, number: int) -> Compared:
    """So many sequences of up to so many steps, from a seed; more of them until there are as many steps as that."""
    wanted = settings(max_examples=sequences, stateful_step_count=steps, deadline=None, database=None,
                      phases=(Phase.generate,), report_multiple_bugs=False,  # found is enough: the seed is told
                      suppress_health_check=list(HealthCheck))  # fmt: skip
    Department.sequences = Department.steps = 0
    while Department.steps < sequences * steps:
        machine = seed(number)(type("Seeded", (Department,), {}))
        try:
            run_state_machine_as_test(machine, settings=wanted)
        except Exception as error:
            notes = "\n".join(getattr(error, "__notes__", ()))
            return Compared(Department.sequences, Department.steps, f"seed {number}: {error!r} {notes}"[:3000])
        number, wanted = number + 1000, settings(wanted, max_examples=max(2, sequences // 10))
    return Compared(Department.sequences, Department.steps, "")


def told(all_compared: list[Compared], asked: int) -> Reached:
    """P12: as many steps as were asked for, and no difference."""
    differences = [one.difference for one in all_compared if one.difference]
    sequences, steps = sum(one.sequences for one in all_compared), sum(one.steps for one in all_compared)
    says = f"{sequences} sequences, {steps} steps against a model"
    reached = f"{len(differences)} {differences[:1]}"
    return Reached("P12", says, f"0 differences in {asked} steps", reached, not differences and steps >= asked)
