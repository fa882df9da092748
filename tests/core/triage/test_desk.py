"""Stages, merging, reminders and the calendar, requesters, members' questions."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.conftest import Network, NewNetwork

from matcher import clock, triage
from matcher.consent import undo
from matcher.errors import UserError
from matcher.files.readers.documents import read_document, read_text
from matcher.files.writers.calendar import Entry, calendar_bytes
from matcher.model import (
    CLOSED,
    Audience,
    Brief,
    FactKind,
    Invitation,
    InvitationState,
    Outcome,
    Payment,
    PeopleWanted,
    Purpose,
    RequestFile,
    RequestKind,
    Session,
    Stage,
)
from matcher.model.words import NEXT_STAGES
from matcher.storage import reading, work
from matcher.storage.store import Store

REQUESTS = Path(__file__).parent / "requests"
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def log(store: Store, name: str, at: datetime = AT, **how: Any) -> triage.LoggedRequest:
    document = read_document(REQUESTS / name)
    return triage.log_request(store, triage.read_request(document, at), document, None, at, **how)


# Stages


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(Stage), max_size=12))
def test_a_request_walks_only_along_the_table_and_every_move_is_kept(
    new_network: NewNetwork, wanted: list[Stage]
) -> None:
    with new_network() as network:
        request = triage.log_brief(network.store, Brief("Rotas"), AT).id
        walked = [Stage.NEW]
        for stage in wanted:
            if stage in NEXT_STAGES[walked[-1]]:
                triage.move_stage(network.store, request, stage)
                walked.append(stage)
            else:
                with pytest.raises(UserError):
                    triage.move_stage(network.store, request, stage)
        moves = triage.show_request(network.store, request).moves
        assert [move.stage for move in moves] == walked
        assert [move.at for move in moves] == sorted(move.at for move in moves)


def test_from_every_stage_there_is_a_way_to_the_end_and_back() -> None:
    for stage in Stage:
        assert NEXT_STAGES[stage]
        assert stage not in NEXT_STAGES[stage]
        assert stage in CLOSED or Stage.DECLINED in NEXT_STAGES[stage]


# Merging


CHASED = Brief(
    "Night visits", Audience.ACADEMIC, requester="Imogen Farrell", contact="i.farrell@calder.example",
    deadline=date(2026, 11, 30), people_wanted=PeopleWanted(max=30), payment=Payment(30, kind="voucher"),
)  # fmt: skip
CHASER = """From: Imogen Farrell <i.farrell@calder.example>
Subject: Re: Night visits

Dear Ruth,

Just following up: we still need 11 care workers and the deadline is now Friday 4 December.

