"""Packs are checked, and a company's own are adopted: from then on their figures hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salesctl.console.words import _
from salesctl.desk import HAS_MANAGER
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.ledger.rows import AdoptedPack
from salesctl.people.standings import standing
from salesctl.policy import faults as check
from salesctl.policy import pack
from salesctl.policy.policy import PACKS, SHIPPED, regulations
from salesctl.record import Record
from salesctl.rulebook.rules import may_adopt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.fault import Fault
    from salesctl.policy.outcome import Outcome
    from salesctl.policy.pack import Pack


class NoFolder(SalesctlError):
    """A pack is a folder."""

    code, status = "policy.no-folder", WRONG
    says = N_("There is no folder {path}.")
    hint = N_("Name the folder that holds pack.toml.")


class PackFaulty(SalesctlError):
    """A pack that must not be used."""

    code, status = "policy.faulty-pack", WRONG
    says = N_("The pack {folder} has {count} fault(s); nothing was adopted.")
    hint = N_("Correct these entries; `salesctl policy check {folder}` lists them again.")


class MayNotAdopt(Refused):
    """Somebody below the general manager wanted to set the company's figures."""

    code = "policy.may-not-adopt"
    says = N_("Refused: a person of grade {grade} may not set the company's figures.")
    hint = N_("A general manager may: salesctl policy adopt FOLDER --as PERSON.")


class Adopted(Record):
    """What came of it."""

    pack: Pack
    outcome: Outcome
    is_new: bool  # not: the same content holds already, and nothing was written


def faults_in(folder: Path, others: list[Pack]) -> tuple[Pack, list[Fault]]:
    """The pack of a folder and all its faults; `others` are the company's packs that hold beside it."""
    if not folder.is_dir():
        raise NoFolder(path=folder)
    found, faults = pack.read(folder, regulations())
    beside = [other for other in others if other["code"] != found["code"]]
    return found, [*faults, *(check.clashes([*beside, found]) if not faults else ())]


def all_faults(desk: Desk) -> Iterator[tuple[str, Fault]]:
    """Every fault of every pack that holds: those shipped, and those adopted here."""
    whole = regulations()
    for name in SHIPPED:
        for fault in pack.read(PACKS / name, [other for other in whole if other["folder"] != name])[1]:
            yield name, fault
    own = adopted(desk)
    bases = {base["code"]: base for base in whole if not base["extends"]}
    for one in own:
        for fault in check.faults({**one, "about": {}}, bases):
            yield one["code"], fault
    for fault in check.clashes(own):
        yield "-", fault


def adopted(desk: Desk) -> list[Pack]:
    """The company's own packs, as they hold."""
    return [one for one in desk.policy.packs if "folder" not in one]


def said(fault: Fault) -> str:
    """A fault in the words of this run."""
    return _(fault.says).format(**fault.facts)


def fault_lines(faults: list[Fault]) -> list[str]:
    """Faults, a line each, below an error."""
    return [f"{fault.file}  [{fault.entry}]  {said(fault)}" for fault in faults]


def adopt(desk: Desk, folder: Path) -> Adopted:
    """Take in a company's pack as it stands now, if the person may.

    Raises:
        PackFaulty: it has faults; all are listed.
        MayNotAdopt: the person may not; that was recorded.
    """
    own, faults = faults_in(folder, adopted(desk))
    if faults:
        raise PackFaulty(folder=folder, count=len(faults), lines=fault_lines(faults))
    with desk.ledger.transaction("policy.adopt", desk) as tx:
        outcome = may_adopt(*_standing(tx, desk))
        if is_new := _newest_digest(tx, own["code"]) != own["digest"]:
            if outcome.value == "granted":
                tx.add(_row(own, tx.now, desk))
            tx.record(outcome, about=own["code"], digest=own["digest"])
    if is_new and outcome.value == "refused":
        raise MayNotAdopt(grade=str(outcome.steps[0].value).replace("_", " "))
    return Adopted(own, outcome, is_new)


def _standing(tx: Reading, desk: Desk) -> tuple[str, bool]:
    """The grade of who acts, and whether there is anybody of the top grade."""
    has_top = tx.value(HAS_MANAGER) is not None
    if not has_top and desk.actor is None:
        return "", False
    return standing(tx, desk.somebody.id, "grade", desk.present_day), has_top


def _newest_digest(tx: Reading, name: str) -> Any:
    return tx.value("SELECT digest FROM adopted_pack WHERE name = :name ORDER BY id DESC LIMIT 1", name=name)


def _row(own: Pack, now: Any, desk: Desk) -> AdoptedPack:
    content = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return AdoptedPack(name=own["code"], digest=own["digest"], content=content, adopted_at=now, adopted_on=desk.today)
