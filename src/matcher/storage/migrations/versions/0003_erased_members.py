"""When a member was erased: the row stays, empty, so that counts of what happened stay true."""

import sqlalchemy as sa
from alembic import op

import matcher.model.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("erased_at", matcher.model.base.Instant(), nullable=True))
