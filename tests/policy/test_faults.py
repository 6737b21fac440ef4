"""Every fault a pack can have is found and named with file and entry, all of them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.policy.folders import BOTH, REGULATION, found, lines

LADDER = f'[who]\nkind = "bands"\nlabel = {BOTH}\n[[who.version]]\norigin = "seed"\nsource = "X-1"\nbands = '
GRID = f'[who]\nkind = "grid"\nlabel = {BOTH}\n[[who.version]]\norigin = "seed"\nsource = "X-1"\n'


def entry(kind: str, value: str) -> str:
    return f'[it]\nkind = "{kind}"\nlabel = {BOTH}\n[[it.version]]\norigin = "seed"\nsource = "X-1"\n{value}'


FAULTS = [  # file, its text or what is replaced in it, the line expected
    ("pack.toml", None, "pack.toml [] is missing; it names the pack"),
    ("pack.toml", ('"X"', '"X 1"'), "pack.toml [code] must be letters, digits and hyphens"),
    ("pack.toml", ('"X"', '"A"'), 'pack.toml [code] A is a regulation already; to set figures of it say extends = "A"'),
    ("pack.toml", (', zh_CN = "文字"', ""), "pack.toml [name] has no text in zh_CN"),
    (
        "pack.toml",
        ('code = "X"', 'code = "X"\nextends = "Q"'),
        "pack.toml [extends] 'Q' is none of the regulations: A, B, C, D, E, L, K",
    ),
    ("pack.toml", ('code = "X"', 'code = "X"\nowner = "me"'), "pack.toml [] has a field nobody reads: owner"),
    (
        "pack.toml",
        ('code = "X"', 'code = "X"\nstarts = "someday"'),
        "pack.toml [starts] must be one of: date, promulgation",
    ),
    ("pack.toml", ('"X"', "3"), "pack.toml [code] must be letters, digits and hyphens"),
    ("clauses.toml", '"X-1" = 3', "clauses.toml [X-1] must be a table"),
    ("readings.toml", '"AMB-X-a" = 3', "readings.toml [AMB-X-a] must be a table"),
    ("readings.toml", ("chosen", 'note = "x"\nchosen'), "readings.toml [AMB-X-a] has a field nobody reads: note"),
    ("clauses.toml", ("parameter", "figure"), "clauses.toml [X-1] kind must be one of: obligation"),
    ("clauses.toml", ("2012-04-13", '"soon"'), "clauses.toml [X-1] first_day must be a day"),
    ("clauses.toml", ('en = "One"\n', ""), "clauses.toml [X-1] has no text in en"),
    ("clauses.toml", ("honoured", "honored"), "clauses.toml [X-1] has a field nobody reads: honored"),
    ("clauses.toml", ("honoured", "honored"), "clauses.toml [X-1 honoured] has no text in en"),
    (
        "readings.toml",
        ('"X-1"', '"X-2"'),
        "readings.toml [AMB-X-a] cites the clause X-2, which is not in clauses.toml (X-1 ?)",
    ),
    ("readings.toml", ("why", "because"), "readings.toml [AMB-X-a why] has no text in en"),
    ("readings.toml", ("alternatives", "others"), "readings.toml [AMB-X-a] alternatives must be a list"),
    ("readings.toml", ('[{ en = "text"', '[{ en = ""'), "readings.toml [AMB-X-a alternatives 1] has no text in en"),
    ("money.toml", ("[fine]", "fine = 3\n[fine]"), "money.toml [] is not TOML:"),
    ("money.toml", ("value = 5", "value = 5\nvalue = 6"), "money.toml [] is not TOML:"),
    ("money.toml", (REGULATION["money.toml"], "fine = 5"), "money.toml [fine] must be a table"),
    (
        "money.toml",
        ("[[fine", "of = 'all'\nowner = 'me'\n[[fine"),
        "money.toml [fine] has a field nobody reads: owner; the",
    ),
    ("money.toml", ("value = 5", "valeu = 5"), "money.toml [fine] has a field nobody reads: valeu"),
    ("money.toml", ("value = 5", "valeu = 5"), "money.toml [fine] value must be a whole number that is not negative"),
    ("money.toml", ("value = 5", "value = -1"), "money.toml [fine] value must be a whole number that is not negative"),
    (
        "money.toml",
        ("value = 5", "value = true"),
        "money.toml [fine] value must be a whole number that is not negative",
    ),
    ("money.toml", ('kind = "count"', 'kind = "number"'), "money.toml [fine] kind 'number' is not one of: amount"),
    ("money.toml", ('kind = "count"\n', ""), "money.toml [fine] kind '' is not one of: amount"),
    ("money.toml", ('label = { en = "text", ', "label = { "), "money.toml [fine label] has no text in en"),
    ("money.toml", ('"seed"', '"law"'), "money.toml [fine] origin must be one of: seed, company, tool-default"),
    ("money.toml", ('source = "X-1"\n', ""), "money.toml [fine] cites no clause"),
    (
        "money.toml",
        ('"X-1"', '"X-11"'),
        "money.toml [fine] cites the clause X-11, which is not in clauses.toml (X-1 ?)",
    ),
    (
        "money.toml",
        ("AMB-X-a", "AMB-X-b"),
        "money.toml [fine] rests on the reading AMB-X-b, which is not in readings.toml (AMB-X-a ?)",
    ),
    ("money.toml", ("2012-04-13", '"2012-13-01"'), "money.toml [fine] from must be a day"),
    (
        "money.toml",
        ("value = 5", "until = 2012-04-13\nvalue = 5"),
        "money.toml [fine] the version from 2012-04-13 ends on 2012-04-13",
    ),
    ("Odd.toml", entry("count", "value = 1"), "Odd.toml [it] names of files and entries are small letters"),
    ("odd.toml", entry("count", "value = 1").replace("it", "It"), "odd.toml [It] names of files and entries are small"),
    (
        "odd.toml",
        f'[it]\nkind = "count"\nlabel = {BOTH}\nversion = [3, {{ value = 1 }}, 3]',
        "odd.toml [it] versions must be written as [[it.version]]",
    ),
    (
        "empty.toml",
        f'[it]\nkind = "count"\nlabel = {BOTH}',
        "empty.toml [it] has no version; give one, or say required = true",
    ),
    (
        "odd.toml",
        f'[it]\nkind = "count"\nlabel = {BOTH}\nversion = 3',
        "odd.toml [it] versions must be written as [[it.version]]",
    ),
    ("sum.toml", entry("amount", "value = 1.005"), "sum.toml [it] value must be yuan with two decimals at most"),
    ("sum.toml", entry("rate", "value = 1.5"), "sum.toml [it] value must be a share of one"),
    ("sum.toml", entry("clock", 'value = "25:00"'), "sum.toml [it] value must be a time of day"),
    ("sum.toml", entry("months", "value = 2.5"), "sum.toml [it] value must be a whole number"),
    ("sum.toml", entry("choice", 'value = "x"\noptions = ["y"]'), "sum.toml [it] 'x' is not one of the options: y"),
    ("sum.toml", entry("choice", 'value = "x"'), "sum.toml [it] options must be a list of texts"),
    ("sum.toml", entry("checklist", "items = []"), "sum.toml [it] items must be a list of texts"),
    ("sum.toml", entry("checklist", 'items = ["a", "b", "a"]'), "sum.toml [it] items are listed twice: a"),
    ("grid.toml", GRID + "rows = 3", "grid.toml [who] rows must be a table of lists"),
    ("grid.toml", GRID + "rows = {}", "grid.toml [who] rows must be a table of lists"),
    *(
        (
            "grid.toml",
            f"{GRID}rows = {{ web = ['a'], it = {row} }}",
            "grid.toml [who] every row must be a list of texts",
        )
        for row in ("[]", "'ab'", "[1]", "['a', 1]", "3")
    ),
    ("grid.toml", GRID + "rows = { it = ['a'] }\nsources = 3", "grid.toml [who] sources must be a table from rows"),
    (
        "grid.toml",
        GRID + 'rows = { it = ["a"] }\nsources = { web = "X-1" }',
        "grid.toml [who] sources must be a table from rows to clauses",
    ),
    ("grid.toml", GRID + 'rows = { it = ["a"] }\nsources = { it = "X-9" }', "grid.toml [who] cites the clause X-9"),
    *(
        ("who.toml", LADDER + bands, "who.toml [who] bands must be a list of rungs")
        for bands in ("[]", "3", "[3]", "[{ name = 'a', through = 0.1 }, 'b']")
    ),
    ("who.toml", LADDER + "[{ name = '', through = 0.1 }, { name = 'b' }]", "who.toml [who] rung 1 () has no name"),
    ("who.toml", LADDER + "[{ name = 1, through = 0.1 }, { name = 'b' }]", "who.toml [who] rung 1 (1) has no name"),
    ("who.toml", LADDER + "[{ through = 0.1 }, { name = 'b' }]", "who.toml [who] rung 1 (?) has no name"),
    ("who.toml", LADDER + "[{ name = 'a' }, { name = 'b' }]", "who.toml [who] rung 1 (a) has no end"),
    ("who.toml", LADDER + "[{ name = 'a', through = 0.1 }]", "who.toml [who] rung 1 (a) is the last one and ends"),
    (
        "who.toml",
        LADDER + "[{ name = 'a', through = 0.1, below = 0.1 }, { name = 'b' }]",
        "who.toml [who] rung 1 (a) says both",
    ),
    (
        "who.toml",
        LADDER + "[{ name = 'a', through = -1 }, { name = 'b' }]",
        "who.toml [who] the end of rung 1 (a) must be a decimal",
    ),
    (
        "who.toml",
        LADDER + "[{ name = 'a', thru = 0.1 }, { name = 'b' }]",
        "who.toml [who] has a field nobody reads: thru",
    ),
    (
        "who.toml",
        LADDER + "[{ name = 'a', through = 0.10 }, { name = 'b', below = 0.1 }, { name = 'c' }]",
        "who.toml [who] rung 2 (b) does not reach further than the rung before it",
    ),
    (
        "who.toml",
        LADDER + "[{ name = 'a', through = 0.1 }, { name = 'a' }]",
        "who.toml [who] two rungs have the same name",
    ),
    (
        "who.toml",
        LADDER.replace('source = "X-1"', "") + "[{ name = 'a', through = 1, source = 'X-1' }, { name = 'b' }]",
        "who.toml [who] cites no clause",
    ),
    ("who.toml", LADDER + "[{ name = 'a', source = 'X-9' }]", "who.toml [who] cites the clause X-9"),
]


@pytest.mark.parametrize(("file", "change", "line"), FAULTS, ids=[line[:60] for _f, _c, line in FAULTS])
def test_a_fault_is_named_with_file_and_entry(file: str, change: Any, line: str, tmp_path: Path) -> None:
    files = dict(REGULATION)
    if isinstance(change, str):
        files[file] = change
    elif change is None:
        del files[file]
    else:
        before, after = change
        assert before in files[file]
        files[file] = files[file].replace(before, after, 1)
    assert [said for said in lines(found(tmp_path, files)[1]) if said.startswith(line)], lines(
        found(tmp_path, files)[1]
    )


def versions(*spans: str) -> str:
    return f'[it]\nkind = "count"\nlabel = {BOTH}\n' + "".join(
        f'[[it.version]]\norigin = "seed"\nsource = "X-1"\nvalue = 1\n{span}\n' for span in spans
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            versions("from = 2013-01-01", "from = 2012-01-01"),
            "the version from 2012-01-01 does not come after the one from 2013-01-01",
        ),
        (
            versions("from = 2013-01-01", "from = 2013-01-01"),
            "the version from 2013-01-01 does not come after the one from 2013-01-01",
        ),
        (versions("", ""), "the version from - does not come after the one from -"),
        (
            versions("from = 2012-01-01\nuntil = 2013-06-01", "from = 2013-01-01"),
            "the version from 2013-01-01 overlaps the one before it, which ends on 2013-06-01",
        ),
        (versions("from = 2012-01-01\nuntil = 2013-01-01", "from = 2013-01-01"), ""),
        (versions("from = 2012-01-01\nuntil = 2013-01-01", "from = 2014-01-01"), ""),
        (versions("", "from = 2014-01-01"), ""),
    ],
)
def test_versions_follow_one_another(text: str, line: str, tmp_path: Path) -> None:
    """No day has two versions; a day without one must have been said, with until."""
    assert lines(found(tmp_path, {**REGULATION, "time.toml": text})[1])[:1] == (
        [f"time.toml [it] {line}"] if line else []
    )


def test_what_an_entry_says_for_all_its_versions_is_one_fault(tmp_path: Path) -> None:
    """Also where no version is there to rest on it."""
    two = versions("from = 2012-01-01", "from = 2013-01-01").replace('source = "X-1"\n', "")
    set_by_company = f'[it]\nkind = "count"\nlabel = {BOTH}\nrequired = true\n'
    for text in (two, set_by_company):
        said = lines(found(tmp_path, {**REGULATION, "time.toml": text.replace("[it]", "[it]\nsource = 'X-9'")})[1])
        assert said == ["time.toml [it] cites the clause X-9, which is not in clauses.toml (X-1 ?)"]


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    """Nobody corrects one only to be shown the next."""
    broken = {name: REGULATION[name].replace("zh_CN", "zh") for name in REGULATION} | {
        "bad.toml": "]",
        "worse.toml": "x = 1",
    }
    files = [fault.file for fault in found(tmp_path, broken)[1]]
    assert set(files) == {*REGULATION, "bad.toml", "worse.toml"}
