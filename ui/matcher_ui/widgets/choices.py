"""Choosing one of a few: the segmented switch (Off / Some / Strong) and tabs with counts."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import RingedButton, Walk
from matcher_ui.widgets.paint import CENTER, FOCUS_WIDTH, focus_ring, hairline, rounded, smooth, text, width_of


class Choice(RingedButton):
    """One of the few. Arrow keys move between them, since they share an exclusive group."""

    def __init__(self, theme: Theme, key: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, label, parent)
        self.key = key
        self.setCheckable(True)


class Segment(Choice):
    """A field of the segmented switch; ``tall`` ones stand among fields of a form."""

    tall = False
    ring_around = False

    def sizeHint(self) -> QSize:
        height = self.theme.px(32 if self.tall else 26)
        return QSize(width_of(self.text(), self.theme, "button") + self.theme.px(24), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        if self.isChecked():
            rounded(painter, self.rect(), theme.px(6), theme.color("card"), theme.color("soft_edge"))
        ink = "ink" if self.isChecked() or self.is_hot else "ink2"
        role = "button" if self.isChecked() else "choice"
        text(painter, self.rect(), self.text(), theme, role, ink, CENTER)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme)
        painter.end()


class Tab(Choice):
    """A tab: its label, a count after it, and an accent line under the one shown. Its ring lies around it."""

    count: int | None = None
    ring_aside = 4

    def set_count(self, count: int | None) -> None:
        self.count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self.retheme()

    def set_label(self, words: str) -> None:
        self.setText(words)
        self.set_count(self.count)

    def sizeHint(self) -> QSize:
        return QSize(self._label_width() + self._count_width() + 1, self.theme.px(32))

    def _label_width(self) -> int:
        return max(width_of(self.text(), self.theme, role) for role in ("second_name", "choice"))

    def _count_width(self) -> int:
        if self.count is None:
            return 0
        return self.theme.px(6) + width_of(f"{self.count:,}", self.theme, "count")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        shown = self.isChecked()
        room = self.rect().adjusted(0, 0, 1, -2)
        role, ink = ("second_name", "ink") if shown else ("choice", "ink" if self.is_hot else "ink2")
        ink = ink if self.isEnabled() else "ink3"
        left = text(painter, room, self.text(), theme, role, ink)
        if self.count is not None:
            room.setLeft(left + theme.px(6))
            text(painter, room, f"{self.count:,}", theme, "count", "ink2" if shown else "ink3")
        if shown:
            line = QRect(0, self.height() - 3, self.width(), 3)
            rounded(painter, line, 1.5, theme.color("accent"))
        painter.end()


class _Choices(Walk):
    """A row of choices of which exactly one holds; ``chosen`` carries the key she picked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[Choice], parent: QWidget | None) -> None:
        super().__init__(theme, parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        self._choices = {choice.key: choice for choice in choices}
        for choice in choices:
            self._group.addButton(choice)
            self._row.addWidget(choice)
            choice.clicked.connect(lambda _checked=False, key=choice.key: self.chosen.emit(key))
        choices[0].setChecked(True)

    @property
    def current(self) -> str:
        return next(key for key, choice in self._choices.items() if choice.isChecked())

    @property
    def stations(self) -> Sequence[Choice]:
        return tuple(self._choices.values())

    @property
    def here(self) -> Choice:
        return self._choices[self.current]

    def set_current(self, key: str) -> None:
        """Show another choice without announcing it."""
        self._choices[key].setChecked(True)


class Segmented(_Choices):
    """The switch with a few fields, such as Off / Some / Strong; ``name`` says what is switched."""

    def __init__(
        self, theme: Theme, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """``choices`` are (key, label) in their order."""
        super().__init__(theme, [Segment(theme, key, label) for key, label in choices], parent)
        self.setAccessibleName(name)
        for choice in self._choices.values():
            choice.setAccessibleName(f"{name}: {choice.text()}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retheme()

    def make_tall(self) -> None:
        """As high as a field of a form."""
        for choice in self._choices.values():
            assert isinstance(choice, Segment)
            choice.tall = True
            choice.updateGeometry()

    def retheme(self) -> None:
        self._row.setContentsMargins(*[FOCUS_WIDTH] * 4)
        self._row.setSpacing(0)
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        rounded(painter, self.rect(), self.theme.px(8), self.theme.color("track"))
        painter.end()


class Tabs(_Choices):
    """Tabs with plain counts after their words, over a hairline the whole width."""

    def __init__(self, theme: Theme, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``tabs`` are (key, label) in their order."""
        super().__init__(theme, [Tab(theme, key, label) for key, label in tabs], parent)
        self._row.addStretch(1)
        self.retheme()

    def set_count(self, key: str, count: int | None) -> None:
        tab = self._choices[key]
        assert isinstance(tab, Tab)
        tab.set_count(count)

    def set_label(self, key: str, words: str) -> None:
        """Call a tab something else."""
        tab = self._choices[key]
        assert isinstance(tab, Tab)
        tab.set_label(words)

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.PAGE))
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        hairline(painter, 0, self.width(), self.height() - 1, self.theme.color("line"))
        painter.end()
