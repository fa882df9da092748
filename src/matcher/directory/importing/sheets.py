"""Which sheet of a file is read, what its columns are taken for, and what its rows say."""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy.orm import Session

from matcher import clock
from matcher.directory.importing.batches import Understanding
from matcher.directory.importing.columns import Layout, guess, recognised, targets
from matcher.directory.importing.heard_through import Linked, names_with
from matcher.directory.importing.lowering import rows_named
from matcher.directory.importing.other_sheets import is_old, not_to_be_asked
from matcher.directory.importing.outcomes import SheetOffer
from matcher.directory.importing.row_helper import HELPER, Terms
from matcher.directory.importing.rows import RowAnswer
from matcher.directory.importing.set_apart import leave_alone
from matcher.directory.known import QUESTIONS
from matcher.errors import UserError
from matcher.files.readers.workbooks import Batch, Rows, Sheet, Workbook, read_workbook, unpacked
from matcher.helper_process import HelperProcess
from matcher.model import ImportMapping, Purpose
from matcher.progress import Progress
from matcher.storage import setting

LONG = 5_000
"""From so many rows on a sheet is read while it arrives, and with the help of a second process."""

LARGE_BYTES = 1_000_000
"""From so many bytes on a file is likely to hold such a sheet: the helper gets ready while it is opened."""


