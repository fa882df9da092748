"""The members of a sample: made by a seed, written in many voices, all fictional."""

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from matcher.model import Decision, How, Purpose
from matcher.sample.bank import Bank, Topic, read_bank, spots, whole_people
from matcher.sample.chance import Shares, dice, maybe
from matcher.sample.days import moment
from matcher.sample.decisions import decisions
from matcher.sample.lives import Life, life_of, made_life
from matcher.sample.writing import Words, Writer

_WHOLE_EVERY = 5
_DOMAINS = Shares(
    {"example.org": 46, "post.example": 20, "mail.example": 16, "inbox.example": 12, "letters.example": 6}
)
_CHANNELS = Shares[str | None]({"whatsapp": 62, "phone": 10, "email": 18, None: 10})
_IN_PERSON = Shares[bool | None]({True: 78, None: 10, False: 12})
_PHONES = 1_000
_PHONE_STEP = 377
"""Prime to 1,000, so that the fictional numbers are walked through without an order that shows."""


@dataclass(frozen=True, slots=True)
class SampleDecision:
    """One decision on a permission; ``purpose`` as the ledger names it."""

    purpose: Purpose
    decision: Decision
    at: datetime
    how: How


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A member to be: the columns of ``Member``, her topics, her permissions, and how readily she is thought of.

    ``keen`` is 0 for somebody nobody thinks of asking and about 1 for those who are asked often.
    ``decisions`` are those at joining, ``later`` those that came after, both in order of time.
    """

    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    preferred_channel: str | None
    safe_contact: str | None
    shared_phone: bool
    town: str
    postcode_district: str
    authority: str | None
    county: str | None
    region: str
    country: str | None
    latitude: float | None
    longitude: float | None
    role: str
    employer_type: str
    contract_type: str | None
    hours: str | None
    start_year: int
    care_types: list[str]
    languages: list[str]
    experience_text: str | None
    interests_text: str | None
    avoid_text: str | None
    availability_text: str | None
    online_ok: bool | None
    in_person_ok: bool | None
    travel_miles: int | None
    conditions_text: str | None
    conditions: list[str] | None
    employer: str | None
    age_band: str | None
    gender: str | None
    ethnicity: str | None
    migration_status: str | None
    never_share: list[str] | None
    heard_via: str | None
    joined_on: date
    last_answer_at: datetime
    topics: tuple[str, ...]
    decisions: tuple[SampleDecision, ...]
    later: tuple[SampleDecision, ...]
    keen: float


NOT_COLUMNS = frozenset({"topics", "decisions", "later", "keen"})
"""Fields of a SamplePerson that are no columns of a member."""


def sample_people(count: int, seed: int, today: date) -> tuple[SamplePerson, ...]:
    """``count`` members, the same for the same seed and day in any process.

    Names, e-mail addresses and experience texts are distinct; phone numbers are too, as far as the 1,000
    fictional ones reach.
    """
    return tuple(_people(count, seed, today))


def _people(count: int, seed: int, today: date) -> Iterator[SamplePerson]:
    rng = dice(seed)
    bank = read_bank()
    spots()
    maker = _Maker(rng, bank, Words(bank, rng), today)
    whole = list(whole_people())
    rng.shuffle(whole)
    maker.reserve(whole)
    for number in range(count):
        place, first = divmod(number, _WHOLE_EVERY)
        if first == 2 and place < len(whole):
            yield maker.person(life_of(rng, whole[place]), whole[place])
        else:
            yield maker.person(made_life(rng), {})


class _Maker:
    def __init__(self, rng: random.Random, bank: Bank, words: Words, today: date) -> None:
        self._rng = rng
        self._bank = bank
        self._words = words
        self._today = today
        self._names: set[tuple[str, str]] = set()
        self._addresses: set[str] = set()
        self._numbers = rng.randrange(_PHONES)
        self._made = 0

    def reserve(self, whole: list[dict[str, Any]]) -> None:
        """Keep the names and texts of people written whole from being made again."""
        for person in whole:
            first, last = person["name"].split("|")
            self._names.add((first, last))
            self._words.keep(person["experience"])

    def person(self, life: Life, whole: dict[str, Any]) -> SamplePerson:
        rng = self._rng
        joined = self._today - timedelta(days=_days_since_joining(rng))
        writer = life.writer(rng, self._today.year)
        main, other = self._topics(rng, life, whole)
        if "older people" in main.care_types:
            writer = replace(writer, facts=writer.facts | {"elders"})
        name = whole["name"].split("|") if whole else self._name(life)
        phone, email = self._reach(name[0], name[1])
        text = self._texts(writer, main, other, whole)
        given = decisions(rng, self._today, joined, life)
        spot = life.spot
        return SamplePerson(
            first_name=name[0],
            last_name=name[1],
            email=email,
            phone=phone,
            preferred_channel=_channel(rng, phone, email),
            safe_contact=text.safe,
            shared_phone=text.shared,
            town=spot.place.town or spot.town,
            postcode_district=spot.outward,
            authority=spot.place.authority,
            county=spot.place.county,
            region=spot.region,
            country=spot.place.country,
            latitude=spot.place.lat,
            longitude=spot.place.lon,
            role=life.role,
            employer_type=life.employer_type,
            contract_type=life.contract,
            hours=life.hours,
            start_year=self._today.year - life.years,
            care_types=_care(rng, life, main.care_types, other.care_types),
            languages=list(life.languages),
            experience_text=text.experience,
            interests_text=text.interests,
            avoid_text=text.avoid,
            availability_text=text.free,
            online_ok=maybe(rng, 0.9, True) if rng.random() < 0.96 else False,
            in_person_ok=_in_person(rng, text.codes),
            travel_miles=life.miles,
            conditions_text=text.conditions,
            conditions=list(text.codes) or None,
            employer=self._employer(life),
            age_band=maybe(rng, 0.66, life.age_band),
            gender=maybe(rng, 0.78, life.gender),
            ethnicity=maybe(rng, 0.6, life.ethnicity),
            migration_status=maybe(rng, 0.4 if "visa" in life.facts else 0.22, life.status),
            never_share=["migration_status"] if "visa" in life.facts and rng.random() < 0.3 else None,
            heard_via=self._plain("heard") if rng.random() < 0.8 else None,
            joined_on=joined,
            last_answer_at=moment(joined, rng),
            topics=(main.key, other.key),
            decisions=tuple(SampleDecision(*d) for d in given.at_joining),
            later=tuple(SampleDecision(*d) for d in given.later),
            keen=0.0 if rng.random() < 0.22 else rng.random() ** 1.6,
        )

    def _topics(self, rng: random.Random, life: Life, whole: dict[str, Any]) -> tuple[Topic, Topic]:
        if whole:
            first, second = whole["topics"]
            return self._bank.topics[first], self._bank.topics[second]
        main = other = self._bank.topic_for(rng, life.facts)
        while other is main:
            other = self._bank.topic_for(rng, life.facts)
        return main, other

    def _name(self, life: Life) -> tuple[str, str]:
        firsts, lasts = life.background.first_names[life.name_group], life.background.surnames
        choice = self._rng.choice
        name = (choice(firsts), choice(lasts))
        if name in self._names:
            name = (choice(firsts), choice(lasts))
        while name in self._names:
            first, last = choice(firsts), choice(lasts)
            longer = (f"{first} {choice(firsts)}", last), (first, f"{last}-{choice(lasts)}")
            name = choice(longer)
        self._names.add(name)
        return name

    def _reach(self, first: str, last: str) -> tuple[str | None, str | None]:
        number = (self._numbers + self._made * _PHONE_STEP) % _PHONES
        self._made += 1
        draw = self._rng.random()
        phone = None if draw < 0.03 else f"07700 900{number:03d}"
        return phone, None if 0.03 <= draw < 0.08 else self._address(_plain(first), _plain(last))

    def _address(self, first: str, last: str) -> str:
        rng = self._rng
        shape = rng.randrange(6)
        local = (
            f"{first}.{last}", f"{first}{last}", f"{first[0]}.{last}", f"{last}.{first}",
            f"{first}{last[0]}{rng.randrange(60, 99)}", f"{first}_{last}",
        )[shape]  # fmt: skip
        domain = _DOMAINS.pick(rng)
        address, number = f"{local}@{domain}", 1
        while address in self._addresses:
            number += rng.randrange(1, 40)
            address = f"{local}{number}@{domain}"
        self._addresses.add(address)
        return address

    def _texts(self, writer: Writer, main: Topic, other: Topic, whole: dict[str, Any]) -> "_Texts":
        rng, words = self._rng, self._words
        if whole:
            return _Texts(
                whole["experience"], whole["interests"], whole.get("avoid"), whole["free"],
                whole.get("conditions"), tuple(whole.get("codes", ())), None, False,
            )  # fmt: skip
        asked = words.line(writer, "conditions") if rng.random() < 0.38 else None
        safe = words.line(writer, "safe_contact") if rng.random() < _safe_share(writer) else None
        return _Texts(
            words.experience(writer, main, other) if rng.random() < 0.97 else None,
            words.interests(writer, main, other) if rng.random() < 0.94 else None,
            self._told(writer, "avoid", 0.16),
            self._told(writer, "availability", 0.9),
            asked.text if asked else None,
            asked.codes if asked else (),
            safe.text if safe else None,
            bool(safe and "shared" in safe.codes),
        )

    def _told(self, writer: Writer, pool: str, share: float) -> str | None:
        line = self._words.line(writer, pool) if self._rng.random() < share else None
        return line.text if line else None

    def _plain(self, pool: str) -> str | None:
        line = self._bank.pools[pool].deal(self._rng, frozenset())
        return line.text if line else None

    def _employer(self, life: Life) -> str | None:
        return self._plain("employers") if "rounds" in life.facts and self._rng.random() < 0.35 else None


@dataclass(frozen=True, slots=True)
class _Texts:
    """Everything one member wrote."""

    experience: str | None
    interests: str | None
    avoid: str | None
    free: str | None
    conditions: str | None
    codes: tuple[str, ...]
    safe: str | None
    shared: bool


def _safe_share(writer: Writer) -> float:
    return 0.45 if "visa" in writer.facts else 0.14


def _days_since_joining(rng: random.Random) -> int:
    """Growing month by month: more members joined lately than three years ago."""
    return 3 + int(1_000 * rng.random() ** 1.35)


def _channel(rng: random.Random, phone: str | None, email: str | None) -> str | None:
    if phone is None:
        return "email"
    if email is None:
        return rng.choice(("whatsapp", "phone"))
    return _CHANNELS.pick(rng)


def _care(rng: random.Random, life: Life, main: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    if life.care_types:
        return list(life.care_types)
    kinds = [*main, *(other if rng.random() < 0.5 else ())]
    if rng.random() < 0.7:
        kinds.append("older people")
    return sorted(dict.fromkeys(kinds), key=lambda kind: (kind != "older people", kinds.index(kind)))


def _in_person(rng: random.Random, codes: Sequence[str]) -> bool | None:
    return False if "online_only" in codes else _IN_PERSON.pick(rng)


@cache
def _plain(name: str) -> str:
    """A name as an address spells it: small Latin letters only."""
    bare = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    return "".join(letter for letter in bare.lower() if "a" <= letter <= "z")
