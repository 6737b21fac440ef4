"""P18, P22, P30, P31, P32: what the surroundings can and cannot change."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.reliability.house import Reached, findings, journal, office
from tests.reliability.trouble import COMMANDS, SETUP

WATCHED = """
import json, os, sys
ledger, opened = sys.argv[1], []
def hook(event, words):
    is_file = event in ("open", "os.open", "shutil.copyfile", "shutil.move")
    if is_file and isinstance(words[0], (str, bytes, os.PathLike)):
        name = os.path.abspath(os.fsdecode(words[0]))
        if name in (ledger, ledger + "-journal", ledger + "-wal", ledger + "-shm"):
            opened.append([event, name])
    if event in ("os.fork", "os.forkpty") or (event == "subprocess.Popen"):
        opened.append([event, ""])
sys.addaudithook(hook)
from salesctl import app
statuses = [app.run(line.split()) for line in json.loads(sys.argv[2])]
print("\\n" + json.dumps([opened, statuses]))
"""
SECRET = "canary-4711-geheim"


def only_sqlite() -> Reached:
    """P22: Python itself never opens the ledger, and no process is forked; watched by an audit hook."""
    lines = [*SETUP, *COMMANDS, "ledger verify", "ledger backup b.db", "ledger doctor", "aging report", "check --mail",
             "ledger restore b.db --yes --force --why x", "ledger upgrade", "people list -o out.csv"]  # fmt: skip
    with office() as desk:
        command = [sys.executable, "-c", WATCHED, str(desk.ledger), json.dumps(lines)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    opened, statuses = json.loads(done.stdout.splitlines()[-1])
    says = f"only SQLite opens the ledger: {len(statuses)} commands watched"
    failed = [line for line, status in zip(lines, statuses, strict=True) if status not in (0, 5, 7, 2)]
    return Reached(
        "P22", says, "0 openings, 0 forks", f"{len(opened)} {opened[:2]} {failed}", not opened and not failed
    )


def private_files() -> Reached:
    """P31: whatever the umask, nobody else may read the ledger, its locks, backups, exports and checkpoints."""
    wrong, seen = [], 0
    for mask in (0o000, 0o022, 0o077):
        with office() as desk:
            was = os.umask(mask)
            try:
                desk.do("ledger init --ledger new.db")
                desk.do("ledger backup b.db")
                desk.do("ledger checkpoint -o note.txt")
                desk.do("people list -o out.csv")
                desk.do("people list -o out.xlsx")
                desk.do("people list -o out.json")
            finally:
                os.umask(was)
            for file in desk.folder.glob("*.*"):
                seen += 1
                if (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077:
                    wrong.append(f"{mask:o}: {file.name} {mode:o}")
    return Reached("P31", f"{seen} files under three umasks", "0600", f"{len(wrong)} open {wrong[:2]}", not wrong)


def identity() -> Reached:
    """P32: who acts is the process's uid where the ledger says so; no variable and no settings change that."""
    wrong = []
    names = ("LOGNAME", "USER", "LNAME", "USERNAME", "SUDO_USER", "SUDO_UID", "HOME")
    with office() as desk:
        environment = {**os.environ, **dict.fromkeys(names, "boss"), "HOME": str(desk.folder)}
        environment.pop("SALESCTL_AS")
        (desk.folder / "os.db").unlink(missing_ok=True)

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "salesctl", *words, "--ledger", str(desk.folder / "os.db")]
            return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

        run("ledger", "init", "--identity", "os")
        run("people", "add", "王总", "--code", "boss", "--grade", "general_manager", "--login", "elsewhere")
        login = _login()
        for words in (("people", "login", "boss", "boss"), ("customer", "add", "新禾科技", "--as", "boss")):
            if run(*words).returncode == 0:
                wrong.append(f"acted as boss: {words}")
        entries = [json.loads(body) for body in _bodies(desk.folder / "os.db")]
        wrong += [f"login {one['login']}" for one in entries if one["login"] != login]
    says = f"{len(names)} variables name somebody else"
    return Reached("P32", says, "identity = uid", f"{len(wrong)} believed {wrong[:2]}", not wrong)


def _login() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def _bodies(path: Path) -> list[str]:
    from salesctl.ledger import sqlite

    db = sqlite.connect(path)
    try:
        return [body for (body,) in db.execute("SELECT body FROM journal ORDER BY seq")]
    finally:
        db.close()


def secrets() -> Reached:
    """P30: a password in a file and in the environment appears in nothing that is printed or kept."""
    found = []
    with office() as desk:
        (desk.folder / "secret").write_text(SECRET)
        (desk.folder / "secret").chmod(0o600)
        (desk.folder / "salesctl.toml").write_text(
            '[mail]\nhost = "127.0.0.1"\nport = 9\nsecurity = "starttls"\nfrom = "a@example.com"\nuser = "u"\n'
            'password_file = "secret"\ntimeout = 1\n'
        )
        environment = {**os.environ, "SALESCTL_PASSWORD": SECRET, "PGPASSWORD": SECRET}
        environment["SALESCTL_TRACE"] = str(desk.folder / "trace")
        lines = (*SETUP, "check --mail", "mail list", "mail send", "mail show M-1", "ledger info", "ledger doctor",
                 "people list -o out.csv", "ledger nothing", "receipt log", "ledger backup b.db")  # fmt: skip
        for line in lines:
            command = [sys.executable, "-m", "salesctl", *line.split()]
            done = subprocess.run(
                command, cwd=desk.folder, env=environment, capture_output=True, text=True, check=False
            )
            if SECRET in done.stdout + done.stderr:
                found.append(line)
        for file in desk.folder.rglob("*"):
            if file.is_file() and file.name != "secret" and SECRET.encode() in file.read_bytes():
                found.append(file.name)
    return Reached("P30", f"a canary password, {len(lines)} commands", "0 appearances", f"{len(found)} {found[:2]}",
                   not found)  # fmt: skip


def time_zones() -> Reached:
    """P18: the same commands under three zones, at the edges of a Shanghai day: the same ledger to the last hash."""
    moments = ("2012-05-07T15:59:59+00:00", "2012-05-07T16:00:00+00:00", "2012-05-08T23:59:59+08:00")
    heads = set()
    for zone in ("UTC", "America/New_York", "Asia/Shanghai"):
        with office() as desk:
            for moment in moments:
                for line in (*SETUP[1:2], "customer volume 云帆 7 --month 2012-04-01", "visit log 云帆 --as lin",
                             "check --new"):  # fmt: skip
                    words = line.replace("R-1", f"R-{moments.index(moment)}").split()
                    environment = {**os.environ, "TZ": zone, "SALESCTL_NOW": moment}
                    subprocess.run([sys.executable, "-m", "salesctl", *words], env=environment, capture_output=True,
                                   check=False)  # fmt: skip
            heads.add(str(journal(desk.ledger)))
            if findings(desk.ledger):
                heads.add("unsound")
    return Reached("P18", "the same commands under three time zones", "1 ledger", f"{len(heads)}", len(heads) == 1)
