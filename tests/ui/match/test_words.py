"""Quotes, marks and whole points: what is painted of a candidate."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matcher.matching import Evidence
from matcher.matching.names import called
from matcher.matching.seats import told
from matcher.model import Brief, Criterion, CriterionField, Op, Strength
from matcher_ui.models.candidates import whole_points
from matcher_ui.models.marks import marks_of
from matcher_ui.models.subjects import subjects_of

TEXT = "I like my job. The nights are long, but my lady settles when she hears me. Pay is bad."


def piece(words: str, criterion: str = "nights", part: str = "experience") -> Evidence:
    start = TEXT.index(words)
    return Evidence(criterion, "experience_text", words, start, start + len(words), part)  # type: ignore[arg-type]


def test_marks_stand_at_the_very_characters() -> None:
    marks = marks_of((piece("nights"), piece("settles", part="interests")), "experience_text", TEXT)
    assert [(TEXT[m.start : m.end], m.kind) for m in marks] == [("nights", "experience"), ("settles", "interests")]


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))))
def test_marks_never_lie_over_one_another(spans: list[tuple[int, int]]) -> None:
    found = [Evidence("c", "experience_text", TEXT[a:b], a, b) for a, b in spans if a < b]
    marks = marks_of(found, "experience_text", TEXT)
    assert all(one.end <= other.start for one, other in pairwise(marks))
    assert all(0 <= mark.start < mark.end <= len(TEXT) for mark in marks)


@given(st.lists(st.integers(0, 333), min_size=3, max_size=3))
def test_whole_points_add_up_to_the_total_as_shown(tenths: list[int]) -> None:
    parts = dict(zip(("region", "experience", "interests"), (number / 10 for number in tenths), strict=True))
    whole = whole_points(parts)
    assert sum(whole.values()) == round(sum(parts.values()))
    assert all(abs(whole[bar] - points) < 1.01 for bar, points in zip(whole, parts.values(), strict=True))


def test_a_name_is_found_by_the_beginnings_of_its_words() -> None:
    assert called("Julie Marsden", "jul mar")
    assert called("Mary-Ann Ó Brien", "ó br")
    assert not called("Julie Marsden", "jack")


def test_needs_that_share_a_phrase_are_asked_about_by_their_own_names() -> None:
    phrase = "anyone 25 or under, anywhere in England"
    age = Criterion(Strength.MUST, CriterionField.AGE, Op.AT_MOST, 25, phrase)
    country = Criterion(Strength.MUST, CriterionField.COUNTRY, Op.ANY_OF, ["England"], phrase)
    assert subjects_of(Brief("Young people", criteria=(age, country)))["Aged 25 or under"] == "Ask about age"


def test_a_lot_among_one_is_not_said_to_be_drawn() -> None:
    assert told({"why": "lot", "among": 1}, str)[0].startswith("The place by lot: nobody else")
    assert "among the 29" in told({"why": "lot", "among": 29}, str)[0]
