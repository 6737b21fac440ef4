"""What the checks of every day found: what is still open, and on which days somebody checked (section iii)."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import long_text


class AgendaItem(SQLModel, table=True):
    """Something that was due: from the check that found it first, until the first one that found it no more."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index(
            "ix_agenda_item_open",
            "rule",
            "subject",
            "period",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    rule: str = Field(max_length=8)  # T-10
    subject: str = Field(max_length=60)
    period: str = Field(max_length=24)  # the day it is due on, where its noun says nothing else
    who: str = Field(sa_type=long_text)  # who must act: what passes to somebody else is new to them
    opened_on: date
    closed_on: date | None = None


class AgendaRun(SQLModel, table=True):
    """One check that kept what it found. The next one sees which days were missed, and whether anything happened."""

    __tablename__ = "agenda_run"

    id: int | None = Field(default=None, primary_key=True)
    checked_on: date
    seen: int  # the newest entry of the journal it looked at
    asked: str = Field(max_length=64)  # the program and its packs, as one fingerprint
    is_mailed: bool  # whether it put letters into the outbox
    opened: int
    closed: int
