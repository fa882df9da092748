"""One row of a sheet read into what it says of a person."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any

from matcher import clock
from matcher.consent import is_plausible
from matcher.directory.columns import Layout, SheetRow
from matcher.directory.headers import (
    AREA,
    FULL_NAME,
    IGNORE,
    NEVER_SHARED,
    NOT_USED,
    PERMISSION_OF,
    PERMISSIONS,
    SAYS_IT_IS_USED,
    tidy,
)
from matcher.directory.permissions import permission_answered, permissions_said
from matcher.directory.values import CellReader, month_comes_first, plain, read_instant
from matcher.knowledge.answers import leaves, noted_as_left
from matcher.knowledge.names import split_name
from matcher.knowledge.places import locate
from matcher.model import ASKING, BACKGROUND_USE, Decision, Purpose

_PLACE_COLUMNS = ("town", AREA, "authority", "county", "region", "country")
_SEPARATE = frozenset(
    {
        *_PLACE_COLUMNS,
        "postcode_district",
        FULL_NAME,
        "first_name",
        "last_name",
        "last_answer_at",
        PERMISSIONS,
        IGNORE,
    }
)

_NOTES = re.compile(r"\b(?:notes?|comments?|remarks?|status|follow[- ]?up)\b", re.IGNORECASE)
_FREE = frozenset({PERMISSIONS, "conditions_text", "avoid_text", "availability_text", "interests_text"})
_LEFT = (frozenset(ASKING), dict.fromkeys(ASKING, Decision.WITHDRAWN), "")


class Kind(StrEnum):
    """What a row is."""

    PERSON = "person"
    EMPTY = "empty"
    TEST = "test"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What one row says. ``values`` holds only member columns that it answers; ``row`` is the sheet's number.

    ``asked`` are the purposes that its permission question names, ``decisions`` what she ticked or wrote.
    ``withdrew`` are the words in which she asked to be left out of everything, "" when she did not.
    ``digest`` tells a row apart from any other by its content; ``reason`` says why it is no person's.
    ``misdated`` is the date of a row that cannot be right: such a row has no ``answered_at``.
    """

    row: int
    kind: Kind
    values: Mapping[str, Any] = field(default_factory=dict)
    answered_at: datetime | None = None
    asked: frozenset[Purpose] = frozenset()
    decisions: Mapping[Purpose, Decision] = field(default_factory=dict)
    wording: str = ""
    withdrew: str = ""
    digest: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()
    misdated: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    header: str
    target: str


