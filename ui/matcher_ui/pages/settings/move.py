"""Moving to a new computer, in three steps."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.storage import PACKED, backup_file_name, save_backup
from matcher_ui.dialogs.choose_file import choose_where
from matcher_ui.theme import Space
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

STEPS = (
    "Save everything as one file, on a stick or in a synced folder. Nobody can read it without your passphrase.",
    "Install Matcher on the new computer and bring the file there.",
    "Start Matcher there and choose “I have a backup from another computer”. Your passphrase opens it. From then "
    "on work on one of the two only: they do not know of each other.",
)


class MoveSection(Part):
    """The steps, with the button that saves the file at the first."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self.save = Button(theme, "Save the file…", icon="download")
        self.told = Banner(theme, "good")
        self._column = QVBoxLayout(self)
        self._rows = []
        for number, words in enumerate(STEPS, start=1):
            row = QHBoxLayout()
            row.addWidget(Label(theme, f"{number}", "number", "ink3"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(theme, words, "second", "ink2", wrap=True), 1)
            self._rows.append(row)
            self._column.addLayout(row)
            if number == 1:
                self._under = QVBoxLayout()
                self._under.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
                self._under.addWidget(self.told)
                self._column.addLayout(self._under)
        self.told.hide()
        self.save.clicked.connect(self._choose)
        self.retheme()

    def save_to(self, target: Path) -> None:
        """Back up and save it as one file, in the background."""

        def failed(error: UserError) -> None:
            self.save.set_unavailable(None)
            self._tell("stop", str(error))

        def done(_made_at: object) -> None:
            self.save.set_unavailable(None)
            self._tell("good", f"Saved and read back: “{target.name}”. Go on with step 2.")

        self.save.set_unavailable("Saving…")
        self._workspace.write(
            lambda store, _p: save_backup(store, target), done, what="Saving everything as one file",
            on_failed=failed,
        )  # fmt: skip

    def retheme(self) -> None:
        super().retheme()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(Space.M))
        self._under.setContentsMargins(self.theme.px(Space.PAGE), 0, 0, 0)
        for row in self._rows:
            row.setSpacing(self.theme.px(Space.M))

    def _tell(self, kind: str, words: str) -> None:
        self.told.show()
        self.told.set_message("stop" if kind == "stop" else "good", words)

    def _choose(self) -> None:
        name = choose_where(
            self, "Save everything as one file", backup_file_name(self._workspace.store), f"Backups (*{PACKED})"
        )
        if name:
            self.save_to(Path(name).with_suffix(PACKED) if not name.endswith(PACKED) else Path(name))
