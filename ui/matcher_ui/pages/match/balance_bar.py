"""Above the list: how far it counts whose turn it is, and under More the rules a list has to keep."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from matcher.matching.fair import Share
from matcher_ui.theme import Theme
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.labels import ElidedLabel, Label

_CHOICES = ((Share.OFF.value, "Off"), (Share.SOME.value, "Some"), (Share.STRONG.value, "Strong"))
_MEANS = {
    Share.OFF: "Only the best fits, whoever was asked before",
    Share.SOME: "Who was passed over comes up, and one place goes by lot",
    Share.STRONG: "Turns count most; the fit stays within a tenth of the best",
}
_EXAMPLE = "at least 3 regions; no more than 2 from one employer"


class BalanceBar(Ground):
    """``suggested`` when she presses Return in the rules."""

    suggested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "card", line_above=True, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.switch = Segmented(theme, "Share turns", _CHOICES)
        self.rules = QLineEdit()
        self.rules.setPlaceholderText(_EXAMPLE)
        self.field = Field(theme, "Rules for the list", self.rules, "one after the other, with ; between")
        self._label = Label(theme, "Share turns", "second", "ink2")
        self._means = ElidedLabel(theme, "", "hint", "ink2")
        self._column, self._row = QVBoxLayout(self), QHBoxLayout()
        self._row.addWidget(self._label)
        self._row.addWidget(self.switch)
        self._row.addWidget(self._means, 1)
        self._column.addLayout(self._row)
        self._column.addWidget(self.field)
        self.switch.set_current(Share.SOME.value)
        self.switch.chosen.connect(lambda _key: self._tell())
        self.rules.textChanged.connect(lambda _text: self._tell())
        self.rules.returnPressed.connect(self.suggested)
        self.field.hide()
        self._tell()
        self.retheme()

    @property
    def share(self) -> Share:
        """How far turns count."""
        return Share(self.switch.current)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The rules as she wrote them."""
        return tuple(said for part in self.rules.text().split(";") if (said := part.strip()))

    def show_rules(self, shown: bool) -> None:
        """Show the rules with the rest of what stands under More."""
        self.field.setVisible(shown)
        self._tell()

    def show_trouble(self, words: str) -> None:
        """Say under the rules what is wrong with them; nothing when empty."""
        self.field.set_state("wrong" if words else "normal", words)
        if words:
            self.show_rules(True)
            self.rules.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(24), px(6), px(24), px(6))
        self._column.setSpacing(px(6))
        self._row.setSpacing(px(12))
        super().retheme()

    def _tell(self) -> None:
        rules = len(self.sentences)
        said = f" · {rules} {'rule' if rules == 1 else 'rules'}" if rules and self.field.isHidden() else ""
        self._means.setText(_MEANS[self.share] + said)
