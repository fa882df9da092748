"""How recognisable a person who takes part will be, and what is recorded."""

import re
from dataclasses import dataclass

from matcher.model import Anonymity, Audience, Recording
from matcher.triage.reading.text import Found, TextToRead, found_in, matches

_NO_ANONYMITY = re.compile(
    r"\bno anonym\w*|(?:cannot|can['’]?t|can not|unable to|won['’]t be able to) (?:\w+ ){0,3}anonym\w*|"
    r"not (?:be )?anonymous|not suitable for (?:someone|anyone|people|those) who [^.;]{0,30}anonym\w*|rules? "
    r"out (?:anyone|"
    r"people) [^.;]{0,30}anonym\w*"
    r"|(?:cannot|can['’]t) (?:be|stay|remain) anonymous",
    re.I,
)
_ON_CAMERA = re.compile(
    r"\bon[- ]camera|on[- ]screen|to be filmed|(?:be|being|are|is) filmed|filming|(?:seen|shown|named) (?:\w+ "
    r"){0,3}on (?:film|tv|television|video|"
    r"screen)|face (?:shown|on)"
    r"|in vision|live (?:on|in|from) (?:the |our )?(?:tv|television|studio|sofa)|film(?:ed)? (?:you|them|her|"
    r"him) at\b",
    re.I,
)
_SHOWN = re.compile(
    r"\b(?:on[- ]camera|on[- ]screen|in vision|need (?:\w+ )?faces?\b|faces? and (?:first )?names?)", re.I
)
_FACE_HIDDEN = re.compile(
    r"\b(?:blur|silhouette|face(?:s)? (?:can be |will be )?(?:hidden|obscured|not shown)|"
    r"don['’]t show (?:your |their )?faces?|voice (?:changed|actor|disguised)"
    r"|actor (?:can |to |will )?(?:read|voice|speak)\w*|off[- ]camera)",
    re.I,
)
_NAMED = re.compile(
    r"\b(?:full (?:real )?names?|real names?|(?:under|in) (?:their|your|her|his) own names?|published with "
    r"[^.;]{0,30}names?|by name|be(?:ing)? named|are "
    r"named|(?:use|using|publish\w*|"
    r"print) (?:your|their|the|her|his) (?:real |own |full )?names?"
    r"|(?:names?|lists?) of (?:\w+ ){0,2}(?:members|participants|speakers|witnesses|contributors)\b[^.;]{0,30}"
    r"\b(?:publish\w*|appear\w*|go(?:es)? (?:in|on)|listed|website|minutes)"
    r"|(?:witnesses|speakers|members|contributors|participants) (?:are|will be) (?:named|listed|credited|"
    r"acknowledged by name)(?! (?:only )?by (?:their )?first)"
    r"|names? (?:will be|are|is) (?:published|printed|used|listed|on (?:our|the) website|in (?:our|"
    r"the) minutes)|on the record|must be identifiable|"
    r"willing to be identified|happy to be identified"
    r"|(?<!first )names? and (?:photos?|pictures?|faces?|photo|picture|age|town|job)|photo(?:graph)?s? (?:and|"
    r"with) (?:\w+ )?name)",
    re.I,
)
_FIRST_NAME_WILL_DO = re.compile(
    r"\bfirst[- ]names? (?:only |alone )?(?:(?:is|are|will be|would be)(?: \w+)? |will |would )?(?:fine|ok|"
    r"okay|enough|do\b|all right)",
    re.I,
)
_UNNAMED = re.compile(
    r"(?:\b(?:not|never|no|nobody|no one|no-one|none|nothing|without)|n['’]t)\b[^.]{0,30}\bnam\w*(?! (?:your|"
    r"their|the|any|"
    r"an) (?:employer|company|agency|client))|\bnames?(?:,| and| &) (?:(?:home|e-?mail|postal|contact|phone) "
    r")?(?:address|"
    r"details|e-?mail|(?:phone |telephone |mobile )?number|date of birth)",
    re.I,
)
_FIRST_NAME = re.compile(
    r"\bfirst[- ]names?(?: (?:only|and|is|are|will|or|fine|ok)\b|s? only| on\b|s?\b(?=[,.;)]| ?[+&]))|"
    r"\b(?:by|with|under) (?:your |their |a |only (?:a )?)?first[- ]names?\b",
    re.I,
)
_COLLECTED = re.compile(
    r"\b(?:(?:with|including|include|text|give|tell|e-?mail|send|state) (?:me |us )?(?:your |their |a |the )?|"
    r"(?:send|csv|list\b|spreadsheet|"
    r"column)[^.]{0,30})first name",
    re.I,
)
_PSEUDONYM = re.compile(
    r"\b(?:pseudonym\w*|(?:change|changing|changed|alter|made-up|made up|false|fake|different|another|pretend|"
    r"fictional) (?:\w+ ){0,2}names?"
    r"|names? (?:can be |will be |are |is )?(?:changed|altered)|not (?:use|using) (?:\w+ )?real names?)",
    re.I,
)
_ALTERED = re.compile(r"(?:chang|alter)(?:e|ing)\b", re.I)
"""“We change names” beside “nobody will be identified” is how it is kept, not a name she gets."""
_ANONYMOUS = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bwithout)(?: be)? (?:\w+ ){0,3}"
    r"(?:names?(?! (?:your|their|the|any|an) (?:employer|company|agency|client|manager))|identif\w+|attribut\w+)\b|"
    r"\b(?:identit(?:y|ies)|names?)\b[^.]{0,20}(?:\bnot|n['’]t|\bnever) (?:be )?(?:passed|shared|disclosed|"
    r"revealed)|"
    r"\bnot (?:by |say |record |show )?who (?:said|says)|\b(?:anonym\w+|confidential\w*|nothing (?:is|"
    r"will be) attributed|unattributed"
    r"|chatham house|non-attribut\w+|de-?identif\w+|(?:take|taken|taking) out (?:your |their |all |"
    r"any )?(?:names?|anything|places)"
    r"|remove (?:your |their |all |any )?(?:names?|identif\w+)|(?:number|code)[^.]{0,20}not a name|not names|"
    r"names? (?:(?:will be |are |is )?removed|not used|(?:are |is )?(?:not|never) (?:written|noted|kept|"
    r"recorded|taken))|(?:don['’]t|"
    r"do not|won['’]t|will not|never) (?:(?:need|have) to )?(?:take|note|write down|keep|collect|ask for|use|"
    r"print|publish|give) "
    r"(?:[\w'’]+ )?names?|(?:nobody|"
    r"no one)['’]s names?"
    r"|no names?\b|no one will be named|nobody (?:is|will be) named|not see your answers|off the record|"
    r"(?:nobody|no one|no-one|nothing|none)\b[^.]{0,60}\b(?:know who|identif\w+|by name|recognis\w+|traced|"
    r"attributed|named))",
    re.I,
)
_MAY_NOT_COUNT = re.compile(
    r"\b(?:no form|confidentiality notice|must not name (?:clients|your clients)|"
    r"(?:this|the above|it)(?: e-?mail| request| letter| matter)?"
    r" is (?:strictly |highly )?(?:private|confidential)|"
    r"in (?:strict )?confidence)\b",
    re.I,
)
_NOT_RECORDED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno|\bnothing is|\bwithout) (?:be )?(?:\w+ ){0,2}(?:record(?:ed|ing|ings)?|filmed|"
    r"taped)\b",
    re.I,
)
_VIDEO = re.compile(
    r"\bvideo[- ]?record\w*|record(?:ed|ing)? (?:on|the|via) (?:video|zoom|teams)|film(?:ed|ing)?\b|on camera|"
    r"video clips?|seen on video",
    re.I,
)
_AUDIO = re.compile(
    r"\b(?:audio|voice|sound)[- ]?record\w*|audio|record(?:ed|ing|s)?\b(?! (?:names?|of|number|keep|sales|"
    r"high|low))|microphone|voice note|podcast",
    re.I,
)
_PHOTO = re.compile(
    r"\b(?:photo(?:graph)?(?:s|er|ed)?|picture of you|head[- ]?(?:and[- ]shoulders|shot)|headshots?)\b", re.I
)
_NO_PHOTO = re.compile(r"\bno (?:photo\w*|pictures?)|(?:photo\w*|pictures?) (?:not|aren['’]t|isn['’]t)", re.I)


