"""When the window locks by itself, and whether this computer remembers the store."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import forget_keys, is_remembered, published_passphrase, remember_keys, why_not_remembered
from matcher.storage.store import Store
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

MINUTES = (5, 15, 30, 60)
LOCKS = "Left alone for so long, the window is cleared and locked. What you were typing is kept, encrypted."
REMEMBERED = (
    "When Matcher starts it opens without asking, for whoever is signed in to this computer as you. After a lock "
    "it still asks. The system’s own keyring keeps the key."
)


class LockSection(Part):
    """Minutes until it locks; the keyring is asked only when this is shown, and where there is none it says why."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        choices = [(str(minutes), f"{minutes} minutes") for minutes in MINUTES]
        self.minutes = Segmented(theme, "Lock after", choices)
        self.minutes.set_current(str(workspace.lock_minutes))
        self.remember = QCheckBox("Remember on this computer")
        self._why = Label(theme, REMEMBERED, "second", "ink2", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(Label(theme, LOCKS, "second", "ink2", wrap=True))
        self._column.addWidget(self.minutes, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.remember)
        self._column.addWidget(self._why)
        if published_passphrase(workspace.store.path):
            self.remember.hide()
            self._why.hide()
        self.minutes.chosen.connect(lambda key: workspace.lock_after.emit(int(key)))
        self.remember.clicked.connect(self._remember)
        self.retheme()

    def refresh(self) -> None:
        """Ask, in the background, whether there is a keyring."""
        if not published_passphrase(self._workspace.store.path):
            self._workspace.read(
                "settings.keyring", lambda store: (why_not_remembered(), is_remembered(store.path)), self.show_state
            )

    def show_state(self, found: tuple[str, bool]) -> None:
        """Show whether it is remembered, or why it cannot be."""
        why_not, remembered = found
        self.remember.setEnabled(not why_not or remembered)
        self.remember.setChecked(remembered)
        self._why.setText(why_not or REMEMBERED)
        self.remember.setAccessibleDescription(self._why.text())

    def retheme(self) -> None:
        super().retheme()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(Space.M))

    def _remember(self, on: bool) -> None:
        def verb(store: Store, _progress: Progress) -> bool:
            if on:
                remember_keys(store)
            else:
                forget_keys(store.path)
            return is_remembered(store.path)

        def done(remembered: bool) -> None:
            self.remember.setChecked(remembered)
            self._workspace.say("Remembered on this computer." if remembered else "Forgotten on this computer.")

        def failed(error: UserError) -> None:
            self.remember.setChecked(not on)
            self._why.setText(str(error))

        self._workspace.write(verb, done, what="Asking the keyring", on_failed=failed)
