"""The Brief step of a request: what it says beside the text it was read from, changed in place."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher.clock import LONDON, today
from matcher.errors import UserError
from matcher.model import Brief, brief_from_json, brief_to_json
from matcher.progress import Progress
from matcher.storage.store import Store
from matcher.triage import RequestPage, edit_brief, save_brief_paper, show_request
from matcher_ui.dates import day_words
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.evidence import reading_of
from matcher_ui.pages.request.brief_form import BriefForm
from matcher_ui.papers import brief_paper
from matcher_ui.pdf import pdf_of
from matcher_ui.printing import Paper
from matcher_ui.shortcuts import PRINT, SAVE
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.original_view import Letter, OriginalView
from matcher_ui.workspace import Workspace


class BriefTab(Part):
    """`show_request` fills it; ``changed`` fires when there is something to save or no more."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.request_id: int | None = None
        self.notice, self.original, self.form = Notice(theme), OriginalView(theme), BriefForm(theme)
        self.save = Button(theme, "Save changes", "main", tall=True)
        self.back = Button(theme, "Put it back", "quiet", tall=True)
        self.print = Button(theme, "Print…", "quiet", icon="print", tall=True)
        press_by_key(self.print, PRINT)
        press_by_key(self.save, SAVE)
        self._page: RequestPage | None = None
        self._draft: Brief | None = None
        self._lay_out()
        self._connect()
        self._show_state()
        self.retheme()

    def show_request(self, request_id: int) -> None:
        """Show a request. Called again for the same one it reads it anew, unless something in it is unsaved."""
        if request_id == self.request_id and self.keeps_unsaved():
            return
        self.request_id = request_id
        self.notice.clear()
        self.workspace.read("brief", lambda store: show_request(store, request_id), self.show_page)

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now; empty when nothing would."""
        return "the changed brief" if self._page is not None and self.form.is_changed else ""

    def draft(self) -> dict[str, Any] | None:
        """The brief as it is typed now; None when nothing was changed."""
        return brief_to_json(self.form.typed()) if self.keeps_unsaved() else None

    def take_draft(self, request_id: int, draft: dict[str, Any] | None) -> None:
        """Type it again, once the brief of that request was read."""
        if draft is not None:
            self._draft = brief_from_json(draft)
            self.request_id = None
            self.show_request(request_id)

    def show_page(self, page: RequestPage) -> None:
        """Show what was read."""
        self._page = page
        reading = reading_of(page.brief.text, page.evidence)
        arrived = f"Arrived {day_words(page.received.astimezone(LONDON).date(), today())}"
        enclosed = tuple((file.name, "Kept sealed in the store") for file in page.originals)
        self.original.show_letter(Letter(page.brief.title, page.brief.text, arrived, "", enclosed), reading.marks)
        self.original.setVisible(bool(page.brief.text.strip() or page.originals))
        self.form.show_brief(page.brief, reading.facts)
        self.form.show_flags(page.flags)
        if self._draft is not None:
            self.form.type_again(self._draft)
            self._draft = None
        self._show_state()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._both.setContentsMargins(px(Space.PAGE), 0, 0, 0)
        self._both.setSpacing(px(Space.PAGE))
        self._foot_row.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.M))
        self._foot_row.setSpacing(px(Space.M))
        super().retheme()

    def _save(self) -> None:
        brief, request_id = self.form.brief(), self.request_id
        if brief is None or request_id is None:
            return

        def verb(store: Store, _progress: Progress) -> int | None:
            return edit_brief(store, request_id, brief)

        def saved(batch: int | None) -> None:
            self.workspace.say(f"Saved the brief of R{request_id}.", batch)
            if self.request_id == request_id:
                self.request_id = None  # what was typed is saved: read it anew
                self.show_request(request_id)

        self.save.set_unavailable("Saving")
        self.workspace.write(verb, saved, what="Saving the brief", on_failed=self._not_saved)

    def _not_saved(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))
        self._show_state()

    def _print(self) -> None:
        """Print the request in short, as it is kept."""
        page = self._page
        if page is not None:
            html = brief_paper(page.id, page.brief, today())
            paper = Paper(f"R{page.id}", html, lambda: self._save_paper(page.id, html), "request on paper", page.id)
            self.workspace.printing.emit(paper)

    def _save_paper(self, number: int, html: bytes) -> None:
        chosen = choose_where(self, "Save the request", f"R{number}.pdf", "PDF (*.pdf)")
        if chosen:
            path = Path(chosen if Path(chosen).suffix else f"{chosen}.pdf")
            self.workspace.write(
                lambda store, _progress: save_brief_paper(store, number, path, pdf_of(html)),
                lambda _file: self.workspace.say(f"Saved as {path.name}."), what="Saving the request",
                on_failed=self._not_saved,
            )  # fmt: skip

    def _put_back(self) -> None:
        if self._page is not None:
            self.show_page(self._page)

    def _show_state(self) -> None:
        changed = bool(self.keeps_unsaved())
        self.save.set_unavailable(None if changed else "Nothing was changed")
        self.back.setVisible(changed)
        self.changed.emit()

    def _choose_number(self, number: int) -> None:
        self.original.set_current(number)
        self.form.set_current(number)

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self._put_back)
        self.print.clicked.connect(self._print)
        self.form.changed.connect(self._show_state)
        self.form.chosen.connect(self._choose_number)
        self.original.chosen.connect(self._choose_number)
        self.original.chosen.connect(self.form.select)

    def _lay_out(self) -> None:
        self._both = QHBoxLayout()
        self._both.addWidget(self.original, 7)
        self._both.addWidget(self.form, 10)
        foot = Ground(self.theme, "window", line_above=True)
        self._foot_row = QHBoxLayout(foot)
        self._foot_row.addWidget(self.print)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.back)
        self._foot_row.addWidget(self.save)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.notice)
        self._column.addLayout(self._both, 1)
        self._column.addWidget(foot)
