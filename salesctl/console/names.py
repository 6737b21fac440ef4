"""Names as people write them, and the keys under which they are the same name."""

from __future__ import annotations

import re
import unicodedata

from salesctl.errors import N_, WRONG, Invalid, SalesctlError
from salesctl.policy.units import shown

LONGEST = 200
SUFFIXES = re.compile(
    r"(股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|公司|集团|incorporated|corporation|company|limited|"
    r"colimited|coltd|corp|inc|llc|ltd|plc|gmbh)+$"
)
LOOKALIKE = str.maketrans("曰己巳末工卜囗土", "日已已未エト口士")  # Han that differ by a stroke; one spelling each


class UnsafeName(SalesctlError):
    """A name that would not be what it looks like."""

    code, status = "name.unsafe", WRONG
    says = N_("The name {value!r} {trouble}.")
    hint = N_("Type it with visible characters of one script, {longest} at most.")


def checked(text: str) -> str:
    """A name as it is kept: its spelling untouched, nothing hidden in it.

    Raises:
        UnsafeName: control, direction or surrogate characters, mixed scripts, too long.
        Invalid: empty.
    """
    name = " ".join(text.split(" ")).strip()
    if not name:
        raise Invalid(value=text, what=N_("a name"), example="云帆网络科技有限公司")
    if len(name) > LONGEST:
        raise UnsafeName(value=shown(name), trouble=N_("is too long"), longest=LONGEST)
    if any(
        unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
        or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for c in name
    ):
        raise UnsafeName(value=shown(name), trouble=N_("has characters that cannot be seen"), longest=LONGEST)
    scripts = {script for c in name if (script := _script(c))}
    if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1 or ("CYRILLIC" in scripts and "CJK" in scripts):
        raise UnsafeName(value=shown(name), trouble=N_("mixes scripts that look alike"), longest=LONGEST)
    return name


def key(name: str) -> str:
    """What two spellings of one name share: width, case, spaces, brackets and punctuation removed."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())


def company_key(name: str) -> str:
    """The key of a company: its legal suffix counts for nothing, unless nothing else is left."""
    whole = key(name)
    return SUFFIXES.sub("", whole) or whole


def lookalike(name_key: str) -> str:
    """A key with look-alike characters made one; equal ones are shown to a person, never merged."""
    return name_key.translate(LOOKALIKE)


def _script(character: str) -> str:
    if not character.isalpha() or character.isascii():
        return "LATIN" if character.isascii() and character.isalpha() else ""
    return unicodedata.name(character, "").split(" ")[0]
