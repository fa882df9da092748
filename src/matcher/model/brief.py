"""The brief: what a request says, in one closed schema (published in docs/brief.md)."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from matcher.errors import UserError
from matcher.model.words import (
    Anonymity,
    Audience,
    CriterionField,
    EthicsStatus,
    Format,
    Op,
    Recording,
    Strength,
)

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a person must have, or had better have.

    ``value`` is a scalar, a list of scalars (``any_of``, ``none_of``, ``between``) or, for ``within``,
    ``{"place": str, "miles": number}`` or ``{"place": str, "minutes": number}``. ``text`` is the
    requester's own phrase for it. Criteria on ``words`` compare with what a member wrote.
    """

    strength: Strength
    field: CriterionField
    op: Op
    value: Scalar | list[Scalar] | dict[str, Scalar]
    text: str = ""


@dataclass(frozen=True, slots=True)
class PeopleWanted:
    """How many people; either bound may be unknown. ``per_place`` when the number is for each place."""

    min: int | None = None
    max: int | None = None
    per_place: bool = False
    text: str = ""

    @property
    def spoken(self) -> str:
        """“6 to 8 people”, “up to 30 people”, “at least 5 people for each place”; empty when it is not said."""
        match self.min or 0, self.max or 0:
            case 0, 0:
                return ""
            case low, 0:
                number = f"at least {low}"
            case 0, high:
                number = f"up to {high}"
            case low, high:
                number = f"{low} to {high}" if low != high else str(low)
        each = " for each place" if self.per_place else ""
        return f"{number} {'person' if number.endswith(' 1') or number == '1' else 'people'}{each}"


@dataclass(frozen=True, slots=True)
class Session:
    """A dated occasion to take part in; a member who says yes picks one."""

    on: date
    until: date | None = None
    time: str = ""
    place: str = ""
    remote: bool | None = None
    label: str = ""

    @property
    def key(self) -> str:
        """What a yes that picked this occasion is kept under: its day, time and place, as text."""
        return " ".join(part for part in (self.on.isoformat(), self.time, self.place) if part)


@dataclass(frozen=True, slots=True)
class Payment:
    """What a person gets for taking part: ``amount`` in pounds unless ``currency`` says otherwise, 0 for unpaid."""

    amount: float | None = None
    currency: str = "GBP"
    kind: str = ""
    per: str = "person"
    expenses: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ethics:
    """Where the ethics review stands, who gave it and under which reference."""

    status: EthicsStatus = EthicsStatus.UNKNOWN
    body: str = ""
    reference: str = ""

    @property
    def only_claimed(self) -> bool:
        """Whether they say that no review is needed, and not who decided that."""
        return self.status is EthicsStatus.EXEMPT and not (self.body or self.reference)


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a request says. Empty text and None mean that it does not say."""

    title: str
    audience: Audience = Audience.SECTOR
    requester: str = ""
    requester_role: str = ""
    contact: str = ""
    organisation: str = ""
    text: str = ""
    topics: tuple[str, ...] = ()
    format: Format = Format.OTHER
    involvement: bool = False
    people_wanted: PeopleWanted = PeopleWanted()
    places: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    remote: bool | None = None
    deadline: date | None = None
    deadline_text: str = ""
    sessions: tuple[Session, ...] = ()
    duration_minutes: int | None = None
    commitment: str = ""
    payment: Payment = Payment()
    ethics: Ethics = Ethics()
    anonymity: Anonymity = Anonymity.NOT_STATED
    recording: Recording = Recording.NOT_STATED
    who_sees: str = ""
    comes_back: str = ""
    criteria: tuple[Criterion, ...] = ()

    def musts(self) -> tuple[Criterion, ...]:
        """The criteria that must hold."""
        return tuple(c for c in self.criteria if c.strength is Strength.MUST)

    def prefers(self) -> tuple[Criterion, ...]:
        """The criteria that had better hold."""
        return tuple(c for c in self.criteria if c.strength is Strength.PREFER)


def brief_to_json(brief: Brief) -> dict[str, Any]:
    """The brief as plain JSON values; dates are ISO text."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(brief), default=date.isoformat))
    return plain


