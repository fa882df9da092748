"""What members of the sample decided about being asked, at joining and later."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matcher.model import ASKING, BACKGROUND_USE, Decision, How, Purpose
from matcher.sample.chance import Shares
from matcher.sample.days import moment
from matcher.sample.lives import Life

Told = tuple[Purpose, Decision, datetime, How]

_GIVEN, _FIRST, _REFUSED = Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED
_SHARES = {
    Purpose.POLICY: (72, 9, 3),
    Purpose.ACADEMIC: (76, 6, 2),
    Purpose.MEDIA: (34, 24, 13),
    Purpose.SECTOR: (63, 7, 3),
    Purpose.OWN_EVENTS: (86, 1, 1),
    Purpose.NEWS: (80, 0, 4),
    Purpose.CAMPAIGNS: (45, 10, 6),
}
"""Purpose -> how many of 100 give it, want to be asked first, refuse; the rest never ticked the box."""

_NOTHING_HELD = 0.05
_BACKGROUND = 0.55
_LEAVES = 0.012
_DROPS_ONE = 0.03
_WIDENS = 0.02
_HOWS = Shares({How.FORM: 82, How.WHATSAPP: 9, How.IN_PERSON: 6, How.PHONE: 3})


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions at joining, and those that came later, in order of time."""

    at_joining: tuple[Told, ...]
    later: tuple[Told, ...]


def decisions(rng: random.Random, today: date, joined: date, life: Life) -> Decided:
    """What one member decided; some have nothing on record, as after a hurried sign-up at a meet-up."""
    if rng.random() < _NOTHING_HELD:
        return Decided((), ())
    at = moment(joined, rng)
    how = _HOWS.pick(rng)
    told = [(p, d, at, how) for p in _SHARES if (d := _decided(rng, p, "visa" in life.facts))]
    told += [(p, _GIVEN, at, how) for p in BACKGROUND_USE.values() if rng.random() < _BACKGROUND]
    return Decided(tuple(told), tuple(_later(rng, today, joined, told)))


def _decided(rng: random.Random, purpose: Purpose, careful: bool) -> Decision | None:
    given, first, refused = _SHARES[purpose]
    if careful and purpose is Purpose.MEDIA:
        given, first, refused = 8, 22, 34
    draw = rng.random() * 100
    if draw < given:
        return _GIVEN
    if draw < given + first:
        return _FIRST
    return _REFUSED if draw < given + first + refused else None


def _later(rng: random.Random, today: date, joined: date, told: list[Told]) -> list[Told]:
    held = (today - joined).days
    if held < 30:
        return []
    at = moment(joined + timedelta(days=rng.randrange(15, held - 2)), rng)
    draw = rng.random()
    if draw < _LEAVES:
        return [(purpose, Decision.WITHDRAWN, at, How.WHATSAPP) for purpose in ASKING]
    given = [purpose for purpose, decision, *_ in told if decision is _GIVEN and purpose in ASKING]
    if draw < _LEAVES + _DROPS_ONE and given:
        return [(rng.choice(given), Decision.WITHDRAWN, at, rng.choice((How.PHONE, How.EMAIL)))]
    careful = [purpose for purpose, decision, *_ in told if decision is _FIRST]
    if draw < _LEAVES + _DROPS_ONE + _WIDENS and careful:
        return [(careful[0], _GIVEN, at, How.PHONE)]
    return []
