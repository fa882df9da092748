"""Text in a role of the type scale and a colour of the theme."""

import re

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

from matcher_ui.theme import Theme
from matcher_ui.widgets.paint import LEFT

_WORD = re.compile(r"\S+")
_SEAMS, _SEAMS_OF_MAIL = re.compile(r"(?<=[@._/-])(?=\w)"), re.compile(r"(?<=@)(?=\w)")


def breakable(words: str) -> str:
    """The same words; an address, which has no spaces, may go on in the next line all the same."""
    return _WORD.sub(_with_seams, words)


def _with_seams(word: re.Match[str]) -> str:
    """An e-mail address goes on after its @, so that no piece of a name stands alone."""
    seams = _SEAMS_OF_MAIL if "@" in word.group() else _SEAMS
    return seams.sub("\u200b", word.group())


class Label(QLabel):
    """A label that follows the theme. Plain text only, so that nothing read from a file is taken for markup."""

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        role: str = "second",
        color: str = "ink",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.theme = theme
        self._role = role
        self._color = color
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        theme.changed.connect(self.retheme)
        self._dress()

    def set_look(self, role: str | None = None, color: str | None = None) -> None:
        """Change the role or the colour token."""
        look = role or self._role, color or self._color
        if look != (self._role, self._color):
            self._role, self._color = look
            self.retheme()

    @property
    def role(self) -> str:
        return self._role

    @property
    def color(self) -> str:
        return self._color

    def setText(self, words: str) -> None:
        self._heights.clear()
        super().setText(words)

    def setIndent(self, indent: int) -> None:
        self._heights.clear()
        super().setIndent(indent)

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and not self._is_in_role():
            # the style sheet gives a widget that moves to another parent a font it had before
            self.setFont(self.theme.font(self._role))
        elif event.type() == QEvent.Type.PaletteChange and not self._is_in_ink():  # and the colours
            self.setPalette(self.theme.ink(self._color))

    def retheme(self) -> None:
        self._dress()
        self.setIndent(self.indent())  # a label remembers the least height it once had, until it is laid out anew

    def _dress(self) -> None:
        self.setFont(self.theme.font(self._role))
        self.setPalette(self.theme.ink(self._color))
        self.setMinimumHeight(self.theme.line(self._role))

    def heightForWidth(self, width: int) -> int:
        """Qt asks many times for each time that anything changes."""
        height = self._heights.get(width)
        if height is None:
            height = super().heightForWidth(width)
            if height > 0:
                height = self._lines_in(height) * self.theme.line(self._role) + self._edges()
            self._heights[width] = height
        return height

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        lines = self._lines_in(hint.height())
        height = lines * self.theme.line(self._role) + self._edges()
        return QSize(hint.width(), height) if lines > 1 else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        one_line = self._lines_in(super().heightForWidth(self.width())) == 1
        if one_line or self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().paintEvent(event)
        else:
            self._paint_lines()

    def _lines_in(self, height: int) -> int:
        """How many lines Qt, which sets them closer than the scale, needs this height for."""
        return max(round((height - self._edges()) / self.fontMetrics().lineSpacing()), 1)

    def _edges(self) -> int:
        edges = self.contentsMargins()
        return edges.top() + edges.bottom()

    def _paint_lines(self) -> None:
        """Draw wrapped words with the line height of their role; Qt's own label knows none."""
        line, words = self.theme.line(self._role), QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        words.setTextOption(option)
        room = self.contentsRect().adjusted(max(self.indent(), 0), 0, 0, 0)
        words.beginLayout()
        count = 0
        while (drawn := words.createLine()).isValid():
            drawn.setLineWidth(room.width())
            drawn.setPosition(QPointF(0, count * line + (line - drawn.height()) / 2))
            count += 1
        words.endLayout()
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        words.draw(painter, QPointF(room.x(), room.y() + max(room.height() - count * line, 0) // 2))
        painter.end()

    def _is_in_ink(self) -> bool:
        return self.palette().color(QPalette.ColorRole.WindowText) == self.theme.color(self._color)

    def _is_in_role(self) -> bool:
        wanted, now = self.theme.font(self._role), self.font()
        return (now.pixelSize(), now.weight(), now.italic()) == (
            wanted.pixelSize(), wanted.weight(), wanted.italic(),
        )  # fmt: skip


class ElidedLabel(Label):
    """One line that ends in an ellipsis when there is no room, with its full text in the tip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(24), self.theme.line(self.role))

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, self.theme.line(self.role))

    def shown_text(self) -> str:
        """The text as it is drawn at the present width."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setToolTip("" if self.shown_text() == self.text() else self.text())
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.theme.color(self.color))
        align = LEFT if self.alignment() & Qt.AlignmentFlag.AlignLeft else self.alignment()
        painter.drawText(self.rect(), align | Qt.TextFlag.TextSingleLine, self.shown_text())
        painter.end()
