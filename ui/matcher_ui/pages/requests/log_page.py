"""Log a request: the original with every fact found in it beside the form, and nothing saved before she says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher import clock
from matcher.errors import UserError
from matcher.model import Brief, RequestKind, brief_from_json, brief_to_json
from matcher.triage import LoggedRequest
from matcher_ui.brief_words import KINDS
from matcher_ui.dialogs.choose_file import choose_file
from matcher_ui.evidence import reading_of
from matcher_ui.incoming import place_for
from matcher_ui.incoming_request import (
    ASKS_NOBODY,
    Incoming,
    SaveAs,
    read_incoming,
    save_form,
    save_incoming,
)
from matcher_ui.jobs import Job
from matcher_ui.pages.page import Page
from matcher_ui.pages.request.brief_form import BriefForm
from matcher_ui.pages.requests.log_source import SourcePanel, letter_of
from matcher_ui.pages.requests.merge_card import MergeCard
from matcher_ui.shortcuts import SAVE
from matcher_ui.theme import Space
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.tally import Tally
from matcher_ui.workspace import Place, Workspace

KINDS_OF_FILE = "Letters (*.eml *.msg *.docx *.pdf *.txt)"
PASTED = "pasted text"
"""What a document that was pasted is called."""
_LONGEST_TITLE = 40
_ASKS_NOBODY = {
    RequestKind.NEWSLETTER: "This looks like a newsletter: it asks nobody for anything.",
    RequestKind.MARKETING: "This looks like marketing: it sells rather than asks.",
    RequestKind.ENQUIRY: "This looks like a member's own question rather than a request.",
}


class LogPage(Page):
    """One piece of post at a time; what is typed stays until it is saved, replaced or cleared."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._header = PageHeader(theme, "Log a request")
        self.found, self.check = Tally(theme, "check", "good", "ink2"), Tally(theme, "question", "care", "care")
        self.leave = IconButton(theme, "cross", "Leave this page")
        for part in (self.found, self.check, self.leave):
            self._header.add_action(part)
        self.notice, self.merge = Notice(theme), MergeCard(theme, offers_to_keep=True)
        self.source, self.form = SourcePanel(theme), BriefForm(theme)
        self.no_request = Button(theme, "Not a request", "quiet", icon="no_entry", tall=True)
        self.question = Button(theme, "A question", "quiet", icon="question", tall=True)
        self.question.setToolTip("Keep it as a member’s own question")
        self.again = Button(theme, "Start again", "quiet", icon="undo", tall=True)
        self.save = Button(theme, "Save as a new request", "main", tall=True)
        self.incoming: Incoming | None = None
        self._source: Path | str | None = None
        self._waiting: tuple[Path, ...] = ()
        self._typed_before: Brief | None = None
        self._job: Job | None = None
        self._lay_out()
        self._connect()
        self.clear()
        self.retheme()

    def show_place(self, place: Place) -> None:
        """Take what was dropped or pasted; without anything, what is unsaved here stays."""
        self.place = Place("log")  # so that coming back without anything new loses nothing
        if place.payload:
            self.take(place.payload)
        elif not self.keeps_unsaved() and self._job is None:
            self.clear()
            self.source.empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def keeps_unsaved(self) -> str:
        if self.incoming is not None:
            return f"the request from {_named(self.incoming.document.file_name)}"
        return "the request you were writing" if self.form.is_changed else ""

    def draft(self) -> dict[str, Any]:
        source = str(self._source) if isinstance(self._source, Path) else None
        text = self._source if isinstance(self._source, str) else None
        return {"file": source, "text": text, "brief": brief_to_json(self.form.typed())}

    def take_draft(self, draft: dict[str, Any]) -> None:
        brief = brief_from_json(draft["brief"])
        self._typed_before = brief
        if draft["text"] is not None or (draft["file"] and Path(draft["file"]).is_file()):
            self.take(draft["text"] if draft["text"] is not None else (draft["file"],))
        else:
            self._type_again()

    def _type_again(self) -> None:
        """Type over what was read what she had made of it before the window was locked."""
        if self._typed_before is not None:
            brief, self._typed_before = self._typed_before, None
            self.form.type_again(brief)

    def foot(self) -> int:
        return self._foot.height()

    def take(self, payload: tuple[str, ...] | str) -> None:
        """Read a text, or the first of several files; the others come after it."""
        if isinstance(payload, str):
            self._waiting = ()
            self._read(payload)
        else:
            first, *others = (Path(path) for path in payload)
            self._waiting = tuple(others)
            self._read(first)

    def clear(self) -> None:
        """An empty form, and a place to drop something."""
        self._stop_reading()
        self.incoming = self._source = None
        self.notice.clear()
        self.merge.hide()
        self.source.ask()
        self.form.show_brief(Brief(""))
        self.form.show_flags(())
        self._show_state()

    def show_incoming(self, incoming: Incoming) -> None:
        """Show what was read, and what it may be besides a new request."""
        self._job, self.incoming = None, incoming
        reading = reading_of(incoming.document.full_text, incoming.draft.evidence)
        self.source.show_letter(letter_of(incoming.document), reading.marks)
        hint = "" if "title" in reading.facts else "Suggested from the subject and first lines"
        self.form.show_brief(incoming.draft.brief, reading.facts, hint)
        self.form.show_flags(incoming.draft.flags)
        self._ask_what_it_is(incoming)
        self._type_again()
        self._show_state()
        self.form.lines["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.CARD), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._offer.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._both.setContentsMargins(px(Space.PAGE), 0, 0, 0)
        self._both.setSpacing(px(Space.PAGE))
        self._foot_row.setContentsMargins(px(Space.PAGE), px(Space.M), px(Space.PAGE), px(Space.M))
        self._foot_row.setSpacing(px(Space.M))
        self._aside.setSpacing(px(Space.S))
        super().retheme()

    def _read(self, source: Path | str) -> None:
        self._stop_reading()
        self.incoming, self._source = None, source
        self.notice.clear()
        self.merge.hide()
        name = f"the {PASTED}" if isinstance(source, str) else source.name
        self.source.wait_for(name)
        store = self.workspace.store
        self._job = self.workspace.jobs.run(
            lambda progress: read_incoming(store, source, progress),
            on_done=self._when_read(source, self.show_incoming),
            on_failed=self._when_read(source, self._could_not_read),
            on_cancelled=self._when_read(source, lambda _nothing=None: self.clear()),
            what=f"Reading {name}",
            writes=False,
        )
        self._show_state()

    def _when_read(self, source: Path | str, then: Callable[..., None]) -> Callable[..., None]:
        """Only while this is still what she is waiting for."""

        def answer(*found: object) -> None:
            if self._job is not None and self._source is source:
                self._job = None
                then(*found)

        return answer

    def _stop_reading(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _could_not_read(self, error: UserError) -> None:
        self._source = None
        self.source.show_trouble(str(error))
        self._type_again()
        self._show_state()

    def _ask_what_it_is(self, incoming: Incoming) -> None:
        self.notice.clear()
        if incoming.draft.kind in ASKS_NOBODY:
            question = incoming.draft.kind is RequestKind.ENQUIRY
            keep = "Keep as a question" if question else "Not a request"
            save_as = SaveAs.QUESTION if question else SaveAs.NOT_A_REQUEST
            self.notice.tell(
                "care", _ASKS_NOBODY[incoming.draft.kind],
                ((keep, lambda: self._save(save_as)), ("It is one", _nothing)),
            )  # fmt: skip
        elif incoming.chases is not None:
            day = incoming.chases.received.astimezone(clock.LONDON)
            year = "" if day.year == clock.today().year else f" {day.year}"
            title = _short(incoming.chases.title)
            self.notice.tell(
                "care", f"This may chase the request of {day.day} {day:%B}{year}, “{title}”.",
                (("Compare and merge", self._compare), ("Keep both", _nothing)),
            )  # fmt: skip

    def _compare(self) -> None:
        """Show what the chaser changes in the request it carries on."""
        incoming = self.incoming
        if incoming is not None and incoming.chases is not None:
            self.merge.show_changes(incoming.changes, incoming.chases.id, _short(incoming.chases.title))

    def _save(self, save_as: SaveAs, merging: list[str] | None = None) -> None:
        brief = self.form.brief()
        if brief is None:
            return
        incoming, self._source = self.incoming, None
        # A button that goes away hands the keyboard to the next in line: the search in the sidebar.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in (self.save, self.no_request, self.question):
            button.set_unavailable("Saving")

        def saved(request: LoggedRequest) -> None:
            self._saved(request, save_as)

        if incoming is None:
            self.workspace.write(
                lambda store, _progress: save_form(store, brief), saved, what="Saving", on_failed=self._not_saved
            )
        else:
            self.workspace.write(
                lambda store, _progress: save_incoming(store, incoming, brief, save_as, merging), saved,
                what="Saving", on_failed=self._not_saved,
            )  # fmt: skip

    def _saved(self, request: LoggedRequest, save_as: SaveAs) -> None:
        waiting = self._waiting
        self.clear()
        if save_as is SaveAs.QUESTION:
            self.workspace.say("Kept as a question. Only what it is about is kept.", request.batch)
        elif save_as is SaveAs.MERGED:
            self.workspace.say(f"Merged into R{request.updates}.", request.batch)
        elif save_as is SaveAs.NOT_A_REQUEST:
            kind = f"a {KINDS[request.kind]}" if request.kind in ASKS_NOBODY else "not a request"
            self.workspace.say(f"Kept as {kind}.", request.batch)
        elif request.updates:
            self.workspace.say(f"Saved as an update of R{request.updates}.", request.batch)
        else:
            self.workspace.say(f"Saved as R{request.id}.", request.batch)
        if waiting:
            self._waiting = waiting[1:]
            self._read(waiting[0])
        elif save_as is SaveAs.QUESTION:
            self.workspace.go(Place("questions"))
        elif save_as is SaveAs.NOT_A_REQUEST:
            self.workspace.go(Place("requests"))
        elif save_as is SaveAs.MERGED:
            self.workspace.go(Place("request", request.updates, "checks"))
        else:
            self.workspace.go(Place("request", request.id, "checks"))

    def _not_saved(self, error: UserError) -> None:
        self._show_state()
        self.notice.tell("stop", error.what)

    def _show_state(self) -> None:
        """What the header and the foot say about what is shown."""
        incoming, reading = self.incoming, self._job is not None
        if incoming is not None:
            self._header.set_facts((f"Read from {_named(incoming.document.file_name)}. Nothing is saved yet.",))
        else:
            self._header.set_facts(("Fill in the form, or let Matcher read an e-mail or document.",))
        self.no_request.setVisible(incoming is not None)
        self.question.setVisible(incoming is not None)
        self.question.set_unavailable(None)
        self.save.set_unavailable("Wait until it is read" if reading else None)
        self.no_request.set_unavailable(None)
        self._show_counts()

    def _show_counts(self) -> None:
        found, check, some = self.form.found, self.form.to_check, self.incoming is not None
        self.found.setText(f"{found} found")
        self.check.setText(f"{check} to check")
        self.found.setVisible(some)
        self.check.setVisible(some and check > 0)
        self.again.setVisible(bool(self.keeps_unsaved()))
        for button in (self.found, self.check):
            button.updateGeometry()

    def _ask_to_clear(self) -> None:
        self.notice.tell(
            "care", f"This clears {self.keeps_unsaved()}. Nothing of it is kept.",
            (("Clear it", self.clear), ("Keep it", _nothing)),
        )  # fmt: skip

    def _choose_file(self) -> None:
        name = choose_file(self, "Choose an e-mail or document", KINDS_OF_FILE)
        if name:
            self.take((name,))

    def _take_files(self, paths: list[Path]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        try:
            place = place_for(data)
        except UserError as error:
            self.source.show_trouble(str(error))
            return
        if place is not None and place.page == "log" and place.payload:
            self.take(place.payload)
        elif place is not None:
            self.workspace.go(place)

    def _choose_number(self, number: int) -> None:
        self.source.set_current(number)
        self.form.set_current(number)

    def _connect(self) -> None:
        self.leave.clicked.connect(lambda: self.workspace.go(Place("requests")))
        self.check.clicked.connect(self.form.next_to_check)
        self.found.clicked.connect(lambda: self.form.select(1))
        self.again.clicked.connect(self._ask_to_clear)
        self.save.clicked.connect(lambda: self._save(SaveAs.NEW))
        press_by_key(self.save, SAVE)
        self.no_request.clicked.connect(lambda: self._save(SaveAs.NOT_A_REQUEST))
        self.question.clicked.connect(lambda: self._save(SaveAs.QUESTION))
        self.merge.merged.connect(lambda fields: self._save(SaveAs.MERGED, fields))
        self.merge.kept.connect(self.merge.hide)
        self.source.choosing.connect(self._choose_file)
        self.source.dropped.connect(self._take_files)
        self.source.pasted.connect(self.take)
        self.source.cancelled.connect(self.clear)
        self.source.chosen.connect(self._choose_number)
        self.source.chosen.connect(self.form.select)
        self.form.chosen.connect(self._choose_number)
        self.form.changed.connect(self._show_counts)
        self.form.looked.connect(self._show_counts)

    def _lay_out(self) -> None:
        self._head, self._offer, self._both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._offer.addWidget(self.merge)
        self._head.addWidget(self._header)
        self._both.addWidget(self.source, 7)
        self._both.addWidget(self.form, 10)
        self._foot = Ground(self.theme, "window", line_above=True)
        self._foot_row = QHBoxLayout(self._foot)
        self._aside = FlowLayout()
        for button in (self.no_request, self.question, self.again):
            self._aside.addWidget(button)
        self._foot_row.addLayout(self._aside, 1)
        self._foot_row.addWidget(self.save)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addLayout(self._offer)
        self._column.addLayout(self._both, 1)
        self._column.addWidget(self._foot)


def _named(name: str) -> str:
    """What was read, in a sentence."""
    return f"the {PASTED}" if name == PASTED else f"“{name}”"


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]}…"


def _nothing() -> None:
    """Close the message alone."""
