"""What a handover still misses, who must act, and the clause that wants it (E-4 to E-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.handovers import checking, delivering, issues, items, joining, signing, visiting
from salesctl.handovers import completion_rules as rules
from salesctl.handovers.actions import MOST_NAMED, categories, parties
from salesctl.handovers.papers import titled
from salesctl.people.rows import Person
from salesctl.policy.units import yuan
from salesctl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from salesctl.desk import Desk
    from salesctl.handovers.rows import Handover
    from salesctl.handovers.signing import State
    from salesctl.ledger.book import Reading

OF_FINANCE = ("receivables_detail", "sample_detail")  # whose papers finance or commerce draws up (E-14)
FINANCE = N_("finance or commerce")
ADVICE = {  # step -> the command that closes the gap
    "papers_issued": "salesctl handover paper {number} all",
    "papers_checked": "salesctl handover check {number} ITEM --complete --true",
    "customers_visited": "salesctl handover visit {number} CUSTOMER --signer NAME",
    "roles": "salesctl handover join {number} PERSON --role ROLE",
    "issues_settled": "salesctl handover issues {number}",
    "papers_signed": "salesctl handover sign {number} all",
    "papers_delivered": "salesctl handover deliver {number}; salesctl handover acknowledge {number}",
    "parties": "salesctl handover cancel {number} --why TEXT",
}
KINDS = {  # step -> what a gap in it is called
    "papers_issued": N_("paper"),
    "papers_checked": N_("check"),
    "customers_visited": N_("joint visit"),
    "roles": N_("role"),
    "issues_settled": N_("problem"),
    "papers_signed": N_("signature"),
    "papers_delivered": N_("delivery"),
    "parties": N_("party"),
}
WORDS = (N_("missing"), N_("disputed"), N_("unverified"))


class Gap(Record):
    """One thing that is missing."""

    step: str  # of E.handover.steps; besides `roles` and `parties`
    about: str  # the number or code of what it is about
    says: str  # English, from the catalogue; `facts` fill it
    facts: Mapping[str, object]
    who: str  # who must act
    clause: str
    state: str = "missing"  # missing; disputed; unverified: waived, keeps nothing up

    @property
    def is_blocking(self) -> bool:
        """Whether the handover cannot be complete with it."""
        return self.state != "unverified"

    def said(self, word: Callable[[str], str]) -> str:
        """What is missing, in another language."""
        facts = {name: word(fact) if isinstance(fact, str) else fact for name, fact in self.facts.items()}
        return word(self.says).format(**facts)


class Names(Record):
    """Who acts in a case, by code and name."""

    transferor: str
    receiver: str
    supervisor: str
    finance: str  # who takes part for finance or commerce; the function where nobody is named yet
    manager: str

    def of(self, party: str) -> str:
        """One of the three parties."""
        return {"transferor": self.transferor, "receiver": self.receiver}.get(party, self.supervisor)


def gaps(view: Reading, desk: Desk, begun: Handover) -> list[Gap]:
    """Everything a handover still misses on the business day, in the order of its steps."""
    roles = joining.roles_of(view, begun, desk.today)
    named = _names(view, desk, begun, roles)
    found = signing.states(view, begun)
    return [
        *_parties(view, desk, begun, named),
        *_papers(desk, begun, found, named),
        *_later(view, desk, begun, named),
        *_checks(view, begun, named),
        *_visits(view, desk, begun, named),
        *_roles(roles, named),
        *_issues(view, desk, begun, named),
        *_signatures(desk, begun, found, named),
        *_deliveries(view, begun, found, named),
    ]


def _names(view: Reading, desk: Desk, begun: Handover, roles: list[joining.Role]) -> Names:
    taking = [one.person for one in roles if one.person and one.role.endswith(("finance", "commerce"))]
    manager = visiting.manager_of(view, begun, desk.today)
    said = f"{manager.code} {manager.name}" if manager else "-"
    return Names(*parties(view, begun), ", ".join(dict.fromkeys(taking)) or FINANCE, said)


def _parties(view: Reading, desk: Desk, begun: Handover, named: Names) -> Iterator[Gap]:
    """A receiver or a supervisor who has left: the case goes on with nobody in their place."""
    for key, role in ((begun.receiver_id, "receiver"), (begun.supervisor_id, "handover supervisor")):
        one = view.one(Person, id=key)
        if one.closed_on is not None and one.closed_on <= desk.today:
            facts = {"role": role, "person": one.name}
            says = N_("the {role} {person} has left: cancel it, and start it again with somebody else")
            yield Gap("parties", one.code, says, facts, named.manager, "E-4d" if role != "receiver" else "E-4b")


def _papers(desk: Desk, begun: Handover, found: list[State], named: Names) -> Iterator[Gap]:
    covered = {one.paper.category for one in found}
    for category in categories(desk, begun):
        if category not in covered:
            says, facts = N_("no paper of {category}, and none that says there is nothing"), {"category": category}
            who = named.finance if category in OF_FINANCE else named.transferor
            words = {"category": category.replace("_", " ")}
            yield Gap("papers_issued", category, says, {**facts, **words}, who, "E-5")


LATER = N_("came up after the start and is not on the checklist: {kind} {numbers} ({count})")


def _later(view: Reading, desk: Desk, begun: Handover, named: Names) -> Iterator[Gap]:
    """What the customers have by now and nobody has listed: issued anew, the papers and the checklist have it too."""
    for (category, kind), rows in items.unlisted(view, begun, desk.today).items():
        numbers = ", ".join(str(row[0]) for row in rows[:MOST_NAMED]) + (" …" if len(rows) > MOST_NAMED else "")
        facts = {"kind": kind, "numbers": numbers, "count": len(rows)}
        who = named.finance if category in OF_FINANCE else named.transferor
        yield Gap("papers_issued", category, LATER, facts, who, "E-5")


def _checks(view: Reading, begun: Handover, named: Names) -> Iterator[Gap]:
    for one in checking.progress(view, begun).values():
        if one.checked < one.items:
            says = N_("{count} of {all} items of {category} are not checked for being complete and true")
            facts = {"count": one.items - one.checked, "all": one.items, "category": one.category.replace("_", " ")}
            yield Gap("papers_checked", one.category, says, facts, named.receiver, "E-4b")
    for category, kind, about, is_complete, is_true, remark in checking.doubts(view, begun):
        trouble = N_("untrue") if is_complete else N_("incomplete") if is_true else N_("incomplete and untrue")
        facts = {"kind": kind, "trouble": trouble, "remark": remark}
        yield Gap("papers_checked", about or category, DOUBT, facts, named.transferor, "E-12")


DOUBT = N_("the receiver found the {kind} {trouble}: {remark}; once it is put right, the receiver checks it again")
VISIT = N_("{customer} is not visited by all three together")
SIGN = N_("{customer} has not signed the papers")
WAIVED = N_("{customer} is waived and stays unverified; the receiver may refuse to sign")


def _visits(view: Reading, desk: Desk, begun: Handover, named: Names) -> Iterator[Gap]:
    three = ", ".join((named.transferor, named.receiver, named.supervisor))
    for one in visiting.states(view, desk, begun):
        facts = {"customer": one.name}
        if one.state == "not_visited":
            yield Gap("customers_visited", one.code, VISIT, facts, three, "E-6a")
        elif one.state == "not_signed":
            yield Gap("customers_visited", one.code, SIGN, facts, three, "E-6b")
        elif one.state == "waived":
            yield Gap("customers_visited", one.code, WAIVED, facts, named.receiver, "E-4c", "unverified")


def _roles(roles: list[joining.Role], named: Names) -> Iterator[Gap]:
    for one in roles:
        if not one.person and one.role != joining.SALES:  # transferor and receiver are sales
            says, facts = N_("nobody takes part as {role}"), {"role": one.role.replace("_", " ")}
            yield Gap("roles", one.role, says, facts, named.supervisor, one.clauses)


def _issues(view: Reading, desk: Desk, begun: Handover, named: Names) -> Iterator[Gap]:
    for one in issues.listed(view, begun, desk.today, desk.policy):
        facts: dict[str, object] = {"text": one.issue.text, "amount": yuan(one.issue.amount or 0)}
        if one.state == "open":
            says = N_("problem not settled, and without a plan that was reported: {text}")
            who = ", ".join((named.transferor, named.supervisor))
            yield Gap("issues_settled", one.issue.number, says, facts, who, "E-13")
        elif one.state == "planned":
            yield Gap(
                "issues_settled", one.issue.number, N_("problem not settled: {text}"), facts, named.transferor, "E-15a"
            )
        elif one.state == "carried" and one.issue.carried_on is None:
            says = N_("it runs past the handover and the receiver has not taken it on: {text}")
            yield Gap("issues_settled", one.issue.number, says, facts, named.receiver, "E-16")
        elif one.state == "unsettled":
            says = N_("not settled in time, the loss is the transferor's: {text}")
            yield Gap("issues_settled", one.issue.number, says, facts, named.transferor, "E-15b", "unverified")


def _signatures(desk: Desk, begun: Handover, found: list[State], named: Names) -> Iterator[Gap]:
    """Each signature that the rule misses; a refusal with its reason."""
    missing = rules.unsigned(signing.as_asked(found), on=begun.started_on, policy=desk.policy).value
    by_number = {one.number: one for one in found}
    for line in missing if isinstance(missing, list) else []:
        number, colon, party = line.partition(": ")
        if not colon:
            continue  # a category without a paper
        one = by_number[number]
        facts = {"party": party.replace("_", " "), "title": titled(one.paper), "why": one.refusal}
        facts["category"] = one.paper.category.replace("_", " ")
        is_none = one.paper.kind == "none"
        if party == "receiver" and one.refusal:
            says = REFUSED_NONE if is_none else N_("the receiver refuses to sign {title}: {why}")
            yield Gap("papers_signed", number, says, facts, named.receiver, "E-4c", "disputed")
        else:
            says = UNSIGNED_NONE if is_none else N_("{title} is not signed by the {party}")
            yield Gap("papers_signed", number, says, facts, named.of(party), "E-4e")


UNSIGNED_NONE = N_("that there is nothing of the category {category} is not signed by the {party}")
REFUSED_NONE = N_("the receiver refuses to sign that there is nothing of the category {category}: {why}")


def _deliveries(view: Reading, begun: Handover, found: list[State], named: Names) -> Iterator[Gap]:
    for one in delivering.deliveries(view, begun, [state.paper for state in found]):
        facts = {"receiver": delivering.SAYS[one.receiver]}
        who = named.finance if one.receiver == "finance_commerce" else named.manager
        if one.delivered_on is None:
            says = N_("the signed papers are not delivered to: {receiver}")
            yield Gap("papers_delivered", one.receiver, says, facts, named.supervisor, "E-4f")
        elif one.acknowledged_on is None:
            says = N_("the papers are not acknowledged by: {receiver}")
            yield Gap("papers_delivered", one.receiver, says, facts, who, "E-4f")
