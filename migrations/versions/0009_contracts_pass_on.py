"""Who has a contract after a handover."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""


def upgrade() -> None:
    op.create_table('contract_ownership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.CheckConstraint('until_on IS NULL OR until_on > from_on', name=op.f('ck_contract_ownership_until_comes_after_from')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_ownership_contract_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contract_ownership_person_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_ownership')),
    sa.UniqueConstraint('contract_id', 'from_on', name=op.f('uq_contract_ownership_contract_id_from_on'))
    )
    with op.batch_alter_table('contract_ownership', schema=None) as batch_op:
        batch_op.create_index('ix_contract_ownership_person', ['person_id', 'from_on'], unique=False)
        batch_op.create_index('uq_contract_ownership_open', ['contract_id'], unique=True, sqlite_where=sa.text('until_on IS NULL'), postgresql_where=sa.text('until_on IS NULL'))

    op.execute(NOTHING_IS_DELETED.format(table="contract_ownership"))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
