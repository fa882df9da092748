"""Conditions of a member, where they are structured: what each forbids, and what a request would need."""

from collections.abc import Collection, Iterable

from matcher.model import Anonymity, Brief, CriterionField, Format, Recording, Strength

_FORBIDS: dict[str, frozenset[str]] = {
    "first_name_only": frozenset({"full name"}),
    "anonymous_only": frozenset({"name", "full name", "face", "photo"}),
    "no_photo": frozenset({"photo"}),
    "no_video": frozenset({"face"}),
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
    "no_video": "Not on camera",
    "no_broadcast": "No radio or television",
    "no_recording": "No recording",
    "no_employer_name": "Don't name the employer",
    "employer_must_not_know": "The employer must not know",
    "no_place_name": "Don't name the town",
    "no_client_details": "Nothing that identifies a client",
    "see_wording_first": "Wants to see the wording first",
    "questions_in_advance": "Wants the questions in advance",
    "ask_each_time": "Ask each time",
    "no_local_press": "Not the local press",
    "radio_only": "Radio only",
    "women_only": "Women-only groups",
    "needs_travel": "Needs travel or fares",
    "welsh": "Welsh preferred",
    "interpreter": "Needs an interpreter",
    "access_needs": "Has access needs",
    "text_only": "Text only, no calls",
    "no_email": "No e-mail",
    "shared_phone": "Shares the phone",
    "personal_capacity": "In a personal capacity",
    "union_rep": "Speaks as union rep",
    "manager_say_so": "Say that they are a manager",
    "childcare": "Needs childcare",
}
"""Code -> what screens say."""

FOR_THE_REQUESTER = frozenset(
    {
        "first_name_only", "anonymous_only", "no_photo", "no_video", "no_broadcast", "no_recording",
        "no_employer_name", "employer_must_not_know", "no_place_name", "no_client_details", "see_wording_first",
        "questions_in_advance", "no_local_press", "radio_only", "women_only", "text_only", "no_email",
        "personal_capacity", "needs_travel",
    }
)  # fmt: skip
"""What a requester is told to respect, once she agreed: how she is shown and reached, nothing about her life."""

_NEEDS = {
    "full name": "this request shows the person's full name",
    "name": "this request shows the person's name",
    "face": "this request is on camera",
    "photo": "this request needs a photo",
    "broadcast": "this request is for broadcast",
    "recording": "this request is recorded",
    "employer's name": "this request names the employer",
    "employer's agreement": "this request needs the employer's agreement",
}
"""What a request needs -> how that is said."""

_BROADCAST = frozenset({Format.LIVE_BROADCAST, Format.RECORDED_BROADCAST})


def needs_of(brief: Brief) -> frozenset[str]:
    """What taking part would show of a person, as far as the brief says so for certain."""
    needs: set[str] = set()
    if brief.anonymity in (Anonymity.NAMED, Anonymity.ON_CAMERA):
        needs |= {"name", "full name"}
    if brief.anonymity is Anonymity.ON_CAMERA:
        needs |= {"face", "recording"}
    if brief.anonymity is Anonymity.FIRST_NAME:
        needs.add("name")
    if brief.recording is Recording.PHOTO:
        needs.add("photo")
    if brief.format in _BROADCAST:
        needs |= {"broadcast", "recording"} if brief.format is Format.RECORDED_BROADCAST else {"broadcast"}
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


def in_words(codes: Iterable[str] | None, among: Collection[str] | None = None) -> str:
    """Conditions as screens and sheets say them, in one line; ``among``: only these."""
    return "; ".join(LABELS[code] for code in codes or () if code in LABELS and (among is None or code in among))
