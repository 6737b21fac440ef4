"""What is said beside a loss that is shown: what comes next, what else it does, the limits of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console import words
from salesctl.console.words import _
from salesctl.losses import facts
from salesctl.policy.units import yuan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salesctl.desk import Desk
    from salesctl.losses.ceilings import Ceiling
    from salesctl.losses.listing import Whole


def told(desk: Desk, found: Whole, ceilings: Mapping[int, Ceiling]) -> Iterator[str]:
    """What is said beside a loss: the next step, what else it does, the limits of the law."""
    one = found.loss
    if found.reversal:
        yield from _reversed(found)
        return
    yield from _next(found)
    if found.bad_debt:
        text = _("Same debt, two consequences: {bad_debt} lowers the sales figures as well (X-5, A-8.4).")
        yield text.format(bad_debt=found.bad_debt)
        if any(share.party == facts.TRANSFEROR for share in found.shares):
            yield _("It was listed before the signatures, so both are the transferor's (X-6, E-15b).")
    if one.is_finance_error and found.shares:
        choice, _basis = desk.policy.on(one.found_on, "E.losses").text("error_reading")
        read = words.of(desk.policy.readings["AMB-E-c"]["chosen"]) if choice == "replace" else ""
        text = _("How the supervisor's share is read: {choice} (AMB-E-c). {read}")
        yield text.format(choice=_(choice.replace("_", " ")), read=read).strip()
    net = (one.amount or 0) - one.recovered
    if found.left_now is not None and one.amount is not None and found.left_now < net and one.state != "dropped":
        text = _("Money has come in since it was valued: {left} yuan of the debt are still paid by nobody.")
        yield text.format(left=yuan(found.left_now))
    bearing = [share.person_id for share in found.shares if share.person_id and share.amount]
    for key in dict.fromkeys(key for key in bearing if bearing.count(key) > 1):
        text = _("{person} stands for two parties here; look at AMB-E-k before it is confirmed.")
        yield text.format(person=found.people[key])
    yield from _law(found, ceilings)


def _reversed(found: Whole) -> Iterator[str]:
    """That a loss was taken back, what that leaves to be done, and where a right one would be reported."""
    number, back = found.loss.number, found.reversal
    if back is None:
        return
    text = _("{number} was reversed on {day}: nobody bears anything of it from then on.")
    yield text.format(number=number, day=back.reversed_on)
    yield _("What was taken from wages for it is to be paid back; salesctl moves no money itself.")
    yield _("If it is the loss of somebody else, report it anew: salesctl loss report")


def _law(found: Whole, ceilings: Mapping[int, Ceiling]) -> Iterator[str]:
    """The limits of the law beside the shares: L-1, L-2, L-12."""
    if not any(share.person_id and (share.amount or "E-20a" in share.clause) for share in found.shares):
        return
    for key, most in ceilings.items():
        text = _(
            "{person}: the regulation asks {demanded} in the month, the law lets {allowed} be taken from that wage."
        )
        yield text.format(person=found.people[key], demanded=yuan(most.demanded), allowed=yuan(most.allowed))
        if not most.is_known:
            yield _("The minimum wage is not set, so only the share of the wage was asked (L-1, L-2).")
    if not ceilings:
        yield _("The law limits what may be taken from a month's wages (L-1, L-2): see it with --wage PERSON=YUAN.")
    silent = [share for share in found.shares if share.person_id and share.amount and not share.evidence]
    if silent and found.loss.state == "split":
        said = ", ".join(_(share.party.replace("_", " ")) for share in silent)
        text = _("No fault is shown of: {parties} (L-12). Say it with loss split {number} --fault PARTY=TEXT.")
        yield text.format(parties=said, number=found.loss.number)


def _next(found: Whole) -> Iterator[str]:
    """What comes next."""
    one = found.loss
    number = one.number
    if one.state == "reported":
        yield _("Next: salesctl loss value {number}").format(number=number)
    if one.state == "valued":
        yield _("Next: salesctl loss split {number}").format(number=number)
    if one.state == "split":
        unnamed = [s.party for s in found.shares if s.person_id is None and s.party != facts.COMPANY]
        for party in unnamed:
            text = _("Nobody is named as {party}: salesctl loss split {number} --bearer {slug}=PERSON")
            yield text.format(party=_(party.replace("_", " ")), number=number, slug=party)
        if one.valued_by_id and one.valued_by_id in {share.person_id for share in found.shares}:
            text = _("It was valued by {person}, who bears a share of it: whoever confirms it looks at the sum (K-12).")
            yield text.format(person=found.people[one.valued_by_id])
        if not unnamed:
            yield _("Next, by somebody who bears nothing of it: salesctl loss confirm {number}").format(number=number)
    if one.is_finance_error and not one.gravity and one.state != "dropped":
        yield _("All or half of the post wage is to be decided: salesctl loss gravity {number}").format(number=number)
    if one.is_finance_error and not one.criticised_in and one.state != "dropped":
        text = _("The public criticism is not recorded: salesctl loss criticise {number} --notice TEXT")
        yield text.format(number=number)
