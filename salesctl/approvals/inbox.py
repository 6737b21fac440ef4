"""Which requests there are, and what waits for whoever acts: since when, for which step, by which clause (A-5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.approvals import facts, listing, many, trail
from salesctl.approvals.actions import Decision, may
from salesctl.approvals.rungs import TOP
from salesctl.approvals.working import Working, upcoming
from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.people.deciding import deciders
from salesctl.policy.outcome import Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from salesctl.approvals.rows import Request
    from salesctl.approvals.working import Next
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

LEVEL = 8  # where the rows of a list name who decides
STATES = ("granted", "draft", "returned")
SEE_ALL = (TOP, "board")
TO_DO = {  # what whoever asked does next: the step, its clause, what to type
    "draft": ("submit", "A-5.3", "salesctl approve submit {number}"),
    "returned": ("reply", "A-5.4", "salesctl approve revise {number} --text TEXT"),
    "granted": ("execute", "A-5.4", "salesctl approve execute {number}"),
    "commission": (
        "execute",
        "A-6.4",
        "salesctl commission pay {number} --amount YUAN --payee NAME --kind KIND --form NUMBER",
    ),
}
WORDS = (N_("submit"), N_("reply"), N_("execute"), N_("endorse"), N_("decide"))


class NotForAll(SalesctlError):
    """The requests of others, for whoever stands above them."""

    code, status = "approve.inbox-all", WRONG
    says = N_("{person} sees what waits for them; what waits for everybody is for the general manager and the board.")
    hint = N_("Leave out --all; `salesctl approve list` lists the requests themselves.")


class Item(Record):
    """One line of an inbox."""

    request: Request
    said: facts.Names
    since: date
    what: str  # endorse, decide, submit, reply, execute
    clause: str
    command: str


def listed(view: Reading, desk: Desk, state: str = "", *, is_mine: bool) -> Iterable[Sequence[object]]:
    """Requests filed until the business day, in their order: of a state, of the acting person; rows of a list.

    For one that waits, who must decide it as things stand.
    """
    rows = listing.listed(view, state, desk.somebody.id if is_mine else 0, desk.today)
    stand = {
        one.number: upcoming(view, desk, one, desk.today).needed.value for one in many.waiting(view, desk, desk.today)
    }
    if not stand:
        return rows
    return ((*row[:LEVEL], stand[row[0]], *row[LEVEL + 1 :]) if row[0] in stand else row for row in rows)


def mine(view: Reading, desk: Desk) -> list[Working]:
    """What waits for whoever acts, each with the working of the grade it needs."""
    theirs = [Working(one, facts.names(view, one), come.needed, "") for one, come in _theirs(view, desk, is_all=False)]
    own = [
        Working(one, facts.names(view, one), Outcome(one.level, unit="grade"), "")
        for one in _own(view, desk, STATES[1:], is_all=False)
    ]
    return sorted([*theirs, *own], key=lambda one: one.request.key)


def inbox(view: Reading, desk: Desk, *, is_all: bool) -> list[Item]:
    """What waits for whoever acts, the longest first: to endorse, decide, send on its way, answer, carry out.

    Raises:
        NotForAll: everybody's is asked for by somebody below a general manager and the board, in nobody's place.
    """
    who = view.once(("deciders",), lambda: deciders(view, desk))
    if is_all and not any(one.grade in SEE_ALL and not one.is_closed for one in who):
        raise NotForAll(person=desk.somebody.name)
    found = [_to_decide(view, one, come) for one, come in _theirs(view, desk, is_all=is_all)]
    found += [_to_do(view, one) for one in _own(view, desk, STATES, is_all=is_all)]
    return sorted(found, key=lambda one: (one.since, one.request.key))


def _theirs(view: Reading, desk: Desk, *, is_all: bool) -> Iterator[tuple[Request, Next]]:
    """The requests whose next step whoever acts may take; `is_all`: anybody."""
    for one in many.waiting(view, desk, desk.today):
        come = upcoming(view, desk, one, desk.today)
        step = "endorse" if come.step == "endorse" else "grant"
        if is_all or not may(view, desk, one, come, Decision(step)).why:  # what has expired is nobody's
            yield one, come


def _own(view: Reading, desk: Desk, states: Sequence[str], *, is_all: bool) -> list[Request]:
    """The requests that wait for whoever asked; of people who have left, for whoever follows them."""
    return many.own(view, states, desk.today, 0 if is_all else desk.somebody.id)


def _to_decide(view: Reading, one: Request, come: Next) -> Item:
    """A request that waits for a decision, with the clause whose figure says so."""
    is_first = come.step == "endorse"
    holds = next(clause for clause in come.needed.clauses if not clause.startswith("K"))
    step = "endorse" if is_first else "grant"
    command = f"salesctl approve {step} {one.number}"
    what, clause = ("endorse", "A-5.1") if is_first else ("decide", holds)
    return Item(one, facts.names(view, one), trail.waits_since(view, one), what, clause, command)


def _to_do(view: Reading, one: Request) -> Item:
    """A request that waits for whoever asked."""
    what, clause, command = TO_DO["commission" if one.matter == "commission" and one.decided_on else one.state]
    since = one.decided_on or view.known(("newest", one.id)) or one.asked_on
    return Item(one, facts.names(view, one), since, what, clause, command.format(number=one.number))
