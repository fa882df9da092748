"""How evenly a year of lists is spread: ``python benchmarks/fairness.py [--seed N]``.

A made-up year, its world from a published seed: 300 members, 100 requests for 12 people each. Some members write
well, live where requests come from and know what is asked for, so that the best fits are often the same people. The
world is set so that the best fits alone come near a network without fair lists (Gini 0.56, 22 % never asked).
Ways to make the lists are compared on the same requests: the best fits alone ("top-k"), the best fits under rest,
yearly cap and rules, and the fair list of `matcher.matching.fair`. Last line: one JSON object.

``gini`` of asks over all members; a *chance* is a request whose gates and relevance floor somebody passed;
``never_asked`` the share, of those with ten or more chances, who were never asked; ``loss`` the mean over requests
of 1 - fit of the list / the best fit under gates, rest and rules on that day.
"""

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.knowledge.regions import REGIONS, neighbours
from matcher.matching.fair import Contender, Drawn, Options, Rule, Share, Turn, deficits, draw
from matcher.matching.fair.rules import NEVER, RuleKind

PUBLISHED_SEED = 2026
MEMBERS, REQUESTS, PEOPLE, DAYS = 300, 100, 12, 365
REST_DAYS, MOST_A_YEAR, MANY_CHANCES = 21, 8, 10
TOPICS = 10
RULES = (Rule(RuleKind.KINDS, "region", 3), Rule(RuleKind.EACH, "employer", 2))


@dataclass(frozen=True)
class Person:
    """A made-up member: where she lives, for whom she works, what she knows of each topic, how well she writes."""

    id: int
    region: str
    employer: str
    knows: tuple[float, ...]
    words: float


@dataclass(frozen=True)
class Asked:
    """A made-up request: its number, day, region (none for anywhere) and topic."""

    id: int
    day: int
    region: str | None
    topic: int


@dataclass
class Year:
    """What a way of making lists did in a year."""

    asks: dict[int, list[int]]
    chances: dict[int, int]
    losses: list[float]
    seconds: float = 0.0


def world(seed: int) -> tuple[list[Person], list[Asked]]:
    """The people and requests of a seed."""
    chance = random.Random(seed)
    weights = [chance.uniform(0.5, 2) for _ in REGIONS]
    people = [
        Person(
            number, chance.choices(REGIONS, weights)[0], f"employer {chance.randrange(60)}",
            tuple(chance.random() for _ in range(TOPICS)), chance.betavariate(3, 3),
        )
        for number in range(1, MEMBERS + 1)
    ]  # fmt: skip
    days = sorted(chance.randrange(DAYS) for _ in range(REQUESTS))
    requests = [
        Asked(
            number, day, None if chance.random() < 0.3 else chance.choices(REGIONS, weights)[0],
            min(int(chance.expovariate(0.1)), TOPICS - 1),
        )
        for number, day in enumerate(days, start=1)
    ]  # fmt: skip
    return people, requests


def fit(person: Person, request: Asked) -> float:
    """How well somebody fits, out of 100: place, topic, and how much her words say."""
    near = 1.0 if request.region in (None, person.region) else 0.1
    if request.region and person.region in neighbours(request.region):
        near = 0.5
    return round(100 * (0.4 * near + 0.45 * person.knows[request.topic] + 0.15 * person.words), 4)


def contenders(
    people: Sequence[Person], request: Asked, year: Year, owed: dict[int, float], *, gates: bool
) -> list[Contender]:
    """Those who may be asked on that day: rested, and asked less often than the most of a year."""
    found = []
    for person in people:
        asked = year.asks[person.id]
        rests = bool(asked) and request.day - asked[-1] < REST_DAYS
        if gates and (rests or len(asked) >= MOST_A_YEAR):
            continue
        facts = {"region": frozenset({person.region}), "employer": frozenset({person.employer})}
        facts["asked"] = frozenset() if asked else frozenset({NEVER})
        found.append(Contender(person.id, fit(person, request), owed.get(person.id, 0.0), facts=facts))
    return found


