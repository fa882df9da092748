"""Looking up the records of one person by key: among half a million members each look went through all of them."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_member_merged_into"), "member", ["merged_into"])
    op.execute("CREATE INDEX ix_member_person ON member (coalesce(merged_into, id))")
