"""The network's own events: who is invited, who comes, the waiting list, walk-ins, partners, repeating drop-ins."""

import sqlalchemy as sa
from alembic import op

import matcher.model.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXTS = ("postcode", "link", "co_organisers")


def upgrade() -> None:
    op.add_column("meetup", sa.Column("kind", sa.String(length=40), nullable=False, server_default="meet_up"))
    op.execute("UPDATE meetup SET kind = 'drop_in' WHERE place = ''")
    for name in _TEXTS:
        op.add_column("meetup", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("meetup", sa.Column("about", sa.Text(), nullable=False, server_default=""))
    for name in ("ends_at", "cancelled_at"):
        op.add_column("meetup", sa.Column(name, matcher.model.base.Instant(), nullable=True))
    op.add_column("meetup", sa.Column("every_weeks", sa.Integer(), nullable=True))
    op.add_column("meetup", sa.Column("noted_on", sa.Date(), nullable=True))
    # Altered in place: made anew, the table would lose its never-used-twice numbers.
    op.execute(
        "ALTER TABLE meetup ADD COLUMN first_id INTEGER CONSTRAINT fk_meetup_first_id_meetup REFERENCES meetup (id)"
    )
    op.create_index(op.f("ix_meetup_first_id"), "meetup", ["first_id"])
    op.add_column("attendance", sa.Column("first_name", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "meetup_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("invited_at", matcher.model.base.Instant(), nullable=True),
        sa.Column("answered_at", matcher.model.base.Instant(), nullable=True),
        sa.Column("waiting_since", matcher.model.base.Instant(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["meetup_id"], ["meetup.id"], name=op.f("fk_meetup_invitation_meetup_id_meetup")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_meetup_invitation_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetup_invitation")),
        sa.UniqueConstraint("meetup_id", "member_id", name=op.f("uq_meetup_invitation_meetup_id")),
        sqlite_autoincrement=True,
    )
    for name in ("meetup_id", "member_id"):
        op.create_index(op.f(f"ix_meetup_invitation_{name}"), "meetup_invitation", [name])
    op.create_table(
        "meetup_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meetup_id"], ["meetup.id"], name=op.f("fk_meetup_partner_meetup_id_meetup")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_meetup_partner_partner_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetup_partner")),
        sa.UniqueConstraint("meetup_id", "partner_id", name=op.f("uq_meetup_partner_meetup_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meetup_partner_meetup_id"), "meetup_partner", ["meetup_id"])
