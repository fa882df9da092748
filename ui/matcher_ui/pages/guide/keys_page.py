"""Every key there is, by where it works: a sheet to look at, or to go to with Ctrl+/."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from matcher_ui.pages.page import Page
from matcher_ui.shortcuts import ALL
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.chip import Chip
from matcher_ui.widgets.keyed import tell_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace


class KeysPage(Page):
    """Two columns, the keys and what they do, under the place where they work."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._header, self._scroll = PageHeader(theme, "Keys"), ScrollColumn(theme)
        self._header.set_facts(("Everything can be done without the mouse: Tab goes on, Enter presses.",))
        guide = Button(theme, "The guide", icon="question", tall=True)
        tell_key(guide, "The guide")
        guide.clicked.connect(lambda: workspace.go(Place("guide")))
        self._header.add_action(guide)
        self._grids: list[QGridLayout] = []
        for where, some in groupby(ALL, key=lambda one: one.where):
            grid = QGridLayout()
            for row, one in enumerate(some):
                grid.addWidget(Chip(theme, "neutral", one.keys), row, 0, Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(Label(theme, one.does, "body", wrap=True), row, 1)
            grid.setColumnStretch(1, 1)
            self._grids.append(grid)
            self._scroll.column.addWidget(Label(theme, where, "section"))
            self._scroll.column.addLayout(grid)
        self._scroll.column.addStretch(1)
        self._column, self._head = QVBoxLayout(self), QVBoxLayout()
        self._head.addWidget(self._header)
        self._column.addLayout(self._head)
        self._column.addWidget(self._scroll, 1)
        self.retheme()

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_column"):
            px = self.theme.px
            self._column.setContentsMargins(0, px(Space.PAGE), 0, 0)
            self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
            self._scroll.set_margins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
            self._column.setSpacing(px(Space.L))
            self._scroll.column.setSpacing(px(Space.M))
            for grid in self._grids:
                grid.setColumnMinimumWidth(0, px(144))
                grid.setVerticalSpacing(px(Space.S))
