"""Views of the members under a name: those Matcher brings, her own, and keeping what is shown now."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from matcher.directory import SavedView, forget_view, save_view, saved_views
from matcher.errors import UserError
from matcher_ui.models.member_facets import NEVER, NOTHING_SAID, RESTED, RESTING
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.fields import Field
from matcher_ui.widgets.paint import rounded, smooth
from matcher_ui.workspace import Workspace

BROUGHT = (
    SavedView("Everyone"),
    SavedView("Never asked, and rested", chosen={"asked": (NEVER,), "rest": (RESTED,)}),
    SavedView("No permission yet", chosen={"permission": (NOTHING_SAID,)}),
    SavedView(
        "Resting now", chosen={"rest": (RESTING,)}, columns=("name", "place", "permissions", "asked", "rests")
    ),
)


class NamePopup(Part):
    """One line that asks for the name of a view. ``named`` carries it."""

    named = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.name = QLineEdit()
        self.field = Field(theme, "Name of this view", self.name)
        self.save = Button(theme, "Save", "main")
        self._column, row = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(self.field)
        row.addStretch(1)
        row.addWidget(self.save)
        self._column.addLayout(row)
        self.name.returnPressed.connect(self._keep)
        self.save.clicked.connect(self._keep)
        self.retheme()

    def open_under(self, where: QPoint) -> None:
        """Open with the top right corner at ``where`` on the screen."""
        self.name.clear()
        self.field.set_state("normal")
        self.resize(self.theme.px(280), self.sizeHint().height())
        self.move(where - QPoint(self.width(), 0))
        self.show()
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_trouble(self, words: str) -> None:
        """Say what is wrong with the name."""
        self.field.set_state("wrong", words)
        self.resize(self.width(), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth(self)
        rounded(painter, self.rect(), 0, self.theme.color("card"), self.theme.color("soft_edge"))  # as menus are
        painter.end()

    def retheme(self) -> None:
        self._column.setContentsMargins(*[self.theme.px(Space.M)] * 4)
        self._column.setSpacing(self.theme.px(Space.S))
        super().retheme()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.field.set_state("normal")

    def _keep(self) -> None:
        self.named.emit(self.name.text())


class ViewsButton(Button):
    """Opens the menu of views. ``picked`` carries the `SavedView` to show; ``now`` says what is shown at present.

    ``doubles`` asks to look for records that may be one person, ``partners`` for the page of partners.
    """

    picked = Signal(object)
    doubles = Signal()
    partners = Signal()

    def __init__(
        self, workspace: Workspace, now: Callable[[str], SavedView], parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace.theme, "Views", "quiet", trailing="chevron_down", parent=parent)
        self.workspace, self._now = workspace, now
        self.views: tuple[SavedView, ...] = ()
        self.name = NamePopup(workspace.theme, self)
        self.clicked.connect(self._open)
        self.name.named.connect(self._save)

    def refresh(self) -> None:
        """Read the views again."""
        self.workspace.read("members.views", saved_views, self._show)

    def menu_of_views(self) -> QMenu:
        """Every view, and what can be done with them."""
        menu = QMenu(self)
        for view in BROUGHT:
            menu.addAction(view.name).triggered.connect(partial(self.picked.emit, view))
        if self.views:
            menu.addSeparator()
        for view in self.views:
            menu.addAction(_escaped(view.name)).triggered.connect(partial(self.picked.emit, view))
        menu.addSeparator()
        menu.addAction("Save this view…").triggered.connect(self.ask_name)
        if self.views:
            forget = menu.addMenu("Forget a view")
            for view in self.views:
                forget.addAction(_escaped(view.name)).triggered.connect(partial(self._forget, view.name))
        menu.addSeparator()
        menu.addAction("Look for records that may be one person").triggered.connect(self.doubles)
        menu.addAction("Partners").triggered.connect(self.partners)
        return menu

    def ask_name(self) -> None:
        """Ask under which name to keep what is shown now."""
        self.name.open_under(self.mapToGlobal(self.rect().bottomRight()))

    def _show(self, views: tuple[SavedView, ...]) -> None:
        self.views = views

    def _open(self) -> None:
        menu = self.menu_of_views()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _save(self, name: str) -> None:
        view = self._now(name.strip())

        def done(batch: int) -> None:
            self.name.hide()
            self.workspace.say(f"Saved the view “{view.name}”.", batch)

        self.workspace.write(
            lambda store, _progress: save_view(store, view), done, what="Saving a view", on_failed=self._trouble
        )

    def _trouble(self, error: UserError) -> None:
        self.name.show_trouble(f"{error.what} {error.todo or ''}".strip())

    def _forget(self, name: str) -> None:
        self.workspace.write(
            lambda store, _progress: forget_view(store, name),
            lambda batch: self.workspace.say(f"Forgot the view “{name}”.", batch), what="Forgetting a view",
        )  # fmt: skip


def _escaped(words: str) -> str:
    return words.replace("&", "&&")
