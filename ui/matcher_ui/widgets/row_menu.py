"""The menu of a row in a list: what the buttons beside the list do, for the right mouse button and the menu key."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from matcher_ui.widgets.base import Pressable

_AWAY, _BELOW = 24, 4


class Entry(NamedTuple):
    """Something in a menu that no button says: its words, what it does, and its keys."""

    words: str
    act: Callable[[], object]
    keys: str = ""


def nothing_more() -> Sequence[Entry]:
    """No entries beside those of the buttons."""
    return ()


class RowMenu(QObject):
    """Chooses the row that is meant, then offers those of ``buttons`` that can be pressed for it, and ``more``."""

    def __init__(
        self,
        view: QAbstractItemView,
        buttons: Callable[[], Sequence[Pressable]],
        more: Callable[[], Sequence[Entry]] = nothing_more,
    ) -> None:
        super().__init__(view)
        self._view, self._buttons, self._more = view, buttons, more
        for watched in (view, view.viewport()):
            watched.installEventFilter(self)

    def menu(self) -> QMenu:
        """What can be done with the row that is chosen."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self._buttons():
            if button.isVisibleTo(button.window()) and button.isEnabled():
                add_entry(menu, Entry(button.text(), button.click, button.keys))
        for entry in self._more():
            add_entry(menu, entry)
        return menu

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QContextMenuEvent):
            return False
        view = self._view
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = view.currentIndex()
        else:
            index = view.indexAt(view.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid():
            view.setCurrentIndex(index)
            menu = self.menu()
            if menu.actions():
                menu.popup(view.viewport().mapToGlobal(view.visualRect(index).center()))
        return True


def add_entry(menu: QMenu, entry: Entry) -> None:
    """Add what it does, with its keys at the right."""
    words = entry.words.replace("&", "&&")
    action = menu.addAction(f"{words}\t{entry.keys}" if entry.keys else words)
    action.triggered.connect(lambda _on=False: entry.act())


def open_below(menu: QMenu, button: QWidget) -> None:
    """Open a menu once, under its button: from the left edge on, or up to the right one near the window's end."""
    menu.aboutToHide.connect(menu.deleteLater)
    over = menu.sizeHint().width() - button.width()
    past = button.mapTo(button.window(), QPoint(button.width(), 0)).x() + over > button.window().width() - _AWAY
    menu.popup(button.mapToGlobal(QPoint(-over if past and over > 0 else 0, button.height() + _BELOW)))
