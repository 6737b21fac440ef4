"""An office to test in: a real ledger, and the program run as it is run."""

from __future__ import annotations

import io
import json
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from salesctl import app
from salesctl.ledger.place import Address, Place
from tests import engines

Kept = Path | engines.Contents  # a file, or what was in the database

settings.register_profile("salesctl", deadline=None)  # a busy machine is no fault of a rule
settings.load_profile("salesctl")


class Answer(NamedTuple):
    """What one command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of a command run with `--format json`."""
        return json.loads(self.out)

    @property
    def code(self) -> str:
        """The code of the error that was printed; empty where there was none."""
        lines = [line.split("code", 1)[1].strip() for line in self.err.splitlines() if line.startswith("  code")]
        return lines[-1] if lines else ""


class Office:
    """One department's ledger, in a folder of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, monkeypatch
        self.place: Place = folder / "ledger.db" if engines.CHOSEN == "sqlite" else engines.place()
        for name in ("SALESCTL_AS", "SALESCTL_ON", "SALESCTL_NOW", "SALESCTL_TRACE", "LANGUAGE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # people have none: their answers are buffered
        monkeypatch.setenv("SALESCTL_LEDGER", self.place.url if isinstance(self.place, Address) else str(self.place))
        monkeypatch.setenv("SALESCTL_LANG", "en")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        monkeypatch.setenv("SALESCTL_TRACE", str(folder / "trace.txt"))
        monkeypatch.chdir(folder)

    @property
    def ledger(self) -> Path:
        """The ledger's file; a test that asks for it is about files."""
        if isinstance(self.place, Address):
            pytest.skip("about a ledger that is a file")
        return self.place

    def kept(self) -> Kept:
        """What this ledger holds now."""
        return engines.contents() if isinstance(self.place, Address) else self.place

    def take(self, kept: Kept) -> Office:
        """Hold what another ledger held."""
        if isinstance(kept, Path):
            shutil.copy(kept, self.ledger)
        else:
            engines.restored(kept)
        return self

    def unnamed(self) -> Office:
        """The same office with nobody named: from here on only `--as` or the login says who acts."""
        self._patch.delenv("SALESCTL_AS", raising=False)
        return self

    def run(self, line: str | list[str], *, now: str = "2012-05-08T09:00", lang: str = "en") -> Answer:
        """Run one command line, as `main` would, at a declared time of Shanghai."""
        words = shlex.split(line) if isinstance(line, str) else line
        self._patch.setenv("SALESCTL_NOW", now)
        self._patch.setenv("SALESCTL_LANG", lang)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = app.run(words)
        trace = self.folder / "trace.txt"
        assert not trace.exists(), trace.read_text()
        return Answer(status, out.getvalue(), err.getvalue())

    def do(self, line: str | list[str], *, now: str = "2012-05-08T09:00", lang: str = "en") -> Answer:
        """Run one command line that must succeed."""
        answer = self.run(line, now=now, lang=lang)
        assert answer.status == 0, f"{line}: {answer}"
        return answer

    def ask(self, line: str, *, now: str = "2012-05-08T09:00") -> Any:
        """Run one command line that must succeed, and read its answer as JSON."""
        return self.do(f"{line} --format json", now=now).json


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server only what has a ledger is worth asking again."""
    if engines.CHOSEN == "sqlite":
        return
    again = [item for item in items if _asks_a_ledger(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in again])
    items[:] = again


def _asks_a_ledger(item: pytest.Item) -> bool:
    return "_empty_ledger" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("file")


@pytest.fixture(scope="session")
def _empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    with pytest.MonkeyPatch.context() as patch:
        office = Office(tmp_path_factory.mktemp("empty"), patch)
        office.do("ledger init", now="2012-03-01T08:00")
    return office.kept()


@pytest.fixture
def empty_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _empty_ledger: Kept) -> Office:
    """An office with a ledger and nothing in it."""
    office = Office(tmp_path, monkeypatch)
    return office.take(_empty_ledger)


@pytest.fixture(scope="session")
def _staffed_ledger(tmp_path_factory: pytest.TempPathFactory, _empty_ledger: Kept) -> Kept:
    with pytest.MonkeyPatch.context() as patch:
        office = Office(tmp_path_factory.mktemp("staffed"), patch)
        office.take(_empty_ledger)
        for line in STAFF:
            by = "" if line is STAFF[0] else BY
            office.do(f"{line} --regime A --regime E --from 2012-03-01{by}", now="2012-03-01T09:00")
        for line in CUSTOMERS:
            office.do(f"{line}{BY}", now="2012-03-01T09:00")
    return office.kept()


BY = " --as gm"
STAFF = (
    "people add 沈国栋 --grade general_manager --alias gm --email gm@example.com",
    "people add 周岚 --grade account_director --superior gm --alias zhou --department 客户部 --email zhou@example.com",
    "people add 林静 --grade account_manager --superior zhou --alias lin --department 客户部",
    "people add 陈涛 --grade account_manager --superior zhou --alias chen --department 客户部",
    "people add 向红 --grade support_supervisor --superior gm --alias xiang --department 支持部 --email x@example.com",
)
CUSTOMERS = (
    "customer add 北京云帆网络科技有限公司 --owner lin --alias 云帆",
    "customer add 上海远大传媒有限公司 --owner lin --alias 远大 --kind database --channel it",
    "customer add 广州易购电子商务有限公司 --owner chen --alias 易购 --channel web",
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _staffed_ledger: Kept) -> Office:
    """A small department.

    General manager 沈国栋 (gm), director 周岚 (zhou), support 向红 (xiang); account managers 林静 (lin: 云帆, 远大) and
    陈涛 (chen: 易购).
    """
    office = Office(tmp_path, monkeypatch)
    office.take(_staffed_ledger)
    monkeypatch.setenv("SALESCTL_AS", "xiang")  # whoever types where a test does not say who
    return office
