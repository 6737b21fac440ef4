"""The main job on the sample department; the README shows what the program really prints."""

from __future__ import annotations

import pytest

from tests.demo import transcript
from tests.demo.story import STORY


@pytest.fixture(scope="module", params=transcript.PAGES)
def told(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """The story in a language."""
    return request.param, transcript.answers(request.param)


def test_the_pages_show_what_is_really_printed(told: tuple[str, dict[str, str]]) -> None:
    language, answers = told
    pages = {page.name: transcript.blocks(page.read_text(encoding="utf-8")) for page in transcript.PAGES[language]}
    assert sum(map(len, pages.values())) >= 8
    for name, shown in pages.items():
        for line, said in shown:
            assert transcript.steady(said) == transcript.steady(transcript.cut(answers[line])), f"{name}: {line}"


def test_the_whole_story_runs(told: tuple[str, dict[str, str]]) -> None:
    _language, answers = told
    assert len(answers) == len({step.line for step in STORY})
    assert not [line for line, said in answers.items() if "Traceback" in said]
