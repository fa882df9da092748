"""The facets of a member that questions look at: how each is read from her, and how somebody is outlined by them.

An outline is as much of a member as a question sees: judged in her place, it gets the status and degree that she
gets. Values are plain (text, numbers, None, tuples), so that they can be kept.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matcher.matching.circumstances import is_far
from matcher.matching.facts import Facts, Mention, hinted
from matcher.matching.judgement import Evidence
from matcher.matching.profile import Profile
from matcher.matching.question import Column, Subject, View
from matcher.matching.town_size import BIG_TOWN, MARKET_TOWN, VILLAGE

_SHOWN = "shown"
"""Stands for what is on record, where only that something is counts."""
_PLACE = "experience_text"
_PERSON = "personal_employer"
"""Of who employs her a contract tells only whether it is a person or family."""


@dataclass(slots=True)
class Outline:
    """Part of a member: columns of her profile, and what was read from her words."""

    profile: dict[str, Any] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)

    def add(self, other: "Outline") -> None:
        """Add what another outline knows; of mentions and listed things there may be several."""
        for known, more in ((self.profile, other.profile), (self.read, other.read)):
            for name, value in more.items():
                known[name] = (*known[name], *value) if isinstance(value, tuple) and name in known else value

    def facts(self) -> Facts:
        """Somebody of whom just this is known."""
        facts = Facts(Profile(id=0, **self.profile))
        facts.__dict__.update(self.read)  # what is read once and kept stands in the instance
        return facts


@dataclass(frozen=True)
class Facet:
    """How a column is read from a member, and the outline of somebody who has a value of it."""

    read: Callable[[Facts], Hashable]
    outline: Callable[[Any], Outline]


def _profile(*names: str) -> Facet:
    """Columns of her profile as they are."""
    return Facet(
        lambda facts: tuple(getattr(facts.profile, name) for name in names),
        lambda values: Outline(dict(zip(names, values, strict=True))),
    )


def _kinds_of(facts: Facts, reading: str, shown: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    profile = facts.profile
    return tuple(sorted(getattr(facts, reading))), any(getattr(profile, name) for name in shown)


def _on_record(reading: str, *shown: str) -> Facet:
    """Kinds read from the record, and whether there is anything on it."""
    return Facet(
        lambda facts: _kinds_of(facts, reading, shown),
        lambda value: Outline({shown[0]: _SHOWN if value[1] else None}, {reading: frozenset(value[0])}),
    )


def _roles(facts: Facts) -> Hashable:
    return *_kinds_of(facts, "roles", ("role",)), facts.employed


def _roles_outline(value: tuple[Sequence[str], bool, bool]) -> Outline:
    kinds, shown, employed = value
    return Outline({"role": _SHOWN if shown else None}, {"roles": frozenset(kinds), "employed": employed})


def _contracts(facts: Facts) -> Hashable:
    shown = "contract_type", "hours"
    by_somebody, by_person = bool(facts.profile.employer_type), _PERSON in facts.employers
    return *_kinds_of(facts, "contracts", shown), facts.employed, by_somebody, by_person


def _contracts_outline(value: tuple[Sequence[str], bool, bool, bool, bool]) -> Outline:
    kinds, shown, employed, by_somebody, by_person = value
    profile = {"contract_type": _SHOWN if shown else None, "employer_type": _SHOWN if by_somebody else None}
    employers = frozenset({_PERSON} if by_person else ())
    return Outline(profile, {"contracts": frozenset(kinds), "employed": employed, "employers": employers})


def _ages(facts: Facts) -> Hashable:
    told, profile = facts.age_told, facts.profile
    return profile.age_band, profile.start_year_latest or profile.start_year, told[:2] if told else None


def _age_outline(value: tuple[str | None, int | None, tuple[int, bool] | None]) -> Outline:
    band, started, told = value
    heard = (*told, Evidence("", _PLACE, "")) if told else None
    return Outline({"age_band": band, "start_year": started}, {"age_told": heard})


def _said(reading: str, name: str) -> Facet:
    """A field of her record, and the kinds that her own words say of it."""
    return Facet(
        lambda facts: (getattr(facts.profile, name), tuple(sorted({m.kind for m in getattr(facts, reading)}))),
        lambda value: Outline({name: value[0]}, {reading: tuple(_mention(kind) for kind in value[1])}),
    )


def _transport(facts: Facts) -> Hashable:
    return tuple(sorted({(m.kind, m.denied, is_far(m.text)) for m in facts.transport}))


def _transport_outline(value: Sequence[tuple[str, bool, bool]]) -> Outline:
    ways = (Mention(kind, _PLACE, "miles" if far else "", 0, 0, denied) for kind, denied, far in value)
    return Outline(read={"transport": tuple(ways)})


def _refusals(facts: Facts) -> Hashable:
    return tuple(sorted((kind, mention is not None) for kind, mention in facts.refusals.items()))


def _refusals_outline(value: Sequence[tuple[str, bool]]) -> Outline:
    return Outline(read={"refusals": {kind: _mention(kind) if spoken else None for kind, spoken in value}})


def _town_size(facts: Facts) -> int | None:
    size = facts.town_size
    if size is None:
        return None
    return max((step for step in (0, VILLAGE, MARKET_TOWN, BIG_TOWN) if step <= size), default=0)


COLUMNS: Mapping[Column, Facet] = {
    "ages": Facet(_ages, _age_outline),
    "availability": Facet(
        lambda facts: bool(facts.profile.availability_text),
        lambda known: Outline({"availability_text": _SHOWN if known else ""}),
    ),
    "contracts": Facet(_contracts, _contracts_outline),
    "employers": _on_record("employers", "employer_type"),
    "ethnicity": _profile("ethnicity"),
    "gender": _said("gender_said", "gender"),
    "has_languages": Facet(
        lambda facts: bool(facts.profile.languages), lambda has: Outline({"languages": ("",) if has else ()})
    ),
    "migration": _said("status_said", "migration_status"),
    "online": _profile("online_ok"),
    "refusals": Facet(_refusals, _refusals_outline),
    "roles": Facet(_roles, _roles_outline),
    "settings": Facet(
        lambda facts: tuple(sorted(facts.settings)), lambda value: Outline(read={"settings": frozenset(value)})
    ),
    "town_size": Facet(_town_size, lambda size: Outline(read={"town_size": size})),
    "transport": Facet(_transport, _transport_outline),
    "years": _profile("start_year", "start_year_earliest", "start_year_latest"),
}

HOME = ("town", "authority", "county", "region", "country", "latitude", "longitude")
REACH = ("travel_miles", "online_ok", "in_person_ok")
"""The columns of a profile that say where she lives, and how she takes part."""

_INTERESTS, _EXPERIENCE, _CARE, _RECORD, _DENIED, _AVOIDED, _CARE_NAMED = 1, 2, 4, 8, 16, 32, 64
_FIELD, _WORDS, _NOT = 1, 2, 4
_LISTED = 1
_SOURCES = {"interests_text": _INTERESTS, "experience_text": _EXPERIENCE, "care_types": _CARE}


def marks_of(facts: Facts, subject: Subject) -> dict[str, int]:
    """Every kind of a subject that a member mentions -> how: bits for where it stands and whether it is denied."""
    found: dict[str, int] = {}

    def mark(kind: str, bits: int) -> None:
        found[kind] = found.get(kind, 0) | bits

    match subject:
        case "topics":
            for m in facts.topics:
                mark(m.kind, _DENIED if m.denied else _SOURCES.get(m.source, _RECORD))
                mark(m.kind, _CARE_NAMED if m.source == "care_types" else 0)
            for m in facts.avoided:
                for kind in {m.kind, *hinted((m.kind,))}:
                    mark(kind, _AVOIDED)
        case "shifts":
            for m in facts.shifts:
                mark(
                    m.kind, _NOT if m.denied else _FIELD if m.source in ("care_types", "role", "hours") else _WORDS
                )
        case _:
            for kind in getattr(facts.profile, subject):
                mark(kind, _LISTED)
    return found


@dataclass(frozen=True)
class Look:
    """A view of mentions: ``of`` brings the bits of a kind down to 0 (nothing seen) up to below ``size``."""

    size: int
    of: Callable[[int], int]
    outline: Callable[[str, int], Outline]


def _spoken(bits: int) -> int:
    return 1 if bits & (_INTERESTS | _EXPERIENCE | _CARE | _RECORD) else 2 if bits & _DENIED else 0


def _depth(bits: int) -> int:
    if bits & _AVOIDED:
        return 0
    return 3 if bits & _INTERESTS else 2 if bits & _EXPERIENCE else 1 if bits & (_CARE | _RECORD) else 0


_AT_DEPTH = ("", "role", "experience_text", "interests_text")


def _shift_outline(kind: str, seen: int) -> Outline:
    ways = ((_FIELD, "hours", False), (_WORDS, _PLACE, False), (_NOT, _PLACE, True))
    mentions = (Mention(kind, source, "", 0, 0, denied) for bit, source, denied in ways if seen & bit)
    return Outline(read={"shifts": tuple(mentions)})


def _topic(kind: str, source: str = _PLACE, *, denied: bool = False) -> Outline:
    return Outline(read={"topics": (Mention(kind, source, "", 0, 0, denied),)})


def _mention(kind: str) -> Mention:
    return Mention(kind, _PLACE, "", 0, 0)


LOOKS: Mapping[tuple[Subject, View], Look] = {
    ("topics", "spoken"): Look(3, _spoken, lambda kind, seen: _topic(kind, denied=seen == 2)),
    ("topics", "depth"): Look(4, _depth, lambda kind, seen: _topic(kind, _AT_DEPTH[seen])),
    ("topics", "avoided"): Look(
        2, lambda bits: int(bool(bits & _AVOIDED)), lambda kind, seen: Outline(read={"avoided": (_mention(kind),)})
    ),
    ("topics", "care"): Look(
        2, lambda bits: int(bool(bits & _CARE_NAMED)), lambda kind, seen: _topic(kind, "care_types")
    ),
    ("shifts", "shifts"): Look(8, lambda bits: bits, _shift_outline),
    ("care_types", "listed"): Look(2, lambda bits: bits, lambda kind, seen: Outline({"care_types": (kind,)})),
    ("languages", "listed"): Look(2, lambda bits: bits, lambda kind, seen: Outline({"languages": (kind,)})),
}
SUBJECTS: tuple[Subject, ...] = ("topics", "shifts", "care_types", "languages")
