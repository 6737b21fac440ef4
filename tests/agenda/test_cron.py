"""What the manual gives cron and systemd, tried as they run it: no environment, no terminal, another folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Office

PROJECT = Path(__file__).parents[2]
CRON = (PROJECT / "salesctl/help/cron.md").read_text("utf-8")
INSTALLED, LEDGER = "/opt/salesctl/bin/salesctl", "/srv/sales/ledger.db"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program under a path without any environment."""
    script = tmp_path / "salesctl"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(PROJECT)!r})\n"
        "from salesctl.__main__ import main\nmain()\n"
    )
    script.chmod(0o700)
    return script


def crontab() -> str:
    """The command of the manual's crontab line."""
    (line,) = re.findall(r"^    30 17 \* \* 1-5 +(.*)$", CRON, re.MULTILINE)
    return str(line)


def unit(name: str) -> str:
    """One of the manual's unit files."""
    (block,) = re.findall(
        rf"^    # {re.escape(name)}\n((?:    .*\n|\n(?=    ))*?)(?=    # |\n?[^ \n])", CRON, re.MULTILINE
    )
    return "\n".join(line.removeprefix("    ") for line in block.splitlines()) + "\n"


def test_the_line_of_the_crontab_runs_with_nothing_around_it(office: Office, program: Path) -> None:
    """As cron starts it: `sh -c`, a bare environment, the home folder; Chinese, because nothing says otherwise."""
    office.do("receivable log 云帆 1000 --due 2012-03-08 --issued 2012-03-01 --number R-A --as lin")
    command = crontab().replace(INSTALLED, str(program)).replace(LEDGER, str(office.ledger))
    cron = [
        "env",
        "-i",
        f"HOME={office.folder}",
        "PATH=/usr/bin:/bin",
        "LOGNAME=sales",
        "SHELL=/bin/sh",
        "/bin/sh",
        "-c",
    ]
    first = subprocess.run([*cron, command], cwd="/", capture_output=True, check=False)
    assert first.returncode == 0, first.stderr
    assert "R-A" in first.stdout.decode()
    assert "林静" in first.stdout.decode()
    assert re.search(r"^#\d+ [0-9a-f]{8}$", first.stderr.decode(), re.MULTILINE)
    second = subprocess.run([*cron, command], cwd="/", capture_output=True, check=False)
    assert (second.returncode, second.stdout) == (0, b"")
    assert "R-A" not in second.stderr.decode()
    assert len(second.stderr.decode().splitlines()) == 1


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd checks its own files")
def test_systemd_understands_the_units(tmp_path: Path, program: Path) -> None:
    for name in ("salesctl-check.service", "salesctl-check.timer"):
        said = unit(name).replace(INSTALLED, str(program)).replace("User=sales\n", "User=root\n")
        (tmp_path / name).write_text(said)
    files = [str(tmp_path / name) for name in ("salesctl-check.service", "salesctl-check.timer")]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "salesctl-check" in line]
    assert complaints == [], done.stderr
    timer = unit("salesctl-check.timer")
    assert "Persistent=true" in timer
    (when,) = re.findall("OnCalendar=(.*)", timer)
    asked = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert "17:30:00 Asia/Shanghai" in asked.stdout


def test_the_service_and_the_crontab_run_the_same(office: Office) -> None:
    (started,) = re.findall("ExecStart=(.*)", unit("salesctl-check.service"))
    assert started == crontab()
