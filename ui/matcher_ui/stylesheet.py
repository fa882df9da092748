"""The small style sheet, built from the tokens: whole families of controls, never half of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher_ui.theme import Tokens

FIELDS = ("QLineEdit", "QComboBox", "QAbstractSpinBox", "QPlainTextEdit")


def stylesheet(t: Tokens, px: Callable[[float], int], pictures: Path) -> str:
    """Rules for fields, tick boxes, menus, tables and tips; ``pictures`` holds the arrows and ticks."""

    def picture(name: str) -> str:
        return f'image: url("{(pictures / name).as_posix()}.svg");'

    drawn = (part(t, px, picture) for part in (_fields, _ticks, _lists))
    return "\n".join((*drawn, _rest(t, px), _dialogs(pictures)))


def _each(selector: str) -> str:
    return ", ".join(selector.format(field) for field in FIELDS)


def _fields(t: Tokens, px: Callable[[float], int], picture: Callable[[str], str]) -> str:
    thin, thick = px(10), px(10) - 1
    return f"""
{_each("{}")} {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {px(6)}px;
    padding: {px(4)}px {thin}px; min-height: {px(26)}px; selection-background-color: {t.accent};
    selection-color: {t.on_accent}; placeholder-text-color: {t.ink3}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox, QAbstractSpinBox {{ padding-left: {thin + 2}px; padding-right: {px(32)}px; }}
QComboBox:editable {{ padding-left: {thin}px; }}
QAbstractSpinBox {{ padding-left: 0; padding-right: {px(26)}px; min-height: {px(26) - 3}px; }}
{_each("{}:disabled")} {{ background: {t.quiet}; color: {t.ink3}; border-color: {t.quiet}; }}
{_each("{}:focus")} {{ border: 2px solid {t.accent}; padding: {px(4) - 1}px {thick}px; }}
{_each('{}[fieldState="check"]')} {{ border: 2px dashed {t.care}; padding: {px(4) - 1}px {thick}px; }}
{_each('{}[fieldState="wrong"]')} {{ border: 2px solid {t.stop}; padding: {px(4) - 1}px {thick}px; }}
{_each('{}[fieldState="check"]:focus')} {{ border: 2px solid {t.accent}; }}
QComboBox:focus, QComboBox[fieldState="check"], QComboBox[fieldState="wrong"] {{
    padding-left: {thick + 2}px; padding-right: {px(32) - 1}px; }}
QAbstractSpinBox:focus, QAbstractSpinBox[fieldState="check"], QAbstractSpinBox[fieldState="wrong"] {{
    padding-left: 0; padding-right: {px(26) - 1}px; }}
QPlainTextEdit {{ padding-right: {px(3)}px; }}
QPlainTextEdit:focus, QPlainTextEdit[fieldState="check"], QPlainTextEdit[fieldState="wrong"] {{
    padding-right: {px(3) - 1}px; }}
QLineEdit[search="true"] {{ border-color: {t.line}; min-height: {px(22)}px; }}
QLineEdit[search="true"]:focus {{ border-color: {t.accent}; }}
QLineEdit[plain="true"], QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{
    background: transparent; border: none; padding: 0; min-height: 0; }}
QComboBox::drop-down {{ border: none; width: {px(32)}px; subcontrol-origin: border;
    subcontrol-position: center right; }}
QComboBox::down-arrow, QDateEdit::down-arrow:!disabled {{
    {picture("down")} width: {px(16)}px; height: {px(16)}px; }}
QComboBox::down-arrow:disabled {{ {picture("down-off")} }}
QAbstractSpinBox::up-button {{ border: none; background: transparent; width: {px(24)}px; height: {px(16)}px;
    subcontrol-origin: border; subcontrol-position: top right; margin: {px(2)}px {px(2)}px 0 0; }}
QAbstractSpinBox::down-button {{ border: none; background: transparent; width: {px(24)}px; height: {px(16)}px;
    subcontrol-origin: border; subcontrol-position: bottom right; margin: 0 {px(2)}px {px(2)}px 0; }}
QAbstractSpinBox::up-arrow {{ {picture("up")} width: {px(12)}px; height: {px(12)}px; }}
QAbstractSpinBox::down-arrow {{ {picture("down")} width: {px(12)}px; height: {px(12)}px; }}
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off {{ {picture("up-off")} }}
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off {{ {picture("down-off")} }}
QDateEdit::drop-down {{ border: none; width: {px(32)}px; subcontrol-origin: border;
    subcontrol-position: center right; }}
QComboBox QAbstractItemView, QAbstractItemView[offers="true"] {{
    background: {t.card}; color: {t.ink}; border: 1px solid {t.soft_edge};
    padding: {px(4)}px; outline: none; selection-background-color: {t.selected}; selection-color: {t.ink}; }}
QComboBox QAbstractItemView::item:selected, QAbstractItemView[offers="true"]::item:selected {{
    background: {t.selected}; color: {t.ink}; border-radius: {px(4)}px; }}
QComboBox QAbstractItemView::item, QAbstractItemView[offers="true"]::item {{
    min-height: {px(28)}px; padding: 0 {px(6)}px; }}
"""


def _ticks(t: Tokens, px: Callable[[float], int], picture: Callable[[str], str]) -> str:
    box = f"width: {px(16)}px; height: {px(16)}px;"
    across = px(16) + 2
    disc, rim = across // 2, px(5)
    return f"""
QCheckBox, QRadioButton {{ spacing: {px(8)}px; padding: {px(3)}px {px(4)}px {px(3)}px 0;
    border: 2px solid transparent; border-radius: {px(6)}px; color: {t.ink}; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.ink3}; }}