class RowReader:
    """Reads the rows of one sheet under one mapping of its columns.

    ``mapping`` is column index -> member column or virtual target (see ``headers``). ``offered_before`` is
    question -> the purposes it was seen to offer in earlier files: ``offered`` adds what this file shows.
    """

    def __init__(
        self,
        layout: Layout,
        mapping: Mapping[int, str],
        rows: Sequence[SheetRow],
        offered_before: Mapping[str, Iterable[str]],
    ) -> None:
        headers = {column.index: column.header for column in layout.columns}
        columns = [
            _Column(i, headers.get(i, ""), target) for i, target in sorted(mapping.items()) if target != IGNORE
        ]
        self._header_row = layout.header_row
        self._header_texts = [headers.get(place) for place in range(max(headers, default=-1) + 1)]
        self._most_headers = sum(map(bool, headers.values())) / 2
        self._plain = [
            (c.index, c.header, CellReader(c.target))
            for c in columns
            if c.target not in _SEPARATE and not c.target.startswith(PERMISSION_OF)
        ]
        self._at = {c.target: c.index for c in reversed(columns)}
        self._place = [self._at[target] for target in _PLACE_COLUMNS if target in self._at]
        self._single = {
            c.index: (Purpose(c.target.removeprefix(PERMISSION_OF)), c.header)
            for c in columns
            if c.target.startswith(PERMISSION_OF)
        }
        self._free = [c.index for c in columns if c.target in _FREE or c.target.startswith(PERMISSION_OF)]
        self._noted = [i for i, h in headers.items() if mapping.get(i, IGNORE) == IGNORE and _NOTES.search(h or "")]
        self._never = [c.target for c in columns if NEVER_SHARED.search(c.header)]
        self._used = {
            c.target: c.header
            for c in columns
            if c.target in BACKGROUND_USE and SAYS_IT_IS_USED.search(c.header) and not NOT_USED.search(c.header)
        }
        self._question = headers.get(self._at[PERMISSIONS], "") if PERMISSIONS in self._at else ""
        self.question = tidy(self._question)
        self.offered = self._purposes_offered(rows) | set(map(Purpose, offered_before.get(self.question, ())))
        self._month_first = month_comes_first(self._column(rows, "last_answer_at"))

    def _column(self, rows: Sequence[SheetRow], target: str) -> Iterator[Any]:
        place = self._at.get(target)
        if place is None:
            return iter(())
        return (_cell(row.cells, place) for row in rows if row.number > self._header_row)

    def _purposes_offered(self, rows: Sequence[SheetRow]) -> frozenset[Purpose]:
        """Every purpose that the list question offers, told from what anybody in the file ticked."""
        different = {plain(cell) for cell in self._column(rows, PERMISSIONS)}
        return frozenset(purpose for text in different for purpose in permissions_said(self._question, text))

    def read(self, row: SheetRow) -> RowAnswer | None:
        """Read one row; None for those above and including the header."""
        if row.number <= self._header_row:
            return None
        cells = row.cells
        texts = [" ".join(cell.split()) if type(cell) is str else plain(cell) for cell in cells]
        if not any(texts):
            return RowAnswer(row.number, Kind.EMPTY)
        if self._repeats_header(texts):
            return RowAnswer(row.number, Kind.EMPTY, reason="the headers again")
        answered_at = read_instant(self._value(cells, "last_answer_at"), month_first=self._month_first)
        misdated = None if is_plausible(answered_at, clock.now()) else answered_at
        if misdated:
            answered_at = None
        values, notes = self._values(cells, texts, answered_at)
        if misdated:
            notes = (*notes, f"dated {misdated:%-d %b %Y}, which cannot be right: taken as having no date")
        kind, reason = self._kind(texts, values)
        if kind is not Kind.PERSON:
            return RowAnswer(row.number, kind, values, answered_at, reason=reason)
        withdrew = self._withdrew(texts)
        asked, decisions, wording = _LEFT if withdrew else self._permissions(texts, values)
        return RowAnswer(
            row.number, kind, values, answered_at, asked, decisions, wording, withdrew, _digest(texts),
            notes=notes, misdated=misdated,
        )  # fmt: skip

    def _withdrew(self, texts: Sequence[str]) -> str:
        """The words that ask to be left out, hers or in a note on her: they count over every box she ticked."""
        hers = (text for place in self._free if (text := _cell(texts, place)) and leaves(text))
        noted = (text for place in self._noted if (text := _cell(texts, place)) and noted_as_left(text))
        return next(chain(hers, noted), "")

    def _value(self, cells: Sequence[Any], target: str) -> Any:
        place = self._at.get(target)
        return None if place is None else _cell(cells, place)

    def _repeats_header(self, texts: Sequence[str]) -> bool:
        same = sum(bool(text) and text == header for text, header in zip(texts, self._header_texts, strict=False))
        return same > self._most_headers

    def _values(
        self, cells: Sequence[Any], texts: Sequence[str], answered_at: datetime | None
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        values = self._name(texts) | self._where(texts)
        notes: list[str] = []
        asked_on = (answered_at or clock.now()).astimezone(clock.LONDON).date()
        width = len(texts)
        for place, header, reader in self._plain:
            if place < width and texts[place]:
                parsed = reader.read(cells[place], asked_on)
                values.update(parsed.values)
                if parsed.notes:
                    notes += [f"“{header}”: {note}" for note in parsed.notes]
        never = [target for target in self._never if target in values]
        if never:
            values["never_share"] = never
        return values, tuple(notes)

    def _name(self, texts: Sequence[str]) -> dict[str, Any]:
        first, last = self._value(texts, "first_name") or "", self._value(texts, "last_name") or ""
        if first and last:
            name = split_name(first, last)
        else:
            name = split_name(first or last or self._value(texts, FULL_NAME) or "")
        only_last = bool(last and not first)
        parts = ("", name.full) if only_last else (name.full, "") if first and not last else (name.first, name.last)
        return {key: part for key, part in zip(("first_name", "last_name"), parts, strict=True) if part}

    def _where(self, texts: Sequence[str]) -> dict[str, Any]:
        written = [_cell(texts, place) for place in self._place]
        code = self._value(texts, "postcode_district")
        area = ", ".join(dict.fromkeys(text for text in written if text))
        found = locate(area or None, code or None) if area or code else None
        if found is None:
            return {}
        where = {
            "town": found.town, "postcode_district": found.outward, "authority": found.authority,
            "county": found.county, "region": found.region, "country": found.country,
            "latitude": found.lat, "longitude": found.lon,
        }  # fmt: skip
        return {key: value for key, value in where.items() if value is not None}

    def _kind(self, texts: Sequence[str], values: Mapping[str, Any]) -> tuple[Kind, str]:
        first, last = values.get("first_name", ""), values.get("last_name", "")
        contact = values.get("email") or values.get("phone")
        if _is_test(first, last, values):
            return Kind.TEST, f"looks like a test (“{f'{first} {last}'.strip()}”)"
        if contact:
            return Kind.PERSON, ""
        filled = [place for place, text in enumerate(texts) if text]
        if not (first or last):
            if set(self._at.values()) & set(filled) <= {self._at.get("last_answer_at")}:
                return Kind.EMPTY, "nothing but a date"
            return Kind.UNREADABLE, "no name, no e-mail and no phone in it"
        if len(filled) == 1 or _TOTAL.match(texts[filled[0]]):
            return Kind.UNREADABLE, "not a person: a heading or a total"
        return Kind.PERSON, ""

    def _permissions(
        self, texts: Sequence[str], values: Mapping[str, Any]
    ) -> tuple[frozenset[Purpose], dict[Purpose, Decision], str]:
        asked, decisions = set(self.offered), dict[Purpose, Decision]()
        wordings = [self._question] if self.offered else []
        if self.offered:
            decisions.update(permissions_said(self._question, self._value(texts, PERMISSIONS) or ""))
        for place, (purpose, header) in self._single.items():
            decision = permission_answered(_cell(texts, place) or "")
            if decision is not None:
                asked.add(purpose)
                decisions[purpose] = decision
                wordings.append(header)
        for target, header in self._used.items():
            if target in values:
                asked.add(BACKGROUND_USE[target])
                decisions[BACKGROUND_USE[target]] = Decision.GIVEN
                wordings.append(header)
        return frozenset(asked), decisions, "\n".join(wordings)


def _cell(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).rstrip("\x1f").encode()).hexdigest()


_TOTAL = re.compile(r"(sub)?total|count|sum\b", re.IGNORECASE)
_TEST_WORD = re.compile(r"^(test(ing|er)?\d*|asdf\w*|qwerty\w*|xxx+|aaa+|dummy|foo|bar|blah|lorem|ipsum)$", re.I)


def _is_test(first: str, last: str, values: Mapping[str, Any]) -> bool:
    words = [word for word in re.split(r"[\s-]+", f"{first} {last}") if word]
    if words and all(_TEST_WORD.match(word) for word in words):
        return True
    local = (values.get("email") or "").partition("@")[0]
    if not _TEST_WORD.match(local):
        return False
    fields = ("role", "experience_text", "interests_text")
    return not words or any(_TEST_WORD.match(str(values.get(field, ""))) for field in fields)
