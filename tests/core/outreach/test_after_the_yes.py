"""After the yes: reminded, introduced, took part, paid, thanked, told what came of it, closed; and what is owed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.consent import undo, verdicts, withdraw
from matcher.errors import UserError
from matcher.model import (
    Answer,
    Decision,
    Format,
    InvitationState,
    Member,
    Outcome,
    Payment,
    PeopleWanted,
    Request,
    Requester,
    Session,
    Stage,
)
from matcher.outreach import (
    AskFact,
    LeftOut,
    MessageKind,
    ask,
    ask_anyway,
    asks,
    close,
    closing,
    next_lot,
    note_fact,
    note_feedback,
    note_findings,
    note_requester_feedback,
    owed,
    participation,
    pick_session,
    places,
    record_outcome,
    reply,
    sessions_of,
    timeline,
    to_nudge,
    to_remind,
    to_tell,
    to_thank,
    unsettled,
    write_emails,
)
from matcher.storage import reading, request_of, work
from matcher.triage import edit_brief, list_requesters

if TYPE_CHECKING:
    from tests.conftest import Network

At = Callable[[str], datetime]
DAYS = (Session(date(2026, 12, 1), time="10:00", place="Leeds"), Session(date(2026, 12, 2), time="18:00"))


@pytest.fixture
def agreed(network: "Network", frozen: datetime) -> tuple["Network", int, list[int]]:
    """Three who said yes to a paid request with two dates; the first two picked one."""
    people = [network.willing(name, phone=f"07700 90012{n}") for n, name in enumerate(("Ada", "Bea", "Cai"))]
    request = network.request(
        requester="Sam Okoro", contact="sam@example.org", sessions=DAYS, payment=Payment(amount=25, kind="voucher")
    )
    with work(network.store, "who asks") as unit:
        who = Requester(name="Sam Okoro", contact="sam@example.org", organisation="Seven", created_at=unit.now)
        unit.session.add(who)
        unit.session.flush()
        request_of(unit.session, request).requester_id = who.id
    network.shortlist(request, *people)
    ask(network.store, request)
    for member, session in zip(people, ("2026-12-01 10:00 Leeds", "2026-12-02 18:00", ""), strict=True):
        reply(network.store, request, member, Answer.YES, session=session)
    return network, request, people


def names(words: tuple[object, ...]) -> list[str]:
    return [word.name for word in words]  # type: ignore[attr-defined]


def test_the_day_before_those_are_reminded_who_picked_it(agreed: tuple["Network", int, list[int]], at: At) -> None:
    network, request, people = agreed
    at("2026-11-30T09:00+00:00")
    (word,) = to_remind(network.store)
    assert (word.name, word.day) == ("Ada", date(2026, 12, 1))
    assert "Tue 1 Dec 10:00 Leeds" in word.message
    note_fact(network.store, request, [people[0]], AskFact.REMINDED)
    assert to_remind(network.store) == ()
    assert names(to_remind(network.store, on=date(2026, 12, 2))) == ["Bea"]


def test_who_does_not_answer_is_asked_once_more_and_only_once(network: "Network", at: At) -> None:
    at("2026-11-23T09:00+00:00")
    ada, request = network.willing("Ada", phone="07700 900123"), network.request()
    ask(network.store, request, [ada])
    at("2026-11-26T09:00+00:00")
    assert to_nudge(network.store) == ()
    at("2026-11-27T09:00+00:00")
    (word,) = to_nudge(network.store)
    assert "only ask once more" in word.message
    assert word.day == date(2026, 11, 23)
    note_fact(network.store, request, [ada], AskFact.NUDGED)
    assert to_nudge(network.store) == ()
    reply(network.store, request, ada, Answer.YES)
    with pytest.raises(UserError, match="not waiting"):
        note_fact(network.store, request, [ada], AskFact.NUDGED)


def test_who_has_since_said_what_keeps_them_from_it_is_not_asked_again(network: "Network", at: At) -> None:
    at("2026-11-23T09:00+00:00")
    ada = network.willing("Ada", phone="07700 900123")
    request = network.request(format=Format.RECORDED_BROADCAST)
    ask(network.store, request, [ada])
    at("2026-11-27T09:00+00:00")
    assert names(to_nudge(network.store)) == ["Ada"]
    with work(network.store, "she wants no recording") as unit:
        unit.session.get_one(Member, ada).conditions = ["no_recording"]
    assert to_nudge(network.store) == ()


def test_nobody_who_withdrew_is_due_any_word(agreed: tuple["Network", int, list[int]], at: At) -> None:
    network, request, people = agreed
    at("2026-12-03T09:00+00:00")
    record_outcome(network.store, request, people, Outcome.TOOK_PART, date(2026, 12, 1))
    withdraw(network.store, people[0])
    assert names(to_thank(network.store)) == ["Bea", "Cai"]


def test_from_taking_part_to_hearing_what_came_of_it(agreed: tuple["Network", int, list[int]], at: At) -> None:
    network, request, people = agreed
    note_fact(network.store, request, people, AskFact.INTRODUCED)
    with reading(network.store) as session:
        assert session.get_one(Request, request).stage is Stage.INTRODUCED
    at("2026-12-03T09:00+00:00")
    record_outcome(network.store, request, people[:2], Outcome.TOOK_PART, date(2026, 12, 1))
    record_outcome(network.store, request, people[2:], Outcome.CANCELLED_BY_REQUESTER)
    assert [row.state for row in asks(network.store, request)] == [InvitationState.DONE] * 3
    assert names(to_thank(network.store)) == ["Ada", "Bea"]
    assert "voucher" in closing(network.store, request).promised
    note_fact(network.store, request, people[:1], AskFact.PAID, how="voucher")
    note_fact(network.store, request, people[1:2], AskFact.PAYMENT_DECLINED)
    note_fact(network.store, request, people[:2], AskFact.THANKED)
    note_feedback(network.store, request, people[0], "They listened.")
    assert to_tell(network.store) == (), "nothing came of it yet"
    note_findings(network.store, request, "A report, with a page on travel time.")
    told = to_tell(network.store)
    assert names(told) == ["Ada", "Bea"]
    assert "a page on travel time" in told[0].message
    note_fact(network.store, request, people[:2], AskFact.HEARD_BACK)
    note_requester_feedback(network.store, request, "Paid within a week.")
    found = closing(network.store, request)
    assert (found.left, found.owed) == ((), ())
    close(network.store, request, "Went well.")
    assert closing(network.store, request).stage is Stage.DONE
    with pytest.raises(UserError, match="closed already"):
        close(network.store, request)
    (record,) = (row.record for row in list_requesters(network.store))
    assert (record.done, record.took_part, record.paid, record.to_pay, record.cancelled) == (1, 2, 1, 0, 1)
    (part,) = participation(network.store, people[0])
    assert (part.ask.outcome, part.ask.feedback, part.ask.paid_how) == (
        Outcome.TOOK_PART, "They listened.", "voucher",
    )  # fmt: skip
    assert part.session == "Tue 1 Dec 10:00 Leeds"
    hers_so_far = [
        "Asked", "Answered “Yes”", "Given the requester's details", "Took part", "Paid: voucher",
        "Told what came of it", "Thanked",
    ]  # fmt: skip
    assert [event.what for event in part.facts] == hers_so_far
    hers = [event for event in timeline(network.store, request) if event.name == "Ada"]
    assert [event.what for event in hers] == hers_so_far
    assert [event.sentence for event in hers] == [
        "Ada was asked", "Ada answered “Yes”", "Ada was given the requester's details", "Ada took part",
        "Ada was paid: voucher", "Ada was told what came of it", "Ada was thanked",
    ]  # fmt: skip


def test_what_is_owed_counts_as_late_after_some_days(agreed: tuple["Network", int, list[int]], at: At) -> None:
    network, request, people = agreed
    note_fact(network.store, request, people, AskFact.INTRODUCED)
    assert owed(network.store) == ()
    at("2026-12-16T09:00+00:00")
    (late,) = owed(network.store)
    assert (late.debt, late.member_ids, late.requester) == ("answer", tuple(people), "Sam Okoro")
    record_outcome(network.store, request, people, Outcome.TOOK_PART, date(2026, 12, 1))
    assert [one.debt for one in owed(network.store)] == ["payment"]
    note_fact(network.store, request, people, AskFact.PAID)
    at("2027-03-16T09:00+00:00")
    assert [one.debt for one in owed(network.store)] == ["findings"]
    assert "has not said what came of it (3 people, since Tue 1 Dec)" in owed(network.store)[0].sentence


@pytest.mark.parametrize("fact", [AskFact.PAID, AskFact.THANKED, AskFact.REMINDED, AskFact.INTRODUCED])
def test_nothing_of_the_kind_can_be_before_a_yes(network: "Network", fact: AskFact) -> None:
    ada, request = network.willing("Ada"), network.request()
    ask(network.store, request, [ada])
    with pytest.raises(UserError, match="has not said yes"):
        note_fact(network.store, request, [ada], fact)
    with pytest.raises(UserError, match="has not said yes"):
        record_outcome(network.store, request, [ada], Outcome.TOOK_PART)


def test_one_wrong_name_and_nothing_is_noted(agreed: tuple["Network", int, list[int]]) -> None:
    network, request, people = agreed
    with pytest.raises(UserError, match="was not asked"):
        note_fact(network.store, request, [people[0], network.willing("Zoe")], AskFact.THANKED)
    assert asks(network.store, request)[0].thanked_on is None
    with pytest.raises(UserError, match="still to come"):
        note_fact(network.store, request, people, AskFact.THANKED, date(2027, 1, 1))
    with pytest.raises(UserError, match="still to come"):
        record_outcome(network.store, request, people, Outcome.TOOK_PART, date(2027, 1, 1))
    with pytest.raises(UserError, match="Nobody"):
        note_fact(network.store, request, [], AskFact.THANKED)


def test_an_outcome_is_taken_back(agreed: tuple["Network", int, list[int]]) -> None:
    network, request, people = agreed
    step = record_outcome(network.store, request, people[:1], Outcome.DID_NOT_ATTEND)
    undo(network.store, step)
    assert asks(network.store, request)[0].state is InvitationState.YES
    record_outcome(network.store, request, people[:1], Outcome.DID_NOT_ATTEND)
    record_outcome(network.store, request, people[:1], None)
    row = asks(network.store, request)[0]
    assert (row.state, row.outcome, row.outcome_on) == (InvitationState.YES, None, None)


def test_a_no_to_what_is_settled_changes_nothing_but_a_stop_is_heard(
    agreed: tuple["Network", int, list[int]],
) -> None:
    network, request, people = agreed
    record_outcome(network.store, request, people, Outcome.TOOK_PART)
    with pytest.raises(UserError, match="recorded already"):
        reply(network.store, request, people[0], Answer.NO_THIS_TIME)
    reply(network.store, request, people[0], Answer.STOP_ALL)
    row = asks(network.store, request)[0]
    assert (row.state, row.answer) == (InvitationState.DONE, Answer.YES)
    assert network.state(people[0]) == "withdrawn"


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED_BY_REQUESTER, Outcome.COULD_NOT_ATTEND])
def test_a_cancelled_day_or_a_moved_shift_is_not_held_against_her(
    network: "Network", frozen: datetime, outcome: Outcome
) -> None:
    ada, first, second = network.willing("Ada"), network.request(), network.request()
    ask(network.store, first, [ada])
    reply(network.store, first, ada, Answer.YES)

    def rule() -> str:
        with reading(network.store) as session:
            return verdicts(session, request_of(session, second), frozen.date())[ada].rule

    assert rule() == "resting"
    record_outcome(network.store, first, [ada], outcome)
    assert rule() == ""
    record_outcome(network.store, first, [ada], Outcome.TOOK_PART)
    assert rule() == "resting"


def test_the_next_of_the_reserve_comes_when_somebody_cannot(network: "Network") -> None:
    people = [network.willing(name) for name in ("Ada", "Bea", "Cai", "Dee")]
    request = network.request()
    network.shortlist(request, *people, reserves=2)
    ask(network.store, request)
    assert places(network.store, request).short_by == 0
    reply(network.store, request, people[0], Answer.CANNOT_MAKE_DATE)
    left = places(network.store, request)
    assert (left.short_by, left.next_reserve, left.reserves_left) == (1, people[2], 2)
    ask(network.store, request, [people[2]])
    assert places(network.store, request).short_by == 0
    reply(network.store, request, people[2], Answer.YES)
    record_outcome(network.store, request, [people[2]], Outcome.COULD_NOT_ATTEND)
    left = places(network.store, request)
    assert (left.short_by, left.next_reserve) == (1, people[3])
    withdraw(network.store, people[3])
    assert places(network.store, request).next_reserve is None


def test_who_may_not_be_asked_any_more_leaves_a_place_free(network: "Network") -> None:
    people = [network.willing(name) for name in ("Ada", "Bea", "Cai")]
    request = network.request(people_wanted=PeopleWanted(max=2))
    network.shortlist(request, *people, reserves=1)
    withdraw(network.store, people[0])
    left = places(network.store, request)
    assert (left.short_by, left.next_reserve) == (1, people[2])


@pytest.mark.parametrize(
    ("wanted", "in_all", "room"),
    [
        (PeopleWanted(), 1, None),
        (PeopleWanted(min=4, max=6), 6, None),
        (PeopleWanted(min=4), 4, None),
        (PeopleWanted(max=8, per_place=True), 16, 8),
    ],
)
def test_how_many_are_wanted_in_all_and_for_each_date(
    network: "Network", wanted: PeopleWanted, in_all: int, room: int | None
) -> None:
    request = network.request(sessions=DAYS, people_wanted=wanted, places=("Leeds", "York"))
    network.shortlist(request, network.willing("Ada"))
    assert places(network.store, request).wanted == in_all
    assert [one.room for one in sessions_of(network.store, request)] == [room, room]


def test_a_full_date_is_refused_unless_it_is_to_be_all_the_same(
    agreed: tuple["Network", int, list[int]],
) -> None:
    network, request, people = agreed
    with reading(network.store) as session:
        brief = request_of(session, request).brief
    edit_brief(network.store, request, replace(brief, people_wanted=PeopleWanted(max=1, per_place=True)))
    first, second = (one.key for one in DAYS)
    assert [one.full for one in sessions_of(network.store, request)] == [True, True]
    with pytest.raises(UserError, match="is full: 1 of 1"):
        pick_session(network.store, request, people[2], first)
    with pytest.raises(UserError, match="is full: 1 of 1"):
        reply(network.store, request, people[2], Answer.YES, session=first)
    pick_session(network.store, request, people[0], first)
    reply(network.store, request, people[0], Answer.YES, session=first)
    record_outcome(network.store, request, [people[0]], Outcome.COULD_NOT_ATTEND)
    pick_session(network.store, request, people[2], first)
    pick_session(network.store, request, people[2], second, anyway=True)
    assert [len(one.member_ids) for one in sessions_of(network.store, request)] == [1, 2]


def test_ten_at_a_time_and_nobody_who_wants_to_be_asked_alone(network: "Network") -> None:
    people = [network.willing(f"P{number}") for number in range(13)]
    network.say(people[4], Decision.ASK_FIRST)
    request = network.request()
    network.shortlist(request, *people, reserves=1)
    first = next_lot(network.store, request)
    assert first == tuple(people[n] for n in (0, 1, 2, 3, 5, 6, 7, 8, 9, 10))
    ask(network.store, request, first)
    second = next_lot(network.store, request)
    assert second == (people[11],)
    ask(network.store, request, second)
    assert next_lot(network.store, request) == ()
    ask(network.store, request, [people[4]])
    assert len(unsettled(network.store)) == 12


def test_who_is_asked_anyway_is_in_the_next_lot(network: "Network", frozen: datetime) -> None:
    ada, first, second = network.willing("Ada"), network.request(), network.request()
    ask(network.store, first, [ada])
    network.shortlist(second, ada)
    ask_anyway(network.store, second, ada, "She asked for it")
    assert next_lot(network.store, second) == (ada,)


def test_what_comes_next_for_everybody(agreed: tuple["Network", int, list[int]]) -> None:
    network, request, people = agreed
    note_fact(network.store, request, people[:2], AskFact.INTRODUCED)
    record_outcome(network.store, request, people[:1], Outcome.TOOK_PART)
    assert [one.next_step for one in unsettled(network.store)] == [
        "waiting to be paid", "record what came of it", "introduce",
    ]  # fmt: skip
    note_fact(network.store, request, people[:1], AskFact.PAID)
    assert unsettled(network.store)[0].next_step == "thank"
    note_fact(network.store, request, people[:1], AskFact.THANKED)
    close(network.store, request)
    assert unsettled(network.store) == ()


def test_thanks_as_drafts_to_those_reached_by_mail(network: "Network", tmp_path: Path, frozen: datetime) -> None:
    by_mail, by_phone = (
        network.willing("Ada", email="ada@example.org"),
        network.willing("Bea", phone="07700 900123"),
    )
    request = network.request()
    for one in (by_mail, by_phone):
        ask(network.store, request, [one])
        reply(network.store, request, one, Answer.YES)
    record_outcome(network.store, request, [by_mail, by_phone], Outcome.TOOK_PART)
    made = write_emails(network.store, request, tmp_path, MessageKind.THANKS)
    assert [Path(path).name for path in made.paths] == [f"R{request}-M{by_mail}-thanks.eml"]
    assert made.left_out == (LeftOut(by_phone, "Bea", "is reached by WhatsApp"),)
    assert b"Thank you for taking part" in Path(made.paths[0]).read_bytes()
    with pytest.raises(UserError, match="reached by e-mail"):
        write_emails(network.store, request, tmp_path, MessageKind.NUDGE)
    withdraw(network.store, by_mail)
    with pytest.raises(UserError, match="reached by e-mail"):
        write_emails(network.store, request, tmp_path, MessageKind.THANKS)


def test_what_is_said_of_an_unpaid_request_is_no_promise(network: "Network") -> None:
    unpaid = network.request(payment=Payment(amount=0, text="Sorry no, we're two people and a microphone."))
    assert closing(network.store, unpaid).promised == "nothing"
    assert closing(network.store, network.request(payment=Payment(text="A mug"))).promised == "A mug"
