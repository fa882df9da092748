"""Draws every page of the window to pictures: ``python packaging/screens.py OUT_DIR [PAGE ...]``.

``python packaging/screens.py --docs`` draws the handful that is kept in ``docs/screens`` anew.

Light and dark, 1280x800 and 1024x700, an empty store and the sample, and 150 % text, without a screen. Every
picture is a real page over a real encrypted store; all people in it are made up. Naming pages draws only those.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("MATCHER_NOW", "2026-11-23T09:00")

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication

from matcher.directory import list_members
from matcher.model import RequestKind, Stage
from matcher.outreach.meetups import meetups
from matcher.sample import make_sample
from matcher.storage import Cost, create_store, open_store, read_settings
from matcher.storage.store import Store
from matcher.triage import list_requests
from matcher_ui.app_window import AppWindow
from matcher_ui.jobs import Jobs
from matcher_ui.page_list import PAGES
from matcher_ui.pages.insight.insight_page import InsightPage
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.store_door import OpenedStore, StoreDoor
from matcher_ui.theme import Mode, Theme
from matcher_ui.window_state import WindowState
from matcher_ui.workspace import Place

LARGE, SMALL = QSize(1280, 800), QSize(1024, 700)
TABS = {
    "brief": Stage.MATCHING, "checks": Stage.CHECKING, "match": Stage.MATCHING, "ask": Stage.ASKING,
    "introduce": Stage.INTRODUCED, "close": Stage.INTRODUCED, "history": Stage.INTRODUCED,
}  # fmt: skip
"""The tabs of a request, each shown on one that has come so far."""
DOCS = Path(__file__).resolve().parent.parent / "docs" / "screens"
MODES: tuple[Mode, ...] = ("light", "dark")
KEPT = {
    "today": "today", "log": "log-pasted", "match": "request-match", "ask": "request-ask", "member": "member",
    "insight": "insight",
}  # fmt: skip
"""What a kept picture is called -> the page it shows."""
WORDS = "orbit velvet canyon ripple amber lantern quiet meadow copper saddle winter harbour"
LETTER = (
    "From: Imogen Farrell <i.farrell@calder.example>\nSubject: Voices for our winter study\n\nDear Ruth,\n\n"
    "I’m Dr Imogen Farrell at Calder University. Could you put us in touch with six to eight care workers who do "
    "nights or sleep-ins now, ideally with three years or more behind them, living within an hour of Leeds? It’s a "
    "45-minute interview by phone or video. We can offer a £25 voucher, and have ethics approval (CU-2291).\n\n"
    "We hope to start in mid-January, so names by early December would be wonderful.\n\nWith thanks, Imogen\n"
)
SHEET = (
    "Timestamp,First name,Last name,Email,Mobile,Postcode,How long in home care?,What do you want to raise?\n"
    "12/02/2026 19:20,Amina,Yusuf,amina.yusuf@example.org,07700 900123,LS21,6 years,The drive home\n"
    "13/02/2026 08:02,Bev,Hartley,bev.hartley@example.org,07700 900145,BD20,since 2015,Sleep-ins\n"
    "13/02/2026 21:47,Tomasz,Wilk,tomasz.wilk@example.org,07700 900177,WF1,3 yrs,Walking between calls\n"
)


@dataclass(frozen=True)
class Shot:
    """One picture: a page (or the welcome, the lock), on which store, how large, in which theme."""

    name: str
    store: str
    place: Place | None
    mode: Mode = "light"
    size: QSize = LARGE
    scale: float = 1.0

    @property
    def file(self) -> str:
        large = "" if self.scale == 1 else f"-{self.scale:.0%}".replace("%", "")
        return f"{self.name}-{self.store}-{self.mode}-{self.size.width()}{large}.png"


class Studio:
    """A window that is put before each page and photographed once all its reading is done."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        self.theme = Theme(app, "light", 1.0)
        self.jobs = Jobs()
        self.stores = {"empty": _empty_store(folder), "sample": make_sample(folder / "sample.matcher", members=300)}
        self.window: AppWindow | None = None

    def settle(self, seconds: float = 20) -> None:
        """Wait until nothing is being read, nothing is waiting to be, and everything was painted."""
        end, calm = time.monotonic() + seconds, 0
        while calm < 12 and time.monotonic() < end:
            self._app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.01)
            calm = calm + 1 if self.jobs.count == 0 else 0

    def open(self, store: str) -> AppWindow:
        """A fresh window on that store; "none" leaves it at the welcome."""
        self.close_window()
        window = AppWindow(self.theme, self.jobs, StoreDoor(self.jobs, cost=Cost(n=2**10)), WindowState())
        window.show()
        if store != "none":
            opened = self.stores[store]
            window.enter(OpenedStore(opened, read_settings(opened)))
        self.settle()
        self.window = window
        return window

    def close_window(self) -> None:
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            self.window = None
            self._app.processEvents()

    def take(self, shot: Shot, out: Path, set_up: Callable[[AppWindow], None] | None = None) -> None:
        """Put the page up and save its picture."""
        self.put_up(shot, set_up).grab().save(str(out / shot.file))

    def put_up(self, shot: Shot, set_up: Callable[[AppWindow], None] | None = None) -> AppWindow:
        """Show the page as the shot says, until nothing moves any more."""
        assert self.window is not None
        self.window.hide()
        self.theme.set(shot.mode, shot.scale)
        self.window.resize(shot.size)
        self.window.show()
        if shot.place is not None and self.window.main is not None:
            self.window.main.go(shot.place)
            self.window.main.notice.clear()
            self.settle()
        if set_up is not None:
            set_up(self.window)
        self.settle()
        QApplication.setActiveWindow(self.window)
        self._app.processEvents()
        return self.window

    def fill_a_list(self) -> None:
        """Let a list be suggested for the request whose ranking is shown, as she would."""
        assert self.window is not None
        assert self.window.main is not None
        request = request_at(self.stores["sample"], Stage.MATCHING)
        self.window.main.go(Place("request", request, "match"))
        self.settle()
        page = self.window.main.page
        assert isinstance(page, RequestPage)
        page.match.tray.suggest.click()
        self.settle()
        self.window.main.toast.hide()

    def finish(self) -> None:
        self.close_window()
        self.jobs.shutdown()
        for store in self.stores.values():
            store.close()


