"""Three of the recovery words asked back, as on Today and in Settings."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.storage import RecoveryWords, confirm_recovery_words
from matcher_ui.theme import Space
from matcher_ui.typed import KEPT_NOWHERE
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.workspace import Workspace


class AskedWords(Part):
    """A field for the words and Check beside ``also``, the way out for who has them no more."""

    def __init__(self, workspace: Workspace, also: Button, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        self.typed = QLineEdit()
        self.typed.setProperty(KEPT_NOWHERE, True)
        self.field, self.check = Field(self.theme, "", self.typed), Button(self.theme, "Check")
        self._column, self._buttons = QVBoxLayout(self), FlowLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.field)
        for button in (self.check, also):
            self._buttons.addWidget(button)
        self._column.addLayout(self._buttons)
        self.check.clicked.connect(self.submit)
        self.typed.returnPressed.connect(self.submit)
        self.typed.textEdited.connect(lambda _text: self.field.set_state("normal"))
        self.retheme()

    def ask(self, known: RecoveryWords) -> None:
        """Say which of the words are asked for."""
        self.field.set_label(f"{asked_words(known)} of your sheet")

    def submit(self) -> None:
        """Compare what was typed, in the background."""
        typed = self.typed.text()
        if not typed.strip():
            self.say("Type the words asked for, with a space between.")
            return

        def done(right: bool) -> None:
            if right:
                self.typed.clear()
                self._workspace.say("Those are the words. Keep the sheet where it is.")
            else:
                self.say("Those are not the words. Look at the sheet again, or make new ones.")

        def failed(error: UserError) -> None:
            self.say(str(error))

        self._workspace.write(
            lambda store, _progress: confirm_recovery_words(store, typed), done, what="Checking", on_failed=failed
        )

    def say(self, words: str) -> None:
        """Say at the field what is wrong."""
        self.field.set_state("wrong", words)

    def retheme(self) -> None:
        super().retheme()
        self._column.setSpacing(self.theme.px(Space.M))
        self._buttons.setSpacing(self.theme.px(Space.M))


def asked_words(known: RecoveryWords) -> str:
    """“Words 3, 7 and 11”."""
    numbers = [str(number) for number in known.asked]
    if len(numbers) > 3:
        return f"All {len(numbers)} words, in order"
    return f"Words {', '.join(numbers[:-1])} and {numbers[-1]}"
