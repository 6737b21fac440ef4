"""The outing register (A-1)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import to


class Outing(SQLModel, table=True):
    """One way out and back; its stops are visits. `filed_at` is when the register was filled in (A-1.1)."""

    __table_args__ = (
        CheckConstraint("returned_at IS NULL OR left_at IS NOT NULL", name="returns_after_leaving"),
        CheckConstraint("returned_at IS NULL OR returned_at >= left_at", name="return_is_not_before_leaving"),
        Index("ix_outing_person_id_outing_on", "person_id", "outing_on"),
        Index(
            "ix_outing_open",
            "outing_on",
            sqlite_where=text("returned_at IS NULL"),
            postgresql_where=text("returned_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # V-12
    person_id: int = to("person")
    outing_on: date  # the day of the outing
    is_direct: bool = False  # straight from home
    filed_at: datetime | None = None  # none: planned, or left without an entry
    left_at: datetime | None = None
    returned_at: datetime | None = None
    origin: str = Field(default="desk", max_length=8)  # desk, paper (imported)
    recorded_at: datetime  # when this row was typed in; of a paper register, later than `filed_at`


class Visit(SQLModel, table=True):
    """One stop of an outing: the text as written, and the company it names."""

    id: int | None = Field(default=None, primary_key=True)
    outing_id: int = to("outing", index=True)
    entry: str = Field(max_length=200)
    customer_id: int | None = to(
        "customer", default=None, index=True
    )  # none: a company not in the register, or unclear
    is_clear: bool  # AMB-A1-a
    is_added: bool = False  # on the road (AMB-A1-f)
    added_at: datetime


class Incident(SQLModel, table=True):
    """An absence that the rule proposes and a director confirms or overrules; never money (A-1.3)."""

    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'confirmed', 'overruled', 'lapsed')", name="state_is_known"),
        CheckConstraint("cause IN ('unclear', 'late', 'missing')", name="cause_is_known"),
        CheckConstraint("(state IN ('proposed', 'lapsed')) = (decided_by_id IS NULL)", name="decided_by_someone"),
        Index("ix_incident_state", "state", "occurred_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # I-3
    outing_id: int = to("outing", unique=True)  # one outing, one incident
    person_id: int = to("person", index=True)
    clause: str = Field(max_length=12)
    cause: str = Field(max_length=12)
    occurred_on: date
    state: str = Field(default="proposed", max_length=12)  # lapsed: the entry was cured before leaving
    decided_by_id: int | None = to("person", default=None)
    decided_at: datetime | None = None
    reason: str = Field(default="", max_length=500)
