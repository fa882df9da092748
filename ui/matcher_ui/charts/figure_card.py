"""A chart on the page: title, what it shows in a sentence, the drawing, its numbers, ways to take it along."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from matcher_ui.charts.chart_view import INSET, ChartView
from matcher_ui.charts.figure import Figure
from matcher_ui.charts.numbers_table import NumbersTable
from matcher_ui.charts.picture import picture_of
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.paint import rounded, smooth

SHOW, HIDE = "Show the numbers", "Hide the numbers"


class FigureCard(Part):
    """``exported`` asks to write its table; ``said`` carries what was done.

    ``choices`` of what is shown stand between the sentence and the drawing; what is ``below`` it goes neither into
    the picture nor into the workbook.
    """

    exported = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: Sequence[QWidget] = (),
        *,
        below: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.figure: Figure | None = None
        self.title = Label(theme, name, "section", wrap=True)
        self.sentence = Label(theme, "", "body", "ink2", wrap=True)
        self.chart = ChartView(theme, name)
        self.numbers = NumbersTable(theme, name)
        self.source = Label(theme, "", "hint", "ink3", wrap=True)
        self.show_numbers = Button(theme, SHOW, "quiet")
        self.copy = Button(theme, "Copy as picture", "quiet")
        self.export = Button(theme, "Export to Excel…", "quiet")
        self._buttons = (self.show_numbers, self.copy, self.export)
        self._lay_out(choices, below)
        self.show_numbers.clicked.connect(self._turn_numbers)
        self.copy.clicked.connect(self.copy_picture)
        self.export.clicked.connect(lambda: self.exported.emit(self.figure))
        self.numbers.hide()
        self.retheme()

    def show_figure(self, figure: Figure) -> None:
        """Show another figure; whether its numbers are shown stays as it was."""
        self.figure = figure
        drawn = figure.plot is not None
        self.title.setText(figure.title)
        self.sentence.setText(figure.sentence)
        self.source.setText(figure.source)
        self.source.setVisible(drawn and bool(figure.source))
        self.chart.setAccessibleName(f"Chart: {figure.title}")
        if figure.plot is not None:
            self.chart.show_plot(figure.plot, figure.sentence)
        self.chart.setVisible(drawn)
        self.numbers.show_table(figure.table)
        self.numbers.setVisible(drawn and self._numbers_wanted())
        for button in self._buttons:
            button.setVisible(drawn)
        self._name_buttons()
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.sentence)

    def copy_picture(self) -> None:
        """Put the figure on the clipboard as a picture."""
        if self.figure is None or self.figure.plot is None:
            return
        QGuiApplication.clipboard().setImage(picture_of(self.figure))
        self.said.emit(f"“{self.figure.title}” is copied as a picture. Small numbers stand in it as they are.")

    def menu(self) -> QMenu:
        """What can be done with it, for the right mouse button."""
        menu = QMenu(self)
        for button in self._buttons:
            menu.addAction(button.text()).triggered.connect(button.click)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.figure is None or self.figure.plot is None:
            return
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.chart.mapToGlobal(QPoint(self.theme.px(24), self.theme.px(24)))
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def retheme(self) -> None:
        px = self.theme.px
        # words, drawing and buttons begin on one line: a drawing keeps room for its ring, a button for its ground
        self._column.setContentsMargins(px(Space.S), px(Space.L), px(Space.S), px(Space.M))
        self._column.setSpacing(px(Space.S))
        for words in (self._above, self._below):
            words.setContentsMargins(px(Space.M), 0, px(Space.M), 0)
            words.setSpacing(px(Space.S))
        self._drawing.setContentsMargins(px(Space.M - INSET), 0, px(Space.M - INSET), 0)
        self._choices.setSpacing(px(Space.S))
        self._acts.setSpacing(px(Space.XS))
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        rounded(painter, self.rect(), self.theme.px(10), self.theme.color("card"), self.theme.color("line"))
        painter.end()

    def _numbers_wanted(self) -> bool:
        return self.show_numbers.text() == HIDE

    def _turn_numbers(self) -> None:
        shown = not self._numbers_wanted()
        self.show_numbers.setText(HIDE if shown else SHOW)
        self.show_numbers.updateGeometry()
        self.numbers.setVisible(shown)
        self._name_buttons()

    def _name_buttons(self) -> None:
        """Many figures have the same buttons: each is called by what it is for."""
        for button in self._buttons:
            button.setAccessibleName(f"{button.text().removesuffix('…')}: {self.title.text()}")

    def _lay_out(self, choices: Sequence[QWidget], below: Sequence[QWidget]) -> None:
        self._column, self._choices, self._acts = QVBoxLayout(self), FlowLayout(), FlowLayout()
        self._above, self._drawing, self._below = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._above.addWidget(self.title)
        self._above.addWidget(self.sentence)
        self._above.addLayout(self._choices)
        for choice in choices:
            self._choices.addWidget(choice)
        self._drawing.addWidget(self.chart)
        for part in (self.source, *below, self.numbers):
            self._below.addWidget(part)
        for button in self._buttons:
            self._acts.addWidget(button)
        for layout in (self._above, self._drawing, self._below):
            self._column.addLayout(layout)
        self._column.addStretch(1)
        self._column.addLayout(self._acts)
