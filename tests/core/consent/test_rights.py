"""Requests about one's own data and complaints: who asked, by when, and what an objection stops."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matcher.consent import (
    RightsRow,
    answer_by,
    change_rights,
    erase,
    extend_rights,
    log_rights,
    rights_cases,
    undo,
)
from matcher.consent.rights import longest_by
from matcher.errors import UserError
from matcher.knowledge.working_days import bank_holidays, months_after, working_day_from
from matcher.model import How, Purpose, Requester, RightsCase, RightsKind, State
from matcher.storage import reading, work

if TYPE_CHECKING:
    from tests.conftest import Network

DAYS = st.dates(date(2019, 1, 1), date(2060, 12, 31))


@settings(deadline=None)
@given(DAYS)
def test_a_month_ends_on_the_same_day_or_the_last_one_and_then_on_a_working_day(received: date) -> None:
    due = answer_by(RightsKind.ACCESS, received)
    month = months_after(received, 1)
    assert month.month == received.month % 12 + 1
    assert month.day == received.day or (month + timedelta(days=1)).day == 1
    assert timedelta(0) <= due - month <= timedelta(days=5)
    assert due.weekday() < 5
    assert due not in bank_holidays(due.year)
    passed = [month + timedelta(days=n) for n in range((due - month).days)]
    assert all(day.weekday() >= 5 or day in bank_holidays(day.year) for day in passed)


@settings(deadline=None)
@given(DAYS, DAYS)
def test_what_came_later_is_never_due_earlier(one: date, other: date) -> None:
    first, second = sorted((one, other))
    for kind in RightsKind:
        assert answer_by(kind, first) <= answer_by(kind, second)
    assert longest_by(first) <= longest_by(second)
    assert longest_by(first) > answer_by(RightsKind.ACCESS, first)


@settings(deadline=None)
@given(DAYS)
def test_a_complaint_is_acknowledged_on_the_thirtieth_day_counting_the_first(received: date) -> None:
    assert (answer_by(RightsKind.COMPLAINT, received) - received).days + 1 == 30


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2027, 8, 31), date(2027, 9, 30)),
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, a weekend, and the 28th for Boxing Day
        (date(2024, 2, 29), date(2024, 4, 2)),  # 29 March was Good Friday
        (date(2026, 12, 1), date(2027, 1, 4)),
    ],
)
def test_days_worked_out_by_hand(received: date, due: date) -> None:
    assert answer_by(RightsKind.ERASURE, received) == due


def test_bank_holidays_are_those_that_were_published() -> None:
    """The holidays of England and Wales in 2027, as gov.uk lists them."""
    listed = ((1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28))
    assert bank_holidays(2027) == {date(2027, month, day) for month, day in listed}
    assert working_day_from(date(2026, 11, 28)) == date(2026, 11, 30)


def only(network: "Network") -> RightsRow:
    [row] = rights_cases(network.store, settled=True)
    return row


@pytest.mark.usefixtures("frozen")
def test_a_case_from_receipt_to_answer(network: "Network") -> None:
    ada = network.member("Ada", last_name="Stone")
    logged = log_rights(
        network.store, RightsKind.ACCESS, member_id=ada, received=date(2026, 11, 20), how=How.WHATSAPP, note="all"
    )
    row = only(network)
    assert (row.who, row.kind, row.due, row.how, row.note) == (
        "Ada Stone", RightsKind.ACCESS, date(2026, 12, 21), "whatsapp", "all"
    )  # fmt: skip
    change_rights(network.store, logged.case_id, identity_checked_on=date(2026, 11, 21))
    extend_rights(network.store, logged.case_id, "three merged records")
    assert only(network).due == date(2027, 2, 22)
    assert "three merged records" in only(network).note
    step = change_rights(network.store, logged.case_id, settled_on=date(2026, 11, 23))
    assert only(network).due is None
    assert rights_cases(network.store) == ()
    undo(network.store, step)
    assert only(network).settled is None
    assert change_rights(network.store, logged.case_id, note=only(network).note) is None


@pytest.mark.usefixtures("frozen")
def test_logging_is_undone_whole(network: "Network") -> None:
    logged = log_rights(network.store, RightsKind.COMPLAINT, who="A neighbour")
    undo(network.store, logged.batch)
    assert rights_cases(network.store, settled=True) == ()


@pytest.mark.usefixtures("frozen")
def test_an_acknowledged_complaint_waits_for_no_day(network: "Network") -> None:
    logged = log_rights(network.store, RightsKind.COMPLAINT, who="  A   neighbour ")
    assert (only(network).who, only(network).due) == ("A neighbour", date(2026, 12, 22))
    change_rights(network.store, logged.case_id, acknowledged_on=date(2026, 11, 23))
    assert [row.due for row in rights_cases(network.store)] == [None]


@pytest.mark.usefixtures("frozen")
def test_what_is_due_first_stands_first(network: "Network") -> None:
    for received in (date(2026, 11, 20), date(2026, 11, 2), date(2026, 11, 11)):
        log_rights(network.store, RightsKind.ACCESS, who=f"of {received}", received=received)
    listed = rights_cases(network.store)
    assert [row.due for row in listed] == sorted(row.due for row in listed if row.due)


@pytest.mark.usefixtures("frozen")
def test_an_objection_withdraws_just_what_it_is_against(network: "Network") -> None:
    ada = network.willing("Ada")
    network.say(ada, purpose=Purpose.NEWS)
    logged = log_rights(
        network.store, RightsKind.OBJECTION, member_id=ada, how=How.PHONE, objects_to=[Purpose.NEWS]
    )
    assert network.state(ada, Purpose.NEWS) is State.WITHDRAWN
    assert network.state(ada, Purpose.MEDIA) is State.GIVEN
    undo(network.store, logged.batch)
    assert network.state(ada, Purpose.NEWS) is State.WITHDRAWN


@pytest.mark.usefixtures("frozen")
def test_what_cannot_be_is_said(network: "Network", at: Callable[[str], datetime]) -> None:
    store, ada = network.store, network.member()
    for wrong in ({}, {"member_id": ada, "who": "Bea"}, {"member_id": 99}, {"requester_id": 99}):
        with pytest.raises(UserError):
            log_rights(store, RightsKind.ACCESS, **wrong)
    with pytest.raises(UserError, match="not come yet"):
        log_rights(store, RightsKind.ACCESS, member_id=ada, received=date(2026, 11, 24))
    with pytest.raises(UserError, match="objection of a member"):
        log_rights(store, RightsKind.ACCESS, member_id=ada, objects_to=[Purpose.NEWS])
    assert rights_cases(store) == ()
    case = log_rights(store, RightsKind.ACCESS, member_id=ada).case_id
    complaint = log_rights(store, RightsKind.COMPLAINT, member_id=ada).case_id
    with pytest.raises(UserError, match="before it was received"):
        change_rights(store, case, settled_on=date(2026, 11, 22))
    with pytest.raises(UserError, match="no reason"):
        extend_rights(store, case, " ")
    with pytest.raises(UserError, match="no month"):
        extend_rights(store, complaint, "long")
    with pytest.raises(UserError, match="no such request"):
        change_rights(store, 99, note="x")
    at("2027-01-05T09:00:00+00:00")
    with pytest.raises(UserError, match="had to be told by then"):
        extend_rights(store, case, "long")


@pytest.mark.usefixtures("frozen")
def test_erasure_keeps_that_somebody_asked_and_not_their_words(network: "Network") -> None:
    ada = network.member("Ada", last_name="Stone")
    case = log_rights(network.store, RightsKind.ERASURE, member_id=ada, note="Ada wrote from the canal").case_id
    erase(network.store, ada)
    with reading(network.store) as session:
        kept = session.scalars(select(RightsCase)).one()
    assert (kept.id, kept.kind, kept.note) == (case, "erasure", "")
    assert only(network).who == "(erased)"


@pytest.mark.usefixtures("frozen")
def test_a_requester_asks_too(network: "Network") -> None:
    with work(network.store, "note who asks") as unit:
        asker = Requester(name="", contact="imogen@example.org", created_at=unit.now)
        unit.session.add(asker)
        unit.session.flush()
        asker_id = asker.id
    log_rights(network.store, RightsKind.ACCESS, requester_id=asker_id)
    log_rights(network.store, RightsKind.ACCESS, who="Somebody else")
    [row] = rights_cases(network.store, requester_id=asker_id)
    assert row.who == "imogen@example.org"
