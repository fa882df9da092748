"""The table for many members or requests: whole rows, sorting, and a choice of columns on the header."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from matcher_ui.theme import Theme
from matcher_ui.widgets.paint import hairline, text
from matcher_ui.widgets.rows import Index, RowState, paint_row_ground, paint_row_ring, row_state

ROW_HEIGHT = 40
DENSE_HEIGHT = 32


class CellDelegate(QStyledItemDelegate):
    """Paints one cell of a row; a page overrides `paint_cell` for cells that are more than a line of text."""

    def __init__(self, theme: Theme, table: "DataTable") -> None:
        super().__init__(table)
        self.theme = theme
        self._table = table

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        """Draw the value inside ``rect``, which has the cell's side margins taken off already."""
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = Qt.AlignmentFlag(align) if align else Qt.AlignmentFlag.AlignLeft
        first = self._table.first_column == index.column()
        number = bool(flags & Qt.AlignmentFlag.AlignRight)
        role, ink = ("second_name", "ink") if first else ("count" if number else "second", "ink")
        text(painter, rect, words, self.theme, role, ink, flags | Qt.AlignmentFlag.AlignVCenter)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        seen = row_state(option)
        state = seen._replace(hover=self._table.hovered_row == index.row(), focus=False)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self._table.first_column == index.column()
        paint_row_ground(painter, rect, self.theme, state, edge=first)
        side = self.theme.px(8)
        left = rect.x() + (side if first else 0)
        hairline(painter, left, rect.right() + 1, rect.bottom(), self.theme.color("line"))
        inner = rect.adjusted(side, 0, -side, 0)
        self.paint_cell(painter, inner, index, state)
        painter.restore()


class DataTable(QTableView):
    """``columns_changed`` fires when she shows, hides, moves or resizes a column; Enter is ``activated``."""

    columns_changed = Signal()

    def __init__(self, theme: Theme, name: str, *, dense: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.hovered_row = -1
        self.first_column = 0
        """The leftmost column shown, which carries the row's edge and bold name."""
        self._dense = dense
        self._scale = theme.scale
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(theme, self))
        self._set_up_view()
        self._set_up_header()
        theme.changed.connect(self.retheme)
        self.retheme()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.hovered_row = -1
        if model is not None:
            # A header asks of every row whether it is selected, each time it is painted: seconds for a long table.
            header = self.horizontalHeader()
            header.setSelectionModel(QItemSelectionModel(model, header))

    def retheme(self) -> None:
        height = self.theme.px(DENSE_HEIGHT if self._dense else ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        for column in range(header.count()):
            header.resizeSection(column, round(header.sectionSize(column) * self.theme.scale / self._scale))
        self._scale = self.theme.scale
        header.setDefaultSectionSize(self.theme.px(112))
        header.setFont(self.theme.font("label"))
        header.setFixedHeight(self.theme.px(32))
        header.setMinimumSectionSize(self.theme.px(48))
        self.viewport().update()

    def column_menu(self) -> QMenu:
        """A menu with every column and a tick at those shown; the last one shown stays."""
        menu, header = QMenu(self), self.horizontalHeader()
        shown = [i for i in range(header.count()) if not header.isSectionHidden(i)]
        for column in range(header.count()):
            title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(column in shown)
            action.setEnabled(shown != [column])
            action.toggled.connect(lambda on, column=column: self.show_column(column, on))
        return menu

    def show_column(self, column: int, on: bool) -> None:
        self.setColumnHidden(column, not on)
        self.columns_changed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        header = self.horizontalHeader()
        places = map(header.logicalIndex, range(header.count()))
        self.first_column = next((place for place in places if not header.isSectionHidden(place)), 0)
        super().paintEvent(event)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            painter = QPainter(self.viewport())
            row = QRect(
                0, self.rowViewportPosition(current.row()), self.viewport().width(), self.rowHeight(current.row())
            )
            paint_row_ring(painter, row, self.theme, RowState(False, True, True, True))
            painter.end()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(640), self.theme.px(320))

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_column_menu)
        header.sectionResized.connect(self.columns_changed)
        header.sectionMoved.connect(self.columns_changed)

    def _open_column_menu(self, where: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()
