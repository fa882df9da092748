"""What the sample is made from: lines of words with the facts they ask for, names, places, whole people."""

import csv
import random
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from matcher.knowledge.places import Place, locate
from matcher.sample.chance import Shares
from matcher_resources import path_to

Facts = frozenset[str]
"""What is so of a person, in single words: “drives”, “nights”, “parent”, “new”."""

_BOOST = 6.0
_RARE = frozenset({"nights", "livein", "pa", "visa", "senior", "new"})


@dataclass(slots=True)
class Line:
    """One line of words and the facts it asks for; ``used`` counts how often it was dealt."""

    text: str
    needs: Facts = frozenset()
    codes: tuple[str, ...] = ()
    used: int = 0


@dataclass(slots=True)
class Pool:
    """Lines to deal from: the least used of those that fit, so that a small network repeats almost nothing."""

    lines: list[Line]
    _asked: Facts = frozenset()
    _fitting: dict[Facts, list[Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._asked = frozenset().union(*(line.needs for line in self.lines))

    def deal(self, rng: random.Random, facts: Facts) -> Line | None:
        """One of the least used lines that fit ``facts``; None when none fits."""
        known = facts & self._asked
        fitting = self._fitting.get(known)
        if fitting is None:
            fitting = self._fitting[known] = [line for line in self.lines if line.needs <= known]
        if not fitting:
            return None
        fewest = min(line.used for line in fitting)
        line = rng.choice([line for line in fitting if line.used == fewest])
        line.used += 1
        return line


@dataclass(frozen=True, slots=True)
class Topic:
    """Something members speak of: how often, the kinds of care that go with it, and who can speak of it."""

    key: str
    weight: float
    care_types: tuple[str, ...]
    needs: Facts
    stories: Pool
    wants: Pool


@dataclass(frozen=True, slots=True)
class Spot:
    """A town with an outward postcode, and whether it is a city, a town or country."""

    town: str
    outward: str
    region: str
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Background:
    """Names that go together, with what else goes with them. ``abroad``: the share who came to work from abroad."""

    key: str
    weight: float
    nations: Facts
    ethnicities: tuple[str, ...]
    languages: tuple[str, ...]
    abroad: float
    minority: bool
    first_names: dict[str, list[str]]
    surnames: list[str]


@dataclass(slots=True)
class Bank:
    """Everything read from the sample's files, fresh for one making (its pools remember what they dealt)."""

    topics: dict[str, Topic]
    pools: dict[str, Pool]
    _fitting: dict[Facts, Shares[str]] = field(default_factory=dict)
    _asked: Facts = frozenset()

    def __post_init__(self) -> None:
        self._asked = frozenset().union(*(topic.needs for topic in self.topics.values()))

    def topic_for(self, rng: random.Random, facts: Facts) -> Topic:
        """A topic that fits; one that few people can speak of is likelier for those who can."""
        known = facts & self._asked
        if known not in self._fitting:
            fitting = (topic for topic in self.topics.values() if topic.needs <= known)
            self._fitting[known] = Shares(
                {topic.key: topic.weight * (_BOOST if topic.needs & _RARE else 1.0) for topic in fitting}
            )
        return self.topics[self._fitting[known].pick(rng)]


def _lines(name: str) -> Iterator[str]:
    text = path_to(f"samples/{name}").read_text(encoding="utf-8")
    return (line for raw in text.splitlines() if (line := raw.strip()) and not line.startswith("#"))


def _line(text: str) -> Line:
    if not text.startswith("{") or "} " not in text or text.startswith(("{town}", "{years}", "{since}", "{role}")):
        return Line(text)
    needs, _, words = text[1:].partition("} ")
    return Line(words, frozenset(needs.split()))


def _coded(text: str) -> Line:
    """A line with codes before a bar: ``{facts} code code | words``."""
    head, _, words = text.partition("|")
    line = _line(head.strip() + " ") if head.startswith("{") else Line(head)
    return Line(words.strip(), line.needs, tuple(line.text.split()))


def _sections(name: str) -> Iterator[tuple[list[str], list[str]]]:
    heading: list[str] = []
    body: list[str] = []
    for line in _lines(name):
        if line.startswith("=="):
            if heading:
                yield heading, body
            heading, body = [part.strip() for part in line.removeprefix("==").split("|")], []
        else:
            body.append(line)
    yield heading, body


def read_bank() -> Bank:
    """The words of the sample, with nothing dealt yet."""
    wants = {heading[0]: body for heading, body in _sections("wants.txt")}
    topics = {}
    for (key, weight, care, needs), stories in _sections("stories.txt"):
        topics[key] = Topic(
            key, float(weight), tuple(c.strip() for c in care.split(",")), frozenset(needs.split()),
            _pool(stories), _pool(wants[key]),
        )  # fmt: skip
    plain = ("openings", "endings", "availability", "avoid", "heard", "employers")
    pools = {name: _pool(_lines(f"{name}.txt")) for name in plain}
    coded = ("conditions", "safe_contact")
    pools |= {name: Pool([_coded(text) for text in _lines(f"{name}.txt")]) for name in coded}
    return Bank(topics, pools)


def _pool(lines: Iterable[str]) -> Pool:
    return Pool([_line(text) for text in lines])


@cache
def spots() -> dict[str, list[Spot]]:
    """Region -> the towns in it that members live in."""
    found: dict[str, list[Spot]] = {}
    for row in csv.DictReader(_lines("places.csv")):
        place = locate(row["town"], row["outward"])
        if place is None:
            raise ValueError(f"no such place: {row['town']} {row['outward']}")
        found.setdefault(row["region"], []).append(
            Spot(row["town"], row["outward"], row["region"], row["kind"], place)
        )
    return found


@cache
def backgrounds() -> tuple[Background, ...]:
    """The backgrounds of the workforce, with their names."""
    read = tomllib.loads(path_to("samples/names.toml").read_text(encoding="utf-8"))
    return tuple(
        Background(
            b["key"], b["weight"], frozenset(b.get("nations", ())), tuple(b["ethnicities"]),
            tuple(b.get("languages", ())), b.get("abroad", 0.0), b.get("minority", False),
            {group: _names(b[group]) for group in ("older_women", "younger_women", "older_men", "younger_men")},
            _names(b["surnames"]),
        )
        for b in read["background"]
    )  # fmt: skip


def _names(text: str) -> list[str]:
    return [name.replace("_", " ") for name in text.split()]


@cache
def whole_people() -> tuple[dict[str, Any], ...]:
    """Members whose words were written whole, as their file says them."""
    return tuple(tomllib.loads(path_to("samples/people.toml").read_text(encoding="utf-8"))["person"])
