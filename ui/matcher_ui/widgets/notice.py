"""A message over the page: what went wrong, or a question before something is lost. One at a time, in place."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.banner import Banner, BannerKind
from matcher_ui.widgets.base import Part

Action = tuple[str, Callable[[], None]]


class Notice(Part):
    """Hidden until it has something to say; every button also closes it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._column = QVBoxLayout(self)
        self._banner: Banner | None = None
        self.retheme()
        self.hide()

    @property
    def words(self) -> str:
        """What it says now; empty when it is hidden."""
        return self._banner.accessibleName() if self._banner else ""

    def tell(self, kind: BannerKind, words: str, actions: Sequence[Action] = ()) -> None:
        """Say ``words`` with a button for each action; without one there is Close."""
        self.clear()
        banner = Banner(self.theme, kind, "")
        for number, (label, act) in enumerate(actions or (("Close", _nothing),)):
            button = banner.add_action(label, label, "plain" if number == 0 else "quiet")
            button.clicked.connect(self.clear)
            button.clicked.connect(act)
        self._banner = banner
        self._column.addWidget(banner)
        self.show()
        banner.set_message(kind, words)

    def clear(self) -> None:
        """Close it."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        self.hide()

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(px(Space.PAGE), px(Space.L), px(Space.PAGE), 0)
        super().retheme()


def _nothing() -> None:
    """Close alone."""
