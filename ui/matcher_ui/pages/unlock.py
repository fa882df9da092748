"""The store is locked: its passphrase, or its recovery words, opens it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.storage import WrongPassphraseError, published_passphrase
from matcher_ui.pages.gate import GateColumn, OtherWays
from matcher_ui.store_door import OpenedStore, StoreDoor
from matcher_ui.theme import Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field


class UnlockPage(Part):
    """``opened`` carries the `OpenedStore`; ``another`` and ``new`` ask for a different one."""

    opened = Signal(object)
    another = Signal()
    new = Signal()

    def __init__(self, theme: Theme, door: StoreDoor, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._door = door
        self._path = Path()
        self._column = GateColumn(theme, "Matcher", "Your passphrase, or the twelve recovery words.", icon="lock")
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(theme, "Passphrase", self.passphrase)
        self.show_typed = QCheckBox("Show what I type")
        self.open_button = Button(theme, "Open", "main", tall=True)
        self.trouble = Banner(theme, "stop")
        self._lay_out()
        self.passphrase.returnPressed.connect(self.submit)
        self.passphrase.textEdited.connect(self._calm_down)
        self.show_typed.toggled.connect(self._show_typed)
        self.open_button.clicked.connect(self.submit)

    def show_store(self, path: Path) -> None:
        """Ask for the passphrase of the store at ``path``; a sample's is no secret and stands there already."""
        self._path = path
        self._column.title.setText(path.stem)
        known = published_passphrase(path)
        self._column.line.setText(
            "Made-up people to look around with. The passphrase is no secret: it is filled in."
            if known
            else "Your passphrase, or the twelve recovery words."
        )
        self.passphrase.setText(known or "")
        self.show_typed.setChecked(False)
        self._calm_down()
        self.set_busy("")
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Try what was typed."""
        if not self.open_button.isEnabled():
            return
        if not self.passphrase.text():
            self.field.set_state("wrong", "Type your passphrase first.")
            return
        self._calm_down()
        self.set_busy("Opening…")
        self._door.open(self._path, self.passphrase.text(), self._opened, self._failed)

    def set_busy(self, words: str) -> None:
        """Wait, saying why in the button; an empty text ends the waiting."""
        self.open_button.setText(words or "Open")
        self.open_button.set_unavailable(words or None)
        self.passphrase.setReadOnly(bool(words))
        self.open_button.updateGeometry()

    def show_trouble(self, error: UserError) -> None:
        """Say in place what went wrong."""
        self.trouble.set_message("stop", str(error))
        self.trouble.show()

    def _opened(self, opened: OpenedStore) -> None:
        self.passphrase.clear()
        self.set_busy("")
        self.opened.emit(opened)

    def _failed(self, error: UserError) -> None:
        self.set_busy("")
        if isinstance(error, WrongPassphraseError):
            self.field.set_state("wrong", str(error))
            self.passphrase.selectAll()
        else:
            self.show_trouble(error)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _calm_down(self) -> None:
        self.field.set_state("normal")
        self.trouble.hide()

    def _show_typed(self, on: bool) -> None:
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._column)
        foot = QHBoxLayout()
        foot.addWidget(self.show_typed)
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        ways = OtherWays(self.theme, (("another", "Open another store…"), ("new", "Start a new one")))
        ways.chosen.connect(lambda key: (self.another if key == "another" else self.new).emit())
        column = self._column.column
        column.addWidget(self.trouble)
        column.addWidget(self.field)
        column.addLayout(foot)
        self._column.add_gap(12)
        column.addWidget(ways)
