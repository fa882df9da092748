"""What is written about a meet-up: the invitation, the day before, a free place, that it is off, the post."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import clock
from matcher.consent import event_verdicts
from matcher.errors import UserError
from matcher.files.writers.letters import filled, one_line
from matcher.model import Audience, Meetup, MeetupInvitation, MeetupState, Member
from matcher.outreach.brief_words import spoken_day
from matcher.outreach.meetups.inviting import has_room, invitation_of, waiting
from matcher.outreach.meetups.nearest import is_online
from matcher.outreach.meetups.plan import meetup_of
from matcher.outreach.messages import Writer, writer_in
from matcher.outreach.texts import MessageKind
from matcher.storage import member_of, reading, work
from matcher.storage.store import Store

_TOLD = (MeetupState.INVITED, MeetupState.COMING, MeetupState.WAITING)
_NOT_A_MEMBER, _SAID_NO = "Is not a member any more", "Has said that they cannot come"


@dataclass(frozen=True, slots=True)
class MeetupWord:
    """A message to one member about a meet-up, ready to send.

    ``message`` goes first; ``full`` is all of it where ``message`` only opens, because others may read it.
    ``trouble``: why nothing may be written to her, in words; then there is no message.
    """

    kind: MessageKind
    meetup_id: int
    title: str
    member_id: int
    name: str
    channel: str
    message: str
    full: str
    link: str
    why: str = ""
    trouble: str = ""


def word_for(store: Store, meetup_id: int, member_id: int) -> MeetupWord:
    """What to write to a member about a meet-up as she stands with it now."""
    with reading(store) as session:
        meetup, invitation = meetup_of(session, meetup_id), invitation_of(session, meetup_id, member_id)
        kind, more = _kind(session, meetup, invitation)
        word = _word(session, writer_in(session), kind, meetup, member_of(session, member_id), **more)
        said_no = invitation is not None and invitation.state not in _TOLD
        return replace(word, message="", full="", link="", trouble=word.trouble or _SAID_NO) if said_no else word


def to_send(store: Store, meetup_id: int | None = None) -> tuple[MeetupWord, ...]:
    """Who is due a word about one meet-up or any: reminded of tomorrow's, or told that one is off."""
    with reading(store) as session:
        writer = writer_in(session)
        return tuple(
            _word(session, writer, kind, meetup, member, why=why)
            for kind, why, meetup, invitation, member in _due(session, meetup_id)
        )


def note_sent(store: Store, meetup_id: int, member_ids: Sequence[int], kind: MessageKind) -> int:
    """Record that a reminder was sent, or that they were told it is off; return the step."""
    columns = {MessageKind.MEETUP_REMINDER: "reminded_on", MessageKind.MEETUP_CANCELLED: "told_on"}
    if kind not in columns:
        raise UserError("Only reminders, and that it is off, are noted.")
    with work(store, "note a message about a meet-up") as unit:
        meetup_of(unit.session, meetup_id)
        for member_id in member_ids:
            invitation = invitation_of(unit.session, meetup_id, member_id)
            if invitation is None:
                raise UserError(f"M{member_id} was not invited to E{meetup_id}.")
            setattr(invitation, columns[kind], clock.today())
        return unit.batch_id


def call_for(store: Store, meetup_id: int) -> str:
    """The text for the group, the newsletter, and partners who tell people of it. It names no member."""
    with reading(store) as session:
        writer, meetup = writer_in(session), meetup_of(session, meetup_id)
        words = {
            **meetup_words(meetup), "sender": one_line(writer.sender), "organisation": one_line(writer.organisation)
        }  # fmt: skip
        return filled(writer.texts.of(MessageKind.MEETUP_CALL, Audience.OWN), words)


def meetup_words(meetup: Meetup) -> dict[str, Any]:
    """Word of a template -> what this meet-up says; empty text where it does not say."""
    return {
        "title": one_line(meetup.title),
        "what": meetup.kind.value.replace("_", "-"),
        "when": spoken_when(meetup),
        "where": _where(meetup),
        "join": one_line(meetup.link),
        "about": meetup.about.strip(),
        "helpers": one_line(meetup.co_organisers),
        "place_in_line": "",
    }


