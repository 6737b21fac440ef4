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

    Row = Mapping[str, Any]
    Rebuilt = Mapping[str, Mapping[int, Row]]  # of `rebuilt.AT_HAND`: table -> id -> row, as written so far

SECOND = "account_director"  # vouches for keys where there is no second administrator
CHANGES = {  # what gives or proves a power -> what may become of it; all else of it stays as it was entered
    "delegation": {"until_on"},
    "person": {"closed_on"},
    "person_login": {"person_id"},
    "setting": {"value"},
    "signing_key": {
        "approved_on", "approved_at", "approved_by_id", "revoked_on", "revoked_at", "revoked_by_id", "reason",
    },
    "standing": {"until_on"},
}  # fmt: skip
UNVOUCHED = N_("approves a key that this person may not approve")
UNENDED = N_("revokes a key that this person may not revoke")
USURPED = N_("gives a power that this person may not give")
ALTERED = N_("changes what stays as it was entered")


def is_in_force(rebuilt: Rebuilt) -> bool:
    """Whether decisions have to be signed: the identity is `key`, and somebody's key is approved."""
    identity = next((row["value"] for row in rebuilt["setting"].values() if row["name"] == "identity"), "")
    return identity == IDENTITY and any(key["approved_by_id"] for key in rebuilt.get("signing_key", {}).values())


def usurped(body: Mapping[str, Any], rebuilt: Rebuilt) -> Iterator[str]:
    """What an entry gives that whoever acts could not give: to themselves, or without the grade for it (K-12)."""
    acts = next((key for key, row in rebuilt.get("person", {}).items() if row["code"] == body["actor"]), None)
    written: dict[tuple[str, int], Row] = {}  # by this entry so far
    for what, table, columns, images in body["rows"]:
        for image in images if table in CHANGES else ():
            row = dict(zip(columns, image, strict=True))
            place = table, row["id"]
            before = written.get(place, rebuilt.get(table, {}).get(row["id"], {}))
            after = written[place] = {**before, **row}
            is_new = not before
            if is_new is not (what == "add") or (before and _alters(table, before, row)):
                yield ALTERED
            elif table == "signing_key":
                if not _may_vouch(acts, before, after, body["at"], rebuilt):
                    yield UNVOUCHED
                if not _may_revoke(acts, before, after, body["at"], rebuilt):
                    yield UNENDED
            elif not _may_give(acts, table, before, after, body["at"], rebuilt):
                yield USURPED


def _alters(table: str, before: Row, row: Row) -> bool:
    """Whether something changes that does not: a key is approved and revoked once each."""
    changed = {column for column in row if row[column] != before.get(column)}
    is_again = table == "signing_key" and any(before[column] not in (None, "") for column in changed)
    return is_again or not changed <= CHANGES[table]


def _may_vouch(acts: int | None, before: Row, key: Row, at: str, rebuilt: Rebuilt) -> bool:
    by, able = key["approved_by_id"], {*ADMINISTRATORS, SECOND}
    if by == before.get("approved_by_id"):
        return True
    return (
        by == acts and by not in (key["person_id"], key["registered_by_id"]) and bool(_grades(by, at, rebuilt) & able)
    )


def _may_revoke(acts: int | None, before: Row, key: Row, at: str, rebuilt: Rebuilt) -> bool:
    by = key["revoked_by_id"]
    if by == before.get("revoked_by_id"):
        return True
    return by == acts and (by == key["person_id"] or bool(_grades(by, at, rebuilt).intersection(ADMINISTRATORS)))


def _may_give(acts: int | None, table: str, before: Row, after: Row, at: str, rebuilt: Rebuilt) -> bool:
    """Whether whoever acts may give this, or move its end."""
    if (table == "person" and not before) or (table == "standing" and after["aspect"] != "grade"):
        return True
    is_administrator = bool(_grades(acts, at, rebuilt).intersection(ADMINISTRATORS))
    if table == "setting":  # that keys are asked for does not go back
        return is_administrator and (not before or after["value"] == IDENTITY)
    if table == "delegation":
        is_theirs = after["giver_id"] == acts or is_administrator
        return is_theirs and (after["until_on"] <= before["until_on"] if before else after["deputy_id"] != acts)
    return is_administrator and after["id" if table == "person" else "person_id"] != acts


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
