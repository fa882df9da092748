"""The data-protection papers in Settings: what they say of her, their texts, and a document saved filled in."""

from pathlib import Path
from typing import Any

import docx
import pytest

from matcher.consent import DOCUMENTS, filled_document, pack_facts, usual_document
from matcher.files.writers.readable_templates import readable
from matcher_ui.pages.settings import pack as module
from matcher_ui.pages.settings.pack import PackSection
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.workspace import Place


@pytest.fixture
def section(empty_desk: Any) -> PackSection:
    section = PackSection(empty_desk.workspace)
    empty_desk.qtbot.addWidget(section)
    section.resize(640, 800)
    section.show()
    section.refresh()
    empty_desk.settle()
    return section


def turn_to(section: PackSection, name: str) -> None:
    section.names.setCurrentIndex(list(DOCUMENTS).index(name))


def test_what_they_say_of_her_is_saved_and_undone(section: PackSection, empty_desk: Any) -> None:
    section.facts.contact.setText("hello@example.org")
    assert section.keeps_unsaved()
    section.facts.save.click()
    empty_desk.settle()
    assert pack_facts(empty_desk.store).contact == "hello@example.org"
    assert "hello@example.org" in filled_document(empty_desk.store, "privacy_notice")
    empty_desk.workspace.undo(empty_desk.heard.said[-1].batch)
    empty_desk.settle()
    assert pack_facts(empty_desk.store).contact == ""


def test_a_document_in_her_own_words(section: PackSection, empty_desk: Any) -> None:
    turn_to(section, "breach_steps")
    assert section.text.toPlainText() == readable(usual_document("breach_steps"))
    assert not section.usual.isEnabled()
    section.text.setPlainText("# Ours\n\nRing {sender}.")
    turn_to(section, "privacy_notice")
    turn_to(section, "breach_steps")
    assert section.text.toPlainText().startswith("# Ours")  # kept while another was shown
    section.save.click()
    empty_desk.settle()
    empty_desk.settle()
    assert filled_document(empty_desk.store, "breach_steps").startswith("# Ours")
    section.text.setPlainText("{nobody}")
    section.save.click()
    empty_desk.settle()
    assert section.field.state == "wrong"
    section.usual.click()
    empty_desk.settle()
    empty_desk.settle()
    assert section.text.toPlainText() == readable(usual_document("breach_steps"))


def test_it_is_saved_filled_in(
    section: PackSection, empty_desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "form"
    monkeypatch.setattr(module, "choose_where", lambda *_asked: str(target))
    turn_to(section, "sign_up_form")
    section.write.click()
    empty_desk.settle()
    words = "\n".join(p.text for p in docx.Document(str(target.with_suffix(".docx"))).paragraphs)
    assert "Join Lantern Network" in words
    assert "form.docx" in empty_desk.heard.said[-1].words


def test_settings_lead_to_rights_and_keep_what_is_typed(empty_desk: Any) -> None:
    page = SettingsPage(empty_desk.workspace)
    empty_desk.qtbot.addWidget(page)
    page.show()
    page.show_place(Place("settings"))
    empty_desk.qtbot.waitUntil(lambda: page.is_built)
    empty_desk.settle()
    page.rights.click()
    page.retention.see.click()
    assert empty_desk.heard.went == [Place("rights"), Place("retention")]
    page.pack.facts.address.setText("1 Mill Lane")
    assert "what the documents say of you" in page.keeps_unsaved()
