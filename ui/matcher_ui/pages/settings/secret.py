"""Changing the passphrase; a sample's is no secret and stays."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import WrongPassphraseError, published_passphrase, replace_passphrase
from matcher.storage.store import Store
from matcher_ui.strength import strength_of
from matcher_ui.theme import Space
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

STAY = "In place of the present passphrase the recovery words will do. They stay the same."


class SecretSection(Part):
    """The present passphrase, the new one twice, and what went wrong beside the field it is about."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        self.current, self.first, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        theme = self.theme
        self.current_field = Field(theme, "Present passphrase", self.current)
        self.first_field = Field(theme, "New passphrase", self.first)
        self.second_field = Field(theme, "The new one again", self.second)
        self._words = Label(theme, STAY, "second", "ink2", wrap=True)
        self.change = Button(theme, "Change the passphrase")
        self._column = QVBoxLayout(self)
        self._fields = Beside(theme, (self.current_field, self.first_field, self.second_field), 184)
        self._column.addWidget(self._fields)
        self._column.addWidget(self._words)
        foot = QHBoxLayout()
        foot.addWidget(self.change)
        foot.addStretch(1)
        self._column.addLayout(foot)
        for line in (self.current, self.first, self.second):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textEdited.connect(self._calm_down)
            line.returnPressed.connect(self.submit)
        self.first.textChanged.connect(self._judge)
        self.change.clicked.connect(self.submit)
        known = published_passphrase(workspace.store.path)
        if known:
            self._show_sample(known)
        self.retheme()

    def submit(self) -> None:
        """Check the fields, then change it in the background."""
        self._calm_down()
        if not self.first.text():
            self.first_field.set_state("wrong", "Choose a new one.")
        elif self.first.text() != self.second.text():
            self.second_field.set_state("wrong", "The two are not the same.")
        else:
            current, new = self.current.text(), self.first.text()

            def verb(store: Store, _progress: Progress) -> None:
                replace_passphrase(store, current, new)

            self.change.set_unavailable("Changing…")
            self._workspace.write(verb, self._done, what="Changing the passphrase", on_failed=self._failed)

    def retheme(self) -> None:
        super().retheme()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self.theme.px(Space.M))

    def _done(self, _none: None) -> None:
        for line in (self.current, self.first, self.second):
            line.clear()
        self._calm_down()
        self._workspace.say("The passphrase was changed.")

    def _failed(self, error: UserError) -> None:
        self._calm_down()
        words = "That is not the present passphrase." if isinstance(error, WrongPassphraseError) else str(error)
        self.current_field.set_state("wrong", words)

    def _calm_down(self) -> None:
        self.change.set_unavailable(None)
        for field in (self.current_field, self.first_field, self.second_field):
            if field.state != "normal":
                field.set_state("normal")

    def _judge(self) -> None:
        typed = self.first.text()
        self._words.setText(strength_of(typed).words if typed else STAY)

    def _show_sample(self, known: str) -> None:
        for part in (self._fields, self.change):
            part.hide()
        self._words.setText(f"This is the sample: its people are made up, and its passphrase is no secret: {known}")
