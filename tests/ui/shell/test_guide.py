"""The guide inside the program, the explanations behind question marks, and the texts of both."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import matcher_ui
from matcher_ui.app_window import AppWindow
from matcher_ui.guide import chapter_of, chapters, concepts, folder
from matcher_ui.main_window import MainWindow
from matcher_ui.page_list import PAGES
from matcher_ui.pages.guide.guide_page import GuidePage
from matcher_ui.pages.settings.settings_page import SettingsPage
from matcher_ui.theme import Theme
from matcher_ui.widgets.guide_text import GuideText
from matcher_ui.widgets.what_is_this import WhatIsThis
from matcher_ui.workspace import Place

MOST_BYTES = 6_000_000
ONLY_IN_CODE = ("ledger", "gate", "criterion", "candidate", "deficit", "seed", "JSON", "database", "export format")


@pytest.fixture
def main(window: AppWindow) -> MainWindow:
    assert window.main is not None
    return window.main


@pytest.fixture
def page(main: MainWindow, qtbot: QtBot) -> GuidePage:
    main.go(Place("guide"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert isinstance(main.page, GuidePage)
    return main.page


def test_a_chapter_is_drawn_when_it_is_seen(theme: Theme, qtbot: QtBot) -> None:
    text = GuideText(theme)
    qtbot.addWidget(text)
    text.show_chapter(chapters()[0])
    theme.set("dark", 1.0)
    assert text.toPlainText() == ""
    text.show()
    assert text.toPlainText().startswith(chapters()[0].title)
    text.show_chapter(chapters()[1])
    assert text.toPlainText().startswith(chapters()[1].title)


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def test_every_picture_is_there_with_words_for_those_who_do_not_see_it() -> None:
    for chapter in chapters():
        for words, file in re.findall(r"!\[([^]]*)\]\((pictures/[^)]+)\)", chapter.text):
            assert words, file
            assert not QImage(str(folder() / file)).isNull(), file
    drawn = {f"pictures/{file.name}" for file in (folder() / "pictures").glob("*")}
    assert drawn == {link for one in chapters() for link in links(one.text) if link.startswith("pictures/")}
    assert sum(file.stat().st_size for file in (folder() / "pictures").glob("*")) < MOST_BYTES


def test_links_lead_to_chapters_and_nowhere_else() -> None:
    keys = {f"{one.key}.md" for one in chapters()}
    assert {link for one in chapters() for link in links(one.text) if not link.startswith("pictures/")} <= keys
    assert {f"{one.chapter}.md" for one in concepts().values()} <= keys


def test_the_contents_in_the_documentation_name_every_chapter_in_order() -> None:
    index = (Path(__file__).parents[3] / "docs" / "guide" / "README.md").read_text("utf-8")
    named = [Path(link).stem for link in links(index) if link.endswith(".md")]
    assert named == [one.key for one in chapters()]


def test_no_text_uses_a_word_that_belongs_to_the_code() -> None:
    told = " ".join([*(one.text for one in chapters()), *(one.text for one in concepts().values())])
    assert [word for word in ONLY_IN_CODE if re.search(rf"\b{word}s?\b", told, re.IGNORECASE)] == []


def test_every_explanation_stands_somewhere_in_the_window() -> None:
    source = "".join(file.read_text("utf-8") for file in Path(matcher_ui.__file__).parent.rglob("*.py"))
    assert [name for name in concepts() if f'"{name}"' not in source] == []


def test_f1_opens_the_guide_and_its_contents_turn_it(main: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(main, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    page = main.page
    assert isinstance(page, GuidePage)
    assert page.view.shown == tuple(one.title for one in chapters())
    assert main.sidebar._buttons["guide"].isChecked()
    page.view.list.setFocus()
    QTest.keyClick(page.view.list, Qt.Key.Key_Down)
    assert page.view.text.chapter == chapters()[1]
    assert chapters()[1].title in page.view.text.toPlainText()
    main.back()
    assert main.place == Place("today")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "guide"])
def test_every_page_has_a_chapter_that_tells_of_it(name: str) -> None:
    assert chapter_of(name) in {chapter.key for chapter in chapters()}


def test_f1_opens_the_chapter_of_what_is_shown(main: MainWindow, qtbot: QtBot) -> None:
    for place, title in (
        (Place("insight"), "Who is being heard"),
        (Place("outreach"), "Answers come back"),
        (Place("outreach", tab="meetups"), "Meet-ups and drop-ins"),
        (Place("settings"), "Keep it safe"),
    ):
        main.go(place)
        qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
        QTest.keyClick(main, Qt.Key.Key_F1)
        qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
        guide = main.page
        assert isinstance(guide, GuidePage)
        assert guide.view.list.currentIndex().data() == title
    assert isinstance(guide := main.page, GuidePage)
    QTest.keyClick(main, Qt.Key.Key_F1)
    assert guide.view.list.currentIndex().data() == "Keep it safe"


@pytest.mark.parametrize(("step", "title"), [("checks", "Checks"), ("match", "Match, and why"), ("close", "Close")])
def test_each_step_of_a_request_has_its_chapter(step: str, title: str) -> None:
    assert chapter_of("request", step) in {one.key for one in chapters() if one.title == title}


def test_a_link_turns_to_its_chapter_and_none_leaves_the_guide(page: GuidePage) -> None:
    page.view.text.anchorClicked.emit(QUrl(f"{chapters()[3].key}.md"))
    assert page.view.text.chapter == chapters()[3]
    for link in ("https://example.org/", "file:///etc/passwd", "12-nothing.md"):
        page.view.text.anchorClicked.emit(QUrl(link))
        assert page.view.text.chapter == chapters()[3]
    assert page.view.text.loadResource(2, QUrl("../README.md")) is None


def test_a_search_keeps_the_chapters_that_speak_of_it_and_marks_it(page: GuidePage) -> None:
    QTest.keyClicks(page.view.search, "spreadsheet")
    assert 0 < len(page.view.shown) < len(chapters())
    assert all("spreadsheet" in one.text.casefold() for one in chapters() if one.title in page.view.shown)
    marks = page.view.text.extraSelections()
    assert {mark.cursor.selectedText().casefold() for mark in marks} == {"spreadsheet"}
    assert all(a.cursor.position() <= b.cursor.position() for a, b in pairwise(marks))

    page.view.search.setText("zebra crossing")
    assert page.view.shown == ()
    assert "zebra crossing" in page.view.nothing.text()

    page.view.search.clear()
    assert page.view.shown == tuple(one.title for one in chapters())
    assert not page.view.text.extraSelections()


def test_pictures_are_never_wider_than_the_text(page: GuidePage, main: MainWindow, qtbot: QtBot) -> None:
    page.view.turn_to("05-match")
    for scale in (1.0, 1.5):
        page.theme.set("dark", scale)
        QCoreApplication.processEvents()
        picture = page.view.text.loadResource(2, QUrl("pictures/match.png"))
        assert isinstance(picture, QImage)
        assert picture.deviceIndependentSize().width() < page.view.text.viewport().width()
        qtbot.waitUntil(lambda: page.view.text.document().size().width() <= page.view.text.viewport().width())


def test_what_is_this_explains_and_leads_to_the_chapter(main: MainWindow, qtbot: QtBot) -> None:
    main.go(Place("settings"))
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    assert isinstance(main.page, SettingsPage)
    mark = next(
        one for one in main.page.findChildren(WhatIsThis) if concepts()["rest"].title in one.accessibleName()
    )
    QTest.keyClick(mark, Qt.Key.Key_Space)
    assert mark.shown is not None
    assert mark.shown.words.text() == concepts()["rest"].text
    QTest.keyClick(mark.shown, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert mark.shown is None

    mark.click()
    assert mark.shown is not None
    mark.shown.more.click()
    qtbot.waitUntil(lambda: main.workspace.jobs.count == 0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert mark.shown is None
    assert main.place == Place("guide", tab=concepts()["rest"].chapter)
