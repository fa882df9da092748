"""The data-protection pack: filled with her settings, hers to change; answers of its form import by themselves."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matcher.consent import (
    DOCUMENTS,
    PackFacts,
    RetentionRules,
    filled_document,
    pack_texts,
    save_document,
    save_pack_facts,
    save_pack_text,
    save_retention_rules,
    sign_up_questions,
    undo,
    usual_document,
)
from matcher.directory import import_members, list_members, plan_import
from matcher.errors import UserError
from matcher.files.writers.plain_documents import blocks_of, docx_document, html_document
from matcher.model import Decision, OutFile, Purpose, State
from matcher.storage import reading

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")
STATES = {"Yes": State.GIVEN, "Ask me first": State.ASK_FIRST, "No": State.REFUSED}


def sheet(folder: Path, *answers: Sequence[str]) -> Path:
    """The form's own headings, with answers under them, as a form tool saves them."""
    path = folder / "answers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Timestamp", *(question.heading for question in sign_up_questions())])
        for number, row in enumerate(answers):
            writer.writerow([f"2026-11-20 10:{number:02}", *row])
    return path


def examples(**instead: str) -> list[str]:
    return [instead.get(question.permission, question.example) for question in sign_up_questions()]


def test_answers_of_the_form_import_without_mapping(network: "Network", tmp_path: Path) -> None:
    plan = plan_import(network.store, sheet(tmp_path, examples()))
    assert set(plan.mapping) == set(range(len(sign_up_questions()) + 1))
    assert "ignore" not in plan.mapping.values()
    assert len(set(plan.mapping.values())) == len(plan.mapping)
    report = import_members(network.store, plan)
    assert not report.unreadable
    [amina] = list_members(network.store)
    assert (amina.name, amina.phone, amina.town, amina.start_year) == ("Amina Yusuf", "07700 900123", "Otley", 2015)
    assert (amina.online_ok, amina.in_person_ok, amina.travel_miles) == (True, True, 15)
    assert amina.conditions == ["first_name_only", "no_photo"]
    for question in sign_up_questions():
        if question.permission:
            expected = STATES.get(question.example, State.GIVEN)
            assert amina.consent[Purpose(question.permission)] is expected, question.heading


@pytest.mark.parametrize("answer", STATES)
def test_every_answer_about_permission_is_understood(network: "Network", tmp_path: Path, answer: str) -> None:
    asked = [q for q in sign_up_questions() if answer in q.options]
    assert asked
    answers = examples(**{question.permission: answer for question in asked})
    import_members(network.store, plan_import(network.store, sheet(tmp_path, answers)))
    [member] = list_members(network.store)
    assert {member.consent[Purpose(question.permission)] for question in asked} == {STATES[answer]}


def test_an_unanswered_form_allows_nothing(network: "Network", tmp_path: Path) -> None:
    answers = ["Amina" if question.must else "" for question in sign_up_questions()]
    answers[2] = "amina@example.org"
    import_members(network.store, plan_import(network.store, sheet(tmp_path, answers, examples())))
    silent = next(row for row in list_members(network.store) if row.email == "amina@example.org")
    assert State.GIVEN not in silent.consent.values()


def test_every_purpose_is_asked_for() -> None:
    assert {q.permission for q in sign_up_questions() if q.permission} == {purpose.value for purpose in Purpose}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_filled_in_and_claims_nothing(network: "Network", name: str) -> None:
    facts = PackFacts("hello@example.org", "1 Mill Lane, Leeds", "ZA000000", "consent, given when joining")
    assert "[write" in filled_document(network.store, "privacy_notice")
    save_pack_facts(network.store, facts)
    words = filled_document(network.store, name)
    assert "Lantern" in words
    assert "hello@example.org" in words
    for left in ("{{", "{%", "[write an", "[write your"):
        assert left not in words, left
    assert "compliant" not in words.casefold()


def test_how_long_things_are_kept_is_told_as_it_is_set(network: "Network") -> None:
    save_retention_rules(network.store, RetentionRules(silent_member_months=24, question_months=0))
    notice = filled_document(network.store, "privacy_notice")
    assert "Members’ records: 2 years after" in notice
    assert "questions: as long as the network exists" in notice


def test_the_day_a_breach_has_to_be_told_by_is_named(network: "Network") -> None:
    assert "72 hours" in filled_document(network.store, "breach_steps")


def test_her_own_words_stay_until_the_usual_ones_are_put_back(network: "Network") -> None:
    step = save_pack_text(network.store, "breach_steps", "# Ours\n\nCall {{ sender }}.")
    assert filled_document(network.store, "breach_steps").startswith("# Ours")
    assert save_pack_text(network.store, "breach_steps", "# Ours\n\nCall {{ sender }}.") is None
    assert pack_texts(network.store)["privacy_notice"] == usual_document("privacy_notice")
    save_pack_text(network.store, "breach_steps", None)
    assert pack_texts(network.store)["breach_steps"] == usual_document("breach_steps")
    undo(network.store, step)
    for wrong in (" ", "{{ passphrase }}", "{% for %}", "{{ organisation.__class__.__mro__ }}"):
        with pytest.raises(UserError):
            save_pack_text(network.store, "breach_steps", wrong)
    with pytest.raises(UserError, match="no document"):
        filled_document(network.store, "contract")


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt"])
def test_it_is_written_and_logged(network: "Network", tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"record{suffix}"
    save_document(network.store, "record_of_processing", target)
    with reading(network.store) as session:
        out = session.scalars(select(OutFile)).one()
    assert (out.kind, out.state, out.members) == ("data-protection pack", "written", [])
    if suffix == ".docx":
        document = docx.Document(str(target))
        words = "\n".join(p.text for p in document.paragraphs)
        assert document.tables[0].rows[0].cells[0].text == "What for"
        assert len(document.tables[0].columns) == 6
        page = document.sections[0]
        assert int(page.page_width or 0) > int(page.page_height or 0)
    else:
        words = target.read_text(encoding="utf-8")
    assert "Lantern" in words
    assert "<script" not in words
    with pytest.raises(UserError, match=r"\.docx"):
        save_document(network.store, "record_of_processing", tmp_path / "record.odt")


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=200))
def test_any_text_becomes_a_document(text: str) -> None:
    words = "".join(c for c in text if c.isprintable() or c == "\n")
    assert "".join(b.words for b in blocks_of(words)).count("\n") <= words.count("\n")
    assert html_document(words).startswith(b"<!doctype html>")
    assert docx_document(words).startswith(b"PK")


def test_what_a_name_holds_is_text_and_no_markup() -> None:
    assert b"<b>" not in html_document("# <b>Lantern</b>\n\n- <b>a</b>\n| <b>c</b> | d |")


def test_decisions_are_the_three_that_the_form_offers() -> None:
    assert {Decision.GIVEN, Decision.ASK_FIRST, Decision.REFUSED} == {Decision(s.value) for s in STATES.values()}
