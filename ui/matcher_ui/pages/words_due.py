"""Messages that are due, one after the other: asked again, reminded, thanked, told what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.outreach import MessageKind, ReadyWord, note_fact
from matcher_ui.models.words_due import KINDS, WORD_ROLE, WordsModel, key_of, place_of, read_words
from matcher_ui.pages.match.even_list import EvenList
from matcher_ui.pages.people_to_write import ListBesidePanel, PersonDelegate, ReadyText, Told, person_column
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.chip import Chip, ChipKind
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.rows import Index
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Workspace


class WordDelegate(PersonDelegate):
    """Paints one message that is due: to whom, why now, and what."""

    def told(self, index: Index) -> Told:
        word: ReadyWord = index.data(WORD_ROLE)
        kind: ChipKind = "care" if word.kind is MessageKind.REMINDER else "neutral"
        return word.name, f"{word.why}  ·  {word.title}", (kind, KINDS[word.kind][0])


class WordPanel(Ground):
    """The message shown. ``sent`` records it; ``opened`` goes to the request."""

    sent = Signal()
    opened = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_left=True, parent=parent)
        self.setAccessibleName("The message that is due")
        self._word: ReadyWord | None = None
        self._name, self._chip = ElidedLabel(theme, "", "panel_title"), Chip(theme, "neutral", "")
        self._why = Label(theme, "", "second", "ink2", wrap=True)
        self.record = Button(theme, "Sent", "main", icon="check")
        self.record.setAccessibleName("Record that it was sent")
        self.text = ReadyText(theme, self.record)
        self.message, self.copy, self.open = self.text.message, self.text.copy, self.text.open
        self.whole = Button(theme, "Copy the rest, for when they answer", "quiet", icon="copy")
        self.request = Button(theme, "Open the request", "link")
        self._lay_out()
        self.text.copied.connect(self.copied)
        self.whole.clicked.connect(lambda: self.text.copy_words(self._word.full if self._word else ""))
        self.record.clicked.connect(self.sent)
        self.request.clicked.connect(self.opened)
        self.retheme()

    def show_word(self, word: ReadyWord) -> None:
        """Show one of the list."""
        self._word = word
        self._name.setText(word.name)
        self._why.setText(f"{word.why}. {word.title}")
        self._chip.set_chip("neutral", KINDS[word.kind][0])
        self._chip.updateGeometry()
        self.whole.setVisible(word.full != word.message)
        self.text.show_text(word.message, word.channel, word.link)

    def retheme(self) -> None:
        self._column.setSpacing(self.theme.px(8))
        super().retheme()

    def _lay_out(self) -> None:
        scroll, whole = ScrollColumn(self.theme), QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(scroll)
        scroll.set_margins(24, 16, 24, 16)
        self._column = scroll.column
        person_column(self._column, self._name, self._chip)
        self._column.addWidget(self._why)
        self._column.addWidget(self.request, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.text, 1)
        self._column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)


class WordsView(Part):
    """The due messages of some kinds, about one request or all. ``counted`` tells how many there are."""

    counted = Signal(int)

    def __init__(
        self, workspace: Workspace, kinds: Sequence[MessageKind], nothing: str, why: str,
        *, leads: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``nothing`` and ``why`` are said when nobody is due; ``leads`` offers to open the request."""
        super().__init__(workspace.theme, parent)
        theme = self.theme
        self.workspace, self._kinds = workspace, tuple(kinds)
        self._row = 0
        self._person: int | None = None
        self.model, self.notice, self.panel = WordsModel(self), Notice(theme), WordPanel(theme)
        self.list = EvenList(theme, WordDelegate(theme), "Messages that are due")
        self.list.setModel(self.model)
        self.panel.request.setVisible(leads)
        self.empty = EmptyPage(theme, "check", nothing, why)
        self.empty.setAcceptDrops(False)
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack, self._around = QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()
        self.retheme()

    def look(self, request_id: int | None = None) -> None:
        """Read who is due, in the background."""
        kinds = self._kinds
        self.workspace.read(
            f"words.{'.'.join(kinds)}", lambda store: read_words(store, kinds, request_id), self.show_words,
            on_failed=self._failed,
        )  # fmt: skip

    def choose(self, member_id: int) -> None:
        """Choose the first message to somebody, now or once it was read."""
        self._person = member_id
        self._find_person()

    def show_words(self, words: tuple[ReadyWord, ...]) -> None:
        """Show what is due; after one was sent, the next comes up in its place."""
        shown = self._shown()
        fallback = self._row
        self.model.show(words)
        self._stack.setCurrentIndex(1 if words else 0)
        self.counted.emit(len(words))
        if words:
            row = self.model.row_of(key_of(shown) if shown else None)
            self.list.setCurrentIndex(self.model.index(min(fallback, len(words) - 1) if row is None else row))
        self._find_person()

    def record_sent(self) -> None:
        """Record that the message shown was sent today."""
        word = self._shown()
        if word is None:
            return
        fact = KINDS[word.kind][1]
        self.notice.clear()
        self.workspace.write(
            lambda store, _progress: note_fact(store, word.request_id, [word.member_id], fact),
            lambda batch: self.workspace.say(f"{word.name}: {fact.value}. Recorded for today.", batch),
            what="Recording", on_failed=self._failed,
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._margin.setContentsMargins(px(24), px(16), px(24), px(24))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

    def _find_person(self) -> None:
        words = enumerate(self.model.words)
        row = next((row for row, one in words if one.member_id == self._person), None)
        if row is not None:
            self._person = None
            self.list.setCurrentIndex(self.model.index(row))

    def _shown(self) -> ReadyWord | None:
        return self.model.words[self._row] if self._row < len(self.model.words) else None

    def _choose(self, current: QModelIndex) -> None:
        word: ReadyWord | None = current.data(WORD_ROLE) if current.isValid() else None
        if word is not None:
            self._row = current.row()
            self.panel.show_word(word)

    def _open(self) -> None:
        word = self._shown()
        if word is not None:
            self.workspace.go(place_of(word))

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.panel.sent.connect(self.record_sent)
        self.panel.opened.connect(self._open)
        self.panel.copied.connect(lambda: self.workspace.say("Copied. Paste it where you write to them."))

    def _lay_out(self) -> None:
        outer, self._margin = QVBoxLayout(self), QVBoxLayout(self._around)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._around)
        self._stack.addWidget(ListBesidePanel(self.theme, self.list, self.panel))
        outer.addWidget(self.notice)
        outer.addWidget(self._stack, 1)
