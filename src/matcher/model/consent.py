"""The ledger of permissions and what stands beside it."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matcher.model.base import Base, Instant
from matcher.model.words import Decision, How, Purpose


class ConsentEvent(Base):
    """One entry of the append-only, hash-chained ledger.

    It names nobody: ``member_key`` is random, texts stand in ``ConsentText`` as a salted digest.
    ``at`` is when the member said it, ``recorded_at`` when it was written down.
    """

    __tablename__ = "consent_event"
    __table_args__ = (
        Index("ix_consent_event_state", "member_key", "purpose", "at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_key: Mapped[str] = mapped_column(String(32))
    purpose: Mapped[Purpose] = mapped_column()
    decision: Mapped[Decision] = mapped_column()
    at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    expires_on: Mapped[date | None] = mapped_column(Date)
    how: Mapped[How] = mapped_column()
    recorder: Mapped[str] = mapped_column(String)
    wording_id: Mapped[int | None] = mapped_column(ForeignKey("consent_wording.id"))
    batch_id: Mapped[int] = mapped_column(Integer, index=True)
    voids: Mapped[int | None] = mapped_column(ForeignKey("consent_event.id"), index=True)
    text_digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class ConsentText(Base):
    """The evidence and conditions of a ledger entry, in words. Erasable; the chain stays valid without it."""

    __tablename__ = "consent_text"

    event_id: Mapped[int] = mapped_column(ForeignKey("consent_event.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    evidence: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str] = mapped_column(Text, default="")


class ConsentWording(Base):
    """A version of the words under which permission was asked for."""

    __tablename__ = "consent_wording"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text, unique=True)
    first_seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_after_days: Mapped[int | None] = mapped_column(Integer)


class ConsentProposal(Base):
    """A later yes of hers over a no recorded by hand: queued until the founder confirms it, one by one."""

    __tablename__ = "consent_proposal"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column()
    decision: Mapped[Decision] = mapped_column()
    at: Mapped[datetime] = mapped_column(Instant)
    how: Mapped[How] = mapped_column()
    evidence: Mapped[str] = mapped_column(Text)
    settled: Mapped[str | None] = mapped_column(String)


class Suppression(Base):
    """A keyed digest of somebody erased: blocks their re-import without holding who they were."""

    __tablename__ = "suppression"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(Instant)


class CheckIn(Base):
    """The one message allowed without a permission: what I hold, what I would ask you about, still right?"""

    __tablename__ = "check_in"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    reminder: Mapped[int] = mapped_column(Integer, default=0)


class RightsCase(Base):
    """A request for access, correction or erasure, an objection or a complaint, with the day it is due.

    ``due_on`` is the day by which it must be answered, or, of a complaint, acknowledged; ``extended_to`` takes its
    place when an answer takes longer. ``who`` names somebody who is neither a member nor a requester.
    """

    __tablename__ = "rights_case"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    requester_id: Mapped[int | None] = mapped_column(ForeignKey("requester.id"))
    who: Mapped[str] = mapped_column(String, default="")
    how: Mapped[str] = mapped_column(String, default="")
    received_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    identity_checked_on: Mapped[date | None] = mapped_column(Date)
    acknowledged_on: Mapped[date | None] = mapped_column(Date)
    extended_to: Mapped[date | None] = mapped_column(Date)
    settled_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
