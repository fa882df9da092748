"""Which file comes back: of another request or network, under a password, saved by LibreOffice."""

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.core.outreach.conftest import Round, rejected, said

from matcher.errors import UserError
from matcher.model import Answer
from matcher.outreach import (
    export_workbook,
    read_replies_file,
)
from matcher.storage import Cost, Store, create_store

if TYPE_CHECKING:
    pass

SOFFICE = shutil.which("soffice")


def test_a_workbook_of_another_request(round_trip: Round) -> None:
    other = round_trip.network.request()
    round_trip.fill("Yes", "No")
    preview = round_trip.look(other)
    assert (preview.changes, rejected(preview)) == ((), [2, 3, 4, 5, 6])
    assert f"belongs to R{round_trip.request}" in preview.rejected[0].reason


def test_a_workbook_of_another_network(round_trip: Round, tmp_path: Path) -> None:
    round_trip.fill("Yes", "No")
    with create_store(tmp_path / "o.matcher", "Other", "x", cost=Cost(n=2**4)).store as other:
        preview = read_replies_file(other, round_trip.path)
    assert preview.changes == ()
    assert {row.reason for row in preview.rejected} == {"It comes from another network's workbook."}


def test_no_workbook_of_ours(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Name,Response\nAda,Yes\n", encoding="utf-8")
    with pytest.raises(UserError, match="no outreach workbook"):
        read_replies_file(store, path)


def test_without_a_column_of_responses(round_trip: Round) -> None:
    round_trip.edit(lambda sheet, columns: sheet.delete_cols(columns["Response"]))
    with pytest.raises(UserError, match="Response"):
        round_trip.look()


def test_under_a_password(round_trip: Round) -> None:
    export_workbook(round_trip.network.store, round_trip.request, round_trip.path, password="three small boats")
    with pytest.raises(UserError, match="password"):
        round_trip.look()
    with pytest.raises(UserError, match="not the password"):
        round_trip.look(password="four small boats")
    assert round_trip.look(password="three small boats").empty == 5
    with pytest.raises(UserError, match="shorter than 8"):
        export_workbook(round_trip.network.store, round_trip.request, round_trip.path, password="boats")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_saved_by_libreoffice(round_trip: Round, tmp_path: Path, kind: str) -> None:
    round_trip.fill("Yes", "can’t make the date", "", "no thanks", "stop")
    out = tmp_path / "saved"
    assert SOFFICE
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
         "--outdir", str(out), str(round_trip.path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    preview = read_replies_file(round_trip.network.store, out / f"out.{kind}")
    assert said(preview) == [
        ("Ada Stone", Answer.YES), ("Bea Reed", Answer.CANNOT_MAKE_DATE), ("Dee Lake", Answer.NO_THIS_TIME),
        ("Eve Marsh", Answer.STOP_ALL),
    ]  # fmt: skip
    assert (preview.empty, preview.rejected) == (1, ())
