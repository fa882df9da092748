"""Who is asking, what they ask, where it stands, and the checks it passed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matcher.errors import UserError
from matcher.model.base import Base, Instant, about
from matcher.model.brief import Brief, brief_from_json, brief_to_json
from matcher.model.words import NEXT_STAGES, Audience, CheckAnswer, RequestKind, Stage


class Requester(Base):
    """A person who asks, and for whom. Facts only: they too may ask to see what is held."""

    __tablename__ = "requester"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String, info=about("Name"))
    role: Mapped[str] = mapped_column(String, default="", info=about("Role"))
    contact: Mapped[str] = mapped_column(String, default="", index=True, info=about("Contact"))
    organisation: Mapped[str] = mapped_column(String, default="", info=about("Organisation", personal=False))
    note: Mapped[str] = mapped_column(Text, default="", info=about("Note"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Request(Base):
    """One ask. ``brief`` is the truth about what it says; title, audience and deadline are lifted out of it."""

    __tablename__ = "request"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[RequestKind] = mapped_column(default=RequestKind.REQUEST)
    stage: Mapped[Stage] = mapped_column(default=Stage.NEW, index=True)
    requester_id: Mapped[int | None] = mapped_column(ForeignKey("requester.id"), index=True)
    title: Mapped[str] = mapped_column(String)
    audience: Mapped[Audience] = mapped_column()
    deadline: Mapped[date | None] = mapped_column(Date)
    brief_json: Mapped[dict[str, Any]] = mapped_column("brief", JSON)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    received_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    source_name: Mapped[str] = mapped_column(String, default="")
    message_id: Mapped[str] = mapped_column(String, default="", index=True)
    updates: Mapped[int | None] = mapped_column(ForeignKey("request.id"))

    requester: Mapped[Requester | None] = relationship(lazy="joined")

    @property
    def brief(self) -> Brief:
        """The brief, read from its stored form."""
        return brief_from_json(self.brief_json)

    @brief.setter
    def brief(self, brief: Brief) -> None:
        self.brief_json = brief_to_json(brief)
        self.title, self.audience, self.deadline = brief.title, brief.audience, brief.deadline

    def check_move(self, stage: Stage) -> None:
        """Raise UserError unless the request may move from where it stands to ``stage``."""
        here = Stage(self.stage)
        if stage not in NEXT_STAGES[here]:
            ways = ", ".join(sorted(NEXT_STAGES[here]))
            raise UserError(
                f"R{self.id} is {here.value} and cannot become {stage.value}.", todo=f"It can become: {ways}."
            )


class StageMove(Base):
    """One move of a request from stage to stage; every move is kept."""

    __tablename__ = "stage_move"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    stage: Mapped[Stage] = mapped_column()
    at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(Text, default="")


class RequestFile(Base):
    """The original a request was read from; the content lies encrypted in the store's ``files/``."""

    __tablename__ = "request_file"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    name: Mapped[str] = mapped_column(String)
    stored_as: Mapped[str] = mapped_column(String)
    sha256: Mapped[str] = mapped_column(String(64), index=True)


class Check(Base):
    """One item of the audience's checklist for a request, answered yes / no / unknown / not_needed."""

    __tablename__ = "request_check"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    item: Mapped[str] = mapped_column(String)
    answer: Mapped[CheckAnswer] = mapped_column(String, default=CheckAnswer.UNKNOWN)
    note: Mapped[str] = mapped_column(Text, default="")


class Letter(Base):
    """An answer to the requester, as it was sent: accept, ask_more, decline or signpost."""

    __tablename__ = "letter"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    kind: Mapped[str] = mapped_column(String)
    sent_to: Mapped[str] = mapped_column(String, default="")
    subject: Mapped[str] = mapped_column(String, default="")
    body: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(Instant)


class Reminder(Base):
    """Something to do about a request on a day."""

    __tablename__ = "reminder"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    on_day: Mapped[date] = mapped_column(Date)
    about: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class RequesterFact(Base):
    """A dated fact on a requester: promised, paid, findings or feedback. No opinions: they may ask to see it."""

    __tablename__ = "requester_fact"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    requester_id: Mapped[int] = mapped_column(ForeignKey("requester.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    kind: Mapped[str] = mapped_column(String)
    on_day: Mapped[date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
