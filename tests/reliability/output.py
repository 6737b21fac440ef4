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
READS = ("people list", "receivable list", "ledger history", "aging report", "people --help")
UNHEARD = ("{c} >/dev/full", "{c} >&-", "{c} 2>/dev/full >/dev/full", "{c} >&- 2>&-")  # no answer arrives
HALF_HEARD = ("{c} | true", "{c} | head -c 1 >/dev/null")  # whoever reads may have had enough before the end
GARBLED = (  # the answer arrives, however it is spelt, and whatever becomes of what is said beside it
    "PYTHONIOENCODING=ascii {c} >/dev/null",
    "PYTHONIOENCODING=gbk {c} >/dev/null",
    "PYTHONIOENCODING=latin-1 LC_ALL=C {c} >/dev/null",
    "{c} 2>/dev/full >/dev/null",
)
WAYS = (*UNHEARD, *HALF_HEARD, *GARBLED)  # how the answer gets lost or garbled, in a shell


def lost_words(ways: int = len(WAYS)) -> Reached:
    """P8: what was written is said to be (0 or 6), what was only asked is not (0 or 4), and nothing is a crash.

    Every line in so many of the ways, which take turns; where no answer arrives at all, 0 would be a lie.
    """
    wrong, tried = [], 0
    with office() as desk:
        for line in (*WRITES, *READS):
            for _one in range(ways):
                way = WAYS[tried % len(WAYS)]
                tried += 1
                before = len(journal(desk.ledger))
                status, err = _asked(desk, line.format(n=tried), way)
                grown = len(journal(desk.ledger)) > before
                if status not in _allowed(way, is_recorded=grown) or "Traceback" in err or (line in WRITES) != grown:
                    wrong.append(f"{line} {way}: {status} {grown} {err[-200:]}")
                is_silent = "2>" in way
                if grown and not is_silent and "#" not in err:
                    wrong.append(f"{line} {way}: no receipt")
        wrong += [one.says for one in findings(desk.ledger)]
    says = f"{tried} answers that cannot be written, or not in this encoding"
    return Reached("P8", says, "0 or 6, the receipt on stderr", f"{len(wrong)} wrong {wrong[:1]}", not wrong)


def _allowed(way: str, *, is_recorded: bool) -> tuple[int, ...]:
    if way in UNHEARD:
        return (6,) if is_recorded else (4,)
    return (0, 6) if way in HALF_HEARD and is_recorded else (0,)


def _asked(desk: Office, line: str, way: str) -> tuple[int, str]:
    command = f"{sys.executable} -m salesctl {line}"
    script = f"set -o pipefail; {way.format(c=command)}"
    done = subprocess.run(["bash", "-c", script], cwd=desk.folder, capture_output=True, text=True, errors="replace",
                          check=False, env={**os.environ})  # fmt: skip
    return done.returncode, done.stderr
