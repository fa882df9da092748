"""What is known of the members is brought up to date as if it were read afresh."""

from typing import Any

from matcher.consent import undo, withdraw
from matcher.directory import add_member, edit_member, merge_members, unmerge_members
from matcher.model import Purpose
from matcher_ui.models.members_table import MemberLines, MembersRead, read_again, read_first, read_members


def by_id(read: MembersRead) -> dict[int, Any]:
    return {line.id: line for line in read.lines}


def test_brought_up_to_date_is_the_same_as_read_afresh(desk: Any) -> None:
    store = desk.store
    known = read_members(store)
    assert read_again(store, known).lines is known.lines
    one, other, third = (line.id for line in known.lines[:3])
    added = add_member(store, {"first_name": "Zadie", "last_name": "Aa", "town": "Leeds"})
    steps = (
        lambda: edit_member(store, one, {"last_name": "Zz", "languages": "English, Urdu"}),
        lambda: merge_members(store, one, other),
        lambda: withdraw(store, third, Purpose.MEDIA),
        lambda: unmerge_members(store, one, other),
        lambda: undo(store, added.batch),
        lambda: edit_member(store, one, {"first_name": "", "experience_text": "Nights"}),
    )
    for step in steps:
        step()
        known = read_again(store, known)
        assert by_id(known) == by_id(read_members(store))
        assert len(known.lines) == len(by_id(known))


def test_lines_are_the_same_looked_at_one_by_one_or_all_together(desk: Any) -> None:
    lines = read_members(desk.store).lines
    assert [lines[place] for place in range(len(lines))] == list(lines)
    assert list(lines[3:9]) == list(lines)[3:9]
    assert [line.name for line in lines] == lines.column("name")
    copy = MemberLines()
    copy.extend(lines)
    assert list(copy) == list(lines)


def test_the_first_few_are_the_first_of_all(desk: Any) -> None:
    assert list(read_first(desk.store).lines) == list(read_members(desk.store).lines)