Imogen Farrell
"""


def chaser(tmp_path: Path) -> Any:
    path = tmp_path / "chaser.eml"
    path.write_text(CHASER, encoding="utf-8")
    return read_document(path)


def test_what_a_chaser_changes_is_offered_and_taken_in_one_step(
    store: Store, tmp_path: Path, frozen: datetime
) -> None:
    first = triage.log_brief(store, CHASED, AT).id
    document = chaser(tmp_path)
    draft = triage.read_request(document, AT)
    found = triage.carries_on(store, draft, document, AT)
    assert found is not None
    assert found.id == first
    changes = {change.field: change for change in triage.changes_of_draft(store, draft, found.id)}
    assert changes["deadline"].after == date(2026, 12, 4)
    assert changes["people_wanted"].after.max == 11
    assert "payment" not in changes
    logged = triage.log_request(store, draft, document, None, AT, carries_on=first, merging=["deadline"])
    assert triage.show_request(store, first).brief.deadline == date(2026, 12, 4)
    assert triage.show_request(store, first).brief.people_wanted == CHASED.people_wanted
    merged = triage.show_request(store, logged.id)
    assert (merged.stage, merged.updates) == (Stage.MERGED, first)
    assert merged.moves[-1].note == f"Merged into R{first}; changed there: deadline."
    undo(store, logged.batch)
    assert triage.show_request(store, first).brief.deadline == date(2026, 11, 30)
    assert len(triage.list_requests(store)) == 1


def test_a_logged_update_is_merged_later(store: Store, tmp_path: Path, frozen: datetime) -> None:
    first = triage.log_brief(store, CHASED, AT).id
    document = chaser(tmp_path)
    update = triage.log_request(store, triage.read_request(document, AT), document, None, AT)
    assert update.kind is RequestKind.UPDATE
    assert {change.field for change in triage.changes_of_update(store, update.id)} >= {"deadline", "people_wanted"}
    triage.merge_update(store, update.id)
    brief = triage.show_request(store, first).brief
    assert (brief.deadline, brief.people_wanted.max, brief.title) == (date(2026, 12, 4), 11, "Night visits")
    with pytest.raises(UserError):
        triage.merge_update(store, update.id)


def test_what_carries_nothing_on_cannot_be_merged(store: Store) -> None:
    request = triage.log_brief(store, Brief("Rotas"), AT).id
    with pytest.raises(UserError, match="carries on no other"):
        triage.merge_update(store, request)
    assert triage.show_request(store, request).stage is Stage.NEW


# Reminders and the calendar


def test_what_is_due_comes_in_order_and_a_reminder_is_done(store: Store, frozen: datetime) -> None:
    sessions = (Session(date(2026, 12, 1), time="10:00", place="Leeds"), Session(date(2026, 12, 3)))
    request = triage.log_brief(store, Brief("Rotas", deadline=date(2026, 11, 27), sessions=sessions), AT).id
    triage.add_reminder(store, request, date(2026, 11, 25), "  ring \n him ")
    due = triage.what_is_due(store)
    assert [(one.kind, one.on.day) for one in due] == [
        ("reminder", 25), ("deadline", 27), ("session", 1), ("session", 3)
    ]  # fmt: skip
    assert due[0].what == "ring him"
    assert len(triage.what_is_due(store, until=date(2026, 11, 27))) == 2
    triage.finish_reminder(store, due[0].id)
    assert triage.finish_reminder(store, due[0].id) is None
    triage.move_stage(store, request, Stage.DECLINED)
    assert triage.what_is_due(store) == ()
    with pytest.raises(UserError, match="says nothing"):
        triage.add_reminder(store, request, date(2026, 11, 25), " ")


def test_the_calendar_holds_what_is_to_come(store: Store, frozen: datetime, tmp_path: Path) -> None:
    path = tmp_path / "requests.ics"
    with pytest.raises(UserError, match="Nothing is due"):
        triage.write_calendar(store, path)
    assert not path.exists()
    triage.log_brief(store, Brief("Rotas, late\nshifts; and “more”", deadline=date(2026, 12, 4)), AT)
    triage.log_brief(store, Brief("Long gone", deadline=date(2026, 11, 1)), AT)
    assert triage.write_calendar(store, path) == 1
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "Names wanted: Rotas, late shifts; and “more”"
    assert event.decoded("DTSTART") == date(2026, 12, 4)
    again = tmp_path / "again.ics"
    triage.write_calendar(store, again)
    assert Calendar.from_ical(again.read_bytes()).walk("VEVENT")[0]["UID"] == event["UID"]


@given(st.text(max_size=60), st.text(max_size=60), st.dates())
def test_no_title_adds_a_line_to_a_calendar(title: str, more: str, on: date) -> None:
    if not date(1, 2, 1) < on < date(9999, 12, 1):
        return
    content = calendar_bytes([Entry("x@matcher", on, title, more)], name=title, made_at=AT)
    calendar = Calendar.from_ical(content)
    assert len(calendar.walk("VEVENT")) == 1
    names = {str(key) for key in calendar.walk("VEVENT")[0]}
    assert names <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}


# Requesters


def test_a_requesters_record_counts_facts(network: Network, frozen: datetime) -> None:
    store = network.store
    paid = triage.log_brief(store, CHASED, AT)
    triage.log_brief(store, Brief("Free", requester="Imogen Farrell", contact="I.Farrell@calder.example"), AT)
    members = [network.member(name) for name in ("Ada", "Bo", "Cy")]
    for member in members:
        network.say(member, purpose=Purpose.ACADEMIC)
    with work(store, "ask") as unit:
        for member, paid_on in zip(members, (date(2026, 11, 1), None, None), strict=True):
            network_state = InvitationState.DONE if member != members[2] else InvitationState.ASKED
            unit.session.add(
                Invitation(
                    request_id=paid.id, member_id=member, state=network_state, asked_at=unit.now,
                    outcome=Outcome.TOOK_PART if network_state is InvitationState.DONE else None, paid_on=paid_on,
                )
            )  # fmt: skip
    (row,) = triage.list_requesters(store)
    record = row.record
    assert (record.requests, record.open, record.asked, record.took_part) == (2, 2, 3, 2)
    assert (record.paid, record.to_pay, record.heard_back) == (1, 1, 0)
    triage.add_fact(store, row.id, FactKind.FINDINGS, date(2026, 11, 20), "Summary came by e-mail.")
    page = triage.show_requester(store, row.id)
    assert [(fact.kind, fact.words) for fact in page.facts] == [(FactKind.FINDINGS, "Summary came by e-mail.")]
    assert len(page.requests) == 2


def test_facts_are_of_days_that_were_and_say_something(store: Store, frozen: datetime) -> None:
    triage.log_brief(store, CHASED, AT)
    (row,) = triage.list_requesters(store)
    with pytest.raises(UserError, match="says nothing"):
        triage.add_fact(store, row.id, FactKind.PAID, date(2026, 11, 20), "")
    with pytest.raises(UserError, match="to come"):
        triage.add_fact(store, row.id, FactKind.PAID, date(2026, 11, 24), "Paid")
    with pytest.raises(UserError, match="no such requester"):
        triage.show_requester(store, 99)
    triage.edit_requester(
        store, row.id, name="Imogen F", role="", contact=row.contact, organisation="Calder", note=""
    )
    assert triage.show_requester(store, row.id).organisation == "Calder"
    with pytest.raises(UserError, match="name or an address"):
        triage.edit_requester(store, row.id, name=" ", role="", contact="", organisation="", note="")


# Members' questions


def test_a_question_keeps_what_it_is_about_and_not_its_words(network: Network) -> None:
    store = network.store
    member = network.member("Bev", email="bev@example.org")
    words = (REQUESTS / "question.txt").read_text(encoding="utf-8")
    document = read_text(f"From: Bev <bev@example.org>\n\n{words}")
    logged = triage.log_request(store, triage.read_request(document, AT), document, None, AT)
    assert logged.kind is RequestKind.ENQUIRY
    page = triage.show_request(store, logged.id)
    assert (page.brief.text, page.brief.requester, page.originals, page.requester_id) == ("", "", (), None)
    assert triage.list_requesters(store) == ()
    with reading(store) as session:
        assert session.query(RequestFile).count() == 0
    (question,) = triage.list_questions(store)
    assert (question.about, question.nation, question.urgent) == ("pay", "Wales", False)
    assert question.member_id in (None, member)


def test_places_are_those_of_the_nation() -> None:
    def names(about: str, nation: str, *, urgent: bool = False) -> list[str]:
        return [post.name for post in triage.signposts(about, nation, urgent=urgent)]

    assert names("pay", "Northern Ireland")[0] == "Labour Relations Agency"
    assert "Acas helpline" not in names("pay", "Northern Ireland")
    assert names("pay", "Scotland")[0] == "Acas helpline"
    regulators = {"England": "CQC", "Scotland": "Care Inspectorate", "Wales": "CIW", "Northern Ireland": "RQIA"}
    for nation, regulator in regulators.items():
        found = names("speaking up", nation)
        assert any(regulator in name for name in found)
        assert any("Protect" in name for name in found)
        assert not any(
            other in " ".join(found) for where, other in regulators.items() if where != nation and other.isupper()
        )
    urgent = triage.signposts("pay", "", urgent=True)
    assert all(post.checked for post in urgent if post.first and post.contact[0].isdigit())
    assert [post.contact for post in urgent[:2]] == ["999", "08000 121 700"]
    assert all(post.first for post in urgent[:2])
    assert not any(post.first for post in triage.signposts("danger or abuse", "England", urgent=False))
    assert all(post.source.startswith("https://") for post in triage.signposts("other", "", urgent=True))


def test_urgent_questions_come_first_and_answered_ones_last(network: Network, frozen: datetime) -> None:
    store = network.store
    for words, day in (
        ("My manager won't pay my mileage, is that allowed? I'm a carer in Leeds.", 18),
        ("I'm a carer, my boss took my passport and I'm trapped, please help", 20),
        ("I'm a carer and my rota changed, is that allowed? In Glasgow.", 19),
    ):
        document = read_text(words)
        at = datetime(2026, 11, day, 9, tzinfo=UTC)
        triage.log_request(store, triage.read_request(document, at), document, None, at)
    found = triage.list_questions(store)
    assert [one.urgent for one in found] == [True, False, False]
    assert [one.received.day for one in found] == [20, 18, 19]
    assert "08000 121 700" in found[0].reply
    step = triage.answer_question(store, found[0].id, "Helpline")
    assert triage.list_questions(store)[-1].id == found[0].id
    undo(store, step)
    triage.answer_question(store, found[1].id, "Acas", date(2026, 11, 30))
    assert [due.on for due in triage.what_is_due(store)] == [date(2026, 11, 30)]
    triage.change_question(
        store, found[2].id, about="pay", nation="Scotland", urgent=False, note="x", follow_up_on=None
    )
    with pytest.raises(UserError, match="one of England"):
        triage.change_question(
            store, found[2].id, about="pay", nation="Mars", urgent=False, note="", follow_up_on=None
        )
    with pytest.raises(UserError, match="under 400"):
        triage.change_question(
            store, found[2].id, about="pay", nation="", urgent=False, note="x" * 401, follow_up_on=None
        )
    assert clock.today() == date(2026, 11, 23)
