"""A progress bar for long work: on a terminal only, and only where there is much to wait for."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHORT = 5_000  # rows that are read before anybody wonders

T = TypeVar("T")


def watched(rows: Iterable[T], file: Path, said: str) -> Iterable[T]:
    """The rows; where somebody watches and there are many, a bar on stderr shows how far it is."""
    return _watched(rows, file, said) if sys.stderr.isatty() else rows


def _watched(rows: Iterable[T], file: Path, said: str) -> Iterator[T]:
    source = iter(rows)
    count = 0
    for count, row in enumerate(islice(source, SHORT), 1):  # noqa: B007 - counted to its end
        yield row
    if count < SHORT:
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import track

    yield from track(source, escape(said), _lines(file), completed=SHORT, console=Console(stderr=True), transient=True)


def _lines(file: Path) -> int | None:
    """How many lines a text file has; of a workbook nobody knows before it is read."""
    with file.open("rb") as content:
        if content.read(2) in (b"PK", b"\xd0\xcf"):
            return None
        return sum(chunk.count(b"\n") for chunk in iter(lambda: content.read(1 << 20), b""))
