"""A walk through every page of the window, over the sample: the same pages that the pictures are taken of."""

import importlib.util
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from matcher.sample import make_sample
from matcher.storage import Cost, read_settings
from matcher.storage.store import Store
from matcher_ui.app_window import AppWindow
from matcher_ui.jobs import Jobs
from matcher_ui.page_list import PAGES
from matcher_ui.pages.page import Page
from matcher_ui.store_door import OpenedStore, StoreDoor
from matcher_ui.theme import Theme
from matcher_ui.window_state import WindowState
from matcher_ui.workspace import Place

NOW = "2026-11-23T09:00"
MEMBERS = 60


def _screens() -> ModuleType:
    """packaging/screens.py, which knows every page."""
    path = Path(__file__).parents[3] / "packaging" / "screens.py"
    spec = importlib.util.spec_from_file_location("screens", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["screens"] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


with pytest.MonkeyPatch.context() as _kept:
    _kept.setenv("MATCHER_NOW", NOW)
    screens = _screens()

STEPS = {
    "request": [f"request-{tab}" for tab in screens.TABS],
    "meetup": [f"meetup-{tab}" for tab in ("plan", "invite", "people", "day")],
}
NAMES = tuple(name for page in PAGES for name in STEPS.get(page, [page]))
"""Every page, with the steps of a request and of a meet-up on their own."""


class Tour:
    """The window over the sample, and the way to each of its pages."""

    def __init__(self, window: AppWindow, store: Store, folder: Path) -> None:
        assert window.main is not None
        self.window, self.main, self.store = window, window.main, store
        self.places: dict[str, Place] = dict(screens.places(store, folder))

    def go(self, name: str) -> Page:
        """Go to a page, and wait until everything on it was read."""
        self.main.go(self.places[name])
        self.main.notice.clear()
        self.settle()
        assert self.main.page is not None
        return self.main.page

    def settle(self) -> None:
        """Until nothing is read and nothing is to be built."""
        end, calm = time.monotonic() + 30, 0
        while calm < 8 and time.monotonic() < end:
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.005)
            page = self.main.page
            busy = self.window.jobs.count or (page is not None and not page.is_built)
            calm = 0 if busy else calm + 1
        assert calm, "something never came to an end"


@pytest.fixture(scope="session")
def tour(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    """One window for all of these tests: they look, and change nothing."""
    folder = tmp_path_factory.mktemp("tour")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_NOW", NOW)
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
            patch.setenv(variable, str(folder / variable))
        store = make_sample(folder / "sample.matcher", members=MEMBERS)
        jobs = Jobs()
        window = AppWindow(Theme(qapp, "light", 1.0), jobs, StoreDoor(jobs, cost=Cost(n=2**10)), WindowState())
        window.show()
        for writes, aside in ((True, False), (False, False), (False, True)):  # so that each thread is there already
            jobs.run(
                lambda _progress: None, on_done=lambda _none: None, what="", writes=writes, aside=aside, quiet=True
            )
        window.enter(OpenedStore(store, read_settings(store)))
        assert window.main is not None
        window.main.edit_keeper.stop()
        shown = Tour(window, store, folder)
        shown.settle()
        yield shown
        window.shut()
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def that_morning(monkeypatch: pytest.MonkeyPatch, tour: Tour) -> None:
    """The day of the sample, in the light theme, with the keyboard in the window."""
    monkeypatch.setenv("MATCHER_NOW", NOW)
    if (tour.window.theme.mode, tour.window.theme.scale) != ("light", 1.0):
        tour.window.theme.set("light", 1.0)
    tour.window.activateWindow()


@pytest.fixture(scope="session", params=NAMES)
def page(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page in turn, shown."""
    return tour.go(request.param)


def shown(page: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    """The visible widgets of a kind on a page."""
    return [one for one in page.findChildren(kind) if one.isVisible()]
