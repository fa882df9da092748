"""What a free phrase of a request asks of a person: facts hidden in it, the topics it names, and its words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from matcher.knowledge.topics import key_of, topics_in
from matcher.knowledge.words import terms
from matcher.matching import background, circumstances, places, work
from matcher.matching.facts import Facts, Mention, hinted
from matcher.matching.judgement import SPEAKS_OF_IT, Evidence, Judgement, Status, failed, met, said, unknown
from matcher.matching.kinds import (
    CONTRACTS,
    EMPLOYERS,
    ETHNICITIES,
    GENDERS,
    HANDS_ON,
    ROLES,
    SETTINGS,
    SHIFTS,
    STATUSES,
    TRANSPORT,
    named,
)
from matcher.matching.languages import languages_in, speaks, without_languages, without_speaking
from matcher.matching.named_places import read_places
from matcher.matching.profile import SPOKEN
from matcher.matching.question import Judge, Kinds, Question, Test, Together, asks
from matcher.matching.values import texts_of
from matcher.matching.words import spans
from matcher.model import Criterion, CriterionField, Op, Strength

_YOUNGER, _OLDER, _NEAR_RETIREMENT = 40, 50, 60
_ENOUGH_WORDS = 0.6
_HALF = 0.5
_HINT = 0.5
_EITHER = re.compile(r"\b(?:or|and/or|any of)\b|/", re.IGNORECASE)
_MOSTLY_ABOUT = 0.4
_CONDITIONAL = re.compile(r"\b(?:whose|will not|won['’]?t|unless|cannot|can['’]?t|not)\b", re.IGNORECASE)
_BYGONE = re.compile(
    r"\b(?:used to|no longer|former(?:ly)?|previously|gave up|given up|(?:has|have|who) left)\b", re.I
)
"""Not wanted for what they were: their record says what they are."""
_SHORT = 6
"""Words up to which "men" or "women" in a phrase is taken to mean the person wanted."""
_HARD = frozenset({CriterionField.AGE, CriterionField.GENDER, CriterionField.REGION, CriterionField.WORDS})
"""The facts a free phrase states so plainly that a record may fail them."""

_BRACKETS = re.compile(r"\(.*?\)")
_RATHER = re.compile(r"\b(?:rather than|instead of|not just|as opposed to)\b.*$", re.IGNORECASE)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PEOPLE = r"(?:people|workers?|carers?|staff|m[ae]n|wom[ae]n|members?)"
_NOT_AGE = r"\b(?! ?(?:hours|hrs|miles|min|staff|emp|per))"
_AGES: tuple[tuple[re.Pattern[str], Op, int], ...] = (
    (_pattern(rf"\b(?:under|below|younger than|less than) (\d\d){_NOT_AGE}"), Op.AT_MOST, -1),
    (_pattern(r"\b(\d\d) (?:or|and) (?:under|younger|below)\b"), Op.AT_MOST, 0),
    (_pattern(rf"\b(?:over|older than|above) (\d\d)s?{_NOT_AGE}"), Op.AT_LEAST, 1),
    (_pattern(r"\b(\d\d) (?:or|and) (?:over|older|above)\b"), Op.AT_LEAST, 0),
    (_pattern(r"\baged (\d\d)\+"), Op.AT_LEAST, 0),
)
_AGE_WORDS: tuple[tuple[re.Pattern[str], Op, int], ...] = (
    (_pattern(r"\b(?:near(?:ing|ly)?|close to|about to) (?:retire\w*|pension\w*)"), Op.AT_LEAST, _NEAR_RETIREMENT),
    (_pattern(rf"\b(?:young|younger)(?: {_PEOPLE})?\b"), Op.AT_MOST, _YOUNGER),
    (
        _pattern(rf"(?<!with )(?<!for )(?<!after )(?<!supports )(?<!supporting )\bolder {_PEOPLE}\b"),
        Op.AT_LEAST,
        _OLDER,
    ),
)
_YEARS = _pattern(r"\b(?P<n>\d{1,2}|two|three|five|ten)(?: or more|\+)? (?:years?|yrs?)(?: or more)?\b")
_NEW = _pattern(r"\b(?:new to (?:the job|(?:home ?)?care)|newly started|recent starters?|less than (?:a|1) year)\b")
_NUMBERS = {"two": 2, "three": 3, "five": 5, "ten": 10}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase read: the facts it asks for, its topics, its words; ``more`` when it says more than facts.

    ``about`` is the share of its words that name its topics: little in "done one or more, trained and signed off".
    ``either``: it names alternatives, of which one is enough.
    """

    text: str
    facts: tuple[Criterion, ...]
    topics: frozenset[str]
    words: tuple[str, ...]
    more: bool = False
    about: float = 0.0
    either: bool = False

    @property
    def names_topics(self) -> bool:
        """Whether the phrase is mainly its topics, so that speaking of them answers it."""
        return self.about >= _MOSTLY_ABOUT


