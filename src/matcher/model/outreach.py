"""From a list of people to people who are heard: lists, asks, files that left, details shared."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Float, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matcher.errors import UserError
from matcher.model.base import Base, Instant
from matcher.model.words import NEXT_INVITATION_STATES, STATE_AFTER, Answer, InvitationState, Outcome


class ShortlistEntry(Base):
    """One place on a request's list, with the score and reasons as they stood when it was drawn."""

    __tablename__ = "shortlist_entry"
    __table_args__ = (
        UniqueConstraint("request_id", "member_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    reserve: Mapped[bool] = mapped_column(Boolean, default=False)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ListDraw(Base):
    """A list that was drawn: the commitment stands before the outcome, so that nobody can draw until it suits.

    It holds members by number only. ``snapshot`` is what it was drawn from, in codes, None in draws of before that
    was kept; ``could``: who had a chance of a seat; ``result`` is None until it is drawn.
    """

    __tablename__ = "list_draw"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    commitment: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String)
    people: Mapped[int] = mapped_column(Integer)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    could: Mapped[list[int]] = mapped_column(JSON, default=list)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(String, default="")


class ListWish(Base):
    """Her own word on a member for a request's list: to be kept on it in any case, or not to be put on it."""

    __tablename__ = "list_wish"
    __table_args__ = (
        UniqueConstraint("request_id", "member_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    keep: Mapped[bool] = mapped_column(Boolean)


class Invitation(Base):
    """An ask of one member about one request. The database refuses one that the gate would refuse."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("request_id", "member_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.TO_ASK)
    channel: Mapped[str | None] = mapped_column(String)
    volunteered: Mapped[bool] = mapped_column(Boolean, default=False)
    override_reason: Mapped[str] = mapped_column(String, default="")
    asked_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[Answer | None] = mapped_column()
    session: Mapped[str] = mapped_column(String, default="")
    outcome: Mapped[Outcome | None] = mapped_column()
    outcome_on: Mapped[date | None] = mapped_column(Date)
    paid_on: Mapped[date | None] = mapped_column(Date)
    heard_back_on: Mapped[date | None] = mapped_column(Date)
    thanked_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    nudged_on: Mapped[date | None] = mapped_column(Date)
    reminded_on: Mapped[date | None] = mapped_column(Date)
    introduced_on: Mapped[date | None] = mapped_column(Date)
    paid_how: Mapped[str] = mapped_column(String, default="", server_default="")
    payment_declined_on: Mapped[date | None] = mapped_column(Date)
    expenses_on: Mapped[date | None] = mapped_column(Date)
    feedback: Mapped[str] = mapped_column(Text, default="", server_default="")

    def record_answer(self, answer: Answer, at: datetime) -> None:
        """Note what they answered. Raises UserError when the ask cannot be answered so any more."""
        self.move(STATE_AFTER[answer])
        self.asked_at = self.asked_at or at
        self.answer = answer
        self.answered_at = None if answer is Answer.NO_REPLY else at
        if answer is not Answer.YES:
            self.session = ""

    def record_outcome(self, outcome: Outcome | None, on: date | None) -> None:
        """Note what came of a yes, or with None that it is not known after all.

        Raises UserError when they never said yes.
        """
        self.move(InvitationState.DONE if outcome else InvitationState.YES)
        self.outcome, self.outcome_on = outcome, on if outcome else None

    def move(self, state: InvitationState) -> None:
        """Move the ask to ``state``. Raises UserError when that step is not one of its life."""
        here = InvitationState(self.state)
        if state is not here and state not in NEXT_INVITATION_STATES[here]:
            raise UserError(f"An ask that is “{here.value}” cannot become “{state.value}”.")
        self.state = state


class OutFile(Base):
    """A file that left the program: recorded before it exists, then marked written, void or deleted.

    A paper is recorded before it is printed (``state`` is "printed"); ``path`` is then how it is called.

    ``returned_sha256`` is what it held when it was last read back, filled in.
    """

    __tablename__ = "out_file"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    path: Mapped[str] = mapped_column(String)
    beside: Mapped[str] = mapped_column(String)
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String, default="pending")
    at: Mapped[datetime] = mapped_column(Instant)
    members: Mapped[list[int]] = mapped_column(JSON, default=list)
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_sha256: Mapped[str | None] = mapped_column(String(64))


class Release(Base):
    """Details of one member shared with a requester, under her own yes to this request."""

    __tablename__ = "release"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    out_file_id: Mapped[int | None] = mapped_column(ForeignKey("out_file.id"))
    recipient: Mapped[str] = mapped_column(String)
    shared_fields: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)


class OpenCall(Base):
    """A request posted to the group instead of or before named asks."""

    __tablename__ = "open_call"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    posted_in: Mapped[str] = mapped_column(String)
    posted_at: Mapped[datetime] = mapped_column(Instant)


class FollowUp(Base):
    """Something to do because a member withdrew: a recipient to tell, a file that is stale, an ask that stops."""

    __tablename__ = "follow_up"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[str] = mapped_column(String)
    about: Mapped[str] = mapped_column(Text)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    out_file_id: Mapped[int | None] = mapped_column(ForeignKey("out_file.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
