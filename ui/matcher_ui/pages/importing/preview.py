"""What an import would do, tab by tab: columns, new, updated, the same, to decide, not read."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matcher.directory import Outcome
from matcher_ui.models.import_preview import (
    CHANGED_COLUMNS,
    NEW_COLUMNS,
    REASON_COLUMNS,
    SAME_COLUMNS,
    Preview,
    PreviewLine,
    silent_words,
    summary,
)
from matcher_ui.models.table import Column, SortFilter, TableModel
from matcher_ui.pages.importing.columns import ColumnsTab
from matcher_ui.pages.importing.decide import DecideTab
from matcher_ui.pages.importing.heard import HeardTab
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Tab
from matcher_ui.widgets.data_table import DataTable
from matcher_ui.widgets.fields import prepare
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import hairline, smooth
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace

COLUMNS, DECIDE, HEARD, NOTES = "columns", "decide", "heard", "notes"
LABELS = (
    (COLUMNS, "Columns"), ("new", "New"), ("updated", "Updated"), (DECIDE, "To decide"),
    ("duplicate", "The same"), (HEARD, "Partners"), ("unread", "Unreadable"), (NOTES, "Notes"),
)  # fmt: skip


class LinesTable(DataTable):
    """Rows of the sheet with what happens to them; words that do not fit stand in the tip."""

    def __init__(self, theme: Theme, name: str, columns: Sequence[Column[PreviewLine]]) -> None:
        super().__init__(theme, name, dense=True)
        self.lines = TableModel(columns, self)
        self.setModel(SortFilter(self.lines, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setStretchLastSection(False)
        self._columns = tuple(columns)

    def show_lines(self, lines: Sequence[PreviewLine]) -> None:
        """Show these; a column in which nothing would stand gives its room to the others."""
        self.lines.set_rows(lines)
        for place, column in enumerate(self._columns):
            self.setColumnHidden(place, bool(lines) and not any(column.words(line) for line in lines))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_columns"):
            self._fit()

    def _fit(self) -> None:
        """The number keeps its width, the others share what is left."""
        number, room = self.theme.px(self._columns[0].width), self.viewport().width()
        self.setColumnWidth(0, number)
        shown = [place for place in range(1, len(self._columns)) if not self.isColumnHidden(place)]
        whole = sum(self._columns[place].width for place in shown)
        for place in shown:
            self.setColumnWidth(place, (room - number) * self._columns[place].width // whole)


class PreviewTabs(Part):
    """Tabs of which some step aside; where they have no room they fold into one field. ``chosen`` as in tabs."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._counts: dict[str, int] = {}
        self.tabs = {key: Tab(theme, key, label) for key, label in LABELS}
        self.field = QComboBox()
        self.field.setAccessibleName("Show")
        prepare(theme, self.field)
        group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        for key, tab in self.tabs.items():
            group.addButton(tab)
            self._row.addWidget(tab)
            tab.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
        self._row.addWidget(self.field)
        self._row.addStretch(1)
        self.field.activated.connect(lambda _place: self.chosen.emit(self.field.currentData()))
        self.retheme()

    @property
    def current(self) -> str:
        """The key of the tab shown."""
        return next((key for key, tab in self.tabs.items() if tab.isChecked()), COLUMNS)

    @property
    def shown(self) -> tuple[str, ...]:
        """The tabs there are now."""
        return tuple(self._counts)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """The tabs to show, with their counts."""
        self._counts = dict(counts)
        for key, tab in self.tabs.items():
            tab.set_count(counts.get(key))
        labels = dict(LABELS)
        current = self.current
        self.field.clear()
        for key, count in counts.items():
            self.field.addItem(f"{labels[key]}: {count:,}", key)
        self.set_current(current)
        self._arrange()

    def set_current(self, key: str) -> None:
        """Show that this tab is the one."""
        self.tabs[key].setChecked(True)
        self.field.setCurrentIndex(self.field.findData(key))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def retheme(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self.theme.px(Space.PAGE))
        self._arrange()
        super().retheme()

    def _arrange(self) -> None:
        wanted = [self.tabs[key] for key in self._counts]
        room = sum(tab.sizeHint().width() + self.theme.px(28) for tab in wanted)
        folded = room > self.width()
        for tab in self.tabs.values():
            tab.setVisible(tab in wanted and not folded)
        self.field.setVisible(folded)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.field.isHidden():
            painter = smooth(self)
            hairline(painter, 0, self.width(), self.height() - 1, self.theme.color("line"))
            painter.end()


