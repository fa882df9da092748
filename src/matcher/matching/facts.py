"""What one member's record and own words say, read once and kept: kinds, age, refusals, topics."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

from matcher.knowledge.denials import is_denied, is_over
from matcher.knowledge.number_words import as_number
from matcher.knowledge.topics import TopicHit, topics_in
from matcher.knowledge.words import terms
from matcher.matching import refusals
from matcher.matching.judgement import Evidence
from matcher.matching.kinds import (
    CONTRACTS,
    EMPLOYERS,
    PROVIDERS,
    ROLES,
    SETTINGS,
    SHIFTS,
    STATUSES,
    TRANSPORT,
    Table,
    any_named,
    hits,
    named,
)
from matcher.matching.profile import SPOKEN, Profile
from matcher.matching.town_size import population

_YOUNGEST = 16


@dataclass(frozen=True, slots=True)
class Mention:
    """A kind or topic that her own words name, at ``source[start:end]``."""

    kind: str
    source: str
    text: str
    start: int
    end: int
    denied: bool = False

    def evidence(self) -> Evidence:
        """The mention as evidence, not yet filed under a criterion."""
        return Evidence("", self.source, self.text, self.start, self.end)


@dataclass(frozen=True, slots=True)
class AgeRange:
    """The ages she may be, in whole years, both ends possible."""

    OLDEST: ClassVar[int] = 99

    low: int = _YOUNGEST
    high: int = OLDEST
    evidence: tuple[Evidence, ...] = ()
    by: Literal["field", "words"] = "field"

    @property
    def open_ended(self) -> bool:
        """Whether nothing is known that bounds her age from above."""
        return self.high >= self.OLDEST

    def overlap(self, low: int, high: int) -> float:
        """The share of the ages she may be that lie within the bounds; 0 when her age is open-ended."""
        if self.open_ended:
            return 0.0
        shared = min(high, self.high) - max(low, self.low) + 1
        return max(0.0, shared / (self.high - self.low + 1))


class Facts:
    """Everything judged from one profile; each reading happens at most once."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._ages: dict[date, AgeRange] = {}

    @cached_property
    def roles(self) -> frozenset[str]:
        """Her role's kinds; what stands in brackets ("former care worker") does not count."""
        role = re.sub(r"\(.*?\)", "", self.profile.role or "")
        kinds = named(role, ROLES)
        return kinds - {"care_worker"} if kinds & {"manager", "trainer"} else kinds

    @cached_property
    def employers(self) -> frozenset[str]:
        """The kinds of her employer."""
        kinds = named(self.profile.employer_type or "", EMPLOYERS)
        return kinds - {"agency"} if kinds & {"live_in_agency", "introductory"} else kinds

    @cached_property
    def contracts(self) -> frozenset[str]:
        """The kinds of her contract, from the contract, her hours and what kind of employer she has."""
        kinds = named(f"{self.profile.contract_type or ''}; {self.profile.hours}", CONTRACTS)
        kinds |= named(self.profile.role or "", CONTRACTS) & {"self_employed", "volunteer"}
        if self.employers & {"self_employed", "introductory"}:
            kinds |= {"self_employed"}
        return kinds

    @cached_property
    def employed(self) -> bool:
        """Whether she works for a provider, and not as a self-employed person or a volunteer."""
        return bool(self.employers & PROVIDERS) and not self.contracts & {"self_employed", "volunteer"}

    @cached_property
    def settings(self) -> frozenset[str]:
        """Where she works. Everyone here does home care unless her role or employer says a care home only."""
        values = (*self.profile.care_types, self.profile.employer_type or "", self.profile.role or "")
        have = any_named(values, SETTINGS)
        return have if have & {"care_home", "extra_care"} and "home_care" not in have else have | {"home_care"}

    @cached_property
    def town_size(self) -> int | None:
        """The population of the town she lives in; None when it is not known."""
        profile = self.profile
        if not profile.town or profile.latitude is None or profile.longitude is None:
            return None
        return population(profile.town.casefold(), profile.latitude, profile.longitude) or None

    @cached_property
    def shifts(self) -> tuple[Mention, ...]:
        """The shifts she works, from kinds of care, role, hours and her own words."""
        return (
            *self._listed("care_types", self.profile.care_types, SHIFTS),
            *self._listed("role", (self.profile.role or "",), SHIFTS),
            *(self._worked(mention) for mention in self._said(("hours", *SPOKEN), SHIFTS)),
        )

    def _worked(self, mention: Mention) -> Mention:
        """A shift as she speaks of it: denied when she won't, never did or no longer does it."""
        where = self.profile.words(mention.source), mention.start, mention.end
        return replace(mention, denied=is_denied(*where, is_work=True) or is_over(*where))

    @cached_property
    def transport(self) -> tuple[Mention, ...]:
        """How she says that she gets about, denied ones ("I don't drive") marked."""
        return self._said(("hours", "experience_text", "interests_text", "conditions_text"), TRANSPORT)

    @cached_property
    def status_said(self) -> tuple[Mention, ...]:
        """What her words say of visas and coming from abroad; nothing when she closed that field."""
        if "migration_status" in self.profile.closed:
            return ()
        told = self._said(("hours", "experience_text", "interests_text", "conditions_text"), STATUSES)
        return tuple(mention for mention in told if not mention.denied)

    @cached_property
    def topics(self) -> tuple[Mention, ...]:
        """The topics her words and her record name, denied ones marked; the same topic may come several times.

        A topic only hinted at has a kind of its own (``hinted``).
        """
        found = []
        for source in SPOKEN:
            text = self.profile.words(source)
            for hit in topics_in(text):
                words = text[hit.start : hit.end]
                found.append(Mention(_kind(hit), source, words, hit.start, hit.end, hit.negated))
        record = (("care_types", care) for care in self.profile.care_types)
        for source, value in (*record, ("role", self.profile.role or ""), ("hours", self.profile.hours)):
            found += [Mention(_kind(hit), source, value, 0, len(value), hit.negated) for hit in topics_in(value)]
        return tuple(found)

    @cached_property
    def avoided(self) -> tuple[Mention, ...]:
        """The topics she will not discuss."""
        text = self.profile.avoid_text
        return tuple(
            Mention(hit.key, "avoid_text", text[hit.start : hit.end], hit.start, hit.end) for hit in topics_in(text)
        )

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of everything she says of her work and interests, stop words left out."""
        return tuple(stem for source in SPOKEN for stem in terms(self.profile.words(source)))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The same without repeats."""
        return frozenset(self.stems)

    @cached_property
    def gender_said(self) -> tuple[Mention, ...]:
        """A plain statement of her gender; nothing when she closed that field."""
        if "gender" in self.profile.closed:
            return ()
        found = []
        for source in ("experience_text", "interests_text"):
            for match in _SELF.finditer(self.profile.words(source)):
                kind = "man" if match["who"].lower() in _MALE else "woman"
                found.append(Mention(kind, source, match.group(), match.start(), match.end()))
        return tuple(found)

    @cached_property
    def refusals(self) -> dict[str, Mention | None]:
        """What she refuses ("photo", "name", "media", ..) -> where she says so (None: a condition on record)."""
        found: dict[str, Mention | None] = {}
        for source in ("conditions_text", "avoid_text", "interests_text", "experience_text"):
            text = self.profile.words(source)
            for refusal in refusals.said(text, plainly=source in SPOKEN):
                words = text[refusal.start : refusal.end]
                found.setdefault(refusal.kind, Mention(refusal.kind, source, words, refusal.start, refusal.end))
        for kind in refusals.on_record(self.profile.conditions):
            found.setdefault(kind, None)
        for wide, narrow in refusals.IMPLIES.items():
            if wide in found:
                for kind in narrow:
                    found.setdefault(kind, found[wide])
        return found

    def age(self, today: date) -> AgeRange:
        """Her age: the band she gave, else what she says, and never below 16 plus her years in care."""
        if today not in self._ages:
            self._ages = {today: self._age(today)}
        return self._ages[today]

    def _age(self, today: date) -> AgeRange:
        started = self._started()
        floor = _YOUNGEST + max(0, today.year - started) if started else _YOUNGEST
        stated = self._age_band() or self._age_range_told(today)
        if stated is None:
            piece = (Evidence("", "start_year", str(started)),) if started else ()
            return AgeRange(min(floor, AgeRange.OLDEST), AgeRange.OLDEST, piece)
        low = max(stated.low, floor) if floor <= stated.high else stated.low
        return AgeRange(low, stated.high, stated.evidence, stated.by)

    def _started(self) -> int | None:
        return self.profile.start_year_latest or self.profile.start_year

    def _age_band(self) -> AgeRange | None:
        band = self.profile.age_band
        if not band:
            return None
        years = [int(number) for number in re.findall(r"\d{2}", band)]
        if not years:
            return None
        if len(years) == 1:
            below = re.search(r"under|below|less|up to|<", band, re.IGNORECASE)
            years = [_YOUNGEST, years[0] - 1] if below else [years[0], AgeRange.OLDEST - 1]
        return AgeRange(years[0], years[1], (Evidence("", "age_band", band),))

    def _age_range_told(self, today: date) -> AgeRange | None:
        if self.age_told is None:
            return None
        years, began, piece = self.age_told
        if not began:
            return AgeRange(years, years, (piece,), "words")
        years += max(0, today.year - (self._started() or today.year))
        return AgeRange(years, years + 1, (piece,), "words")

    @cached_property
    def age_told(self) -> tuple[int, bool, Evidence] | None:
        """The age she names, whether it is the one she began at, and where; nothing when she closed that field."""
        if "age_band" in self.profile.closed:
            return None
        for source in ("experience_text", "interests_text"):
            text = self.profile.words(source)
            if not _NUMBERED.search(text):
                continue
            if match := _AGED.search(text):
                years, began = _years(next(group for group in match.groups() if group)), False
            elif (match := _BEGAN_AGED.search(text)) and self._started():
                years, began = _years(match.group(1)), True
            else:
                continue
            return years, began, Evidence("", source, match.group(), match.start(), match.end())
        return None

    def _said(self, sources: tuple[str, ...], table: Table) -> tuple[Mention, ...]:
        found = []
        for source in sources:
            text = self.profile.words(source)
            for hit in hits(text, table):
                words = text[hit.start : hit.end]
                found.append(Mention(hit.kind, source, words, hit.start, hit.end, hit.denied))
        return tuple(found)

    @staticmethod
    def _listed(source: str, values: tuple[str, ...], table: Table) -> tuple[Mention, ...]:
        return tuple(Mention(kind, source, value, 0, 0) for value in values for kind in sorted(named(value, table)))


