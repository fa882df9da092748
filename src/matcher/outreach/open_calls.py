"""Open calls: a request posted to the group, and those who answer it by themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from matcher import clock
from matcher.errors import UserError
from matcher.model import Answer, OpenCall
from matcher.outreach.answers import Heard, record_one
from matcher.outreach.messages import writer_in
from matcher.outreach.share_links import link_in, wants_link_shared
from matcher.outreach.stages import now_asking
from matcher.storage import reading, request_of, work
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class CallRow:
    """An open call: the text, where it was posted and when."""

    id: int
    request_id: int
    text: str
    posted_in: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class CallWords:
    """The texts for the group; they name nobody of the network but who signs.

    ``call``: who is interested writes to her. ``share``: they answer at ``link`` ("" when it is not known) by
    themselves. ``by_link``: the request wants that.
    """

    call: str
    share: str
    by_link: bool
    link: str

    @property
    def text(self) -> str:
        """The one that the request wants."""
        return self.share if self.by_link else self.call


def call_words(store: Store, request_id: int, link: str = "") -> CallWords:
    """What can be posted about a request; ``link``: to answer at, else the one in its own words."""
    with reading(store) as session:
        brief, writer = request_of(session, request_id).brief, writer_in(session)
    known = link.strip() or link_in(brief)
    return CallWords(writer.call(brief), writer.share_link(brief, known), wants_link_shared(brief), known)


def open_calls(store: Store, request_id: int) -> tuple[CallRow, ...]:
    """Where a request was posted, the oldest first."""
    with reading(store) as session:
        found = session.scalars(select(OpenCall).where(OpenCall.request_id == request_id).order_by(OpenCall.id))
        return tuple(CallRow(one.id, one.request_id, one.text, one.posted_in, one.posted_at) for one in found)


def post_call(
    store: Store, request_id: int, posted_in: str, text: str, posted_at: datetime | None = None
) -> int:  # fmt: skip
    """Record that a request was posted; it is then being asked about. Return the step.

    Raises UserError when it does not say where or what, or the moment is still to come.
    """
    where = " ".join(posted_in.split())
    if not where:
        raise UserError("Where was it posted?", todo="Say where, such as “WhatsApp group”.")
    if not text.strip():
        raise UserError("The call has no text.", todo="Write it, or take the ready one.")
    if posted_at and posted_at > clock.now():
        raise UserError("That moment is still to come.", todo="Record it when it was posted.")
    with work(store, f"post R{request_id} to the group") as unit:
        request = request_of(unit.session, request_id)
        at = posted_at or unit.now
        unit.session.add(OpenCall(request_id=request_id, text=text.strip(), posted_in=where, posted_at=at))
        now_asking(unit, request)
        return unit.batch_id


def volunteer(
    store: Store, request_id: int, member_id: int, answer: Answer = Answer.YES, note: str = "", session: str = ""
) -> int:
    """Record that a member answered an open call: their reply is the ask. Return the step.

    They count apart from those who were asked. Raises UserError when the request was not posted, or they may not
    be asked about such requests: then their permission is to be recorded first.
    """
    with work(store, f"record an answer to the call R{request_id}") as unit:
        posted = select(OpenCall.id).where(OpenCall.request_id == request_id).limit(1)
        if unit.session.scalar(posted) is None:
            raise UserError(f"R{request_id} was not posted to the group.", todo="Record where it was posted first.")
        record_one(unit, Heard(request_id, member_id, answer, note=note, session=session, volunteered=True))
        return unit.batch_id
