"""What she should know before asking anybody, as a quiet card with a mark of care at each line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from matcher.triage import Flag
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.labels import Label

_TITLE = "Worth knowing before you ask anybody"


class FlagList(CardFrame):
    """The card; hidden when there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, quiet=True, parent=parent)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(theme, _TITLE, "label", "ink2", wrap=True))
        self.setAccessibleName(_TITLE)
        self.retheme()
        self.hide()

    def show_flags(self, flags: Sequence[Flag]) -> None:
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_FlagLine(self.theme, flag.reason) for flag in flags]
        for line in self._lines:
            self._column.addWidget(line)
        self.setAccessibleDescription(" ".join(flag.reason for flag in flags))
        self.setVisible(bool(flags))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.M), px(Space.M), px(Space.M), px(Space.M))
        self._column.setSpacing(px(Space.S))
        super().retheme()


class _FlagLine(Part):
    """One concern with its mark."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(theme)
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(theme.px(Space.S))
        row.addWidget(IconView(theme, "warning", "care", 16), 0, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(theme, words, "second", wrap=True), 0, 1)
        row.setColumnStretch(1, 1)
