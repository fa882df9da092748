"""``read_workbook``: any spreadsheet to plain rows, under limits, without what its owner had hidden."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol, overload

from matcher.errors import UserError
from matcher.files.readers.child import Message, restored
from matcher.files.readers.kinds import Kind, kind_of
from matcher.files.readers.limits import MAX_WORKBOOK_BYTES
from matcher.files.readers.sandbox import ReaderFailed, check_file, run
from matcher.progress import Progress, silent

Cell = str | int | float | bool | datetime | date | time | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something; ``number`` is what a spreadsheet shows beside it (the first is 1)."""

    number: int
    cells: tuple[Cell, ...]


Batch = tuple[int, bytes]
"""How many rows there are in a packed batch, and the line in which the child sent them (see ``unpacked``)."""


class Rows(Sequence[Row]):
    """A sheet's rows, kept packed as they came from the child and unpacked as they are walked through.

    Walking is cheap and can be repeated; ``rows[i]`` unpacks one batch. ``batches`` are the packed rows.
    """

    def __init__(self, batches: Sequence[Batch]) -> None:
        self.batches = tuple(batches)
        self._count = sum(count for count, _ in self.batches)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        for _, batch in self.batches:
            yield from unpacked(batch)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if place < 0:
            raise IndexError(index)
        for count, batch in self.batches:
            if place < count:
                return unpacked(batch)[place]
            place -= count
        raise IndexError(index)


def unpacked(batch: bytes) -> list[Row]:
    """The rows of a packed batch."""
    return [Row(number, tuple(cells)) for number, cells in json.loads(batch, object_hook=restored)["rows"]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. ``letters[i]`` is the column, as a spreadsheet names it, of ``row.cells[i]``.

    ``struck`` are the cells of which something is struck through, ``comments`` the comments on cells, ``filled``
    the cells under a colour and which, each with row and column letter; only an .xlsx or .ods without a password
    tells them.
    """

    name: str
    columns_hidden: int
    rows_hidden: int
    letters: tuple[str, ...]
    rows: Rows
    struck: tuple[tuple[int, str], ...] = ()
    comments: tuple[tuple[int, str, str], ...] = ()
    filled: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a spreadsheet holds: ``sheets`` are those that are to be seen. ``left_out`` says in plain sentences what
    was not read. ``hidden`` sheets may only be looked at for who is not to be asked, and nothing of them be kept.
    """

    file_name: str
    sheets: tuple[Sheet, ...]
    left_out: tuple[str, ...]
    hidden: tuple[Sheet, ...] = ()


class Watcher(Protocol):
    """Follows a workbook as it arrives, and works on it while the child reads on."""

    def sheet(self, name: str, rows: int) -> None:
        """A visible sheet begins, of at most so many rows; its batches follow."""

    def batch(self, batch: Batch) -> None:
        """The next rows of the sheet that began last."""

    def piece(self) -> bool:
        """Do a short piece of work; False when there is none now."""


class _Nobody:
    """A workbook that nobody follows."""

    def sheet(self, name: str, rows: int) -> None: ...
    def batch(self, batch: Batch) -> None: ...
    def piece(self) -> bool:
        return False


@dataclass(slots=True)
class _Arriving:
    """Sheets as the child tells them, one message after the other."""

    watcher: Watcher
    heads: list[Message] = field(default_factory=list)
    batches: list[list[Batch]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    done: int = 0
    total: int = 0

    def take(self, message: Message) -> None:
        if "sheet" in message:
            self.heads.append(message["sheet"])
            self.batches.append([])
            self.total += message["sheet"]["rows"]
            if not message["sheet"].get("hidden"):
                self.watcher.sheet(message["sheet"]["name"], message["sheet"]["rows"])
        elif "rows" in message:
            batch: bytes = message["rows"]
            count = int(batch[batch.rindex(b'"count":') + 8 : batch.rindex(b"}")])
            self.batches[-1].append((count, batch))
            self.done += count
            if not self.heads[-1].get("hidden"):
                self.watcher.batch((count, batch))
        elif "marks" in message:
            self.heads[-1] |= message["marks"]
        elif "left_out" in message:
            self.left_out.extend(message["left_out"])

    def sheets(self, *, hidden: bool) -> tuple[Sheet, ...]:
        both = zip(self.heads, self.batches, strict=True)
        return tuple(_sheet(head, batches) for head, batches in both if bool(head.get("hidden")) is hidden)


def _sheet(head: Message, batches: Sequence[Batch]) -> Sheet:
    struck, comments, filled = (tuple(map(tuple, head.get(one, ()))) for one in ("struck", "comments", "filled"))
    return Sheet(
        head["name"], head["columns_hidden"], head["rows_hidden"], tuple(head["letters"]), Rows(batches), struck,
        comments, filled,
    )  # fmt: skip


def needs_password(path: Path) -> bool:
    """Whether an Office file opens only with a password. False too for what cannot be opened at all."""
    try:
        return kind_of(path) is Kind.ENCRYPTED
    except OSError:
        return False


def read_workbook(
    path: Path,
    progress: Progress = silent,
    *,
    own: bool = False,
    password: str = "",
    watcher: Watcher | None = None,
) -> Workbook:
    """Read an .xlsx, .xls, .ods, .csv, .tsv or .txt file; what it is, is told by its content.

    Cells are the saved values: whole numbers as int, dates as datetime (date or time where the file says so),
    errors and empty cells as None. Empty rows are passed over; hidden sheets, rows and columns are not read.
    ``own``: a workbook that Matcher wrote comes back, so rows that a filter hides are read too. ``password`` opens
    a protected .xlsx, ``watcher`` follows what arrives. Raises UserError (file, sheet and row named where known)
    and lets a progress' Cancelled through.
    """
    check_file(path, MAX_WORKBOOK_BYTES)
    watcher = watcher or _Nobody()
    order = {"job": "workbook", "path": str(path), "name": path.name, "own": own, "password": password}
    arriving = _Arriving(watcher)
    try:
        try:
            _arrive(arriving, order, path.name, progress)
        except ReaderFailed as error:
            if error.cause == "time" or arriving.heads:
                raise
            _arrive(arriving, order | {"careful": True}, path.name, progress)
    except ReaderFailed as error:
        raise error.as_user_error(path.name) from error
    sheets = arriving.sheets(hidden=False)
    if not any(len(sheet.rows) for sheet in sheets):
        raise UserError(
            "No visible sheet holds any rows.", where=path.name, todo="Choose the sheet with your members in it."
        )
    return Workbook(path.name, sheets, tuple(arriving.left_out), arriving.sheets(hidden=True))


def _arrive(arriving: _Arriving, order: Message, name: str, progress: Progress) -> None:
    what = f"Reading {name}"
    for message in run(order, name, progress, what, meanwhile=arriving.watcher.piece):
        arriving.take(message)
        progress(arriving.done, max(arriving.total, arriving.done), what)
