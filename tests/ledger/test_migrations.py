"""The schema grows by numbered scripts; they ship inside the wheel, and agree with the tables."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from alembic import command

from salesctl.ledger import book, migrate, sqlite
from tests.conftest import Office

PROJECT = Path(__file__).parents[2]


def test_the_scripts_make_what_the_tables_say(empty_office: Office) -> None:
    command.check(migrate.config(empty_office.ledger))


def test_the_program_knows_the_newest_script(empty_office: Office) -> None:
    with sqlite3.connect(empty_office.ledger) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(book.SCHEMA,)]


def test_a_migration_that_fails_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the tables, then an error: nothing of it stays."""
    import shutil

    broken = tmp_path / "migrations"
    shutil.copytree(migrate.scripts(), broken)
    script = next((broken / "versions").glob("0001*.py"))
    script.write_text(
        script.read_text().replace(
            "    for statement in JOURNAL:", "    op.execute('SELECT nonsense')\n    for statement in JOURNAL:"
        )
    )
    monkeypatch.setattr(migrate, "scripts", lambda: broken)
    path = tmp_path / "ledger.db"
    sqlite.create(path)
    with pytest.raises(Exception, match="nonsense"):
        migrate.upgrade(path)
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_ledger_made_before_keeps_its_rows_through_an_upgrade(office: Office) -> None:
    before = office.ask("ledger info")["head"]
    assert office.ask("ledger upgrade")["head"] == before


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_migrations_packs_and_catalogues(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = [f"salesctl/migrations/versions/{file.name}" for file in (PROJECT / "migrations/versions").glob("*.py")]
    wanted += ["salesctl/help/verify_ledger.py", "salesctl/help/security.md", "salesctl/help/errors.md",
               "salesctl/migrations/env.py", "salesctl/policy/packs/a_customer_dept/clauses.toml",
               "salesctl/console/locale/zh_CN/LC_MESSAGES/salesctl.mo"]  # fmt: skip
    assert [name for name in wanted if name not in names] == []
    assert not [name for name in names if name.startswith(("tests/", "migrations/"))]


def test_a_wheel_unpacked_elsewhere_makes_a_ledger(wheel: Path, tmp_path: Path) -> None:
    """The program runs from the wheel's own files, away from the checkout."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "import salesctl; assert 'site' in salesctl.__file__\n"
        "from salesctl.app import run\n"
        f"raise SystemExit(run(['ledger', 'init', '--ledger', {str(tmp_path / 'new.db')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done
    assert (tmp_path / "new.db").is_file()


@pytest.mark.parametrize("schema", ["0001"])
def test_a_ledger_of_an_earlier_schema_is_upgraded_and_still_proves_itself(schema: str, empty_office: Office) -> None:
    """Its entries are never changed: columns that came later have their default, others another name."""
    import gzip

    empty_office.ledger.write_bytes(
        gzip.decompress((Path(__file__).parent / "before" / f"{schema}.db.gz").read_bytes())
    )
    refused = empty_office.run("approve list")
    assert (refused.status, refused.code) == (4, "ledger.schema")
    before = empty_office.ask("ledger upgrade")["head"]
    assert before == "#12 736c8a22"
    assert empty_office.run("ledger verify").status == 0
    listed = empty_office.ask("approve list")
    assert [(one["number"], one["state"]) for one in listed] == [
        ("A-1", "granted"),
        ("A-2", "granted"),
        ("A-3", "pending"),
    ]
