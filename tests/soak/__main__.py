"""`make soak`: every promise tried at length; one table. `python -m tests.soak P1 P20` tries some.

What depends on the clock or on the disk is tried alone; then all else, two at a time. How each goes is told on stderr,
the table on stdout at the end. The exit status is 1 where a promise did not hold, was not tried or not as far as asked.

SHARE=0.1 tries a tenth of each figure. MINUTES=50 begins nothing after so long: the long ones then say how far they
came. PROCESSES=4 tries four at a time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.reliability.house import PROJECT, Reached
from tests.soak.trials import Trial, timed, trials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

PROCESSES = int(os.environ.get("PROCESSES", "2"))
MINUTES = float(os.environ.get("MINUTES", "600"))


class Row(NamedTuple):
    """A line of the table."""

    reached: Reached
    seconds: float


def _rows(trial: Trial, parts: list[tuple[Any, float] | None]) -> list[Row]:
    """What a trial reached, from what its parts answered."""
    answers = [part for part in parts if part is not None]
    if not answers:
        return [Row(Reached(trial.promises, "not begun in time", "-", "not tried", holds=False), 0)]
    broken = [one for one, _took in answers if isinstance(one, Reached) and not one.promise]
    took = sum(seconds for _one, seconds in answers)
    if broken:
        return [Row(broken[0]._replace(promise=trial.promises.split()[0]), took)]
    said = trial.told([one for one, _took in answers])
    if said is None:
        said = Reached(trial.promises, "could not be tried here", "-", "not tried", holds=False)
    rows = [Row(one, took) for one in (said if isinstance(said, list) else [said])]
    for row in rows:
        print(_line(row), file=sys.stderr, flush=True)
    return rows


def _line(row: Row) -> str:
    one = row.reached
    mark = " " if one.holds else "*"
    return f"{one.promise:4} {one.says:80} {one.wanted:34} {row.seconds:7.1f} {mark}{one.reached}"


def _tried(wanted: list[Trial]) -> Iterator[list[Row]]:
    """Alone what must be alone, then the rest side by side."""
    until = time.monotonic() + MINUTES * 60
    for trial in wanted:
        if trial.is_alone:
            yield _rows(trial, [timed(part, until) for part in trial.parts])
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        together = [trial for trial in wanted if not trial.is_alone]
        begun: dict[int, list[Future[tuple[Any, float] | None]]] = {}
        for _place, number, part in _in_turn(together):
            begun.setdefault(number, []).append(pool.submit(timed, part, until))
        for number, trial in enumerate(together):
            yield _rows(trial, [part.result() for part in begun[number]])


def _in_turn(together: list[Trial]) -> list[tuple[float, int, Any]]:
    """The parts of all of them: the short trials first, of the long ones each as far as the others."""
    places = [
        (place / len(trial.parts) + (len(trial.parts) > 1), number, part)
        for number, trial in enumerate(together)
        for place, part in enumerate(trial.parts)
    ]
    return sorted(places, key=lambda one: one[:2])


def main() -> int:
    """Try what is named, or all, and print a line for each figure."""
    names, share = set(sys.argv[1:]), float(os.environ.get("SHARE", "1"))
    wanted = [one for one in trials(share) if not names or names & set(one.promises.split())]
    started = time.monotonic()
    rows = [row for some in _tried(wanted) for row in some]
    rows.sort(key=lambda row: int(row.reached.promise[1:].split()[0]))
    print(f"{'':4} {'promise':80} {'figure to reach':34} {'seconds':>7}  figure reached")
    for row in rows:
        print(_line(row))
    failed = sum(not row.reached.holds for row in rows)
    asked = ["git", "-C", str(PROJECT), "describe", "--always", "--dirty"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() or "no checkout"
    print(
        f"{failed} of {len(rows)} figures not reached; {(time.monotonic() - started) / 60:.0f} minutes on "
        f"{os.cpu_count()} cores, {commit}, {share:.0%} of each figure"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
