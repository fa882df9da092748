"""One row of a sheet read into what it says of a person."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from operator import eq
from typing import Any

from matcher import clock
from matcher.consent import is_plausible
from matcher.directory.importing.columns import Layout, SheetRow
from matcher.directory.importing.headers import AREA, FULL_NAME, LEFT_AT, NEVER_SHARED, OWN_WORDS, SAYS_NOTHING
from matcher.directory.importing.permission_headers import MAY_CONTACT, PERMISSION_OF, PERMISSIONS
from matcher.directory.importing.permissions import PermissionReader
from matcher.directory.importing.survey import Survey
from matcher.directory.values import CellReader, plain, read_instant
from matcher.knowledge.names import split_name
from matcher.knowledge.phones import is_mobile
from matcher.knowledge.places import locate
from matcher.knowledge.tables import fold
from matcher.model import Decision, Purpose

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
        MAY_CONTACT,
        LEFT_AT,
    }
)


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
    ``left_at`` is when she left the newsletter, by the file of those who did.
    ``digest`` tells a row apart from any other by its content; ``reason`` says why it is no person's.
    ``misdated`` is the date of a row that cannot be right: such a row has no ``answered_at``.
    ``against``: a remark of it lets no yes of hers stand whole, whichever row says it. ``held`` are yeses of it
    that do not count, ``ends`` the last day on which a yes holds. ``beside`` is what stands in a row that is
    nobody's.
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
    left_at: datetime | None = None
    against: bool = False
    held: frozenset[Purpose] = frozenset()
    ends: Mapping[Purpose, date] = field(default_factory=lambda: _NO_ENDS)
    beside: str = ""


_NO_ENDS: Mapping[Purpose, date] = {}


class RowReader:
    """Reads the rows of one sheet under one mapping of its columns.

    ``mapping`` is column index -> member column or virtual target (see ``headers``), ``survey`` what its rows tell
    together. ``offered_before`` is question -> the purposes it was seen to offer in earlier files: ``offered`` adds
    what this file shows. ``partners`` is the name of a partner, folded -> its id. An answer without a date counts
    as given ``now``.
    """

    def __init__(
        self,
        layout: Layout,
        mapping: Mapping[int, str],
        survey: Survey,
        offered_before: Mapping[str, Iterable[str]],
        partners: Mapping[str, int] | None = None,
        now: datetime | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self._partners = partners or {}
        self._now = now or clock.now()
        headers = {column.index: column.header for column in layout.columns}
        columns = layout.mapped(mapping)
        self._header_row = layout.header_row
        self._header_texts = [headers.get(place) or None for place in range(max(headers, default=-1) + 1)]
        self._most_headers = sum(map(bool, headers.values())) / 2
        plainly = [c for c in columns if c.target not in _SEPARATE and not c.target.startswith(PERMISSION_OF)]
        readers = [(c, CellReader(c.target)) for c in plainly]
        self._plain = [(c.index, c.header, reader.known, reader) for c, reader in readers]
        self._at: dict[str, list[int]] = {}
        for column in columns:
            self._at.setdefault(column.target, []).append(column.index)
        self._place = [place for target in _PLACE_COLUMNS for place in self._at.get(target, ())]
        self._never = [c.target for c in columns if NEVER_SHARED.search(c.header)]
        beside = frozenset(place for place, target in mapping.items() if target == SAYS_NOTHING)
        self._permissions = PermissionReader(
            columns, headers, survey, offered_before, self._now, beside, strict=strict
        )
        self.question, self.offered = self._permissions.question, self._permissions.offered
        self._month_first = survey.month_first
        self._places: dict[tuple[str, str], tuple[dict[str, Any], str]] = {}
        self._known_places = frozenset(place for places in self._at.values() for place in places)

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
        misdated = None if is_plausible(answered_at, self._now) else answered_at
        if misdated:
            answered_at = None
        values, notes = self._values(cells, texts, answered_at)
        if misdated:
            notes = (*notes, f"dated {misdated:%-d %b %Y}, which cannot be right: taken as having no date")
        kind, reason = self._kind(texts, values, dated=bool(answered_at or misdated))
        if kind is not Kind.PERSON:
            said_beside = " ".join(filter(None, texts))
            return RowAnswer(row.number, kind, values, answered_at, reason=reason, beside=said_beside)
        said = self._permissions.read(cells, texts, values)
        if said.doubt:
            notes = (*notes, said.doubt)
        if said.ends:
            notes = (*notes, "A yes ends on the day that the row says")
        return RowAnswer(
            row.number, kind, values, answered_at, said.asked, said.decisions, said.wording, said.withdrew,
            _digest(texts), notes=notes, misdated=misdated, left_at=read_instant(self._value(cells, LEFT_AT)),
            against=said.against, held=said.held, ends=said.ends,
        )  # fmt: skip

    def _value(self, cells: Sequence[Any], target: str) -> Any:
        """What stands in the surest column of a target that is not empty."""
        for place in self._at.get(target, ()):
            if place < len(cells) and cells[place] not in (None, ""):
                return cells[place]
        return None

    def _repeats_header(self, texts: Sequence[str]) -> bool:
        same: int = sum(map(eq, texts, self._header_texts))
        return same > self._most_headers

    def _values(
        self, cells: Sequence[Any], texts: Sequence[str], answered_at: datetime | None
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        where, unsure = self._where(texts)
        values = self._name(texts) | where
        notes = [unsure] if unsure else []
        asked_on = (answered_at or self._now).astimezone(clock.LONDON).date()
        width = len(texts)
        for place, header, known, reader in self._plain:
            if place < width and texts[place]:
                cell = cells[place]
                parsed = known[cell] if known is not None and type(cell) is str else reader.read(cell, asked_on)
                for name, value in parsed.values.items():
                    if name not in values or (name == "phone" and is_mobile(value) > is_mobile(values[name])):
                        values[name] = value
                    elif name in OWN_WORDS and value not in values[name]:
                        values[name] += f"\n{value}"
                    elif isinstance(value, list):
                        values[name] = list(dict.fromkeys([*values[name], *value]))
                if parsed.notes:
                    notes += [f"“{header}”: {note}" for note in parsed.notes]
        if self._partners and (said := values.get("heard_via")) and (through := self._partners.get(fold(said))):
            values["partner_id"] = through
        never = [target for target in self._never if target in values]
        if never:
            values["never_share"] = never
        return values, tuple(notes)

    def _name(self, texts: Sequence[str]) -> dict[str, Any]:
        first, last = self._value(texts, "first_name") or "", self._value(texts, "last_name") or ""
        whole = split_name(self._value(texts, FULL_NAME) or "")
        if first and not last and whole.last:
            name = split_name(first, whole.last)  # "Bernie" beside "Bernadette Tolley": what she is called
            last = name.last
        elif first and last:
            name = split_name(first, last)
        else:
            name = split_name(first or last) if first or last else whole
        only_last = bool(last and not first)
        parts = ("", name.full) if only_last else (name.full, "") if first and not last else (name.first, name.last)
        return {key: part for key, part in zip(("first_name", "last_name"), parts, strict=True) if part}

    def _where(self, texts: Sequence[str]) -> tuple[dict[str, Any], str]:
        """Where she is, and what has to be asked of it: a postcode settles a name of several places."""
        written = [_cell(texts, place) for place in self._place]
        code = self._value(texts, "postcode_district") or ""
        area = ", ".join(dict.fromkeys(text for text in written if text))
        known = self._places.get((area, code))
        if known is None:
            known = self._places[area, code] = self._located(area, code)
        return known

    @staticmethod
    def _located(area: str, code: str) -> tuple[dict[str, Any], str]:
        found = locate(area or None, code or None) if area or code else None
        if found is None and _MAY_BE_A_PLACE.fullmatch(area) and not _NO_PLACE.search(area):
            return {"town": area}, f"“{area}” is no place Matcher knows: kept as written, without a region"
        if found is None:
            return {}, "a place was not understood and left empty" if area else ""
        where = {
            "town": found.town, "postcode_district": found.outward, "authority": found.authority,
            "county": found.county, "region": found.region, "country": found.country,
            "latitude": found.lat, "longitude": found.lon,
        }  # fmt: skip
        unsure = ""
        if found.could_be:
            unsure = f"“{found.town}” could be {' or '.join(found.could_be)}: ask for the postcode"
        elif found.town and found.outward and not found.sure:
            unsure = f"“{found.town}” is not near {found.outward}: ask which is right"
        return {key: value for key, value in where.items() if value is not None}, unsure

    def _kind(self, texts: Sequence[str], values: Mapping[str, Any], *, dated: bool) -> tuple[Kind, str]:
        first, last = values.get("first_name", ""), values.get("last_name", "")
        contact = values.get("email") or values.get("phone")
        if _is_test(first, last, values):
            return Kind.TEST, f"looks like a test (“{f'{first} {last}'.strip()}”)"
        if contact:
            return Kind.PERSON, ""
        filled = [place for place, text in enumerate(texts) if text]
        if not (first or last):
            only_date = self._known_places & set(filled) <= set(self._at.get("last_answer_at", ()))
            if only_date and (dated or not self._known_places & set(filled)):
                return Kind.EMPTY, "nothing but a date"
            return Kind.UNREADABLE, "no name, no e-mail and no phone in it"
        if len(filled) == 1 or _TOTAL.match(texts[filled[0]]):
            return Kind.UNREADABLE, "not a person: a heading or a total"
        return Kind.PERSON, ""


def _cell(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).rstrip("\x1f").encode()).hexdigest()


_MAY_BE_A_PLACE = re.compile(r"[^\W\d_][^\W\d_'’.-]+(?:[ -][^\W\d_]['’\w.-]*){0,3}")
_NO_PLACE = re.compile(
    r"\b(?:n/?a|none|nil|not?|any(?:where|place)?|every(?:where)?|all|various|several|different|moves?|moving|mobile|"
    r"home|work|clients?|patch|local|online|remote|private|prefer|rather|say|see|above|same|as|unknown|tbc|my|"
    r"uk|u\.k\.?|england|britain|countr\w+|nation\w*|area|asdf\w*|test)\b",
    re.IGNORECASE,
)
"""A place that is not known is kept when it looks like a name, and is none of the ways to name no place."""
_TOTAL = re.compile(r"(sub)?total|count|sum\b", re.IGNORECASE)
_TEST_WORD = re.compile(r"^(test(ing|er)?\d*|asdf\w*|qwerty\w*|xxx+|aaa+|dummy|foo|bar|blah|lorem|ipsum)$", re.I)


def _is_test(first: str, last: str, values: Mapping[str, Any]) -> bool:
    words = [word for word in re.split(r"[\W_]+", f"{first} {last}") if word]
    tests = [bool(_TEST_WORD.match(word)) for word in words]
    if words and all(tests):
        return True
    local = (values.get("email") or "").partition("@")[0]
    if not _TEST_WORD.match(local):
        return False
    fields = ("role", "experience_text", "interests_text")
    return not words or any(tests) or any(_TEST_WORD.match(str(values.get(field, ""))) for field in fields)
