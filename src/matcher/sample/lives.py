"""The outer facts of a life in care work, drawn so that they go together."""

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from matcher.sample.bank import Background, Facts, Spot, backgrounds, spots
from matcher.sample.chance import Shares, maybe
from matcher.sample.voice import hand_for
from matcher.sample.writing import Writer

_REGIONS = Shares({
    "East Midlands": 17, "West Midlands": 10, "North West": 13, "North East": 6, "Yorkshire and The Humber": 11,
    "East of England": 8, "London": 9, "South East": 10, "South West": 8, "Wales": 5, "Scotland": 6,
    "Northern Ireland": 3,
})  # fmt: skip
_FROM_ABROAD = {"rural": 0.3, "town": 0.8, "city": 1.6}
_NATIONS = frozenset({"Wales", "Scotland", "Northern Ireland"})
_BANDS = Shares({"18-24": 5, "25-34": 20, "35-44": 23, "45-54": 26, "55-64": 22, "65+": 4})
_ROLES = Shares({
    "care worker": 58, "support worker": 11, "senior care worker": 7, "domiciliary care worker": 4,
    "care coordinator": 3, "team leader": 2, "personal assistant": 4, "live-in care worker": 4,
    "night care worker": 4, "reablement worker": 2, "complex care worker": 2,
})  # fmt: skip
_EMPLOYERS = Shares({
    "independent agency": 40, "small family-run provider": 14, "large national provider": 13,
    "charity / not-for-profit": 12, "council in-house": 9, "franchise": 6, "employee-owned / co-op": 3,
    "self-employed / microprovider": 2,
})  # fmt: skip
_EMPLOYER_OF = {
    "personal assistant": "direct employer (PA)",
    "live-in care worker": "live-in agency",
    "complex care worker": "specialist complex-care provider",
    "reablement worker": "council in-house",
}
_CONTRACTS = Shares(
    {"zero hours": 36, "permanent, guaranteed hours": 34, "permanent, salaried": 8, "fixed term": 3}
)
_HOURS = ("16", "20", "22", "24", "25", "28", "30", "30ish", "32", "35", "36", "37.5", "38", "40", "45",
          "it varies", "full time", "part time", "3 long days", "20-30 depending")  # fmt: skip
_OFFICE = frozenset({"care coordinator", "team leader", "registered manager (former care worker)"})
_SENIOR = _OFFICE | {"senior care worker"}
_MILES = (5, 8, 10, 10, 15, 20, 25, 30, 40, 60)
_SETTLED = ("settled status", "indefinite leave to remain", "British citizen")
_VISA = "Health and Care Worker visa"


@dataclass(frozen=True, slots=True)
class Life:
    """What is so of one member before anything is written."""

    spot: Spot
    background: Background
    gender: str
    age_band: str
    ethnicity: str
    status: str
    languages: tuple[str, ...]
    role: str
    employer_type: str
    contract: str | None
    hours: str | None
    years: int
    miles: int | None
    care_types: tuple[str, ...]
    facts: Facts

    @property
    def name_group(self) -> str:
        """Which list of first names fits her sex and age."""
        sex = "men" if self.gender == "M" else "women"
        return ("older_" if int(self.age_band[:2]) >= 45 else "younger_") + sex

    def writer(self, rng: random.Random, year: int) -> Writer:
        """Her as the writer of her own words."""
        hand = hand_for(rng, "abroad" in self.facts)
        town = self.spot.place.town or self.spot.town
        return Writer(self.facts, town, self.role, self.years, year - self.years, hand, rng.random() < 0.4)


def made_life(rng: random.Random) -> Life:
    """A life drawn from the shares of the workforce."""
    spot = rng.choice(spots()[_REGIONS.pick(rng)])
    background = _background(rng, spot)
    band = _BANDS.pick(rng)
    gender = "M" if rng.random() < 0.16 else "F"
    abroad = rng.random() < background.abroad
    visa = abroad and background.minority and int(band[:2]) < 55 and rng.random() < 0.5
    years = _years(rng, int(band[:2]), visa)
    role = "care worker" if visa and rng.random() < 0.7 else _ROLES.pick(rng)
    if years < 3 and role in _SENIOR:
        role = "care worker"
    employer = _EMPLOYER_OF.get(role) or _EMPLOYERS.pick(rng)
    contract = maybe(rng, 0.8, _CONTRACTS.pick(rng))
    words = {
        "M" if gender == "M" else "F", "visa" if visa else "", "abroad" if abroad else "",
        "drives" if rng.random() < (0.95 if spot.kind == "rural" else 0.62) else "walks",
        "parent" if 25 <= int(band[:2]) < 55 and rng.random() < 0.5 else "",
    }  # fmt: skip
    languages = _languages(rng, background, abroad)
    facts = _facts(words, spot, background, band, years, role, employer, contract, languages)
    return Life(
        spot, background, gender, band, rng.choice(background.ethnicities), _status(rng, visa, abroad), languages,
        role, employer, contract, maybe(rng, 0.85, rng.choice(_HOURS)), years,
        maybe(rng, 0.8, rng.choice(_MILES)), (), facts,
    )  # fmt: skip


