"""The vocabulary: found by everyday and professional words, negation told apart."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge.topics import label_of, topics, topics_in
from matcher.knowledge.words import stems, stop_words


def found(text: str) -> set[str]:
    return {hit.key for hit in topics_in(text) if not hit.negated}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("now she can't remember who I am", "dementia"),
        ("I pay for my own petrol", "mileage"),
        ("you get fifteen minutes, in and out", "time_and_task"),
        ("I do singles and doubles runs", "doubles"),
        ("on a walking round in town", "travel_mode"),
        ("I'm a trusted assessor", "trusted_assessor"),
        ("wellbeing support worker", "wellbeing_support_worker"),
        ("delegated healthcare, insulin and so on", "delegated_healthcare"),
        ("we're a self-managing team", "self_managing"),
        ("whole-shift pay", "whole_shift_pay"),
        ("the MAR chart was wrong", "medication"),
        ("on a ZHC", "zero_hours"),
        ("not paid between visits", "unpaid_travel_time"),
        ("my sponsor holds my visa", "visa_sponsorship"),
        ("hot flushes in a tunic", "older_workers_menopause"),
        ("he died and I went straight to the next call", "bereavement"),
    ],
)
def test_one_thing_in_many_words(text: str, key: str) -> None:
    assert key in found(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("I won't do sleep-ins", "sleep_ins"),
        ("no nights", "nights"),
        ("I don't do nights or sleep-ins", "nights"),
        ("I do not work nights, sleep-ins or live-in", "live_in"),
        ("Happy to talk about dementia but not nights", "nights"),
        ("Please nothing about covid", "covid"),
        ("I don't want to talk about religion", "religion_culture"),
    ],
)
def test_what_she_will_not_do(text: str, key: str) -> None:
    hits = [hit for hit in topics_in(text) if hit.key == key]
    assert hits
    assert all(hit.negated for hit in hits)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("I never get sick pay", "sick_pay"),
        ("no training at all", "training_career"),
        ("not paid travel time", "unpaid_travel_time"),
        ("It's not just the pay", "pay"),
        ("no alarm, no check-in", "lone_working"),
        ("Happy to talk about dementia but not nights", "dementia"),
    ],
)
def test_what_is_lacking_is_still_her_subject(text: str, key: str) -> None:
    assert key in found(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [("I came by train once", "training_career"), ("cos it matters", "visa_sponsorship"), ("my ma said", "ms_mnd")],
)
def test_look_alikes(text: str, key: str) -> None:
    assert key not in found(text)


def test_the_table_is_sound() -> None:
    keys = [topic.key for topic in topics()]
    assert len(keys) == len(set(keys)) >= 100
    assert all(topic.label and topic.phrases for topic in topics())
    assert label_of("dementia") == "Dementia"
    for topic in topics():
        for phrase in topic.phrases:
            said = phrase.removeprefix("~").removeprefix("=").replace("…", "x").replace("#", "7")
            assert topic.key in {hit.key for hit in topics_in(said)}, phrase


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("he swung a kettle at me", "violence"),
        ("35p a mile and the first ten don't count", "mileage"),
        ("up five times and £45 flat for the night", "sleep_ins"),
        ("My back went in 2019", "injury"),
        ("on the same rate as the ones who don't", "pay"),
    ],
)
def test_choices_and_numbers_in_phrases(text: str, key: str) -> None:
    assert key in found(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [("her son rings at midnight", "families"), ("nothing for travel time", "pay"), ("my hot flushes", "women")],
)
def test_hints_and_broader_topics_are_told_apart(text: str, key: str) -> None:
    assert all(hit.hinted for hit in topics_in(text) if hit.key == key)


@given(st.text(max_size=200))
def test_positions_slice_back(text: str) -> None:
    said = text + " dementia and travel time "
    for hit in topics_in(said):
        assert said[hit.start : hit.end] == hit.phrase
    for _, start, end in stems(text):
        assert text[start:end]


def test_stop_words_are_small_letters() -> None:
    assert {"the", "and", "carer"} <= stop_words()
    assert all(word == word.lower() and "'" not in word for word in stop_words())


@pytest.mark.gold
def test_recall_on_the_graded_members() -> None:
    folder = Path(__file__).parents[4] / "shared" / "gold" / "members"
    if not folder.is_dir():
        pytest.skip("the graded examples are not here")
    members = json.loads((folder / "members.json").read_text(encoding="utf-8"))
    speak_on = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    wanted = hit = 0
    for member in members:
        words = found(f"{member['experience_text']}\n{member['interests_text']}\n{', '.join(member['care_types'])}")
        for key in speak_on[member["id"]]["primary"]:
            wanted += 1
            hit += key in words
    assert hit / wanted >= 0.9
