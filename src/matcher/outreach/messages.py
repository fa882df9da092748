"""What she sends to a member: one ready message, from a text of hers, on a channel that is safe for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matcher.files.writers.letters import filled, one_line
from matcher.model import Anonymity, Audience, Brief, Member
from matcher.outreach.brief_words import brief_words
from matcher.outreach.channels import Way, way_to
from matcher.outreach.texts import MessageKind, Texts, texts_in
from matcher.storage import setting
from matcher_resources import path_to

_AFTER_A_YES = (
    MessageKind.REMINDER, MessageKind.INTRODUCE, MessageKind.THANKS, MessageKind.OUTCOME,
    MessageKind.MEETUP_REMINDER, MessageKind.MEETUP_WAITING, MessageKind.MEETUP_PLACE, MessageKind.MEETUP_CANCELLED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """How to reach one member: the channel, the text to send first and a link that opens it, where there is one.

    ``full`` is the whole message; it differs from ``message`` where somebody else may read what is written: then
    the message only opens, and the rest is sent when they answer.
    """

    channel: str
    message: str
    link: str
    full: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who signs, for which network, and with what texts."""

    organisation: str
    sender: str
    texts: Texts

    def write(self, kind: MessageKind, member: Member, brief: Brief, **more: Any) -> Ask:
        """A message for one member about a request. Raises UserError when its text needs what is not known."""
        return self.about(kind, member, brief.audience, {**brief_words(brief), **more})

    def about(self, kind: MessageKind, member: Member, audience: Audience, words: Mapping[str, Any]) -> Ask:
        """A message for one member with these words in it. Raises UserError when its text needs others."""
        way = way_to(member)
        full = self._filled(kind, member, audience, way, words)
        first = full
        if way.neutral:
            opening = MessageKind.OPENING_AFTER if kind in _AFTER_A_YES else MessageKind.OPENING
            first = filled(self.texts.of(opening, audience, way.channel), self._signed(member))
        return Ask(way.channel, first, way.link(first, self.subject(neutral=way.neutral)), full)

    def call(self, brief: Brief) -> str:
        """The text of an open call, for the group."""
        return self._for_group(MessageKind.CALL, brief)

    def share_link(self, brief: Brief, link: str) -> str:
        """The text that goes with a link to answer at, for the group.

        How people appear is left out where it was not said: nothing of theirs comes through her.
        """
        unsaid = {"anonymity": ""} if brief.anonymity is Anonymity.NOT_STATED else {}
        return self._for_group(MessageKind.SHARE_LINK, brief, link=one_line(link), **unsaid)

    def subject(self, *, neutral: bool) -> str:
        """The subject of an e-mail; where others may read it, it names nobody but who signs."""
        who = one_line(self.sender if neutral else self.organisation)
        return f"A question from {who}" if who else "A question"

    def _for_group(self, kind: MessageKind, brief: Brief, **more: str) -> str:
        signed = {"sender": one_line(self.sender), "organisation": one_line(self.organisation)}
        return filled(self.texts.of(kind, brief.audience), {**brief_words(brief), **signed, **more})

    def _filled(
        self, kind: MessageKind, member: Member, audience: Audience, way: Way, words: Mapping[str, Any]
    ) -> str:
        known = {**words, **self._signed(member), "organisation": one_line(self.organisation)}
        return filled(self.texts.of(kind, audience, way.channel), known)

    def _signed(self, member: Member) -> dict[str, str]:
        return {"first_name": one_line(member.first_name or "there"), "sender": one_line(self.sender)}


def writer_in(session: Session) -> Writer:
    """The writer of a store's messages."""
    return Writer(
        setting(session, "organisation.name", ""), setting(session, "organisation.sender", ""), texts_in(session)
    )


def reach(member: Member, template: str, words: Mapping[str, Any], *, organisation: str, sender: str) -> Ask:
    """A message that is about no request, from a template that knows the word ``neutral``.

    Raises UserError when the template needs something that ``words`` does not have.
    """
    way = way_to(member)
    values = {
        "first_name": one_line(member.first_name or "there"),
        "sender": one_line(sender),
        "organisation": one_line(organisation),
        **words,
        "neutral": way.neutral,
    }
    message = filled(path_to(template).read_text(encoding="utf-8"), values)
    subject = Writer(organisation, sender, Texts()).subject(neutral=way.neutral)
    return Ask(way.channel, message, way.link(message, subject))
