"""Conflicts: what the meeting must see, and what no later log can change (A-7.4, A-7.5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis.strategies import builds, dates, integers, lists, none, permutations, sampled_from

from salesctl.conflicts.rules import Entry, Handover, Line, candidates, owner
from salesctl.policy.policy import Policy, shipped
from salesctl.policy.schedule import ZONE

POLICY = Policy(shipped())
APRIL = date(2012, 4, 10)
RAISED = datetime(2012, 4, 9, 10, tzinfo=ZONE)
DIRECTOR = "account_director"

managers = sampled_from(["chen", "lin", "zhao"])
names = sampled_from(["", "云帆", "易购", "远航"])
lines = builds(Line, managers, sampled_from(["云帆", "易购", "远航"]), names, names)
moments = integers(-3000, 3000).map(lambda minutes: RAISED + timedelta(minutes=minutes))
entries = builds(Entry, managers, dates(date(2012, 3, 1), date(2012, 3, 9)) | none(), moments | none())


def proposed(logs: list[Entry], handovers: list[Handover] | None = None) -> object:
    return owner(RAISED, logs, handovers or [], on=APRIL, policy=POLICY).value


@given(funnel=lists(lines, max_size=6))
def test_the_meeting_sees_every_pair_that_shares_anything(funnel: list[Line]) -> None:
    """A-7.4, AMB-A7-e: a name, an alias, or a group."""
    expected = set()
    for one in funnel:
        for other in funnel:
            is_shared = {one.name, one.alias} & {other.name, other.alias} - {""} or (
                one.group and one.group == other.group
            )
            if one.account_manager < other.account_manager and is_shared:
                expected.add(f"{one.account_manager} / {other.account_manager}")
    found = candidates(funnel, on=APRIL, policy=POLICY).value
    assert isinstance(found, list)
    assert sorted(found) == sorted(expected)


@given(logs=lists(entries, max_size=6))
def test_the_earliest_entry_handed_in_before_the_conflict_wins(logs: list[Entry]) -> None:
    """A-7.5, AMB-A7-d: whoever has it alone; else the director."""
    earliest: dict[str, date] = {}
    for entry in logs:
        if entry.dated and entry.submitted_at and entry.submitted_at < RAISED:
            known = earliest.get(entry.account_manager, entry.dated)
            earliest[entry.account_manager] = min(known, entry.dated)
    first = [who for who, day in earliest.items() if day == min(earliest.values())]
    found = owner(RAISED, logs, [], on=APRIL, policy=POLICY)
    assert (found.value, found.unit) == ((first[0], "text") if len(first) == 1 else (DIRECTOR, "grade"))
    assert [bool(step.note) for step in found.steps if step.name == "proposed owner"] == [len(first) != 1]


@given(logs=lists(entries, max_size=5).flatmap(lambda logs: permutations(logs).map(lambda other: (logs, other))))
def test_the_order_of_the_entries_decides_nothing(logs: tuple[list[Entry], list[Entry]]) -> None:
    assert proposed(logs[0]) == proposed(logs[1])


@given(logs=lists(entries, max_size=5), later=lists(entries, max_size=5))
def test_a_log_written_after_the_conflict_changes_nothing(logs: list[Entry], later: list[Entry]) -> None:
    """AMB-A7-d: handed in when the conflict was raised, or after it."""
    afterwards = [entry.but(submitted_at=RAISED + timedelta(minutes=n)) for n, entry in enumerate(later)]
    assert proposed([*logs, *afterwards]) == proposed(logs)


@given(logs=lists(entries, max_size=5), completed=lists(dates(date(2012, 3, 1), date(2012, 4, 20)), unique=True))
def test_the_latest_completed_handover_decides(logs: list[Entry], completed: list[date]) -> None:
    """X-4: whatever the logs say; one that is not complete on the day decides nothing."""
    handovers = [Handover(f"receiver of {day}", day) for day in completed]
    past = [day for day in completed if day <= APRIL]
    assert proposed(logs, handovers) == (f"receiver of {max(past)}" if past else proposed(logs))
