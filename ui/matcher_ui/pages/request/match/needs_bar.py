"""What a person must have and had better have, as sentences: pressing one changes it, and all are ranked anew."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matcher.model import Brief, Criterion, Strength, criterion_words
from matcher_ui.brief_words import going_on
from matcher_ui.icons import paint_icon
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part, Pressable
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.criteria_editor import STRENGTHS, CriteriaEditor
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.paint import LEFT, focus_ring, rounded, smooth, text
from matcher_ui.widgets.scroll_column import FittedColumn

MOST_LINES = 3
MOST_HEIGHT = 320
_LOOK = {
    Strength.MUST: ("check", "good", "Nothing in particular"),
    Strength.PREFER: ("ring", "ink2", "Nothing more"),
}


class SentenceButton(Pressable):
    """One need as a sentence; pressing it changes it."""

    def __init__(self, theme: Theme, words: str, icon: str = "", ink: str = "ink2") -> None:
        super().__init__(theme, words)
        self._icon, self._ink = icon, ink
        self.setAccessibleName(f"Change: {words}")
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.line("body") + self.theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(48), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = smooth(self), self.theme, self.theme.px
        if self.is_hot:
            rounded(painter, self.rect(), px(4), theme.color("hover"))
        left = 0
        if self._icon:
            side = px(14)
            paint_icon(
                painter, QRect(0, (self.height() - side) // 2, side, side), self._icon, theme.color(self._ink)
            )
            left = side + px(8)
        pencil = px(14) if self.is_hot or self.hasFocus() else 0
        room = QRect(left, 0, self.width() - left - (pencil + px(8) if pencil else 0), self.height())
        used = text(painter, room, self.text(), theme, "body" if self._icon else "second", "ink", LEFT)
        if pencil:
            place = QRect(left + used + px(8), (self.height() - pencil) // 2, pencil, pencil)
            paint_icon(painter, place, "pencil", theme.color("ink2"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=4)
        painter.end()


class NeedsBar(Part):
    """``edited`` carries all criteria as she left them, after every change."""

    edited = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._folded = False
        self._brief: Brief | None = None
        self._parts: list[QWidget] = []
        self.edit = Button(theme, "Edit", "link")
        self.edit.setAccessibleName("Edit what they must have and had better have")
        self.done = Button(theme, "Done", "link")
        self.done.setAccessibleName("Done with what they must have and had better have")
        self.editor, self.room = CriteriaEditor(theme), FittedColumn(theme, MOST_HEIGHT)
        self.edit.clicked.connect(lambda: self.open())
        self.done.clicked.connect(self.close_editor)
        self.editor.changed.connect(lambda: self.edited.emit(self.editor.criteria()))
        self._lay_out()
        self.retheme()

    @property
    def is_open(self) -> bool:
        """Whether they are being changed."""
        return not self.room.isHidden()

    @property
    def sentences(self) -> list[SentenceButton]:
        """The needs as they can be pressed."""
        return [button for part in self._parts for button in part.findChildren(SentenceButton)] + [
            part for part in self._parts if isinstance(part, SentenceButton)
        ]

    def show_brief(self, brief: Brief) -> None:
        if brief == self._brief:
            return
        self._brief = brief
        if self.is_open and set(map(repr, self.editor.criteria())) != set(map(repr, brief.criteria)):
            self.editor.show_criteria(brief.criteria)
        self._build()

    def open(self, criterion: Criterion | None = None) -> None:
        """Change them here, beginning with ``criterion``."""
        if self._brief is None:
            return
        self.editor.show_criteria(self._brief.criteria)
        self._show_editor(True)
        if criterion is None:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        shown = self.editor.lists[criterion.strength]
        shown.edit(next((row for row in shown.rows if row.value == criterion), None))

    def close_editor(self) -> None:
        """Show the sentences alone again."""
        had = self.is_open
        self._show_editor(False)
        if had:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_editor(self, shown: bool) -> None:
        for part in (self._reading, self.edit):
            part.setHidden(shown)
        for other in (self.room, self.done):
            other.setVisible(shown)

    def set_folded(self, folded: bool) -> None:
        """A line each, or a line for every sentence."""
        if folded != self._folded:
            self._folded = folded
            self._build()

    def set_room(self, most: int) -> None:
        """How high they may be while they are changed, in pixels at 100 %."""
        self.room.set_most(min(most, MOST_HEIGHT))

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.S))
        self._row.setSpacing(px(Space.L))
        self._grid.setContentsMargins(0, px(Space.XS), 0, 0)
        super().retheme()
        self._build()

    def _build(self) -> None:
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()
        if self._brief is None:
            return
        of = {Strength.MUST: self._brief.musts(), Strength.PREFER: self._brief.prefers()}
        for place, (strength, criteria) in enumerate(of.items()):
            if self._folded:
                self._add_folded(place, strength, criteria)
            else:
                self._add_column(place, strength, criteria)
        px = self.theme.px
        self._links.setContentsMargins(0, px(Space.XS), 0, 0)
        self._grid.setHorizontalSpacing(px(Space.M if self._folded else Space.PAGE))
        self._grid.setVerticalSpacing(px(Space.XS))
        for column, stretch in ((0, 0), (1, 1)) if self._folded else ((0, 1), (1, 1)):
            self._grid.setColumnStretch(column, stretch)

    def _add_folded(self, place: int, strength: Strength, criteria: tuple[Criterion, ...]) -> None:
        self._put(Label(self.theme, STRENGTHS[strength], "label", "ink2"), place, 0)
        said = tuple(map(criterion_words, criteria))
        words = "; ".join((*said[:1], *map(going_on, said[1:]))) or _LOOK[strength][2]
        line = SentenceButton(self.theme, words)
        first = criteria[0] if len(criteria) == 1 else None
        line.clicked.connect(lambda: self.open(first))
        self._put(line, place, 1)

    def _add_column(self, place: int, strength: Strength, criteria: tuple[Criterion, ...]) -> None:
        theme, (icon, ink, none) = self.theme, _LOOK[strength]
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(theme, STRENGTHS[strength], "label", "ink2"))
        column.addSpacing(theme.px(Space.XS))
        shown = criteria if len(criteria) <= MOST_LINES else criteria[: MOST_LINES - 1]
        for criterion in shown:
            line = SentenceButton(theme, criterion_words(criterion), icon, ink)
            line.clicked.connect(lambda _on=False, one=criterion: self.open(one))
            column.addWidget(line)
        if len(shown) < len(criteria):
            more = Button(theme, f"and {len(criteria) - len(shown)} more", "link")
            more.setToolTip("\n".join(map(criterion_words, criteria[len(shown) :])))
            more.clicked.connect(lambda: self.open())
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if not criteria:
            column.addWidget(ElidedLabel(theme, none, "second", "ink3"))
        column.addStretch(1)
        self._put(box, 0, place)

    def _put(self, part: QWidget, row: int, column: int) -> None:
        self._parts.append(part)
        self._grid.addWidget(part, row, column)

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._reading = QWidget()
        self._grid = QGridLayout(self._reading)
        self._row = QHBoxLayout(self)
        self._links = QVBoxLayout()
        for link in (self.edit, self.done):
            self._links.addWidget(link, 0, top)
        self.room.column.addWidget(self.editor)
        self._row.addWidget(self._reading, 1)
        self._row.addWidget(self.room, 1)
        self._row.addLayout(self._links)
        self._show_editor(False)


def in_place(before: tuple[Criterion, ...], after: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """What she left, in the order that was there before; what is new stands last."""
    stays = [criterion for criterion in before if criterion in after]
    return (*stays, *(criterion for criterion in after if criterion not in before))
