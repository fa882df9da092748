"""Checklists: filled in from the text, answered by hand, changed in Settings; nothing is answered by a guess."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NewNetwork

from matcher import clock, triage
from matcher.consent import undo
from matcher.errors import UserError
from matcher.files.readers.documents import read_document, read_text
from matcher.model import (
    Anonymity,
    Audience,
    Brief,
    CheckAnswer,
    Ethics,
    EthicsStatus,
    Format,
    LetterKind,
    Payment,
    RequestKind,
)
from matcher.storage.store import Store
from matcher.triage import CheckItem, CheckState
from matcher.triage.letters import advise
from matcher.triage.prefill import prefilled

REQUESTS = Path(__file__).parent / "requests"
AT = datetime(2026, 3, 3, 11, 20, tzinfo=UTC)


def log(store: Store, name: str) -> int:
    document = read_document(REQUESTS / name)
    draft = triage.read_request(document, AT)
    return triage.log_request(store, draft, document, (REQUESTS / name).read_bytes(), AT).id


def log_words(store: Store, words: str, audience: Audience) -> int:
    return triage.log_brief(store, Brief("Night visits", audience, text=words), AT).id


def answers(store: Store, request_id: int) -> dict[str, CheckState]:
    return {check.item.key: check for check in triage.checks_of(store, request_id)}


def test_every_audience_has_a_list_and_media_is_few_and_all_musts() -> None:
    lists = triage.usual_checklists()
    assert set(lists) == set(Audience)
    assert all(item.question.endswith(("?", ".")) and item.ask for items in lists.values() for item in items)
    assert len(lists[Audience.MEDIA]) <= 7
    assert all(item.must for item in lists[Audience.MEDIA])
    wanted = {"ethics", "information_sheet", "data", "payment", "findings", "outside_uk"}
    assert wanted <= {item.key for item in lists[Audience.ACADEMIC]}


def test_a_study_is_filled_in_with_the_places_that_say_it(store: Store) -> None:
    found = answers(store, log(store, "diary.txt"))
    data = found["data"]
    assert data.answer is CheckAnswer.YES
    assert data.place is not None
    assert "deleted after transcription" in data.place.text
    assert found["payment"].answer is CheckAnswer.YES
    assert found["anonymity"].answer is CheckAnswer.YES
    assert not found["payment"].by_her


@pytest.mark.parametrize(
    ("key", "audience", "words", "answer"),
    [
        ("information_sheet", Audience.ACADEMIC, "I attach our Participant Information Sheet.", CheckAnswer.YES),
        ("information_sheet", Audience.ACADEMIC, "The information sheet is to follow.", CheckAnswer.UNKNOWN),
        ("information_sheet", Audience.ACADEMIC, "We are looking at night visits.", CheckAnswer.UNKNOWN),
        ("data", Audience.ACADEMIC, "Recordings are stored on a secure university drive.", CheckAnswer.YES),
        ("data", Audience.ACADEMIC, "I will delete the audio once it is typed up.", CheckAnswer.YES),
        ("findings", Audience.ACADEMIC, "Everyone gets a copy of the report.", CheckAnswer.YES),
        ("questions", Audience.MEDIA, "I can send the questions in advance.", CheckAnswer.YES),
        ("questions", Audience.MEDIA, "We don't give out questions beforehand.", CheckAnswer.NO),
        ("preview", Audience.MEDIA, "They can check their quotes before we publish.", CheckAnswer.YES),
        ("preview", Audience.MEDIA, "I'm afraid we can't offer copy approval.", CheckAnswer.NO),
        ("no_taking_back", Audience.MEDIA, "People can change their mind until Friday.", CheckAnswer.YES),
        ("no_taking_back", Audience.MEDIA, "Once recorded you cannot withdraw.", CheckAnswer.NO),
        ("confidentiality", Audience.POLICY, "The meeting is under the Chatham House rule.", CheckAnswer.YES),
        ("confidentiality", Audience.POLICY, "The session is held in public.", CheckAnswer.NO),
        ("publication", Audience.POLICY, "A transcript goes on the website.", CheckAnswer.YES),
        ("employers", Audience.SECTOR, "We will not tell your employer who came.", CheckAnswer.YES),
        ("preview", Audience.MEDIA, "You can see your sequences before the film is locked.", CheckAnswer.YES),
        ("confidentiality", Audience.POLICY, "Evidence sessions are public.", CheckAnswer.NO),
        (
            "confidentiality",
            Audience.POLICY,
            "People are thanked unless they would rather not be.",
            CheckAnswer.YES,
        ),
        ("publication", Audience.POLICY, "It is reported in Hansard.", CheckAnswer.YES),
        ("employers", Audience.SECTOR, "Nothing will be passed to employers.", CheckAnswer.YES),
        ("gain", Audience.SECTOR, "The work is funded by the Dunmere Trust.", CheckAnswer.YES),
        ("gain", Audience.SECTOR, "We write for Allied Hands (the care workers' union).", CheckAnswer.YES),
    ],
)
def test_phrases_answer_their_item(
    store: Store, key: str, audience: Audience, words: str, answer: CheckAnswer
) -> None:
    check = answers(store, log_words(store, words, audience))[key]
    assert check.answer is answer
    assert (check.place is not None) == (answer is not CheckAnswer.UNKNOWN or "to follow" in words)


@pytest.mark.parametrize(
    ("key", "brief", "answer"),
    [
        ("ethics", {"ethics": Ethics(EthicsStatus.PENDING)}, CheckAnswer.NO),
        ("ethics", {"ethics": Ethics(EthicsStatus.APPROVED, "Calder panel", "C-12")}, CheckAnswer.YES),
        ("ethics", {"ethics": Ethics(EthicsStatus.NOT_NEEDED)}, CheckAnswer.NOT_NEEDED),
        ("ethics", {"ethics": Ethics(EthicsStatus.EXEMPT)}, CheckAnswer.UNKNOWN),
        ("ethics", {"ethics": Ethics(EthicsStatus.EXEMPT, "Calder panel")}, CheckAnswer.NOT_NEEDED),
        ("ethics", {}, CheckAnswer.UNKNOWN),
        ("payment", {"payment": Payment(25, kind="voucher")}, CheckAnswer.YES),
        ("payment", {"payment": Payment(50, kind="prize draw")}, CheckAnswer.NO),
        ("payment", {"payment": Payment(0)}, CheckAnswer.NO),
        ("payment", {}, CheckAnswer.UNKNOWN),
        ("expenses", {"payment": Payment(0, expenses="travel")}, CheckAnswer.YES),
        ("expenses", {"payment": Payment(0)}, CheckAnswer.NO),
        ("anonymity", {"anonymity": Anonymity.ON_CAMERA}, CheckAnswer.NO),
        ("anonymity", {"anonymity": Anonymity.PSEUDONYM}, CheckAnswer.YES),
        ("live", {"format": Format.LIVE_BROADCAST}, CheckAnswer.YES),
        ("live", {}, CheckAnswer.UNKNOWN),
        ("outlet", {"organisation": "Valleys Gazette"}, CheckAnswer.YES),
        ("something of her own", {"organisation": "Valleys Gazette"}, CheckAnswer.UNKNOWN),
    ],
)
def test_facts_answer_their_item(key: str, brief: dict[str, object], answer: CheckAnswer) -> None:
    assert prefilled(key, Brief("Night visits", **brief), {}, (), ()).answer is answer  # type: ignore[arg-type]


def test_her_answer_stands_over_the_text_and_can_be_taken_back(store: Store) -> None:
    request = log(store, "diary.txt")
    step = triage.answer_check(store, request, "data", CheckAnswer.NO, "They said ten years on the phone.")
    check = answers(store, request)["data"]
    assert (check.answer, check.note, check.by_her) == (CheckAnswer.NO, "They said ten years on the phone.", True)
    assert check.place is not None
    assert triage.answer_check(store, request, "data", CheckAnswer.NO) is None
    triage.answer_check(store, request, "data", CheckAnswer.YES)
    assert answers(store, request)["data"].note == "They said ten years on the phone."
    triage.answer_check(store, request, "data", None)
    assert not answers(store, request)["data"].by_her
    assert step is not None
    with pytest.raises(UserError, match="not on the checklist"):
        triage.answer_check(store, request, "outlet", CheckAnswer.YES)


def test_an_answer_is_undone(store: Store) -> None:
    request = log(store, "diary.txt")
    step = triage.answer_check(store, request, "data", CheckAnswer.NO)
    assert step is not None
    undo(store, step)
    assert answers(store, request)["data"].answer is CheckAnswer.YES


def test_a_corrected_fact_changes_checks_and_flags(store: Store) -> None:
    request = triage.log_brief(store, Brief("Study", Audience.ACADEMIC, duration_minutes=90), AT).id
    assert {"payment_not_said", "no_ethics"} <= {flag.rule for flag in triage.show_request(store, request).flags}
    paid = Brief(
        "Study", Audience.ACADEMIC, payment=Payment(0), ethics=Ethics(EthicsStatus.APPROVED), duration_minutes=90
    )
    triage.edit_brief(store, request, paid)
    assert answers(store, request)["payment"].answer is CheckAnswer.NO
    assert {flag.rule for flag in triage.show_request(store, request).flags} == {"unpaid", "unpaid_but_long"}


def test_a_list_of_her_own(store: Store) -> None:
    usual = triage.read_checklists(store)[Audience.MEDIA]
    own = CheckItem(
        triage.new_key(usual), "Make-up", "Is nobody made up?", "whether anybody is made up", must=False
    )
    assert triage.save_checklist(store, Audience.MEDIA, (*usual[:2], own)) is not None
    assert triage.save_checklist(store, Audience.MEDIA, (*usual[:2], own)) is None
    request = log_words(store, "We want somebody on air.", Audience.MEDIA)
    triage.answer_check(store, request, own.key, CheckAnswer.YES)
    assert list(answers(store, request)) == [usual[0].key, usual[1].key, own.key]
    assert triage.save_checklist(store, Audience.MEDIA, None) is not None
    assert triage.read_checklists(store)[Audience.MEDIA] == usual
    left = answers(store, request)[own.key]
    assert (left.answer, left.item.must) == (CheckAnswer.YES, False)


@pytest.mark.parametrize("broken", [{"question": " "}, {"ask": ""}, {"short": ""}, {"key": "outlet"}])
def test_a_broken_list_is_refused(store: Store, broken: dict[str, str]) -> None:
    usual = triage.usual_checklists()[Audience.MEDIA]
    item = {"key": "x", "short": "x", "question": "x?", "ask": "x"} | broken
    with pytest.raises(UserError):
        triage.save_checklist(store, Audience.MEDIA, (*usual, CheckItem(**item)))  # type: ignore[arg-type]
    assert triage.read_checklists(store)[Audience.MEDIA] == usual


item_texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(CheckItem, st.just(""), item_texts, item_texts, item_texts, item_texts, st.booleans()), max_size=5
    ),
    st.data(),
)
def test_whatever_the_list_the_letter_names_exactly_what_is_missing(
    new_network: NewNetwork, drafts: list[CheckItem], data: st.DataObject
) -> None:
    items = [CheckItem(f"k{n}", i.short, i.question, i.ask, i.ask_no, i.must) for n, i in enumerate(drafts)]
    with new_network() as network:
        store = network.store
        triage.save_checklist(store, Audience.SECTOR, items)
        request = triage.log_brief(store, Brief("Rotas", Audience.SECTOR), AT).id
        for item in items:
            answer = data.draw(st.sampled_from([None, *CheckAnswer]))
            if answer is not None:
                triage.answer_check(store, request, item.key, answer)
        checks = triage.checks_of(store, request)
        assert [check.item for check in checks] == items
        open_ones = triage.missing(checks)
        assert {c.item.key for c in open_ones} == {c.item.key for c in checks if c.answer in ("unknown", "no")}
        body = triage.draft_letter(store, request, LetterKind.ASK_MORE).body
        numbered = [line for line in body.splitlines() if line[:1].isdigit() and ". " in line[:4]]
        assert len(numbered) == len(open_ones)
        musts_open = any(check.item.must for check in open_ones)
        fits = advise(RequestKind.REQUEST, checks, ()).kind
        assert fits is (LetterKind.ASK_MORE if musts_open else LetterKind.ACCEPT)


@given(
    st.text(max_size=300),
    st.sampled_from(sorted(triage.usual_checklists()[Audience.ACADEMIC], key=lambda i: i.key)),
)
def test_any_text_is_read_without_a_fault(words: str, item: CheckItem) -> None:
    document = read_text(f"x {words}")
    draft = triage.read_request(document, clock.as_utc(AT))
    found = prefilled(item.key, draft.brief, draft.evidence, (), draft.flags)
    assert found.answer in CheckAnswer
