"""What a list was drawn from, small enough to be kept and enough to draw it again.

Values are kept as codes: only what the rules look at is there, and not what it says of anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.matching.fair.rules import NEVER, Contender, Rule

_ASKED = "asked"


def coded(people: Sequence[Contender], rules: Sequence[Rule]) -> tuple[list[Contender], tuple[Rule, ...]]:
    """The same people in the order of their ids, with nothing of them but what the rules look at, in codes.

    A list drawn of them is the list drawn of the people themselves.
    """
    codes = {field: _codes(field, people, rules) for field in sorted({rule.field for rule in rules} | {_ASKED})}
    told = tuple(replace(rule, value=codes[rule.field].get(rule.value, ""), words=rule.sentence) for rule in rules)
    found = []
    for person in sorted(people, key=lambda one: one.id):
        facts = {
            field: frozenset(known[value] for value in person.facts.get(field, ()) if value in known)
            for field, known in codes.items()
        }
        held = {field: values for field, values in facts.items() if values}
        found.append(Contender(person.id, round(person.score, 2), round(person.deficit, 6), person.meets, held))
    return found, told


def _codes(field: str, people: Sequence[Contender], rules: Sequence[Rule]) -> dict[str, str]:
    """Value -> code, in the order of the values, of those that the rules look at."""
    if field == _ASKED:
        return {NEVER: NEVER}
    mine = [rule for rule in rules if rule.field == field]
    values = {rule.value for rule in mine if rule.value}
    if any(not rule.value for rule in mine):
        values |= {value for person in people for value in person.facts.get(field, ())}
    return {value: f"{place:06}" for place, value in enumerate(sorted(values))}


def to_json(people: Sequence[Contender], rules: Sequence[Rule]) -> dict[str, Any]:
    """Coded people and rules as plain JSON values."""
    facts: dict[str, dict[str, list[int]]] = {}
    for place, person in enumerate(people):
        for field, values in sorted(person.facts.items()):
            for value in sorted(values):
                facts.setdefault(field, {}).setdefault(value, []).append(place)
    return {
        "ids": [person.id for person in people], "scores": [person.score for person in people],
        "owed": [person.deficit for person in people], "meets": [int(person.meets) for person in people],
        "facts": facts,
        "rules": [rule.as_json() for rule in rules],
    }  # fmt: skip


def from_json(kept: Mapping[str, Any]) -> tuple[list[Contender], tuple[Rule, ...]]:
    """The people and rules of a snapshot."""
    facts: list[dict[str, set[str]]] = [{} for _ in kept["ids"]]
    for field, values in kept["facts"].items():
        for value, places in values.items():
            for place in places:
                facts[place].setdefault(field, set()).add(value)
    columns = zip(kept["ids"], kept["scores"], kept["owed"], kept["meets"], facts, strict=True)
    people = [
        Contender(number, score, owed, bool(meets), {name: frozenset(held) for name, held in known.items()})
        for number, score, owed, meets, known in columns
    ]
    return people, tuple(Rule.from_json(rule) for rule in kept["rules"])
