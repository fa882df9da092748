"""Several views in one place, of which one is shown; each is made when it is needed."""

from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

V = TypeVar("V", bound=QWidget)


class Views(QStackedWidget):
    """Nothing but a stack that hands back what is put into it."""

    def put(self, view: V) -> V:
        """Take a view that was just made."""
        self.addWidget(view)
        return view
