"""Check-ins ready to send: what I hold, what I would ask you about, still right?"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from matcher import clock
from matcher.consent import due_check_ins, states
from matcher.consent.states import of_members
from matcher.model import AUDIENCE_PURPOSES, MAY_BE_ASKED, Member, Purpose, State
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
_HELD = (
    ("your name", ("first_name", "last_name")),
    ("how to reach you", ("email", "phone", "preferred_channel", "safe_contact")),
    ("roughly where you are, never your address", ("town", "postcode_district", "authority", "county", "region",
                                                   "country")),
    ("the kind of work you do and since when", ("role", "employer_type", "contract_type", "hours", "care_types",
                                                "start_year")),
    ("who you work for, which I never pass on", ("employer",)),
    ("the languages you speak", ("languages",)),
    ("what you wrote about your work and what you want to speak about", ("experience_text", "interests_text",
                                                                         "avoid_text")),
    ("when you are free and how far you travel", ("availability_text", "online_ok", "in_person_ok",
                                                  "travel_miles")),
    ("what you asked me to respect", ("conditions_text", "conditions")),
    ("your age band", ("age_band",)),
    ("your gender", ("gender",)),
    ("your ethnicity", ("ethnicity",)),
    ("your migration status", ("migration_status",)),
    ("how you heard of us and when you joined", ("heard_via", "joined_on")),
)  # fmt: skip
"""What a member is told that is held on her, in her words -> the fields that hold it."""
_NOTHING: tuple[object, ...] = (None, "", [], False)


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
        standing = states(session, due)
        organisation = setting(session, "organisation.name", "")
        sender = setting(session, "organisation.sender", "")
        ready = []
        for (member,) in of_members(session, select(Member), Member.id, due):
            one = due[member.id]
            words = _words(member, standing.get(member.id, {}), reminder=one.reminder)
            ask = reach(member, "templates/check_in.txt", words, organisation=organisation, sender=sender)
            ready.append(
                ReadyCheckIn(member.id, member.name, one.reason, one.reminder, ask.channel, ask.message, ask.link)
            )
        return tuple(ready)


def _words(member: Member, standing: Mapping[Purpose, State], *, reminder: bool) -> dict[str, object]:
    held = [words for words, names in _HELD if any(getattr(member, name) not in _NOTHING for name in names)]
    asked = [spoken for purpose, spoken in _SPOKEN.items() if standing.get(purpose) in MAY_BE_ASKED]
    return {
        "held": "; ".join(held),
        "asked_about": ", ".join(asked),
        "offered": ", ".join(_SPOKEN[purpose] for purpose in AUDIENCE_PURPOSES),
        "reminder": reminder,
    }
