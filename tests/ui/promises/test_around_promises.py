"""Promises elsewhere: on Today, on a member's page after a withdrawal, and the wording in Settings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.consent import add_wording, wordings
from matcher.model import Answer, Decision
from matcher.outreach import ask, reply
from matcher_ui.models.promises import PromiseCounts
from matcher_ui.pages.member.member_page import MemberPage
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.pages.settings.wording import MOST_SHOWN, WordingSection
from matcher_ui.pages.today.promises import promises_of
from matcher_ui.pages.today.today_page import TodayPage
from matcher_ui.workspace import Place, Workspace

if TYPE_CHECKING:
    from tests.conftest import Network

Settle = Callable[[], None]


def test_today_says_what_waits_and_leads_there(
    qtbot: QtBot, workspace: Workspace, settle: Settle, network: "Network", heard: Heard
) -> None:
    network.member("Ada")
    page = TodayPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place("today"))
    settle()
    (row,) = page.promises.rows
    assert row.accessibleName() == "1 check-in to send, when you like"
    row.click()
    assert heard.places == [Place("promises", tab="check_ins")]


def test_the_card_is_hidden_while_nothing_waits(
    qtbot: QtBot, workspace: Workspace, settle: Settle, network: "Network"
) -> None:
    page = TodayPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place("today"))
    settle()
    assert not page.promises.isVisible()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (PromiseCounts(0, 0, 0), []),
        (PromiseCounts(1, 0, 0), ["1 thing to tell or delete"]),
        (
            PromiseCounts(3, 1, 1400),
            ["3 things to tell or delete", "1 said yes again", "1,400 check-ins to send"],
        ),
    ],
)
def test_the_lines_of_today(counts: PromiseCounts, words: list[str]) -> None:
    assert [promise.words for promise in promises_of(counts)] == words


def test_after_a_withdrawal_the_members_page_says_what_follows(
    qtbot: QtBot, workspace: Workspace, settle: Settle, network: "Network", heard: Heard
) -> None:
    request_id = network.request(title="Night visits")
    ada = network.willing("Ada")
    network.shortlist(request_id, ada)
    ask(network.store, request_id)
    reply(network.store, request_id, ada, Answer.YES)
    page = MemberPage(workspace)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.show_place(Place("member", ada))
    settle()
    assert not page.after.isVisible()
    page.withdraw.click()
    page.withdraw_panel.confirm.click()
    settle()
    assert heard.said[-1].words == "Withdrawn. Ada gets no more messages. 1 thing to do."
    assert page.after.isVisible()
    assert "Night visits" in page.after.banner.accessibleName()
    page.after.see.click()
    assert heard.places == [Place("promises", ada, "after")]


def test_a_withdrawal_that_leaves_nothing_to_do_says_no_more(
    qtbot: QtBot, workspace: Workspace, settle: Settle, network: "Network", heard: Heard
) -> None:
    ada = network.willing("Ada")
    page = MemberPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place("member", ada))
    settle()
    page.withdraw.click()
    page.withdraw_panel.confirm.click()
    settle()
    assert heard.said[-1].words == "Withdrawn. Ada gets no more messages."
    assert not page.after.isVisible()


@pytest.fixture
def section(qtbot: QtBot, workspace: Workspace) -> WordingSection:
    section = WordingSection(workspace)
    qtbot.addWidget(section)
    section.show()
    workspace.changed.connect(section.refresh)
    return section


def test_saving_the_wording_makes_a_version_that_can_be_undone(
    section: WordingSection, settle: Settle, network: "Network", heard: Heard, workspace: Workspace
) -> None:
    add_wording(network.store, "May we ask you?")
    section.refresh()
    settle()
    assert section.text.toPlainText() == "May we ask you?"
    assert not section.save.isEnabled()
    section.text.setPlainText("May we ask you about the media too?")
    assert section.keeps_unsaved()
    section.save.click()
    settle()
    assert not section.keeps_unsaved()
    assert [card.accessibleName().split("  ")[0] for card in section.cards] == ["Version 2, now", "Version 1"]
    batch = heard.said[-1].batch
    assert batch is not None
    workspace.undo(batch)
    settle()
    assert next(version.text for version in wordings(network.store) if version.current) == "May we ask you?"
    assert section.text.toPlainText() == "May we ask you?"


def test_what_is_being_typed_stays_when_something_else_changes(
    section: WordingSection, settle: Settle, network: "Network"
) -> None:
    section.refresh()
    settle()
    section.text.setPlainText("May we")
    network.say(network.member("Ada"), Decision.GIVEN)
    section.refresh()
    settle()
    assert section.text.toPlainText() == "May we"


def test_many_versions_are_shown_a_few_at_first(
    section: WordingSection, settle: Settle, network: "Network"
) -> None:
    for number in range(MOST_SHOWN + 2):
        add_wording(network.store, f"Wording {number}")
    section.refresh()
    settle()
    assert len(section.cards) == MOST_SHOWN
    section.all.click()
    assert len(section.cards) == MOST_SHOWN + 2


def test_settings_hold_the_wording_and_warn_of_what_is_unsaved(
    qtbot: QtBot, workspace: Workspace, settle: Settle, network: "Network"
) -> None:
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place("settings"))
    qtbot.waitUntil(lambda: page.is_built)
    settle()
    assert page.keeps_unsaved() == ""
    page.wording.text.setPlainText("May we ask you?")
    assert page.keeps_unsaved() == "your change of the sign-up wording"
    assert not page.save.isEnabled()
