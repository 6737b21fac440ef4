"""At a real terminal: what is asked, and what an answer does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pexpect

from tests.conftest import Office


@contextmanager
def terminal(office: Office, *words: str) -> Iterator[pexpect.spawn[str]]:
    """One command in a terminal of its own."""
    env = {**os.environ, "SALESCTL_NOW": "2012-05-08T09:00", "TERM": "xterm", "COLUMNS": "120"}
    with pexpect.spawn(
        sys.executable,
        ["-m", "salesctl", *words],
        env=env,
        cwd=str(office.folder),
        encoding="utf-8",
        timeout=30,
        dimensions=(50, 120),
    ) as screen:
        yield screen
        screen.expect(pexpect.EOF)


def test_a_look_alike_is_asked_about_before_it_is_taken_in(office: Office) -> None:
    office.do("customer add 日本电器")
    with terminal(office, "customer", "add", "曰本电器") as screen:
        screen.expect("looks like C004 日本电器. Is it another company")
        screen.sendline("n")
        screen.expect("Nothing was written")
    assert len(office.ask("customer list")) == 4
    with terminal(office, "customer", "add", "曰本电器") as screen:
        screen.expect("another company")
        screen.sendline("y")
        screen.expect("C005")
    assert len(office.ask("customer list")) == 5


def test_closing_names_whom_it_closes(office: Office) -> None:
    with terminal(office, "people", "close", "lin", "--last-day", "2012-05-31") as screen:
        screen.expect("Close P003 林静, whose last day is 2012-05-31")
        screen.sendline("y")
        screen.expect("still serves: 2")


def test_a_checklist_is_grouped_by_category(office: Office) -> None:
    """E-5: one table for each of the four, and under which three names it waits."""
    with terminal(office, "handover", "start", "--from", "lin", "--to", "chen", "--as", "zhou") as screen:
        for category in ("customer data", "receivables detail", "sample detail", "work papers"):
            screen.expect(f"{category}: waits for transferor, receiver, handover supervisor")
        screen.expect("E-16")


def test_a_bar_shows_how_far_a_long_import_is_and_a_short_one_shows_none(office: Office) -> None:
    head = "number,customer,amount,issued,due\n"
    rows = "".join(f"N-{n},云帆,1,2012-04-01,2012-05-01\n" for n in range(8_000))
    (office.folder / "long.csv").write_text(head + rows, "utf-8")
    (office.folder / "short.csv").write_text(f"{head}S-1,云帆,1,2012-04-01,2012-05-01\n", "utf-8")
    with terminal(office, "receivable", "import", "long.csv", "--as", "lin") as screen:
        screen.expect("Reading long.csv")
        screen.expect("taken in")
    with terminal(office, "receivable", "import", "short.csv", "--as", "lin") as screen:
        screen.expect("taken in")
        assert "Reading" not in (screen.before or "")
    assert "Reading" not in office.do("receivable import long.csv").err