def _empty_store(folder: Path) -> Store:
    cost = Cost(n=2**10)
    create_store(folder / "Lantern Network.matcher", "Lantern Network", "pass", cost=cost).store.close()
    return open_store(folder / "Lantern Network.matcher", "pass")


def request_at(store: Store, stage: Stage) -> int | None:
    """A request that has come so far; else any."""
    rows = [row for row in list_requests(store) if row.kind is RequestKind.REQUEST]
    return next((row.id for row in rows if row.stage is stage), rows[0].id if rows else None)


def places(store: Store, folder: Path) -> Iterator[tuple[str, Place]]:
    """A name and a place for every page that can be gone to on this store."""
    member = next(iter(list_members(store)), None)
    sheet = folder / "sign-ups.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    for page in PAGES:
        if page == "request":
            for tab, stage in TABS.items():
                request = request_at(store, stage)
                if request is not None:
                    yield f"request-{tab}", Place("request", request, tab)
        elif page == "meetup":
            yield "meetup-plan", Place("meetup", tab="plan")
            coming = next((row for row in meetups(store) if row.place and not row.over), None)
            if coming is not None:
                for tab in ("invite", "people", "others", "day"):
                    yield f"meetup-{tab}", Place("meetup", coming.id, tab)
                yield "meetup-planned", Place("meetup", coming.id, "plan")
        elif page in ("member", "report"):
            if member is not None:
                yield page, Place(page, member.id, "member" if page == "report" else "")
        else:
            yield page, Place(page)
    for tab in ("due", "meetups", "files"):
        yield f"outreach-{tab}", Place("outreach", tab=tab)
    for tab in ("after", "again", "check_ins", "shared"):
        yield f"promises-{tab}", Place("promises", tab=tab)
    if member is not None:
        for name in SET_UPS:
            yield name, Place("insight")
    yield "log-pasted", Place("log", payload=LETTER)
    yield "import-dropped", Place("import", payload=(str(sheet),))


def show_turns(window: AppWindow) -> None:
    """Scroll Insight to how turns are shared."""
    page = _insight(window)
    page.scroll_to(page.turns)


