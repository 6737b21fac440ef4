"""What the ledger knows of a loss: its handover, the roles that took part, and who bears what as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.errors import N_, WRONG, SalesctlError
from salesctl.handovers.rows import Handover, HandoverRole
from salesctl.handovers.rules import demanded, roles
from salesctl.ledger.lookup import Series, numbered
from salesctl.losses.bearers import FINANCE, SUPERVISOR
from salesctl.losses.deciding_rules import Judge
from salesctl.losses.rows import Loss, LossReversal, LossReversalShare, LossShare
from salesctl.losses.rules import CHAPTER
from salesctl.people.deciding import decider
from salesctl.people.managing import department_managers
from salesctl.receivables.rows import Receivable

if TYPE_CHECKING:
    from datetime import date

    from salesctl.desk import Desk
    from salesctl.ledger.book import Reading
    from salesctl.policy.units import Fen

LOSSES = Series(N_("loss"), "LS", "salesctl loss list")
COMPANY, TRANSFEROR, RECEIVER, MANAGER = "the_company", "transferor", "receiver", "department_manager"
PARTIES = (  # as shares name them
    *(TRANSFEROR, RECEIVER, SUPERVISOR, MANAGER, "finance", "commerce", "head_office_finance"),
    *("head_office_commerce", FINANCE, COMPANY),
)
BY_HANDOVER = (TRANSFEROR, RECEIVER, SUPERVISOR)
CLOSED = ("confirmed", "dropped")
REVERSED = "SELECT loss_id FROM loss_reversal WHERE reversed_on <= :on"  # losses taken back by a day: nobody bears them


class NotNext(SalesctlError):
    """A step that does not follow on the state of a loss."""

    code, status = "loss.state", WRONG
    says = N_("{number} is {state}: {why}.")
    hint = N_("Look at it with `salesctl loss show {number}`.")


class WrongDay(SalesctlError):
    """A business day on which this cannot have happened."""

    code, status = "loss.day", WRONG
    says = N_("This cannot have happened on {day}: it is possible from {first} to {today}.")
    hint = N_("Correct --on, or leave it out for today.")


def loss(view: Reading, text: str) -> Loss:
    """The loss of that number; `3` is `LS-3`."""
    return numbered(view, Loss, LOSSES, text)


def open_loss(view: Reading, text: str) -> Loss:
    """A loss nobody has confirmed or dropped yet.

    Raises:
        NotNext: somebody has.
    """
    found = loss(view, text)
    expect_open(view, found, *CLOSED)
    return found


def expect_open(view: Reading, one: Loss, *closed: str) -> None:
    """Refuse a loss in one of the states that close it; one that was reversed is closed whatever its state.

    Raises:
        NotNext: it is.
    """
    state = "reversed" if view.find(LossReversal, loss_id=one.key) else one.state
    if state in (*closed, "reversed"):
        raise NotNext(number=one.number, state=state, why=N_("nothing of it changes any more"))


def reversal_of(view: Reading, one: Loss, on: date) -> LossReversal | None:
    """That a loss was taken back, as of a day: the days before read as if it were not."""
    found = view.find(LossReversal, loss_id=one.key)
    return found if found and found.reversed_on <= on else None


def taken_back(view: Reading, reversal: LossReversal | None) -> dict[int, Fen]:
    """What a reversal takes back of each share, by the share; nothing without one."""
    if reversal is None:
        return {}
    rows = view.all(LossReversalShare, "reversal_id = :id", id=reversal.key)
    return {row.share_id: row.amount for row in rows}


def expect_day(desk: Desk, first: date) -> None:
    """Refuse a business day before something, or one to come.

    Raises:
        WrongDay: it is one.
    """
    if not first <= desk.today <= desk.present_day:
        raise WrongDay(day=desk.today, first=first, today=desk.present_day)


def handover_of(view: Reading, one: Loss) -> Handover:
    """The handover a loss belongs to."""
    return view.one(Handover, id=one.handover_id)


def shares_of(view: Reading, one: Loss) -> list[LossShare]:
    """Who bears what, in the order of the table; a line that a later split left without anybody is none."""
    return view.all(LossShare, "loss_id = :loss AND party <> '' ORDER BY place", loss=one.key)


def debt_of(view: Reading, one: Loss) -> Receivable | None:
    """The receivable a loss is about, if it is about one."""
    return view.find(Receivable, number=one.about) if one.about and not one.product else None


def bad_debt_of(view: Reading, debt: Receivable | None) -> str:
    """The number under which the board approved a debt as bad; empty where it did not (X-5)."""
    if debt is None:
        return ""
    return (
        view.value("SELECT number FROM bad_debt WHERE receivable_id = :debt AND state = 'approved'", debt=debt.key)
        or ""
    )


def customer_id_of(view: Reading, begun: Handover, about: str) -> int | None:
    """The customer a receivable, an issue, or a customer's own code is about; none for anything else."""
    found: int | None = view.value(
        "SELECT customer_id FROM receivable WHERE number = :about UNION ALL "
        "SELECT i.customer_id FROM handover_item i JOIN handover_issue s ON s.about = i.about "
        "WHERE i.handover_id = :handover AND s.number = :about AND i.customer_id IS NOT NULL UNION ALL "
        "SELECT id FROM customer WHERE code = :about",
        about=about,
        handover=begun.key,
    )
    return found


def handling(view: Reading, begun: Handover, one: Loss, desk: Desk) -> list[str]:
    """The roles that took part for the customer's channel; for all of them, where no customer is named (AMB-E-g)."""
    customer = customer_id_of(view, begun, one.about) if one.about else None
    if customer is None:
        return [row.role for row in view.all(HandoverRole, "handover_id = :id", id=begun.key)]
    channel = str(view.value("SELECT channel FROM customer WHERE id = :id", id=customer))
    return list(demanded(roles([channel], on=begun.started_on, policy=desk.policy)))


def person_for(view: Reading, begun: Handover, party: str, on: date) -> int | None:
    """The person who stands for a party of the table: of the handover itself, or of the reporting line on a day.

    Where nobody, or more than one, took part in a role, nobody is known.
    """
    own = {TRANSFEROR: begun.transferor_id, RECEIVER: begun.receiver_id, SUPERVISOR: begun.supervisor_id}
    if party in own:
        return own[party]
    if party == MANAGER:
        leading = department_managers(view, begun.receiver_id, on)
        return leading[0].key if leading else None
    role = "role IN ('finance', 'commerce', 'head_office_finance', 'head_office_commerce')"
    where = role if party == FINANCE else "role = :party"
    taking = view.select(
        f"SELECT DISTINCT person_id FROM handover_participant WHERE handover_id = :id AND {where}",
        id=begun.key,
        **({} if party == FINANCE else {"party": party}),
    )
    return int(taking[0][0]) if len(taking) == 1 else None


def is_finance(party: str, desk: Desk, on: date) -> bool:
    """Whether a party stands for finance or commerce."""
    return party in (FINANCE, *desk.policy.on(on, CHAPTER).items("payers")[0])


def said(view: Reading, person_id: int | None) -> str:
    """Code and name of a person; empty for nobody."""
    return view.value("SELECT code || ' ' || name FROM person WHERE id = :id", id=person_id) or ""


def judge(view: Reading, desk: Desk) -> Judge:
    """Whoever acts, as they stand on the business day and still today."""
    who = decider(view, desk)
    return Judge(who.id, who.grade, who.is_closed, who.typist_id or 0)
