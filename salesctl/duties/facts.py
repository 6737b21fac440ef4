"""What happens in a day at the sales office, as the rules are told it (articles 6 to 9 of regulation D)."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from salesctl.errors import N_, Unknown
from salesctl.policy.schedule import ZONE
from salesctl.policy.units import shown
from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from salesctl.policy.policy import Policy

NOBODY = "nobody"


class HandOff(Record):
    """The first receiver tells somebody that they leave, or the sales manager names the next one (D-6b)."""

    at: datetime
    told: str  # the consultant told or named; whatever it says, where it is the sales manager who is told
    is_manager: bool = False

    def stands(self, queue: list[str]) -> str:
        """Who is first receiver from then on; nobody while the sales manager has named no one (AMB-D-h)."""
        if self.is_manager:
            return NOBODY
        if self.told not in queue:
            candidates, listing = ", ".join(queue), "salesctl people list"
            raise Unknown(
                what=N_("property consultant"), value=shown(self.told), candidates=candidates, listing=listing
            )
        return self.told


class Check(Record):
    """One recorded look at a consultant's computer; `found` is empty where it was clean (D-7b)."""

    at: datetime
    found: str = ""


class RegisterDay(Record):
    """One consultant's day, and when its register was written; a day without calls wants an entry too (D-8a)."""

    day: date
    done_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was written that very day: midnight is too late, and nothing is written ahead (AMB-D-j)."""
        return self.done_at is not None and day_of(self.done_at) == self.day


class Call(Record):
    """A call that came in, and when it was called back (D-9a)."""

    rang_at: datetime
    called_back_at: datetime | None = None

    def waited(self, looked_at: datetime) -> timedelta:
        """How long the caller waited; where nobody has called back, until it is looked at."""
        return (self.called_back_at or looked_at) - self.rang_at


def day_of(at: datetime) -> date:
    """The day of a moment in Shanghai."""
    return at.astimezone(ZONE).date()


def is_at_work(at: datetime, policy: Policy) -> bool:
    """Whether a moment lies in working hours: the moment they begin does, the moment they end does not (D-7a)."""
    hours = policy.on(day_of(at), "D.duties")
    begins, ends = (time.fromisoformat(hours.text(name)[0]) for name in ("work_begins", "work_ends"))
    return begins <= at.astimezone(ZONE).time() < ends


def unit_of(name: str) -> str:
    """A person's name is shown as it is, `nobody` in the reader's language."""
    return "word" if name == NOBODY else "text"
