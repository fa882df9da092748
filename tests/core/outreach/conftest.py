"""A request with five people on its list, and its workbook, for the tests of what comes back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from matcher.model import Answer
from matcher.outreach import (
    RepliesPreview,
    ask,
    asks,
    export_workbook,
    read_replies_file,
)

if TYPE_CHECKING:
    from tests.conftest import Network

NAMES = ("Ada Stone", "Bea Reed", "Cai Fox", "Dee Lake", "Eve Marsh")


class Round:
    """A request with five people on its list, and the workbook she fills in."""

    def __init__(self, network: "Network", folder: Path, **brief: Any) -> None:
        self.network, self.path = network, folder / "out.xlsx"
        self.people = [
            network.willing(*name.split()[:1], last_name=name.split()[1], phone=f"07700 90012{place}",
                            email=f"{name[:3].lower()}@example.org")
            for place, name in enumerate(NAMES)
        ]  # fmt: skip
        self.request = network.request(**brief)
        network.shortlist(self.request, *self.people)
        ask(network.store, self.request)
        export_workbook(network.store, self.request, self.path)

    def edit(self, change: Callable[[Any, dict[str, int]], None]) -> None:
        book = load_workbook(self.path)
        sheet = book["Outreach"]
        change(sheet, {str(cell.value): int(cell.column or 0) for cell in sheet[1]})
        book.save(self.path)

    def fill(self, *responses: str, notes: dict[int, str] | None = None) -> None:
        def write(sheet: Any, columns: dict[str, int]) -> None:
            for row, response in enumerate(responses, start=2):
                sheet.cell(row, columns["Response"]).value = response or None
            for row, note in (notes or {}).items():
                sheet.cell(row, columns["Note"]).value = note

        self.edit(write)

    def look(self, request: int | None = None, **named: Any) -> RepliesPreview:
        return read_replies_file(self.network.store, self.path, request, **named)

    def answers(self) -> list[Answer | None]:
        return [row.answer for row in asks(self.network.store, self.request)]


@pytest.fixture
def round_trip(network: "Network", tmp_path: Path) -> Round:
    return Round(network, tmp_path)


def said(preview: RepliesPreview) -> list[tuple[str, Answer]]:
    return [(change.name, change.answer) for change in preview.changes]


def rejected(preview: RepliesPreview) -> list[int]:
    return [row.row for row in preview.rejected]


@pytest.fixture(autouse=True)
def files_read_here(read_here: None) -> None:
    """See ``read_here``."""
