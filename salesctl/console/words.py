"""The language of one run: English texts are the keys, `locale/` holds their translations."""

from __future__ import annotations

import gettext
import inspect
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "zh_CN")

_catalogue = gettext.NullTranslations()
language = "en"


def speak(tongue: str) -> None:
    """Choose the language of everything printed from here on; call it before a command module is imported."""
    global _catalogue, language  # noqa: PLW0603 - one run speaks one language
    language = tongue if tongue in LANGUAGES else "en"
    _catalogue = gettext.translation("salesctl", LOCALE, [language], fallback=True)


@contextmanager
def speaking(tongue: str) -> Iterator[None]:
    """Say what is said inside in another language: a letter is in its reader's, whatever the clerk's screen speaks."""
    before = language
    speak(tongue)
    try:
        yield
    finally:
        speak(before)


def _(text: str) -> str:
    """The text in the language of this run."""
    return _catalogue.gettext(text) if text else ""


def of(texts: dict[str, str]) -> str:
    """The text of a pack in the language of this run; packs bring their own translations."""
    return texts.get(language) or texts.get("en", "")


def help_of(function: object) -> str:
    """A command's docstring in the language of this run."""
    return _(inspect.getdoc(function) or "")


def understood(wish: str) -> str:
    """The language meant by `zh-CN`, `zh_Hans`, `en_GB.UTF-8`; Chinese where nothing is said, as in cron."""
    plain = wish.replace("-", "_").casefold()
    return (
        "en"
        if plain.startswith(("en", "c.", "posix")) or plain == "c"
        else "zh_CN"
        if plain[:2] in ("zh", "")
        else "en"
    )
