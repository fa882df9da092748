"""A drop-down whose words may be longer than it is: cut with “…”, told whole in the tip."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

_LEAST_LETTERS = 8


class LongChoice(QComboBox):
    """Never asks for more room than a few letters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.currentTextChanged.connect(self.setToolTip)

    def add(self, words: str, value: object) -> None:
        """Add a choice that is told whole in its tip."""
        self.addItem(words, value)
        self.setItemData(self.count() - 1, words, Qt.ItemDataRole.ToolTipRole)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_ComboBox
        room = style.subControlRect(control, option, QStyle.SubControl.SC_ComboBoxEditField, self).width()
        metrics = option.fontMetrics
        option.currentText = metrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
