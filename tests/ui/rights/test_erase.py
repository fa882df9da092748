"""Erasing a member in the window: the consequences, her name typed, and what is left to do afterwards."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from matcher.consent import to_do
from matcher.directory import list_members, member_page
from matcher_ui.pages.member.member_page import MemberPage
from matcher_ui.workspace import Place


def shared(desk: Any) -> int:
    """A member whose details went to a requester."""
    from matcher.consent import releases

    return next(one.member_id for one in releases(desk.store))


def opened(desk: Any, member_id: int) -> MemberPage:
    page = MemberPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("member", member_id))
    desk.settle()
    page._open_erase()
    desk.settle()
    return page


def words_on(page: MemberPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_only_her_name_opens_the_way(desk: Any) -> None:
    member_id = shared(desk)
    name = member_page(desk.store, member_id).name
    page = opened(desk, member_id)
    panel = page.erase_panel
    assert "What goes" in words_on(page)
    assert "keeps the next spreadsheet" in words_on(page)
    assert panel.tell.buttons
    panel.tell.buttons[0].click()
    assert "delete what you have of theirs" in QGuiApplication.clipboard().text()
    panel.typed.setText("somebody else")
    panel.confirm.click()
    desk.settle()
    assert member_page(desk.store, member_id).name == name
    desk.qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_afterwards_the_page_says_what_is_left_and_nowhere_who_it_was(desk: Any) -> None:
    member_id = shared(desk)
    held = member_page(desk.store, member_id)
    last = held.name.split()[-1]
    page = opened(desk, member_id)
    page.erase_panel.typed.setText(f"  {held.name.upper()} ")
    page.erase_panel.confirm.click()
    desk.settle()
    desk.settle()
    assert member_id not in [row.id for row in list_members(desk.store)]
    left = to_do(desk.store, member_id)
    assert [row.tick.accessibleName() for row in page.erased.rows] == [f"Done: {one.about}" for one in left]
    assert left
    said = " ".join(one.words for one in desk.heard.said)
    assert f"M{member_id}" in said
    for told in (words_on(page), said, page.header.accessibleName()):
        assert last not in told
    assert "WhatsApp" in words_on(page)
    page.erased.rows[0].tick.click()
    desk.settle()
    desk.settle()
    assert len(page.erased.rows) == len(left) - 1
    page.show_place(Place("member", list_members(desk.store)[0].id))
    desk.settle()
    assert not page.erased.isVisible()
    assert page.record.isVisible()


def test_all_of_it_is_looked_through_from_the_tab_that_holds_it(desk: Any) -> None:
    page = MemberPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.show()
    member_id = shared(desk)
    page.show_place(Place("member", member_id, "held"))
    desk.settle()
    page.held.hand_over.click()
    assert desk.heard.went == [Place("report", member_id, "member")]
