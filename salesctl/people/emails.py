"""The e-mail address of a person; the newest one holds, the earlier ones stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.mail.addresses import checked
from salesctl.people.rows import Person, PersonEmail

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading, Transaction

ASPECT = N_("e-mail")
NONE = "-"  # typed where a person has no address any more


def email_of(view: Reading, person_id: int) -> str:
    """The address letters to a person go to; empty where none is known."""
    query = "SELECT address FROM person_email WHERE person_id = :person ORDER BY id DESC LIMIT 1"
    return view.value(query, person=person_id) or ""


def held(view: Reading, person_id: int) -> list[tuple[str, str, str, str | None]]:
    """All addresses a person had, as `people show` lists what holds: each until the day of the next one."""
    rows = view.select("SELECT address, since FROM person_email WHERE person_id = :id ORDER BY id", id=person_id)
    ends = [since for _address, since in rows[1:]] + [None]
    return [(ASPECT, address, since, end) for (address, since), end in zip(rows, ends, strict=False) if address]


def reach(tx: Transaction, who: Person, address: str, since: date) -> None:
    """From now on letters to a person go to this address, or, where it is `-`, nowhere.

    Raises:
        BadAddress: no address.
    """
    plain = "" if address.strip() == NONE else checked(address)
    if plain != email_of(tx, who.key):
        tx.add(PersonEmail(person_id=who.key, address=plain, since=since))
