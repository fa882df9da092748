"""The brief: whatever it says comes back, what it cannot say is said clearly."""

import contextlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import UserError
from matcher.model import (
    Anonymity,
    Audience,
    Brief,
    Criterion,
    CriterionField,
    Ethics,
    EthicsStatus,
    Format,
    Op,
    Payment,
    PeopleWanted,
    Recording,
    Session,
    Strength,
    brief_from_json,
    brief_to_json,
)

TEXT = st.text(max_size=20)
NUMBER = st.integers(0, 500)
MONEY = st.floats(0, 1e6, allow_nan=False)
SCALAR = st.one_of(TEXT, NUMBER, MONEY, st.booleans())
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
CRITERIA = st.builds(
    Criterion,
    st.sampled_from(Strength),
    st.sampled_from(CriterionField),
    st.sampled_from(Op),
    st.one_of(SCALAR, st.lists(SCALAR, max_size=3), st.dictionaries(TEXT, SCALAR, max_size=2)),
    TEXT,
)
BRIEFS = st.builds(
    Brief,
    title=st.text(min_size=1).filter(lambda text: bool(text.strip())),
    audience=st.sampled_from(Audience),
    requester=TEXT,
    text=TEXT,
    topics=st.lists(TEXT, max_size=3).map(tuple),
    format=st.sampled_from(Format),
    involvement=st.booleans(),
    people_wanted=st.builds(PeopleWanted, st.none() | NUMBER, st.none() | NUMBER, st.booleans(), TEXT),
    remote=st.none() | st.booleans(),
    deadline=st.none() | DAYS,
    sessions=st.lists(
        st.builds(Session, DAYS, st.none() | DAYS, TEXT, TEXT, st.none() | st.booleans()), max_size=2
    ).map(tuple),
    duration_minutes=st.none() | NUMBER,
    payment=st.builds(Payment, st.none() | MONEY, st.just("GBP"), TEXT),
    ethics=st.builds(Ethics, st.sampled_from(EthicsStatus), TEXT, TEXT),
    anonymity=st.sampled_from(Anonymity),
    recording=st.sampled_from(Recording),
    criteria=st.lists(CRITERIA, max_size=3).map(tuple),
)


@given(BRIEFS)
def test_a_brief_survives_json(brief: Brief) -> None:
    assert brief_from_json(brief_to_json(brief)) == brief


def test_only_the_title_is_needed() -> None:
    assert brief_from_json({"title": "Rota changes"}) == Brief("Rota changes")


def test_a_criterion_on_an_unknown_field_is_kept_as_words() -> None:
    brief = brief_from_json(
        {
            "title": "Pets",
            "criteria": [
                {"strength": "must", "field": "has_a_dog", "op": "is", "value": "a dog"},
                {"strength": "prefer", "field": "hobby", "op": "any_of", "value": ["chess", "go"]},
                {"strength": "must", "field": "shoe", "op": "is", "value": 7, "text": "takes a size seven"},
            ],
        }
    )
    assert [(c.strength, c.field, c.op, c.value) for c in brief.criteria] == [
        (Strength.MUST, CriterionField.WORDS, Op.HAS, "has_a_dog a dog"),
        (Strength.PREFER, CriterionField.WORDS, Op.HAS, "hobby chess, go"),
        (Strength.MUST, CriterionField.WORDS, Op.HAS, "takes a size seven"),
    ]
    assert len(brief.musts()) == 2
    assert len(brief.prefers()) == 1


CRITERION = {"strength": "must", "field": "region", "op": "is", "value": "Wales"}


@pytest.mark.parametrize(
    ("data", "where", "says"),
    [
        ([], None, "one JSON object"),
        ("a title", None, "one JSON object"),
        ({}, "brief", "“title” is missing"),
        ({"title": "  "}, "title", "no title"),
        ({"title": 7}, "brief.title", "must be text"),
        ({"title": "x", "audiense": "media"}, "brief", "Did you mean “audience”?"),
        ({"title": "x", "audience": "press"}, "brief.audience", "one of: policy, academic"),
        ({"title": "x", "deadline": "4/12/26"}, "brief.deadline", "a date like 2026-12-04"),
        ({"title": "x", "people_wanted": 5}, "brief.people_wanted", "an object"),
        ({"title": "x", "people_wanted": {"min": "five"}}, "brief.people_wanted.min", "a whole number"),
        ({"title": "x", "people_wanted": {"min": True}}, "brief.people_wanted.min", "a whole number"),
        ({"title": "x", "topics": "pay"}, "brief.topics", "a list"),
        ({"title": "x", "remote": "yes"}, "brief.remote", "yes or no"),
        ({"title": "x", "sessions": [{"time": "10:00"}]}, "brief.sessions[0]", "“on” is missing"),
        ({"title": "x", "criteria": "none"}, "brief.criteria", "a list"),
        ({"title": "x", "criteria": ["Wales"]}, "brief.criteria[0]", "an object"),
        ({"title": "x", "criteria": [CRITERION | {"op": "near"}]}, "brief.criteria[0].op", "one of: is"),
        ({"title": "x", "criteria": [CRITERION | {"value": None}]}, "brief.criteria[0].value", "This must be"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(data: Any, where: str | None, says: str) -> None:
    with pytest.raises(UserError) as caught:
        brief_from_json(data)
    assert caught.value.where == where
    assert says in str(caught.value)


@given(st.recursive(st.none() | SCALAR, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=8))
def test_no_json_at_all_makes_it_stumble(data: object) -> None:
    with contextlib.suppress(UserError):
        brief = brief_from_json({"title": "x", "people_wanted": data, "criteria": data, "sessions": [data]})
        assert brief.title == "x"
