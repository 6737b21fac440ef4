"""Nothing acknowledged is lost or quietly changed; a command that fails leaves nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salesctl import app
from salesctl.ledger import journal, sqlite
from tests.conftest import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITE = "customer volume 云帆 1200000 --month 2012-04-01"
RAW = ["customer", "volume", "云帆", "1200000", "--month", "2012-04-01"]


def everything(path: Path) -> list[str]:
    """The whole content of a ledger."""
    with sqlite3.connect(path) as db:
        return list(db.iterdump())


def loosen(path: Path, *statements: str) -> None:
    """Change a ledger as somebody with another program would: guards removed, change made, guards put back."""
    with sqlite3.connect(path) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _name, sql in guards:
            db.execute(sql)


def process(office: Office, words: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """A real process of the program."""
    environment = {**os.environ, "SALESCTL_LANG": "en", "SALESCTL_TRACE": str(office.folder / "trace.txt")}
    command = [sys.executable, "-m", "salesctl", *words]
    return subprocess.run(command, env=environment, text=True, stderr=subprocess.PIPE, check=False, **options)  # type: ignore[call-overload,no-any-return]


class TestWriting:
    def test_every_acknowledged_write_prints_its_receipt(self, office: Office) -> None:
        answer = office.do(WRITE)
        assert answer.err.strip().splitlines()[-1].startswith("#")
        seq, head = answer.err.strip().splitlines()[-1].split()
        assert office.ask("ledger info")["head"] == f"{seq} {head}"

    def test_a_failing_command_leaves_nothing(self, office: Office) -> None:
        before = everything(office.ledger)
        for line in ("customer volume 云帆 5 --line sea", "people add 张三 --superior nobody", "customer add 云帆",
                     "customer add 新禾科技 --owner nobody", "people enrol lin Z"):  # fmt: skip
            assert office.run(line).status == 2, line
        assert everything(office.ledger) == before

    def test_a_dry_run_shows_and_leaves_nothing(self, office: Office) -> None:
        before = everything(office.ledger)
        answer = office.do("customer add 新禾科技有限公司 --dry-run")
        assert "C004" in answer.out
        assert "nothing was written" in answer.err
        assert everything(office.ledger) == before

    @pytest.mark.parametrize(
        "line",
        ["receivable log 云帆 9 --due 2012-12-31", "contract add HT-88 --customer 云帆 --amount 5 --signed 2012-04-01",
         "people move lin --department 二部 --from 2012-06-01", "customer transfer 云帆 --to chen",
         "visit log 云帆 --as lin"],
    )  # fmt: skip
    def test_any_write_can_be_rehearsed(self, office: Office, line: str) -> None:
        before = everything(office.ledger)
        answer = office.do(f"{line} --dry-run")
        assert answer.out
        assert "nothing was written" in answer.err
        assert "#" not in answer.err
        assert everything(office.ledger) == before

    @pytest.mark.parametrize("given", ["", " ", "x" * 81, "a\nb"])
    def test_a_request_id_that_could_not_be_told_from_none(self, office: Office, given: str) -> None:
        """An empty variable of a script: the retry would be a second entry."""
        before = everything(office.ledger)
        answer = office.run(["customer", "volume", "云帆", "7", "--month", "2012-04-01", "--request-id", given])
        assert (answer.status, answer.code, everything(office.ledger) == before) == (2, "input.invalid", True)

    def test_an_empty_name_is_no_other_ledger(self, office: Office) -> None:
        assert office.run([*RAW, "--ledger", ""]).code == "input.invalid"

    def test_entry_times_never_run_backwards(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """A machine whose clock went back: the entry keeps the newest time a clock showed, and is marked."""
        moments = iter((datetime(2030, 1, 2, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)))
        monkeypatch.setattr(app, "_clock", lambda: (next(moments), "system"))
        office.do(WRITE)
        office.do(WRITE)
        monkeypatch.undo()
        with sqlite3.connect(office.ledger) as db:
            rows = db.execute("SELECT recorded_at, clock FROM journal ORDER BY seq DESC LIMIT 2").fetchall()
        assert rows == [("2030-01-02 00:00:00.000000", "held"), ("2030-01-02 00:00:00.000000", "system")]

    def test_waiting_in_line_is_no_clock_gone_back(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever read the clock first and got the turn last writes the later time: nobody's clock was behind."""
        monkeypatch.setattr(app, "_clock", lambda: (datetime.now(UTC), "system"))
        enter = sqlite.turn

        @contextmanager
        def overtaken(path: Path) -> Iterator[None]:
            monkeypatch.setattr(sqlite, "turn", enter)
            office.do("customer volume 云帆 7 --month 2012-04-01")
            with enter(path):
                yield

        monkeypatch.setattr(sqlite, "turn", overtaken)
        office.do(WRITE)
        with closing(sqlite3.connect(office.ledger)) as db:
            rows = db.execute("SELECT recorded_at, clock FROM journal ORDER BY seq LIMIT 2 OFFSET "
                              "(SELECT count(*) - 2 FROM journal)").fetchall()  # fmt: skip
        assert rows[0][0] <= rows[1][0]
        assert [clock for _at, clock in rows] == ["system", "system"]

    def test_a_declared_time_holds_no_clock(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """Somebody who declares a year to come does not stop the time of everybody after them."""
        office.do(WRITE, now="2199-12-30T09:00")
        monkeypatch.delenv("SALESCTL_NOW")
        assert process(office, RAW, stdout=subprocess.PIPE).returncode == 0
        with sqlite3.connect(office.ledger) as db:
            newest = db.execute("SELECT recorded_at, clock FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        assert (newest[0] < "2190", newest[1]) == (True, "system")

    def test_a_declared_time_is_recorded_as_declared(self, office: Office) -> None:
        assert office.ask("ledger verify")["declared"] == office.ask("ledger verify")["entries"]

    def test_the_login_comes_from_the_system_and_not_from_a_variable(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LOGNAME", "boss")
        monkeypatch.setenv("USER", "boss")
        office.do(WRITE)
        assert {entry["login"] for entry in office.ask("ledger history")} != {"boss"}


class TestWhoActs:
    def test_a_department_is_set_up_by_anybody_until_it_has_a_general_manager(self, empty_office: Office) -> None:
        empty_office.do("people add 林静 --grade account_manager")
        empty_office.do("customer add 新禾科技有限公司")
        empty_office.do("people add 沈国栋 --grade general_manager")
        assert empty_office.run("customer add 远大传媒有限公司").code == "desk.nobody"
        assert empty_office.run("people promote 林静 account_director --from 2012-06-01").code == "desk.nobody"
        empty_office.do("customer add 远大传媒有限公司 --as 林静")
        newest = empty_office.ask("ledger history")[0]
        assert (newest["verb"], newest["actor"]) == ("customer.add", "P001")

    def test_a_request_of_another_person_is_another_request(self, office: Office) -> None:
        office.do(f"{WRITE} --as lin --request-id r2")
        assert office.run(f"{WRITE} --as chen --request-id r2").code == "ledger.request-id"


class TestRetrying:
    def test_the_same_request_is_carried_out_once(self, office: Office) -> None:
        first = office.do(f"{WRITE} --request-id r1")
        again = office.do(f"{WRITE} --request-id r1")
        assert first.err.strip().splitlines()[-1] in again.err
        with sqlite3.connect(office.ledger) as db:
            assert db.execute("SELECT count(*) FROM monthly_volume").fetchone() == (1,)

    def test_a_large_import_is_one_request_with_one_receipt(self, office: Office) -> None:
        """An entry for every thousand rows; the receipt is the last one's, the first time and again."""
        rows = "".join(f"Q{number},云帆,1.00,2012-04-01,2012-05-01\n" for number in range(2500))
        Path("large.csv").write_text("number,customer,amount,issued,due\n" + rows, encoding="utf-8")
        before = office.ask("ledger info")["entries"]
        first = office.do("receivable import large.csv --request-id big")
        again = office.run("receivable import large.csv --request-id big")
        assert first.err.strip().splitlines()[-1] in again.err
        assert office.ask("ledger info")["entries"] == before + 3
        assert office.ask("ledger verify")["faults"] == 0

    def test_another_request_under_the_same_id_is_refused(self, office: Office) -> None:
        office.do(f"{WRITE} --request-id r1")
        assert office.run("customer volume 云帆 7 --request-id r1").code == "ledger.request-id"


NO_ENTRIES = ("{}", "[]", "null", "7", "no json", "", pytest.param("[" * 100_000 + "]" * 100_000, id="deep"))
ODD = '{"seq":3,"at":[],"clock":{},"actor":[],"verb":7,"about":{},"request":[],"login":1,"packs":[],"rows":'
ODD_ROWS = (
    *("7", "[7]", "[[1,2,3,4]]", '[["add",[],["id"],[[1]]]]', '[["add","visit",7,[[1]]]]'),
    *('[["amend","visit",["id"],7]]', '[["amend","person",["id"],[[[]]]]]', '[["add","nowhere",["id"],[]]]'),
)


class TestTampering:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal SET body = replace(body, '沈国栋', '沈国梁') WHERE seq = 2",
            "DELETE FROM journal WHERE seq = 3",
            "INSERT OR REPLACE INTO journal SELECT seq, prev, hash, recorded_at, clock, actor, verb, 'x', request_id, "
            "body FROM journal WHERE seq = 3",
            "INSERT INTO journal SELECT seq + 9, hash, hash, recorded_at, clock, actor, verb, about, NULL, body "
            "FROM journal",
            "DELETE FROM customer",
        ],
    )
    def test_the_ledger_itself_refuses(self, office: Office, statement: str) -> None:
        with sqlite3.connect(office.ledger) as db, pytest.raises(sqlite3.IntegrityError):
            db.execute(statement)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal SET body = replace(body, '沈国栋', '沈国梁') WHERE seq = 2",
            "UPDATE journal SET actor = 'P009' WHERE seq = 4",
            "DELETE FROM journal WHERE seq = 3",
            "UPDATE customer SET name = '别的公司' WHERE id = 2",
            "DELETE FROM customer_alias WHERE id = 1",
            "UPDATE standing SET until_on = '2013-01-01' WHERE id = 1",
        ],
    )
    def test_whoever_changes_a_row_is_found_out(self, office: Office, statement: str) -> None:
        before = everything(office.ledger)
        loosen(office.ledger, statement)
        assert everything(office.ledger) != before
        assert office.run("ledger verify").status == 5

    @pytest.mark.parametrize(
        "statement",
        [
            "DROP TRIGGER journal_is_never_changed",
            "CREATE TRIGGER other AFTER INSERT ON visit BEGIN SELECT 1; END",
            "CREATE VIEW hidden AS SELECT 1",
            "CREATE TABLE extra (a)",
            "DROP INDEX uq_standing_open",
            "DROP TABLE monthly_volume",
            "DROP TABLE journal",
            "INSERT INTO alembic_version VALUES ('9999')",
        ],
    )
    def test_a_changed_schema_is_found_out(self, office: Office, statement: str) -> None:
        with sqlite3.connect(office.ledger) as db:
            db.execute(statement)
        assert office.run("ledger verify").status in (4, 5)

    def test_a_guard_that_was_disarmed_is_found_out(self, office: Office) -> None:
        """The same name on a trigger that lets everything pass."""
        with sqlite3.connect(office.ledger) as db:
            db.execute("DROP TRIGGER journal_is_never_changed")
            db.execute("CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT 1; END")
        answer = office.run("ledger verify")
        assert (answer.status, "journal_is_never_changed" in answer.err) == (5, True)

    @pytest.mark.parametrize("body", [*NO_ENTRIES, *(f"{ODD}{rows}}}" for rows in ODD_ROWS)])
    def test_an_entry_without_its_content_is_found_out(self, office: Office, body: str) -> None:
        loosen(office.ledger, f"UPDATE journal SET body = '{body}' WHERE seq = 3")
        answer = office.run("ledger verify")
        assert (answer.status, "#3: its content is not what its hash says" in answer.err) == (5, True)

    @pytest.mark.parametrize("rows", [["put", "visit", ["id"], [[1]]], ["amend", "visit", ["id", "note"], [[99, "x"]]]])
    def test_an_entry_that_writes_what_cannot_be_written_is_found_out(self, office: Office, rows: list[object]) -> None:
        """Its hash fits: it changes a row that nothing added, or writes in a way there is not."""
        with closing(sqlite.connect(office.ledger, guarded=False)) as db:
            head = journal.Head(*db.execute(journal.HEAD).fetchone())
            facts = json.loads(db.execute("SELECT body FROM journal WHERE seq = ?", (head.seq,)).fetchone()[0])
            db.execute(journal.INSERT, journal.entry(head, {**facts, "seq": head.seq + 1, "rows": [rows]}))
        answer = office.run("ledger verify")
        assert (answer.status, "what it writes cannot be followed" in answer.err) == (5, True), answer

    @pytest.mark.parametrize("column", ["prev", "hash", "body", "verb"])
    def test_a_column_of_another_type_is_found_out(self, office: Office, column: str) -> None:
        """A flipped bit makes a text a blob."""
        loosen(office.ledger, f"UPDATE journal SET {column} = CAST({column} AS BLOB) WHERE seq = 3")
        assert office.run("ledger verify").status == (0 if column == "body" else 5)

    @pytest.mark.parametrize("change", ["not_before = '2012-05-01'", "contract_id = 1", "number = 'F-2'"])
    def test_what_a_file_said_and_what_it_did_not_are_both_proved(self, office: Office, change: str) -> None:
        (office.folder / "in.csv").write_text("number,customer,amount,issued,due\nF-1,云帆,100,2012-04-01,2012-05-31\n")
        office.do("receivable import in.csv")
        assert office.ask("ledger verify")["faults"] == 0
        loosen(office.ledger, f"UPDATE receivable SET {change} WHERE id = 1")
        answer = office.run("ledger verify")
        assert (answer.status, "is not what the journal says" in answer.err) == (5, True)

    def test_a_sound_ledger_verifies(self, office: Office) -> None:
        assert office.ask("ledger verify")["faults"] == 0


