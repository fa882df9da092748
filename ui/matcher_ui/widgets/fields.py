"""A form field: its label above, a hint at the right, and three states said in words as well as shown."""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from matcher_ui.icons import BOLD_STROKE, paint_icon
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.paint import number_dot, smooth

DATE_FORMAT = "ddd d MMM yyyy"
FieldState = Literal["normal", "check", "wrong"]


class NumberDot(Part):
    """The numbered dot that ties a field to a phrase of the original."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._number: int | None = None
        self._care = False
        self.hide()

    def set_number(self, number: int | None, *, care: bool = False) -> None:
        self._number, self._care = number, care
        self.setAccessibleName("" if number is None else f"Found at {number} in the original")
        self.setVisible(number is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(16), self.theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._number is None:
            return
        painter = smooth(self)
        center = QPointF(self.width() / 2, self.height() / 2)
        ground, ink = ("care", "window") if self._care else ("accent", "on_accent")
        number_dot(painter, center, self._number, self.theme, ground, ink)
        painter.end()


class _Cross(Part):
    """The cross beside what is wrong."""

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(14), self.theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        paint_icon(painter, self.rect(), "cross", self.theme.color("stop"), BOLD_STROKE)
        painter.end()


class _Mistake(Part):
    """What is wrong, in words beside a cross."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._cross, self.words = _Cross(theme), Label(theme, "", "label", "stop", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1)
        self.retheme()

    def retheme(self) -> None:
        self._row.setSpacing(self.theme.px(Space.XS))
        self._cross.setFixedSize(self._cross.sizeHint())
        super().retheme()


class Field(Part):
    """A label above a control. Words about a check stand at the right above it, words about a mistake below."""

    def __init__(
        self, theme: Theme, label: str, control: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.control = control
        self.state: FieldState = "normal"
        self._hint_text, self._words = hint, ""
        self._label = Label(theme, label, "label", "ink2")
        self._label.setBuddy(_target(control))
        self._dot: NumberDot | None = None
        self._hint: ElidedLabel | None = None
        self._mistake: _Mistake | None = None
        self._lay_out()
        prepare(theme, control)
        _name(_target(control), label)
        self._show_hint(hint)
        _target(control).setAccessibleDescription(hint)
        self.retheme()

    def set_number(self, number: int | None, *, care: bool = False) -> None:
        """Show the dot of the phrase this was read from; None hides it."""
        if self._dot is None and number is not None:
            self._dot = NumberDot(self.theme)
            self._top.insertWidget(1, self._dot)
        if self._dot is not None:
            self._dot.set_number(number, care=care)

    def set_label(self, label: str) -> None:
        """Change what is asked for."""
        self._label.setText(label)
        _name(_target(self.control), label)

    def set_hint(self, hint: str) -> None:
        self._hint_text = hint
        self._tell()

    def set_state(self, state: FieldState, words: str = "") -> None:
        """Show that the value is fine, to check or wrong; ``words`` say which and why."""
        restyled = state != self.state
        self.state, self._words = state, words
        self._tell()
        self._show_mistake(words if state == "wrong" else None)
        if restyled:
            target = _target(self.control)
            target.setProperty("fieldState", state)
            target.style().unpolish(target)
            target.style().polish(target)
            _inset(self.theme, target)

    def _tell(self) -> None:
        """The hint, or what is to check."""
        self._show_hint(self._words if self.state == "check" else self._hint_text)
        _target(self.control).setAccessibleDescription(self._words or self._hint_text)

    def _show_hint(self, words: str) -> None:
        """What stands above at the right is made for those that say something there."""
        if self._hint is None and words:
            self._hint = ElidedLabel(self.theme, "", "hint", "ink2")
            self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._top.addWidget(self._hint, 1)
            self._hint.show()
        if self._hint is not None:
            check = self.state == "check"
            self._hint.setText(words)
            self._hint.set_look("label" if check else "hint", "care" if check else "ink2")

    def retheme(self) -> None:
        self._rows.setSpacing(self.theme.px(Space.XS))
        self._top.setSpacing(self.theme.px(Space.S))
        for target in (_target(self.control), *self.control.findChildren(QAbstractSpinBox)):
            _inset(self.theme, target)
        super().retheme()

    def _lay_out(self) -> None:
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._top = QHBoxLayout()
        self._top.addWidget(self._label)
        self._top.addStretch()
        self._rows.addLayout(self._top)
        self._rows.addWidget(self.control)

    def _show_mistake(self, words: str | None) -> None:
        """Most fields are never wrong: what says that they are is made for those that are."""
        if self._mistake is None and words is not None:
            self._mistake = _Mistake(self.theme)
            self._rows.addWidget(self._mistake)
        if self._mistake is not None:
            self._mistake.words.setText(words or "")
            self._mistake.setVisible(words is not None)


class _WheelGuard(QObject):
    """Keeps the wheel from changing a value the pointer merely passes over."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def prepare(theme: Theme, control: QWidget) -> None:
    """Give a combo, spin or date field its inner margins and guard it against the wheel."""
    target = _target(control)
    if isinstance(control, Segmented):
        control.make_tall()
    if isinstance(target, QDateEdit):
        target.setDisplayFormat(DATE_FORMAT)
    if isinstance(target, QComboBox):
        # the usual delegate of combo boxes ignores the style sheet
        target.setItemDelegate(QStyledItemDelegate(target))
    if isinstance(target, QAbstractSpinBox | QComboBox):
        target.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        target.installEventFilter(_WheelGuard(target))
    _inset(theme, target)


def _inset(theme: Theme, target: QWidget) -> None:
    if isinstance(target, QAbstractSpinBox):
        line = target.findChild(QLineEdit)
        if line is not None:
            line.setTextMargins(theme.px(10), 0, 0, 0)


def _name(control: QWidget, label: str) -> None:
    """Name a control for screen readers, with the line inside one that can be typed into."""
    control.setAccessibleName(label)
    line = control.lineEdit() if isinstance(control, QComboBox) else None
    if line is not None:
        line.setAccessibleName(label)


def _target(control: QWidget) -> QWidget:
    """The control itself, or the first field inside a composite one."""
    return control.focusProxy() or control
