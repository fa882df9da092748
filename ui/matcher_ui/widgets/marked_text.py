"""Text with the phrases that mattered marked in it, line by line: own words and the original of a request.

Grounds and underlines are drawn behind wrapped text run by run. A numbered dot stands at the start of a phrase.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.paint import focus_ring, number_dot
from matcher_ui.widgets.score_bar import PARTS

MarkKind = Literal["place", "experience", "interests", "found", "check"]


@dataclass(frozen=True)
class Mark:
    """A phrase from character ``start`` up to ``end`` of the text, why it is marked, and its number if any."""

    start: int
    end: int
    kind: MarkKind
    number: int | None = None


class MarkLook(NamedTuple):
    """The ground of a marked phrase, and the line under it."""

    ground: str
    line: str
    style: Qt.PenStyle


LOOKS: dict[MarkKind, MarkLook] = {
    "place": MarkLook("place_ground", "place", Qt.PenStyle.SolidLine),
    "experience": MarkLook("experience_ground", "experience", Qt.PenStyle.DashLine),
    "interests": MarkLook("interests_ground", "interests", Qt.PenStyle.DotLine),
    "found": MarkLook("found_ground", "experience", Qt.PenStyle.SolidLine),
    "check": MarkLook("care_ground", "care", Qt.PenStyle.DotLine),
}
_SPOKEN: dict[MarkKind, str] = {
    "place": PARTS["place"],
    "experience": PARTS["experience"],
    "interests": PARTS["interests"],
    "found": "Found",
    "check": "To check",
}
_MARGIN = 4
_NBSP = "\u00a0"


@dataclass(frozen=True)
class _Run:
    """Where a mark stands in the document shown, whose positions count UTF-16 units and the dots' places."""

    mark: Mark
    start: int
    end: int


