"""What the rules of a project are asked about: a consent, people, tasks, money (B-1 to B-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesctl.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime

    from salesctl.policy.units import Fen


class Consent(Record):
    """A customer's consent to a recording."""

    is_given: bool
    by: str = ""  # who of the customer's people
    at: datetime | None = None


class Member(Record):
    """Somebody in the project service group."""

    person: str
    department: str


class Task(Record):
    """A line of the work schedule."""

    name: str
    owner: str = ""
    due_on: date | None = None


class Seat(Record):
    """A role in an internal review: who filled it, or why nobody did."""

    role: str
    person: str = ""
    excuse: str = ""


class Attendee(Record):
    """Somebody at a pitch, in the room or remotely; one person may be listed in several roles."""

    person: str
    is_ours: bool
    role: str = ""


class Contract(Record):
    """A contract with a customer."""

    total: Fen  # tax and signed amendments included (AMB-B-b)
    signed_on: date | None = None


class Receipt(Record):
    """Money received from the customer."""

    received_on: date
    amount: Fen
    is_credited: bool = False  # earnest money of before the signature, credited to the contract (AMB-B-b)


class Override(Record):
    """A recorded decision that work may start with less money; no grade where there is none."""

    grade: str = ""
    reason: str = ""
