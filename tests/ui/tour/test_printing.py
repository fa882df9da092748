"""What is printed: from every page where paper helps, on one way, and nothing that must not lie on a table."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from matcher.clock import today
from matcher.directory import list_members
from matcher.errors import UserError
from matcher.files.readers.documents import read_document
from matcher.model import OutFile
from matcher.outreach import ready_messages
from matcher.storage import reading
from matcher.storage.store import Store
from matcher_ui import printing
from matcher_ui.pages.page import Page
from matcher_ui.papers import list_paper
from matcher_ui.printing import NO_PRINTER, Paper
from matcher_ui.widgets import word_sheet
from matcher_ui.widgets.buttons import Button, IconButton
from matcher_ui.widgets.word_sheet import WordSheet

from .conftest import Tour, shown

PRINTED = {
    "request-brief": "People wanted", "request-checks": "To:", "request-ask": "What they said",
    "meetup-people": "First name", "report": "What is held on",
}  # fmt: skip
"""Page with Print -> words that stand on the paper."""
WITH_MEMBERS = {"request-ask", "meetup-people", "report"}
CONTACT = re.compile(r"\d{5}|@|wa\.me|https?:")


@pytest.fixture
def printed(tour: Tour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Page], str]:
    """Press Print on a page and read the paper that comes out of the printer."""
    paths: list[Path] = []

    def choose(_window: QWidget, _name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        paths.append(tmp_path / f"paper-{len(paths)}.pdf")
        printer.setOutputFileName(str(paths[-1]))
        return printer

    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "choose_printer", choose)

    def press(page: Page) -> str:
        _print_button(page).click()
        tour.settle()
        return " ".join(read_document(paths[-1]).full_text.split())

    return press


def _print_button(page: QWidget) -> Button | IconButton:
    buttons = [one for one in (*shown(page, Button), *shown(page, IconButton))
               if isinstance(one, Button | IconButton) and one.keys == "Ctrl+P"]  # fmt: skip
    assert len(buttons) == 1
    return buttons[0]


@pytest.mark.parametrize(("name", "words"), PRINTED.items())
def test_a_page_is_printed_and_on_record(name: str, words: str, tour: Tour, printed: Callable[[Page], str]) -> None:
    before = len(_on_record(tour.store))
    assert words in printed(tour.go(name))
    (paper,) = _on_record(tour.store)[before:]
    assert bool(paper.members) == (name in WITH_MEMBERS)
    for member in list_members(tour.store):
        assert not member.last_name or member.last_name not in paper.path


def test_what_cannot_be_put_on_record_is_not_printed(
    tour: Tour, printed: Callable[[Page], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> int:
        raise UserError("The disk is full.")

    monkeypatch.setattr(printing, "note_printed", full)
    with pytest.raises(Exception, match=r"paper-0\.pdf"):
        printed(tour.go("request-brief"))
    assert tour.main.notice.words == "Not printed. The disk is full."


def _on_record(store: Store) -> list[OutFile]:
    with reading(store) as session:
        papers = session.scalars(select(OutFile).where(OutFile.state == "printed").order_by(OutFile.id)).all()
        session.expunge_all()
        return list(papers)


def test_the_yearly_report_is_printed(tour: Tour, printed: Callable[[Page], str]) -> None:
    page = tour.go("insight")
    next(one for one in shown(page, Button) if isinstance(one, Button) and one.text() == "Yearly report…").click()
    tour.settle()
    assert "asked" in printed(page).lower()


def test_a_list_on_paper_tells_no_way_to_reach_anybody(tour: Tour, printed: Callable[[Page], str]) -> None:
    place = tour.places["request-ask"]
    assert place.id is not None
    people = ready_messages(tour.store, place.id)
    assert any(one.link for one in people)
    text = printed(tour.go("request-ask"))
    assert all(one.name in text for one in people if not one.trouble)
    assert not CONTACT.search(text)


def test_who_may_not_be_asked_any_more_is_on_no_list(tour: Tour) -> None:
    place = tour.places["request-ask"]
    assert place.id is not None
    first, *others = ready_messages(tour.store, place.id)
    barred = replace(first, trouble="They said no to policy requests", link="", message="")
    html = list_paper(1, "Night visits", (barred, *others), today()).decode()
    assert first.name not in html
    assert others[0].name in html


def test_a_cell_holds_no_mark_of_its_own(tour: Tour) -> None:
    place = tour.places["request-ask"]
    assert place.id is not None
    one = replace(ready_messages(tour.store, place.id)[0], name="Bev | <b>Hartley</b>", trouble="")
    html = list_paper(1, "# Night | visits", (one,), today()).decode()
    assert "Bev / &lt;b&gt;Hartley&lt;/b&gt;" in html


def test_without_a_printer_a_file_is_offered(tour: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    saved: list[bool] = []
    tour.go("today")
    tour.main.workspace.printing.emit(Paper("A paper", b"<p>Words</p>", lambda: saved.append(True), "letter"))
    assert tour.main.notice.words.startswith(NO_PRINTER)
    next(one for one in tour.main.notice.findChildren(Button) if one.text() == "Save as a file…").click()
    assert saved == [True]
    tour.settle()


def test_recovery_words_without_a_printer_are_to_be_saved(
    tour: Tour, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_sheet, "has_printer", lambda: False)
    sheet = WordSheet(tour.window.theme)
    qtbot.addWidget(sheet)
    sheet.show_words("one two three four five six seven eight nine ten eleven twelve", "Lantern")
    sheet.show()
    sheet.print_button.click()
    assert sheet.told.accessibleName().startswith(NO_PRINTER)