def spoken_when(meetup: Meetup) -> str:
    """“Wed 9 Dec, 4 to 5 pm”."""
    start = meetup.starts_at.astimezone(clock.LONDON)
    end = (meetup.ends_at or meetup.starts_at + timedelta(hours=1)).astimezone(clock.LONDON)
    same_half = (start.hour < 12) == (end.hour < 12)
    first = _spoken_time(start.hour, start.minute, half=not same_half)
    return f"{spoken_day(start.date())}, {first} to {_spoken_time(end.hour, end.minute, half=True)}"


def _spoken_time(hour: int, minute: int, *, half: bool) -> str:
    clock_face = f"{(hour - 1) % 12 + 1}" + (f".{minute:02}" if minute else "")
    return clock_face + (f" {'am' if hour < 12 else 'pm'}" if half else "")


def _where(meetup: Meetup) -> str:
    if is_online(meetup):
        return "online"
    return one_line(", ".join(filter(None, (meetup.place, meetup.postcode))))


def _kind(
    session: Session, meetup: Meetup, invitation: MeetupInvitation | None
) -> tuple[MessageKind, dict[str, Any]]:
    """The message for somebody as she stands now, and the words it needs besides."""
    if meetup.cancelled_at is not None and invitation is not None:
        return MessageKind.MEETUP_CANCELLED, {}
    if invitation is None or invitation.state not in (MeetupState.COMING, MeetupState.WAITING):
        return MessageKind.MEETUP_INVITE, {}
    if invitation.state is MeetupState.COMING:
        return MessageKind.MEETUP_REMINDER, {}
    place = [one.id for one in waiting(session, meetup.id)].index(invitation.id) + 1
    if place == 1 and has_room(session, meetup):
        return MessageKind.MEETUP_PLACE, {}
    return MessageKind.MEETUP_WAITING, {"place_in_line": place}


def _due(
    session: Session, meetup_id: int | None
) -> Iterator[tuple[MessageKind, str, Meetup, MeetupInvitation, Member]]:
    """Who is to be told what, and why; not whose permission ended."""
    query = (
        select(Meetup, MeetupInvitation, Member)
        .join(MeetupInvitation, MeetupInvitation.meetup_id == Meetup.id)
        .join(Member, Member.id == MeetupInvitation.member_id)
        .where(Meetup.starts_at > clock.now(), MeetupInvitation.state.in_(_TOLD), Member.erased_at.is_(None))
        .order_by(Meetup.starts_at, Meetup.id, MeetupInvitation.id)
    )
    if meetup_id is not None:
        query = query.where(Meetup.id == meetup_id)
    for meetup, invitation, member in session.execute(query):
        days = (meetup.starts_at.astimezone(clock.LONDON).date() - clock.today()).days
        if meetup.cancelled_at is not None:
            if invitation.told_on is None:
                yield MessageKind.MEETUP_CANCELLED, "It is called off", meetup, invitation, member
        elif invitation.state is MeetupState.COMING and invitation.reminded_on is None and days <= 1:
            why = "Comes tomorrow" if days == 1 else "Comes today"
            yield MessageKind.MEETUP_REMINDER, why, meetup, invitation, member


def _word(
    session: Session, writer: Writer, kind: MessageKind, meetup: Meetup, member: Member, why: str = "", **more: Any
) -> MeetupWord:
    person = session.get_one(Member, member.merged_into) if member.merged_into else member
    verdict = event_verdicts(session, meetup, [person.id]).get(person.id)
    trouble = _NOT_A_MEMBER if verdict is None else ""
    if verdict is not None and not verdict.may and verdict.rule != "already_asked":
        trouble = verdict.reason
    told = (kind, meetup.id, meetup.title, person.id, person.name)
    if trouble:
        return MeetupWord(*told, "", "", "", "", why, trouble)
    ready = writer.about(kind, person, Audience.OWN, {**meetup_words(meetup), **more})
    return MeetupWord(*told, ready.channel, ready.message, ready.full, ready.link, why)
