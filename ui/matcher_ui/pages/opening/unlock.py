"""The store is locked: its passphrase, or its recovery words, opens it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher import clock
from matcher.errors import DamagedError, UserError
from matcher.storage import WrongPassphraseError, backups_at, name_of, published_passphrase
from matcher_ui.dates import moment_words
from matcher_ui.pages.opening.gate import GateColumn, OtherWays
from matcher_ui.store_door import OpenedStore, StoreDoor
from matcher_ui.theme import Theme
from matcher_ui.widgets.asking import Asking
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field

LINE = "Your passphrase, or the twelve recovery words."
LINE_OF_SAMPLE = "Made-up people to look around with. The passphrase is filled in."
LINE_OF_BACKUP = "The passphrase you use on the other computer, or its recovery words."
RESCUE = "What was done after it is lost; every no and every erasure stays, and the damaged store is kept aside."


class UnlockPage(Part):
    """``opened`` carries the `OpenedStore`; ``another`` and ``new`` ask for a different one, ``guide`` for help.

    Escape takes back what was typed.
    """

    opened = Signal(object)
    another = Signal()
    new = Signal()
    guide = Signal()

    def __init__(self, theme: Theme, door: StoreDoor, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._door = door
        self._path, self._file = Path(), Path()
        self._column = GateColumn(theme, "Matcher", LINE, icon="lock")
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = Field(theme, "Passphrase", self.passphrase)
        self.show_typed = QCheckBox("Show what I type")
        self.open_button = Button(theme, "Open", "main", tall=True)
        self.trouble = Asking(theme, "stop")
        self.rescue = self.trouble.add_action("rescue", "Put the newest backup back")
        self._lay_out()
        self.passphrase.returnPressed.connect(self.submit)
        self.passphrase.textEdited.connect(self._calm_down)
        self.show_typed.toggled.connect(self._show_typed)
        self.open_button.clicked.connect(self.submit)
        self.trouble.acted.connect(lambda _key: self._rescue())

    def show_store(self, path: Path) -> None:
        """Ask for the passphrase of the store at ``path``; a sample's is no secret and stands there already."""
        known = published_passphrase(path)
        self._path = path
        self._show(path.stem, LINE_OF_SAMPLE if known else LINE, known or "")

    def show_backup(self, file: Path) -> None:
        """Ask for the passphrase of the store in a backup from another computer."""
        self._show(name_of(file), f"From “{file.name}”. {LINE_OF_BACKUP}", "")
        self._file = file

    def _show(self, title: str, line: str, typed: str) -> None:
        self._file = Path()
        self._column.title.setText(title)
        self._column.line.setText(line)
        self.passphrase.setText(typed)
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
        if self._file.name:
            self._door.open_backup(self._file, self.passphrase.text(), self._opened, self._failed)
        else:
            self._door.open(self._path, self.passphrase.text(), self._opened, self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.open_button.isEnabled():
            self.passphrase.clear()
            self._calm_down()
        else:
            super().keyPressEvent(event)

    def set_busy(self, words: str) -> None:
        """Wait, saying why in the button; an empty text ends the waiting."""
        self.open_button.setText(words or "Open")
        self.open_button.set_unavailable(words or None)
        self.passphrase.setReadOnly(bool(words))
        self.open_button.updateGeometry()

    def show_trouble(self, error: UserError) -> None:
        """Say in place what went wrong; a damaged store offers the newest backup, and says what that means."""
        newest = next(iter(backups_at(self._path)), None) if isinstance(error, DamagedError) else None
        words = str(error)
        if newest is not None and not self._file.name:
            made = moment_words(newest.made_at, clock.today())
            words = f"{error.what} The newest backup was made {made}. {RESCUE}"
        self.rescue.setVisible(newest is not None and not self._file.name)
        self.trouble.show()
        self.trouble.set_message("stop", words)

    def not_remembered(self, error: UserError) -> None:
        """The keyring did not open it: ask as usual."""
        self._failed(error)

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

    def _rescue(self) -> None:
        self._calm_down()
        self.set_busy("Putting it back…")
        self._door.put_back_newest(self._path, self.passphrase.text(), self._opened, self._failed)

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
        words = (("another", "Open another store…"), ("new", "Start a new one"), ("guide", "The guide"))
        ways = OtherWays(self.theme, words)
        asked = {"another": self.another, "new": self.new, "guide": self.guide}
        ways.chosen.connect(lambda key: asked[key].emit())
        column = self._column.column
        column.addWidget(self.trouble)
        column.addWidget(self.field)
        column.addLayout(foot)
        self._column.add_gap(12)
        column.addWidget(ways)