_ALIKE = 0.85
"""Sheets that tell nearly as much of a member as the best are alike: the longest of them is read."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """What the chosen sheet of a file says, beside the ``offers`` of all: the file itself is let go."""

    name: str
    offers: tuple[SheetOffer, ...]
    layout: Layout
    columns: Mapping[int, str]
    answers: Sequence[RowAnswer]
    question: str
    offered: frozenset[Purpose]
    notes: tuple[str, ...]


def read_sheet(
    session: Session,
    path: Path,
    sheet: str | None,
    mapping: Mapping[int | str, str | None] | None,
    linked: Linked,
    progress: Progress,
) -> ReadSheet:
    """Read the sheet that is wanted, or the best recognised (see ``plan.plan_import``)."""
    before, partners, now = setting(session, QUESTIONS, {}), names_with(session, linked), clock.now()

    def terms(layout: Layout) -> Terms:
        known = layout if mapping else recognised(layout)
        return Terms(known, _mapping(session, known, mapping), before, partners, now)

    with _Early(terms, sheet, large=path.is_file() and path.stat().st_size >= LARGE_BYTES) as early:
        book = read_workbook(path, progress, watcher=early)
        layouts = [early.layouts.get(place) or guess(found.rows) for place, found in enumerate(book.sheets)]
        both = zip(book.sheets, layouts, strict=True)
        offers = tuple(SheetOffer(found.name, len(found.rows), _worth(layout)) for found, layout in both)
        chosen = _chosen(book, offers, sheet)
        name = offers[chosen].name
        try:
            rows = early.begun(chosen, layouts[chosen], book.sheets[chosen].rows)
        except UserError as error:
            raise UserError(error.what, where=f"{book.file_name}, sheet “{name}”", todo=error.todo) from error
        answers = rows.finish(progress)
    mapped, reader = rows.terms.mapping, rows.reader

    def understood(other: Sheet) -> list[RowAnswer]:
        layout = guess(other.rows)
        columns = {column.index: column.field for column in layout.columns if column.field}
        return Understanding.of(Terms(layout, columns, {}, {}, now, strict=not is_old(other.name)), other.rows)

    answers, apart = leave_alone(answers, book, chosen, layouts[chosen], mapped, understood)
    notes = (*apart, *_notes(book, offers, chosen, answers, apart))
    return ReadSheet(name, offers, layouts[chosen], mapped, answers, reader.question, reader.offered, notes)


class _Early:
    """Begins to understand the long sheet that will be chosen, while the file is still arriving."""

    def __init__(self, terms: Callable[[Layout], Terms], wanted: str | None, *, large: bool) -> None:
        self._helper = HelperProcess(HELPER) if large else None
        self._terms = terms
        self._wanted = wanted
        self._name = ""
        self._rows = 0
        self._place = -1
        self._begun: tuple[int, Understanding] | None = None
        self.layouts: dict[int, Layout] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()
        if self._helper is not None:
            self._helper.close()

    def _begin(self, layout: Layout, *, long: bool) -> None:
        """Begin with the sheet that arrived last, or was chosen; what was begun before is dropped."""
        self._drop()
        terms = self._terms(layout)
        ready, self._helper = self._helper, None
        helper = (ready or HelperProcess(HELPER)) if long else ready
        self._begun = self._place, Understanding(terms, helper)

    def _drop(self) -> None:
        if self._begun is not None:
            self._begun[1].close()
        self._begun = None

    def sheet(self, name: str, rows: int) -> None:
        self._place += 1
        self._name, self._rows = name, rows

    def batch(self, batch: Batch) -> None:
        if self._rows >= LONG and self._place not in self.layouts:
            layout = self.layouts[self._place] = guess(unpacked(batch[1]))
            best = max(map(_worth, list(self.layouts.values())[:-1]), default=-1.0) < _worth(layout)
            if self._name == self._wanted or (self._wanted is None and best):
                with contextlib.suppress(UserError):  # should this be the sheet, it is said in the end
                    self._begin(layout, long=True)
        if self._begun is not None and self._begun[0] == self._place:
            self._begun[1].take(batch)

    def piece(self) -> bool:
        return self._begun is not None and self._begun[1].piece()

    def begun(self, place: int, layout: Layout, rows: Rows) -> Understanding:
        """The sheet that was chosen, whether it was begun or not."""
        if self._begun is None or self._begun[0] != place:
            self._place = place
            self._begin(layout, long=len(rows) >= LONG)
            assert self._begun is not None
            for batch in rows.batches:
                self._begun[1].take(batch)
        return self._begun[1]


def _worth(layout: Layout) -> float:
    return round(layout.quality, 2)


def _chosen(book: Workbook, offers: Sequence[SheetOffer], name: str | None) -> int:
    names = [offer.name for offer in offers]
    if name is None:
        best = max(offer.quality for offer in offers)
        alike = [i for i, offer in enumerate(offers) if offer.quality >= _ALIKE * best]
        alike = [i for i in alike if not not_to_be_asked(offers[i].name)] or alike
        return max(alike, key=lambda i: (offers[i].rows, offers[i].quality, -i))
    if name not in names:
        listed = ", ".join(f"“{one}”" for one in names)
        raise UserError(f"There is no sheet “{name}”.", where=book.file_name, todo=f"The sheets are: {listed}.")
    return names.index(name)


def _mapping(session: Session, layout: Layout, wanted: Mapping[int | str, str | None] | None) -> dict[int, str]:
    """Column index -> target: the guess, under what was remembered for this shape, under what is said now."""
    columns: dict[int, str | None] = {column.index: column.field for column in layout.columns}
    remembered = session.get(ImportMapping, layout.shape) if layout.shape else None
    if remembered is not None:
        columns |= {int(index): target for index, target in remembered.columns.items() if int(index) in columns}
    by_header = {column.header: column.index for column in layout.columns}
    known = targets()
    for column, target in (wanted or {}).items():
        index = by_header.get(column) if isinstance(column, str) else column
        if index not in columns:
            raise UserError(f"There is no column “{column}”.", todo=f"The columns are: {', '.join(by_header)}.")
        if target is not None and target not in known:
            raise UserError(f"“{target}” is nothing a column can be.", todo=f"Choose from: {', '.join(known)}.")
        columns[index] = target
    return {index: target for index, target in columns.items() if target is not None}


def _notes(
    book: Workbook,
    offers: Sequence[SheetOffer],
    chosen: int,
    answers: Sequence[RowAnswer],
    apart: Sequence[str],
) -> tuple[str, ...]:
    """What was not read and what was repaired; of a sheet that ``apart`` tells of nothing more is said."""

    def told_of(sheet: str) -> bool:
        return any(said.startswith(f"Sheet “{sheet}” ") for said in apart)

    unread = (o for i, o in enumerate(offers) if i != chosen and not told_of(o.name))
    hidden = tuple(f"Sheet “{sheet.name}” is hidden" for sheet in book.hidden if told_of(sheet.name))
    left_out = [said for said in book.left_out if not (hidden and said.startswith(hidden))]
    others = [f"Sheet “{o.name}” ({o.rows} rows) was not read." for o in unread]
    repaired: dict[str, list[int]] = defaultdict(list)
    for answer in answers:
        for note in answer.notes:
            repaired[note].append(answer.row)
    told = [f"{note} ({rows_named(rows)})." for note, rows in repaired.items()]
    return (*left_out, *others, *told)
