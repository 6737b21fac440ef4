"""Time passes; processes are killed, run beside each other, and ask again; copies are put back."""

from __future__ import annotations

import random
import signal
import time
from datetime import timedelta
from subprocess import DEVNULL

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.reliability.house import salesctl
from tests.reliability.machine.base import AMOUNTS, CUSTOMERS, LAST, Modelled, yuan

YOUNG = "--issued 2012-04-01 --due 2012-04-30"


class Processes(Modelled):
    """Whatever is not business."""

    @rule(line=st.sampled_from(("receipt log nobody 5", "receivable log 云帆 1e5", "approve grant A-99 --as gm",
                                "receipt log 云帆 100.005", "customer add 云帆", "people add 张三 --superior nobody",
                                "receivable log 云帆 5 --due 2012-02-30", "receipt reverse G-99")))  # fmt: skip
    def mistype(self, line: str) -> None:
        self._refuse(line, 2)

    @rule(who=CUSTOMERS, amount=AMOUNTS)
    def rehearse(self, who: str, amount: int) -> None:
        answer = self._run(f"receivable log {who} {yuan(amount)} {YOUNG} --dry-run --again")
        assert answer.status == 0, answer
        assert self._head() == self.entries

    @rule(amount=AMOUNTS)
    def ask_again(self, amount: int) -> None:
        """The same request id twice: written once; with other content: refused."""
        self.asked += 1
        line = f"customer volume 云帆 {amount} --month 2012-04-01 --request-id q{self.asked}"
        self._do(line)
        answer = self._run(line)
        assert answer.status == 0, answer
        assert self._head() == self.entries
        self._refuse(line.replace("云帆", "远大"), 2)

    @rule(minutes=st.integers(1, 60 * 24 * 6))
    def wait(self, minutes: int) -> None:
        self.now = min(self.now + timedelta(minutes=minutes), LAST)
        self.is_another_time = True

    @rule(dice=st.integers(0, 4), seed=st.integers(0, 2**32))
    def killed(self, dice: int, seed: int) -> None:
        """A process killed while it writes: it wrote all of it or nothing, and whoever comes next goes on."""
        if dice:
            return
        self.desk._patch.setenv("SALESCTL_NOW", self._clock())
        words = f"customer volume 远大 {1 + seed % 1000} --month 2012-04-01".split()
        process = salesctl(*words, stdout=DEVNULL, stderr=DEVNULL)
        time.sleep(random.Random(seed).uniform(0.05, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        grown = self._head() - self.entries
        assert grown in (0, 1)
        self.entries += grown

    @rule(dice=st.integers(0, 4), amount=AMOUNTS)
    def both_at_once(self, dice: int, amount: int) -> None:
        """Two that write at once: both are done, whichever was first."""
        if dice:
            return
        self.desk._patch.setenv("SALESCTL_NOW", self._clock())
        process = salesctl(*f"customer volume 远大 {amount} --month 2012-04-01".split(), stdout=DEVNULL, stderr=DEVNULL)
        for _one in range(20):
            answer = self._run(f"customer volume 云帆 {amount} --month 2012-04-01")
            assert answer.status == 0, answer
        assert process.wait() == 0
        assert self._head() == self.entries + 21
        self.entries += 21

    @rule()
    def copied(self) -> None:
        """A copy put back is the same ledger, and one entry longer."""
        name = f"b{self.entries}.db"
        self._do(f"ledger backup {name}")
        answer = self._run(f"ledger restore {name} --yes")
        assert answer.status == 0, answer
        for left in (*self.desk.folder.glob("*.before-restore-*"), self.desk.folder / name):
            left.unlink()
        self.entries = self._head()