@cache
def read(text: str, *, facts: bool = True, excluding: bool = False) -> Phrase:
    """Read a phrase. ``facts`` false: topics and words only, for what is about clients and not about her.

    ``excluding``: the phrase says who is not wanted, so that every kind it names counts.
    """
    plain = _RATHER.sub("", _BRACKETS.sub(" ", text)).strip() or text
    asked = tuple(_facts(plain, excluding)) if facts and not (excluding and _BYGONE.search(plain)) else ()
    named_here = [hit for hit in topics_in(text) if not hit.negated and not hit.hinted]
    label = key_of(text)
    topics = frozenset((label,)) if label else frozenset(hit.key for hit in named_here)
    said_words = terms(text)
    naming = {term for hit in named_here for term in terms(text[hit.start : hit.end])}
    about = 1.0 if label else len(naming) / len(set(said_words)) if said_words else 0.0
    return Phrase(text, asked, topics, said_words, _says_more(plain), about, _EITHER.search(plain) is not None)


def _facts(text: str, excluding: bool) -> list[Criterion]:
    elsewhere = without_languages(text)
    found = [*_ages(text), *_places(elsewhere), *_kinds(elsewhere, excluding)]
    if (tongues := languages_in(text)) and speaks(text):
        found.append(_prefer(CriterionField.LANGUAGE, Op.ANY_OF, list(tongues), text))
    if match := _NEW.search(text):
        found.append(_prefer(CriterionField.YEARS_IN_CARE, Op.AT_MOST, 2, match.group()))
    elif (match := _YEARS.search(text)) and not re.search(r"\bago|within|last|past\b", text, re.IGNORECASE):
        number = match["n"].lower()
        found.append(_prefer(CriterionField.YEARS_IN_CARE, Op.AT_LEAST, _NUMBERS.get(number) or int(number), text))
    return found


def _ages(text: str) -> list[Criterion]:
    for pattern, op, shift in _AGES:
        if match := pattern.search(text):
            return [_prefer(CriterionField.AGE, op, int(match[1]) + shift, text)]
    for pattern, op, bound in _AGE_WORDS:
        if pattern.search(text):
            return [_prefer(CriterionField.AGE, op, bound, text)]
    return []


def _places(text: str) -> list[Criterion]:
    found = read_places(text)
    near = [where.name for where, away in found if not away]
    away = [where.name for where, is_away in found if is_away]
    wanted = [_prefer(CriterionField.REGION, Op.ANY_OF, list(near), text)] if near else []
    return wanted + ([_prefer(CriterionField.REGION, Op.NONE_OF, list(away), text)] if away else [])


_EVERYDAY_ROLES = HANDS_ON - {"personal_assistant", "senior", "apprentice"} | {"nurse", "unpaid_carer"}
_KINDS = (
    (CriterionField.GENDER, GENDERS, frozenset[str]()),
    (CriterionField.ETHNICITY, ETHNICITIES, frozenset({"white_british"})),
    (CriterionField.MIGRATION_STATUS, STATUSES, frozenset({"british"})),
    (CriterionField.EMPLOYER_TYPE, EMPLOYERS, frozenset({"agency", "care_home", "unpaid", "self_employed"})),
    (CriterionField.CONTRACT, CONTRACTS, frozenset({"employed", "sponsored", "volunteer"})),
    (CriterionField.ROLE, ROLES, _EVERYDAY_ROLES),
    (CriterionField.SETTING, SETTINGS, frozenset({"hospital"})),
    (CriterionField.SHIFT, SHIFTS, frozenset({"early", "days", "live_in"})),
)


_TABLES = (*(table.pattern() for _, table, _ in _KINDS), TRANSPORT.pattern(), circumstances.RURAL)


_FILLERS = _pattern(
    r"\b(?:outside|each|mix|range|variety|represented|based|lives?|living|works?|working|somewhere|semi|areas?|people"
    r"|person|someone|somebody|anyone|least|gets?|getting|visits?|clients?|rounds?|without)\b"
)


