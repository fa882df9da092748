"""A member's page: what it says, corrections in place, permissions recorded and withdrawn."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from matcher.consent import withdraw
from matcher.directory import edit_member, list_members, member_page, merge_members
from matcher.model import ASKING, Decision, How, Purpose, State
from matcher.outreach import participation
from matcher_ui.models.member_words import change_line, shown_changes
from matcher_ui.pages.member.member_page import MemberPage
from matcher_ui.pages.member.parts import lines_of
from matcher_ui.pages.members.members_page import MembersPage
from matcher_ui.workspace import Place


def shown(desk: Any, member_id: int | None = None) -> MemberPage:
    page = MemberPage(desk.workspace)
    desk.qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.show_place(Place("member", member_id or somebody(desk)))
    desk.settle()
    return page


def somebody(desk: Any) -> int:
    """A member who may be asked about policy."""
    return next(row.id for row in list_members(desk.store) if row.consent.get(Purpose.POLICY) is State.GIVEN)


def test_it_shows_who_they_are(desk: Any) -> None:
    page = shown(desk)
    held = member_page(desk.store, somebody(desk))
    assert page.header.accessibleName() == held.name
    spoken = {row.fact.label: row.accessibleName() for row in page.about.facts}
    values = {field.name: field.value for field in held.fields}
    assert values["town"] in spoken["Place"]
    policy = page.about.matrix.matrix.rows[0]
    assert (policy.purpose, policy.state) == (Purpose.POLICY, State.GIVEN)
    assert policy.since


def test_a_member_that_is_not_there_is_said_in_place(desk: Any) -> None:
    page = shown(desk, 99_999)
    assert page.missing.isVisible()
    assert not page.record.isVisible()
    page.show_place(Place("member", somebody(desk)))
    desk.settle()
    assert page.record.isVisible()
    assert not page.missing.isVisible()


def test_a_fact_is_corrected_in_place_and_undone(desk: Any) -> None:
    page = shown(desk)
    row = page.about.facts[0]
    before = member_page(desk.store, somebody(desk))
    desk.qtbot.keyClick(row, Qt.Key.Key_Return)
    editor = row.editor
    assert editor is not None
    town, code = (editor.fields[name].control for name in ("town", "postcode_district"))
    assert isinstance(town, QLineEdit)
    assert isinstance(code, QLineEdit)
    town.setText("Otley")
    code.setText("LS21")
    assert page.keeps_unsaved()
    editor.keep()
    desk.settle()
    assert row.editor is None
    assert "Otley, LS21" in row.accessibleName()
    desk.workspace.undo(desk.heard.said[-1].batch)
    desk.settle()
    assert member_page(desk.store, before.id).fields == before.fields


def test_what_could_not_be_read_is_said_at_the_field(desk: Any) -> None:
    page = shown(desk)
    row = next(row for row in page.about.facts if row.fact.label == "Contact")
    row.edit()
    assert row.editor is not None
    phone = row.editor.fields["phone"].control
    assert isinstance(phone, QLineEdit)
    phone.setText("twelve")
    row.editor.keep()
    desk.settle()
    assert row.editor is not None
    assert row.editor.fields["phone"].state == "wrong"
    assert phone.text() == "twelve"
    desk.qtbot.keyClick(row.editor, Qt.Key.Key_Escape)
    assert row.editor is None


def test_every_field_can_be_saved_unchanged_and_writes_nothing(desk: Any) -> None:
    page = shown(desk)
    for row in page.held.rows.values():
        row.edit()
        assert row.editor is not None
        assert row.editor.changed() == {}, row.fact.label
        row.editor.keep()
        assert row.editor is None


def test_a_gender_kept_as_a_letter_is_said_as_a_word(desk: Any) -> None:
    edit_member(desk.store, somebody(desk), {"gender": "M"})
    edit_member(desk.store, somebody(desk), {"gender": "woman"})
    page = shown(desk)
    row = page.held.rows["gender"]
    assert row.accessibleName() == "Gender: Female"
    row.edit()
    assert row.editor is not None
    control = row.editor.fields["gender"].control
    assert isinstance(control, QLineEdit)
    assert control.text() == "female"
    changes = shown_changes(member_page(desk.store, somebody(desk)).changes)
    assert "Gender: male → female" in [change_line(one).what for one in changes]


def test_own_words_are_corrected_in_place(desk: Any) -> None:
    page = shown(desk)
    page.about.own_words.pencil.click()
    editor = page.about.own_words.editor
    assert editor is not None
    editor.fields["interests_text"].control.setPlainText("Travel time")  # type: ignore[attr-defined]
    editor.keep()
    desk.settle()
    values = {field.name: field.value for field in member_page(desk.store, somebody(desk)).fields}
    assert values["interests_text"] == "Travel time"


def test_a_permission_needs_its_evidence_and_is_recorded(desk: Any) -> None:
    page = shown(desk)
    page.about.picked.emit(Purpose.MEDIA, State.ASK_FIRST)
    panel = page.record_panel
    assert panel.isVisible()
    assert panel.chosen is Purpose.MEDIA
    panel.how.setCurrentIndex(panel.how.findData(How.PHONE))
    panel.save.click()
    assert panel.evidence_field.state == "wrong"
    panel.evidence.setText("rang on Tuesday")
    panel.save.click()
    desk.settle()
    held = member_page(desk.store, somebody(desk))
    latest = held.permissions[0]
    assert held.consent[Purpose.MEDIA] is State.ASK_FIRST
    assert (latest.decision, latest.how, latest.evidence) == (Decision.ASK_FIRST, How.PHONE, "rang on Tuesday")
    assert not panel.isVisible()
    media = next(row for row in page.about.matrix.matrix.rows if row.purpose is Purpose.MEDIA)
    assert media.state is State.ASK_FIRST
    assert desk.heard.said[-1].batch


def test_a_yes_over_a_no_says_what_it_lifts(desk: Any) -> None:
    member_id = somebody(desk)
    withdraw(desk.store, member_id)
    page = shown(desk, member_id)
    page.about.picked.emit(Purpose.MEDIA, State.GIVEN)
    desk.settle()
    assert page.record_panel.means.text().startswith("Withdrew on ")
    assert "this lifts it" in page.record_panel.means.text()


def test_a_no_offers_no_undo(desk: Any) -> None:
    page = shown(desk)
    page.about.picked.emit(Purpose.SECTOR, State.REFUSED)
    page.record_panel.save.click()
    desk.settle()
    assert member_page(desk.store, somebody(desk)).consent[Purpose.SECTOR] is State.REFUSED
    assert desk.heard.said[-1].batch is None


def test_withdrawing_spells_out_the_consequence_and_stops_everything(desk: Any) -> None:
    member_id = somebody(desk)
    page = shown(desk)
    page.withdraw.click()
    panel = page.withdraw_panel
    first = member_page(desk.store, member_id).fields[0].value
    assert f"This stops every message to {first}." in panel.means.text()
    panel.confirm.click()
    desk.settle()
    held = member_page(desk.store, member_id)
    assert {held.consent[purpose] for purpose in ASKING} == {State.WITHDRAWN}
    assert desk.heard.said[-1].batch is None


def test_withdrawing_from_one_kind_leaves_the_others(desk: Any) -> None:
    member_id = somebody(desk)
    page = shown(desk)
    before = member_page(desk.store, member_id).consent
    page.about.picked.emit(Purpose.POLICY, State.WITHDRAWN)
    assert page.withdraw_panel.isVisible()
    page.withdraw_panel.confirm.click()
    desk.settle()
    after = member_page(desk.store, member_id).consent
    assert after[Purpose.POLICY] is State.WITHDRAWN
    assert {p: s for p, s in after.items() if p is not Purpose.POLICY} == {
        p: s for p, s in before.items() if p is not Purpose.POLICY
    }


def test_the_matrix_is_worked_by_keyboard_and_folds_where_there_is_no_room(desk: Any) -> None:
    page = shown(desk)
    matrix = page.about.matrix
    picked: list[tuple[object, object]] = []
    matrix.picked.connect(lambda purpose, state: picked.append((purpose, state)))
    matrix.setCurrentIndex(matrix.matrix.index(2, 0))
    desk.qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert picked[0][0] is Purpose.MEDIA
    assert not matrix.isColumnHidden(1)
    page.resize(700, 700)
    desk.qtbot.waitUntil(lambda: matrix.isColumnHidden(1))
    assert not matrix.isColumnHidden(6)


def test_another_member_closes_what_was_open(desk: Any) -> None:
    page = shown(desk)
    page.withdraw.click()
    page.about.facts[0].edit()
    other = next(row.id for row in list_members(desk.store) if row.id != somebody(desk))
    page.show_place(Place("member", other))
    desk.settle()
    assert not page.withdraw_panel.isVisible()
    assert page.about.facts[0].editor is None


def test_a_merged_record_is_taken_apart_from_the_page(desk: Any) -> None:
    one, other = (row.id for row in list_members(desk.store)[:2])
    merge_members(desk.store, one, other)
    page = shown(desk, one)
    (button,) = page.held.merges.buttons
    page.tabs.chosen.emit("held")
    button.click()
    assert page.apart_panel.isVisible()
    assert f"M{other} becomes a record of its own again" in page.apart_panel._means.text()
    page.apart_panel.act.click()
    desk.settle()
    assert not page.apart_panel.isVisible()
    assert {one, other} <= {row.id for row in list_members(desk.store)}
    assert page.held.merges.buttons == []
    assert desk.heard.said[-1].words.startswith(f"M{other} is a record of its own again.")


def test_merging_starts_from_the_page_and_ends_side_by_side(desk: Any) -> None:
    one, other = (row.id for row in list_members(desk.store)[:2])
    page = shown(desk, one)
    page._open_merge()
    panel = page.merge_panel
    for words in ("M99999", f"M{one}"):
        panel.other.setText(words)
        panel.act.click()
        desk.settle()
        assert panel.field.state == "wrong"
    panel.other.setText(f"m{other}")
    panel.act.click()
    desk.settle()
    place = desk.heard.went[-1]
    assert (place.page, place.id, place.tab, place.payload) == ("members", one, "compare", (str(other),))
    members = MembersPage(desk.workspace)
    desk.qtbot.addWidget(members)
    members.resize(1080, 800)
    members.show()
    members.show_place(place)
    desk.settle()
    assert members.doubles.view.isVisible()
    assert (members.doubles.view.pair.one, members.doubles.view.pair.other) == (one, other)  # type: ignore[union-attr]


def test_a_change_is_undone_from_the_history(desk: Any) -> None:
    member_id = somebody(desk)
    before = member_page(desk.store, member_id)
    edit_member(desk.store, member_id, {"town": "Otley", "postcode_district": "LS21"})
    page = shown(desk, member_id)
    page.tabs.chosen.emit("held")
    page.held.changes.opened.emit(0)
    assert page.held.undoing.isVisible()
    assert "changes that belong together" in page.held.undoing.accessibleName()
    page.held.undo.click()
    desk.settle()
    assert member_page(desk.store, member_id).fields == before.fields
    page.held.changes.opened.emit(0)
    assert not page.held.undo.isVisible()
    page.held.changes.opened.emit(len(page.held._changed) - 1)
    assert not page.held.undo.isVisible()


def test_what_they_took_part_in_is_told_in_dated_facts_and_leads_to_the_request(desk: Any) -> None:
    who, parts = next(
        (row.id, found)
        for row in list_members(desk.store)
        if (found := participation(desk.store, row.id)) and any(one.ask.thanked_on for one in found)
    )
    page = shown(desk, who)
    assert [block.told for block in page.parts.blocks] == list(parts)
    place = next(place for place, one in enumerate(parts) if one.ask.thanked_on)
    lines = lines_of(parts[place])
    assert lines[0].what == "Asked"
    assert {"Took part", "Thanked"} <= {line.what for line in lines}
    assert all(line.day for line in lines if not line.what.startswith(("Picked", "Shared")))
    went: list[Place] = []
    desk.workspace.went.connect(went.append)
    page.parts.blocks[place].title.click()
    assert went == [Place("request", parts[place].ask.request_id)]
