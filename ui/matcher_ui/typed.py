"""What is typed in the fields of a page, as plain values, and typed again.

Passphrases and what is marked `KEPT_NOWHERE` are never among them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from matcher_ui.widgets.choices import Segmented

KEPT_NOWHERE = "kept nowhere"
"""The property of a field whose words are kept nowhere."""

_KINDS = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QSpinBox, QDateEdit, Segmented)


def typed_in(part: QWidget) -> dict[str, Any]:
    """Name of a field, with its place among those of that name -> what is typed in it."""
    return {name: _value(field) for name, field in _fields(part)}


def type_again(part: QWidget, values: Mapping[str, Any]) -> None:
    """Type into the fields what `typed_in` found; a field that is not there any more is left out."""
    for name, field in _fields(part):
        if name in values and _value(field) != values[name]:
            _type(field, values[name])


def _fields(part: QWidget) -> Iterator[tuple[str, QWidget]]:
    seen: Counter[str] = Counter()
    for field in part.findChildren(QWidget):
        if isinstance(field, _KINDS) and not _is_inner(field) and not _is_secret(field):
            name = f"{type(field).__name__} {field.accessibleName()}"
            seen[name] += 1
            yield f"{name} {seen[name]}", field


def _is_inner(field: QWidget) -> bool:
    """The line inside a number, a date or a choice."""
    return isinstance(field.parent(), QAbstractSpinBox | QComboBox)


def _is_secret(field: QWidget) -> bool:
    hidden = isinstance(field, QLineEdit) and field.echoMode() != QLineEdit.EchoMode.Normal
    return hidden or bool(field.property(KEPT_NOWHERE))


def _value(field: QWidget) -> Any:
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QDateEdit):
        return field.date().toString(Qt.DateFormat.ISODate)
    assert isinstance(field, Segmented)
    return field.current


def _type(field: QWidget, value: Any) -> None:
    if isinstance(field, QLineEdit):
        field.setText(value)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(value)
    elif isinstance(field, QComboBox):
        field.setCurrentText(value)
    elif isinstance(field, QCheckBox):
        field.setChecked(value)
    elif isinstance(field, QSpinBox):
        field.setValue(value)
    elif isinstance(field, QDateEdit):
        field.setDate(QDate.fromString(value, Qt.DateFormat.ISODate))
    elif isinstance(field, Segmented):
        field.set_current(value)
        field.chosen.emit(value)
