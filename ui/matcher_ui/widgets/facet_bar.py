"""The chips above the members: each opens a list of values with live counts, a few are switched by one press."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QWidget

from matcher.directory import Chosen
from matcher_ui.models.member_facets import CHIPS, QUICK, FacetChip, ordered
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.facet_list import FacetList, Offer
from matcher_ui.widgets.filter_chip import HEIGHT, FilterChip
from matcher_ui.widgets.flow import FlowLayout

Counts = Mapping[str, Mapping[str, int]]


class FacetBar(Part):
    """``changed`` when something else is chosen; `show_counts` follows with what that leaves."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Filters")
        self._chosen: dict[str, tuple[str, ...]] = {}
        self._counts: Counts = {}
        self._open: FacetChip | None = None
        self._narrow = False
        self.chips = {chip.title: FilterChip(theme, chip.title, opens=True) for chip in CHIPS}
        self.quick = {choice: FilterChip(theme, choice[1], opens=False) for choice in QUICK}
        self.clear = _Clear(theme, "Clear filters", "link")
        self.list = FacetList(theme, self)
        self._flow = FlowLayout(self)
        for part in (*self.chips.values(), *self.quick.values(), self.clear):
            self._flow.addWidget(part)
        self._connect()
        self.retheme()
        self._show()

    @property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """Facet -> the values chosen."""
        return self._chosen

    def choose(self, chosen: Chosen) -> None:
        """Choose exactly this."""
        self._chosen = {facet: tuple(values) for facet, values in chosen.items() if values}
        self._show()
        self.changed.emit()

    def show_counts(self, counts: Counts) -> None:
        """How many members each value would leave."""
        self._counts = counts
        self._show()

    def toggle(self, facet: str, value: str) -> None:
        """Choose a value, or take it off."""
        values = self._chosen.get(facet, ())
        now = tuple(v for v in values if v != value) if value in values else (*values, value)
        self.choose({**self._chosen, facet: now})

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room the quick ones step aside: their lists offer the same."""
        self._narrow = narrow
        self._show()

    def retheme(self) -> None:
        self._flow.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def _take_off(self, chip: FacetChip) -> None:
        gone = {facet.key for facet in chip.facets}
        self.choose({facet: values for facet, values in self._chosen.items() if facet not in gone})

    def _open_list(self, chip: FacetChip) -> None:
        button = self.chips[chip.title]
        self._open = chip
        self._show_list()
        under = button.mapToGlobal(QPoint(0, button.height() + self.theme.px(4)))
        self.list.open_under(under, self.screen().availableGeometry())

    def _list_closed(self) -> None:
        self._open = None

    def _show(self) -> None:
        for chip in CHIPS:
            values = [v for facet in chip.facets for v in self._chosen.get(facet.key, ())]
            words = f"{chip.title}: {_said(chip, self._chosen)}" if values else chip.title
            self.chips[chip.title].show_state(words, None, on=bool(values))
        for (facet, value), button in self.quick.items():
            on = value in self._chosen.get(facet, ())
            button.show_state(value, self._counts.get(facet, {}).get(value, 0), on=on)
            button.setVisible(on or not self._narrow)
        self.clear.setVisible(bool(self._chosen))
        if self._open is not None:
            self._show_list()

    def _show_list(self) -> None:
        chip = self._open
        if chip is None:
            return
        offers = []
        for facet in chip.facets:
            chosen = self._chosen.get(facet.key, ())
            values = ordered(facet, self._counts.get(facet.key, {}), chosen)
            if values and len(chip.facets) > 1:
                offers.append(Offer(facet.key, "", 0, False, facet.title))
            offers += [Offer(facet.key, value, count, value in chosen) for value, count in values]
        self.list.show_offers(chip.title, offers)

    def _connect(self) -> None:
        for chip in CHIPS:
            button = self.chips[chip.title]
            button.clicked.connect(lambda _on=False, chip=chip: self._open_list(chip))
            button.taken_off.connect(lambda chip=chip: self._take_off(chip))
        for choice, button in self.quick.items():
            button.clicked.connect(lambda _on=False, choice=choice: self.toggle(*choice))
            button.taken_off.connect(lambda choice=choice: self.toggle(*choice))
        self.clear.clicked.connect(lambda: self.choose({}))
        self.list.ticked.connect(self.toggle)
        self.list.emptied.connect(lambda: self._take_off(self._open) if self._open else None)
        self.list.closed.connect(self._list_closed)


class _Clear(Button):
    """As high as the chips beside it, so that its words stand in their line."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + self.theme.px(8), self.theme.px(HEIGHT))


def _said(chip: FacetChip, chosen: Chosen) -> str:
    """“North West, London”, “media given or ask first”."""
    several = len(chip.facets) > 1
    parts = []
    for facet in chip.facets:
        values = list(chosen.get(facet.key, ()))
        if values and several:
            parts.append(f"{facet.title.lower()} {' or '.join(v.lower() for v in values)}")
        else:
            parts += values
    return ", ".join(parts)
