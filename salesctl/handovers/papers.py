"""The papers of a handover: made from the ledger as of a day, from outside, or one that says there is nothing (E-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.console.choices import meant
from salesctl.errors import N_, WRONG, Refused, SalesctlError, Unknown
from salesctl.handovers import items
from salesctl.handovers.actions import categories
from salesctl.handovers.cases import acting, is_finance, papers_of, party, refuse
from salesctl.handovers.contents import MADE, Made, filled
from salesctl.handovers.rows import HandoverPaper
from salesctl.handovers.running import OtherDay, running
from salesctl.ledger.journal import canonical, fingerprint
from salesctl.ledger.row import stored
from salesctl.policy.units import nfkc, shown
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.people.rows import Person

NOTHING = "无 None"
ALL = "all"
ALSO = {"全部": ALL, "客户对账单": "statement", "对账单": "statement"}
LISTING = "salesctl handover show {number}"


class NotNothing(SalesctlError):
    """A paper that says there is nothing, where the ledger has something."""

    code, status = "handover.not-nothing", WRONG
    says = N_("{number} has something of {category}: {count} of it on {day}. A paper that says none would not be true.")
    hint = N_("Make the list instead: salesctl handover paper {number} {list}")


class HasPapers(SalesctlError):
    """A paper that says there is nothing, beside others that say what there is."""

    code, status = "handover.has-papers", WRONG
    says = N_("{number} has papers of {category}: {papers}. None would contradict them.")
    hint = N_("`salesctl handover show {number}` lists them.")


class NotIssuer(Refused):
    """A paper that somebody else draws up; the attempt is recorded."""

    code = "handover.not-issuer"
    says = N_("{person} may not issue this paper of {number}: {why} ({clause}).")
    hint = N_("{who} issues it: --as PERSON.")


class Wanted(Record):
    """What is to be issued: a category or the name of a list, and how."""

    what: str  # a category, a list such as `statement`, or all
    as_of: date
    is_none: bool = False
    outside: str = ""  # the title of a paper from outside
    content: str = ""  # the fingerprint of its file
    file: str = ""  # the file's name


class Sheet(Record):
    """One paper as it will stand: its category, kind, title, the day it shows, what it says."""

    category: str
    kind: str
    title: str
    as_of: date
    content: dict[str, Any]


def issue(desk: Desk, number: str, wanted: Wanted) -> tuple[Handover, list[HandoverPaper]]:
    """Issue papers of a handover, or issue them anew; what changed voids the signatures on it (E-4e).

    Raises:
        OtherDay: the day comes before the handover began, or is still to come.
        NotNothing, HasPapers: none would not be true.
        NotIssuer: it is another's to draw up; recorded.
    """
    with desk.ledger.transaction("handover.paper", desk) as tx:
        begun = running(tx, desk, number)
        if not begun.started_on <= wanted.as_of <= desk.present_day:
            raise OtherDay(number=begun.number, since=begun.started_on, day=wanted.as_of)
        who, _typist = acting(tx, desk)
        lists = _lists(desk, begun, wanted.what)
        why = _obstacle(tx, desk, begun, who, lists)
        issued: list[HandoverPaper] = []
        if why:
            refuse(tx, begun, *why)
        else:
            grown = _grow(tx, begun, wanted, lists)
            known = papers_of(tx, begun)
            digests = {paper.digest for paper in known}
            issued = [_put(tx, desk, begun, known, sheet) for sheet in _sheets(tx, begun, wanted, lists, known, grown)]
            if begun.signed_on and any(one.digest not in digests for one in issued):
                tx.amend(begun, signed_on=None)
    if why:
        raise NotIssuer(person=who.name, number=begun.number, why=why[0], clause=why[1], who=N_("finance or commerce"))
    return begun, issued


def _grow(tx: Transaction, begun: Handover, wanted: Wanted, lists: dict[str, Made]) -> set[str]:
    """Put onto the checklist what came up since the start in the categories asked for; those that grew."""
    asked = dict.fromkeys(made.category for made in lists.values())
    if wanted.outside or wanted.is_none:
        return set()
    return {category for category in asked if items.enter_later(tx, begun, wanted.as_of, category)}


def _lists(desk: Desk, begun: Handover, text: str) -> dict[str, Made]:
    """The lists that a category, a list or `all` means."""
    known = categories(desk, begun)
    plain = meant(text, (*known, *MADE, ALL), ALSO)
    found = {name: made for name, made in MADE.items() if plain in (name, made.category, ALL)}
    if not found:
        names = (*known, "statement", "receivables", ALL)
        raise Unknown(what=N_("category"), value=shown(text), candidates=names, listing="salesctl policy show E-5")
    return found


def _obstacle(
    tx: Transaction, desk: Desk, begun: Handover, who: Person, lists: dict[str, Made]
) -> tuple[str, str] | None:
    """Why somebody may not issue them, with the clause: statement, receivables and samples are finance's (E-14)."""
    if is_finance(tx, desk, who.key):
        return None
    if any(made.is_finance for made in lists.values()):
        return N_("finance or commerce draws it up"), "E-14"
    return None if party(begun, who.key) else (N_("they take no part in it"), "E-4a")


