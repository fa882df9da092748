"""After a withdrawal, correction or erasure: whom to tell, what to delete, which asks stopped; to be ticked off."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matcher.consent import ToDo, tick_off
from matcher.consent.aftermath import CORRECT, TELL
from matcher.outreach import retraction
from matcher_ui.models.promises import KIND_ICONS, KIND_WORDS, After, AfterOne, after_words, local_day
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Hairline
from matcher_ui.widgets.empty_page import EmptyPage, IconView
from matcher_ui.widgets.initials import Initials
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

MOST_WIDE, ROOMY = 880, 520
ACROSS = QBoxLayout.Direction.LeftToRight
MOST_PEOPLE = 60
"""So many members at once; the next ones come up as these are done."""


def copy_message(workspace: Workspace, item: ToDo) -> None:
    """Put the message to a requester on the clipboard, and say so."""

    def show(words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        workspace.say("Copied. Paste it into an e-mail to them, then tick it off.")

    workspace.read("promises.retraction", lambda store: retraction(store, item.id), show)


class AfterRow(Part):
    """One thing to do. ``ticked`` marks it as done, or as not done after all; ``opened`` goes to its request.

    ``worded`` asks for the message to the requester, where somebody is to be told.
    """

    ticked = Signal()
    opened = Signal()
    worded = Signal()

    def __init__(self, theme: Theme, item: ToDo, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(f"{KIND_WORDS[item.kind]}: {item.about}")
        done = item.done_at is not None
        self.tick = Button(theme, "Put back", "quiet", icon="undo") if done else Button(theme, "Done", icon="check")
        self.tick.setAccessibleName(f"{self.tick.text()}: {item.about}")
        self.tick.clicked.connect(self.ticked)
        self._box, self._row, self._words = QBoxLayout(ACROSS, self), QHBoxLayout(), QVBoxLayout()
        self._words.addWidget(Label(theme, item.about, "second", "ink2" if done else "ink", wrap=True))
        if item.done_at is not None:
            self._words.addWidget(Label(theme, f"Done on {local_day(item.done_at)}", "hint", "ink2"))
        self.link: Button | None = None
        if title:
            self.link = Button(theme, "Open the request" if title in item.about else title, "link")
            self.link.setAccessibleName(f"Open the request {title}")
            self.link.setToolTip(title)
            self.link.clicked.connect(self.opened)
            self._words.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(IconView(theme, KIND_ICONS[item.kind], "ink2", 16), 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self._box.addLayout(self._row, 1)
        self.words: Button | None = None
        if item.kind in (TELL, CORRECT) and not done:
            self.words = Button(theme, "Copy the message", "quiet", icon="copy")
            self.words.setAccessibleName(f"Copy the message: {item.about}")
            self.words.clicked.connect(self.worded)
            self._box.addWidget(self.words, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignVCenter)
        self.retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def retheme(self) -> None:
        px = self.theme.px
        self._box.setContentsMargins(px(Space.XXL), px(Space.S), 0, px(Space.S))
        self._box.setSpacing(px(Space.M))
        self._row.setSpacing(px(Space.M))
        self._words.setSpacing(px(Space.XS))
        if self.link is not None:
            self.link.setMinimumWidth(px(48))  # a long title is elided rather than pushing the button out
        self._turn()
        super().retheme()

    def _turn(self) -> None:
        """Put the button under the words where there is no room beside them."""
        down = self.width() < self.theme.px(ROOMY)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if down else ACROSS)
        side = Qt.AlignmentFlag.AlignRight if down else Qt.AlignmentFlag.AlignVCenter
        for button in filter(None, (self.words, self.tick)):
            self._box.setAlignment(button, side)


class AfterMember(Part):
    """One member's part of the list."""

    def __init__(self, theme: Theme, one: AfterOne, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(one.name)
        self.name = Button(theme, one.name, "link")
        self.name.setAccessibleName(f"Open the page of {one.name}")
        self._column, self._head = QVBoxLayout(self), QHBoxLayout()
        self._head.addWidget(Initials(theme, one.name))
        self._head.addWidget(self.name)
        self._head.addWidget(Label(theme, after_words(one), "second", "ink2"))
        self._head.addStretch(1)
        self._column.addLayout(self._head)
        self.retheme()

    def add(self, row: AfterRow) -> None:
        """Add a thing to do."""
        self._column.addWidget(row)

    def end(self) -> None:
        """Close the group with a line."""
        self._column.addWidget(Hairline(self.theme))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, px(Space.S))
        self._column.setSpacing(0)
        self._head.setContentsMargins(0, px(Space.S), 0, 0)
        self._head.setSpacing(px(Space.L))
        super().retheme()


