"""How far it counts whose turn it is: off, some or strong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from matcher.matching.fair import Share
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.what_is_this import WhatIsThis

_CHOICES = ((Share.OFF.value, "Off"), (Share.SOME.value, "Some"), (Share.STRONG.value, "Strong"))
_MEANS = {
    Share.OFF: "Only the best fits, whoever was asked before",
    Share.SOME: "Who was passed over comes up, and some places go by lot",
    Share.STRONG: "Turns count most; the fit stays within a tenth of the best",
}


class ShareSwitch(Part):
    """``changed`` fires when she chose."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.switch = Segmented(theme, "Share turns", _CHOICES)
        self.about = WhatIsThis(theme, "turns")
        self._label = Label(theme, "Share turns", "second", "ink2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label)
        self._row.addWidget(self.switch)
        self._row.addWidget(self.about)
        self.switch.chosen.connect(lambda _key: self._chosen())
        self.set_share(Share.SOME)
        self.retheme()

    @property
    def share(self) -> Share:
        """How far turns count."""
        return Share(self.switch.current)

    def set_share(self, share: Share) -> None:
        """Show another without announcing it."""
        self.switch.set_current(share.value)
        self._tell()

    def retheme(self) -> None:
        self._label.retheme()
        self._row.setSpacing(self.theme.px(Space.M))
        super().retheme()

    def _chosen(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        means = _MEANS[self.share]
        self.setToolTip(means)
        self.switch.setAccessibleDescription(means)
