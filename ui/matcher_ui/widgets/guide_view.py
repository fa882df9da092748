"""The guide: its contents on the left, the chapter on the right, and a search through it. It needs no store."""

from PySide6.QtCore import QModelIndex, QRect, QStringListModel
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher_ui.guide import chapters
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.guide_text import GuideText
from matcher_ui.widgets.keyed import search_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.paint import text
from matcher_ui.widgets.rows import Index, RowDelegate, RowList, RowState

CONTENTS_WIDE, CONTENTS_SHARE = 232, 0.31
"""The width of the contents in pixels at 100 %, and the most of the page that they take."""


class ContentsDelegate(RowDelegate):
    """Paints the title of a chapter."""

    def row_height(self) -> int:
        return self.theme.px(36)

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        room = rect.adjusted(self.theme.px(14), 0, -self.theme.px(8), 0)
        text(painter, room, str(index.data()), self.theme, "name" if state.selected else "body")


class GuideView(Part):
    """While something is searched, the contents show where it stands. ``back``: where its way back leads."""

    def __init__(self, theme: Theme, back: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._chapters = chapters()
        self.header = PageHeader(theme, "Guide", back=back)
        self.header.set_facts(("How things are done, step by step. Nothing here needs the internet.",))
        self.search = FilterBox(theme, "Search in the guide", "Search in the guide")
        self.list = RowList(theme, ContentsDelegate(theme), "Contents")
        self.list.setModel(QStringListModel([one.title for one in self._chapters], self))
        self.nothing = Label(theme, "", "second", "ink2", wrap=True)
        self.text = GuideText(theme)
        self._side, self._column, self._row = QVBoxLayout(), QVBoxLayout(self), QHBoxLayout()
        self._lay_out()
        self.search.textChanged.connect(self._seek)
        search_by_key(self.search)
        self.search.returnPressed.connect(self.text.setFocus)
        self.search.went_down.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _index: self.text.setFocus())
        self.text.turned.connect(self.turn_to)
        self.retheme()
        self.turn_to(self._chapters[0].key)

    @property
    def shown(self) -> tuple[str, ...]:
        """The titles in the contents as they stand."""
        return tuple(
            one.title for row, one in enumerate(self._chapters) if not self.list.isRowHidden(row)
        )  # fmt: skip

    def turn_to(self, key: str) -> None:
        """Show a chapter; an unknown one leaves the guide where it is."""
        row = next((row for row, one in enumerate(self._chapters) if one.key == key), None)
        if row is not None:
            self.list.setCurrentIndex(self.list.model().index(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.PAGE), px(Space.PAGE), 0, 0)
        self._column.setSpacing(px(Space.L))
        self._row.setSpacing(px(Space.CARD))
        self._side.setSpacing(px(Space.S))
        self._narrow()
        super().retheme()

    def _narrow(self) -> None:
        """Give the contents their width, and no more than their share of a narrow page."""
        width = min(self.theme.px(CONTENTS_WIDE), round(self.width() * CONTENTS_SHARE))
        for part in (self.search, self.list, self.nothing):
            part.setFixedWidth(width)

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.text.show_chapter(self._chapters[index.row()], self.search.text().split())

    def _seek(self, words: str) -> None:
        found = [row for row, one in enumerate(self._chapters) if one.holds(words)]
        for row in range(len(self._chapters)):
            self.list.setRowHidden(row, row not in found)
        self.nothing.setVisible(not found)
        self.nothing.setText(f"Nothing in the guide speaks of “{words.strip()}”.")
        here = self.list.currentIndex()
        if found and here.row() not in found:
            self.list.setCurrentIndex(self.list.model().index(found[0], 0))
        else:
            self._chosen(here, here)

    def _lay_out(self) -> None:
        self.nothing.hide()
        for part, stretch in ((self.search, 0), (self.nothing, 0), (self.list, 1)):
            self._side.addWidget(part, stretch)
        self._row.addLayout(self._side)
        self._row.addWidget(self.text, 1)
        self._column.addWidget(self.header)
        self._column.addLayout(self._row, 1)
