"""Lists that were drawn: commitment, seed and outcome."""

import sqlalchemy as sa
from alembic import op

import matcher.model.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("could", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_list_draw_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_draw")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_list_draw_request_id"), "list_draw", ["request_id"])
