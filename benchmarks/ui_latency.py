"""How long the window ever keeps her waiting: ``python benchmarks/ui_latency.py [--members 3000] [--acts 240]``.

A window over a store of made-up members is worked by a script: pages, filters, sorting, members, requests,
ranking, moving through lists, search, and an import while all of that goes on. A timer of 5 ms measures the
longest time in which the window could not answer. ``start_s`` is from the start of the process to the first painted
row of Today, passphrase included, the middle of three starts after a first one that nobody counts (as on any day
but the first, Python has the code compiled); ``memory_mb`` is what the worked window holds at most. No screen is
needed.
"""

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTableView, QWidget

    from matcher.storage.store import Store
    from matcher_ui.app_window import AppWindow
    from matcher_ui.workspace import PageName

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

W = TypeVar("W", bound="QWidget")

TICK_MS = 5
PAUSE_MS = 25
NOTABLE_MS = 60
PATIENCE_S = 20.0
SEED = 7
STARTS = 3
SHEET, SHEET_ROWS = "sign-ups.csv", 3000


@dataclass
class Act:
    """One thing she does; ``settle`` waits until everything it asked for was shown."""

    name: str
    do: Callable[[], None]
    settle: bool = False


@dataclass
class Measured:
    """Gaps of the event loop, in milliseconds, by the act during which they fell."""

    longest: float = 0.0
    worst: dict[str, float] = field(default_factory=dict)

    def add(self, act: str, gap: float) -> None:
        kind = act.split(":")[0]
        self.longest = max(self.longest, gap)
        self.worst[kind] = max(self.worst.get(kind, 0.0), gap)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--members", type=int, default=3000)
    options.add_argument("--acts", type=int, default=240)
    options.add_argument("--child", choices=("start", "work"), help=argparse.SUPPRESS)
    options.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--since", type=float, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child == "start":
        print(json.dumps(measure_start(chosen.store, chosen.since)))
    elif chosen.child == "work":
        print(json.dumps(measure_work(chosen.store, chosen.acts)))
    else:
        run_both(chosen.members, chosen.acts)


