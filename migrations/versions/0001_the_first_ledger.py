"""The first ledger."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


JOURNAL = (
    """CREATE TRIGGER journal_follows_its_head BEFORE INSERT ON journal
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
      OR NEW.prev <> coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), hex(zeroblob(32)))
    BEGIN SELECT RAISE(ABORT, 'a journal entry must follow the newest one'); END""",
    """CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""
TABLES = (
    "adopted_pack",
    "customer",
    "person",
    "setting",
    "contract",
    "customer_alias",
    "handover",
    "monthly_volume",
    "outing",
    "ownership",
    "person_alias",
    "person_login",
    "standing",
    "handover_item",
    "handover_role",
    "incident",
    "receipt",
    "receivable",
    "request",
    "visit",
    "allocation",
)


def upgrade() -> None:
    op.create_table(
        "adopted_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("adopted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adopted_pack")),
    )
    with op.batch_alter_table("adopted_pack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adopted_pack_name"), ["name"], unique=False)

    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("name_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('it', 'peripheral', 'web', 'stores')", name=op.f("ck_customer_channel_is_known")
        ),
        sa.CheckConstraint("kind IN ('platform', 'database')", name=op.f("ck_customer_kind_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("code", name=op.f("uq_customer_code")),
        sa.UniqueConstraint("name_key", name=op.f("uq_customer_name_key")),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.AutoString(length=26), nullable=False),
        sa.Column("clock", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("verb", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("request_id", name=op.f("uq_journal_request_id")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_about"), ["about"], unique=False)
        batch_op.create_index(
            "ix_journal_clocked",
            ["seq"],
            unique=False,
            sqlite_where=sa.text("clock <> 'declared'"),
            postgresql_where=sa.text("clock <> 'declared'"),
        )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("name_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("code", name=op.f("uq_person_code")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_key"), ["name_key"], unique=False)

    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("number_key", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_contract_amount_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contract_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_contract_owner_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
        sa.UniqueConstraint("number_key", name=op.f("uq_contract_number_key")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "customer_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("alias", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("alias_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_alias_customer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_alias")),
        sa.UniqueConstraint("alias_key", name=op.f("uq_customer_alias_alias_key")),
    )
    with op.batch_alter_table("customer_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_alias_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("transferor_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("is_deviation", sa.Boolean(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("leaving_on", sa.Date(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.CheckConstraint("state IN ('open', 'complete', 'cancelled')", name=op.f("ck_handover_state_is_known")),
        sa.CheckConstraint(
            "supervisor_id <> transferor_id AND supervisor_id <> receiver_id",
            name=op.f("ck_handover_supervisor_is_neither"),
        ),
        sa.CheckConstraint("transferor_id <> receiver_id", name=op.f("ck_handover_two_parties")),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["person.id"], name=op.f("fk_handover_receiver_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["person.id"], name=op.f("fk_handover_supervisor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["transferor_id"], ["person.id"], name=op.f("fk_handover_transferor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("number", name=op.f("uq_handover_number")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_receiver_id"), ["receiver_id"], unique=False)
        batch_op.create_index("ix_handover_transferor_id", ["transferor_id", "state"], unique=False)

    op.create_table(
        "monthly_volume",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("line", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("line IN ('platform', 'database')", name=op.f("ck_monthly_volume_line_is_known")),
        sa.CheckConstraint("units >= 0", name=op.f("ck_monthly_volume_units_are_not_negative")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_monthly_volume_customer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_volume")),
    )
    with op.batch_alter_table("monthly_volume", schema=None) as batch_op:
        batch_op.create_index("ix_monthly_volume_month", ["customer_id", "line", "month"], unique=False)

    op.create_table(
        "outing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("outing_on", sa.Date(), nullable=False),
        sa.Column("is_direct", sa.Boolean(), nullable=False),
        sa.Column("filed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("left_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("returned_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("returned_at IS NULL OR left_at IS NOT NULL", name=op.f("ck_outing_returns_after_leaving")),
        sa.CheckConstraint(
            "returned_at IS NULL OR returned_at >= left_at", name=op.f("ck_outing_return_is_not_before_leaving")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outing_person_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outing")),
        sa.UniqueConstraint("number", name=op.f("uq_outing_number")),
    )
    with op.batch_alter_table("outing", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outing_open",
            ["outing_on"],
            unique=False,
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )
        batch_op.create_index("ix_outing_person_id_outing_on", ["person_id", "outing_on"], unique=False)

    op.create_table(
        "ownership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until_on IS NULL OR until_on > from_on", name=op.f("ck_ownership_until_comes_after_from")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_ownership_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ownership_person_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership")),
    )
    with op.batch_alter_table("ownership", schema=None) as batch_op:
        batch_op.create_index("ix_ownership_customer", ["customer_id", "from_on"], unique=False)
        batch_op.create_index("ix_ownership_person", ["person_id", "from_on"], unique=False)
        batch_op.create_index(
            "uq_ownership_open",
            ["customer_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "person_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("alias", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("alias_key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_alias_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_alias")),
    )
    with op.batch_alter_table("person_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_alias_alias_key"), ["alias_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_alias_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_login",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("login", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_login_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_login")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login_login")),
    )
    with op.batch_alter_table("person_login", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_login_person_id"), ["person_id"], unique=False)

    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("aspect", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("superior_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(aspect = 'superior') = (superior_id IS NOT NULL)", name=op.f("ck_standing_superior_is_a_person")
        ),
        sa.CheckConstraint(
            "aspect IN ('grade', 'department', 'superior', 'regime')", name=op.f("ck_standing_aspect_is_known")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_standing_until_is_not_before_from")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_standing_person_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["superior_id"], ["person.id"], name=op.f("fk_standing_superior_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index("ix_standing_person", ["person_id", "aspect", "from_on"], unique=False)
        batch_op.create_index(
            "uq_standing_open",
            ["person_id", "aspect"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL AND aspect <> 'regime'"),
            postgresql_where=sa.text("until_on IS NULL AND aspect <> 'regime'"),
        )

    op.create_table(
        "handover_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("said", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_handover_item_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_item_handover_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_item")),
    )
    with op.batch_alter_table("handover_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_item_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_handover_item_handover_id", ["handover_id", "category"], unique=False)

    op.create_table(
        "handover_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("clauses", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_role_handover_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_role")),
        sa.UniqueConstraint("handover_id", "role", name=op.f("uq_handover_role_handover_id_role")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("outing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("clause", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.CheckConstraint(
            "(state IN ('proposed', 'lapsed')) = (decided_by_id IS NULL)", name=op.f("ck_incident_decided_by_someone")
        ),
        sa.CheckConstraint("cause IN ('unclear', 'late', 'missing')", name=op.f("ck_incident_cause_is_known")),
        sa.CheckConstraint(
            "state IN ('proposed', 'confirmed', 'overruled', 'lapsed')", name=op.f("ck_incident_state_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_incident_decided_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["outing_id"], ["outing.id"], name=op.f("fk_incident_outing_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_incident_person_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("number", name=op.f("uq_incident_number")),
        sa.UniqueConstraint("outing_id", name=op.f("uq_incident_outing_id")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_incident_state", ["state", "occurred_on"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receipt_amount_is_positive")),
        sa.CheckConstraint("credit >= 0 AND credit <= amount", name=op.f("ck_receipt_credit_is_part_of_it")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_receipt_contract_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_receipt_customer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("number", name=op.f("uq_receipt_number")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index("ix_receipt_contract", ["contract_id", "received_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipt_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "receivable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receivable_amount_is_positive")),
        sa.CheckConstraint("due_on >= issued_on", name=op.f("ck_receivable_due_is_not_before_issue")),
        sa.CheckConstraint("open = amount - paid", name=op.f("ck_receivable_open_is_what_is_left")),
        sa.CheckConstraint("open >= 0", name=op.f("ck_receivable_open_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_receivable_contract_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_receivable_customer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receivable")),
        sa.UniqueConstraint("number", name=op.f("uq_receivable_number")),
    )
    with op.batch_alter_table("receivable", schema=None) as batch_op:
        batch_op.create_index(
            "ix_receivable_contract_id",
            ["contract_id"],
            unique=False,
            sqlite_where=sa.text("contract_id IS NOT NULL"),
            postgresql_where=sa.text("contract_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_receivable_due",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("open > 0"),
            postgresql_where=sa.text("open > 0"),
        )
        batch_op.create_index(
            "ix_receivable_open",
            ["customer_id", "due_on", "open", "issued_on"],
            unique=False,
            sqlite_where=sa.text("open > 0"),
            postgresql_where=sa.text("open > 0"),
        )

    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("matter", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_before", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name=op.f("ck_request_decided_at_some_time")),
        sa.CheckConstraint("state IN ('pending', 'granted', 'rejected')", name=op.f("ck_request_state_is_known")),
        sa.CheckConstraint(
            "(decided_by_id IS NULL) = (decided_at IS NULL)", name=op.f("ck_request_decided_by_someone")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_request_amount_is_positive")),
        sa.CheckConstraint("granted_before >= 0 AND received >= 0", name=op.f("ck_request_base_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_request_asked_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_request_contract_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_request_decided_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["typed_by_id"], ["person.id"], name=op.f("fk_request_typed_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("number", name=op.f("uq_request_number")),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index("ix_request_contract", ["contract_id", "matter", "state"], unique=False)
        batch_op.create_index(
            "ix_request_pending",
            ["level", "asked_on"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outing_id", sa.Integer(), nullable=False),
        sa.Column("entry", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("is_clear", sa.Boolean(), nullable=False),
        sa.Column("is_added", sa.Boolean(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_visit_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["outing_id"], ["outing.id"], name=op.f("fk_visit_outing_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_outing_id"), ["outing_id"], unique=False)

    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("receivable_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("allocated_on", sa.Date(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_allocation_amount_is_positive")),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_allocation_receipt_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["receivable_id"], ["receivable.id"], name=op.f("fk_allocation_receivable_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index("ix_allocation_day", ["allocated_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_receipt_id"), ["receipt_id"], unique=False)
        batch_op.create_index("ix_allocation_receivable", ["receivable_id", "allocated_on", "amount"], unique=False)

    for statement in JOURNAL:
        op.execute(statement)
    for table in TABLES:
        op.execute(NOTHING_IS_DELETED.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
