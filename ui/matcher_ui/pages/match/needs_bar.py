"""What a person must have and had better have, as sentences; folded to a line each where there is little room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from matcher.model import Brief
from matcher_ui.brief_words import criterion_words
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.labels import ElidedLabel, Label

MOST_LINES = 3


class NeedsBar(Part):
    """Two columns of sentences; ``edited`` goes to the brief, where they are written."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._folded = False
        self._brief: Brief | None = None
        self._parts: list[QWidget] = []
        self.edit = Button(theme, "Edit", "link")
        self.edit.setAccessibleName("Edit what they must have and had better have, in the brief")
        self.edit.clicked.connect(self.edited)
        self._grid = QGridLayout()
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._grid, 1)
        self._row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        self.retheme()

    def show_brief(self, brief: Brief) -> None:
        if brief != self._brief:
            self._brief = brief
            self._build()

    def set_folded(self, folded: bool) -> None:
        """A line each, or a line for every sentence."""
        if folded != self._folded:
            self._folded = folded
            self._build()

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(24), px(14), px(24), px(8))
        self._row.setSpacing(px(16))
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
        columns = (
            ("Must have", self._brief.musts(), "check", "good", "Nothing in particular"),
            ("Nice to have", self._brief.prefers(), "ring", "ink2", "Nothing more"),
        )
        for place, (title, criteria, icon, ink, none) in enumerate(columns):
            sentences = [criterion_words(criterion) for criterion in criteria]
            if self._folded:
                self._add_folded(place, title, "; ".join(sentences) or none)
            else:
                self._add_column(place, title, sentences, icon, ink, none)
        px = self.theme.px
        self._grid.setHorizontalSpacing(px(12 if self._folded else 24))
        self._grid.setVerticalSpacing(px(2))
        for column, stretch in ((0, 0), (1, 1)) if self._folded else ((0, 1), (1, 1)):
            self._grid.setColumnStretch(column, stretch)

    def _add_folded(self, place: int, title: str, words: str) -> None:
        label = Label(self.theme, title, "label", "ink2")
        self._put(label, place, 0)
        self._put(ElidedLabel(self.theme, words, "second"), place, 1)

    def _add_column(self, place: int, title: str, sentences: list[str], icon: str, ink: str, none: str) -> None:
        theme = self.theme
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(Label(theme, title, "label", "ink2"))
        column.addSpacing(theme.px(2))
        shown = sentences if len(sentences) <= MOST_LINES else sentences[: MOST_LINES - 1]
        for sentence in shown:
            column.addLayout(_line(theme, icon, ink, sentence))
        if len(shown) < len(sentences):
            more = ElidedLabel(theme, f"and {len(sentences) - len(shown)} more", "second", "ink2")
            more.setToolTip("\n".join(sentences[len(shown) :]))
            column.addWidget(more)
        if not sentences:
            column.addWidget(ElidedLabel(theme, none, "second", "ink3"))
        column.addStretch(1)
        self._put(box, 0, place)

    def _put(self, part: QWidget, row: int, column: int) -> None:
        self._parts.append(part)
        self._grid.addWidget(part, row, column)


def _line(theme: Theme, icon: str, ink: str, sentence: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    line.addWidget(IconView(theme, icon, ink, 14))
    line.addWidget(ElidedLabel(theme, sentence, "body"), 1)
    return line
