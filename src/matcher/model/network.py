"""The network's own life: partners, meet-ups and drop-ins, who came, and members' own questions."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.model.base import Base, Instant, about
from matcher.model.words import MeetupKind, MeetupState, PartnerKind


class Partner(Base):
    """An organisation that tells care workers of the network: a library, a council, a training college, a union.

    A partner that was merged into another stays as one more spelling of its name.
    """

    __tablename__ = "partner"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String, info=about("Name", personal=False))
    kind: Mapped[PartnerKind] = mapped_column(default=PartnerKind.OTHER, info=about("Kind", personal=False))
    place: Mapped[str] = mapped_column(String, default="", info=about("Place", personal=False))
    contact: Mapped[str] = mapped_column(String, default="", info=about("Contact"))
    note: Mapped[str] = mapped_column(Text, default="", info=about("Note"))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Meetup(Base):
    """A meet-up at a place, or a drop-in online (``link``) or at a place; one date of it, where it repeats.

    ``first_id``: the first date of the drop-in that this one repeats, every ``every_weeks`` weeks. ``capacity``
    None: there is room for everybody. ``noted_on``: the day on which who came was noted to the end.
    """

    __tablename__ = "meetup"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(String)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    place: Mapped[str] = mapped_column(String, default="")
    capacity: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[MeetupKind] = mapped_column(default=MeetupKind.MEET_UP, server_default=MeetupKind.MEET_UP.value)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    postcode: Mapped[str] = mapped_column(String, default="", server_default="")
    link: Mapped[str] = mapped_column(String, default="", server_default="")
    about: Mapped[str] = mapped_column(Text, default="", server_default="")
    co_organisers: Mapped[str] = mapped_column(String, default="", server_default="")
    first_id: Mapped[int | None] = mapped_column(ForeignKey("meetup.id"), index=True)
    every_weeks: Mapped[int | None] = mapped_column(Integer)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    noted_on: Mapped[date | None] = mapped_column(Date)


class MeetupInvitation(Base):
    """A member invited to a meet-up, or who said by herself that she comes. The database asks for her permission.

    ``waiting_since`` keeps the order of the waiting list; ``told_on``: the day she was told that it is cancelled.
    """

    __tablename__ = "meetup_invitation"
    __table_args__ = (
        UniqueConstraint("meetup_id", "member_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meetup_id: Mapped[int] = mapped_column(ForeignKey("meetup.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    state: Mapped[MeetupState] = mapped_column(default=MeetupState.INVITED)
    invited_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)
    reminded_on: Mapped[date | None] = mapped_column(Date)
    told_on: Mapped[date | None] = mapped_column(Date)


class MeetupPartner(Base):
    """A partner who tells people of a meet-up."""

    __tablename__ = "meetup_partner"
    __table_args__ = (
        UniqueConstraint("meetup_id", "partner_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meetup_id: Mapped[int] = mapped_column(ForeignKey("meetup.id"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"))


class Attendance(Base):
    """Somebody at a meet-up; a walk-in who is no member has no ``member_id``, and a first name if she gave one."""

    __tablename__ = "attendance"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    meetup_id: Mapped[int] = mapped_column(ForeignKey("meetup.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    first_name: Mapped[str] = mapped_column(String, default="", server_default="")


class Enquiry(Base):
    """A member's own question, with minimal notes, signposted by nation and never matched."""

    __tablename__ = "enquiry"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    received_at: Mapped[datetime] = mapped_column(Instant)
    about: Mapped[str] = mapped_column(String)
    note: Mapped[str] = mapped_column(Text, default="")
    nation: Mapped[str] = mapped_column(String, default="")
    urgent: Mapped[int] = mapped_column(Integer, default=0)
    signposted_to: Mapped[str] = mapped_column(String, default="")
    follow_up_on: Mapped[date | None] = mapped_column(Date)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
