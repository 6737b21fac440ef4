"""What other figures would change: values, and worked examples."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesctl.errors import N_, Unknown
from salesctl.policy.policy import Policy, regulation
from salesctl.policy.stated import said
from salesctl.policy.timeline import FOREVER, holding
from salesctl.policy.units import shown
from salesctl.record import Record
from salesctl.rulebook.cases import answer, cases, told
from salesctl.rulebook.packs import PackFaulty, adopted, fault_lines, faults_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salesctl.desk import Desk
    from salesctl.policy.calendar import Calendar
    from salesctl.policy.kinds import Version
    from salesctl.policy.pack import Pack

NOW = "now"  # everything that holds here today


class Value(Record):
    """A figure that two sets of packs state differently from one day to another."""

    figure: str
    since: str | None
    until: str | None
    first: list[str] | None  # None: not in force, or not set
    second: list[str] | None


class Changed(Record):
    """A worked example that two sets of packs answer differently."""

    says: str
    rule: str
    first: str
    second: str


def packs_under(name: str, desk: Desk) -> list[Pack]:
    """The packs that hold if one of them is the last word on its regulation.

    Args:
        name: `now`, the code of a pack, or the folder of a company's pack.
        desk: where the adopted packs are.

    Raises:
        Unknown: there is no such pack.
        PackFaulty: the folder's pack has faults.
    """
    whole = list(desk.policy.packs)
    codes = [pack["code"] for pack in whole]
    if name == NOW:
        return whole
    if name in codes and not Path(name).is_dir():
        last = codes.index(name)
        return [
            pack for place, pack in enumerate(whole) if place <= last or regulation(pack) != regulation(whole[last])
        ]
    if Path(name).is_dir():
        pack, faults = faults_in(Path(name), adopted(desk))
        if faults:
            raise PackFaulty(folder=name, count=len(faults), lines=fault_lines(faults))
        others = (one for one in whole if not (_is_company(one) and one["code"] == pack["code"]))
        return [*others, pack]
    raise Unknown(
        what=N_("pack"), value=shown(name), candidates=", ".join([NOW, *codes]), listing="salesctl ledger info"
    )


def _is_company(pack: Pack) -> bool:
    """Whether a pack is a company's own: a shipped one is known by its folder."""
    return bool(pack["extends"]) and "folder" not in pack


def values(first: list[Pack], second: list[Pack], word: Callable[[str], str], of: Any) -> Iterator[Value]:
    """Every figure that is not the same, span by span."""
    one, other = Policy(first), Policy(second)
    here, there = one.keys, other.keys
    for key in dict.fromkeys([*here, *there]):
        left: list[Version] = one.entry(key)["version"] if key in here else []
        right: list[Version] = other.entry(key)["version"] if key in there else []
        if left == right:
            continue
        kind = (one if key in here else other).entry(key)["kind"]
        edges = {"", FOREVER} | {v[edge] for v in (*left, *right) for edge in ("from", "until") if edge in v}
        for since, until in pairwise(sorted(edges)):
            pair = [holding(versions, since) for versions in (left, right)]
            lines = [None if version is None else said(kind, version, word, of) for version in pair]
            if lines[0] != lines[1]:
                yield Value(key, since or None, None if until == FOREVER else until, lines[0], lines[1])


def changed_cases(first: list[Pack], second: list[Pack], calendar: Calendar) -> Iterator[Changed]:
    """Every worked example whose answer is not the same."""
    for case in cases():
        left, right = (told(answer(case, packs, calendar)) for packs in (first, second))
        if left != right:
            yield Changed(case.says, case.rule.removeprefix("salesctl.").replace(".rules:", "."), left, right)
