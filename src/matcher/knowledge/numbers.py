"""How many people, how much money, how long: the figures in a request."""

import re
from dataclasses import dataclass

from matcher.knowledge.number_words import NUMBER, NUMBER_WORDS, as_number

__all__ = [
    "NUMBER_WORDS",
    "CountFound",
    "DurationFound",
    "MoneyFound",
    "counts_in",
    "durations_in",
    "money_in",
    "spoken_minutes",
]

_DASH = r"\s*(?:-|–|—|to|or|and)\s*"
_PEOPLE = (
    r"people|persons?|participants?|interviewees?|carers?|care ?workers?|care assistants?|"
    r"home ?care ?workers?|workers?|"
    r"members?|volunteers?|staff|colleagues?|women|men|contributors?|speakers?|panell?ists?|respondents?|"
    r"voices?|case studies|case study|stories|testimon(?:y|ies|ials?)|interviews?|PAs?|personal assistants?|"
    r"individuals?|guests?|"
    r"delegates?|attendees?|"
    r"representatives?|reps?|advisers?|advisors?|co-researchers?|diarists?|places?|spaces?|seats?|slots?|"
    r"of (?:you|your members|them)|"
    r"homecare workers?|coordinators?|managers?|responses|replies|completed surveys|surveys|contacts?|names|faces"
)
_FILLER = r"(?:[\w'’-]+,?[ \t]+|\([^)]{1,30}\)\s*){0,6}?"
_COUNT = re.compile(
    rf"(?:(?P<bound>up to|at most|a maximum of|maximum(?: of)?|max(?: of)?|no more than|at least|"
    rf"a minimum of|minimum(?: of)?|min|"
    rf"around|about|roughly|some|perhaps|maybe|between|ideally|just|only)\s+)?"
    rf"(?P<low>{NUMBER})(?:{_DASH}(?P<high>{NUMBER}))?(?P<plus>\+)?(?:\s+|-){_FILLER}(?P<noun>{_PEOPLE})\b",
    re.IGNORECASE,
)
_ACROSS = re.compile(
    rf"(?P<low>{NUMBER})(?:{_DASH}(?P<high>{NUMBER}))?\s+(?:in total|across|altogether|overall|places|"
    rf"per group|per session|each)",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(
    r"\b(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|miles?|pounds?|pence|per ?cent|"
    r"percent|calls|visits|"
    r"a\.?m|p\.?m|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"pages?|questions?|"
    r"sessions?|workshops?|groups?|million|thousand|sites?|councils?|agencies|areas?|regions?|towns?|"
    r"cities|of the|who)\b",
    re.IGNORECASE,
)
_AT_MOST = ("up to", "at most", "a maximum", "maximum", "max", "no more")
_AT_LEAST = ("at least", "a minimum", "minimum", "min")


@dataclass(frozen=True, slots=True)
class CountFound:
    """A number of people: from ``minimum`` (None: not said) to ``maximum``; ``noun`` as written."""

    minimum: int | None
    maximum: int | None
    start: int
    end: int
    noun: str


def counts_in(text: str) -> tuple[CountFound, ...]:
    """Numbers of people or places ("four to six home care workers", "up to 30", "45 across three sites")."""
    found: dict[int, CountFound] = {}
    for match in (*_COUNT.finditer(text), *_ACROSS.finditer(text)):
        hit = _count(match, text)
        if hit and not any(hit.start < f.end and f.start < hit.end for f in found.values()):
            found[hit.start] = hit
    return tuple(found[start] for start in sorted(found))


def _count(match: re.Match[str], text: str) -> CountFound | None:
    parts = match.groupdict()
    between = text[
        match.end("high" if parts["high"] else "low") : match.start("noun") if parts.get("noun") else match.end()
    ]
    if _NOT_PEOPLE.search(between) or _part_of_something_else(text, match):
        return None
    low = as_number(parts["low"])
    high = as_number(parts["high"]) if parts["high"] else None
    if low is None or low != int(low) or low > 5_000 or (high is not None and high < low):
        return None
    least: int | None = int(low)
    most: int | None = int(high if high is not None else low)
    bound = (parts.get("bound") or "").lower()
    if bound.startswith(_AT_MOST) and high is None:
        least = None
    if (bound.startswith(_AT_LEAST) or parts.get("plus")) and high is None:
        most = None
    return CountFound(least, most, match.start(), match.end(), parts.get("noun") or "")


def _part_of_something_else(text: str, match: re.Match[str]) -> bool:
    """Money, times, ages, years, percentages and reference numbers are no head counts."""
    start = match.start("low")
    before = text[max(0, start - 8) : start]
    last = match.end("high" if match.groupdict()["high"] else "low")
    after = text[last : last + 2]
    year = re.fullmatch(r"(?:19|20)\d\d", match["low"])
    return (
        bool(re.search(r"[£$€#/]\s?$|\d:$|\bage[ds]? $|[\w]-$", before))
        or bool(re.match(r"%|:|/\d|\.\d", after))
        or bool(year)
    )


_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
_MONEY = re.compile(
    rf"(?:(?P<sign>[£€$])\s?(?P<a>{_AMOUNT})(?:{_DASH}[£€$]?(?P<b>{_AMOUNT})(?![\w.]))?(?P<thousand>k\b)?"
    rf"|(?P<c>{_AMOUNT})\s?(?P<word>pounds|quid|GBP|euros?|EUR|pence|p\b))",
    re.IGNORECASE,
)
_CURRENCY = {"£": "GBP", "€": "EUR", "$": "USD", "euro": "EUR", "euros": "EUR", "eur": "EUR"}
_KINDS = (
    ("voucher", r"\b(?:e-?)?vouchers?\b|love2shop|one4all"),
    ("gift card", r"\bgift ?cards?\b|amazon (?:card|credit)"),
    ("honorarium", r"\bhonorari(?:um|a)\b"),
    ("fee", r"\bfees?\b"),
    ("bank transfer", r"\bbank transfers?\b|\bBACS\b"),
    ("cash", r"\bcash\b"),
    ("donation", r"\bdonations?\b|\bdonate\b"),
    ("prize draw", r"\bprize draw\b|\braffle\b|\bwin\b"),
    ("expenses", r"\bexpenses\b|\btravel costs?\b|\bfares?\b|\bmileage\b"),
    ("wage", r"\b(?:living|minimum) wage\b|\bNLW\b|\bRLW\b|\bbackfill\b"),
    ("payment", r"\bpa(?:y|id|yment|ying)\b|\bthank[- ]?you\b|\breimburse\w*|\bremunerat\w*|\bcompensat\w*"),
)
_PER = (
    ("hour", r"^\s*(?:/|per|an?|each|every)\s*(?:h(?:ou)?r)"),
    ("day", r"^\s*(?:/|per|an?|each|every)\s*(?:half[- ])?day"),
    (
        "session",
        r"^[^.£]{0,30}\b(?:per|an?|each|every)\s*(?:session|interview|workshop|meeting|group|diary|visit|"
        r"questionnaire|survey|wave|call)",
    ),
    ("mile", r"^\s*(?:/|per|an?)\s*mile"),
    (
        "person",
        r"^[^.£]{0,30}\b(?:per person|per head|each|to each|per participant|every (?:person|participant))\b",
    ),
)


@dataclass(frozen=True, slots=True)
class MoneyFound:
    """A sum of money.

    ``kind`` is a word such as "voucher" or "fee" ("" unknown), ``per`` "hour", "day", "session", "mile",
    "person" or "".
    """

    amount: float
    currency: str
    kind: str
    per: str
    start: int
    end: int


def money_in(text: str) -> tuple[MoneyFound, ...]:
    """Every sum of money in the text, with what it is and per what; a range gives its upper end."""
    found = []
    for match in _MONEY.finditer(text):
        amount = float((match["b"] or match["a"] or match["c"]).replace(",", "")) * (
            1_000 if match["thousand"] else 1
        )
        word = (match["word"] or "").lower()
        if word in ("p", "pence"):
            amount /= 100
        currency = _CURRENCY.get(match["sign"] or word, "GBP")
        found.append(
            MoneyFound(
                amount, currency, _kind(text, match), _per(text[match.end() : match.end() + 60]), *match.span()
            )
        )
    return tuple(found)


def _kind(text: str, match: re.Match[str]) -> str:
    """The kind named nearest to the sum, inside its own sentence."""
    left = re.split(r"[.;\n]\s|\n\n", text[max(0, match.start() - 80) : match.start()])[-1]
    right = re.split(r"[.;]\s|\n\n", text[match.end() : match.end() + 80])[0]
    right = re.split(r"[£€$]", right)[0]
    best: tuple[int, int, str] | None = None
    for rank, (kind, pattern) in enumerate(_KINDS):
        for at in [m.start() for m in re.finditer(pattern, right, re.IGNORECASE)][:1]:
            best = min(best or (999, 0, ""), (at + (20 if rank == len(_KINDS) - 1 else 0), rank, kind))
        for at in [len(left) - m.end() for m in re.finditer(pattern, left, re.IGNORECASE)][-1:]:
            best = min(best or (999, 0, ""), (at + 15, rank, kind))
    return best[2] if best else ""


def _per(after: str) -> str:
    after = re.split(r"[.;]\s|\n", after)[0]
    return next((per for per, pattern in _PER if re.search(pattern, after, re.IGNORECASE)), "")


_UNIT = r"(?P<unit>minutes?|mins?|min|m(?=\b)|hours?|hrs?|hr|h(?=\b)|days?)"
_DURATION = re.compile(
    rf"(?P<low>\b(?:an|one) hour and a (?:half|quarter)\b|\bhour(?=[- ]long\b)|\bthree[- ]quarters of an(?= hour)|"
    rf"{NUMBER}|\ban?(?=\s+(?:hour|hr|day)\b)|\bhalf an?(?=\s+(?:hour|day))|\bhalf(?=[ -](?:hour|day))|"
    rf"\bquarter of an(?= hour)|\ba couple of(?= hours))"
    rf"(?:\s*(?:minutes?|mins?|hours?|hrs?)?{_DASH}(?P<high>{NUMBER}|an(?=\s+hour)))?[\s-]*"
    rf"(?P<half>and a half\s+)?(?:{_UNIT})?(?P<more>(?:\s+and)?\s+(?:(?<=and )a half|"
    rf"(?P<extra>\d+(?=\s*(?:minutes?|mins?)\b)|(?:(?<=hr )|(?<=hour ))[1-5][05](?![\w:]|\s+\w))\s*(?:minutes?|"
    rf"mins?)?))?(?![\w£])",
    re.IGNORECASE,
)
_HOURS_AND = re.compile(r"\b(?:hours?|hrs?) and \d", re.I)
"""“an hour and 15 minutes” is one length; “an hour to 75 minutes” two."""
_FIXED_LOW = {
    "an": 1.0,
    "a": 1.0,
    "half an": 0.5,
    "half a": 0.5,
    "half": 0.5,
    "quarter of an": 0.25,
    "three-quarters of an": 0.75,
    "three quarters of an": 0.75,
    "a couple of": 2.0,
}
_DAY_MINUTES = 7 * 60
_NOT_A_LENGTH = re.compile(
    r"\b(?:every|within(?: about| around| roughly)?|notice(?: of)?|(?<!would )(?<!will )(?<!to )(?<!should "
    r")(?<!['’]ll )(?<!can )(?<!\ws )last|past|next|first|aged?|minutes|mins|hours|times|after|"
    r"before|per|£[\d.]+ ?an?|/)\s*$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^\s*(?:ago|old|notice|of (?:leeds|the)|away|drive|a week|per week|week|contract|pay|wage|rate|"
    r"visits?|calls|before|ahead|in advance|'s? notice|’ notice)\b|^\s+of\s+(?-i:[A-Z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DurationFound:
    """A length of time in minutes (a range gives its upper end)."""

    minutes: int
    start: int
    end: int


def durations_in(text: str) -> tuple[DurationFound, ...]:
    """How long something takes: "an hour", "60 to 75 minutes", "1.5 hours", "half a day" (a day is 7 hours)."""
    found = []
    for match in _DURATION.finditer(text):
        minutes = _minutes(match)
        if minutes and not _no_length(text, match):
            found.append(DurationFound(minutes, *match.span()))
    return tuple(found)


def _minutes(match: re.Match[str]) -> int | None:
    low = match["low"].lower()
    if low.endswith((" half", " quarter", "hour")) and "hour" in low:
        return 60 + 30 * low.endswith("half") + 15 * low.endswith("quarter")
    unit = (match["unit"] or "").lower()
    if not unit:
        return None
    amount = _FIXED_LOW.get(low) or as_number(low)
    if match["high"]:
        amount = _FIXED_LOW.get(match["high"].lower()) or as_number(match["high"])
    if amount is None:
        return None
    if _HOURS_AND.search(match.group()) and unit.startswith("m") and amount < 60:
        return round((_FIXED_LOW.get(low) or as_number(low) or 0) * 60 + amount)
    if match["half"] or (match["more"] and not match["extra"]):
        amount += 0.5
    scale = 1 if unit.startswith("m") else 60 if unit.startswith("h") else _DAY_MINUTES
    total = round(amount * scale) + (int(match["extra"]) if match["extra"] else 0)
    return total if 0 < total <= 60 * 24 * 7 else None


def _no_length(text: str, match: re.Match[str]) -> bool:
    """Rates ("£15 an hour"), distances ("an hour of Leeds"), notice: figures that only look like lengths."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
    if re.search(r"£\s?[\d.,]*\s*(?:/|per|an?)?\s*$|:$", before) or _NOT_AFTER.search(after):
        return True
    if match["unit"] and match["unit"].lower() in ("m", "h") and not match["low"].isdigit():
        return True
    return _NOT_A_LENGTH.search(before) is not None


def spoken_minutes(minutes: int) -> str:
    """“an hour”, “half an hour”, “45 minutes”, “2 hours”."""
    spoken = {30: "half an hour", 60: "an hour"}
    return spoken.get(minutes) or (f"{minutes // 60} hours" if minutes % 60 == 0 else f"{minutes} minutes")
