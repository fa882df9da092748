"""Judging a criterion against a member: three-valued, with evidence, for every field and operation."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from matcher.matching import background, phrases, places, refusals, work
from matcher.matching.facts import Facts
from matcher.matching.judgement import Evidence, Judgement, Status, failed, met, unknown
from matcher.matching.profile import Profile
from matcher.matching.question import Judge, Kinds, Question, Test, Together, asks
from matcher.matching.values import texts_of
from matcher.model import Criterion, CriterionField

_PLAIN = {
    "employer": "their employer named",
    "media": "the media",
    "name": "their name used",
    "photo": "a photo",
    "surname": "their surname used",
    "town": "their town named",
    "video": "being filmed",
    "voice": "their voice used",
}


@asks("refusals")
def shown(kinds: frozenset[str]) -> Judge:
    """Taking part shows ``kinds`` of her ("name", "photo" ..): failed when she refuses one, else to be asked."""

    def judge(facts: Facts, today: date) -> Judgement:
        for kind in sorted(kinds):
            if kind in facts.refusals:
                mention = facts.refusals[kind]
                evidence = (mention.evidence(),) if mention else (Evidence("", "conditions", kind),)
                return failed(f"Does not want {_PLAIN[kind]}", *evidence, by="words" if mention else "field")
        return unknown("Whether they would be shown like this is not known")

    return judge


def anonymity(criterion: Criterion) -> Question:
    """Being named, pictured, filmed or heard, against what she refuses."""
    kinds = frozenset().union(*(refusals.shown_in(text) for text in (*texts_of(criterion.value), criterion.text)))
    return shown(kinds)


@asks("refusals")
def employer_involved(criterion: Criterion) -> Judge:
    """The employer will know or has to agree: never known, unless nobody at work may know of her."""

    def judge(facts: Facts, today: date) -> Judgement:
        if "employer_knows" in facts.refusals:
            mention = facts.refusals["employer_knows"]
            return failed("Nobody at work may know", *((mention.evidence(),) if mention else ()), by="words")
        return unknown("Whether their employer would agree is not known")

    return judge


@asks()
def months_in_role(criterion: Criterion) -> Judge:
    """How long in this very job is not on record: always to be asked."""
    return lambda facts, today: unknown("How long in this job is not known")


@asks("availability")
def availability(criterion: Criterion) -> Judge:
    """When and whether she can be there: what she says is shown beside it, and she is asked."""

    def judge(facts: Facts, today: date) -> Judgement:
        text = facts.profile.availability_text
        if not text:
            return unknown("When they are free is not known")
        return unknown(f"Free: {text}", Evidence("", "availability_text", text, 0, len(text)))

    return judge


def care_type(criterion: Criterion) -> Together:
    """A kind of care she gives, from the kinds on record (by name or topic), else from her words."""
    wanted = {text.strip().lower() for text in texts_of(criterion.value)}
    topics = frozenset().union(*(phrases.read(text, facts=False).topics for text in texts_of(criterion.value)))
    return Together((_care_named(wanted), _care_about(topics), phrases.experience(criterion)), _first_known)


def _first_known(found: Sequence[Judgement]) -> Judgement:
    known = (judged for judged in found if judged.status is not Status.UNKNOWN)
    return next(known, unknown("Not among the kinds of care on record"))


def _care_named(wanted: set[str]) -> Question:
    def is_wanted(kind: str) -> bool:
        name = kind.strip().lower()
        return name in wanted or any(word in name or name in word for word in wanted)

    def judge(facts: Facts, today: date) -> Judgement:
        for kind in filter(is_wanted, facts.profile.care_types):
            return met(f"Kinds of care: {kind}", Evidence("", "care_types", kind))
        return unknown()

    return Question(judge, kinds=(Kinds("care_types", is_wanted, "listed"),))


def _care_about(topics: frozenset[str]) -> Question:
    def judge(facts: Facts, today: date) -> Judgement:
        for mention in facts.topics:
            if mention.source == "care_types" and mention.kind in topics:
                return met(f"Kinds of care: {mention.text}", Evidence("", "care_types", mention.text))
        return unknown()

    return Question(judge, kinds=(Kinds("topics", topics, "care"),))


_TESTS: dict[CriterionField, Callable[[Criterion], Test]] = {
    CriterionField.COUNTRY: places.country,
    CriterionField.REGION: places.region,
    CriterionField.PLACE: places.place,
    CriterionField.YEARS_IN_CARE: work.years_in_care,
    CriterionField.MONTHS_IN_ROLE: months_in_role,
    CriterionField.AGE: background.age,
    CriterionField.GENDER: background.gender,
    CriterionField.ETHNICITY: background.ethnicity,
    CriterionField.LANGUAGE: work.language,
    CriterionField.MIGRATION_STATUS: background.migration_status,
    CriterionField.ROLE: work.role,
    CriterionField.EMPLOYER_TYPE: work.employer_type,
    CriterionField.CONTRACT: work.contract,
    CriterionField.CARE_TYPE: care_type,
    CriterionField.SETTING: work.setting,
    CriterionField.SHIFT: work.shift,
    CriterionField.TOPIC: phrases.experience,
    CriterionField.EXPERIENCE: phrases.experience,
    CriterionField.AVAILABILITY: availability,
    CriterionField.ANONYMITY: anonymity,
    CriterionField.EMPLOYER_INVOLVED: employer_involved,
    CriterionField.WORDS: phrases.words,
}


def label_of(criterion: Criterion) -> str:
    """The criterion as people say it: the requester's phrase, else the field and its value."""
    if criterion.text:
        return criterion.text
    return f"{criterion.field.value.replace('_', ' ')} {', '.join(texts_of(criterion.value))}"


def test_of(criterion: Criterion) -> Test:
    """The criterion made ready once, to be put to many members."""
    return _TESTS[criterion.field](criterion)


def judge(criterion: Criterion, profile: Profile, today: date) -> Judgement:
    """Judge one criterion against one member on a day. Unknown is neither met nor failed."""
    judgement = test_of(criterion)(Facts(profile), today)
    label = label_of(criterion)
    return replace(judgement, evidence=tuple(replace(piece, criterion=label) for piece in judgement.evidence))
