"""Handovers in full, departures, losses, samples, forms of new customers."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


NOTHING_IS_DELETED = """CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, 'nothing is deleted from a ledger; reverse it'); END"""
TABLES = (
    "product",
    "customer_form",
    "departure",
    "product_price",
    "sample_move",
    "customer_form_signature",
    "handover_delivery",
    "handover_issue",
    "handover_paper",
    "handover_participant",
    "handover_visit",
    "loss",
    "handover_check",
    "handover_signature",
    "loss_share",
)

def upgrade() -> None:
    op.create_table('product',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product')),
    sa.UniqueConstraint('code', name=op.f('uq_product_code'))
    )
    op.create_table('customer_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('filled_on', sa.Date(), nullable=False),
    sa.Column('filled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('filled_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_form_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['filled_by_id'], ['person.id'], name=op.f('fk_customer_form_filled_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_form')),
    sa.UniqueConstraint('customer_id', name=op.f('uq_customer_form_customer_id')),
    sa.UniqueConstraint('number', name=op.f('uq_customer_form_number'))
    )
    op.create_table('departure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('filed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('filed_by_id', sa.Integer(), nullable=False),
    sa.Column('wished_on', sa.Date(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('is_on_probation', sa.Boolean(), nullable=False),
    sa.Column('is_dismissed', sa.Boolean(), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('formalities_on', sa.Date(), nullable=True),
    sa.Column('formalities_by_id', sa.Integer(), nullable=True),
    sa.Column('wages', sa.BigInteger(), nullable=True),
    sa.Column('bonus', sa.BigInteger(), nullable=True),
    sa.Column('severance', sa.BigInteger(), nullable=True),
    sa.Column('hold_by_id', sa.Integer(), nullable=True),
    sa.Column('hold_reason', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_why', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.CheckConstraint("(hold_by_id IS NULL) = (hold_reason = '')", name=op.f('ck_departure_held_for_a_reason')),
    sa.CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_why = '')", name=op.f('ck_departure_withdrawn_for_a_reason')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_departure_approved_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['filed_by_id'], ['person.id'], name=op.f('fk_departure_filed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['formalities_by_id'], ['person.id'], name=op.f('fk_departure_formalities_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['hold_by_id'], ['person.id'], name=op.f('fk_departure_hold_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_departure_person_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_departure')),
    sa.UniqueConstraint('number', name=op.f('uq_departure_number'))
    )
    with op.batch_alter_table('departure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_departure_person_id'), ['person_id'], unique=False)

    op.create_table('product_price',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('price > 0', name=op.f('ck_product_price_price_is_positive')),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_product_price_product_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product_price')),
    sa.UniqueConstraint('product_id', 'from_on', name=op.f('uq_product_price_product_id_from_on'))
    )
    op.create_table('sample_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('units', sa.Integer(), nullable=False),
    sa.Column('moved_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.CheckConstraint("(units > 0) = (kind = 'placed')", name=op.f('ck_sample_move_only_placing_adds')),
    sa.CheckConstraint("kind IN ('placed', 'returned', 'sold', 'missing')", name=op.f('ck_sample_move_kind_is_known')),
    sa.CheckConstraint('units <> 0', name=op.f('ck_sample_move_units_are_something')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_sample_move_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_sample_move_product_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_sample_move_recorded_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sample_move'))
    )
    with op.batch_alter_table('sample_move', schema=None) as batch_op:
        batch_op.create_index('ix_sample_move_customer_id', ['customer_id', 'product_id', 'moved_on'], unique=False)

    op.create_table('customer_form_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=False),
    sa.Column('signer', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('signed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("signer IN ('salesperson', 'superior', 'manager')", name=op.f('ck_customer_form_signature_signer_is_known')),
    sa.ForeignKeyConstraint(['form_id'], ['customer_form.id'], name=op.f('fk_customer_form_signature_form_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_customer_form_signature_person_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_customer_form_signature_typed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_form_signature')),
    sa.UniqueConstraint('form_id', 'signer', 'digest', name=op.f('uq_customer_form_signature_form_id_signer_digest'))
    )
    op.create_table('handover_delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('receiver', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=False),
    sa.Column('delivered_by_id', sa.Integer(), nullable=False),
    sa.Column('acknowledged_on', sa.Date(), nullable=True),
    sa.Column('acknowledged_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("receiver IN ('finance_commerce', 'department_manager')", name=op.f('ck_handover_delivery_receiver_is_known')),
    sa.ForeignKeyConstraint(['acknowledged_by_id'], ['person.id'], name=op.f('fk_handover_delivery_acknowledged_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['person.id'], name=op.f('fk_handover_delivery_delivered_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_delivery_handover_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_delivery')),
    sa.UniqueConstraint('handover_id', 'receiver', name=op.f('uq_handover_delivery_handover_id_receiver'))
    )
    op.create_table('handover_issue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('about', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('found_by_id', sa.Integer(), nullable=False),
    sa.Column('plan', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=True),
    sa.Column('reported_to', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('settlement', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('carried_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['found_by_id'], ['person.id'], name=op.f('fk_handover_issue_found_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_issue_handover_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_issue')),
    sa.UniqueConstraint('number', name=op.f('uq_handover_issue_number'))
    )
    with op.batch_alter_table('handover_issue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_issue_handover_id'), ['handover_id'], unique=False)

    op.create_table(
        "handover_participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("joined_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_participant_handover_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_handover_participant_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_handover_participant_recorded_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_participant")),
        sa.UniqueConstraint(
            "handover_id",
            "role",
            "person_id",
            name=op.f("uq_handover_participant_handover_id_role_person_id"),
        ),
    )
    op.create_table('handover_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('category', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('made', 'outside', 'none')", name=op.f('ck_handover_paper_kind_is_known')),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_paper_handover_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['issued_by_id'], ['person.id'], name=op.f('fk_handover_paper_issued_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_paper')),
    sa.UniqueConstraint('handover_id', 'place', name=op.f('uq_handover_paper_handover_id_place'))
    )
    op.create_table('handover_visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('is_waived', sa.Boolean(), nullable=False),
    sa.Column('transferor_id', sa.Integer(), nullable=True),
    sa.Column('receiver_id', sa.Integer(), nullable=True),
    sa.Column('supervisor_id', sa.Integer(), nullable=True),
    sa.Column('customer_signer', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('evidence', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_handover_visit_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_visit_handover_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['receiver_id'], ['person.id'], name=op.f('fk_handover_visit_receiver_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_handover_visit_recorded_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['supervisor_id'], ['person.id'], name=op.f('fk_handover_visit_supervisor_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['transferor_id'], ['person.id'], name=op.f('fk_handover_visit_transferor_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_visit'))
    )
    with op.batch_alter_table('handover_visit', schema=None) as batch_op:
        batch_op.create_index('ix_handover_visit_handover_id', ['handover_id', 'customer_id'], unique=False)

    op.create_table('loss',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('handover_id', sa.Integer(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('reported_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('reported_by_id', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('evidence', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('about', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('product', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('units', sa.Integer(), nullable=True),
    sa.Column('is_known', sa.Boolean(), nullable=False),
    sa.Column('is_finance_error', sa.Boolean(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('recovered', sa.BigInteger(), nullable=False),
    sa.Column('valued_on', sa.Date(), nullable=True),
    sa.Column('valued_by_id', sa.Integer(), nullable=True),
    sa.Column('gravity', sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
    sa.Column('gravity_by_id', sa.Integer(), nullable=True),
    sa.Column('post_wage', sa.BigInteger(), nullable=True),
    sa.Column('criticised_in', sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('remark', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.CheckConstraint("gravity IN ('', 'half', 'full')", name=op.f('ck_loss_gravity_is_known')),
    sa.CheckConstraint("state IN ('reported', 'valued', 'split', 'confirmed', 'dropped')", name=op.f('ck_loss_state_is_known')),
    sa.CheckConstraint('amount IS NULL OR amount > 0', name=op.f('ck_loss_amount_is_positive')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_loss_confirmed_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['gravity_by_id'], ['person.id'], name=op.f('fk_loss_gravity_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_loss_handover_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['reported_by_id'], ['person.id'], name=op.f('fk_loss_reported_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['valued_by_id'], ['person.id'], name=op.f('fk_loss_valued_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loss')),
    sa.UniqueConstraint('number', name=op.f('uq_loss_number'))
    )
    with op.batch_alter_table('loss', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_loss_handover_id'), ['handover_id'], unique=False)

    op.create_table('handover_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('is_complete', sa.Boolean(), nullable=False),
    sa.Column('is_true', sa.Boolean(), nullable=False),
    sa.Column('remark', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('checked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_handover_check_checked_by_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['item_id'], ['handover_item.id'], name=op.f('fk_handover_check_item_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_check')),
    sa.UniqueConstraint('item_id', name=op.f('uq_handover_check_item_id'))
    )
    op.create_table('handover_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('party', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('typed_by_id', sa.Integer(), nullable=True),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('refusal', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('signed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("party IN ('transferor', 'receiver', 'handover_supervisor')", name=op.f('ck_handover_signature_party_is_known')),
    sa.ForeignKeyConstraint(['paper_id'], ['handover_paper.id'], name=op.f('fk_handover_signature_paper_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_handover_signature_person_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_handover_signature_typed_by_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_signature'))
    )
    with op.batch_alter_table('handover_signature', schema=None) as batch_op:
        batch_op.create_index('ix_handover_signature_paper_id', ['paper_id', 'party'], unique=False)

    op.create_table('loss_share',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('loss_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('party', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('clause', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('evidence', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_loss_share_amount_is_not_negative')),
    sa.ForeignKeyConstraint(['loss_id'], ['loss.id'], name=op.f('fk_loss_share_loss_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_loss_share_person_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loss_share'))
    )
    with op.batch_alter_table('loss_share', schema=None) as batch_op:
        batch_op.create_index('ix_loss_share_loss_id', ['loss_id', 'place'], unique=False)

    # Plain additions: a table made anew would lose its guard and the order of its checks.
    op.add_column("handover", sa.Column("planned_on", sa.Date(), nullable=True))
    op.add_column("handover", sa.Column("signed_on", sa.Date(), nullable=True))
    op.add_column("handover", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column(
        "handover",
        sa.Column(
            "ended_why", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False, server_default=sa.text("''")
        ),
    )
    for table in TABLES:
        op.execute(NOTHING_IS_DELETED.format(table=table))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