def _says_more(text: str) -> bool:
    """Whether words are left when everything that names a fact is taken out ("men *who have quit*")."""
    left = without_speaking(text)
    for pattern in (*(p for p, *_ in (*_AGES, *_AGE_WORDS)), _YEARS, _NEW, *_TABLES):
        left = pattern.sub(" ", left)
    for where, _ in read_places(text):
        left = left.replace(where.name, " ")
    return bool(terms(_FILLERS.sub(" ", left)))


def _kinds(text: str, excluding: bool) -> list[Criterion]:
    found = []
    for field, table, left_out in _KINDS:
        if field is CriterionField.GENDER and len(text.split()) > _SHORT:
            continue
        if excluding and _CONDITIONAL.search(text):
            continue
        if named(text, table) - (frozenset() if excluding else left_out):
            found.append(_prefer(field, Op.ANY_OF, [text], text))
    return found


def _prefer(field: CriterionField, op: Op, value: int | list[str], text: str) -> Criterion:
    return Criterion(Strength.PREFER, field, op, value, text)  # type: ignore[arg-type]


_FACT_TESTS: dict[CriterionField, Callable[[Criterion], Test]] = {
    CriterionField.AGE: background.age,
    CriterionField.GENDER: background.gender,
    CriterionField.ETHNICITY: background.ethnicity,
    CriterionField.MIGRATION_STATUS: background.migration_status,
    CriterionField.EMPLOYER_TYPE: work.employer_type,
    CriterionField.CONTRACT: work.contract,
    CriterionField.ROLE: work.role,
    CriterionField.SETTING: work.setting,
    CriterionField.SHIFT: work.shift,
    CriterionField.YEARS_IN_CARE: work.years_in_care,
    CriterionField.LANGUAGE: work.language,
    CriterionField.REGION: places.region,
}


def words(criterion: Criterion) -> Test:
    """A phrase about the person: the facts in it, then its topics and words in what she wrote."""
    return _phrases(criterion, facts=True)


def experience(criterion: Criterion) -> Test:
    """Something she has done or can speak about: by topic and by words."""
    return _phrases(criterion, facts=False)


def _phrases(criterion: Criterion, *, facts: bool) -> Test:
    texts = [text for text in texts_of(criterion.value) if text.strip()] or [criterion.text]
    if criterion.op is Op.NONE_OF:
        return _none_of([_excluded(read(text, facts=facts, excluding=True)) for text in texts])
    tests = tuple(_phrase(read(text, facts=facts)) for text in texts)
    return tests[0] if len(tests) == 1 else Together(tests, lambda found: max(found, key=_better))


def _none_of(tests: list[Test]) -> Test:
    return Together(tuple(tests), lambda found: min(found, key=_better))


def _excluded(phrase: Phrase) -> Test:
    """Ruled out when every fact in the phrase is on her record. What she merely speaks of rules out nobody."""
    if _NEEDS_ANONYMITY.search(phrase.text):
        return _wants_to_be_named()
    return Together(tuple(_FACT_TESTS[fact.field](fact) for fact in phrase.facts), _all_on_record)


def _all_on_record(found: Sequence[Judgement]) -> Judgement:
    evidence = tuple(piece for judgement in found for piece in judgement.evidence)
    note = "; ".join(dict.fromkeys(judgement.note for judgement in found if judgement.note))
    if any(judgement.status is Status.FAILED for judgement in found):
        return met(note)
    if found and all(j.status is Status.MET and j.by == "field" for j in found):
        return failed(note, *evidence)
    return unknown(degree=0.5)


_NEEDS_ANONYMITY = re.compile(r"\banonym", re.IGNORECASE)


@asks("refusals")
def _wants_to_be_named() -> Judge:
    def judge(known: Facts, today: date) -> Judgement:
        if "name" not in known.refusals:
            return unknown(degree=0.5)
        mention = known.refusals["name"]
        return failed("Does not want their name used", *((mention.evidence(),) if mention else ()), by="words")

    return judge


def _better(judgement: Judgement) -> tuple[int, float]:
    order = {Status.MET: 2, Status.UNKNOWN: 1, Status.FAILED: 0}
    return order[judgement.status], judgement.degree


