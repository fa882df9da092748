"""Many rows into one table: the statement and the way each column is stored are worked out once, not row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table, bindparam, insert

from matcher.storage.behind import Behind

_Way = Callable[[Any], Any]


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], behind: Behind | None = None
) -> None:
    """Insert ``rows``, which all have the columns of the first one; a column left out takes its default.

    With ``behind`` they are made ready, and written while whoever asked goes on.
    """
    if rows:
        given = tuple(rows[0])
        columns = dict(zip(given, zip(*map(_taker(given), rows), strict=True), strict=True))
        insert_columns(connection, table, columns, behind)


def insert_columns(
    connection: Connection, table: Table, given: Mapping[str, Sequence[Any]], behind: Behind | None = None
) -> None:
    """As ``insert_rows``, of rows that are given column by column; there is at least one."""
    columns = dict(given)
    count = len(next(iter(columns.values())))
    for column in table.columns:
        if column.key not in columns and column.default is not None:
            make = _default(column.default)
            columns[column.key] = [make() for _ in range(count)]
    names = tuple(column.key for column in table.columns if column.key in columns)
    stored = [_stored(columns[name], table.columns[name].type, connection.dialect) for name in names]
    tuples = list(zip(*stored, strict=True))
    done = 0
    for count in _portions(len(tuples), max(_VALUES // len(stored), 1)):
        statement = _statement(table, names, count, connection.dialect)
        values = tuple(chain.from_iterable(tuples[done : done + count]))
        done += count
        if behind is None:
            connection.exec_driver_sql(statement, values)
        else:
            behind.execute(statement, values)


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
    once = _Once(way)
    if isinstance(kind, JSON):  # in JSON 1, 1.0 and true are three values, though Python calls them equal
        return [once[value] if isinstance(value, str | None) else way(value) for value in values]
    return list(map(once.__getitem__, values))
