"""Partners: who tells care workers of the network, and through whom a member came."""

import sqlalchemy as sa
from alembic import op

import matcher.model.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("created_at", matcher.model.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["partner.id"], name=op.f("fk_partner_merged_into_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_partner_merged_into"), "partner", ["merged_into"])
    # Altered in place: made anew, the table would lose its never-used-twice numbers.
    op.execute(
        "ALTER TABLE member ADD COLUMN partner_id INTEGER "
        "CONSTRAINT fk_member_partner_id_partner REFERENCES partner (id)"
    )
