"""Correcting a detail that was shared: her page says who has the old one, and the list has the message to send."""

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from matcher.consent import releases, to_do
from matcher_ui.pages.member.member_page import MemberPage
from matcher_ui.pages.promises.promises_page import PromisesPage
from matcher_ui.workspace import Place


def test_whoever_has_the_old_number_is_listed_with_the_message_ready(desk: Any) -> None:
    shared = next(one for one in releases(desk.store) if "phone" in one.fields)
    page = MemberPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.show()
    page.show_place(Place("member", shared.member_id))
    desk.settle()
    before = {item.id for item in to_do(desk.store, shared.member_id)}
    row = next(row for row in page.about.facts if row.fact.label == "Contact")
    row.edit()
    assert row.editor is not None
    phone = row.editor.fields["phone"].control
    assert isinstance(phone, QLineEdit)
    phone.setText("07700 900999")
    row.editor.keep()
    desk.settle()
    desk.settle()
    new = [item for item in to_do(desk.store, shared.member_id) if item.id not in before]
    assert new[0].kind == "correct"
    assert shared.recipient in new[0].about
    assert page.after.isVisible()
    promises = PromisesPage(desk.workspace)
    desk.qtbot.addWidget(promises)
    promises.show()
    promises.show_place(Place("promises", shared.member_id, "after"))
    desk.settle()
    line = next(row for row in promises.after.rows if new[0].about in row.accessibleName())
    assert line.words is not None
    line.words.click()
    desk.settle()
    copied = QGuiApplication.clipboard().text()
    assert "no longer right" in copied
    assert "phone" in copied
    assert "900999" not in copied
    line.tick.click()
    desk.settle()
    desk.settle()
    assert new[0].id not in {item.id for item in to_do(desk.store, shared.member_id)}
