"""Staff and their standing over time."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import to


class Person(SQLModel, table=True):
    """One member of staff; closed when they leave, never removed."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)  # P001, or the company's own
    name: str = Field(max_length=200)
    name_key: str = Field(index=True, max_length=200)  # the name as it is looked up
    closed_on: date | None = None  # the first day they are no longer here


class PersonAlias(SQLModel, table=True):
    """Another name a person goes by."""

    __tablename__ = "person_alias"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = to("person", index=True)
    alias: str = Field(max_length=200)
    alias_key: str = Field(index=True, max_length=200)


class PersonLogin(SQLModel, table=True):
    """A login of the operating system that is this person."""

    __tablename__ = "person_login"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = to("person", index=True)
    login: str = Field(unique=True, max_length=80)


class PersonEmail(SQLModel, table=True):
    """Where letters to a person go from a day on; the newest holds, an empty one says nowhere."""

    __tablename__ = "person_email"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = to("person", index=True)
    address: str = Field(max_length=254)
    since: date


class Standing(SQLModel, table=True):
    """What holds of a person from one day until another: half-open, closed by its successor, never overwritten."""

    __table_args__ = (
        CheckConstraint("aspect IN ('grade', 'department', 'superior', 'regime')", name="aspect_is_known"),
        # Equal days hold on none: a change that was to begin after somebody's last day.
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="until_is_not_before_from"),
        CheckConstraint("(aspect = 'superior') = (superior_id IS NOT NULL)", name="superior_is_a_person"),
        Index(
            "uq_standing_open",
            "person_id",
            "aspect",
            unique=True,
            sqlite_where=text("until_on IS NULL AND aspect <> 'regime'"),
            postgresql_where=text("until_on IS NULL AND aspect <> 'regime'"),
        ),
        Index("ix_standing_person", "person_id", "aspect", "from_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = to("person")
    aspect: str = Field(max_length=12)
    value: str = Field(max_length=80)  # a grade, a department, the superior's code, a regulation's letter
    superior_id: int | None = to("person", default=None)
    from_on: date
    until_on: date | None = None
    entered_at: datetime | None = None  # what was asked for before is not decided by it; none: it was always known


class Delegation(SQLModel, table=True):
    """Somebody's authority, lent to a deputy for a time: half-open days; it may end sooner, never later."""

    __table_args__ = (
        CheckConstraint("giver_id <> deputy_id", name="two_people"),
        CheckConstraint("until_on >= from_on", name="until_is_not_before_from"),
        Index("ix_delegation_deputy_id", "deputy_id", "from_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    giver_id: int = to("person")
    deputy_id: int = to("person")
    from_on: date
    until_on: date  # the first day it does not hold any more
    lent_at: datetime
