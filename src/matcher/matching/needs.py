"""What a brief asks of a person, made ready once: each criterion and topic with its part of the score."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.matching import phrases, places
from matcher.matching.criteria import label_of, shown, test_of
from matcher.matching.facts import Facts, hinted
from matcher.matching.formula import DEEP_EXPERIENCE, held_back
from matcher.matching.judgement import Evidence, Judgement, Part, Status, failed, filed, met, unknown
from matcher.matching.kinds import AWAY_FROM_CARE, HANDS_ON, ROLES, named
from matcher.matching.named_places import named_places
from matcher.matching.phrases import Phrase
from matcher.matching.profile import SPOKEN
from matcher.matching.question import Kinds, Question, Test, Together
from matcher.matching.refusals import shown_by
from matcher.matching.values import texts_of
from matcher.matching.work import years_of
from matcher.model import Brief, Criterion, CriterionField, Op, Strength, criterion_words

_REGION = frozenset({CriterionField.COUNTRY, CriterionField.REGION, CriterionField.PLACE})


@dataclass(frozen=True, slots=True)
class Need:
    """One thing asked of a person.

    ``asks``: whether not knowing it is worth asking her before she is put forward. ``weight``: the share of her
    points that an unknown must holds back; little where hardly any record could tell. ``excludes``: the label names
    who is not wanted. ``fact`` says what is asked where the label does not: it is long, stands for several needs,
    or names who is not wanted without saying so.
    """

    label: str
    part: Part
    must: bool
    test: Test
    asks: bool = True
    weight: float = 0.0
    excludes: bool = False
    fact: str = ""

    @property
    def said(self) -> str:
        """What she is told it asks: the requester's phrase, else the fact."""
        return self.fact or self.label

    def judge(self, facts: Facts, today: date) -> Judgement:
        """Judge one member, the evidence filed under this need."""
        return filed(self.test(facts, today), self.label, self.part)

    def certainty(self, judgement: Judgement) -> float:
        """What is left of her points when this must is not known of her; all of them when it is."""
        if not self.must or judgement.status is not Status.UNKNOWN:
            return 1.0
        return held_back(self.weight, judgement.degree)


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything a brief asks: musts and nice-to-haves, topics to speak about, and where it happens.

    ``near``, ``depth`` and ``speaks`` (one a topic) are what counts without being asked for: how near she is, how
    long she has done this work, how much she speaks of a topic. Their degree counts, not their status.
    """

    musts: tuple[Need, ...]
    prefers: tuple[Need, ...]
    topics: tuple[Phrase, ...]
    setting: places.Setting
    query: str
    near: Test
    depth: Test
    speaks: tuple[Test, ...]


def needs_of(brief: Brief) -> Needs:
    """Read a brief for matching. Topics fall back on its title when it names none."""
    setting = places.setting_of(brief)
    needs = [
        _reachable(need, criterion, setting) for need, criterion in zip(_told(brief), brief.criteria, strict=True)
    ]
    topics = tuple(phrases.read(text, facts=False) for text in brief.topics or (brief.title,) if text.strip())
    query = " ".join((*brief.topics, *(text for c in brief.criteria for text in (*texts_of(c.value), c.text))))
    return Needs(
        musts=(*(need for need in needs if need.must), *_implied(brief), *_unspoken(brief, setting, topics)),
        prefers=tuple(need for need in needs if not need.must),
        topics=topics,
        setting=setting,
        query=query or brief.title,
        near=places.near(setting),
        depth=Question(_depth, ("years",)),
        speaks=tuple(speaks_on(topic) for topic in topics),
    )


def _depth(facts: Facts, today: date) -> Judgement:
    years = years_of(facts, today)
    return unknown(degree=min(1.0, years[0] / DEEP_EXPERIENCE) if years else 0.0)


_KNOWABLE, _SPOKEN_OF, _SELDOM_KNOWN = 0.45, 0.4, 0.15
_IN_REACH = 0.35
_NEVER_ON_RECORD = frozenset(
    {
        CriterionField.ANONYMITY,
        CriterionField.AVAILABILITY,
        CriterionField.EMPLOYER_INVOLVED,
        CriterionField.MONTHS_IN_ROLE,
    }
)
_IN_WORDS = frozenset({CriterionField.EXPERIENCE, CriterionField.TOPIC, CriterionField.WORDS})


def _told(brief: Brief) -> list[Need]:
    """The needs of the criteria, each saying what it asks in words that no other one has."""
    needs = [_need(criterion) for criterion in brief.criteria]
    often = Counter(need.label for need in needs)
    return [
        replace(need, fact=criterion_words(criterion))
        if often[need.label] > 1 or len(need.label) > _LONG or (criterion.op is Op.NONE_OF and not need.excludes)
        else need
        for need, criterion in zip(needs, brief.criteria, strict=True)
    ]


_LONG = 100
"""A phrase of more letters is too long to be said of everybody."""


def _need(criterion: Criterion) -> Need:
    must = criterion.strength is Strength.MUST
    weight = _weight(criterion) if must else 0.0
    label, texts = label_of(criterion), texts_of(criterion.value)
    excludes = criterion.op is Op.NONE_OF and label in (*texts, ", ".join(texts))
    return Need(label, _part(criterion), must, test_of(criterion), weight=weight, excludes=excludes)


_AT_HOME = re.compile(r"\b(?:liv(?:e|es|ing)|work(?:s|ing)?|based|employed)\b", re.IGNORECASE)


def _reachable(need: Need, criterion: Criterion, setting: places.Setting) -> Need:
    """Coming to the place of a request that can also be joined online is no must for who joins online.

    A town is a place to come to, unless it says that they live or work there; a county or region never is.
    """
    venues = {where.name for where in setting.places if where.kind == "town"}
    wanted = {where.name for text in texts_of(criterion.value) for where in named_places(text)}
    comes = bool(wanted) and wanted <= venues and _AT_HOME.search(criterion.text) is None
    if criterion.field is not CriterionField.PLACE or not setting.remote or not comes:
        return need

    def how(found: Sequence[Judgement]) -> Judgement:
        judgement, online = found
        if judgement.status is Status.MET or online.status is Status.FAILED:
            return judgement
        return met(f"{judgement.note}; can join online", *judgement.evidence, degree=places.JOINS_ONLINE)

    return replace(need, test=Together((need.test, Question(_joins_online, ("online",))), how))


def _joins_online(facts: Facts, today: date) -> Judgement:
    return failed("") if facts.profile.online_ok is False else unknown()


def _weight(criterion: Criterion) -> float:
    """How telling it is that nothing is known: much for a field, some for a topic she could have spoken of."""
    if criterion.field in _NEVER_ON_RECORD or criterion.op is Op.NONE_OF:
        return _SELDOM_KNOWN
    if criterion.field not in _IN_WORDS:
        return _KNOWABLE
    telling = any(phrases.is_telling(text) for text in texts_of(criterion.value))
    return _SPOKEN_OF if telling else _SELDOM_KNOWN


def _part(criterion: Criterion) -> Part:
    if criterion.field in _REGION:
        return "region"
    if criterion.field is CriterionField.TOPIC:
        return "interests"
    if criterion.field is CriterionField.WORDS:
        facts = [fact.field for text in texts_of(criterion.value) for fact in phrases.read(text).facts]
        return "region" if facts and all(field in _REGION for field in facts) else "experience"
    return "experience"


_EMPLOYED = re.compile(
    r"(?<!self-)(?<!self )\bemploy(?:ed|ees?)\b"
    r"(?! (?:directly )?by (?:the |a |an )?(?:\w+ )?(?:client|famil|person|individual|people))",
    re.IGNORECASE,
)


def _implied(brief: Brief) -> list[Need]:
    """What the musts say in passing: hands-on workers, employed ones. It never excludes, but it is asked."""
    musts = [criterion for criterion in brief.musts() if criterion.op is not Op.NONE_OF]
    fields = {criterion.field for criterion in musts}
    said = " ; ".join((brief.title, *(criterion.text for criterion in musts)))
    roles = named(said, ROLES)
    found = []
    if CriterionField.ROLE not in fields and roles & HANDS_ON and not roles & AWAY_FROM_CARE:
        hands_on = Criterion(Strength.MUST, CriterionField.ROLE, Op.IS, "care worker", "hands-on care work")
        found.append(_soft(hands_on))
    if CriterionField.CONTRACT not in fields and _EMPLOYED.search(said):
        found.append(_soft(Criterion(Strength.MUST, CriterionField.CONTRACT, Op.IS, "employed", "employed")))
    return found


def _soft(criterion: Criterion) -> Need:
    need = _need(criterion)

    def how(found: Sequence[Judgement]) -> Judgement:
        (judgement,) = found
        return replace(judgement, status=Status.UNKNOWN) if judgement.status is Status.FAILED else judgement

    return replace(need, test=Together((need.test,), how))


def _unspoken(brief: Brief, setting: places.Setting, topics: tuple[Phrase, ...]) -> list[Need]:
    """What holds for any request without being written as a criterion."""
    found = [Need("being there", "region", True, places.being_there(setting), asks=False, weight=_IN_REACH)]
    if kinds := shown_by(brief):
        found.append(Need("how people are shown", "experience", True, shown(kinds), False))
    wanted = frozenset[str]().union(*(topic.topics for topic in topics))
    if wanted:
        found.append(Need("what it is about", "interests", True, _will_discuss(wanted), False))
    return found


def _will_discuss(wanted: frozenset[str]) -> Question:
    def judge(facts: Facts, today: date) -> Judgement:
        closed = {mention.kind: mention for mention in facts.avoided}
        if closed and wanted <= closed.keys():
            evidence = (closed[topic].evidence() for topic in sorted(wanted))
            return failed("Will not discuss this", *evidence, by="words")
        return met("")

    return Question(judge, kinds=(Kinds("topics", wanted, "avoided"),))


def speaks_on(topic: Phrase) -> Question:
    """How much she speaks of a topic, as the degree of what is otherwise not known."""
    return Question(
        lambda facts, today: unknown(degree=topic_degree(topic, facts)[0]),
        kinds=(Kinds("topics", topic.topics | hinted(topic.topics), "depth"),),
    )


_IN_INTERESTS, _IN_EXPERIENCE, _ON_RECORD, _HINTED = 1.0, 0.75, 0.6, 0.4


def topic_degree(topic: Phrase, facts: Facts) -> tuple[float, tuple[Evidence, ...]]:
    """How much she speaks of a topic (1: she wants to; less: she does, her record names it, it is hinted at)."""
    if not topic.topics:
        return 0.0, ()
    best: dict[str, float] = {}
    found = []
    closed = {mention.kind for mention in facts.avoided}
    hints = hinted(topic.topics)
    for mention in facts.topics:
        if mention.kind not in topic.topics and mention.kind not in hints:
            continue
        kind = mention.kind.removesuffix("~")
        if mention.denied or kind in closed:
            continue
        degree = _HINTED if mention.kind in hints else _degree(mention.source)
        best[kind] = max(best.get(kind, 0.0), degree)
        found.append(replace(mention.evidence(), criterion=topic.text, part="interests"))
    if not best:
        return 0.0, ()
    share = sum(sorted(best.values())) / len(topic.topics)  # sorted: the same to the last digit in any order
    return 0.6 * max(best.values()) + 0.4 * share, tuple(found[:3])


def _degree(source: str) -> float:
    if source not in SPOKEN:
        return _ON_RECORD
    return _IN_INTERESTS if source == "interests_text" else _IN_EXPERIENCE
