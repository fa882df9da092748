"""The messages that are due: to whom, why now, and which fact is noted once one was sent."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from matcher.outreach import AskFact, MessageKind, ReadyWord, to_nudge, to_remind, to_tell, to_thank
from matcher.storage.store import Store
from matcher_ui.widgets.rows import Index
from matcher_ui.workspace import Place

WORD_ROLE = Qt.ItemDataRole.UserRole
KINDS: dict[MessageKind, tuple[str, AskFact, Callable[[Store, int | None], tuple[ReadyWord, ...]]]] = {
    MessageKind.REMINDER: ("Remind", AskFact.REMINDED, to_remind),
    MessageKind.NUDGE: ("Ask again", AskFact.NUDGED, to_nudge),
    MessageKind.THANKS: ("Thank", AskFact.THANKED, to_thank),
    MessageKind.OUTCOME: ("Tell what came of it", AskFact.HEARD_BACK, to_tell),
}
"""Kind of message -> what to do, what is noted of it, and who is due it; the most urgent first."""
BEFORE = (MessageKind.REMINDER, MessageKind.NUDGE)
"""The messages that are sent while a request is asked about; the others come when it ends."""
_NOWHERE = QModelIndex()


def read_words(
    store: Store, kinds: Sequence[MessageKind], request_id: int | None = None
) -> tuple[ReadyWord, ...]:  # fmt: skip
    """Everyone who is due a message of these kinds, about one request or any."""
    return tuple(word for kind in KINDS if kind in kinds for word in KINDS[kind][2](store, request_id))


def key_of(word: ReadyWord) -> tuple[MessageKind, int, int]:
    """What tells one due message from another."""
    return word.kind, word.request_id, word.member_id


def place_of(word: ReadyWord) -> Place:
    """Where in its request a message that is due is sent."""
    step, part = ("ask", "due") if word.kind in BEFORE else ("close", "words")
    return Place("request", word.request_id, step, part=part, person=word.member_id)


class WordsModel(QAbstractListModel):
    """The due messages in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words: tuple[ReadyWord, ...] = ()

    def show(self, words: Sequence[ReadyWord]) -> None:
        """Show these."""
        self.beginResetModel()
        self.words = tuple(words)
        self.endResetModel()

    def row_of(self, key: tuple[MessageKind, int, int] | None) -> int | None:
        """Where one stands; None when it is not here any more."""
        return next((row for row, one in enumerate(self.words) if key_of(one) == key), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.words)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        word = self.words[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return word.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{word.name}. {KINDS[word.kind][0]}. {word.why}. {word.title}."
        return word if role == WORD_ROLE else None
