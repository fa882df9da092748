"""Through whom the people of a file heard of the network: known partners, and words that may be one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.directory import HeardThrough
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.choices import Segmented
from matcher_ui.widgets.labels import Label
from matcher_ui.widgets.scroll_column import ScrollColumn

WORDS, PARTNER = "words", "partner"


class HeardCard(Part):
    """One partner or one spelling. ``linked`` carries the words, and the partner or None for words only."""

    linked = Signal(str, object)

    def __init__(self, theme: Theme, heard: HeardThrough, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        rows = "1 row" if heard.rows == 1 else f"{heard.rows:,} rows"
        self._column = QVBoxLayout(self)
        self.choice: Segmented | None = None
        if heard.known:
            self._column.addWidget(Label(theme, heard.partner, "second_name", wrap=True))
            said = "" if heard.words.casefold() == heard.partner.casefold() else f" (“{heard.words}”)"
            self._column.addWidget(Label(theme, f"{rows} came through it{said}.", "second", "ink2", wrap=True))
        else:
            title = f"“{heard.words}”, in {rows}: is it {heard.partner}?"
            self._column.addWidget(Label(theme, title, "second_name", wrap=True))
            answers = [(WORDS, "Keep as words"), (PARTNER, "Yes, the same")]
            self.choice = Segmented(theme, title, answers)
            self.choice.set_current(PARTNER if heard.linked else WORDS)
            self.choice.chosen.connect(
                lambda key: self.linked.emit(heard.words, heard.partner_id if key == PARTNER else None)
            )
            self._column.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        self.retheme()

    def retheme(self) -> None:
        self._column.setContentsMargins(0, 0, 0, self.theme.px(Space.L))
        self._column.setSpacing(self.theme.px(Space.S))
        super().retheme()


class HeardTab(Part):
    """All of them. ``linked`` as in the cards."""

    linked = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._heard: tuple[HeardThrough, ...] = ()
        self.cards: list[HeardCard] = []
        self._scroll = ScrollColumn(theme)
        self._scroll.set_margins(0, Space.M, 0, Space.M)
        self._scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def show_heard(self, heard: Sequence[HeardThrough]) -> None:
        """Show these; those to answer first. The keyboard stays where it is while only an answer changed."""
        ordered = tuple(sorted(heard, key=lambda one: one.known))
        if [one.words for one in ordered] == [one.words for one in self._heard]:
            self._heard = ordered
            return
        self._heard = ordered
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [HeardCard(self.theme, one) for one in ordered]
        for place, card in enumerate(self.cards):
            card.linked.connect(self.linked)
            self._scroll.column.insertWidget(place, card)
