"""Starting the window, and the last chance when something goes wrong in it."""

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtWidgets import QApplication

from matcher.errors import UserError
from matcher_ui.app_window import AppWindow
from matcher_ui.housekeeping import Housekeeping
from matcher_ui.jobs import Jobs
from matcher_ui.jobs.door import BUG, where_it_happened
from matcher_ui.store_door import StoreDoor
from matcher_ui.theme import Theme
from matcher_ui.warm_up import WarmUp
from matcher_ui.window_state import read_window_state

SWITCH_S = 0.0001
"""How soon background work makes way for the window, in seconds: Python's own 0.005 adds up to a wait she feels."""

_LOG_BYTES = 256_000
_log = logging.getLogger("matcher.window")


def run(store: Path | None = None) -> int:
    """Open the window, on ``store`` or the one open last, and stay until it is closed; return the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("matcher")
    app.setApplicationDisplayName("Matcher")
    app.setDesktopFileName("matcher")
    keep_log(log_path())
    window = make_window(app)
    catch_faults(window)
    window.show()
    window.start(store)
    code = app.exec()
    window.shut()
    return code


def make_window(app: QApplication, *, door: StoreDoor | None = None, jobs: Jobs | None = None) -> AppWindow:
    """The window as she left it, not yet shown; the rest is loaded in the background once it was painted."""
    sys.setswitchinterval(SWITCH_S)
    state = read_window_state()
    jobs = jobs or Jobs()
    window = AppWindow(Theme(app, state.mode, state.scale), jobs, door or StoreDoor(jobs), state)
    window.housekeeping = housekeeping = Housekeeping(jobs, window.idle.quiet_s, window)
    window.painted.connect(WarmUp(jobs, window.is_calm, housekeeping.settle, window).begin)
    jobs.crashed.connect(lambda kind, where: _log.error("%s in the background\n%s", kind, where))
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


def catch_faults(window: AppWindow) -> None:
    """The last chance: say calmly that something went wrong, and note where, without any value."""
    sys.excepthook = fault_hook(lambda error: window.show_fault(error))


def fault_hook(
    show: Callable[[UserError], None],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """An exception hook that shows a calm sentence and logs the kind of error and its place in the code."""

    def hook(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, UserError) and isinstance(error, UserError):
            show(error)
        elif issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            _log.error("%s in the window\n%s", kind.__name__, where_it_happened(error))
            show(BUG)

    return hook