def brief_from_json(data: object) -> Brief:
    """Read a brief from JSON values.

    A criterion on a field that the schema does not know is kept as ``words``, never dropped.
    Raises UserError naming the key and what would be right.
    """
    if not isinstance(data, Mapping):
        raise UserError("A brief must be one JSON object.", todo="See docs/brief.md for its fields.")
    brief: Brief = _read(Brief, _known_criteria(dict(data)), "brief")
    if not brief.title.strip():
        raise UserError("The brief has no title.", where="title", todo="Give the request a short title.")
    return brief


def _known_criteria(data: dict[str, Any]) -> dict[str, Any]:
    known = {field.value for field in CriterionField}
    criteria = data.get("criteria", [])
    if not isinstance(criteria, list | tuple):
        return data
    kept = [_as_words(c) if isinstance(c, Mapping) and c.get("field") not in known else c for c in criteria]
    return data | {"criteria": kept}


def _as_words(criterion: Mapping[str, Any]) -> dict[str, Any]:
    value = criterion.get("value")
    spoken = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    text = str(criterion.get("text") or f"{criterion.get('field', '')} {spoken}".strip())
    return {
        "strength": criterion.get("strength", "prefer"),
        "field": CriterionField.WORDS.value,
        "op": Op.HAS.value,
        "value": text,
        "text": text,
    }


def _read(kind: Any, value: Any, where: str) -> Any:
    """Turn a JSON value into ``kind``: a dataclass, an enum, a date, a tuple or a scalar."""
    if get_origin(kind) in (Union, UnionType):
        return _read_union(kind, value, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_dataclass(kind, value, where)
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise _wrong(where, "a list")
        return tuple(_read(get_args(kind)[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if get_origin(kind) is list and isinstance(value, list):
        return [_read(get_args(kind)[0], item, f"{where}[{i}]") for i, item in enumerate(value)]
    if get_origin(kind) is dict and isinstance(value, dict):
        return {str(k): _read(get_args(kind)[1], v, f"{where}.{k}") for k, v in value.items()}
    return _read_scalar(kind, value, where)


def _read_dataclass(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise _wrong(where, "an object")
    hints = _hints(kind)
    for key in value:
        if key not in hints:
            close = difflib.get_close_matches(str(key), hints, n=1)
            todo = f"Did you mean “{close[0]}”?" if close else f"It knows: {', '.join(hints)}."
            raise UserError(f"The brief has no field “{key}”.", where=where, todo=todo)
    given = {key: _read(hints[key], item, f"{where}.{key}") for key, item in value.items()}
    missing = [f.name for f in fields(kind) if f.name not in given and _is_required(kind, f.name)]
    if missing:
        raise UserError(f"“{missing[0]}” is missing.", where=where, todo="See docs/brief.md.")
    return kind(**given)


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Field -> its type, looked up once: every request that is read asks for it."""
    return get_type_hints(kind)


def _is_required(kind: type, name: str) -> bool:
    field = {f.name: f for f in fields(kind)}[name]
    return field.default is MISSING and field.default_factory is MISSING


def _read_union(kind: Any, value: Any, where: str) -> Any:
    options = get_args(kind)
    if value is None and type(None) in options:
        return None
    for option in options:
        if option is type(None):
            continue
        try:
            return _read(option, value, where)
        except UserError as error:
            problem = error
    raise problem


def _read_scalar(kind: Any, value: Any, where: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        try:
            return kind(value)
        except ValueError:
            raise _wrong(where, "one of: " + ", ".join(item.value for item in kind)) from None
    if kind is date:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise _wrong(where, "a date like 2026-12-04") from None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is int and isinstance(value, bool):
        raise _wrong(where, "a whole number")
    if kind in (str, int, float, bool) and isinstance(value, kind):
        return value
    raise _wrong(where, {str: "text", int: "a whole number", float: "a number"}.get(kind, "yes or no"))


def _wrong(where: str, wanted: str) -> UserError:
    return UserError(f"This must be {wanted}.", where=where, todo="See docs/brief.md.")
