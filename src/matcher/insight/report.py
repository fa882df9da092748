"""The shape of a report that leaves: sections of sentences and tables, fit to be printed or put into a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.insight.people import ENGLISH, Dimension
from matcher.insight.suppression import Column, Count, Shown, columns_shown, of_people
from matcher.insight.tallies import Tally
from matcher.insight.voice import FEW, NOT_KNOWN, TITLES, Voice, VoiceRow

Cell = str | int | float | None
"""Text, a count, a share of 1, or a count held back."""
TOTAL = "All"
OTHERS = "Others"
AREAS = {
    "North of England": ENGLISH[0:3], "Midlands and East of England": ENGLISH[3:6], "London": ENGLISH[6:7],
    "South of England": ENGLISH[7:9],
    "Wales, Scotland and Northern Ireland": ("Wales", "Scotland", "Northern Ireland"),
}  # fmt: skip
"""Area -> its regions, for a network in which regions are too small to be told of."""
_MOSTLY = 1 / 3
_AS_A_ROW = 3


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table: one cell of a row for each header. ``note`` stands under it."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def without_empty_columns(self) -> "ReportTable":
        """The table without the columns in which nothing stands."""
        filled = [place for place in range(len(self.headers)) if any(row[place] != "" for row in self.rows)]
        rows = tuple(tuple(row[place] for place in filled) for row in self.rows)
        return replace(self, headers=tuple(self.headers[place] for place in filled), rows=rows)

    @property
    def held_back(self) -> bool:
        """Whether a count of it is held back."""
        return any(cell is None for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A part of the report: its heading, what it says, and its tables."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[ReportTable, ...] = ()


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """The report of a year, made at an instant: ``opening`` comes first.

    ``smallest``: no group of fewer people is told of.
    """

    title: str
    organisation: str
    year: str
    made_at: datetime
    opening: tuple[str, ...]
    sections: tuple[ReportSection, ...]
    smallest: int


def voice_table(voice: Voice, k: int) -> ReportTable:
    """Members, asked and took part by one dimension, with shares, beside the workforce where there is a figure."""
    rows = _rows_of(voice, k)
    shown = columns_shown([_column(rows, name) for name in ("members", "asked", "took_part")], k)
    if voice.dimension is Dimension.REGION and _held_back(shown) > _MOSTLY:
        rows = _by_area(rows)
        shown = columns_shown([_column(rows, name) for name in ("members", "asked", "took_part")], k)
    shares = [_shares(column, rows) for column in shown]
    works = any(row.workforce for row in rows)
    told: list[tuple[Cell, ...]] = []
    for place, row in enumerate(rows):
        counts = [cell for column, share in zip(shown, shares, strict=True)
                  for cell in (column.parts[place], share[place])]  # fmt: skip
        figure: list[Cell] = [row.workforce if row.workforce is not None else "no figure"] if works else []
        told.append((row.label, *counts, *figure))
    totals = [cell for column in shown for cell in (column.total, "")]
    told.append((TOTAL, *totals, *([""] if works else [])))
    headers = (voice.title, "Members", "share", "Asked", "share", "Took part", "share")
    return ReportTable(
        f"By {TITLES[voice.dimension].lower()}", (*headers, "Workforce") if works else headers, tuple(told),
        f"Workforce: {'; '.join(voice.sources)}." if works else "",
    ).without_empty_columns()  # fmt: skip


def tally_table(title: str, headers: tuple[str, str], tally: Tally, k: int) -> ReportTable:
    """One tally, with the share of each row."""
    (shown,) = columns_shown([Column(tally.total, tuple(tally.rows.values()))], k)
    return _with_shares(title, headers, [*tally.rows], shown)


def parts_table(title: str, headers: tuple[str, str], parts: Mapping[str, int], k: int) -> ReportTable:
    """People sorted into groups, with the share of each."""
    column = Column(of_people(sum(parts.values())), tuple(map(of_people, parts.values())))
    (shown,) = columns_shown([column], k)
    return _with_shares(title, headers, [*parts], shown)


def _with_shares(title: str, headers: tuple[str, str], labels: Sequence[str], shown: Shown) -> ReportTable:
    rows: list[tuple[Cell, ...]] = [
        (label, part, _share(part, shown.total))
        for label, part in zip(labels, shown.parts, strict=True)
        if part != 0
    ]
    table = ReportTable(title, (*headers, "share"), (*rows, (TOTAL, shown.total, "")))
    return table.without_empty_columns()


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    members: int
    asked: int
    took_part: int
    workforce: float | None = None


def _rows_of(voice: Voice, k: int) -> list[_Row]:
    """The rows of a dimension; kinds of employer and contract that few have are put together."""
    rows = [_row(row) for row in voice.rows]
    if voice.dimension in (Dimension.REGION, Dimension.EXPERIENCE):
        return rows
    known = [row for row in rows if row.label != NOT_KNOWN]
    few = [row for row in known if row.members < _AS_A_ROW * k and row.workforce is None]
    kept = [row for row in known if row not in few]
    return [*kept, *_together({OTHERS: few}), *(row for row in rows if row.label == NOT_KNOWN)]


def _row(row: VoiceRow) -> _Row:
    one = row.everywhere
    figure = row.workforce.share if row.workforce else None
    return _Row(row.label, one.members, one.asked, one.took_part, figure)


def _by_area(rows: Sequence[_Row]) -> list[_Row]:
    placed = {label for regions in AREAS.values() for label in regions}
    areas = {area: [row for row in rows if row.label in regions] for area, regions in AREAS.items()}
    return [*_together(areas), *(row for row in rows if row.label not in placed)]


def _together(groups: Mapping[str, Sequence[_Row]]) -> list[_Row]:
    return [
        _Row(label, sum(r.members for r in rows), sum(r.asked for r in rows), sum(r.took_part for r in rows))
        for label, rows in groups.items()
        if rows
    ]


def _column(rows: Iterable[_Row], name: str) -> Column:
    parts = tuple(of_people(getattr(row, name)) for row in rows)
    total = sum(part.number for part in parts)
    return Column(Count(total, total), parts)


def _held_back(shown: Sequence[Shown]) -> float:
    """The share of the counts that are held back."""
    cells = [part for column in shown for part in column.parts if part != 0]
    return sum(part is None for part in cells) / len(cells) if cells else 0.0


def _shares(column: Shown, rows: Sequence[_Row]) -> list[Cell]:
    """The share of each row of all whose value is known; nothing where that cannot be told."""
    base = column.total
    for row, part in zip(rows, column.parts, strict=True):
        if row.label == NOT_KNOWN and base is not None:
            base = None if part is None else base - part
    return [
        "" if row.label == NOT_KNOWN else _share(part, base) for row, part in zip(rows, column.parts, strict=True)
    ]


def _share(part: int | None, whole: int | None) -> Cell:
    return part / whole if part is not None and whole and whole >= FEW else ""
