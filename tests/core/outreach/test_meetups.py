"""The network's own events: planned, the nearest invited, answered, waited for, attended."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import text

from matcher.clock import LONDON
from matcher.consent import erase, resting_until, to_do, undo, withdraw
from matcher.directory import add_partner, merge_members
from matcher.errors import UserError
from matcher.model import Decision, MeetupKind, MeetupState, Purpose
from matcher.outreach import MessageKind, save_message_text
from matcher.outreach import meetups as own
from matcher.storage import reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")

AT = datetime(2026, 12, 9, 16, tzinfo=LONDON)
MARCH = datetime(2027, 3, 17, 19, 30, tzinfo=LONDON)
MIDLANDS = "East Midlands"
NOTTINGHAM: dict[str, Any] = {"town": "Nottingham", "region": MIDLANDS, "latitude": 52.954, "longitude": -1.15}
BEESTON: dict[str, Any] = {"town": "Beeston", "region": MIDLANDS, "latitude": 52.927, "longitude": -1.215}
DERBY: dict[str, Any] = {"town": "Derby", "region": MIDLANDS, "latitude": 52.922, "longitude": -1.477}
LEEDS: dict[str, Any] = {"town": "Leeds", "region": "Yorkshire", "latitude": 53.796, "longitude": -1.548}


def friend(network: "Network", name: str, *, says: Decision = Decision.GIVEN, **fields: Any) -> int:
    member_id = network.member(name, **(NOTTINGHAM | fields))
    network.say(member_id, says, Purpose.OWN_EVENTS)
    return member_id


def tea(network: "Network", capacity: int | None = 30, **plan: Any) -> int:
    usual: dict[str, Any] = {"title": "Tea and talk", "starts_at": AT, "place": "Nottingham Central Library"}
    return own.plan_meetup(network.store, own.MeetupPlan(capacity=capacity, **(usual | plan))).ids[0]


def state_of(network: "Network", meetup: int, member: int) -> MeetupState | None:
    people = own.meetup_page(network.store, meetup).people
    return next((one.state for one in people if one.member_id == member), None)


def test_it_is_planned_with_everything(network: "Network") -> None:
    library = add_partner(network.store, {"name": "Central Library"}).id
    number = tea(network, co_organisers=("Priya, of the library", "Tom"), partners=(library,), postcode="ng1 7ff")
    page = own.meetup_page(network.store, number)
    assert (page.row.capacity, page.row.online, page.plan.postcode) == (30, False, "NG1 7FF")
    assert page.row.ends_at - page.row.starts_at == timedelta(hours=1)
    assert page.row.starts_at.astimezone(LONDON).hour == 16
    assert page.plan.co_organisers == ("Priya of the library", "Tom")
    assert page.partners == {library: "Central Library"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "  "}, "What is it called"),
        ({"ends_at": AT - timedelta(hours=1)}, "ends before it starts"),
        ({"capacity": 0}, "at least one"),
        ({"postcode": "elsewhere"}, "is not a postcode"),
        ({"partners": (99,)}, "no partner P99"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(network: "Network", wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        tea(network, **wrong)
    assert own.meetups(network.store) == ()


def test_a_drop_in_keeps_its_hour_when_the_clocks_change(network: "Network") -> None:
    plan = own.MeetupPlan("Drop-in", MARCH, kind=MeetupKind.DROP_IN, link="https://x.example")
    made = own.plan_meetup(network.store, plan, every_weeks=2, dates=3)
    rows = own.meetups(network.store)
    assert [row.starts_at.astimezone(LONDON).strftime("%d %b %H:%M") for row in rows] == [
        "17 Mar 19:30", "31 Mar 19:30", "14 Apr 19:30",
    ]  # fmt: skip
    assert {row.first_id for row in rows} == {made.ids[0]}
    more = own.plan_more_dates(network.store, made.ids[1], 2)
    assert own.meetup_page(network.store, more.ids[1]).row.starts_at.astimezone(LONDON).strftime("%d %b %H:%M") == (
        "12 May 19:30"
    )
    assert len(own.meetup_page(network.store, made.ids[0]).dates) == 5
    undo(network.store, made.batch)


def test_the_nearest_come_first_and_the_others_say_why(network: "Network") -> None:
    near, derby = friend(network, "Ada", **BEESTON), friend(network, "Bea", **DERBY)
    here, far = friend(network, "Cai"), friend(network, "Dee", **LEEDS)
    short, online = friend(network, "Eve", **DERBY, travel_miles=5), friend(network, "Flo", in_person_ok=False)
    lost = friend(network, "Gil", latitude=None, longitude=None, town=None, region=None)
    silent, no = network.member("Hal", **NOTTINGHAM), friend(network, "Ida", says=Decision.REFUSED)
    found = own.invitees(network.store, tea(network))
    assert [one.member_id for one in found.suggested] == [here, near, derby]
    assert found.place == "Nottingham"
    assert found.suggested[1].minutes in range(3, 10)
    why = {one.member_id: (one.why_not, one.may) for one in found.others}
    assert why[far] == ("60 miles away, more than an hour", True)
    assert why[short] == ("14 miles away, travels up to 5", True)
    assert why[online] == ("Takes part online only", True)
    assert why[lost] == ("Where they live is not known", True)
    assert why[silent] == ("Has not said that they may be told of your own events", False)
    assert why[no] == ("Said no to your own events", False)


def test_her_employer_among_the_partners_keeps_her_out(network: "Network") -> None:
    ada = friend(network, "Ada", employer="Sunny Care")
    sunny = add_partner(network.store, {"name": "Sunny Care Ltd"}).id
    number = tea(network, partners=(sunny,))
    (one,) = own.invitees(network.store, number).others
    assert (one.member_id, one.why_not) == (ada, "A partner of this meet-up is their employer")
    with pytest.raises(UserError, match="is their employer"):
        own.invite(network.store, number, [ada])


def test_nobody_is_invited_without_a_yes(network: "Network") -> None:
    ada, bea = friend(network, "Ada"), network.member("Bea")
    number = tea(network)
    with pytest.raises(UserError, match=f"M{bea} may not be invited"):
        own.invite(network.store, number, [ada, bea])
    assert own.meetup_page(network.store, number).people == ()
    with pytest.raises(UserError, match="may not be invited"):
        own.answer(network.store, number, bea, coming=True)
    with pytest.raises(UserError, match="may not be invited"), work(network.store, "behind its back") as unit:
        unit.session.execute(
            text("INSERT INTO meetup_invitation (meetup_id, member_id, state) VALUES (:e, :m, 'invited')"),
            {"e": number, "m": bea},
        )


def test_the_database_reopens_nothing_after_a_no(network: "Network") -> None:
    ada, number = friend(network, "Ada"), tea(network)
    own.invite(network.store, number, [ada])
    withdraw(network.store, ada)
    with pytest.raises(UserError, match="may not be invited"), work(network.store, "behind its back") as unit:
        unit.session.execute(text("UPDATE meetup_invitation SET state = 'coming'"))


def test_ask_me_first_is_asked_alone(network: "Network") -> None:
    ada, bea = friend(network, "Ada", says=Decision.ASK_FIRST), friend(network, "Bea")
    number = tea(network)
    with pytest.raises(UserError, match="personally"):
        own.invite(network.store, number, [ada, bea])
    own.invite(network.store, number, [ada])
    own.invite(network.store, number, [bea])
    assert state_of(network, number, ada) is MeetupState.INVITED


def test_a_full_room_makes_a_line_and_the_next_is_named(network: "Network", at: Callable[[str], datetime]) -> None:
    names = ("Ada", "Bea", "Cai", "Dee")
    ada, bea, cai, dee = (friend(network, name) for name in names)
    number = tea(network, capacity=1)
    own.invite(network.store, number, [ada, bea, cai, dee])
    assert own.answer(network.store, number, ada, coming=True).state is MeetupState.COMING
    at("2026-11-24T09:00+00:00")
    first = own.answer(network.store, number, cai, coming=True)
    assert (first.state, first.place_in_line, first.next_id) == (MeetupState.WAITING, 1, None)
    at("2026-11-24T10:00+00:00")
    assert own.answer(network.store, number, bea, coming=True).place_in_line == 2
    with pytest.raises(UserError, match="full"):
        own.give_place(network.store, number, cai)
    gone = own.answer(network.store, number, ada, coming=False)
    assert (gone.state, gone.next_id, gone.next_name) == (MeetupState.CANCELLED, cai, "Cai")
    assert own.answer(network.store, number, dee, coming=True).place_in_line == 3
    assert own.word_for(network.store, number, cai).kind is MessageKind.MEETUP_PLACE
    own.give_place(network.store, number, cai)
    page = own.meetup_page(network.store, number)
    assert [(one.name, one.place_in_line) for one in page.people if one.state is MeetupState.WAITING] == [
        ("Bea", 1), ("Dee", 2),
    ]  # fmt: skip
    assert page.next_id is None
    assert "you are number 1" in own.word_for(network.store, number, bea).message


def test_a_withdrawal_takes_her_off_and_frees_the_place(network: "Network") -> None:
    ada, bea = friend(network, "Ada"), friend(network, "Bea")
    number = tea(network, capacity=1)
    own.answer(network.store, number, ada, coming=True)
    own.answer(network.store, number, bea, coming=True)
    step = withdraw(network.store, ada)
    assert state_of(network, number, ada) is MeetupState.CANCELLED
    assert own.meetup_page(network.store, number).next_id == bea
    undo(network.store, step)
    assert state_of(network, number, ada) is MeetupState.CANCELLED


def test_a_merge_with_a_no_takes_her_off_too_and_counts_her_once(network: "Network") -> None:
    ada, other = friend(network, "Ada"), friend(network, "Ada")
    number = tea(network)
    own.invite(network.store, number, [ada])
    own.answer(network.store, number, other, coming=True)
    merge_members(network.store, ada, other)
    (one,) = own.meetup_page(network.store, number).people
    assert (one.member_id, one.state) == (ada, MeetupState.COMING)
    away = network.member("Ada")
    network.say(away, Decision.REFUSED, Purpose.OWN_EVENTS)
    merge_members(network.store, ada, away)
    assert state_of(network, number, ada) is MeetupState.CANCELLED


def test_attendance_counts_to_history_and_never_to_rest(network: "Network", at: Callable[[str], datetime]) -> None:
    ada, bea = friend(network, "Ada"), friend(network, "Bea")
    number = tea(network)
    own.answer(network.store, number, ada, coming=True)
    with pytest.raises(UserError, match="still to come"):
        own.note_came(network.store, number, ada)
    at("2026-12-10T09:00+00:00")
    own.note_came(network.store, number, ada)
    own.note_came(network.store, number, ada)
    own.note_came(network.store, number, bea)
    own.add_walk_ins(network.store, number, "Zoe")
    own.add_walk_ins(network.store, number, count=3)
    row = own.meetup_page(network.store, number).row
    assert (row.came, row.walk_ins, row.noted, row.over) == (2, 4, True, True)
    assert [(one.came, one.state) for one in own.meetups_of(network.store, ada)] == [(True, MeetupState.COMING)]
    with reading(network.store) as session:
        assert resting_until(session, ada, AT.date()) is None
    own.note_came(network.store, number, ada, came=False)
    assert own.meetup_page(network.store, number).row.came == 1


def test_a_walk_in_signs_up(network: "Network", at: Callable[[str], datetime]) -> None:
    number = tea(network)
    at("2026-12-09T17:00+00:00")
    own.add_walk_ins(network.store, number, "Zoe")
    (zoe,) = own.meetup_page(network.store, number).walk_ins
    member = network.member("Zoe")
    own.walk_in_is(network.store, zoe.id, member)
    page = own.meetup_page(network.store, number)
    assert (page.walk_ins, [one.member_id for one in page.people]) == ((), [member])


def test_calling_off_and_reminding(network: "Network", at: Callable[[str], datetime]) -> None:
    ada, bea = friend(network, "Ada", phone="07700900123"), friend(network, "Bea", shared_phone=True)
    number = tea(network)
    for one in (ada, bea):
        own.answer(network.store, number, one, coming=True)
    assert own.to_send(network.store) == ()
    at("2026-12-08T09:00+00:00")
    due = own.to_send(network.store)
    assert [(one.name, one.why) for one in due] == [("Ada", "Comes tomorrow"), ("Bea", "Comes tomorrow")]
    assert {one.kind for one in due} == {MessageKind.MEETUP_REMINDER}
    assert "Wed 9 Dec, 4 to 5 pm" in due[0].message
    assert "Tea" not in due[1].message
    assert "Tea" in due[1].full
    own.note_sent(network.store, number, [ada], MessageKind.MEETUP_REMINDER)
    assert [one.member_id for one in own.to_send(network.store)] == [bea]
    own.cancel_meetup(network.store, number)
    assert {one.kind for one in own.to_send(network.store, number)} == {MessageKind.MEETUP_CANCELLED}
    own.note_sent(network.store, number, [ada, bea], MessageKind.MEETUP_CANCELLED)
    assert own.to_send(network.store) == ()
    with pytest.raises(UserError, match="called off"):
        own.invite(network.store, number, [ada])


def test_her_own_text_is_used(network: "Network") -> None:
    ada = friend(network, "Ada")
    save_message_text(network.store, MessageKind.MEETUP_INVITE, "{{ first_name }}: {{ title }}, {{ when }}")
    assert own.word_for(network.store, tea(network), ada).message == "Ada: Tea and talk, Wed 9 Dec, 4 to 5 pm"
    with pytest.raises(UserError, match="not known"):
        save_message_text(network.store, MessageKind.MEETUP_INVITE, "{{ payment }}")


def test_the_sheet_for_the_table_has_first_names_only(network: "Network", tmp_path: Path) -> None:
    number = tea(network)
    for first, last in (("Ada", "Obi"), ("Ada", "Orr"), ("Bea", "Zebedee"), ("=1+1", "Q")):
        own.answer(network.store, number, friend(network, first, last_name=last), coming=True)
    assert own.save_day_sheet(network.store, number, tmp_path / "sheet.xlsx") == 4
    sheet = openpyxl.load_workbook(tmp_path / "sheet.xlsx").active
    assert sheet is not None
    names = [cell.value for cell in sheet["A"]][1:5]
    assert names == ["=1+1", "Ada Ob.", "Ada Or.", "Bea"]
    assert {cell.data_type for cell in sheet["A"][1:5]} == {"s"}
    html = own.day_sheet_html(network.store, number).decode()
    assert "Ada Ob." in html
    assert "Zebedee" not in html


def test_a_sheet_of_somebody_who_withdrew_is_to_be_deleted(network: "Network", tmp_path: Path) -> None:
    ada, number = friend(network, "Ada"), tea(network)
    own.answer(network.store, number, ada, coming=True)
    own.save_day_sheet(network.store, number, tmp_path / "names.xlsx")
    withdraw(network.store, ada, Purpose.OWN_EVENTS)
    (left,) = to_do(network.store, ada)
    assert left.about.startswith("Delete names.xlsx")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_whatever_they_are_called_the_sheet_is_text(names: list[str]) -> None:
    told = own.sheets.told_apart([(name, name[::-1]) for name in names])
    assert len({name.casefold() for name in told}) == len(names)


HOSTILE = "Tea\r\nATTENDEE:mailto:x@example.org\u2028X-EVIL:1"


def test_no_word_of_a_plan_adds_a_line_to_a_calendar(network: "Network", tmp_path: Path) -> None:
    number = tea(network, title=HOSTILE, place="Nottingham" + HOSTILE, about=HOSTILE, link=HOSTILE)
    own.save_calendar_file(network.store, number, tmp_path / "a.ics")
    (event,) = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert set(event) == {"UID", "DTSTAMP", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "LOCATION", "STATUS"}
    assert "\n" not in str(event["summary"])


def test_hostile_names_are_inert_on_the_sheet(network: "Network", tmp_path: Path) -> None:
    number = tea(network)
    for name in ("=1+1", "@SUM(A1)", "+44", "-2", "\tx", "#N/A", "<b>x</b>"):
        own.answer(network.store, number, friend(network, name), coming=True)
    own.save_day_sheet(network.store, number, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink or cell.comment for cell in cells)
    assert b"<b>x" not in own.day_sheet_html(network.store, number)


def test_first_names_are_told_apart() -> None:
    told = own.sheets.told_apart([("Ann", "Lee"), ("ann", "Lee"), ("Bo", ""), ("Bo", ""), ("Cy", "Ng")])
    assert told == ["Ann L. (1)", "ann L. (2)", "Bo (1)", "Bo (2)", "Cy"]


def test_the_calendar_file_has_every_date(network: "Network", tmp_path: Path) -> None:
    plan = own.MeetupPlan("Drop-in", MARCH, link="https://x.example", kind=MeetupKind.DROP_IN)
    made = own.plan_meetup(network.store, plan, every_weeks=2, dates=3)
    own.cancel_meetup(network.store, made.ids[1])
    assert own.save_calendar_file(network.store, made.ids[0], tmp_path / "a.ics", all_dates=True) == 3
    events = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == [
        "2027-03-17T19:30:00+00:00", "2027-03-31T18:30:00+00:00", "2027-04-14T18:30:00+00:00",
    ]  # fmt: skip
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert own.save_calendar_file(network.store, made.ids[0], tmp_path / "a.ics") == 1


def test_an_erasure_leaves_the_count_only(network: "Network", at: Callable[[str], datetime]) -> None:
    ada = friend(network, "Ada", last_name="Canary")
    number = tea(network, co_organisers=("Ada Canary", "Tom"))
    own.answer(network.store, number, ada, coming=True)
    at("2026-12-09T17:00+00:00")
    own.note_came(network.store, number, ada)
    erase(network.store, ada)
    page = own.meetup_page(network.store, number)
    assert (page.row.came, page.plan.co_organisers) == (1, ("Tom",))
    assert {one.name for one in page.people} == {"(erased)"}


def test_nobody_is_written_to_who_said_no(network: "Network") -> None:
    ada, number = friend(network, "Ada"), tea(network)
    own.invite(network.store, number, [ada])
    own.answer(network.store, number, ada, coming=False)
    word = own.word_for(network.store, number, ada)
    assert (word.message, word.link, word.trouble) == ("", "", "Has said that they cannot come")
    own.cancel_meetup(network.store, number)
    assert own.to_send(network.store) == ()
    assert own.word_for(network.store, number, ada).message == ""


def test_invitations_are_written_as_drafts_to_one_each(network: "Network", tmp_path: Path) -> None:
    ada, number = friend(network, "Ada\r\nBcc: x@example.org", email="ada@example.org"), tea(network)
    bea, cai = friend(network, "Bea", phone="07700900123"), friend(network, "Cai", says=Decision.ASK_FIRST)
    made = own.write_drafts(network.store, number, tmp_path)
    assert [(one.member_id, one.why) for one in made.left_out] == [
        (bea, "is reached by WhatsApp"), (cai, "wants to be asked personally"),
    ]  # fmt: skip
    (path,) = made.paths
    letter = message_from_bytes(Path(path).read_bytes(), policy=default)
    assert (letter["To"], letter["Bcc"]) == ("ada@example.org", None)
    assert "Tea and talk" in letter.get_content()
    assert own.meetup_page(network.store, number).people == ()
    own.invite(network.store, number, [ada])
    with pytest.raises(UserError, match="Nobody who is near"):
        own.write_drafts(network.store, number, tmp_path)


def test_the_call_names_nobody(network: "Network") -> None:
    friend(network, "Ada")
    text_for_group = own.call_for(network.store, tea(network, link="", about="Bring a friend."))
    assert "Tea and talk: a meet-up for home-care workers" in text_for_group
    assert "Bring a friend." in text_for_group
    assert "Ada" not in text_for_group
