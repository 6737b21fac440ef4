"""Applications of every kind, their steps, and lent authority."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""
TABLES = ("delegation", "request", "request_step")
STATES = "'draft', 'pending', 'endorsed', 'granted', 'rejected', 'returned', 'withdrawn', 'expired', 'executed'"
WAITING = "state IN ('draft', 'pending', 'endorsed', 'returned')"
KEPT = (
    "id, number, matter, contract_id, amount, asked_on, asked_by_id, asked_at, typed_by_id, granted_before, {base}, "
    "level, state, decided_by_id, decided_on, decided_at, reason"
)


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("lent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("giver_id <> deputy_id", name=op.f("ck_delegation_two_people")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_delegation_until_is_not_before_from")),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["person.id"], name=op.f("fk_delegation_deputy_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_delegation_giver_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index("ix_delegation_deputy_id", ["deputy_id", "from_on"], unique=False)

    _request()
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("for_id", sa.Integer(), nullable=True),
        sa.Column("is_alone", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_request_step_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["for_id"], ["person.id"], name=op.f("fk_request_step_for_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_step_request_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    with op.batch_alter_table("request_step", schema=None) as batch_op:
        batch_op.create_index("ix_request_step_request_id", ["request_id", "what"], unique=False)
        batch_op.create_index(
            "ix_request_step_alone",
            ["made_on"],
            unique=False,
            sqlite_where=sa.text("is_alone = 1"),
            postgresql_where=sa.text("is_alone"),
        )
    for table in TABLES:
        op.execute(NOTHING_IS_DELETED.format(table=table))


def _request() -> None:
    """Made anew, as its checks and an obligatory column change; what it held is kept as it was."""
    op.drop_index("ix_request_contract", "request")
    op.drop_index("ix_request_pending", "request")
    op.rename_table("request", "request_before")
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False, server_default=""),
        sa.Column("line", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False, server_default=""),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False, server_default=""),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default=""),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False, server_default=""),
        sa.Column("granted_before", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_request_amount_is_not_negative")),
        sa.CheckConstraint(
            "(contract_id IS NULL) <> (customer_id IS NULL)", name=op.f("ck_request_contract_or_customer")
        ),
        sa.CheckConstraint("granted_before >= 0 AND base >= 0", name=op.f("ck_request_base_is_not_negative")),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_request_state_is_known")),
        sa.CheckConstraint(
            "(state IN ('granted', 'rejected', 'executed')) = (decided_at IS NOT NULL)",
            name=op.f("ck_request_decided_at_some_time"),
        ),
        sa.CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)", name=op.f("ck_request_decided_by_someone")
        ),
        *(
            sa.ForeignKeyConstraint([f"{who}_id"], ["person.id"], name=op.f(f"fk_request_{who}_id"), ondelete="RESTRICT")
            for who in ("asked_by", "typed_by", "edited_by", "decided_by", "decided_for")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_request_contract_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_request_customer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("number", name=op.f("uq_request_number")),
    )
    op.execute(
        f"INSERT INTO request ({KEPT.format(base='base')}) SELECT {KEPT.format(base='received')} FROM request_before"
    )
    op.drop_table("request_before")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_request_about",
            ["about", "matter"],
            unique=False,
            sqlite_where=sa.text("about <> ''"),
            postgresql_where=sa.text("about <> ''"),
        )
        batch_op.create_index("ix_request_asked_by", ["asked_by_id", "asked_at"], unique=False)
        batch_op.create_index("ix_request_contract", ["contract_id", "matter", "state"], unique=False)
        batch_op.create_index("ix_request_customer", ["customer_id", "matter", "state"], unique=False)
        batch_op.create_index(
            "ix_request_waiting",
            ["state", "level", "asked_on"],
            unique=False,
            sqlite_where=sa.text(WAITING),
            postgresql_where=sa.text(WAITING),
        )


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
