"""Which column of a sheet means what, told from its header and from its values together."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Protocol

from matcher.directory.headers import (
    AREA,
    FULL_NAME,
    IGNORE,
    ONLINE_OR_IN_PERSON,
    PERMISSION_OF,
    PERMISSIONS,
    PURPOSE_WORDS,
    meanings,
    tidy,
)
from matcher.errors import UserError
from matcher.knowledge.answers import purposes_named
from matcher.model import Member, fields_of

ACCEPT = 0.5
"""A guess below this is left unmapped and shown as such."""

_LOOK_FOR_HEADER = 30
_LOOK_AT_VALUES = 300
_SAMPLES = 3
_NAMES = frozenset({FULL_NAME, "first_name", "last_name"})
_CONTACTS = frozenset({"email", "phone"})


class SheetRow(Protocol):
    """A row as the readers give it: its number in the sheet (from 1) and its cells."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column is taken for: a member field, a virtual target, or None when nothing is known of it.

    ``index`` counts cells of a row from 0; ``confidence`` is between 0 and 1.
    """

    index: int
    header: str
    field: str | None
    confidence: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out. ``header_row`` is the row number a spreadsheet shows."""

    header_row: int
    columns: tuple[ColumnGuess, ...]

    @property
    def quality(self) -> float:
        """How much of a member the sheet can tell: the sum of what its columns are surely taken for."""
        return sum(c.confidence for c in self.columns if c.field not in (None, IGNORE))

    @property
    def shape(self) -> str:
        """A digest of the headers, under which a mapping is remembered."""
        return hashlib.sha256("\x1f".join(tidy(c.header) for c in self.columns).encode()).hexdigest()


def targets() -> dict[str, str]:
    """Everything a column may be mapped to -> what the screen calls it."""
    plain = {name: info.label for name, info in fields_of(Member).items() if name not in _NOT_FROM_A_COLUMN}
    single = {
        PERMISSION_OF + purpose: f"Permission: {purpose.value.replace('_', ' ')}" for purpose in PURPOSE_WORDS
    }
    return {
        FULL_NAME: "Name (first and last)", AREA: "Place or area", ONLINE_OR_IN_PERSON: "Online or in person",
        PERMISSIONS: "Permissions (ticked list)", **plain, **single, IGNORE: "Not imported",
    }  # fmt: skip


_NOT_FROM_A_COLUMN = frozenset({"conditions", "never_share", "shared_phone"})


def recognise(rows: Sequence[SheetRow]) -> Layout:
    """Find the header row and guess what each column means.

    Looks at the first 30 rows for the header and at the first 300 below it for values.
    Raises UserError, listing the headers, when no column holds a name, an e-mail or a phone.
    """
    layout = guess(rows)
    known = {column.field for column in layout.columns}
    if not known & (_NAMES | _CONTACTS):
        seen = ", ".join(f"“{column.header}”" for column in layout.columns if column.header) or "none"
        raise UserError(
            f"No column with a name, an e-mail or a phone was recognised. Headers found: {seen}.",
            todo="Choose another sheet, or say which column is which.",
        )
    return layout


def guess(rows: Sequence[SheetRow]) -> Layout:
    """As ``recognise``, but returns what there is even when nobody could be found by it."""
    head = list(islice(rows, _LOOK_FOR_HEADER + _LOOK_AT_VALUES))
    if not head:
        return Layout(0, ())
    place = _header_place(head)
    header = head[place]
    body = head[place + 1 : place + 1 + _LOOK_AT_VALUES]
    width = max(len(row.cells) for row in [header, *body])
    headers = [_text(header.cells[i]) if i < len(header.cells) else "" for i in range(width)]
    values = [
        [row.cells[i] for row in body if i < len(row.cells) and row.cells[i] not in (None, "")]
        for i in range(width)
    ]
    fields = _assign([_scores(headers[i], values[i], i) for i in range(width)])
    columns = tuple(
        ColumnGuess(i, headers[i], *fields[i], _samples(values[i])) for i in range(width) if headers[i] or values[i]
    )
    return Layout(header.number, columns)


def _header_place(rows: Sequence[SheetRow]) -> int:
    def worth(place: int) -> float:
        cells = [_text(cell) for cell in rows[place].cells if isinstance(cell, str) and cell.strip()]
        if any(_EMAIL.search(cell) for cell in cells):
            return 0.0
        return sum(max(meanings(cell).values(), default=0.0) for cell in cells if len(cell) <= 200)

    looked_at = range(min(_LOOK_FOR_HEADER, len(rows)))
    return max(looked_at, key=lambda place: (worth(place), -place))


def _assign(scores: Sequence[dict[str, float]]) -> list[tuple[str | None, float]]:
    """Give every field to the column that fits it best; a column that loses takes its next best."""
    fields: list[tuple[str | None, float]] = [(None, 0.0)] * len(scores)
    taken: set[str] = set()
    by_worth = sorted(
        ((score, -index, field) for index, column in enumerate(scores) for field, score in column.items()),
        reverse=True,
    )
    for score, negative, field in by_worth:
        index = -negative
        if score < ACCEPT or fields[index][0] is not None or (field in taken and field != IGNORE):
            continue
        fields[index] = (field, round(score, 2))
        taken.add(field)
    return fields


