"""The texts of messages in Settings: for all, for one audience and channel, and the usual one put back."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from matcher.files.writers.readable_templates import readable
from matcher.outreach import MessageKind, message_texts, usual_text
from matcher.storage.store import Store
from matcher_ui.pages.settings.messages import KINDS, MessagesSection
from matcher_ui.workspace import Workspace

Settle = Callable[[], None]
ALL, MEDIA = "nudge||", "nudge|media|WhatsApp"


@pytest.fixture
def messages(qtbot: QtBot, workspace: Workspace, settle: Settle) -> MessagesSection:
    section = MessagesSection(workspace)
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    settle()
    return section


def write(section: MessagesSection, key: str, words: str, settle: Settle) -> None:
    section.choose(key)
    section.text.setPlainText(words)
    section.save.click()
    settle()


def test_every_kind_of_message_has_its_text(messages: MessagesSection) -> None:
    assert set(KINDS) == set(MessageKind)
    for kind in MessageKind:
        messages.choose(f"{kind.value}||")
        assert messages.text.toPlainText() == readable(usual_text(kind))


def test_a_text_of_her_own_for_one_audience_and_channel(
    messages: MessagesSection, store: Store, settle: Settle
) -> None:
    write(messages, ALL, "Hello {first name}, once more? {sender}", settle)
    messages.choose(MEDIA)
    assert messages.text.toPlainText() == "Hello {first name}, once more? {sender}"
    assert not messages.usual.isEnabled()
    write(messages, MEDIA, "{first name}, a journalist asks again. {sender}", settle)
    own = {(row.audience, row.channel): row.text for row in message_texts(store) if row.own}
    assert own == {
        (None, None): "Hello {{ first_name }}, once more? {{ sender }}",
        ("media", "WhatsApp"): "{{ first_name }}, a journalist asks again. {{ sender }}",
    }
    messages.usual.click()
    settle()
    assert messages.text.toPlainText() == "Hello {first name}, once more? {sender}"


def test_a_word_that_does_not_exist_is_refused_in_place(
    messages: MessagesSection, store: Store, settle: Settle
) -> None:
    write(messages, ALL, "Hello {frist name}", settle)
    assert messages.field.state == "wrong"
    assert not [row for row in message_texts(store) if row.own]
