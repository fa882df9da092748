"""What `ui_latency` does in the window: a script of acts through the same widgets and keys as she uses."""

import csv
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTableView, QWidget

    from matcher.storage.store import Store
    from matcher_ui.app_window import AppWindow
    from matcher_ui.workspace import PageName

W = TypeVar("W", bound="QWidget")

PAUSE_MS = 25
PATIENCE_S, LONG_S = 3.0, 60.0
SEED = 7
SHEET, SHEET_ROWS = "sign-ups.csv", 3000


@dataclass
class Act:
    """One thing she does; ``settle`` waits until everything it asked for was shown, but never longer than that.

    Getting everybody ready to be matched goes on meanwhile, for minutes among many members: nobody waits for it.
    """

    name: str
    do: Callable[[], None]
    settle: bool = False
    patience_s: float = PATIENCE_S


class Player:
    """Plays the acts one after the other from the event loop, as a person would."""

    def __init__(self, app: "QApplication", window: "AppWindow", store: Path, acts: int) -> None:
        self._app, self._window, self._store, self._wanted = app, window, store, acts
        self._acts: Iterator[Act] = iter(())
        self._waiting_since = 0.0
        self.now, self.count, self._patience_s = "opening", 0, PATIENCE_S

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
        self.now, self.count, self._patience_s = act.name, self.count + 1, act.patience_s
        self._move_the_mouse()
        act.do()
        self._waiting_since = time.perf_counter()
        QTimer.singleShot(PAUSE_MS, self._wait_for_it if act.settle else self._next)

    def _move_the_mouse(self) -> None:
        """Show that she is there: keys that a test presses never reach the window's own surface."""
        from PySide6.QtCore import QPoint
        from PySide6.QtTest import QTest

        QTest.mouseMove(self._window.windowHandle(), QPoint(1, 1 + self.count % 2))

    def _wait_for_it(self) -> None:
        from PySide6.QtCore import QTimer

        if self._window.jobs.count and time.perf_counter() - self._waiting_since < self._patience_s:
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
        deeds.others,
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
        for page in ("today", "requests", "members", "outreach", "settings", "today"):
            yield from self.go(page)

    def others(self) -> Iterator[Act]:
        for page in ("partners", "rights", "retention", "promises", "questions", "requester"):
            yield from self.go(page, settle=True)

    def search(self) -> Iterator[Act]:
        box = self._main.sidebar.search
        for letter in self._rng.choice(("amina", "night", "leeds", "dementia")):
            yield Act("search", partial(self._type, box, letter))
        yield Act("search: leave", lambda: self._main.searching.leave(), settle=True)

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
        yield Act("import: wait", lambda: None, settle=True, patience_s=LONG_S)
        yield Act("import: accept", self._accept)
        for _ in range(6):
            yield from self._meanwhile()
        yield Act("import: done", lambda: None, settle=True, patience_s=LONG_S)

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