def life_of(rng: random.Random, whole: dict[str, Any]) -> Life:
    """The life of a member written whole: what her file says, the rest drawn."""
    gender, band, years, key, *words = whole["facts"].split()
    spot = next(s for region in spots().values() for s in region if s.outward == whole["where"])
    background = next((b for b in backgrounds() if key in b.key.replace(" ", "_")), None)
    background = background or next(b for b in backgrounds() if b.languages and key[:3] in b.key)
    role = whole.get("role", "care worker")
    employer = whole.get("employer_type", "independent agency")
    contract = whole.get("contract")
    languages = tuple(whole.get("languages", ("English",)))
    abroad = background.abroad > 0.9 or "visa" in words
    told = {gender, *words, "abroad" if abroad else ""}
    facts = _facts(told, spot, background, band, int(years), role, employer, contract, languages)
    return Life(
        spot, background, gender, band, background.ethnicities[0], _status(rng, "visa" in words, abroad), languages,
        role, employer, contract, rng.choice(_HOURS), int(years), rng.choice(_MILES),
        tuple(whole.get("care_types", ("older people",))), facts,
    )  # fmt: skip


def _facts(
    words: set[str], spot: Spot, background: Background, band: str, years: int, role: str, employer: str,
    contract: str | None, languages: tuple[str, ...],
) -> Facts:  # fmt: skip
    age = int(band[:2])
    live_in, pa = role.startswith("live-in"), employer == "direct employer (PA)"
    nights = role == "night care worker"
    so = {
        "woman": "F" in words,
        "man": "M" in words,
        "young": age < 35,
        "older": age >= 55,
        "midlife": age in (45, 55),
        "new": years <= 1,
        "recent": 2 <= years <= 10,
        "established": years >= 2,
        "long": years >= 10,
        spot.kind: True,
        "wales": spot.region == "Wales" and "Welsh" in languages,
        "scotland": spot.region == "Scotland",
        "ni": spot.region == "Northern Ireland",
        "local": "abroad" not in words,
        "minority": background.minority,
        "black": background.key in ("nigerian", "ghanaian", "zimbabwean", "kenyan and ugandan", "caribbean"),
        "southasian": background.key in ("indian", "pakistani and bangladeshi", "nepali and sri lankan"),
        "bilingual": len(languages) > 1,
        "council": employer.startswith("council"),
        "charity": employer.startswith(("charity", "employee-owned")),
        "agency": employer in ("independent agency", "large national provider", "franchise"),
        "pa": pa,
        "livein": live_in,
        "nights": nights,
        "days": not (nights or live_in or pa),
        "rounds": not (live_in or pa) and role not in _OFFICE and role != "complex care worker",
        "senior": role in _OFFICE,
        "zerohours": contract == "zero hours",
        "walks": "bus" in words,
    }
    return frozenset(words | {fact for fact, true in so.items() if true}) - {""}


@cache
def _backgrounds_at(nation: str, factor: float) -> Shares[int]:
    return Shares(
        {
            number: b.weight if b.nations else b.weight * factor
            for number, b in enumerate(backgrounds())
            if not b.nations or nation in b.nations
        }
    )


def _background(rng: random.Random, spot: Spot) -> Background:
    nation = spot.region if spot.region in _NATIONS else "England"
    factor = _FROM_ABROAD[spot.kind] * (1.8 if spot.region == "London" else 1.0)
    return backgrounds()[_backgrounds_at(nation, factor).pick(rng)]


def _years(rng: random.Random, age: int, visa: bool) -> int:
    if visa:
        return rng.choice((0, 1, 1, 2, 2, 3, 3, 4))
    return min(int(rng.expovariate(1 / 8.5)), age - 18 + rng.randrange(7), 38)


def _languages(rng: random.Random, background: Background, abroad: bool) -> tuple[str, ...]:
    if not background.languages or rng.random() > (0.97 if abroad else 0.55):
        return ("English",)
    if rng.random() < 0.12 and len(background.languages) > 1:
        return ("English", *rng.sample(background.languages, 2))
    return ("English", rng.choice(background.languages))


def _status(rng: random.Random, visa: bool, abroad: bool) -> str:
    return _VISA if visa else rng.choice(_SETTLED) if abroad else "British citizen"
