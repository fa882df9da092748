"""How the Match page keeps up: ``python benchmarks/match_window.py [--members 3000] [--store FOLDER]``.

A window is opened over a store of made-up members (kept in FOLDER when one is given, to be measured again). As
soon as Today is painted she goes to Match: first with nothing known of anybody, then, in a window opened anew,
with what was kept of them. Then she drags a weight in steps of 16 ms, as a hand does, looks at who is not put
forward, searches a name, scrolls to the end of the list again and again, has a list suggested, finds a name from
the sidebar (Ctrl+K), and opens the members. A timer of 5 ms notices for how long the window could not answer. Times
are by the clock, ``*_cpu_ms`` of all threads together. No screen is needed.

``NAME_s``: until it was there; ``today_s`` from the opened store to the first row of Today, ``first_s`` and
``kept_s`` from going to Match to the first people. ``NAME_gap_ms``: the longest time without an answer,
``NAME_gap_cpu_ms``: the most CPU time of the window's own thread in one. ``drag_shown``: how many orders were shown
in 90 steps, ``drag_last_ms``: from the last step to the order that belongs to it, ``drag_own_cpu_ms_a_step``: of
the window's own thread, painting the list among it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

    from matcher.sample.people import SamplePerson
    from matcher.storage import Store
    from matcher_ui.app_window import AppWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TICK_MS, STEP_MS, STEPS = 5, 16, 90
LETTER_MS, SCROLLS = 120, 12
PATIENCE_S = 1_800.0
MOST_LIVED, AT_ONCE, DIFFERENT = 3_000, 3_000, 7
"""So many are asked and answer as in a sample; the others come in such lots, of so many that differ."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--members", type=int, default=3000)
    options.add_argument("--store", type=Path)
    options.add_argument("--child", choices=("first", "kept"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child:
        print(json.dumps(measure(chosen.store, chosen.child)))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "bench.matcher"
        make(store, chosen.members)
        figures = {"members": chosen.members, **child(store, "first", folder), **child(store, "kept", folder)}
    for name, figure in figures.items():
        print(f"  {name:<24}{figure:>12,.1f}")
    print(json.dumps(figures))


def make(store: Path, members: int) -> None:
    """A sample that opens without a passphrase, unless it is there; nothing is kept of its people.

    A large network is a sample of a few thousand with its requests and asks, and then more members alone.
    """
    from matcher.sample import PASSPHRASE, make_sample
    from matcher.storage import forget_aside, open_store, publish_passphrase

    if not store.exists():
        with make_sample(store, members=min(members, MOST_LIVED)) as made:
            for start in range(MOST_LIVED, members, AT_ONCE):
                add_members(made, min(AT_ONCE, members - start), seed=start // AT_ONCE % DIFFERENT)
        publish_passphrase(store, PASSPHRASE)
    with open_store(store, PASSPHRASE) as opened:
        forget_aside(opened)


def add_members(store: "Store", number: int, seed: int) -> None:
    """Made-up members, some of whom said yes to research, which is what the request asks for."""
    from matcher.consent import Permission, record
    from matcher.model import Decision, Member, Purpose, new_member_key
    from matcher.storage import work

    people, columns = the_people(number, seed)
    with work(store, "more members") as unit:
        rows = [row | {"member_key": new_member_key(), "created_at": unit.now} for row in columns]
        ids = unit.insert(Member, rows)
        record(
            unit,
            *(
                Permission(member_id, said.purpose, said.decision, said.at, said.how, "made up")
                for member_id, person in zip(ids, people, strict=True)
                for said in person.decisions
                if said.purpose is Purpose.ACADEMIC and said.decision in (Decision.GIVEN, Decision.ASK_FIRST)
            ),
        )


@cache
def the_people(number: int, seed: int) -> "tuple[Sequence[SamplePerson], Sequence[dict[str, Any]]]":
    """So many made-up people and the columns of their records: the same again for the same seed."""
    from dataclasses import asdict

    from matcher import clock
    from matcher.sample.people import NOT_COLUMNS, sample_people

    people = sample_people(number, seed, clock.today())
    return people, [
        {name: value for name, value in asdict(person).items() if name not in NOT_COLUMNS} for person in people
    ]


def child(store: Path, what: str, home: str) -> dict[str, Any]:
    """Measure in a process of its own."""
    environment = os.environ | {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
    command = [sys.executable, __file__, "--store", str(store), "--child", what]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


class Gaps:
    """The longest time between two ticks, by the clock and in CPU time of the window's own thread."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._longest = [0.0, 0.0]
        self._last = time.perf_counter(), time.thread_time()
        self._timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def taken(self) -> dict[str, float]:
        """The longest since this was asked last, in milliseconds."""
        (gap, own), self._longest = self._longest, [0.0, 0.0]
        return {"gap_ms": gap - TICK_MS, "gap_cpu_ms": own}

    def _tick(self) -> None:
        now = time.perf_counter(), time.thread_time()
        spent = (1000 * (then - before) for then, before in zip(now, self._last, strict=True))
        self._longest = [max(pair) for pair in zip(self._longest, spent, strict=True)]
        self._last = now


def measure(store: Path, what: str) -> dict[str, float]:
    """Open the window, go to Match and, when everybody is known, drag a weight."""
    from PySide6.QtWidgets import QApplication

    from matcher_ui.app import make_window
    from matcher_ui.pages.request.match.match_tab import MatchTab
    from matcher_ui.widgets.today_rows import TodayRow
    from matcher_ui.workspace import Place

    app = QApplication([])
    window = make_window(app)
    window.show()
    window.start(store)
    wait(app, lambda: window.main is not None)
    began, gaps = time.perf_counter(), Gaps()
    wait(app, lambda: window.findChild(TodayRow) is not None)
    found = {"today_s": time.perf_counter() - began} if what == "first" else {}
    assert window.main is not None
    cpu, began = time.process_time(), time.perf_counter()
    window.main.go(Place("request", a_request(window), "match"))
    wait(app, lambda: (tab := window.findChild(MatchTab)) is not None and tab.facts is not None)
    found[f"{what}_s"] = time.perf_counter() - began
    found[f"{what}_cpu_ms"] = 1000 * (time.process_time() - cpu)
    found |= {f"{what}_{name}": figure for name, figure in gaps.taken().items()}
    tab = window.findChild(MatchTab)
    if what == "kept" and isinstance(tab, MatchTab):
        wait(app, lambda: window.jobs.count == 0 and window.main is not None and window.main.is_whole)
        gaps.taken()
        found |= {f"drag_{name}": figure for name, figure in drag(app, tab, gaps).items()}
        for name, act in (("not_now", not_now), ("search", search), ("scroll", scroll), ("suggest", suggest)):
            gaps.taken()
            began = time.perf_counter()
            act(app, tab)
            wait(app, lambda: window.jobs.count == 0)
            found[f"{name}_s"] = time.perf_counter() - began
            settle(app)
            found |= {f"{name}_{one}": figure for one, figure in gaps.taken().items()}
        found |= elsewhere(app, window, gaps)
    found[f"{what}_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    window.shut()
    return found


def elsewhere(app: "QApplication", window: "AppWindow", gaps: Gaps) -> dict[str, float]:
    """Find a member by name from the sidebar, and open the members: the first rows, then all of them."""
    from PySide6.QtTest import QTest

    from matcher_ui.pages.members.members_page import MembersPage
    from matcher_ui.workspace import Place

    main, found = window.main, {}
    assert main is not None
    box, finder = main.sidebar.search, main.finder

    def members_shown() -> bool:
        return isinstance(main.page, MembersPage) and main.page.proxy.rowCount() > 0

    def all_at_rest() -> bool:
        return window.jobs.count == 0

    def find() -> None:
        box.setFocus()
        for letter in "julie":
            QTest.keyClicks(box, letter)
            pause(app, LETTER_MS)

    steps: tuple[tuple[str, Callable[[], object], Callable[[], bool]], ...] = (
        ("find", find, lambda: finder.isVisible() and finder.query == "julie"),
        ("members_first", lambda: main.go(Place("members")), members_shown),
        ("members", lambda: None, all_at_rest),
    )
    for name, act, until in steps:
        gaps.taken()
        began = time.perf_counter()
        act()
        wait(app, until)
        found[f"{name}_s"] = time.perf_counter() - began
        settle(app)
        found |= {f"{name}_{one}": figure for one, figure in gaps.taken().items()}
    return found


def a_request(window: "AppWindow") -> int:
    """The request that most people could fit: one for research, still open."""
    from matcher.triage import list_requests

    assert window.main is not None
    rows = list_requests(window.main.workspace.store)
    return next(row.id for row in rows if row.audience == "academic" and row.kind == "request")


def drag(app: "QApplication", tab: Any, gaps: Gaps) -> dict[str, float]:
    """Move one weight up and down, as it is seen under More."""
    shown: list[float] = []
    tab.ordering.ordered.connect(lambda _facts: shown.append(time.perf_counter()))
    slider = tab.weights.slider("interests")
    tab.more.click()
    wait(app, slider.isVisible)
    settle(app)
    gaps.taken()
    slider.setSliderDown(True)
    cpu, own, began = time.process_time(), time.thread_time(), time.perf_counter()
    for step in range(STEPS):
        slider.setValue(10 + (step if step < STEPS // 2 else STEPS - step))
        pause(app, STEP_MS)
    last, wanted = time.perf_counter(), tab.weights.weights
    wait(app, lambda: tab.facts.weights == wanted)
    slider.setSliderDown(False)
    return {
        **gaps.taken(),
        "s": last - began,
        "shown": len(shown),
        "last_ms": 1000 * (time.perf_counter() - last),
        "own_cpu_ms_a_step": 1000 * (time.thread_time() - own) / STEPS,
        "cpu_ms_a_step": 1000 * (time.process_time() - cpu) / STEPS,
    }


def not_now(_app: "QApplication", tab: Any) -> None:
    """Look at who is not put forward."""
    tab.tabs.chosen.emit("not_now")


def search(app: "QApplication", tab: Any) -> None:
    """Type a name, letter by letter, and clear it."""
    for letter in "julie":
        tab.not_now.search.insert(letter)
        pause(app, LETTER_MS)
    tab.not_now.search.clear()


def scroll(app: "QApplication", tab: Any) -> None:
    """Scroll to the end of the list again and again, while more are read."""
    tab.tabs.chosen.emit("could")
    bar = tab.could.list.verticalScrollBar()
    for _ in range(SCROLLS):
        bar.setValue(bar.maximum())
        pause(app, LETTER_MS)


def suggest(_app: "QApplication", tab: Any) -> None:
    """Have a list suggested."""
    tab.tray.suggest.click()


def settle(app: "QApplication") -> None:
    """Let what was just shown be painted."""
    pause(app, 1_000)


def pause(app: "QApplication", ms: float) -> None:
    until = time.perf_counter() + ms / 1000
    wait(app, lambda: time.perf_counter() >= until)


def wait(app: "QApplication", until: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    end = time.perf_counter() + PATIENCE_S
    while not until():
        app.processEvents()
        time.sleep(0.0005)
        if time.perf_counter() > end:
            sys.exit("The window did not come to it.")


if __name__ == "__main__":
    main()
