"""A company sets figures of the regulation; it never changes the regulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salesctl.policy.faults import clashes
from tests.policy.folders import BOTH, COMPANY, found, lines

if TYPE_CHECKING:
    from pathlib import Path

RUNGS = "{ name = 'account_director', through = 0.1, source = 'A-6.2' }, { name = 'account_manager', source = 'A-6.1' }"


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        (
            "visits.toml",
            "[[closing.version]]\nvalue = 18:00:00",
            "visits.toml [closing] the regulation has no figure A.visits.closing",
        ),
        (
            "visits.toml",
            '[close_of_business]\nkind = "count"\n[[close_of_business.version]]\nvalue = 18',
            "kind is count; the regulation's",
        ),
        (
            "visits.toml",
            '[[close_of_business.version]]\nvalue = 18:00:00\norigin = "seed"',
            "origin must be one of: company",
        ),
        ("visits.toml", '[[close_of_business.version]]\nvalue = 18:00:00\nsource = "A-1.9"', "cites the clause A-1.9"),
        ("visits.toml", "[close_of_business]", "visits.toml [close_of_business] has no version"),
        ("visits.toml", "[close_of_business]\nrequired = true", "visits.toml [close_of_business] has no version"),
        (
            "commission.toml",
            "[[shortfall_fine.version]]\nfrom = 2012-04-12\nvalue = 3",
            "begins before the regulation's own first day 2012-04-13",
        ),
        (
            "commission.toml",
            f"[[authority.version]]\nbands = [{RUNGS}]",
            "the rungs must be grades in their order: account_manager",
        ),
        (
            "receivables.toml",
            '[[meeting_weekday.version]]\nvalue = "sunday"',
            "'sunday' is not one of the options: monday",
        ),
        (
            "clauses.toml",
            f'["A-1.4"]\nkind = "gate"\nen = "x"\nzh_CN = "文"\nhonoured = {BOTH}',
            "is a clause of the regulation itself",
        ),
    ],
)
def test_a_company_sets_figures_of_the_regulation_and_nothing_else(
    file: str, text: str, line: str, tmp_path: Path
) -> None:
    said = lines(found(tmp_path, {**COMPANY, file: text})[1])
    assert [one for one in said if line in one and one.startswith(file)], said


def test_a_company_may_cite_a_clause_of_its_own(tmp_path: Path) -> None:
    own = {
        "clauses.toml": f'["OWN-1"]\nkind = "parameter"\nen = "Ours"\nzh_CN = "本公司"\nhonoured = {BOTH}',
        "visits.toml": '[[close_of_business.version]]\nvalue = "17:30"\nsource = "OWN-1"',
    }
    assert lines(found(tmp_path, {**COMPANY, **own})[1]) == []


def test_a_later_version_of_a_regulation_may_change_what_a_company_may_not(tmp_path: Path) -> None:
    """Its options, and the origin of its figures; it states clauses of its own regulation."""
    later = {
        "pack.toml": f'code = "later"\nversion_of = "A"\nname = {BOTH}',
        "receivables.toml": '[[meeting_weekday.version]]\nfrom = 2014-01-01\norigin = "seed"\n'
        'options = ["saturday"]\nvalue = "saturday"',
    }
    assert lines(found(tmp_path, later)[1]) == []
    silent = {**later, "receivables.toml": later["receivables.toml"].replace('origin = "seed"\n', "")}
    assert lines(found(tmp_path, silent)[1]) == [
        "receivables.toml [meeting_weekday] origin must be one of: seed, company, tool-default"
    ]


def test_two_packs_never_set_the_same_figure() -> None:
    one, other = (
        {"code": code, "entries": {"A.visits.close_of_business": {"file": "visits.toml"}}} for code in ("one", "other")
    )
    assert lines(list(clashes([one, other]))) == [
        "visits.toml [close_of_business] A.visits.close_of_business is set by the pack one as well; keep one"
    ]
