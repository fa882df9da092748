"""What the rows of a sheet tell together: how each of them is to be read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from matcher.directory.importing.column_scores import CHOICE
from matcher.directory.importing.columns import Layout, SheetRow
from matcher.directory.importing.permission_cells import permission_answered, permissions_said
from matcher.directory.importing.permission_headers import MAY_CONTACT, PERMISSION_OF, PERMISSIONS
from matcher.directory.values import as_list
from matcher.knowledge.tables import word_set
from matcher.model import Decision, Purpose

_TICKS = word_set("✓ ✔ ☑ ✅ y yes yes. true tick ticked ok")
_BOXES = word_set("true false 1 0 1.0 0.0 checked unchecked ✓ ✔ ☑ ☐ ✅ x")
_NUMBERS = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})\b")
_CODE = re.compile(r"(?:[2-9]|\d\d)(?:\.0)?")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen in some rows; two surveys together (``|``) are one of all their rows.

    ``offered``: purposes that a ticked list names. ``ticks``: a yes/no column holds a tick. Of the yes/no columns
    ``no_boxes`` hold more than boxes, ``not_only_yes`` another answer than yes. ``first_is_day`` and
    ``second_is_day``: a date as text has a number there that is no month. ``coded``: answers are numbers of a key.
    """

    offered: frozenset[Purpose] = frozenset()
    ticks: bool = False
    no_boxes: frozenset[int] = frozenset()
    not_only_yes: frozenset[int] = frozenset()
    first_is_day: bool = False
    second_is_day: bool = False
    coded: bool = False

    def __or__(self, other: "Survey") -> "Survey":
        return self if self == other else Survey(
            self.offered | other.offered, self.ticks or other.ticks, self.no_boxes | other.no_boxes,
            self.not_only_yes | other.not_only_yes, self.first_is_day or other.first_is_day,
            self.second_is_day or other.second_is_day, self.coded or other.coded,
        )  # fmt: skip

    @property
    def month_first(self) -> bool:
        """Whether dates as text are in American order: some second number is a day, no first one is."""
        return self.second_is_day and not self.first_is_day


class Surveyor:
    """Looks at rows of one sheet under one mapping of its columns (see ``rows.RowReader``)."""

    def __init__(self, layout: Layout, mapping: Mapping[int, str]) -> None:
        columns = layout.mapped(mapping)
        headers = {column.index: column.header for column in layout.columns}
        self._header_row = layout.header_row
        self._lists = sorted(c.index for c in columns if c.target == PERMISSIONS)
        self._single = [c.index for c in columns if c.target.startswith(PERMISSION_OF) or c.target == MAY_CONTACT]
        self._wording = headers.get(self._lists[0], "").partition(CHOICE)[0] if self._lists else ""
        self._dated = next((c.index for c in columns if c.target == "last_answer_at"), None)

    def look(self, rows: Iterable[SheetRow]) -> Survey:
        """What rows tell; those above and including the header are passed over."""
        answers: dict[int, set[str]] = {place: set() for place in (*self._lists, *self._single)}
        dates = set[str]()
        for row in rows:
            if row.number <= self._header_row:
                continue
            cells = row.cells
            for place, seen in answers.items():
                if place < len(cells) and cells[place] is not None:
                    seen.add(as_list(cells[place]))
            if self._dated is not None and self._dated < len(cells) and type(cells[self._dated]) is str:
                dates.add(cells[self._dated])
        ticked = {cell for place in self._lists for cell in answers[place]}
        single = {place: answers[place] for place in self._single}
        numbers = [(int(found[1]), int(found[2])) for cell in dates if (found := _NUMBERS.match(cell))]
        return Survey(
            offered=reduce(or_, (frozenset(permissions_said(self._wording, cell)) for cell in ticked), frozenset()),
            ticks=any(cell.casefold() in _TICKS for cells in single.values() for cell in cells),
            no_boxes=_columns_with(single, lambda cell: cell.casefold() not in _BOXES),
            not_only_yes=_columns_with(
                single, lambda cell: bool(cell) and permission_answered(cell) is not Decision.GIVEN
            ),
            first_is_day=any(first > _MONTHS for first, _ in numbers),
            second_is_day=any(second > _MONTHS for _, second in numbers),
            coded=any(_CODE.fullmatch(cell) for cells in single.values() for cell in cells),
        )


def _columns_with(columns: Mapping[int, set[str]], test: Any) -> frozenset[int]:
    return frozenset(place for place, cells in columns.items() if any(map(test, cells)))
