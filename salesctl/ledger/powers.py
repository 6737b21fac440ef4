"""Who gave whom a power: a grade, a login, a loan of authority, a key. A signature says who; this, whether they could.

Everything else that is signed rests on these, so they are looked at again and not only believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.errors import N_
from salesctl.ledger.signing import IDENTITY
from salesctl.policy.kinds import ADMINISTRATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Rebuilt = dict[str, dict[int, dict[str, Any]]]  # of `rebuilt.AT_HAND`: table -> id -> row, as written so far

SECOND = "account_director"  # vouches for keys where there is no second administrator
UNVOUCHED = N_("approves a key that this person may not approve")
USURPED = N_("gives a power that this person may not give")


def is_in_force(rebuilt: Rebuilt) -> bool:
    """Whether decisions have to be signed: the identity is `key`, and somebody's key is approved."""
    identity = next((row["value"] for row in rebuilt["setting"].values() if row["name"] == "identity"), "")
    return identity == IDENTITY and any(key["approved_at"] for key in rebuilt.get("signing_key", {}).values())


def usurped(body: Mapping[str, Any], rebuilt: Rebuilt) -> Iterator[str]:
    """What an entry gives that whoever acts could not give: to themselves, or without the grade for it (K-12)."""
    acts = next((key for key, row in rebuilt.get("person", {}).items() if row["code"] == body["actor"]), None)
    for what, table, columns, images in body["rows"]:
        if table not in ("signing_key", "standing", "person_login", "delegation"):
            continue
        rows = [dict(zip(columns, image, strict=True)) for image in images]
        if table == "signing_key":
            if not all(_may_vouch(acts, row, body["at"], rebuilt) for row in rows):
                yield UNVOUCHED
        elif what == "add" and not all(_may_give(acts, table, row, body["at"], rebuilt) for row in rows):
            yield USURPED


def _may_vouch(acts: int | None, row: Mapping[str, Any], at: str, rebuilt: Rebuilt) -> bool:
    by = row.get("approved_by_id")
    if by is None:
        return True
    one = {**rebuilt["signing_key"].get(row["id"], {}), **row}
    able = {*ADMINISTRATORS, SECOND}
    return (
        by == acts and by not in (one["person_id"], one["registered_by_id"]) and bool(_grades(by, at, rebuilt) & able)
    )


def _may_give(acts: int | None, table: str, row: Mapping[str, Any], at: str, rebuilt: Rebuilt) -> bool:
    if table == "standing" and row["aspect"] != "grade":
        return True
    is_administrator = bool(_grades(acts, at, rebuilt).intersection(ADMINISTRATORS))
    if table == "delegation":
        return row["deputy_id"] != acts and (row["giver_id"] == acts or is_administrator)
    return row["person_id"] != acts and is_administrator


def _grades(who: int | None, at: str, rebuilt: Rebuilt) -> set[str]:
    """The grades of a person on the day of an entry, in whatever zone that day was."""
    from datetime import date, timedelta

    day = date.fromisoformat(at[:10])
    days = [(day + timedelta(days=n)).isoformat() for n in (-1, 0, 1)]
    return {
        row["value"]
        for row in rebuilt.get("standing", {}).values()
        if row["person_id"] == who and row["aspect"] == "grade"
        and any(row["from_on"] <= each and (row["until_on"] is None or row["until_on"] > each) for each in days)
    }  # fmt: skip
