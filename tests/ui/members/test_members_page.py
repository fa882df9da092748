"""The members page: what is shown, the filter, adding by hand, pairs that may be one person."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from matcher.directory import SavedView, add_member, edit_member, list_members, member_page
from matcher.model import Purpose, State
from matcher_ui.models.table import ROW_ROLE
from matcher_ui.pages.members import members_page as module
from matcher_ui.pages.members.members_page import MembersPage
from matcher_ui.workspace import Place


def shown(desk: Any, tab: str = "") -> MembersPage:
    page = MembersPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("members", tab=tab))
    desk.settle()
    return page


def test_it_shows_every_member_sorted_by_name(desk: Any) -> None:
    page = shown(desk)
    assert page.proxy.rowCount() == len(list_members(desk.store)) == 40
    assert page.count.text() == "40 members"
    names = [page.proxy.row_at(row).by_name for row in range(40)]
    assert names == sorted(names)


def test_typing_filters_and_the_latest_word_wins(desk: Any) -> None:
    page = shown(desk)
    region = page.proxy.row_at(0).region
    expected = sum(row.region == region for row in list_members(desk.store))
    page.filter.setText("zzzz")
    page.filter.setText(region)
    desk.qtbot.waitUntil(lambda: page.proxy.rowCount() == expected)
    assert page.count.text() == f"{expected} of 40 members"
    page.filter.setText("qqqqqqq")
    desk.qtbot.waitUntil(page.nobody.isVisible)
    page.nobody.pressed.emit()
    desk.qtbot.waitUntil(lambda: page.proxy.rowCount() == 40)


def test_enter_opens_the_member_under_the_keyboard(desk: Any) -> None:
    page = shown(desk)
    page.table.setCurrentIndex(page.proxy.index(3, 0))
    desk.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert desk.heard.went[-1] == Place("member", page.proxy.row_at(3).id)


def test_her_place_among_the_members_is_kept_when_something_is_written(desk: Any) -> None:
    page = shown(desk)
    page.table.setCurrentIndex(page.proxy.index(7, 0))
    here = page.current_id()
    edit_member(desk.store, here or 0, {"last_name": "Aardvark"})
    desk.workspace.changed.emit()
    desk.settle()
    assert page.current_id() == here
    assert page.table.currentIndex().row() == 0


def test_columns_never_scroll_sideways_and_can_be_chosen(desk: Any) -> None:
    page = shown(desk)
    for width in (1080, 700, 420):
        page.resize(width, 700)
        desk.settle()
        header = page.table.horizontalHeader()
        assert header.length() <= page.table.viewport().width()
    page.resize(1080, 700)
    phone = page.model.column_of("phone")
    action = page.table.column_menu().actions()[phone]
    assert not action.isChecked()
    action.toggle()
    assert not page.table.isColumnHidden(phone)


def test_an_empty_page_takes_a_spreadsheet_and_refuses_a_picture(empty_desk: Any, tmp_path: Path) -> None:
    page = shown(empty_desk)
    assert page.empty.isVisible()
    assert not page.choose_columns.isVisible()
    for name, went in (("people.xlsx", True), ("photo.png", False)):
        file = tmp_path / name
        file.write_bytes(b"")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        event = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        page.empty.dropEvent(event)
        if went:
            assert empty_desk.heard.went[-1] == Place("import", payload=(str(file),))
        else:
            assert page.trouble.isVisible()
            assert "photo.png" in page.trouble.accessibleName()


def test_choosing_a_file_goes_to_the_preview(empty_desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(empty_desk)
    monkeypatch.setattr(module, "choose_spreadsheet", lambda _parent: "sign-ups.csv")
    page.bring.click()
    assert empty_desk.heard.went == [Place("import", payload=("sign-ups.csv",))]


def test_a_member_is_added_by_hand_and_the_panel_is_ready_for_the_next(empty_desk: Any) -> None:
    page = shown(empty_desk, "add")
    panel = page.panel
    assert panel.isVisible()
    panel.name.setText("Amina Yusuf")
    panel.contact.setText("07700 900123")
    panel.place.setText("LS21 3AB")
    panel.since.setText("2018")
    panel.experience.setPlainText("Sleep-ins, mostly")
    panel.ticks[Purpose.POLICY].setChecked(True)
    empty_desk.qtbot.waitUntil(lambda: "Otley" in panel.found.text())
    panel.another.click()
    empty_desk.settle()
    assert panel.fields["evidence"].state == "wrong"
    assert list_members(empty_desk.store) == ()
    panel.evidence.setText("said so on the phone")
    panel.another.click()
    empty_desk.settle()
    (row,) = list_members(empty_desk.store)
    assert (row.name, row.phone, row.town, row.postcode_district) == (
        "Amina Yusuf",
        "07700 900123",
        "Otley",
        "LS21",
    )
    assert (row.start_year, row.experience_text) == (2018, "Sleep-ins, mostly")
    assert row.consent[Purpose.POLICY] is State.GIVEN
    assert panel.typed().is_empty
    assert panel.isVisible()
    assert page.proxy.rowCount() == 1
    said = empty_desk.heard.said[-1]
    assert said.words == "Added Amina Yusuf."
    empty_desk.workspace.undo(said.batch)
    empty_desk.settle()
    assert list_members(empty_desk.store) == ()


def test_what_could_not_be_read_is_said_at_its_line(empty_desk: Any) -> None:
    page = shown(empty_desk, "add")
    page.panel.save.click()
    assert page.panel.fields["name"].state == "wrong"
    page.panel.name.setText("Bev")
    page.panel.contact.setText("not@an@address")
    page.panel.save.click()
    empty_desk.settle()
    assert {key for key, field in page.panel.fields.items() if field.state == "wrong"} == {"contact"}
    assert page.panel.name.text() == "Bev"
    assert page.keeps_unsaved() == "Bev you were adding"
    assert list_members(empty_desk.store) == ()


def test_somebody_known_is_hinted_at_while_typing(desk: Any) -> None:
    page = shown(desk, "add")
    known = next(row for row in list_members(desk.store) if row.phone)
    page.panel.contact.setText((known.phone or "").replace(" ", ""))
    desk.qtbot.waitUntil(page.panel.known.isVisible)
    assert f"M{known.id}" in page.panel.known.accessibleName()


def test_pairs_are_compared_and_merged_or_kept(empty_desk: Any) -> None:
    store = empty_desk.store
    for town in ("Leeds", "Otley", "Ilkley"):
        add_member(store, {"first_name": "Julie", "last_name": "Marsden", "phone": "07700900111", "town": town})
    page = shown(empty_desk)
    assert page.doubles.banner.isVisible()
    pairs = len(page.doubles.pairs)
    page.doubles.banner.acted.emit("compare")
    empty_desk.settle()
    assert page.doubles.view.isVisible()
    assert not page.choose_columns.isVisible()
    page.doubles.view.same.click()
    empty_desk.settle()
    assert len(list_members(store)) == 2
    assert empty_desk.heard.said[-1].batch
    for _ in range(pairs):
        if page.doubles.view.isVisible() and page.doubles.view.pair:
            page.doubles.view.two.click()
            empty_desk.settle()
    assert len(list_members(store)) == 2
    assert pairs > len(page.doubles.pairs) == 0
    assert page.table.isVisible()
    assert page.choose_columns.isVisible()


def test_everything_that_takes_the_keyboard_has_a_name(desk: Any) -> None:
    page = shown(desk, "add")
    named = page.findChildren(QAbstractButton) + page.findChildren(QLineEdit)
    for widget in [*named, page.table, page.panel.experience]:
        assert isinstance(widget, QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            face = QAccessible.queryAccessibleInterface(widget)
            assert face.text(QAccessible.Text.Name), widget


def test_the_row_under_the_index_is_the_member_shown(desk: Any) -> None:
    page = shown(desk)
    for row in range(0, 40, 7):
        member = page.proxy.index(row, 0).data(ROW_ROLE)
        assert member_page(desk.store, member.id).name == page.proxy.index(row, 0).data()


def test_chosen_columns_are_there_again_the_next_time(desk: Any, qtbot: QtBot) -> None:
    page = MembersPage(desk.workspace)
    qtbot.addWidget(page)
    languages = page.model.column_of("languages")
    page.table.show_column(languages, True)
    page.table.show_column(page.model.column_of("role"), False)
    again = MembersPage(desk.workspace)
    qtbot.addWidget(again)
    assert "languages" in again.table.wanted_columns()
    assert "role" not in again.table.wanted_columns()
    again.show_view(SavedView("Everyone", columns=("name", "place")))
    third = MembersPage(desk.workspace)
    qtbot.addWidget(third)
    assert third.table.wanted_columns() == page.table.wanted_columns()
