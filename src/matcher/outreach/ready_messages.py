"""Everyone on a request's list with the message ready to send: what the page of a request shows while asking."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import Verdict, verdicts
from matcher.consent.conditions import as_put
from matcher.model import Answer, Invitation, InvitationState, Member, ShortlistEntry
from matcher.outreach.messages import Ask, writer_in
from matcher.outreach.texts import MessageKind
from matcher.storage import reading, request_of
from matcher.storage.store import Store

_NO_MEMBER = Verdict(False, reason="Is not a member any more")


@dataclass(frozen=True, slots=True)
class ReadyMessage:
    """One person on a list: how to reach them, with what words, and where the ask stands.

    ``trouble`` is the reason, in a plain sentence, why they may not be asked: then there is no message and no
    link. ``reserve``: asked only when somebody of the list says no. ``full``: the whole message, of which
    ``message`` is only the opening where somebody else may read it.
    """

    member_id: int
    name: str
    channel: str
    message: str
    link: str
    state: InvitationState
    ask_first: bool
    reserve: bool = False
    trouble: str = ""
    asked_at: datetime | None = None
    answer: Answer | None = None
    respect: str = ""
    full: str = ""


def ready_messages(store: Store, request_id: int) -> tuple[ReadyMessage, ...]:
    """The list of a request in its order, then its reserves, then who was asked but stands on the list no more.

    Raises UserError when the request is unknown or the template needs something that the brief does not have.
    """
    with reading(store) as session:
        request = request_of(session, request_id)
        brief, allowed = request.brief, verdicts(session, request, clock.today())
        writer = writer_in(session)
        asked = _invitations(session, request_id)
        reserves = _listed(session, request_id)
        gone = (one for one, invitation in asked.items() if one not in reserves and invitation.asked_at)
        everyone = (*reserves, *gone)
        members = {m.id: m for m in session.scalars(select(Member).where(Member.id.in_(everyone)))}
        return tuple(
            _ready(
                members[one], writer.write(MessageKind.ASK, members[one], brief),
                allowed.get(one, _NO_MEMBER), asked.get(one), reserve=reserves.get(one, False),
            )
            for one in everyone
        )  # fmt: skip


def _listed(session: Session, request_id: int) -> dict[int, bool]:
    """Member -> whether they stand in reserve, in the order of the list."""
    entries = session.scalars(
        select(ShortlistEntry)
        .where(ShortlistEntry.request_id == request_id)
        .order_by(ShortlistEntry.reserve, ShortlistEntry.position)
    )
    return {entry.member_id: entry.reserve for entry in entries}


def _invitations(session: Session, request_id: int) -> dict[int, Invitation]:
    query = select(Invitation).where(Invitation.request_id == request_id).order_by(Invitation.id)
    return {invitation.member_id: invitation for invitation in session.scalars(query)}


def _ready(
    member: Member, ask: Ask, verdict: Verdict, invitation: Invitation | None, *, reserve: bool
) -> ReadyMessage:
    trouble = "" if may_still(verdict) else verdict.reason
    return ReadyMessage(
        member_id=member.id,
        name=member.name,
        channel=ask.channel,
        message="" if trouble else ask.message,
        full="" if trouble else ask.full,
        link="" if trouble else ask.link,
        state=InvitationState(invitation.state) if invitation else InvitationState.TO_ASK,
        ask_first=verdict.ask_first,
        reserve=reserve,
        trouble=trouble,
        asked_at=invitation.asked_at if invitation else None,
        answer=invitation.answer if invitation else None,
        respect=as_put(member.conditions_text, member.conditions),
    )


def may_still(verdict: Verdict) -> bool:
    """Whether an ask may go on.

    As when asking: a rest or a yearly cap does not hold back somebody who was put on the list.
    """
    return verdict.may or verdict.overridable or verdict.rule == "already_asked"
