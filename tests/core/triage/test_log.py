"""Logging into a store: who asks, updates, what is no request, and nothing twice."""

from datetime import datetime
from pathlib import Path

import pytest

from matcher import clock, triage
from matcher.consent import undo
from matcher.errors import UserError
from matcher.files.readers.documents import Document, read_document, read_text
from matcher.model import Audience, Brief, Requester, RequestKind, Stage
from matcher.storage import reading, recent_batches
from matcher.storage.store import Store

REQUESTS = Path(__file__).parent / "requests"


def log(store: Store, name: str, received: str) -> triage.LoggedRequest:
    path = REQUESTS / name
    document = read_document(path)
    at = clock.instant(received)
    return triage.log_request(store, triage.read_request(document, at), document, path.read_bytes(), at)


def test_a_request_is_kept_with_its_requester_and_its_original(store: Store) -> None:
    logged = log(store, "committee.eml", "2026-01-12T10:05")
    page = triage.show_request(store, logged.id)
    assert (page.kind, page.stage) == (RequestKind.REQUEST, Stage.NEW)
    assert page.brief == logged.brief
    assert page.evidence == logged.evidence
    assert page.flags == logged.flags
    assert [move.stage for move in page.moves] == [Stage.NEW]
    assert triage.original_of(store, page.originals[0].stored_as) == (REQUESTS / "committee.eml").read_bytes()
    with reading(store) as session:
        requester = session.get_one(Requester, page.requester_id)
        assert requester.name == "Priya Hargreaves-Lund"


def test_originals_are_not_in_the_clear(store: Store) -> None:
    log(store, "committee.eml", "2026-01-12T10:05")
    assert all(b"Hargreaves" not in path.read_bytes() for path in store.path.rglob("*") if path.is_file())


def test_the_same_file_twice_is_refused_and_names_the_first(store: Store) -> None:
    first = log(store, "gazette.eml", "2026-03-03T11:20")
    with pytest.raises(UserError, match=f"R{first.id}"):
        log(store, "gazette.eml", "2026-03-04T09:00")
    assert len(triage.list_requests(store)) == 1
    assert len(list(store.files.iterdir())) == 1


def test_a_chaser_updates_the_request_it_chases(store: Store) -> None:
    first = log(store, "dissertation.eml", "2026-02-19T21:40")
    update = log(store, "chaser.eml", "2026-03-23T08:55")
    assert (update.kind, update.updates) == (RequestKind.UPDATE, first.id)
    assert update.brief.deadline is not None
    assert update.brief.deadline.isoformat() == "2026-04-03"
    assert (update.brief.people_wanted.min, update.brief.people_wanted.max) == (35, 35)
    assert update.brief.ethics.reference == "NM/2026/77"
    assert update.brief.duration_minutes == first.brief.duration_minutes
    assert triage.show_request(store, first.id).updated_by == (update.id,)
    with reading(store) as session:
        assert session.query(Requester).count() == 1


def test_an_answer_in_the_thread_is_an_update_whatever_it_is_called(store: Store) -> None:
    first = log(store, "gazette.eml", "2026-03-03T11:20")
    reply = (
        "From: Rhodri Pask <rhodri.pask@valleysgazette.example.org>\nSubject: one more thing\n"
        "In-Reply-To: <g1@valleysgazette.example.org>\nMessage-ID: <g2@valleysgazette.example.org>\n\n"
        "My deadline is now Friday 6 March.\n"
    )
    path = store.path.parent / "reply.eml"
    path.write_text(reply, encoding="utf-8")
    document = read_document(path)
    at = clock.instant("2026-03-04T08:00")
    update = triage.log_request(store, triage.read_request(document, at), document, path.read_bytes(), at)
    assert (update.kind, update.updates) == (RequestKind.UPDATE, first.id)
    assert update.brief.deadline is not None
    assert update.brief.deadline.isoformat() == "2026-03-06"


def read(name: str, received: str) -> tuple[triage.Draft, Document, bytes, datetime]:
    path, at = REQUESTS / name, clock.instant(received)
    document = read_document(path)
    return triage.read_request(document, at), document, path.read_bytes(), at


def test_what_it_carries_on_is_known_before_it_is_logged(store: Store) -> None:
    first = log(store, "dissertation.eml", "2026-02-19T21:40")
    draft, document, _, at = read("chaser.eml", "2026-03-23T08:55")
    chased = triage.carries_on(store, draft, document, at)
    assert chased is not None
    assert (chased.id, chased.title, chased.is_open) == (first.id, first.brief.title, True)
    assert chased.received == clock.instant("2026-02-19T21:40")
    other, letter, _, arrived = read("gazette.eml", "2026-03-03T11:20")
    assert triage.carries_on(store, other, letter, arrived) is None


def test_a_chaser_can_be_kept_as_a_request_of_its_own(store: Store) -> None:
    log(store, "dissertation.eml", "2026-02-19T21:40")
    kept = triage.log_request(store, *read("chaser.eml", "2026-03-23T08:55"), carries_on=None)
    assert (kept.kind, kept.updates, kept.stage) == (RequestKind.REQUEST, None, Stage.NEW)