def _scores(header: str, values: Sequence[Any], index: int) -> dict[str, float]:
    """Field -> how well header and values together speak for it."""
    spoken = meanings(header) if header else {}
    texts = [_text(value) for value in values]
    scores = {field: _with_values(field, weight, values, texts) for field, weight in spoken.items()}
    if PERMISSIONS in spoken and not purposes_named(header):
        # "OK to contact?" answered by yes or no does not say about what.
        scores[PERMISSIONS] *= min(1.0, 2 * _share(bool(purposes_named(text)) for text in texts))
    if IGNORE in spoken or not values:
        return scores
    for field, share_of, weight in _TOLD_BY_VALUES:
        share = share_of(values, texts)
        if share >= _SURE_BY_VALUES and field not in scores:
            scores[field] = weight * share
    return scores


_SURE_BY_VALUES = 0.6
_UNLIKELY = 0.2


def _with_values(field: str, weight: float, values: Sequence[Any], texts: Sequence[str]) -> float:
    share_of = _FITS.get("permission" if field.startswith(PERMISSION_OF) else field)
    if not values or share_of is None:
        return weight if values else weight * 0.9
    share = share_of(values, texts)
    return weight * 0.4 if share < _UNLIKELY else weight * (0.75 + 0.25 * share)


_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[a-z]{2,}", re.I)
_PHONE = re.compile(r"^[+(]?\d[\d\s()./-]{8,17}\d(\.0)?\D?$")
_POSTCODE = re.compile(r"^(gir ?0aa|[a-z]{1,2}\d[a-z\d]?\s*(\d[a-z]{2})?)$", re.I)
_REGION = re.compile(
    r"^(the )?((north|south) (east|west)( england)?|(east|west) midlands|east( of england| anglia)"
    r"|(greater )?london"
    r"|yorks(hire)?( ?(&|and) ?(the )?humber(side)?)?|wales|scotland|northern ireland|n\.? ?ireland)$",
    re.I,
)
_YES_NO = re.compile(r"^(y|n|yes|no|true|false|x|✓|✔|1|0|ask|maybe|ok)\b|ask me first", re.I)
_GENDER = re.compile(r"^(f|m|female|male|woman|man|non-?binary|prefer not to say|she.*|he.*|they.*|other)$", re.I)
_NUMBERISH = re.compile(
    r"\d|^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|year|month|since", re.I
)

Share = Callable[[Sequence[Any], Sequence[str]], float]


def _matching(pattern: re.Pattern[str]) -> Share:
    return lambda _, texts: _share(bool(pattern.search(text)) for text in texts)


def _share(tests: Any) -> float:
    met = list(tests)
    return sum(met) / len(met) if met else 0.0


def _dates(values: Sequence[Any], texts: Sequence[str]) -> float:
    dated = re.compile(
        r"^\d{1,4}[./-]\w{1,9}[./-]\d{2,4}|^\d{1,2}(st|nd|rd|th)? [a-z]{3,9} \d{2,4}|^\d{5}(\.\d+)?$", re.I
    )
    pairs = zip(values, texts, strict=True)
    return _share(isinstance(value, date | datetime) or bool(dated.search(text)) for value, text in pairs)


def _instants(values: Sequence[Any], texts: Sequence[str]) -> float:
    timed = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ T]\d{1,2}:\d{2}")
    pairs = zip(values, texts, strict=True)
    return _share(isinstance(value, datetime) or bool(timed.search(text)) for value, text in pairs)


def _permission_lists(values: Sequence[Any], texts: Sequence[str]) -> float:
    def named(text: str) -> int:
        return sum(bool(words.search(text)) for words in PURPOSE_WORDS.values())

    several = any(named(text) >= 2 for text in texts)
    return _share(named(text) >= 1 and len(text) < 400 for text in texts) if several else 0.0


_PLAIN_ANSWER = re.compile(r"^(y|n|yes|no|true|false|x|✓|✔|maybe|ask me first)\W*$", re.IGNORECASE)


def _spoken(_: Sequence[Any], texts: Sequence[str]) -> float:
    return _share(not _PLAIN_ANSWER.search(text) for text in texts)


_TOLD_BY_VALUES: tuple[tuple[str, Share, float], ...] = (
    ("email", _matching(_EMAIL), 0.85),
    ("phone", _matching(_PHONE), 0.80),
    ("postcode_district", _matching(_POSTCODE), 0.80),
    ("region", _matching(_REGION), 0.80),
    (PERMISSIONS, _permission_lists, 0.75),
    ("last_answer_at", _instants, 0.60),
    ("gender", lambda _, texts: _share(bool(_GENDER.match(t)) and len(t) > 1 for t in texts), 0.60),
)
_FITS: dict[str, Share] = {
    "email": _matching(_EMAIL),
    "phone": lambda _, texts: _share(len(re.sub(r"\D", "", text)) >= 9 for text in texts),
    "postcode_district": _matching(re.compile(r"^\s*[a-z]{1,2}\s*\d", re.I)),
    "region": lambda _, texts: _share(len(text) > 3 for text in texts),
    "last_answer_at": _dates,
    "joined_on": _dates,
    "age_band": _matching(re.compile(r"\d|old|prefer not", re.I)),
    "gender": _matching(_GENDER),
    "start_year": _matching(_NUMBERISH),
    "permission": _matching(_YES_NO),
    **dict.fromkeys(("experience_text", "interests_text", "avoid_text", "availability_text"), _spoken),
    FULL_NAME: lambda _, texts: _share(not re.search(r"\d|@", text) for text in texts),
    "first_name": lambda _, texts: _share(not re.search(r"\d|@", text) and len(text) < 40 for text in texts),
    "last_name": lambda _, texts: _share(not re.search(r"\d|@", text) and len(text) < 40 for text in texts),
}


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _samples(values: Sequence[Any]) -> tuple[str, ...]:
    different = dict.fromkeys(_text(value)[:80] for value in values)
    return tuple(different)[:_SAMPLES]
