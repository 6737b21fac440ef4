"""The same outing entered again is asked about: the answer to the first may have been lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salesctl.console.names import checked
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.visits.outings import stops_of
from salesctl.visits.rows import Outing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.ledger.book import Transaction

AGAIN = timedelta(minutes=10)  # a second entry within it is asked about
SAME = "person_id = :person AND outing_on = :day AND is_direct = :direct AND returned_at IS NULL"


class LoggedJustNow(SalesctlError):
    """The same again within ten minutes: probably a repetition, perhaps not."""

    code, status = "visit.again", WRONG
    says = N_("{number}, of the same person, day and companies, was entered less than ten minutes ago.")
    hint = N_("Look at it with `salesctl visit list`; if this is another outing, add --again.")


def refuse_again(tx: Transaction, person: int, on: date, companies: Sequence[str], *, is_direct: bool) -> None:
    """Ask about an outing entered again, with the same companies, while the first is not over.

    Raises:
        LoggedJustNow: the first was entered less than ten minutes ago.
    """
    values = {"person": person, "day": on, "direct": is_direct, "since": tx.now - AGAIN}
    for before in tx.all(Outing, f"{SAME} AND recorded_at >= :since ORDER BY id DESC", **values):
        if [stop.entry for stop in stops_of(tx, before)] == [checked(text) for text in companies]:
            raise LoggedJustNow(number=before.number)
