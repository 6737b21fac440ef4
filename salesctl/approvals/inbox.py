"""Which requests there are, and what waits for whoever acts: since when, for which step, by which clause (A-5.4)."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING

from salesctl.approvals import facts, listing, many, trail
from salesctl.approvals.actions import Decision, may
from salesctl.approvals.rungs import TOP, measured
from salesctl.approvals.working import Working, upcoming
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.deciding import deciders
from salesctl.policy.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salesctl.approvals.rows import Request
    from salesctl.approvals.working import Next
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

SINCE = 7  # where the rows of an inbox say since when
STATES = ("granted", "draft", "returned")
SEE_ALL = (TOP, "board")
WORDS = (N_("submit"), N_("reply"), N_("execute"), N_("endorse"), N_("decide"))


class NotForAll(SalesctlError):
    """The requests of others, for whoever stands above them."""

    code, status = "approve.inbox-all", WRONG
    says = N_("{person} sees what waits for them; what waits for everybody is for the general manager and the board.")
    hint = N_("Leave out --all; `salesctl approve list` lists the requests themselves.")


def listed(view: Reading, desk: Desk, state: str = "", *, is_mine: bool) -> Iterable[Sequence[object]]:
    """Requests filed until the business day, in their order: of a state, of the acting person; rows of a list.

    For one that waits, who must decide it as things stand.
    """
    levels = {
        one.number: str(upcoming(view, desk, one, desk.today).needed.value)
        for one in many.waiting(view, desk, desk.today)
    }
    return listing.listed(view, state, desk.somebody.id if is_mine else 0, desk.today, levels)


def mine(view: Reading, desk: Desk) -> list[Working]:
    """What waits for whoever acts, each with the working of the grade it needs."""
    theirs = [Working(one, facts.names(view, one), come.needed, "") for one, come in _theirs(view, desk, is_all=False)]
    own = [
        Working(one, facts.names(view, one), Outcome(one.level, unit="grade"), "")
        for one in many.own(view, STATES[1:], desk.today, desk.somebody.id)
    ]
    return sorted([*theirs, *own], key=lambda one: one.request.key)


def inbox(view: Reading, desk: Desk, *, is_all: bool) -> Iterator[Sequence[object]]:
    """What waits for whoever acts, the longest first: to endorse, decide, send on its way, answer, carry out; rows.

    Raises:
        NotForAll: everybody's is asked for by somebody below a general manager and the board, in nobody's place.
    """
    who = view.once(("deciders",), lambda: deciders(view, desk))
    if is_all and not any(one.grade in SEE_ALL and not one.is_closed for one in who):
        raise NotForAll(person=desk.somebody.name)
    key = 0 if is_all else desk.somebody.id
    to_decide = sorted((_row(view, one, come) for one, come in _theirs(view, desk, is_all=is_all)), key=_longest)
    return merge(to_decide, listing.to_do(view, many.theirs(STATES, key), desk.today, key), key=_longest)


def _theirs(view: Reading, desk: Desk, *, is_all: bool) -> Iterator[tuple[Request, Next]]:
    """The requests whose next step whoever acts may take; `is_all`: anybody."""
    for one in many.waiting(view, desk, desk.today):
        come = upcoming(view, desk, one, desk.today)
        step = "endorse" if come.step == "endorse" else "grant"
        if is_all or not may(view, desk, one, come, Decision(step)).why:  # what has expired is nobody's
            yield one, come


def _row(view: Reading, one: Request, come: Next) -> Sequence[object]:
    """A request that waits for a decision, with the clause whose figure says so."""
    said, is_first = facts.names(view, one), come.step == "endorse"
    holds = next(clause for clause in come.needed.clauses if not clause.startswith("K"))
    what, step, clause = ("endorse", "endorse", "A-5.1") if is_first else ("decide", "grant", holds)
    return (
        one.number,
        one.matter,
        said.customer,
        *measured(one.matter, one.amount, one.base),
        said.asked_by,
        trail.waits_since(view, one).isoformat(),
        what,
        clause,
        f"salesctl approve {step} {one.number}",
    )


def _longest(row: Sequence[object]) -> tuple[str, int]:
    """The order of an inbox: since when, then the number."""
    return str(row[SINCE]), int(str(row[0]).removeprefix("A-"))
