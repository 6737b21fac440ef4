"""When two names are the same, and when a person should look at them."""

from __future__ import annotations

from hypothesis import given
from hypothesis.strategies import characters, integers, lists, text

from salesctl.console import names
from salesctl.errors import Invalid

LETTERS = characters(min_codepoint=0x4E00, max_codepoint=0x9000, exclude_characters="曰己巳末工卜囗土")
spelt = lists(LETTERS, min_size=8, max_size=20, unique=True).map("".join)


@given(name=spelt, place=integers(0, 19), letter=LETTERS)
def test_one_change_in_eight_characters_is_near(name: str, place: int, letter: str) -> None:
    """Another letter, one more, one less: whichever of the two is the new one."""
    at = place % len(name)
    for other in (name[:at] + letter + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + name[at + 1 :]):
        assert list(names.near(name, [(other, 1)])) == [1]
        assert list(names.near(other, [(name, 1)])) == [1]


@given(name=spelt, other=spelt)
def test_names_without_a_letter_in_common_are_not_near(name: str, other: str) -> None:
    if not set(name) & set(other):
        assert list(names.near(name, [(other, 1)])) == []


@given(name=text(max_size=210))
def test_any_text_is_a_name_or_refused_and_a_name_stays_what_it_is(name: str) -> None:
    """Whatever is typed: kept names are printable, at most 200 characters, and checking them again changes nothing."""
    try:
        kept = names.checked(name)
    except (names.UnsafeName, Invalid):
        return
    assert kept.isprintable()
    assert 0 < len(kept) <= names.LONGEST
    assert names.checked(kept) == kept
    assert names.key(kept)
    assert names.company_key(kept)
