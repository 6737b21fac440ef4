"""Ask every noun what is due: one moment of the ledger, nothing written, so asking twice answers the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.agenda.ordered import Ordered
from salesctl.approvals import waiting as approvals
from salesctl.bad_debts import listing as bad_debts
from salesctl.commissions import answers as commissions
from salesctl.departures import watching as departures
from salesctl.fines import waiting as fines
from salesctl.handovers import watching as handovers
from salesctl.losses import listing as losses
from salesctl.mail import letters
from salesctl.receivables import watch_list as receivables
from salesctl.rulebook import confirming as restores
from salesctl.visits import register as visits

if TYPE_CHECKING:
    from salesctl.desk import Desk

NOUNS = (
    visits,
    approvals,
    commissions,
    receivables,
    bad_debts,
    handovers,
    departures,
    losses,
    fines,
    letters,
    restores,
)


def due(desk: Desk) -> Ordered:
    """All that is due or overdue on the business day: overdue first, then by day."""
    with desk.ledger.reading() as view:
        return Ordered(one for noun in NOUNS for one in noun.due(view, desk, desk.today))
