"""The report that is looked through: passages left out with a reason, a note, and three kinds of file."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from matcher.directory import add_member
from matcher.model import OutFile
from matcher.storage import reading
from matcher_ui.pages.rights import report_page as module
from matcher_ui.pages.rights.report_page import ReportPage
from matcher_ui.workspace import Place


@pytest.fixture
def page(empty_desk: Any) -> ReportPage:
    values = {"first_name": "Ada", "last_name": "Stone", "experience_text": "My manager shouts", "town": "Leeds"}
    member = add_member(empty_desk.store, values)
    page = ReportPage(empty_desk.workspace)
    empty_desk.qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.show_place(Place("report", member.id, "member"))
    empty_desk.settle()
    return page


def choose(page: ReportPage, words: str) -> None:
    model = page.table.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            if model.index(row, column).data() == words:
                page.table.setCurrentIndex(model.index(row, column))
                return
    raise AssertionError(words)


def everything_shown(page: ReportPage) -> str:
    model = page.table.model()
    return "\n".join(
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def test_every_part_can_be_looked_through(page: ReportPage) -> None:
    assert "Ada Stone" in page.header.accessibleName()
    assert page.review is not None
    seen = []
    while True:
        seen.append(page.part.currentData())
        if not page.next.isEnabled():
            break
        page.next.click()
    assert tuple(seen) == page.review.parts


def test_a_passage_needs_a_reason_and_comes_back(page: ReportPage) -> None:
    choose(page, "My manager shouts")
    assert page.passage.toPlainText() == "My manager shouts"
    page.leave.click()
    assert page.why_field.state == "wrong"
    page.why.setText("about her manager")
    page.leave.click()
    assert "[left out: about her manager]" in everything_shown(page)
    assert page.keeps_unsaved()
    choose(page, "[left out: about her manager]")
    assert page.passage.toPlainText() == "My manager shouts"
    page.leave.click()
    assert "My manager shouts" in everything_shown(page)
    assert not page.keeps_unsaved()


@pytest.mark.parametrize("suffix", ["pdf", "html", "xlsx"])
def test_it_is_saved_as_she_left_it_and_logged(
    page: ReportPage, empty_desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    target = tmp_path / f"report.{suffix}"
    offered: list[str] = []

    def choose_where(_page: object, _title: str, name: str, _kinds: str) -> str:
        offered.append(name)
        return str(target)

    monkeypatch.setattr(module, "choose_where", choose_where)
    choose(page, "My manager shouts")
    page.why.setText("about her manager")
    page.leave.click()
    page.note.setPlainText("Here is all of it")
    page.save.click()
    empty_desk.settle()
    assert "Ada" not in offered[0]
    with reading(empty_desk.store) as session:
        out = session.scalars(select(OutFile)).one()
    assert (out.state, out.kind) == ("written", "subject report")
    assert page.said.isVisible()
    empty_desk.settle()
    assert "[left out: about her manager]" in everything_shown(page)  # read again, with the file just written
    assert page.review is not None
    assert "Files that hold your details" in [page.review.report.sections[n].title for n in page.review.parts]
    if suffix == "pdf":
        words = " ".join("\n".join(one.extract_text() for one in PdfReader(target).pages).split())
        for told in ("Ada", "Stone", "about her manager", "Here is all of it", "Leeds", "53.796"):
            assert told in words, told
        assert "shouts" not in words


def test_what_is_held_on_a_requester_is_looked_through_too(desk: Any) -> None:
    from matcher.triage import list_requesters

    asker = list_requesters(desk.store)[0]
    page = ReportPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.show()
    page.show_place(Place("report", asker.id, "requester"))
    desk.settle()
    assert asker.name in page.header.accessibleName()
    assert page.review is not None
    assert page.review.report.member_ids == ()


def test_of_somebody_erased_nothing_is_left_to_hand_over(desk: Any) -> None:
    from matcher.consent import erase
    from matcher.directory import list_members

    gone, there = (row.id for row in list_members(desk.store)[:2])
    erase(desk.store, gone)
    page = ReportPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.show()
    page.show_place(Place("report", gone, "member"))
    desk.settle()
    assert "nothing is held" in page.said.accessibleName()
    assert not page.save.isEnabled()
    page.show_place(Place("report", there, "member"))
    desk.settle()
    assert page.save.isEnabled()
    assert not page.said.isVisible()
