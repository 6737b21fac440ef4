"""Gross negligence; indexes of payments and invoices that differ."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

NOTHING_IS_DELETED = """CREATE TRIGGER negligence_is_never_deleted BEFORE DELETE ON negligence
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""


def upgrade() -> None:
    op.create_table('negligence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('clause', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('matter', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('about', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('occurred_on', sa.Date(), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('proposed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name=op.f('ck_negligence_decided_at_some_time')),
    sa.CheckConstraint("matter IN ('gross_negligence')", name=op.f('ck_negligence_matter_is_known')),
    sa.CheckConstraint("state <> 'dropped' OR reason <> ''", name=op.f('ck_negligence_dropped_for_a_reason')),
    sa.CheckConstraint("state IN ('proposed', 'upheld', 'dropped')", name=op.f('ck_negligence_state_is_known')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_negligence_decided_by_someone')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_negligence_amount_is_positive')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_negligence_decided_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_negligence_person_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_negligence_proposed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_negligence_typed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_negligence')),
    sa.UniqueConstraint('number', name=op.f('uq_negligence_number'))
    )
    op.create_index('ix_negligence_act', 'negligence', ['clause', 'about', 'person_id'], unique=True, sqlite_where=sa.text("state <> 'dropped'"), postgresql_where=sa.text("state <> 'dropped'"))
    op.create_index(op.f('ix_negligence_person_id'), 'negligence', ['person_id'], unique=False)
    op.create_index('ix_negligence_state', 'negligence', ['state', 'proposed_on'], unique=False)

    op.create_index('ix_receipt_credit', 'receipt', ['received_on'], unique=False, sqlite_where=sa.text('credit > 0'), postgresql_where=sa.text('credit > 0'))

    op.create_index('ix_receivable_partly_paid', 'receivable', ['due_on'], unique=False, sqlite_where=sa.text('open > 0 AND paid > 0'), postgresql_where=sa.text('open > 0 AND paid > 0'))
    op.execute(NOTHING_IS_DELETED)


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
