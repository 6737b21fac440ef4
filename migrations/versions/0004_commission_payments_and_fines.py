"""Commission payments and fines."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""
TABLES = ("fine", "fine_step", "commission_payment", "commission_confirmation")


def upgrade() -> None:
    op.create_table('fine',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('clause', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('matter', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('about', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('occurred_on', sa.Date(), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('proposed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.CheckConstraint("matter IN ('fine', 'donation', 'shortfall', 'loss')", name=op.f('ck_fine_matter_is_known')),
    sa.CheckConstraint("state IN ('proposed', 'suspended', 'confirmed', 'waived', 'deduction_candidate', 'posted', 'blocked_by_law')", name=op.f('ck_fine_state_is_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_fine_amount_is_positive')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_fine_person_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_fine_proposed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_fine_typed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fine')),
    sa.UniqueConstraint('number', name=op.f('uq_fine_number'))
    )
    with op.batch_alter_table('fine', schema=None) as batch_op:
        batch_op.create_index('ix_fine_act', ['clause', 'about', 'person_id'], unique=True, sqlite_where=sa.text("state <> 'waived'"), postgresql_where=sa.text("state <> 'waived'"))
        batch_op.create_index('ix_fine_person_id', ['person_id', 'occurred_on'], unique=False)
        batch_op.create_index('ix_fine_state', ['state', 'proposed_on'], unique=False)

    op.create_table('fine_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fine_id', sa.Integer(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('booked_in', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('wage', sa.BigInteger(), nullable=True),
    sa.Column('taken', sa.BigInteger(), nullable=True),
    sa.Column('ceiling', sa.BigInteger(), nullable=True),
    sa.CheckConstraint("state IN ('proposed', 'suspended', 'confirmed', 'waived', 'deduction_candidate', 'posted', 'blocked_by_law')", name=op.f('ck_fine_step_state_is_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_fine_step_amount_is_positive')),
    sa.CheckConstraint('wage >= 0 AND taken >= 0 AND ceiling >= 0', name=op.f('ck_fine_step_sums_are_not_negative')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_fine_step_decided_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['fine_id'], ['fine.id'], name=op.f('fk_fine_step_fine_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_fine_step_typed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fine_step'))
    )
    with op.batch_alter_table('fine_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fine_step_fine_id'), ['fine_id'], unique=False)

    op.create_table('commission_payment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('payee', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('payee_kind', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('form', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('form_key', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('paid_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('paid_by_id', sa.Integer(), nullable=False),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('granted', sa.BigInteger(), nullable=False),
    sa.Column('paid_before', sa.BigInteger(), nullable=False),
    sa.Column('received', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("payee_kind IN ('customer_company', 'intermediary', 'person_at_the_customer')", name=op.f('ck_commission_payment_payee_kind_is_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_commission_payment_amount_is_positive')),
    sa.CheckConstraint('paid_before + amount <= granted', name=op.f('ck_commission_payment_within_what_was_granted')),
    sa.CheckConstraint('paid_before >= 0 AND received >= 0', name=op.f('ck_commission_payment_base_is_not_negative')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_commission_payment_contract_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['paid_by_id'], ['person.id'], name=op.f('fk_commission_payment_paid_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_commission_payment_request_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_commission_payment_typed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commission_payment')),
    sa.UniqueConstraint('form_key', name=op.f('uq_commission_payment_form_key')),
    sa.UniqueConstraint('number', name=op.f('uq_commission_payment_number'))
    )
    with op.batch_alter_table('commission_payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commission_payment_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commission_payment_request_id'), ['request_id'], unique=False)

    op.create_table('commission_confirmation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('received', sa.BigInteger(), nullable=False),
    sa.Column('evidence', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('fine_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('received >= 0', name=op.f('ck_commission_confirmation_received_is_not_negative')),
    sa.ForeignKeyConstraint(['fine_id'], ['fine.id'], name=op.f('fk_commission_confirmation_fine_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['payment_id'], ['commission_payment.id'], name=op.f('fk_commission_confirmation_payment_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_commission_confirmation_recorded_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_commission_confirmation_typed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commission_confirmation'))
    )
    with op.batch_alter_table('commission_confirmation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commission_confirmation_payment_id'), ['payment_id'], unique=False)

    for table in TABLES:
        op.execute(NOTHING_IS_DELETED.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
