"""The ladder of article 10 as its figure states it: a row for each failure, the last row for all after it as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Invalid
from salesctl.policy import cautions
from salesctl.policy.cautions import DISMISSAL, caution
from salesctl.policy.kinds import basis_of
from salesctl.policy.outcome import Basis, Step
from salesctl.policy.timeline import version_on
from salesctl.policy.units import parse_money, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

KEY = "C.violations.ladder"
FLAG = "dismissal_flag"
FINE = "donation_fine"
WORDS = (
    *(N_("first failure"), N_("second failure"), N_("third failure")),
    *(N_("donation fine"), N_("warning"), N_("dismissal flag"), N_("nothing")),
    *(N_("criticism and education"), N_("sanction")),
)
NO_MONEY = ("warning", FLAG, "nothing", "criticism_and_education", "sanction")


ONCE = caution("L-15", N_("up to a share of the month's wage by place of work, and never twice for one act"))
FINED = (cautions.FINE, ONCE, caution("L-18", N_("a donation that is ordered is a fine")))


class Part(Record):
    """What one person bears: a word, and the money where there is any."""

    word: str
    fen: Fen


class Rung(Record):
    """What a failure of one number costs the offender and the supervisor."""

    offender: Part
    supervisor: Part
    basis: Basis


def working(ordinal: int, is_supervisor: bool, on: date, policy: Policy) -> tuple[tuple[Part, Part], list[Step]]:  # noqa: FBT001 - a fact
    """What a failure of that number costs both, and how that comes about; the legal warnings are lines of it.

    Raises:
        Invalid: the number is below 1.
    """
    if ordinal < 1:
        raise Invalid(value=ordinal, what=N_("a number from 1"), example="1")
    found = rung(ordinal, on, policy)
    alone = N_("the offender is the supervisor: nobody else bears anything") if is_supervisor else ""
    supervisor = Part("nothing", 0) if is_supervisor else found.supervisor
    parts = (found.offender, supervisor)
    steps = [
        Step(N_("failure number"), ordinal, "count", (found.basis.but(reading="AMB-C-a"),)),
        _said(N_("offender"), found.offender, found.basis),
        _said(N_("department supervisor"), supervisor, found.basis, alone),
    ]
    if any(part.fen for part in parts):
        ledger, basis = policy.on(on, "C.violations").text("kept_in")
        never = N_("never payroll")
        steps += [Step(N_("booked in"), ledger, "word", (basis, Basis("", "X-12")), never), *FINED]
    if any(part.word == FLAG for part in parts):
        steps += DISMISSAL
    return parts, steps


def rung(ordinal: int, on: date, policy: Policy) -> Rung:
    """The row for a failure of that number, from 1."""
    version = version_on(KEY, policy.entry(KEY)["version"], on)
    names = list(version["rows"])
    name = names[min(ordinal, len(names)) - 1]
    offender, supervisor = parts_of(version["rows"][name])
    source = version.get("sources", {}).get(name, version.get("source", ""))
    return Rung(offender, supervisor, basis_of(KEY, version, {"source": source}))


def _said(name: str, part: Part, basis: Basis, note: str = "") -> Step:
    if part.word == FLAG:
        note = N_("to be looked at by a human; nobody is dismissed by a count")
    return Step(name, part.fen, "fen", (basis,), note) if part.fen else Step(name, part.word, "word", (basis,), note)


def parts_of(row: list[str]) -> tuple[Part, Part]:
    """Both parts of a row; what is no word must be money.

    Raises:
        Invalid: it is neither, or the row does not say both parts.
    """
    if len(row) != 2:
        what = N_("what offender and supervisor bear")
        raise Invalid(value=shown(", ".join(row)), what=what, example="20.00, warning")
    offender, supervisor = map(_part, row)
    return offender, supervisor


def _part(text: str) -> Part:
    if text in NO_MONEY:
        return Part(text, 0)
    fen = parse_money(text)
    return Part(FINE, fen) if fen else Part("nothing", 0)
