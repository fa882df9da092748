"""Insight: who is being heard, how turns are shared, what is answered, how long it takes, how the network grows."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.insight import Dimension, Insight, YearlyReport, look, save_yearly_report, yearly_html, yearly_report
from matcher.insight.tables import export_table
from matcher_ui.charts.figure import Figure
from matcher_ui.charts.figure_card import FigureCard
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.models import insight_figures as figures
from matcher_ui.models.insight_words import headline_words
from matcher_ui.pages.insight.year import YearPanel
from matcher_ui.pages.page import Page
from matcher_ui.pdf import pdf_of
from matcher_ui.printing import Paper
from matcher_ui.theme import Space
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.headlines import Headlines
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.people_links import PeopleLinks, PersonLink
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.widgets.time_picker import TimePicker
from matcher_ui.workspace import Place, Workspace

HINT = "Only for you: no number is left out."
OWN_USE = "Small numbers stand in it as they are: it is for your own use."
WORKBOOK = "Excel workbook (*.xlsx)"
_DIMENSIONS = (
    (Dimension.REGION, "Region"), (Dimension.EXPERIENCE, "Years"),
    (Dimension.EMPLOYER, "Employer"), (Dimension.CONTRACT, "Contract"),
)  # fmt: skip
_EACH, _MOST_NAMED = 440, 5


class InsightPage(Page):
    """Reads everything of the time chosen at once, in the background; the choices on a figure read nothing."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.found: Insight | None = None
        self.header = PageHeader(theme, "Insight")
        self.report = Button(theme, "Yearly report…", icon="file", tall=True)
        self.year = YearPanel(theme)
        self.time, self.notice = TimePicker(theme), Notice(theme)
        self.headlines = Headlines(theme, "In short")
        self.by = Segmented(theme, "Who is being heard, by", _DIMENSIONS)
        self.whom = Segmented(theme, "Compared", (("england", "Beside the workforce"), ("all", "Everywhere")))
        self.replies_by = Segmented(theme, "Answers by", (("audience", "Who asks"), ("channel", "How asked")))
        self.growth_by = Segmented(theme, "Growth by", (("source", "How they came"), ("area", "Area")))
        self.voice = FigureCard(theme, "Who is being heard", (self.by, self.whom))
        self.most_asked = PeopleLinks(theme, "Asked most often:", _MOST_NAMED)
        self.turns = FigureCard(theme, "How turns are shared", below=(self.most_asked,))
        self.replies = FigureCard(theme, "What people answer", (self.replies_by,))
        self.waits = FigureCard(theme, "How long it takes")
        self.requesters = FigureCard(theme, "Those who ask")
        self.growth = FigureCard(theme, "How the network grows", (self.growth_by,))
        self.cards = (self.voice, self.turns, self.replies, self.waits, self.requesters, self.growth)
        self.empty = EmptyPage(
            theme, "insight", "Nothing to show yet",
            "Once members are in and some of them were asked, this page shows who is heard and who is not.",
            "Bring in a spreadsheet", button_icon="upload",
        )  # fmt: skip
        self._lay_out()
        self._connect()
        self.retheme()

    def refresh(self) -> None:
        since, until = self.time.days
        self.workspace.read("insight", lambda store: look(store, since, until), self.show_insight,
                            on_failed=self._failed, aside=True)  # fmt: skip

    def show_insight(self, found: Insight) -> None:
        """Show the figures of the time chosen."""
        self.found = found
        nobody = not any(row.everywhere.members for row in found.voices[0].rows)
        self._around.setVisible(nobody)
        self._scroll.setVisible(not nobody)
        self.time.setVisible(not nobody)
        self.report.set_unavailable("Nobody is a member yet" if nobody else None)
        self.header.set_facts((HINT,) if not nobody else ())
        self.headlines.show_lines(headline_words(found, self.time.in_words))
        self._show_voice()
        self.turns.show_figure(figures.turns_figure(found))
        self.most_asked.show_people(
            [
                PersonLink(one.member_id, f"{one.name} {one.asks}", f"{one.name}, asked {one.asks} times")
                for one in found.spread.most_asked if one.asks > 1
            ]
        )  # fmt: skip
        self._show_replies()
        self.waits.show_figure(figures.waits_figure(found))
        self.requesters.show_figure(figures.requesters_figure(found))
        self._show_growth()

    def scroll_to(self, card: FigureCard) -> None:
        """Bring a figure to the top of what is seen."""
        self._scroll.column.activate()
        top = card.mapTo(self._scroll, QPoint(0, 0)).y()
        self._scroll.verticalScrollBar().setValue(self._scroll.verticalScrollBar().value() + top)

    def export(self, figure: Figure) -> None:
        """Ask where, and write the numbers of a figure; the file is on the list of what left."""
        chosen = choose_where(self, "Export the numbers", f"{figure.title.replace('?', '')}.xlsx", WORKBOOK)
        if not chosen:
            return
        path = Path(chosen if Path(chosen).suffix else f"{chosen}.xlsx")
        self.workspace.write(
            lambda store, _progress: export_table(store, figure.table, path),
            lambda _file: self._tell_saved(path, OWN_USE),
            what="Exporting the numbers", on_failed=self._failed,
        )  # fmt: skip

    def ask_for_year(self) -> None:
        """Offer the yearly report, at the top of the page."""
        self.year.show()
        self._scroll.verticalScrollBar().setValue(0)
        self.year.year.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_year(self, year: str, path: Path) -> None:
        """Count a year and write its report; the file is on the list of what left."""

        def write(report: YearlyReport) -> None:
            pdf = pdf_of(yearly_html(report)) if path.suffix.lower() == ".pdf" else None
            self.workspace.write(
                lambda store, _progress: save_yearly_report(store, report, path, pdf=pdf),
                lambda _file: self._tell_saved(path, "Read it before you send it."),
                what="Saving the yearly report", on_failed=self._failed,
            )  # fmt: skip

        self._count_year(year, write)

    def print_year(self, year: str) -> None:
        """Count a year and print its report."""
        name, save = f"Yearly report {year}", self.year.ask_where

        def drawn(report: YearlyReport) -> None:
            self.workspace.printing.emit(Paper(name, yearly_html(report), save, "yearly report"))

        self._count_year(year, drawn)

    def _count_year(self, year: str, then: Callable[[YearlyReport], None]) -> None:
        self.workspace.read(
            "insight.year", lambda store: yearly_report(store, year), then, what="Counting the year",
            on_failed=self._failed, aside=True,
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.PAGE), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._head.setSpacing(px(Space.M))
        self._scroll.set_margins(Space.PAGE, Space.XS, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(px(Space.L))
        self._side.setSpacing(px(Space.L))
        self._margin.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.PAGE))
        self.empty.setMinimumHeight(px(220))
        super().retheme()

    def _show_voice(self) -> None:
        if self.found is None:
            return
        voice = next(one for one in self.found.voices if one.dimension == self.by.current)
        self.whom.setVisible(figures.has_workforce(voice))
        beside = figures.has_workforce(voice) and self.whom.current == "england"
        self.voice.show_figure(figures.voice_figure(self.found, voice, beside_workforce=beside))

    def _show_replies(self) -> None:
        if self.found is not None:
            self.replies.show_figure(figures.replies_figure(self.found, self.replies_by.current))

    def _show_growth(self) -> None:
        if self.found is not None:
            self.growth.show_figure(figures.growth_figure(self.found, self.growth_by.current))

    def _tell_saved(self, path: Path, more: str) -> None:
        def open_folder() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

        self.notice.tell("good", f"Saved as {path.name}. {more}", (("Open the folder", open_folder),))

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _connect(self) -> None:
        self.time.changed.connect(self._read_again)
        self.by.chosen.connect(lambda _key: self._show_voice())
        self.whom.chosen.connect(lambda _key: self._show_voice())
        self.replies_by.chosen.connect(lambda _key: self._show_replies())
        self.growth_by.chosen.connect(lambda _key: self._show_growth())
        self.report.clicked.connect(self.ask_for_year)
        self.year.wanted.connect(self.save_year)
        self.year.printed.connect(self.print_year)
        self.empty.pressed.connect(partial(self.workspace.go, Place("import")))
        self.most_asked.chosen.connect(lambda whose: self.workspace.go(Place("member", whose)))
        for card in self.cards:
            card.exported.connect(self.export)
            card.said.connect(self.workspace.say)

    def _read_again(self) -> None:
        self.notice.clear()
        self.refresh()

    def _lay_out(self) -> None:
        theme = self.theme
        self._column, self._head, self._scroll = QVBoxLayout(self), QVBoxLayout(), ScrollColumn(theme)
        right, self._around = QWidget(), QWidget()
        self._side, self._margin = QVBoxLayout(right), QVBoxLayout(self._around)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.addWidget(self.replies)
        self._side.addWidget(self.waits)
        self._side.addStretch(1)
        self._margin.addWidget(self.empty)
        self.header.add_action(self.report)
        self._head.addWidget(self.header)
        self._head.addWidget(self.time)
        two = Beside(theme, (self.turns, right), _EACH)
        for part in (self.year, self.headlines, self.voice, two, self.requesters, self.growth):
            self._scroll.column.addWidget(part)
        self._scroll.column.addStretch(1)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addWidget(self._around)
        self._column.addWidget(self._scroll, 1)
        self._around.hide()
        self.year.hide()
