"""Records that may be one person: looked for, said in a line above the table, and compared side by side."""

from PySide6.QtCore import QObject, Signal

from matcher.directory import PossiblySame, possible_duplicates
from matcher_ui.pages.members.duplicates import DuplicatesView
from matcher_ui.widgets.banner import Banner
from matcher_ui.workspace import Workspace


class Doubles(QObject):
    """``banner`` stands above the table, ``view`` in its place while two are compared; ``turned`` when either may
    have come or gone.
    """

    turned = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.banner, self.view = Banner(workspace.theme, "care", ""), DuplicatesView(workspace)
        self.pairs: tuple[PossiblySame, ...] = ()
        self._comparing = False
        self.banner.add_action("compare", "Compare")
        self.banner.acted.connect(lambda _key: self._compare(on=True))
        self.view.closed.connect(lambda: self._compare(on=False))

    @property
    def is_comparing(self) -> bool:
        """Whether two records are shown side by side now."""
        return self._comparing and self.view.pair is not None

    def look(self, *, then_show: bool = False) -> None:
        """Look for them; a long list only when she asks for it, and then the first pair is shown."""

        def show(pairs: tuple[PossiblySame, ...]) -> None:
            self._show(pairs)
            if then_show and pairs:
                self._compare(on=True)
            elif then_show:
                self.workspace.say("No two records look like one person.")

        self.workspace.read(
            "members.doubles", possible_duplicates, show, what="Comparing records" if then_show else ""
        )

    def compare_two(self, one: int, other: int) -> None:
        """Show two records that she chose side by side."""
        self.view.set_pair(PossiblySame(one, other, ""))
        self._compare(on=True)

    def _show(self, pairs: tuple[PossiblySame, ...]) -> None:
        self.pairs = pairs
        many = len(pairs)
        words = "2 records may be one person." if many == 1 else f"{many} pairs of records may be one person each."
        self.banner.set_message("care", words)
        self.view.set_pairs(pairs)
        self.turned.emit()

    def _compare(self, on: bool) -> None:
        self._comparing = on
        self.turned.emit()
        if on:
            self.view.show_next()
