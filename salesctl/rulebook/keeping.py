"""The ledger is kept: copied, put back, its state noted for those who keep it elsewhere."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from salesctl.console.failing import sentence
from salesctl.console.show import say
from salesctl.console.words import _
from salesctl.errors import N_, STORAGE, UNSOUND, SalesctlError
from salesctl.ledger import backups, checkpoints, journal, keyfile, migrate, sqlite, sshsig
from salesctl.ledger.book import SCHEMA, Reading, expect_schema
from salesctl.ledger.clerk import Clerk
from salesctl.ledger.row import typed
from salesctl.ledger.verify import verify
from salesctl.policy.outcome import Outcome
from salesctl.policy.units import plain_yuan, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.book import Transaction
    from salesctl.ledger.checkpoints import Note
    from salesctl.ledger.keyfile import Signer
    from salesctl.ledger.verify import Finding

BACKUP, CHECKPOINT = "backup", "checkpoint"  # what their entries are about: found by an index
NEWEST = "SELECT recorded_at, body FROM journal WHERE about = :about ORDER BY seq DESC LIMIT 1"
EVERY = timedelta(days=7)  # between two checkpoints that `check --mail` sends
MOST_LINES = 20
KEEP = N_(
    "Keep this letter: `salesctl ledger verify --against FILE` compares a ledger with it, and so does\n"
    "verify_ledger.py, which needs no salesctl."
)
TOTALS = (  # what a checkpoint says beside the chain: a name, its unit, a query
    ("receivables-open", "yuan", "SELECT coalesce(sum(open), 0) FROM receivable WHERE open <> 0"),
    ("credits-open", "yuan", "SELECT coalesce(sum(credit), 0) FROM receipt WHERE credit <> 0"),
    ("bad-debts", "yuan", "SELECT coalesce(sum(written_off), 0) FROM receivable WHERE written_off <> 0"),
    ("commission-paid", "yuan", "SELECT coalesce(sum(amount), 0) FROM commission_payment"),
    ("fines-confirmed", "yuan", "SELECT coalesce(sum(amount), 0) FROM fine WHERE state = 'confirmed'"),
    ("requests-open", "", "SELECT count(*) FROM request WHERE state IN ('draft', 'pending', 'endorsed', 'returned')"),
)


class Occupied(SalesctlError):
    """A backup is never written over another file."""

    code, status = "ledger.backup-exists", STORAGE
    says = N_("There is a file at {path} already; nothing was written.")
    hint = N_("Name another file, or a folder: the backup then gets a name of its own.")


class NoFolder(SalesctlError):
    """A backup goes into a folder that is there: one that is not may be a disk that is not mounted."""

    code, status = "ledger.no-folder", STORAGE
    says = N_("There is no folder {path}; nothing was written.")
    hint = N_("Mount its disk, or make it. The name of a file ends in .db or the like.")


class Unfit(SalesctlError):
    """A copy that does not prove itself counts for nothing."""

    code, status = "ledger.unfit", UNSOUND
    says = N_("{path} does not prove itself; it was not used, and nothing was written.")
    hint = N_("`salesctl ledger verify --ledger {path}` shows all of it; take another backup.")


class Copied(Record):
    """A backup that was made and verified."""

    path: Path
    entries: int
    rows: int
    head: str


class Keeper(Clerk):
    """Who writes the entries about keeping: cron may, and a request id makes a retry harmless."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.request_id, self.is_dry_run = desk.request_id, desk.is_dry_run


def backup(desk: Desk, target: Path) -> Copied:
    """Copy the ledger, verify the copy, give it its name, record that: in this order.

    Raises:
        NoFolder: there is no such folder.
        Occupied: there is such a file.
        Unfit: the copy, and so the ledger, does not prove itself.
    """
    ledger, file = desk.ledger, desk.ledger.expect_file()
    with ledger.transaction("ledger.backup", Keeper(desk)) as tx:  # a request that was carried out stops here
        newest = tx.value("SELECT max(seq) FROM journal")
    folder = target.parent if target.suffix else target
    if not folder.is_dir() and not target.exists():
        raise NoFolder(path=folder)
    if target.is_dir():
        target /= f"{file.stem}-{desk.present_day}-{newest}.db"
    if target.exists():
        raise Occupied(path=target)
    with backups.becoming(target) as work:
        backups.copy(file, work, target)
        made = proved(work, target)
        if desk.is_dry_run:
            work.unlink()
    with ledger.transaction("ledger.backup", Keeper(desk)) as tx:
        outcome = Outcome(made.head).step("file", str(target.absolute())).step("entries", made.entries, "count")
        tx.record(outcome.step("rows compared", made.rows, "count"), about=BACKUP)
    return made


def proved(path: Path, called: Path) -> Copied:
    """What a copy holds, once it has proved itself against the schema it says it has.

    Raises:
        Unfit: it does not.
        OtherSchema: it is of a newer program, or no ledger.
    """
    with closing(sqlite.connect(path)) as db, sqlite.translated(called):
        found = sqlite.schema_of(db)
        expect_schema(found, called, or_older=True)
        report = verify(Reading(db, sqlite), migrate.fresh_schema(found))
    if report.findings:
        raise Unfit(path=called, lines=lines_of(report.findings))
    return Copied(called, report.entries, report.rows, report.head)


