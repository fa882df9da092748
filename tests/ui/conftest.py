"""The window's tests run without a screen, and noise fails them: Qt warnings, stray logs, leaked threads."""

import gc
import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matcher.storage.store import Store
from matcher_ui.jobs import Jobs
from matcher_ui.page_list import PAGES, load_page
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Said, Workspace

for page in PAGES.values():
    load_page(page)  # so that going to one shows it at once

HERE = Path(__file__).parent
HARMLESS = (
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise",
    "This plugin does not support grabbing the keyboard",
    "This plugin does not support setting window masks",
)
LOOK_THROUGH_ALL = 200
PATIENCE_MS = 60_000
"""What is to come comes within that on any computer, however busy; what never comes fails the test all the same."""
TESTS_SO_FAR = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*HARMLESS, extend=True))


@pytest.fixture(autouse=True)
def no_stray_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    stray = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not stray, [r.getMessage() for r in stray]


@pytest.fixture(autouse=True)
def collected_on_the_windows_thread() -> Iterator[None]:
    """Parts of the window must not be collected on a working thread: Qt is not made for that.

    What stood before a test is set aside: only what the test made is looked through, and everything now and then.
    """
    gc.disable()
    gc.freeze()
    yield
    if next(TESTS_SO_FAR) % LOOK_THROUGH_ALL == 0:
        gc.unfreeze()
    gc.enable()
    gc.collect()


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    leaked = [t.name for t in threading.enumerate() if t not in before and t.is_alive()]
    assert not leaked, leaked
    assert QThreadPool.globalInstance().activeThreadCount() == 0


class PatientBot(QtBot):
    """Waits for what is to come as long as a busy computer may take."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def files_read_here(read_here: None) -> None:
    """See ``read_here``."""


@pytest.fixture(scope="session")
def _session_theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp, "light", 1.0)
    theme.changed.connect(lambda: theme.dress(qapp))  # parts are tested without the window that would dress them
    return theme


@pytest.fixture
def theme(_session_theme: Theme) -> Theme:
    """The light theme at 100 %; a test may change it."""
    if (_session_theme.mode, _session_theme.scale) != ("light", 1.0):
        _session_theme.set("light", 1.0)
    return _session_theme


@dataclass
class Heard:
    """Where a page went and what it said."""

    places: list[Place] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@pytest.fixture
def workspace(qtbot: QtBot, store: Store, theme: Theme, frozen: object) -> Iterator[Workspace]:
    jobs, faults = Jobs(), list[tuple[str, str]]()
    jobs.crashed.connect(lambda kind, where: faults.append((kind, where)))
    yield Workspace(store, jobs, theme)
    jobs.shutdown()
    assert not faults


@pytest.fixture
def heard(workspace: Workspace) -> Heard:
    heard = Heard()
    workspace.went.connect(heard.places.append)
    workspace.said.connect(heard.said.append)
    return heard


@pytest.fixture
def settle(qtbot: QtBot, workspace: Workspace) -> Callable[[], None]:
    """Wait until everything in the background is done."""
    return lambda: qtbot.waitUntil(lambda: workspace.jobs.count == 0)
