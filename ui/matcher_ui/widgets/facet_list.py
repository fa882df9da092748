"""The list that opens under a filter chip: values with a tick box and how many would be left."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from matcher_ui.icons import BOLD_STROKE, paint_icon
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.paint import RIGHT, hairline, rounded, smooth, text, width_of
from matcher_ui.widgets.rows import Index, RowDelegate, RowList, RowState

ROW, MOST_ROWS, NARROWEST, WIDEST = 32, 14, 220, 340
OFFER_ROLE = Qt.ItemDataRole.UserRole


class Offer(NamedTuple):
    """One row: a value of a facet and how many have it; a heading has no value."""

    facet: str
    value: str
    many: int
    on: bool
    heading: str = ""


class OfferModel(QAbstractListModel):
    """The rows of one list. While it is open only counts and ticks change, never the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: tuple[Offer, ...] = ()

    def show(self, offers: Sequence[Offer]) -> None:
        """Show these; rows that stay the same rows keep the keyboard."""
        same = [(one.facet, one.value) for one in offers] == [(one.facet, one.value) for one in self.offers]
        if same:
            self.offers = tuple(offers)
            if offers:
                self.dataChanged.emit(self.index(0), self.index(len(offers) - 1))
            return
        self.beginResetModel()
        self.offers = tuple(offers)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return Qt.ItemFlag.NoItemFlags if index.isValid() and self.offers[index.row()].heading else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        offer = self.offers[index.row()]
        if role == OFFER_ROLE:
            return offer
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.heading or offer.value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return offer.heading or f"{offer.value}, {offer.many:,}, {'chosen' if offer.on else 'not chosen'}"
        return None


class _Rows(RowDelegate):
    def row_height(self) -> int:
        return self.theme.px(ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer: Offer = index.data(OFFER_ROLE)
        if offer.heading:
            rect: QRect = option.rect
            if index.row():
                hairline(painter, rect.left() + self.theme.px(12), rect.right() + 1, rect.top(),
                         self.theme.color("line"))  # fmt: skip
            text(painter, rect.adjusted(self.theme.px(12), self.theme.px(4), 0, 0), offer.heading, self.theme,
                 "label", "ink2")  # fmt: skip
        else:
            super().paint(painter, option, index)

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        offer: Offer = index.data(OFFER_ROLE)
        theme, px = self.theme, self.theme.px
        side = px(16)
        box = QRect(rect.x() + px(12), rect.center().y() - side // 2 + 1, side, side)
        rounded(painter, box, px(4), theme.color("accent" if offer.on else "card"),
                None if offer.on else theme.color("edge"))  # fmt: skip
        if offer.on:
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", theme.color("on_accent"), BOLD_STROKE)
        number = f"{offer.many:,}"
        wide = width_of(number, theme, "count")
        end = rect.right() - px(12)
        text(painter, QRect(end - wide, rect.y(), wide + 1, rect.height()), number, theme, "count", "ink3", RIGHT)
        left = box.right() + px(10)
        ink = "ink" if offer.many or offer.on else "ink3"
        text(painter, QRect(left, rect.y(), end - wide - px(10) - left, rect.height()), offer.value, theme,
             "second", ink)  # fmt: skip


class _List(RowList):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.clicked.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class FacetList(Part):
    """A popup. ``ticked`` carries facet and value; ``emptied`` asks to take every tick of this list away."""

    ticked = Signal(str, str)
    emptied = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.model = OfferModel()
        self.list = _List(theme, _Rows(theme), "Values")
        self.list.setModel(self.model)
        self.clear = Button(theme, "Clear", "link")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.list)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.clear)
        self._foot.addStretch(1)
        self._column.addLayout(self._foot)
        self.list.clicked.connect(self._tick)
        self.clear.clicked.connect(self.emptied)
        self.retheme()

    def show_offers(self, name: str, offers: Sequence[Offer]) -> None:
        """Show these values; the list of a facet called ``name``."""
        self.list.setAccessibleName(name)
        self.setAccessibleName(name)
        self.model.show(offers)
        self.clear.setVisible(any(offer.on for offer in offers))
        self.resize(self.sizeHint())

    def open_under(self, where: QPoint, room: QRect) -> None:
        """Open with the top left corner at ``where``, inside ``room``, both on the screen."""
        size = self.sizeHint()
        left = min(where.x(), room.right() - size.width())
        height = min(size.height(), room.bottom() - where.y())
        self.setGeometry(max(left, room.left()), where.y(), size.width(), height)
        self.show()
        rows = range(len(self.model.offers))
        first = min(rows, key=lambda row: _eager(self.model.offers[row]), default=0)
        self.list.setCurrentIndex(self.model.index(first))
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def sizeHint(self) -> QSize:
        px, offers = self.theme.px, self.model.offers
        words = max((width_of(o.heading or o.value, self.theme, "second") for o in offers), default=0)
        width = min(max(words + px(120), px(NARROWEST)), px(WIDEST))
        rows = min(max(len(offers), 1), MOST_ROWS)
        foot = px(32) if not self.clear.isHidden() else 0
        return QSize(width, rows * px(ROW) + foot + 2 * px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        rounded(painter, self.rect(), 0, self.theme.color("card"), self.theme.color("soft_edge"))  # as menus are
        painter.end()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(1, px(Space.S), 1, px(Space.S))
        self._column.setSpacing(px(Space.S))
        self._foot.setContentsMargins(px(Space.M), 0, 0, 0)
        super().retheme()

    def _tick(self, index: QModelIndex) -> None:
        offer = self.model.offers[index.row()]
        if not offer.heading:
            self.ticked.emit(offer.facet, offer.value)


def _eager(offer: Offer) -> int:
    """Where the keyboard begins: at what is chosen, else at the first value."""
    return 2 if offer.heading else 0 if offer.on else 1
