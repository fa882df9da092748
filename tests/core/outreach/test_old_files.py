"""Old workbooks are offered for deletion; what may hold answers that nobody read is never deleted."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from matcher.consent import to_do, withdraw
from matcher.errors import UserError
from matcher.model import Answer, Stage
from matcher.outreach import (
    delete_workbooks,
    export_workbook,
    old_workbooks,
    read_replies_file,
    record_replies,
    reply,
    write_requester_sheet,
)
from matcher.storage import notes_on_files
from matcher.triage import move_stage

if TYPE_CHECKING:
    from tests.conftest import Network


@pytest.fixture
def written(network: "Network", tmp_path: Path) -> tuple["Network", int, Path]:
    ada, request = network.willing("Ada"), network.request()
    network.shortlist(request, ada)
    export_workbook(network.store, request, tmp_path / "out.xlsx")
    return network, request, tmp_path / "out.xlsx"


def answer(path: Path, words: str) -> None:
    book = load_workbook(path)
    sheet = book["Outreach"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Response")
    sheet.cell(2, column).value = words
    book.save(path)


def test_one_as_it_was_written_goes(written: tuple["Network", int, Path]) -> None:
    network, _, path = written
    (old,) = old_workbooks(network.store)
    assert (old.standing, old.why, old.people) == ("as written", "", 1)
    assert delete_workbooks(network.store, [old.id]).paths == (str(path),)
    assert not path.exists()
    assert old_workbooks(network.store) == ()
    assert notes_on_files(network.store) == (), "it is not missed"


def test_one_with_answers_nobody_read_stays(written: tuple["Network", int, Path]) -> None:
    network, _, path = written
    answer(path, "Yes")
    (old,) = old_workbooks(network.store)
    done = delete_workbooks(network.store, [old.id])
    assert (old.standing, done.paths) == ("changed since", ())
    assert "changed since" in done.kept[0]
    assert path.exists()


def test_one_that_was_read_back_goes_until_it_is_changed_again(written: tuple["Network", int, Path]) -> None:
    network, _, path = written
    answer(path, "Yes")
    record_replies(network.store, read_replies_file(network.store, path))
    (old,) = old_workbooks(network.store)
    assert (old.standing, old.why) == ("as read back", "It was read back.")
    answer(path, "No")
    assert delete_workbooks(network.store, [old.id]).paths == ()
    record_replies(network.store, read_replies_file(network.store, path), take=[2])
    assert delete_workbooks(network.store, [old.id]).paths == (str(path),)


def test_one_with_a_row_that_was_left_out_stays(written: tuple["Network", int, Path]) -> None:
    network, request, path = written
    network.shortlist(request, network.willing("Bea"))
    export_workbook(network.store, request, path)
    answer(path, "Yes")
    book = load_workbook(path)
    column = next(cell.column for cell in book["Outreach"][1] if cell.value == "Response")
    book["Outreach"].cell(3, column).value = "x"
    book.save(path)
    record_replies(network.store, read_replies_file(network.store, path))
    (old,) = old_workbooks(network.store)
    assert (old.standing, delete_workbooks(network.store, [old.id]).paths) == ("changed since", ())


def test_one_whose_answers_are_all_known_is_known_as_read(written: tuple["Network", int, Path]) -> None:
    network, request, path = written
    reply(network.store, request, 1, Answer.YES)
    answer(path, "Yes")
    assert record_replies(network.store, read_replies_file(network.store, path)).recorded == 0
    assert old_workbooks(network.store)[0].standing == "as read back"


def test_why_one_can_go(written: tuple["Network", int, Path], tmp_path: Path) -> None:
    network, request, path = written
    export_workbook(network.store, request, tmp_path / "second.xlsx")
    assert [old.why for old in old_workbooks(network.store)] == ["There is a newer one.", ""]
    move_stage(network.store, request, Stage.DECLINED)
    assert {old.why for old in old_workbooks(network.store)} == {"The request is closed."}
    path.unlink()
    assert [Path(old.path).name for old in old_workbooks(network.store)] == ["second.xlsx"]


def test_written_over_it_is_one_file(written: tuple["Network", int, Path]) -> None:
    network, request, path = written
    export_workbook(network.store, request, path)
    (old,) = old_workbooks(network.store)
    delete_workbooks(network.store, [old.id])
    assert old_workbooks(network.store) == ()


def test_deleting_one_ticks_off_what_a_withdrawal_left_to_do(written: tuple["Network", int, Path]) -> None:
    network, _, _ = written
    (old,) = old_workbooks(network.store)
    withdraw(network.store, 1)
    assert [item.kind for item in to_do(network.store)] == ["stale_file"]
    delete_workbooks(network.store, [old.id])
    assert to_do(network.store) == ()


def test_nothing_but_workbooks_is_deleted(written: tuple["Network", int, Path], tmp_path: Path) -> None:
    network, request, path = written
    answer(path, "Yes")
    record_replies(network.store, read_replies_file(network.store, path))
    sheet = write_requester_sheet(network.store, request, tmp_path / "sheet.xlsx")
    with pytest.raises(UserError, match="no workbook"):
        delete_workbooks(network.store, [sheet.file_id])
    assert (tmp_path / "sheet.xlsx").exists()
