"""How long the members page keeps her waiting: ``python benchmarks/directory_latency.py [--members 65000]``.

A store of made-up members is opened in the real window. Once that has come to rest (starting up is measured by
ui_latency), a script opens the members, scrolls, types, presses filter chips, sorts, selects everybody, and changes
one while they are shown. A timer of 5 ms measures the longest time in which the window could not answer.
``open_s`` is until the first rows can be seen and read, ``whole_s`` until all can be searched and counted;
``own_ms`` is the most work that the window's own thread did in one gap, which a busy machine does not lengthen.
No screen is needed.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher_ui.app_window import AppWindow
    from matcher_ui.pages.members.members_page import MembersPage

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TICK_MS = 5
PAUSE_MS = 40
NOTABLE_MS = 30.0
PASSPHRASE = "benchmark"
SEED = 11
CALM_S = 3.0
FILTERS = ("leeds", "dementia media:given", "since:<2015", "north west", "amena", "parkinsns")

Step = tuple[str, Callable[[], Any]]


def make_store(path: Path, members: int) -> None:
    """Fictional members with their permissions."""
    from dataclasses import asdict

    from matcher import clock
    from matcher.consent import Permission, record
    from matcher.model import Member, new_member_key
    from matcher.sample.people import NOT_COLUMNS, sample_people
    from matcher.storage import create_store, work

    people = sample_people(members, SEED, clock.today())
    with create_store(path, "Benchmark", PASSPHRASE).store as store, work(store, "benchmark") as unit:
        rows = [
            {name: value for name, value in asdict(person).items() if name not in NOT_COLUMNS}
            | {"member_key": new_member_key(), "created_at": unit.now}
            for person in people
        ]
        ids = unit.insert(Member, rows)
        for start in range(0, members, 5_000):
            told = zip(ids[start : start + 5_000], people[start : start + 5_000], strict=True)
            record(
                unit,
                *(
                    Permission(member_id, said.purpose, said.decision, said.at, said.how, "made up")
                    for member_id, person in told
                    for said in person.decisions
                ),
            )


class Watch:
    """The gaps of the event loop, in milliseconds, by what was going on."""

    def __init__(self) -> None:
        self.doing = "start"
        self.worst: defaultdict[str, float] = defaultdict(float)
        self.own: defaultdict[str, float] = defaultdict(float)
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def begin(self, doing: str) -> None:
        """Count from now on."""
        self.doing, self._last, self._worked = doing, time.perf_counter(), time.thread_time()

    def tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        gap = 1000 * (now - self._last) - TICK_MS
        self.worst[self.doing] = max(self.worst[self.doing], gap)
        self.own[self.doing] = max(self.own[self.doing], 1000 * (worked - self._worked))
        self._last, self._worked = now, worked


def steps(window: "AppWindow", page: "MembersPage") -> Iterator[Step]:
    """What she does, one thing after the other."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from matcher.directory import edit_member

    table, bar = page.table, page.table.verticalScrollBar()
    for part in range(1, 21):
        yield "scroll", partial(bar.setValue, bar.maximum() * part // 20)
    for _ in range(20):
        yield "move", partial(QTest.keyClick, table, Qt.Key.Key_PageUp)
    for words in FILTERS:
        for letter in words:
            yield "filter", partial(page.filter.insert, letter)
        yield "filter: clear", page.filter.clear
    for facet, value in (
        ("region", "North West"),
        ("region", "London"),
        ("media", "Given"),
        ("asked", "Never asked"),
    ):
        yield "chip", partial(page.facets.toggle, facet, value)
    yield "filter", partial(page.filter.insert, "night")
    yield "filter: clear", page.filter.clear
    yield "chip", partial(page.facets.choose, {})
    yield "select all", table.selectAll
    yield "select none", partial(table.setCurrentIndex, page.proxy.index(0, 0))
    for column in (1, 3, 4, 0):
        yield "sort", partial(table.sortByColumn, column, Qt.SortOrder.DescendingOrder)
        yield "sort", partial(table.sortByColumn, column, Qt.SortOrder.AscendingOrder)
    assert window.main is not None
    workspace = window.main.workspace

    def change(number: int) -> None:
        values = {"role": f"care worker {number}"}
        workspace.write(lambda store, _progress: edit_member(store, 1, values), lambda _batch: None, what="Editing")

    for number in range(3):
        yield "change one", partial(change, number)


def steps_of_nothing() -> Iterator[Step]:
    """Before the page is open there is nothing to do."""
    return iter(())


def measure(store: Path) -> dict[str, Any]:
    """Play the script and measure every gap."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from matcher_ui.app import make_window
    from matcher_ui.pages.members.members_page import MembersPage
    from matcher_ui.workspace import Place

    app = QApplication([])
    window, watch = make_window(app), Watch()
    times: dict[str, float] = {}
    began, script = [0.0], [steps_of_nothing()]
    timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(watch.tick)
    window.jobs.crashed.connect(lambda _kind, where: (print(where, file=sys.stderr), app.exit(1)))

    rest = [0, time.perf_counter()]

    def begin() -> None:
        pages = window.main.stack.count() if window.main is not None else 0
        if window.jobs.count or pages != rest[0] or not pages:
            rest[:] = [pages, time.perf_counter()]
        if time.perf_counter() - rest[1] < CALM_S:
            QTimer.singleShot(PAUSE_MS, begin)
            return
        assert window.main is not None
        timer.start()
        watch.begin("open")
        began[0] = time.perf_counter()
        window.main.go(Place("members"))
        opened()

    def opened() -> None:
        assert window.main is not None
        page = window.main.page
        if not isinstance(page, MembersPage):  # it is still being loaded
            QTimer.singleShot(5, opened)
            return
        if page.proxy.rowCount():
            times.setdefault("open_s", time.perf_counter() - began[0])
        if window.jobs.count or not page.proxy.rowCount():
            QTimer.singleShot(5, opened)
            return
        times["whole_s"] = time.perf_counter() - began[0]
        script[0] = steps(window, page)
        go_on()

    def go_on() -> None:
        if window.jobs.count:
            QTimer.singleShot(PAUSE_MS, go_on)
            return
        step = next(script[0], None)
        if step is None:
            app.quit()
            return
        watch.doing = step[0]
        step[1]()
        QTimer.singleShot(PAUSE_MS * 2, go_on)

    window.resize(1280, 800)
    window.show()
    window.start(store)
    begin()
    if app.exec():
        sys.exit(f"Stopped at: {watch.doing}")
    window.shut()
    return {"worst": dict(watch.worst), "own": dict(watch.own), **times}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--members", type=int, default=65_000)
    options.add_argument("--store", type=Path, help="keep the store here, or use the one that is there")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder}
        from matcher.storage import publish_passphrase

        store = chosen.store or Path(folder) / "directory.matcher"
        if not store.exists():
            make_store(store, chosen.members)
        publish_passphrase(store, PASSPHRASE)
        found = measure(store)
    print(f"{chosen.members:,} members: first after {found['open_s']:.1f} s, all after {found['whole_s']:.1f} s")
    for name, gap in sorted(found["worst"].items(), key=lambda item: -item[1]):
        print(f"  {name:<16} {gap:7.0f} ms   {found['own'][name]:5.0f} ms of its own work")
    longest = max(gap for gap in found["worst"].values())
    figures = {"longest_gap_ms": round(longest, 1), "own_ms": round(max(found["own"].values()), 1),
               "open_s": round(found["open_s"], 2), "whole_s": round(found["whole_s"], 2),
               "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}  # fmt: skip
    print(json.dumps({str(chosen.members): figures}))


if __name__ == "__main__":
    main()
