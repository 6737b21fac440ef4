"""Words of a fixed list, as people type them: as they are kept, or as the program says them in either language."""

from __future__ import annotations

import gettext
from functools import cache
from typing import TYPE_CHECKING

from salesctl.console import words
from salesctl.policy.units import nfkc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

ALL = "all"


def meant(text: str, among: Collection[str], also: Mapping[str, str] | None = None) -> str:
    """The word of the list that is meant: `head_office_finance` is `head office finance` and 总部财务.

    Args:
        text: what was typed, in any case and width.
        among: the words as they are kept.
        also: other names of them, such as the regulation's own.

    Returns:
        The word as it is kept; what matches none comes back folded, for the caller to refuse.
    """
    plain = folded(text)
    if plain in among:
        return plain
    for name, word in (also or {}).items():
        if folded(name) == plain:
            return word
    return plain if plain.isascii() else _in_chinese(plain, among) or plain


def folded(text: str) -> str:
    """A word without what people write differently: width, case, spaces, hyphens."""
    plain = nfkc(text).strip().casefold()
    return (plain.replace("-", "_") if plain.isascii() else plain.replace(" ", "")).replace(" ", "_")


def offered(among: Iterable[str]) -> str:
    """The words of a list in one line, for a refusal; in Chinese with what each means."""
    if words.language == "en":
        return ", ".join(among)
    return "、".join(_both(word) for word in among)


def _both(word: str) -> str:
    said = words._(word.replace("_", " "))
    return word if said.isascii() else f"{word}（{said}）"


def _in_chinese(plain: str, among: Iterable[str]) -> str:
    chinese = _chinese()
    return next((word for word in among if folded(chinese.gettext(word.replace("_", " "))) == plain), "")


@cache
def _chinese() -> gettext.NullTranslations:
    return gettext.translation("salesctl", words.LOCALE, ["zh_CN"], fallback=True)
