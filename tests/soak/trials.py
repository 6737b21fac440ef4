"""Every promise with its long form."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.reliability import (
    authority,
    crashes,
    crowd,
    figures,
    invocations,
    machine,
    nasty,
    output,
    power,
    server,
    surroundings,
    tampering,
    trouble,
    year,
)
from tests.reliability.house import Reached, held_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Told = Callable[[list[Any]], Reached | list[Reached] | None]

PARTS = 100  # of a long trial
DAYS = 250  # working days of a year
STATES = 2000  # of a disk after a power cut
HELD = (  # promises that tests elsewhere keep at full length
    ("P16", "parts add up", "tests/policy/test_shares.py"),
    ("P17", "months are one definition", "tests/policy/test_units.py"),
    ("P19", "the matrix of separated duties", "tests/approvals/test_separation.py", "tests/approvals/test_at_once.py"),
    ("P23", "doctor names dangers", "tests/ledger/test_doctor.py"),
    ("P26", "a newer ledger is refused", "tests/ledger/test_keeping.py::TestUpgrade"),
    ("P27", "exports do not execute", "tests/console/test_sheets.py"),
    ("P28", "forms carry nothing in", "tests/forms"),
    ("P29", "imports stay inside", "tests/receivables/test_imports.py", "tests/visits/test_import.py"),
)


def timed(part: Any, until: float) -> tuple[Any, float] | None:
    """What a part answers, and how long it took; one that breaks has not held, and the others go on.

    None where it is too late to begin.
    """
    started = time.monotonic()
    if started > until:
        return None
    try:
        answered = part()
    except Exception as error:
        answered = Reached("", "the trial itself broke", "an answer", f"{error!r}"[:800], holds=False)
    return answered, time.monotonic() - started


def _only(answers: list[Any]) -> Any:
    """The answer of a trial in one part."""
    return answers[0]


class Trial(NamedTuple):
    """Some promises: what is done, in parts that can be done side by side, and how their answers are told."""

    promises: str
    parts: list[Callable[[], Any]]
    told: Told = _only
    is_alone: bool = False  # nothing else of ours runs meanwhile


def trials(share: float) -> Iterator[Trial]:
    """All of them.

    Args:
        share: of each figure, 1 for all of it.
    """

    def some(count: int, least: int = 1) -> int:
        return max(least, round(count * share))

    yield from _alone(some)
    yield from _power(some)
    yield Trial("P6", [trouble.failing_calls])
    yield Trial("P7", [partial(crowd.replays, some(1000))])
    yield Trial("P8", [output.lost_words])
    yield Trial("P10 P11", [partial(invocations.invoked, some(10_000), seed=7)])
    for number in range(some(5)):
        yield Trial("P10 P11", [partial(invocations.invoked, 0, seed=number)])
    yield Trial("P10", [partial(invocations.as_processes, some(300), seed=7)])
    yield Trial("P15", [partial(figures.explained, some(1000), 350)])
    for promise, says, *paths in HELD:
        yield Trial(promise, [partial(held_by, promise, says, *paths)])
    yield Trial("P18", [surroundings.time_zones])
    yield Trial("P20", [partial(tampering.rows, some(790))])
    yield Trial("P20", [partial(tampering.bits, some(3000))])
    yield Trial("P21", [partial(tampering.anchors, some(40))])
    yield Trial("P22", [surroundings.only_sqlite])
    yield Trial("P24", [crashes.drill])
    yield Trial("P25", [partial(crashes.migrations, some(120))])
    yield Trial("P30", [surroundings.secrets])
    yield Trial("P31", [surroundings.private_files])
    yield Trial("P32", [surroundings.identity])
    yield from _long(some)


def _alone(some: Callable[..., int]) -> Iterator[Trial]:
    """What depends on the clock or on the disk."""
    yield Trial("P1", [partial(crashes.kills, some(1000))], is_alone=True)
    yield Trial("P1", [partial(nasty.killed, some(50))], is_alone=True)
    yield Trial("P3", [partial(crowd.writers, 32, some(100))], is_alone=True)
    yield Trial("P4", [partial(crowd.fairness, 32, some(100, 5))], is_alone=True)
    yield Trial("P3", [partial(crowd.deciders, 32, some(100))], is_alone=True)
    yield Trial("P5", [partial(trouble.full_disk, some(40))], is_alone=True)
    yield Trial("P5", [trouble.small_disk], is_alone=True)
    yield Trial("P9", [partial(crowd.readers, 100_000)], is_alone=True)
    yield Trial("P24", [partial(crashes.copies, some(50))], is_alone=True)
    if server.is_possible():
        yield Trial("P33", [partial(server.clients, 32, some(100))], is_alone=True)
        yield Trial("P33", [server.equal_entries], is_alone=True)
    else:
        yield Trial("P33", [_nothing])


def _power(some: Callable[..., int]) -> Iterator[Trial]:
    for mode, sync in power.SETTINGS:
        count = some(92 if mode == "wal" else 26)
        if mode == "wal" and sync == "NORMAL":
            count = some(120)  # it syncs less, so that there are fewer calls to cut at
        cut = partial(power.cuts, mode, sync, count, wanted_states=some(STATES))
        yield Trial("P2", [cut if power.is_possible() else _nothing])


def _long(some: Callable[..., int]) -> Iterator[Trial]:
    """What takes most of the time, in many parts."""
    sequences, steps = some(500), 50
    parts = [partial(machine.compared, -(-sequences // PARTS), steps, seed) for seed in range(PARTS)]
    yield Trial("P12", [*parts], lambda answers: machine.told(answers, sequences * steps))
    each = -(-some(100_000) // PARTS)
    yield Trial(
        "P19",
        [partial(authority.tried, each, 1000 * part) for part in range(PARTS)],
        lambda answers: authority.told(answers, PARTS * each),
    )
    seeds = range(1, 1 + some(200))
    lives = [partial(year.lives, seeds[place : place + 2], DAYS) for place in range(0, len(seeds), 2)]
    again = partial(year.lives, seeds[:1], DAYS)
    lived: list[Callable[[], Any]] = [again, *lives]
    yield Trial(
        "P13 P14", lived, lambda answers: year.told([one for each in answers for one in each], DAYS, len(seeds))
    )


def _nothing() -> None:
    """What cannot be tried here."""
