"""The list of requests: its groups, its order, its search, its words, and the ways out of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.model import CLOSED, Audience, Brief, RequestKind, Stage
from matcher.storage.store import Store
from matcher.triage import RequestRow, log_brief, move_stage
from matcher_ui.models.requests_table import (
    COLUMNS,
    GROUPS,
    deadline_words,
    found_by,
    in_group,
    people_words,
    stage_words,
    who_words,
)
from matcher_ui.models.table import SortFilter, TableModel
from matcher_ui.pages.requests.requests_page import RequestsPage
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Workspace

TODAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def row(number: int = 1, **fields: object) -> RequestRow:
    plain = {
        "id": number, "title": f"Request {number}", "requester": "Ann Hill", "organisation": "Calder University",
        "audience": Audience.ACADEMIC, "stage": Stage.NEW, "kind": RequestKind.REQUEST, "deadline": None,
        "received": MOMENT, "wanted": 8, "asked": 0, "agreed": 0, "updates": None, "flags": (),
    }  # fmt: skip
    return RequestRow(**(plain | fields))  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> RequestsPage:
    page = RequestsPage(workspace)
    page.view.set_current("list")
    qtbot.addWidget(page)
    page.resize(824, 700)
    page.show()
    return page


@pytest.fixture
def three(store: Store, frozen: object) -> tuple[int, int, int]:
    """Requests due last, first and never, the last one declined."""
    ids = []
    for title, deadline in (("Rotas", date(2026, 12, 20)), ("Night visits", date(2026, 11, 26)), ("Mileage", None)):
        ids.append(log_brief(store, Brief(title, Audience.MEDIA, deadline=deadline), MOMENT).id)
    move_stage(store, ids[2], Stage.DECLINED)
    return ids[0], ids[1], ids[2]


def titles(page: RequestsPage) -> list[str]:
    return [page.rows.row_at(place).title for place in range(page.rows.rowCount())]


def test_the_nearest_deadline_comes_first_and_tabs_count(
    page: RequestsPage, three: tuple[int, int, int], settle: Callable[[], None]
) -> None:
    page.show_place(Place("requests"))
    settle()
    assert titles(page) == ["Night visits", "Rotas"]
    assert page.tabs._choices["closed"].accessibleName() == "Closed, 1"
    page.tabs._choices["all"].click()
    assert titles(page) == ["Night visits", "Rotas", "Mileage"]
    page.order.chosen.emit("received")
    assert set(titles(page)) == {"Night visits", "Rotas", "Mileage"}


def test_search_finds_and_says_when_nothing_is_found(
    page: RequestsPage, three: tuple[int, int, int], settle: Callable[[], None]
) -> None:
    page.show_place(Place("requests"))
    settle()
    page.search.setText("media night")
    assert titles(page) == ["Night visits"]
    page.search.setText("nothing like it")
    assert page._stack.currentWidget() is page._for_nothing
    page.nothing.button.click()
    assert len(titles(page)) == 3


def test_enter_opens_the_request_with_the_keyboard(
    qtbot: QtBot, page: RequestsPage, three: tuple[int, int, int], settle: Callable[[], None], heard: Heard
) -> None:
    page.show_place(Place("requests"))
    settle()
    page.activateWindow()
    page.search.went_down.emit()
    qtbot.waitUntil(page.list.hasFocus)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert heard.places == [Place("request", three[1])]


def test_her_place_is_kept_when_something_was_written(
    page: RequestsPage, three: tuple[int, int, int], settle: Callable[[], None], store: Store
) -> None:
    page.show_place(Place("requests"))
    settle()
    page.list.setCurrentIndex(page.rows.index(1, 0))
    log_brief(store, Brief("Sooner", deadline=date(2026, 11, 24)), MOMENT)
    page.workspace.changed.emit()
    settle()
    assert titles(page)[0] == "Sooner"
    assert page.current_id() == three[0]


def test_an_empty_page_takes_letters_sheets_and_text(
    page: RequestsPage, settle: Callable[[], None], heard: Heard, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_place(Place("requests"))
    settle()
    assert page._stack.currentWidget() is page._for_empty
    for name in ("a.eml", "b.xlsx", "c.exe"):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        page.empty.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert page.trouble.isVisible()
    QGuiApplication.clipboard().setText("We need six care workers")
    page.empty.setFocus()
    QTest.keyClick(page.empty, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.empty.pressed.emit()
    assert heard.places == [
        Place("log", payload=(str(tmp_path / "a.eml"),)), Place("import", payload=(str(tmp_path / "b.xlsx"),)),
        Place("log", payload="We need six care workers"), Place("log"),
    ]  # fmt: skip


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 824), (1.5, 750), (1.5, 400)])
def test_rows_are_painted_at_every_size(
    page: RequestsPage, theme: Theme, mode: str, scale: float, width: int, frozen: object
) -> None:
    theme.set("dark" if mode == "dark" else "light", scale)
    page.resize(width, 600)
    page.show_requests(
        [
            row(stage, stage=stage_, deadline=TODAY + timedelta(days=stage - 3), asked=stage, agreed=stage // 2)
            for stage, stage_ in enumerate(Stage, start=1)
        ]
    )
    page.tabs.set_current("all")
    page._filter()
    page.list.setCurrentIndex(page.rows.index(0, 0))
    assert not page.grab().isNull()
    assert page.rows.rowCount() == len(Stage)


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS)
    view = SortFilter(model)
    testers = [
        QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Fatal) for m in (model, view)
    ]
    model.set_rows([row(1, deadline=TODAY), row(2), row(3, deadline=TODAY - timedelta(days=1))])
    view.sort(model.column_of("deadline"))
    assert [view.row_at(place).id for place in range(3)] == [3, 1, 2]
    assert len(testers) == 2


def test_words_of_a_row(frozen: object) -> None:
    assert deadline_words(row(), TODAY) == "No date given"
    assert deadline_words(row(deadline=date(2026, 12, 4)), TODAY) == "Fri 4 Dec, in 11 days"
    assert deadline_words(row(deadline=date(2026, 11, 20)), TODAY) == "Fri 20 Nov, 3 days late"
    assert deadline_words(row(deadline=date(2026, 11, 20), stage=Stage.DONE), TODAY) == "Fri 20 Nov"
    assert people_words(row(asked=5, agreed=2)) == "2 of 8 agreed, 5 asked"
    assert people_words(row()) == "8 wanted, none asked"
    assert people_words(row(wanted=None)) == "Nobody asked yet"
    assert stage_words(row(kind=RequestKind.UPDATE, updates=3)) == "New, update of R3"
    assert stage_words(row(kind=RequestKind.NEWSLETTER, stage=Stage.NOT_A_REQUEST)) == "Newsletter"


@given(st.sampled_from(Stage), st.sampled_from(RequestKind))
def test_a_request_is_open_or_closed_never_both(stage: Stage, kind: RequestKind) -> None:
    one = row(stage=stage, kind=kind)
    assert in_group(one, "open") != in_group(one, "closed")
    assert in_group(one, "closed") == (stage in CLOSED)
    assert in_group(one, "all")
    assert not (in_group(one, "new") and in_group(one, "asking"))
    assert set(GROUPS) == {"open", "new", "asking", "closed", "all"}


def test_search_needs_every_word() -> None:
    assert found_by(row(12), "r12 calder")
    assert not found_by(row(12), "r12 dunmere")


def test_an_organisation_that_asks_for_itself_is_told_once() -> None:
    assert who_words(row(requester="Ada Obi", organisation="Calder University")) == "Ada Obi, Calder University"
    assert who_words(row(requester="Lantern Network", organisation="Lantern Network")) == "Lantern Network"