def run_both(members: int, acts: int) -> None:
    """Make the store, measure in processes of their own, print the table and the figures."""
    with tempfile.TemporaryDirectory() as folder:
        from matcher.sample import PASSPHRASE, make_sample
        from matcher.storage import publish_passphrase

        store = Path(folder) / "bench.matcher"
        make_sample(store, members=members).close()
        publish_passphrase(store, PASSPHRASE)
        write_sheet(Path(folder) / SHEET, SHEET_ROWS)
        starts = [child("start", store, acts, folder)["start_s"] for _ in range(1 + STARTS)][1:]
        worked = child("work", store, acts, folder)
    print(f"{worked['acts']} acts over {members:,} members")
    for name, gap in sorted(worked["worst"].items(), key=lambda item: -item[1]):
        print(f"  {name:<28} {gap:7.0f} ms")
    figures = {
        "longest_gap_ms": round(worked["longest"], 1),
        "start_s": round(sorted(starts)[STARTS // 2], 2),
        "memory_mb": round(worked["memory_mb"]),
    }
    print(json.dumps(figures))


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


def measure_start(store: Path, since: float) -> dict[str, float]:
    """Seconds from the start of this process to the first painted row."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from matcher_ui.app import make_window
    from matcher_ui.widgets.today_rows import TodayRow

    app = QApplication([])
    window = make_window(app)
    found: dict[str, float] = {}

    class FirstRow(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and not found:
                found["start_s"] = time.time() - since
                QTimer.singleShot(0, app.quit)
            return False

    seen = FirstRow()
    looking = QTimer(interval=2)

    def look() -> None:
        row = window.findChild(TodayRow)
        if row is not None:
            looking.stop()
            row.installEventFilter(seen)

    looking.timeout.connect(look)
    looking.start()
    window.show()
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
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        measured.add(played.now, 1000 * (now - last[0]) - TICK_MS)
        last[0] = now

    timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)

    def fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        app.exit(1)

    sys.excepthook = fail
    window.jobs.crashed.connect(lambda _kind, where: (print(where, file=sys.stderr), app.exit(1)))
    window.show()
    window.start(store)
    timer.start()
    played.start()
    if app.exec():
        sys.exit(f"Stopped at: {played.now}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 * 1024 if sys.platform == "darwin" else 1024
    )
    window.shut()
    return {"longest": measured.longest, "worst": measured.worst, "memory_mb": memory, "acts": played.count}


class Player:
    """Plays the acts one after the other from the event loop, as a person would."""

    def __init__(self, app: "QApplication", window: "AppWindow", store: Path, acts: int) -> None:
        self._app, self._window, self._store, self._wanted = app, window, store, acts
        self._acts: Iterator[Act] = iter(())
        self._waiting_since = 0.0
        self.now, self.count = "opening", 0

    def start(self) -> None:
        """Wait for the store to open, then play."""
        from PySide6.QtCore import QTimer

        main = self._window.main
        if main is None or self._window.jobs.count:
            QTimer.singleShot(PAUSE_MS, self.start)
            return
        main.workspace.read("benchmark", known_ids, self._begin)

    def _begin(self, ids: tuple[list[int], list[int]]) -> None:
        deeds = Deeds(self._window, self._store.parent, *ids)
        self._acts = script(deeds, self._wanted)
        self._next()

    def _next(self) -> None:
        from PySide6.QtCore import QTimer

        act = next(self._acts, None)
        if act is None:
            self._finish()
            return
        self.now, self.count = act.name, self.count + 1
        act.do()
        self._waiting_since = time.perf_counter()
        QTimer.singleShot(PAUSE_MS, self._wait_for_it if act.settle else self._next)

    def _wait_for_it(self) -> None:
        from PySide6.QtCore import QTimer

        if self._window.jobs.count and time.perf_counter() - self._waiting_since < PATIENCE_S:
            QTimer.singleShot(PAUSE_MS, self._wait_for_it)
        else:
            QTimer.singleShot(PAUSE_MS, self._next)

    def _finish(self) -> None:
        from PySide6.QtCore import QTimer

        if self._window.jobs.count and time.perf_counter() - self._waiting_since < PATIENCE_S:
            QTimer.singleShot(PAUSE_MS, self._finish)
        else:
            self._app.exit(0)


def known_ids(store: "Store") -> tuple[list[int], list[int]]:
    """The ids of the members and of the requests proper."""
    from matcher.directory import member_names
    from matcher.triage import list_requests

    members = [row.id for row in member_names(store)]
    return members, [row.id for row in list_requests(store) if row.kind.value == "request"]


def script(deeds: "Deeds", least: int) -> Iterator[Act]:
    """At least ``least`` acts over every page there is."""
    count, imported = 0, False
    rounds = (
        deeds.walk, deeds.search, deeds.members, deeds.one_member, deeds.requests, deeds.one_request, deeds.logging,
    )  # fmt: skip
    while count < least:
        for deed in (*rounds, *(() if imported else (deeds.importing,))):
            for act in deed():
                count += 1
                yield act
        imported = True


class Deeds:
    """What she does on each page, through the same widgets and keys as she."""

    def __init__(self, window: "AppWindow", folder: Path, members: list[int], requests: list[int]) -> None:
        assert window.main is not None
        self._main, self._folder = window.main, folder
        self._rng = random.Random(SEED)
        self._members, self._requests = members, requests

    def go(self, page: "PageName", id: int | None = None, tab: str = "", *, settle: bool = False) -> Iterator[Act]:
        """Go to a page."""
        from matcher_ui.workspace import Place

        yield Act(f"open {page} {tab}".strip(), lambda: self._main.go(Place(page, id, tab)), settle)

    def walk(self) -> Iterator[Act]:
        for page in ("today", "requests", "members", "settings", "today"):
            yield from self.go(page)

    def search(self) -> Iterator[Act]:
        box = self._main.sidebar.search
        for letter in self._rng.choice(("amina", "night", "leeds", "dementia")):
            yield Act("search", partial(self._type, box, letter))
        yield Act("search: leave", lambda: self._main._leave_search(), settle=True)

    def members(self) -> Iterator[Act]:
        from PySide6.QtCore import Qt

        yield from self.go("members", settle=True)
        table, box = self._table(), self._field()
        if table is not None:
            up = Qt.SortOrder.AscendingOrder
            for column in range(min(4, table.model().columnCount())):
                yield Act("sort members", partial(table.sortByColumn, column, up))
            yield from self._keys("move through members", table, 12)
        if box is not None:
            for letter in self._rng.choice(("leeds", "night", "derby")):
                yield Act("filter members", partial(self._type, box, letter))
            yield Act("filter members: clear", box.clear, settle=True)

    def one_member(self) -> Iterator[Act]:
        for member in self._rng.sample(self._members, 4):
            yield from self.go("member", member, settle=True)

    def requests(self) -> Iterator[Act]:
        yield from self.go("requests", settle=True)
        table = self._table() or self._list()
        if table is not None:
            yield from self._keys("move through requests", table, 6)

    def one_request(self) -> Iterator[Act]:
        request = self._rng.choice(self._requests)
        for tab in ("brief", "checks", "match"):
            yield from self.go("request", request, tab, settle=tab == "match")
        ranked = self._list()
        if ranked is not None:
            yield from self._keys("move through the ranking", ranked, 12)
        for tab in ("ask", "introduce", "close"):
            yield from self.go("request", request, tab)

    def logging(self) -> Iterator[Act]:
        from matcher_ui.workspace import Place

        letter = (
            "Dear Ruth,\n\nCould you find six care workers near Leeds for a 45-minute interview by 4 December?\n"
        )
        yield Act("log a letter", lambda: self._main.go(Place("log", payload=letter)), settle=True)
        yield Act("log a letter: leave", self._leave)

    def importing(self) -> Iterator[Act]:
        """Bring in the sheet, and go on working meanwhile."""
        from matcher_ui.workspace import Place

        sheet = self._folder / SHEET
        yield Act("import: read the sheet", lambda: self._main.go(Place("import", payload=(str(sheet),))))
        for _ in range(4):
            yield from self._meanwhile()
        yield Act("import: wait", lambda: None, settle=True)
        yield Act("import: accept", self._accept)
        for _ in range(6):
            yield from self._meanwhile()
        yield Act("import: done", lambda: None, settle=True)

    def _meanwhile(self) -> Iterator[Act]:
        for act in (*self.walk(), *self.go("member", self._rng.choice(self._members))):
            yield Act(f"{act.name} while importing", act.do)

    def _accept(self) -> None:
        from matcher_ui.widgets.buttons import Button

        page = self._main._pages["import"]
        self._main.go(page.place)  # type: ignore[arg-type]
        for button in page.findChildren(Button):
            if button.isEnabled() and button.isVisible() and button._kind == "main":
                button.click()
                return

    def _leave(self) -> None:
        from matcher_ui.workspace import Place

        self._main._show(Place("today"))

    def _keys(self, name: str, widget: "QWidget", times: int) -> Iterator[Act]:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        for _ in range(times):
            yield Act(name, lambda: QTest.keyClick(widget, Qt.Key.Key_Down))

    def _type(self, box: "QLineEdit", letter: str) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClicks(box, letter)

    def _table(self) -> "QTableView | None":
        from matcher_ui.widgets.data_table import DataTable

        return self._shown(DataTable)

    def _list(self) -> "QListView | None":
        from matcher_ui.widgets.rows import RowList

        return self._shown(RowList)

    def _field(self) -> "QLineEdit | None":
        from PySide6.QtWidgets import QLineEdit

        return self._shown(QLineEdit)

    def _shown(self, kind: type[W]) -> W | None:
        """The first visible widget of a kind on the page shown."""
        page = self._main.page
        found = [widget for widget in page.findChildren(kind) if widget.isVisible()] if page is not None else []
        return found[0] if found else None


def write_sheet(path: Path, rows: int) -> None:
    """A sheet of made-up sign-ups, with a name of their own each."""
    from matcher import clock
    from matcher.sample import sample_people

    headers = ("Timestamp", "First name", "Last name", "Email", "Town", "Postcode", "Tell us about your experience")
    people = sample_people(rows, SEED, clock.today())
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(headers)
        for number, one in enumerate(people):
            writer.writerow([
                "12/02/2026 19:20", one.first_name, one.last_name, f"person{number}@example.org", one.town,
                one.postcode_district, one.experience_text,
            ])  # fmt: skip


if __name__ == "__main__":
    main()
