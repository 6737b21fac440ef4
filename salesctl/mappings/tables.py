"""Which of a file's columns is which of ours, saved under a name for each noun."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import long_text, to


class ImportMap(SQLModel, table=True):
    """One saved mapping; the newest of a noun and name holds, and a dropped one ends it."""

    __tablename__ = "import_map"
    __table_args__ = (Index("ix_import_map_name", "noun", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    noun: str = Field(max_length=20)
    name: str = Field(max_length=40)
    headings: str = Field(sa_type=long_text)  # a JSON object: our key -> the file's heading
    date_format: str = Field(default="", max_length=60)
    encoding: str = Field(default="", max_length=40)
    is_dropped: bool = False
    saved_on: date
    saved_at: datetime
    saved_by_id: int | None = to("person", default=None)  # nobody while a department is set up
