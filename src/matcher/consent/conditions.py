"""Conditions of a member, where they are structured: what each forbids, and what a request would need."""

from collections.abc import Collection, Iterable

from matcher.knowledge.canonical import HOURS
from matcher.knowledge.canonical import conditions as conditions_in
from matcher.model import Anonymity, Audience, Brief, CriterionField, Format, Recording, Strength

_FORBIDS: dict[str, frozenset[str]] = {
    "first_name_only": frozenset({"full name"}),
    "anonymous_only": frozenset({"name", "full name", "face", "photo"}),
    "no_photo": frozenset({"photo"}),
    "no_face": frozenset({"face"}),
    "no_video": frozenset({"face"}),
    "audio_only": frozenset({"face", "photo"}),
    "no_live": frozenset({"live"}),
    "no_broadcast": frozenset({"broadcast"}),
    "no_recording": frozenset({"face", "recording"}),
    "no_employer_name": frozenset({"employer's name"}),
    "employer_must_not_know": frozenset({"employer's name", "employer's agreement"}),
    "radio_only": frozenset({"face", "photo"}),
}
LABELS = {
    "first_name_only": "First name only",
    "anonymous_only": "Anonymous only",
    "no_photo": "No photo",
    "no_face": "Not their face",
    "no_video": "Not on camera",
    "audio_only": "Sound only",
    "no_live": "Nothing live",
    "no_broadcast": "No radio or television",
    "no_recording": "No recording",
    "no_employer_name": "Don't name the employer",
    "employer_must_not_know": "The employer must not know",
    "no_place_name": "Don't name the town",
    "no_client_details": "Nothing that identifies a client",
    "see_wording_first": "Wants to see the wording first",
    "questions_in_advance": "Wants the questions in advance",
    "ask_each_time": "Ask each time",
    "ask_first_broadcast": "Ask first about radio and television",
    "ask_first_media": "Ask first about journalists",
    "no_local_press": "Not the local press",
    "no_social_media": "Not on social media",
    "radio_only": "Radio only",
    "women_only": "Women-only groups",
    "needs_travel": "Needs travel or fares",
    "welsh": "Welsh preferred",
    "interpreter": "Needs an interpreter",
    "access_needs": "Has access needs",
    "text_only": "Text only, no calls",
    "email_only": "By e-mail only",
    "someone_with_me": "Brings somebody along",
    "no_email": "No e-mail",
    "shared_phone": "Shares the phone",
    "personal_capacity": "In a personal capacity",
    "union_rep": "Speaks as union rep",
    "manager_say_so": "Say that they are a manager",
    "childcare": "Needs childcare",
    HOURS: "Hours",
}
"""Code -> what screens say."""

FOR_THE_REQUESTER = frozenset(
    {
        "first_name_only", "anonymous_only", "no_photo", "no_video", "no_broadcast", "no_recording",
        "no_employer_name", "employer_must_not_know", "no_place_name", "no_client_details", "see_wording_first",
        "questions_in_advance", "no_local_press", "radio_only", "women_only", "text_only", "no_email",
        "personal_capacity", "needs_travel", "no_face", "audio_only", "no_live", "no_social_media", "email_only",
        "someone_with_me", HOURS,
    }
)  # fmt: skip
"""What a requester is told to respect, once she agreed: how she is shown and reached, nothing about her life."""

_NEEDS = {
    "full name": "this request shows the person's full name",
    "name": "this request shows the person's name",
    "face": "this request is on camera",
    "photo": "this request needs a photo",
    "live": "this request is live",
    "broadcast": "this request is for broadcast",
    "recording": "this request is recorded",
    "employer's name": "this request names the employer",
    "employer's agreement": "this request needs the employer's agreement",
}
"""What a request needs -> how that is said."""

_OF_RECORDING = {
    Recording.PHOTO: frozenset({"photo"}),
    Recording.AUDIO: frozenset({"recording"}),
    Recording.VIDEO: frozenset({"face", "recording"}),
}
_OF_FORMAT = {
    Format.LIVE_BROADCAST: frozenset({"broadcast", "live"}),
    Format.RECORDED_BROADCAST: frozenset({"broadcast", "recording"}),
}


def needs_of(brief: Brief) -> frozenset[str]:
    """What taking part would show of a person, as far as the brief says so for certain."""
    needs: set[str] = set()
    if brief.anonymity in (Anonymity.NAMED, Anonymity.ON_CAMERA):
        needs |= {"name", "full name"}
    if brief.anonymity is Anonymity.ON_CAMERA:
        needs |= {"face", "recording"}
    if brief.anonymity is Anonymity.FIRST_NAME:
        needs.add("name")
    needs |= _OF_RECORDING.get(brief.recording, frozenset()) | _OF_FORMAT.get(brief.format, frozenset())
    for must in brief.musts():
        if must.field is CriterionField.EMPLOYER_INVOLVED and must.strength is Strength.MUST:
            needs.add("employer's agreement")
        if must.field is CriterionField.ANONYMITY and "employer" in must.text.casefold():
            needs.add("employer's name")
    return frozenset(needs)


def forbidden(conditions: Iterable[str], needs: frozenset[str]) -> str:
    """The first condition that forbids what a request needs, as a sentence; empty when none does."""
    for code in conditions:
        clash = sorted(_FORBIDS.get(code, frozenset()) & needs)
        if clash:
            return f"{LABELS[code]}, and {_NEEDS[clash[0]]}"
    return ""


def asks_first(conditions: Iterable[str], audience: Audience, needs: frozenset[str]) -> bool:
    """Whether a condition of hers wants such a request put to her personally before anything else is done."""
    codes = set(conditions)
    return (
        "ask_each_time" in codes
        or ("ask_first_media" in codes and audience is Audience.MEDIA)
        or ("ask_first_broadcast" in codes and not needs.isdisjoint({"broadcast", "face", "live"}))
    )


def in_words(codes: Iterable[str] | None, among: Collection[str] | None = None) -> str:
    """Conditions as screens and sheets say them, in one line; ``among``: only these."""
    return "; ".join(_said(code) for code in codes or () if _kind(code) in (LABELS if among is None else among))


def as_put(words: str | None, codes: Iterable[str] | None) -> str:
    """Her conditions for the founder's own eyes: in her words, and after them what else is on record."""
    if not words:
        return in_words(codes)
    told = set(conditions_in(words))
    return "; ".join(filter(None, [words, in_words(code for code in codes or () if code not in told)]))


def _kind(code: str) -> str:
    return HOURS if code.startswith(HOURS) else code


def _said(code: str) -> str:
    hours = code.removeprefix(HOURS)
    return LABELS.get(code, code) if hours == code else hours[:1].upper() + hours[1:]
