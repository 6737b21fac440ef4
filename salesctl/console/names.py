"""Names as people write them, and the keys under which they are the same name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, TypeVar

from salesctl.errors import N_, WRONG, Invalid, SalesctlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
LONGEST = 200
LONGEST_CODE = 40
ALMOST = 0.85  # one change in seven characters is almost the same name
LEAST_INSIDE = 4  # characters that mean something inside a longer name
SUFFIXES = (
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "公司", "集团", "incorporated",
    "corporation", "company", "limited", "colimited", "coltd", "corp", "inc", "llc", "ltd", "plc", "gmbh",
)  # fmt: skip
LOOKALIKE = str.maketrans("曰己巳末工卜囗土", "日已已未エト口士")  # Han that differ by a stroke; one spelling each


ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # they say nothing: left out
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that are drawn as nothing
HIDDEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # Cf holds the direction overrides
LIKE_LATIN = frozenset("АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονᴏ")  # drawn as Latin letters are


class UnsafeName(SalesctlError):
    """A name that would not be what it looks like."""

    code, status = "name.unsafe", WRONG
    says = N_("The name {value!r} {trouble}.")
    hint = N_("Type it with visible characters of one script, {longest} at most.")


def checked(text: str, longest: int = LONGEST) -> str:
    """A name as it is kept: its spelling untouched, nothing hidden in it.

    Raises:
        UnsafeName: control, direction or surrogate characters, scripts that look alike, too long.
        Invalid: empty.
    """
    if len(text) > longest * 2:  # before anything is done with it
        raise UnsafeName(value=clipped(text), trouble=N_("is too long"), longest=longest)
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text.translate(ZERO_WIDTH))
    name = " ".join(filter(None, spaced.split(" ")))
    if not name:
        raise Invalid(value=clipped(text), what=N_("a name"), example="林静, 云帆网络科技有限公司")
    if trouble := _trouble(name, longest):
        raise UnsafeName(value=clipped(name), trouble=trouble, longest=longest)
    return name


def _trouble(name: str, longest: int) -> str:
    """What is wrong with a name; empty where nothing is."""
    if len(name) > longest:
        return N_("is too long")
    if any(unicodedata.category(c) in HIDDEN or c in BLANK for c in name):
        return N_("has characters that cannot be seen")
    scripts = {script for c in name if (script := _script(c))}
    if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1 or ("CYRILLIC" in scripts and "CJK" in scripts):
        return N_("mixes scripts that look alike")
    if scripts & {"CYRILLIC", "GREEK"} and all(c in LIKE_LATIN for c in name if _script(c) in ("CYRILLIC", "GREEK")):
        return N_("is written in letters that only look Latin")
    return ""


def clipped(text: str, longest: int = 60) -> str:
    """The beginning of a long text; a message prints it with `!r`, which makes hidden characters visible."""
    return text if len(text) <= longest else text[:longest] + "..."


def key(name: str) -> str:
    """What two spellings of one name share: width, case, spaces, brackets and punctuation removed."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum()) or folded.replace(" ", "")


def company_key(name: str) -> str:
    """The key of a company: its legal suffix counts for nothing, unless nothing else is left."""
    whole = bare = key(name)
    while bare.endswith(SUFFIXES):
        bare = next(bare.removesuffix(suffix) for suffix in SUFFIXES if bare.endswith(suffix))
    return bare or whole


def lookalike(name_key: str) -> str:
    """A key with look-alike characters made one; equal ones are shown to a person, never merged."""
    return name_key.translate(LOOKALIKE)


def is_code(text: str) -> bool:
    """Whether something is named by a bare code, such as 0379-NEVHP, which another spelling would make another."""
    return text.isascii() and " " not in text and any(map(str.isdigit, text)) and len(text) <= LONGEST_CODE


def near(name_key: str, others: Iterable[tuple[str, T]]) -> Iterator[T]:
    """What belongs to the keys that are spelt almost so: look-alikes, one inside the other, few changes.

    One change in seven characters is few. Fewer changes than pieces leave one piece whole, so `in` passes over
    nearly all of ten thousand names.
    """
    from difflib import SequenceMatcher

    folded = lookalike(name_key)
    changes = (len(folded) + 1) // 7
    size = -(-len(folded) // (changes + 1)) or 1
    pieces = [folded[start : start + size] for start in range(0, len(folded), size)]
    for other, what in others:
        compared = lookalike(other)
        if abs(len(compared) - len(folded)) <= changes and any(piece in compared for piece in pieces):
            if folded == compared or SequenceMatcher(None, folded, compared, autojunk=False).ratio() > ALMOST:
                yield what
        elif min(len(folded), len(compared)) >= LEAST_INSIDE and (folded in compared or compared in folded):
            yield what


def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    return "LATIN" if character.isascii() else unicodedata.name(character, "").split(" ")[0]
