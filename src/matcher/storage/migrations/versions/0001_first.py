"""The first schema."""

import sqlalchemy as sa
from alembic import op

import matcher.model.base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", matcher.model.base.Instant(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["batch.id"], name=op.f("fk_batch_undoes_batch")),
        sa.ForeignKeyConstraint(["undone_by"], ["batch.id"], name=op.f("fk_batch_undone_by_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consent_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_seen_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("expires_after_days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_wording")),
        sa.UniqueConstraint("text", name=op.f("uq_consent_wording_text")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_mapping",
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("used_at", matcher.model.base.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("shape", name=op.f("pk_import_mapping")),
    )
    op.create_table(
        "meetup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetup")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_key", sa.String(length=32), nullable=False),
        sa.Column("first_name", sa.String(), nullable=True),
        sa.Column("last_name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("preferred_channel", sa.String(), nullable=True),
        sa.Column("safe_contact", sa.Text(), nullable=True),
        sa.Column("shared_phone", sa.Boolean(), nullable=False),
        sa.Column("town", sa.String(), nullable=True),
        sa.Column("postcode_district", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=True),
        sa.Column("county", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("employer_type", sa.String(), nullable=True),
        sa.Column("contract_type", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("start_year", sa.Integer(), nullable=True),
        sa.Column("start_year_earliest", sa.Integer(), nullable=True),
        sa.Column("start_year_latest", sa.Integer(), nullable=True),
        sa.Column("care_types", sa.JSON(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=True),
        sa.Column("experience_text", sa.Text(), nullable=True),
        sa.Column("interests_text", sa.Text(), nullable=True),
        sa.Column("avoid_text", sa.Text(), nullable=True),
        sa.Column("availability_text", sa.Text(), nullable=True),
        sa.Column("online_ok", sa.Boolean(), nullable=True),
        sa.Column("in_person_ok", sa.Boolean(), nullable=True),
        sa.Column("travel_miles", sa.Integer(), nullable=True),
        sa.Column("conditions_text", sa.Text(), nullable=True),
        sa.Column("conditions", sa.JSON(), nullable=True),
        sa.Column("employer", sa.String(), nullable=True),
        sa.Column("age_band", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("ethnicity", sa.String(), nullable=True),
        sa.Column("migration_status", sa.String(), nullable=True),
        sa.Column("never_share", sa.JSON(), nullable=True),
        sa.Column("heard_via", sa.String(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("last_answer_at", matcher.model.base.Instant(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("created_at", matcher.model.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["member.id"], name=op.f("fk_member_merged_into_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("member_key", name=op.f("uq_member_member_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_email"), ["email"], unique=False)
        batch_op.create_index("ix_member_name", ["last_name", "first_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_region"), ["region"], unique=False)

    op.create_table(
        "requester",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", matcher.model.base.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requester")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("requester", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requester_contact"), ["contact"], unique=False)

    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "suppression",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", matcher.model.base.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_suppression")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meetup_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meetup_id"], ["meetup.id"], name=op.f("fk_attendance_meetup_id_meetup")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_attendance_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_meetup_id"), ["meetup_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_member_id"), ["member_id"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_change_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_change_entity", ["entity", "entity_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("reminder", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_check_in_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_member_id"), ["member_id"], unique=False)

    op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_key", sa.String(length=32), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "policy",
                "academic",
                "media",
                "sector",
                "own_events",
                "news",
                "campaigns",
                "use_age_band",
                "use_gender",
                "use_ethnicity",
                "use_migration_status",
                name="purpose",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "decision",
            sa.Enum(
                "given", "ask_first", "refused", "withdrawn", "void", name="decision", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", matcher.model.base.Instant(), nullable=False),
        sa.Column("recorded_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column(
            "how",
            sa.Enum(
                "form",
                "whatsapp",
                "phone",
                "email",
                "in_person",
                "sample",
                name="how",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recorder", sa.String(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("voids", sa.Integer(), nullable=True),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["voids"], ["consent_event.id"], name=op.f("fk_consent_event_voids_consent_event")),
        sa.ForeignKeyConstraint(
            ["wording_id"], ["consent_wording.id"], name=op.f("fk_consent_event_wording_id_consent_wording")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_consent_event_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("consent_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_event_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_consent_event_state", ["member_key", "purpose", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_event_voids"), ["voids"], unique=False)

    op.create_table(
        "consent_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "policy",
                "academic",
                "media",
                "sector",
                "own_events",
                "news",
                "campaigns",
                "use_age_band",
                "use_gender",
                "use_ethnicity",
                "use_migration_status",
                name="purpose",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "decision",
            sa.Enum(
                "given", "ask_first", "refused", "withdrawn", "void", name="decision", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", matcher.model.base.Instant(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "form",
                "whatsapp",
                "phone",
                "email",
                "in_person",
                "sample",
                name="how",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("settled", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_proposal_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_proposal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("consent_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_proposal_member_id"), ["member_id"], unique=False)

    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("received_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("nation", sa.String(), nullable=False),
        sa.Column("urgent", sa.Integer(), nullable=False),
        sa.Column("signposted_to", sa.String(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_enquiry_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("answered_at", matcher.model.base.Instant(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("imported_at", matcher.model.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_source_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_source")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("member_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_source_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_source_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_member_source_place", ["file_name", "sheet", "row"], unique=False)

    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "request",
                "update",
                "newsletter",
                "marketing",
                "enquiry",
                name="requestkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "new",
                "checking",
                "matching",
                "asking",
                "introduced",
                "done",
                "declined",
                "withdrawn",
                "not_a_request",
                "merged",
                name="stage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requester_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("policy", "academic", "media", "sector", "own", name="audience", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("received_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("created_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("updates", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["requester_id"], ["requester.id"], name=op.f("fk_request_requester_id_requester")),
        sa.ForeignKeyConstraint(["updates"], ["request.id"], name=op.f("fk_request_updates_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_requester_id"), ["requester_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_stage"), ["stage"], unique=False)

    op.create_table(
        "rights_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("requester_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("identity_checked_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_rights_case_member_id_member")),
        sa.ForeignKeyConstraint(
            ["requester_id"], ["requester.id"], name=op.f("fk_rights_case_requester_id_requester")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_case")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consent_text",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["consent_event.id"], name=op.f("fk_consent_text_event_id_consent_event")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_consent_text")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("to_ask", "asked", "yes", "no", "done", name="invitationstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("volunteered", sa.Boolean(), nullable=False),
        sa.Column("override_reason", sa.String(), nullable=False),
        sa.Column("asked_at", matcher.model.base.Instant(), nullable=True),
        sa.Column("answered_at", matcher.model.base.Instant(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "Yes",
                "No this time",
                "Can't make the date",
                "No - stop this kind",
                "No - stop everything",
                "No reply",
                name="answer",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "took_part",
                "not_picked",
                "cancelled_by_requester",
                "could_not_attend",
                "did_not_attend",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("heard_back_on", sa.Date(), nullable=True),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invitation_member_id_member")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_invitation_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("request_id", "member_id", name=op.f("uq_invitation_request_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_request_id"), ["request_id"], unique=False)

    op.create_table(
        "open_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("posted_in", sa.String(), nullable=False),
        sa.Column("posted_at", matcher.model.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_open_call_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_call")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("open_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_call_request_id"), ["request_id"], unique=False)

    op.create_table(
        "out_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("beside", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", matcher.model.base.Instant(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_out_file_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_out_file")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("out_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_out_file_request_id"), ["request_id"], unique=False)

    op.create_table(
        "request_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_check_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_check")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("request_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_check_request_id"), ["request_id"], unique=False)

    op.create_table(
        "request_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_file_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_file")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("request_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_file_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "shortlist_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reserve", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_shortlist_entry_member_id_member")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_shortlist_entry_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_entry")),
        sa.UniqueConstraint("request_id", "member_id", name=op.f("uq_shortlist_entry_request_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("shortlist_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shortlist_entry_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shortlist_entry_request_id"), ["request_id"], unique=False)

    op.create_table(
        "stage_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "new",
                "checking",
                "matching",
                "asking",
                "introduced",
                "done",
                "declined",
                "withdrawn",
                "not_a_request",
                "merged",
                name="stage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", matcher.model.base.Instant(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_stage_move_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_move")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("stage_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_move_request_id"), ["request_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("out_file_id", sa.Integer(), nullable=True),
        sa.Column("made_at", matcher.model.base.Instant(), nullable=False),
        sa.Column("done_at", matcher.model.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_follow_up_member_id_member")),
        sa.ForeignKeyConstraint(["out_file_id"], ["out_file.id"], name=op.f("fk_follow_up_out_file_id_out_file")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_follow_up_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_member_id"), ["member_id"], unique=False)

    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("out_file_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("shared_fields", sa.JSON(), nullable=False),
        sa.Column("at", matcher.model.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_release_invitation_id_invitation")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_release_member_id_member")),
        sa.ForeignKeyConstraint(["out_file_id"], ["out_file.id"], name=op.f("fk_release_out_file_id_out_file")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_release_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_release_request_id"), ["request_id"], unique=False)
