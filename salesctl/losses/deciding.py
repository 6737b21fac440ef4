"""What people decide on a loss: the gravity of wrong figures, the criticism, the shares, that it is none (E-20a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.console.values import listed as in_line
from salesctl.console.words import _
from salesctl.errors import N_, WRONG, Refused, SalesctlError
from salesctl.losses import facts, rules
from salesctl.losses.deciding_rules import may_decide
from salesctl.losses.splitting import NotValued, expect_current
from salesctl.policy.outcome import Basis, Outcome

if TYPE_CHECKING:
    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading, Transaction
    from salesctl.losses.rows import Loss
    from salesctl.policy.units import Fen


class NotTheirs(Refused):
    """Somebody who may not decide on this loss; the attempt is recorded."""

    code = "loss.refused"
    says = N_("{person} may not decide on {number}: {why} ({clauses}).")
    hint = N_("It takes somebody who bears nothing of it, of one of these grades: {grades}.")


class NoError(SalesctlError):
    """A loss for which nobody's figures were wrong."""

    code, status = "loss.no-error", WRONG
    says = N_("{number} does not say that finance or commerce drew up wrong figures (E-20).")
    hint = N_("If they did, drop it and report it with --finance-error.")


class Unnamed(SalesctlError):
    """Somebody bears a share, and nobody knows who it is."""

    code, status = "loss.unnamed", WRONG
    says = N_("Nobody is named for: {parties}.")
    hint = N_("salesctl loss split {number} --bearer {party}=PERSON")


class Confirmed(SalesctlError):
    """A loss that counts already is not dropped: that would read as if it had never been one."""

    code, status = "loss.confirmed", WRONG
    says = N_("{number} was confirmed on {day}: it is not dropped, it is reversed.")
    hint = N_("salesctl loss reverse {number} --reason TEXT, by somebody who did not confirm it.")


class CriticisedAlready(SalesctlError):
    """The criticism was published."""

    code, status = "loss.criticised", WRONG
    says = N_("The public criticism of {number} is recorded for {month} already.")


def say_gravity(desk: Desk, number: str, gravity: str, post_wage: Fen) -> tuple[Loss, Outcome]:
    """Decide whether all or half of the post wage is proposed, beside the share (E-20a).

    Raises:
        NoError: nobody's figures were wrong.
        NotTheirs: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("loss.gravity", desk) as tx:
        one = _wrong(tx, number)
        facts.expect_day(desk, one.found_on)
        verdict = verdict_on(tx, desk, one)
        if is_theirs := verdict.value == "granted":
            table = table_of(tx, desk, one)
            found = rules.finance_error(post_wage, gravity, table, on=one.found_on, policy=desk.policy)
            verdict = Outcome(found.value, unit="fen", steps=(*found.steps, *verdict.steps))
            tx.amend(one, gravity=gravity, post_wage=post_wage, gravity_by_id=desk.somebody.id)
        tx.record(verdict, one.number)
    if not is_theirs:
        raise not_theirs(desk, one, verdict)
    return one, verdict


def criticise(desk: Desk, number: str, notice: str) -> Loss:
    """Record that the public criticism was published on the business day (E-20a).

    Raises:
        NoError, CriticisedAlready: there is none to publish.
    """
    with desk.ledger.transaction("loss.criticise", desk) as tx:
        one = _wrong(tx, number)
        facts.expect_day(desk, one.found_on)
        if one.criticised_in:
            raise CriticisedAlready(number=one.number, month=one.criticised_in)
        month = f"{desk.today:%Y-%m}"
        answer = Outcome(month).step(N_("found on"), one.found_on, "day", Basis("", "E-20a"))
        tx.record(answer.step(N_("notice"), notice, "text", Basis("", "E-20a")), one.number)
        return tx.amend(one, criticised_in=month)


def confirm(desk: Desk, number: str) -> tuple[Loss, Outcome]:
    """Confirm the shares of a loss; nothing is taken from anybody's wages by it (K-10, L-1, L-2).

    Raises:
        NotNext: it is not split as it stands.
        Stale: the table makes other shares of it by now.
        Unnamed: somebody bears a share, and nobody knows who.
        NotTheirs: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("loss.confirm", desk) as tx:
        one = facts.open_loss(tx, number)
        if one.amount is None:
            raise NotValued(number=one.number)
        if one.state != "split":
            raise facts.NotNext(number=one.number, state=one.state, why=N_("its shares have to be split first"))
        facts.expect_day(desk, one.valued_on or one.found_on)
        expect_current(tx, desk, one)
        _expect_named(tx, one)
        verdict = verdict_on(tx, desk, one)
        if is_theirs := verdict.value == "granted":
            tx.amend(one, state="confirmed", confirmed_on=desk.today, confirmed_by_id=desk.somebody.id)
            verdict = Outcome("confirmed", unit="word", steps=(*verdict.steps, *rules.LOSS))
        tx.record(verdict, one.number)
    if not is_theirs:
        raise not_theirs(desk, one, verdict)
    return one, verdict


