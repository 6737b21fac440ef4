"""`make demo`: run the story in the folder `demo`, printing each command and its answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.demo.story import SAMPLE, STORY

FOLDER = Path("demo")


def main() -> None:
    """Run the story; every step must end as it should."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    program = str(Path(sys.executable).with_name("salesctl"))
    language = os.environ.get("SALESCTL_LANG", os.environ.get("LANG", "en"))
    for step in STORY:
        line = step.line.format(sample=SAMPLE.relative_to(Path.cwd()))
        print(f"\n# {step.why}\n$ salesctl {line}", flush=True)
        settings = {"SALESCTL_LEDGER": str(FOLDER / "ledger.db"), "SALESCTL_NOW": step.now, "SALESCTL_LANG": language}
        done = subprocess.run([program, *line.split()], env={**os.environ, **settings}, check=False)
        if done.returncode != step.status:
            raise SystemExit(f"ended with {done.returncode}, not {step.status}")
    print(f"\nThe ledger is {FOLDER / 'ledger.db'}; go on with: export SALESCTL_LEDGER={FOLDER / 'ledger.db'}")


main()
