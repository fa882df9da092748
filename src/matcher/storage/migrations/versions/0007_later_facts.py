"""What happens after a yes (reminded, introduced, paid how, feedback), and workbooks that came back."""

import sqlalchemy as sa
from alembic import op

import matcher.model.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DAYS = ("nudged_on", "reminded_on", "introduced_on", "payment_declined_on", "expenses_on")


def upgrade() -> None:
    for name in _DAYS:
        op.add_column("invitation", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("invitation", sa.Column("paid_how", sa.String(), nullable=False, server_default=""))
    op.add_column("invitation", sa.Column("feedback", sa.Text(), nullable=False, server_default=""))
    op.add_column("out_file", sa.Column("returned_at", matcher.model.base.Instant(), nullable=True))
    op.add_column("out_file", sa.Column("returned_sha256", sa.String(length=64), nullable=True))
