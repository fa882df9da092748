"""A few people named in a line, each the way to their page."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import Label


class PersonLink(NamedTuple):
    """Whose page, the words to press, and the same as said aloud."""

    member_id: int
    words: str
    spoken: str


class PeopleLinks(Part):
    """``chosen`` carries whose page; hidden while there is nobody. It names up to ``most``."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, lead: str, most: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.people: tuple[PersonLink, ...] = ()
        self.links = [Button(theme, "", "link") for _ in range(most)]  # made once, so that Tab finds them here
        self._flow = FlowLayout(self)
        self._flow.addWidget(Label(theme, lead, "second", "ink2"))
        for place, link in enumerate(self.links):
            link.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(self.people[place].member_id))
            self._flow.addWidget(link)
        self.setAccessibleName(lead)
        self.hide()
        self.retheme()

    def show_people(self, people: Sequence[PersonLink]) -> None:
        """Name other people, as many as there is room for."""
        self.people = tuple(people[: len(self.links)])
        for place, link in enumerate(self.links):
            named = self.people[place] if place < len(self.people) else None
            link.setVisible(named is not None)
            if named is not None:
                link.setText(named.words)
                link.setAccessibleName(named.spoken)
                link.updateGeometry()
        self.setVisible(bool(people))
        self.updateGeometry()

    def retheme(self) -> None:
        self._flow.setSpacing(self.theme.px(Space.M))
        self._flow.set_line_spacing(self.theme.px(Space.XS))
        super().retheme()
