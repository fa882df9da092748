"""How long the window ever keeps her waiting: ``python benchmarks/ui_latency.py [--members 65000] [--acts 500]``.

Over a store of made-up members the window is worked by a script (`ui_script`): pages, filters, sorting, members,
requests, ranking, moving through lists, search, and an import while all of that goes on. A timer of 5 ms measures
the longest time in which the window could not answer. Beside it: how much of that was the window's own work, and
how much it waited for a processor that others had (known on Linux only); the rest it waited for background work.

Over a second store, of 3,000 members, ``first_row_s`` is from the passphrase to the first painted row of Today, the
window having waited for it as long as typing takes; ``start_s`` from the start of the process to that row over a
sample, which asks for none: each the middle of three after a first that nobody counts (as on any day but the
first, Python has the code compiled). ``memory_mb`` is what the window holds at most while it is worked there; the
table tells beside each kind of act what was held at most when it was over.

``--store`` takes a sample made before (``matcher sample``) instead of making one; it is copied first. No screen is
needed.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from ui_script import SHEET, SHEET_ROWS, Player, write_sheet

if TYPE_CHECKING:
    from matcher_ui.app_window import AppWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TICK_MS = 5
STARTS = 3
TYPING_MS = 4_000
SMALL, SMALL_ACTS = 3000, 240


class Gap(NamedTuple):
    """A time in which the window could not answer, in milliseconds: all of it, what of it was the window's own
    work, and how long it waited for a processor."""

    long: float = 0.0
    busy: float = 0.0
    queued: float = 0.0


@dataclass
class Measured:
    """The worst gaps of the event loop, by the act during which they fell.

    ``held``: the megabytes of memory that were held when the act was over.
    """

    longest: float = 0.0
    busiest: float = 0.0
    worst: dict[str, Gap] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)

    def add(self, act: str, gap: Gap) -> None:
        kind = kind_of(act)
        self.longest, self.busiest = max(self.longest, gap.long), max(self.busiest, gap.busy)
        self.worst[kind] = max(self.worst.get(kind, Gap()), gap)

    def hold(self, act: str, megabytes: float) -> None:
        kind = kind_of(act)
        self.held[kind] = max(self.held.get(kind, 0.0), megabytes)


class Clock:
    """What the window's thread has had of the time until now, in milliseconds."""

    def __init__(self) -> None:
        self._kept = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._known = self._kept.exists()

    def now(self) -> Gap:
        """Since ever: all time, time at work, and time waiting for a processor."""
        queued = int(self._kept.read_text().split()[1]) / 1e6 if self._known else 0.0
        return Gap(1000 * time.perf_counter(), 1000 * time.thread_time(), queued)


