"""Could fit: the line above the list with what the bar shows, the list itself, or why there is nobody."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matcher_ui.models.candidates import BAR_PART, CandidateModel
from matcher_ui.pages.request.match.candidate_list import CandidateList
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.card import Hairline
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.legend import PartKey
from matcher_ui.widgets.score_bar import PARTS

WAITING = "Getting everybody ready…"
PATIENCE_MS = 400


class CouldFitView(Part):
    """``asked_why`` goes to who is not put forward; ``brought_in`` to bringing members in.

    ``waits`` fires when it says that it waits for the people.
    """

    waits = Signal()
    asked_why = Signal()
    brought_in = Signal()

    def __init__(self, theme: Theme, model: CandidateModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.list = CandidateList(theme, model)
        self.order = Label(theme, "Best fit first, then those to ask about", "hint", "ink2")
        self._above = QWidget()
        self._head = QHBoxLayout(self._above)
        self._keys = QHBoxLayout()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self.waiting = Label(theme, WAITING, "second", "ink2")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.waiting)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._say_waiting)
        self.empty: EmptyPage | None = None
        self._holder: QWidget | None = None
        self._low = False
        self._lay_out()
        self.retheme()

    def wait(self) -> None:
        """Another request is being read: say so unless it is there at once."""
        self._patience.start()

    def show_list(self) -> None:
        """Show the people."""
        self._patience.stop()
        self._stack.setCurrentWidget(self.list)
        self._show_above()

    def set_low(self, low: bool) -> None:
        """Where there is little room, leave out the line above the list."""
        self._low = low
        self._show_above()

    def _show_above(self) -> None:
        self._above.setVisible(not self._low and self._stack.currentWidget() is self.list)

    def show_empty(self, *, members: bool, not_now: int) -> None:
        """Say why nobody is here: no members yet, or nobody of them fits."""
        self._patience.stop()
        if members:
            words = f"{not_now:,} not now: see why."
            page = EmptyPage(
                self.theme, "members", "Nobody who may be asked fits", words, "See why", button_icon="arrow_right"
            )
            page.pressed.connect(self.asked_why)
        else:
            page = EmptyPage(
                self.theme, "members", "No members yet", "Bring in your spreadsheet, then see who fits.",
                "Bring in my spreadsheet", button_icon="spreadsheet",
            )  # fmt: skip
            page.pressed.connect(self.brought_in)
        page.setAcceptDrops(False)  # the window itself takes what is dropped
        before, self._holder, self.empty = self._holder, QWidget(), page
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(*[self.theme.px(Space.PAGE)] * 4)
        column.addWidget(page)
        self._stack.addWidget(self._holder)
        self._stack.setCurrentWidget(self._holder)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        self._show_above()

    def _say_waiting(self) -> None:
        self._stack.setCurrentWidget(self.waiting)
        self._above.hide()
        self.waits.emit()

    def retheme(self) -> None:
        px = self.theme.px
        self._head.setContentsMargins(px(Space.PAGE), px(Space.XS), px(Space.PAGE), px(Space.XS))
        self._head.setSpacing(px(Space.S))
        self._keys.setSpacing(px(Space.XS))
        super().retheme()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head.addWidget(self.order)
        self._head.addStretch(1)
        for number, key in enumerate(BAR_PART.values()):
            if number:
                self._keys.addSpacing(self.theme.px(Space.S))
            self._keys.addWidget(PartKey(self.theme, key))
            self._keys.addWidget(Label(self.theme, PARTS[key], "legend", "ink2"))
        self._head.addLayout(self._keys)
        column.addWidget(self._above)
        column.addWidget(Hairline(self.theme))
        column.addWidget(self._stack, 1)