class PreviewPart(Part):
    """The tabs of a preview. ``corrected``, ``answered`` and ``linked`` as in the columns, the rows to decide and
    the partners.

    ``save_wanted``: she wants the list of rows that cannot be read in a file of its own.
    """

    corrected = Signal(int, str)
    answered = Signal(int, str)
    linked = Signal(str, object)
    save_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        theme = workspace.theme
        super().__init__(theme, parent)
        self.summary = Label(theme, "", "section", wrap=True)
        self.silent = Label(theme, "", "second", "ink2", wrap=True)
        self.tabs = PreviewTabs(theme)
        self.columns, self.decide, self.heard = ColumnsTab(theme), DecideTab(workspace), HeardTab(theme)
        self.tables = {
            "new": LinesTable(theme, "New members", NEW_COLUMNS),
            "updated": LinesTable(theme, "Members updated", CHANGED_COLUMNS),
            "duplicate": LinesTable(theme, "Rows that change nothing", SAME_COLUMNS),
            "unread": LinesTable(theme, "Rows that cannot be read", REASON_COLUMNS),
        }
        self.notes = ScrollColumn(theme)
        self._note = Label(theme, "", "running", wrap=True)
        self.notes.column.addWidget(self._note)
        self.notes.column.addStretch(1)
        self.save_unread = Button(theme, "Save this list")
        self._stack = QStackedWidget()
        self._bodies: dict[str, QWidget] = {
            COLUMNS: self.columns, DECIDE: self.decide, HEARD: self.heard, NOTES: self.notes, **self.tables,
            "unread": self._with_button(self.tables["unread"], self.save_unread),
        }  # fmt: skip
        for body in self._bodies.values():
            self._stack.addWidget(body)
        self._column = QVBoxLayout(self)
        for part in (self.summary, self.silent, self.tabs):
            self._column.addWidget(part)
        self._column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.turn_to)
        self.columns.corrected.connect(self.corrected)
        self.decide.answered.connect(self.answered)
        self.heard.linked.connect(self.linked)
        self.save_unread.clicked.connect(self.save_wanted)
        self.retheme()

    @staticmethod
    def _with_button(table: QWidget, button: QWidget) -> QWidget:
        """A table with what can be done with the whole of it below."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(table, 1)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return body

    def turn_to(self, key: str) -> None:
        """Show a tab."""
        self.tabs.set_current(key)
        self._stack.setCurrentWidget(self._bodies[key])

    def show_preview(self, seen: Preview) -> None:
        """Show what would happen; tabs with nothing in them step aside."""
        self.summary.setText(f"{summary(seen.plan)}.")
        self.silent.setText(silent_words(seen.silent))
        self.silent.setVisible(bool(seen.silent))
        self.columns.show_columns(seen.columns)
        self.decide.show_doubts(seen.doubts, seen.wanted.decisions or {})
        self.heard.show_heard(seen.plan.heard)
        lines = {
            "new": seen.tabs.get(Outcome.NEW, ()), "updated": seen.tabs.get(Outcome.UPDATED, ()),
            "duplicate": seen.tabs.get(Outcome.DUPLICATE, ()), "unread": seen.not_read,
        }  # fmt: skip
        for key, table in self.tables.items():
            table.show_lines(lines[key])
        self._note.setText("\n".join(seen.plan.notes))
        counts = {COLUMNS: len(seen.columns), **{key: len(found) for key, found in lines.items()}}
        counts |= {DECIDE: len(seen.doubts), HEARD: len(seen.plan.heard), NOTES: len(seen.plan.notes)}
        self.tabs.set_counts({key: counts[key] for key, _label in LABELS if counts[key]})
        if self.tabs.current not in self.tabs.shown:
            self.turn_to(COLUMNS)

    def clear(self) -> None:
        """Let go of the rows shown: they are as much as the sheet."""
        for table in self.tables.values():
            table.show_lines(())

    def turn_to_first(self, seen: Preview) -> None:
        """The columns when one needs her eye, then rows to decide, else who is new."""
        if seen.problem or any(line.care for line in seen.columns):
            self.turn_to(COLUMNS)
        elif seen.doubts:
            self.turn_to(DECIDE)
        else:
            first = (Outcome.NEW, Outcome.UPDATED)
            self.turn_to(next((one.value for one in first if seen.tabs.get(one)), COLUMNS))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.S))
        self.notes.set_margins(0, Space.M, 0, Space.M)
        super().retheme()
