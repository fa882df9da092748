"""Any history there can be, with merged and erased people in it: every figure is what a plain recount says."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests.conftest import Network, NewNetwork
from tests.core.insight import compare, recount

from matcher import insight
from matcher.consent import Permission, erase, record
from matcher.directory import merge_members
from matcher.model import (
    Answer,
    Audience,
    Brief,
    Decision,
    How,
    Invitation,
    InvitationState,
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
People = list[dict[str, Any]]
Posts = list[Post]
Asks = list[Ask]


def _write(store: Store, people: People, posted: Posts, asked: Asks) -> None:
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


@settings(max_examples=25, deadline=None, phases=(Phase.generate,))
@given(
    people=st.lists(members, min_size=1, max_size=8),
    posted=st.lists(posts, min_size=1, max_size=5),
    asked=st.lists(asks, max_size=25),
    merged=st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=2),
    erased=st.lists(st.integers(1, 8), max_size=2),
    since=st.one_of(st.none(), days),
    length=days,
)
def test_any_history(
    new_network: NewNetwork, people: People, posted: Posts, asked: Asks, merged: list[tuple[int, int]],
    erased: list[int], since: int | None, length: int,
) -> None:  # fmt: skip
    with new_network() as network:
        _write(network.store, people, posted, asked)
        aliases: set[int] = set()
        for keep, away in merged:
            if keep != away and max(keep, away) <= len(people) and not {keep, away} & aliases:
                merge_members(network.store, keep, away)
                aliases.add(away)
        gone: set[int] = set()
        for one in erased:
            if one <= len(people) and one not in gone | aliases:
                erase(network.store, one)
                gone.add(one)
        first = None if since is None else (FIRST + timedelta(days=since)).date()
        span = (first, (first or FIRST.date()) + timedelta(days=length))
        figures, every = insight.look(network.store, *span), recount.read(network.store)
        for figure in (
            compare.voices, compare.spread, compare.volunteers, compare.replies, compare.waits, compare.requesters,
            compare.growth,
        ):  # fmt: skip
            figure(figures, every, span)


def test_an_ask_late_in_the_evening_counts_for_its_london_day(network: Network) -> None:
    member, request = network.willing(), network.request()
    with work(network.store, "an ask") as unit:
        unit.session.add(
            Invitation(
                member_id=member,
                request_id=request,
                state=InvitationState.ASKED,
                asked_at=datetime(2026, 6, 30, 23, 15, tzinfo=UTC),
            )
        )
    assert insight.look(network.store, until=date(2026, 6, 30)).replies.total.asked == 0
    assert insight.look(network.store, date(2026, 7, 1), date(2026, 7, 1)).replies.total.asked == 1


def test_merged_records_are_one_person_and_erased_people_only_a_count(network: Network) -> None:
    kept, away, gone = (network.willing(name, region="Wales") for name in ("Ada", "Ada", "Bela"))
    request, other = network.request(), network.request()
    with work(network.store, "asks") as unit:
        for member, about in ((kept, request), (away, other), (gone, request)):
            unit.session.add(
                Invitation(member_id=member, request_id=about, state=InvitationState.ASKED, asked_at=unit.now)
            )
    merge_members(network.store, kept, away)
    erase(network.store, gone)
    figures = insight.look(network.store)
    (wales,) = (row for row in figures.voices[0].rows if row.value == "Wales")
    (unknown,) = (row for row in figures.voices[0].rows if row.value is None)
    assert (wales.everywhere.members, wales.everywhere.asked, wales.asks) == (1, 1, 2)
    assert (unknown.everywhere.members, unknown.everywhere.asked, unknown.asks) == (0, 1, 1)
    assert [(one.member_id, one.asks) for one in figures.spread.most_asked] == [(kept, 2)]
    assert (figures.spread.people, figures.growth.erased[-1]) == (1, 1)
