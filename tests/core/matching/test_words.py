"""Word likeness, and what a free phrase of a request asks."""

import math
from collections.abc import Sequence

import pytest

from matcher.knowledge.words import terms
from matcher.matching.index import index_of
from matcher.matching.phrases import read
from matcher.matching.profile import Profile
from matcher.matching.words import spans
from matcher.model import CriterionField


def scores(texts: Sequence[str], query: str) -> list[float]:
    index = index_of(Profile(n, experience_text=text) for n, text in enumerate(texts, 1))
    by_id = dict(zip(index.ids.tolist(), index.bm25.scores(terms(query)).tolist(), strict=True))
    return [by_id[n] for n in range(1, len(texts) + 1)]


def test_likeness_follows_the_words() -> None:
    texts = ("hoists and slings", "dementia and singing", "singing, singing, more singing with dementia", "")
    found = scores(texts, "singing with dementia")
    assert found[0] == found[3] == 0
    assert 0 < found[1] < found[2]


def test_no_words_at_all_are_like_nothing() -> None:
    assert scores(("", ""), "singing") == [0, 0]


def test_the_score_is_bm25_by_its_formula() -> None:
    texts = [["hoist", "sling", "hoist"], ["sling"], ["rota", "late", "rota", "late"]]
    mean = sum(map(len, texts)) / 3
    idf = math.log1p((3 - 1 + 0.5) / (1 + 0.5))
    expected = 2 * 2.2 / (2 + 1.2 * (1 - 0.6 + 0.6 * 3 / mean)) * idf
    assert scores([" ".join(text) for text in texts], "hoist")[0] == pytest.approx(expected, rel=1e-6)


def test_forms_of_a_word_are_one_word_and_their_place_is_known() -> None:
    assert terms("visits visiting visited")[0] == terms("visit")[0]
    text = "We were visiting twice."
    assert [text[a:b] for a, b in spans(text, "visits")] == ["visiting"]


@pytest.mark.parametrize(
    ("phrase", "fields"),
    [
        ("under 30", {CriterionField.AGE}),
        ("younger men (most so far are over 45)", {CriterionField.AGE, CriterionField.GENDER}),
        ("outside London", {CriterionField.REGION}),
        ("small agency (fewer than 50 staff)", {CriterionField.EMPLOYER_TYPE}),
        ("minority ethnic backgrounds", {CriterionField.ETHNICITY}),
        ("home care rather than care homes", {CriterionField.SETTING}),
        ("near retirement", {CriterionField.AGE}),
        ("came from another country", {CriterionField.MIGRATION_STATUS}),
        ("at least 30 hours a week", set()),
        ("two years or more in home care", {CriterionField.YEARS_IN_CARE, CriterionField.SETTING}),
    ],
)
def test_the_facts_in_a_phrase_are_found(phrase: str, fields: set[CriterionField]) -> None:
    assert {fact.field for fact in read(phrase).facts} == fields


def test_a_phrase_that_says_more_than_its_facts_is_known_to() -> None:
    assert read("men who have quit").more
    assert not read("younger men").more


@pytest.mark.parametrize(
    ("phrase", "fields"),
    [
        ("Welsh speakers", {CriterionField.LANGUAGE}),
        ("speaks Punjabi or Urdu", {CriterionField.LANGUAGE}),
        ("people learning Welsh", set()),
        ("people who only speak English", set()),
        ("Scottish", {CriterionField.REGION, CriterionField.ETHNICITY}),
        ("has spoken in public in Wales", {CriterionField.REGION}),
    ],
)
def test_a_language_is_no_place(phrase: str, fields: set[CriterionField]) -> None:
    assert {fact.field for fact in read(phrase, excluding=True).facts} == fields
