"""The page about errors says what the program says: each error named, provoked, shown, with its way out."""

from __future__ import annotations

import re

import pytest

from tests.errors import provoking

RECIPES = provoking.recipes()
SAID_ALL = {  # what was asked is done already or cannot be; or it stands in the list of a bad file's rows
    "aging.settled", "approve.nothing-apart", "baddebt.submitted", "customer-form.same", "departure.done",
    "departure.no-report", "departure.not-held", "departure.withdrawn", "desk.declined", "handover.issue-ended",
    "loss.criticised", "people.nothing-lent", "receivables.cancelled",
    "visit.other-stops", "visit.paper",
}  # fmt: skip


def test_every_recipe_is_of_an_error_there_is() -> None:
    assert sorted(set(RECIPES) - set(provoking.kinds())) == []


@pytest.mark.parametrize("code", RECIPES)
def test_a_recipe_provokes_its_error(code: str) -> None:
    answer = provoking.provoked(RECIPES[code])
    assert answer.code == code, answer
    assert answer.status == provoking.kinds()[code][0].status


@pytest.mark.parametrize("language", provoking.PAGES)
def test_the_page_is_what_is_provoked_today(language: str) -> None:
    assert provoking.PAGES[language].read_text("utf-8") == provoking.page(language), "run `make derive`"


@pytest.mark.parametrize("language", provoking.PAGES)
def test_every_error_has_a_section_and_a_way_out(language: str) -> None:
    text = provoking.PAGES[language].read_text("utf-8")
    named = set(re.findall(r"^### (\S+)$", text, re.MULTILINE))
    assert set(provoking.kinds()) == named
    mute = [
        code for code, kinds in provoking.kinds().items() if not all(kind.hint or not kind.status for kind in kinds)
    ]
    assert sorted(code for code in set(mute) - SAID_ALL if not code.startswith("import.")) == []


def test_a_code_means_one_thing() -> None:
    """Two errors may share a code only where they end with the same status."""
    assert [code for code, kinds in provoking.kinds().items() if len({kind.status for kind in kinds}) > 1] == []


def test_most_errors_are_provoked() -> None:
    assert len(RECIPES) >= 0.6 * len(provoking.kinds())