def show_growth(window: AppWindow) -> None:
    """Scroll Insight to how the network grows, its numbers shown below it."""
    page = _insight(window)
    if page.growth.numbers.isHidden():
        page.growth.show_numbers.click()
    page.scroll_to(page.growth)


def _insight(window: AppWindow) -> InsightPage:
    assert window.main is not None
    page = window.main.page
    assert isinstance(page, InsightPage)
    return page


def ask_for_year(window: AppWindow) -> None:
    """Offer the yearly report on Insight."""
    _insight(window).report.click()


SET_UPS = {"insight-turns": show_turns, "insight-growth": show_growth, "insight-report": ask_for_year}
"""What is done on a page before its picture is taken."""


def looks(name: str, store: str, place: Place | None) -> Iterator[Shot]:
    """Every look of one page."""
    for mode in MODES:
        for size in (LARGE, SMALL):
            yield Shot(name, store, place, mode, size)
    yield Shot(name, store, place, "light", LARGE, 1.5)
    yield Shot(name, store, place, "light", SMALL, 1.5)


def begin(window: AppWindow) -> None:
    """The first step of the welcome, half filled in."""
    window.welcome.begin.name.setText("Lantern Network")
    window.welcome.begin.first.setText("kettle violet runway moss")


def show_words(window: AppWindow) -> None:
    """The second: the recovery words."""
    window.welcome.words.show_words(WORDS, "Lantern Network")
    window.welcome.steps.setCurrentWidget(window.welcome.words)


def draw_gates(studio: Studio, out: Path) -> int:
    """The welcome's three steps and the lock."""
    taken = 0

    def following(window: AppWindow) -> None:
        window.welcome.steps.setCurrentWidget(window.welcome.next)

    def lock(window: AppWindow) -> None:
        window.stack.setCurrentWidget(window.unlock)
        window.unlock.show_store(studio.stores["empty"].path)

    def wrong(window: AppWindow) -> None:
        lock(window)
        window.unlock.passphrase.setText("not this one")
        sentence = "That passphrase does not open this store. Try again, or use the twelve recovery words."
        window.unlock.field.set_state("wrong", sentence)

    steps = (
        ("welcome", begin),
        ("welcome-words", show_words),
        ("welcome-next", following),
        ("unlock", lock),
        ("unlock-wrong", wrong),
    )
    for name, set_up in steps:
        studio.open("none")
        for shot in looks(name, "none", None):
            studio.take(shot, out, set_up)
            taken += 1
    return taken


def draw_kept(studio: Studio, folder: Path, out: Path) -> int:
    """The handful that is kept in the documentation, at 1280x800."""
    for old in out.glob("*.png"):
        old.unlink()
    studio.open("sample")
    studio.fill_a_list()
    there = dict(places(studio.stores["sample"], folder))
    for name, page in KEPT.items():
        for mode in MODES:
            shot = Shot(page, "sample", there[page], mode)
            studio.put_up(shot, SET_UPS.get(page)).grab().save(str(out / f"{name}-{mode}.png"))
    return len(KEPT) * len(MODES)


def draw_all(studio: Studio, folder: Path, out: Path, only: list[str]) -> int:
    """Every page in every look, or those named."""
    taken = 0
    if not only or any(page in ("welcome", "unlock") for page in only):
        taken += draw_gates(studio, out)
    for store in ("empty", "sample"):
        studio.open(store)
        if store == "sample":
            studio.fill_a_list()
        for page, place in places(studio.stores[store], folder):
            if not only or page.split("-")[0] in only or page in only:
                for shot in looks(page, store, place):
                    studio.take(shot, out, SET_UPS.get(page))
                    taken += 1
    return taken


def main(out: Path | None, only: list[str]) -> int:
    """Draw them into ``out``, or the handful that is kept where it is kept; return 0."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    into = out or DOCS
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        studio = Studio(app, Path(name))
        kept = out is None
        taken = draw_kept(studio, Path(name), into) if kept else draw_all(studio, Path(name), into, only)
        studio.finish()
    print(f"{taken} pictures in {into}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(None if sys.argv[1] == "--docs" else Path(sys.argv[1]), sys.argv[2:]))
