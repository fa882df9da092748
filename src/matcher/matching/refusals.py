"""How she will not be shown: no photo, no name, not on camera, nobody at work may know; and who asks for what."""

import re
from collections.abc import Collection

from matcher.matching.kinds import Hit, Table, hits
from matcher.model import Anonymity, Brief, Format, Recording

_FIRM = r"(?:the |my )?(?:firm|company|employer|agency|provider|workplace)"
THINGS = Table(
    {
        "employer": (
            rf"names? (?:of )?{_FIRM}",
            rf"(?:mention|say|use|for) {_FIRM}",
            r"employer",
            r"company",
            r"firm",
        ),
        "surname": (r"surnames?", r"last names?", r"full names?", r"second names?"),
        "name": (r"(?:my )?(?:real )?names?",),
        "photo": (r"photo(?:s|graphs?|graphed)?", r"pics?", r"pictures?"),
        "video": (r"film(?:ed|ing)?", r"videos?", r"camera", r"telly", r"tv", r"television", r"broadcasts?"),
        "voice": (r"voice", r"audio", r"radio", r"record(?:ing|ings|ed)"),
        "town": (r"towns?", r"city", r"village"),
        "media": (r"media", r"press", r"journalists?", r"newspapers?", r"papers"),
    }
)
_THING = "(?:" + "|".join(sorted((p for ps in THINGS.phrases.values() for p in ps), key=len, reverse=True)) + r")\b"
_NOT = r"\b(?:no|not|never|don['’]?t|do not|without)"
_LISTED = re.compile(
    rf"{_NOT}(?: \w+){{0,2}}? {_THING}(?:\s*(?:,|\bor\b|\bnor\b|/|\band\b)\s*(?:no |my |any |the )?{_THING})*",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?:not|never|no|won['’]?t (?:go|be)|don['’]?t want to be) (?:on )?"
    r"(?:camera|telly|tv|media|press|filming|filmed|photos?|photographs?|video)\b",
    re.IGNORECASE,
)
_PHRASES = Table(
    {
        "employer_knows": (
            r"(?:employer|boss|manager|work|company|office|agency|gaffer)\w*"
            r" (?:must|should|can|may|is|are)(?: ?not|n['’]t| never) (?:to )?(?:know|find out|hear|see)",
            r"(?:nobody|no one|no-one) at (?:my )?work",
            r"(?:don['’]?t|do not|never) tell (?:my )?(?:employer|boss|manager|work|agency|company)",
        ),
        "employer": (
            rf"keep {_FIRM} (?:anonymous|out of it|private)", r"(?:in a |in )?personal capacity",
            r"not my employer",
        ),
        "name": (
            r"(?:stay|remain|be|keep me|fully|strictly|completely) anonymous", r"anonymous(?:ly)? (?:only|please)",
            r"(?:nobody|no one) (?:can|must|should) (?:recognise|identify)(?: me)?", r"anonymous",
        ),
        "surname": (
            r"(?:surname|last name) (?:is )?not(?: to be)?", r"first names? only", r"only (?:my )?first name",
            r"under (?:my )?first name",
        ),
        "video": (r"camera off", r"radio only", r"sound only", r"audio only"),
    }
)  # fmt: skip

IMPLIES = {"name": ("surname", "video", "photo"), "media": ("video", "voice", "photo")}
"""A refusal -> what it refuses besides."""

_ON_RECORD = {
    "anonymous_only": ("name",),
    "employer_must_not_know": ("employer_knows",),
    "first_name_only": ("surname",),
    "no_broadcast": ("video", "voice"),
    "no_employer_name": ("employer",),
    "no_photo": ("photo",),
    "no_place_name": ("town",),
    "no_recording": ("voice",),
    "no_video": ("video",),
    "personal_capacity": ("employer",),
    "radio_only": ("video", "photo"),
}
"""The codes of conditions on record that say how she will not be shown -> what they refuse."""


def said(text: str, *, plainly: bool = False) -> tuple[Hit, ...]:
    """What a text refuses. ``plainly``: only unmistakable refusals, for texts about something else."""
    if not text:
        return ()
    if plainly:
        return tuple(_inside(text, _PLAIN))
    phrases = [Hit(hit.kind, hit.start, hit.end) for hit in hits(text, _PHRASES)]
    return (*phrases, *_inside(text, _LISTED))


def _inside(text: str, pattern: re.Pattern[str]) -> list[Hit]:
    found = []
    for match in pattern.finditer(text):
        kinds = {hit.kind for hit in hits(match.group(), THINGS)}
        if match.group().lower().rstrip().endswith("anonymous"):
            continue
        found += [Hit(kind, match.start(), match.end()) for kind in sorted(kinds)]
    return found


def on_record(conditions: Collection[str]) -> frozenset[str]:
    """The refusals among the condition codes of a record."""
    return frozenset(kind for code in conditions for kind in _ON_RECORD.get(code, ()))


_SHOWN = {
    Anonymity.FIRST_NAME: {"name"},
    Anonymity.NAMED: {"name", "surname"},
    Anonymity.ON_CAMERA: {"video"},
}
_RECORDED = {Recording.VIDEO: {"video"}, Recording.PHOTO: {"photo"}, Recording.AUDIO: {"voice"}}
_FORMATS = {Format.LIVE_BROADCAST: {"voice"}, Format.RECORDED_BROADCAST: {"voice"}, Format.PODCAST: {"voice"}}
_PUBLIC = frozenset({Anonymity.FIRST_NAME, Anonymity.NAMED, Anonymity.ON_CAMERA})


def shown_by(brief: Brief) -> frozenset[str]:
    """What taking part in this request shows of a person, from its anonymity, recording and format.

    A recording made for notes only, where people stay anonymous, shows nothing.
    """
    shown = set(_SHOWN.get(brief.anonymity, set()))
    if brief.anonymity in _PUBLIC:
        shown |= _RECORDED.get(brief.recording, set())
    if brief.anonymity is not Anonymity.ANONYMOUS:
        shown |= _FORMATS.get(brief.format, set())
    return frozenset(shown)


def shown_in(text: str) -> frozenset[str]:
    """What a phrase of a request asks to show ("full name, job title, employer and photo")."""
    kinds = {hit.kind for hit in hits(text, THINGS) if not hit.denied}
    if "surname" in kinds or re.search(r"\b(?:by|your|their|own) name|\bnamed\b", text, re.IGNORECASE):
        kinds |= {"name", "surname"}
    return frozenset(kinds)
