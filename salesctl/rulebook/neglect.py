"""What nobody has done for a ledger for too long, and a clock that went back: the same wherever it is kept."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.ledger.row import typed
from salesctl.record import Record
from salesctl.rulebook.confirming import overdue
from salesctl.rulebook.keeping import BACKUP, CHECKPOINT, NEWEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

NO_CHECKPOINT, NO_BACKUP, NO_CHECK = timedelta(days=8), timedelta(days=2), timedelta(days=4)


class Danger(Record):
    """One condition that endangers the ledger, and what to do about it; `facts` fill both texts."""

    name: str
    says: str  # English, from the catalogue
    hint: str
    facts: Mapping[str, object] = {}


class Content(Record):
    """What is looked at: what a ledger says, and the clock."""

    desk: Desk
    view: Reading


def clock(content: Content) -> Iterator[Danger]:
    """This machine's clock is behind what was recorded by a clock."""
    newest = content.view.value("SELECT max(recorded_at) FROM journal WHERE clock <> 'declared'")
    if newest and _moment(newest) > content.desk.now:
        says = N_(
            "The clock of this machine is behind the newest entry ({newest}): it was set back, or was ahead then."
        )
        yield Danger(N_("clock"), says, N_("Set the clock right; entries keep the later time until then."),
                     {"newest": f"{_moment(newest).astimezone(content.desk.zone):%Y-%m-%d %H:%M}"})  # fmt: skip


def checkpoint(content: Content) -> Iterator[Danger]:
    """Nothing outside vouches for the newest entries."""
    if days := _days(content, CHECKPOINT, NO_CHECKPOINT):
        says = N_("No checkpoint for {days} days: nothing outside this ledger can prove what it said since.")
        hint = N_("salesctl ledger checkpoint, and give it to somebody else; [mail] checkpoint_to sends one a week.")
        yield Danger(N_("checkpoint"), says, hint, {"days": days})


def backup(content: Content) -> Iterator[Danger]:
    """A lost disk would lose more than a day."""
    if days := _days(content, BACKUP, NO_BACKUP):
        says = N_("No verified backup for {days} days.")
        hint = N_("salesctl ledger backup FOLDER, on another disk, by cron every night.")
        yield Danger(N_("backup"), says, hint, {"days": days})
    elif (file := _newest_backup(content.view)) and _is_gone(file):
        says = N_("The newest backup is not where it was put: {file}.")
        yield Danger(N_("backup"), says, N_("Look who moved it, and make another: salesctl ledger backup FOLDER"),
                     {"file": file})  # fmt: skip


def _newest_backup(view: Reading) -> Path | None:
    """Where the newest backup was put; None where there is none. One on a disk that is put away is not missed."""
    for _at, body in view.select(NEWEST, about=BACKUP):
        steps = json.loads(body)["decision"]["steps"]
        return next((Path(one["value"]) for one in steps if one["name"] == "file"), None)
    return None


def _is_gone(file: Path) -> bool:
    """Whether a file is missing from a folder that is there; a relative name says nothing of where."""
    return file.is_absolute() and file.parent.is_dir() and not file.exists()


def check(content: Content) -> Iterator[Danger]:
    """Somebody let cron check, and it does not any more."""
    newest = content.view.value("SELECT max(checked_on) FROM agenda_run")
    if newest and datetime.fromisoformat(newest).date() < (content.desk.now - NO_CHECK).date():
        says = N_("Nobody has kept a check since {newest}: cron may have stopped.")
        yield Danger(N_("cron"), says, N_("Look at the timer of `salesctl check --new --mail`."), {"newest": newest})


def restored(content: Content) -> Iterator[Danger]:
    """A ledger was put back, and nobody has looked whether rightly."""
    if facts := overdue(content.view, content.desk):
        says = N_("The ledger was put back from {file} on {day}, and no second person has confirmed it by {until}.")
        hint = N_("salesctl ledger confirm-restore, by somebody else than who put it back.")
        yield Danger(N_("restored"), says, hint, facts)


def _days(content: Content, about: str, at_most: timedelta) -> int:
    """How long ago the newest entry about something is, or else the ledger's first; 0 where that is not too long."""
    first = "SELECT recorded_at FROM journal ORDER BY seq LIMIT 1"
    found = content.view.select(NEWEST, about=about) or content.view.select(first)
    since = content.desk.now - _moment(found[0][0]) if found else timedelta()
    return since.days if since > at_most else 0


def _moment(text: str) -> datetime:
    found: datetime = typed("datetime", text)
    return found
