"""How she gets to her clients and whether she works in the country: from her words and the size of her town."""

import re
from collections.abc import Sequence
from datetime import date

from matcher.matching.facts import Facts
from matcher.matching.judgement import Evidence, Judgement, Status, failed, met, said, unknown
from matcher.matching.kinds import TRANSPORT, named
from matcher.matching.question import Judge, Kinds, Question, Together, asks
from matcher.matching.town_size import BIG_TOWN, MARKET_TOWN, VILLAGE

RURAL = re.compile(
    r"\b(?:rural(?:ly)?|countryside|villages?|remote (?:areas?|places?|communit\w+))\b", re.IGNORECASE
)
_FAR = re.compile(r"\b\d+ ?(?:or more )?miles?\b|\bmiles (?:a|each|per|every) \w+", re.IGNORECASE)
_A_CAR = "a_car"
"""A car that is mentioned, not said to be driven."""
_CARS = frozenset({_A_CAR, "car"})
_NO_CAR = re.compile(
    r"\b(?:without (?:driving|a car)|non-?drivers?|(?:do|does)(?: not|n['’]?t) drive|not driving|no car)\b",
    re.IGNORECASE,
)
_WITHOUT_CAR = frozenset({"walk", "cycle", "bus"})
_TOWN = re.compile(r"\b(?:city|cities|urban|town)\b", re.IGNORECASE)


def transport_of(text: str) -> frozenset[str]:
    """The ways of getting about that a request's phrase asks for; empty when it is about something else."""
    wanted = named(text, TRANSPORT)
    if _NO_CAR.search(text):
        return (wanted - _CARS) or _WITHOUT_CAR
    wanted = (wanted - {_A_CAR}) | {"car"} if _A_CAR in wanted else wanted
    return wanted - {"car"} if "electric" in wanted else wanted


def is_far(text: str) -> bool:
    """Whether a phrase asks for a distance ("at least 50 miles a week")."""
    return _FAR.search(text) is not None


@asks("transport")
def transport(wanted: frozenset[str], *, far: bool = False) -> Judge:
    """How she says that she gets about; another way, or "I don't drive", speaks against it.

    A car that she merely mentions is no way of getting about. ``far``: only her own miles answer it.
    """

    def judge(facts: Facts, today: date) -> Judgement:
        ways = [m for m in facts.transport if m.kind != _A_CAR]
        fitting = [m for m in ways if m.kind in wanted]
        goes = [m for m in fitting if not m.denied]
        others = [m for m in ways if m.kind not in wanted and not m.denied]
        if goes and others:
            return unknown("Speaks of several ways of getting about", others[0].evidence(), degree=0.5)
        if goes and far and not any(is_far(m.text) for m in goes):
            return unknown("How far they go is not known", goes[0].evidence(), degree=0.5)
        if goes:
            return said("Says how they get about", *(m.evidence() for m in goes[:2]))
        if "car" not in wanted and not others and (without := [m for m in ways if m.kind == "car" and m.denied]):
            return said("Says they do not drive", without[0].evidence())
        if fitting:
            return failed("Says they do not", fitting[0].evidence(), by="words")
        if others:
            return unknown("Speaks of getting about another way", others[0].evidence())
        return unknown("How they get about is not known", degree=0.3)

    return judge


def is_rural(text: str) -> bool:
    """Whether a request's phrase asks for country work."""
    return RURAL.search(text) is not None and _TOWN.search(text) is None


def rural(topics: frozenset[str]) -> Together:
    """Whether she works in the country: she speaks of it (``topics``), or lives in a place small enough for it."""
    return Together((Question(_lives_small, ("town_size",)), _speaks_of_country(topics)), _rural)


def _speaks_of_country(topics: frozenset[str]) -> Question:
    def judge(facts: Facts, today: date) -> Judgement:
        spoken = [mention for mention in facts.topics if mention.kind in topics and not mention.denied]
        return said("Speaks of rural work", *(m.evidence() for m in spoken[:2])) if spoken else unknown()

    return Question(judge, kinds=(Kinds("topics", topics, "spoken"),))


def _rural(found: Sequence[Judgement]) -> Judgement:
    lives, speaks = found
    in_a_city = lives.status is Status.UNKNOWN and not lives.degree
    return speaks if speaks.status is Status.MET and not in_a_city else lives


def _lives_small(facts: Facts, today: date) -> Judgement:
    town, size = facts.profile.town, facts.town_size
    if size is None:
        return unknown("Whether it is rural is not known", degree=0.3)
    piece = Evidence("", "town", town or "")
    if size < VILLAGE:
        return met(f"{town} is a small place", piece, degree=0.9)
    if size >= BIG_TOWN:
        return unknown(f"{town} is a large town", piece)
    return unknown(f"{town} is a town", piece, degree=0.6 if size < MARKET_TOWN else 0.3)
