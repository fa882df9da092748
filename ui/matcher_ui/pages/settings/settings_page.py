"""Settings: the organisation, rest between asks, how the window looks, the passphrase, backups."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from matcher import __version__
from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import Settings, read_settings, save_settings
from matcher.storage.store import Store
from matcher_ui.pages.page import Page
from matcher_ui.pages.settings.backups import BackupsSection
from matcher_ui.pages.settings.checklists import ChecklistsSection
from matcher_ui.pages.settings.letters import LettersSection
from matcher_ui.pages.settings.lock import LockSection
from matcher_ui.pages.settings.look import LookSection
from matcher_ui.pages.settings.messages import MessagesSection
from matcher_ui.pages.settings.move import MoveSection
from matcher_ui.pages.settings.pack import PackSection
from matcher_ui.pages.settings.recovery import RecoverySection
from matcher_ui.pages.settings.retention import RetentionSection
from matcher_ui.pages.settings.scroll import SectionScroll
from matcher_ui.pages.settings.secret import SecretSection
from matcher_ui.pages.settings.wording import WordingSection
from matcher_ui.settings_sections import EXPLAINED, SECTIONS, TITLES
from matcher_ui.theme import Space
from matcher_ui.typed import type_again, typed_in
from matcher_ui.widgets.beside import Beside
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Hairline
from matcher_ui.widgets.fields import Field, prepare
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.widgets.what_is_this import Explained
from matcher_ui.workspace import Place, Workspace

WIDTH = 640
ABOUT = (
    f"Matcher {__version__}. Free software under the MIT licence; the typeface is Inter (SIL Open Font Licence), "
    "towns come from GeoNames (CC BY 4.0). Nothing you keep here leaves this computer unless you send it."
)


_COLUMN = (
    ("wording", "Wordings"), ("messages", "Messages to members"), ("letters", "Letters to those who ask"),
    ("checklists", "Checklists"), ("look", "How the window looks"), ("secret", "Passphrase"),
    ("recovery", "Recovery words"), ("lock", "Locking"), ("backups", "Backups"),
    ("moving", "Move to a new computer"), ("retention", "How long things are kept"), ("", "Rights & complaints"),
    ("pack", "Data-protection papers"),
)  # fmt: skip
"""The sections below the organisation: its name here, and its title; of rights only the way to the list."""
_TYPED_INTO = ("wording", "letters", "messages", "checklists", "retention", "pack")

S = TypeVar("S", bound=QWidget)


@runtime_checkable
class Reading(Protocol):
    """A section that shows what stands in the store."""

    def refresh(self) -> None: ...


class SettingsPage(Page):
    """One column of sections; what changes the network is saved with one button, the look changes at once.

    All sections together take too long to build in one piece: each is built in its room when its turn comes, or
    when somebody asks for it.
    """

    LATER = tuple(name for name, _title in _COLUMN if name)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        theme = self.theme
        self._kept: Settings | None = None
        self._titles: dict[str, QWidget] = {}
        self._header, self.go_to = PageHeader(theme, "Settings"), QComboBox()
        self.go_to.setAccessibleName("Go to a part of the settings")
        self.go_to.setPlaceholderText("Go to…")
        for tab, title, _more in SECTIONS:
            self.go_to.addItem(title, tab)
        self.go_to.setCurrentIndex(-1)
        self.go_to.setMaxVisibleItems(len(SECTIONS))
        prepare(theme, self.go_to)
        self._header.add_action(self.go_to)
        self.organisation, self.signer = QLineEdit(), QLineEdit()
        self.rest_ask, self.rest_part = _number(0, 730, " days"), _number(0, 730, " days")
        self.most_asks, self.by_lot = _number(1, 365, " asks"), _number(0, 20, "")
        self.nudge = _number(1, 60, " days")
        self.save = Button(theme, "Save changes", "main", tall=True)
        self.name_field = Field(theme, "Organisation", self.organisation)
        self._lay_out()
        self._connect()
        self.retheme()

    @cached_property
    def wording(self) -> WordingSection:
        return self._put("wording", WordingSection(self.workspace))

    @cached_property
    def messages(self) -> MessagesSection:
        return self._put("messages", MessagesSection(self.workspace))

    @cached_property
    def letters(self) -> LettersSection:
        return self._put("letters", LettersSection(self.workspace))

    @cached_property
    def checklists(self) -> ChecklistsSection:
        return self._put("checklists", ChecklistsSection(self.workspace))

    @cached_property
    def look(self) -> LookSection:
        return self._put("look", LookSection(self.theme))

    @cached_property
    def secret(self) -> SecretSection:
        return self._put("secret", SecretSection(self.workspace))

    @cached_property
    def recovery(self) -> RecoverySection:
        return self._put("recovery", RecoverySection(self.workspace))

    @cached_property
    def lock(self) -> LockSection:
        return self._put("lock", LockSection(self.workspace))

    @cached_property
    def backups(self) -> BackupsSection:
        return self._put("backups", BackupsSection(self.workspace))

    @cached_property
    def moving(self) -> MoveSection:
        return self._put("moving", MoveSection(self.workspace))

    @cached_property
    def retention(self) -> RetentionSection:
        return self._put("retention", RetentionSection(self.workspace))

    @cached_property
    def pack(self) -> PackSection:
        return self._put("pack", PackSection(self.workspace))

    def _put(self, name: str, section: S) -> S:
        """A section in its room of the column; what it shows is read once the page was gone to."""
        self._rooms[name].addWidget(section)
        if self.place is not None and isinstance(section, Reading):
            section.refresh()
        return section

    def _build_soon(self) -> None:
        self.workspace.jobs.in_turn(self, self._build_rest)

    def _build_rest(self) -> None:
        """The sections one by one, each in a turn of its own; nothing is built or read behind a lock."""
        if self.isVisible() and not self.is_built:
            self.build_more()
            self._build_soon()

    def refresh(self) -> None:
        self.workspace.read("settings", read_settings, self.show_settings)
        for section in self._built(*self.LATER):
            if isinstance(section, Reading):
                section.refresh()

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._bring(place.tab)
        self._build_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.place is not None:
            self._build_soon()

    def _bring(self, tab: str) -> None:
        """Go to a part of the settings; an unknown one leaves the page where it is."""
        self._area.bring(self._titles.get(TITLES.get(tab, "")))

    def _go_to_chosen(self) -> None:
        self._bring(self.go_to.currentData())
        self.go_to.setCurrentIndex(-1)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set, unless she is changing it right now."""
        if self._settings_changed():
            return
        self._kept = settings
        self._show_typed(settings)

    def _show_typed(self, settings: Settings) -> None:
        self.organisation.setText(settings.organisation)
        self.signer.setText(settings.sender)
        self.rest_ask.setValue(settings.rest_after_ask_days)
        self.rest_part.setValue(settings.rest_after_part_days)
        self.most_asks.setValue(settings.most_asks_a_year)
        self.by_lot.setValue(settings.places_by_lot)
        self.nudge.setValue(settings.nudge_after_days)
        self._mark()

    def keeps_unsaved(self) -> str:
        settings = "your changes to the settings" if self._settings_changed() else ""
        sections = self._built(*_TYPED_INTO)
        return " and ".join(part for part in (settings, *(one.keeps_unsaved() for one in sections)) if part)

    def draft(self) -> dict[str, Any]:
        typed = {"settings": asdict(self._typed()) if self._settings_changed() else None}
        return typed | {
            "wording": self.wording.text.toPlainText() if self.wording.keeps_unsaved() else None,
            "letters": self.letters.changed_texts(), "messages": self.messages.changed_texts(),
            "checklist": self.checklists.changed_list(),
            "pack": self.pack.changed_texts(), "facts": typed_in(self.pack.facts),
            "retention": typed_in(self.retention),
        }  # fmt: skip

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft["settings"] is not None:
            self._show_typed(Settings(**draft["settings"]))
        if draft["wording"] is not None:
            self.wording.text.setPlainText(draft["wording"])
        self.letters.take_changed(draft["letters"])
        self.messages.take_changed(draft["messages"])
        self.checklists.take_changed(draft["checklist"])
        self.pack.take_changed(draft["pack"])
        type_again(self.pack.facts, draft["facts"])
        type_again(self.retention, draft["retention"])

    def submit(self) -> None:
        """Save what was changed."""
        settings = self._typed()
        if not settings.organisation:
            self.name_field.set_state("wrong", "Write the name your members know.")
            return

        def verb(store: Store, _progress: Progress) -> int | None:
            return save_settings(store, settings)

        def done(batch: int | None) -> None:
            self._kept = settings
            self._mark()
            self.workspace.say("Settings saved.", batch)

        self.save.set_unavailable("Saving…")
        self.workspace.write(verb, done, what="Saving settings", on_failed=self._failed)

    def retheme(self) -> None:
        super().retheme()
        if hasattr(self, "_body"):
            px = self.theme.px
            self._outer.setContentsMargins(0, px(Space.PAGE), 0, 0)
            self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
            self._outer.setSpacing(px(Space.L))
            self._body.setMaximumWidth(px(24 + WIDTH))
            self._column.setContentsMargins(px(Space.PAGE), 0, px(Space.L), px(Space.XL))
            self._column.setSpacing(px(Space.L))

    def _typed(self) -> Settings:
        return Settings(
            self.organisation.text().strip(), self.signer.text().strip(),
            self.rest_ask.value(), self.rest_part.value(), self.most_asks.value(), self.by_lot.value(),
            self.nudge.value(),
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self._mark()
        self.name_field.set_state("wrong", str(error))

    def _mark(self) -> None:
        self.name_field.set_state("normal")
        self.save.set_unavailable(None if self._settings_changed() else "Nothing was changed")

    def _settings_changed(self) -> bool:
        return self._kept is not None and self._typed() != self._kept

    def _connect(self) -> None:
        for line in (self.organisation, self.signer):
            line.textChanged.connect(self._mark)
            line.returnPressed.connect(self.save.click)
        for number in (self.rest_ask, self.rest_part, self.most_asks, self.by_lot, self.nudge):
            number.valueChanged.connect(self._mark)
        self.save.clicked.connect(self.submit)
        save_by_key(self.save, self)
        self.go_to.activated.connect(self._go_to_chosen)

    def _lay_out(self) -> None:
        theme = self.theme
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        sender = Field(theme, "Who signs the messages", self.signer, "Stands under every ask")
        self._section("Your organisation", (Beside(theme, (self.name_field, sender), 240),))
        rests = (
            Field(theme, "Rest after being asked", self.rest_ask),
            Field(theme, "Rest after taking part", self.rest_part),
            Field(theme, "Most in a year", self.most_asks),
            Field(theme, "Ask once more after", self.nudge),
        )
        hint = "Nobody is suggested while they rest; you can still ask someone, with a reason."
        self._section(
            "Rest between asks",
            (
                Beside(theme, rests[:2], 184),
                Beside(theme, rests[2:], 184),
                Label(theme, hint, "second", "ink2", wrap=True),
            ),
        )
        lots = Field(theme, "Places of a list by lot", self.by_lot)
        fair = "So that it is not always the same few: one place is usual, and a list can have its own number."
        self._section(
            "Lists", (Beside(theme, (lots, QWidget()), 184), Label(theme, fair, "second", "ink2", wrap=True))
        )
        self._column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(Hairline(theme))
        self._rooms: dict[str, QVBoxLayout] = {}
        for name, title in _COLUMN:
            if name:
                self._room(name, title)
            else:
                self._section(title, (self._rights_row(),))
            self._column.addWidget(Hairline(theme))
        self._section("About", (Label(theme, ABOUT, "second_running", "ink2", wrap=True),))
        self._column.addStretch(1)
        self._area = SectionScroll(self._body, lambda: self.is_built)
        self._outer = QVBoxLayout(self)
        self._head = QVBoxLayout()
        self._head.addWidget(self._header)
        self._outer.addLayout(self._head)
        self._outer.addWidget(self._area, 1)

    def _rights_row(self) -> QWidget:
        words = "Who asked to see, correct or delete what you hold on them, or complained, and by when to answer."
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(self.theme.px(Space.M))
        self.rights = Button(self.theme, "Open the list")
        self.rights.setAccessibleName("Open rights & complaints")
        self.rights.clicked.connect(lambda: self.workspace.go(Place("rights")))
        box.addWidget(Label(self.theme, words, "second", "ink2", wrap=True), 1)
        box.addWidget(self.rights, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _room(self, name: str, title: str) -> None:
        """Where a section will stand."""
        self._section(title, ())
        self._rooms[name] = QVBoxLayout()
        self._column.addLayout(self._rooms[name])

    def _section(self, title: str, parts: Sequence[QWidget]) -> None:
        label = self._titles[title] = Label(self.theme, title, "section")
        about = EXPLAINED.get(title)
        self._column.addWidget(Explained(self.theme, label, about) if about else label)
        for part in parts:
            self._column.addWidget(part)


def _number(lowest: int, highest: int, unit: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(lowest, highest)
    box.setSuffix(unit)
    return box