def drop(desk: Desk, number: str, reason: str) -> Loss:
    """Drop a loss that was none, or was counted twice: whoever reported it until it is valued, else who may decide.

    Raises:
        NotNext: it is dropped.
        Confirmed: its shares count already.
        NotTheirs: the rule refuses; the refusal is recorded.
    """
    with desk.ledger.transaction("loss.drop", desk) as tx:
        one = facts.loss(tx, number)
        facts.expect_open(tx, one, "dropped")
        if one.state == "confirmed":
            raise Confirmed(number=one.number, day=one.confirmed_on)
        facts.expect_day(desk, one.found_on)
        is_own = one.reported_by_id == desk.somebody.id and one.state == "reported"
        verdict = Outcome("granted", unit="word") if is_own else verdict_on(tx, desk, one)
        if is_theirs := verdict.value == "granted":
            verdict = Outcome("dropped", unit="word", steps=verdict.steps).step(N_("reason"), reason)
            tx.amend(one, state="dropped", remark=reason)
        tx.record(verdict, one.number)
    if not is_theirs:
        raise not_theirs(desk, one, verdict)
    return one


def table_of(view: Reading, desk: Desk, one: Loss) -> str:
    """By which table a loss is shared."""
    signed = facts.handover_of(view, one).signed_on
    return str(rules.tier(signed, one.is_known, on=one.found_on, policy=desk.policy).value)


def _wrong(tx: Transaction, number: str) -> Loss:
    one = facts.loss(tx, number)
    if not one.is_finance_error:
        raise NoError(number=one.number)
    facts.expect_open(tx, one, "dropped")
    return one


def verdict_on(view: Reading, desk: Desk, one: Loss, confirmer: int = 0) -> Outcome:
    """Whether whoever acts may decide on a loss; all whom the table could reach count as its bearers."""
    bearers = {share.person_id for share in facts.shares_of(view, one)}
    begun = facts.handover_of(view, one)
    parties = {begun.transferor_id, begun.receiver_id, begun.supervisor_id}
    concerned = bearers - {None} if bearers else parties
    people = sorted(key for key in concerned if key is not None)
    judge = facts.judge(view, desk)
    return may_decide(judge, people, one.reported_by_id, confirmer, on=desk.today, policy=desk.policy)


def _expect_named(view: Reading, one: Loss) -> None:
    unnamed = [s.party for s in facts.shares_of(view, one) if s.person_id is None and s.party != facts.COMPANY]
    if unnamed:
        said = ", ".join(party.replace("_", " ") for party in unnamed)
        raise Unnamed(parties=said, number=one.number, party=unnamed[0])


def not_theirs(desk: Desk, one: Loss, verdict: Outcome, kind: type[NotTheirs] = NotTheirs) -> NotTheirs:
    """The refusal, with the grades that decide."""
    deciding, _basis = desk.policy.on(desk.today, rules.CHAPTER).items("deciders")
    grades = in_line(_(grade.replace("_", " ")) for grade in deciding)
    why, clauses = verdict.steps[-1].note, ", ".join(verdict.clauses)
    return kind(person=desk.somebody.name, number=one.number, why=why, clauses=clauses, grades=grades)
