"""The people a list is drawn from, and the rules of balance it keeps. No solver here: a rule can check itself."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as kept
from enum import StrEnum
from typing import Any

NEVER = "never"
"""The value of the field “asked” of somebody who was never asked before."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who may be on a list: how well she fits (points), how far it is her turn, and facts on her.

    ``deficit`` is in asks: above 0 she was passed over more often than her fair share. ``facts`` holds, by field,
    every value that is true of her; a field that is missing is unknown, and counts for nothing. ``meets``: she is
    known to meet every must; whoever is not comes after everybody who is, unless a rule needs her.
    """

    id: int
    score: float
    deficit: float = 0.0
    meets: bool = True
    facts: Mapping[str, frozenset[str]] = kept(default_factory=dict)

    def is_(self, field_name: str, value: str) -> bool:
        """Whether a fact is known to be true of her."""
        return value in self.facts.get(field_name, frozenset())

    def seen_by(self, field_name: str, value: str) -> bool | frozenset[str]:
        """All of her that a rule on a field looks at, for one ``value`` of it or, when empty, for all."""
        return self.is_(field_name, value) if value else self.facts.get(field_name, frozenset())


class RuleKind(StrEnum):
    """What a rule counts."""

    KINDS = "at least so many different"
    EACH = "at most so many of each"
    LEAST = "at least so many with"
    MOST = "at most so many with"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of balance; ``words`` is how she put it. ``value`` is empty where it is about every value."""

    kind: RuleKind
    field: str
    number: int
    value: str = ""
    words: str = kept(default="", compare=False)

    def count(self, people: Iterable[Contender]) -> int:
        """What the rule counts in a list: different values, the most of one value, or people with the value."""
        listed = list(people)
        if self.kind in (RuleKind.LEAST, RuleKind.MOST):
            return sum(person.is_(self.field, self.value) for person in listed)
        values = Counter(value for person in listed for value in person.facts.get(self.field, ()))
        return len(values) if self.kind is RuleKind.KINDS else max(values.values(), default=0)

    @property
    def is_lower_bound(self) -> bool:
        """Whether it asks for at least its number; else for at most."""
        return self.kind in (RuleKind.KINDS, RuleKind.LEAST)

    def holds(self, people: Iterable[Contender]) -> bool:
        """Whether a list keeps the rule."""
        counted = self.count(people)
        return counted >= self.number if self.is_lower_bound else counted <= self.number

    def as_json(self) -> list[Any]:
        """The rule as plain values, to be kept; `from_json` reads it."""
        return [self.kind.value, self.field, self.number, self.value, self.words]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> "Rule":
        """A rule that was kept."""
        kind, field_name, number, value, words = kept
        return cls(RuleKind(kind), field_name, number, value, words)

    def with_number(self, number: int) -> "Rule":
        """The same rule with another number, in the program's own words."""
        return replace(self, number=number, words="")

    @property
    def sentence(self) -> str:
        """The rule as screens say it."""
        if self.words:
            return self.words
        one, many = SPOKEN.get(self.field, (self.field, f"{self.field}s"))
        if self.kind is RuleKind.KINDS:
            return f"at least {self.number} {one if self.number == 1 else f'different {many}'}"
        if self.kind is RuleKind.EACH:
            return f"no more than {self.number} from one {one}"
        bound = "at least" if self.is_lower_bound else "no more than"
        return f"{bound} {self.number} {value_words(self.field, self.value)}"


SPOKEN = {
    "region": ("region", "regions"),
    "country": ("nation", "nations"),
    "authority": ("local authority", "local authorities"),
    "town": ("town", "towns"),
    "employer": ("employer", "employers"),
    "employer_type": ("kind of employer", "kinds of employer"),
    "role": ("role", "roles"),
    "contract_type": ("kind of contract", "kinds of contract"),
    "care_types": ("kind of care", "kinds of care"),
    "languages": ("language", "languages"),
    "experience": ("level of experience", "levels of experience"),
    "gender": ("gender", "genders"),
    "age_band": ("age band", "age bands"),
    "ethnicity": ("ethnicity", "ethnicities"),
    "migration_status": ("migration status", "migration statuses"),
}
"""Field -> what one and several of its values are called."""

_GENDERS = {"woman": "women", "man": "men"}
_PLACES = frozenset({"region", "country", "authority", "town"})


def value_words(field_name: str, value: str) -> str:
    """“from Wales”, “never asked before”, “with 10 or more years”."""
    if field_name == "asked":
        return "never asked before"
    if field_name == "years":
        number = value.strip("<+")
        return f"with {number} or more years" if value.endswith("+") else f"with less than {number} years"
    if field_name == "gender":
        return _GENDERS.get(value, f"with gender {value}")
    if field_name == "languages":
        return f"speaking {value}"
    return f"{'from' if field_name in _PLACES else 'with'} {value}"


_HOLDS = {
    "languages": ("speaks {}", "speak {}"), "asked": ("was never asked before", "were never asked before"),
    "years": ("has {}", "have {}"),
}  # fmt: skip
_KNOWN_IF_LET = ("gender", "age_band", "ethnicity", "migration_status")


def holds_words(field_name: str, value: str, count: int) -> str:
    """“is from Wales”, “are known to be men”, “have 10 or more years”: what is true of so many people."""
    one_or_many = 0 if count < 2 else 1
    words = value_words(field_name, value)
    if field_name in _HOLDS:
        said = words.removeprefix("with ") if field_name == "years" else value
        return _HOLDS[field_name][one_or_many].format(said)
    verb = ("is", "are")[one_or_many]
    if field_name == "gender" and value in _GENDERS:
        return f"{verb} known to be {f'a {value}' if count < 2 else words}"
    return f"{verb} known to be {words}" if field_name in _KNOWN_IF_LET else f"{verb} {words}"


def values_of(people: Collection[Contender], field_name: str) -> dict[str, list[int]]:
    """Value -> the places of those it is true of, values in order."""
    found: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        for value in person.facts.get(field_name, ()):
            found.setdefault(value, []).append(place)
    return dict(sorted(found.items()))
