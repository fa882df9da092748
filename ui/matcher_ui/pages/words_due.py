"""Messages that are due, one after the other: asked again, reminded, thanked, told what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.outreach import MessageKind, ReadyWord, note_fact
from matcher_ui.models.words_due import KINDS, WORD_ROLE, WordsModel, key_of, read_words
from matcher_ui.pages.match.even_list import EvenDelegate, EvenList
from matcher_ui.pages.promises_check_ins import OPENS
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.chip import Chip, ChipKind, paint_told_row
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.initials import paint_initials
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.paint import hairline
from matcher_ui.widgets.rows import Index, RowState
from matcher_ui.widgets.scroll_column import ScrollColumn
from matcher_ui.workspace import Place, Workspace

_PERSON_WIDTH, _MOST_SHARE = 440, 0.5


class WordDelegate(EvenDelegate):
    """Paints one person: initials, name, why now, and what is due."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, state: RowState) -> None:
        theme, px = self.theme, self.theme.px
        word: ReadyWord = index.data(WORD_ROLE)
        side = px(32)
        disc = QRect(px(24), rect.y() + (rect.height() - side) // 2, side, side)
        paint_initials(painter, disc, theme, word.name)
        left, right = disc.right() + 1 + px(12), rect.right() + 1 - self.margin
        room = QRect(left, rect.y(), right - left, rect.height())
        chip: tuple[ChipKind, str] = (
            "care" if word.kind is MessageKind.REMINDER else "neutral",
            KINDS[word.kind][0],
        )
        paint_told_row(painter, room, theme, word.name, f"{word.why}  ·  {word.title}", chip)
        if not state.selected:
            hairline(painter, left, right, rect.bottom(), theme.color("line"))


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
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setAccessibleName("The message, ready to send")
        self.copy, self.open = Button(theme, "Copy", icon="copy"), Button(theme, "Open", icon="arrow_right")
        self.whole = Button(theme, "Copy the rest, for when they answer", "quiet", icon="copy")
        self.record = Button(theme, "Sent", "main", icon="check")
        self.record.setAccessibleName("Record that it was sent")
        self.request = Button(theme, "Open the request", "link")
        self._lay_out()
        self.copy.clicked.connect(lambda: self._copy(whole=False))
        self.whole.clicked.connect(lambda: self._copy(whole=True))
        self.open.clicked.connect(self._open)
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
        self.message.setPlainText(word.message)
        self.whole.setVisible(word.full != word.message)
        self.open.setText(OPENS.get(word.channel, "Open"))
        self.open.set_unavailable(None if word.link else "No phone or e-mail is known")
        self.open.updateGeometry()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setSpacing(px(8))
        self._send.setSpacing(px(8))
        self.message.setFont(self.theme.font("second"))
        self.message.setMinimumHeight(px(160))
        super().retheme()

    def _copy(self, *, whole: bool) -> None:
        if self._word is not None:
            QGuiApplication.clipboard().setText(self._word.full if whole else self._word.message)
            self.copied.emit()

    def _open(self) -> None:
        if self._word is not None and self._word.link:
            QDesktopServices.openUrl(QUrl(self._word.link))

    def _lay_out(self) -> None:
        scroll, whole = ScrollColumn(self.theme), QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(scroll)
        scroll.set_margins(24, 16, 24, 16)
        self._column, self._send, head = scroll.column, FlowLayout(), QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        for button in (self.copy, self.open, self.record):
            self._send.addWidget(button)
        self._column.addLayout(head)
        self._column.addWidget(self._why)
        self._column.addWidget(self.request, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.message, 1)
        self._column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(self._send)


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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(min(self.theme.px(_PERSON_WIDTH), round(self.width() * _MOST_SHARE)))

    def retheme(self) -> None:
        px = self.theme.px
        self._margin.setContentsMargins(px(24), px(16), px(24), px(24))
        self.empty.setMinimumHeight(px(200))
        super().retheme()

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
            self.workspace.go(Place("request", word.request_id))

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.panel.sent.connect(self.record_sent)
        self.panel.opened.connect(self._open)
        self.panel.copied.connect(lambda: self.workspace.say("Copied. Paste it where you write to them."))

    def _lay_out(self) -> None:
        outer, both = QVBoxLayout(self), QWidget()
        across, self._margin = QHBoxLayout(both), QVBoxLayout(self._around)
        for layout in (outer, across):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        across.addWidget(self.list, 1)
        across.addWidget(self.panel)
        self._margin.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._around)
        self._stack.addWidget(both)
        outer.addWidget(self.notice)
        outer.addWidget(self._stack, 1)
