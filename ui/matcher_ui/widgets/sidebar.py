"""The left side of the window: whose network this is, search, the pages; at the foot Guide, Settings and Lock."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from matcher_ui.icons import paint_icon
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part, Pressable
from matcher_ui.widgets.keyed import on_key, press_by_key, tell_key
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.widgets.paint import RIGHT, focus_ring, rounded, smooth, text, width_of


class NavItem(NamedTuple):
    """A page that can be gone to."""

    key: str
    icon: str
    label: str


PAGES = (
    NavItem("today", "today", "Today"),
    NavItem("requests", "requests", "Requests"),
    NavItem("members", "members", "Members"),
    NavItem("outreach", "outreach", "Outreach"),
    NavItem("insight", "insight", "Insight"),
)
_WIDTH = 200
_BY_HER = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason)
"""Why the keyboard goes on when she wants it to."""


class NavButton(Pressable):
    """One page in the sidebar, with a plain count; or Lock with its key at the right."""

    def __init__(self, theme: Theme, item: NavItem, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, item.label, parent)
        self.item = item
        self._hint = hint
        self._count: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None) -> None:
        self._count = count
        self.setAccessibleName(self.text() if not count else f"{self.text()}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        words = width_of(self.text(), self.theme, "name")
        return QSize(words + self.theme.px(40 + 36), self.theme.px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        here = self.isChecked()
        if here or self.is_hot:
            rounded(painter, self.rect(), px(8), theme.color("side_selected" if here else "hover"))
        side = px(20)
        mark = QRect(px(10), (self.height() - side) // 2, side, side)
        paint_icon(painter, mark, self.item.icon, theme.color("accent" if here else "ink2"))
        after = f"{self._count:,}" if self._count else self._hint
        role = "label" if self._count else "hint"
        room = self.rect().adjusted(px(40), 0, -px(12), 0)
        if after:
            text(painter, room, after, theme, role, "ink2" if here else "ink3", RIGHT)
            room.setRight(room.right() - width_of(after, theme, role) - px(8))
        text(painter, room, self.text(), theme, "name" if here else "medium", "ink" if here else "ink2")
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=8)
        painter.end()


class SearchBox(QLineEdit):
    """Finds members, requests, requesters and commands. Ctrl+K comes here; Down goes on to what was found.

    ``came`` by that key, ``gone`` when the keyboard went on.
    """

    went_down = Signal()
    left = Signal()
    came = Signal()
    gone = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setPlaceholderText("Search")
        self.setAccessibleName("Search members, requests and commands")
        self.setAccessibleDescription("Ctrl+K")
        self.setClearButtonEnabled(False)
        self.setProperty("search", True)
        theme.changed.connect(self.retheme)
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self.setFont(self.theme.font("second"))
        self.setTextMargins(px(19), 0, px(44), 0)
        self.setFixedHeight(px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.ShortcutFocusReason:
            self.selectAll()
            self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _BY_HER:
            self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = smooth(self), self.theme.px
        side = px(16)
        mark = QRect(px(9), (self.height() - side) // 2, side, side)
        paint_icon(painter, mark, "search", self.theme.color("ink2"))
        if not self.text():
            room = self.rect().adjusted(0, 0, -px(8), 0)
            text(painter, room, "Ctrl K", self.theme, "hint", "ink3", RIGHT)
        painter.end()


class OrganisationMark(Part):
    """The network's name beside its mark."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._row = row
        self._name = ElidedLabel(theme, name, "name")
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self._name)
        self.retheme()

    def set_name(self, name: str) -> None:
        self._name.setText(name)

    def retheme(self) -> None:
        self._row.setContentsMargins(self.theme.px(Space.XL), 0, 0, 0)
        self.setMinimumHeight(self.theme.px(24))
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, side = smooth(self), self.theme, self.theme.px(24)
        box = QRect(0, (self.height() - side) // 2, side, side)
        rounded(painter, box, theme.px(6), theme.color("accent"))
        inset = theme.px(4)
        paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), "members", theme.color("on_accent"))
        painter.end()


class Sidebar(Part):
    """``chosen`` carries a page's key ("settings" too), ``searched`` what is typed; ``locked`` asks to lock."""

    chosen = Signal(str)
    locked = Signal()
    searched = Signal(str)

    def __init__(
        self, theme: Theme, organisation: str, pages: Sequence[NavItem] = PAGES, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Pages")
        self._mark = OrganisationMark(theme, organisation)
        self.search = SearchBox(theme)
        self.search.textEdited.connect(self.searched)
        self._lock = NavButton(theme, NavItem("lock", "lock", "Lock"), hint="Ctrl L")
        self._lock.clicked.connect(self.locked)
        self._buttons = {item.key: NavButton(theme, item) for item in pages}
        self._buttons["guide"] = NavButton(theme, NavItem("guide", "question", "Guide"), hint="F1")
        self._buttons["settings"] = NavButton(theme, NavItem("settings", "settings", "Settings"))
        self._group = QButtonGroup(self)
        for key, button in self._buttons.items():
            button.setCheckable(True)
            self._group.addButton(button)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            tell_key(button, "The guide" if key == "guide" else button.text())
        self._column = QVBoxLayout(self)
        self._lay_out([item.key for item in pages])
        self._add_keys()
        self.retheme()

    def set_organisation(self, name: str) -> None:
        self._mark.set_name(name)

    def set_current(self, key: str) -> None:
        """Mark the page shown."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """The plain number after a page's name; None or 0 shows none."""
        self._buttons[key].set_count(count)

    def retheme(self) -> None:
        px = self.theme.px
        # the side grows less than the text: the words still fit and the page keeps its room
        self.setFixedWidth((_WIDTH + 3 * px(_WIDTH)) // 4)
        self._column.setContentsMargins(px(Space.M), px(Space.L), px(Space.M), px(Space.M))
        self._column.setSpacing(px(Space.XS))
        self._head.setContentsMargins(px(Space.XS), 0, 0, px(Space.M))
        self._find.setContentsMargins(0, 0, 0, px(Space.M))
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        painter.fillRect(self.rect(), self.theme.color("side"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self.theme.color("line"))
        painter.end()

    def _lay_out(self, pages: Sequence[str]) -> None:
        self._head, self._find = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._mark)
        self._find.addWidget(self.search)
        for row in (self._head, self._find):
            self._column.addLayout(row)
        for key in pages:
            self._column.addWidget(self._buttons[key])
        self._column.addStretch(1)
        for key in ("guide", "settings"):
            self._column.addWidget(self._buttons[key])
        self._column.addWidget(self._lock)

    def _add_keys(self) -> None:
        find = "Find a member, request, requester, partner or command"
        on_key(self, find, lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        press_by_key(self._lock, "Lock")
