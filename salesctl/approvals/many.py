"""The facts of many requests that wait, each kind in one query; the rules then ask them row by row as of one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesctl.approvals.deciding_rules import OF_RECEIPTS
from salesctl.approvals.facts import GRANTED, OVER, Names, added_up_over
from salesctl.approvals.mismatches import aparts
from salesctl.approvals.passing import PASSED, TAKEN_OVER
from salesctl.approvals.rows import Request
from salesctl.contracts.actions import HOLDER
from salesctl.ledger.row import typed
from salesctl.people.rules import Filed
from salesctl.receivables.received import received_sql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading

OPEN = "state IN ('draft', 'pending', 'endorsed', 'returned')"  # as the index of what waits says it
WAITING = f"{OPEN} AND state IN ('pending', 'endorsed') AND asked_on <= :day"
SERVES = (
    "(SELECT o.person_id FROM ownership o WHERE o.customer_id = c.id AND o.from_on <= :day "
    "AND (o.until_on IS NULL OR o.until_on > :day))"
)
CUSTOMER = "coalesce(w.customer_id, (SELECT k.customer_id FROM contract k WHERE k.id = w.contract_id))"
COLUMNS = {  # what a sum is asked with, for a request alone -> for every row
    ":contract": "w.contract_id",
    ":customer": CUSTOMER,
    ":line": "w.line",
    ":about": "w.about",
    ":month": "substr(w.asked_on, 1, 7)",
    ":typed": "substr(w.asked_at, 1, 7)",
}


NOT_CARRIED_OUT = (  # a commission is carried out by paying it; a payment that was applied for only lets it be paid
    "(state <> 'granted' OR matter <> 'commission_payment' AND (matter <> 'commission' OR NOT EXISTS "
    "(SELECT 1 FROM commission_payment p WHERE p.request_id = request.id)))"
)
FOLLOWER = (  # whoever serves the customer of somebody who has left, else their superior
    "coalesce((SELECT o.person_id FROM ownership o JOIN person y ON y.id = o.person_id "
    f"WHERE o.customer_id = {CUSTOMER} AND o.from_on <= :day AND (o.until_on IS NULL OR o.until_on > :day) "
    "AND (y.closed_on IS NULL OR y.closed_on > :day)), (SELECT g.superior_id FROM standing g "
    "WHERE g.person_id = w.asked_by_id AND g.aspect = 'superior' ORDER BY g.from_on DESC LIMIT 1))"
)
FOLLOWS = (
    "SELECT w.id FROM request w WHERE w.asked_by_id IN (SELECT id FROM person WHERE closed_on <= :day) "
    f"AND :who = {FOLLOWER}"
)
NAMED = (
    "SELECT w.id, coalesce(k.number, ''), c.code || ' ' || c.name, a.code || ' ' || a.name, "
    "d.code || ' ' || d.name, "
    "CASE WHEN a.closed_on <= :day THEN (SELECT f.code || ' ' || f.name FROM person f "
    f"WHERE f.id = {FOLLOWER}) END FROM request w "
    "LEFT JOIN contract k ON k.id = w.contract_id JOIN customer c ON c.id = coalesce(w.customer_id, k.customer_id) "
    "JOIN person a ON a.id = w.asked_by_id LEFT JOIN person d ON d.id = w.decided_by_id"
)


def waiting(view: Reading, desk: Desk, day: date) -> list[Request]:
    """The requests that wait for a decision on a day, with their facts at hand; in the order they were filed."""
    found = view.all(Request, f"{WAITING} ORDER BY id", day=day)
    if found:
        of = f"w.id IN (SELECT id FROM request WHERE {WAITING})"
        _steps(view, of, found, day)
        _people(view, desk, of, day)
        for matter in {one.matter for one in found}:
            _sums(view, desk, of, matter, day)
    return found


def theirs(states: Sequence[str], who: int) -> str:
    """The condition on `request` of what waits for whoever asked, or follows them; for everybody, where `who` is 0."""
    somebodys = f"(asked_by_id = :who OR id IN ({FOLLOWS}) OR id IN ({TAKEN_OVER}))" if who else ":who = 0"
    still = f"(:who = 0 OR asked_by_id <> :who OR NOT {PASSED})"  # not passed on to somebody else
    known = OPEN if "granted" not in states else "1 = 1"
    named = ", ".join(f"'{state}'" for state in states)
    return f"{known} AND state IN ({named}) AND asked_on <= :day AND {somebodys} AND {still} AND {NOT_CARRIED_OUT}"


def own(view: Reading, states: Sequence[str], day: date, who: int = 0) -> list[Request]:
    """The requests of some states that wait for whoever asked, with their names at hand."""
    which = theirs(states, who)
    found = view.all(Request, f"{which} ORDER BY id", day=day, who=who)
    of = f"w.id IN (SELECT id FROM request WHERE {which})"
    for key, contract, customer, asked_by, decided_by, follower in view.select(f"{NAMED} WHERE {of}", day=day, who=who):
        view.know(("names", key), Names(contract, customer, asked_by, decided_by))
        view.know(("theirs", key), follower or asked_by)
    return found


def _people(view: Reading, desk: Desk, of: str, day: date) -> None:
    """Who stands behind each: who asked, typed and changed it, whose contract and customer it is."""
    days = (desk.today, desk.present_day)
    moments = ("w.asked_on", "eve", ":today", ":present")
    serving = ", ".join(_then(SERVES, each) for each in moments)
    holding = ", ".join(_then(HOLDER, each) for each in moments)
    rows = view.select(
        "SELECT w.id, coalesce(k.number, ''), c.code || ' ' || c.name, a.code || ' ' || a.name, w.asked_by_id, "
        f"w.typed_by_id, w.edited_by_id, w.asked_at, {holding}, {serving} FROM request w "
        "LEFT JOIN contract k ON k.id = w.contract_id JOIN customer c ON c.id = coalesce(w.customer_id, k.customer_id) "
        f"JOIN person a ON a.id = w.asked_by_id WHERE {of}",
        day=day,
        today=days[0],
        present=days[1],
    )
    for key, contract, customer, asked_by, requester, typist, editor, asked_at, *persons in rows:
        view.know(("names", key), Names(contract, customer, asked_by, ""))
        of_asking = [person for place, person in enumerate(persons) if place % len(moments) < 2]
        for asked, parties in (((), of_asking), (days, persons)):
            involved = sorted({person for person in parties if person is not None})
            begun = view.known(("begun", key)) or typed("datetime", asked_at)
            behind = Filed(requester, typist, is_new=False, editor_id=editor, party_ids=involved, asked_at=begun)
            view.know(("filed", key, asked), behind)


def _then(interval: str, day: str) -> str:
    """Who is found by a half-open interval on a day; `eve` is the day before it was asked for."""
    if day == "eve":
        return interval.replace("<= :day", "< w.asked_on").replace("> :day", ">= w.asked_on")
    return interval.replace(":day", day)


def _sums(view: Reading, desk: Desk, of: str, matter: str, day: date) -> None:
    """What was granted before on the same base, and the base, of the requests of one matter."""
    over = added_up_over(matter, day, desk.policy)  # a request that earlier figures decide asks by itself
    sums = f"{_granted(matter, OVER[over])}, {_base(matter)}"
    for key, granted, base in view.select(
        f"SELECT w.id, {sums} FROM request w WHERE w.matter = :matter AND {of}",
        matter=matter,
        day=day,
    ):
        view.know(("granted", key, day, over), int(granted))
        view.know(("base", key, day), int(base))
    if matter == "mismatch":
        for number, differs in aparts(view, f"r.number IN (SELECT w.about FROM request w WHERE {of})", day):
            view.know(("apart", number, day), int(differs))


def _granted(matter: str, over: str) -> str:
    """What was granted before as an expression over the rows of `w` (K-15)."""
    if over == OVER["request"]:  # each stands for itself
        return "0"
    for name, column in COLUMNS.items():
        over = over.replace(name, column)
    if matter == "commission_payment":  # of what is granted already
        whole = (
            "(SELECT coalesce(sum(q.amount), 0) FROM request q WHERE q.contract_id = w.contract_id "
            f"AND q.matter = 'commission' AND q.{GRANTED}) - w.amount"
        )
        return f"CASE WHEN {whole} > 0 THEN {whole} ELSE 0 END"
    return (
        "(SELECT coalesce(sum(q.amount), 0) FROM request q "
        f"WHERE q.matter = w.matter AND q.{GRANTED} AND q.id <> w.id AND {over})"
    )


def _base(matter: str) -> str:
    """What the amount is measured against, as an expression over the rows of `w`."""
    if matter in OF_RECEIPTS:
        return received_sql("w.contract_id")
    if matter == "make_good":
        return (
            f"coalesce((SELECT v.units FROM monthly_volume v WHERE v.customer_id = {CUSTOMER} AND v.line = w.line "
            "AND v.month = w.about || '-01' ORDER BY v.id DESC LIMIT 1), 0)"
        )
    return "w.base"


def _steps(view: Reading, of: str, found: list[Request], day: date) -> None:
    """When each round was asked for, since when it waits, and who has endorsed it."""
    endorsers: dict[int, set[int]] = {}
    since: dict[int, Any] = {}
    for key, what, by, lent, made_on, made_at in view.select(
        "SELECT s.request_id, s.what, s.by_id, s.for_id, s.made_on, s.made_at FROM request w JOIN request_step s "
        "ON s.request_id = w.id AND s.what IN ('submit', 'revise', 'endorse') "
        "AND (s.what = 'submit' OR s.round = w.round) "
        f"WHERE {of} ORDER BY s.id",
        day=day,
    ):
        if what == "submit":
            since[key] = max(made_on, since.get(key, made_on))
        elif what == "revise":
            view.know(("begun", key), typed("datetime", made_at))
        else:
            endorsers.setdefault(key, set()).update(person for person in (by, lent) if person is not None)
    for one in found:
        view.know(("since", one.id), typed("date", since.get(one.key)) or one.asked_on)
        view.know(("endorsers", one.id), endorsers.get(one.key, set()))
