"""Rights & complaints: who else may ask, how it came in, acknowledged, extended, and a note."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("who", "how"):
        op.add_column("rights_case", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("rights_case", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    for name in ("acknowledged_on", "extended_to"):
        op.add_column("rights_case", sa.Column(name, sa.Date(), nullable=True))
    op.drop_column("rights_case", "details")
