"""Whether a name is that of one of our own people, in any spelling of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names

if TYPE_CHECKING:
    from salesctl.ledger.book import Reading


def is_one_of_us(view: Reading, text: str) -> bool:
    """Whether a text is a name, an alias or a code of somebody in the register, or code and name as lists show them."""
    key = names.key(text)
    if view.value("SELECT 1 FROM person WHERE name_key = :key", key=key):
        return True
    if view.value("SELECT 1 FROM person_alias WHERE alias_key = :key", key=key):
        return True
    people = view.select("SELECT code, name FROM person")
    return any(key in (names.key(code), names.key(code + name)) for code, name in people)
