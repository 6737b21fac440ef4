"""Decisions about handovers, departures, outings, forms and prices asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesctl.decisions.entry import Entry
    from salesctl.decisions.rehearsing import Then


def last_pay(then: Then, entry: Entry) -> None:
    """What is payable to whoever leaves."""
    from salesctl.departures.pay import pay

    row = entry.row("departure")
    pay(then, entry.about, row.get("wages") or 0, row.get("bonus") or 0, row.get("severance") or 0)


def leave(then: Then, entry: Entry) -> None:
    """Whether the notice is long enough."""
    from datetime import date

    from salesctl.departures.reporting import Report, file

    row = entry.row("departure")
    with then.ledger.reading() as view:
        who = view.value("SELECT code FROM person WHERE id = :id", id=row["person_id"])
    is_so = {name: bool(row[name]) for name in ("is_on_probation", "is_dismissed")}
    file(then, Report(who, date.fromisoformat(row["wished_on"]), row["reason"], **is_so))


def departure(then: Then, entry: Entry) -> None:
    """Whether somebody may act for the company, and whether everything is handed over."""
    from salesctl.departures import actions, pay

    step = entry.verb.partition(".")[2]
    if entry.decision["answer"] == "lifted":
        pay.lift(then, entry.about)
    elif step == "hold":
        pay.hold(then, entry.about, str(entry.steps["reason"]))
    else:
        getattr(actions, step)(then, entry.about)


def complete(then: Then, entry: Entry) -> None:
    """Whether a handover misses anything."""
    from salesctl.handovers.completing import complete

    complete(then, entry.about)


def carry(then: Then, entry: Entry) -> None:
    """Whether a problem may be carried on."""
    from salesctl.handovers.issues import carry

    with then.ledger.reading() as view:
        of = "SELECT h.number FROM handover_issue i JOIN handover h ON h.id = i.handover_id WHERE i.number = :issue"
        carry_in = str(view.value(of, issue=entry.about))
    carry(then, carry_in, entry.about)


def start(then: Then, entry: Entry) -> None:
    """The notice was measured where the last day was said with it."""
    from datetime import date

    from salesctl.handovers.actions import Wish, start

    row = entry.row("handover")
    customers = tuple(
        item["about"] for _what, table, item in entry.rows if table == "handover_item" and item["kind"] == "customer"
    )
    with then.ledger.reading() as view:
        codes = dict(view.select("SELECT id, code FROM person"))
    leaving = date.fromisoformat(row["leaving_on"]) if "earliest last day" in entry.steps else None
    start(then, Wish(codes[row["transferor_id"]], codes[row["receiver_id"]], customers, leaving))


def absence(then: Then, entry: Entry) -> None:
    """An incident that the decision opened is asked about by its outing."""
    from salesctl.visits.decisions import overrule

    opened = next((row for what, table, row in entry.rows if (what, table) == ("add", "incident")), None)
    number = entry.about
    if opened:
        with then.ledger.reading() as view:
            number = view.value("SELECT number FROM outing WHERE id = :id", id=opened["outing_id"])
    reason = entry.row("incident").get("reason") or "-"
    overrule(then, number, reason, is_clear=entry.verb == "visit.overruled")


def issue(then: Then, entry: Entry) -> None:
    """What became of a problem by its plan, its report or its settlement."""
    from salesctl.handovers.issues import plan, report, settle

    row = entry.row("handover_issue")
    ask, said = {
        "handover.plan": (plan, "plan"),
        "handover.report-issue": (report, "reported_to"),
        "handover.settle": (settle, "settlement"),
    }[entry.verb]
    ask(then, _handover_of(then, entry), entry.about, row[said])


def visit(then: Then, entry: Entry) -> None:
    """Who came, to which customers, and who signed for them."""
    from salesctl.handovers.visiting import Seen
    from salesctl.handovers.visiting import visit as visited

    rows = [row for _what, table, row in entry.rows if table == "handover_visit"]
    with then.ledger.reading() as view:
        people, customers = (dict(view.select(f"SELECT id, code FROM {table}")) for table in ("person", "customer"))
        known = dict(view.select("SELECT id, customer_id FROM handover_visit"))
    came = [people[rows[0][key]] for key in ("transferor_id", "receiver_id", "supervisor_id") if rows[0].get(key)]
    seen = [customers[row.get("customer_id") or known[row["id"]]] for row in rows]
    visited(then, entry.about, Seen(seen, came, rows[0]["customer_signer"], rows[0]["evidence"]))


def sign(then: Then, entry: Entry) -> None:
    """One paper, or all that waited for this party; by hand where the supervisor typed it."""
    from salesctl.handovers.signing import refuse_to_sign
    from salesctl.handovers.signing import sign as signed

    rows = [row for _what, table, row in entry.rows if table == "handover_signature"]
    with then.ledger.reading() as view:
        place = view.value("SELECT place FROM handover_paper WHERE id = :id", id=rows[0]["paper_id"])
    which = "all" if len(rows) > 1 else str(place)
    if entry.verb == "handover.refuse":
        refuse_to_sign(then, entry.about, which, rows[0]["refusal"])
    else:
        signed(then, entry.about, which, str(entry.steps.get("signed by hand", "")))


def deliver(then: Then, entry: Entry) -> None:
    """Whether all papers are signed."""
    from salesctl.handovers.delivering import deliver as delivered

    delivered(then, entry.about)


def found(then: Then, entry: Entry) -> None:
    """By which table a loss is shared; what it is about may be a customer."""
    from salesctl.losses.reporting import Finding, report

    row = entry.row("loss")
    with then.ledger.reading() as view:
        handover = str(view.value("SELECT number FROM handover WHERE id = :id", id=row["handover_id"]))
        is_customer = bool(view.value("SELECT 1 FROM customer WHERE code = :code", code=row["about"]))
    about, customer = ("", row["about"]) if is_customer else (row["about"], "")
    flags = {name: bool(row[name]) for name in ("is_known", "is_finance_error")}
    units = row["units"] if row["product"] else None
    report(then, Finding(row["text"], row["evidence"], about, handover, customer, row["product"], units, **flags))


def price(then: Then, entry: Entry) -> None:
    """From which day a product sells for how much; a price that was wrong is corrected with a reason."""
    from datetime import date

    from salesctl.samples.products import set_price

    row = entry.row("product_price")
    since = date.fromisoformat(str(entry.steps["selling price since"]))
    set_price(then, entry.about, row["price"], since, str(entry.steps.get("reason", "")))


def form(then: Then, entry: Entry) -> None:
    """Which fields of a customer's form are empty, and whether somebody may sign it."""
    import json

    from salesctl.customer_forms import actions, facts

    if entry.verb == "customer.form-sign":
        actions.sign(then, entry.about)
        return
    row = entry.row("customer_form")
    content = json.loads(row["content"])
    with then.ledger.reading() as view:
        if entry.verb == "customer.form-start":
            which = str(view.value("SELECT code FROM customer WHERE id = :id", id=row["customer_id"]))
            before = {}
        else:
            which, before = entry.about, facts.content_of(facts.form(view, entry.about))
    ask = actions.start if entry.verb == "customer.form-start" else actions.fill
    ask(then, which, {**dict.fromkeys(before, ""), **content})


def _handover_of(then: Then, entry: Entry) -> str:
    of = "SELECT h.number FROM handover_issue i JOIN handover h ON h.id = i.handover_id WHERE i.number = :issue"
    with then.ledger.reading() as view:
        return str(view.value(of, issue=entry.about))
