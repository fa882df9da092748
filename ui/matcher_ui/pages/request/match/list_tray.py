"""The list below the people: how many of how many, each place, and what can be done with it."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from matcher.matching import Listed, Shortlist
from matcher.matching.fair.history import Counted
from matcher_ui.shortcuts import EXPORT
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Pressable
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.empty_page import IconView
from matcher_ui.widgets.initials import paint_initials
from matcher_ui.widgets.keyed import press_by_key
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.widgets.paint import focus_ring, rounded, smooth, width_of
from matcher_ui.widgets.what_is_this import WhatIsThis

_FEWEST = 5
"""So many places are shown before those in reserve."""
_ACTS = (
    ("earlier", "Move earlier"),
    ("later", "Move later"),
    ("swap", ""),
    ("off", "Take off the list"),
)
_WISHES = {
    None: (("keep", "Keep them on every list"), ("leave_off", "Leave them off this list")),
    True: (("leave", "Do not keep them on"), ("leave_off", "Leave them off this list")),
}
"""What may be wished of somebody on the list, by whether she is kept on it."""


class PlaceButton(Pressable):
    """One place on the list: initials, or dashed while it is empty. Pressing it offers what can be done."""

    acted = Signal(str, int)

    def __init__(
        self, theme: Theme, place: Listed | None, *, reserve: bool = False, trouble: str = "", kept: bool = False
    ) -> None:
        super().__init__(theme)
        self._place, self._reserve, self._trouble, self._kept = place, reserve, trouble, kept
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = "A place still to fill" if place is None else place.name
        said = f"{words}, in reserve" if reserve else words
        told = trouble or (" ".join(place.told) if place else "")
        self.setAccessibleName(f"{said}. {told}" if told else said)
        self.setToolTip(f"{words}: {told}" if told else words)
        self.setEnabled(place is not None)
        self.clicked.connect(self._open_menu)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(24), self.theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        paint_initials(painter, self.rect(), theme, self._place.name if self._place else "")
        radius = self.height() / 2
        if self._trouble:
            rounded(painter, self.rect(), radius, border=theme.color("stop"), width=2)
        elif self.is_hot:
            rounded(painter, self.rect(), radius, border=theme.color("edge"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, radius=12)
        painter.end()

    def menu(self) -> QMenu:
        """What can be done with this place."""
        menu = QMenu(self)
        place = self._place
        if place is not None:
            why = menu.addAction(f"Why {place.name}")
            why.triggered.connect(lambda: self.acted.emit("why", place.member_id))
            menu.addSeparator()
            for key, words in _ACTS:
                action = menu.addAction(words or ("Move onto the list" if self._reserve else "Move to reserve"))
                action.triggered.connect(lambda _on=False, key=key: self.acted.emit(key, place.member_id))
            menu.addSeparator()
            for key, words in _WISHES[self._kept or None]:
                menu.addAction(words).triggered.connect(
                    lambda _on=False, key=key: self.acted.emit(key, place.member_id)
                )
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))


class ListTray(Ground):
    """``suggested``, ``exported`` and ``went_on`` are its buttons; ``acted`` is an act on one member's place."""

    suggested = Signal()
    exported = Signal()
    went_on = Signal()
    acted = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "card", line_above=True, parent=parent)
        self.setAccessibleName("The list")
        self.count = ElidedLabel(theme, "", "second", "ink2")
        self.suggest = Button(theme, "Suggest a list", "main", icon="list_add", tall=True)
        self.export = Button(theme, "Export workbook", "quiet", icon="download")
        self.export.setAccessibleName("Export the workbook")
        self.go_on = Button(theme, "Go on to Ask", "quiet", icon="arrow_right")
        self._title = Label(theme, "The list", "section")
        self._mark = IconView(theme, "check", "good", 14)
        self._mark_kind = "good"
        self._note = ElidedLabel(theme, "", "legend", "ink2")
        self._buttons: list[QWidget] = []
        self.fold = IconButton(theme, "chevron_down", "Hide the places of the list")
        self._narrow = self._low = False
        self._opened: bool | None = None
        self._kept: frozenset[int] = frozenset()
        self._shown: tuple[Shortlist, int, Mapping[int, str]] | None = None
        self._lay_out()
        for button, signal in (
            (self.suggest, self.suggested), (self.export, self.exported), (self.go_on, self.went_on),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self.fold.clicked.connect(self._turn)
        press_by_key(self.suggest, "Suggest a list")
        press_by_key(self.export, EXPORT)
        self.retheme()

    @property
    def is_folded(self) -> bool:
        """Whether only its first line is shown."""
        return self._low if self._opened is None else not self._opened

    @property
    def places(self) -> list[PlaceButton]:
        """The buttons of all places shown, empty ones too."""
        return [part for part in self._buttons if isinstance(part, PlaceButton)]

    def show_list(
        self, listed: Shortlist, wanted: int, troubles: Mapping[int, str], note: tuple[str, str],
        kept: Collection[int] = (),
    ) -> None:  # fmt: skip
        """Show a list. ``troubles``: member -> why they may not be asked; ``note``: kind (good, care) and words.

        ``kept`` are those she keeps on it.
        """
        self._shown, self._kept = (listed, wanted, dict(troubles)), frozenset(kept)
        kind, words = note
        self._note.setText(words)
        self._mark_kind = kind
        self._count()
        self._note.set_look(color=kind if kind != "good" else "ink2")
        self._mark.set_icon("check" if kind == "good" else "warning", kind)
        self._mark.setVisible(bool(words))
        empty = not (listed.chosen or listed.reserves)
        reason = "Nobody is on the list yet" if empty else None
        self.export.set_unavailable(reason)
        self.go_on.set_unavailable(reason)
        self._fill()

    def wait(self, reason: str) -> None:
        """Show no list until it is known, and say why nothing can be done with it."""
        self._shown, self._mark_kind = None, "good"
        self.count.setText("")
        self._note.setText("")
        self._mark.hide()
        self._clear()
        for button in (self.suggest, self.export, self.go_on):
            button.set_unavailable(reason)

    def set_busy(self, reason: str | None) -> None:
        """While the list cannot be suggested, say why."""
        self.suggest.set_unavailable(reason)

    def set_low(self, low: bool) -> None:
        """Where there is little room only the first line is shown, until she opens it."""
        if low != self._low:
            self._low, self._opened = low, None
            self._fold()

    def set_narrow(self, narrow: bool) -> None:
        """Shorter words where there is little room."""
        self._narrow = narrow
        self._count()
        words = "Export" if narrow else "Export workbook"
        if self.export.text() != words:
            self.export.setText(words)
            self.export.setAccessibleName("Export the workbook")
            self.export.updateGeometry()
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fill()

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setSpacing(px(Space.L))
        self._head.setSpacing(px(Space.S))
        self._places.setSpacing(px(Space.XS))
        self._foot.setSpacing(px(Space.XS))
        self._told.setSpacing(px(Space.S))
        self._acts.setSpacing(px(Space.XS))
        super().retheme()
        self._fold()

    def _turn(self) -> None:
        self._opened = self.is_folded
        self._fold()

    def _fold(self) -> None:
        """Show the places, or the first line alone."""
        px, folded = self.theme.px, self.is_folded
        for part in (self._places_room, self._foot_room, self._below_room):
            part.setVisible(not folded)
        self._row.setContentsMargins(
            px(Space.PAGE), px(Space.S if folded else Space.M), px(Space.PAGE), px(Space.S)
        )
        self.fold.set_icon("chevron_up" if folded else "chevron_down")
        self.fold.set_name("Show the places of the list" if folded else "Hide the places of the list")
        self.setFixedHeight(px(52 if folded else 96))
        self._count()
        if self._shown:
            self._fill()

    def _count(self) -> None:
        if self._shown is None:
            return
        listed, wanted, _troubles = self._shown
        people = "" if self._narrow else " people"
        reserves = f", {len(listed.reserves)} in reserve" if listed.reserves else ""
        said = f" · {self._note.text()}" if self.is_folded and self._mark_kind != "good" else ""
        self.count.setText(f"{len(listed.chosen)} of {wanted}{people}{reserves}{said}")

    def _fill(self) -> None:
        """Put the places in the row, as many as there is room for."""
        if self._shown is None:
            return
        listed, wanted, troubles = self._shown
        self._clear()
        empty = max(0, wanted - len(listed.chosen))
        chosen, left_out, reserves = listed.chosen, 0, listed.reserves
        room = self._room(len(reserves))
        if room < max(len(chosen), min(wanted, _FEWEST)):
            reserves, room = (), max(2, self._room(0))  # how many stand in reserve is said above
        if len(chosen) > room:
            chosen, left_out = chosen[: room - 1], len(chosen) - room + 1
        for place in chosen:
            self._add(self._place(place, reserve=False, trouble=troubles.get(place.member_id, "")))
        if left_out:
            self._add(Label(self.theme, f"+{left_out}", "legend", "ink2"))
        for _ in range(min(empty, max(0, room - len(chosen)))):
            self._add(PlaceButton(self.theme, None))
        if reserves:
            then = Label(self.theme, "Then", "second", "ink2")
            then.setContentsMargins(self.theme.px(Space.S), 0, self.theme.px(Space.XS), 0)
            self._add(then)
            for place in reserves:
                self._add(self._place(place, reserve=True, trouble=troubles.get(place.member_id, "")))

    def _clear(self) -> None:
        for part in self._buttons:
            self._places.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._buttons = []

    def _place(self, place: Listed, *, reserve: bool, trouble: str) -> PlaceButton:
        kept = place.member_id in self._kept
        button = PlaceButton(self.theme, place, reserve=reserve, trouble=trouble, kept=kept)
        button.acted.connect(self.acted)
        return button

    def _add(self, part: QWidget) -> None:
        self._buttons.append(part)
        self._places.insertWidget(self._places.count() - 1, part)

    def _room(self, reserves: int) -> int:
        """How many discs fit beside the buttons, and beside those in reserve."""
        px = self.theme.px
        taken = self._acts.sizeHint().width() + px(24 + 16 + 24)
        if reserves:
            taken += width_of("Then", self.theme, "second") + px(16) + reserves * px(28)
        return max(0, (self.width() - taken) // px(28))

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._told, self._head, self._acts = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        self._places_room, self._foot_room, self._below_room = QWidget(), QWidget(), QWidget()
        self._places, self._foot, below = (
            QHBoxLayout(room) for room in (self._places_room, self._foot_room, self._below_room)
        )
        for line in (self._places, self._foot, below):
            line.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(self.theme.px(Space.S))
        self._head.addWidget(self._title)
        self._head.addWidget(WhatIsThis(self.theme, "list"))
        self._head.addWidget(self.count, 1)
        self._head.addWidget(self.fold)
        self._places.addStretch(1)
        self._foot.addWidget(self._mark)
        self._foot.addWidget(self._note, 1)
        self._told.addLayout(self._head)
        self._told.addWidget(self._places_room)
        self._told.addWidget(self._foot_room)
        self._told.addStretch(1)
        below.addWidget(self.export)
        below.addStretch(1)
        below.addWidget(self.go_on)
        self._acts.addWidget(self.suggest)
        self._acts.addWidget(self._below_room)
        self._row.addLayout(self._told, 1)
        self._row.addLayout(self._acts)


def note_of(
    listed: Shortlist, wanted: int, troubles: Mapping[int, str], name: Callable[[int], str],
    rules: Sequence[Counted] = (),
) -> tuple[str, str]:  # fmt: skip
    """The line below the places: what to mind first, else what is well. (kind, words)."""
    if troubles:
        first = next(iter(troubles))
        more = f" and {len(troubles) - 1} more" if len(troubles) > 1 else ""
        return "stop", f"{name(first)}{more} may not be asked now: {troubles[first]}"
    broken = [one for one in rules if not one.kept]
    if broken and listed.chosen:
        return "care", "  ·  ".join(f"Not kept: {one.rule} (there are {one.count})" for one in broken)
    kept = tuple(f"{one.rule}: {one.count}" for one in rules)
    personally = [place for place in listed.chosen if place.why.get("ask_first")]
    unknown = [place for place in listed.chosen if place.why.get("to_ask")]
    if personally or unknown:
        to_do = "to be asked personally first" if personally else "with something to ask about first"
        return "care", "  ·  ".join((f"{_count(len(personally or unknown))} {to_do}", *kept))
    if kept and listed.chosen:
        return "good", "  ·  ".join(kept)
    if listed.chosen and len(listed.chosen) >= wanted:
        return "good", "Every place is filled"
    return "good", ""


def _count(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