class TestTrouble:
    def test_no_ledger(self, office: Office) -> None:
        answer = office.run("customer list --ledger nowhere.db")
        assert (answer.status, answer.code) == (4, "ledger.missing")
        assert not Path("nowhere.db").exists()

    def test_not_a_ledger(self, office: Office) -> None:
        Path("letter.db").write_text("Dear customer, " * 1000)
        assert office.run("customer list --ledger letter.db").status == 4

    def test_a_newer_ledger(self, office: Office) -> None:
        with sqlite3.connect(office.ledger) as db:
            db.execute("UPDATE alembic_version SET version_num = '9999'")
        answer = office.run(WRITE)
        assert (answer.status, answer.code) == (4, "ledger.schema")
        assert "Upgrade salesctl" in answer.err

    def test_a_damaged_ledger(self, office: Office) -> None:
        raw = bytearray(office.ledger.read_bytes())
        raw[4096:] = os.urandom(len(raw) - 4096)
        office.ledger.write_bytes(raw)
        assert office.run("customer list").status == 4

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write to any file")
    def test_a_read_only_ledger(self, office: Office) -> None:
        office.ledger.chmod(0o400)
        office.folder.chmod(0o500)
        assert office.run(WRITE).status == 4

    def test_a_full_disk(self, office: Office) -> None:
        """The size of files is limited for the process: nothing written, the ledger sound, and writable again after."""
        before = everything(office.ledger)
        limit = office.ledger.stat().st_size // 1024 + 4
        shell = f"ulimit -f {limit}; exec {sys.executable} -m salesctl people add 王五 --department {'长' * 60}"
        for _attempt in range(40):
            done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
            if done.returncode:
                break
            shell = shell.replace("王五", "王五某")
        assert done.returncode == 4, done
        assert "code" in done.stderr
        assert office.ask("ledger verify")["faults"] == 0
        assert office.do(WRITE).status == 0
        assert len(everything(office.ledger)) > len(before)

    def test_another_program_holds_the_ledger(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite, "WAIT", 0.2)
        other = sqlite3.connect(office.ledger, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answer = office.run(WRITE)
        other.execute("ROLLBACK")
        assert (answer.status, answer.code) == (3, "ledger.busy")

    @pytest.mark.parametrize("name", ["a?b.db", "c%20d.db", "e#f g.db", "表 单.db"])
    @pytest.mark.file
    def test_a_ledger_may_have_any_name(self, office: Office, name: str) -> None:
        path = str(office.folder / name)
        office.unnamed().do(["ledger", "init", "--ledger", path])
        office.do(["people", "add", "林静", "--ledger", path])
        assert {file.name for file in office.folder.iterdir()} >= {name, "ledger.db"}
        assert office.ask(f"ledger verify --ledger '{path}'")["faults"] == 0

    @pytest.mark.parametrize("path", ["~nobody-of-that-name/x.db", "x" * 3000, "/dev/null/x.db"])
    def test_a_path_that_leads_nowhere(self, office: Office, path: str) -> None:
        assert office.run(["people", "list", "--ledger", path]).status in (2, 4)

    def test_settings_that_are_no_text(self, office: Office) -> None:
        Path("salesctl.toml").write_text("ledger = 5\nas = [1]\n")
        assert office.run("people list").status in (0, 2, 4)

    def test_no_ledger_is_put_into_another_programs_file(self, office: Office) -> None:
        with sqlite3.connect("bookmarks.db") as db:
            db.execute("CREATE TABLE bookmarks (url TEXT)")
        before = everything(Path("bookmarks.db"))
        assert office.run("ledger upgrade --ledger bookmarks.db").status == 4
        assert everything(Path("bookmarks.db")) == before

    def test_a_foreign_database_is_not_upgraded(self, office: Office) -> None:
        with sqlite3.connect("foreign.db") as db:
            db.execute("CREATE TABLE alembic_version (version_num TEXT)")
            db.execute("INSERT INTO alembic_version VALUES ('abcd')")
        assert office.run("ledger upgrade --ledger foreign.db").status == 4

    def test_a_ledger_is_never_made_over_another(self, office: Office) -> None:
        before = everything(office.ledger)
        assert office.run("ledger init").code == "ledger.exists"
        assert everything(office.ledger) == before

    def test_two_who_make_the_same_ledger(self, office: Office, tmp_path: Path) -> None:
        """One makes it, the other is told; what is there is whole."""
        words = ["ledger", "init", "--ledger", str(tmp_path / "both.db")]
        command = [sys.executable, "-m", "salesctl", *words]
        running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _who in range(3)]
        assert sorted(process.wait() for process in running) == [0, 4, 4]
        assert office.ask(f"ledger verify --ledger {tmp_path}/both.db")["faults"] == 0
        assert {file.name for file in tmp_path.glob("*both*")} == {"both.db", "both.db.line", "both.db.lock"}

    def test_making_a_ledger_can_be_rehearsed(self, office: Office, tmp_path: Path) -> None:
        office.do(f"ledger init --dry-run --ledger {tmp_path}/dry/new.db")
        assert not list((tmp_path / "dry").glob("*new.db"))

    def test_a_ledger_cannot_be_where_there_is_no_room_for_it(self, office: Office, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert office.run(f"ledger init --ledger {tmp_path}/file/new.db").status == 4
        for folder in (tmp_path, "/", "."):
            assert office.run(f"ledger init --ledger {folder}").code == "ledger.exists", folder

    def test_the_ledger_is_its_owners_alone(self, tmp_path: Path, office: Office) -> None:
        was = os.umask(0)
        try:
            office.do(f"ledger init --ledger {tmp_path}/own/new.db")
            office.do(f"customer add 新禾科技 --ledger {tmp_path}/own/new.db")
        finally:
            os.umask(was)
        for file in (tmp_path / "own").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


class TestOutput:
    def test_an_answer_is_never_written_over_the_ledger(self, office: Office) -> None:
        office.do(WRITE)
        Path("alias.csv").symlink_to(office.ledger)
        before = everything(office.ledger)
        for name in (str(office.ledger), "alias.csv", f"{office.ledger}.lock", f"{office.ledger}.line"):
            assert office.run(f"people list -o {name}").code == "input.invalid", name
        Path("folder.csv").mkdir(mode=0o755)
        assert office.run("people list -o folder.csv").code == "output.not-written"
        assert stat.S_IMODE(Path("folder.csv").stat().st_mode) == 0o755
        assert everything(office.ledger) == before

    @pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
    def test_a_closed_stream_is_no_mistake_of_ours(self, office: Office, closed: str) -> None:
        done = subprocess.run(["bash", "-c", f"{sys.executable} -m salesctl customer list {closed}"],
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert (done.returncode, "C001" in done.stdout) == (0, True), done

    @pytest.mark.parametrize("lost", ["2>/dev/full", "2>&-"])
    def test_a_full_error_output_changes_nothing(self, office: Office, lost: str) -> None:
        for line, status in ((" ".join(RAW), 0), ("receipt log nobody 5", 2), ("customer", 2), ("customer list", 0)):
            script = f"{sys.executable} -m salesctl {line} >/dev/null {lost}"
            assert subprocess.run(["bash", "-c", script], check=False).returncode == status, line

    def test_a_closed_output_is_said_by_the_status(self, office: Office) -> None:
        def status(line: str) -> int:
            return subprocess.run(["bash", "-c", f"{sys.executable} -m salesctl {line} >&-"], check=False,
                                  stderr=subprocess.DEVNULL).returncode  # fmt: skip

        assert status(" ".join(RAW)) == 6
        assert status("customer list") == 4
        assert status("customer --help") == 4
        assert office.ask("ledger verify")["faults"] == 0

    def test_what_was_recorded_and_cannot_be_shown_is_six(self, office: Office) -> None:
        with Path("/dev/full").open("w") as full:
            done = process(office, RAW, stdout=full)
        assert done.returncode == 6, done
        assert done.stderr.strip().splitlines()[-1].startswith("#")
        assert "Traceback" not in done.stderr
        assert office.ask("ledger info")["head"] == done.stderr.strip().splitlines()[-1]

    def test_a_reader_that_stops_reading_is_no_fault(self, office: Office) -> None:
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {sys.executable} -m salesctl customer list | true"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
    def test_any_terminal_can_show_an_answer(
        self, office: Office, monkeypatch: pytest.MonkeyPatch, encoding: str
    ) -> None:
        monkeypatch.setenv("PYTHONIOENCODING", encoding)
        command = [sys.executable, "-m", "salesctl", "customer", "list"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 50, 6), False), ((3, 50, 7), True),
     ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), False), ((3, 53, 0), True)],
)  # fmt: skip
def test_wal_is_used_only_where_it_is_safe(version: tuple[int, ...], is_safe: bool) -> None:
    assert sqlite.wal_is_safe(version) is is_safe


@pytest.mark.file
def test_one_record_commands_bring_no_heavy_library(office: Office) -> None:
    """SQLModel is the schema, not the way of every command."""
    script = (
        "import sys; from salesctl.app import run; status = run(sys.argv[1:]);"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'alembic', 'rich', 'tomllib', 'decimal', 'dateutil'};"
        "print(sorted(heavy & sys.modules.keys()), status)"
    )
    office.do("receivable log 云帆 100 --issued 2012-04-01 --due 2012-04-30")
    office.do("contract add HT-1 --customer 云帆 --amount 200000 --signed 2012-04-20 --as lin")
    lines = ("visit log 云帆 --as xiang", "visit leave --as xiang", "receipt log 云帆 50", "customer show 云帆",
             "approve commission --contract HT-1 --amount 5 --as lin",
             "approve endorse A-1 --as zhou", "approve grant A-1 --as gm", "people show lin",
             "ledger history")  # fmt: skip
    for words in (RAW, *(line.split() for line in lines)):
        done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=False)
        assert done.stdout.strip().splitlines()[-1] == "[] 0", done
