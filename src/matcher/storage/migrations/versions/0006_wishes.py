"""What a list was drawn from, to draw it again; and whom she keeps on a list or leaves off."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("list_draw", sa.Column("snapshot", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "list_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("keep", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_list_wish_member_id_member")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_list_wish_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_wish")),
        sa.UniqueConstraint("request_id", "member_id", name=op.f("uq_list_wish_request_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_list_wish_member_id"), "list_wish", ["member_id"])
    op.create_index(op.f("ix_list_wish_request_id"), "list_wish", ["request_id"])
