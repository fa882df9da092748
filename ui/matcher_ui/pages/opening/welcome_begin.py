"""First step of the welcome: the organisation's name and a passphrase; or the sample; or another store."""

from typing import cast

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from matcher.errors import UserError
from matcher_ui.pages.opening.gate import GateColumn, OtherWays
from matcher_ui.strength import Level, strength_of
from matcher_ui.theme import Theme
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.paint import rounded, smooth

_STEPS: dict[Level, tuple[int, str]] = {
    "empty": (0, "rest"), "weak": (1, "stop"), "fair": (2, "care"), "good": (3, "good"), "strong": (4, "good"),
}  # fmt: skip


class StrengthBar(Part):
    """Four steps beside the words about a passphrase; the words say the same."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._level: Level = "empty"

    def set_level(self, level: Level) -> None:
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), self.theme.px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, gap = smooth(self), self.theme.px(4)
        filled, token = _STEPS[self._level]
        width = (self.width() - 3 * gap) // 4
        for step in range(4):
            box = QRect(step * (width + gap), 0, width, self.height())
            rounded(painter, box, self.height() / 2, self.theme.color(token if step < filled else "rest"))
        painter.end()


class BeginStep(GateColumn):
    """``asked`` carries the name and the passphrase, once both are fine."""

    asked = Signal(str, str)
    sample = Signal()
    another = Signal()
    backup = Signal()
    guide = Signal()
    folder = Signal()
    named = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            "Welcome to Matcher",
            "Everything stays on this computer, under a passphrase that only you know.",
            parent=parent,
        )
        self.name, self.first, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        self.name_field = Field(theme, "Your organisation’s name", self.name)
        self.first_field = Field(theme, "Passphrase", self.first, "There is no account to reset it with")
        self.second_field = Field(theme, "The passphrase again", self.second)
        self.bar = StrengthBar(theme)
        self.strength = Label(theme, "", "hint", "ink2", wrap=True)
        self.show_typed = QCheckBox("Show what I type")
        self.trouble = Banner(theme, "stop")
        self.make = Button(theme, "Make my store", "main", tall=True)
        self._path = ElidedLabel(theme, "", "hint", "ink2")
        self._change = Button(theme, "Change…", "link")
        self._change.setAccessibleName("Change where the store is kept")
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def organisation(self) -> str:
        return self.name.text().strip()

    def clear(self) -> None:
        """Empty every field."""
        for line in (self.name, self.first, self.second):
            line.clear()
        self.show_typed.setChecked(False)
        self.set_busy("")
        self._calm_down()
        self._judge()

    def show_path(self, short: str, whole: str) -> None:
        """Say where the store will be."""
        self._path.setText(f"Kept in {short}")
        self._path.setToolTip(whole)

    def set_busy(self, words: str) -> None:
        """Wait, saying why in the button; an empty text ends the waiting."""
        self.make.setText(words or "Make my store")
        self.make.set_unavailable(words or None)
        self.make.updateGeometry()
        for piece in (self.name, self.first, self.second):
            piece.setReadOnly(bool(words))

    def show_trouble(self, error: UserError) -> None:
        """Say in place what went wrong."""
        self.set_busy("")
        self.trouble.set_message("stop", str(error))
        self.trouble.show()

    def submit(self) -> None:
        """Check the fields one by one, and ask for the store when all are fine."""
        self._calm_down()
        if not self.make.isEnabled():
            return
        if not self.organisation:
            self._wrong(self.name_field, "Write the name your members know.")
        elif not self.first.text():
            self._wrong(self.first_field, "Choose a passphrase.")
        elif self.first.text() != self.second.text():
            self._wrong(self.second_field, "The two are not the same.")
        else:
            self.asked.emit(self.organisation, self.first.text())

    def _wrong(self, field: Field, words: str) -> None:
        field.set_state("wrong", words)
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(field)

    def _calm_down(self) -> None:
        self.trouble.hide()
        for field in (self.name_field, self.first_field, self.second_field):
            if field.state != "normal":
                field.set_state("normal")

    def _judge(self) -> None:
        found = strength_of(self.first.text(), self.organisation)
        self.bar.set_level(found.level)
        self.strength.setText(found.words)

    def _show_typed(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.second.setEchoMode(mode)

    def _connect(self) -> None:
        self._show_typed(False)
        self.show_typed.toggled.connect(self._show_typed)
        self.first.textChanged.connect(self._judge)
        self.name.textChanged.connect(self._judge)
        self.name.textChanged.connect(self.named)
        for line in (self.name, self.first, self.second):
            line.textEdited.connect(self._calm_down)
            line.returnPressed.connect(self.submit)
        self.make.clicked.connect(self.submit)
        self._change.clicked.connect(self.folder)

    def _lay_out(self) -> None:
        where, foot = QHBoxLayout(), QHBoxLayout()
        where.addWidget(self._path)
        where.addWidget(self._change)
        where.addStretch(1)
        foot.addWidget(self.show_typed)
        foot.addStretch(1)
        foot.addWidget(self.make)
        ways = OtherWays(
            self.theme, (("sample", "Look around with sample data"), ("another", "Open a store I have…"))
        )
        moved = OtherWays(
            self.theme, (("backup", "I have a backup from another computer…"), ("guide", "The guide"))
        )
        for links in (ways, moved):
            links.chosen.connect(self._go_another_way)
        column = self.column
        for piece in (
            self.trouble, self.name_field, self.first_field, self.bar, self.strength, self.second_field
        ):  # fmt: skip
            column.addWidget(cast(QWidget, piece))
        column.addLayout(where)
        column.addLayout(foot)
        self.add_gap(12)
        column.addWidget(ways)
        column.addWidget(moved)

    def _go_another_way(self, key: str) -> None:
        asked = {"sample": self.sample, "another": self.another, "backup": self.backup, "guide": self.guide}
        asked[key].emit()
