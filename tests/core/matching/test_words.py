"""Word likeness, and what a free phrase of a request asks."""

import pytest

from matcher.knowledge.words import terms
from matcher.matching.phrases import read
from matcher.matching.words import index_of, spans
from matcher.model import CriterionField


def test_likeness_is_between_nothing_and_one_and_follows_the_words() -> None:
    texts = ("hoists and slings", "dementia and singing", "singing, singing, more singing with dementia", "")
    found = index_of([terms(text) for text in texts]).likeness("singing with dementia").tolist()
    assert found[0] == found[3] == 0
    assert 0 < found[1] <= 1
    assert 0 < found[2] <= 1


def test_no_words_at_all_are_like_nothing() -> None:
    assert index_of([(), ()]).likeness("singing").tolist() == [0, 0]


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