def _phrase(phrase: Phrase) -> Test:
    asked = [(fact.field, _FACT_TESTS[fact.field](fact)) for fact in phrase.facts]
    asked += [(CriterionField.WORDS, test) for test in _circumstances(phrase)]
    speaks = _speaks_of(phrase)
    if not asked:
        return speaks

    def how(found: Sequence[Judgement]) -> Judgement:
        facts = [_softened(field, judgement) for (field, _), judgement in zip(asked, found, strict=False)]
        failed_one = any(judgement.status is Status.FAILED for judgement in facts)
        return _together(facts if failed_one else [*facts, *found[len(asked) :]])

    return Together((*(test for _, test in asked), *((speaks,) if phrase.more else ())), how)


def _circumstances(phrase: Phrase) -> list[Test]:
    found: list[Test] = []
    if ways := circumstances.transport_of(phrase.text):
        found.append(circumstances.transport(ways, far=circumstances.is_far(phrase.text)))
    if circumstances.is_rural(phrase.text):
        found.append(circumstances.rural(phrase.topics))
    return found


def _softened(field: CriterionField, judgement: Judgement) -> Judgement:
    """A failed soft fact inside a free phrase only means that it does not count for her."""
    if judgement.status is Status.FAILED and field not in _HARD:
        return replace(judgement, status=Status.UNKNOWN)
    return judgement


def _together(found: list[Judgement]) -> Judgement:
    evidence = tuple(piece for judgement in found for piece in judgement.evidence)
    note = "; ".join(dict.fromkeys(judgement.note for judgement in found if judgement.note))
    degree = sum(judgement.degree for judgement in found) / len(found)
    for judgement in found:
        if judgement.status is Status.FAILED:
            return judgement
    if all(judgement.status is Status.MET for judgement in found):
        by = "words" if any(judgement.by == "words" for judgement in found) else "field"
        return Judgement(Status.MET, degree, note, evidence, by)  # type: ignore[arg-type]
    return Judgement(Status.UNKNOWN, degree, note, evidence)


def is_telling(text: str) -> bool:
    """Whether a member who fits a phrase would likely show it: it names facts, circumstances or topics."""
    phrase = read(text)
    return phrase.names_topics or bool(phrase.facts or _circumstances(phrase))


def _speaks_of(phrase: Phrase) -> Question:
    """By topic first; else by most of the phrase's words standing in what she wrote."""
    wanted = frozenset(phrase.words)
    hints = hinted(phrase.topics)

    def judge(known: Facts, today: date) -> Judgement:
        mentions = [mention for mention in known.topics if mention.kind in phrase.topics or mention.kind in hints]
        speaks = [mention for mention in mentions if not mention.denied]
        if speaks:
            return _spoken(speaks, phrase)
        if mentions:
            return failed("Says they do not", mentions[0].evidence(), by="words")
        if len(wanted) < 2:
            return unknown()
        covered = len(wanted & known.terms) / len(wanted)
        if covered >= _ENOUGH_WORDS:
            return said("In their words", *_word_evidence(known, phrase.text), degree=covered * 0.8)
        return unknown(degree=covered * 0.3)

    return Question(judge, kinds=(Kinds("topics", phrase.topics | hints, "spoken"),), words=wanted)


def _spoken(mentions: list[Mention], phrase: Phrase) -> Judgement:
    """She speaks of topics of a phrase: of most of them it is met; of less, or when it is about more, ask.

    Of alternatives ("attacked or threatened") one is enough. What she only hints at counts half and meets nothing.
    """
    kinds = {mention.kind for mention in mentions}
    worth = [1.0 if topic in kinds else _HINT if kinds & hinted((topic,)) else 0.0 for topic in phrase.topics]
    share = max(worth) if phrase.either else sum(worth) / len(worth)
    ordered = sorted(mentions, key=lambda m: (m.kind not in phrase.topics, m.source not in SPOKEN, m.start))
    note = SPEAKS_OF_IT if ordered[0].source in SPOKEN else f"Their record says: {ordered[0].text}"
    evidence = [mention.evidence() for mention in ordered[:3]]
    if share > _HALF and phrase.names_topics and kinds & phrase.topics:
        return said(note, *evidence, degree=0.6 + 0.35 * share)
    return unknown(note, *evidence, degree=share * min(1.0, phrase.about + _HALF))


def _word_evidence(known: Facts, query: str) -> list[Evidence]:
    found = []
    for source in SPOKEN:
        text = known.profile.words(source)
        found += [Evidence("", source, text[a:b], a, b) for a, b in spans(text, query)]
    return found[:4]
