"""What a withdrawal or correction left to do, told on the member's own page."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher.consent import ToDo, to_do
from matcher_ui.models.promises import things_to_do
from matcher_ui.widgets.banner import Banner
from matcher_ui.widgets.base import Part
from matcher_ui.workspace import Place, Workspace


class AfterBanner(Part):
    """Hidden while nothing is left; its button leads to this member's part of the list."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        self._member_id = 0
        self.banner = Banner(self.theme, "care", "")
        self.see = self.banner.add_action("see", "See what to do")
        self.see.clicked.connect(lambda: workspace.go(Place("promises", self._member_id, "after")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        self.hide()

    def show_member(self, member_id: int) -> None:
        """Read what is left to do after this member's withdrawals, in the background."""
        if member_id != self._member_id:
            self._member_id = member_id
            self.hide()
        self._workspace.read(
            "member.after", lambda store: (member_id, to_do(store, member_id)), lambda found: self._show(*found)
        )

    def _show(self, member_id: int, left: tuple[ToDo, ...]) -> None:
        if member_id != self._member_id:
            return
        self.setVisible(bool(left))
        if left:
            first = left[0].about
            more = f", and {len(left) - 1} more" if len(left) > 1 else ""
            self.banner.set_message("care", f"{things_to_do(len(left))}: {first}{more}.")
