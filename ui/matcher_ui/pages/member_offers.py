"""The members who are offered below a line while somebody types into it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate

from matcher.directory import MemberName, members_called
from matcher.storage.store import Store
from matcher_ui.workspace import Workspace

MOST = 20


class MemberOffers(QCompleter):
    """Offers the few who are meant best by what is typed, looked up in the background, however many there are."""

    def __init__(self, workspace: Workspace, line: QLineEdit) -> None:
        super().__init__(line)
        self._workspace, self._line = workspace, line
        self._words = QStringListModel(self)
        self.setModel(self._words)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._shown = QListView()
        self.setPopup(self._shown)
        self._shown.setProperty("offers", True)
        self._shown.setItemDelegate(QStyledItemDelegate(self._shown))  # the usual one ignores the style sheet
        workspace.theme.changed.connect(self.retheme)
        self.retheme()
        line.setCompleter(self)
        line.textEdited.connect(self._look)

    def retheme(self) -> None:
        """Its list is a window of its own, which nothing else dresses."""
        self._workspace.theme.dress(self._shown)

    def _look(self, typed: str) -> None:
        look = partial(_called, typed)
        self._workspace.read(f"member offers {id(self)}", look, partial(self._offer, typed))

    def _offer(self, typed: str, words: Sequence[str]) -> None:
        if self._line.text() == typed:
            self._words.setStringList(words)
            if self._line.hasFocus():
                self.complete()


def offered(member: MemberName) -> str:
    """How a member stands in the list: the name and the number, which no two share."""
    return f"{member.name}, M{member.id}"


def _called(typed: str, store: Store) -> list[str]:
    return [offered(one) for one in members_called(store, typed, MOST)] if typed.strip() else []
