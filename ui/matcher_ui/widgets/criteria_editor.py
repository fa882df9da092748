"""Must-haves and nice-to-haves as sentences, side by side or one above the other, changed in place."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from matcher.model import Criterion, CriterionField, Op, Strength, criterion_words
from matcher_ui.brief_words import FIELDS
from matcher_ui.criterion_entry import entered, example, op_shown, ops_of, value_text
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.fields import Field, prepare
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.sentence_list import Entry, SentenceList
from matcher_ui.widgets.what_is_this import QUESTION_MARK, Explained, WhatIsThis

STRENGTHS = {Strength.MUST: "Must have", Strength.PREFER: "Nice to have"}
TWO_COLUMNS = 250
"""Width in pixels from which what is typed for one stands in two columns."""
SIDE_BY_SIDE = 470
"""Width in pixels from which the two lists stand side by side."""


class CriterionEntry(Entry):
    """What kind of fact, how it compares, and the value typed."""

    def __init__(self, theme: Theme, strength: Strength, criterion: Criterion | None) -> None:
        super().__init__(theme)
        self._before = criterion
        self.field, self.op, self.value, self.strength = QComboBox(), QComboBox(), QLineEdit(), QComboBox()
        self._what = Field(theme, "What", self.value)
        self._lay_out()
        self._fill(criterion)
        self.strength.setCurrentIndex(self.strength.findData(strength))
        self.setFocusProxy(self.value)

    def accept(self) -> None:
        """Hand over what is typed, or say what is wrong with it."""
        strength = Strength(self.strength.currentData())
        field, op = CriterionField(self.field.currentData()), Op(self.op.currentData() or Op.IS)
        before = self._before
        if before and (before.field, op_shown(before), value_text(before)) == (field, op, self.value.text()):
            self.done.emit(Criterion(strength, before.field, before.op, before.value, before.text))
            return
        try:
            made = entered(strength, field, op, self.value.text())
        except ValueError as error:
            self._what.set_state("wrong", str(error))
            self.value.setFocus()
            return
        self.done.emit(made)

    def _fill(self, criterion: Criterion | None) -> None:
        for field, words in FIELDS.items():
            self.field.addItem(words, field)
        for strength, words in STRENGTHS.items():
            self.strength.addItem(words, strength)
        if criterion is None:
            self._show_ops()
        else:
            self.field.setCurrentIndex(self.field.findData(criterion.field))
            self._show_ops()
            self.op.setCurrentIndex(self.op.findData(op_shown(criterion)))
            self.value.setText(value_text(criterion))
        self.field.currentIndexChanged.connect(self._show_ops)

    def _show_ops(self) -> None:
        ops = ops_of(CriterionField(self.field.currentData()))
        self.op.clear()
        for op, words in ops.items():
            self.op.addItem(words, op)
        self.op.setVisible(bool(ops))
        self._what.setVisible(bool(ops))
        self._show_example()

    def _show_example(self) -> None:
        if self.op.currentData():
            self.value.setPlaceholderText(example(Op(self.op.currentData())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(wide=self.width() >= self.theme.px(TWO_COLUMNS))

    def _place(self, *, wide: bool) -> None:
        """Two and two beside each other where there is room, else one below the other."""
        for number, part in enumerate((self.field, self.op, self._what, self.strength)):
            row, column = divmod(number, 2) if wide else (number, 0)
            self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignBottom)
        for column, stretch in enumerate((4, 5) if wide else (1, 0)):
            self._grid.setColumnStretch(column, stretch)

    def _lay_out(self) -> None:
        column, px = QVBoxLayout(self), self.theme.px
        self._grid = QGridLayout()
        for layout in (column, self._grid):
            layout.setSpacing(px(Space.S))
        column.setContentsMargins(px(Space.S), px(Space.S), px(Space.S), px(Space.S))
        combos = (
            (self.field, "What it is about"), (self.op, "How it compares"), (self.strength, "How much it counts")
        )  # fmt: skip
        for control, name in combos:
            prepare(self.theme, control)
            control.setAccessibleName(name)
            control.setMinimumContentsLength(4)
            control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._place(wide=False)
        column.addLayout(self._grid)
        column.addLayout(self.buttons(self.accept, new=self._before is None))
        self.op.currentIndexChanged.connect(self._show_example)
        self.value.returnPressed.connect(self.accept)
        self.value.textEdited.connect(lambda: self._what.set_state("normal"))


class CriteriaEditor(Part):
    """The two lists. ``changed`` fires when a criterion did; ``chosen`` carries the number of its phrase."""

    changed = Signal()
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.lists: dict[Strength, SentenceList] = {}
        self._as_high = QSpacerItem(0, 0)
        self._columns, self._each = QBoxLayout(QBoxLayout.Direction.TopToBottom, self), list[QVBoxLayout]()
        self._columns.setContentsMargins(0, 0, 0, 0)
        for strength, mark in ((Strength.MUST, ("check", "accent")), (Strength.PREFER, ("ring", "ink2"))):
            self._columns.addLayout(self._column(strength, STRENGTHS[strength], mark), 1)
        self.lists[Strength.MUST].moved.connect(self.lists[Strength.PREFER].append)
        self.lists[Strength.PREFER].moved.connect(self.lists[Strength.MUST].append)
        first = self.lists[Strength.MUST].add_button
        self.setFocusProxy(first)
        # Tab comes in at the proxy: what stands before it has to come after it
        for question in self.findChildren(WhatIsThis):
            self.setTabOrder(first, question)
        self.retheme()

    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria as they stand, musts first."""
        return tuple(value for shown in self.lists.values() for value in shown.values())

    def show_criteria(
        self, criteria: tuple[Criterion, ...], numbers: Mapping[int, tuple[int, bool]] | None = None
    ) -> None:
        """Show other criteria; ``numbers`` gives for an index the number of its phrase and whether it is sure."""
        for strength, shown in self.lists.items():
            places = [i for i, criterion in enumerate(criteria) if criterion.strength is strength]
            known = {at: numbers[i] for at, i in enumerate(places) if numbers and i in numbers}
            shown.show_values(tuple(criteria[i] for i in places), known)

    def set_current(self, number: int | None) -> None:
        """Mark the sentences whose phrase has this number."""
        for shown in self.lists.values():
            shown.set_current(number)

    def retheme(self) -> None:
        self._columns.setSpacing(self.theme.px(Space.L))
        for column in self._each:
            column.setSpacing(self.theme.px(Space.XS))
        self._as_high.changeSize(0, self.theme.px(QUESTION_MARK))
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.theme.px(SIDE_BY_SIDE)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def _column(self, strength: Strength, title: str, mark: tuple[str, str]) -> QVBoxLayout:
        def entry(value: Any | None) -> Entry:
            return CriterionEntry(self.theme, strength, value)

        shown = SentenceList(
            self.theme, title, criterion_words, entry, mark=mark, belongs=lambda value: value.strength is strength
        )
        shown.changed.connect(self.changed)
        shown.chosen.connect(self.chosen)
        self.lists[strength] = shown
        column = QVBoxLayout()
        self._each.append(column)
        label = Label(self.theme, title, "label", "ink2")
        if strength is Strength.MUST:
            column.addWidget(Explained(self.theme, label, "must_have"))
        else:
            beside = QHBoxLayout()
            beside.addWidget(label)
            beside.addSpacerItem(self._as_high)
            column.addLayout(beside)
        column.addWidget(shown, 1)
        return column
