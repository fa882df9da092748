"""Starting the window, and the last chance when something goes wrong in it."""

import faulthandler
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from platformdirs import user_log_path
from PySide6.QtWidgets import QApplication

from matcher_ui.app_window import AppWindow
from matcher_ui.faults import crash_places, fault_of, report_on
from matcher_ui.housekeeping import Housekeeping
from matcher_ui.jobs import Jobs
from matcher_ui.last_chance import LastChance
from matcher_ui.memory import share_one_heap
from matcher_ui.pages.fault import FaultPage
from matcher_ui.store_door import StoreDoor
from matcher_ui.theme import Theme
from matcher_ui.warm_up import WarmUp
from matcher_ui.window_fit import fit_before_shown, fit_once_framed
from matcher_ui.window_state import read_window_state

SWITCH_S = 0.0001
"""How soon background work makes way for the window, in seconds: Python's own 0.005 adds up to a wait she feels."""

NO_START = "Matcher could not start. It is a fault in the program, nothing you did."
NOTHING_OPENED = "Your store was not opened, and nothing in it was changed. Starting again may be enough."

_LOG_BYTES = 256_000
_log = logging.getLogger("matcher.window")


def run(store: Path | None = None) -> int:
    """Open the window, on ``store`` or the one open last, and stay until it is closed; return the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("matcher")
    app.setApplicationDisplayName("Matcher")
    app.setDesktopFileName("matcher")
    keep_log(log_path())
    noted, _notes = watch_for_crashes(log_path().with_name("crash.txt"))
    try:
        window = make_window(app)
        sys.excepthook = LastChance(window).hook
        window.last_crash = noted
        window.show()
        window.start(store)
    except Exception as error:  # noqa: BLE001 - the last chance: she must be told, and the place noted
        page = tell_start_failed(app, error)
        app.exec()
        page.deleteLater()
        return 1
    code = app.exec()
    window.shut()
    return code


def make_window(app: QApplication, *, door: StoreDoor | None = None, jobs: Jobs | None = None) -> AppWindow:
    """The window as she left it, not yet shown; the rest is loaded in the background once it was painted."""
    sys.setswitchinterval(SWITCH_S)
    share_one_heap()
    state = read_window_state()
    jobs = jobs or Jobs()
    window = AppWindow(Theme(app, state.mode, state.scale), jobs, door or StoreDoor(jobs), state)
    fit_before_shown(window, placed=bool(state.geometry))
    window.painted.connect(lambda: fit_once_framed(window))
    window.housekeeping = housekeeping = Housekeeping(jobs, window.idle.quiet_s, window)
    window.painted.connect(WarmUp(jobs, window.is_calm, housekeeping.settle, window).begin)
    return window


def log_path() -> Path:
    """Where faults are noted: types and places in the code, nothing about people."""
    return user_log_path("matcher", appauthor=False) / "matcher.log"


def keep_log(path: Path) -> None:
    """Note faults in a small file; a computer that lets nothing be written is no reason to stop."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False


def watch_for_crashes(path: Path) -> tuple[str, IO[str] | None]:
    """What was noted when the whole program died last time, and the file for this time: only places in the code."""
    try:
        noted = crash_places(path.read_text(encoding="utf-8", errors="replace")) if path.exists() else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        notes = path.open("w", encoding="utf-8")
    except OSError:
        return "", None
    faulthandler.enable(notes)
    return noted, notes


def tell_start_failed(app: QApplication, error: Exception) -> FaultPage:
    """The page when there is not even a window: nothing was opened, and the report can be saved."""
    fault = fault_of(error, "at the start")
    _log.error("%s at the start\n%s", fault.kind, fault.where)
    theme = Theme(app)
    page = FaultPage(theme)
    theme.dress(page)
    theme.changed.connect(lambda: theme.dress(page))
    page.setWindowTitle("Matcher")
    page.show_fault(NO_START, NOTHING_OPENED, report_on((fault,)), can_go_on=False)
    page.closed.connect(page.close)
    page.resize(720, 560)
    page.show()
    page.take_keyboard()
    return page
