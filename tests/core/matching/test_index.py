"""The index says of everybody at once just what judging them one by one says."""

import random
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.knowledge.regions import REGIONS
from matcher.matching.facts import Facts
from matcher.matching.index import Group, Order
from matcher.matching.index.answers import Questions
from matcher.matching.index.arrays import sorted_by
from matcher.matching.index.board import Board
from matcher.matching.index.build import Index, index_of
from matcher.matching.judgement import PARTS, Judgement, Status
from matcher.matching.needs import needs_of
from matcher.matching.profile import Profile, profile_of
from matcher.matching.question import Test
from matcher.matching.score import DEFAULT, Scale
from matcher.model import (
    BACKGROUND_USE,
    Anonymity,
    Audience,
    Brief,
    Criterion,
    CriterionField,
    Format,
    Op,
    Recording,
    Strength,
)
from matcher.sample.people import sample_people

TODAY = date(2026, 11, 23)

_ODD: tuple[dict[str, Any], ...] = (
    {"town": "Leeds", "region": "Yorkshire and The Humber", "travel_miles": 0},
    {"town": None, "region": None, "country": "England"},
    {"town": None, "region": None, "country": None, "latitude": None, "longitude": None},
    {"town": "Wrexham", "authority": "Wrexham", "county": "Clwyd", "region": "Wales", "country": "Wales"},
    {"region": "Isle of Man", "country": None},
    {"role": "", "employer_type": "self-employed", "contract_type": None, "hours": "zero hours, paid mileage"},
    {"role": "former care worker (now manager)", "hours": "nights only", "care_types": ("no nights", "Dementia")},
    {"experience_text": "I'm 43 and don't drive. I won't do sleep-ins. Used to do nights.", "age_band": None},
    {"experience_text": "started at 19, on a health and care worker visa", "start_year": 2015, "gender": None},
    {"interests_text": "sleep-ins, mileage, but no camera", "avoid_text": "pay, mileage", "closed": {"gender"}},
    {"languages": ("some Welsh", "Polish", "Welsh"), "conditions": ("anonymous_only", "no_photo")},
    {"start_year": None, "start_year_earliest": 2015, "start_year_latest": 2019, "age_band": "25-34"},
)


@cache
def network(size: int = 240) -> tuple[Profile, ...]:
    made = [profile_of({**asdict(p), "id": n}, BACKGROUND_USE) for n, p in enumerate(sample_people(size, 7, TODAY))]
    rng = random.Random(3)
    for number, odd in enumerate(_ODD):
        base: dict[str, Any] = {name: getattr(made[number], name) for name in Profile.__slots__}
        made.append(Profile(**{**base, **odd, "id": size + number}))
    rng.shuffle(made)
    return tuple(made)


@cache
def index() -> Index:
    return index_of(network())


@cache
def facts() -> tuple[Facts, ...]:
    by_id = {profile.id: Facts(profile) for profile in network()}
    return tuple(by_id[member_id] for member_id in index().ids.tolist())


_TEXTS: dict[CriterionField, tuple[Any, ...]] = {
    CriterionField.COUNTRY: ("England", "Wales", "UK", "Scottish"),
    CriterionField.REGION: (
        *REGIONS[:5],
        "the North of England",
        "north-east Wales",
        "Kent",
        "the Midlands",
        "Leeds",
    ),
    CriterionField.PLACE: ("Leeds", "Hull", "Cardiff", "Kent", "Belfast", "rural Wales", "nowhere at all"),
    CriterionField.YEARS_IN_CARE: (1, 3, 10),
    CriterionField.MONTHS_IN_ROLE: (6,),
    CriterionField.AGE: (25, 40, 60),
    CriterionField.GENDER: ("men", "a woman", "non-binary"),
    CriterionField.ETHNICITY: ("minority ethnic", "Black African", "white British"),
    CriterionField.LANGUAGE: ("Welsh", "Polish (fluent)", "English", "Urdu"),
    CriterionField.MIGRATION_STATUS: ("sponsored visa", "came from abroad", "settled status", "British"),
    CriterionField.ROLE: ("care worker", "registered manager", "personal assistant", "office staff"),
    CriterionField.EMPLOYER_TYPE: ("agency", "council", "employed by a provider", "self-employed", "charity"),
    CriterionField.CONTRACT: ("zero hours", "employed", "self-employed", "guaranteed hours"),
    CriterionField.CARE_TYPE: ("dementia", "end of life", "learning disability", "older people"),
    CriterionField.SETTING: ("home care", "care homes", "extra care"),
    CriterionField.SHIFT: ("nights", "sleep-ins", "live-in care", "double-ups", "waking nights", "weekends"),
    CriterionField.AVAILABILITY: ("weekday evenings",),
    CriterionField.ANONYMITY: ("full name and photo", "on camera", "employer named"),
    CriterionField.EMPLOYER_INVOLVED: ("the employer agrees",),
}
_PHRASES = (
    "dementia", "mileage and travel time", "men who have quit", "works in rural areas and drives", "night workers",
    "has given end of life care at home", "people under 30", "paid by the minute", "cooking for clients",
    "runs on electric car at least 50 miles a week", "experience of whistleblowing", "hoists and two carers",
    "new to home care", "self-employed carers in Wales", "anonymous contributors", "someone who sings with clients",
)  # fmt: skip
_FREE = (CriterionField.WORDS, CriterionField.EXPERIENCE, CriterionField.TOPIC)
_NUMBERS = frozenset({CriterionField.AGE, CriterionField.YEARS_IN_CARE, CriterionField.MONTHS_IN_ROLE})


