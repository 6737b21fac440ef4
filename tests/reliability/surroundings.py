"""P18, P22, P30, P31, P32: what the surroundings can and cannot change."""

from __future__ import annotations

import json
import os
import socketserver
import stat
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from threading import Thread

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


PRIVATE = (
    "ledger init --ledger new.db",
    "ledger backup b.db",
    "ledger restore b.db --yes --force --why x",
    "ledger checkpoint -o note.txt",
    *(f"people list -o out.{suffix}" for suffix in ("csv", "xlsx", "json")),
    "aging report -o debts.xlsx",
    "aging report --print debts.html",
    "check --ics days.ics",
    "check --mail",
    "customer statement 云帆 --from 2012-01-01 --print paper.xlsx",
    "key new --no-passphrase --file mine",
)
MISTAKEN = "from salesctl import app; app._place = None; app.run(['people', 'list'])"


def private_files() -> Reached:
    """P31: whatever the umask, nobody else may read the ledger, its locks, backups, exports, letters and papers."""
    wrong, seen = [], 0
    for mask in (0o000, 0o022, 0o077):
        with office() as desk:
            (desk.folder / "out.csv").touch(0o666)  # an answer goes into a file that is there
            was = os.umask(mask)
            try:
                for line in (*SETUP, *PRIVATE):
                    desk.do(line)
                subprocess.run([sys.executable, "-c", MISTAKEN], capture_output=True, check=False)  # leaves a trace
            finally:
                os.umask(was)
            for file in desk.folder.rglob("*"):
                seen += 1
                if (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077 and file.name != "mine.pub":
                    wrong.append(f"{mask:o}: {file.name} {mode:o}")
    return Reached("P31", f"{seen} files under three umasks", "0600", f"{len(wrong)} open {wrong[:2]}", not wrong)


def identity() -> Reached:
    """P32: who acts is the process's uid where the ledger says so; no variable and no settings change that."""
    wrong = []
    names = ("LOGNAME", "USER", "LNAME", "USERNAME", "SUDO_USER", "HOME")
    with office() as desk:
        (desk.folder / "os.db").unlink(missing_ok=True)
        environment = {**os.environ, **dict.fromkeys(names, "boss"), "HOME": str(desk.folder)}
        environment |= dict.fromkeys(("SUDO_UID", "UID", "EUID"), str(_other_uid()))
        environment.pop("SALESCTL_AS")

        def run(*words: str, **more: str) -> int:
            command = [sys.executable, "-m", "salesctl", *words, "--ledger", str(desk.folder / "os.db")]
            return subprocess.run(command, env=environment | more, capture_output=True, check=False).returncode

        run("ledger", "init", "--identity", "os")
        run("people", "add", "王总", "--code", "boss", "--grade", "general_manager", "--login", "elsewhere")
        login = _login()
        add = ("customer", "add", "新禾科技")
        wrong += [f"bound boss: {status}" for status in [run("people", "login", "boss", "boss")] if status != 2]
        wrong += ["--as was believed"] * (run(*add, "--as", "boss") != 2)
        wrong += ["SALESCTL_AS was believed"] * (run(*add, SALESCTL_AS="boss") != 2)
        (desk.folder / "config/salesctl").mkdir(parents=True)
        (desk.folder / "config/salesctl/salesctl.toml").write_text('as = "boss"\n')
        wrong += ["the settings were believed"] * (run(*add) != 2)
        entries = [json.loads(body) for body in _bodies(desk.folder / "os.db")]
        wrong += [f"login {one['login']}" for one in entries if one["login"] != login]
    says = f"{len(names) + 4} variables and the settings name somebody else"
    return Reached("P32", says, "identity = uid", f"{len(wrong)} believed {wrong[:2]}", not wrong and len(entries) == 2)


def _other_uid() -> int:
    import pwd

    return next(one.pw_uid for one in pwd.getpwall() if one.pw_uid != os.getuid())


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


class Echoing(socketserver.StreamRequestHandler):
    """A mail server that says back whatever it is told, a password above all."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            told = b64decode(line.split()[-1] + b"===") if line.startswith(b"AUTH") else b""
            said = b"250-here\r\n250 AUTH PLAIN\r\n" if line.upper().startswith(b"EHLO") else b"535 no: %b %b\r\n"
            self.wfile.write(said % (line.strip(), told.replace(b"\0", b" ")) if b"%b" in said else said)


BROKEN = """
import sys
from salesctl import app
from salesctl.mail import carriers
carriers._connected = lambda settings, password: {}[len(password)]
raise SystemExit(app.run(sys.argv[1:]))
"""
MAIL = '[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "a@example.com"\nuser = "u"\n'


def secrets() -> Reached:
    """P30: a password in a file, an address and the environment appears in nothing that is printed or kept."""
    found = []
    spelt = [SECRET, *(b64encode(text.encode()).decode() for text in (SECRET, f"\0u\0{SECRET}"))]
    addresses = (f"u:{SECRET}@127.0.0.1:9/x", f"127.0.0.1:9/x?user=u&password={SECRET}", f"u:{SECRET}@[x",
                 f"u:%z{SECRET}@127.0.0.1/x", f"u:a@{SECRET}@127.0.0.1:9/x")  # fmt: skip
    lines = [*SETUP, "check --mail", "mail list", "mail send", "mail show M-1", "ledger info", "ledger doctor",
             "people list -o out.csv", "ledger nothing", "receipt log", "ledger backup b.db", "broken mail send M-1",
             *(f"people list --ledger postgresql://{address}" for address in addresses),
             f"ledger copy ledger.db POSTGRES://{addresses[0]}"]  # fmt: skip
    with office() as desk, socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echoing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        (desk.folder / "secret").write_text(SECRET)
        (desk.folder / "secret").chmod(0o600)
        settings = MAIL.format(port=server.server_address[1])
        (desk.folder / "salesctl.toml").write_text(f'{settings}password_file = "secret"\n')
        environment = {**os.environ, "SALESCTL_PASSWORD": SECRET, "PGPASSWORD": SECRET}
        environment["SALESCTL_TRACE"] = str(desk.folder / "trace")

        def said(line: str) -> str:
            words = ["-c", BROKEN] if line.startswith("broken ") else ["-m", "salesctl"]
            command = [sys.executable, *words, *line.removeprefix("broken ").split()]
            done = subprocess.run(
                command, cwd=desk.folder, env=environment, capture_output=True, text=True, check=False
            )
            return done.stdout + done.stderr

        answers = {line: said(line) for line in lines}
        found += [line for line, answer in answers.items() if any(secret in answer for secret in spelt)]
        kept = [file for file in desk.folder.rglob("*") if file.is_file() and file.name != "secret"]
        found += [file.name for file in kept if any(secret.encode() in file.read_bytes() for secret in spelt)]
        (desk.folder / "salesctl.toml").write_text(f'{settings}password = "{SECRET}"\n')
        found += ["a password among the settings"] * (SECRET in said("mail send"))
        is_tried = "***" in answers["mail list"] and "trace" in {file.name for file in kept}
        server.shutdown()
    return Reached("P30", f"a canary password, {len(lines)} commands", "0 appearances", f"{len(found)} {found[:2]}",
                   not found and is_tried)  # fmt: skip


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
