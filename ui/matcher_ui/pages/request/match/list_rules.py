"""What a list has to keep: rules as sentences, how many people, how many of them by lot."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.fields import Field, prepare
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.sentence_list import Entry, SentenceList
from matcher_ui.widgets.what_is_this import WhatIsThis

EXAMPLES = (
    "At least 3 regions",
    "At least 2 kinds of employer",
    "At least 2 never asked before",
    "At least 2 with 10 or more years",
    "At least 2 with less than 3 years",
    "At least 1 from Wales",
    "No more than 2 from one employer",
    "No more than 2 from one employer type",
    "No more than 3 from one region",
    "Nobody from London",
)


class RuleEntry(Entry):
    """A rule in a sentence of her own, or one of the usual ones to begin with."""

    def __init__(self, theme: Theme, rule: str | None) -> None:
        super().__init__(theme)
        self.rule = QComboBox()
        self.rule.setEditable(True)
        self.rule.addItems(EXAMPLES)
        self.rule.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rule.setMinimumContentsLength(12)
        self.rule.setCurrentText(rule or EXAMPLES[0])
        prepare(theme, self.rule)
        self._field = Field(theme, "Rule", self.rule, "Choose one, or write your own")
        column, px = QVBoxLayout(self), theme.px
        column.setContentsMargins(px(Space.S), px(Space.S), px(Space.S), px(Space.S))
        column.setSpacing(px(Space.S))
        column.addWidget(self._field)
        column.addLayout(self.buttons(self.accept, new=rule is None))
        line = self.rule.lineEdit()
        if line is not None:
            line.returnPressed.connect(self.accept)
        self.setFocusProxy(self.rule)

    def accept(self) -> None:
        """Hand over the sentence."""
        words = self.rule.currentText().strip()
        if words:
            self.done.emit(words[:1].upper() + words[1:])
        else:
            self._field.set_state("wrong", "Write a rule, or cancel")


class ListRules(Ground):
    """``changed`` fires when a rule or a number did; ``went_to_settings`` goes to rest and the most asks a year."""

    changed = Signal()
    went_to_settings = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "panel", line_above=True, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.rules = SentenceList(
            theme, "Rules for the list", str, lambda rule: RuleEntry(theme, rule), add="Add a rule"
        )
        self.people, self.lots = _number(theme, 1, 200), _number(theme, 0, 20)
        self.rest = Button(theme, "Rest, and most asks a year", "link")
        self._trouble = Label(theme, "", "second", "stop", wrap=True)
        self._lay_out()
        self._trouble.hide()
        self.rules.changed.connect(self.changed)
        for number in (self.people, self.lots):
            number.valueChanged.connect(lambda _value: self.changed.emit())
        self.rest.clicked.connect(self.went_to_settings)
        self.retheme()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The rules as she wrote them."""
        return tuple(self.rules.values())

    def show_wanted(self, people: int, lots: int, rules: Sequence[str]) -> None:
        """Show what a list is to be, without announcing it."""
        self.blockSignals(True)
        self.people.setValue(people)
        self.lots.setValue(lots)
        self.show_rules(rules)
        self.blockSignals(False)

    def take_share(self, switch: QWidget) -> None:
        """Have the switch for turns here, where there is no room for it elsewhere."""
        self._column.insertWidget(0, switch, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rules(self, rules: Sequence[str]) -> None:
        """Show other rules."""
        self.rules.show_values(tuple(rule[:1].upper() + rule[1:] for rule in rules))
        self.show_trouble("")

    def show_trouble(self, words: str) -> None:
        """Say below the rules what is wrong with them; nothing when empty."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    @property
    def trouble(self) -> str:
        """What is wrong with them; empty when nothing is."""
        return self._trouble.text()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.S))
        self._column.setSpacing(px(Space.S))
        self._numbers.setSpacing(px(Space.S))
        super().retheme()

    def _lay_out(self) -> None:
        theme = self.theme
        self._column = QVBoxLayout(self)
        self._numbers = FlowLayout()
        for words, number in (("People on the list", self.people), ("of them by lot", self.lots)):
            label = Label(theme, words, "second", "ink2")
            label.setBuddy(number)
            number.setAccessibleName(f"{words[:1].upper()}{words[1:]}")
            self._numbers.addWidget(_together(label, number))
        self._numbers.addWidget(WhatIsThis(theme, "lots"))
        self._numbers.addWidget(self.rest)
        self._column.addLayout(self._numbers)
        self._column.addWidget(Label(theme, "Rules for the list", "label", "ink2"))
        self._column.addWidget(self.rules)
        self._column.addWidget(self._trouble)


class ClashBar(Ground):
    """Rules that do not go together, with what works. ``chosen``: (the rule, what to put in its place, or "").

    ``left`` when she leaves it at that.
    """

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "stop_ground", line_above=True, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("These rules do not go together")
        self.ways: list[Button] = []
        self._words = Label(theme, "", "second", "stop", wrap=True)
        self._ways = FlowLayout()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._words)
        self._column.addLayout(self._ways)
        self.hide()
        self.retheme()

    @property
    def words(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def show_clash(self, reason: str, ways: Sequence[tuple[str, str]]) -> None:
        """Say why, and offer each way out: (the rule, what works in its place; "" to leave it out)."""
        self.clear()
        self._words.setText(f"No list was made. {reason}")
        for rule, works in ways:
            button = Button(self.theme, way_words(rule, works))
            button.clicked.connect(lambda _on=False, rule=rule, works=works: self.chosen.emit(rule, works))
            self._add(button)
        close = Button(self.theme, "Leave it", "quiet")
        close.clicked.connect(self.left)
        self._add(close)
        self.show()
        self.ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Close it."""
        for button in self.ways:
            self._ways.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.ways = []
        self.hide()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.PAGE), px(Space.S), px(Space.PAGE), px(Space.S))
        self._column.setSpacing(px(Space.S))
        self._ways.setSpacing(px(Space.S))
        super().retheme()

    def _add(self, button: Button) -> None:
        self.ways.append(button)
        self._ways.addWidget(button)


def way_words(rule: str, works: str) -> str:
    """“Ask for at least 2 regions instead”."""
    if not works:
        return f"Leave out “{rule}”"
    low = works[:1].lower() + works[1:]
    return (
        f"Ask for {low} instead" if low.startswith("at least") else f"Allow {low.replace('no more than', 'up to')}"
    )


def _number(theme: Theme, low: int, high: int) -> QSpinBox:
    number = QSpinBox()
    number.setRange(low, high)
    prepare(theme, number)
    return number


def _together(label: Label, number: QSpinBox) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    row.addWidget(number)
    return both
