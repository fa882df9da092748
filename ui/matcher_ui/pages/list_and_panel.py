"""A page with a list on the left and what is chosen of it on the right; while there is nothing, what to do."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher_ui.pages.page import Page
from matcher_ui.theme import Space
from matcher_ui.widgets.card import Ground
from matcher_ui.widgets.empty_page import EmptyPage
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.page_header import PageHeader
from matcher_ui.workspace import PageName, Place, Workspace


class ListAndPanelPage(Page):
    """Call `_lay_out_sides` once the sides are made; `_show_sides` shows them, or that there is nothing yet."""

    PANEL_SHARE, PANEL_MOST = 0.54, 560
    """How much of the page the panel takes, and the most in pixels at 100 %."""

    BACK: tuple[str, PageName] = ("Requests", "requests")
    """What the way back says, and the page it leads to."""

    def __init__(self, workspace: Workspace, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._header = PageHeader(self.theme, title, back=self.BACK[0])
        self._header.set_facts((hint,))
        self._header.went_back.connect(self._go_back)
        self.notice = Notice(self.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._panel.setFixedWidth(min(self.theme.px(self.PANEL_MOST), round(self.width() * self.PANEL_SHARE)))

    def retheme(self) -> None:
        px = self.theme.px
        self._column.setContentsMargins(0, px(Space.L), 0, 0)
        self._column.setSpacing(px(Space.M))
        self._head.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), 0)
        self._inset.setContentsMargins(px(Space.PAGE), 0, px(Space.PAGE), px(Space.PAGE))
        super().retheme()

    def _show_sides(self, some: bool) -> None:
        for part in (self._side, self._panel):
            part.setVisible(some)
        self._around.setVisible(not some)

    def _go_back(self) -> None:
        self.workspace.go(Place(self.BACK[1]))

    def _failed(self, error: UserError) -> None:
        self.notice.tell("stop", str(error))

    def _searched(self, search: QWidget, rows: QWidget) -> QWidget:
        """A list with the field that searches it above; `_find` is the room around that field."""
        side = QWidget()
        left, self._find = QVBoxLayout(side), QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        self._find.addWidget(search)
        left.addLayout(self._find)
        left.addWidget(rows, 1)
        return side

    def _lay_out_sides(self, side: QWidget, panel: Ground, empty: EmptyPage) -> None:
        self._side, self._panel = side, panel
        empty.setAcceptDrops(False)  # the window itself takes what is dropped
        self._column, self._head, row = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        self._around = QWidget()
        self._inset = QVBoxLayout(self._around)
        self._inset.addWidget(empty)
        self._head.addWidget(self._header)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part, stretch in ((side, 1), (panel, 0), (self._around, 1)):
            row.addWidget(part, stretch)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addLayout(row, 1)
