"""The data-protection pack: documents in her own words, filled with what she set, saved to hand out or to keep."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from matcher.consent import (
    DOCUMENTS,
    PackFacts,
    filled_document,
    pack_facts,
    pack_texts,
    save_document,
    save_pack_facts,
    save_pack_text,
    usual_document,
)
from matcher.consent.pack import BASES, PACK_WORDS
from matcher.errors import UserError
from matcher.files.writers.plain_documents import html_document
from matcher.storage.store import Store
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.pages.settings.texts import TextsSection
from matcher_ui.printing import Paper
from matcher_ui.shortcuts import PRINT
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field, prepare
from matcher_ui.widgets.keyed import press_in_form, save_by_key
from matcher_ui.workspace import Workspace

HINT = (
    "A start for your own papers: read them, change what is different with you, and ask somebody who knows the law "
    "where it matters. They are information, not legal advice. What is not set yet stands in square brackets."
)
KIND = "data-protection pack"
KINDS = "Word document (*.docx);;Web page (*.html);;Plain text (*.txt)"


class PackSection(TextsSection):
    """One document at a time, under what all of them say of the organisation."""

    one = "document"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        self.names = QComboBox()
        for name, words in DOCUMENTS.items():
            self.names.addItem(words, name)
        self.names.setAccessibleName("Document")
        super().__init__(workspace, self.names, HINT, PACK_WORDS, parent)
        prepare(self.theme, self.names)
        self.facts = PackFactsPart(workspace)
        self.add_above(self.facts)
        self.write = Button(self.theme, "Save it filled in…", icon="download")
        self.print = Button(self.theme, "Print it filled in…", icon="print")
        for button in (self.write, self.print):
            self.foot.addWidget(button)
        self.print.clicked.connect(self._print)
        press_in_form(self.print, PRINT, self)
        self.names.currentIndexChanged.connect(lambda _place: self.show_chosen())
        self.write.clicked.connect(self._write)

    @property
    def key(self) -> str:
        return str(self.names.currentData())

    def choose(self, key: str) -> None:
        self.names.setCurrentIndex(self.names.findData(key))

    def read_texts(self, store: Store) -> dict[str, str]:
        return pack_texts(store)

    def save_text(self, store: Store, key: str, text: str | None) -> int | None:
        return save_pack_text(store, key, text)

    def usual_text(self, key: str) -> str:
        return usual_document(key)

    def refresh(self) -> None:
        super().refresh()
        self.facts.refresh()

    def keeps_unsaved(self) -> str:
        return super().keeps_unsaved() or self.facts.keeps_unsaved()

    def _print(self) -> None:
        key = self.key
        self._workspace.read(
            "settings.print", lambda store: html_document(filled_document(store, key)),
            lambda html: self._workspace.printing.emit(Paper(DOCUMENTS[key], html, self._write, KIND)),
            on_failed=self._failed,
        )  # fmt: skip

    def _write(self) -> None:
        key = self.key
        chosen = choose_where(self, "Save the document", f"{DOCUMENTS[key]}.docx", KINDS)
        if chosen:
            path = Path(chosen if Path(chosen).suffix else f"{chosen}.docx")
            self._workspace.write(
                lambda store, _progress: save_document(store, key, path),
                lambda _file: self._workspace.say(f"Saved as {path.name}."), what="Saving the document",
                on_failed=self._failed,
            )  # fmt: skip


class PackFactsPart(Part):
    """Where people write to, the address, the registration, and the ground on which records are held."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._kept: PackFacts | None = None
        self.contact, self.address, self.ico_number, self.basis = QLineEdit(), QLineEdit(), QLineEdit(), QComboBox()
        self.basis.setEditable(True)
        self.basis.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.basis.addItems(BASES)
        self.basis.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none: she writes her own words
        self.contact_field = Field(theme, "Where people write to", self.contact, "An e-mail address")
        self.save = Button(theme, "Save this")
        save_by_key(self.save, self)
        fields = (self.contact_field, Field(theme, "Registration with the ICO", self.ico_number))
        self._column = QVBoxLayout(self)
        self._column.addWidget(Beside(theme, fields, 240))
        self._column.addWidget(Field(theme, "Address", self.address))
        self._column.addWidget(Field(theme, "Why you may hold records", self.basis))
        self._column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        for line in (self.contact, self.address, self.ico_number):
            line.textChanged.connect(lambda _words: self._mark())
            line.returnPressed.connect(self.save.click)
        self.basis.currentTextChanged.connect(lambda _words: self._mark())
        self.save.clicked.connect(self._keep)
        self._mark()
        self.retheme()

    def refresh(self) -> None:
        """Read what is set, in the background."""
        self._workspace.read("settings.pack_facts", pack_facts, self.show_facts)

    def show_facts(self, facts: PackFacts) -> None:
        """Show what is set, unless she is changing it right now."""
        if self.keeps_unsaved():
            return
        self._kept = facts
        self.contact.setText(facts.contact)
        self.address.setText(facts.address)
        self.ico_number.setText(facts.ico_number)
        self.basis.setEditText(facts.basis)
        if (line := self.basis.lineEdit()) is not None:
            line.setCursorPosition(0)
        self._mark()

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        return "what the documents say of you" if self._kept is not None and self._typed() != self._kept else ""

    def retheme(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(Space.M))
        super().retheme()

    def _typed(self) -> PackFacts:
        lines = (self.contact.text(), self.address.text(), self.ico_number.text(), self.basis.currentText())
        return PackFacts(*(words.strip() for words in lines))

    def _mark(self) -> None:
        self.contact_field.set_state("normal")
        self.save.set_unavailable(None if self.keeps_unsaved() else "Nothing was changed")

    def _keep(self) -> None:
        facts = self._typed()

        def done(batch: int | None) -> None:
            self._kept = facts
            self._mark()
            self._workspace.say("Saved.", batch)

        self._workspace.write(
            lambda store, _progress: save_pack_facts(store, facts), done, what="Saving", on_failed=self._failed
        )

    def _failed(self, error: UserError) -> None:
        self.contact_field.set_state("wrong", str(error))
