"""A layout that lays its parts side by side and goes on in the next line, as words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Parts keep their own size; the gap between them is the layout's spacing.

    ``one_line``: beside others it asks for room for all its parts in a line, and folds where there is none.
    """

    def __init__(self, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._between_lines: int | None = None
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def set_line_spacing(self, gap: int) -> None:
        """The gap between two lines, where it is another than that between two parts."""
        self._between_lines = gap
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt asks a hundred times for each time that anything changes."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        least = self.minimumSize()
        if not self._one_line:
            return least
        shown = [item.sizeHint().width() for item in self._items if not item.isEmpty()]
        return QSize(sum(shown) + max(len(shown) - 1, 0) * max(self.spacing(), 0), least.height())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y, gap = rect.y(), max(self.spacing(), 0)
        below = gap if self._between_lines is None else self._between_lines
        for line in self._in_lines(max(rect.width(), 1), gap):
            x, tallest = rect.x(), max(size.height() for _item, size in line)
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (tallest - size.height()) // 2), size))
                x += size.width() + gap
            y += tallest + below
        return max(y - below - rect.y(), 0)

    def _in_lines(self, room: int, gap: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What is shown, line by line, with its size."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = room
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(room, 10_000))
            if not lines or used + gap + size.width() > room:
                lines.append([])
                used = -gap
            lines[-1].append((item, size))
            used += gap + size.width()
        return lines
