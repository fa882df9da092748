"""Checklists: what is asked of a request before any member hears of it, audience by audience."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from matcher.model import Audience
from matcher.triage import CheckItem, Checklist, new_key, read_checklists, save_checklist, usual_checklists
from matcher_ui.brief_words import AUDIENCES
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import CardFrame
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.keyed import save_by_key
from matcher_ui.widgets.labels import Label
from matcher_ui.workspace import Workspace

HINT = "Put each question so that yes is good. What is not known, or no, is what your letter asks for."


class ItemCard(CardFrame):
    """One item to change; ``changed`` fires at every keystroke, ``moved`` carries -1 or 1, ``removed`` its end."""

    changed = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, theme: Theme, item: CheckItem, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._item = item
        self.short, self.question, self.ask, self.ask_no = (
            QLineEdit(words) for words in (item.short, item.question, item.ask, item.ask_no)
        )
        for line in (self.short, self.question, self.ask, self.ask_no):
            line.setCursorPosition(0)
            line.textChanged.connect(self.changed)
        self.must = QCheckBox("Must be answered before anybody is asked")
        self.must.setChecked(item.must)
        self.must.clicked.connect(self.changed)
        up, down = IconButton(theme, "chevron_up", "Move up"), IconButton(theme, "chevron_down", "Move down")
        away = IconButton(theme, "trash", f"Remove {item.short or 'this item'}")
        up.clicked.connect(lambda: self.moved.emit(-1))
        down.clicked.connect(lambda: self.moved.emit(1))
        away.clicked.connect(self.removed)
        self._column, self._head = QVBoxLayout(self), QHBoxLayout()
        self._head.addWidget(Field(theme, "Name", self.short), 1)
        for button in (up, down, away):
            self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(self._head)
        self._column.addWidget(Field(theme, "Question", self.question))
        self._column.addWidget(Field(theme, "Before I ask our members, I need …", self.ask))
        self._column.addWidget(Field(theme, "When the answer is no, I need …", self.ask_no, "May stay empty"))
        self._column.addWidget(self.must)
        self.retheme()

    def item(self) -> CheckItem:
        """The item as it stands on screen."""
        return replace(
            self._item, short=self.short.text().strip(), question=self.question.text().strip(),
            ask=self.ask.text().strip(), ask_no=self.ask_no.text().strip(), must=self.must.isChecked(),
        )  # fmt: skip

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.M))
        self._column.setSpacing(px(Space.S))
        self._head.setSpacing(px(Space.XS))
        super().retheme()


class ChecklistsSection(Part):
    """One audience at a time; what she is changing stays until it is saved or put back."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._kept: dict[Audience, Checklist] = {}
        self._audience = Audience.POLICY
        self.cards: list[ItemCard] = []
        self.audiences = Segmented(theme, "Checklist", [(one.value, words) for one, words in AUDIENCES.items()])
        self.add = Button(theme, "Add an item", "quiet", icon="plus")
        self.save = Button(theme, "Save this checklist")
        save_by_key(self.save, self)
        self.usual = Button(theme, "Put the usual list back", "quiet")
        self._trouble = Label(theme, "", "label", "stop", wrap=True)
        self._column, self._list, self._foot = QVBoxLayout(self), QVBoxLayout(), FlowLayout()
        self._lay_out()
        self.audiences.chosen.connect(self._choose)
        self.add.clicked.connect(self._add)
        self.save.clicked.connect(lambda: self._keep(self.items()))
        self.usual.clicked.connect(lambda: self._keep(None))
        self.retheme()

    def refresh(self) -> None:
        """Read the checklists, in the background."""
        self._workspace.read("settings.checklists", read_checklists, self.show_lists)

    def show_lists(self, lists: dict[Audience, Checklist]) -> None:
        """Show the lists; what she is changing stays."""
        typing = bool(self.keeps_unsaved())
        self._kept = lists
        if not typing:
            self._show(lists[self._audience])
        self._mark()

    def items(self) -> Checklist:
        """The list as it stands on screen."""
        return tuple(card.item() for card in self.cards)

    def keeps_unsaved(self) -> str:
        """What would be lost by leaving now."""
        changed = bool(self._kept) and self.items() != self._kept[self._audience]
        return "your change of a checklist" if changed else ""

    def changed_list(self) -> dict[str, Any] | None:
        """The list she changed, as plain values; None when she changed none."""
        items = [asdict(item) for item in self.items()]
        return {"audience": self._audience.value, "items": items} if self.keeps_unsaved() else None

    def take_changed(self, changed: dict[str, Any] | None) -> None:
        """Show a list as she had changed it before."""
        if changed is not None:
            self._audience = Audience(changed["audience"])
            self.audiences.set_current(self._audience.value)
            self._show([CheckItem(**item) for item in changed["items"]])
            self._mark()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.M))
        self._list.setSpacing(px(Space.S))
        self._foot.setSpacing(px(Space.S))
        super().retheme()

    def _choose(self, key: str) -> None:
        if self.keeps_unsaved():
            self.audiences.set_current(self._audience.value)
            self._say("Save this checklist first, or put the usual one back.")
            return
        self._audience = Audience(key)
        self._show(self._kept.get(self._audience, ()))
        self._mark()

    def _show(self, items: Sequence[CheckItem]) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(item) for item in items]
        for card in self.cards:
            self._list.addWidget(card)

    def _card(self, item: CheckItem) -> ItemCard:
        card = ItemCard(self.theme, item)
        card.changed.connect(self._mark)
        card.moved.connect(lambda step: self._move(card, step))
        card.removed.connect(lambda: self._remove(card))
        return card

    def _add(self) -> None:
        items = self.items()
        card = self._card(CheckItem(new_key(items), "", "", ""))
        self.cards.append(card)
        self._list.addWidget(card)
        card.short.setFocus(Qt.FocusReason.OtherFocusReason)
        self._mark()

    def _move(self, card: ItemCard, step: int) -> None:
        place = self.cards.index(card)
        target = place + step
        if 0 <= target < len(self.cards):
            self.cards.insert(target, self.cards.pop(place))
            self._list.insertWidget(target, card)
            self._mark()

    def _remove(self, card: ItemCard) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._mark()

    def _mark(self) -> None:
        self._say("")
        self.save.set_unavailable(None if self.keeps_unsaved() else "Nothing was changed")
        is_usual = self.items() == usual_checklists()[self._audience]
        self.usual.set_unavailable("This is the usual list" if is_usual else None)

    def _keep(self, items: Checklist | None) -> None:
        audience = self._audience

        def done(batch: int | None) -> None:
            if items is None:
                self._show(usual_checklists()[audience])
            self.refresh()
            self._workspace.say("Checklist saved." if items is not None else "The usual list is back.", batch)

        self._workspace.write(
            lambda store, _progress: save_checklist(store, audience, items), done, what="Saving the checklist",
            on_failed=lambda error: self._say(str(error)),
        )  # fmt: skip

    def _say(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def _lay_out(self) -> None:
        for button in (self.save, self.add, self.usual):
            self._foot.addWidget(button)
        self._column.addWidget(Label(self.theme, HINT, "second", "ink2", wrap=True))
        self._column.addWidget(self.audiences, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(self._list)
        self._column.addWidget(self._trouble)
        self._column.addLayout(self._foot)
