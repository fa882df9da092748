"""The filled workbook comes back, however it was treated; what cannot be trusted is named by its row."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.outreach.conftest import NAMES, Round, rejected, said

from matcher.consent import undo, withdraw
from matcher.errors import UserError
from matcher.model import Answer, Decision, InvitationState, PeopleWanted, Purpose, Session, State
from matcher.outreach import (
    ask,
    asks,
    pick_session,
    record_replies,
    reply,
    sessions_of,
)
from matcher.outreach.returned import _look, _Looked
from matcher.outreach.returned_rows import FilledRow
from matcher.outreach.row_ids import RowId, seal
from matcher.storage import Store, reading, request_of

if TYPE_CHECKING:
    from tests.conftest import Network


def test_what_the_list_offers_comes_back_and_is_one_step(round_trip: Round) -> None:
    round_trip.fill("Yes", "No this time", "Can't make the date", "", "No reply", notes={2: "after 6"})
    preview = round_trip.look()
    assert said(preview) == [
        ("Ada Stone", Answer.YES), ("Bea Reed", Answer.NO_THIS_TIME), ("Cai Fox", Answer.CANNOT_MAKE_DATE),
        ("Eve Marsh", Answer.NO_REPLY),
    ]  # fmt: skip
    assert (preview.empty, preview.rejected, preview.conflicts) == (1, (), ())
    assert round_trip.answers() == [None] * 5, "a preview records nothing"
    done = record_replies(round_trip.network.store, preview)
    assert done.recorded == 4
    rows = asks(round_trip.network.store, round_trip.request)
    assert [row.state for row in rows[:4]] == [
        InvitationState.YES, InvitationState.NO, InvitationState.NO, InvitationState.ASKED,
    ]  # fmt: skip
    assert rows[0].note == "after 6"
    again = round_trip.look()
    assert (again.changes, again.same) == ((), 4)
    assert record_replies(round_trip.network.store, again).recorded == 0
    undo(round_trip.network.store, done.batch)
    assert round_trip.answers() == [None] * 5


def test_words_instead_of_the_list(round_trip: Round) -> None:
    round_trip.fill("yes please", "cant do it", "NO", "not this time", "stop")
    preview = round_trip.look()
    assert [answer for _, answer in said(preview)] == [
        Answer.YES, Answer.NO_THIS_TIME, Answer.NO_THIS_TIME, Answer.NO_THIS_TIME, Answer.STOP_ALL,
    ]  # fmt: skip
    assert [change.stops for change in preview.changes] == [False] * 4 + [True]
    record_replies(round_trip.network.store, preview)
    assert round_trip.network.state(round_trip.people[4]) is State.WITHDRAWN


def test_undo_takes_back_every_answer_but_the_stop(round_trip: Round) -> None:
    store = round_trip.network.store
    round_trip.fill("Yes", "stop", "No")
    done = record_replies(store, round_trip.look())
    undone = undo(store, done.batch)
    assert round_trip.answers() == [None, Answer.STOP_ALL, None, None, None]
    assert round_trip.network.state(round_trip.people[1]) is State.WITHDRAWN
    assert any("who said no may not be asked again" in reason for reason in undone.kept)
    states = [row.state for row in asks(store, round_trip.request)]
    assert states[:3] == [InvitationState.ASKED, InvitationState.NO, InvitationState.ASKED]


@pytest.mark.parametrize("words", ["x", "maybe", "?", "yes if paid", "stop texting after 9"])
def test_words_that_could_be_anything_are_named_and_left_out(round_trip: Round, words: str) -> None:
    round_trip.fill(words, "Yes")
    preview = round_trip.look()
    assert rejected(preview) == [2]
    with pytest.raises(UserError, match="nothing to record"):
        record_replies(round_trip.network.store, replace(preview, changes=()))
    assert words in preview.rejected[0].reason
    assert said(preview) == [("Bea Reed", Answer.YES)]


def test_a_stop_in_the_note_is_not_overlooked(round_trip: Round) -> None:
    round_trip.fill("No this time", notes={2: "told me to stop texting her"})
    preview = round_trip.look()
    assert (rejected(preview), preview.changes) == ([2], ())


def test_sorted_filtered_moved_renamed_and_added(round_trip: Round) -> None:
    round_trip.fill("Yes", "", "No this time", "yes", "")

    def rearrange(sheet: Any, columns: dict[str, int]) -> None:
        table = [[cell.value for cell in row] for row in sheet.iter_rows()]
        order = [*range(len(table[0]))][::-1]
        rows = [[row[place] for place in order] for row in [table[0], *sorted(table[1:], key=lambda r: r[1])[::-1]]]
        renamed = {"Response": "RESPONSE ", "Note": "notes", "Row id": "do not touch"}
        rows[0] = [renamed.get(name, name) for name in rows[0]]
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(["My calls this week"])
        sheet.append([*rows[0], "Extra"])
        for row in rows[1:]:
            sheet.append([*row, "mine"])
        sheet.append([None, None, None, None, None, None, None, None, None, None, "Zoe from work"])
        sheet.row_dimensions[4].hidden = True

    round_trip.edit(rearrange)
    preview = round_trip.look()
    assert sorted(said(preview)) == [
        ("Ada Stone", Answer.YES), ("Cai Fox", Answer.NO_THIS_TIME), ("Dee Lake", Answer.YES),
    ]  # fmt: skip
    assert (preview.empty, preview.rejected) == (2, ())


def test_a_row_of_her_own_with_an_answer_is_named(round_trip: Round) -> None:
    def add(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(7, columns["Name"]).value = "Zoe"
        sheet.cell(7, columns["Response"]).value = "Yes"

    round_trip.edit(add)
    preview = round_trip.look()
    assert [(row.row, "no row id" in row.reason) for row in preview.rejected] == [(7, True)]


def test_names_sorted_without_their_ids_are_not_believed(round_trip: Round) -> None:
    def sort_a_part(sheet: Any, columns: dict[str, int]) -> None:
        for name in ("Name", "Phone", "E-mail", "Response"):
            values = [sheet.cell(row, columns[name]).value for row in range(2, 7)]
            for row, value in enumerate(values[::-1], start=2):
                sheet.cell(row, columns[name]).value = value

    round_trip.fill("Yes", "Yes", "No", "No", "stop")
    round_trip.edit(sort_a_part)
    preview = round_trip.look()
    assert rejected(preview) == [2, 3, 5, 6]
    assert said(preview) == [("Cai Fox", Answer.NO_THIS_TIME)]


def test_a_corrected_name_is_still_the_same_person(round_trip: Round) -> None:
    round_trip.fill("Yes")
    round_trip.edit(lambda sheet, columns: setattr(sheet.cell(2, columns["Name"]), "value", "Adah Stone-Hill"))
    assert said(round_trip.look()) == [("Ada Stone", Answer.YES)]


def test_an_edited_id_is_named_by_its_row(round_trip: Round) -> None:
    round_trip.fill("Yes", "Yes")

    def swap(sheet: Any, columns: dict[str, int]) -> None:
        cell = sheet.cell(2, columns["Row id"])
        cell.value = cell.value.replace(f"-M{round_trip.people[0]}-", f"-M{round_trip.people[2]}-")

    round_trip.edit(swap)
    preview = round_trip.look()
    assert rejected(preview) == [2]
    assert "row id was changed" in preview.rejected[0].reason


def test_two_answers_for_one_person_count_for_nothing_but_a_stop_does(round_trip: Round) -> None:
    def double(sheet: Any, columns: dict[str, int]) -> None:
        for row, source, words in ((7, 2, "No"), (8, 3, "Yes"), (9, 4, "stop everything"), (10, 5, "yes")):
            for column in columns.values():
                sheet.cell(row, column).value = sheet.cell(source, column).value
            sheet.cell(row, columns["Response"]).value = words

    round_trip.fill("Yes", "Yes", "Yes", "stop")
    round_trip.edit(double)
    preview = round_trip.look()
    assert rejected(preview) == [2, 4, 7, 10]
    assert said(preview) == [
        ("Bea Reed", Answer.YES), ("Dee Lake", Answer.STOP_ALL), ("Cai Fox", Answer.STOP_ALL),
    ]  # fmt: skip


def test_what_changed_here_since_the_export_is_a_conflict(round_trip: Round) -> None:
    store = round_trip.network.store
    reply(store, round_trip.request, round_trip.people[0], Answer.NO_THIS_TIME)
    reply(store, round_trip.request, round_trip.people[1], Answer.YES)
    reply(store, round_trip.request, round_trip.people[2], Answer.YES)
    round_trip.fill("Yes", "Yes", "stop", "Yes")
    preview = round_trip.look()
    assert [(c.row, c.change.answer) for c in preview.conflicts] == [(2, Answer.YES)]
    assert "No this time" in preview.conflicts[0].here
    assert said(preview) == [("Cai Fox", Answer.STOP_ALL), ("Dee Lake", Answer.YES)], "a stop always counts"
    assert preview.same == 1
    record_replies(store, preview, take=[2])
    assert round_trip.answers() == [Answer.YES, Answer.YES, Answer.STOP_ALL, Answer.YES, None]


def test_consent_is_checked_again(round_trip: Round) -> None:
    store = round_trip.network.store
    withdraw(store, round_trip.people[0])
    round_trip.network.say(round_trip.people[1], Decision.REFUSED)
    round_trip.fill("Yes", "Yes", "Yes")
    preview = round_trip.look()
    assert rejected(preview) == [2, 3]
    withdraw(store, round_trip.people[2], Purpose.MEDIA)
    with pytest.raises(UserError, match="Row 4"):
        record_replies(store, preview)
    assert round_trip.answers() == [None] * 5


def test_what_changed_between_preview_and_recording_stops_it(round_trip: Round) -> None:
    round_trip.fill("Yes", "Yes")
    preview = round_trip.look()
    reply(round_trip.network.store, round_trip.request, round_trip.people[1], Answer.NO_THIS_TIME)
    with pytest.raises(UserError, match="Row 3: Bea Reed was changed"):
        record_replies(round_trip.network.store, preview)
    assert round_trip.answers() == [None, Answer.NO_THIS_TIME, None, None, None]


def test_people_never_asked(round_trip: Round) -> None:
    store = round_trip.network.store
    undo(store)  # the export
    undo(store)  # the ask: nobody was asked after all
    round_trip.fill("Yes")
    preview = round_trip.look()
    assert "was not asked" in preview.rejected[0].reason


def test_the_date_they_picked(network: "Network", tmp_path: Path) -> None:
    days = (Session(date(2026, 12, 3), time="14:00", place="Leeds"), Session(date(2026, 12, 5), remote=True))
    made = Round(network, tmp_path, sessions=days)

    def pick(sheet: Any, columns: dict[str, int]) -> None:
        for row, words in ((2, "Thu 3 Dec 14:00 Leeds"), (3, "2026-12-05"), (4, "Mon 7 Dec")):
            sheet.cell(row, columns["Response"]).value = "Yes"
            sheet.cell(row, columns["Date picked"]).value = words

    made.edit(pick)
    preview = made.look()
    assert [change.session for change in preview.changes] == ["2026-12-03 14:00 Leeds", "2026-12-05"]
    assert [change.picked for change in preview.changes] == ["Thu 3 Dec 14:00 Leeds", "Sat 5 Dec"]
    assert rejected(preview) == [4]
    record_replies(network.store, preview)
    assert [row.member_ids for row in sessions_of(network.store, made.request)] == [
        (made.people[0],), (made.people[1],),
    ]  # fmt: skip
    pick_session(network.store, made.request, made.people[0], "2026-12-05")
    assert [len(row.member_ids) for row in sessions_of(network.store, made.request)] == [0, 2]
    with pytest.raises(UserError, match="not one of the dates"):
        pick_session(network.store, made.request, made.people[0], "2027-01-01")


RESPONSES = [answer.value for answer in Answer]
RESPONSES += ["yes please", "stop", "x", "cant do it", "", "maybe", "stop ringing"]
ROW = st.tuples(st.integers(0, 5), st.sampled_from(RESPONSES), st.sampled_from(["", "her own"]))


@pytest.fixture
def network_with_five(network: "Network") -> tuple[Store, int, list[int]]:
    people = [network.willing(name) for name in NAMES]
    request = network.request()
    for one in people:
        ask(network.store, request, [one])
    return network.store, request, people


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=12))
def test_every_row_is_accounted_for_and_no_stop_is_lost(
    network_with_five: tuple[Store, int, list[int]], rows: list[tuple[int, str, str]]
) -> None:
    store, request_id, people = network_with_five
    known = [seal(store, RowId(request_id, one)) for one in people]
    filled = [
        FilledRow(number, known[who] if who < 5 else "edited", words, note, "", "", "", "")
        for number, (who, words, note) in enumerate(rows, start=2)
    ]
    looked = _Looked()
    with reading(store) as session:
        request = request_of(session, request_id)
        for row in filled:
            _look(store, session, request, row, looked)
    changed = {change.row for change in looked.changes.values()}
    refused = {row.row for row in looked.rejected}
    assert not changed & refused
    told = [row for row in filled if row.response and row.number not in changed | refused]
    assert len(told) <= looked.same, "what is neither recorded nor named is the same again"
    for row, (who, words, _) in zip(filled, rows, strict=True):
        if who < 5 and words in ("stop", "No - stop everything", "No - stop this kind"):
            assert looked.changes[people[who]].stops, row
        if who < 5 and words in ("stop", "No - stop everything"):
            assert looked.changes[people[who]].answer is Answer.STOP_ALL, row
        if who < 5 and words == "stop ringing":
            assert row.number in refused


def test_a_full_date_is_named_by_its_row_and_the_others_are_taken(network: "Network", tmp_path: Path) -> None:
    days = (Session(date(2026, 12, 3)), Session(date(2026, 12, 5)))
    made = Round(network, tmp_path, sessions=days, people_wanted=PeopleWanted(max=2, per_place=True))

    def pick(sheet: Any, columns: dict[str, int]) -> None:
        for row, words in ((2, "2026-12-03"), (3, "2026-12-03"), (4, "2026-12-03"), (5, "2026-12-05")):
            sheet.cell(row, columns["Response"]).value = "Yes"
            sheet.cell(row, columns["Date picked"]).value = words

    made.edit(pick)
    preview = made.look()
    assert rejected(preview) == [4]
    assert "is full: 2 of 2" in preview.rejected[0].reason
    record_replies(network.store, preview)
    assert [row.full for row in sessions_of(network.store, made.request)] == [True, False]


def test_a_stop_that_nobody_can_be_told_of_is_said_all_the_same(round_trip: Round) -> None:
    """Whose it is cannot be told by a changed id or by none: then she is told to find out, never only left out."""

    def change(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Row id"]).value = str(sheet.cell(2, columns["Row id"]).value) + "X"
        sheet.cell(2, columns["Response"]).value = "STOP!!"
        sheet.cell(3, columns["Row id"]).value = None
        sheet.cell(3, columns["Note"]).value = "take me off please"
        sheet.cell(4, columns["Row id"]).value = None
        sheet.cell(4, columns["Response"]).value = "yes"

    round_trip.edit(change)
    first, second, third = round_trip.look().rejected
    assert "“STOP!!” may ask you to stop: find out who says so" in first.reason
    assert "“take me off please” may ask you to stop" in second.reason
    assert "stop" not in third.reason
