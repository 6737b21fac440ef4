"""Three signatures on every paper, each in its own name and on what the paper says now (E-4c, E-4e)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.handovers import completion_rules as rules
from salesctl.handovers.cases import BeforePaper, NotTheirs, acting, papers_of, party, person_of, refuse
from salesctl.handovers.checking import Checked, progress
from salesctl.handovers.papers import numbered, paper_of
from salesctl.handovers.rows import HandoverPaper, HandoverSignature
from salesctl.handovers.running import running
from salesctl.ledger.row import typed
from salesctl.people.rows import Person
from salesctl.policy.outcome import Basis, Outcome
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading, Transaction

OTHERS_LOGIN = N_("the login that types this is another person's, and nobody signs for somebody else")
STILL_HERE = N_("only the supervisor records what a transferor who has left signed by hand; others sign themselves")
NO_PARTY = N_("only transferor, receiver and handover supervisor sign")
NOT_RECEIVER = N_("only the receiver may refuse a signature")
NOT_CHECKED = N_("the receiver signs once every item of its category is checked")


class NoPapers(SalesctlError):
    """Nothing to sign."""

    code, status = "handover.no-papers", WRONG
    says = N_("{number} has no papers yet (E-5).")
    hint = N_("Finance or commerce draws them up: salesctl handover paper {number} all")


class Signed(SalesctlError):
    """A refusal of what was signed."""

    code, status = "handover.signed", WRONG
    says = N_("{person} has signed {papers}; what is signed is not refused any more.")
    hint = N_("Record what is unclear as a problem: salesctl handover issue {number}")


class Unchecked(Refused):
    """A receiver who signs before the check; the attempt is recorded."""

    code = "handover.unchecked"
    says = N_("{person} may not sign {papers} yet: {why} (E-4b).")
    hint = N_("salesctl handover check {number} all --complete --true")


class Signer(Record):
    """Whoever signs, as which party, and whose login types it."""

    party: str
    person_id: int
    typist_id: int | None


class State(Record):
    """One paper with the signatures that hold: those on what it says now."""

    paper: HandoverPaper
    number: str
    signed: dict[str, date]  # party -> day
    refusal: str  # of the receiver, where nothing was signed since
    voided: int  # signatures on what it said before


def states(view: Reading, begun: Handover) -> list[State]:
    """Every paper of a case with its signatures."""
    made: dict[int, list[tuple[str, str, str, str]]] = {}
    for paper, *signature in view.select(
        "SELECT s.paper_id, s.party, s.digest, s.refusal, s.signed_on FROM handover_signature s "
        "JOIN handover_paper p ON p.id = s.paper_id WHERE p.handover_id = :handover ORDER BY s.id",
        handover=begun.key,
    ):
        made.setdefault(paper, []).append(tuple(signature))
    return [_state(begun, paper, made.get(paper.key, [])) for paper in papers_of(view, begun)]


def _state(begun: Handover, paper: HandoverPaper, made: list[tuple[str, str, str, str]]) -> State:
    signed: dict[str, date] = {}
    refusal, voided = "", 0
    for who, digest, why, day in made:
        if digest != paper.digest:
            voided += not why
        elif why:
            refusal = why
        else:
            signed[who] = typed("date", day)
            refusal = "" if who == "receiver" else refusal
    return State(paper, numbered(begun, paper), signed, refusal, voided)


def as_asked(found: list[State]) -> list[rules.Paper]:
    """The papers as the rule wants them."""
    return [rules.Paper(one.number, one.paper.category, list(one.signed)) for one in found]


def sign(desk: Desk, number: str, which: str, evidence: str = "") -> tuple[Handover, list[State], int]:
    """Sign a paper, or all of them, as whichever party acts; how many signatures are new.

    With evidence the supervisor records that the transferor, who has left since, signed by hand (L-9 ends the
    employment before the handover; K-12 wants both names).

    Raises:
        NoPapers: there is nothing to sign.
        NotTheirs: whoever acts is no party, or somebody else types it; recorded.
        Unchecked: the receiver has not checked the items it is about; recorded.
    """
    with desk.ledger.transaction("handover.sign", desk) as tx:
        begun = running(tx, desk, number)
        who, typist = acting(tx, desk)
        wanted = _wanted(tx, begun, which)
        mine = "transferor" if evidence else party(begun, who.key)
        foreign = _not_by_hand(tx, desk, begun, who) if evidence else _not_theirs(who, typist, mine)
        waiting = [one for one in wanted if mine not in one.signed]
        checked = progress(tx, begun)
        early = [one for one in waiting if _answer(one, mine, checked, "").value != "granted"]
        if foreign:
            refuse(tx, begun, foreign, "E-4e")
        elif early:
            tx.record(_answer(early[0], mine, checked, ""), about=begun.number)
        else:
            by = Signer(mine, person_of(begun, mine), who.key if evidence else typist)
            _write(tx, desk, waiting, by)
            _day_zero(tx, desk, begun, evidence)
        signer = _signers(tx, begun)
        found = states(tx, begun)
    if foreign:
        raise NotTheirs(person=who.name, number=begun.number, why=foreign, clause="E-4e", who=signer)
    if early:
        papers = ", ".join(one.number for one in early)
        raise Unchecked(person=who.name, papers=papers, why=NOT_CHECKED, number=begun.number)
    return begun, found, len(waiting)


def refuse_to_sign(desk: Desk, number: str, which: str, why: str) -> tuple[Handover, list[State]]:
    """The receiver refuses to sign what is unclear; the paper is disputed until they sign it (E-4c).

    Raises:
        NotTheirs: it is not the receiver who acts; recorded.
    """
    with desk.ledger.transaction("handover.refuse", desk) as tx:
        begun = running(tx, desk, number)
        who, typist = acting(tx, desk)
        wanted = _wanted(tx, begun, which)
        mine = party(begun, who.key)
        foreign = _not_theirs(who, typist, mine) or ("" if mine == "receiver" else NOT_RECEIVER)
        waiting = [one for one in wanted if mine not in one.signed]
        if foreign:
            refuse(tx, begun, foreign, "E-4c")
        elif not waiting:
            raise Signed(person=who.name, papers=", ".join(one.number for one in wanted), number=begun.number)
        else:
            _write(tx, desk, waiting, Signer(mine, who.key, typist), why)
            tx.record(rules.may_sign(mine, has_checked=True, refusal=why), about=begun.number)
        signer = tx.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=begun.receiver_id)
        found = states(tx, begun)
    if foreign:
        raise NotTheirs(person=who.name, number=begun.number, why=foreign, clause="E-4c", who=signer)
    return begun, found


def _wanted(tx: Transaction, begun: Handover, which: str) -> list[State]:
    found = states(tx, begun)
    if not found:
        raise NoPapers(number=begun.number)
    if which.strip().casefold() in ("all", "全部"):
        return found
    chosen = paper_of(tx, begun, which)
    return [one for one in found if one.paper.key == chosen.key]


def _not_theirs(who: Person, typist: int | None, mine: str) -> str:
    if not mine:
        return NO_PARTY
    return OTHERS_LOGIN if typist not in (None, who.key) else ""


def _not_by_hand(tx: Transaction, desk: Desk, begun: Handover, who: Person) -> str:
    """Why somebody may not record a signature made by hand: only the supervisor does, of a transferor who has left."""
    closed_on = tx.one(Person, id=begun.transferor_id).closed_on
    has_left = closed_on is not None and closed_on <= desk.today
    return "" if has_left and who.key == begun.supervisor_id else STILL_HERE


def _answer(one: State, mine: str, checked: dict[str, Checked], why: str) -> Outcome:
    known = checked.get(one.paper.category)
    is_checked = known is None or known.checked == known.items
    return rules.may_sign(mine, is_checked, why)


def _write(tx: Transaction, desk: Desk, waiting: list[State], by: Signer, refusal: str = "") -> None:
    for one in waiting:
        if desk.today < one.paper.issued_on:
            raise BeforePaper(paper=one.number, issued=one.paper.issued_on, day=desk.today)
        tx.add(
            HandoverSignature(
                paper_id=one.paper.key,
                party=by.party,
                person_id=by.person_id,
                typed_by_id=by.typist_id,
                digest=one.paper.digest,
                refusal=refusal,
                signed_on=desk.today,
                signed_at=tx.now,
            )
        )


def _day_zero(tx: Transaction, desk: Desk, begun: Handover, evidence: str) -> None:
    """The last of all signatures is the day the four months are counted from (AMB-E-a)."""
    found = states(tx, begun)
    missing = rules.unsigned(as_asked(found), on=begun.started_on, policy=desk.policy)
    last = None if missing.value else max(day for one in found for day in one.signed.values())
    if last != begun.signed_on:
        tx.amend(begun, signed_on=last)
    about = Outcome(missing.value, unit="text", steps=missing.steps)
    if evidence:
        about = about.step(N_("signed by hand"), evidence, "text", Basis("", "K-12"))
    tx.record(about.step(N_("last signature"), last, "day", Basis("", "E-4e", "AMB-E-a")), about=begun.number)


def _signers(tx: Transaction, begun: Handover) -> str:
    ids = (begun.transferor_id, begun.receiver_id, begun.supervisor_id)
    named = dict(tx.select("SELECT id, name FROM person WHERE id IN (:a, :b, :c)", a=ids[0], b=ids[1], c=ids[2]))
    return ", ".join(named[key] for key in ids)
