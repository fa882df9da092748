"""Acts with a key: bound and told in the tip at once, both from the list of keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from matcher_ui.shortcuts import NEXT_TAB, SAVE, SEARCH, TAB_BEFORE, keys_of, tip
from matcher_ui.widgets.base import Pressable, Walk


def tell_key(button: Pressable, does: str) -> None:
    """Tell in its tip, and in the menus it stands in, the key that is bound elsewhere to what it does."""
    button.set_keys(keys_of(does))


def press_by_key(button: Pressable, does: str, *, within: QWidget | None = None) -> None:
    """Let the key of ``does`` press a button while it can be seen, and tell it there.

    ``within``: a list that must have the keyboard, for keys that are letters.
    """
    tell_key(button, does)
    if within is None:
        on_key(button, does, lambda: press(button))
    else:
        on_key(within, does, lambda: press(button), alone=True)


def save_by_key(button: Pressable, form: QWidget) -> None:
    """Let the key that saves press the button of one of several forms: the one that has the keyboard."""
    press_in_form(button, SAVE, form)


def press_in_form(button: Pressable, does: str, form: QWidget) -> None:
    """Let the key of ``does`` press a button while the keyboard is in its form, and tell it there."""
    tell_key(button, does)
    context = Qt.ShortcutContext.WidgetWithChildrenShortcut
    on_key(form, does, lambda: press(button)).setContext(context)


def press(button: Pressable) -> None:
    """Press a button that can be seen."""
    if button.isVisible():
        button.click()


def search_by_key(box: QLineEdit) -> None:
    """Bring the keyboard to a field for searching, and tell the key there."""
    box.setToolTip(tip(box.accessibleName(), keys_of(SEARCH)))

    def go() -> None:
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    on_key(box, SEARCH, go)


def walk_by_key(bar: Walk) -> None:
    """Go from tab to tab, or from step to step, by keys, and tell them on each."""
    bar.hint = " ".join(f"{does}: {keys_of(does)}." for does in (TAB_BEFORE, NEXT_TAB))
    for station in bar.stations:
        station.setToolTip(station.toolTip() or bar.hint)
    on_key(bar, NEXT_TAB, lambda: bar.walk(1))
    on_key(bar, TAB_BEFORE, lambda: bar.walk(-1))


def on_key(owner: QWidget, does: str, act: Callable[[], object], *, alone: bool = False) -> QShortcut:
    """Do something on the key of ``does`` while ``owner`` can be seen; ``alone``: while it has the keyboard."""
    shortcut = QShortcut(QKeySequence(keys_of(does)), owner)
    if alone:
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(act)
    return shortcut
