"""The settings scroll: to the section somebody came for, and with it while those above are still being built."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

SETTLE_MS = 1_000


class SectionScroll(QScrollArea):
    """``is_built`` says whether every section is there; until then the one she came for keeps being brought."""

    def __init__(self, body: QWidget, is_built: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body, self._is_built = body, is_built
        self._wanted: QWidget | None = None
        inner, row = QWidget(), QHBoxLayout()
        inner.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(body, 1)
        row.addStretch(0)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(self._bring_wanted)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)  # she scrolls herself

    def bring(self, section: QWidget | None) -> None:
        """Bring a section to the top; None leaves the page where it is."""
        self._wanted = section
        QTimer.singleShot(0, self, self._bring_wanted)
        QTimer.singleShot(SETTLE_MS, self, self._stay)

    def _bring_wanted(self) -> None:
        if self._wanted is not None:
            top = self._wanted.mapTo(self._body, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top)

    def _stay(self) -> None:
        if self._is_built():
            self._let_go()
        elif self._wanted is not None:
            QTimer.singleShot(SETTLE_MS, self, self._stay)

    def _let_go(self) -> None:
        self._wanted = None
