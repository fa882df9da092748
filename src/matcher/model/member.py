"""A care worker in the network, and where what is known of her came from."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    and_,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from matcher.model.base import Base, Export, Instant, about


def new_member_key() -> str:
    """A random key for the ledger: 128 bits, so that erasing the member row unlinks it for good."""
    return secrets.token_hex(16)


def new_member_keys(count: int) -> list[str]:
    """As many random keys, drawn at once."""
    drawn = secrets.token_hex(16 * count)
    return [drawn[start : start + 32] for start in range(0, len(drawn), 32)]


class Member(Base):
    """One member. None always means *unknown*, never *no*."""

    __tablename__ = "member"
    __table_args__ = (
        Index("ix_member_name", "last_name", "first_name"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_key: Mapped[str] = mapped_column(String(32), unique=True, default=new_member_key)

    first_name: Mapped[str | None] = mapped_column(
        String,
        info=about("First name", "first name", "forename", "given name", "preferred name", "christian name",
                   export=Export.REQUESTER),
    )  # fmt: skip
    last_name: Mapped[str | None] = mapped_column(
        String,
        info=about("Last name", "last name", "surname", "family name", "second name", export=Export.REQUESTER),
    )
    email: Mapped[str | None] = mapped_column(
        String, index=True,
        info=about("E-mail", "email", "e-mail", "email address", "e mail", "mail", export=Export.REQUESTER),
    )  # fmt: skip
    phone: Mapped[str | None] = mapped_column(
        String, index=True,
        info=about("Phone", "phone", "mobile", "mobile number", "phone number", "telephone", "tel", "cell",
                   "whatsapp", "whatsapp number", "best number", "contact number", export=Export.REQUESTER),
    )  # fmt: skip
    preferred_channel: Mapped[str | None] = mapped_column(
        String,
        info=about("Prefers", "preferred contact", "how should we contact you", "best way to contact you"),
    )
    safe_contact: Mapped[str | None] = mapped_column(
        Text, info=about("Safe contact", "safe contact", "when is it safe to call", "best time to call")
    )
    shared_phone: Mapped[bool] = mapped_column(Boolean, default=False, info=about("Shared phone"))

    town: Mapped[str | None] = mapped_column(
        String,
        info=about("Town", "town", "city", "area", "location", "where do you work", "where do you live",
                   "what part of the country do you work in", "place", "where are you based"),
    )  # fmt: skip
    postcode_district: Mapped[str | None] = mapped_column(
        String,
        info=about("Postcode", "postcode", "post code", "postal code", "zip", "first half of postcode"),
    )
    authority: Mapped[str | None] = mapped_column(
        String, info=about("Local authority", "local authority", "council area", "borough")
    )
    county: Mapped[str | None] = mapped_column(String, info=about("County", "county", "state"))
    region: Mapped[str | None] = mapped_column(
        String, index=True, info=about("Region", "region", export=Export.REQUESTER)
    )
    country: Mapped[str | None] = mapped_column(String, info=about("Nation", "nation"))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)

    role: Mapped[str | None] = mapped_column(
        String,
        info=about("Role", "role", "job title", "job", "position", "what is your job", export=Export.REQUESTER),
    )
    employer_type: Mapped[str | None] = mapped_column(
        String,
        info=about("Kind of employer", "employer type", "type of organisation", "type of employer",
                   "what type of organisation do you work for", "who do you work for"),
    )  # fmt: skip
    contract_type: Mapped[str | None] = mapped_column(
        String, info=about("Contract", "contract", "contract type", "type of contract")
    )
    hours: Mapped[str | None] = mapped_column(
        String, info=about("Hours", "hours", "hours a week", "hours per week", "how many hours do you work")
    )
    start_year: Mapped[int | None] = mapped_column(
        Integer,
        info=about("In home care since", "how long", "years", "experience (years)", "years in care",
                   "years of experience", "how long have you been a homecare worker", "started in care",
                   "years in home care", "start year", "length of service", export=Export.REQUESTER),
    )  # fmt: skip
    start_year_earliest: Mapped[int | None] = mapped_column(Integer)
    start_year_latest: Mapped[int | None] = mapped_column(Integer)
    care_types: Mapped[list[str] | None] = mapped_column(
        JSON,
        info=about("Kinds of care", "care types", "who do you support", "client groups", "kinds of care",
                   "type of care", "what care do you provide"),
    )  # fmt: skip
    languages: Mapped[list[str] | None] = mapped_column(
        JSON, info=about("Languages", "languages", "language", "what languages do you speak")
    )
    experience_text: Mapped[str | None] = mapped_column(
        Text,
        info=about("Experience, in their own words", "about you", "experience", "your experience", "bio",
                   "tell us about you and your experience", "about me", "tell us about yourself",
                   "what they said"),
    )  # fmt: skip
    interests_text: Mapped[str | None] = mapped_column(
        Text,
        info=about("Wants to speak about", "interests", "topics", "what would you like to speak about",
                   "what do you care about most", "speak about", "interested in"),
    )  # fmt: skip
    avoid_text: Mapped[str | None] = mapped_column(
        Text,
        info=about("Will not discuss", "topics to avoid", "anything you will not talk about",
                   "what would you rather not discuss"),
    )  # fmt: skip
    availability_text: Mapped[str | None] = mapped_column(
        Text,
        info=about("Free", "availability", "when are you free", "when are you usually free", "free times"),
    )
    online_ok: Mapped[bool | None] = mapped_column(
        Boolean, info=about("Online", "online or in person", "would you join online in person or both")
    )
    in_person_ok: Mapped[bool | None] = mapped_column(Boolean, info=about("In person"))
    travel_miles: Mapped[int | None] = mapped_column(
        Integer,
        info=about("Travels, miles", "travel", "how far would you travel", "travel distance", "miles"),
    )
    conditions_text: Mapped[str | None] = mapped_column(
        Text,
        info=about("Please respect", "conditions", "anything we should know", "special requests",
                   "anything else we should know", "requirements"),
    )  # fmt: skip
    conditions: Mapped[list[str] | None] = mapped_column(JSON, info=about("Conditions", personal=True))
    employer: Mapped[str | None] = mapped_column(
        String, info=about("Employer (private)", "employer", "employer name", "company", "organisation name")
    )
    age_band: Mapped[str | None] = mapped_column(
        String, info=about("Age band", "age", "age band", "age group", "how old are you", "age range")
    )
    gender: Mapped[str | None] = mapped_column(String, info=about("Gender", "gender", "sex"))
    ethnicity: Mapped[str | None] = mapped_column(
        String, info=about("Ethnicity", "ethnicity", "ethnic group", "how would you describe your ethnicity")
    )
    migration_status: Mapped[str | None] = mapped_column(
        String,
        info=about("Migration status", "visa", "immigration status", "visa status", "right to work",
                   "visa / immigration status", "migration status"),
    )  # fmt: skip
    never_share: Mapped[list[str] | None] = mapped_column(JSON, info=about("Never shared"))
    heard_via: Mapped[str | None] = mapped_column(
        String, info=about("Heard of us through", "how did you hear about us", "heard via", "source")
    )
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    joined_on: Mapped[date | None] = mapped_column(
        Date, info=about("Member since", "joined", "date joined", "joined on", "member since")
    )
    last_answer_at: Mapped[datetime | None] = mapped_column(
        Instant, info=about("Last answer", "timestamp", "date submitted", "submitted", "completion time",
                            "start time", "optin_time", "confirm_time", "created")
    )  # fmt: skip
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)

    @classmethod
    def is_live(cls) -> ColumnElement[bool]:
        """The condition of a record that stands for a person: not an alias of another, and not erased."""
        return and_(cls.merged_into.is_(None), cls.erased_at.is_(None))

    @classmethod
    def person(cls) -> ColumnElement[int]:
        """The id of the record that stands for the person: its own, or of the one it was merged into; by key."""
        return func.coalesce(cls.merged_into, cls.id)

    @property
    def name(self) -> str:
        """First and last name as written, or a plain stand-in when neither is known or they were erased."""
        known = " ".join(part for part in (self.first_name, self.last_name) if part)
        return known or ("(erased)" if self.erased_at else "(no name)")


Index("ix_member_person", Member.person())


class MemberSource(Base):
    """One row of a spreadsheet that spoke of a member: which file, sheet and row, and when it was answered."""

    __tablename__ = "member_source"
    __table_args__ = (
        Index("ix_member_source_place", "file_name", "sheet", "row"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    file_name: Mapped[str] = mapped_column(String)
    sheet: Mapped[str] = mapped_column(String)
    row: Mapped[int] = mapped_column(Integer)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    imported_at: Mapped[datetime] = mapped_column(Instant)


class ImportMapping(Base):
    """Which column means what, remembered for the next file with the same headers."""

    __tablename__ = "import_mapping"

    shape: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_at: Mapped[datetime] = mapped_column(Instant)