def test_she_may_say_what_it_carries_on(store: Store) -> None:
    first = log(store, "gazette.eml", "2026-03-03T11:20")
    said = read("advisory.eml", "2026-03-05T09:00")
    update = triage.log_request(store, *said, carries_on=first.id)
    assert (update.kind, update.updates) == (RequestKind.UPDATE, first.id)
    again = triage.log_request(store, *read("radio.eml", "2026-03-06T09:00"), carries_on=update.id)
    assert again.updates == first.id
    with pytest.raises(UserError, match="R99"):
        triage.log_request(store, *read("union.eml", "2026-03-06T09:00"), carries_on=99)


def test_an_update_is_called_after_what_it_carries_on_and_what_is_new(store: Store) -> None:
    first = log(store, "dissertation.eml", "2026-02-19T21:40")
    update = log(store, "chaser.eml", "2026-03-23T08:55")
    assert update.brief.title.startswith(f"{first.brief.title} (update: ")
    assert update.brief.title.endswith("by 3 April)")


def test_no_request_is_logged_as_such_in_one_step_that_undo_takes_back(store: Store) -> None:
    logged = triage.log_request(
        store, *read("gazette.eml", "2026-03-03T11:20"), carries_on=None, stage=Stage.NOT_A_REQUEST
    )
    page = triage.show_request(store, logged.id)
    assert (logged.kind, logged.stage) == (RequestKind.REQUEST, Stage.NOT_A_REQUEST)
    assert [move.stage for move in page.moves] == [Stage.NOT_A_REQUEST]
    assert [step.id for step in recent_batches(store, 5)] == [logged.batch]
    undo(store, logged.batch)
    assert triage.list_requests(store) == ()


def test_an_edit_names_its_step_and_no_edit_has_none(store: Store) -> None:
    logged = triage.log_brief(store, Brief("Pay talk", Audience.SECTOR), clock.instant("2026-02-02"))
    assert triage.edit_brief(store, logged.id, logged.brief) is None
    step = triage.edit_brief(store, logged.id, Brief("Pay", Audience.SECTOR))
    assert step is not None
    undo(store, step)
    assert triage.show_request(store, logged.id).brief.title == "Pay talk"
    moved = triage.move_stage(store, logged.id, Stage.CHECKING)
    undo(store, moved)
    assert triage.show_request(store, logged.id).stage is Stage.NEW


@pytest.mark.parametrize(
    ("name", "kind"),
    [("newsletter.eml", RequestKind.NEWSLETTER), ("marketing.eml", RequestKind.MARKETING)],
)
def test_what_is_no_request_is_kept_closed(store: Store, name: str, kind: RequestKind) -> None:
    logged = log(store, name, "2026-02-09T13:00")
    assert (logged.kind, logged.stage) == (kind, Stage.NOT_A_REQUEST)


def test_a_brief_by_hand_and_its_correction(store: Store) -> None:
    brief = Brief("Pay talk", Audience.SECTOR, requester="Ann Tolliver", organisation="Example Union")
    logged = triage.log_brief(store, brief, clock.instant("2026-02-02"))
    again = triage.log_brief(store, brief, clock.instant("2026-02-03"))
    triage.edit_brief(store, logged.id, Brief("Pay talk, corrected", Audience.POLICY, requester="Ann Tolliver"))
    rows = {row.id: row for row in triage.list_requests(store)}
    assert (rows[logged.id].title, rows[logged.id].audience) == ("Pay talk, corrected", Audience.POLICY)
    assert rows[again.id].title == "Pay talk"
    assert triage.show_request(store, logged.id).requester_id == triage.show_request(store, again.id).requester_id


def test_correcting_a_fact_drops_its_evidence_only(store: Store) -> None:
    logged = log(store, "gazette.eml", "2026-03-03T11:20")
    brief = logged.brief
    changed = Brief(**{name: getattr(brief, name) for name in Brief.__dataclass_fields__} | {"deadline": None})
    triage.edit_brief(store, logged.id, changed)
    page = triage.show_request(store, logged.id)
    assert "deadline" not in page.evidence
    assert page.evidence["organisation"] == logged.evidence["organisation"]
    assert page.flags == logged.flags


def test_stages_move_only_as_they_may(store: Store) -> None:
    logged = log(store, "gazette.eml", "2026-03-03T11:20")
    triage.move_stage(store, logged.id, Stage.CHECKING, "rang him")
    with pytest.raises(UserError):
        triage.move_stage(store, logged.id, Stage.INTRODUCED)
    page = triage.show_request(store, logged.id)
    assert [(move.stage, move.note) for move in page.moves] == [(Stage.NEW, ""), (Stage.CHECKING, "rang him")]


def test_a_member_question_becomes_an_enquiry(store: Store) -> None:
    document = read_text((REQUESTS / "question.txt").read_text(encoding="utf-8"))
    at = clock.instant("2026-02-09T20:00")
    logged = triage.log_request(store, triage.read_request(document, at), document, None, at)
    assert (logged.kind, logged.stage) == (RequestKind.ENQUIRY, Stage.NOT_A_REQUEST)


@pytest.mark.parametrize(("text", "number"), [("R12", 12), ("r7", 7), (" 3 ", 3)])
def test_request_ids(text: str, number: int) -> None:
    assert triage.request_id(text) == number


@pytest.mark.parametrize("text", ["", "M12", "R", "R1.5", "twelve"])
def test_what_is_no_request_id(text: str) -> None:
    with pytest.raises(UserError):
        triage.request_id(text)


def test_an_unknown_request_is_a_clear_sentence(store: Store) -> None:
    with pytest.raises(UserError, match="R99"):
        triage.show_request(store, 99)
