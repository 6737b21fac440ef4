"""The main job on the sample department; the README shows what the program really prints."""

from __future__ import annotations

import pytest

from tests.demo import transcript
from tests.demo.story import STORY


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return transcript.answers()


def test_the_readme_shows_what_is_really_printed(told: dict[str, str]) -> None:
    shown = transcript.blocks(transcript.README.read_text(encoding="utf-8"))
    assert len(shown) >= 5
    for line, said in shown:
        assert transcript.steady(said) == transcript.steady(transcript.cut(told[line])), line


def test_the_whole_story_runs_in_chinese() -> None:
    told = transcript.answers("zh_CN")
    assert len(told) == len({step.line for step in STORY})
    assert not [line for line, said in told.items() if "Traceback" in said]
