"""The columns of a sheet: what each is taken for, how sure that is, what stands in it; all can be corrected."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from matcher_ui.models.import_preview import NOT_IMPORTED, ColumnLine, choices
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.fields import prepare
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.scroll_column import ScrollColumn

_ROOM_FOR_SAMPLES, _LEAST_HEADER, _LEAST_MEANING = 560, 96, 150
"""In pixels at 100 %; where there is no room for samples they are in the tip of what a column means."""


class _Line:
    """The widgets of one column."""

    def __init__(self, theme: Theme, line: ColumnLine, known: Sequence[tuple[str, str]]) -> None:
        header = line.header or f"Column {line.index + 1}, without a header"
        self.header = ElidedLabel(theme, header, "second_name")
        self.samples = ElidedLabel(theme, "", "second", "ink2")
        self.meaning = QComboBox()
        for key, words in known:
            self.meaning.addItem(words, key)
        self.meaning.setAccessibleName(f"{header} means")
        prepare(theme, self.meaning)
        self.meaning.setMaxVisibleItems(18)
        self.meaning.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.meaning.setMinimumContentsLength(16)
        self.mark, self.sure = IconView(theme, "check", "good", 14), Label(theme, "", "label", "ink2")
        self.show(line)

    def show(self, line: ColumnLine) -> None:
        self.meaning.setCurrentIndex(max(self.meaning.findData(line.target), 0))
        self.samples.setText("  ·  ".join(line.samples))
        self.sure.setText(line.sure)
        self.sure.set_look(color="care" if line.care else "ink2")
        left_out = line.target == NOT_IMPORTED and not line.care
        self.mark.set_icon("question" if line.care else "minus" if left_out else "check",
                           "care" if line.care else "ink3" if left_out else "good")  # fmt: skip
        self.meaning.setToolTip(f"Such as: {', '.join(line.samples)}" if line.samples else "")
        self.meaning.setAccessibleDescription(f"{line.sure}. Such as: {', '.join(line.samples)}")

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self.header, self.meaning, self.mark, self.sure, self.samples


class ColumnsTab(Part):
    """``corrected`` carries the index of a column and what it is to be taken for."""

    corrected = Signal(int, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: dict[tuple[int, str], _Line] = {}
        self._scroll = ScrollColumn(theme)
        self._grid = QGridLayout()
        for column, share in ((0, 3), (1, 4), (4, 4)):
            self._grid.setColumnStretch(column, share)
        self._such_as = ElidedLabel(theme, "Such as", "label", "ink2")
        for column, words in ((0, "Column of the sheet"), (1, "Means")):
            self._grid.addWidget(ElidedLabel(theme, words, "label", "ink2"), 0, column)
        self._grid.addWidget(self._such_as, 0, 4)
        self._scroll.column.addLayout(self._grid)
        self._scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.retheme()

    def show_columns(self, columns: Sequence[ColumnLine]) -> None:
        """Show the columns of a sheet; those of the same sheet keep their widgets and the keyboard."""
        if [(line.index, line.header) for line in columns] != list(self._lines):
            self._build(columns)
            return
        for line in columns:
            self._lines[line.index, line.header].show(line)

    def meaning_of(self, index: int) -> QComboBox:
        """The field that says what a column means."""
        return next(line.meaning for (place, _header), line in self._lines.items() if place == index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def retheme(self) -> None:
        px = self.theme.px
        self._scroll.set_margins(0, Space.M, 0, Space.M)
        self._grid.setHorizontalSpacing(px(Space.M))
        self._grid.setVerticalSpacing(px(Space.S))
        for line in self._lines.values():
            line.mark.setFixedWidth(px(14))
            line.meaning.setMinimumWidth(px(_LEAST_MEANING))
        self._grid.setColumnMinimumWidth(0, px(_LEAST_HEADER))
        self._fold()
        super().retheme()

    def _fold(self) -> None:
        roomy = self.width() >= self.theme.px(_ROOM_FOR_SAMPLES)
        self._grid.setColumnStretch(4, 4 if roomy else 0)
        for part in (self._such_as, *(line.samples for line in self._lines.values())):
            part.setVisible(roomy)

    def _build(self, columns: Sequence[ColumnLine]) -> None:
        for line in self._lines.values():
            for widget in line.widgets:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        known = choices()
        self._lines = {(line.index, line.header): _Line(self.theme, line, known) for line in columns}
        for row, ((index, _header), line) in enumerate(self._lines.items(), start=1):
            for column, widget in enumerate(line.widgets):
                self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
            line.meaning.activated.connect(
                lambda _place, index=index, field=line.meaning: self.corrected.emit(index, field.currentData())
            )
        self.retheme()
