"""The menu of a row in a list: what the buttons beside the list do, for the right mouse button and the menu key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QMenu


class RowMenu(QObject):
    """Chooses the row that is meant, then offers those of ``buttons`` that can be pressed for it."""

    def __init__(self, view: QAbstractItemView, buttons: Callable[[], Sequence[QAbstractButton]]) -> None:
        super().__init__(view)
        self._view, self._buttons = view, buttons
        for watched in (view, view.viewport()):
            watched.installEventFilter(self)

    def menu(self) -> QMenu:
        """What can be done with the row that is chosen."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self._buttons():
            if button.isVisibleTo(button.window()) and button.isEnabled():
                menu.addAction(button.text()).triggered.connect(button.click)
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
