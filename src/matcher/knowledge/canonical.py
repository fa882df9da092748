"""One form for each of the things members say about themselves in many ways."""

import re
from functools import cache, lru_cache

from matcher.knowledge.tables import fold, rows
from matcher.knowledge.ticks import ticked

_AGE_BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
_SPLIT = re.compile(r"\s*(?:[,;/&+\n|]|\band\b|\bn\b|\bplus\b|\bwith\b)\s*", re.IGNORECASE)


@cache
def _rules(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of one kind of answer, in the order in which they are tried."""
    found = rows("vocabulary/answers.tsv")
    return tuple(
        (row["canonical"], re.compile(row["pattern"], re.IGNORECASE)) for row in found if row["kind"] == kind
    )


def _first(kind: str, text: str | None) -> str | None:
    tidy = " ".join((text or "").split())
    if not tidy:
        return None
    return next((canonical for canonical, pattern in _rules(kind) if pattern.search(tidy)), None)


@lru_cache(maxsize=16_384)
def _every(kind: str, text: str | None) -> tuple[str, ...]:
    found = dict.fromkeys(canonical for canonical, pattern in _rules(kind) if pattern.search(text or ""))
    return tuple(found)


def _said(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def role(text: str | None) -> str | None:
    """The role in the field's words ("HCA", "home help" -> "care worker"); unknown ones in small letters."""
    said = _said(text)
    if said is None:
        return None
    return _first("role", said) or said.lower()


def role_known(text: str) -> bool:
    """Whether a text names one of the field's roles."""
    return _first("role", text) is not None


def employer_type(text: str | None) -> str | None:
    """The kind of employer ("the council" -> "council in-house"); None when it is not said or not understood."""
    return _first("employer", text)


def contract_type(text: str | None) -> str | None:
    """ "zero hours", "guaranteed hours", "full time", "part time", "sponsored", "live-in" ... or None."""
    found = _first("contract", text)
    hours = re.search(r"\d+(?:\.\d+)?", text or "")
    if found or not hours:
        return found
    return "full time" if float(hours.group()) >= 35 else "part time" if float(hours.group()) > 0 else None


def care_types(text: str | None) -> tuple[str, ...]:
    """The kinds of care ticked or told, canonical, in the order said; unknown labels in small letters."""
    found: dict[str, None] = {}
    joined = re.sub(r"nights,\s*sleep", "nights / sleep", text or "", flags=re.IGNORECASE)
    for label in ticked(joined):
        known = _every("care", re.sub(r"\([^)]*\)", "", label)) or _every("care", label)
        if not known and not re.fullmatch(r"(?:n/?a|none|no|other|-|\W*)", label.strip(), re.IGNORECASE):
            known = (re.sub(r"\s*\([^)]*\)", "", label).strip().lower(),)
        found.update(dict.fromkeys(k for k in known if k))
    return tuple(found)


def care_types_known(label: str) -> bool:
    """Whether a label names a kind of care."""
    return bool(_every("care", label))


@cache
def _languages() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows("vocabulary/languages.tsv"):
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            table[fold(name)] = row["name"]
    return table


def languages(text: str | None) -> tuple[str, ...]:
    """The languages in a cell, in the order said; how well she speaks one ("some Welsh") is kept.

    Words that are no language are left out only when something else is one.
    """
    found: dict[str, None] = {}
    unknown: dict[str, None] = {}
    text = re.sub(r"\(([^)]*)\)", r", \1", text or "")
    for part in (one for several in _SPLIT.split(text) for one in _welsh_and(several)):
        if not fold(part) or fold(part) in ("n a", "none", "no", "only", "both"):
            continue
        name = _language(part)
        (found if name else unknown)[name or part.strip()] = None
    return tuple(found) or tuple(unknown)


def _welsh_and(part: str) -> list[str]:
    """Two languages with the Welsh "and" between them: "Cymraeg a Saesneg"."""
    two = re.split(r"\s+ac?\s+", part.strip(), maxsplit=1, flags=re.IGNORECASE)
    return two if len(two) == 2 and all(fold(one) in _languages() for one in two) else [part]


def languages_known(label: str) -> bool:
    """Whether a label is a language."""
    return _language(label) is not None


_LEVEL = re.compile(
    r"^(?P<level>(?:a )?(?:little )?(?:bit of|some|learning|basic|little|conversational|a little|a bit of|"
    r"beginners?|improving))\s+(?:of )?(?P<rest>.+)$",
    re.IGNORECASE,
)
_PADDING = re.compile(
    r"\b(?:fluent(?:ly)?|native|mother tongue|first language|second language|my|i speak|speak|mainly|"
    r"mostly|also|very|good|well|language|only|"
    r"a few words of|understand|can|in|of course|obviously|just|of|a|bit|little|not great|learnt?|ok|okay|"
    r"too|main|written|spoken)\b",
    re.IGNORECASE,
)


def _language(part: str) -> str | None:
    part = part.strip(" .!-–")
    if direct := _languages().get(fold(part)):
        return direct
    if level := _LEVEL.match(part):
        name = _languages().get(fold(level["rest"])) or _languages().get(fold(_PADDING.sub(" ", level["rest"])))
        if name == "English":
            return name
        if name:
            said = re.sub(r"^(?:a )?(?:little |bit )+(?:bit )?(?:of)?$", "bit of", level["level"].lower().strip())
            return f"{said} {name}"
    key = fold(_PADDING.sub(" ", part))
    if key in _languages():
        return _languages()[key]
    words = key.split()
    return next((_languages()[word] for word in words if word in _languages()), None) if len(words) <= 4 else None


def age_band(text: object) -> str | None:
    """ "18-24" ... "65+" from a band, an age ("I'm 23") or words ("in my fifties", "over 60")."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        text = f"{text:g}"
    if not isinstance(text, str):
        return None
    said = text.lower().replace("–", "-").replace(" to ", "-")
    if band := re.search(r"\b(\d{2})\s*-\s*(\d{2})\b", said):
        return _band(int((int(band[1]) + int(band[2])) / 2))
    if decade := re.search(
        r"\b(early|mid|late)?[ -]*(twenties|thirties|forties|fifties|sixties|seventies|([2-7])0['’]?s)\b", said
    ):
        names = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies"]
        tens = int(decade[3]) * 10 if decade[3] else 20 + 10 * names.index(decade[2])
        if not decade[1]:
            return _AGE_BANDS[-1] if tens >= 70 else None
        return _band(tens + {"early": 2, "mid": 5, "late": 8}[decade[1]])
    if re.search(r"\b(?:under|below|less than)\s*25\b", said):
        return "18-24"
    if age := re.search(r"(?<![\d£.])(\d{2})(?![\d%])", said):
        years = int(age[1])
        if re.search(r"\b(?:over|above)\s*$", said[: age.start()]) and years in (24, 34, 44, 54, 64):
            years += 1
        return _band(years)
    return None


def _band(age: int) -> str | None:
    if not 16 <= age <= 99:
        return None
    return _AGE_BANDS[min(max((age - 15) // 10, 0), 5)]


GENDERS = {"F": "female", "M": "male"}
"""How the two that are kept as letters are said."""

CHANNELS = {"whatsapp": "WhatsApp", "phone": "Phone", "email": "E-mail", "sms": "Text message"}
"""How the ways of reaching somebody are said."""


def gender(text: str | None) -> str | None:
    """ "F", "M", "non-binary", or as said; None when not said."""
    return _first("gender", text) or (_said(text) if not _unsaid(text) else None)


def ethnicity(text: str | None) -> str | None:
    """The census group she names, or as said; None when not said."""
    return _first("ethnicity", text) or (_said(text) if not _unsaid(text) else None)


def migration_status(text: str | None) -> str | None:
    """ "British citizen", "settled status", "Health and Care Worker visa" ..., or as said; None when not said."""
    return _first("migration", text) or (_said(text) if not _unsaid(text) else None)


def _unsaid(text: str | None) -> bool:
    return bool(
        re.fullmatch(
            r"\W*|n/?a|none|-+|prefer not(?: to say)?|rather not(?: say)?|not saying|private|pass|"
            r"un(?:specified|known|disclosed)|not (?:specified|stated|known|given|disclosed|applicable)|"
            r"decline[sd]? to (?:say|answer)",
            (text or "").strip(),
            re.IGNORECASE,
        )
    )


def travel_miles(text: object) -> float | None:
    """How many miles she would travel: "20ish", 0; None when no distance is said ("zone 1-4", "n/a")."""
    if isinstance(text, bool) or text is None:
        return None
    if isinstance(text, int | float):
        return float(text) if text == text and 0 <= text <= 1_000 else None
    if not isinstance(text, str):
        return None
    said = text.lower()
    if re.search(r"\bzones?\b|\boyster\b|\bn/?a\b|£", said):
        return None
    if re.search(
        r"\bonline only\b|\bonly online\b|^\s*online\s*$|\bcan'?t travel\b|^\s*(?:none|cant|can'?t|"
        r"zero)\s*$|\bnot travel\b",
        said,
    ):
        return 0.0
    number = re.search(
        r"(?<![\d.])(\d{1,3}(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*(miles?|mi\b|m\b|km|kms|"
        r"kilomet\w+|mins?|minutes?|hours?|hrs?|h\b)?",
        said,
    )
    if number is None:
        return _hours_of_travel(said)
    amount = float(number[2] or number[1])
    unit = number[3] or ""
    if unit.startswith("k"):
        return round(amount * 0.621)
    if unit.startswith("h"):
        return amount * 35
    return round(amount / 60 * 35) if unit.startswith("min") else amount


def _hours_of_travel(said: str) -> float | None:
    if re.search(r"\bhalf an hour\b", said):
        return 18.0
    if re.search(r"\b(?:an|one) hour\b", said):
        return 35.0
    return 70.0 if re.search(r"\b(?:two|couple of) hours\b", said) else None


def modes(text: str | None) -> tuple[bool | None, bool | None]:
    """Whether she would join (online, in person); None where the cell does not say."""
    said = (text or "").lower()
    if not said.strip() or _unsaid(said):
        return None, None
    if re.search(r"\bboth\b|\beither\b|\bany(?:thing| way)?\b|\bdon'?t mind\b|\ball\b|\bhybrid\b", said):
        return True, True
    online = bool(
        re.search(
            r"\bonline\b|\bzoom\b|\bteams\b|\bremote(?:ly)?\b|\bvideo\b|\bvirtual(?:ly)?\b|\bphone\b|"
            r"\bfrom home\b|\bwhatsapp\b",
            said,
        )
    )
    person = bool(
        re.search(r"\bin[- ]?person\b|\bface[- ]to[- ]face\b|\bf2f\b|\bin the room\b|\blocal(?:ly)? meet", said)
    )
    if re.search(
        r"\bnot? (?:keen on |good at |on |doing )?(?:online|zoom|teams|video)\b|\bno (?:zoom|online)\b", said
    ):
        online, person = False, True
    if re.search(r"\b(?:not|no|never|can'?t do|can'?t) (?:in[- ]person|face[- ]to[- ]face|travel)", said):
        online, person = True, False
    return (online, person) if online or person else (None, None)


def conditions(text: str | None) -> tuple[str, ...]:
    """What she asks for or rules out, as codes: "first_name_only", "no_photo", "women_only" ...

    When she can be reached stands in her own words: "hours: not before 10am".
    """
    said = _UNQUOTED.sub(r"\1n't", re.sub(r"[’‘`]", "'", text or ""))
    ruled = _WELCOME.sub(" ", said)
    hours = (f"{HOURS}{' '.join(found[0].split())}" for found in _HOURS.finditer(said))
    return (*_every("condition", ruled), *dict.fromkeys(hours))


HOURS = "hours: "
"""How a condition begins that says when she can be reached, in her own words."""
_UNQUOTED = re.compile(r"\b(do|wo|must|should|would|does|ca)nt\b", re.IGNORECASE)
_WELCOME = re.compile(
    r"\b(?:(?:don't|do not|wouldn't) mind|no (?:problems?|issues?|objections?|worries)(?: with| about| to)?"
    r"|not (?:bothered|fussed|shy)(?: about| of)?|(?:happy|fine|ok|okay|comfortable) (?:to be|with|being|for))\b"
    r"(?:(?!\b(?:but|except|though|as long as|only|if|not|no)\b)[^.;,\n])*",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:\d{1,2}(?:[.:]\d{2})?(?:\s?(?:am|pm))?|noon|midday|midnight|lunch(?:time)?|tea ?time|school|work|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_SPAN = rf"{_CLOCK}(?: (?:and|to|-) {_CLOCK})?"
_PART = r"(?:mornings?|afternoons?|evenings?|weekends?|weekdays?)"
_HOURS = re.compile(
    r"\b(?:(?:not|never|don't (?:ring|call|text|contact)(?: me)?|(?:no|any) (?:calls?|messages?|texts?))"
    rf" (?:before|after|between|until) {_SPAN}"
    rf"|(?:only )?(?:after|before|between) {_SPAN}(?: only)?"
    rf"|{_PART} only|only (?:in the |at |at the )?{_PART}"
    rf"|not (?:in the |at |on |at the )?(?:{_PART}|(?:sun|mon|tues|wednes|thurs|fri|satur)days?))\b",
    re.IGNORECASE,
)
