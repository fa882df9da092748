"""“What is this?”: a quiet question mark beside a word of the program, and what it means in a few sentences."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.guide import concepts
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part, RingedButton
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import rounded, smooth, text

_WIDE, _GAP, _ROUND = 320, 4, 8
QUESTION_MARK = 24
"""How wide and high the question mark is, in pixels at 100 %."""
_KIND = QEvent.Type(QEvent.registerEventType())


class GuideWanted(QEvent):
    """A chapter of the guide is wanted. It goes up from parent to parent until somebody accepts it."""

    def __init__(self, chapter: str) -> None:
        super().__init__(_KIND)
        self.chapter = chapter
        self.setAccepted(False)


class Explanation(Part):
    """The few sentences, over the window; Esc, or a click elsewhere, closes it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        concept = concepts()[name]
        self.setAccessibleName(f"{concept.title}. {concept.text}")
        self.words = Label(theme, concept.text, "second_running", "ink2", wrap=True)
        self.more = Button(theme, "More in the guide", "link")
        column, px = QVBoxLayout(self), theme.px
        column.setContentsMargins(*[px(Space.L)] * 4)
        column.setSpacing(px(Space.S))
        column.addWidget(Label(theme, concept.title, "section", wrap=True))
        column.addWidget(self.words)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedWidth(px(_WIDE))
        self.setFixedHeight(column.heightForWidth(self.width()))
        self.setFocusProxy(self.more)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        painter.fillRect(self.rect(), theme.color("card"))
        rounded(painter, self.rect(), theme.px(_ROUND), border=theme.color("edge"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners: a screen need not know how to show what is half transparent."""
        super().resizeEvent(event)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), self.theme.px(_ROUND), self.theme.px(_ROUND))
        self.setMask(QRegion(outline.toFillPolygon().toPolygon()))


class WhatIsThis(RingedButton):
    """The question mark; ``name`` is one of the explanations in the guide."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._name = name
        self.shown: Explanation | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"What is this? {concepts()[name].title}")
        self.setToolTip("What is this?")
        self.clicked.connect(self.explain)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(QUESTION_MARK), self.theme.px(QUESTION_MARK))

    def explain(self) -> None:
        """Show what it means, under the question mark, wholly on the screen."""
        shown = self.shown = Explanation(self.theme, self._name, self)
        shown.destroyed.connect(self._closed)
        shown.more.clicked.connect(self._want_more)
        shown.move(self._place_of(shown.size()))
        shown.show()
        shown.more.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, px = smooth(self), self.theme.px
        side, ink = px(18), "ink" if self.is_hot else "ink2"
        disc = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        ground = self.theme.color("hover") if self.is_hot else None
        rounded(painter, disc, side / 2, ground, self.theme.color("soft_edge"))
        text(painter, disc, "?", self.theme, "label", ink, Qt.AlignmentFlag.AlignCenter)
        painter.end()

    def _place_of(self, size: QSize) -> QPoint:
        below = self.mapToGlobal(QPoint(0, self.height() + _GAP))
        room = self.screen().availableGeometry()
        left = max(room.left(), min(below.x(), room.right() - size.width()))
        if below.y() + size.height() > room.bottom():
            above = self.mapToGlobal(QPoint(0, -_GAP)).y() - size.height()
            return QPoint(left, max(room.top(), above))
        return QPoint(left, below.y())

    def _want_more(self) -> None:
        if self.shown is not None:
            self.shown.close()
        wanted, part = GuideWanted(concepts()[self._name].chapter), self.parentWidget()
        while part is not None and not wanted.isAccepted():
            QCoreApplication.sendEvent(part, wanted)
            part = part.parentWidget()

    def _closed(self) -> None:
        self.shown = None


class Explained(Part):
    """A label with the question mark of the explanation ``name`` beside it."""

    def __init__(self, theme: Theme, label: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        fills = label.hasHeightForWidth()
        self._row.addWidget(label, 1 if fills else 0)
        self._row.addWidget(WhatIsThis(theme, name), 0, Qt.AlignmentFlag.AlignVCenter)
        if not fills:
            self._row.addStretch(1)
        self.retheme()

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.S))
        super().retheme()
