"""A ledger is copied, put back, and compared with what others keep; nothing half counts, nothing goes back unseen."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from salesctl.ledger import backups, sqlite
from tests.conftest import Office

pytestmark = pytest.mark.file
WRITE = "customer volume 云帆 1200000 --month 2012-04-01"
SCRIPT = Path(__file__).parents[2] / "salesctl/help/verify_ledger.py"


def grow(office: Office, entries: int) -> None:
    for number in range(entries):
        office.do(f"customer volume 云帆 {number + 1} --month 2012-04-01")


def head(path: Path) -> tuple[int, str]:
    with sqlite3.connect(path) as db:
        found: tuple[int, str] = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        return found


def left(folder: Path) -> list[str]:
    """Files that were begun and not finished."""
    return sorted(
        file.name for file in folder.iterdir() if file.name.startswith(".ledger") or file.name.startswith(".b")
    )


class TestBackup:
    def test_it_holds_what_the_ledger_held_and_proves_itself(self, office: Office) -> None:
        before = head(office.ledger)
        office.do("ledger backup b.db")
        assert head(Path("b.db")) == before
        assert office.ask("ledger verify --ledger b.db")["faults"] == 0
        assert stat.S_IMODE(Path("b.db").stat().st_mode) == 0o600
        assert left(office.folder) == []

    def test_it_is_recorded_with_the_head_it_holds(self, office: Office) -> None:
        made = office.ask("ledger backup b.db")
        newest = office.ask("ledger history --last 1")[0]
        assert (newest["verb"], newest["about"], newest["answer"]) == ("ledger.backup", "backup", made["head"])

    def test_into_a_folder_it_gets_a_name_of_its_own(self, office: Office) -> None:
        Path("kept").mkdir()
        first, second = office.ask("ledger backup kept"), office.ask("ledger backup kept")
        assert first["file"] != second["file"]
        assert {str(file) for file in Path("kept").iterdir()} == {first["file"], second["file"]}

    def test_it_is_never_written_over_a_file(self, office: Office) -> None:
        Path("b.db").write_text("a letter")
        before = head(office.ledger)
        assert office.run("ledger backup b.db").code == "ledger.backup-exists"
        assert office.run(f"ledger backup {office.ledger}").code == "ledger.backup-exists"
        assert Path("b.db").read_text() == "a letter"
        assert head(office.ledger) == before

    def test_a_damaged_ledger_gives_no_backup(self, office: Office) -> None:
        with sqlite3.connect(office.ledger) as db:
            db.execute("DROP TRIGGER journal_is_never_changed")
        answer = office.run("ledger backup b.db")
        assert (answer.status, answer.code, Path("b.db").exists()) == (5, "ledger.unfit", False)
        assert left(office.folder) == []

    def test_a_disk_that_fills_leaves_no_half_backup(self, office: Office) -> None:
        """The copy stops at half of its size: no file under the right name, nothing under another, the ledger sound."""
        shell = (
            f"ulimit -f {office.ledger.stat().st_size // 2048}; exec {sys.executable} -m salesctl ledger backup b.db"
        )
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
        assert (done.returncode, "code" in done.stderr) == (4, True), done
        assert not Path("b.db").exists()
        assert left(office.folder) == []
        assert office.ask("ledger verify")["faults"] == 0

    def test_what_a_killed_copy_left_is_swept_away(self, office: Office) -> None:
        """A power cut, a time limit of cron: each left a hidden file of the whole ledger."""
        Path("kept").mkdir()
        old = [
            Path("kept", name)
            for name in (".ledger-2012-05-07-9.db.0123abcd", ".ledger-2012-05-07-9.db.0123abcd-journal")
        ]
        others = [
            Path("kept", name)
            for name in (".ledger-2012-05-07-9.db.5678abcd", "ledger-2012-05-07-9.db", ".notes.0123abcd")
        ]
        for file in (*old, *others):
            file.write_text("x")
            os.utime(file, (1, 1))
        os.utime(others[0])  # somebody is making it
        office.do("ledger backup kept")
        assert [file.exists() for file in (*old, *others)] == [False, False, True, True, True]

    def test_rehearsed_it_leaves_nothing(self, office: Office) -> None:
        before = head(office.ledger)
        office.do("ledger backup b.db --dry-run")
        assert (Path("b.db").exists(), head(office.ledger), left(office.folder)) == (False, before, [])

    def test_the_same_request_makes_one_backup(self, office: Office) -> None:
        office.do("ledger backup b.db --request-id night-1")
        again = office.do("ledger backup b.db --request-id night-1")
        assert "recorded before" in again.err

    @pytest.mark.parametrize("place", ["nowhere/b.db", "not-mounted", "not-mounted/backup"])
    def test_a_disk_that_is_not_mounted_gets_no_file_in_its_place(self, office: Office, place: str) -> None:
        """Else the first night leaves a file where the folder should be, and every other night fails."""
        before = head(office.ledger)
        answer = office.run(f"ledger backup {place}")
        assert (answer.status, answer.code) == (4, "ledger.no-folder")
        assert (Path("not-mounted").exists(), head(office.ledger)) == (False, before)

    @pytest.mark.parametrize("place", ["nowhere/b.db", "/dev/null/b.db", "/proc/b.db"])
    def test_a_place_that_cannot_be_written_to(self, office: Office, place: str) -> None:
        assert office.run(f"ledger backup {place}").status == 4

    def test_under_writers_every_copy_holds_all_that_was_acknowledged_before(self, office: Office) -> None:
        script = (
            "import sys, io; from contextlib import redirect_stderr; from salesctl.app import run\n"
            "with redirect_stderr(io.StringIO()):\n"
            "    for n in range(1, 400): run(['customer', 'volume', '云帆', str(n), '--month', '2012-04-01'])"
        )
        writers = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL) for _one in range(2)]
        try:
            for number in range(10):
                acknowledged = head(office.ledger)
                target = Path(f"b{number}.db")
                with backups.becoming(target) as work:
                    backups.copy(office.ledger, work)
                with sqlite3.connect(target) as db:
                    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                    found = db.execute("SELECT hash FROM journal WHERE seq = ?", acknowledged[:1]).fetchone()
                assert found == acknowledged[1:]
        finally:
            for writer in writers:
                writer.kill()
                writer.wait()
        assert office.ask("ledger verify")["faults"] == 0
        assert office.ask("ledger verify --ledger b9.db")["faults"] == 0


class TestRestore:
    def test_a_lost_ledger_comes_back(self, office: Office) -> None:
        office.do("ledger backup b.db")
        kept = head(Path("b.db"))
        office.ledger.unlink()
        answer = office.do("ledger restore b.db --yes --format json")
        assert answer.json["kept"] == ""
        assert head(office.ledger)[0] == kept[0] + 1
        assert office.ask("ledger verify")["faults"] == 0
        assert office.ask("ledger history --last 1")[0]["verb"] == "ledger.restore"
        assert stat.S_IMODE(office.ledger.stat().st_mode) == 0o600

    def test_what_was_there_is_kept(self, office: Office) -> None:
        office.do("ledger backup b.db")
        office.do(WRITE)
        before = head(office.ledger)
        answer = office.do("ledger restore b.db --yes --format json")
        assert head(Path(answer.json["kept"])) == before
        assert answer.json["before"] == f"#{before[0]} {before[1][:8]}"
        assert office.ask("ledger verify")["faults"] == 0

    def test_it_asks_first(self, office: Office) -> None:
        office.do("ledger backup b.db")
        before = head(office.ledger)
        assert office.run("ledger restore b.db").code == "desk.not-asked"
        assert head(office.ledger) == before
        assert left(office.folder) == []

    def test_a_damaged_ledger_makes_room_and_is_kept(self, office: Office) -> None:
        office.do("ledger backup b.db")
        office.ledger.write_bytes(b"\0" * 5000)
        answer = office.do("ledger restore b.db --yes --format json")
        assert Path(answer.json["kept"]).read_bytes() == b"\0" * 5000
        assert office.ask("ledger verify")["faults"] == 0

    def test_it_never_goes_back_behind_a_checkpoint(self, office: Office) -> None:
        office.do("ledger backup b.db")
        office.do(WRITE)
        office.do("ledger checkpoint")
        before = head(office.ledger)
        answer = office.run("ledger restore b.db --yes")
        assert (answer.status, answer.code, head(office.ledger)) == (5, "ledger.behind", before)
        assert left(office.folder) == []

    def test_forced_it_does_and_the_journal_says_why(self, office: Office) -> None:
        office.do("ledger backup b.db")
        office.do(WRITE)
        office.do("ledger checkpoint")
        office.do("ledger restore b.db --yes --force --why 磁盘损坏 --as gm")
        assert "磁盘损坏" in office.do("why restore").out
        newest = office.ask("ledger history --last 1")[0]
        assert (newest["answer"], newest["actor"]) == ("forced", "P001")

    @pytest.mark.parametrize("line", ["--force", "--why 磁盘"])
    def test_force_and_reason_go_together(self, office: Office, line: str) -> None:
        office.do("ledger backup b.db")
        assert office.run(f"ledger restore b.db --yes {line}").code == "ledger.no-reason"

    def test_a_note_from_outside_holds_where_the_ledger_is_lost(self, office: Office) -> None:
        office.do("ledger backup b.db")
        office.do(WRITE)
        office.do("ledger checkpoint -o note.txt")
        office.ledger.unlink()
        assert office.run("ledger restore b.db --yes --against note.txt").code == "ledger.behind"
        assert not office.ledger.exists()

    def test_a_backup_of_another_ledger_is_refused(self, office: Office) -> None:
        office.unnamed().do("ledger init --ledger other.db")
        answer = office.run("ledger restore other.db --yes --as gm")
        assert (answer.code, "another ledger" in answer.err) == ("ledger.behind", True)

    def test_a_backup_that_was_changed_is_refused(self, office: Office) -> None:
        office.do("ledger backup b.db")
        with sqlite3.connect("b.db") as db:
            db.execute("UPDATE customer SET name = '别的公司' WHERE id = 1")
        before = head(office.ledger)
        assert office.run("ledger restore b.db --yes").code == "ledger.unfit"
        assert office.run("ledger restore b.db --yes --force --why 不管").code == "ledger.unfit"
        assert head(office.ledger) == before

    def test_a_backup_of_an_older_program_is_brought_up_to_date(self, office: Office) -> None:
        raw = (Path(__file__).parent / "before" / "0001.db.gz").read_bytes()
        Path("old.db").write_bytes(gzip.decompress(raw))
        office.ledger.unlink()
        office.do("ledger restore old.db --yes --as gm")
        assert office.ask("ledger verify")["faults"] == 0
        assert Path("old.db").read_bytes() == gzip.decompress(raw)

    def test_a_backup_of_a_newer_program_is_refused(self, office: Office) -> None:
        office.do("ledger backup b.db")
        with sqlite3.connect("b.db") as db:
            db.execute("UPDATE alembic_version SET version_num = '9999'")
        assert office.run("ledger restore b.db --yes").code == "ledger.schema"

    @pytest.mark.parametrize("name", ["nowhere.db", "letter.db", "."])
    def test_what_is_no_backup(self, office: Office, name: str) -> None:
        Path("letter.db").write_text("Dear customer, " * 1000)
        assert office.run(f"ledger restore {name} --yes").status == 4

    def test_rehearsed_it_changes_nothing(self, office: Office) -> None:
        office.do("ledger backup b.db")
        before, files = head(office.ledger), sorted(office.folder.iterdir())
        office.do("ledger restore b.db --dry-run")
        assert (head(office.ledger), sorted(office.folder.iterdir())) == (before, files)

    def test_whoever_has_the_ledger_open_sees_the_old_one_or_the_new_one(self, office: Office) -> None:
        """The file keeps its place: no connection writes to a ledger that was put aside."""
        office.do("ledger backup b.db")
        office.do(WRITE)
        reader = sqlite3.connect(office.ledger, isolation_level=None)
        assert reader.execute("SELECT max(seq) FROM journal").fetchone()[0] > head(Path("b.db"))[0]
        office.do("ledger restore b.db --yes")
        assert reader.execute("SELECT verb FROM journal ORDER BY seq DESC LIMIT 1").fetchone() == ("ledger.restore",)

    def test_a_file_that_is_not_there_is_not_made_new(self, office: Office) -> None:
        answer = office.run("ledger restore nowhere.db --yes")
        assert (answer.status, answer.code, "ledger init" in answer.err) == (4, "ledger.no-backup", False)

    @pytest.mark.parametrize("how", ["missing", "empty", "damaged", "no ledger"])
    def test_every_way_to_lose_a_ledger_leads_here(self, office: Office, how: str) -> None:
        """Whoever finds it gone is told of the backup before they are told to make a new one."""
        office.do("ledger backup b.db")
        if how == "missing":
            office.ledger.unlink()
        elif how == "damaged":
            with office.ledger.open("r+b") as file:
                file.truncate(office.ledger.stat().st_size // 4096 // 2 * 4096)
        else:
            office.ledger.write_bytes(b"" if how == "empty" else b"\xff" * 9000)
        answer = office.run("visit list")
        assert (answer.status, "salesctl ledger restore FILE" in answer.err) == (4, True)
        office.do("ledger restore b.db --yes")
        office.do("visit list")

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to somebody else")
    def test_what_root_puts_back_is_theirs_who_work_in_it(self, office: Office) -> None:
        office.do("ledger backup b.db")
        for name in ("ledger.db", "ledger.db.lock"):
            (office.folder / name).unlink(missing_ok=True)
        os.chown(office.folder, 12345, 12345)
        office.do("ledger restore b.db --yes")
        office.do(WRITE)
        assert office.ledger.stat().st_uid == 12345
        Path(f"{office.ledger}.lock").unlink()
        office.do(WRITE)
        assert Path(f"{office.ledger}.lock").stat().st_uid == 12345


class TestCheckpoint:
    def test_a_ledger_agrees_with_its_checkpoint_later(self, office: Office) -> None:
        office.do("ledger checkpoint -o note.txt")
        grow(office, 3)
        answer = office.do("ledger verify --against note.txt")
        assert "entries after it" in answer.err

    def test_it_says_how_many_entries_and_the_totals(self, office: Office) -> None:
        office.do("receivable log 云帆 100 --issued 2012-04-01 --due 2012-04-30")
        before = head(office.ledger)
        said = office.ask("ledger checkpoint")
        assert (said["entries"], said["hash"], said["receivables_open"]) == (*before, "100.00")

    def test_entries_cut_off_are_found_out(self, office: Office) -> None:
        shutil.copy(office.ledger, "older.db")
        office.do(WRITE)
        office.do("ledger checkpoint -o note.txt")
        shutil.copy("older.db", office.ledger)
        assert office.run("ledger verify").status == 0
        answer = office.run("ledger verify --against note.txt")
        assert (answer.status, "cut off" in answer.err) == (5, True)

    def test_receipt_lines_of_a_chat_will_do(self, office: Office) -> None:
        receipt = office.do(WRITE).err.strip().splitlines()[-1]
        Path("chat.txt").write_text(f"林静 10:02\n{receipt}\n好的\n")
        office.do("ledger verify --against chat.txt")
        Path("chat.txt").write_text(f"林静 10:02\n{receipt[:-8]}00000000\n好的\n")
        assert office.run("ledger verify --against chat.txt").status == 5

    def test_many_notes_and_a_letter_that_quotes_one(self, office: Office) -> None:
        office.do("ledger checkpoint -o one.txt")
        text = Path("one.txt").read_text()
        Path("two.eml").write_text("您好：\n\n" + "".join(f"> {line}\n" for line in text.splitlines()))
        office.do("ledger verify --against one.txt two.eml")

    def test_a_note_of_another_ledger_is_found_out(self, office: Office) -> None:
        office.do("ledger checkpoint -o note.txt")
        text = Path("note.txt").read_text()
        Path("note.txt").write_text("salesctl/" + "0" * 32 + text[text.index("\n") :])
        assert office.run("ledger verify --against note.txt").status == 5

    @pytest.mark.parametrize("text", ["", "salesctl/x\n5\nabc\n", "nothing"])
    def test_a_file_that_says_nothing_is_wrong_input(self, office: Office, text: str) -> None:
        Path("note.txt").write_text(text)
        assert office.run("ledger verify --against note.txt").code == "ledger.no-note"
        for name in ("nowhere.txt", "/", ".", "''"):
            assert office.run(f"ledger verify --against {name}").code == "ledger.no-note"

    def test_one_that_could_not_be_written_down_is_not_recorded(self, office: Office) -> None:
        """Else doctor believes that somebody outside holds a checkpoint."""
        before = head(office.ledger)
        answer = office.run("ledger checkpoint -o not-mounted/note.txt")
        assert (answer.status, answer.code, head(office.ledger)) == (4, "output.not-written", before)

    def test_rehearsed_it_leaves_no_entry(self, office: Office) -> None:
        before = head(office.ledger)
        assert office.do("ledger checkpoint --dry-run").out.startswith("salesctl/")
        assert head(office.ledger) == before

    def test_check_mails_one_a_week(self, office: Office) -> None:
        Path("salesctl.toml").write_text('[mail]\ncheckpoint_to = ["auditor@example.com"]\n')
        for day in ("2012-05-07", "2012-05-08", "2012-05-11"):
            office.do("check --mail", now=f"{day}T17:30")
        letters = [one for one in office.ask("mail list") if "heckpoint" in one["subject"]]
        assert len(letters) == 1
        office.do("check --mail", now="2012-05-14T17:30")
        letters = [one for one in office.ask("mail list") if "heckpoint" in one["subject"]]
        assert len(letters) == 2

    def test_the_letter_is_a_note(self, office: Office) -> None:
        Path("salesctl.toml").write_text('[mail]\ncheckpoint_to = ["auditor@example.com"]\n')
        office.do("check --mail", now="2012-05-07T17:30")
        number = next(one["number"] for one in office.ask("mail list") if "heckpoint" in one["subject"])
        shown = office.ask(f"mail show {number}")
        Path("note.txt").write_text(shown["body"] if isinstance(shown["body"], str) else "\n".join(shown["body"]))
        office.do("ledger verify --against note.txt")

    @pytest.mark.parametrize("value", ['"a@b.example"', "[5]", '["nobody"]'])
    def test_settings_that_cannot_be_meant(self, office: Office, value: str) -> None:
        Path("salesctl.toml").write_text(f"[mail]\ncheckpoint_to = {value}\n")
        assert office.run("check --mail").code == "mail.settings"


class TestScript:
    """The script that needs nothing but Python agrees with the program."""

    def checked(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_a_sound_ledger(self, office: Office) -> None:
        office.do("ledger checkpoint -o note.txt")
        office.do(WRITE)
        done = self.checked(office.ledger, "note.txt")
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "The journal is as it was written.")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE journal SET body = replace(body, '沈国栋', '沈国梁') WHERE seq = 2",
            "UPDATE journal SET actor = 'P009' WHERE seq = 4",
            "DELETE FROM journal WHERE seq = 3",
            "UPDATE journal SET body = 'none' WHERE seq = 3",
            "DELETE FROM journal WHERE seq > 3",
        ],
    )
    def test_a_changed_ledger(self, office: Office, statement: str) -> None:
        office.do("ledger checkpoint -o note.txt")
        with sqlite3.connect(office.ledger) as db:
            for guard in ("changed", "shortened"):
                db.execute(f"DROP TRIGGER journal_is_never_{guard}")
            db.execute(statement)
        assert self.checked(office.ledger, "note.txt").returncode == 5

    def test_no_answer(self, office: Office) -> None:
        assert self.checked("nowhere.db").returncode == 2
        assert self.checked().returncode == 2


class TestUpgrade:
    def test_a_copy_of_the_ledger_as_it_was_is_put_beside_it(self, office: Office) -> None:
        raw = gzip.decompress((Path(__file__).parent / "before" / "0001.db.gz").read_bytes())
        office.ledger.write_bytes(raw)
        answer = office.do("ledger upgrade")
        assert "schema-0001-12" in answer.err
        with sqlite3.connect(f"{office.ledger}.schema-0001-12") as db:
            assert db.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        office.do("ledger upgrade")
        assert office.ask("ledger verify")["faults"] == 0

    def test_a_changed_ledger_is_not_upgraded(self, office: Office) -> None:
        """What was changed would otherwise be proved by the schema of the upgrade."""
        office.ledger.write_bytes(gzip.decompress((Path(__file__).parent / "before" / "0001.db.gz").read_bytes()))
        with sqlite3.connect(office.ledger) as db:
            db.execute("DROP TRIGGER journal_is_never_changed")
        assert office.run("ledger upgrade").code == "ledger.unfit"

    def test_a_ledger_of_a_newer_program_stays_as_it_is(self, office: Office) -> None:
        with sqlite3.connect(office.ledger) as db:
            db.execute("UPDATE alembic_version SET version_num = '9999'")
        before = office.ledger.read_bytes()
        answer = office.run("ledger upgrade")
        assert (answer.status, answer.code, office.ledger.read_bytes() == before) == (4, "ledger.schema", True)


def test_the_lock_of_a_program_that_does_not_wait_in_line(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restore waits for it and then gives up; nothing is half restored."""
    monkeypatch.setattr(sqlite, "WAIT", 0.3)
    office.do("ledger backup b.db")
    before = head(office.ledger)
    other = sqlite3.connect(office.ledger, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = office.run("ledger restore b.db --yes")
    other.execute("ROLLBACK")
    assert (answer.status, head(office.ledger)) == (3, before)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(office: Office) -> None:
    Path("kept").mkdir(mode=0o500)
    assert office.run("ledger backup kept").status == 4


def test_a_ledger_without_its_journal_is_no_mistake_of_ours(office: Office) -> None:
    office.do("ledger checkpoint -o note.txt")
    with sqlite3.connect(office.ledger) as db:
        db.execute("DROP TABLE journal")
    assert office.run("ledger verify --against note.txt").status == 5
