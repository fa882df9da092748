"""Who comes next when somebody on the list says no or cannot: said over the list, asked with one click."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from matcher.outreach import Places
from matcher_ui.theme import Theme
from matcher_ui.widgets.banner import Banner


class AskNext(Banner):
    """Hidden while enough people may still say yes. ``pressed`` carries the member to ask, None to choose more."""

    pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "care", "", icon="reply", parent=parent)
        self._next: int | None = None
        self.button = self.add_action("next", "")
        self.button.clicked.connect(lambda: self.pressed.emit(self._next))
        self.hide()

    def show_places(self, found: Places, name: str, *, title: str = "", others: int = 0) -> None:
        """Say who comes next; ``name`` is theirs. ``title``: of which request; ``others``: how many more."""
        self._next = found.next_reserve
        words = next_words(found, name)
        about = f"“{title}”: " if title else ""
        more = (
            f" {others} more {'request is' if others == 1 else 'requests are'} short of people." if others else ""
        )
        self.setVisible(bool(words))
        self.set_message("care", f"{about}{words}{more}", icon="reply")
        self.button.setText(f"Ask {name}" if found.next_reserve else "Choose more people")
        self.button.updateGeometry()


def next_words(found: Places, name: str) -> str:
    """“2 of the list cannot take part. Next in reserve: Ada Obi.” Empty when nobody has to take a place."""
    if not (found.lost and found.short_by):
        return ""
    said = f"{found.lost} of the list cannot take part."
    if found.next_reserve is None:
        return f"{said} Nobody who may be asked is left in reserve."
    rest = found.reserves_left - 1
    more = f" After them {rest} more {'is' if rest == 1 else 'are'} in reserve." if rest else ""
    return f"{said} Next in reserve: {name}.{more}"
