"""Not now: everyone who is not put forward, by the reason, with a search that answers “why not Julie?”."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher.matching import Candidate, MemberCard, NotNow
from matcher.matching.case import Found
from matcher.matching.names import called
from matcher_ui.models.candidates import place_words
from matcher_ui.models.not_now import GROUP_ROLE, OTHER_ROLE, Group, NotNowModel
from matcher_ui.pages.request.match.even_list import EvenDelegate, EvenList
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.filter_box import FilterBox
from matcher_ui.widgets.keyed import search_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import RIGHT, hairline, text, width_of
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.widgets.what_is_this import WhatIsThis

_SHORTEST = 2
"""A search of fewer letters does not look among those who could fit."""


class NotNowDelegate(EvenDelegate):
    """Paints group titles, and members with their reason."""

    def row_height(self) -> int:
        return self.theme.px(40)

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        theme, px = self.theme, self.theme.px
        room = rect.adjusted(px(24), 0, -self.margin, 0)
        group: Group | None = index.data(GROUP_ROLE)
        if group is not None:
            room.setTop(room.top() + px(8))
            used = text(painter, room, group.title, theme, "label", "ink2")
            room.setLeft(room.left() + used + px(8))
            left_out = (
                f": the first {group.count - group.left_out:,}, anyone else by name" if group.left_out else ""
            )
            text(painter, room, f"{group.count:,}{left_out}", theme, "legend", "ink3")
            return
        other: NotNow = index.data(OTHER_ROLE)
        name = text(painter, room, other.member.name, theme, "name")
        left = room.left() + max(name + px(10), min(px(168), room.width() // 3))
        reason = QRect(left, room.y(), room.right() + 1 - left, room.height())
        where = place_words(other.member)
        beside = width_of(where, theme, "second")
        if reason.width() - beside - px(16) > width_of(other.reason, theme, "second"):
            text(painter, reason, where, theme, "second", "ink3", RIGHT)
            reason.setRight(reason.right() - beside - px(16))
        text(painter, reason, other.reason, theme, "second", "ink2")
        if not state.selected:
            hairline(painter, room.left(), room.right() + 1, rect.bottom(), theme.color("line"))


class NotNowView(Part):
    """``shown`` is the member to explain, None when nobody is found; ``fits`` one found among those who could fit.

    ``sought`` are words to look for among those who are not read yet.
    """

    shown = Signal(object)
    fits = Signal(int)
    sought = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.model = NotNowModel(self)
        self.search = FilterBox(theme, "Search everyone by name", "Why not …? Type a name")
        self.also = Button(theme, "", "link")
        self.nobody = Label(theme, "", "second", "ink2", wrap=True)
        self.list = EvenList(theme, NotNowDelegate(theme), "Not now, by reason")
        self.list.setModel(self.model)
        self._candidates: tuple[Candidate, ...] = ()
        self._all_read = True
        self._also: int | None = None
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.search.went_down.connect(self.list.setFocus)
        search_by_key(self.search)
        self.also.clicked.connect(self._show_also)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.retheme()

    @property
    def current(self) -> NotNow | None:
        """The member chosen."""
        index = self.list.currentIndex()
        return index.data(OTHER_ROLE) if index.isValid() else None

    def show_people(
        self, others: tuple[NotNow, ...], candidates: tuple[Candidate, ...], counts: Mapping[str, int], fit: int
    ) -> None:
        """Show who is not put forward; who could fit is only found by name.

        ``counts``: how many each rule keeps out in all; ``fit``: how many could fit in all.
        """
        kept = self.current
        self._candidates = candidates
        self.model.show(others, counts)
        self._all_read = self.model.is_whole and fit <= len(candidates)
        self._tell_found()
        if kept is not None:
            self.choose(kept.member.id)

    def show_found(self, words: str, found: Found) -> None:
        """Show who is called like this, of everybody."""
        if words != self.search.text().strip():
            return
        self.model.add_found(found.others)
        self._tell_found(found.fitting[0] if found.fitting else None)
        self.choose()

    def choose(self, member_id: int | None = None) -> None:
        """Select a member, or the first when they are not shown; with nobody shown there is nobody to explain."""
        row = self.model.row_of(member_id) if member_id is not None else None
        row = self.model.first() if row is None else row
        if row is None:
            self.shown.emit(None)
        else:
            self.list.setCurrentIndex(self.model.index(row))

    def retheme(self) -> None:
        px = self.theme.px
        self._top.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.S))
        self._top.setSpacing(px(Space.M))
        self.nobody.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.M))
        self.search.setMaximumWidth(px(320))
        super().retheme()

    def _show_also(self) -> None:
        if self._also is not None:
            self.fits.emit(self._also)

    def _find(self, words: str) -> None:
        self.model.find(words)
        self._tell_found()
        seeks = not self._all_read and len(words.strip()) >= _SHORTEST
        if self.model.rowCount() or not seeks:
            self.choose()
        if seeks:
            self.sought.emit(words.strip())

    def _tell_found(self, found: tuple[int, MemberCard] | None = None) -> None:
        """Say who could fit of those called so: the first that was read, else the one ``found``, with the place."""
        words = self.search.text().strip()
        if found is None and len(words) >= _SHORTEST:
            read = ((n, c.member) for n, c in enumerate(self._candidates) if called(c.member.name, words))
            found = next(read, None)
        self._also = found[1].id if found else None
        self.also.setVisible(found is not None)
        if found:
            self.also.setText(f"{found[1].name} could fit: number {found[0] + 1:,}")
            self.also.updateGeometry()
        nobody = not self.model.rowCount()
        self.nobody.setText(
            f"Nobody here is called “{words}”." if words else "Everyone could fit: nobody is held back."
        )
        self.nobody.setVisible(nobody)
        self.list.setVisible(not nobody)

    def _current_changed(self, current: QModelIndex) -> None:
        other: NotNow | None = current.data(OTHER_ROLE) if current.isValid() else None
        if other is not None:
            self.shown.emit(other.member.id)

    def _lay_out(self) -> None:
        column, self._top = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top.addWidget(self.search, 4)
        self._top.addWidget(WhatIsThis(self.theme, "rest"))
        self._top.addWidget(self.also)
        self._top.addStretch(1)
        column.addLayout(self._top)
        column.addWidget(self.nobody)
        column.addWidget(self.list, 1)
        column.addStretch(0)
