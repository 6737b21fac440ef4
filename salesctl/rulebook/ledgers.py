"""Ledgers are made, described, proved."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from salesctl.errors import N_, STORAGE, Invalid, SalesctlError, Unknown
from salesctl.ledger import migrate, sqlite, touching, vouchers
from salesctl.ledger.book import SCHEMA, Ledger
from salesctl.ledger.checkpoints import differences
from salesctl.ledger.keyfile import is_installed
from salesctl.ledger.row import typed
from salesctl.ledger.rows import Setting
from salesctl.ledger.signatures import UNCHECKED
from salesctl.ledger.troubles import TROUBLE, Unusable
from salesctl.ledger.turns import LOCKS
from salesctl.ledger.verify import Report, verify
from salesctl.policy.units import plain_yuan, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salesctl.desk import Desk
    from salesctl.ledger.checkpoints import Mark

IDENTITIES = (N_("declared"), N_("os"), N_("database"), N_("key"))


class Exists(SalesctlError):
    """A ledger is never made over another."""

    code, status = "ledger.exists", STORAGE
    says = N_("There is something at {path} already; nothing was written.")
    hint = N_("Name another place with --ledger.")


class Unfit(SalesctlError):
    """A place where locks cannot be relied on, or that somebody else copies while it is written."""

    code, status = "ledger.unfit-place", STORAGE
    says = N_("No ledger is made at {path}: a network or a cloud client stands between it and the disk ({sign}).")
    hint = N_("Name a folder on a disk of this machine with --ledger; others work through this machine.")


def init(desk: Desk, identity: str, zone: str) -> None:
    """Make a ledger, its schema and its first entry: it is there whole or not at all."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(value=zone, what=N_("a time zone"), example="Asia/Shanghai") from error
    settings = (("ledger_id", uuid4().hex), ("identity", identity), ("zone", zone))
    if desk.ledger.file is None:
        _make_in_database(desk, settings)
    else:
        _make_file(desk, desk.ledger.file, settings)


def _make_file(desk: Desk, path: Path, settings: tuple[tuple[str, str], ...]) -> None:
    """All under another name until it is complete."""
    from salesctl.rulebook.doctor import unfit

    if not path.name:  # a folder that is there, and has no name a file could stand beside
        raise Exists(path=path)
    if sign := unfit(path):
        raise Unfit(path=path, sign=sign)
    work = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with sqlite.turn(path):
            if path.exists():
                raise Exists(path=path)
            _make(desk, work, settings)
            if not desk.is_dry_run:
                work.rename(path)
    except OSError as error:
        trouble, way_out = TROUBLE["SQLITE_CANTOPEN"]
        raise Unusable(path=path, trouble=error.strerror or trouble, way_out=way_out) from error
    finally:
        for left in (work, *(Path(f"{work}{lock}") for lock in LOCKS)):
            with suppress(OSError):
                left.unlink()
    desk.ledger = Ledger(path)


def _make(desk: Desk, work: Path, settings: tuple[tuple[str, str], ...]) -> None:
    sqlite.create(work)
    migrate.upgrade(work)
    desk.ledger = Ledger(work)
    _set_up(desk, settings)
    desk.ledger.close()


def _make_in_database(desk: Desk, settings: tuple[tuple[str, str], ...]) -> None:
    """The schema and the first entry are one transaction there."""
    with desk.ledger.making() as session:
        if session is None:
            raise Exists(path=desk.ledger.path)
        migrate.make(session)
        _set_up(desk, settings)


def _set_up(desk: Desk, settings: tuple[tuple[str, str], ...]) -> None:
    with desk.ledger.transaction("ledger.init", desk) as tx:
        for name, value in settings:
            tx.add(Setting(name=name, value=value))


def info(desk: Desk) -> tuple[Any, ...]:
    """Which ledger this is."""
    settings = desk.settings
    with desk.ledger.reading() as view:
        mode = view.engine.described(view)
        newest = view.select("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    seq, head = newest[0] if newest else (0, "")
    packs = ", ".join(f"{pack['code']} {pack['digest'][:8]}" for pack in desk.policy.packs)
    return (
        str(desk.ledger.path),
        settings.get("ledger_id", ""),
        SCHEMA,
        mode,
        settings.get("identity", ""),
        settings.get("zone", ""),
        seq,
        f"#{seq} {head[:8]}",
        packs,
        str(desk.calendar.last_announced),
    )


def verified(
    desk: Desk, marks: Sequence[Mark] = (), signers: Sequence[Path] = ()
) -> tuple[Report, list[vouchers.Vouched]]:
    """Everything one file can prove about itself, where it is not what is known of it outside, and who signed that.

    A file of an older schema, such as last year's backup, is proved as it is.
    """
    outside = vouchers.of_files(signers)
    if desk.ledger.file is None:
        expected = migrate.schema_like(desk.ledger)
    else:
        desk.ledger.takes_older = True
        with desk.ledger.engine.translated(desk.ledger.path):
            expected = migrate.fresh_schema(desk.ledger.engine.schema_of(desk.ledger.db))
    with desk.ledger.reading() as view:
        report = verify(view, expected)
        findings = [*report.findings, *differences(view, marks)]
        known = vouchers.of_ledger(view)
        findings += vouchers.lacking(view, outside, known)
    if any(mark.made for mark in marks) and not is_installed():
        return report.but(findings=findings, unchecked=[*report.unchecked, UNCHECKED]), []
    good, bad = vouchers.judged(marks, [*known, *outside])
    return report.but(findings=[*findings, *bad]), good


def history(desk: Desk, about: str, last: int, money: Callable[[int], str] = plain_yuan) -> list[tuple[Any, ...]]:
    """The newest entries, the newest first, of everything or of one number; `money` writes an answer in fen.

    Raises:
        Unknown: nothing is recorded about that number.
    """
    import json

    with desk.ledger.reading() as view:
        entries = touching.entries(view, about, last)
    if about and not entries:
        raise Unknown(what=N_("number"), value=shown(about), candidates="-", listing="salesctl ledger history")
    rows = []
    for seq, head, at, actor, verb, named, body in entries:
        facts = json.loads(body)
        rows.append(
            (
                seq,
                head,
                typed("datetime", at),
                actor,
                facts["login"],
                verb,
                named,
                _answer(facts["decision"] or {}, money),
                (facts.get("signature") or {}).get("key"),
            )
        )
    return rows


def _answer(decision: dict[str, Any], money: Callable[[int], str]) -> str | None:
    """What was decided, in its unit; None where nothing was."""
    answer = decision.get("answer")
    if answer is None:
        return None
    if decision.get("unit") == "fen" and isinstance(answer, int):
        return money(answer)
    return ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
