"""Who decides on what is applied for, and how it is applied for (A-4.2a to A-4.4, A-5, A-6.1 to A-6.3); pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals.rungs import DIRECTOR, UNITS, climbed, expect_known, graded, held_by_director
from salesctl.errors import N_
from salesctl.people.rules import rank
from salesctl.policy.outcome import Basis, Outcome, Step

if TYPE_CHECKING:
    from datetime import date

    from salesctl.policy.policy import Policy
    from salesctl.policy.units import Fen

CHAPTER = "A.approvals"
WORDS = (
    *(N_("account manager"), N_("account director"), N_("general manager")),
    *(N_("platform"), N_("database"), N_("draft"), N_("submitted")),
)
LINES = ("platform", "database")  # of sending; each has a ladder of its own in A.make_good
UNMEASURED = ("free_test", "price", "terms", "mismatch", "other")  # matters without a limit in the regulation


def approver(commission: Fen, received: Fen, *, on: date, policy: Policy) -> Outcome:
    """Which grade's authority holds a customer commission (A-6.1 to A-6.3).

    Args:
        commission: all commission on the contract in fen, this one included (AMB-A6-d, K-15).
        received: all money received on that contract so far, in fen.
        on: the day of the decision.
        policy: the packs that bind the people concerned.

    Returns:
        A grade. Exactly 5 % stays on the first rung (AMB-A6-a), exactly 10 % leaves the second (AMB-A6-b, K-4);
        no percentage is rounded (K-2). When nothing has been received, any commission at all goes to the top
        (AMB-A6-c).

    Raises:
        NotInForce: `on` comes before article 6 took effect.
    """
    ladder = policy.on(on, "A.commission").bands("authority")
    rung = ladder.place(commission, of=received)  # cross-multiplied: no percentage is rounded (K-2)
    early = "" if received else N_("nothing yet: this commission comes before any receipt")
    steps = (
        Step(N_("commission together"), commission, "fen", (rung.basis.but(reading="AMB-A6-d"),)),
        Step(N_("money received"), received, "fen", (rung.basis.but(reading="AMB-A6-c"),), early),
        *climbed(ladder, rung, received, "fen"),
    )
    return Outcome(rung.name, unit="grade", steps=steps)


def make_good_level(line: str, granted_before: int, units: int, volume: int, *, on: date, policy: Policy) -> Outcome:
    """Which grade's authority holds a make-good volume (A-4.2a to A-4.4).

    Args:
        line: `platform` or `database`; their limits are separate (AMB-A4-b).
        granted_before: units granted to the customer on this line for the same month (AMB-A4-b, K-15).
        units: what is asked for now.
        volume: the customer's actual volume of the month on this line, in units (AMB-A4-a).
        on: the day of the request; the limits have no first day (AMB-A4-e).
        policy: the packs that bind the people concerned.

    Returns:
        A grade. Exactly the named share is still within it (AMB-A4-d); above the director's the general manager
        decides (AMB-A4-f). Of no volume every unit goes to the top.

    Raises:
        Unknown: there is no such line.
    """
    expect_known(N_("line"), line, LINES, "salesctl policy show A.make_good")
    ladder = policy.on(on, "A.make_good").bands(line)
    rung = ladder.place(granted_before + units, of=volume)
    steps = (
        Step(N_("granted before"), granted_before, "count", (rung.basis.but(reading="AMB-A4-b"),)),
        Step(N_("this request"), units, "count"),
        Step(N_("volume of the month"), volume, "count", (rung.basis.but(reading="AMB-A4-a"),)),
        *climbed(ladder, rung, volume, "count"),
    )
    return Outcome(rung.name, unit="grade", steps=steps)


def unmeasured_level(matter: str, beyond: int, base: int = 0, *, on: date, policy: Policy) -> Outcome:
    """Whose authority holds what the regulation gives no limit for (A-5.1, A-5.2, A-5.4, AMB-A5-a).

    Args:
        matter: `free_test`, `price`, `terms`, `mismatch` or `other` (A-5.2).
        beyond: how far it departs: below the listed price, days of payment, units sent free, fen apart.
        base: the listed price for `price`, of which the director may give up a share; else 0. Both prices are in
            ten-thousandths of a yuan, or both in any other unit.
        on: the day of the application.
        policy: the packs; the company sets the director's limits, and the limit itself is within them.

    Returns:
        A grade: the account manager's where nothing departs, else the director's within the limit the company set,
        else the general manager's. An unset limit is none: the working names its key.

    Raises:
        NotInForce: `on` comes before article 5 took effect.
        Unknown: another matter; commission and make-good volume have ladders of their own.
    """
    chapter = policy.on(on, CHAPTER)
    _matters, listed = chapter.items("matters")
    expect_known(N_("matter"), matter, UNMEASURED, f"salesctl policy show {CHAPTER}.matters")
    unit = UNITS.get(matter, "count")
    asked = (Step(N_("matter"), matter, "word", (listed,)), Step(N_("departs by"), beyond, unit))
    if beyond <= 0:
        level = graded("account_manager", N_("nothing departs, so nothing is applied for"), listed.but(source="A-5.1"))
    else:
        level = held_by_director(chapter, matter, beyond, base)
    return Outcome(level.value, unit="grade", steps=(*asked, *level.steps))


def mismatch_level(invoiced: Fen, received: list[Fen], *, on: date, policy: Policy) -> Outcome:
    """Which grade decides that what a customer pays differs from the invoice (A-5.2, AMB-A5-f).

    Args:
        invoiced: the invoice in fen.
        received: every payment for it in fen; only their sum counts.
        on: the day of the application.
        policy: the packs.

    Returns:
        The account manager's grade where both are equal: nothing is applied for. From one fen apart, in either
        direction, as `unmeasured_level` says.

    Raises:
        NotInForce: `on` comes before article 5 took effect.
    """
    apart = abs(sum(received) - invoiced)
    level = unmeasured_level("mismatch", apart, on=on, policy=policy)
    sums = Outcome(None).step(N_("invoiced"), invoiced, "fen")
    sums = sums.step(N_("received together"), sum(received), "fen", Basis("", "A-5.2", "AMB-A5-f"))
    outcome = Outcome(level.value, unit="grade", steps=(*sums.steps, *level.steps))
    note = N_("an invoice must say what was really traded")
    return outcome.step(N_("legal warning"), "L-13", "text", Basis("", "L-13"), note=note) if apart else outcome


def submission(matter: str, requester_grade: str, papers: list[str], *, on: date, policy: Policy) -> Outcome:
    """Whether an application counts as submitted (A-5.3).

    Args:
        matter: one of A-5.2; some change the delivery, and then two more copies are wanted (AMB-A5-c).
        requester_grade: a director writes to the general manager, everybody else to the director (AMB-A5-d).
        papers: what there is, by the names of `A.approvals.application` and `A.approvals.copies`.
        on: the day of the application.
        policy: the packs.

    Returns:
        `submitted`, or `draft` while the form, the addressee or the copy to the support supervisor is missing. The
        two further copies are no gate. Before article 5 took effect no form is demanded (AMB-A4-e), and of whoever
        holds the top grade none at all.

    Raises:
        Unknown: a matter that is not listed, a paper that is on neither list.
    """
    if not policy.binds("A-5.3", on):
        note = N_("no form is demanded before the first day")
        return Outcome("submitted", unit="word").step(
            N_("asked on"), on, "day", Basis("", "A-5.3", "AMB-A4-e"), note=note
        )
    chapter = policy.on(on, CHAPTER)
    expect_known(N_("matter"), matter, tuple(chapter.items("matters")[0]), f"salesctl policy show {CHAPTER}.matters")
    ladder, copies = chapter.items("ladder")[0], chapter.checklist("copies")
    if requester_grade == ladder[-1]:
        note = N_("nobody stands above to write to")
        outcome = Outcome("submitted", unit="word")
        return outcome.step(N_("asked by"), requester_grade, "grade", Basis("", "A-5.3", "AMB-A5-d"), note=note)
    is_directors = rank(requester_grade, ladder) >= rank(DIRECTOR, ladder)
    wanted = chapter.checklist("application_of_director" if is_directors else "application")
    optional = [paper for paper in papers if paper in [copy.name for copy in copies.items]]
    outcome = wanted.missing([paper for paper in papers if paper not in optional])
    more = copies.missing(optional).steps if matter in chapter.items("delivery")[0] else ()
    return Outcome("draft" if outcome.value else "submitted", unit="word", steps=(*outcome.steps, *more))


def expiry(asked_on: date, *, on: date, policy: Policy) -> Outcome:
    """Whether an application has waited too long to be decided (SM-4).

    Args:
        asked_on: the day it was submitted.
        on: the day asked about.
        policy: the packs; `A.approvals.expires`, which a company may set.

    Returns:
        `expired` from the day after that many days; else `open`. Without the figure nothing expires.
    """
    from datetime import timedelta

    chapter = policy.on(on, CHAPTER)
    outcome = Outcome("open", unit="word").step(N_("asked on"), asked_on, "day")
    if not chapter.is_set("expires"):
        return outcome
    days, basis = chapter.figure("expires")
    last = asked_on + timedelta(days=days)
    return Outcome("expired" if on > last else "open", unit="word", steps=outcome.steps).step(
        N_("may be decided until"), last, "day", basis
    )


def window(matter: str, *, on: date, policy: Policy) -> Outcome:
    """What a matter's figures are added up over, so that no limit can be split away (K-15, AMB-A4-b, AMB-A6-d).

    Args:
        matter: one of A-5.2.
        on: the day.
        policy: the packs; `A.approvals.together`.

    Returns:
        `contract`, `customer_line_month`, `customer_month`, `receivable` or `request`.

    Raises:
        Unknown: a matter that is not listed.
    """
    (over, *_), basis = policy.on(on, CHAPTER).row("together", matter)
    return Outcome(over, unit="word").step(N_("added up over"), over, "word", basis)
