"""Draws the pictures of the guide from the program itself: ``python packaging/guide.py [FOLDER [PICTURE ...]]``.

Without a folder they go where the guide keeps them, in the bundled resources; naming pictures draws only those. All
people in them are made up.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from screens import LETTER, TABS, Shot, Studio, begin, request_at, show_words

from matcher.directory import list_members
from matcher.outreach.meetups import meetups
from matcher_ui.app_window import AppWindow
from matcher_ui.main_window import MainWindow
from matcher_ui.theme import load_tokens
from matcher_ui.workspace import Place

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "matcher_resources" / "guide" / "pictures"
SIZE, MARGIN = QSize(1024, 700), 28

SIGN_UPS = (
    "Timestamp,First name,Last name,Email address,Mobile number,Postcode,How long have you worked in home care?,"
    "What may we ask you about?\n"
    '12/02/2026 19:20,Amina,Yusuf,amina.yusuf@example.org,07700 900123,LS21,6 years,"Research, Media"\n'
    "13/02/2026 08:02,Bev,Hartley,bev.hartley@example.org,07700 900145,BD20,since 2015,Research\n"
    '13/02/2026 21:47,Tomasz,Wilk,tomasz.wilk@example.org,07700 900177,WF1,3 yrs,"Policy, Research, Media"\n'
    "14/02/2026 07:15,Shanice,Morton,shanice.morton@example.org,07700 900181,BD1,about 8 years,Policy\n"
)


@dataclass(frozen=True)
class Picture:
    """One picture: on which store, where to go, what to do there, and which part of the window is kept."""

    name: str
    store: str
    place: Callable[["Sitting"], Place] | None
    set_up: Callable[[AppWindow], None] | None
    part: Callable[[AppWindow], QWidget]
    size: QSize = SIZE


class Sitting:
    """What the pictures are about: requests at every stage, a member, a file to drop."""

    def __init__(self, studio: Studio, folder: Path) -> None:
        self._store = studio.stores["sample"]
        self.sheet = folder / "sign-ups.csv"
        self.sheet.write_text(SIGN_UPS, encoding="utf-8")

    def request(self, tab: str) -> Place:
        return Place("request", request_at(self._store, TABS[tab]), tab)

    def member(self) -> Place:
        return Place("member", next(iter(list_members(self._store))).id)

    def meet_up(self) -> Place:
        coming = next(row for row in meetups(self._store) if row.place and not row.over)
        return Place("meetup", coming.id, "invite")

    def dropped(self) -> Place:
        return Place("import", payload=(str(self.sheet),))


def whole_page(window: AppWindow) -> QWidget:
    """The page without the sidebar."""
    return main_of(window).stack


def main_of(window: AppWindow) -> MainWindow:
    assert window.main is not None
    return window.main


def on_any_computer(window: AppWindow) -> None:
    """Name a folder of hers where the page names one of this computer."""
    for label in main_of(window).findChildren(QLabel):
        if label.text().startswith("Your store: "):
            label.setText("Your store: Documents/Lantern Network.matcher")


def pictures() -> tuple[Picture, ...]:
    """All of them, in the order of the guide."""
    return (
        Picture("first-start", "none", None, begin, lambda w: w.welcome),
        Picture("recovery-words", "none", None, show_words, lambda w: w.welcome),
        Picture("today", "sample", lambda _s: Place("today"), None, lambda w: w),
        Picture("import", "sample", Sitting.dropped, None, whole_page),
        Picture("log", "sample", lambda _s: Place("log", payload=LETTER), None, whole_page),
        Picture("checks", "sample", lambda s: s.request("checks"), None, whole_page),
        Picture("match", "sample", lambda s: s.request("match"), None, whole_page),
        Picture("ask", "sample", lambda s: s.request("ask"), None, whole_page),
        Picture("introduce", "sample", lambda s: s.request("introduce"), None, whole_page),
        Picture("close", "sample", lambda s: s.request("close"), None, whole_page),
        Picture("outreach", "sample", lambda _s: Place("outreach"), None, whole_page),
        Picture("member", "sample", Sitting.member, None, whole_page),
        Picture("promises", "sample", lambda _s: Place("promises"), None, whole_page),
        Picture("insight", "sample", lambda _s: Place("insight"), None, whole_page),
        Picture("meet-up", "sample", Sitting.meet_up, None, whole_page),
        Picture("backups", "sample", lambda _s: Place("settings", tab="backups"), on_any_computer, whole_page),
    )


def trimmed(picture: QImage) -> QImage:
    """The picture without the empty ground around it, all but a margin; one without such ground as it is."""
    ground = picture.pixel(0, 0)
    rows = [
        y for y in range(picture.height()) if any(picture.pixel(x, y) != ground for x in range(picture.width()))
    ]
    across = range(rows[0], rows[-1] + 1)
    columns = [x for x in range(picture.width()) if any(picture.pixel(x, y) != ground for y in across)]
    used = QRect(QPoint(columns[0], rows[0]), QPoint(columns[-1], rows[-1]))
    return picture.copy(used.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).intersected(picture.rect()))


def framed(picture: QImage) -> QImage:
    """The picture with a hairline around it, so that it ends somewhere on a page of the same colour."""
    painter = QPainter(picture)
    painter.setPen(QColor(load_tokens("light").soft_edge))
    painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return picture


def main(out: Path, only: list[str]) -> int:
    """Draw them; return 0."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as name:
        studio = Studio(app, Path(name))
        sitting, opened = Sitting(studio, Path(name)), ""
        for picture in pictures():
            if only and picture.name not in only:
                continue
            if picture.store != opened or picture.store == "none":
                studio.open(picture.store)
                opened = picture.store
                if opened == "sample":
                    studio.fill_a_list()
            place = picture.place(sitting) if picture.place is not None else None
            window = studio.put_up(Shot(picture.name, picture.store, place, "light", picture.size), picture.set_up)
            framed(trimmed(picture.part(window).grab().toImage())).save(str(out / f"{picture.name}.png"))
        studio.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES, sys.argv[2:]))
