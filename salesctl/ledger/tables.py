"""The ledger's own tables: its settings, the company packs it adopted, and the journal."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import long_text


class Setting(SQLModel, table=True):
    """What was fixed when the ledger was made: its id, how people identify themselves."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=40)
    value: str = Field(max_length=200)


class AdoptedPack(SQLModel, table=True):
    """A company's own pack, as it stood when it was adopted; the newest of each name holds."""

    __tablename__ = "adopted_pack"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80, index=True)
    digest: str = Field(max_length=64)
    content: str = Field(sa_type=long_text)
    adopted_at: datetime
    adopted_on: date


class Journal(SQLModel, table=True):
    """One entry a transaction; `body` is what is hashed, the other columns repeat parts of it for look-ups."""

    __table_args__ = (
        # The newest time read from a clock: a declared one, however late, must not hold it.
        Index("ix_journal_clocked", "seq", sqlite_where=text("clock <> 'declared'"),
              postgresql_where=text("clock <> 'declared'")),
    )  # fmt: skip

    seq: int | None = Field(default=None, primary_key=True)
    prev: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    recorded_at: str = Field(max_length=26)
    clock: str = Field(max_length=8)  # system, held (the machine's clock was behind), declared
    actor: str | None = Field(default=None, max_length=40)
    verb: str = Field(max_length=40)
    about: str = Field(max_length=40, index=True)
    request_id: str | None = Field(default=None, max_length=80, unique=True)
    body: str = Field(sa_type=long_text)
