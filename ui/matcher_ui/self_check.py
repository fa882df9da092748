"""Whether an installation is whole: the window opens a store, goes to every page, and writes what it found.

``matcher --self-check STORE REPORT.json`` is for builds, where a part that was left out shows only when it is
wanted. The store must open by itself, as the sample does.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from matcher.storage import loadable_keyrings
from matcher_ui.app import make_window
from matcher_ui.app_window import AppWindow
from matcher_ui.page_list import PAGES
from matcher_ui.workspace import Place

STEP_MS = 20
LONGEST_S = 120.0
ABOUT_ONE: frozenset[str] = frozenset({"request", "member", "report"})
"""Pages that need somebody or something to be about; they are built, and not gone to."""


def check(store: Path, report: Path) -> int:
    """Open the window on ``store``, look at every page, write ``report``; return 0 when nothing was wrong."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("matcher")
    window = make_window(app)
    walk = _Walk(window)
    sys.excepthook = lambda kind, error, _trace: walk.stop(f"{kind.__name__}: {error}")
    window.jobs.crashed.connect(lambda kind, where: walk.stop(f"{kind}: {where}"))
    window.jobs.failed.connect(lambda error: walk.stop(str(error)))
    window.painted.connect(walk.begin)
    window.show()
    window.start(store)
    app.exec()
    window.shut()
    found = {
        "platform": app.platformName(), "keyrings": list(loadable_keyrings()), "pages": walk.seen,
        "painted_at": walk.painted, "whole_at": walk.whole, "trouble": walk.trouble,
    }  # fmt: skip
    report.write_text(json.dumps(found), encoding="utf-8")
    return 1 if walk.trouble else 0


class _Walk(QObject):
    """Goes from page to page, whenever all is calm. When it was painted and whole is told in seconds since 1970."""

    def __init__(self, window: AppWindow) -> None:
        super().__init__(window)
        self._window = window
        self._start = time.monotonic()
        self._left = [name for name in PAGES if name not in ABOUT_ONE]
        self.seen: list[str] = []
        self.painted = self.whole = 0.0
        self.trouble = ""
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._step)

    def begin(self) -> None:
        """The window was painted."""
        self.painted = time.time()
        self._timer.start()

    def stop(self, trouble: str = "") -> None:
        """End the walk; with ``trouble`` as a failure."""
        self.trouble = self.trouble or trouble
        self._timer.stop()
        QApplication.quit()

    def _step(self) -> None:
        main = self._window.main
        if time.monotonic() - self._start > LONGEST_S:
            self.stop("It took too long.")
        elif main is not None and main.is_whole and self._window.jobs.count == 0:
            self.whole = self.whole or time.time()
            if not self._left:
                self.stop()
                return
            name = self._left.pop(0)
            main.go(Place(name))
            self.seen.append(name)
