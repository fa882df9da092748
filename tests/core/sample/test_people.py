"""The sample's people: the same for a seed, all different, all plausible, all fictional."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from matcher.knowledge.places import locate
from matcher.sample.bank import spots
from matcher.sample.people import SamplePerson, sample_people

TODAY = date(2026, 11, 23)
SEED = 20261123
_DIGEST = """
import hashlib
from datetime import date
from matcher.sample.people import sample_people
print(hashlib.sha256(repr(sample_people(300, 20261123, date(2026, 11, 23))).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def people() -> tuple[SamplePerson, ...]:
    return sample_people(300, SEED, TODAY)


@pytest.fixture(scope="module")
def many() -> tuple[SamplePerson, ...]:
    return sample_people(3_000, SEED, TODAY)


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?])\s+", text.casefold().replace("'", ""))
    return [part.rstrip(".!? ") for part in parts if len(part) > 40]


def test_the_same_seed_gives_the_same_people_in_another_process(people: tuple[SamplePerson, ...]) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "4711", "PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.run(
        [sys.executable, "-c", _DIGEST], env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == hashlib.sha256(repr(people).encode()).hexdigest()


def test_another_seed_gives_other_people(people: tuple[SamplePerson, ...]) -> None:
    others = sample_people(300, SEED + 1, TODAY)
    assert sum(a.last_name == b.last_name for a, b in zip(people, others, strict=True)) < 30


def test_names_and_addresses_are_distinct(many: tuple[SamplePerson, ...]) -> None:
    assert len({(p.first_name, p.last_name) for p in many}) == len(many)
    addresses = [p.email for p in many if p.email]
    assert len(set(addresses)) == len(addresses)


def test_phones_are_fictional_and_distinct_as_far_as_they_reach(many: tuple[SamplePerson, ...]) -> None:
    assert all(re.fullmatch(r"07700 900\d{3}", p.phone) for p in many if p.phone)
    first = [p.phone for p in many[:1_000] if p.phone]
    assert len(set(first)) == len(first)


def test_addresses_are_fictional_and_plain(many: tuple[SamplePerson, ...]) -> None:
    assert all(re.fullmatch(r"[a-z0-9._]+@(example\.org|[a-z]+\.example)", p.email) for p in many if p.email)
    assert all(p.phone or p.email for p in many)


def test_everybody_writes_something_different(many: tuple[SamplePerson, ...]) -> None:
    texts = [p.experience_text for p in many if p.experience_text]
    assert len(set(texts)) == len(texts) > 0.9 * len(many)


def test_few_sentences_are_shared(people: tuple[SamplePerson, ...]) -> None:
    shared = Counter(s for p in people for s in set(_sentences(p.experience_text or "")))
    assert shared.most_common(1)[0][1] <= 5
    assert sum(count == 1 for count in shared.values()) > 0.5 * len(shared)


def test_texts_have_no_gaps_left_in_them(many: tuple[SamplePerson, ...]) -> None:
    for person in many:
        told = (
            person.experience_text, person.interests_text, person.availability_text, person.conditions_text,
            person.avoid_text, person.safe_contact, person.heard_via,
        )  # fmt: skip
        assert not any(mark in text for text in told if text for mark in ("{", "}", "|", "=="))
        assert all(text.strip() == text and text for text in told if text is not None)


def test_lengths_vary(people: tuple[SamplePerson, ...]) -> None:
    words = sorted(len(p.experience_text.split()) for p in people if p.experience_text)
    assert words[len(words) // 20] < 20
    assert 25 < words[len(words) // 2] < 60
    assert words[-len(words) // 20] > 60


def test_every_region_is_there(people: tuple[SamplePerson, ...]) -> None:
    regions = Counter(p.region for p in people)
    assert len(regions) == 12
    assert min(regions.values()) >= 4
    assert {p.country for p in people} == {"England", "Wales", "Scotland", "Northern Ireland"}


@pytest.mark.parametrize("spot", [s for region in spots().values() for s in region], ids=lambda s: s.outward)
def test_every_place_lies_in_its_region(spot) -> None:  # type: ignore[no-untyped-def]
    place = locate(spot.town, spot.outward)
    assert place is not None
    assert (place.region, place.outward) == (spot.region, spot.outward)
    assert place.lat is not None


def test_years_of_work_fit_the_age(many: tuple[SamplePerson, ...]) -> None:
    for person in many:
        assert TODAY.year - 45 <= person.start_year <= TODAY.year
        if person.age_band and person.age_band != "65+":
            oldest = int(person.age_band[-2:])
            assert oldest - (TODAY.year - person.start_year) >= 15, person


def test_the_workforce_is_mixed(many: tuple[SamplePerson, ...]) -> None:
    genders = Counter(p.gender for p in many if p.gender)
    assert 0.1 < genders["M"] / genders.total() < 0.25
    assert len({p.ethnicity for p in many if p.ethnicity}) > 12
    assert 0.2 < sum(len(p.languages) > 1 for p in many) / len(many) < 0.6
    assert {"Yoruba", "Shona", "Polish", "Romanian", "Tagalog", "Welsh", "Twi", "Urdu"} <= {
        language for p in many for language in p.languages
    }
    assert len({p.employer_type for p in many}) > 8
    assert len({topic for p in many for topic in p.topics}) > 40


def test_permissions_are_as_mixed_as_people(many: tuple[SamplePerson, ...]) -> None:
    seen = Counter((d.purpose.value, d.decision.value) for p in many for d in (*p.decisions, *p.later))
    assert seen["media", "given"] < seen["policy", "given"]
    assert all(seen["media", decision] for decision in ("given", "ask_first", "refused", "withdrawn"))
    assert 0.02 < sum(not p.decisions for p in many) / len(many) < 0.1


def test_decisions_lie_between_joining_and_today(many: tuple[SamplePerson, ...]) -> None:
    for person in many:
        days = [d.at.date() for d in (*person.decisions, *person.later)]
        assert days == sorted(days)
        assert all(person.joined_on <= day < TODAY for day in days)
