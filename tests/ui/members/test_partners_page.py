"""Partners in the window: listed, added, changed, merged, linked with words; and proposed while importing."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matcher.consent import undo
from matcher.directory import add_member, add_partner, list_members, list_partners
from matcher_ui.models.partner_words import name_words
from matcher_ui.pages.importing.import_page import ImportPage
from matcher_ui.pages.members.partners_page import PartnersPage
from matcher_ui.workspace import Place

from .conftest import Desk


@pytest.fixture
def page(empty_desk: Desk, qtbot: QtBot) -> PartnersPage:
    store = empty_desk.store
    for name, heard in (("Ann", "Ripley Library"), ("Bea", "Ripley libary"), ("Cal", "a friend")):
        add_member(store, {"first_name": name, "last_name": "Vale", "heard_via": heard})
    shown = PartnersPage(empty_desk.workspace)
    qtbot.addWidget(shown)
    shown.resize(1000, 700)
    shown.show()
    return shown


def names(page: PartnersPage) -> list[str]:
    return [name_words(line) for line in page.model.rows]


def open_page(page: PartnersPage, desk: Desk) -> None:
    page.show_place(Place("partners"))
    desk.settle()


def test_words_become_a_partner_and_near_ones_are_asked_about(page: PartnersPage, empty_desk: Desk) -> None:
    open_page(page, empty_desk)
    assert names(page) == ["“a friend”", "“Ripley libary”", "“Ripley Library”"]
    page.list.setCurrentIndex(page.rows.index(2, 0))
    page.panel.words.new.click()
    assert page.panel.form.name.text() == "Ripley Library"
    assert page.keeps_unsaved()
    page.panel.form.place.setText("Ripley")
    page.panel.form.save.click()
    empty_desk.settle()
    assert names(page) == ["Ripley Library", "“Ripley libary”", "“a friend”"]
    assert empty_desk.heard.said[-1].words == "Added Ripley Library. 1 member came through it."
    assert page.panel.form.came.text() == "1 member came through it."
    assert not page.keeps_unsaved()
    assert page.focusWidget() is page.list
    page.list.setCurrentIndex(page.rows.index(1, 0))
    assert page.panel.words.same.text() == "It is Ripley Library"
    page.panel.words.same.click()
    empty_desk.settle()
    (row,) = list_partners(empty_desk.store).partners
    assert (row.members, row.spellings) == (2, ("Ripley libary",))
    page.list.setCurrentIndex(page.rows.index(1, 0))
    page.panel.words.none.click()
    empty_desk.settle()
    assert names(page) == ["Ripley Library"]
    page.panel.form.show_members.click()
    assert empty_desk.heard.went[-1] == Place("members", payload='heard:"Ripley Library"')


def test_two_partners_are_merged_and_parted_again(page: PartnersPage, empty_desk: Desk) -> None:
    add_partner(empty_desk.store, {"name": "Ripley Library"})
    away = add_partner(empty_desk.store, {"name": "Ripley libary"}).id
    open_page(page, empty_desk)
    page.list.setCurrentIndex(page.rows.index(names(page).index("Ripley Library"), 0))
    form = page.panel.form
    form.others.setCurrentIndex(form.others.findData(away))
    form.merge.click()
    empty_desk.settle()
    assert names(page) == ["Ripley Library", "“a friend”"]
    assert form.spellings.text() == "Also written: Ripley libary."
    batch = empty_desk.heard.said[-1].batch
    assert batch is not None
    undo(empty_desk.store, batch)
    open_page(page, empty_desk)
    assert names(page)[:2] == ["Ripley libary", "Ripley Library"]


def test_what_is_wrong_is_said_on_the_page_and_kept_typed(page: PartnersPage, empty_desk: Desk) -> None:
    add_partner(empty_desk.store, {"name": "Ripley Library"})
    open_page(page, empty_desk)
    page.add.click()
    assert not page.panel.form.save.isEnabled()
    page.panel.form.name.setText("ripley library")
    page.panel.form.save.click()
    empty_desk.settle()
    assert "of this name already" in page.notice.words
    assert page.panel.form.name.text() == "ripley library"


def test_an_empty_store_says_what_to_do(empty_desk: Desk, qtbot: QtBot) -> None:
    page = PartnersPage(empty_desk.workspace)
    qtbot.addWidget(page)
    page.show()
    open_page(page, empty_desk)
    assert page.empty.isVisible()
    page.empty.pressed.emit()
    assert page.panel.form.isVisible()
    assert page.panel.form.title.text() == "A new partner"


def test_an_import_asks_about_a_near_name(empty_desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    number = add_partner(empty_desk.store, {"name": "Ilkeston Library"}).id
    sheet = tmp_path / "sign-ups.csv"
    sheet.write_text(
        "Name,Email,How did you hear about us?\n"
        "Ann Vale,ann@example.org,Ilkeston libary\nBea Moss,bea@example.org,ilkeston library\n"
    )
    page = ImportPage(empty_desk.workspace)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.show_place(Place("import", payload=(str(sheet),)))
    empty_desk.settle()
    page.shown.turn_to("heard")
    near, known = page.shown.heard.cards
    assert near.choice is not None
    assert known.choice is None
    assert near.choice.current == "words"
    near.choice.chosen.emit("partner")
    empty_desk.settle()
    assert page.shown.heard.cards[0] is near
    page.accept.click()
    empty_desk.settle()
    assert {row.partner_id for row in list_members(empty_desk.store)} == {number}
