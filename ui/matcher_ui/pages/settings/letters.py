"""Letters: the text of each answer to a requester, to be put into her own words."""

from PySide6.QtWidgets import QWidget

from matcher.model import LetterKind
from matcher.storage.store import Store
from matcher.triage import WORDS, letter_texts, save_letter_text, usual_text
from matcher_ui.pages.settings.texts import TextsSection
from matcher_ui.triage_words import LETTERS
from matcher_ui.widgets.choices import Segmented
from matcher_ui.workspace import Workspace

HINT = (
    "What Matcher writes to those who ask. Words in curly brackets are filled in for each request; what begins "
    "with “{if” is written only where that is known, “{for each” writes a list. Everything else is yours."
)


class LettersSection(TextsSection):
    """One letter at a time."""

    one = "letter"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        named = [(kind.value, words) for kind, words in LETTERS.items()]
        self.kinds = Segmented(workspace.theme, "Letter", named)
        super().__init__(workspace, self.kinds, HINT, WORDS, parent)
        self.kinds.chosen.connect(lambda _key: self.show_chosen())

    @property
    def key(self) -> str:
        return self.kinds.current

    @property
    def kind(self) -> LetterKind:
        """The letter shown."""
        return LetterKind(self.key)

    def choose(self, key: str) -> None:
        self.kinds.set_current(key)

    def read_texts(self, store: Store) -> dict[str, str]:
        return {kind.value: words for kind, words in letter_texts(store).items()}

    def save_text(self, store: Store, key: str, text: str | None) -> int | None:
        return save_letter_text(store, LetterKind(key), text)

    def usual_text(self, key: str) -> str:
        return usual_text(LetterKind(key))
