"""The keys people sign with."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""

def upgrade() -> None:
    op.create_table('signing_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('public', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('registered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('revoked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.CheckConstraint('(approved_at IS NULL) = (approved_by_id IS NULL)', name=op.f('ck_signing_key_approved_by_someone')),
    sa.CheckConstraint('(revoked_at IS NULL) = (revoked_by_id IS NULL)', name=op.f('ck_signing_key_revoked_by_someone')),
    sa.CheckConstraint('approved_by_id <> person_id', name=op.f('ck_signing_key_nobody_approves_their_own')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_signing_key_approved_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_signing_key_person_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['registered_by_id'], ['person.id'], name=op.f('fk_signing_key_registered_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['person.id'], name=op.f('fk_signing_key_revoked_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_signing_key_fingerprint')),
    sa.UniqueConstraint('number', name=op.f('uq_signing_key_number'))
    )
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signing_key_person_id'), ['person_id'], unique=False)

    op.execute(NOTHING_IS_DELETED.format(table="signing_key"))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
