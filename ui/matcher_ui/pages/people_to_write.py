"""What every list of people to write to is made of: the row, the list beside the person, the ready message."""

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from matcher_ui.pages.request.match.even_list import EvenDelegate, EvenList
from matcher_ui.shortcuts import COPY, OPEN_IT, WRITTEN
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.chip import ChipKind, paint_told_row
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.initials import paint_initials
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.paint import hairline, text
from matcher_ui.widgets.row_menu import RowMenu
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace

OPENS = {"WhatsApp": "Open WhatsApp", "E-mail": "Open the e-mail", "Phone": "Call"}
"""Channel -> the button that opens it."""
_PANEL_WIDTH, _MOST_SHARE, _LEAST_HEIGHT = 456, 0.5, 240
_ROOM_FOR_INITIALS = 300
"""In a narrower list the words take their place."""

Told = tuple[str, str, tuple[ChipKind, str] | None]
"""What a row tells of a person: the name, the second line, and the chip if there is one."""


class PersonDelegate(EvenDelegate):
    """Paints one person: initials, name, a second line, a chip. Subclasses say what in `told`."""

    def told(self, index: Index) -> Told:
        """What to tell of the person at ``index``."""
        raise NotImplementedError

    def paint_lead(self, painter: QPainter, disc: QRect, name: str) -> None:
        """What stands before the words: the person's initials."""
        paint_initials(painter, disc, self.theme, name)

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        theme, px = self.theme, self.theme.px
        name, more, chip = self.told(index)
        left, right = px(24), rect.right() + 1 - self.margin
        if rect.width() >= px(_ROOM_FOR_INITIALS):
            side = px(32)
            disc = QRect(left, rect.y() + (rect.height() - side) // 2, side, side)
            self.paint_lead(painter, disc, name)
            left += side + px(12)
        room = QRect(left, rect.y(), right - left, rect.height())
        if chip is not None:
            paint_told_row(painter, room, theme, name, more, chip)
        else:
            line = QRect(left, rect.y() + px(8), right - left, theme.line("name"))
            text(painter, line, name, theme, "name")
            text(painter, line.translated(0, line.height()), more, theme, "second", "ink2")
        if not state.selected:
            hairline(painter, left, right, rect.bottom(), theme.color("line"))


class ListBesidePanel(Part):
    """A list, or what stands around it, and at the right the person chosen; high enough for some of both."""

    def __init__(self, theme: Theme, left: QWidget, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._panel = panel
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left, 1)
        row.addWidget(panel)
        self.retheme()

    def sizeHint(self) -> QSize:
        """No more than it needs: both sides scroll by themselves, and what it stands in need not."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def retheme(self) -> None:
        self.setMinimumHeight(self.theme.px(_LEAST_HEIGHT))
        self._share_width()
        super().retheme()

    def _share_width(self) -> None:
        self._panel.setFixedWidth(min(self.theme.px(_PANEL_WIDTH), round(self.width() * _MOST_SHARE)))


class ReadyText(Part):
    """The message, ready to send, with the buttons that copy it and open the way to send it; then ``more``.

    Where somebody else may read it, it is only the opening: ``whole`` copies the rest, for when they answer.
    """

    copied = Signal()

    def __init__(self, theme: Theme, *more: Button, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._link = self._full = ""
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setAccessibleName("The message, ready to send")
        self.copy, self.open = Button(theme, "Copy", icon="copy"), Button(theme, "Open", icon="arrow_right")
        self.whole = Button(theme, "Copy the rest, for when they answer", "quiet", icon="copy")
        self._column, self._send = QVBoxLayout(self), FlowLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        for button in (self.copy, self.open, *more):
            self._send.addWidget(button)
        self._column.addWidget(self.message, 1)
        self._column.addLayout(self._send)
        self._column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        self.whole.clicked.connect(lambda: self._copy(self._full))
        self.copy.clicked.connect(lambda: self._copy(self.message.toPlainText()))
        self.open.clicked.connect(self._open)
        press_by_key(self.copy, COPY)
        press_by_key(self.open, OPEN_IT)
        self.retheme()

    def show_text(self, words: str, channel: str, link: str, *, full: str = "", stopped: str = "") -> None:
        """Show the words and how they are sent; ``full``: all of them, ``stopped``: why they may not be sent."""
        self._link, self._full = link, full
        self.whole.setVisible(full not in ("", words))
        self.message.setPlainText(words)
        self.message.setVisible(not stopped)
        self.copy.set_unavailable(stopped or None)
        self.open.setText(OPENS.get(channel, "Open"))
        self.open.set_unavailable(stopped or (None if link else "No phone or e-mail is known"))
        self.open.updateGeometry()

    def retheme(self) -> None:
        px = self.theme.px
        for layout in (self._column, self._send):
            layout.setSpacing(px(Space.S))
        self.message.setFont(self.theme.font("second"))
        self.message.setMinimumHeight(px(160))
        super().retheme()

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.copied.emit()

    def _open(self) -> None:
        if self._link:
            QDesktopServices.openUrl(QUrl(self._link))


class PersonPanel(Ground):
    """Beside a list, who was chosen of it: subclasses fill ``column``, which scrolls where there is little room."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader is told."""
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName(name)
        scroll, whole = ScrollColumn(theme), QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(scroll)
        scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        self.column = scroll.column

    def retheme(self) -> None:
        if hasattr(self, "column"):
            self.column.setSpacing(self.theme.px(Space.S))
        super().retheme()


class SendPanel(PersonPanel):
    """The one chosen of `OneByOne`. ``sent`` records that they were written to, ``opened`` goes to more of it."""

    record: Button
    text: ReadyText
    page: Button
    """What records, the message, and what goes to more."""

    sent = Signal()
    opened = Signal()
    copied = Signal()


class OneByOne(Part):
    """A list of people to write to, one after the other; while nobody is due, what would come up here.

    Subclasses show what they read with `show_rows`; `show_row`, `record_sent` and `open_shown` say what each is.
    """

    def __init__(
        self, workspace: Workspace, people: EvenList, panel: SendPanel, empty: EmptyPage,
        left: QWidget | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``left``: what the list stands in, where that is more than the list."""
        super().__init__(workspace.theme, parent)
        self.workspace, self.list, self.empty = workspace, people, empty
        self.row = 0
        empty.setAcceptDrops(False)
        empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack, around = QStackedWidget(), QWidget()
        self.column, self._margin = QVBoxLayout(self), QVBoxLayout(around)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._margin.addWidget(empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(around)
        self._stack.addWidget(ListBesidePanel(self.theme, left or people, panel))
        self.column.addWidget(self._stack, 1)
        people.selectionModel().currentChanged.connect(self._choose)
        press_by_key(panel.record, WRITTEN, within=people)
        self.menu = RowMenu(people, lambda: (panel.record, panel.text.copy, panel.text.open, panel.page))
        panel.sent.connect(self.record_sent)
        panel.opened.connect(self.open_shown)
        panel.copied.connect(lambda: workspace.say("Copied. Paste it where you write to them."))

    def show_row(self, row: int) -> None:
        """Show one of them in the panel."""
        raise NotImplementedError

    def record_sent(self) -> None:
        """Record that the one shown was written to."""
        raise NotImplementedError

    def open_shown(self) -> None:
        """Go to more about the one shown."""
        raise NotImplementedError

    def show_rows(self, count: int, same: int | None) -> None:
        """Once the model has its rows: choose the one shown before, at ``same``, or who took their place."""
        self._stack.setCurrentIndex(1 if count else 0)
        if count:
            self.choose_row(min(self.row, count - 1) if same is None else same)

    def choose_row(self, row: int) -> None:
        """Choose one of the list."""
        self.list.setCurrentIndex(self.list.model().index(row, 0))

    def retheme(self) -> None:
        px = self.theme.px
        self._margin.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.PAGE))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.row = current.row()
            self.show_row(self.row)


class PersonHead(Part):
    """The name, and after it the chip; below it where there is no room beside it: no chip cuts a name."""

    def __init__(self, theme: Theme, name: QWidget, chip: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._flow = FlowLayout(self)
        for part in (name, chip):
            self._flow.addWidget(part)
        self.retheme()

    def retheme(self) -> None:
        self._flow.setSpacing(self.theme.px(Space.M))
        super().retheme()