class MarkedText(QTextEdit):
    """Read-only text that can be selected and copied. ``chosen`` carries the number of a phrase that is pressed.

    With ``fits`` it is as high as its text; otherwise it scrolls.
    """

    chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        role: str = "second_running",
        fits: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._role, self._fits = role, fits
        self._text, self._marks = "", tuple[Mark, ...]()
        self._runs: list[_Run] = []
        self._current: int | None = None
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            # the room for what a mark's ground overhangs lies outside, so that words stand where titles do
            self.setViewportMargins(-_MARGIN, 0, -_MARGIN, 0)
        theme.changed.connect(self.retheme)

    def show_text(self, text: str, marks: Sequence[Mark] = ()) -> None:
        """Show ``text`` with ``marks``; positions outside the text are cut to it, empty ones left out."""
        self._text = text
        cut = [Mark(max(m.start, 0), min(m.end, len(text)), m.kind, m.number) for m in marks]
        self._marks = tuple(sorted((m for m in cut if m.start < m.end), key=lambda m: m.start))
        self.setAccessibleDescription(self._spoken_marks())
        self._build()

    def set_current(self, number: int | None) -> None:
        """Ring the phrase with this number and bring it into view; None rings none."""
        self._current = number
        run = next((r for r in self._runs if number is not None and r.mark.number == number), None)
        if run is not None and not self._fits:
            cursor = QTextCursor(self.document())
            cursor.setPosition(run.start)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        self.viewport().update()

    def retheme(self) -> None:
        if self._text:
            self._build()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        position = self.cursorForPosition(event.position().toPoint()).position()
        for run in self._runs:
            if run.start <= position <= run.end and run.mark.number is not None:
                self.chosen.emit(run.mark.number)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalScrollBar().value())
        for run in self._runs:
            self._paint_grounds(painter, run)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self.hasFocus():
            focus_ring(painter, self.viewport().rect(), self.theme)
        painter.translate(0, -self.verticalScrollBar().value())
        for run in self._runs:
            if run.mark.number is not None:
                self._paint_dot(painter, run)
        painter.end()

    def _build(self) -> None:
        """Lay the text out afresh with the places for the dots."""
        shown, places = self._with_places()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, self.theme.color("ink"))
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.setFont(self.theme.font(self._role))
        self.document().setDocumentMargin(_MARGIN)
        self.setPlainText(shown)
        self._runs = [_Run(m, places[m.start], places[m.end]) for m in self._marks]
        self._set_lines()
        self._widen_places()
        self._fit()

    def _with_places(self) -> tuple[str, list[int]]:
        """The text with a space for each dot, and for every character its position in the document."""
        dots = {m.start for m in self._marks if m.number is not None}
        shown: list[str] = []
        places: list[int] = []
        length = 0
        for index, letter in enumerate(self._text):
            places.append(length)
            if index in dots:
                shown.append(_NBSP)
                length += 1
            if letter != "\r":
                shown.append(letter)
                length += 2 if ord(letter) > 0xFFFF else 1
        places.append(length)
        return "".join(shown), places

    def _set_lines(self) -> None:
        """Give every line the role's height; an empty line becomes a smaller gap between paragraphs."""
        line, gap = self.theme.line(self._role), self.theme.px(8)
        block = self.document().begin()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        while block.isValid():
            height = line if block.text().strip() else gap
            shape = QTextBlockFormat()
            shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(shape)
            if height == gap:
                cursor.mergeBlockCharFormat(self._tiny())
            block = block.next()
        cursor.endEditBlock()

    def _tiny(self) -> QTextCharFormat:
        shape = QTextCharFormat()
        font = QFont(self.font())
        font.setPixelSize(1)
        shape.setFont(font)
        return shape

    def _widen_places(self) -> None:
        """Make the space before a numbered phrase as wide as its dot."""
        font = QFont(self.font())
        space = self.theme.metrics(self._role).horizontalAdvance(_NBSP)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.theme.px(16 + 5) - space)
        shape = QTextCharFormat()
        shape.setFont(font)
        cursor = QTextCursor(self.document())
        for run in self._runs:
            if run.mark.number is not None:
                cursor.setPosition(run.start)
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(shape)

    def _fit(self) -> None:
        if self._fits:
            self.setFixedHeight(max(round(self.document().size().height() + 0.5), self.theme.line(self._role)))

    def _paint_grounds(self, painter: QPainter, run: _Run) -> None:
        look = LOOKS[run.mark.kind]
        painter.setPen(Qt.PenStyle.NoPen)
        for box in self._boxes(run):
            painter.setBrush(self.theme.color(look.ground))
            painter.drawRoundedRect(box, 3, 3)
            under = QPen(self.theme.color(look.line), 1.6, look.style, Qt.PenCapStyle.FlatCap)
            painter.setPen(under)
            painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
            painter.setPen(Qt.PenStyle.NoPen)
            if run.mark.number is not None and run.mark.number == self._current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.theme.color("accent"), 2))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
                painter.setPen(Qt.PenStyle.NoPen)

    def _paint_dot(self, painter: QPainter, run: _Run) -> None:
        boxes = self._boxes(run)
        if boxes and run.mark.number is not None:
            center = QPointF(boxes[0].left() + 3 + self.theme.px(16) / 2, boxes[0].center().y())
            ground, ink = ("care", "window") if run.mark.kind == "check" else ("accent", "on_accent")
            number_dot(painter, center, run.mark.number, self.theme, ground, ink)

    def _boxes(self, run: _Run) -> list[QRectF]:
        """The ground of a phrase: one box for each line it runs over."""
        boxes: list[QRectF] = []
        block = self.document().findBlock(run.start)
        while block.isValid() and block.position() < run.end:
            first = max(run.start - block.position(), 0)
            last = min(run.end - block.position(), block.length() - 1)
            for index in range(block.layout().lineCount()):
                line = block.layout().lineAt(index)
                start, end = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
                if start < end and block.text()[start:end].strip():
                    boxes.append(self._box(block, line, start, end))
            block = block.next()
        return boxes

    def _box(self, block: QTextBlock, line: QTextLine, start: int, end: int) -> QRectF:
        left, right = _x(line, start), min(_x(line, end), line.x() + line.naturalTextWidth())
        origin = block.layout().position()
        metrics = self.theme.metrics(self._role)
        base = origin.y() + line.y() + line.ascent()
        height = metrics.ascent() + metrics.descent() + 4
        return QRectF(origin.x() + left - 3, base - metrics.ascent() - 1, right - left + 5, height)

    def _spoken_marks(self) -> str:
        return " ".join(
            f"{_SPOKEN[m.kind]}{'' if m.number is None else f' {m.number}'}: “{self._text[m.start : m.end]}”."
            for m in self._marks
        )


def own_words(theme: Theme, parent: QWidget | None = None) -> MarkedText:
    """Their own words in the why-panel: 13 on 22, as high as they need."""
    return MarkedText(theme, "In their own words", role="second_running", parent=parent)


def original(theme: Theme, parent: QWidget | None = None) -> MarkedText:
    """The original of a request beside its form: 14 on 26, scrolling, with numbered dots."""
    return MarkedText(theme, "The original", role="letter", fits=False, parent=parent)


def _x(line: QTextLine, position: int) -> float:
    """Where a character starts; the binding gives back the position too."""
    answer: Any = line.cursorToX(position)
    return float(answer[0] if isinstance(answer, tuple) else answer)
