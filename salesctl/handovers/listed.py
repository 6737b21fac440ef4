"""What was known at the signatures of a handover: a problem listed as open, a debt in dispute (AMB-E-n, X-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_
from salesctl.handovers.issues import standing
from salesctl.handovers.rows import Handover, HandoverIssue
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date

    from salesctl.ledger.book import Reading
    from salesctl.policy.policy import Policy

NOT_KNOWN = ("settled", "carried")  # what became of it by the signatures (E-15a, E-16)
DISPUTED = """SELECT 1 FROM dispute d JOIN receivable r ON r.id = d.receivable_id WHERE r.number = :about
    AND d.from_on <= :day AND (d.until_on IS NULL OR d.until_on > :day) LIMIT 1"""
PASSED = """state = 'complete' AND signed_on <= :on AND id IN
    (SELECT i.handover_id FROM handover_item i JOIN receivable r ON r.customer_id = i.customer_id
    WHERE i.kind = 'customer' AND r.number = :about AND r.issued_on <= handover.signed_on) ORDER BY signed_on, id"""
WORDS = (N_("in dispute at the signatures"), N_("carried on past the period"))


class Listed(Record):
    """Whether something was listed as a problem that could have been settled, and where it says so."""

    is_known: bool
    where: str = ""  # the issue's number, or English from the catalogue; empty: nothing was said of it


def listed(view: Reading, begun: Handover, about: str, on: date, policy: Policy) -> Listed:
    """What a handover said of an issue or a receivable when it was signed, or says on a day before that.

    A problem that runs past the period was carried on, so it is not the transferor's (E-16); that holds for the debt
    it is about as well, in dispute or not.
    """
    day = begun.signed_on or on
    of = "handover_id = :handover AND found_on <= :day AND (number = :about OR about = :about)"
    found = view.all(HandoverIssue, of, handover=begun.key, day=day, about=about)
    stood = [(one.number, standing(begun, one, day, policy).state) for one in found]
    if open_ones := [number for number, state in stood if state not in NOT_KNOWN]:
        return Listed(is_known=True, where=", ".join(open_ones))
    if carried := [number for number, state in stood if state == "carried"]:
        return Listed(is_known=False, where=", ".join(carried))
    if view.value(DISPUTED, about=about, day=day):
        return Listed(is_known=True, where=WORDS[0])
    return Listed(is_known=False)


def disputed_in(view: Reading, about: str, on: date, policy: Policy) -> Handover | None:
    """The first complete handover that passed a debt on while it was listed as disputed or open; none, as a rule."""
    for passed in view.all(Handover, PASSED, on=on, about=about):
        if listed(view, passed, about, on, policy).is_known:
            return passed
    return None