class AfterView(Part):
    """The tab."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self.workspace = workspace
        theme = self.theme
        self._after: After | None = None
        self._shows_done = False
        self._groups: list[AfterMember] = []
        self.rows: list[AfterRow] = []
        self._looked_for: int | None = None
        self.empty = EmptyPage(
            theme, "check", "Nobody left to tell, nothing left to delete",
            "When somebody withdraws, is erased or corrected, whom to tell and which files to delete stand here.",
        )  # fmt: skip
        self.empty.setAcceptDrops(False)
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more = Label(theme, "", "second", "ink2")
        self.done = Button(theme, "", "link")
        self.done.clicked.connect(self._toggle_done)
        self._scroll = ScrollColumn(theme)
        self._list, self._body = QVBoxLayout(), QWidget()
        self._lay_out()
        self.retheme()

    def look_for(self, member_id: int | None) -> None:
        """Bring this member's part into view as soon as it is read."""
        self._looked_for = member_id

    def show_after(self, after: After) -> None:
        """Show what is left, and keep the keyboard where it was in the list."""
        self._after = after
        place = next((n for n, row in enumerate(self.rows) if row.isAncestorOf(self.focusWidget() or self)), None)
        self._clear()
        for one in after.open[:MOST_PEOPLE]:
            self._add(one, after)
        self.empty.setVisible(not after.open)
        left = len(after.open) - MOST_PEOPLE
        self.more.setText(f"{left} more members; they come up as these are done." if left > 0 else "")
        self.more.setVisible(left > 0)
        finished = sum(len(one.items) for one in after.done)
        self.done.setVisible(bool(finished))
        self.done.setText("Hide what is done" if self._shows_done else f"Show what is done ({finished})")
        self.done.updateGeometry()
        self._list.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        if self._shows_done:
            for one in after.done[:MOST_PEOPLE]:
                self._add(one, after)
        if place is not None and self.rows:
            self.rows[min(place, len(self.rows) - 1)].tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring_into_view(after)

    def _bring_into_view(self, after: After) -> None:
        wanted, self._looked_for = self._looked_for, None
        of_wanted = (group for one, group in zip(after.open, self._groups, strict=False) if one.member_id == wanted)
        found = next(of_wanted, None)
        if found is not None:
            found.name.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, found, lambda: self._scroll.ensureWidgetVisible(found, 0, self.theme.px(24)))

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._body.setMaximumWidth(px(MOST_WIDE))
        self._list.setSpacing(px(Space.S))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _add(self, one: AfterOne, after: After) -> None:
        group = AfterMember(self.theme, one)
        group.name.clicked.connect(partial(self._go, Place("member", one.member_id)))
        for item in one.items:
            row = AfterRow(self.theme, item, after.titles.get(item.request_id or 0, ""))
            row.ticked.connect(partial(self._tick, item))
            row.worded.connect(partial(self._copy, item))
            row.opened.connect(partial(self._go, Place("request", item.request_id)))
            group.add(row)
            self.rows.append(row)
        group.end()
        self._groups.append(group)
        self._list.addWidget(group)

    def _clear(self) -> None:
        for group in self._groups:
            self._list.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._list.removeWidget(self.done)
        self._groups, self.rows = [], []

    def _tick(self, item: ToDo) -> None:
        done = item.done_at is None
        said = "Done. It stays under “Show what is done”." if done else "Put back on the list."
        self.workspace.write(
            lambda store, _progress: tick_off(store, item.id, done=done),
            lambda _batch: self.workspace.say(said), what="Ticking off",
        )  # fmt: skip

    def _copy(self, item: ToDo) -> None:
        copy_message(self.workspace, item)

    def _toggle_done(self) -> None:
        self._shows_done = not self._shows_done
        if self._after is not None:
            self.show_after(self._after)
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, place: Place, _checked: bool = False) -> None:
        self.workspace.go(place)

    def _lay_out(self) -> None:
        outer, column = QVBoxLayout(self), QVBoxLayout(self._body)
        for layout in (outer, column):
            layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addLayout(self._list)
        column.addWidget(self.more)
        self._scroll.add_body(self._body)
        outer.addWidget(self._scroll)