@st.composite
def criteria(draw: st.DrawFn) -> Criterion:
    field = draw(st.sampled_from([*_TEXTS, *_FREE * 4]))
    strength = draw(st.sampled_from(list(Strength)))
    if field in _NUMBERS:
        op = draw(st.sampled_from([Op.AT_LEAST, Op.AT_MOST, Op.IS]))
        value: Any = draw(st.sampled_from(_TEXTS[field]))
        return Criterion(strength, field, op, value, f"{field} {op} {value}")
    texts = draw(st.lists(st.sampled_from(_TEXTS.get(field, _PHRASES)), min_size=1, max_size=3, unique=True))
    if field is CriterionField.PLACE and draw(st.booleans()):
        limit = draw(st.sampled_from([{"miles": 10}, {"minutes": 60}]))
        return Criterion(strength, field, Op.WITHIN, {"place": texts[0], **limit}, f"near {texts[0]}")
    op = draw(st.sampled_from([Op.ANY_OF, Op.ANY_OF, Op.NONE_OF]))
    return Criterion(strength, field, op, texts, ", ".join(texts))


briefs = st.builds(
    Brief,
    title=st.sampled_from(["Night work in home care", "Employed care workers and sleep-ins", "Pay", "A podcast"]),
    audience=st.sampled_from(list(Audience)),
    topics=st.lists(st.sampled_from(_PHRASES), max_size=3, unique=True).map(tuple),
    regions=st.lists(st.sampled_from(_TEXTS[CriterionField.REGION]), max_size=2, unique=True).map(tuple),
    places=st.lists(st.sampled_from(_TEXTS[CriterionField.PLACE]), max_size=2, unique=True).map(tuple),
    remote=st.sampled_from([None, True, False]),
    format=st.sampled_from(list(Format)),
    anonymity=st.sampled_from(list(Anonymity)),
    recording=st.sampled_from(list(Recording)),
    criteria=st.lists(criteria(), max_size=5).map(tuple),
)


def seen(judgement: Judgement) -> tuple[Status, float, str]:
    return judgement.status, judgement.degree, judgement.by


def differences(test: Test) -> list[tuple[int, Any, Any]]:
    """Everybody of whom the index says something else than judging them does."""
    answers = Questions(index(), TODAY).put(test)
    return [
        (known.profile.id, seen(answers.judgements[answers.codes[row]]), seen(test(known, TODAY)))
        for row, known in enumerate(facts())
        if seen(answers.judgements[answers.codes[row]]) != seen(test(known, TODAY))
    ]


@given(briefs)
@settings(max_examples=40, deadline=None)
def test_every_status_degree_and_part_is_the_same_one_by_one(brief: Brief) -> None:
    needs = needs_of(brief)
    for need in (*needs.musts, *needs.prefers):
        assert differences(need.test) == [], need.label
    for test in (needs.near, needs.depth, *needs.speaks):
        assert differences(test) == []
    board = Board(needs, index(), TODAY)
    tenths = board.shares(np.arange(len(index()))).tenths(DEFAULT.points())
    scale = Scale(brief, TODAY, DEFAULT)
    for row, known in enumerate(facts()):
        fit = scale.fit(known, board.alike(row))
        assert (fit.status == "ask", fit.failed is not None) == (board.asks[row], board.failed[row])
        assert fit.parts == {part: tenths[part][row] / 10 for part in PARTS}


def order(brief: Brief) -> Order:
    board = Board(needs_of(brief), index(), TODAY)
    groups = [Group(board, rows) for rows in board.groups(~board.failed)]
    return Order(7, index().ids, DEFAULT.points(), groups)


@given(briefs, st.integers(1, 40), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_the_first_are_the_same_when_only_they_are_worked_out(brief: Brief, count: int, ahead: int) -> None:
    everybody = order(brief)
    all_in_order = everybody.page(0, len(everybody))
    with patch.multiple("matcher.matching.index.order", _FEW=0, _AHEAD=ahead):
        assert order(brief).page(0, count) == all_in_order[:count]
        assert order(brief).page(count, count + 5) == all_in_order[count : count + 5]
    assert [everybody.place_of(row) for row in all_in_order[:count]] == [*range(len(all_in_order[:count]))]


def test_both_ways_of_asking_about_some_rows_agree() -> None:
    brief = Brief("Mileage", topics=("mileage", "dementia"), audience=Audience.POLICY)
    board = Board(needs_of(brief), index(), TODAY)
    rows = np.arange(0, len(index()), 3)
    with patch("matcher.matching.index.board._MANY", 1):
        few = board.shares(rows)
    with patch("matcher.matching.index.board._MANY", 4):
        many = board.shares(rows)
    assert (few.of_all, many.of_all) == (False, True)
    points = DEFAULT.points()
    assert few.total(points).tolist() == many.total(points).tolist()
    assert (few.most(points) >= few.total(points)).all()
    assert (many.most(points) >= many.total(points)).all()


NUMBERS = st.integers(0, 3) | st.integers(0, 70_000) | st.integers(0, 2**31 - 1)


@settings(max_examples=200)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=40), st.booleans())
def test_entries_are_put_in_order_by_number_and_then_by_row(
    pairs: list[tuple[int, int]], rows_in_order: bool
) -> None:
    if rows_in_order:
        pairs = sorted(pairs, key=lambda pair: pair[1])
    first = np.array([pair[0] for pair in pairs], dtype=np.int32)
    then = np.array([pair[1] for pair in pairs], dtype=np.int32)
    assert sorted_by(first, then).tolist() == np.lexsort((then, first)).tolist()
