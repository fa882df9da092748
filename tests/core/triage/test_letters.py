"""Answers to requesters: firm, exact, safe to send, recorded; and their texts are hers to change."""

import email
from datetime import UTC, date, datetime
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import triage
from matcher.consent import undo
from matcher.errors import UserError
from matcher.files.readers.documents import read_document
from matcher.files.writers.letters import eml_bytes, filled, mailto
from matcher.model import Audience, Brief, LetterKind, OutFile, Payment, PeopleWanted, RequestKind, Stage
from matcher.storage import Settings, reading, save_settings
from matcher.storage.store import Store
from matcher.triage.letters import advise, chase_on

REQUESTS = Path(__file__).parent / "requests"
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
BRIEF = Brief(
    "Night visits", Audience.ACADEMIC, requester="Dr Imogen Farrell", contact="i.farrell@calder.example",
    payment=Payment(25, kind="voucher", text="£25 voucher"), people_wanted=PeopleWanted(6, 8),
    deadline=date(2026, 12, 4),
)  # fmt: skip


@pytest.fixture
def request_id(store: Store, frozen: datetime) -> int:
    save_settings(store, Settings("Lantern Network", "Ruth"))
    return triage.log_brief(store, BRIEF, AT).id


def test_ask_more_names_what_is_missing_and_nothing_else(store: Store, request_id: int) -> None:
    draft = triage.draft_letter(store, request_id, LetterKind.ASK_MORE)
    assert draft.to == "i.farrell@calder.example"
    assert draft.body.startswith("Dear Dr Imogen Farrell,")
    assert "Before I ask our members, I need" in draft.body
    assert "ethics approval" in draft.body
    assert "what people are paid" not in draft.body
    assert draft.body.endswith("Ruth\nLantern Network")
    assert "\n\n\n" not in draft.body


def test_every_letter_can_be_written_for_the_barest_request(store: Store, frozen: datetime) -> None:
    bare = triage.log_brief(store, Brief("Rotas"), AT).id
    for kind in LetterKind:
        draft = triage.draft_letter(store, bare, kind)
        assert draft.to == ""
        assert "Sir or Madam" in draft.body
        assert "Rotas" in draft.subject


def test_sending_is_recorded_and_moves_the_request(store: Store, request_id: int) -> None:
    draft = triage.draft_letter(store, request_id, LetterKind.ASK_MORE)
    step = triage.record_sent(store, request_id, draft)
    desk = triage.show_checks(store, request_id)
    assert desk.page.stage is Stage.CHECKING
    assert [(one.kind, one.body) for one in desk.sent] == [(LetterKind.ASK_MORE, draft.body)]
    assert [due.on for due in desk.due if due.kind == "reminder"] == [date(2026, 11, 30)]
    undo(store, step)
    desk = triage.show_checks(store, request_id)
    assert (desk.page.stage, desk.sent) == (Stage.NEW, ())
    assert all(due.kind == "deadline" for due in desk.due)


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        (LetterKind.ACCEPT, Stage.MATCHING), (LetterKind.ASK_MORE, Stage.CHECKING),
        (LetterKind.DECLINE, Stage.DECLINED), (LetterKind.SIGNPOST, Stage.DECLINED),
    ],
)  # fmt: skip
def test_each_answer_moves_it_where_it_belongs(
    store: Store, request_id: int, kind: LetterKind, stage: Stage
) -> None:
    triage.record_sent(store, request_id, triage.draft_letter(store, request_id, kind))
    assert triage.show_request(store, request_id).stage is stage


def test_a_later_answer_never_moves_it_back(store: Store, request_id: int) -> None:
    for stage in (Stage.MATCHING, Stage.ASKING):
        triage.move_stage(store, request_id, stage)
    triage.record_sent(store, request_id, triage.draft_letter(store, request_id, LetterKind.ASK_MORE))
    assert triage.show_request(store, request_id).stage is Stage.ASKING


def test_an_empty_letter_is_not_sent(store: Store, request_id: int) -> None:
    draft = triage.LetterDraft(LetterKind.ACCEPT, "", "x", "  ")
    with pytest.raises(UserError, match="empty"):
        triage.record_sent(store, request_id, draft)
    assert triage.show_request(store, request_id).stage is Stage.NEW


def test_marketing_is_turned_down_with_its_reasons(store: Store, frozen: datetime) -> None:
    document = read_document(REQUESTS / "marketing.eml")
    draft = triage.read_request(document, AT)
    logged = triage.log_request(store, draft, document, None, AT)
    desk = triage.show_checks(store, logged.id)
    assert desk.advice.kind is LetterKind.DECLINE
    assert "will not be passing it on" in desk.drafts[LetterKind.DECLINE].body