def _sheets(
    tx: Transaction,
    begun: Handover,
    wanted: Wanted,
    lists: dict[str, Made],
    known: list[HandoverPaper],
    grown: Collection[str],
) -> list[Sheet]:
    """What is to be put down: lists with something in them, and none where a category has no list."""
    category = next(iter(lists.values())).category
    if wanted.outside:
        content = {"file": wanted.file, "sha256": wanted.content}
        return [Sheet(category, "outside", wanted.outside, wanted.as_of, content)]
    found = {name: filled(tx, begun, made, wanted.as_of) for name, made in lists.items()}
    if wanted.is_none:
        return [_none(begun, wanted, lists, found, known)]
    titles = {paper.title for paper in known}
    is_one = len(lists) == 1
    shown_of = {paper.title: paper.as_of for paper in known}
    sheets = [
        _made(made, found[name], _day_of(begun, made, wanted, grown, shown_of.get(made.title)))
        for name, made in lists.items()
        if found[name] or made.title in titles or (is_one and len(_of(made.category)) > 1)
    ]
    covered = {sheet.category for sheet in sheets} | {paper.category for paper in known}
    empty = dict.fromkeys(made.category for made in lists.values() if made.category not in covered)
    return [*sheets, *(Sheet(each, "none", NOTHING, wanted.as_of, {}) for each in empty)]


def _of(category: str) -> list[str]:
    return [name for name, made in MADE.items() if made.category == category]


def _none(
    begun: Handover,
    wanted: Wanted,
    lists: dict[str, Made],
    found: dict[str, list[list[Any]]],
    known: list[HandoverPaper],
) -> Sheet:
    category = next(iter(lists.values())).category
    said = {"number": begun.number, "category": category.replace("_", " ")}
    if count := sum(map(len, found.values())):
        raise NotNothing(**said, count=count, day=wanted.as_of, list=category)
    others = [paper for paper in known if paper.category == category and paper.kind != "none"]
    if others:
        raise HasPapers(**said, papers=", ".join(numbered(begun, paper) for paper in others))
    return Sheet(category, "none", NOTHING, wanted.as_of, {})


def _day_of(begun: Handover, made: Made, wanted: Wanted, grown: Collection[str], before: date | None) -> date:
    """The day a list shows: the checklist's own is that of the start, or the day on which something was added to it."""
    if not made.is_of_start or made.category in grown:
        return wanted.as_of
    return before or begun.started_on


def _made(made: Made, rows: list[list[Any]], as_of: date) -> Sheet:
    content = {"columns": [list(column) for column in made.columns], "rows": [list(map(stored, row)) for row in rows]}
    return Sheet(made.category, "made", made.title, as_of, content)


def _put(tx: Transaction, desk: Desk, begun: Handover, known: list[HandoverPaper], sheet: Sheet) -> HandoverPaper:
    """A new paper, or the next version of the one that says the same kind of thing; unchanged, it stays as it is."""
    before = next(
        (
            paper
            for paper in known
            if paper.category == sheet.category and (paper.title == sheet.title or "none" in (paper.kind, sheet.kind))
        ),
        None,
    )
    place = before.place if before else max((paper.place for paper in known), default=0) + 1
    content = canonical(sheet.content)
    said = [begun.number, place, sheet.category, sheet.kind, sheet.title, sheet.as_of.isoformat(), content]
    digest = fingerprint(canonical(said))
    if before and before.digest == digest:
        return before
    body: dict[str, Any] = {
        "kind": sheet.kind,
        "title": sheet.title,
        "as_of": sheet.as_of,
        "content": content,
        "digest": digest,
    }
    when: dict[str, Any] = {"issued_on": desk.today, "issued_at": tx.now, "issued_by_id": desk.somebody.id}
    if before:
        return tx.amend(before, version=before.version + 1, **body, **when)
    paper = tx.add(
        HandoverPaper(handover_id=begun.key, place=place, category=sheet.category, version=1, **body, **when)
    )
    known.append(paper)
    return paper


def numbered(begun: Handover, paper: HandoverPaper) -> str:
    """The number of a paper, such as `H-3/2`."""
    return f"{begun.number}/{paper.place}"


def titled(paper: HandoverPaper) -> str:
    """The title as the program says it: English from the catalogue, or as it was given from outside."""
    return paper.title if paper.kind == "outside" else paper.title.partition(" ")[2]


def paper_of(view: Reading, begun: Handover, text: str) -> HandoverPaper:
    """The paper of a case: `H-3/2`, or `2`.

    Raises:
        Unknown: it has none of that number.
    """
    plain = nfkc(text).strip().upper().removeprefix(f"{begun.number}/").removeprefix("/")
    papers = papers_of(view, begun)
    for paper in papers:
        if str(paper.place) == plain:
            return paper
    near = ", ".join(numbered(begun, paper) for paper in papers)
    raise Unknown(what=N_("paper"), value=shown(text), candidates=near, listing=LISTING.format(number=begun.number))
