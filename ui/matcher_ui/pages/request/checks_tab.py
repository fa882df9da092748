"""Checks: what the request answers and what is missing, its red flags, who is asking, and the letter back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from matcher.clock import today
from matcher.errors import UserError
from matcher.model import Audience, CheckAnswer, LetterKind, RequestKind, Stage
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher.triage import (
    ChecksDesk,
    LetterDraft,
    add_reminder,
    answer_check,
    finish_reminder,
    merge_update,
    missing,
    record_sent,
    save_as_mail,
    show_checks,
)
from matcher_ui.dates import day_words
from matcher_ui.pages.request.letter_panel import LetterPanel
from matcher_ui.pages.requests.merge_card import MergeCard
from matcher_ui.papers import letter_paper
from matcher_ui.printing import Paper
from matcher_ui.theme import Space
from matcher_ui.triage_words import ADVICE, SENT
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.card import CardFrame, Ground, Hairline
from matcher_ui.widgets.check_row import CheckRow
from matcher_ui.widgets.flag_list import FlagList
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.record_card import RecordCard
from matcher_ui.widgets.reminders_card import RemindersCard
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

ROOMY, LETTER_WIDTH, LETTER_SHARE = 760, 440, 0.46
ChoosePath = Callable[[QWidget, str], str]


def choose_mail_file(parent: QWidget, name: str) -> str:
    """Ask where a letter is saved; empty when she changes her mind."""
    path, _kind = QFileDialog.getSaveFileName(parent, "Save the letter", name, "E-mail (*.eml)")
    return path if not path or Path(path).suffix else f"{path}.eml"


class ChecksTab(Part):
    """Shows one request; `show_request` also reads again what is shown."""

    def __init__(
        self, workspace: Workspace, choose_path: ChoosePath = choose_mail_file, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace, self._choose_path = workspace, choose_path
        self.request_id: int | None = None
        self._desk: ChecksDesk | None = None
        self.rows: dict[str, CheckRow] = {}
        self.notice, self.advice = Notice(theme), Banner(theme, "quiet", "")
        self.to_letter = self.advice.add_action("letter", "See the letter")
        self.merge, self.flags = MergeCard(theme), FlagList(theme)
        self.record, self.reminders = RecordCard(theme), RemindersCard(theme)
        self.letter = LetterPanel(theme)
        self._title, self._count = Label(theme, "Checks", "section"), Label(theme, "", "count", "ink3")
        self._list = CardFrame(theme)
        self._left, self._right = ScrollColumn(theme), ScrollColumn(theme)
        self._ground = Ground(theme, "panel", line_left=True)
        self._is_beside: bool | None = None
        self._letters: Mapping[str, Sequence[str]] = {}
        self._lay_out()
        self._connect()
        self.retheme()

    def show_request(self, request_id: int) -> None:
        """Read the checks of a request, in the background."""
        if request_id != self.request_id:
            self.request_id, self._desk = request_id, None
            self.notice.clear()
            self._left.verticalScrollBar().setValue(0)
        self.workspace.read(
            "request.checks", lambda store: show_checks(store, request_id), self.show_desk, on_failed=self._failed
        )

    def take_letters(self, request_id: int, letters: Mapping[str, Sequence[str]]) -> None:
        """Show letters as she had changed them before, once the checks of that request were read."""
        if letters:
            self._letters = letters
            self.show_request(request_id)

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now; empty when nothing would."""
        return self.letter.keeps_unsaved()

    def show_desk(self, desk: ChecksDesk) -> None:
        """Show what was read."""
        if desk.page.id != self.request_id:
            return
        afresh, self._desk = self._desk is None, desk
        self._show_rows(desk)
        self._show_advice(desk)
        self.flags.show_flags(desk.flags)
        self.record.show_requester(desk.requester)
        self.reminders.show_due(desk.due, today())
        open_update = desk.page.updates is not None and desk.page.stage is not Stage.MERGED
        self.merge.show_changes(desk.changes, desk.page.updates if open_update else None)
        self.letter.show_drafts(desk.drafts, desk.advice.kind, afresh=afresh)
        self.letter.show_sent(desk.sent)
        self.letter.take_changed(self._letters)
        self._letters = {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def retheme(self) -> None:
        px = self.theme.px
        self._left.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        self._left.column.setSpacing(px(Space.M))
        self._right.set_margins(Space.PAGE, Space.L, Space.PAGE, Space.CARD)
        self._head.setSpacing(px(Space.S))
        self._rows_box.setContentsMargins(px(Space.L), px(Space.XS), px(Space.L), px(Space.XS))
        self._rows_box.setSpacing(0)
        self._turn()
        super().retheme()

    def _show_rows(self, desk: ChecksDesk) -> None:
        keys = [check.item.key for check in desk.checks]
        items = [check.item for check in desk.checks]
        if keys != list(self.rows) or items != [row.state.item for row in self.rows.values()]:
            self._make_rows(desk)
        for check in desk.checks:
            self.rows[check.item.key].show_state(check)
        open_ones = len(missing(desk.checks))
        lane = "Fast lane: all must be answered. " if desk.page.brief.audience is Audience.MEDIA else ""
        done = len(desk.checks) - open_ones
        self._count.setText(f"{lane}{done} of {len(desk.checks)} answered well")

    def _make_rows(self, desk: ChecksDesk) -> None:
        while self._rows_box.count():
            taken = self._rows_box.takeAt(0)
            part = taken.widget() if taken is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        self.rows = {}
        for check in desk.checks:
            if self.rows:
                self._rows_box.addWidget(Hairline(self.theme))
            row = CheckRow(self.theme, check)
            key = check.item.key
            row.answered.connect(lambda answer, key=key: self._answer(key, answer))
            row.noted.connect(lambda note, key=key: self._note(key, note))
            self.rows[key] = row
            self._rows_box.addWidget(row)

    def _show_advice(self, desk: ChecksDesk) -> None:
        kind = desk.advice.kind
        look = {LetterKind.ACCEPT: "good", LetterKind.DECLINE: "stop", None: "quiet"}.get(kind, "care")
        lead = ADVICE[kind] if kind else ""
        self.advice.set_message(look, f"{lead} {desk.advice.why}".strip())  # type: ignore[arg-type]
        asks = desk.page.kind in (RequestKind.REQUEST, RequestKind.UPDATE)
        for part in (self._title, self._count, self._list):
            part.setVisible(asks)

    def _answer(self, key: str, answer: CheckAnswer | None) -> None:
        self._keep(key, answer, None)

    def _note(self, key: str, note: str) -> None:
        self._keep(key, self.rows[key].state.answer, note)

    def _keep(self, key: str, answer: CheckAnswer | None, note: str | None) -> None:
        request_id = self.request_id
        if request_id is None:
            return
        self.workspace.write(
            lambda store, _progress: answer_check(store, request_id, key, answer, note), self._nothing,
            what="Keeping the check", on_failed=self._failed,
        )  # fmt: skip

    def _record_sent(self, draft: LetterDraft) -> None:
        request_id = self.request_id
        if request_id is None:
            return

        def done(batch: int) -> None:
            self.letter.forget()
            self.workspace.say(f"{SENT[draft.kind]}. Recorded for today.", batch)

        self.workspace.write(
            lambda store, _progress: record_sent(store, request_id, draft), done, what="Recording the letter",
            on_failed=self._failed,
        )  # fmt: skip

    def _save(self, draft: LetterDraft) -> None:
        request_id = self.request_id
        path = self._choose_path(self, f"Answer to R{request_id}.eml") if request_id is not None else ""
        if not path or request_id is None:
            return

        def verb(store: Store, _progress: Progress) -> None:
            save_as_mail(store, request_id, draft, Path(path))

        self.workspace.write(
            verb, lambda _none: self._saved(Path(path).name),
            what="Saving the letter", on_failed=self._failed,
        )  # fmt: skip

    def _print(self, draft: LetterDraft) -> None:
        name = f"Answer to R{self.request_id}"
        paper = Paper(name, letter_paper(draft), lambda: self._save(draft), "letter", self.request_id)
        self.workspace.printing.emit(paper)

    def _saved(self, name: str) -> None:
        self.notice.tell("good", f"Saved as {name}: open it in your mail program.")

    def _merge(self, fields: list[str]) -> None:
        desk = self._desk
        if desk is None or desk.page.updates is None:
            return
        update, into = desk.page.id, desk.page.updates

        def done(batch: int) -> None:
            self.workspace.say(f"Merged into R{into}.", batch)
            self.workspace.go(Place("request", into))

        self.workspace.write(
            lambda store, _progress: merge_update(store, update, fields),
            done,
            what="Merging",
            on_failed=self._failed,
        )

    def _finish(self, reminder_id: int) -> None:
        self.workspace.write(
            lambda store, _progress: finish_reminder(store, reminder_id),
            lambda batch: self.workspace.say("Reminder done.", batch), what="Keeping the reminder",
            on_failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _nothing(self, _batch: int | None) -> None:
        """The row shows it already."""

    def _open_requester(self) -> None:
        if self._desk is not None and self._desk.requester is not None:
            self.workspace.go(Place("requester", self._desk.requester.id))

    def _connect(self) -> None:
        self.letter.sent.connect(self._record_sent)
        self.letter.saving.connect(self._save)
        self.letter.printed.connect(self._print)
        self.letter.said.connect(lambda words: self.workspace.say(words))
        self.record.opened.connect(self._open_requester)
        self.to_letter.clicked.connect(self._show_letter)
        self.merge.merged.connect(self._merge)
        self.reminders.finished.connect(self._finish)
        self.reminders.added.connect(self._remind)

    def _remind(self, on: object, about: str) -> None:
        request_id = self.request_id
        if request_id is None or not isinstance(on, date):
            return
        self.workspace.write(
            lambda store, _progress: add_reminder(store, request_id, on, about),
            lambda batch: self.workspace.say(f"Reminder set for {day_words(on, today())}.", batch),
            what="Keeping the reminder", on_failed=self._failed,
        )  # fmt: skip

    def _show_letter(self) -> None:
        self._left.ensureWidgetVisible(self.letter.body, 0, self.theme.px(120))
        self.letter.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        """The letter beside the checks where there is room, below them where there is not."""
        beside = self.width() >= self.theme.px(ROOMY)
        if beside:
            self._ground.setFixedWidth(min(self.theme.px(LETTER_WIDTH), round(self.width() * LETTER_SHARE)))
        if beside == self._is_beside:
            return
        self._is_beside = beside
        self._ground.setVisible(beside)
        self.to_letter.setVisible(not beside)
        if beside:
            self._left.column.removeWidget(self.letter)
            self._right.column.addWidget(self.letter, 1)
        else:
            self._right.column.removeWidget(self.letter)
            self._left.column.insertWidget(self._left.column.count() - 1, self.letter)

    def _lay_out(self) -> None:
        column, both, inside = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout(self._ground)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the letter goes below instead
        for layout in (column, both):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        inside.setContentsMargins(1, 0, 0, 0)
        inside.addWidget(self._right)
        self._head, self._rows_box = QHBoxLayout(), QVBoxLayout(self._list)
        self._head.addWidget(self._title)
        self._head.addWidget(self._count, 1)
        left = self._left.column
        left.addWidget(self.merge)
        left.addWidget(self.advice)
        left.addWidget(self.flags)
        left.addLayout(self._head)
        for part in (self._list, self.record, self.reminders):
            left.addWidget(part)
        left.addStretch(1)
        both.addWidget(self._left, 1)
        both.addWidget(self._ground)
        column.addWidget(self.notice)
        column.addLayout(both, 1)
