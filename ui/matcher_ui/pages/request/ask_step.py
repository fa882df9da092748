"""The Ask step: the list, messages that are due, the post to the group, and the ways answers come back."""

from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from matcher_ui.dialogs.choose_file import choose_spreadsheet
from matcher_ui.incoming import SHEETS, paths_in
from matcher_ui.models.words_due import BEFORE
from matcher_ui.pages.in_parts import InParts
from matcher_ui.pages.outreach.words_due import WordsView
from matcher_ui.pages.request.ask_tab import AskTab
from matcher_ui.pages.request.open_call import OpenCallView
from matcher_ui.pages.request.replies_pasted import PastedView
from matcher_ui.pages.request.replies_returned import ReturnedView
from matcher_ui.shortcuts import PASTE, READ_BACK
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Tabs
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.paint import hairline, smooth
from matcher_ui.widgets.views import Views
from matcher_ui.workspace import Workspace

LIST, DUE, CALL = "list", "due", "call"
TABS = ((LIST, "The list"), (DUE, "To write again"), (CALL, "Post to the group"))
NOBODY = "Nobody is due a message"
WHY = "Who has not answered for some days, and who takes part tomorrow, comes up here."


class AskStep(InParts, Part):
    """Shows one request; `show_request` also reads again what is shown. The other tabs are built in turns."""

    LATER = (DUE, CALL, "returned", "pasted")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace = workspace
        self.request_id: int | None = None
        self.choose_file = choose_spreadsheet
        self.tabs = Tabs(theme, TABS)
        self.tabs.setMinimumWidth(1)
        self.read_back = Button(theme, "Read the workbook back", icon="upload")
        self.paste = Button(theme, "Paste replies", icon="reply")
        self.people = AskTab(workspace)
        self._stack, self._head = Views(), _Head(theme)
        self._lay_out()
        self._connect()
        self.retheme()

    @cached_property
    def due(self) -> WordsView:
        view = self._stack.put(WordsView(self.workspace, BEFORE, NOBODY, WHY))
        view.counted.connect(partial(self._count, DUE))
        return view

    @cached_property
    def call(self) -> OpenCallView:
        view = self._stack.put(OpenCallView(self.workspace))
        view.counted.connect(partial(self._count, CALL))
        view.pasting.connect(lambda: self.paste_replies())
        view.wants_link.connect(self._offer_link)
        return view

    @cached_property
    def returned(self) -> ReturnedView:
        view = self._stack.put(ReturnedView(self.workspace))
        view.left.connect(self._back)
        return view

    @cached_property
    def pasted(self) -> PastedView:
        view = self._stack.put(PastedView(self.workspace))
        view.left.connect(self._back)
        return view

    def show_request(self, request_id: int) -> None:
        """Read everything about a request, in the background."""
        if request_id != self.request_id:
            self.request_id = request_id
            self.turn_to(LIST)
        self.people.show_request(request_id)
        for look in (lambda: self.due.look(self.request_id), self._look_at_call):
            self.workspace.jobs.in_turn(self, look)

    def turn_to(self, key: str, person: int | None = None) -> None:
        """Show one of the tabs, the list when it is none of them, and choose a person in it."""
        key = key if key in dict(TABS) else LIST
        self.tabs.set_current(key)
        self._show(self.due if key == DUE else self.call if key == CALL else self.people)
        if person is not None:
            for view in (self.people, self.due):
                view.choose(person)

    def take_dropped(self, data: QMimeData) -> bool:
        """Take a filled workbook or the text of replies; False when it is neither."""
        paths = paths_in(data)
        if len(paths) == 1 and paths[0].suffix.lower() in SHEETS:
            self.read_file(paths[0])
            return True
        if not paths and data.hasText() and data.text().strip():
            self.paste_replies(data.text())
            return True
        return False

    def read_file(self, path: Path) -> None:
        """Show what a filled workbook would change."""
        if self.request_id is not None:
            self._show(self.returned)
            self.people.notice.clear()
            self.returned.begin(self.request_id, path)

    def paste_replies(self, words: str = "") -> None:
        """Show what pasted messages say, or the place to paste them."""
        self._show(self.pasted)
        self.pasted.begin(self.request_id, words)

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return next((view.keeps_unsaved() for view in self._built("pasted")), "")

    def take_words(self, request_id: int, words: str) -> None:
        """Paste again the replies that were not recorded."""
        if words.strip():
            self.show_request(request_id)
            self.paste_replies(words)

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), 0)
        self._row.setSpacing(px(Space.S))
        self._do.setSpacing(px(Space.S))
        super().retheme()
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """The buttons go under the tabs where there is no room beside them."""
        needed = self.tabs.sizeHint().width() + self._do.sizeHint().width() + self.theme.px(8 + 2 * 24)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if self.width() >= needed else down)

    def _count(self, key: str, count: int) -> None:
        self.tabs.set_count(key, count or None)
        self._fold()

    def _show(self, view: QWidget) -> None:
        self._stack.setCurrentWidget(view)
        self._head.setVisible(not isinstance(view, ReturnedView | PastedView))

    def _look_at_call(self) -> None:
        if self.request_id is not None:
            self.call.show_request(self.request_id)

    def _offer_link(self) -> None:
        """A request that is answered by a link needs no list."""
        if not self.people.model.people and self.tabs.current == LIST:
            self.turn_to(CALL)

    def _choose(self) -> None:
        if path := self.choose_file(self):
            self.read_file(Path(path))

    def _back(self) -> None:
        self.turn_to(self.tabs.current)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda key: self.turn_to(key))
        self.read_back.clicked.connect(self._choose)
        press_by_key(self.read_back, READ_BACK)
        press_by_key(self.paste, PASTE)
        self.paste.clicked.connect(lambda: self.paste_replies())

    def _lay_out(self) -> None:
        column, self._row, self._do = QVBoxLayout(self), _across(self._head), _across()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for button in (self.read_back, self.paste):
            self._do.addWidget(button)
        self._row.addWidget(self.tabs, 1)
        self._row.addLayout(self._do)
        self._do.addStretch(0)
        self._stack.addWidget(self.people)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)


class _Head(Part):
    """The tabs and the buttons beside them, over one hairline."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        tabs = next(iter(self.findChildren(Tabs)), None)
        if tabs is not None:
            painter, y = smooth(self), tabs.geometry().bottom()
            hairline(painter, tabs.x(), self.width() - tabs.x(), y, self.theme.color("line"))
            painter.end()


def _across(holder: QWidget | None = None) -> QBoxLayout:
    across = QBoxLayout.Direction.LeftToRight
    return QBoxLayout(across, holder) if holder else QBoxLayout(across)
