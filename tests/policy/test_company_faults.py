"""A fault of a company's pack has one message that names file and entry, what is wrong and what is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.folders import BOTH, COMPANY, found, lines

GRADES = "account_manager, account_director, general_manager"
MANAGER, DIRECTOR = "{ name = 'account_manager', through = 0.03 }", "{ name = 'account_director', through = 0.08 }"
TOP = "{ name = 'general_manager' }"


def ladder(*rungs: str, first: str = "2012-06-01") -> str:
    return f'[[authority.version]]\nfrom = {first}\nsource = "A-6.1"\nbands = [{", ".join(rungs)}]\n'


def fine(first: str = "2012-06-01", value: str = "3") -> str:
    return f"[[shortfall_fine.version]]\nfrom = {first}\nvalue = {value}\n"


def split(share: str) -> str:
    return f"[[split.version]]\nshares = [{{ name = 'a', share = 0.7 }}, {{ name = 'b', share = {share} }}]"


def ageing(*rungs: str) -> str:
    return f'[[ageing.version]]\nsource = "A-8.1"\nbands = [{", ".join(rungs)}]'


def said(folder: Path, file: str, text: str) -> list[str]:
    return lines(found(folder, {"pack.toml": COMPANY["pack.toml"], file: text})[1])


OUT_OF_ORDER = "the version from 2012-05-01 does not come after the one from 2012-06-01"
NOT_FURTHER = "rung 2 (account_director) does not reach further than the rung before it"
NO_DECIMAL = "the end of rung 2 (account_director) must be a decimal that is not negative"
BEYOND = (
    "rung 2 (account_director) is the last one and ends: nobody would decide beyond it; leave out through and below"
)
NO_END = "rung 2 (account_director) has no end, so the rungs after it are never reached; say through or below"
NO_CLAUSE = "cites the clause A-6.7, which is not in clauses.toml (A-6.6, A-6.4, A-6.3 ?)"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (ladder(MANAGER, "{ name = 'account_director' }", TOP), NO_END),
        (ladder(MANAGER, DIRECTOR), BEYOND),
        (ladder(MANAGER, DIRECTOR.replace("0.08", "0.03"), TOP), NOT_FURTHER),
        (
            ladder(MANAGER, DIRECTOR.replace("0.08", "8"), TOP),
            "8 is more than the whole; for eight per cent write 0.08",
        ),
        (ladder(MANAGER, DIRECTOR.replace("0.08", "'8 %'"), TOP), NO_DECIMAL),
        (ladder(MANAGER, DIRECTOR.replace("0.08", "1"), TOP), ""),
        (
            ladder(MANAGER, "{ name = 'deputy', through = 0.08 }", TOP),
            f"the rungs must be grades in their order: {GRADES}",
        ),
        (ladder(MANAGER, TOP).replace("A-6.1", "A-6.7"), NO_CLAUSE),
        (ladder(MANAGER, TOP).replace('source = "A-6.1"\n', ""), 'cites no clause; say source = "..."'),
        (ladder(MANAGER, TOP) + ladder(TOP, first="2012-05-01"), OUT_OF_ORDER),
        (ladder(MANAGER, TOP, first="2012-04-12"), "begins before the regulation's own first day 2012-04-13"),
    ],
)
def test_a_ladder_of_authority(text: str, line: str, tmp_path: Path) -> None:
    """No gap, no overlap, no grade that does not exist, no share of more than the whole."""
    assert said(tmp_path, "commission.toml", text) == ([f"commission.toml [authority] {line}"] if line else [])


OVERLAPS = "the version from 2012-08-01 overlaps the one before it, which ends on 2012-09-01"
ENDS = "the version from 2012-06-01 ends on 2012-05-01, which is not after it"
WHOLE = "value must be a whole number that is not negative"
TWICE = "is not TOML: Cannot overwrite a value (at line 3, column 18)"
TWO_TABLES = "is not TOML: Cannot declare ('shortfall_fine',) twice (at line 2, column 16)"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (fine() + fine("2012-05-01"), f"[shortfall_fine] {OUT_OF_ORDER}"),
        (fine("2012-06-01\nuntil = 2012-05-01"), f"[shortfall_fine] {ENDS}"),
        (fine("2012-06-01\nuntil = 2012-09-01") + fine("2012-08-01"), f"[shortfall_fine] {OVERLAPS}"),
        (fine('"1 June"'), "[shortfall_fine] from must be a day such as 2012-04-16"),
        (fine("2012-06-01\nfrom = 2012-07-01"), f"[] {TWICE}"),
        ("[shortfall_fine]\n[shortfall_fine]", f"[] {TWO_TABLES}"),
        (fine(value="2.5"), f"[shortfall_fine] {WHOLE}"),
        (fine(value='"five"'), f"[shortfall_fine] {WHOLE}"),
        (fine(value="-1"), f"[shortfall_fine] {WHOLE}"),
    ],
)
def test_days_and_values(text: str, line: str, tmp_path: Path) -> None:
    """An order of days that runs backwards, versions that overlap, a key written twice, a value of another kind."""
    assert said(tmp_path, "commission.toml", text) == [f"commission.toml {line}"]


WEEKDAYS = "the options are those of the regulation: monday, tuesday, wednesday, thursday, friday"
NO_FIGURE = "[watch] the regulation has no figure A.receivable.watch (A.receivables.watch"
YOUNG, OLD = "{ name = 'young', through = 3 }", "{ name = 'old' }"


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("pairings.toml", split("0.2"), "[split] the shares add up to 90 %, not to 100 %"),
        ("pairings.toml", split("0.4"), "[split] the shares add up to 110 %, not to 100 %"),
        ("receivables.toml", ageing(YOUNG, OLD.replace("old", "young")), "[ageing] two rungs have the same name"),
        (
            "receivables.toml",
            ageing(YOUNG, "{ name = 'older', below = 3 }", OLD),
            "[ageing] rung 2 (older) does not reach further than the rung before it",
        ),
        (
            "receivables.toml",
            '[[meeting_weekday.version]]\noptions = ["sunday"]\nvalue = "sunday"',
            f"[meeting_weekday] {WEEKDAYS}",
        ),
        ("receivable.toml", "[[watch.version]]\nvalue = 1", NO_FIGURE),
    ],
)
def test_parts_options_and_names(file: str, text: str, line: str, tmp_path: Path) -> None:
    """Shares that do not add up, rungs that are told apart by nothing, a word the rules do not know."""
    [one] = said(tmp_path, file, text)
    assert one.startswith(f"{file} {line}")


def test_a_figure_of_another_kind(tmp_path: Path) -> None:
    text = f"[authority]\nkind = 'split'\nlabel = {BOTH}\n[[authority.version]]\nsource = 'A-6.1'\n"
    assert said(tmp_path, "commission.toml", f"{text}shares = [{{ name = 'a', share = 1 }}]") == [
        "commission.toml [authority] kind is split; the regulation's figure is of kind bands"
    ]