def lines_of(findings: list[Finding]) -> list[str]:
    """Findings as lines below a sentence."""
    return [f"{shown(one.where)}: {_(one.says)}" for one in findings[:MOST_LINES]]


def upgrade(desk: Desk) -> Path | None:
    """Bring the schema up to date, after a copy of the ledger as it was was put beside it; None where it is.

    Rehearsed, it is done to a copy that is thrown away.

    Raises:
        OtherSchema: it is of a newer program, or no ledger.
    """
    if desk.ledger.file is None:
        with desk.ledger.reading():  # an older program has made no database: its schema is this one's, or it is newer
            return None
    path = desk.ledger.file
    sqlite.expect_ledger(path)
    with closing(sqlite.connect(path)) as db, sqlite.translated(path):
        found = sqlite.schema_of(db)
        newest = db.execute("SELECT max(seq) FROM journal").fetchone()[0]
    expect_schema(found, path, or_older=True)
    before = path.with_name(f"{path.name}.schema-{found}-{newest}")
    if found == SCHEMA:
        return None
    if desk.is_dry_run or not before.exists():
        with backups.becoming(before) as work:
            backups.copy(path, work, before)
            proved(work, before)
            if desk.is_dry_run:
                migrate.upgrade(work)
                proved(work, path)
                work.unlink()
    if not desk.is_dry_run:
        migrate.upgrade(path)
    return before


def checkpoint(desk: Desk, give: Callable[[Note], None] | None = None) -> Note:
    """Note the state of the ledger, for those who keep it elsewhere, and record that it was noted.

    What is to be kept in a file is given first: a note that could not be written down counts for nothing, and one
    that was given and not recorded is true all the same.
    """
    with desk.ledger.transaction("ledger.checkpoint", Keeper(desk)) as tx:
        note = noted(tx, desk)
        if give:
            give(note)
        return note


def weekly(desk: Desk) -> str | None:
    """Put a checkpoint into the outbox for whoever `[mail]` names, once a week; its letter, or None.

    Raises:
        Faulty: the table [mail].
    """
    if not desk.wishes.mail.get("checkpoint_to"):
        return None
    from salesctl.mail.outbox import Addressee, Draft, enqueue
    from salesctl.mail.settings import settings_of

    settings = settings_of(desk)
    readers = tuple(Addressee("", address) for address in settings.checkpoint_to)
    signer = _unattended(settings.checkpoint_key)
    with desk.ledger.transaction("ledger.checkpoint", Clerk(desk)) as tx:
        newest = tx.value("SELECT max(created_at) FROM letter WHERE about = :about", about=CHECKPOINT)
        if newest and typed("datetime", newest) > tx.now - EVERY:
            return None
        note = noted(tx, desk)
        subject = _("Checkpoint of the sales ledger, entry {entries}").format(entries=note.entries)
        body = f"{note.text()}\n{signed(note, signer) if signer else ''}\n{_(KEEP)}\n"
        return enqueue(tx, Draft(readers, subject, body, about=CHECKPOINT))


def signed(note: Note, signer: Signer) -> str:
    """The signature of a note, as a file beside it or below it in a letter."""
    return signer.sign(note.text().encode(), sshsig.CHECKPOINT).armoured


def _unattended(path: Path | None) -> Signer | None:
    """The key that cron signs with: a file without a passphrase. Where it cannot be used, the note goes unsigned."""
    if path is None:
        return None

    def ask(path: Path) -> str:
        raise keyfile.NoKeyFile(path=shown(path), why=N_("it has a passphrase, and nobody is there to type it"))

    try:
        signer = keyfile.opened(path, ask)
    except SalesctlError as error:
        say(_("The checkpoint is not signed: {why}").format(why=sentence(error)))
        return None
    return signer if signer.is_open else None


def noted(tx: Transaction, desk: Desk) -> Note:
    """The note, recorded in this transaction; it is about all entries before."""
    head = journal.Head(*tx.select(journal.HEAD)[0])
    at = desk.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = [("time", at)]
    for name, unit, query in TOTALS:
        figure = tx.value(query)
        said.append((name, plain_yuan(figure) if unit == "yuan" else str(figure)))
    ledger = tx.value("SELECT value FROM setting WHERE name = 'ledger_id'")
    note = checkpoints.Note(ledger, head.seq, head.hash, tuple(said))
    tx.record(Outcome(head.receipt).step("entries", head.seq, "count").step("hash", head.hash), about=CHECKPOINT)
    return note


def known_marks(view: Reading) -> Iterator[checkpoints.Mark]:
    """What the newest checkpoint this ledger knows of said."""
    for _at, body in view.select(NEWEST, about=CHECKPOINT):
        import json

        with suppress(KeyError, IndexError, TypeError):
            steps = {one["name"]: one["value"] for one in json.loads(body)["decision"]["steps"]}
            yield checkpoints.Mark(steps["entries"], steps["hash"], CHECKPOINT)
