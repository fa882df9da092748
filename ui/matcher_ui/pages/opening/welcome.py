"""The first start: whose network this is, a passphrase, the recovery words, and where to begin."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.storage import SUFFIX
from matcher_ui.incoming import place_for
from matcher_ui.pages.opening.welcome_begin import BeginStep
from matcher_ui.pages.opening.welcome_next import NextStep
from matcher_ui.pages.opening.welcome_words import WordsStep
from matcher_ui.store_door import OpenedStore, StoreDoor, store_path
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part
from matcher_ui.workspace import Place


class WelcomePage(Part):
    """Three steps. ``opened`` carries the `OpenedStore` and the `Place` to go to; ``another`` asks for a store
    she has already, ``backup`` for one on another computer, ``guide`` for the guide."""

    opened = Signal(object, object)
    another = Signal()
    backup = Signal()
    guide = Signal()

    def __init__(self, theme: Theme, door: StoreDoor, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._door = door
        self._folder: Path | None = None
        self._made: OpenedStore | None = None
        self.begin, self.words, self.next = BeginStep(theme), WordsStep(theme), NextStep(theme)
        self.steps = QStackedWidget()
        for step in (self.begin, self.words, self.next):
            self.steps.addWidget(step)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.steps)
        self.begin.asked.connect(self._create)
        self.begin.sample.connect(self._sample)
        self.begin.another.connect(self.another)
        self.begin.backup.connect(self.backup)
        self.begin.guide.connect(self.guide)
        self.begin.folder.connect(self._choose_folder)
        self.begin.named.connect(self._show_path)
        self.words.written.connect(lambda: self.steps.setCurrentWidget(self.next))
        self.next.chosen.connect(self._go_on)
        self._show_path()

    @property
    def made(self) -> OpenedStore | None:
        """The store made here that is not yet gone on with."""
        return self._made

    @property
    def is_ready(self) -> bool:
        """Whether a store was made and waits for what it begins with."""
        return self._made is not None and self.steps.currentWidget() is self.next

    def start_again(self) -> None:
        """Show the first step, empty."""
        self._made = None
        self.begin.clear()
        self._show_path()
        self.steps.setCurrentWidget(self.begin)

    def take(self, data: QMimeData) -> None:
        """Begin with what was dropped or pasted, once the store is there."""
        if self._made is not None and self.is_ready:
            try:
                place = place_for(data)
            except UserError as error:
                self.next.show_trouble(str(error))
            else:
                if place is not None:
                    self._finish(self._made, place)

    def _create(self, organisation: str, passphrase: str) -> None:
        self.begin.set_busy("Making your store…")
        path = store_path(organisation, self._folder)
        self._door.create(path, organisation, passphrase, self._created, self.begin.show_trouble)

    def _created(self, opened: OpenedStore) -> None:
        self._made = opened
        self.begin.clear()
        self.words.show_words(opened.recovery_words, opened.settings.organisation)
        self.steps.setCurrentWidget(self.words)

    def _sample(self) -> None:
        self.begin.set_busy("Making up a network…")
        self._door.sample(lambda opened: self._finish(opened, Place("today")), self.begin.show_trouble)

    def _go_on(self, key: str) -> None:
        if self._made is None:
            return
        if key == "sample":
            made, self._made = self._made, None
            self._door.close(made.store, lambda _kept: self._sample_instead())
        else:
            places = {"import": Place("import"), "log": Place("log")}
            self._finish(self._made, places.get(key, Place("today")))

    def _sample_instead(self) -> None:
        self.steps.setCurrentWidget(self.begin)
        self._sample()

    def _finish(self, opened: OpenedStore, place: Place) -> None:
        self._made = None
        self.begin.set_busy("")
        self.opened.emit(opened, place)

    def _choose_folder(self) -> None:
        start = store_path(self.begin.organisation, self._folder).parent
        chosen = QFileDialog.getExistingDirectory(self, "Where to keep your store", str(start))
        if chosen:
            self._folder = Path(chosen)
            self._show_path()

    def _show_path(self) -> None:
        path = store_path(self.begin.organisation or "Your network", self._folder)
        self.begin.show_path(f"{path.parent.name} / {path.name.removesuffix(SUFFIX)}", str(path))
