"""The buttons of a page: beside its title, or under it where the title would have no room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.page_header import PageHeader


class HeadActions(Part):
    """``column`` is the layout whose first part is ``header``; below ``narrow`` the buttons come second in it."""

    def __init__(
        self, theme: Theme, header: PageHeader, column: QVBoxLayout, narrow: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._header, self._column, self._narrow = header, column, narrow
        self._under = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        header.add_action(self)
        self.retheme()

    def add(self, widget: QWidget) -> None:
        """Add a button at the end."""
        self._row.addWidget(widget)

    def arrange(self, width: int) -> None:
        """Stand where a page of this width has room for them."""
        under = width < self.theme.px(self._narrow)
        if under != self._under:
            self._under = under
            if under:
                self._column.insertWidget(1, self, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._header.add_action(self)

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.S))
        super().retheme()
