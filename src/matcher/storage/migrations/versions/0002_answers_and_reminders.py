"""Answers sent to requesters, reminders, facts on requesters; a question knows the post it came in."""

import sqlalchemy as sa
from alembic import op

import matcher.model.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sent_to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", matcher.model.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_letter_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_letter_request_id"), "letter", ["request_id"])
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("made_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("done_at", matcher.model.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_reminder_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminder_request_id"), "reminder", ["request_id"])
    op.create_table(
        "requester_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requester_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_at", matcher.model.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requester_id"], ["requester.id"], name=op.f("fk_requester_fact_requester_id_requester")
        ),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_requester_fact_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requester_fact")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_requester_fact_requester_id"), "requester_fact", ["requester_id"])
    # Altered in place: made anew, the table would lose its never-used-twice numbers.
    op.execute(
        "ALTER TABLE enquiry ADD COLUMN request_id INTEGER "
        "CONSTRAINT fk_enquiry_request_id_request REFERENCES request (id)"
    )
    op.execute("ALTER TABLE enquiry ADD COLUMN answered_at DATETIME")
