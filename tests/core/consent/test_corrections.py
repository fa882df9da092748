"""What follows from a correction: who had the old value is told, and what still shows it is named."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.consent import tick_off, to_do
from matcher.directory import edit_member, import_members, merge_members, plan_import
from matcher.model import Answer
from matcher.outreach import ask, export_workbook, reply, retraction, write_requester_sheet

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")


def shared(network: "Network", folder: Path, fields: list[str]) -> tuple[int, int]:
    """A member whose details went to Sam Okoro; (member, request)."""
    ada = network.willing("Ada", phone="07700 900123", email="ada@example.org", town="Leeds", region="Wales")
    request = network.request(requester="Sam Okoro")
    network.shortlist(request, ada)
    export_workbook(network.store, request, folder / "list.xlsx")
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    write_requester_sheet(network.store, request, folder / "sheet.xlsx", fields)
    return ada, request


def told(network: "Network") -> list[tuple[str, str]]:
    return [(one.kind, one.about) for one in to_do(network.store)]


def test_recipient_and_files_with_the_old_value_are_named(network: "Network", tmp_path: Path) -> None:
    ada, _ = shared(network, tmp_path, ["first_name", "phone"])
    edit_member(network.store, ada, {"phone": "07700 900456"})
    assert told(network) == [
        ("correct", "Tell Sam Okoro that what they were given on 23 Nov 2026 has changed: phone"),
        ("stale_file", "Delete list.xlsx, written 23 Nov 2026: it shows the old phone"),
        ("stale_file", "Delete sheet.xlsx, written 23 Nov 2026: it shows the old phone"),
    ]
    assert "900" not in str(told(network))


def test_what_nobody_was_given_leaves_nothing_to_do(network: "Network", tmp_path: Path) -> None:
    ada, _ = shared(network, tmp_path, ["first_name"])
    edit_member(network.store, ada, {"town": "Otley"})
    assert told(network) == []
    edit_member(network.store, ada, {"last_name": "Stone"})  # it was not known before: nobody has an old one
    assert told(network) == []


def test_it_is_written_down_once_until_it_is_done(network: "Network", tmp_path: Path) -> None:
    ada, _ = shared(network, tmp_path, ["phone"])
    for number in ("07700 900456", "07700 900457"):
        edit_member(network.store, ada, {"phone": number})
    assert len(told(network)) == 3
    for one in to_do(network.store):
        tick_off(network.store, one.id)
    edit_member(network.store, ada, {"phone": "07700 900458"})
    assert len(told(network)) == 3


def test_a_later_sheet_of_hers_corrects_too(
    network: "Network", tmp_path: Path, at: Callable[[str], datetime]
) -> None:
    shared(network, tmp_path, ["first_name", "email", "phone"])
    at("2026-12-01T09:00:00+00:00")
    sheet = tmp_path / "new.csv"
    sheet.write_text("Timestamp,First name,Email,Mobile\n2026-11-30 10:00,Ada,ada@example.org,07700 900456\n")
    import_members(network.store, plan_import(network.store, sheet))
    assert [kind for kind, _ in told(network)] == ["correct", "stale_file", "stale_file"]


def test_a_merged_record_that_was_shared_counts(network: "Network", tmp_path: Path) -> None:
    ada, _ = shared(network, tmp_path, ["phone"])
    keep = network.member("Ada", phone="07700 900999")
    merge_members(network.store, keep, ada)
    edit_member(network.store, keep, {"phone": "07700 900456"})
    assert ("correct" in dict(told(network))) is True


def test_the_message_names_what_changed_and_never_to_what(network: "Network", tmp_path: Path) -> None:
    ada, _ = shared(network, tmp_path, ["first_name", "phone"])
    edit_member(network.store, ada, {"phone": "07700 900456"})
    [item] = [one for one in to_do(network.store) if one.kind == "correct"]
    said = retraction(network.store, item.id)
    for words in ("Hello Sam Okoro", "no longer right for Ada: phone", "“Night shifts”", "Lantern"):
        assert words in said
    assert "900" not in said


def test_a_name_that_they_do_not_know_yet_is_not_told(network: "Network", tmp_path: Path) -> None:
    ada, _ = shared(network, tmp_path, ["first_name"])
    edit_member(network.store, ada, {"first_name": "Adah"})
    [item] = [one for one in to_do(network.store) if one.kind == "correct"]
    assert "Ada" not in retraction(network.store, item.id)
