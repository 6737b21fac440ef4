"""When a grade, a department, a superior or a regulation was entered: older requests are not decided by it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A plain addition: a table made anew would lose its guard and the order of its checks.
    op.add_column("standing", sa.Column("entered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a ledger does not go back")
