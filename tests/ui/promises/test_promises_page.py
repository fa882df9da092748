"""Promises to keep: what withdrawals left to do, yeses that came back, check-ins, the log of what was shared."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher import clock
from matcher.consent import due_check_ins, tick_off, to_do, waiting, withdraw
from matcher.model import Answer, Decision, How, Purpose, State
from matcher.outreach import ask, reply, write_requester_sheet
from matcher.sample import make_sample
from matcher.storage.store import Store
from matcher_ui.jobs import Jobs
from matcher_ui.models.promises import SHARED_COLUMNS, lines_with
from matcher_ui.pages.promises.promises_page import PromisesPage
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Workspace

if TYPE_CHECKING:
    from tests.conftest import Network

Settle = Callable[[], None]
MEDIA, YES, NO = Purpose.MEDIA, Decision.GIVEN, Decision.REFUSED
LONG_AGO = datetime(2026, 3, 1, 10, tzinfo=UTC)
CONTACT = "i.farrell@calder.example.org"


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> PromisesPage:
    page = PromisesPage(workspace)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


@pytest.fixture
def shared(network: "Network", frozen: object, tmp_path: Path) -> tuple[int, int]:
    """Ada, whose first name and phone went to a requester; and the request."""
    request_id = network.request(title="Night visits", requester="Imogen Farrell", contact=CONTACT)
    ada = network.willing("Ada", phone="07700 900123")
    network.shortlist(request_id, ada)
    ask(network.store, request_id)
    reply(network.store, request_id, ada, Answer.YES)
    write_requester_sheet(network.store, request_id, tmp_path / "agreed.xlsx", ("first_name", "phone"))
    return ada, request_id


def says_yes_again(network: "Network", name: str = "Bea", decision: Decision = YES) -> int:
    """A member who said no on the phone and yes in a later form."""
    member_id = network.member(name)
    network.say(member_id, NO, at=LONG_AGO)
    network.form(member_id, clock.now(), {MEDIA: decision})
    return member_id


def show(page: PromisesPage, settle: Settle, tab: str = "") -> None:
    page.show_place(Place("promises", tab=tab))
    settle()


def test_without_anything_to_do_every_tab_says_so(page: PromisesPage, settle: Settle) -> None:
    show(page, settle)
    assert page.tabs.current == "after"
    assert page.after.empty.isVisible()
    assert page.after.empty.accessibleName() == "Nobody left to tell, nothing left to delete"
    for tab, view in (("again", page.again), ("check_ins", page.check_ins), ("shared", page.shared)):
        show(page, settle, tab)
        assert view.empty.isVisible()


def test_a_withdrawal_leaves_whom_to_tell_which_file_and_which_ask(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int]
) -> None:
    withdraw(network.store, shared[0])
    show(page, settle)
    names = [row.accessibleName() for row in page.after.rows]
    assert [name.split(":")[0] for name in names] == ["Whom to tell", "Files to delete", "Asks that stopped"]
    assert "first name, phone" in names[0]
    assert "agreed.xlsx" in names[1]
    assert page.tabs._choices["after"].accessibleName() == "To tell and delete, 3"


def test_ticking_off_takes_it_away_and_it_can_be_put_back(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int], heard: Heard
) -> None:
    withdraw(network.store, shared[0])
    show(page, settle)
    page.after.rows[0].tick.click()
    settle()
    assert len(page.after.rows) == 2
    assert len(to_do(network.store)) == 2
    assert heard.said[-1].batch is None  # the list itself takes it back
    page.after.done.click()
    settle()
    back = page.after.rows[-1].tick
    assert back.text() == "Put back"
    back.click()
    settle()
    assert len(to_do(network.store)) == 3


def test_the_keyboard_stays_in_the_list_while_ticking_off(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int], qtbot: QtBot
) -> None:
    withdraw(network.store, shared[0])
    show(page, settle, "after")
    page.activateWindow()
    page.after.rows[0].tick.setFocus()
    qtbot.waitUntil(page.after.rows[0].tick.hasFocus)
    QTest.keyClick(page.after.rows[0].tick, Qt.Key.Key_Return)
    settle()
    assert page.after.rows[0].tick.hasFocus()


def test_the_words_to_the_requester_are_ready_to_paste(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int], heard: Heard
) -> None:
    withdraw(network.store, shared[0])
    show(page, settle)
    tell, *others = page.after.rows
    assert tell.words is not None
    assert not any(row.words for row in others)
    tell.words.click()
    settle()
    said = QGuiApplication.clipboard().text()
    assert "Ada, whose details you had from us" in said
    assert "“Night visits”" in said
    assert heard.said[-1].words.startswith("Copied")


def test_names_and_requests_lead_to_their_pages(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int], heard: Heard
) -> None:
    ada, request_id = shared
    withdraw(network.store, ada)
    page.show_place(Place("promises", ada, "after"))
    settle()
    page.after._groups[0].name.click()
    link = page.after.rows[0].link
    assert link is not None
    link.click()
    assert heard.places == [Place("member", ada), Place("request", request_id)]


def test_what_is_done_already_is_no_longer_counted(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int]
) -> None:
    withdraw(network.store, shared[0])
    for item in to_do(network.store):
        tick_off(network.store, item.id)
    show(page, settle)
    assert page.after.empty.isVisible()
    assert page.after.done.text() == "Show what is done (3)"


def test_a_yes_that_came_back_shows_what_was_said_before(
    page: PromisesPage, settle: Settle, network: "Network"
) -> None:
    says_yes_again(network, "Bea", Decision.ASK_FIRST)
    show(page, settle)
    assert page.tabs.current == "again"
    (card,) = page.again.cards.values()
    words = [label.text() for label in card.findChildren(type(page.again._note))]
    assert "Media: ask first, on Mon 23 Nov" in words
    assert "Said no on Sun 1 Mar, phone" in words
    assert "“said so”" in words
    assert "“row 2”" in words


def test_confirming_needs_words_and_then_counts(
    page: PromisesPage, settle: Settle, network: "Network", heard: Heard, workspace: Workspace
) -> None:
    bea = says_yes_again(network)
    show(page, settle)
    (card,) = page.again.cards.values()
    card.confirm.click()
    card.save.click()
    assert card.evidence_field.state == "wrong"
    assert len(waiting(network.store)) == 1
    card.how.setCurrentIndex(card.how.findData(How.PHONE))
    card.evidence.setText("rang on Friday")
    assert page.keeps_unsaved()
    card.save.click()
    settle()
    assert network.state(bea) is State.GIVEN
    assert not page.keeps_unsaved()
    assert heard.said[-1].words == "Confirmed. Bea may be asked about media again."
    assert heard.said[-1].batch is not None
    workspace.undo(heard.said[-1].batch)
    settle()
    assert network.state(bea) is State.REFUSED
    assert len(page.again.cards) == 1


def test_leaving_the_no_keeps_it(page: PromisesPage, settle: Settle, network: "Network", heard: Heard) -> None:
    bea = says_yes_again(network)
    show(page, settle)
    next(iter(page.again.cards.values())).leave.click()
    settle()
    assert network.state(bea) is State.REFUSED
    assert page.again.empty.isVisible()
    assert heard.said[-1].words == "Left the no. Bea is not asked about media."


def test_escape_closes_the_words_without_confirming(page: PromisesPage, settle: Settle, network: "Network") -> None:
    says_yes_again(network)
    show(page, settle, "again")
    (card,) = page.again.cards.values()
    card.confirm.click()
    assert card.evidence.isVisible()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.evidence.isVisible()
    assert card.confirm.isEnabled()


def test_a_card_with_words_in_it_stays_while_the_page_reads_again(
    page: PromisesPage, settle: Settle, network: "Network", workspace: Workspace
) -> None:
    says_yes_again(network, "Bea")
    show(page, settle, "again")
    (card,) = page.again.cards.values()
    card.confirm.click()
    card.evidence.setText("rang")
    says_yes_again(network, "Cleo")
    workspace.changed.emit()
    settle()
    assert len(page.again.cards) == 2
    assert card.evidence.text() == "rang"


def test_a_check_in_is_recorded_once_and_can_be_taken_back(
    page: PromisesPage, settle: Settle, network: "Network", heard: Heard, workspace: Workspace
) -> None:
    network.member("Ada", phone="07700 900123")
    network.say(network.member("Never"), NO)
    show(page, settle)
    assert page.tabs.current == "check_ins"
    assert [line.ready.name for line in page.check_ins.model.people] == ["Ada"]
    page.check_ins.person.copy.click()
    assert "Ada" in QGuiApplication.clipboard().text()
    page.check_ins.person.record.click()
    settle()
    assert page.check_ins.empty.isVisible()
    assert due_check_ins(network.store, clock.today()) == ()
    batch = heard.said[-1].batch
    assert batch is not None
    workspace.undo(batch)
    settle()
    assert len(page.check_ins.model.people) == 1


def test_after_two_weeks_it_is_marked_as_the_reminder(
    page: PromisesPage, settle: Settle, network: "Network", at: Callable[[str], datetime]
) -> None:
    network.member("Ada")
    show(page, settle)
    page.check_ins.person.record.click()
    settle()
    at((clock.now() + timedelta(days=15)).isoformat())
    show(page, settle, "check_ins")
    assert page.check_ins.person._chip.isVisible()
    index = page.check_ins.model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Ada. Reminder. Has not said yet."


def test_after_sending_the_next_one_comes_up(page: PromisesPage, settle: Settle, network: "Network") -> None:
    for name in ("Ada", "Bea", "Cleo"):
        network.member(name)
    show(page, settle, "check_ins")
    page.check_ins.list.setCurrentIndex(page.check_ins.model.index(1))
    page.check_ins.person.record.click()
    settle()
    assert [line.ready.name for line in page.check_ins.model.people] == ["Ada", "Cleo"]
    assert page.check_ins.list.currentIndex().row() == 1


def test_the_log_tells_what_of_whom_went_to_whom_and_filters(
    page: PromisesPage, settle: Settle, shared: tuple[int, int], heard: Heard
) -> None:
    show(page, settle, "shared")
    words = [column.words(page.shared.model.rows[0]) for column in SHARED_COLUMNS]
    assert words == ["Mon 23 Nov", "Ada", "First name, phone", "Imogen Farrell", "Night visits", "agreed.xlsx"]
    for typed, found in (("farrell PHONE", 1), ("e-mail", 0), ("", 1)):
        page.shared.filter.setText(typed)
        assert page.shared.rows.rowCount() == found
    page.shared.table.activated.emit(page.shared.rows.index(0, 0))
    assert heard.places == [Place("request", shared[1], "introduce")]


def test_filtering_looks_for_every_word(page: PromisesPage, settle: Settle, shared: tuple[int, int]) -> None:
    show(page, settle)
    lines = page.shared.model.rows
    assert lines_with(lines, "ada night") == [0]
    assert lines_with(lines, "ada radio") == []


@pytest.mark.parametrize(("width", "scale"), [(1080, 1.0), (824, 1.0), (980, 1.5), (748, 1.5)])
def test_nothing_scrolls_sideways_or_is_cut_off(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int], theme: Theme, width: int,
    scale: float, qtbot: QtBot,
) -> None:  # fmt: skip
    withdraw(network.store, shared[0])
    says_yes_again(network)
    network.member("Cleo")
    theme.set("light", scale)
    page.resize(width, 700)
    show(page, settle)
    qtbot.waitUntil(lambda: page.after.width() == width)
    tabs = page.tabs._choices.values()
    qtbot.waitUntil(lambda: all(tab.width() >= tab.sizeHint().width() - 1 for tab in tabs))
    for view in (page.after, page.again):
        assert view._body.width() <= width - theme.px(24)
    page.tabs._choices["shared"].click()
    qtbot.waitUntil(lambda: page.shared.table.horizontalScrollBar().maximum() == 0)
    theme.set("light", 1.0)


def test_every_button_and_field_has_a_name(
    page: PromisesPage, settle: Settle, network: "Network", shared: tuple[int, int]
) -> None:
    withdraw(network.store, shared[0])
    says_yes_again(network)
    network.member("Cleo")
    show(page, settle)
    for part in (*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)):
        of_qt = part.objectName().startswith("qt_") or (
            type(part).__module__.startswith("PySide6") and part.isHidden()
        )
        words = part.text() if isinstance(part, QAbstractButton) else ""
        assert of_qt or part.accessibleName() or words, part


def test_the_list_of_check_ins_is_a_sound_model(page: PromisesPage, settle: Settle, network: "Network") -> None:
    for name in ("Ada", "Bea"):
        network.member(name)
    tester = QAbstractItemModelTester(page.check_ins.model)
    show(page, settle)
    assert tester.model() is page.check_ins.model
    assert page.check_ins.model.rowCount() == 2


@pytest.fixture
def sample(tmp_path: Path, frozen: object) -> Iterator[Store]:
    with make_sample(tmp_path / "sample.matcher", members=60) as store:
        yield store


def test_the_sample_network_has_something_of_everything_it_shares(
    qtbot: QtBot, theme: Theme, sample: Store
) -> None:
    jobs = Jobs()
    page = PromisesPage(Workspace(sample, jobs, theme))
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place("promises"))
    qtbot.waitUntil(lambda: jobs.count == 0)
    assert page.check_ins.model.rowCount() == len(due_check_ins(sample, clock.today())) > 0
    assert all(line.name and line.title for line in page.shared.model.rows)
    jobs.shutdown()
