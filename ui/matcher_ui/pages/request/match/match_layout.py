"""How the Match tab is laid out: its parts, and what folds where there is little room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from matcher_ui.models.candidates import CandidateModel
from matcher_ui.pages.request.match.could_fit import CouldFitView
from matcher_ui.pages.request.match.how_made import HowMadeView
from matcher_ui.pages.request.match.list_rules import ClashBar, ListRules
from matcher_ui.pages.request.match.list_tray import ListTray
from matcher_ui.pages.request.match.needs_bar import NeedsBar
from matcher_ui.pages.request.match.not_now import NotNowView
from matcher_ui.pages.request.match.share_switch import ShareSwitch
from matcher_ui.pages.request.match.weights_bar import WeightsBar
from matcher_ui.pages.request.match.why_panel import WhyPanel
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.choices import Tabs
from matcher_ui.widgets.notice import Notice
from matcher_ui.widgets.scroll_column import FittedColumn

COULD, NOT_NOW, MADE = "could", "not_now", "made"
PANEL, NARROW_PANEL, NARROW_BELOW, LOW_BELOW, SLIM_BELOW = 352, 304, 1000, 640, 560
_LARGE_TEXT_PANEL, _LEAST_PEOPLE = 248, 240
_ROOM_FOR_SHARE, _ROOM_FOR_MARK, _ROOM_FOR_TABS, _FOLD_TRAY_BELOW, _MOST_SETTINGS = 660, 80, 430, 440, 380
_LEAST_VIEW = 64


class MatchLayout(Part):
    """The parts of the tab; what they do is told them elsewhere."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.model = CandidateModel(self)
        self.notice, self.needs = Notice(theme), NeedsBar(theme)
        self.tabs = Tabs(theme, ((COULD, "Could fit"), (NOT_NOW, "Not now"), (MADE, "How it was made")))
        self.more = Button(theme, "More", "quiet", trailing="chevron_down")
        self.weights, self.could = WeightsBar(theme), CouldFitView(theme, self.model)
        self.not_now, self.tray, self.panel = NotNowView(theme), ListTray(theme), WhyPanel(theme)
        self.share, self.rules, self.clash = ShareSwitch(theme), ListRules(theme), ClashBar(theme)
        self.made, self.settings = HowMadeView(theme), FittedColumn(theme, _MOST_SETTINGS)
        self._by_tab: dict[str, QWidget] = {COULD: self.could, NOT_NOW: self.not_now, MADE: self.made}
        self._views, self._people = QStackedWidget(), QWidget()
        self._slim = self._opened = self._explains = False
        self._lay_out()
        self.retheme()

    def show_view(self, key: str) -> None:
        """Show what stands under a tab."""
        self.tabs.set_current(key)
        self._views.setCurrentWidget(self._by_tab[key])

    def hold(self, reason: str) -> None:
        """Nobody is there to work on: what would do nothing cannot be pressed, and says why."""
        self._allow(False, reason)
        for key in (COULD, NOT_NOW):
            self.tabs.set_count(key, None)
        self.tray.wait(reason)

    def let_go(self) -> None:
        """The people are there."""
        self._allow(True, "")
        self.needs.show()

    def _allow(self, allowed: bool, reason: str) -> None:
        for part in (self.needs, self.tabs, self.settings):
            part.setEnabled(allowed)
            part.setToolTip(reason)
            part.setAccessibleDescription(reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def retheme(self) -> None:
        px = self.theme.px
        layout = self.tabs.layout()
        if layout is not None:
            layout.setContentsMargins(px(Space.PAGE), 0, px(Space.M), 0)
        super().retheme()
        self._fold()

    def _fold(self) -> None:
        px = self.theme.px
        narrow, large = self.width() < px(NARROW_BELOW), self.theme.scale > 1.2
        self._people.setMinimumWidth(px(_LEAST_PEOPLE))
        slim = self.width() < px(SLIM_BELOW)
        if slim:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(self.width())
        else:
            self.panel.setFixedWidth(px(_LARGE_TEXT_PANEL if large else NARROW_PANEL if narrow else PANEL))
        if slim != self._slim:
            self._slim = slim
            self.open_panel(False)
        low = self.height() < px(LOW_BELOW)
        self.needs.set_folded(narrow or low)
        height = self.height() / self.theme.scale
        self.needs.set_room(round(0.5 * height))
        self.settings.set_most(min(round(0.6 * height), _MOST_SETTINGS))
        self.could.set_low(low)
        self.tray.set_narrow(narrow)
        self.tray.set_low(self.height() < px(_FOLD_TRAY_BELOW))
        self._place_share()

    def _place_share(self) -> None:
        """The switch stands beside the tabs where there is room, else with the rest under More."""
        tabs, px = self.tabs.layout(), self.theme.px
        room = self.width() - (0 if self._slim else self.panel.width())
        tight, beside = room < px(_ROOM_FOR_TABS), room >= px(_ROOM_FOR_SHARE)
        if not isinstance(tabs, QHBoxLayout):
            return
        crowded = beside and room < px(_ROOM_FOR_SHARE + _ROOM_FOR_MARK)
        self.share.about.setVisible(not crowded)
        tabs.setSpacing(px(Space.M if tight else Space.PAGE))
        self.tabs.set_label(MADE, "How made" if tight or crowded else "How it was made")
        self.more.setText("" if tight else "More")
        self.more.setAccessibleName("More: weights, rules and numbers")
        self.more.updateGeometry()
        if beside != (self.share.parentWidget() is self.tabs):
            if beside:
                tabs.insertWidget(tabs.indexOf(self.more), self.share)
            else:
                self.rules.take_share(self.share)
            self.share.retheme()

    def open_panel(self, opened: bool) -> None:
        """Where there is no room for both, the panel takes the place of the people until she goes back."""
        self._opened = opened
        self.show_panel(self._explains)
        if self.panel.back.isVisible():
            self.panel.back.setFocus()

    def show_panel(self, explains: bool) -> None:
        """Show the panel when there is somebody to explain: beside the people, or instead of them."""
        self._explains = explains
        instead = explains and self._slim and self._opened
        self.panel.setVisible(explains and (instead or not self._slim))
        self.panel.back.setVisible(self._slim)
        self._people.setVisible(not instead)

    def _lay_out(self) -> None:
        left, row = QVBoxLayout(self._people), QHBoxLayout(self)
        for layout in (left, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        tabs = self.tabs.layout()
        if tabs is not None:
            tabs.addWidget(self.share)
            tabs.addWidget(self.more)
        self.settings.column.setSpacing(0)
        self.settings.column.addWidget(self.weights)
        self.settings.column.addWidget(self.rules)
        self.settings.hide()
        self._views.setMinimumHeight(_LEAST_VIEW)
        for view in self._by_tab.values():
            self._views.addWidget(view)
        for part in (self.notice, self.needs, self.tabs, self.settings):
            left.addWidget(part)
        left.addWidget(self._views, 1)
        left.addWidget(self.clash)
        left.addWidget(self.tray)
        row.addWidget(self._people, 1)
        row.addWidget(self.panel)
