"""The supervisor, the roles and the notice, as properties and at their boundaries (E-4d, E-8, E-10)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis.strategies import integers, lists, sampled_from, tuples

from salesctl.handovers.rules import NoSupervisor, demanded, roles, supervisor
from salesctl.policy.policy import Policy, shipped

MAY = date(2012, 5, 8)
POLICY = Policy(shipped())
CHANNELS = ("it", "peripheral", "web", "stores")
people = lists(integers(0, 11), min_size=2, max_size=12)  # person n reports to one of those before n


def line(superiors: list[int], who: int) -> list[str]:
    """The line upwards in a forest: person n reports to `superiors[n]` if that is less than n."""
    above = superiors[who]
    return [str(above), *line(superiors, above)] if above < who else []


@given(superiors=people, pair=tuples(integers(0, 11), integers(0, 11)))
def test_the_supervisor_is_the_lowest_superior_of_both_and_never_a_party(
    superiors: list[int], pair: tuple[int, int]
) -> None:
    """E-4d, AMB-E-d: in any reporting line, whoever hands over to whom."""
    transferor, receiver = (number % len(superiors) for number in pair)
    assume(transferor != receiver)
    first, second = line(superiors, transferor), line(superiors, receiver)
    common = set(first) & set(second)
    if not common:
        with pytest.raises(NoSupervisor):
            supervisor(first, second, on=MAY, policy=POLICY)
        return
    found = supervisor(first, second, on=MAY, policy=POLICY)
    assert found.value in common
    assert found.value not in {str(transferor), str(receiver)}
    assert not common & set(first[: first.index(str(found.value))])
    assert found.value == supervisor(second, first, on=MAY, policy=POLICY).value
    assert bool(found.steps[-1].note) == (first[0] != second[0])  # said to be a deviation


def test_a_direct_superior_of_both_needs_no_reading() -> None:
    """E-4d: the working cites the clause alone."""
    found = supervisor(["d", "gm"], ["d", "gm"], on=MAY, policy=POLICY)
    assert [(basis.source, basis.reading) for basis in found.bases()] == [("E-4d", "")]


def test_a_company_may_rule_deviations_out() -> None:
    """E-4d: under the alternative of AMB-E-d only the direct superior of both may supervise."""
    own = {"code": "E", "name": {}, "clauses": {}, "readings": {}, "digest": "0" * 64, "extends": "E"}
    version = {"origin": "company", "source": "E-4d", "value": "nobody"}
    strict = Policy([*shipped(), {**own, "entries": {"E.handover.supervisor": {"version": [version]}}}])
    with pytest.raises(NoSupervisor, match="d and e"):
        supervisor(["d", "gm"], ["e", "gm"], on=MAY, policy=strict)
    assert supervisor(["d", "gm"], ["d", "gm"], on=MAY, policy=strict).value == "d"


@given(channels=lists(sampled_from(CHANNELS), min_size=1))
def test_two_channels_demand_what_each_demands(channels: list[str]) -> None:
    """E-10: nobody is left out, nobody comes twice, and each role names the clauses that want it."""
    found = roles(channels, on=MAY, policy=POLICY)
    alone = [roles([channel], on=MAY, policy=POLICY).value for channel in set(channels)]
    assert set(found.value) == {role for wanted in alone for role in wanted}  # type: ignore[call-overload, attr-defined]
    assert len(set(found.value)) == len(found.value)  # type: ignore[call-overload, arg-type]
    assert len(demanded(found)["sales"].split(", ")) == len(set(channels))