def test_a_newsletter_needs_no_answer() -> None:
    assert advise(RequestKind.NEWSLETTER, (), ()).kind is None


def test_chasing_is_sooner_for_media_and_never_after_the_deadline(frozen: datetime) -> None:
    assert chase_on(Audience.POLICY, None) == date(2026, 11, 30)
    assert chase_on(Audience.MEDIA, None) == date(2026, 11, 25)
    assert chase_on(Audience.POLICY, date(2026, 11, 26)) == date(2026, 11, 26)
    assert chase_on(Audience.POLICY, date(2026, 11, 1)) == date(2026, 11, 30)


def test_a_letter_becomes_a_draft_in_the_same_thread(store: Store, frozen: datetime, tmp_path: Path) -> None:
    document = read_document(REQUESTS / "gazette.eml")
    logged = triage.log_request(store, triage.read_request(document, AT), document, None, AT)
    draft = triage.draft_letter(store, logged.id, LetterKind.ASK_MORE)
    path = tmp_path / "answer.eml"
    triage.save_as_mail(store, logged.id, draft, path)
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    assert mail["To"] == draft.to
    assert mail["In-Reply-To"] == document.message_id or not document.message_id
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == draft.body
    with reading(store) as session:
        out = session.query(OutFile).one()
        assert (out.kind, out.state, out.members) == ("letter", "written", [])


def test_her_own_text(store: Store, request_id: int) -> None:
    text = "Dear {{ name }},\n{% for line in missing %}* {{ line }}\n{% endfor %}{{ sender }}"
    assert triage.save_letter_text(store, LetterKind.ASK_MORE, text) is not None
    assert triage.save_letter_text(store, LetterKind.ASK_MORE, text) is None
    assert "* The information sheet" in triage.draft_letter(store, request_id, LetterKind.ASK_MORE).body
    assert triage.save_letter_text(store, LetterKind.ASK_MORE, None) is not None
    assert triage.letter_texts(store)[LetterKind.ASK_MORE] == triage.usual_text(LetterKind.ASK_MORE)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "Dear {{ nmae }}", "{% for line in %}", "{{ name", "{{ ''.__class__.__mro__ }}", "{{ name.x() }}",
     "{{ 1 / 0 }}", "{% include '/etc/passwd' %}", "{% for n in range(10**9) %}x{% endfor %}"],
)  # fmt: skip
def test_a_text_that_cannot_be_sent_is_not_kept(store: Store, text: str) -> None:
    with pytest.raises(UserError):
        triage.save_letter_text(store, LetterKind.DECLINE, text)
    assert triage.letter_texts(store)[LetterKind.DECLINE] == triage.usual_text(LetterKind.DECLINE)


def test_a_word_that_is_not_known_stops_it() -> None:
    with pytest.raises(UserError, match="not known"):
        filled("Dear {{ nobody }}", {})


nasty = st.text(st.sampled_from(list('ab:,;<>@ \r\n\t\u2028\u2029\x85\x0b\x0c\x00"\\=?')), max_size=40)


@given(nasty, nasty, nasty, nasty)
def test_no_value_adds_a_header_or_a_recipient(subject: str, body: str, thread: str, name: str) -> None:
    content = eml_bytes(to="a@calder.example", subject=f"x {subject}", body=f"{name}\n{body}", in_reply_to=thread)
    mail = email.message_from_bytes(content, policy=default)
    known = {"to", "subject", "x-unsent", "in-reply-to", "references", "mime-version", "content-type",
             "content-transfer-encoding"}  # fmt: skip
    assert {header.lower() for header in mail} <= known
    assert mail["To"] == "a@calder.example"
    assert len(mail.get_all("To", [])) == 1


@given(nasty.filter(lambda text: text.strip() != ""), nasty)
def test_a_link_has_one_recipient_and_two_parts(subject: str, body: str) -> None:
    link = urlsplit(mailto(to="a@calder.example", subject=subject, body=body))
    assert link.path == "a@calder.example"
    assert set(parse_qs(link.query)) <= {"subject", "body"}


@pytest.mark.parametrize(
    "to",
    [
        "", "Ann", "a@b.example, c@d.example", "a@b.example;c@d.example", "a@b.example\r\nBcc: c@d.example",
        "A <a@b.example>", "a@b.example c@d.example", "a@b.example\u2028c@d.example",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(to: str) -> None:
    with pytest.raises(UserError, match="no e-mail address"):
        eml_bytes(to=to, subject="x", body="x")
    with pytest.raises(UserError, match="no e-mail address"):
        mailto(to=to, subject="x", body="x")
