"""A backup is put back into the place of the ledger, and never silently behind what others know of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from salesctl.console.words import _
from salesctl.errors import BUSY, N_, STORAGE, UNSOUND, WRONG, SalesctlError
from salesctl.ledger import backups, checkpoints, journal, migrate, sqlite
from salesctl.ledger.book import SCHEMA, Ledger, Reading
from salesctl.ledger.restored import ABOUT, RESTORE
from salesctl.ledger.troubles import Unusable
from salesctl.ledger.verify import Finding
from salesctl.policy.outcome import Outcome
from salesctl.record import Record
from salesctl.rulebook.keeping import known_marks, lines_of, proved

if TYPE_CHECKING:
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.checkpoints import Mark
    from salesctl.rulebook.keeping import Copied


class Behind(SalesctlError):
    """A backup that ends before a checkpoint, or tells another history."""

    code, status = "ledger.behind", UNSOUND
    says = N_("{path} does not hold what is known of this ledger; nothing was restored.")
    hint = N_("Take a newer backup. If it must be this one: --force --why TEXT; both stay in the journal.")


class NoBackup(SalesctlError):
    """There is no backup where one was expected."""

    code, status = "ledger.no-backup", STORAGE
    says = N_("There is no file {path} to restore.")
    hint = N_("Name one that `salesctl ledger backup` made.")


class NoReason(SalesctlError):
    """History is not given up without a word."""

    code, status = "ledger.no-reason", WRONG
    says = N_("--force and --why go together: giving up history needs a reason, and a reason is for nothing else.")
    hint = N_("Add --why TEXT; it stays in the journal.")


class Moved(SalesctlError):
    """Somebody wrote while it was asked whether to restore."""

    code, status = "ledger.moved", BUSY
    says = N_("The ledger grew meanwhile; nothing was restored.")
    hint = N_("Look at what is new, then run it again.")


class Present(Record):
    """What is in the place of the ledger now."""

    state: str  # missing, unreadable, readable
    ledger: str = ""
    seq: int = 0
    hash: str = ""
    marks: tuple[Mark, ...] = ()


class Restored(Record):
    """What was put back."""

    ledger: Path
    backup: Path
    head: str  # the newest entry of the backup
    before: str  # that of the ledger it took the place of
    kept: Path | None  # where that ledger is now
    is_forced: bool


def restore(desk: Desk, source: Path, against: list[Path], why: str, *, is_forced: bool) -> Restored:
    """Put a backup into the place of the ledger; what was there is kept beside it.

    Args:
        desk: where.
        source: the backup; one of an older schema is brought up to date on the way.
        against: files with checkpoints or receipt lines it must agree with, beside the newest checkpoint known here.
        why: the reason, where it is forced.
        is_forced: go back behind what is known.

    Raises:
        NoBackup: there is no such file.
        Unfit: the backup does not prove itself.
        Behind: it is not what is known of the ledger, and it is not forced.
    """
    if is_forced is not bool(why):
        raise NoReason
    path = desk.ledger.expect_file()
    if not source.is_file():
        raise NoBackup(path=source)
    path.parent.mkdir(parents=True, exist_ok=True)
    marks = checkpoints.marks(against)
    with backups.becoming(path) as work:
        backups.copy(source, work, path)
        copied = proved(work, source)
        if _schema(work) != SCHEMA:
            migrate.upgrade(work)
        present = _present(path)
        unknown = _unlike(work, source, present, [*present.marks, *marks])
        if unknown and not is_forced:
            raise Behind(path=source, lines=lines_of(unknown))
        desk.confirm(_question(copied, present))
        with sqlite.turn(path):
            if _present(path) != present:
                raise Moved
            made = Restored(path, source, copied.head, _receipt(present), _aside(path, present), bool(unknown))
            _carry_out(desk, work, made, why, present)
    desk.ledger = Ledger(path)
    return made


def _schema(path: Path) -> str:
    with closing(sqlite.connect(path)) as db:
        return sqlite.schema_of(db)


def _present(path: Path) -> Present:
    if not path.exists():
        return Present("missing")
    try:
        with closing(sqlite.connect(path)) as db, sqlite.translated(path):
            if not sqlite.schema_of(db):
                return Present("unreadable")
            view = Reading(db, sqlite)
            head = journal.Head(*(view.select(journal.HEAD) or [(0, "", "")])[0])
            ledger = view.value("SELECT value FROM setting WHERE name = 'ledger_id'")
            return Present("readable", ledger or "", head.seq, head.hash, tuple(known_marks(view)))
    except Unusable:
        return Present("unreadable")


def _unlike(work: Path, source: Path, present: Present, marks: list[Mark]) -> list[Finding]:
    with closing(sqlite.connect(work)) as db, sqlite.translated(work):
        view = Reading(db, sqlite)
        found = checkpoints.differences(view, marks)
        ledger = view.value("SELECT value FROM setting WHERE name = 'ledger_id'")
    if present.ledger and ledger != present.ledger:
        found.append(Finding(source.name, N_("is a backup of another ledger")))
    return found


def _question(copied: Copied, present: Present) -> str:
    if present.state != "readable":
        return _("Put the backup with newest entry {head} where the ledger should be?").format(head=copied.head)
    text = _("The ledger ends at {now}, the backup at {head}: what came after is given up. Put it back?")
    return text.format(now=_receipt(present), head=copied.head)


def _receipt(present: Present) -> str:
    return f"#{present.seq} {present.hash[:8]}" if present.state == "readable" else f"({present.state})"


def _aside(path: Path, present: Present) -> Path | None:
    """A name for what is there now that no other file has."""
    if present.state == "missing":
        return None
    base = f"{path.name}.before-restore-{present.seq}"
    names = (path.with_name(f"{base}{f'-{number}' if number else ''}") for number in range(1_000_000))
    return next(name for name in names if not name.exists())


def _carry_out(desk: Desk, work: Path, made: Restored, why: str, present: Present) -> None:
    """Record it in the copy, then put the copy in its place; it is acknowledged when both are done."""
    receipts = _record(desk, work, made, why, present)
    if not desk.is_dry_run:
        _put(work, made.ledger, made, present)
        desk.receipts += receipts
    work.unlink(missing_ok=True)


def _record(desk: Desk, work: Path, made: Restored, why: str, present: Present) -> list[str]:
    """The entry that says so is part of what is put back: both happen, or neither. Its receipt."""
    if present.state != "readable":
        desk.ledger = Ledger(work)  # who acts is known there, or nowhere
    outcome = Outcome("forced" if made.is_forced else "restored", unit="word")
    for name, value in (("file", made.backup), ("newest entry", made.head), ("newest entry before", made.before),
                        ("kept as", made.kept or "-"), ("reason", why or "-")):  # fmt: skip
        outcome = outcome.step(name, str(value))
    ledger, receipts = Ledger(work), len(desk.receipts)
    try:
        with ledger.transaction(RESTORE, desk) as tx:
            tx.record(outcome, about=ABOUT)
    finally:
        ledger.close()
        desk.ledger.close()
    written = desk.receipts[receipts:]
    del desk.receipts[receipts:]  # nothing is acknowledged before it is in its place
    return written


def _put(work: Path, path: Path, made: Restored, present: Present) -> None:
    if made.kept and present.state == "readable":
        with backups.becoming(made.kept) as kept:
            backups.copy(path, kept, made.kept)
        backups.put_back(work, path)
        return
    if made.kept:
        backups.put_aside(path, made.kept.name)
    backups.move_in(work, path)
