"""The short form of every promise about the ledger; `make soak` tries them at length."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.reliability import (
    authority,
    crashes,
    crowd,
    figures,
    invocations,
    output,
    power,
    server,
    surroundings,
    tampering,
    trouble,
    year,
)
from tests.reliability.house import Reached
from tests.reliability.machine import Department


def expect(*reached: Reached) -> None:
    for one in reached:
        assert one.holds, f"{one.promise} {one.says}: to reach {one.wanted}, reached {one.reached}"


def test_p1_what_was_acknowledged_survives_kill_9() -> None:
    expect(crashes.kills(100))


@pytest.mark.skipif(not power.is_possible(), reason="no strace here")
@pytest.mark.parametrize(("mode", "sync"), list(power.SETTINGS))
def test_p2_and_a_power_cut(mode: str, sync: str) -> None:
    """WAL with NORMAL and DELETE with FULL are the controls: they must lose something."""
    expect(power.cuts(mode, sync, 3 if power.SETTINGS[mode, sync] else 4))


def test_p3_no_update_is_lost() -> None:
    expect(crowd.writers(32, 5))


def test_p4_all_who_want_the_turn_at_once_have_it() -> None:
    """How long they wait is a figure of `make soak`: no clock is asserted here."""
    reached = crowd.fairness(16, 10)
    assert reached.reached.endswith("160 of 160 turns"), reached


def test_p3_no_request_is_decided_twice() -> None:
    expect(crowd.deciders(8, 6))


def test_p5_a_full_disk_costs_nothing_but_the_failed_command() -> None:
    expect(trouble.full_disk(4))


@pytest.mark.skipif(not shutil.which("unshare"), reason="no disk of our own can be had here")
def test_p5_a_disk_that_fills_up() -> None:
    if reached := trouble.small_disk():
        expect(reached)


def test_p6_every_database_call_may_fail() -> None:
    expect(trouble.failing_calls(6, ("SQLITE_FULL", "SQLITE_BUSY")))


def test_p7_retrying_is_harmless() -> None:
    expect(crowd.replays(60))


def test_p8_an_acknowledgement_is_true_whatever_becomes_of_the_words() -> None:
    expect(output.lost_words(4))


def test_p9_a_long_list_blocks_nobody() -> None:
    reached = crowd.readers(20_000)
    assert reached.reached.endswith("True"), reached


def test_p10_p11_any_command_line() -> None:
    expect(*invocations.invoked(800, 1))


@pytest.mark.parametrize("seed", [1, 2])
def test_p10_p11_every_parameter_wrong_once(seed: int) -> None:
    expect(*invocations.invoked(0, seed))


def test_p10_any_command_line_as_a_process() -> None:
    expect(invocations.as_processes(25))


class TestDepartment(Department.TestCase):  # type: ignore[valid-type,misc]
    """P12: the whole behaves like a small model."""

    settings = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        phases=(Phase.generate,),
    )


class Drawn:
    """What the steps of the model draw, said beforehand."""

    def __init__(self, *values: object) -> None:
        self.values = list(values)

    def draw(self, _strategy: object) -> object:
        return self.values.pop(0)


def test_p12_the_ends_that_chance_seldom_reaches() -> None:
    """Two customers handed over to the end; a payment a fen short, and its fine; debts of several ages paid at once."""
    machine = Department()
    machine.begin()
    machine.register("hu")
    machine.register("hu")
    machine.wait(60 * 24)
    machine.start()
    machine.go_on(5)
    machine.go_on(5)
    assert machine.handovers["H-1"]["state"] == "complete"
    machine.the_same()
    machine.ask(1000)
    machine.settle(Drawn("A-1", 1000))
    machine.confirm(Drawn("P-1", 999))
    machine.decide(Drawn("F-1"), "confirm", "zhou")
    machine.owe("云帆", 500, False, 1)
    machine.owe("云帆", 300, True, 1)
    machine.pay_oldest(Drawn("D-1", 400), 0)
    machine.the_same()
    machine.owe("远大", 200, True, 1)
    machine.pay_too_much(Drawn("D-3"), 150)
    machine.owe("远大", 700, True, 1)
    machine.apply(Drawn("G-2"))
    machine.teardown()


def test_p13_p14_weeks_of_business_from_a_seed() -> None:
    expect(*year.years(range(1, 2), 12))


def test_p15_any_figure_adds_up_again_from_the_journal() -> None:
    expect(figures.explained(120, 200))


def test_p18_the_time_zone_does_not_matter() -> None:
    expect(surroundings.time_zones())


def test_p19_nobody_decides_in_their_own_case() -> None:
    expect(authority.told([authority.tried(400, 1)], 400))


def test_p20_any_changed_row_is_found() -> None:
    expect(tampering.rows(60))


def test_p20_any_turned_bit_is_found_or_says_nothing() -> None:
    expect(tampering.bits(150))


def test_p21_what_was_cut_off_or_hashed_anew_is_seen_from_outside() -> None:
    expect(tampering.anchors(4))


def test_p22_only_sqlite_opens_the_ledger() -> None:
    expect(surroundings.only_sqlite())


def test_p24_backups_under_writers() -> None:
    expect(crashes.copies(6), crashes.drill())


def test_p25_an_upgrade_killed_at_any_moment() -> None:
    expect(crashes.migrations(18))


def test_p30_no_secret_is_printed() -> None:
    expect(surroundings.secrets())


def test_p31_files_are_private() -> None:
    expect(surroundings.private_files())


def test_p32_no_variable_says_who_acts() -> None:
    expect(surroundings.identity())


@pytest.mark.skipif(not server.is_possible(), reason="no PostgreSQL here")
def test_p33_clients_of_a_server_lose_nothing() -> None:
    """Equal entries on both engines are `tests/ledger/test_postgres.py`."""
    expect(server.clients(8, 5))
