"""The keys that work anywhere in an open store, each bound to what it does."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from matcher_ui.shortcuts import keys_of
from matcher_ui.workspace import Place

if TYPE_CHECKING:
    from matcher_ui.main_window import MainWindow

TEXT_STEP = 0.1


def add_keys(main: "MainWindow", pages: Iterable[tuple[str, str]]) -> None:
    """Bind them; ``pages`` are the entries of the sidebar, each with what it is called and its key there."""
    places = {
        "Settings": Place("settings"), "The guide": Place("guide"), "This list of keys": Place("keys"),
        "Log a request": Place("log"), "Add a member": Place("members", tab="add"),
        "Bring in a spreadsheet": Place("import"), "Plan a meet-up": Place("meetup", tab="plan"),
    }  # fmt: skip
    acts: dict[str, Callable[[], object]] = {
        **{words: partial(main.choose, key) for words, key in pages},
        **{words: partial(main.go, place) for words, place in places.items()},
        "Undo the last step": main.undo_last,
        "Take what was copied: a letter, a file, replies": (
            lambda: main.take(QGuiApplication.clipboard().mimeData())
        ),
        "Back to where you were": main.back,
        "Larger text": lambda: _resize_text(main, TEXT_STEP),
        "Smaller text": lambda: _resize_text(main, -TEXT_STEP),
    }
    for words, act in acts.items():
        QShortcut(QKeySequence(keys_of(words)), main).activated.connect(act)


def _resize_text(main: "MainWindow", by: float) -> None:
    main.theme.set(main.theme.mode, round(main.theme.scale + by, 2))
