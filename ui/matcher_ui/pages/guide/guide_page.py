"""The guide inside an open store."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from matcher_ui.pages.page import Page
from matcher_ui.widgets.guide_view import GuideView
from matcher_ui.workspace import Place, Workspace


class GuidePage(Page):
    """A place's tab is the key of a chapter."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.view = GuideView(self.theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        if place.tab:
            self.view.search.clear()
            self.view.turn_to(place.tab)