def live(people: Sequence[Person], requests: Sequence[Asked], options: Options, *, gates: bool = True) -> Year:
    """Let a year pass: every list that is drawn is asked."""
    year, turns = Year(defaultdict(list), defaultdict(int), []), list[Turn]()
    started = time.process_time()
    for request in requests:
        asked = [person for person, days in year.asks.items() for _ in days]
        owed = deficits([person.id for person in people], turns, asked)
        drawn = draw(contenders(people, request, year, owed, gates=gates), options, "published", request.id)
        turns.append(Turn(len(drawn.seats), drawn.could))
        for member in drawn.could:
            year.chances[member] += 1
        for seat in drawn.seats:
            year.asks[seat.id].append(request.day)
        year.losses.append(drawn.loss)
    year.seconds = time.process_time() - started
    return year


def gini(counts: Sequence[int]) -> float:
    """0 when everybody was asked equally often, near 1 when one person always was."""
    ordered, total = sorted(counts), sum(counts)
    size = len(ordered)
    return sum((2 * place - size - 1) * count for place, count in enumerate(ordered, start=1)) / (size * total)


def figures(people: Sequence[Person], year: Year) -> dict[str, float]:
    """What is printed of a year."""
    counts = [len(year.asks[person.id]) for person in people]
    many = [person.id for person in people if year.chances[person.id] >= MANY_CHANCES]
    left = sum(not year.asks[person] for person in many)
    return {
        "gini": round(gini(counts), 4), "never_asked": round(left / len(many), 4) if many else 0.0,
        "max_asks": max(counts), "loss": round(sum(year.losses) / len(year.losses), 4),
    }  # fmt: skip


def seconds_for(members: int, seed: int) -> tuple[float, Drawn]:
    """The time of one list from so many members."""
    chance = random.Random(seed)
    people, requests = world(seed)
    many = [
        Person(
            n, chance.choice(REGIONS), f"employer {chance.randrange(600)}", people[n % len(people)].knows,
            chance.random(),
        )
        for n in range(1, members + 1)
    ]  # fmt: skip
    year = Year(defaultdict(list), defaultdict(int), [])
    owed = {person.id: chance.uniform(-2, 2) for person in many}
    pool = contenders(many, requests[0], year, owed, gates=True)
    started = time.process_time()
    drawn = draw(pool, Options(PEOPLE, RULES), "published", 1)
    return time.process_time() - started, drawn


WAYS: dict[str, tuple[Options, bool]] = {
    "best fits alone": (Options(PEOPLE, share=Share.OFF), False),
    "best fits, rest and rules": (Options(PEOPLE, RULES, Share.OFF), True),
    "share turns: some": (Options(PEOPLE, RULES, Share.SOME), True),
    "share turns: strong": (Options(PEOPLE, RULES, Share.STRONG), True),
}


def main(say: Callable[[str], object] = lambda line: sys.stdout.write(line + "\n")) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=PUBLISHED_SEED)
    seed = parser.parse_args().seed
    people, requests = world(seed)
    say(f"{'':28}{'Gini':>8}{'never asked':>13}{'most asks':>11}{'loss':>8}{'CPU s':>8}")
    told = {}
    for name, (options, gates) in WAYS.items():
        year = live(people, requests, options, gates=gates)
        told[name] = found = figures(people, year)
        say(
            f"{name:28}{found['gini']:8.3f}{found['never_asked']:13.1%}{found['max_asks']:11}{found['loss']:8.1%}"
            f"{year.seconds:8.1f}"
        )
    seconds, _ = seconds_for(3000, seed)
    say(f"One list of {PEOPLE} from 3,000 members: {seconds:.2f} s")
    top = told["best fits alone"]
    report = told["share turns: some"] | {
        "topk_gini": top["gini"], "topk_never_asked": top["never_asked"], "seconds_3000": round(seconds, 3)
    }  # fmt: skip
    say(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
