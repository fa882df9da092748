"""Letters: the text of each answer to a requester, to be put into her own words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.model import LetterKind
from matcher.triage import WORDS, letter_texts, save_letter_text, usual_text
from matcher_ui.triage_words import LETTERS
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

HINT = (
    "What Matcher writes to those who ask. Words in double curly brackets are filled in for each request, and what "
    "stands between {% and %} decides which lines are shown: leave both as they are. Everything else is yours."
)
KNOWN = "You can use: " + "; ".join(f"{{{{ {word} }}}}, {what}" for word, what in WORDS.items()) + "."


class LettersSection(Part):
    """One letter at a time; what she is changing stays until it is saved or put back."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._kept: dict[LetterKind, str] = {}
        self._typed: dict[LetterKind, str] = {}
        self._filling = False
        self.kinds = Segmented(theme, "Letter", [(kind.value, words) for kind, words in LETTERS.items()])
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.field = Field(theme, "Text of the letter", self.text)
        self.save = Button(theme, "Save this letter")
        self.usual = Button(theme, "Put the usual text back", "quiet")
        self._column, self._foot = QVBoxLayout(self), FlowLayout()
        self._lay_out()
        self.kinds.chosen.connect(lambda _key: self._show())
        self.text.textChanged.connect(self._changed)
        self.save.clicked.connect(lambda: self._keep(self._text()))
        self.usual.clicked.connect(lambda: self._keep(None))
        self.retheme()

    @property
    def kind(self) -> LetterKind:
        """The letter shown."""
        return LetterKind(self.kinds.current)

    def refresh(self) -> None:
        """Read the texts, in the background."""
        self._workspace.read("settings.letters", letter_texts, self.show_texts)

    def show_texts(self, texts: dict[LetterKind, str]) -> None:
        """Show the texts; what she is changing stays."""
        self._kept = texts
        self._typed = {kind: words for kind, words in self._typed.items() if words != texts[kind].strip()}
        self._show()

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return "your change of a letter" if self._typed else ""

    def changed_letters(self) -> dict[str, str]:
        """The letters she changed, as plain values."""
        return {kind.value: words for kind, words in self._typed.items()}

    def take_changed(self, letters: dict[str, str]) -> None:
        """Show letters as she had changed them before."""
        self._typed |= {LetterKind(kind): words for kind, words in letters.items()}
        if letters:
            self.kinds.set_current(next(iter(letters)))
        self._show()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(10))
        self._foot.setSpacing(px(8))
        self.text.setFont(self.theme.font("second"))
        self.text.setFixedHeight(px(280))
        super().retheme()

    def _text(self) -> str:
        return self.text.toPlainText().strip()

    def _show(self) -> None:
        self._filling = True
        self.text.setPlainText(self._typed.get(self.kind, self._kept.get(self.kind, "").strip()))
        self._filling = False
        self._mark()

    def _changed(self) -> None:
        if self._filling:
            return
        if self._text() == self._kept.get(self.kind, "").strip():
            self._typed.pop(self.kind, None)
        else:
            self._typed[self.kind] = self._text()
        self._mark()

    def _mark(self) -> None:
        if self.field.state != "normal":
            self.field.set_state("normal")
        self.save.set_unavailable(None if self.kind in self._typed else "Nothing was changed")
        is_usual = self._text() == usual_text(self.kind).strip()
        self.usual.set_unavailable("This is the usual text" if is_usual else None)

    def _keep(self, text: str | None) -> None:
        kind = self.kind

        def done(batch: int | None) -> None:
            self._typed.pop(kind, None)
            self.refresh()
            self._workspace.say("Letter saved." if text is not None else "The usual text is back.", batch)

        self._workspace.write(
            lambda store, _progress: save_letter_text(store, kind, text), done, what="Saving the letter",
            on_failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self.field.set_state("wrong", str(error))

    def _lay_out(self) -> None:
        self._foot.addWidget(self.save)
        self._foot.addWidget(self.usual)
        self._column.addWidget(Label(self.theme, HINT, "second", "ink2", wrap=True))
        self._column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.field)
        self._column.addWidget(Label(self.theme, KNOWN, "hint", "ink2", wrap=True))
        self._column.addLayout(self._foot)
