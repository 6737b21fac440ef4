"""The desk that job 4 writes at is one a transaction takes; how long it takes is no matter here."""

from __future__ import annotations

import pytest

from tests.bench import crowd


@pytest.mark.file
def test_a_small_crowd_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, small in (("PROCESSES", 2), ("WRITES", 2), ("ROUNDS", 1)):
        monkeypatch.setattr(crowd, name, small)
    assert {figure.reached > 0 for figure in crowd.run()} == {True}
