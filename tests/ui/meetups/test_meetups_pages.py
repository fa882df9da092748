"""Meet-ups in the window: the list, the plan, whom to invite, the day, and what Today says of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import Heard

from matcher import clock
from matcher.directory import add_partner, list_members
from matcher.model import Decision, MeetupKind, MeetupState, Purpose
from matcher.outreach.meetups import (
    MeetupPlan,
    answer,
    cancel_meetup,
    invite,
    meetup_page,
    meetups,
    meetups_of,
    plan_meetup,
)
from matcher_ui.models.meetups import chip_of_row, people_of, stood_with
from matcher_ui.pages.meetups.meetup_page import DAY, OTHERS, PEOPLE, PLAN, MeetupPage
from matcher_ui.pages.meetups.meetups_list import PAST, MeetupsView
from matcher_ui.pages.today.meetups import meetup_sections, read_meetups
from matcher_ui.widgets.buttons import Button
from matcher_ui.workspace import Place, Workspace

if TYPE_CHECKING:
    from tests.conftest import Network

AT = datetime(2026, 12, 9, 16, tzinfo=clock.LONDON)
NOTTINGHAM: dict[str, Any] = {"town": "Nottingham", "latitude": 52.954, "longitude": -1.15}
pytestmark = pytest.mark.usefixtures("frozen")
Settle = Callable[[], None]


def friend(network: "Network", name: str, says: Decision = Decision.GIVEN, **fields: Any) -> int:
    member_id = network.member(name, last_name="Reed", phone="07700900123", **(NOTTINGHAM | fields))
    network.say(member_id, says, Purpose.OWN_EVENTS)
    return member_id


def tea(network: "Network", title: str = "Tea", at: datetime = AT, **plan: Any) -> int:
    return plan_meetup(network.store, MeetupPlan(title, at, **({"place": "Nottingham"} | plan))).ids[0]


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> MeetupPage:
    made = MeetupPage(workspace)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    return made


def click(widget: QWidget) -> None:
    assert widget.isEnabled(), widget.toolTip()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def opened(page: MeetupPage, number: int, tab: str, settle: Settle) -> MeetupPage:
    page.show_place(Place("meetup", number, tab))
    settle()
    return page


def test_no_part_is_ever_a_window_of_its_own(page: MeetupPage, network: "Network", settle: Settle) -> None:
    friend(network, "Ada")
    opened(page, tea(network), DAY, settle)
    assert [part for part in QApplication.topLevelWidgets() if part.isVisible()] == [page]


def test_the_list_shows_what_is_to_come_and_what_was(
    network: "Network", workspace: Workspace, qtbot: QtBot, heard: Heard, settle: Settle
) -> None:
    tea(network, "Before", AT - timedelta(days=40))
    number = tea(network, capacity=1)
    answer(network.store, number, friend(network, "Ada"), coming=True)
    view = MeetupsView(workspace)
    qtbot.addWidget(view)
    view.show()
    view.look()
    settle()
    assert [view.rows.row_at(place).title for place in range(view.rows.rowCount())] == ["Tea"]
    assert chip_of_row(view.rows.row_at(0)) == ("resting", "Full")
    assert people_of(view.rows.row_at(0)) == "1 of 1 coming"
    view.parts.set_current(PAST)
    view.parts.chosen.emit(PAST)
    assert chip_of_row(view.rows.row_at(0)) == ("care", "Who came?")
    click(view.open)
    click(view.plan)
    click(view.drop_in)
    assert [(place.page, place.tab) for place in heard.places] == [
        ("meetup", ""), ("meetup", "plan"), ("meetup", "drop-in"),
    ]  # fmt: skip


def test_a_drop_in_is_planned_on_many_dates(
    page: MeetupPage, workspace: Workspace, heard: Heard, settle: Settle
) -> None:
    page.show_place(Place("meetup", tab="drop-in"))
    settle()
    form = page.plan.form
    assert not form.save.isEnabled()
    QTest.keyClicks(form.title, "Drop-in")
    form.dates.setValue(3)
    assert page.keeps_unsaved()
    click(form.save)
    settle()
    rows = meetups(workspace.store)
    assert [row.kind for row in rows] == [MeetupKind.DROP_IN] * 3
    assert rows[1].starts_at - rows[0].starts_at == timedelta(weeks=2)
    assert heard.places == [Place("meetup", rows[0].id, "invite")]
    assert not page.keeps_unsaved()
    opened(page, rows[0].id, PLAN, settle)
    click(page.plan.go_on)
    settle()
    assert len(meetups(workspace.store)) == 9
    click(page.plan.dates[1])
    assert heard.places[-1] == Place("meetup", rows[1].id, PLAN)


def test_what_is_typed_stays_while_something_else_is_recorded(
    page: MeetupPage, network: "Network", workspace: Workspace, settle: Settle
) -> None:
    library = add_partner(network.store, {"name": "Central Library"}).id
    ada, number = friend(network, "Ada"), tea(network, partners=(library,))
    opened(page, number, PLAN, settle)
    assert page.plan.form.partners[library].isChecked()
    page.plan.form.about.setPlainText("Bring a friend")
    invite(network.store, number, [ada])
    workspace.changed.emit()
    settle()
    assert page.plan.form.about.toPlainText() == "Bring a friend"
    click(page.plan.form.save)
    settle()
    assert "Bring a friend" in page.plan.post.toPlainText()
    assert meetup_page(network.store, number).plan.about == "Bring a friend"


def test_why_somebody_is_not_suggested_and_what_cannot_be_done(
    page: MeetupPage, network: "Network", settle: Settle
) -> None:
    friend(network, "Ada", Decision.REFUSED)
    opened(page, tea(network), OTHERS, settle)
    (line,) = page.others.lines
    assert line.more.startswith("Said no to your own events")
    panel = page.others.panel
    assert not panel.record.isEnabled()
    assert panel.coming.toolTip() == "They may not be invited"
    assert panel.text.message.isHidden()


def test_no_more_such_events_is_asked_once_more(
    page: MeetupPage, network: "Network", heard: Heard, settle: Settle
) -> None:
    ada, number = friend(network, "Ada"), tea(network)
    answer(network.store, number, ada, coming=True)
    opened(page, number, PEOPLE, settle)
    click(page.people.panel.stop)
    assert "withdraws Ada Reed from your own events" in page.people.notice.words
    assert network.state(ada, Purpose.OWN_EVENTS).value == "given"
    click(next(one for one in page.people.notice.findChildren(Button) if one.text() == "Withdraw"))
    settle()
    assert network.state(ada, Purpose.OWN_EVENTS).value == "withdrawn"
    assert page.found is not None
    assert page.found.page.people[0].state is MeetupState.CANCELLED


def test_it_opens_where_she_goes_on(
    page: MeetupPage, network: "Network", at: Callable[[str], datetime], settle: Settle
) -> None:
    ada, number = friend(network, "Ada"), tea(network)
    assert opened(page, number, "", settle).tabs.current == "invite"
    invite(network.store, number, [ada])
    page.show_place(Place("meetup", tab="plan"))
    assert opened(page, number, "", settle).tabs.current == PEOPLE
    at("2026-12-09T15:00")
    page.show_place(Place("meetup", tab="plan"))
    assert opened(page, number, "", settle).tabs.current == DAY


def test_the_menu_of_a_row_answers_for_it(page: MeetupPage, network: "Network", settle: Settle) -> None:
    ada, number = friend(network, "Ada"), tea(network)
    invite(network.store, number, [ada])
    opened(page, number, PEOPLE, settle)
    menu = page.people.menu.menu()
    words = {action.text().partition("\t")[0]: action for action in menu.actions()}
    assert {"Coming", "Cannot come", "Copy"} <= words.keys()
    assert "Record as invited" not in words
    words["Coming"].trigger()
    settle()
    assert page.people.lines[0].state is MeetupState.COMING


def test_the_people_stand_right_under_the_buttons(page: MeetupPage, network: "Network", settle: Settle) -> None:
    friend(network, "Ada")
    shown = opened(page, tea(network), "invite", settle).invite
    assert shown.lot.y() == shown.drafts.y()
    assert shown.list.y() - shown.lot.geometry().bottom() <= page.theme.px(9)


def test_drafts_are_written_where_she_says(
    page: MeetupPage, network: "Network", tmp_path: Path, settle: Settle
) -> None:
    friend(network, "Ada", email="ada@example.org", preferred_channel="e-mail")
    opened(page, tea(network), "invite", settle)
    page.invite.choose_folder = lambda *_: str(tmp_path)
    click(page.invite.drafts)
    settle()
    assert len(list(tmp_path.glob("E1-M*.eml"))) == 1
    assert page.invite.notice.words


def test_calling_off_leads_to_whom_to_tell(
    page: MeetupPage, network: "Network", workspace: Workspace, settle: Settle
) -> None:
    number = tea(network)
    answer(network.store, number, friend(network, "Ada"), coming=True)
    cancel_meetup(network.store, number)
    opened(page, number, PEOPLE, settle)
    assert "called off" in page.people.panel.text.message.toPlainText()
    assert page.people.panel.record.text() == "Record as told"
    click(page.people.panel.record)
    settle()
    assert page.people.lines[0].told
    assert not page.people.panel.record.isEnabled()


def test_a_walk_in_becomes_a_member(
    page: MeetupPage, network: "Network", at: Callable[[str], datetime], settle: Settle
) -> None:
    number = tea(network)
    at("2026-12-09T17:30")
    opened(page, number, DAY, settle)
    page.day.door.name.setText("Zoe")
    click(page.day.door.add)
    settle()
    page.day.door.count.setValue(3)
    click(page.day.door.add_many)
    settle()
    assert page.day.door.told.text() == "0 members came, 4 walked in (3 without a name)."
    (row,) = page.day.door.walk_ins
    click(row.begin)
    row.name.setText("Zoe Lane")
    row.contact.setText("zoe@example.org")
    row.may.setChecked(True)
    click(row.save)
    settle()
    (zoe,) = [member for member in list_members(network.store) if member.first_name == "Zoe"]
    assert network.state(zoe.id, Purpose.OWN_EVENTS).value == "given"
    assert page.day.door.told.text() == "1 member came, 3 walked in (3 without a name)."


def test_what_today_says_of_them(network: "Network", at: Callable[[str], datetime]) -> None:
    number = tea(network, capacity=1)
    ada, bea = friend(network, "Ada"), friend(network, "Bea")
    for one in (ada, bea):
        answer(network.store, number, one, coming=True)

    def titles() -> list[str]:
        now, coming = meetup_sections(read_meetups(network.store), clock.today())
        return [title for title, _rows, _all in (*now, *coming)]

    assert titles() == []
    at("2026-12-08T09:00")
    assert titles() == ["To remind of your meet-up", "Your next meet-ups"]
    answer(network.store, number, ada, coming=False)
    assert titles() == ["A place is free", "Your next meet-ups"]
    at("2026-12-10T09:00")
    assert titles() == ["Who came?"]


def test_a_members_history_says_where_they_stood(network: "Network") -> None:
    ada, number = friend(network, "Ada"), tea(network)
    answer(network.store, number, ada, coming=True)
    (part,) = meetups_of(network.store, ada)
    assert stood_with(part) == "coming"
