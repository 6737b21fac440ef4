"""A ledger in a database of a PostgreSQL server: the same entries, the same guards, many at once (P33)."""

from __future__ import annotations

import multiprocessing
import os
import re
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg
import pytest

from salesctl.app import run
from salesctl.desk import Desk, Wishes
from salesctl.ledger import postgres, sqlite, troubles
from salesctl.ledger.place import Address, place_of
from salesctl.people.rows import PersonLogin
from tests import engines
from tests.conftest import CUSTOMERS, STAFF, Office
from tests.demo.story import SAMPLE, STORY

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "salesctl" / "help" / "postgres.md"
ENGINE = re.compile(
    r"(?m)^.*(ledger\.db|PostgreSQL|journal mode|postgresql:|server's own files).*\n?"
)  # lines that name it
NOW = datetime(2012, 5, 8, 1, tzinfo=UTC)


@pytest.fixture
def database() -> Iterator[Address]:
    with engines.database() as place:
        yield place


@pytest.fixture
def server(database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A small department whose ledger is in a database of its own."""
    office = Office(tmp_path, monkeypatch)
    office.place = database
    monkeypatch.setenv("SALESCTL_LEDGER", database.url)
    office.do("ledger init", now="2012-03-01T08:00")
    for line in (*STAFF, *CUSTOMERS):
        by = "" if line is STAFF[0] else " --as gm"
        office.do(f"{line} --from 2012-03-01{by}" if line in STAFF else f"{line}{by}", now="2012-03-01T09:00")
    return office


def owner(place: Address) -> psycopg.Connection[Any]:
    return psycopg.connect(place.url, autocommit=True)


def told(place: Address | Path) -> list[tuple[Any, ...]]:
    """The journal."""
    query = "SELECT seq, hash, recorded_at, actor, verb, about FROM journal ORDER BY seq"
    if isinstance(place, Address):
        with owner(place) as base:
            return base.execute(query).fetchall()
    with closing(sqlite3.connect(place)) as base_:
        return base_.execute(query).fetchall()


def test_the_sample_department_leaves_the_same_entries_on_both_engines(
    database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Equal hashes for equal inputs: every command of the sample story, from the empty ledger to the handover."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample").symlink_to(SAMPLE)
    monkeypatch.setenv("SALESCTL_LANG", "en")
    monkeypatch.setattr("salesctl.rulebook.ledgers.uuid4", lambda: uuid.UUID(int=7))
    answers = []
    for place in (tmp_path / "ledger.db", database):
        monkeypatch.setenv("SALESCTL_LEDGER", place.url if isinstance(place, Address) else str(place))
        said = []
        for step in STORY:
            monkeypatch.setenv("SALESCTL_NOW", step.now)
            status = run(step.line.format(sample="sample").split())
            shown = capsys.readouterr()
            assert status == step.status, shown
            said.append(ENGINE.sub("", shown.out + shown.err))
        answers.append(said)
    assert answers[0] == answers[1]
    entries = told(tmp_path / "ledger.db")
    assert len(entries) > 20
    assert entries == told(database)


def test_a_ledger_proves_itself_on_a_server(server: Office) -> None:
    proved = server.ask("ledger verify")
    assert proved["faults"] == 0
    assert proved["entries"] == len(STAFF) + len(CUSTOMERS) + 1
    assert server.ask("ledger info")["journal_mode"].startswith("PostgreSQL ")


def test_there_is_one_ledger_in_a_database(server: Office) -> None:
    again = server.run("ledger init")
    assert (again.status, again.code) == (4, "ledger.exists")
    assert server.ask("ledger verify")["entries"] == len(STAFF) + len(CUSTOMERS) + 1


def test_a_rehearsed_ledger_leaves_nothing(database: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(tmp_path, monkeypatch)
    monkeypatch.setenv("SALESCTL_LEDGER", database.url)
    office.do("ledger init --dry-run")
    with owner(database) as base:
        assert base.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    missing = office.run("people list")
    assert (missing.status, missing.code) == (4, "ledger.schema")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE journal SET actor = 'P001'", "append-only"),
        ("DELETE FROM journal WHERE seq = 1", "append-only"),
        ("TRUNCATE journal", "append-only"),
        ("DELETE FROM customer", "reverse it"),
        ("TRUNCATE customer CASCADE", "reverse it|append-only"),
        ("INSERT INTO journal SELECT seq + 5, prev, hash, recorded_at, clock, actor, verb, about, NULL, body "
         "FROM journal WHERE seq = 2", "must follow"),
        ("INSERT INTO journal SELECT (SELECT max(seq) + 1 FROM journal), prev, hash, recorded_at, clock, actor, "
         "verb, about, NULL, body FROM journal WHERE seq = 2", "must follow"),
    ],
)  # fmt: skip
def test_even_the_owner_meets_the_guards(server: Office, statement: str, said: str) -> None:
    assert isinstance(server.place, Address)
    with owner(server.place) as base, pytest.raises(psycopg.errors.RaiseException, match=said):
        base.execute(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE customer SET name = '别的公司' WHERE id = 1", "is not what the journal says"),
        ("INSERT INTO customer_alias SELECT 99, customer_id, 'x', 'x' FROM customer_alias LIMIT 1", "is in no entry"),
        ("DELETE FROM customer_alias WHERE id = 1", "no longer in its table"),
        ("UPDATE journal SET body = replace(body, '林静', '林婧')", "its content is not what its hash says"),
        ("DELETE FROM journal WHERE seq = 3", "does not follow"),
        ("ALTER TABLE journal DISABLE TRIGGER journal_is_never_changed", "is not as it was made"),
        ("DROP TRIGGER customer_is_never_deleted ON customer", "was removed"),
        ("ALTER TABLE receivable DROP CONSTRAINT ck_receivable_open_is_not_negative", "was removed"),
        ("CREATE VIEW better AS SELECT * FROM customer", "does not belong"),
        ("CREATE OR REPLACE FUNCTION refuse_this() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
         "is not as"),
        ("CREATE RULE lost AS ON INSERT TO letter DO INSTEAD NOTHING", "does not belong"),
        ("ALTER TABLE visit ENABLE ROW LEVEL SECURITY", "is not as it was made"),
        ("CREATE POLICY mine ON visit USING (id < 0)", "does not belong"),
    ],
)  # fmt: skip
def test_what_the_owner_changed_behind_the_guards_is_found(server: Office, statement: str, said: str) -> None:
    assert isinstance(server.place, Address)
    with owner(server.place) as base:
        base.execute("SET session_replication_role = replica")
        base.execute(statement)
    found = server.run("ledger verify")
    assert found.status == 5
    assert said in found.out + found.err


def test_the_page_can_be_followed_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has never seen it gets a ledger that believes the server's logins, and can work in it."""
    office, mark = Office(tmp_path, monkeypatch).unnamed(), f"_{os.getpid()}"
    page = re.sub(r"\b(salesctl_owner|salesctl_clerk|sales_back|lin)\b(?=[@; ])", rf"\1{mark}", PAGE.read_text("utf-8"))
    page = page.replace("DATABASE sales ", f"DATABASE sales{mark} ")
    first, second = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    root = urlsplit(engines.server())

    def at(login: str) -> Address:
        return as_role(Address(root._replace(path=f"/sales{mark}").geturl()), login)

    with owner(Address(engines.server())) as base:
        try:
            for statement in first.strip().splitlines():
                base.execute(statement)
            monkeypatch.setenv("SALESCTL_LEDGER", at(f"salesctl_owner{mark}").url)
            office.do("ledger init --identity database")
            with owner(at(f"salesctl_owner{mark}")) as made:
                made.execute(second)
            office.do("people add 沈国栋 --code gm --grade general_manager --from 2012-03-01")
            office.do(f"people login gm salesctl_owner{mark}")
            office.do(f"people add 林静 --code lin --grade account_manager --login lin{mark} --from 2012-03-01")
            office.do("customer add 云帆 --owner lin")
            monkeypatch.setenv("SALESCTL_LEDGER", at(f"lin{mark}").url)
            office.do("people show lin")
            assert office.run("people login lin nobody").code == "people.own-case"
            assert office.run("customer add 远大 --as gm").code == "desk.impersonation"
        finally:
            base.execute(f"DROP DATABASE IF EXISTS sales{mark} WITH (FORCE)")
            for role in ("lin", "salesctl_clerk", "salesctl_owner"):
                base.execute(f"DROP ROLE IF EXISTS {role}{mark}")


class TestRoles:
    """The page's statements, as an owner would run them."""

    @pytest.fixture
    def clerk(self, server: Office) -> Iterator[tuple[Office, Address]]:
        assert isinstance(server.place, Address)
        page = PAGE.read_text("utf-8")
        statements = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)[1]
        role = f"salesctl_clerk_{os.getpid()}"
        with owner(server.place) as base:
            base.execute(f"CREATE ROLE {role} LOGIN")
            base.execute(statements.replace("salesctl_clerk", role))
            try:
                yield server, as_role(server.place, role)
            finally:
                base.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")

    def test_a_clerk_writes_and_reads_and_can_do_nothing_else(
        self, clerk: tuple[Office, Address], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office, place = clerk
        monkeypatch.setenv("SALESCTL_LEDGER", place.url)
        office.do("visit log 云帆 --as lin")
        office.do("receivable log 云帆 100 --due 2012-05-31 --number FP1 --as lin")
        office.do("receipt log 云帆 40 --as gm --date 2012-05-08")
        assert office.ask("ledger history")
        for forbidden in ("UPDATE journal SET actor = ''", "DELETE FROM visit", "TRUNCATE visit", "DROP TABLE visit",
                          "ALTER TABLE journal DISABLE TRIGGER ALL", "CREATE TABLE mine (a int)",
                          "SET session_replication_role = replica",
                          "UPDATE alembic_version SET version_num = '1'"):  # fmt: skip
            with owner(place) as base, pytest.raises(psycopg.errors.InsufficientPrivilege):
                base.execute(forbidden)
        monkeypatch.setenv("SALESCTL_LEDGER", office.place.url if isinstance(office.place, Address) else "")
        assert office.ask("ledger verify")["faults"] == 0

    def test_a_clerk_cannot_compare_the_schema_and_is_told_so(
        self, clerk: tuple[Office, Address], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office, place = clerk
        monkeypatch.setenv("SALESCTL_LEDGER", place.url)
        proved = office.do("ledger verify")
        assert "The schema was not compared" in proved.err
        assert "The schema was not compared" not in office.do(f"ledger verify --ledger {_url(office)}").err

    @pytest.mark.parametrize("line", ["visit list", "visit log 云帆 --as lin", "ledger init"])
    def test_a_login_without_rights_is_told_that_it_has_none(
        self, clerk: tuple[Office, Address], monkeypatch: pytest.MonkeyPatch, line: str
    ) -> None:
        """As after an upgrade that made a table nobody has granted anything on."""
        office, place = clerk
        assert isinstance(office.place, Address)
        with owner(office.place) as base:
            base.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {urlsplit(place.url).username}")
            base.execute("DROP TABLE alembic_version" if line == "ledger init" else "SELECT 1")
        monkeypatch.setenv("SALESCTL_LEDGER", place.url)
        answer = office.run(line)
        assert (answer.status, answer.code) == (4, "ledger.storage")
        assert "has not the right" in answer.err
        assert "reverse it" not in answer.err

    def test_a_login_that_only_reads_is_not_sent_to_look_at_a_file(
        self, clerk: tuple[Office, Address], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office, place = clerk
        assert isinstance(office.place, Address)
        with owner(office.place) as base:
            base.execute(f"ALTER ROLE {urlsplit(place.url).username} SET default_transaction_read_only = on")
        monkeypatch.setenv("SALESCTL_LEDGER", place.url)
        office.do("visit list")
        answer = office.run("visit log 云帆 --as lin")
        assert ("read-only" in answer.err, "folder" in answer.err) == (True, False)

    def test_people_are_whom_the_server_says(
        self, clerk: tuple[Office, Address], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office, place = clerk
        assert isinstance(office.place, Address)
        role = str(urlsplit(place.url).username)
        with engines.database() as other:
            monkeypatch.setenv("SALESCTL_LEDGER", other.url)
            office.unnamed()
            office.do("ledger init --identity database")
            office.do("people add 林静 --grade account_manager --regime A")
            office.do("customer add 北京云帆网络科技有限公司 --owner 林静 --alias 云帆")
            office.do(["people", "login", "林静", role])
            with owner(other) as base:
                base.execute(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {role}")
            assert office.run("visit log 云帆 --as 林静").code == "desk.impersonation"
            monkeypatch.setenv("SALESCTL_LEDGER", as_role(other, role).url)
            office.do("visit log 云帆")
            assert office.ask("ledger history")[0]["login"] == role
            with owner(other) as base:
                base.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")

    def test_a_server_does_not_believe_the_logins_of_machines(
        self, office: Office, clerk: tuple[Office, Address], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever has a machine has any login on it: a file that believed them goes by the session once it is there."""
        me = Path.home().owner()
        with engines.database() as other:
            assert office.run(f"ledger init --identity os --ledger {other.url}").code == "input.invalid"
            for line in (
                "ledger init --identity os",
                f"people add 沈国栋 --code gm --grade general_manager --login {me}",
            ):
                office.unnamed().do(f"{line} --ledger os.db")
            office.do("customer add 云帆 --ledger os.db")
            office.do(f"ledger copy os.db {other.url}")
            answer = office.run(f"customer add 远大 --ledger {other.url}")
            assert answer.code == "desk.unknown-login", answer

    def test_a_file_cannot_believe_a_servers_logins(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        office = Office(tmp_path, monkeypatch)
        monkeypatch.setenv("SALESCTL_LEDGER", str(tmp_path / "file.db"))
        assert office.run("ledger init --identity database").code == "input.invalid"


def _url(office: Office) -> str:
    assert isinstance(office.place, Address)
    return office.place.url


def as_role(place: Address, role: str) -> Address:
    parts = urlsplit(place.url)
    host = parts.netloc.rpartition("@")[2]
    return Address(parts._replace(netloc=f"{role}@{host}").geturl())


def test_of_thirty_two_clients_nobody_loses_anything(server: Office) -> None:
    """P3 on a server: 32 processes write at once; every entry is there once, in one chain."""
    assert isinstance(server.place, Address)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_write, args=(server.place, number, 10)) for number in range(32)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * 32
    proved = server.ask("ledger verify")
    assert (proved["faults"], proved["entries"]) == (0, len(STAFF) + len(CUSTOMERS) + 1 + 320)
    with owner(server.place) as base:
        assert base.execute("SELECT count(DISTINCT login) FROM person_login").fetchone() == (320,)


def _write(place: Address, number: int, times: int) -> None:
    desk = Desk(Wishes(place), NOW, "declared", f"client{number}", "", lambda *_: None)
    desk.expect_somebody = lambda _view: None  # type: ignore[method-assign, assignment]
    for time in range(times):
        with desk.ledger.transaction("test.write", desk) as tx:
            tx.add(PersonLogin(person_id=1, login=f"c{number}-{time}"))
    desk.ledger.close()


def test_whoever_waits_too_long_is_told_and_wrote_nothing(server: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(server.place, Address)
    monkeypatch.setattr(postgres, "BEGIN_WRITING", postgres.BEGIN_WRITING.replace(f"'{troubles.WAIT}s'", "'200ms'"))
    with owner(server.place) as base, base.transaction():
        base.execute(f"SELECT pg_advisory_xact_lock({postgres.TURN})")
        busy = server.run("visit log 云帆 --as lin")
    assert (busy.status, busy.code) == (3, "ledger.busy")
    server.do("visit log 云帆 --as lin")


def test_a_connection_that_breaks_before_the_end_leaves_nothing(
    server: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends our session in the middle of a write."""
    assert isinstance(server.place, Address)
    before = told(server.place)
    real = postgres.run

    def broken(session: postgres.Session, query: str, values: dict[str, Any]) -> Any:
        if query.startswith("INSERT INTO visit"):
            with owner(server.place) as base:  # type: ignore[arg-type]
                base.execute(f"SELECT pg_terminate_backend({session.base.info.backend_pid})")
        return real(session, query, values)

    monkeypatch.setattr(postgres, "run", broken)
    cut = server.run("visit log 云帆 --as lin")
    assert (cut.status, cut.code) == (4, "ledger.storage")
    assert told(server.place) == before


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql://127.0.0.1:1/none", "ledger.storage"),
        ("postgresql://who:secret@127.0.0.1:1/none?connect_timeout=2", "ledger.storage"),
        ("postgres://[::", "ledger.storage"),
        ("postgresql://host/db?nonsense=1", "ledger.storage"),
    ],
)
def test_a_server_that_is_not_there_is_said_in_one_line(
    office: Office, monkeypatch: pytest.MonkeyPatch, url: str, code: str
) -> None:
    monkeypatch.setenv("SALESCTL_LEDGER", url)
    refused = office.run("customer list")
    assert (refused.status, refused.code) == (4, code)
    assert "secret" not in refused.err


def test_a_database_that_is_not_there(server: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(server.place, Address)
    monkeypatch.setenv("SALESCTL_LEDGER", urlsplit(server.place.url)._replace(path="/nobody_made_this").geturl())
    refused = server.run("customer list")
    assert (refused.status, refused.code) == (4, "ledger.storage")
    assert "nobody_made_this" in refused.err


def test_without_the_driver_the_way_out_is_named(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "psycopg":
            raise ImportError(name)
        return real(name, *rest, **more)

    postgres._driver.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setenv("SALESCTL_LEDGER", "postgresql://host/db")
    refused = office.run("customer list")
    postgres._driver.cache_clear()
    assert (refused.status, refused.code) == (4, "ledger.storage")
    assert "salesctl[pg]" in refused.err


class TestCopy:
    def test_a_file_is_carried_over_with_its_chain(
        self, office: Office, database: Address, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = office.ledger
        office.do("visit log 云帆 --as lin")
        office.do("receivable log 云帆 100 --due 2012-05-31 --number FP1")
        office.do("receipt log 云帆 130 --date 2012-05-08 --overpayment")
        carried = office.do(["ledger", "copy", str(file), database.url, "--format", "json"]).json
        assert carried["entries"] == len(told(file))
        assert told(database) == told(file)
        monkeypatch.setenv("SALESCTL_LEDGER", database.url)
        office.do("receipt log 云帆 10 --date 2012-05-09 --as gm --overpayment", now="2012-05-09T09:00")
        assert office.ask("ledger verify", now="2012-05-09T09:00")["faults"] == 0
        assert len(told(database)) == len(told(file)) + 1

    def test_rehearsed_nothing_is_carried(self, office: Office, database: Address) -> None:
        office.do(["ledger", "copy", str(office.ledger), database.url, "--dry-run"])
        assert office.run(f"ledger info --ledger {database.url}").code == "ledger.schema"
        office.do(["ledger", "copy", str(office.ledger), database.url])

    def test_a_ledger_is_never_carried_over_another(self, office: Office, database: Address) -> None:
        office.do(["ledger", "copy", str(office.ledger), database.url])
        assert office.run(["ledger", "copy", str(office.ledger), database.url]).code == "ledger.exists"

    def test_what_is_not_proved_is_not_carried(self, office: Office, database: Address) -> None:
        with closing(sqlite3.connect(office.ledger)) as base:
            base.execute("UPDATE customer SET name = '别的公司' WHERE id = 1")
            base.commit()
        refused = office.run(["ledger", "copy", str(office.ledger), database.url])
        assert (refused.status, refused.code) == (5, "ledger.unsound")
        with owner(database) as there:
            assert there.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)

    def test_a_target_that_is_no_address(self, office: Office, tmp_path: Path) -> None:
        assert office.run(["ledger", "copy", str(office.ledger), str(tmp_path / "b.db")]).code == "input.invalid"


def test_what_nobody_does_is_told_of_a_server_too(server: Office) -> None:
    """Cron and checkpoints do not depend on where a ledger lies; its backups are the server's."""
    server.do("check --new", now="2012-03-01T17:30")
    found = server.run("ledger doctor --format json", now="2012-05-08T09:00")
    assert (found.status, [one["danger"] for one in found.json]) == (5, ["checkpoint", "cron"])
    server.do("ledger checkpoint")
    server.do("check --new")
    assert "3 conditions" in server.do("ledger doctor").err


@pytest.mark.parametrize("line", ["ledger backup x.db", "ledger restore x.db"])
def test_what_is_done_to_files_is_refused_for_a_server(server: Office, line: str) -> None:
    refused = server.run(line)
    assert (refused.status, refused.code) == (2, "ledger.no-file")


def test_an_address_is_shown_without_its_password() -> None:
    place = place_of("postgresql://lin:geheim@db:5432/sales?password=geheim")
    assert str(place) == "postgresql://lin@db:5432/sales"
    assert place_of("/a/b.db") == Path("/a/b.db")


@pytest.mark.parametrize("typed", ["postgresql:///sales", "POSTGRESQL:///sales", " postgresql:///sales"])
def test_an_address_is_one_however_its_scheme_is_typed(typed: str) -> None:
    """Taken for a file's name it would be shown whole, and a folder made of it."""
    assert place_of(typed) == Address("postgresql:///sales")


@pytest.mark.parametrize("login", ["lin:geheim@[db", "lin:%zgeheim@db", "lin:a@geheim@db", "db?password=%zgeheim"])
def test_a_driver_that_quotes_an_address_does_not_tell_its_password(office: Office, login: str) -> None:
    answer = office.run(f"people list --ledger postgresql://{login}")
    assert (answer.status, answer.code) == (4, "ledger.storage")
    assert "geheim" not in answer.err
    assert "***" in answer.err


def test_marks_of_values_are_told_from_texts_and_casts() -> None:
    query = "SELECT ':not', a::text, x LIKE '50%' FROM t WHERE b = :b AND c % 2 = :c_1"
    assert postgres._marked(query) == (
        "SELECT ':not', a::text, x LIKE '50%%' FROM t WHERE b = %(b)s AND c %% 2 = %(c_1)s"
    )


def test_both_engines_offer_the_same() -> None:
    names = {"NAME", "BEGIN_READING", "BODY", "connect", "schema_of", "turn", "begin_writing", "run", "each",
             "insert_many", "update_many", "rebuilding", "damage", "schema", "columns", "described",
             "translated"}  # fmt: skip
    for engine in (sqlite, postgres):
        assert names <= set(vars(engine))
