"""Who was asked about what over two years, and what came of it: played through, request by request."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matcher.model import (
    ASKING,
    MAY_BE_ASKED,
    Answer,
    Decision,
    How,
    InvitationState,
    Outcome,
    Purpose,
    Stage,
    State,
    purpose_of,
)
from matcher.sample.chance import Shares, dice
from matcher.sample.days import moment
from matcher.sample.people import SampleDecision, SamplePerson
from matcher.sample.requests import Asking, SampleRequest

_REST_AFTER_ASK, _REST_AFTER_PART = timedelta(days=25), timedelta(days=65)
_WAITING_SHARE = 0.15
_HOURS_TO_ANSWER = (0, 1, 2, 5, 20, 26, 47, 70)
_ANSWERS = Shares(
    {
        Answer.YES: 50,
        Answer.NO_THIS_TIME: 17,
        Answer.CANNOT_MAKE_DATE: 9,
        Answer.NO_REPLY: 21,
        Answer.STOP_KIND: 2,
        Answer.STOP_ALL: 1,
    }
)
_OUTCOMES = Shares(
    {
        Outcome.TOOK_PART: 72,
        Outcome.NOT_PICKED: 9,
        Outcome.COULD_NOT_ATTEND: 7,
        Outcome.CANCELLED_BY_REQUESTER: 8,
        Outcome.DID_NOT_ATTEND: 4,
    }
)
_STATES = {Answer.YES: InvitationState.YES, Answer.NO_REPLY: InvitationState.ASKED}
_NOTES = {
    Answer.NO_THIS_TIME: ("Mum's in hospital", "Too much on", "Not my thing, ask me next time", "On holiday", ""),
    Answer.CANNOT_MAKE_DATE: ("Rota changed again", "On shift", "Would have loved to", "Childcare", ""),
    Answer.YES: ("Yes please!", "", "Nervous but yes", "As long as it's my first name", "", "Will swap a shift"),
    Answer.STOP_KIND: ("Not this sort of thing any more please", "Please don't send me these"),
    Answer.STOP_ALL: ("Leaving care, please take me off", "Please stop everything, thank you for all of it"),
}
_SUBJECTS = {
    "nights": "nights sleep-ins", "sponsorship": "sponsorship", "racism": "racism reporting",
    "homes": "cold homes poverty", "training": "training qualifications", "zero_hours": "zero hours guaranteed",
    "rotas": "rotas rest", "end_of_life": "end of life", "grief": "grief", "dementia": "dementia",
    "continuity": "continuity", "apps": "apps digital ai notes", "money": "poverty sick pay",
    "recognition": "career",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleAsk:
    """One ask of the member at ``person`` (her place among the people) about a request, and what came of it."""

    person: int
    state: InvitationState
    channel: str | None
    volunteered: bool
    asked_at: datetime | None
    answered_at: datetime | None
    answer: Answer | None
    session: str
    outcome: Outcome | None
    outcome_on: date | None
    paid_on: date | None
    heard_back_on: date | None
    thanked_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class History:
    """Request key -> its asks in order, and the decisions that “stop” answers made, by person."""

    asks: dict[str, tuple[SampleAsk, ...]]
    stops: tuple[tuple[int, SampleDecision], ...]


def play(people: Sequence[SamplePerson], requests: Sequence[SampleRequest], seed: int, today: date) -> History:
    """Play the asks of all requests in order of time: nobody is asked without permission or while resting."""
    game = _Game(people, dice(f"asks {seed}"), today)
    played = [(r.asks, r) for r in requests if r.asks]
    asks = {request.key: game.ask(request, asking) for asking, request in sorted(played, key=lambda p: p[0].on)}
    return History(asks, tuple(game.stops))


class _Game:
    def __init__(self, people: Sequence[SamplePerson], rng: random.Random, today: date) -> None:
        self._people = people
        self._rng = rng
        self._today = today
        self._rests_until: defaultdict[int, date] = defaultdict(lambda: date.min)
        self.stops: list[tuple[int, SampleDecision]] = []
        self._stopped: defaultdict[int, set[Purpose]] = defaultdict(set)

    def ask(self, request: SampleRequest, asking: Asking) -> tuple[SampleAsk, ...]:
        """Ask the best-fitting people who may be asked."""
        purpose = purpose_of(request.brief.audience)
        about = " ".join(request.brief.topics).casefold()
        may = [n for n, person in enumerate(self._people) if self._may(n, person, purpose, asking)]
        best = sorted(may, key=lambda n: -self._fit(self._people[n], request, about))[: asking.count]
        return tuple(self._one(n, place, request, asking, purpose) for place, n in enumerate(best))

    def _may(self, number: int, person: SamplePerson, purpose: Purpose, asking: Asking) -> bool:
        first, last = asking.on, asking.on + timedelta(days=asking.spread)
        if person.joined_on >= first or self._rests_until[number] > first or purpose in self._stopped[number]:
            return False
        return person.keen > 0 and all(state_on(person, purpose, day) in MAY_BE_ASKED for day in (first, last))

    def _fit(self, person: SamplePerson, request: SampleRequest, about: str) -> float:
        topics = sum(any(word in about for word in _words(topic)) for topic in person.topics)
        near = person.region in request.brief.regions or person.country in request.brief.regions
        return 2.5 * topics + 1.2 * near + 1.8 * person.keen + self._rng.random()

    def _one(self, number: int, place: int, request: SampleRequest, asking: Asking, purpose: Purpose) -> SampleAsk:
        rng, person = self._rng, self._people[number]
        on = asking.on + timedelta(days=rng.randrange(asking.spread + 1))
        if request.stage is Stage.ASKING and place >= asking.count * (1 - _WAITING_SHARE):
            return _waiting(number, _channel(person))
        asked_at = moment(min(on, self._today - timedelta(days=1)), rng)
        answer = _ANSWERS.pick(rng)
        answered_at = asked_at + timedelta(hours=rng.choice(_HOURS_TO_ANSWER), minutes=rng.randrange(1, 59))
        if answered_at.date() >= self._today or (request.stage is Stage.ASKING and rng.random() < 0.25):
            answer = Answer.NO_REPLY
        self._rests_until[number] = on + _REST_AFTER_ASK
        if answer in (Answer.STOP_KIND, Answer.STOP_ALL):
            self._stop(number, answered_at, ASKING if answer is Answer.STOP_ALL else (purpose,))
        silent = answer is Answer.NO_REPLY
        came = self._came_of_it(number, request, asking, asked_at.date()) if answer is Answer.YES else _Came()
        sessions = request.brief.sessions
        return SampleAsk(
            person=number,
            state=InvitationState.DONE if came.outcome else _STATES.get(answer, InvitationState.NO),
            channel=_channel(person),
            volunteered=bool(asking.open_call) and rng.random() < 0.2,
            asked_at=asked_at,
            answered_at=None if silent else answered_at,
            answer=None if silent and request.stage is Stage.ASKING else answer,
            session=rng.choice(sessions).key if sessions and answer is Answer.YES else "",
            outcome=came.outcome,
            outcome_on=came.on,
            paid_on=came.paid_on,
            heard_back_on=came.heard_back_on,
            thanked_on=came.thanked_on,
            note=rng.choice(_NOTES.get(answer, ("",))),
        )

    def _came_of_it(self, number: int, request: SampleRequest, asking: Asking, asked_on: date) -> "_Came":
        if request.stage is not Stage.DONE:
            return _Came()
        on = min((s.on for s in request.brief.sessions), default=asked_on + timedelta(days=9))
        closed_on = request.moves[-1][1]
        outcome = _OUTCOMES.pick(self._rng)
        took_part = outcome is Outcome.TOOK_PART
        if took_part:
            self._rests_until[number] = max(self._rests_until[number], on + _REST_AFTER_PART)
        return _Came(
            outcome,
            on,
            on + timedelta(days=self._rng.randrange(2, 16)) if asking.paid and took_part else None,
            closed_on if asking.heard_back and took_part else None,
            on + timedelta(days=1) if took_part and self._rng.random() < 0.9 else None,
        )

    def _stop(self, number: int, at: datetime, purposes: Sequence[Purpose]) -> None:
        self._stopped[number].update(purposes)
        self.stops += [(number, SampleDecision(p, Decision.WITHDRAWN, at, How.WHATSAPP)) for p in purposes]


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a yes, as far as it is known."""

    outcome: Outcome | None = None
    on: date | None = None
    paid_on: date | None = None
    heard_back_on: date | None = None
    thanked_on: date | None = None


def state_on(person: SamplePerson, purpose: Purpose, on: date) -> State:
    """Where a member stood on a purpose at the end of a day."""
    told = [d for d in (*person.decisions, *person.later) if d.purpose is purpose and d.at.date() <= on]
    return State(told[-1].decision.value) if told else State.NOT_GIVEN


def _waiting(number: int, channel: str | None) -> SampleAsk:
    return SampleAsk(
        number, InvitationState.TO_ASK, channel, False, None, None, None, "", None, None, None, None, None, ""
    )


def _channel(person: SamplePerson) -> str | None:
    return person.preferred_channel or ("whatsapp" if person.phone else "email")


def _words(topic: str) -> list[str]:
    return _SUBJECTS.get(topic, topic.replace("_", " ")).split()
