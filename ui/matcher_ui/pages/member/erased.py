"""In the place of an erased member: that she was erased, and what is left to do here and outside of Matcher."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.consent import ToDo, tick_off, to_do
from matcher.storage.store import Store
from matcher_ui.models.promises import titles_of
from matcher_ui.pages.promises.after import AfterRow, copy_message
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

OUTSIDE = (
    "Their number in your phone, and in WhatsApp the chat and the group they are in.",
    "E-mails to and from them, with what was attached; empty the bin as well.",
    "Spreadsheets they signed up in, printed lists, notes on paper, photos.",
    "Anybody who sends messages for you: a list they keep is yours too.",
)
_WIDTH = 760


class ErasedPart(Part):
    """Hidden until a member is looked for who was erased."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self.rows: list[AfterRow] = []
        self._scroll, self._list, whole = ScrollColumn(theme), QVBoxLayout(), QVBoxLayout(self)
        self._title = Label(theme, "What is left to do here", "section")
        self._outside = Label(theme, "Outside Matcher, where only you can look", "section")
        self._lines = [Label(theme, f"•  {words}", "second", wrap=True) for words in OUTSIDE]
        column = self._scroll.column
        column.addWidget(self._title)
        column.addLayout(self._list)
        for part in (self._outside, *self._lines):
            column.addWidget(part)
        column.addStretch(1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self.hide()
        self.retheme()

    def show_member(self, member_id: int) -> None:
        """Show what is left to do after an erasure."""

        def read(store: Store) -> tuple[tuple[ToDo, ...], dict[int, str]]:
            left = to_do(store, member_id)
            return left, titles_of(store, {one.request_id for one in left if one.request_id})

        self._workspace.read("member.erased", read, lambda found: self._show(*found))
        self.show()

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(Space.PAGE, Space.S, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(px(Space.S))
        for line in self._lines:
            line.setMaximumWidth(px(_WIDTH))
        self._outside.setContentsMargins(0, px(Space.L), 0, 0)
        self._outside.setMinimumHeight(px(16) + self.theme.line("section"))
        super().retheme()

    def _show(self, left: tuple[ToDo, ...], titles: dict[int, str]) -> None:
        place = next((n for n, row in enumerate(self.rows) if row.isAncestorOf(self.focusWidget() or self)), None)
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for item in left:
            row = AfterRow(self.theme, item, titles.get(item.request_id or 0, ""))
            row.setMaximumWidth(self.theme.px(_WIDTH))
            row.ticked.connect(partial(self._tick, item.id))
            row.worded.connect(partial(copy_message, self._workspace, item))
            row.opened.connect(partial(self._workspace.go, Place("request", item.request_id)))
            self.rows.append(row)
            self._list.addWidget(row)
        if place is not None and self.rows:
            self.rows[min(place, len(self.rows) - 1)].tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.setText("What is left to do here" if left else "Nothing is left to do here.")

    def _tick(self, item_id: int) -> None:
        self._workspace.write(
            lambda store, _progress: tick_off(store, item_id), lambda _batch: None, what="Ticking off"
        )