@dataclass(frozen=True, slots=True)
class Privacy:
    """How people can be recognised, and what is recorded of them."""

    anonymity: Found[Anonymity] | None
    recording: Found[Recording] | None


def privacy_of(text: TextToRead, audience: Audience) -> Privacy:
    """Read both out of the words; what the request does not say stays None."""
    return Privacy(_anonymity(text, audience), _recording(text))


def _first(text: TextToRead, pattern: re.Pattern[str], unless: re.Pattern[str] | None = None) -> Found[str] | None:
    for passage, match in matches(text.passages, pattern):
        if unless is None or not unless.search(passage.text):
            return found_in(passage, match, match.group())
    return None


def _as(found: Found[str] | None, value: Anonymity, *, sure: bool = True) -> Found[Anonymity] | None:
    return Found(value, found.start, found.end, sure) if found else None


def _anonymity(text: TextToRead, audience: Audience) -> Found[Anonymity] | None:
    refused = _first(text, _NO_ANONYMITY)
    camera = _first(text, _ON_CAMERA, _NOT_RECORDED)
    named = _first(text, _NAMED, _UNNAMED)
    hidden = _first(text, _FACE_HIDDEN)
    pseudonym = _first(text, _PSEUDONYM)
    first_name = _first(text, _FIRST_NAME, _COLLECTED)
    anonymous = _first(text, _ANONYMOUS, _MAY_NOT_COUNT)
    shown = _first(text, _SHOWN, _NOT_RECORDED)
    will_do = _first(text, _FIRST_NAME_WILL_DO)
    if will_do and not refused:
        return _as(will_do, Anonymity.FIRST_NAME)
    if first_name and not named and audience is Audience.MEDIA and not (shown and not hidden):
        return _as(first_name, Anonymity.FIRST_NAME)
    if camera and audience is Audience.MEDIA and not hidden and not (anonymous and not refused and not named):
        return _as(camera, Anonymity.ON_CAMERA)
    if refused or (named and not anonymous):
        return _as(named or refused, Anonymity.NAMED)
    if first_name and not (anonymous and audience is Audience.ACADEMIC):
        return _as(first_name, Anonymity.FIRST_NAME)
    if pseudonym and not (anonymous and _ALTERED.match(pseudonym.value)):
        return _as(pseudonym, Anonymity.PSEUDONYM)
    if anonymous or hidden:
        return _as(anonymous or hidden, Anonymity.ANONYMOUS, sure=not named)
    return _as(named, Anonymity.NAMED) or _as(first_name, Anonymity.FIRST_NAME)


def _recording(text: TextToRead) -> Found[Recording] | None:
    for pattern, unless, value in (
        (_NOT_RECORDED, re.compile(r"record names", re.I), Recording.NONE),
        (_VIDEO, _NOT_RECORDED, Recording.VIDEO),
        (_AUDIO, _NOT_RECORDED, Recording.AUDIO),
        (_PHOTO, _NO_PHOTO, Recording.PHOTO),
    ):
        found = _first(text, pattern, unless)
        if found:
            return Found(value, found.start, found.end)
    return None
