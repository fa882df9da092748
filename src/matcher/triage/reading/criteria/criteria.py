"""Who is wanted: musts, nice-to-haves and exclusions, on the fields of the schema or as words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.knowledge.words import terms
from matcher.model import Anonymity, Criterion, CriterionField, Op, Strength
from matcher.triage.reading.criteria.beyond_fields import unsaid
from matcher.triage.reading.criteria.clause import Clause
from matcher.triage.reading.criteria.exclusions import EXCLUDES, exclusions
from matcher.triage.reading.criteria.fields import clauses_in, named_visa
from matcher.triage.reading.criteria.implied import implied
from matcher.triage.reading.criteria.strengths import REASON, WHO_OVER, Kind, wanted_in, wished_in
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.text import ASKS_FOR, LEFT_OPEN, Found, TextToRead

_BACK_THERE = re.compile(
    r"\b(?:in|from|near|around) (?:(?:one|any|either) of )?(?:that|those|these|each|the (?:two|three|four)) "
    r"(?:\w+ )?(?:city|"
    r"cities|towns?|areas?|places?|count(?:y|ies)|regions?|boroughs?|locations?)\b|\bin (?:one of )?the (?:\w+ "
    r")?(?:boroughs|towns|cities|areas|places|counties|locations) (?:below|above|listed)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"\b(?:those|these|such) (?:tasks|things|jobs|duties|situations|problems|kinds|experiences)\b", re.I
)
_LISTED = re.compile(r"(?::|such as|for example|e\.g\.)\s+(?P<list>[^.;:()]{3,60},[^.;:()]{3,160})", re.I)
_SUBJECT = re.compile(
    r"\b(?:talk\w*|speak\w*|chat\w*|conversations?|interviews?|discuss\w*|piece|story|study|research|survey|hear)\b"
    r"(?: (?:to|with) \w+)? about\b",
    re.I,
)
_MAIN_ASK = re.compile(
    r"\b(?:would|['’]d) (?:like|love) to (?:hear from|speak|talk|meet|have|include|invite)\b", re.I
)
_PURPOSE = re.compile(r",? so(?: that)? (?:we|i|it|they|you) (?:can|could|will|would|know|are)\b", re.I)
_LEFT_HANGING = re.compile(r"\b(?:with|to|of|for|about|in|on|at|by|that|this|it)\W*$", re.I)
"""“are easy with”: words that say nothing without what they pointed at."""
_LED_IN = re.compile(r"^(?:(?:who|that) (?=\w+ \w)|be (?=(?-i:[A-Z])|(?:in|from|based|living) ))", re.I)
"""“who work in ...”, “be Scotland”: what only leads in to what is asked."""
_BLANKS = re.compile(r"\s+(?=[\s,;])")
"""What is left where a wish was taken out of a sentence."""
_FRAGMENT = re.compile(r"(?:some(?:body|one)|any(?:body|one)|a |an |those |people |men |women |also )", re.I)


def criteria_of(
    text: TextToRead,
    names: Sequence[str] = (),
    anonymity: Found[Anonymity] | None = None,
    places: Sequence[str] = (),
) -> tuple[Found[Criterion], ...]:
    """Every requirement, in the order of the text, without repeats; a place in one of ``names`` is none,
    and “in that city” means ``places``.

    What is implied elsewhere (``implied``) comes after them, and only on fields they leave open.
    """
    visa = named_visa(text.text)
    found: dict[tuple[str, ...], Found[Criterion]] = {}
    wishing, listed = False, ""
    for passage in text.passages:
        pieces = list(wished_in(passage)) if wishing and _FRAGMENT.match(passage.text) else list(wanted_in(passage))
        if match := _LISTED.search(passage.text):
            listed = match["list"].strip()
        wishing = any(kind.strength is Strength.PREFER for _, kind in pieces)
        for piece, kind in pieces:
            for one in (*_criteria(piece, kind, visa, listed), *_back_there(piece, kind, places)):
                if not _in_a_name(one.value, piece.text, names):
                    found.setdefault(_key(one.value), one)
    if not any(one.value.strength is Strength.MUST for one in found.values()):
        found = {key: _as_must(one, text.text) for key, one in found.items()}
    settled = {one.value.field for one in found.values() if one.value.strength is Strength.MUST}
    if any(one.value.field is CriterionField.YEARS_IN_CARE and "care" in one.value.text for one in found.values()):
        settled.add(CriterionField.SETTING)
    beside = [one for one in implied(text, anonymity) if one.value.field not in settled]
    return tuple(_without_contradictions([*found.values(), *beside]))


def _as_must(one: Found[Criterion], whole: str) -> Found[Criterion]:
    """“We would like to hear from ...” is a wish, but where nothing else is asked it is what is asked."""
    sentence = whole.rfind(".", 0, one.start) + 1
    wished = one.value.strength is Strength.PREFER and _MAIN_ASK.search(whole, sentence, one.start)
    return replace(one, value=replace(one.value, strength=Strength.MUST)) if wished else one


def _spelt_out(words: str, listed: str) -> str:
    """“those tasks” with what they are, as listed before (“insulin, dressings and so on”)."""
    return f"{words} ({listed})" if listed and _POINTS_BACK.search(words) else words


def _back_there(passage: Passage, kind: Kind, places: Sequence[str]) -> Iterator[Found[Criterion]]:
    """“live in that city” means the places already named."""
    match = _BACK_THERE.search(passage.text)
    if match and places and not kind.excluded:
        there = Criterion(kind.strength, CriterionField.PLACE, Op.ANY_OF, list(places), match.group())
        yield Found(there, passage.start + match.start(), passage.start + match.end(), sure=False)


def _in_a_name(criterion: Criterion, words: str, names: Sequence[str]) -> bool:
    if criterion.field is not CriterionField.PLACE or not isinstance(criterion.value, list):
        return False
    named = " ".join(name for name in names if name and name in words)
    return all(str(place) in named for place in criterion.value)


def _criteria(passage: Passage, kind: Kind, visa: str, listed: str) -> Iterator[Found[Criterion]]:
    if kind.excluded:
        ruled_out = (
            f"{passage.label}: {passage.text}"
            if EXCLUDES.search(passage.text) and passage.label and not WHO_OVER.search(passage.label)
            else passage.text
        )
        for ruled in exclusions(ruled_out):
            yield Found(ruled, passage.start, passage.end)
        return
    if purpose := _PURPOSE.search(passage.text):
        passage = replace(passage, text=passage.text[: purpose.start()], end=passage.start + purpose.start())
    reason = (REASON.search(passage.text) or _SUBJECT.search(passage.text)) if not passage.item else None
    clauses = clauses_in(passage.text[: reason.start()] if reason else passage.text, visa=visa)
    asked = _asked_of(passage, kind, clauses)
    for clause in clauses:
        criterion = Criterion(kind.strength, clause.field, clause.op, clause.value, asked)
        yield Found(criterion, passage.start + clause.start, passage.start + clause.end)
    for first, last in unsaid(passage, clauses, must=kind.strength is Strength.MUST, described=kind.described):
        words = passage.text[first:last]
        words = " ".join(words.split())
        if _LEFT_HANGING.search(words) and len(terms(words)) < 2:
            continue
        criterion = Criterion(kind.strength, CriterionField.WORDS, Op.HAS, _spelt_out(words, listed), words)
        yield Found(criterion, passage.start + first, passage.start + last, sure=passage.item)


def _asked_of(passage: Passage, kind: Kind, clauses: list[Clause]) -> str:
    """The requirement in its own words: without the asking before it and the marks that end an item."""
    words = passage.text
    lead = ASKS_FOR.match(words) if kind.strength is Strength.MUST and not passage.item else None
    if lead and clauses and lead.end() <= clauses[0].start:
        words = words[lead.end() :]
    asked = _BLANKS.sub("", LEFT_OPEN.sub("", words)).strip()
    return _LED_IN.sub("", asked) or passage.text


def _key(criterion: Criterion) -> tuple[str, ...]:
    if criterion.field is CriterionField.WORDS:
        return (criterion.strength, criterion.field, str(criterion.value).lower())
    return (criterion.field, criterion.op, str(criterion.value))


def _without_contradictions(found: list[Found[Criterion]]) -> Iterator[Found[Criterion]]:
    """Of two musts on one single-valued field the first stands; a later, narrower nice-to-have stays."""
    seen: set[tuple[CriterionField, Op]] = set()
    single = {
        CriterionField.AGE,
        CriterionField.COUNTRY,
        CriterionField.GENDER,
        CriterionField.EMPLOYER_INVOLVED,
        CriterionField.MIGRATION_STATUS,
        CriterionField.SETTING,
        CriterionField.YEARS_IN_CARE,
        CriterionField.ANONYMITY,
    }
    for one in found:
        criterion = one.value
        key = (criterion.field, criterion.op)
        if criterion.strength is Strength.MUST and criterion.field in single:
            if key in seen:
                continue
            seen.add(key)
        yield one
