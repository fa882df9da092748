"""Draws every part of the window in every state to pictures: ``python tests/ui/gallery.py OUT_DIR``.

Light and dark, at 100 % and 150 %. All people are fictional.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDate, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import QImage, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from matcher_resources import path_to
from matcher_ui.theme import Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button, IconButton, paint_round_button
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.chip import Chip, ChipKind, chip_size, paint_chip
from matcher_ui.widgets.choices import Segmented, Tabs
from matcher_ui.widgets.data_table import DataTable
from matcher_ui.widgets.empty_page import EmptyPage, IconView
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.initials import Initials
from matcher_ui.widgets.job_bar import JobBar
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.marked_text import Mark, MarkKind, original, own_words
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.paint import RIGHT, hairline, text
from matcher_ui.widgets.rows import Index, RowDelegate, RowList, RowState
from matcher_ui.widgets.score_bar import ScoreBar, paint_score_bar
from matcher_ui.widgets.sidebar import Sidebar
from matcher_ui.widgets.step_bar import StepBar
from matcher_ui.widgets.toast import ToastHost

PEOPLE = (
    ("Amina Yusuf", "Otley, 10 miles  ·  6 years", (22, 35, 20, 9), "the nights are long but my lady settles", ""),
    ("Bev Hartley", "Keighley, 19 miles  ·  11 years", (18, 36, 20, 8), "sleep-ins three times a week", ""),
    ("Tomasz Wilk", "Wakefield, 9 miles  ·  3 years", (18, 29, 23, 8), "I walk round at night, no car", ""),
    ("Shanice Morton", "Bradford, 9 miles  ·  8 years", (22, 31, 9, 4), "mostly bed calls", "Ask about nights"),
)
WORDS = (
    "I do sleep-ins four nights a week. The nights are long but my lady settles when she hears me on the "
    "stairs; some mornings she can’t remember my name and I just start again. What I’d like to talk about is "
    "the drive home nobody pays for and having no one to ring at 3 a.m."
)
LETTER = (
    "Dear Ruth,\n\nI’m Dr Imogen Farrell at Calder University. We are looking at night visits.\n\n"
    "Could you put us in touch with six to eight care workers who do nights or sleep-ins "
    "now, living within an hour of Leeds?\n\n"
    "We hope to start in mid-January, so names by early December would be wonderful."
)


def parts_of(points: tuple[int, int, int, int]) -> dict[str, float]:
    return dict(zip(("place", "experience", "interests", "turn"), map(float, points), strict=True))


def mark(words: str, phrase: str, kind: MarkKind, number: int | None = None) -> Mark:
    start = words.index(phrase)
    return Mark(start, start + len(phrase), kind, number)


class MatchRows(RowDelegate):
    """Rows like those of the Match page."""

    def hit_areas(self, rect: QRect, index: Index) -> dict[str, QRect]:
        side = self.theme.px(40)
        return {"add": QRect(rect.x() + self.theme.px(16), rect.center().y() - side // 2 + 1, side, side)}

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        name, facts, points, words, ask = PEOPLE[index.row()]
        theme, px = self.theme, self.theme.px
        paint_round_button(painter, self.hit_areas(rect, index)["add"], theme, index.row() < 2)
        right = rect.right() - px(24)
        score = QRect(right - px(40), rect.y(), px(40), rect.height())
        text(painter, score, str(sum(points)), theme, "number", "ink", RIGHT)
        bar = QRect(score.x() - px(136), rect.center().y() - px(8) // 2 + 1, px(136), px(8))
        paint_score_bar(painter, bar, parts_of(points), theme)
        left, line = rect.x() + px(64), px(20)
        first = QRect(left, rect.center().y() - line, bar.x() - left - px(12), line)
        used = text(painter, first, name, theme, "name") + px(10)
        rest = first.adjusted(used, 0, 0, 0)
        size = chip_size(theme, "care", ask, in_row=True)
        room = rest.adjusted(0, 0, -size.width() - px(12) if ask else 0, 0)
        used = text(painter, room, facts, theme, "second", "ink2") + px(12)
        if ask:
            paint_chip(painter, QRect(QPoint(rest.x() + used, first.y()), size), theme, "care", ask)
        second = QRect(left, first.bottom() + 1, first.width(), line)
        text(painter, second, f"“{words}”", theme, "quote", "ink2")
        hairline(painter, left, rect.right() - px(24), rect.bottom(), theme.color("line"))


class Gallery(QWidget):
    """All parts on one sheet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAutoFillBackground(True)
        px = theme.px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        side = Sidebar(theme, "Lantern Network")
        side.set_current("requests")
        for key, count in (("today", 7), ("requests", 9), ("outreach", 14)):
            side.set_count(key, count)
        outer.addWidget(side)
        for build in (self._left, self._right):
            column = QVBoxLayout()
            column.setContentsMargins(*[px(24)] * 4)
            column.setSpacing(px(12))
            build(column)
            column.addStretch(1)
            outer.addLayout(column, 1)
        self.toast = ToastHost(theme, self)

    def _left(self, column: QVBoxLayout) -> None:
        theme = self.theme
        head = PageHeader(theme, "Night visits, and who looks after the carer", back="Requests")
        head.set_facts(("Dr Imogen Farrell, Calder University", "Academic", "8 people"))
        head.add_action(Button(theme, "Open the e-mail", icon="mail"))
        head.add_action(IconButton(theme, "more", "More"))
        column.addWidget(head)
        steps = StepBar(theme, [(w.lower(), w) for w in ("Brief", "Checks", "Match", "Ask", "Introduce", "Close")])
        for key in ("brief", "checks"):
            steps.set_state(key, "done")
        steps.set_state("match", "current")
        column.addWidget(steps)
        self._title(column, "Buttons: main, focus, not yet, plain, serious, quiet, link")
        self.focused = Button(theme, "Save", "main")
        late = Button(theme, "Save", "main")
        late.set_unavailable("Finish the checks first")
        self._row(
            column,
            Button(theme, "Log a request", "main", icon="plus", tall=True),
            self.focused,
            late,
            Button(theme, "Edit"),
            Button(theme, "Withdraw…", "serious"),
            Button(theme, "More", "quiet", trailing="chevron_down"),
            Button(theme, "Undo", "link"),
        )
        people = (Initials(theme, name) for name in ("Amina Yusuf", "Bev H", ""))
        self._row(column, *people)
        self._title(column, "Chips")
        chips: tuple[tuple[ChipKind, str], ...] = (
            ("given", "Given"), ("ask_first", "Ask first"), ("refused", "Refused"), ("withdrawn", "Withdrawn"),
            ("not_given", "Not given"), ("care", "Ask about nights"), ("resting", "Resting until Tue 1 Dec"),
        )  # fmt: skip
        self._row(column, *(Chip(theme, kind, words) for kind, words in chips[:5]))
        rest = (Chip(theme, kind, words) for kind, words in (*chips[5:], ("neutral", "No photo")))
        self._row(column, *rest)
        tabs = Tabs(theme, [("fit", "Could fit"), ("not_now", "Not now")])
        tabs.set_count("fit", 41)
        tabs.set_count("not_now", 37)
        column.addWidget(tabs)
        turns = Segmented(theme, "Share turns", [("off", "Off"), ("some", "Some"), ("strong", "Strong")])
        turns.set_current("some")
        self._row(column, Label(theme, "Share turns", "count", "ink2"), turns)
        self.rows = RowList(theme, MatchRows(theme), "Members who could fit")
        self.rows.setModel(QStringListModel([p[0] for p in PEOPLE], self.rows))
        self.rows.setCurrentIndex(self.rows.model().index(0, 0))
        self.rows.setFixedHeight(theme.px(56) * len(PEOPLE))
        column.addWidget(self.rows)
        column.addWidget(ScoreBar(theme, parts_of((22, 35, 20, 9))))
        column.addWidget(self._table())

    def _right(self, column: QVBoxLayout) -> None:
        theme = self.theme
        banner = Banner(theme, "care", "This may chase the request of 3 September.", icon="requests")
        banner.add_action("merge", "Compare and merge")
        banner.add_action("keep", "Keep both", "quiet")
        column.addWidget(banner)
        column.addWidget(Banner(theme, "stop", "Row 118 has no name and no phone. The other 239 rows are ready."))
        self._fields(column)
        words = own_words(theme)
        marks = [
            mark(WORDS, "sleep-ins four nights a week", "experience"),
            mark(WORDS, "settles when she hears me on the stairs", "experience"),
            mark(WORDS, "the drive home nobody pays for", "interests"),
            mark(WORDS, "no one to ring at 3 a.m.", "place"),
        ]
        words.show_text(WORDS, marks)
        column.addWidget(words)
        letter = original(theme)
        found = [
            mark(LETTER, "Dr Imogen Farrell", "found", 1),
            mark(LETTER, "Calder University", "found", 2),
            mark(LETTER, "six to eight care workers", "found", 3),
            mark(LETTER, "nights or sleep-ins now", "found", 4),
            mark(LETTER, "within an hour of Leeds", "found", 6),
            mark(LETTER, "mid-January", "check", 13),
            mark(LETTER, "early December", "check", 14),
        ]
        letter.show_text(LETTER, found)
        letter.set_current(4)
        card = CardFrame(theme)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*[theme.px(16)] * 4)
        inside.addWidget(letter)
        card.setFixedHeight(theme.px(290))
        column.addWidget(card)
        empty = EmptyPage(
            theme,
            "requests",
            "No requests yet",
            "Drop an e-mail or document here, or paste one with Ctrl+V.",
            "Log a request",
        )
        empty.setFixedHeight(theme.px(150))
        column.addWidget(empty)
        bar = JobBar(theme)
        bar.show_work("Reading sign-ups.xlsx", 412, 650)
        bar.show()
        column.addWidget(bar)

    def _fields(self, column: QVBoxLayout) -> None:
        theme = self.theme
        place, day, wrong = QLineEdit("Leeds"), QLineEdit("Early Dec"), QLineEdit("31 Feb")
        check, bad = Field(theme, "Names wanted by", day), Field(theme, "Sessions", wrong)
        first = Field(theme, "Where", place, "From the first line")
        first.set_number(6)
        check.set_number(14, care=True)
        check.set_state("check", "Check: which day?")
        bad.set_state("wrong", "No such day")
        self._row(column, first, check, bad, stretch=True, top=True)
        audience, people, until = QComboBox(), QSpinBox(value=6), QDateEdit(QDate(2026, 12, 4))
        audience.addItems(["Academic", "Policy"])
        until.setCalendarPopup(True)
        off = QComboBox()
        off.addItem("Not yet")
        off.setEnabled(False)
        unsure = QComboBox()
        unsure.addItem("Interview")
        formats = Field(theme, "Format", unsure)
        formats.set_state("check", "Check")
        fields = (("Audience", audience), ("People", people), ("Until", until), ("Off", off))
        self._row(column, *(Field(theme, label, field) for label, field in fields), formats, stretch=True)
        yes, maybe, no, gone = (QCheckBox(w) for w in ("Anonymous", "Some", "Recorded", "Off"))
        yes.setChecked(True)
        maybe.setTristate(True)
        maybe.setCheckState(Qt.CheckState.PartiallyChecked)
        gone.setChecked(True)
        gone.setEnabled(False)
        one, other = QRadioButton("Light"), QRadioButton("Dark")
        one.setChecked(True)
        slide = QSlider(Qt.Orientation.Horizontal)
        slide.setValue(40)
        self._row(column, yes, maybe, no, gone, one, other, slide)
        notes = QPlainTextEdit("Notes for myself")
        notes.setFixedHeight(theme.px(48))
        column.addWidget(notes)

    def _table(self) -> DataTable:
        model = QStandardItemModel(0, 4)
        model.setHorizontalHeaderLabels(["Name", "Place", "Years", "Permission"])
        for name, facts, points, _words, _ask in PEOPLE:
            cells = [QStandardItem(v) for v in (name, facts.split(",")[0], str(points[1] // 3), "Given")]
            cells[2].setTextAlignment(Qt.AlignmentFlag.AlignRight)
            model.appendRow(cells)
        table = DataTable(self.theme, "Members")
        model.setParent(table)
        table.setModel(model)
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        table.selectRow(1)
        table.hovered_row = 2
        table.setFixedHeight(self.theme.px(32 + 40 * len(PEOPLE)) + 2)
        return table

    def _title(self, column: QVBoxLayout, words: str) -> None:
        column.addWidget(Label(self.theme, words, "label", "ink2"))

    def _row(self, column: QVBoxLayout, *widgets: QWidget, stretch: bool = False, top: bool = False) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        for widget in widgets:
            where = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag(0)
            row.addWidget(widget, 1 if stretch else 0, where)
        if not stretch:
            row.addStretch(1)
        column.addLayout(row)


def icon_sheet(theme: Theme) -> QWidget:
    """Every icon with its name."""
    sheet = QWidget()
    names = sorted(p.stem for p in path_to("icons").glob("*.svg"))
    outer = QVBoxLayout(sheet)
    for start in range(0, len(names), 10):
        row = QHBoxLayout()
        for name in names[start : start + 10]:
            cell = QVBoxLayout()
            cell.addWidget(IconView(theme, name, "ink", 40), 0, Qt.AlignmentFlag.AlignHCenter)
            cell.addWidget(IconView(theme, name, "ink2", 18), 0, Qt.AlignmentFlag.AlignHCenter)
            cell.addWidget(ElidedLabel(theme, name, "hint", "ink2"), 0, Qt.AlignmentFlag.AlignHCenter)
            row.addLayout(cell)
        outer.addLayout(row)
    return sheet


def save(widget: QWidget, path: Path, ratio: float = 1.0) -> None:
    picture = QImage(widget.size() * ratio, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(widget.palette().color(QPalette.ColorRole.Window))
    widget.render(picture, QPoint())
    picture.save(str(path))


def main(out: Path) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app, "light", 1.0)
    theme.changed.connect(lambda: theme.dress(app))
    out.mkdir(parents=True, exist_ok=True)
    for mode in ("light", "dark"):
        for scale in (1.0, 1.5):
            theme.set("dark" if mode == "dark" else "light", scale)
            gallery = Gallery(theme)
            gallery.resize(round(1400 * scale), round(1040 * scale))
            gallery.show()
            gallery.activateWindow()
            gallery.focused.setFocus()
            gallery.toast.say("Asked Joyce. Recorded for today, 08:52.", undo_key=1)
            app.processEvents()
            save(gallery, out / f"parts-{mode}-{round(scale * 100)}.png")
            if scale == 1.0:
                save(gallery, out / f"parts-{mode}-100-hidpi.png", 2.0)
                icons = icon_sheet(theme)
                icons.show()
                app.processEvents()
                save(icons, out / f"icons-{mode}.png")
                icons.close()
            gallery.close()
            gallery.deleteLater()
            app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
