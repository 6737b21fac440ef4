"""What one entry of the outing register says: the customer it leads to, or a company not yet known (A-1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import names
from salesctl.customers.actions import customer, customer_or_none
from salesctl.errors import Ambiguous, Unknown
from salesctl.record import Record
from salesctl.visits import rules

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading


class Entry(Record):
    """One entry as read: its text, the customer it leads to, and whether it names a company."""

    text: str
    customer_id: int | None
    is_clear: bool


def read(view: Reading, desk: Desk, text: str, on: date) -> Entry:
    """Read one entry of an outing on a day.

    Raises:
        Ambiguous: the text, or a word of it where no other leads anywhere, starts several customers.
    """
    written = names.checked(text)
    found = _customer(view, desk, written, on)
    answer = rules.clarity(written, found is not None, on=on, policy=desk.policy)
    return Entry(written, found, answer.value == "clear")


def near(view: Reading, text: str) -> str:
    """Customers of the register whose names are near an entry."""
    try:
        return customer(view, text).name
    except (Unknown, Ambiguous) as error:
        return str(error.facts["candidates"]).removeprefix("-")


def _customer(view: Reading, desk: Desk, text: str, on: date) -> int | None:
    if exact := _exactly(view, text):
        return exact
    tokens = rules.tokens(text)
    left = [rules.left_of(token, on=on, policy=desk.policy) for token in tokens]
    if any(left) and (whole := customer_or_none(view, text)):
        return whole.key
    doubt = None
    for token, rest in zip(tokens, left, strict=True):
        try:
            found = _in_word(view, desk, (token, rest), on)
        except Ambiguous as error:
            doubt = doubt or error
        else:
            if found:
                return found
    if doubt:
        raise doubt
    return None


def _in_word(view: Reading, desk: Desk, word: tuple[str, str], on: date) -> int | None:
    """The customer that one word leads to; of a word that says nothing, only an exact name counts."""
    token, rest = word
    if not rest:
        return _exactly(view, token)
    for name in dict.fromkeys((token, rest, *(rules.after_filler(part, on=on, policy=desk.policy) for part in word))):
        found = customer_or_none(view, name) if name else None
        if found:
            return found.key
    return None


def _exactly(view: Reading, text: str) -> int | None:
    """The customer of exactly this code, name or alias."""
    found: int | None = view.value(
        "SELECT id FROM customer WHERE code = :code OR name_key = :key "
        "UNION SELECT customer_id FROM customer_alias WHERE alias_key = :key ORDER BY 1",
        code=text,
        key=names.company_key(text),
    )
    return found
