"""Introducing who said yes: the requester's contact for each of them, and what of theirs could be shared."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.consent import RELEASABLE
from matcher.consent.release import agreed, hidden_fields
from matcher.model import Brief, Member
from matcher.outreach.brief_words import requester_of
from matcher.outreach.messages import Writer, writer_in
from matcher.outreach.texts import MessageKind
from matcher.storage import member_of, reading, request_of
from matcher.storage.store import Store


@dataclass(frozen=True, slots=True)
class Introduced:
    """One member who agreed: the message with the requester's contact, and which of their details stay hidden.

    ``opening`` goes before the message where somebody else may read it: it names no topic, and ``link`` opens
    that one. ``hidden`` is field -> why, of those that may reach a requester at all.
    """

    member_id: int
    name: str
    channel: str
    message: str
    opening: str
    link: str
    hidden: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Introduction:
    """A request that people said yes to: who asks, how to reach them (empty when not known), and who agreed.

    Without a contact there are no messages.
    """

    request_id: int
    title: str
    requester: str
    contact: str
    people: tuple[Introduced, ...]


def introduction(store: Store, request_id: int) -> Introduction:
    """Everyone who said yes to a request and may still be asked about it. Raises UserError for an unknown one.

    It is for the founder's own eyes: the messages go to the members, and nothing of it to the requester.
    """
    with reading(store) as session:
        request = request_of(session, request_id)
        brief = request.brief
        writer = writer_in(session)
        members = [member_of(session, one.member_id) for one in agreed(session, request, RELEASABLE)]
        return Introduction(
            request_id=request_id,
            title=brief.title,
            requester=requester_of(brief),
            contact=brief.contact,
            people=tuple(_introduced(writer, member, brief) for member in members),
        )


def _introduced(writer: Writer, member: Member, brief: Brief) -> Introduced:
    ready = writer.write(MessageKind.INTRODUCE, member, brief)
    hidden = hidden_fields(member)
    return Introduced(
        member_id=member.id,
        name=member.name,
        channel=ready.channel,
        message=ready.full if brief.contact else "",
        opening=ready.message if ready.message != ready.full else "",
        link=ready.link if brief.contact else "",
        hidden={name: hidden[name] for name in RELEASABLE if name in hidden},
    )
