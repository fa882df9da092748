"""Made-up histories of a small network: members, requests, asks and what came of them, in any mixture."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from matcher.consent import Permission, record
from matcher.model import (
    Answer,
    Attendance,
    Audience,
    Brief,
    Decision,
    Enquiry,
    How,
    Invitation,
    InvitationState,
    Meetup,
    MeetupKind,
    Member,
    Outcome,
    Partner,
    Payment,
    Purpose,
    Request,
    RequestKind,
    Stage,
    StageMove,
)
from matcher.storage import Store, work

PURPOSES = {
    Audience.MEDIA: Purpose.MEDIA, Audience.POLICY: Purpose.POLICY, Audience.OWN: Purpose.OWN_EVENTS,
}  # fmt: skip
FIRST = datetime(2025, 6, 29, 22, 30, tzinfo=UTC)  # half past eleven at night in London
NO = (Answer.NO_THIS_TIME, Answer.CANNOT_MAKE_DATE, Answer.STOP_KIND, Answer.STOP_ALL, None)


class Post(NamedTuple):
    """A request of the history."""

    audience: Audience
    amount: float | None
    day: int
    stage: Stage
    kind: RequestKind


class Ask(NamedTuple):
    """An ask of the history: whom and about what by place, made on a day, ended so many days later."""

    member: int
    request: int
    volunteered: bool
    day: int
    state: InvitationState
    later: int
    outcome: Outcome | None
    answer: Answer | None
    channel: str | None


days = st.integers(0, 200)
members = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["East Midlands", "London", "Wales", "Scotland", "", None]),
        "country": st.sampled_from(["England", "Wales", None]),
        "start_year": st.sampled_from([None, 1990, 2016, 2017, 2022, 2023, 2025]),
        "employer_type": st.sampled_from(["council in-house", "franchise", None]),
        "contract_type": st.sampled_from(["zero hours", "part time", "", None]),
        "joined_on": st.one_of(st.none(), days.map(lambda day: (FIRST + timedelta(days=day)).date())),
        "created_at": days.map(lambda day: FIRST + timedelta(days=day)),
        "heard_via": st.sampled_from(["Facebook", "facebook", "a friend", " ", None]),
        "partner_id": st.sampled_from([1, 2, None, None]),
    }
)
posts = st.builds(
    Post, st.sampled_from(list(PURPOSES)), st.sampled_from([0.0, 25.0, None]), days,
    st.sampled_from([Stage.NEW, Stage.ASKING, Stage.INTRODUCED, Stage.DONE, Stage.NOT_A_REQUEST]),
    st.sampled_from([RequestKind.REQUEST, RequestKind.REQUEST, RequestKind.NEWSLETTER]),
)  # fmt: skip
asks = st.builds(
    Ask, st.integers(0, 7), st.integers(0, 4), st.booleans(), days, st.sampled_from(InvitationState), days,
    st.sampled_from([*Outcome, None]), st.sampled_from(NO), st.sampled_from(["whatsapp", "", None]),
)  # fmt: skip


class Date(NamedTuple):
    """A meet-up of the history: its kind and day, which members came, and how many others."""

    kind: MeetupKind
    day: int
    cancelled: bool
    came: frozenset[int]
    walk_ins: int


dates = st.builds(
    Date, st.sampled_from(MeetupKind), st.integers(0, 330), st.sampled_from([False, False, True]),
    st.frozensets(st.integers(0, 13), max_size=14), st.integers(0, 6),
)  # fmt: skip
questions = st.tuples(st.sampled_from(["pay", "training", "other"]), days, st.one_of(st.none(), st.integers(0, 13)))
People = list[dict[str, Any]]
Posts = list[Post]
Asks = list[Ask]


def write(store: Store, people: People, posted: Posts, asked: Asks) -> None:
    """Write a history into a store."""
    with work(store, "a history") as unit:
        library = Partner(name="Library", created_at=unit.now)
        spelling = Partner(name="The library", created_at=unit.now, merged_into=1)
        unit.session.add_all([library, spelling])
        unit.session.flush()
        rows = [Member(first_name=f"Member {place}", **one) for place, one in enumerate(people)]
        unit.session.add_all(rows)
        unit.session.flush()
        for row in rows:
            record(
                unit,
                *(Permission(row.id, one, Decision.GIVEN, FIRST, How.PHONE, "said") for one in PURPOSES.values()),
            )
        for post in posted:
            _add_request(unit.session, post)
        unit.session.flush()
        pairs = {(ask.member % len(rows), ask.request % len(posted)): ask for ask in asked}
        unit.session.add_all(
            _invitation(ask, rows[member].id, request + 1) for (member, request), ask in pairs.items()
        )


def write_life(store: Store, members: int, held: list[Date], asked: list[tuple[str, int, int | None]]) -> None:
    """Write meet-ups, who came to them, and members' questions; members are the first of the store."""
    with work(store, "their own life") as unit:
        for one in held:
            at = FIRST + timedelta(days=one.day)
            meetup = Meetup(title="Tea", starts_at=at, kind=one.kind, cancelled_at=at if one.cancelled else None)
            unit.session.add(meetup)
            unit.session.flush()
            who = {place % members + 1 for place in one.came}
            unit.session.add_all(Attendance(meetup_id=meetup.id, member_id=member) for member in who)
            unit.session.add_all(Attendance(meetup_id=meetup.id) for _ in range(one.walk_ins))
        for about, day, place in asked:
            member = None if place is None else place % members + 1
            unit.session.add(Enquiry(about=about, received_at=FIRST + timedelta(days=day), member_id=member))


def _add_request(session: Session, post: Post) -> None:
    at = FIRST + timedelta(days=post.day)
    request = Request(received_at=at, created_at=at, stage=post.stage, kind=post.kind)
    request.brief = Brief(title="Nights", audience=post.audience, payment=Payment(amount=post.amount))
    session.add(request)
    session.flush()
    if post.stage is Stage.INTRODUCED:
        session.add(StageMove(request_id=request.id, stage=post.stage, at=at + timedelta(days=9)))


def _invitation(ask: Ask, member_id: int, request_id: int) -> Invitation:
    at, later = FIRST + timedelta(days=ask.day), ask.later
    made = ask.state is not InvitationState.TO_ASK
    answered = made and ask.state is not InvitationState.ASKED
    yes = ask.state in (InvitationState.YES, InvitationState.DONE)
    outcome = (ask.outcome or Outcome.TOOK_PART) if ask.state is InvitationState.DONE else None
    ended = (at + timedelta(days=later)).date()
    part = ended if outcome is Outcome.TOOK_PART else None
    return Invitation(
        member_id=member_id,
        request_id=request_id,
        state=ask.state,
        volunteered=ask.volunteered,
        channel=ask.channel,
        asked_at=at if made else None,
        answered_at=at + timedelta(hours=later) if answered else None,
        answer=Answer.YES if yes else ask.answer if answered else None,
        outcome=outcome,
        outcome_on=ended if outcome else None,
        paid_on=part if later % 3 == 0 else None,
        payment_declined_on=part if later % 3 == 1 else None,
        introduced_on=ended if yes and later % 2 else None,
        heard_back_on=part if later % 2 else None,
    )
