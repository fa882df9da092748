"""Everything held on one person, looked through part by part before it is handed over."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from matcher.consent import SubjectReport, requester_report, save_report, subject_report
from matcher.consent.subject_report import REPORT, Passage, report_html
from matcher.errors import UserError
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.models.report import FACTS, Review, Row, columns_of
from matcher_ui.models.table import TableModel
from matcher_ui.pages.page import Page
from matcher_ui.pdf import pdf_of
from matcher_ui.printing import Paper
from matcher_ui.shortcuts import PRINT
from matcher_ui.theme import Space
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.data_table import CellDelegate, DataTable
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.paint import rounded, text
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

KINDS = "PDF, to hand over (*.pdf);;Web page, to read and print (*.html);;Excel workbook (*.xlsx)"
HINT = (
    "Names, e-mail addresses and phone numbers of other members are left out already. Look through every part for "
    "what else is about somebody else, such as a manager or a client, and leave it out with a reason."
)
CHOOSE = "Choose a passage in the table to read it whole, or to leave it out."


class PassageDelegate(CellDelegate):
    """Marks the passage chosen with a frame, and what is left out with a lighter ink."""

    def __init__(self, page: "ReportPage") -> None:
        super().__init__(page.theme, page.table)
        self._page = page

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        theme, px = self.theme, self.theme.px
        if index == self._table.currentIndex():
            rounded(
                painter, rect.adjusted(-px(6), px(3), px(6), -px(4)), px(6), border=theme.color("accent"), width=2
            )
        gone = self._page.is_left_out(index.row(), index.column())
        text(painter, rect, str(index.data() or ""), theme, "second", "care" if gone else "ink")


class ReportPage(Page):
    """``place.tab`` is member or requester, ``place.id`` whose report it is."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.review: Review | None = None
        self.header = PageHeader(theme, back="Back")
        self.save = Button(theme, "Save to hand over…", "main", icon="download", tall=True)
        self.print = Button(theme, "Print…", icon="print", tall=True)
        self.said = Banner(theme, "good", "")
        self.part, self.next = QComboBox(), Button(theme, "Next part", tall=True)
        self.part_field = Field(theme, "Part", self.part)
        self.table = DataTable(theme, "What is held in this part", dense=True)
        self.passage = QPlainTextEdit(CHOOSE)
        self.why = QLineEdit()
        self.why_field = Field(theme, "Leave it out because it is", self.why, "It stands in its place")
        self.leave = Button(theme, "Leave it out", tall=True)
        self.note = QPlainTextEdit()
        self._lay_out()
        self._connect()
        self.retheme()

    def show_place(self, place: Place) -> None:
        if self.place is None or (self.place.id, self.place.tab) != (place.id, place.tab):
            self.review = None
            self.note.clear()
            self.said.hide()
        super().show_place(place)

    def refresh(self) -> None:
        if self.place is None or self.place.id is None:
            return
        read = requester_report if self.place.tab == "requester" else subject_report
        person = self.place.id
        self.workspace.read("report", lambda store: read(store, person), self.show_report, on_failed=self._failed)

    def keeps_unsaved(self) -> str:
        looked = self.review is not None and (self.review.left_out or self.note.toPlainText().strip())
        return "what you left out of the report" if looked else ""

    def draft(self) -> dict[str, Any]:
        out = [[*place, why] for place, why in self.review.left_out.items()] if self.review else []
        return {"left_out": out, "note": self.note.toPlainText()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.note.setPlainText(draft["note"])
        if self.review is not None:
            self.review.left_out |= {Passage(*place): why for *place, why in draft["left_out"]}
            self._turn_to_part()

    def show_report(self, report: SubjectReport) -> None:
        """Show it; what was left out stays so when it is read again because something was written."""
        if self.review is not None and self.review.report.sections == report.sections:
            return
        shown = self.review.report.sections[self.part.currentData()].title if self.review is not None else ""
        self.review = Review(report) if self.review is None else self.review.read_again(report)
        self._scroll.show()
        for button in (self.save, self.print):
            button.set_unavailable(None)
        self.header.set_title(f"What is held on {report.name}")
        masked = f"others left out {report.masked} times" if report.masked else "nobody else was named"
        self.header.set_facts((f"{self.review.facts} lines in {len(self.review.parts)} parts", masked))
        self.part.blockSignals(True)
        self.part.clear()
        for place in self.review.parts:
            section = report.sections[place]
            self.part.addItem(f"{section.title} ({len(section.rows)})", place)
            if section.title == shown:
                self.part.setCurrentIndex(self.part.count() - 1)
        self.part.blockSignals(False)
        self._turn_to_part()

    def is_left_out(self, row: int, column: int) -> bool:
        """Whether a passage of the part shown was left out."""
        place = self._passage_at(row, column)
        return self.review is not None and place in self.review.left_out

    def keep(self) -> None:
        """Ask where, and write it; the file is on the list of what left."""
        if self.review is None or self.place is None:
            return
        offered = f"Everything held on {self._who()}.pdf"  # a file's name outlives an erasure
        chosen = choose_where(self, "Save what is held", offered, KINDS)
        if not chosen:
            return
        path = Path(chosen if Path(chosen).suffix else f"{chosen}.pdf")
        report = self.review.finished(self.note.toPlainText())
        pdf = pdf_of(report_html(report)) if path.suffix.lower() == ".pdf" else None

        def done(_file_id: int) -> None:
            self._say("good", f"Saved as {path.name}. Matcher keeps on record that it was written, and when.")

        self.workspace.write(
            lambda store, _progress: save_report(store, report, path, pdf=pdf), done, what="Saving the report",
            on_failed=self._failed,
        )  # fmt: skip

    def _who(self) -> str:
        """Whom it is of, without a name."""
        if self.place is None:
            return ""
        return f"M{self.place.id}" if self.place.tab == "member" else f"requester {self.place.id}"

    def print_report(self) -> None:
        """Print the report as it was looked through, to hand over on paper."""
        if self.review is not None:
            report = self.review.finished(self.note.toPlainText())
            name, html = f"Everything held on {self._who()}", report_html(report)
            self.workspace.printing.emit(Paper(name, html, self.keep, REPORT, None, tuple(report.member_ids)))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._scroll.set_margins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        self._scroll.column.setSpacing(px(Space.M))
        for row in (self._parts, self._out):
            row.setSpacing(px(Space.M))
        self.table.setMinimumHeight(px(216))
        for words in (self.passage, self.note):
            words.setFont(self.theme.font("second"))
            words.setFixedHeight(px(68))
        super().retheme()

    def _passage_at(self, row: int, column: int) -> Passage | None:
        part = self.part.currentData()
        return None if part is None else Passage(part, row, column)

    def _turn_to_part(self) -> None:
        part = self.part.currentData()
        if self.review is None or part is None:
            return
        section = self.review.shown(part)
        model = TableModel[Row](columns_of(section), self)
        model.set_rows(section.rows)
        old = self.table.model()
        self.table.setModel(model)
        self.table.selectionModel().currentChanged.connect(lambda now, _before: self._show_passage(now))
        if old is not None:
            old.deleteLater()
        facts = len(model.columns) == FACTS  # their second column takes what room there is
        for place, column in enumerate(model.columns[:1] if facts else model.columns):
            self.table.setColumnWidth(place, self.theme.px(column.width))
        last = self.part.currentIndex() == self.part.count() - 1
        self.next.set_unavailable("This is the last part" if last else None)
        self._show_passage(QModelIndex())

    def _show_passage(self, index: QModelIndex) -> None:
        place = self._passage_at(index.row(), index.column()) if index.isValid() else None
        out = self.review is not None and place in self.review.left_out
        if self.review is None or place is None:
            self.passage.setPlainText(CHOOSE)
        else:
            self.passage.setPlainText(self.review.words_at(place) or "Nothing stands here.")
        self.why.setText(self.review.left_out[place] if self.review and place and out else "")
        self.why_field.set_state("normal")
        self.why.setReadOnly(out)
        self.leave.setText("Put it back" if out else "Leave it out")
        self.leave.updateGeometry()
        empty = self.review is not None and place is not None and not self.review.words_at(place)
        self.leave.set_unavailable("Choose a passage first" if place is None or empty else None)

    def _leave_or_put_back(self) -> None:
        index = self.table.currentIndex()
        place = self._passage_at(index.row(), index.column()) if index.isValid() else None
        if self.review is None or place is None:
            return
        if place in self.review.left_out:
            del self.review.left_out[place]
        elif not self.why.text().strip():
            self.why_field.set_state("wrong", "Say what it is about, such as: about her manager.")
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        else:
            self.review.left_out[place] = self.why.text().strip()
        model = self.table.model()
        if isinstance(model, TableModel):
            model.set_rows(self.review.shown(place.section).rows)
        self.table.setCurrentIndex(self.table.model().index(place.row, place.column))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: UserError) -> None:
        if self.review is None:
            self.header.set_title("Nothing to hand over")
            self.header.set_facts(())
        for button in (self.save, self.print):
            button.set_unavailable("Nothing to save" if self.review is None else None)
        self._scroll.setVisible(self.review is not None)
        self._say("stop", str(error))

    def _say(self, kind: str, words: str) -> None:
        self.said.set_message("good" if kind == "good" else "stop", words)
        self.said.show()

    def _go_back(self) -> None:
        if self.place is not None:
            of_requester = self.place.tab == "requester"
            self.workspace.go(Place("requester" if of_requester else "member", self.place.id))

    def _connect(self) -> None:
        self.header.went_back.connect(self._go_back)
        self.save.clicked.connect(self.keep)
        self.print.clicked.connect(self.print_report)
        press_by_key(self.print, PRINT)
        self.part.currentIndexChanged.connect(lambda _place: self._turn_to_part())
        self.next.clicked.connect(lambda: self.part.setCurrentIndex(self.part.currentIndex() + 1))
        self.leave.clicked.connect(self._leave_or_put_back)
        self.why.returnPressed.connect(self.leave.click)

    def _lay_out(self) -> None:
        theme, bottom = self.theme, Qt.AlignmentFlag.AlignBottom
        for button in (self.print, self.save):
            self.header.add_action(button)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.table.setItemDelegate(PassageDelegate(self))
        self.passage.setReadOnly(True)
        for words in (self.passage, self.note):
            words.setTabChangesFocus(True)
        self._column, self._head, self._scroll = QVBoxLayout(self), QVBoxLayout(), ScrollColumn(theme)
        self._parts, self._out = QHBoxLayout(), QHBoxLayout()
        self._parts.addWidget(self.part_field, 1)
        self._parts.addWidget(self.next, 0, bottom)
        self._out.addWidget(self.why_field, 1)
        self._out.addWidget(self.leave, 0, bottom)
        column = self._scroll.column
        column.addWidget(Label(theme, HINT, "second", "ink2", wrap=True))
        column.addLayout(self._parts)
        column.addWidget(self.table, 1)
        column.addWidget(Field(theme, "The passage chosen", self.passage))
        column.addLayout(self._out)
        column.addWidget(Field(theme, "Covering note", self.note, "Stands at the top; may stay empty"))
        for part in (self.header, self.said):
            self._head.addWidget(part)
        self._column.addLayout(self._head)
        self._column.addWidget(self._scroll, 1)
        self.said.hide()
