"""One criterion against one member: met, failed or unknown, and why."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.matching import Profile, Status, judge, profile_of
from matcher.matching.facts import Facts
from matcher.matching.profile import OWN_WORDS
from matcher.model import Criterion, CriterionField, Op, Strength

TODAY = date(2026, 11, 23)
ANNE = Profile(
    id=1,
    first_name="Anne",
    town="Leeds",
    authority="Leeds",
    county="West Yorkshire",
    region="Yorkshire and The Humber",
    country="England",
    latitude=53.8,
    longitude=-1.55,
    role="care worker",
    employer_type="independent agency",
    hours="30 + sleep-ins",
    start_year=2015,
    care_types=("older people", "dementia"),
    languages=("English", "some Welsh"),
    experience_text="I'm 52. My lady has dementia. I don't drive, I walk between my calls.",
    interests_text="Pay for travel time. I won't do live-in.",
    conditions_text="First name only, no photos please. My employer must not know.",
    travel_miles=20,
)
NOBODY = Profile(id=2)


def must(field: str, op: str, value: Any, text: str = "") -> Criterion:
    return Criterion(Strength.MUST, CriterionField(field), Op(op), value, text)


MET, FAILED, UNKNOWN = Status.MET, Status.FAILED, Status.UNKNOWN


@pytest.mark.parametrize(
    ("criterion", "status"),
    [
        (must("country", "any_of", ["England", "Wales"]), MET),
        (must("country", "is", "Scotland"), FAILED),
        (must("region", "any_of", ["North East"]), FAILED),
        (must("region", "none_of", ["London"]), MET),
        (must("place", "within", {"place": "Bradford", "miles": 15}), MET),
        (must("place", "within", {"place": "London", "minutes": 60}), FAILED),
        (must("place", "any_of", ["Hull", "Leeds"]), MET),
        (must("years_in_care", "at_least", 10), MET),
        (must("years_in_care", "between", [1, 5]), FAILED),
        (must("months_in_role", "at_least", 6), UNKNOWN),
        (must("age", "at_most", 25), FAILED),
        (must("age", "between", [50, 60]), MET),
        (must("gender", "is", "man"), UNKNOWN),
        (must("ethnicity", "any_of", ["Black"]), UNKNOWN),
        (must("migration_status", "any_of", ["Health and Care Worker visa"]), UNKNOWN),
        (must("language", "any_of", ["English (group conversation)"]), MET),
        (must("language", "is", "Polish"), FAILED),
        (must("role", "any_of", ["care worker", "senior care worker"]), MET),
        (must("role", "none_of", ["manager", "office staff"]), MET),
        (must("role", "is", "registered manager"), FAILED),
        (must("employer_type", "any_of", ["home care agency"]), MET),
        (must("employer_type", "is", "council"), FAILED),
        (must("contract", "any_of", ["employee", "agency worker"]), MET),
        (must("contract", "is", "self-employed"), FAILED),
        (must("contract", "is", "zero hours"), UNKNOWN),
        (must("care_type", "any_of", ["dementia"]), MET),
        (must("care_type", "any_of", ["brain injury"]), UNKNOWN),
        (must("setting", "any_of", ["home care"]), MET),
        (must("setting", "any_of", ["care home"]), FAILED),
        (must("shift", "any_of", ["sleep-in", "waking nights"]), MET),
        (must("shift", "any_of", ["live-in"]), FAILED),
        (must("availability", "is", "weekday evenings"), UNKNOWN),
        (must("anonymity", "is", "named", "full name and photo"), FAILED),
        (must("anonymity", "is", "first_name", "audio only"), UNKNOWN),
        (must("employer_involved", "is", True), FAILED),
        (must("words", "has", "must drive own car"), FAILED),
        (must("words", "none_of", ["registered managers and owners"]), MET),
        (must("words", "has", "enjoys crossword puzzles and chess"), UNKNOWN),
    ],
)
def test_a_criterion_is_met_failed_or_unknown(criterion: Criterion, status: Status) -> None:
    assert judge(criterion, ANNE, TODAY).status is status


EVERY_FIELD = [
    must(field.value, op.value, value, "text")
    for field in CriterionField
    for op, value in (
        (Op.IS, "dementia"),
        (Op.ANY_OF, ["England", "care worker", "night"]),
        (Op.NONE_OF, ["manager", "London"]),
        (Op.AT_LEAST, 2),
        (Op.AT_MOST, 25),
        (Op.BETWEEN, [20, 30]),
        (Op.WITHIN, {"place": "Leeds", "miles": 10}),
        (Op.HAS, "a phrase of words"),
    )
]


@pytest.mark.parametrize("criterion", EVERY_FIELD, ids=lambda c: f"{c.field.value}-{c.op.value}")
def test_nothing_known_never_fails_what_a_person_must_be(criterion: Criterion) -> None:
    settled = {CriterionField.SETTING}  # everyone in the network does home care unless a record says otherwise
    if criterion.field not in settled:
        assert judge(criterion, NOBODY, TODAY).status is not Status.FAILED


@pytest.mark.parametrize("criterion", EVERY_FIELD, ids=lambda c: f"{c.field.value}-{c.op.value}")
def test_evidence_stands_where_it_says(criterion: Criterion) -> None:
    for piece in judge(criterion, ANNE, TODAY).evidence:
        if piece.source in OWN_WORDS and piece.end:
            assert ANNE.words(piece.source)[piece.start : piece.end] == piece.text


@pytest.mark.parametrize("says", ["I won't do sleep-ins", "I don't do sleep-ins anymore", "No sleep-ins, ever"])
def test_what_she_denies_is_no_experience(says: str) -> None:
    member = replace(NOBODY, experience_text=says)
    assert judge(must("shift", "is", "sleep-in"), member, TODAY).status is Status.FAILED


def test_words_alone_are_met_but_to_be_checked() -> None:
    member = replace(NOBODY, experience_text="I do sleep-ins for two lads.")
    found = judge(must("shift", "is", "sleep-in"), member, TODAY)
    assert found.check
    assert found.evidence[0].text == "sleep-ins"


def test_background_counts_only_when_its_use_is_permitted() -> None:
    row = {"id": 3, "gender": "M", "age_band": "25-34", "experience_text": "Proud of being a bloke of 27 in this."}
    wants_a_man = must("gender", "is", "man")
    assert judge(wants_a_man, profile_of(row, permitted={"gender"}), TODAY).by == "field"
    assert judge(wants_a_man, profile_of(row), TODAY).by == "words"
    assert judge(wants_a_man, profile_of(row, refused={"gender"}), TODAY).status is Status.UNKNOWN


def test_a_start_year_sets_the_youngest_she_can_be() -> None:
    member = replace(NOBODY, start_year=2010)
    assert judge(must("age", "at_least", 18), member, TODAY).status is Status.MET
    assert judge(must("age", "at_most", 25), member, TODAY).status is Status.FAILED
    assert judge(must("age", "at_most", 40), member, TODAY).status is Status.UNKNOWN


def test_a_former_care_worker_who_manages_is_a_manager() -> None:
    member = replace(NOBODY, role="registered manager (former care worker)")
    assert judge(must("role", "is", "care worker"), member, TODAY).status is Status.FAILED


@pytest.mark.parametrize(
    ("words", "car", "miles"),
    [
        ("I drive between calls, 60 miles a day", Status.MET, Status.MET),
        ("They pay mileage for my car", Status.MET, Status.UNKNOWN),
        ("My own car, petrol and tyres", Status.MET, Status.UNKNOWN),
        ("Her husband waits in the car on the drive", Status.UNKNOWN, Status.UNKNOWN),
        ("On an e-bike, while the others get mileage", Status.UNKNOWN, Status.UNKNOWN),
        ("I don't drive", Status.FAILED, Status.FAILED),
    ],
)
def test_a_car_is_driven_and_not_only_mentioned(words: str, car: Status, miles: Status) -> None:
    for phrase, status in (("own petrol or diesel car", car), ("at least 50 miles a week", miles)):
        criterion = Criterion(Strength.MUST, CriterionField.WORDS, Op.HAS, phrase, phrase)
        assert judge(criterion, Profile(1, experience_text=words), TODAY).status is status


@pytest.mark.parametrize(
    ("field", "op", "value", "text", "status"),
    [
        ("role", "any_of", ["nurse", "manager"], "Hands-on workers only: nurses and managers were asked", MET),
        ("role", "any_of", ["manager"], "registered managers", FAILED),
        ("role", "any_of", ["personal assistant"], "works as a PA", FAILED),
        ("setting", "none_of", ["home care"], "home care workers; it cannot be joined online", UNKNOWN),
    ],
)
def test_a_phrase_read_the_wrong_way_round_keeps_nobody_out(
    field: str, op: str, value: Any, text: str, status: Status
) -> None:
    assert judge(replace(must(field, op, value), text=text), ANNE, TODAY).status is status


def test_what_tells_of_a_contract_is_what_is_shown() -> None:
    employed = judge(must("contract", "is", "employed"), ANNE, TODAY)
    assert employed.note == f"Works for: {ANNE.employer_type}"


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("nineteen, doing this instead of uni", 19),
        ("19, on an apprenticeship", 19),
        ("24 and five years in. I like it", 24),
        ("All pensioners here. Sixty-one myself", 61),
        ("I'm sixty-two and my hips know it", 62),
        ("Started at eighteen", 16),
        ("98 miles tuesday", 16),
        ("Twenty years. I do insulin", 16),
        ("15, 20 minute calls", 16),
        ("I'm thirty miles out", 16),
        ("Eleven calls on a sheet. Forty of us left", 16),
    ],
)
def test_an_age_said_in_passing(words: str, low: int) -> None:
    assert Facts(Profile(1, experience_text=words)).age(TODAY).low == low
