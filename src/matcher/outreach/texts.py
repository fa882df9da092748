"""The texts of her messages: those Matcher comes with, and her own for an audience or a channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import UserError
from matcher.files.writers.letters import filled
from matcher.model import Audience, Setting
from matcher.outreach.channels import CHANNELS
from matcher.storage import put_setting, reading, work
from matcher.storage.store import Store
from matcher_resources import path_to


class MessageKind(StrEnum):
    """What a message is for. The two openings go first where somebody else may read what is written."""

    ASK = "ask"
    OPENING = "opening"
    NUDGE = "nudge"
    REMINDER = "reminder"
    INTRODUCE = "introduce"
    OPENING_AFTER = "opening_after"
    THANKS = "thanks"
    OUTCOME = "outcome"
    CALL = "call"
    SHARE_LINK = "share_link"
    MEETUP_INVITE = "meetup_invite"
    MEETUP_REMINDER = "meetup_reminder"
    MEETUP_WAITING = "meetup_waiting"
    MEETUP_PLACE = "meetup_place"
    MEETUP_CANCELLED = "meetup_cancelled"
    MEETUP_CALL = "meetup_call"


TO_THE_GROUP = (MessageKind.CALL, MessageKind.SHARE_LINK)
OPENINGS = (MessageKind.OPENING, MessageKind.OPENING_AFTER)
_ALWAYS = {"first_name": "their first name", "sender": "who signs"}
_REQUEST = {
    "organisation": "your network", "who": "who is asking", "title": "what it is about", "what": "what it is",
    "how_long": "how long it takes", "where": "where", "by_when": "the day you need to know by",
    "sessions": "the dates", "payment": "what they get", "paid": "true where they are paid",
    "anonymity": "how they would appear", "recording": "what is recorded", "who_sees": "who else will see it",
    "comes_back": "what comes back to them", "requester": "who is asking, empty when not known",
    "contact": "how to reach who is asking",
}  # fmt: skip
MEETUP_KINDS = tuple(kind for kind in MessageKind if kind.value.startswith("meetup_"))
"""The messages about the network's own events."""
_MEETUP = {
    "organisation": "your network", "title": "what it is called", "what": "meet-up or drop-in",
    "when": "the day and the time", "where": "the place, or online", "join": "where to join online, else empty",
    "about": "what it is about, in your words", "helpers": "who helps, by name",
}  # fmt: skip
_MORE = {
    MessageKind.MEETUP_WAITING: {"place_in_line": "their place on the waiting list"},
    MessageKind.REMINDER: {"session": "the date they picked"},
    MessageKind.SHARE_LINK: {"link": "the link, empty when not known"},
    MessageKind.OUTCOME: {"came_of_it": "what came of it, in your words"},
}
_KEY = "messages."


@dataclass(frozen=True, slots=True)
class MessageText:
    """The texts of a store: for this audience and channel, else for one of them, else the usual."""

    kind: MessageKind
    audience: Audience | None
    channel: str | None
    text: str
    own: bool


class Texts:
    """The texts of a store: the one for this audience and channel, else for one of them, else the usual."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._own = own or {}

    def of(self, kind: MessageKind, audience: Audience | None = None, channel: str | None = None) -> str:
        """The text to use."""
        ways = ((audience, channel), (audience, None), (None, channel), (None, None))
        return next((text for way in ways if (text := self._own.get(_name(kind, *way)))), usual_text(kind))

    def rows(self) -> tuple[MessageText, ...]:
        """Every text: of each kind the one for all, then her own for an audience or channel."""
        found = []
        for kind in MessageKind:
            mine = self._own.get(_name(kind, None, None))
            found.append(MessageText(kind, None, None, mine or usual_text(kind), bool(mine)))
            for audience in (None, *Audience):
                for channel in (None, *CHANNELS):
                    text = self._own.get(_name(kind, audience, channel))
                    if text and (audience or channel):
                        found.append(MessageText(kind, audience, channel, text, True))
        return tuple(found)


def words_of(kind: MessageKind) -> dict[str, str]:
    """The words a text of this kind may use, and what each stands for. An opening knows no topic."""
    if kind in OPENINGS:
        return dict(_ALWAYS)
    if kind in TO_THE_GROUP:
        return {"sender": _ALWAYS["sender"]} | _REQUEST | _MORE.get(kind, {})
    if kind is MessageKind.MEETUP_CALL:
        return {"sender": _ALWAYS["sender"]} | _MEETUP
    if kind in MEETUP_KINDS:
        return _ALWAYS | _MEETUP | _MORE.get(kind, {})
    return _ALWAYS | _REQUEST | _MORE.get(kind, {})


@cache
def usual_text(kind: MessageKind) -> str:
    """The text that Matcher comes with."""
    return path_to(f"templates/messages/{kind.value}.txt").read_text(encoding="utf-8")


def texts_in(session: Session) -> Texts:
    """The texts of a store."""
    rows = session.scalars(select(Setting).where(Setting.name.startswith(_KEY)))
    return Texts({row.name: str(row.value) for row in rows if row.value})


def message_texts(store: Store) -> tuple[MessageText, ...]:
    """Every text of this network."""
    with reading(store) as session:
        return texts_in(session).rows()


def save_message_text(
    store: Store, kind: MessageKind, text: str | None, audience: Audience | None = None, channel: str | None = None
) -> int | None:
    """Keep a text of her own, or with None none; return the step made, None when nothing differs.

    Raises UserError when it is empty, no template, or uses a word that messages of this kind do not have.
    """
    if channel not in (None, *CHANNELS):
        raise UserError(f"“{channel}” is no channel.", todo=f"Use one of: {', '.join(CHANNELS)}.")
    kept = None if text is None else text.strip()
    if kept is not None and not filled(kept, words_of(kind)):
        raise UserError("The message is empty.", todo="Write it, or put the usual text back.")
    name = _name(kind, audience, channel)
    with work(store, f"change the {kind.value.replace('_', ' ')} message") as unit:
        before = unit.session.get(Setting, name)
        if (before.value if before else None) == kept:
            return None
        put_setting(unit, name, kept)
        return unit.batch_id


def _name(kind: MessageKind, audience: Audience | None, channel: str | None) -> str:
    return f"{_KEY}{kind.value}.{audience.value if audience else ''}.{(channel or '').casefold()}"
