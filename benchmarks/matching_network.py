"""Members by the hundred thousand and three requests, for measuring how fast they are ranked."""

import json
import random
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from matcher.consent import Ask, Standing, Workplace
from matcher.consent.conflicts import workplace
from matcher.matching.profile import COLUMNS, Profile, profile_of
from matcher.model import (
    BACKGROUND_USE,
    Audience,
    Brief,
    Criterion,
    CriterionField,
    InvitationState,
    Op,
    Purpose,
    State,
    Strength,
)
from matcher.sample.people import SamplePerson, sample_people

TODAY = date(2026, 11, 23)
_SEED = 20261123
_AT_ONCE = 2_000
_ASKED = 0.02
"""The share of members that was asked at some time: some ten thousand of the largest network."""
_LENGTHS = (6, 12, 18, 24, 28, 32, 35, 38, 44, 50, 53, 56, 58, 59, 61, 62, 65, 67, 68, 69, 70, 71, 75, 81)
"""Words in the own words of the graded examples, the shortest to the longest in equal steps."""
_PURPOSES = (Purpose.POLICY, Purpose.ACADEMIC, Purpose.MEDIA, Purpose.SECTOR, Purpose.OWN_EVENTS)
_STATES = {
    "given": State.GIVEN,
    "ask_first": State.ASK_FIRST,
    "refused": State.REFUSED,
    "withdrawn": State.WITHDRAWN,
}


def must(field: CriterionField, op: Op, value: Any, text: str) -> Criterion:
    return Criterion(Strength.MUST, field, op, value, text)


def nice(text: str) -> Criterion:
    return Criterion(Strength.PREFER, CriterionField.WORDS, Op.HAS, text, text)


BRIEFS = (
    Brief(
        "Unpaid travel time and mileage in home care",
        audience=Audience.ACADEMIC,
        topics=("unpaid travel time between calls", "petrol and mileage", "rotas with gaps and late changes"),
        regions=("England",),
        remote=True,
        criteria=(
            must(CriterionField.ROLE, Op.IS, "care worker", "home care workers"),
            must(CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 2, "two years or more"),
            must(CriterionField.COUNTRY, Op.ANY_OF, ["England"], "in England"),
            nice("zero hours contracts"),
            nice("drives between visits in rural areas"),
            nice("runs of short fifteen minute calls back to back without a break"),
        ),
    ),
    Brief(
        "Dementia care at home, for regional radio",
        audience=Audience.MEDIA,
        topics=("caring for people with dementia", "distress and challenging behaviour in the evening"),
        places=("Leeds", "Bradford"),
        criteria=(
            must(CriterionField.REGION, Op.ANY_OF, ["Yorkshire and The Humber"], "in Yorkshire"),
            must(CriterionField.CARE_TYPE, Op.ANY_OF, ["dementia"], "dementia care"),
            nice("has done night shifts or sleep-ins"),
            nice("speaks Urdu or Punjabi"),
            nice("women over fifty who came into care from another job after bringing up a family"),
        ),
    ),
    Brief(
        "Recruitment from abroad and sponsorship",
        audience=Audience.POLICY,
        topics=("sponsored visas and fees", "housing and debt on arrival", "moving to another employer"),
        remote=True,
        criteria=(
            must(CriterionField.MIGRATION_STATUS, Op.ANY_OF, ["sponsored"], "on a sponsored visa, now or before"),
            must(CriterionField.EMPLOYER_TYPE, Op.NONE_OF, ["council"], "not employed by a council"),
            nice("guaranteed hours that were promised and not given"),
            nice("team leaders and seniors"),
            nice("came with children or a partner and had to find a school, a car and a place to live"),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A made-up member as the index takes her; ``columns`` are those of her record."""

    columns: dict[str, Any]
    standing: Standing
    workplace: Workplace

    @property
    def profile(self) -> Profile:
        return profile_of(self.columns, BACKGROUND_USE)


class Written:
    """Records written to a file, and read again one by one: they are not to count as memory of the index."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "members").open("w+b")
        self._places = array("q")

    def keep(self, columns: Mapping[str, Any]) -> None:
        """Keep the next record."""
        self._places.append(self._file.tell())
        self._file.write(json.dumps(columns).encode() + b"\n")

    def profile(self, member_id: int) -> Profile:
        """The profile of a member; the first has id 1."""
        self._file.seek(self._places[member_id - 1])
        return profile_of(json.loads(self._file.readline()), BACKGROUND_USE)


def network(size: int) -> Iterator[Person]:
    """Members one by one; the same for the same size."""
    rng = random.Random(_SEED)
    for start in range(0, size, _AT_ONCE):
        some = sample_people(_AT_ONCE, _SEED + start, TODAY)[: size - start]
        said = [text for person in some for text in _sentences(person)]
        for number, person in enumerate(some, start + 1):
            columns = {name: getattr(person, name, None) for name in COLUMNS}
            columns |= {"id": number, **_own_words(person, said, rng)}
            yield Person(columns, _standing(person, rng), workplace(person.employer, person.email))


def _sentences(person: SamplePerson) -> list[str]:
    return [part.strip() for part in (person.experience_text or "").split(".") if part.strip()]


def _own_words(person: SamplePerson, said: Sequence[str], rng: random.Random) -> dict[str, str]:
    """Her words and some of what others said, up to a length drawn from the graded examples."""
    length = rng.choice(_LENGTHS)
    interests = (person.interests_text or "").split()[: length // 3]
    words = (person.experience_text or "").split()
    while len(words) + len(interests) < length:
        words += f"{rng.choice(said)}.".split()
    return {"experience_text": " ".join(words[: length - len(interests)]), "interests_text": " ".join(interests)}


def _standing(person: SamplePerson, rng: random.Random) -> Standing:
    told = {decision.purpose: decision.decision.value for decision in (*person.decisions, *person.later)}
    states = tuple(_STATES.get(told.get(purpose, ""), State.NOT_GIVEN) for purpose in _PURPOSES)
    asks = []
    if rng.random() < _ASKED:
        for _ in range(rng.randint(1, 4)):
            at = datetime(2026, 11, 20, 18, tzinfo=UTC) - timedelta(minutes=rng.randrange(60 * 24 * 500))
            asks.append(Ask(rng.randint(100, 200), InvitationState.ASKED, at, None, None, None, False))
    return Standing(states, tuple(person.conditions or ()), tuple(asks))
