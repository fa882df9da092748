"""Introduce: counts before a yes; after it the requester's contact for the member, or a sheet of what is agreed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher.consent import releases, withdraw
from matcher.files.readers.workbooks import needs_password, read_workbook
from matcher.model import Answer
from matcher.outreach import ask, asks, reply
from matcher_ui.models.introduce import columns_asked, goes_in, hidden_words, read_introduce
from matcher_ui.pages.request.introduce_tab import NOTHING_YET, IntroduceTab
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.workspace import Place, Workspace

if TYPE_CHECKING:
    from tests.conftest import Network

Settle = Callable[[], None]
CONTACT = "i.farrell@calder.example.org"


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> IntroduceTab:
    tab = IntroduceTab(workspace, lambda _parent, name: str(tmp_path / name))
    qtbot.addWidget(tab)
    tab.resize(1080, 800)
    tab.show()
    workspace.changed.connect(lambda: tab.show_request(tab.request_id or 0))
    return tab


@pytest.fixture
def request_id(network: "Network", frozen: object) -> int:
    return network.request(
        title="Night visits", requester="Imogen Farrell", organisation="Calder University", contact=CONTACT
    )


def say_yes(network: "Network", request_id: int, *member_ids: int) -> None:
    network.shortlist(request_id, *member_ids)
    ask(network.store, request_id)
    for member_id in member_ids:
        reply(network.store, request_id, member_id, Answer.YES)


def test_before_a_yes_there_are_counts_and_nothing_else(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int, heard: Heard
) -> None:
    for _ in range(6):
        network.willing(region="East Midlands")
    tab.show_request(request_id)
    settle()
    assert tab.nothing_yet.isVisible()
    assert tab.nothing_yet.accessibleName() == NOTHING_YET
    assert not tab.contact.isVisible()
    assert not tab.sheet.isVisible()
    tab.counts.copy.click()
    assert "6 members may be asked" in QGuiApplication.clipboard().text()
    assert heard.said[-1].batch is None


def test_after_a_yes_the_first_choice_gives_the_requesters_contact(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int, heard: Heard
) -> None:
    say_yes(
        network, request_id,
        network.willing("Ada", phone="07700 900123"),
        network.willing("Bea", phone="07700 900145", shared_phone=True),
    )  # fmt: skip
    tab.show_request(request_id)
    settle()
    assert not tab.nothing_yet.isVisible()
    assert tab.agreed.text() == "2 people said yes"
    tab.contact.copy.click()
    assert CONTACT in QGuiApplication.clipboard().text()
    assert heard.said[-1].words == "Copied the message for Ada."
    assert not tab.contact.opening.isVisible()
    tab.contact.who.setCurrentIndex(1)
    assert tab.contact.opening.isVisible()
    tab.contact.copy_opening.click()
    assert CONTACT not in QGuiApplication.clipboard().text()
    assert releases(network.store) == ()


def test_without_a_contact_it_leads_to_the_brief(
    tab: IntroduceTab, settle: Settle, network: "Network", heard: Heard
) -> None:
    request_id = network.request(requester="Somebody")
    say_yes(network, request_id, network.willing())
    tab.show_request(request_id)
    settle()
    assert tab.contact.missing.isVisible()
    assert not tab.contact.copy.isVisible()
    tab.contact.brief.emit()
    assert heard.places == [Place("request", request_id, "brief")]


def test_the_sheet_has_only_what_is_ticked_and_is_logged(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int, tmp_path: Path
) -> None:
    ada = network.willing("Ada", last_name="Obi", phone="07700 900123", email="ada@example.org", role="Carer")
    say_yes(network, request_id, ada)
    tab.show_request(request_id)
    settle()
    for name, tick in tab.sheet.ticks.items():
        tick.setChecked(name in ("first_name", "role"))
    tab.sheet.write.click()
    settle()
    (path,) = tmp_path.glob("*.xlsx")
    cells = [str(cell) for row in read_workbook(path).sheets[0].rows for cell in row.cells]
    assert "Ada" in cells
    assert not any(secret in cell for cell in cells for secret in ("Obi", "900123", "example.org"))
    assert [line.fields for line in releases(network.store, request_id=request_id)] == [("first_name", "role")]
    assert "Night visits" in tab.sheet.letter.toPlainText()
    assert tab.sheet.letter.isVisible()
    assert tab.notice.words.startswith("Wrote ")
    (row,) = tab.log._rows
    assert "First name, role of 1 person to Imogen Farrell, Calder University" in row.accessibleName()


def test_who_has_the_contact_is_recorded(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int
) -> None:
    ada = network.willing("Ada", phone="07700 900123")
    say_yes(network, request_id, ada)
    tab.show_request(request_id)
    settle()
    tab.contact.record.click()
    settle()
    (row,) = asks(network.store, request_id)
    assert row.introduced_on is not None
    assert not tab.contact.record.isEnabled()
    assert releases(network.store) == ()


def test_once_one_has_the_contact_the_next_is_shown(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int
) -> None:
    people = [network.willing(name, phone="07700 900123") for name in ("Ada", "Bea")]
    say_yes(network, request_id, *people)
    tab.show_request(request_id)
    settle()
    for left in (1, 0):
        tab.contact.record.click()
        settle()
        assert tab.contact.record.isEnabled() == bool(left)
    assert all(row.introduced_on is not None for row in asks(network.store, request_id))


def test_small_groups_are_warned_of_and_the_column_left_out(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int
) -> None:
    people = [network.willing(f"P{n}", region="Wales", role="Carer") for n in range(5)]
    people.append(network.willing("Odd", region="Wales", role="Nurse"))
    say_yes(network, request_id, *people)
    tab.show_request(request_id)
    settle()
    assert not tab.sheet.warnings.isVisible()
    for name, tick in tab.sheet.ticks.items():
        tick.setChecked(name in ("region", "role"))
    tab.sheet.without_names.setChecked(True)
    settle()
    assert "could be told apart" in tab.sheet.warnings.accessibleName()
    tab.sheet.leave_out.click()
    settle()
    assert tab.sheet.columns == ("region",)
    assert not tab.sheet.warnings.isVisible()


def test_a_sheet_with_a_password_opens_only_with_it(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int, tmp_path: Path
) -> None:
    say_yes(network, request_id, network.willing("Ada"))
    tab.show_request(request_id)
    settle()
    tab.sheet.password.setText("four plain words here")
    tab.sheet.write.click()
    settle()
    (path,) = tmp_path.glob("*.xlsx")
    assert needs_password(path)
    assert read_workbook(path, password="four plain words here").sheets
    assert tab.sheet.password.text() == ""


def test_without_names_the_identity_columns_cannot_be_ticked(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int
) -> None:
    say_yes(network, request_id, network.willing("Ada"))
    tab.show_request(request_id)
    settle()
    tab.sheet.ticks["region"].setChecked(True)
    tab.sheet.without_names.setChecked(True)
    assert tab.sheet.columns == ("region",)
    assert not tab.sheet.ticks["phone"].isEnabled()
    tab.sheet.ticks["region"].setChecked(False)
    assert not tab.sheet.write.isEnabled()
    assert tab.sheet.write.toolTip() == "Tick at least one column"


def test_what_stays_out_is_said_with_its_reason(network: "Network", request_id: int) -> None:
    member = network.willing("Ada", conditions=["first_name_only"], never_share=["phone"])
    say_yes(network, request_id, member)
    (ada,) = read_introduce(network.store, request_id).introduction.people
    columns = ("first_name", "last_name", "phone")
    assert goes_in(ada, columns) == "First name"
    assert hidden_words(ada, columns) == ("Last name left out: first name only; Phone left out: never to be shared")
    assert hidden_words(ada, ("first_name",)) == ""


def test_a_withdrawal_takes_somebody_out_at_once(
    tab: IntroduceTab, settle: Settle, network: "Network", request_id: int, workspace: Workspace
) -> None:
    ada = network.willing("Ada")
    say_yes(network, request_id, ada)
    tab.show_request(request_id)
    settle()
    withdraw(network.store, ada)
    tab.write_sheet()  # the page has not heard of it yet
    settle()
    assert "Nobody has said yes" in tab.notice.words
    assert releases(network.store) == ()


def test_changing_her_mind_about_the_file_writes_nothing(
    qtbot: QtBot, workspace: Workspace, settle: Settle, network: "Network", request_id: int, tmp_path: Path
) -> None:
    tab = IntroduceTab(workspace, lambda _parent, _name: "")
    qtbot.addWidget(tab)
    say_yes(network, request_id, network.willing("Ada"))
    tab.show_request(request_id)
    settle()
    tab.sheet.write.click()
    settle()
    assert releases(network.store) == ()


def test_no_column_of_identity_is_asked_for_without_names() -> None:
    assert columns_asked(("phone", "role", "first_name"), without_names=True) == ("role",)
    assert columns_asked(("phone", "first_name"), without_names=False) == ("first_name", "phone")


def test_the_step_of_a_request_shows_it(
    qtbot: QtBot, workspace: Workspace, settle: Settle, network: "Network", request_id: int
) -> None:
    say_yes(network, request_id, network.willing("Ada"))
    page = RequestPage(workspace)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("request", request_id, "introduce"))
    settle()
    assert page.introduce.isVisible()
    assert page.introduce.agreed.text() == "1 person said yes"
