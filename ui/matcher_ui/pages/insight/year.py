"""The yearly report: for which year, as what, and where it goes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from matcher import clock
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.shortcuts import PRINT
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label

PDF, EXCEL = "pdf", "xlsx"
KINDS = {PDF: "PDF (*.pdf)", EXCEL: "Excel workbook (*.xlsx)"}
WHAT = (
    "For trustees or a funder, for one year: who asked, who was heard, what came of it, what was paid. Counts of "
    "few people are left out, so that nobody can be worked out from it. No member is named."
)
_YEARS_BACK = 3
_YEAR_BEGINS = (4, 1)


class YearPanel(CardFrame):
    """``wanted`` carries the year and where to write it, ``printed`` the year alone."""

    wanted = Signal(str, Path)
    printed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, quiet=True, parent=parent)
        self.year = QComboBox()
        for name, words in years(clock.today()):
            self.year.addItem(words, name)
        self.kind = Segmented(theme, "As", ((PDF, "PDF to read and print"), (EXCEL, "Excel")))
        self.save, self.close_it = Button(theme, "Save the report…", "main"), Button(theme, "Close", "quiet")
        self.print = Button(theme, "Print…", icon="print")
        self._field = Field(theme, "Year", self.year)
        self._lay_out()
        self.save.clicked.connect(self.ask_where)
        self.print.clicked.connect(lambda: self.printed.emit(self.year.currentData()))
        press_by_key(self.print, PRINT)
        self.close_it.clicked.connect(self.hide)
        self.setAccessibleName("Yearly report")
        self.retheme()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.CARD), px(Space.L), px(Space.CARD), px(Space.L))
        self._column.setSpacing(px(Space.M))
        self._flow.setSpacing(px(Space.M))
        self._field.setFixedWidth(px(260))
        super().retheme()

    def ask_where(self) -> None:
        """Ask where the report goes."""
        name, kind = self.year.currentData(), self.kind.current
        offered = f"Yearly report {name.replace('/', '-')}.{kind}"
        chosen = choose_where(self, "Save the yearly report", offered, KINDS[kind])
        if chosen:
            self.wanted.emit(name, Path(chosen if Path(chosen).suffix else f"{chosen}.{kind}"))

    def _lay_out(self) -> None:
        self._column, self._flow = QVBoxLayout(self), FlowLayout()
        self._column.addWidget(Label(self.theme, "Yearly report", "section"))
        self._column.addWidget(Label(self.theme, WHAT, "second", "ink2", wrap=True))
        self._column.addWidget(self._field)
        for part in (self.kind, self.save, self.print, self.close_it):
            self._flow.addWidget(part)
        self._column.addLayout(self._flow)


def years(today: date) -> Iterator[tuple[str, str]]:
    """The years a report can be about, (name, words): calendar years first, then those from April to March."""
    for year in range(today.year, today.year - _YEARS_BACK, -1):
        yield str(year), f"{year}{', so far' if year == today.year else ''}"
    now = today.year if (today.month, today.day) >= _YEAR_BEGINS else today.year - 1
    for year in range(now, now - _YEARS_BACK, -1):
        name = f"{year}/{(year + 1) % 100:02d}"
        yield name, f"April {year} to March {year + 1}{', so far' if year == now else ''}"
