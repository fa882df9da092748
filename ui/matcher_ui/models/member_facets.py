"""What members can be narrowed down by: where they live, what they do, what they said, whose turn it is."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from matcher.directory import Facets
from matcher.knowledge.years import years_since
from matcher.model import State
from matcher_ui.models.members_table import MemberLines
from matcher_ui.purposes import PURPOSES, REQUESTS, STATES

UNKNOWN = "Not known"
BANDS = ((2, "Under 2 years"), (5, "2 to 4 years"), (10, "5 to 9 years"), (20, "10 to 19 years"))
LONGEST = "20 years or more"
NEVER, THIS_YEAR, EARLIER = "Never asked", "In the last 12 months", "Longer ago"
RESTING, RESTED = "Resting", "Not resting"
NOTHING_SAID, SAID = "No permission yet", "Said something"
_AS_COUNTED: tuple[str, ...] = ()


class Facet(NamedTuple):
    """One thing to narrow down by. ``order`` of its values as shown; others follow, the most frequent first."""

    key: str
    title: str
    order: tuple[str, ...] = _AS_COUNTED


class FacetChip(NamedTuple):
    """A chip of the bar: its words, and the facets that its list offers."""

    title: str
    facets: tuple[Facet, ...]


_STATES = tuple(STATES.values())
CHIPS: tuple[FacetChip, ...] = (
    FacetChip("Region", (Facet("region", "Region"),)),
    FacetChip("Experience", (Facet("experience", "In home care for", (*(words for _, words in BANDS), LONGEST)),)),
    FacetChip("Kinds of care", (Facet("care", "Kinds of care"),)),
    FacetChip("Employer", (Facet("employer", "Kind of employer"), Facet("contract", "Contract"))),
    FacetChip("Permissions", tuple(Facet(purpose.value, PURPOSES[purpose], _STATES) for purpose in REQUESTS)),
    FacetChip("Turn", (Facet("asked", "Last asked", (NEVER, THIS_YEAR, EARLIER)),
                       Facet("rest", "Rest", (RESTED, RESTING)),
                       Facet("permission", "Permissions", (SAID, NOTHING_SAID)))),
    FacetChip("More", (Facet("role", "Role"), Facet("language", "Languages"),
                       Facet("heard", "Heard of us through"))),
)  # fmt: skip
QUICK: tuple[tuple[str, str], ...] = (("asked", NEVER), ("rest", RESTING), ("permission", NOTHING_SAID))
"""Facet and value of the chips that are switched on by one press."""


def facets_of(lines: MemberLines, today: date) -> Facets:
    """The values of these members as of a day. One column at a time, so that nobody else is kept waiting."""
    found = Facets(len(lines))
    for key, column in (
        ("region", "region"), ("employer", "employer_type"), ("contract", "contract"), ("role", "role"),
        ("heard", "heard_via"),
    ):  # fmt: skip
        found.add(key, lines.column(column), _one)
    for key, column in (("care", "care"), ("language", "languages")):
        found.add(key, lines.column(column), _several)
    found.add("experience", lines.column("since"), partial(_experience, today))
    for place, purpose in enumerate(REQUESTS):
        found.add(purpose.value, lines.column("states"), partial(_stand, place))
    found.add("permission", lines.column("states"), _anything)
    found.add("asked", lines.column("asked"), partial(_asked, today))
    found.add("rest", lines.column("rests_until"), lambda until: (RESTING if until else RESTED,))
    return found


def ordered(facet: Facet, counts: Mapping[str, int], chosen: Iterable[str]) -> list[tuple[str, int]]:
    """The values of a facet with their counts as its list shows them; what nobody has only when it is chosen."""
    wanted = set(chosen)
    values = [value for value in facet.order if value in counts or value in wanted]
    rest = sorted((v for v in {*counts, *wanted} if v not in facet.order and v != UNKNOWN),
                  key=lambda v: (-counts.get(v, 0), v))  # fmt: skip
    last = [UNKNOWN] if UNKNOWN in counts or UNKNOWN in wanted else []
    return [(value, counts.get(value, 0)) for value in (*values, *rest, *last)]


def _one(value: str) -> tuple[str, ...]:
    return (value or UNKNOWN,)


def _several(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value[:1].upper() + value[1:] for value in values) or (UNKNOWN,)


def _experience(today: date, since: int | None) -> tuple[str, ...]:
    if since is None:
        return (UNKNOWN,)
    years = years_since(since, today)
    return (next((words for below, words in BANDS if years < below), LONGEST),)


def _stand(place: int, states: tuple[State, ...]) -> tuple[str, ...]:
    return (STATES[states[place]],)


def _anything(states: tuple[State, ...]) -> tuple[str, ...]:
    return (NOTHING_SAID if set(states) == {State.NOT_GIVEN} else SAID,)


def _asked(today: date, asked: date | None) -> tuple[str, ...]:
    return (NEVER if asked is None else THIS_YEAR if asked > today - timedelta(days=365) else EARLIER,)
