"""The one window: the welcome, the lock, or an open store; it opens, locks, and remembers how she left it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QClipboard,
    QCloseEvent,
    QGuiApplication,
    QIcon,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from matcher.errors import UserError
from matcher.storage import PACKED, is_remembered, last_store, published_passphrase, stores_folder
from matcher.storage.copies import DATABASE
from matcher_ui.dialogs.choose_file import choose_file
from matcher_ui.dropping import Dropping
from matcher_ui.housekeeping import Housekeeping
from matcher_ui.idle import IdleWatch
from matcher_ui.jobs import Jobs
from matcher_ui.kept_edits import keep_edits, kept_edits
from matcher_ui.pages.opening.gate import Mark
from matcher_ui.pages.opening.restoring import RestoringPage
from matcher_ui.pages.opening.unlock import UnlockPage
from matcher_ui.pages.opening.welcome import WelcomePage
from matcher_ui.people_ready import PeopleReady
from matcher_ui.safety import SafeKeeper, keep_before_closing
from matcher_ui.store_door import OpenedStore, StoreDoor
from matcher_ui.theme import Theme
from matcher_ui.widgets.base import Part, tell_screen_readers
from matcher_ui.widgets.keyed import on_key
from matcher_ui.window_keys import add_outer_keys
from matcher_ui.window_state import WindowState, keep_window_state
from matcher_ui.workspace import Place, Workspace

if TYPE_CHECKING:
    from matcher_ui.main_window import MainWindow

LEFT_OPEN = "Matcher was closed unexpectedly last time. Nothing that was saved is lost."
SIZE, SMALLEST = QSize(1280, 800), QSize(960, 640)


class AppWindow(Part):
    """``painted`` fires once, after the window was painted for the first time.

    ``report_wanted`` carries what was noted when the program died last time, for her to look at.
    """

    painted = Signal()
    report_wanted = Signal(str)

    def __init__(self, theme: Theme, jobs: Jobs, door: StoreDoor, state: WindowState) -> None:
        super().__init__(theme)
        tell_screen_readers()
        self.jobs, self.door = jobs, door
        self._state = state
        self.main: MainWindow | None = None
        self.housekeeping: Housekeeping | None = None
        self._was_painted = False
        self._closing_anyway = self._keeps_typed = False
        self.last_crash = ""
        self._left_at: tuple[Path, Place] | None = None
        self.welcome, self.unlock = WelcomePage(theme, door), UnlockPage(theme, door)
        self.restoring = RestoringPage(theme)
        self.stack = QStackedWidget()
        for page in (self.welcome, self.unlock, self.restoring):
            self.stack.addWidget(page)
        self.idle = IdleWatch(state.lock_minutes, parent=self)
        self._keeper: SafeKeeper | None = None
        self._people: PeopleReady | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.setWindowTitle("Matcher")
        self._dropping = Dropping(self)
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)
        self.restoreGeometry(QByteArray.fromHex(state.geometry.encode()))
        self._connect()
        add_outer_keys(self, theme)
        self.retheme()

    @property
    def workspace(self) -> Workspace | None:
        """The open store's workspace, if one is open."""
        return self.main.workspace if self.main is not None else None

    def is_calm(self) -> bool:
        """Whether no page has still to be built: a moment for what can wait."""
        return self.main is None or self.main.is_whole

    def start(self, path: Path | None = None) -> None:
        """Show the store that was open last (or ``path``): a sample at once, others locked; or the welcome."""
        path = path or last_store()
        if path is None:
            self._show_welcome()
        else:
            self._knock(path)

    def enter(self, opened: OpenedStore, place: Place | None = None) -> None:
        """Go into a store that was just opened."""
        if self.main is not None and self.main.workspace.store.path == opened.store.path:
            self.main.workspace.store = (
                opened.store
            )  # the form she was filling in when it was locked is still there
            self.main.workspace.changed.emit()
            self.main.take_out()
        else:
            from matcher_ui.main_window import MainWindow  # only now, so that the first paint need not wait for it

            self._drop_main()
            workspace = Workspace(opened.store, self.jobs, self.theme, self)
            workspace.lock_minutes = self._state.lock_minutes
            self.main = MainWindow(workspace, opened.settings)
            workspace.unsaved = self.main.unsaved
            workspace.restoring.connect(self.restore)
            workspace.lock_after.connect(self._lock_after)
            self._keeper = SafeKeeper(workspace, workspace)
            workspace.read("edits", kept_edits, self.main.bring_back)
            main = self.main
            self._people = PeopleReady(workspace, lambda: main.is_whole, workspace)
            self.main.locking.connect(self.lock)
            self.stack.addWidget(self.main)
        self.stack.setCurrentWidget(self.main)
        if place is not None or self.main.place is None:
            self.main.go(place or self._where_she_was(opened.store.path))
        if self.main.sidebar.search.hasFocus():
            self.main.take_keyboard()  # Qt brought it there when the page before was hidden
        self.idle.start()
        if self._keeper is not None:
            self._keeper.start()
        if self._people is not None:
            self._people.start()
        if opened.was_left_open:
            self._tell_of_crash(self.main)
        elif opened.said:
            self.main.notice.tell("good", opened.said)
        if opened.by_words:
            self._offer_new_passphrase(self.main)

    def _where_she_was(self, path: Path) -> Place:
        """The page at which this store was locked; else Today. It is forgotten when the window is closed."""
        left, self._left_at = self._left_at, None
        return left[1] if left is not None and left[0] == path else Place("today")

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open store, showing how far it is."""
        if self.main is None:
            return
        store, main = self.main.workspace.store, self.main
        self._rest(main)

        def done(opened: OpenedStore, failed: UserError | None) -> None:
            self.enter(opened, Place("settings", tab="backups") if failed else Place("today"))
            if failed is not None:
                self.show_fault(failed)

        self.stack.setCurrentWidget(self.restoring)
        self._drop_main()
        self.restoring.follow(self.door.restore(store, backup, done))

    def lock(self) -> None:
        """Hide everything at once, clear what was copied, and close the store when its work is done."""
        if self.main is None or self.stack.currentWidget() is self.unlock:
            return
        main, store = self.main, self.main.workspace.store
        self._rest(main)
        forget_copied(QGuiApplication.clipboard())
        self.unlock.show_store(store.path)
        self.unlock.set_busy("Locking…")
        self.stack.setCurrentWidget(self.unlock)
        edits = main.edits() if main.is_typed_back else None
        self._left_at = (store.path, main.place) if main.place is not None else None

        def closed(kept: bool) -> None:
            if kept or not edits:
                self._drop_main()
            self.unlock.set_busy("")

        self.door.close(store, closed, edits)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        surface = self.windowHandle()
        if surface is not None:
            self.idle.watch(surface)
            surface.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window's surface is shown: the pages are painted right within that event."""
        if event.type() == QEvent.Type.Expose and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        unsaved = self.main.unsaved() if self.main is not None else ""
        if unsaved and not self._closing_anyway and self.main is not None:
            event.ignore()
            if self.stack.currentWidget() is self.main:
                self.main.notice.tell(
                    "care", f"Not saved yet: {unsaved}.",
                    (("Stay here", lambda: None), ("Close anyway", self.close_anyway)),
                )  # fmt: skip
                return
        self.keep_state()
        event.accept()

    def keep_state(self) -> None:
        """Remember how the window stands and looks."""
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        self._state = replace(self._state, geometry=geometry, mode=self.theme.mode, scale=self.theme.scale)
        keep_window_state(self._state)

    def shut(self) -> None:
        """Finish what is being written, stop the threads, close the store."""
        self.door.stop()
        if self.main is not None:
            self._rest(self.main)
        self.jobs.shutdown()
        if self.housekeeping is not None:
            self.housekeeping.stop()
        made, open_now = self.welcome.made, self.workspace
        if open_now is not None and open_now.store.is_open and self.main is not None and self.main.is_typed_back:
            left = self.main.edits_at_any_price() if self._keeps_typed else ()
            keep_edits(open_now.store, left)  # else saved, or left behind by her own word
        for store in (self.workspace.store if self.workspace else None, made.store if made else None):
            if store is not None:
                keep_before_closing(store)
                store.close()

    def retheme(self) -> None:
        self.theme.dress(self)
        mark = Mark(self.theme)
        mark.resize(mark.sizeHint())
        picture = QPixmap(mark.size())
        picture.fill(Qt.GlobalColor.transparent)
        mark.render(picture, renderFlags=QWidget.RenderFlag(0))
        self.setWindowIcon(QIcon(picture))
        super().retheme()

    def _knock(self, path: Path) -> None:
        known = published_passphrase(path)
        self.unlock.show_store(path)
        self.stack.setCurrentWidget(self.unlock)
        if known is not None:
            self.unlock.submit()
        elif is_remembered(path):
            self.unlock.set_busy("Opening…")
            self.door.open_remembered(path, self.enter, self.unlock.not_remembered)

    def _show_welcome(self) -> None:
        self.welcome.start_again()
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.begin.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_guide(self) -> None:
        """Show the guide before a store is open; Escape or its way back leads back here."""
        from matcher_ui.pages.guide.outer_guide import (
            OuterGuide,  # it reads its chapters, which the lock need not wait for
        )

        before, guide = self.stack.currentIndex(), OuterGuide(self.theme)
        self.stack.addWidget(guide)
        self.stack.setCurrentWidget(guide)

        def back() -> None:
            self.stack.setCurrentIndex(before)
            self.stack.removeWidget(guide)
            guide.deleteLater()

        guide.left.connect(back)

    def _choose_another(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Open a store", str(stores_folder()))
        if chosen:
            self.open_folder(Path(chosen))

    def _choose_backup(self) -> None:
        name = choose_file(self, "Open a backup from another computer", f"Backups (*{PACKED})")
        if name:
            self.open_backup(Path(name))

    def open_backup(self, file: Path) -> None:
        """Ask for the passphrase of a backup from another computer."""
        self.unlock.show_backup(file)
        self.stack.setCurrentWidget(self.unlock)

    def _rest(self, main: "MainWindow") -> None:
        """Stop what goes on by itself in an open store."""
        self.idle.stop()
        if self._keeper is not None:
            self._keeper.stop()
        if self._people is not None:
            self._people.stop()
        main.put_away()

    def _lock_after(self, minutes: int) -> None:
        self._state = replace(self._state, lock_minutes=minutes)
        self.idle.set_minutes(minutes)
        self.idle.start()

    def _offer_new_passphrase(self, main: "MainWindow") -> None:
        main.notice.tell(
            "quiet", "Opened with your recovery words. If the passphrase is forgotten, choose a new one.",
            (("Choose a new one", lambda: main.go(Place("settings", tab="passphrase"))), ("Not now", lambda: None)),
        )  # fmt: skip

    def _tell_of_crash(self, main: "MainWindow") -> None:
        """The program died while this store was open: say that nothing is lost, and offer what was noted."""
        noted, self.last_crash = self.last_crash, ""
        look = (("See a report", lambda: self.report_wanted.emit(noted)),) if noted else ()
        main.tell_first(LEFT_OPEN, look)

    def show_fault(self, error: UserError) -> None:
        """Say wherever she is that something went wrong."""
        here = self.stack.currentWidget()
        if self.main is not None and here is self.main:
            self.main.show_trouble(error)
        elif here is self.unlock:
            self.unlock.show_trouble(error)
        else:
            self.welcome.begin.show_trouble(error)

    def open_folder(self, path: Path) -> None:
        """Ask for the passphrase of the store in a folder she chose, or say that there is none in it."""
        inside = [folder for folder in (path, *sorted(path.glob("*.matcher"))) if (folder / DATABASE).is_file()]
        if inside:
            self._knock(inside[0])
            return
        self.show_fault(
            UserError("There is no Matcher store in this folder.", where=path.name, todo="Choose another.")
        )

    def close_keeping(self) -> None:
        """Close after a fault: what is typed and not saved is there again next time."""
        self._keeps_typed = True
        self.close_anyway()

    def close_anyway(self) -> None:
        """Close without asking about what is not saved."""
        self._closing_anyway = True
        self.close()

    def _drop_main(self) -> None:
        if self.main is not None:
            self.stack.removeWidget(self.main)
            self._keeper = self._people = None
            self.main.workspace.deleteLater()
            self.main.deleteLater()
            self.main = None

    def _connect(self) -> None:
        self.welcome.opened.connect(self.enter)
        self.unlock.opened.connect(self.enter)
        self.welcome.another.connect(self._choose_another)
        self.unlock.another.connect(self._choose_another)
        self.welcome.backup.connect(self._choose_backup)
        self.unlock.new.connect(self._show_welcome)
        self.idle.idle.connect(self._idle)
        for page in (self.welcome, self.unlock):
            page.guide.connect(self.show_guide)
            on_key(page, "The guide", self.show_guide)

    def _idle(self) -> None:
        if self.jobs.count:
            self.idle.soon_again()  # something is under way: not left alone yet
        else:
            self.lock()


def forget_copied(clipboard: QClipboard) -> None:
    """Clear what was copied in Matcher, and what was only marked, which some systems paste as well."""
    if filled_by_us(clipboard):
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def filled_by_us(clipboard: QClipboard) -> bool:
    """Whether what is in the clipboard was copied in Matcher; what she copied elsewhere is left alone."""
    return clipboard.ownsClipboard()
