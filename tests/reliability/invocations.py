"""P10, P11: any command line whatever is answered in one line, and a refusal writes nothing."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from salesctl.app import NOUNS
from salesctl.console.options import NAMES as COMMON
from salesctl.console.options import house
from tests.reliability.house import Reached, findings, office
from tests.reliability.trouble import SETUP

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = ("云帆", "远大", "易购", "C001", "lin", "zhou", "gm", "xiang", "P001", "HT-1", "R-1", "A-1", "V-1", "M-1", "I-1", "F-1",
        "2012-05-08", "2012-04-01", "today", "周五", "9300", "1,234.50", "0.01", "5", "1", "A", "E", "A-6.2", "account_manager",
        "网络", "x.csv", "debts.csv", "out.xlsx", "json", "csv", "en", "10:10", "commissions.approver", "2012-05")  # fmt: skip
BAD = ("", " ", "NaN", "Infinity", "1e5", "1_000", "0x10", "-0", "--5", "１２３．４５", "￥100", "100.005", "9" * 20, "-7", "0",
       "2026-02-30", "20260203", "03/02/26", "二〇二六年二月三日", "٣٤", "=HYPERLINK(\"http://x\")", "+86 138", "-50%", "@SUM",
       "客户[/x]<img src=file:///etc/passwd>", "\x1b[31mred", "a\u202eb", "华夏\u200b公司", "АСМЕ", "曰本电器",
       "长" * 300, "x" * 5000, "\udcff", "2147483648", "9223372036854775808", "1/0", "nobody", "Z-9", "nowhere/x.db", "💥",
       "R-1=5=6", "A-1;DROP TABLE journal", "' OR 1=1 --", "%s%n", "\\", "{}", "{0.__class__}", "*", "?", "~nobody-here/x",
       "9999-12-31", "0001-01-01", "24:00", "-1", "1990-01-01")  # fmt: skip
NUMBERS = {
    "approve": "A-1",
    "receivable": "R-1",
    "receipt": "M-1",
    "contract": "HT-1",
    "visit": "V-1",
    "fine": "F-1",
    "commission": "P-1",
    "baddebt": "B-1",
    "loss": "LS-1",
    "handover": "H-1",
    "departure": "DP-1",
    "mail": "M-1",
}  # by noun
FITTING = {  # what a parameter wants, by the first word of its metavar
    **dict.fromkeys(("CUSTOMER", "ABOUT"), ("云帆", "远大", "C003")), "PERSON": ("lin", "zhou", "gm", "xiang"),
    **dict.fromkeys(("AMOUNT", "YUAN"), ("9300", "0.01", "1,234.50")), **dict.fromkeys(("UNITS", "N"), ("5", "1")),
    **dict.fromkeys(("DAY", "MONTH"), ("2012-05-08", "2012-04-01", "today", "周五")), "TIME": ("10:10", "9:45"),
    **dict.fromkeys(("CONTRACT", "RECEIVABLE", "DEBT", "REQUEST", "HANDOVER"), ("HT-1", "R-1", "A-1", "H-1")),
    "FORM": ("json", "csv", "table"), "LANG": ("en", "zh_CN"), "FILE": ("debts.csv", "out.xlsx", "out.csv"),
    "GRADE": ("account_manager", "general_manager"), "GROUP": ("manager", "department", "contract"), "LINE": ("platform", "database"),
    "PERIOD": ("month", "quarter"), "STATE": ("pending", "granted"), "TONE": ("firm",), "CHANNEL": ("it", "web"), "TEXT": ("测试",),
}  # fmt: skip
WRONG = {  # what no parameter of the kind takes, or just not
    "DAY": (
        "2026-02-30",
        "20260203",
        "03/02/26",
        "二〇二六年二月三日",
        "9999-12-31",
        "0001-01-01",
        "1990-01-01",
        "2199-12-31",
        "24:00",
    ),
    "AMOUNT": ("NaN", "Infinity", "1e5", "1_000", "-0", "--5", "$100", "100.005", "9" * 20, "-7", "0", "1/0", "٣٤"),
    "UNITS": ("9" * 20, "9223372036854775808", "1e5", "-1", "0", "1.5", "NaN", "٣٤"),
}
WRONG |= {"MONTH": WRONG["DAY"], "YUAN": WRONG["AMOUNT"], "N": WRONG["UNITS"]}
MORE = (
    "visit log 云帆 --as lin",
    "handover start --from lin --to chen --as zhou",
    "departure file chen --last-day 2012-07-30 --as chen",
    "approve commission --contract HT-1 --amount 10 --as lin --again",
    "commission pay A-2 --amount 10 --payee 云帆 --kind customer_company --form L-1 --as lin",
    "commission confirm P-1 --received 5 --evidence x --as chen",
    "sample product G1 --name 样品",
)
AVOIDED = {"--ledger", "--help", "-h", "--install-completion", "--show-completion"}
MAYBE_LOUD = {0, 5, 8}  # an answer, of which a program wants to know by the status
STATUSES = {0, 2, 3, 4, 5, 6, 7, 8}


def commands() -> list[tuple[list[str], Any]]:
    """Every command with its parameters."""
    import typer

    program = house(NOUNS, with_completion=False)
    context = typer.Context(program)
    found = []
    for noun in NOUNS:
        command = program.get_command(context, noun)
        verbs = command.list_commands(context) if hasattr(command, "list_commands") else []
        for verb in verbs:
            found.append(([noun, verb], command.get_command(context, verb)))
        if not verbs:
            found.append(([noun], command))
    return found


def lines(count: int, seed: int) -> Iterator[list[str]]:
    """Command lines by chance: mostly of the right shape, their values fitting, good, bad or made of any characters.

    None has NUL in a word: no process can be given one.
    """
    chance = random.Random(seed)
    known = commands()
    for _one in range(count):
        path, command = chance.choice(known)
        words = list(path)
        for param in command.params:
            flags = [flag for flag in param.opts if flag not in AVOIDED]
            if param.param_type_name == "argument":
                wanted = chance.choice((0, 1, 1, 1, 1, 1)) if param.nargs == 1 else chance.randrange(3)
                words += [_value(chance, param, path[0]) for _value_of in range(wanted)]
            elif flags and chance.random() < (0.9 if param.required else 0.12):
                words.append(chance.choice(flags))
                if not param.is_flag:
                    words.append(_value(chance, param, path[0]))
        if chance.random() < 0.05:
            chance.shuffle(words)
        if chance.random() < 0.05:
            words.insert(chance.randrange(len(words) + 1), chance.choice(("--", "-", "--frob", "-é", "--lang", "-o")))
        yield words


def each_wrong(seed: int) -> Iterator[list[str]]:
    """Every parameter of every command wrong once, and nothing else: it is looked at, whatever comes before it."""
    chance = random.Random(seed)
    for path, command in commands():
        for wrong in command.params:
            words = list(path)
            for param in command.params:
                flags = [flag for flag in param.opts if flag not in AVOIDED]
                is_argument = param.param_type_name == "argument"
                if (
                    getattr(param, "is_flag", False)
                    or not (param.required or param is wrong)
                    or not (is_argument or flags)
                ):
                    continue
                words += [] if is_argument else flags[:1]
                words.append(_unfit(chance, param) if param is wrong else chance.choice(_fitting(param, path[0])))
            if wrong.name not in COMMON or chance.random() < 0.02:  # what is the same everywhere is wrong seldom
                yield words


def _kind(param: Any) -> str:
    return re.split(r"\W", (param.metavar or "").strip("["))[0]


def _fitting(param: Any, noun: str) -> tuple[str, ...]:
    kind = _kind(param)
    return (NUMBERS[noun],) if kind == "NUMBER" and noun in NUMBERS else FITTING.get(kind, GOOD)


def _unfit(chance: random.Random, param: Any) -> str:
    return chance.choice(WRONG.get(_kind(param), BAD) if chance.random() < 0.7 else BAD)


def _value(chance: random.Random, param: Any, noun: str) -> str:
    """Mostly what is wanted there: a value that is not is seldom met where another was refused before it."""
    dice = chance.random()
    if dice < 0.8:
        return chance.choice(_fitting(param, noun) if dice < 0.75 else GOOD)
    if dice < 0.95:
        return _unfit(chance, param)
    return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(1, 0xD800), chance.randrange(0x10000, 0x11000))))
                   for _one in range(chance.randrange(1, 12)))  # fmt: skip


def invoked(count: int, seed: int = 1) -> list[Reached]:
    """P10, P11: command lines by chance, in this process; every parameter wrong once, where none are asked for."""
    generated = list(lines(count, seed) if count else each_wrong(seed))
    count = len(generated)
    crashes, loud, written, refused = [], [], [], 0
    with office() as desk, pytest.MonkeyPatch.context() as patch:
        for place in ("salesctl.app", "salesctl.console.failing"):  # this process needs its own output afterwards
            patch.setattr(f"{place}.abandon_stdout", lambda: None)
        for line in (*SETUP, *MORE):
            desk.do(line)
        (desk.folder / "debts.csv").write_text("customer,amount,issued,due\n云帆,5,2012-04-01,2012-04-30\n", "utf-8")
        before = desk.ledger.read_bytes()
        for number, words in enumerate(generated):
            patch.setattr(sys, "stdin", io.StringIO(""))
            try:
                answer = desk.run(words, lang="zh_CN" if number % 3 == 0 else "en")
            except Exception as error:
                crashes.append(f"{str(words)[:300]} {str(error)[-400:]}")
                (desk.folder / "trace.txt").unlink(missing_ok=True)
                continue
            if answer.status not in STATUSES or "Traceback" in answer.err:
                crashes.append(f"{words}: {answer}"[:600])
            codes = [line for line in answer.err.splitlines() if line.startswith(("  code", "  代码"))]
            is_help = not answer.out and answer.err.startswith(("Usage", "用法"))
            if answer.status not in MAYBE_LOUD and len(codes) != 1 and not is_help:
                loud.append(f"{words}: {answer}"[:600])
            after = desk.ledger.read_bytes() if desk.ledger.exists() else b""
            if answer.status in (2, 3, 4):
                refused += 1
                if after != before:
                    written.append(f"{words}: {answer}"[:600])
            before = after
        wrong = findings(desk.ledger)
    return [
        Reached("P10", f"{count} generated command lines (seed {seed})", "0 crashes, 1 line for each refusal",
                f"{len(crashes)} crashes, {len(loud)} otherwise {(crashes + loud)[:2]}", not (crashes or loud)),
        Reached("P11", f"{refused} refusals among them", "0 wrote anything",
                f"{len(written)} wrote, {len(wrong)} faults {written[:1]}", not (written or wrong) and refused > count // 10),
    ]  # fmt: skip


RAW = (b"\xff\xfe", b"\xe4\xba", b"a\x80b", b"\xc0\xaf")


def as_processes(count: int, seed: int = 1) -> Reached:
    """P10: the same as real processes, with bytes that are no text among the words."""
    chance = random.Random(seed)
    wrong = []
    with office() as desk:
        for line in SETUP:
            desk.do(line)
        for words in lines(count, seed + 1):
            raw = [
                os.fsencode(word)
                for word in words
                if "\0" not in word and not any("\udcff" <= c <= "\udfff" for c in word)
            ]
            if raw and chance.random() < 0.5:
                raw.insert(chance.randrange(1, len(raw) + 1), chance.choice(RAW))
            done = subprocess.run([sys.executable, "-m", "salesctl", *raw], cwd=desk.folder, capture_output=True,
                                  stdin=subprocess.DEVNULL, check=False)  # fmt: skip
            if done.returncode not in STATUSES or b"Traceback" in done.stderr:
                wrong.append(f"{raw}: {done}"[:600])
        faults = findings(desk.ledger)
    return Reached("P10", f"{count} of them as processes, with bytes that are no text", "0 crashes",
                   f"{len(wrong)} crashes, {len(faults)} faults {wrong[:1]}", not (wrong or faults))  # fmt: skip
