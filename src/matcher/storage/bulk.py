"""Many rows into one table: the statement and the way each column is stored are worked out once, not row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Column, Connection, Dialect, Table, bindparam, insert

from matcher.model import Instant
from matcher.storage.background_writer import BackgroundWriter
from matcher.turns import in_turn

_Way = Callable[[Any], Any]


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], behind: BackgroundWriter | None = None
) -> None:
    """Insert ``rows``, which all have the columns of the first one; a column left out takes its default.

    With ``behind`` they are made ready, and written while whoever asked goes on.
    """
    if rows:
        insert_columns(connection, table, by_column(rows), behind)


def by_column(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Rows, of which there is at least one, column by column; all have the columns of the first one."""
    names = tuple(rows[0])
    return dict(zip(names, zip(*map(_taker(names), rows), strict=True), strict=True))


def insert_columns(
    connection: Connection, table: Table, given: Mapping[str, Sequence[Any]], behind: BackgroundWriter | None = None
) -> None:
    """As ``insert_rows``, of rows that are given column by column; there is at least one."""
    columns = dict(given)
    count = len(next(iter(columns.values())))
    for column in table.columns:
        if column.key not in columns and column.default is not None:
            make = _default(column.default)
            columns[column.key] = [make() for _ in range(count)]
    stored: dict[str, Sequence[Any]] = {}
    for column in table.columns:
        if column.key in columns:
            values = _stored(columns[column.key], column.type, connection.dialect)
            if not (_may_be_left_out(column) and _is_empty(values)):
                stored[column.key] = values
    tuples = list(zip(*stored.values(), strict=True))
    done = 0
    for count in in_turn(_portions(len(tuples), max(_VALUES // len(stored), 1))):
        statement = _statement(table, tuple(stored), count, connection.dialect)
        taken = tuple(chain.from_iterable(tuples[done : done + count]))
        done += count
        if behind is None:
            connection.exec_driver_sql(statement, taken)
        else:
            behind.execute(statement, taken)


def _may_be_left_out(column: Column[Any]) -> bool:
    """Whether a column holds nothing where a statement does not name it."""
    return bool(column.nullable) and column.server_default is None


def _is_empty(values: Sequence[Any]) -> bool:
    return values[0] is None and all(value is None for value in values)


def _portions(rows: int, most: int) -> Iterator[int]:
    """How many rows each statement takes: as many as can be, and of what is left the powers of two, so that there
    are few different statements, and never one for every row."""
    yield from repeat(most, rows // most)
    left = rows % most
    while left:
        yield (some := 1 << left.bit_length() - 1)
        left -= some


def _taker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """What takes these values of a row, in this order."""
    if len(names) == 1:
        return lambda row: (row[names[0]],)
    return itemgetter(*names)


@lru_cache(maxsize=256)
def _statement(table: Table, names: tuple[str, ...], rows: int, dialect: Dialect) -> str:
    """The statement for so many rows; it takes their values row by row, in the order of the table's columns."""
    one = str(insert(table).values({name: bindparam(name) for name in names}).compile(dialect=dialect))
    head, values, row = one.rpartition(" VALUES ")
    return head + values + ", ".join([row] * rows)


_VALUES = 20_000
"""So many values go into one statement: one of many rows takes a quarter less time than many of one row, and who
writes behind waits for a turn after each. SQLite takes 32,766."""


def _default(default: Any) -> Callable[[], Any]:
    """What makes the value of a column that no row gives."""
    return (lambda: default.arg(None)) if default.is_callable else (lambda: default.arg)


class _Once(dict[Any, Any]):
    """Values as they are stored, each different one worked out once."""

    def __init__(self, way: _Way) -> None:
        self._way = way

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self._way(value)
        return found


def _stored(values: Sequence[Any], kind: Any, dialect: Dialect) -> Sequence[Any]:
    """The values of one column as the database keeps them."""
    way: _Way | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if way is None:
        return values
    if isinstance(kind, JSON):
        return _stored_json(values, way)
    once = _Once(_instant if isinstance(kind, Instant) else way)
    return list(map(once.__getitem__, values))


def _stored_json(values: Sequence[Any], way: _Way) -> list[Any]:
    """Lists are known again by how they are written: in JSON 1, 1.0 and true are three values, though Python calls
    them equal."""
    once = _Once(way)
    lists: dict[str, Any] = {}
    stored = []
    for value in values:
        if isinstance(value, str | None):
            stored.append(once[value])
        elif type(value) is list:
            written = repr(value)
            known = lists.get(written)
            if known is None:
                known = lists[written] = way(value)
            stored.append(known)
        else:
            stored.append(way(value))
    return stored


def _instant(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it, whose way takes three times as long."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
