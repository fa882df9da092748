"""Permissions in the words of the screen."""

from collections.abc import Mapping

from matcher.model import AUDIENCE_PURPOSES, Decision, How, Purpose, State
from matcher_ui.widgets.chip import ChipKind

PURPOSES: Mapping[Purpose, str] = {
    Purpose.POLICY: "Policy",
    Purpose.ACADEMIC: "Academic",
    Purpose.MEDIA: "Media",
    Purpose.SECTOR: "Sector",
    Purpose.OWN_EVENTS: "Our own events",
    Purpose.NEWS: "News",
    Purpose.CAMPAIGNS: "Campaigns",
    Purpose.USE_AGE_BAND: "Age band",
    Purpose.USE_GENDER: "Gender",
    Purpose.USE_ETHNICITY: "Ethnicity",
    Purpose.USE_MIGRATION_STATUS: "Migration status",
}
REQUESTS = AUDIENCE_PURPOSES
"""The four kinds of request that come from outside, in the order of every row of marks."""

STATES: Mapping[State, str] = {
    State.GIVEN: "Given",
    State.ASK_FIRST: "Ask first",
    State.REFUSED: "Refused",
    State.WITHDRAWN: "Withdrawn",
    State.NOT_GIVEN: "Not given",
}
MARKS: Mapping[State, ChipKind] = {
    State.GIVEN: "given",
    State.ASK_FIRST: "ask_first",
    State.REFUSED: "refused",
    State.WITHDRAWN: "withdrawn",
    State.NOT_GIVEN: "not_given",
}
HOWS: Mapping[How, str] = {
    How.WHATSAPP: "WhatsApp",
    How.PHONE: "phone",
    How.EMAIL: "e-mail",
    How.IN_PERSON: "in person",
    How.FORM: "form",
    How.SAMPLE: "sample",
    How.JOURNAL: "kept through a restore",
}
SPOKEN_HOWS = (How.WHATSAPP, How.PHONE, How.EMAIL, How.IN_PERSON)
"""How a member can tell her something by hand."""

_DECIDED: Mapping[Decision, str] = {
    Decision.GIVEN: "Gave {what}",
    Decision.ASK_FIRST: "Ask first: {what}",
    Decision.REFUSED: "Refused {what}",
    Decision.WITHDRAWN: "Withdrew from {what}",
    Decision.VOID: "Taken back by an undo: {what}",
}


def spoken(purpose: Purpose) -> str:
    """A purpose inside a sentence: “media”, “use of ethnicity”."""
    word = PURPOSES[purpose].lower()
    return f"use of {word}" if purpose.value.startswith("use_") else word


def decided(decision: Decision, purposes: list[Purpose]) -> str:
    """“Gave policy, academic”."""
    return _DECIDED[decision].format(what=", ".join(map(spoken, purposes)))
