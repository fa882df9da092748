"""The dry run of an import: what would become of every row, and why. Nothing is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from matcher.consent import Suppressed
from matcher.directory.columns import Layout, SheetRow, guess, recognised, targets
from matcher.directory.heard import HeardThrough, Linked, heard_through, names_with
from matcher.directory.known import QUESTIONS
from matcher.directory.outcomes import Decided, ImportPlan, SheetOffer
from matcher.directory.pace import without_collecting
from matcher.directory.planner import Planner
from matcher.directory.rows import RowAnswer, RowReader
from matcher.errors import UserError
from matcher.files.readers.workbooks import Workbook, read_workbook
from matcher.knowledge.tables import fold
from matcher.model import ImportMapping, Purpose
from matcher.progress import Progress, silent
from matcher.storage import Store, reading, revision, setting

_EVERY = 2_000


def plan_import(
    store: Store,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[int | str, str | None] | None = None,
    decisions: Mapping[int, Decided] | None = None,
    partners: Linked | None = None,
    progress: Progress = silent,
) -> ImportPlan:
    """Say what importing a file would do; nothing is written.

    ``sheet`` is the sheet to take, by default the best recognised. ``mapping`` corrects the guess: column
    index or header -> a key of ``columns.targets()``, None to leave the column out. ``decisions`` settle rows
    to decide: row number -> the member she is, ``SameRow`` of the file, or None when she is somebody new.
    ``partners`` says of words which partner they mean, None where they stay words.
    Raises UserError when the file cannot be read, has no such sheet, or no column by which to find anybody.
    """
    linked = {fold(words): partner for words, partner in (partners or {}).items()}
    with without_collecting(), reading(store) as session:
        read = _read_sheet(session, read_workbook(path, progress), sheet, mapping, linked, progress)
        planner = Planner(session, read.answers, decisions or {}, Suppressed(session, store))
        rows, people = planner.plan()
        heard = heard_through(session, read.answers, linked)
        return ImportPlan(
            path.name, read.offers, read.name, read.layout, read.columns, rows, people,
            planner.shared_phones(), read.question, read.offered, (*read.notes, *_partner_notes(heard)),
            revision(session), heard, planner.told_apart(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _ReadSheet:
    """What the chosen sheet of a file says, beside the ``offers`` of all: the file itself is let go."""

    name: str
    offers: tuple[SheetOffer, ...]
    layout: Layout
    columns: Mapping[int, str]
    answers: Sequence[RowAnswer]
    question: str
    offered: frozenset[Purpose]
    notes: tuple[str, ...]


def _read_sheet(
    session: Session,
    book: Workbook,
    sheet: str | None,
    mapping: Mapping[int | str, str | None] | None,
    linked: Linked,
    progress: Progress,
) -> _ReadSheet:
    layouts = [guess(found.rows) for found in book.sheets]
    offers = tuple(
        SheetOffer(s.name, len(s.rows), round(la.quality, 2)) for s, la in zip(book.sheets, layouts, strict=True)
    )
    chosen = _chosen(book, offers, sheet)
    name, rows = offers[chosen].name, book.sheets[chosen].rows
    try:
        layout = layouts[chosen] if mapping else recognised(layouts[chosen])
    except UserError as error:
        raise UserError(error.what, where=f"{book.file_name}, sheet “{name}”", todo=error.todo) from error
    columns = _mapping(session, layout, mapping)
    reader = RowReader(layout, columns, rows, setting(session, QUESTIONS, {}), names_with(session, linked))
    answers = _read(reader, rows, progress)
    notes = _notes(book, offers, chosen, answers)
    return _ReadSheet(name, offers, layout, columns, answers, reader.question, reader.offered, notes)


def _chosen(book: Workbook, offers: Sequence[SheetOffer], name: str | None) -> int:
    names = [offer.name for offer in offers]
    if name is None:
        return max(range(len(offers)), key=lambda i: (offers[i].quality, -i))
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


def _read(reader: RowReader, rows: Sequence[SheetRow], progress: Progress) -> list[RowAnswer]:
    answers: list[RowAnswer] = []
    for done, row in enumerate(rows):
        if done % _EVERY == 0:
            progress(done, len(rows), "Reading the rows")
        answer = reader.read(row)
        if answer is not None:
            answers.append(answer)
    return answers


def _notes(
    book: Workbook, offers: Sequence[SheetOffer], chosen: int, answers: Sequence[RowAnswer]
) -> tuple[str, ...]:
    others = [f"Sheet “{o.name}” ({o.rows} rows) was not read." for i, o in enumerate(offers) if i != chosen]
    repaired: dict[str, list[int]] = defaultdict(list)
    for answer in answers:
        for note in answer.notes:
            repaired[note].append(answer.row)
    told = [f"{note} ({_rows_named(rows)})." for note, rows in repaired.items()]
    return (*book.left_out, *others, *told)


def _partner_notes(heard: Sequence[HeardThrough]) -> list[str]:
    known = ", ".join(f"{one.partner} {one.rows}" for one in heard if one.known)
    may_be = (f"“{one.words}” may be the partner {one.partner}." for one in heard if not one.linked)
    return [*([f"Came through partners you know: {known}."] if known else []), *may_be]


def _rows_named(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]}"
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return "rows " + ", ".join(str(row) for row in rows[:5]) + more
