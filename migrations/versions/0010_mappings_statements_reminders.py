"""Saved mappings, statements, reminders, where letters to customers go."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""
TABLES = ("customer_email", "import_map", "reminder", "statement")

def upgrade() -> None:
    op.create_table('customer_email',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_email_customer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_email'))
    )
    with op.batch_alter_table('customer_email', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_email_customer_id'), ['customer_id'], unique=False)

    op.create_table('import_map',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('noun', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('headings', sa.Text(), nullable=False),
    sa.Column('date_format', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('encoding', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('is_dropped', sa.Boolean(), nullable=False),
    sa.Column('saved_on', sa.Date(), nullable=False),
    sa.Column('saved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_import_map_saved_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_map'))
    )
    with op.batch_alter_table('import_map', schema=None) as batch_op:
        batch_op.create_index('ix_import_map_name', ['noun', 'name'], unique=False)

    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('tone', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('letter', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=False),
    sa.Column('reminded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('reminded_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("tone IN ('friendly', 'firm', 'final')", name=op.f('ck_reminder_tone_is_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_reminder_amount_is_positive')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_reminder_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['reminded_by_id'], ['person.id'], name=op.f('fk_reminder_reminded_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('number', name=op.f('uq_reminder_number'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_customer_id'), ['customer_id'], unique=False)

    op.create_table('statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('opening', sa.BigInteger(), nullable=False),
    sa.Column('closing', sa.BigInteger(), nullable=False),
    sa.Column('held', sa.BigInteger(), nullable=False),
    sa.Column('printed_on', sa.Date(), nullable=False),
    sa.Column('printed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('printed_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_statement_until_is_not_before_from')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_statement_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['printed_by_id'], ['person.id'], name=op.f('fk_statement_printed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_statement')),
    sa.UniqueConstraint('number', name=op.f('uq_statement_number'))
    )
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statement_customer_id'), ['customer_id'], unique=False)

    op.drop_index("ix_receipt_customer_id", table_name="receipt")
    op.create_index("ix_receipt_customer", "receipt", ["customer_id", "received_on"])
    for table in TABLES:
        op.execute(NOTHING_IS_DELETED.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
