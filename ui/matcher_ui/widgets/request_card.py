"""A request as a card of the board: title, who asks, audience, deadline, people as a small bar, flags."""

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from matcher.clock import today
from matcher.triage import RequestRow
from matcher_ui.brief_words import AUDIENCES
from matcher_ui.dates import away
from matcher_ui.icons import paint_icon
from matcher_ui.models.requests_table import spoken, who_lines, who_words
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Pressable
from matcher_ui.widgets.chip import chip_size, paint_chip
from matcher_ui.widgets.paint import focus_ring, rounded, smooth, text, width_of
from matcher_ui.widgets.request_rows import deadline_ink, paint_people_bar

CARD = "application/x-matcher-request"
_PAD, _GAP, _LINES = 12, 6, 3


class RequestCard(Pressable):
    """Pressing or Enter opens it (``clicked``). Dragged, or with Ctrl and an arrow, it is moved (``moved``)."""

    moved = Signal(int)
    walked = Signal(int, int)
    closing = Signal()
    asked_menu = Signal()

    def __init__(self, theme: Theme, row: RequestRow, parent: QWidget | None = None) -> None:
        super().__init__(theme, row.title, parent)
        self.row = row
        self._pressed: QPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        flags = f"{len(row.flags)} to know: {' '.join(row.flags)}" if row.flags else ""
        self.setAccessibleName(spoken(row))
        self.setAccessibleDescription(f"{flags} Ctrl and an arrow moves it on or back; Delete closes it.".strip())
        self.setToolTip("\n".join((row.title, who_words(row), *row.flags)))

    def height_for(self, width: int) -> int:
        """How high the card is at a width, in pixels."""
        px, theme = self.theme.px, self.theme
        lines = len(self._title_lines(width - 2 * px(_PAD))) * theme.line("second_name")
        facts = len(self._who()) * theme.line("hint") + theme.line("count") + theme.line("legend") + px(20 + 12)
        return lines + facts + 2 * px(_PAD) + 3 * px(_GAP)

    def sizeHint(self) -> QSize:
        width = self.width() or self.theme.px(180)
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(80), self.height())

    def retheme(self) -> None:
        self.setFixedHeight(self.height_for(self.width()))
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.height_for(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        self._paint(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (
            self._pressed is not None
            and (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        )
        if far and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag()
        else:
            super().mouseMoveEvent(event)

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        self.asked_menu.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        way = ways.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Delete:
            self.closing.emit()
        elif way is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if way[0]:
                self.moved.emit(way[0])
        else:
            self.walked.emit(*way)

    def _drag(self) -> None:
        data, drag, picture = QMimeData(), QDrag(self), QPixmap(self.size())
        data.setData(CARD, str(self.row.id).encode())
        self.render(picture)
        drag.setMimeData(data)
        drag.setPixmap(picture)
        drag.setHotSpot(self._pressed or QPoint())
        self._pressed = None
        self.setDown(False)
        drag.exec(Qt.DropAction.MoveAction)

    def _paint(self, painter: QPainter) -> None:
        theme, px, row = self.theme, self.theme.px, self.row
        ground = theme.color("hover" if self.is_hot else "card")
        rounded(painter, self.rect(), px(10), ground, theme.color("line"))
        left, room, y = px(_PAD), self.width() - 2 * px(_PAD), px(_PAD)
        for words in self._title_lines(room):
            text(painter, QRect(left, y, room, theme.line("second_name")), words, theme, "second_name")
            y += theme.line("second_name")
        y += px(_GAP)
        for who in self._who():
            text(painter, QRect(left, y, room, theme.line("hint")), who, theme, "hint", "ink2")
            y += theme.line("hint")
        y += px(_GAP)
        size = chip_size(theme, "neutral", AUDIENCES[row.audience], in_row=True)
        chip = QRect(left, y, min(size.width(), room), size.height())
        paint_chip(painter, chip, theme, "neutral", AUDIENCES[row.audience])
        y += px(20) + px(_GAP)
        self._paint_deadline(painter, QRect(left, y, room, theme.line("count")))
        y += theme.line("count")
        bar = QRect(left, y + px(2), room, px(6))
        paint_people_bar(painter, bar, row, theme)
        y += px(12)
        text(painter, QRect(left, y, room, theme.line("legend")), _people(row), theme, "legend", "ink2")
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=10)

    def _paint_deadline(self, painter: QPainter, room: QRect) -> None:
        """How far off the deadline is, and at the end how many flags; the flags keep their room."""
        theme, px, row = self.theme, self.theme.px, self.row
        right = room.right() + 1
        if row.flags:
            count = str(len(row.flags))
            right -= width_of(count, theme, "count") + px(18)
            mark = QRect(right, room.y() + (room.height() - px(14)) // 2, px(14), px(14))
            paint_icon(painter, mark, "warning", theme.color("care"))
            where = QRect(right + px(18), room.y(), room.right() + 1 - right - px(18), room.height())
            text(painter, where, count, theme, "count", "care")
            right -= px(8)
        words = QRect(room.x(), room.y(), right - room.x(), room.height())
        text(painter, words, _deadline(row), theme, "count", deadline_ink(row))

    def _who(self) -> tuple[str, ...]:
        """Who asks and for whom, a line each."""
        return who_lines(self.row) or ("Nobody named",)

    def _title_lines(self, room: int) -> list[str]:
        """The title in at most three lines, the last elided."""
        layout = QTextLayout(self.row.title, self.theme.font("second_name"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) < _LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(room, 1))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self.row.title)]
        return [self.row.title[start:end].strip() for start, end in zip(starts, ends, strict=True)] or [""]


def _deadline(row: RequestRow) -> str:
    """“In 3 days”, “2 days late”."""
    if row.deadline is None:
        return "No date given"
    near = away(row.deadline, today())
    return near[:1].upper() + near[1:]


def _people(row: RequestRow) -> str:
    """“8 wanted”, “5 asked, 2 yes”: short enough for a card, whose bar shows the rest."""
    if not row.asked:
        return f"{row.wanted} wanted" if row.wanted else "Nobody asked yet"
    return f"{row.asked} asked, {row.agreed} yes"
