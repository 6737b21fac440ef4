"""The public keys people sign with, and who vouched for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from salesctl.ledger.columns import to


class SigningKey(SQLModel, table=True):
    """One public key of a person: proposed, approved by a second person, revoked; never removed."""

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_someone"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_by_someone"),
        CheckConstraint("approved_by_id <> person_id", name="nobody_approves_their_own"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=16)  # K-3
    person_id: int = to("person", index=True)
    public: str = Field(max_length=200)  # as in a file of OpenSSH: ssh-ed25519 AAAA…
    fingerprint: str = Field(unique=True, max_length=60)  # SHA256:…; one key is one person's, for ever
    registered_on: date
    registered_at: datetime
    registered_by_id: int | None = to("person", default=None)  # nobody while a department is set up
    approved_on: date | None = None
    approved_at: datetime | None = None
    approved_by_id: int | None = to("person", default=None)
    revoked_on: date | None = None
    revoked_at: datetime | None = None
    revoked_by_id: int | None = to("person", default=None)
    reason: str = Field(default="", max_length=500)  # of its being revoked
