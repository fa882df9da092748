"""The board: a column for each stage, cards moved by dragging and by keyboard, and only where they may go."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.model import CLOSED, Brief, PeopleWanted, RequestKind, Stage
from matcher.model.words import NEXT_STAGES
from matcher.storage.store import Store
from matcher.triage import list_requests, log_brief, move_stage, show_request
from matcher_ui.models.board import COLUMNS, board_of, may_move, neighbour, why_not
from matcher_ui.pages.requests.requests_page import RequestsPage
from matcher_ui.theme import Theme
from matcher_ui.widgets.request_card import CARD
from matcher_ui.workspace import Place, Workspace

from .test_requests_page import row

MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    return tmp_path / "requests.ics"


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, calendar: Path) -> RequestsPage:
    page = RequestsPage(workspace, lambda _parent, _name: str(calendar))
    qtbot.addWidget(page)
    page.resize(1080, 700)
    page.show()
    return page


@pytest.fixture
def two(store: Store, frozen: object) -> tuple[int, int]:
    """One new request due soon, one that is being checked."""
    soon = Brief("Night visits", deadline=date(2026, 11, 26), people_wanted=PeopleWanted(8))
    first = log_brief(store, soon, MOMENT).id
    second = log_brief(store, Brief("Rotas, " + "and a very long title that goes on " * 4), MOMENT).id
    move_stage(store, second, Stage.CHECKING)
    return first, second


@pytest.fixture
def shown(page: RequestsPage, two: tuple[int, int], settle: Callable[[], None]) -> RequestsPage:
    page.show_place(Place("requests"))
    settle()
    return page


def where(page: RequestsPage, request_id: int) -> Stage | None:
    found = page.board.board.place_of(request_id)
    return found[0] if found else None


def drop(page: RequestsPage, request_id: int, stage: Stage) -> None:
    data = QMimeData()
    data.setData(CARD, str(request_id).encode())
    target = page.board.columns.get(stage) or page.board.endings[stage]
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.MoveAction, data, left, none))


def test_cards_stand_under_their_stage(shown: RequestsPage, two: tuple[int, int]) -> None:
    assert (where(shown, two[0]), where(shown, two[1])) == (Stage.NEW, Stage.CHECKING)
    assert shown.board.columns[Stage.NEW].accessibleName() == "New, 1"
    card = shown.board.cards()[0]
    assert "in 3 days" in card.accessibleName()
    assert card.height() == card.height_for(card.width())


def test_a_dropped_card_moves_with_undo(
    shown: RequestsPage, two: tuple[int, int], settle: Callable[[], None], store: Store, heard: Heard
) -> None:
    drop(shown, two[0], Stage.CHECKING)
    settle()
    assert show_request(store, two[0]).stage is Stage.CHECKING
    assert where(shown, two[0]) is Stage.CHECKING
    assert heard.said[-1].batch is not None
    shown.workspace.undo(heard.said[-1].batch)
    settle()
    assert where(shown, two[0]) is Stage.NEW


def test_a_card_goes_only_where_it_may(
    shown: RequestsPage, two: tuple[int, int], settle: Callable[[], None], store: Store
) -> None:
    drop(shown, two[0], Stage.INTRODUCED)
    settle()
    assert show_request(store, two[0]).stage is Stage.NEW
    assert "From new it can go to checking, matching, or be closed" in shown.trouble.accessibleName()


def test_dropping_on_the_strip_closes_it(
    shown: RequestsPage, two: tuple[int, int], settle: Callable[[], None], store: Store
) -> None:
    drop(shown, two[0], Stage.DECLINED)
    settle()
    assert show_request(store, two[0]).stage is Stage.DECLINED
    assert where(shown, two[0]) is None


def test_the_keyboard_walks_moves_and_opens(
    shown: RequestsPage, two: tuple[int, int], settle: Callable[[], None], store: Store, heard: Heard, qtbot: QtBot
) -> None:
    shown.activateWindow()
    shown.search.went_down.emit()
    qtbot.waitUntil(lambda: shown.board.current_id() == two[0])
    QTest.keyClick(shown.board.cards()[0], Qt.Key.Key_Right)
    assert shown.board.current_id() == two[1]
    QTest.keyClick(shown.board.cards()[1], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert show_request(store, two[1]).stage is Stage.MATCHING
    assert shown.board.current_id() == two[1]
    card = next(card for card in shown.board.cards() if card.row.id == two[1])
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert heard.places == [Place("request", two[1])]
    assert {action.text() for action in shown.board.closing_menu(card.row).actions()} >= {"Declined", "Taken back"}


def test_search_and_the_list_show_the_same(shown: RequestsPage, two: tuple[int, int]) -> None:
    shown.search.setText("night")
    assert [card.row.id for card in shown.board.cards()] == [two[0]]
    shown.search.setText("nothing like it")
    assert shown._stack.currentWidget() is shown._for_nothing
    shown.search.setText("night")
    shown.view.set_current("list")
    shown._filter()
    assert [shown.rows.row_at(0).id] == [two[0]]


def test_what_is_due_goes_to_a_calendar_file(
    shown: RequestsPage, settle: Callable[[], None], heard: Heard, calendar: Path
) -> None:
    assert [action.text() for action in shown.more_menu().actions()][:2] == ["Who’s asking", "Members’ questions"]
    shown.save_calendar()
    settle()
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert heard.said[-1].words.startswith("1 day saved")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("scale", "width", "across"), [(1.0, 1080, 5), (1.0, 824, 5), (1.5, 750, 3)])
def test_it_is_painted_at_every_size(
    page: RequestsPage, theme: Theme, mode: str, scale: float, width: int, across: int, frozen: object
) -> None:
    theme.set("dark" if mode == "dark" else "light", scale)
    page.resize(width, 640)
    page.show_requests([row(n, stage=stage, flags=("Unpaid.",)) for n, stage in enumerate(Stage, start=1)])
    assert not page.grab().isNull()
    assert page.board._across == across
    assert {card.row.stage for card in page.board.cards()} == set(COLUMNS)


@given(st.lists(st.tuples(st.sampled_from(Stage), st.sampled_from(RequestKind)), max_size=12))
def test_every_open_request_stands_once(kinds: list[tuple[Stage, RequestKind]]) -> None:
    rows = [row(n, stage=stage, kind=kind) for n, (stage, kind) in enumerate(kinds, start=1)]
    board = board_of(rows)
    shown = [one.id for column in board.columns.values() for one in column]
    wanted = [r.id for r in rows if r.stage not in CLOSED and r.kind is not RequestKind.ENQUIRY]
    assert sorted(shown) == wanted
    assert all(one.stage is stage for stage, column in board.columns.items() for one in column)


@given(st.sampled_from(COLUMNS), st.sampled_from([-1, 1]))
def test_walking_a_card_follows_the_table(stage: Stage, step: int) -> None:
    target = neighbour(row(1, stage=stage), step)
    assert target is None or target in NEXT_STAGES[stage]
    for other in COLUMNS:
        assert may_move(row(1, stage=stage), other) == (other in NEXT_STAGES[stage])
        assert why_not(row(1, stage=stage), other).endswith(".")


def test_the_list_of_the_store_fills_the_board(store: Store, two: tuple[int, int]) -> None:
    assert board_of(list_requests(store)).place_of(two[0]) == (Stage.NEW, 0)
    assert board_of(list_requests(store)).place_of(99) is None
