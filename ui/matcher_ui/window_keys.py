"""The keys that work anywhere, each bound to what it does."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from matcher_ui.guide import chapter_of
from matcher_ui.pages.page import Page
from matcher_ui.shortcuts import keys_of
from matcher_ui.theme import Theme
from matcher_ui.widgets.keyed import on_key
from matcher_ui.workspace import Place

if TYPE_CHECKING:
    from matcher_ui.main_window import MainWindow

TEXT_STEP = 0.1


def add_keys(main: "MainWindow", pages: Iterable[tuple[str, str]]) -> None:
    """Bind those of an open store; ``pages``: each entry of the sidebar as it is called, and its key there."""
    places = {
        "Settings": Place("settings"), "This list of keys": Place("keys"),
        "Log a request": Place("log"), "Add a member": Place("members", tab="add"),
        "Bring in a spreadsheet": Place("import"), "Plan a meet-up": Place("meetup", tab="plan"),
    }  # fmt: skip
    acts: dict[str, Callable[[], object]] = {
        **{words: partial(main.choose, key) for words, key in pages},
        **{words: partial(main.go, place) for words, place in places.items()},
        "The guide": lambda: main.go(guide_for(main.page)),
        "Undo the last step": main.undoing.undo_last,
        "Take what was copied: a letter, a file, replies": (
            lambda: main.take(QGuiApplication.clipboard().mimeData())
        ),
        "Back to where you were": main.back,
    }
    for words, act in acts.items():
        on_key(main, words, act)
    redo = "Do again what was undone last (also Ctrl+Y)"
    on_key(main, redo, main.undoing.redo_last).setKeys([QKeySequence(keys_of(redo)), QKeySequence("Ctrl+Y")])


def guide_for(page: Page | None) -> Place:
    """The chapter of the guide that tells of the page shown."""
    known = page.place if page is not None else None
    return Place("guide", tab=chapter_of(known.page, page.shown_of_it()) if page and known else "")


def add_outer_keys(window: QWidget, theme: Theme) -> None:
    """The keys that work wherever she is, a store open or not."""

    def resize(scale: float) -> None:
        theme.set(theme.mode, round(scale, 2))

    on_key(window, "Larger text", lambda: resize(theme.scale + TEXT_STEP))
    on_key(window, "Smaller text", lambda: resize(theme.scale - TEXT_STEP))
    on_key(window, "Text as large as at first", lambda: resize(1.0))
    on_key(window, "Close Matcher", window.close)
    on_key(window, "What can be done with the row or card chosen (also the Menu key)", _open_menu)


def _open_menu() -> None:
    """Ask for the menu of what has the keyboard; not every system does so by itself on this key."""
    here = QApplication.focusWidget()
    if here is not None and QApplication.activePopupWidget() is None:
        spot = here.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(here, QContextMenuEvent(reason, spot, here.mapToGlobal(spot)))
