"""Texts that are hers to change, one shown at a time: letters, documents. What is typed stays until it is saved."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.files.writers.readable_templates import readable, template_of
from matcher.storage.store import Store
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

HEIGHT = 280


class TextsSection(Part):
    """Sections say what the texts are: how they are read, saved, and what the usual ones are.

    She reads and writes them in words (`readable`); they are kept as templates.

    ``one`` is what one of them is called (“letter”).
    """

    one = "text"

    def __init__(
        self, workspace: Workspace, chooser: QWidget, hint: str, words: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._kept: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._filling = False
        self.chooser = chooser
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.field = Field(theme, f"Text of the {self.one}", self.text)
        self.save = Button(theme, f"Save this {self.one}")
        save_by_key(self.save, self)
        self.usual = Button(theme, "Put the usual text back", "quiet")
        self._known = Label(theme, "", "hint", "ink2", wrap=True)
        self._column, self.foot = QVBoxLayout(self), FlowLayout()
        self._lay_out(hint, words)
        self.text.textChanged.connect(self._changed)
        self.save.clicked.connect(lambda: self._keep(self._text()))
        self.usual.clicked.connect(lambda: self._keep(None))
        self.retheme()

    @property
    def key(self) -> str:
        """The text shown."""
        raise NotImplementedError

    def choose(self, key: str) -> None:
        """Turn to a text."""
        raise NotImplementedError

    def read_texts(self, store: Store) -> dict[str, str]:
        """Every text by its key."""
        raise NotImplementedError

    def save_text(self, store: Store, key: str, text: str | None) -> int | None:
        """Keep one, or with None the usual one; the step."""
        raise NotImplementedError

    def usual_text(self, key: str) -> str:
        """The text that Matcher comes with."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the texts, in the background."""
        self._workspace.read(f"settings.{self.one}", self._read, self.show_texts)

    def _read(self, store: Store) -> dict[str, str]:
        return {key: readable(text) for key, text in self.read_texts(store).items()}

    def show_texts(self, texts: dict[str, str]) -> None:
        """Show the texts in words; what she is changing stays."""
        self._kept = texts
        self._typed = {key: words for key, words in self._typed.items() if words != self._kept[key]}
        self.show_chosen()

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return f"your change of a {self.one}" if self._typed else ""

    def changed_texts(self) -> dict[str, str]:
        """The texts she changed, as plain values."""
        return dict(self._typed)

    def take_changed(self, texts: Mapping[str, str]) -> None:
        """Show texts as she had changed them before."""
        self._typed |= texts
        if texts:
            self.choose(next(iter(texts)))
        self.show_chosen()

    def show_chosen(self) -> None:
        """Show the text that is chosen."""
        self._filling = True
        self.text.setPlainText(self._typed.get(self.key, self._kept.get(self.key, "")))
        self._filling = False
        self._mark()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.M))
        self.foot.setSpacing(px(Space.S))
        self.text.setFont(self.theme.font("second"))
        self.text.setFixedHeight(px(HEIGHT))
        super().retheme()

    def show_known(self, words: Mapping[str, str]) -> None:
        """Say which words may be used, and what each stands for."""
        known = "; ".join(f"{readable(f'{{{{ {word} }}}}')[1:-1]}, {what}" for word, what in words.items())
        self._known.setText(f"In curly brackets you can use: {known}.")

    def add_above(self, part: QWidget) -> None:
        """Put something above the texts."""
        self._column.insertWidget(1, part)

    def _text(self) -> str:
        return self.text.toPlainText().strip()

    def _changed(self) -> None:
        if self._filling:
            return
        if self._text() == self._kept.get(self.key, ""):
            self._typed.pop(self.key, None)
        else:
            self._typed[self.key] = self._text()
        self._mark()

    def _mark(self) -> None:
        if self.field.state != "normal":
            self.field.set_state("normal")
        self.save.set_unavailable(None if self.key in self._typed else "Nothing was changed")
        is_usual = self._text() == readable(self.usual_text(self.key))
        self.usual.set_unavailable("This is the usual text" if is_usual else None)

    def _keep(self, text: str | None) -> None:
        key = self.key

        def done(batch: int | None) -> None:
            self._typed.pop(key, None)
            self.refresh()
            said = f"{self.one.capitalize()} saved." if text is not None else "The usual text is back."
            self._workspace.say(said, batch)

        self._workspace.write(
            lambda store, _progress: self.save_text(store, key, None if text is None else template_of(text)), done,
            what=f"Saving the {self.one}", on_failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self.field.set_state("wrong", str(error))

    def _lay_out(self, hint: str, words: Mapping[str, str]) -> None:
        self.foot.addWidget(self.save)
        self.foot.addWidget(self.usual)
        self._column.addWidget(Label(self.theme, hint, "second", "ink2", wrap=True))
        stretches = self.chooser.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
        self._column.addWidget(self.chooser, 0, Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.field)
        self._column.addWidget(self._known)
        self.show_known(words)
        self._column.addLayout(self.foot)
