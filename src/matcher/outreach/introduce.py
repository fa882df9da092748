"""Introducing who said yes: the requester's contact for each of them, and what of theirs could be shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from matcher.consent import RELEASABLE
from matcher.consent.release import agreed, hidden_fields
from matcher.model import Brief, Member
from matcher.storage import member_of, reading, request_of, setting
from matcher.storage.store import Store
from matcher_resources import path_to

_OPENING = "Hi {first_name}, it's {sender}. It is about what you said yes to. Is now a good time to message?"


@dataclass(frozen=True, slots=True)
class Introduced:
    """One member who agreed: the message with the requester's contact, and which of their details stay hidden.

    ``opening`` comes before the message where the phone is shared: it names no topic. ``hidden`` is
    field -> why, of those that may reach a requester at all.
    """

    member_id: int
    name: str
    message: str
    opening: str
    hidden: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Introduction:
    """A request that people said yes to: who asks, how to reach them (empty when not known), and who agreed."""

    request_id: int
    title: str
    requester: str
    contact: str
    people: tuple[Introduced, ...]


def introduction(store: Store, request_id: int) -> Introduction:
    """Everyone who said yes to a request and may still be asked about it. Raises UserError for an unknown one.

    Nothing of anybody is in it but names for the founder's own eyes: the messages go to the members.
    """
    with reading(store) as session:
        request = request_of(session, request_id)
        brief = request.brief
        organisation = setting(session, "organisation.name", "")
        sender = setting(session, "organisation.sender", "") or organisation
        people = agreed(session, request, RELEASABLE)
        members = {person.member_id: member_of(session, person.member_id) for person in people}
        return Introduction(
            request_id=request_id,
            title=brief.title,
            requester=", ".join(part for part in (brief.requester, brief.organisation) if part),
            contact=brief.contact,
            people=tuple(_introduced(member, brief, organisation, sender) for member in members.values()),
        )


def _introduced(member: Member, brief: Brief, organisation: str, sender: str) -> Introduced:
    hidden = hidden_fields(member)
    first_name = _one_line(member.first_name or "there")
    message = _template().render(
        first_name=first_name,
        sender=_one_line(sender),
        organisation=_one_line(organisation),
        title=_one_line(brief.title),
        requester=_one_line(", ".join(part for part in (brief.requester, brief.organisation) if part)),
        contact=_one_line(brief.contact),
    )
    return Introduced(
        member_id=member.id,
        name=member.name,
        message=message.strip() if brief.contact else "",
        opening=_OPENING.format(first_name=first_name, sender=_one_line(sender)) if member.shared_phone else "",
        hidden={name: hidden[name] for name in RELEASABLE if name in hidden},
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _template() -> Template:
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    return environment.from_string(path_to("templates/introduce.txt").read_text(encoding="utf-8"))