def kind_of(act: str) -> str:
    """What an act is counted under."""
    return act.split(":")[0]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--members", type=int, default=65_000)
    options.add_argument("--acts", type=int, default=500)
    options.add_argument("--store", type=Path, help="a sample of that many members, made before")
    options.add_argument("--child", choices=("start", "accepted", "work"), help=argparse.SUPPRESS)
    options.add_argument("--since", type=float, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child == "work":
        print(json.dumps(measure_work(chosen.store, chosen.acts)))
    elif chosen.child:
        print(json.dumps(measure_first_row(chosen.store, chosen.since, typed=chosen.child == "accepted")))
    else:
        run_all(chosen.members, chosen.acts, chosen.store)


def run_all(members: int, acts: int, made: Path | None) -> None:
    """Measure in processes of their own; print the table and the figures."""
    with tempfile.TemporaryDirectory() as folder:
        write_sheet(Path(folder) / SHEET, SHEET_ROWS)
        small = sample_store(Path(folder) / "small.matcher", SMALL, None)
        starts = [child("start", small, 0, folder)["seconds"] for _ in range(1 + STARTS)]
        accepted = [child("accepted", small, 0, folder)["seconds"] for _ in range(1 + STARTS)]
        held = child("work", small, SMALL_ACTS, folder)
        worked = child("work", sample_store(Path(folder) / "large.matcher", members, made), acts, folder)
    for worst, people in ((held, SMALL), (worked, members)):
        print(f"{worst['acts']} acts over {people:,} members, {worst['memory_mb']:.0f} MB")
        for name, gap in sorted(worst["worst"].items(), key=lambda item: -item[1][0]):
            (long, busy, queued), most = gap, worst["held"].get(name, 0.0)
            parts = f"{busy:.0f} at work, {queued:.0f} queuing for a processor"
            print(f"  {name:<36} {long:7.0f} ms: {parts}; {most:.0f} MB")
    figures = {
        "acts": worked["acts"],
        "longest_gap_ms": round(worked["longest"], 1),
        "longest_work_ms": round(worked["busiest"], 1),
        "start_s": round(middle(starts), 2),
        "first_row_s": round(middle(accepted), 2),
        "memory_mb": round(held["memory_mb"]),
    }
    print(json.dumps(figures))


def middle(seconds: list[float]) -> float:
    """The median of all but the first."""
    return sorted(seconds[1:])[STARTS // 2]


def sample_store(path: Path, members: int, made: Path | None) -> Path:
    """A sample of so many members at ``path``, or a copy of one that was made before."""
    from matcher.sample import PASSPHRASE, make_sample
    from matcher.storage import publish_passphrase

    if made is None:
        make_sample(path, members=members).close()
        publish_passphrase(path, PASSPHRASE)
    else:
        shutil.copytree(made, path)
    return path


def child(what: str, store: Path, acts: int, home: str) -> dict[str, Any]:
    """Run one measurement in a process of its own, with a home folder of its own and its code compiled once."""
    environment = os.environ | {
        "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "PYTHONPYCACHEPREFIX": f"{home}/compiled",
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, __file__, "--child", what, "--store", str(store), "--acts", str(acts)]
    done = subprocess.run(
        [*command, "--since", str(time.time())], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def measure_first_row(store: Path, since: float, *, typed: bool) -> dict[str, float]:
    """Seconds to the first painted row of Today: from ``since``, or from the moment the passphrase is ``typed``."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from matcher_ui.app import make_window

    app = QApplication([])
    window = make_window(app)
    found: dict[str, float] = {}
    begun = [since]

    class FirstRow(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and not found:
                found["seconds"] = time.time() - begun[0]
                QTimer.singleShot(0, app.quit)
            return False

    seen = FirstRow()
    looking = QTimer(interval=2)

    def look() -> None:
        page = window.main.page if window.main is not None else None
        row = (
            next((one for one in page.findChildren(QObject) if type(one).__name__ == "TodayRow"), None)
            if page
            else None
        )
        if row is not None:
            looking.stop()
            row.installEventFilter(seen)

    def type_passphrase() -> None:
        from matcher.sample import PASSPHRASE

        begun[0] = time.time()
        window.unlock.passphrase.setText(PASSPHRASE)
        window.unlock.submit()

    looking.timeout.connect(look)
    looking.start()
    window.show()
    if typed:
        window.unlock.show_store(store)
        window.stack.setCurrentWidget(window.unlock)
        QTimer.singleShot(TYPING_MS, type_passphrase)
    else:
        window.start(store)
    QTimer.singleShot(60_000, app.quit)
    app.exec()
    window.shut()
    return found


def measure_work(store: Path, acts: int) -> dict[str, Any]:
    """Play the script and measure every gap of the event loop."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from matcher_ui.app import make_window

    app = QApplication([])
    window = make_window(app)
    measured, played = Measured(), Player(app, window, store, acts)
    clock = Clock()
    last, act = clock.now(), played.now

    def tick() -> None:
        nonlocal act, last
        if act != played.now:
            measured.hold(act, memory_mb("VmRSS"))
            act = played.now
        now = clock.now()
        long, busy, queued = (after - before for after, before in zip(now, last, strict=True))
        measured.add(played.now, Gap(long - TICK_MS, busy, queued))
        last = now

    timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    stop_at_faults(app, window)
    window.show()
    window.start(store)
    timer.start()
    played.start()
    if app.exec():
        sys.exit(f"Stopped at: {played.now}")
    most = memory_mb("VmHWM")
    window.shut()
    return {
        "longest": measured.longest, "busiest": measured.busiest, "worst": measured.worst, "held": measured.held,
        "memory_mb": most, "acts": played.count,
    }  # fmt: skip


def memory_mb(what: str) -> float:
    """The megabytes this process holds (``VmRSS``) or held at most (``VmHWM``); at most where only that is told.

    Linux tells the most of a child as ``ru_maxrss`` too, but there counts what its parent held when it began it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith(what))
        return int(line.split()[1]) / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def stop_at_faults(app: Any, window: "AppWindow") -> None:
    """A fault of the program ends the measurement."""

    def fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        app.exit(1)

    sys.excepthook = fail
    window.jobs.crashed.connect(lambda _kind, where: (print(where, file=sys.stderr), app.exit(1)))


if __name__ == "__main__":
    main()
