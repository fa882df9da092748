"""Files dragged over the window: what a drop will do is said on the way; what cannot be used is said why."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matcher.storage import PACKED
from matcher_ui.app_window import AppWindow
from matcher_ui.widgets.banner import Banner
from matcher_ui.workspace import Place

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def over(window: AppWindow, data: QMimeData) -> tuple[str, bool]:
    """Drag something over the window: what the cue says, and whether it can be used."""
    event = QDragEnterEvent(window.rect().center(), COPY, data, LEFT, NONE)
    QApplication.sendEvent(window, event)
    assert event.isAccepted()
    cue = window._dropping.cue
    assert cue.isVisible()
    return cue.words, cue.fits


def drop(window: AppWindow, data: QMimeData) -> None:
    over(window, data)
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE))
    assert not window._dropping.cue.isVisible()


def _said(window: AppWindow) -> str:
    return " ".join(one.accessibleName() for one in window.unlock.trouble.findChildren(Banner))


@pytest.mark.parametrize(
    ("name", "words", "fits"),
    [
        ("sign-ups.xlsx", "Drop to read “sign-ups.xlsx”", True),
        ("letter.eml", "Drop to read “letter.eml”", True),
        ("picture.png", "Matcher cannot read this kind of file.", False),
        (f"network{PACKED}", "That is a store of Matcher, or a backup of one.", False),
    ],
)
def test_what_a_drop_will_do_is_said_on_the_way(
    window: AppWindow, tmp_path: Path, name: str, words: str, fits: bool
) -> None:
    assert over(window, files(tmp_path / name)) == (words, fits)
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window._dropping.cue.isVisible()


def test_text_and_several_files_are_told_as_what_they_are(window: AppWindow, tmp_path: Path) -> None:
    text = QMimeData()
    text.setText("Could you put us in touch with six care workers?")
    assert over(window, text) == ("Drop to read this text", True)
    assert over(window, files(tmp_path / "a.eml", tmp_path / "b.pdf")) == ("Drop to read 2 letters", True)
    assert over(window, files(tmp_path / "a.eml", tmp_path / "b.csv"))[1] is False


def test_what_cannot_be_used_is_said_when_it_is_dropped(window: AppWindow, tmp_path: Path) -> None:
    assert window.main is not None
    drop(window, files(tmp_path / "picture.png"))
    assert "picture.png" in window.main.notice.words
    drop(window, files(tmp_path / f"network{PACKED}"))
    assert "Lock this one" in window.main.notice.words


def test_a_letter_goes_to_its_page(window: AppWindow, tmp_path: Path, qtbot: QtBot) -> None:
    assert window.main is not None
    letter = tmp_path / "letter.txt"
    letter.write_text("Could you put us in touch with six care workers?", encoding="utf-8")
    drop(window, files(letter))
    qtbot.waitUntil(lambda: window.jobs.count == 0)
    assert window.main.place == Place("log")


def test_a_store_dropped_on_the_welcome_asks_for_its_passphrase(
    make_window: Callable[[], AppWindow], store_path: Path
) -> None:
    window = make_window()
    window.start()
    assert over(window, files(store_path)) == ("Drop to open “Lantern Network”", True)
    drop(window, files(store_path))
    assert window.stack.currentWidget() is window.unlock
    assert window.unlock._column.title.text() == "Lantern Network"


def test_a_backup_dropped_on_the_lock_asks_for_its_passphrase(
    make_window: Callable[[], AppWindow], store_path: Path, tmp_path: Path
) -> None:
    window = make_window()
    window.start(store_path)
    backup = tmp_path / f"Calder 2026-11-01 10.00.00{PACKED}"
    backup.touch()
    drop(window, files(backup))
    assert backup.name in window.unlock._column.line.text()


def test_other_files_wait_until_there_is_a_store(
    make_window: Callable[[], AppWindow], store_path: Path, tmp_path: Path
) -> None:
    window = make_window()
    window.start()
    sheet = files(tmp_path / "sign-ups.xlsx")
    assert over(window, sheet) == ("Make your store first, then drop it.", False)
    drop(window, sheet)
    assert "Make your store first" in window.welcome.begin.trouble.accessibleName()
    window.start(store_path)
    drop(window, sheet)
    assert "Open your store first" in _said(window)
