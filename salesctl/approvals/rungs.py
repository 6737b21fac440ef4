"""How far each rung of an authority reaches, as lines of a working (A-4.2a to A-4.4, A-5.1, A-6.1 to A-6.3); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.outcome import Basis, Outcome, Step
from salesctl.policy.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salesctl.policy.kinds import Band, Bands
    from salesctl.policy.policy import Chapter
    from salesctl.policy.units import Fen, Price

DIRECTOR, TOP = "account_director", "general_manager"
MONEY = ("commission", "commission_payment", "mismatch")  # matters that are asked for in fen
UNITS = {**dict.fromkeys(MONEY, "fen"), "price": "price"}  # all others are counted
HIGHER = Basis("", "A-5.4", "AMB-A5-a")
WITHIN = N_("may decide this much, and it is within it")
OVER = N_("may decide this much, and it is over it")


def climbed(ladder: Bands, rung: Band, base: int, unit: str) -> Iterator[Step]:
    """The rungs up to the one that holds the figure, each with how far it reaches."""
    for band in ladder.rungs[: ladder.rungs.index(rung) + 1]:
        held = WITHIN if band is rung else OVER
        if band.limit is None:
            held = N_("decides whatever is more")
        reach = band.reach(base)
        reach = reach if reach is None else max(reach, 0)  # "below" a share of nothing
        yield Step(band.name.replace("_", " "), reach, unit, (band.basis,), held)


def measured(matter: str, amount: int, base: int) -> tuple[Fen | None, int | None, Price | None]:
    """What is asked for, as the columns of money, quantity and price have it."""
    unit = UNITS.get(matter, "count")
    if unit == "price":
        return None, None, base - amount
    return (amount, None, None) if unit == "fen" else (None, None if matter == "other" else amount, None)


def held_by_director(chapter: Chapter, matter: str, beyond: int, base: int) -> Outcome:
    """The director's grade within the limit the company set, else the general manager's: an open question goes up."""
    entry = f"director_{matter}"
    if matter == "other" or not chapter.is_set(entry):
        key = "-" if matter == "other" else f"{chapter.chapter}.{entry}"
        note = N_("not set: the general manager decides")
        return Outcome(TOP, unit="grade").step(N_("director's limit"), key, "text", HIGHER, note=note)
    kind = chapter.policy.entry(f"{chapter.chapter}.{entry}")["kind"]
    if kind == "rate":
        rate, basis = chapter.rate(entry)
        reach = rate.limit(base)  # a ceiling rounds down (K-3)
    else:
        reach, basis = chapter.amount(entry) if kind == "amount" else chapter.figure(entry)
    is_within, unit = beyond <= reach, UNITS.get(matter, "count")
    level = Outcome(DIRECTOR if is_within else TOP, unit="grade")
    level = level.step(N_("account director"), reach, unit, basis, note=WITHIN if is_within else OVER)
    return level if is_within else level.step(N_("decides"), TOP, "grade", HIGHER)


def graded(grade: str, note: str, *rests_on: Basis) -> Outcome:
    """A grade as an answer, with why it decides."""
    return Outcome(grade, unit="grade", steps=(Step(N_("decides"), grade, "grade", rests_on, note),))


def expect_known(what: str, name: str, known: tuple[str, ...], listing: str) -> None:
    """Go on where there is such a name.

    Raises:
        Unknown: there is not.
    """
    if name not in known:
        raise Unknown(what=what, value=shown(name), candidates=", ".join(known), listing=listing)