QCheckBox::indicator, QAbstractItemView::indicator, QGroupBox::indicator {{ {box}
    border: 1px solid {t.edge}; border-radius: {px(4)}px; background: {t.card}; }}
QCheckBox::indicator:hover {{ border-color: {t.ink2}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {{
    background: {t.accent}; border-color: {t.accent}; {picture("tick")} }}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {{
    background: {t.accent}; border-color: {t.accent}; {picture("dash")} }}
QCheckBox::indicator:disabled {{ background: {t.quiet}; border-color: {t.soft_edge}; }}
QCheckBox::indicator:checked:disabled {{ {picture("tick-off")} }}
QRadioButton::indicator {{ {box} border: 1px solid {t.edge}; border-radius: {disc}px; background: {t.card}; }}
QRadioButton::indicator:hover {{ border-color: {t.ink2}; }}
QRadioButton::indicator:checked {{ width: {across - 2 * rim}px; height: {across - 2 * rim}px;
    border: {rim}px solid {t.accent};    background: {t.on_accent}; }}
QRadioButton::indicator:disabled {{ background: {t.quiet}; border-color: {t.soft_edge}; }}
QSlider {{ min-height: {px(24)}px; }}
QSlider::groove:horizontal {{ height: {px(4)}px; background: {t.rest}; border-radius: {px(2)}px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: {px(2)}px; }}
QSlider::handle:horizontal {{ width: {px(16)}px; margin: -{px(7)}px 0;
    border-radius: {disc}px; background: {t.card}; border: 1px solid {t.edge}; }}
QSlider::sub-page:horizontal:disabled {{ background: {t.soft_edge}; }}
QSlider::handle:horizontal:disabled {{ background: {t.quiet}; border-color: {t.soft_edge}; }}
QSlider::handle:horizontal:hover {{ border-color: {t.accent}; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {t.accent}; width: {px(16) - 2}px; }}
"""


def _lists(t: Tokens, px: Callable[[float], int], picture: Callable[[str], str]) -> str:
    return f"""
QAbstractItemView {{ background: transparent; color: {t.ink}; border: none; outline: none;
    selection-background-color: {t.selected}; selection-color: {t.ink}; }}
QTableView {{ gridline-color: {t.line}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: transparent; color: {t.ink2}; border: none;
    border-bottom: 1px solid {t.line}; padding: 0 {px(8)}px; font-size: {px(12)}px; font-weight: 600; }}
QHeaderView::section:hover {{ background: {t.hover}; }}
QHeaderView::section:focus {{ color: {t.accent}; }}
QHeaderView::up-arrow {{ {picture("up")} width: {px(12)}px; height: {px(12)}px; subcontrol-position: center right;
    right: {px(4)}px; }}
QHeaderView::down-arrow {{ {picture("down")} width: {px(12)}px; height: {px(12)}px;
    subcontrol-position: center right; right: {px(4)}px; }}
QTableCornerButton::section {{ background: transparent; border: none; }}
QMenu {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.soft_edge}; padding: {px(4)}px 0; }}
QMenu::item {{ padding: {px(6)}px {px(28)}px; margin: 0 {px(4)}px; border-radius: {px(4)}px;
    background: transparent; }}
QMenu::item:selected {{ background: {t.selected}; }}
QMenu::item:disabled {{ color: {t.ink3}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)}px {px(12)}px; }}
QMenu::icon {{ padding-left: {px(6)}px; }}
QMenu::indicator {{ width: {px(16)}px; height: {px(16)}px; left: {px(6)}px; }}
QMenu::indicator:checked {{ {picture("menu-tick")} }}
QMenu::right-arrow {{ {picture("right")} width: {px(16)}px; height: {px(16)}px; }}
"""


def _rest(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QToolTip {{ background: {t.toast}; color: {t.on_toast}; border: none; padding: {px(5)}px {px(8)}px; }}
QScrollArea {{ background: transparent; border: none; }}
QTextBrowser {{ border: 2px solid transparent; border-radius: {px(6)}px; }}
QTextBrowser:focus {{ border-color: {t.accent}; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle {{ background: {t.soft_edge}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: {px(36)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(36)}px; }}
QScrollBar::handle:hover {{ background: {t.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {t.line}; }}
QDialog, QMessageBox {{ background: {t.window}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QDialogButtonBox QPushButton {{ min-width: {px(56)}px; }}
QPushButton {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.soft_edge}; border-radius: {px(6)}px;
    padding: 0 {px(12)}px; min-height: {px(30)}px; font-weight: 600; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:default {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QPushButton:default:hover {{ background: {t.accent_hover}; }}
QPushButton:disabled {{ background: {t.quiet}; color: {t.ink3}; border-color: {t.quiet}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 {px(12) - 1}px; min-height: {px(30) - 2}px; }}
QPushButton:default:focus {{ border-color: {t.ink}; }}
"""


def _dialogs(pictures: Path) -> str:
    """The marks of Qt's own dialog for files, which are black in both themes where a desktop brings no other."""
    marks = {
        "backward": "left", "forward": "right", "filedialog-parent-directory": "up",
        "filedialog-new-directory": "folder-new", "filedialog-listview": "list",
        "filedialog-detailedview": "details",
    }  # fmt: skip
    rules = (f'{ours}-icon: url("{(pictures / name).as_posix()}.svg");' for ours, name in marks.items())
    return f"QFileDialog {{ {' '.join(rules)} }}"