def hinted(kinds: Iterable[str]) -> frozenset[str]:
    """The kinds of mentions that only hint at these topics."""
    return frozenset(f"{kind}~" for kind in kinds)


def _kind(hit: TopicHit) -> str:
    return f"{hit.key}~" if hit.hinted else hit.key


def _years(number: str) -> int:
    return int(as_number(number) or 0)


_AGE = (
    r"(?:1[6-9]|[2-8]\d|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_NUMBERED = re.compile(r"\d|teen|(?:twen|thir|for|fif|six|seven)ty", re.IGNORECASE)
"""Without this no text names an age; it is found several times as fast."""
_NO_AGE = (
    r"\s*(?:hours?|hrs?|miles?|min(?:ute)?s?|%|weeks?|months?|days?|quid|pence|stone|clients?|calls?|visits?|of\b"
    r"|years?\s+(?!old)|yrs?\s+(?!old))"
)
_AND = rf"and (?:live|i['’ ]|been|still|a |just|new|(?:{_AGE}|\w+) years? (?:in|on)\b)"
_AGED = re.compile(
    rf"\b(?:i['’]?m|i am|im|aged|just turned|turned|(?:bloke|man|lad|woman|lass|girl|mum|dad) of)\s+({_AGE})\b"
    rf"(?![-/]|{_NO_AGE})"
    rf"|^\s*({_AGE})\b(?=(?:\s*,)?\s*(?:{_AND}|apprentice|(?:year|yr)s?[- ]old|yo\b|y/o)"
    rf"|\s*,(?!\s*\d|{_NO_AGE})|\s*\.\s|\s+myself\b)"
    rf"|(?<=[.!?]\s)({_AGE})(?: myself\b|(?=\.\s|,\s(?:done|retir|been|still)))",
    re.IGNORECASE,
)
_BEGAN_AGED = re.compile(
    rf"\b(?:started|retrained|began|came into (?:it|care|this)|joined) at ({_AGE})\b", re.IGNORECASE
)
_MALE = frozenset({"man", "bloke", "lad", "guy", "fella", "father", "dad", "grandad", "widower"})
_SELF = re.compile(
    r"\b(?:i['’]?m|i am|being|as)\s+(?:still\s+|just\s+)?(?:an?|the only)\s+(?:\w+\s+){0,2}?"
    r"(?P<who>man|bloke|lad|guy|fella|father|dad|grandad|widower|woman|mum|mam|mother|lass|nan|grandma|widow)\b",
    re.IGNORECASE,
)
