"""P8: an acknowledgement is true, whatever becomes of the words."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import Office
from tests.reliability.house import Reached, findings, journal, office

WRITES = (
    "customer volume 云帆 {n} --month 2012-04-01",
    "receipt log 云帆 {n} --again --overpayment",
    "receivable log 云帆 {n} --issued 2012-04-01 --due 2012-04-30",
    "people add 员工{n}",
    "visit log 云帆 --as lin --again",
    "ledger checkpoint",
)
READS = ("people list", "receivable list", "ledger history", "aging report")
WAYS = (  # how the answer gets lost or garbled, in a shell
    "{c} >/dev/full",
    "{c} >&-",
    "{c} | true",
    "{c} | head -c 1 >/dev/null",
    "{c} 2>/dev/full >/dev/full",
    "{c} >&- 2>&-",
    "PYTHONIOENCODING=ascii {c} >/dev/null",
    "PYTHONIOENCODING=gbk {c} >/dev/null",
    "PYTHONIOENCODING=latin-1 LC_ALL=C {c} >/dev/null",
)


def lost_words(writes: int = len(WRITES), ways: int = len(WAYS)) -> Reached:
    """P8: what was written is said to be (0 or 6), what was only asked is not (0 or 4), and nothing is a crash."""
    wrong, tried = [], 0
    with office() as desk:
        for number, (line, way) in enumerate((line, way) for line in (*WRITES[:writes], *READS) for way in WAYS[:ways]):
            before = len(journal(desk.ledger))
            status, err = _asked(desk, line.format(n=number + 1), way)
            grown = len(journal(desk.ledger)) > before
            tried += 1
            allowed = (0, 6) if grown else (0, 4)
            is_silent = way.endswith(("2>/dev/full >/dev/full", "2>&-"))
            if status not in allowed or "Traceback" in err or (line in WRITES) != grown:
                wrong.append(f"{line} {way}: {status} {grown} {err[-200:]}")
            if grown and not is_silent and "#" not in err:
                wrong.append(f"{line} {way}: no receipt")
        wrong += [one.says for one in findings(desk.ledger)]
    says = f"{tried} answers that cannot be written, or not in this encoding"
    return Reached("P8", says, "0 or 6, the receipt on stderr", f"{len(wrong)} wrong {wrong[:1]}", not wrong)


def _asked(desk: Office, line: str, way: str) -> tuple[int, str]:
    command = f"{sys.executable} -m salesctl {line}"
    script = f"set -o pipefail; {way.format(c=command)}"
    done = subprocess.run(["bash", "-c", script], cwd=desk.folder, capture_output=True, text=True, check=False,
                          env={**os.environ})  # fmt: skip
    return done.returncode, done.stderr
