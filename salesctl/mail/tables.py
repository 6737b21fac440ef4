"""Letters that go out, to whom, with which files (A-5.3)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import long_text, to

WAITS = "sent_at IS NULL AND dropped_at IS NULL"


class Letter(SQLModel, table=True):
    """A letter that was put into the outbox, and what became of it; the journal says who put it there."""

    __table_args__ = (
        CheckConstraint("sent_how IN ('', 'smtp', 'file')", name="sent_how_is_known"),
        CheckConstraint("(sent_at IS NULL) = (sent_how = '')", name="sent_somehow"),
        CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name="sent_or_dropped"),
        CheckConstraint("(dropped_at IS NULL) = (dropped_why = '')", name="dropped_for_a_reason"),
        CheckConstraint("(tries = 0) = (tried_at IS NULL)", name="tried_some_time"),
        Index("ix_letter_waiting", "created_at", sqlite_where=text(WAITS), postgresql_where=text(WAITS)),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # M-12
    about: str = Field(default="", index=True, max_length=40)  # the number of the request, or whatever it is about
    subject: str = Field(max_length=250)
    body: str = Field(sa_type=long_text)
    message_id: str = Field(unique=True, max_length=120)  # fixed here, so that every try is the same message
    created_at: datetime
    tries: int = 0
    tried_at: datetime | None = None  # written before a try begins; without an error, its end was not recorded
    last_error: str = Field(default="", max_length=500)
    sent_at: datetime | None = None  # when the last of its addresses was accepted
    sent_how: str = Field(default="", max_length=8)
    dropped_at: datetime | None = None
    dropped_why: str = Field(default="", max_length=500)


class LetterAddress(SQLModel, table=True):
    """One address a letter goes to, as it was when the letter was written."""

    __tablename__ = "letter_address"
    __table_args__ = (CheckConstraint("kind IN ('to', 'cc')", name="kind_is_known"),)

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = to("letter", index=True)
    kind: str = Field(max_length=2)
    person_id: int | None = to("person", default=None)
    name: str = Field(max_length=200)
    address: str = Field(max_length=254)
    accepted_at: datetime | None = None  # a later try goes only to those who did not get it


class LetterFile(SQLModel, table=True):
    """A file that goes with a letter."""

    __tablename__ = "letter_file"

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = to("letter", index=True)
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=100)
    content: str = Field(sa_type=long_text)  # base64
