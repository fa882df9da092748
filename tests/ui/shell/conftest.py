"""A window with its own home folder, over real encrypted stores whose keys are cheap to derive."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.conftest import CHEAP, PASSPHRASE

from matcher.directory import add_member
from matcher.storage import Store, recent_batches
from matcher_ui.app_window import AppWindow
from matcher_ui.jobs import Jobs
from matcher_ui.main_window import MainWindow
from matcher_ui.store_door import StoreDoor
from matcher_ui.theme import Theme
from matcher_ui.window_state import read_window_state
from matcher_ui.workspace import Workspace


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and documents go to a folder of this test."""
    home = tmp_path / "home"
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot, theme: Theme) -> Iterator[Callable[[], AppWindow]]:
    """Make a shown, active window; every one is shut at the end."""
    made: list[AppWindow] = []
    faults: list[str] = []

    def make() -> AppWindow:
        jobs = Jobs()
        jobs.crashed.connect(lambda _kind, where: faults.append(where))
        window = AppWindow(theme, jobs, StoreDoor(jobs, cost=CHEAP), read_window_state())
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made.append(window)
        return window

    yield make
    for window in made:
        qtbot.waitUntil(lambda window=window: window.jobs.count == 0)  # type: ignore[misc]
        window.shut()
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not faults, faults


@pytest.fixture
def store_path(template: Path, tmp_path: Path) -> Path:
    """A closed, empty store of the Lantern Network."""
    path = tmp_path / "Lantern Network.matcher"
    shutil.copytree(template, path)
    return path


@pytest.fixture
def window(make_window: Callable[[], AppWindow], store_path: Path, passphrase: str, qtbot: QtBot) -> AppWindow:
    """The window inside that store, on Today."""
    made = make_window()
    made.start(store_path)
    made.unlock.passphrase.setText(passphrase)
    made.unlock.submit()
    qtbot.waitUntil(lambda: made.main is not None and made.jobs.count == 0)
    return made


CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def main(window: AppWindow) -> MainWindow:
    assert window.main is not None
    return window.main


def add(workspace: Workspace, first: str, last: str, qtbot: QtBot) -> None:
    """Add a member the way a page does: in the background, and say so with Undo."""

    def verb(store: Store, _progress: object) -> int:
        add_member(store, {"first_name": first, "last_name": last})
        return recent_batches(store, 1)[0].id

    workspace.write(verb, lambda batch: workspace.say(f"Added {first}.", batch), what="Adding")
    qtbot.waitUntil(lambda: workspace.jobs.count == 0)
