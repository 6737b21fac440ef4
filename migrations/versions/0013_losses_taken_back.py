"""Confirmed losses that were taken back."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


TABLES = ("loss_reversal", "loss_reversal_share")
NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""


def upgrade() -> None:
    op.create_table('loss_reversal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('loss_id', sa.Integer(), nullable=False),
    sa.Column('reversed_on', sa.Date(), nullable=False),
    sa.Column('reversed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('reversed_by_id', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.ForeignKeyConstraint(['loss_id'], ['loss.id'], name=op.f('fk_loss_reversal_loss_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['reversed_by_id'], ['person.id'], name=op.f('fk_loss_reversal_reversed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loss_reversal')),
    sa.UniqueConstraint('loss_id', name=op.f('uq_loss_reversal_loss_id'))
    )
    op.create_table('loss_reversal_share',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reversal_id', sa.Integer(), nullable=False),
    sa.Column('share_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount <= 0', name=op.f('ck_loss_reversal_share_amount_takes_back')),
    sa.ForeignKeyConstraint(['reversal_id'], ['loss_reversal.id'], name=op.f('fk_loss_reversal_share_reversal_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['share_id'], ['loss_share.id'], name=op.f('fk_loss_reversal_share_share_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loss_reversal_share')),
    sa.UniqueConstraint('share_id', name=op.f('uq_loss_reversal_share_share_id'))
    )
    with op.batch_alter_table('loss_reversal_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_loss_reversal_share_reversal_id'), ['reversal_id'], unique=False)

    for table in TABLES:
        op.execute(NOTHING_IS_DELETED.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
