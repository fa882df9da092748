"""A column that scrolls up and down only, as high as its wrapped words need."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.theme import Theme


class ScrollColumn(QScrollArea):
    """Add parts to ``column``. Its right margin makes room for the bar, so that edges stay aligned."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._margins = (0, 0, 0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._inner.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(lambda *_ends: self._fit())

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """The margins in pixels at 100 %."""
        self._margins = (left, top, right, bottom)
        self._fit()

    def add_body(self, body: QWidget) -> None:
        """Add the one part there is: at the left, no wider than its own most, and no higher than it needs."""
        across = QHBoxLayout()
        across.addWidget(body, 1)
        across.addStretch(0)
        self.column.addLayout(across)
        self.column.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self.theme.px
        left, top, right, bottom = map(px, self._margins)
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self.column.setContentsMargins(left, top, max(right - taken, 0), bottom)
        # a scroll area asks only for the smallest height, which squeezes wrapped words
        wraps = self.column.hasHeightForWidth()
        self._inner.setMinimumHeight(self.column.totalHeightForWidth(self.viewport().width()) if wraps else 0)


class FittedColumn(ScrollColumn):
    """As high as what is in it, up to ``most`` pixels at 100 %; what does not fit scrolls."""

    def __init__(self, theme: Theme, most: int, parent: QWidget | None = None) -> None:
        self._most = most
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_most(self, most: int) -> None:
        """Let it be as high as this, in pixels at 100 %."""
        if most != self._most:
            self._most = most
            self._fit()

    def sizeHint(self) -> QSize:
        width = max(self.viewport().width(), 1)
        wanted = self.column.totalHeightForWidth(width) if self.column.hasHeightForWidth() else -1
        height = wanted if wanted > 0 else self.column.totalSizeHint().height()
        return QSize(super().sizeHint().width(), min(height, self.theme.px(self._most)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _fit(self) -> None:
        super()._fit()
        self.updateGeometry()
