"""Check-ins ready to send: what I hold, what I would ask you about, still right?"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from matcher import clock
from matcher.consent import due_check_ins, states
from matcher.model import AUDIENCE_PURPOSES, MAY_BE_ASKED, Member, Purpose, State, fields_of
from matcher.outreach.messages import reach
from matcher.storage import reading, setting
from matcher.storage.store import Store

_SPOKEN = {
    Purpose.POLICY: "policy and government",
    Purpose.ACADEMIC: "research",
    Purpose.MEDIA: "journalists and the media",
    Purpose.SECTOR: "events and bodies of the care sector",
    Purpose.OWN_EVENTS: "our own meet-ups",
}
_NOT_TOLD = frozenset({"conditions", "never_share", "last_answer_at"})


@dataclass(frozen=True, slots=True)
class ReadyCheckIn:
    """One check-in: whom, why, on which channel, the text and a link that opens it ("" where there is none)."""

    member_id: int
    name: str
    reason: str
    reminder: bool
    channel: str
    text: str
    link: str


def check_in_messages(store: Store) -> tuple[ReadyCheckIn, ...]:
    """Everyone who may be checked in with today, with the message ready to send.

    Sending is hers; `consent.record_check_in` notes that it was done.
    """
    due = {one.member_id: one for one in due_check_ins(store, clock.today())}
    with reading(store) as session:
        members = session.scalars(select(Member).where(Member.is_live()).order_by(Member.id))
        standing = states(session)
        organisation = setting(session, "organisation.name", "")
        sender = setting(session, "organisation.sender", "")
        ready = []
        for member in members:
            if one := due.get(member.id):
                words = _words(member, standing.get(member.id, {}), reminder=one.reminder)
                ask = reach(member, "templates/check_in.txt", words, organisation=organisation, sender=sender)
                ready.append(
                    ReadyCheckIn(
                        member.id, member.name, one.reason, one.reminder, ask.channel, ask.message, ask.link
                    )
                )
        return tuple(ready)


def _words(member: Member, standing: Mapping[Purpose, State], *, reminder: bool) -> dict[str, object]:
    held = [
        field.label.lower()
        for name, field in fields_of(Member).items()
        if name not in _NOT_TOLD and getattr(member, name) not in (None, "", [], False)
    ]
    asked = [spoken for purpose, spoken in _SPOKEN.items() if standing.get(purpose) in MAY_BE_ASKED]
    return {
        "held": ", ".join(held) or "nothing but your name",
        "asked_about": ", ".join(asked),
        "offered": ", ".join(_SPOKEN[purpose] for purpose in AUDIENCE_PURPOSES),
        "reminder": reminder,
    }
