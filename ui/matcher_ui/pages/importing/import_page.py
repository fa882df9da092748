"""Import members: the file is read in the background, everything is shown, and nothing is saved before Accept."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matcher.directory import ImportReport, Outcome, import_members, save_left_out
from matcher.directory.importing.outcomes import SameRow
from matcher.errors import UserError
from matcher_ui.dialogs.choose_file import choose_spreadsheet, choose_where
from matcher_ui.incoming import place_for
from matcher_ui.jobs import Job
from matcher_ui.models.import_preview import NOT_IMPORTED, Doubt, Preview, Wanted, done_words, preview
from matcher_ui.pages.importing.decide import LEAVE, SAME
from matcher_ui.pages.importing.preview import PreviewPart
from matcher_ui.pages.page import Page
from matcher_ui.theme import Space
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.fields import prepare
from matcher_ui.widgets.head_actions import HeadActions
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.workspace import Place, Workspace

NARROW = 720


class ImportPage(Page):
    """Choose a file, see what would happen, correct it, accept it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self.wanted: Wanted | None = None
        self.seen: Preview | None = None
        self._reading: Job | None = None
        self._waiting: tuple[str, ...] = ()
        self.header = PageHeader(theme, "Import members", back="Members")
        self.sheet = QComboBox()
        self.other = Button(theme, "Choose another file")
        self.trouble, self.queue = Banner(theme, "stop", ""), Banner(theme, "quiet", "")
        self._retry = self.trouble.add_action("other", "Choose another file")
        self.empty = EmptyPage(
            theme, "spreadsheet", "Which spreadsheet?",
            "Drop it here: .xlsx, .xls, .ods or .csv. You see what would happen before anything is saved.",
            "Choose a file", button_icon="upload",
        )  # fmt: skip
        self.shown = PreviewPart(workspace)
        self.promise = Label(theme, "", "second", "ink2", wrap=True)
        self.leave = Button(theme, "Leave it", "quiet", tall=True)
        self.accept = Button(theme, "Accept", "main", tall=True)
        self._busy = Label(theme, "", "section", "ink2")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_start()
        self.retheme()

    def show_place(self, place: Place) -> None:
        paths = place.payload if isinstance(place.payload, tuple) else ()
        if paths:
            self._waiting = paths[1:]
            self._start(Wanted(Path(paths[0])))
        elif self.wanted is None:
            self._show_start()
        self.place, self._stale = place, False

    def refresh(self) -> None:
        """The members changed: look at the file again, so that what is shown is what would happen."""
        if self.wanted is not None and self.seen is not None:
            self._read(self.wanted)

    def foot(self) -> int:
        return self._tray.height() if self._tray.isVisible() else 0

    def keeps_unsaved(self) -> str:
        wanted = self.wanted
        touched = wanted is not None and bool(wanted.mapping or wanted.decisions or wanted.partners)
        return f"your corrections to {wanted.path.name}" if wanted and touched else ""

    def draft(self) -> dict[str, Any]:
        wanted = self.wanted
        return {} if wanted is None else {
            "path": str(wanted.path), "sheet": wanted.sheet,
            "mapping": [list(pair) for pair in (wanted.mapping or {}).items()],
            "decisions": [
                [row, decided.row if isinstance(decided, SameRow) else decided, isinstance(decided, SameRow)]
                for row, decided in (wanted.decisions or {}).items()
            ],
        }  # fmt: skip

    def take_draft(self, draft: dict[str, Any]) -> None:
        decisions = {row: SameRow(other) if is_row else other for row, other, is_row in draft["decisions"]}
        mapping: dict[int | str, str | None] = dict(draft["mapping"])
        self._start(Wanted(Path(draft["path"]), draft["sheet"], mapping or None, decisions or None))

    def choose(self) -> None:
        """Let her choose a file."""
        path = choose_spreadsheet(self)
        if path:
            self._waiting = ()
            self._start(Wanted(Path(path)))

    def save_list(self) -> None:
        """Save the rows that cannot be read, and why, where she says."""
        if self.seen is None:
            return
        plan = self.seen.plan
        offered = f"{Path(plan.file_name).stem} - not brought in.xlsx"
        chosen = choose_where(self, "Save the rows that cannot be read", offered, "Workbooks (*.xlsx)")
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(".xlsx")
        self.workspace.jobs.run(
            lambda _progress: save_left_out(plan, path),
            on_done=lambda count: self.workspace.say(
                f"Saved {count:,} row{'s' if count > 1 else ''} in {path.name}."
            ),
            on_failed=self._show_trouble, what=f"Saving {path.name}", writes=False,
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), px(Space.S))
        self._column.setSpacing(px(Space.M))
        self._foot.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.M))
        self._foot.setSpacing(px(Space.M))
        self.sheet.setMaximumWidth(px(260))
        self._actions.arrange(self.width())
        super().retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._actions.arrange(self.width())

    def _start(self, wanted: Wanted) -> None:
        self.seen = None
        self._busy.setText(f"Reading {wanted.path.name} …")
        self._stack.setCurrentWidget(self._blank)
        self.header.set_title(f"Import {wanted.path.name}")
        self.header.set_facts(())
        for part in (self.sheet, self.other, self._tray, self.trouble):
            part.hide()
        self._read(wanted)

    def _read(self, wanted: Wanted) -> None:
        """Read the file as wanted now; an older reading is dropped."""
        if self._reading is not None:
            self._reading.cancel()
        self.wanted = wanted
        store, doubts = self.workspace.store, self._known_doubts(wanted)
        self.accept.set_unavailable("Reading the file")
        job: Job

        def done(seen: Preview) -> None:
            if self._reading is job:
                self._reading = None
                self._show(seen)

        def failed(error: UserError) -> None:
            if self._reading is job:
                self._reading = None
                self._show_trouble(error)

        def cancelled() -> None:
            if self._reading is job:
                self._reading = None
                self._show_trouble(UserError("Reading was stopped; nothing was saved."))

        job = self.workspace.jobs.run(
            lambda progress: preview(store, wanted, doubts, progress),
            on_done=done, on_failed=failed, on_cancelled=cancelled,
            what=f"Reading {wanted.path.name}", writes=False,
        )  # fmt: skip
        self._reading = job

    def _known_doubts(self, wanted: Wanted) -> tuple[Doubt, ...]:
        """The doubts to keep on screen: those of the same sheet under the same columns."""
        seen = self.seen
        same = seen is not None and _as_first(seen.wanted) == _as_first(wanted)
        return seen.doubts if seen is not None and same else ()

    def _show(self, seen: Preview) -> None:
        first = self.seen is None
        self.seen = seen
        self.wanted = seen.wanted
        plan = seen.plan
        self.trouble.set_message("stop", seen.problem)
        self.trouble.setVisible(bool(seen.problem))
        self._retry.hide()
        self.header.set_title(f"Import {plan.file_name}")
        self.header.set_facts([f"Read from “{plan.file_name}”, sheet “{plan.sheet}”. Nothing is saved yet."])
        self.sheet.clear()
        for offer in plan.sheets:
            self.sheet.addItem(f"{offer.name} ({offer.rows:,} rows)", offer.name)
        self.sheet.setCurrentIndex(self.sheet.findData(plan.sheet))
        self.sheet.setVisible(len(plan.sheets) > 1)
        self.other.show()
        self.shown.show_preview(seen)
        if first:
            self.shown.turn_to_first(seen)
        self._stack.setCurrentWidget(self.shown)
        self.queue.set_message(
            "quiet", f"Waiting after this one: {', '.join(Path(p).name for p in self._waiting)}."
        )
        self.queue.setVisible(bool(self._waiting))
        self._say_what_accept_does(seen)

    def _say_what_accept_does(self, seen: Preview) -> None:
        counts, undecided = seen.plan.counts, seen.undecided
        new, updated = counts[Outcome.NEW], counts[Outcome.UPDATED]
        acts = [words for count, words in ((new, f"add {new:,}"), (updated, f"update {updated:,}")) if count]
        act = " and ".join(acts)
        if len(acts) == 1:
            act += " members" if new + updated > 1 else " member"
        self.accept.setText(act[:1].upper() + act[1:] if act else "Nothing to save")
        self.accept.updateGeometry()
        self.accept.set_unavailable(None if act else "Every row is known already, or cannot be read")
        left = f"{undecided:,} rows to decide are" if undecided > 1 else "1 row to decide is"
        self.promise.setText(f"Nothing is saved before you accept.{f' {left} left out.' if undecided else ''}")
        self._tray.show()

    def _show_trouble(self, error: UserError) -> None:
        """Say what is wrong where it stands; a preview that was there before stays."""
        self.trouble.set_message("stop", str(error))
        self.trouble.show()
        self._retry.setVisible(self.seen is None)
        if self.seen is None:
            self.wanted = None
            self._stack.setCurrentWidget(self.empty)
        else:
            self.wanted = self.seen.wanted
            self.shown.show_preview(self.seen)
            self._say_what_accept_does(self.seen)

    def _show_start(self) -> None:
        self.wanted = self.seen = None
        self.header.set_title("Import members")
        self.header.set_facts(())
        for part in (self.sheet, self.other, self._tray, self.trouble, self.queue):
            part.hide()
        self._stack.setCurrentWidget(self.empty)

    def _correct(self, index: int, target: str) -> None:
        if self.wanted is not None:
            mapping = {**(self.wanted.mapping or {}), index: None if target == NOT_IMPORTED else target}
            self._read(replace(self.wanted, mapping=mapping))

    def _answer(self, row: int, answer: str) -> None:
        if self.wanted is None or self.seen is None:
            return
        decisions = {one: who for one, who in (self.wanted.decisions or {}).items() if one != row}
        if answer != LEAVE:
            doubt = next(doubt for doubt in self.seen.doubts if doubt.row == row)
            decisions[row] = doubt.same if answer == SAME else None
        self._read(replace(self.wanted, decisions=decisions))

    def _link(self, words: str, partner: int | None) -> None:
        if self.wanted is not None:
            self._read(replace(self.wanted, partners={**(self.wanted.partners or {}), words: partner}))

    def _take_sheet(self) -> None:
        if self.wanted is not None:
            self._start(Wanted(self.wanted.path, self.sheet.currentData()))

    def _accept(self) -> None:
        if self.seen is None:
            return
        plan = self.seen.plan
        self.accept.set_unavailable("Saving")
        wanted, seen, self.wanted, self.seen = self.wanted, self.seen, None, None

        def done(report: ImportReport) -> None:
            self.workspace.say(done_words(report), report.batch)
            self.shown.clear()
            if self._waiting:
                self._start(Wanted(Path(self._waiting[0])))
                self._waiting = self._waiting[1:]
            else:
                self._show_start()
                self.workspace.go(Place("members"))

        def failed(error: UserError) -> None:
            self.wanted, self.seen = wanted, seen
            self._show_trouble(error)

        def ended() -> None:
            if self.wanted is None and self.seen is None and job.is_cancelled:
                failed(UserError("Saving was stopped; nothing of it was kept."))

        job = self.workspace.write(
            lambda store, progress: import_members(store, plan, progress), done,
            what=f"Adding members from {plan.file_name}", on_failed=failed,
        )  # fmt: skip
        job.ended.connect(ended)

    def _go_back(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._show_start()
        self.workspace.go(Place("members"))

    def _dropped(self, paths: list[Path]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        try:
            place = place_for(data)
        except UserError as error:
            self._show_trouble(error)
        else:
            if place is not None:
                self.workspace.go(place)

    def _connect(self) -> None:
        self.header.went_back.connect(lambda: self.workspace.go(Place("members")))
        for button in (self.other, self._retry):
            button.clicked.connect(self.choose)
        self.empty.pressed.connect(self.choose)
        self.empty.dropped.connect(self._dropped)
        self.sheet.activated.connect(lambda _place: self._take_sheet())
        self.shown.corrected.connect(self._correct)
        self.shown.answered.connect(self._answer)
        self.shown.linked.connect(self._link)
        self.shown.save_wanted.connect(self.save_list)
        self.accept.clicked.connect(self._accept)
        self.leave.clicked.connect(self._go_back)

    def _lay_out(self) -> None:
        prepare(self.theme, self.sheet)
        self.sheet.setAccessibleName("Sheet")
        self.sheet.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sheet.setMinimumContentsLength(18)
        self._column, outer = QVBoxLayout(), QVBoxLayout(self)
        self._actions = HeadActions(self.theme, self.header, self._column, NARROW)
        for action in (self.sheet, self.other):
            self._actions.add(action)
        self._blank = QWidget()
        middle = QVBoxLayout(self._blank)
        middle.addWidget(self._busy, 0, Qt.AlignmentFlag.AlignCenter)
        for page in (self.empty, self._blank, self.shown):
            self._stack.addWidget(page)
        for part in (self.header, self.trouble, self.queue):
            self._column.addWidget(part)
        self._column.addWidget(self._stack, 1)
        self._tray = Ground(self.theme, "window", line_above=True)
        self._foot = QHBoxLayout(self._tray)
        self._foot.addWidget(self.promise, 1)
        self._foot.addWidget(self.leave)
        self._foot.addWidget(self.accept)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._column, 1)
        outer.addWidget(self._tray)


def _as_first(wanted: Wanted) -> Wanted:
    """As it was before anything of a row was decided."""
    return replace(wanted, decisions=None, partners=None)
