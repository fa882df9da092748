"""Many rows into one table: the statement and the way each column is stored are worked out once, not row by row."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
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
    if not rows:
        return
    given = tuple(rows[0])
    columns: dict[str, Sequence[Any]] = dict(zip(given, zip(*map(_taker(given), rows), strict=True), strict=True))
    for column in table.columns:
        if column.key not in columns and column.default is not None:
            make = _default(column.default)
            columns[column.key] = [make() for _ in rows]
    names = tuple(column.key for column in table.columns if column.key in columns)
    stored = [_stored(columns[name], table.columns[name].type, connection.dialect) for name in names]
    tuples = list(zip(*stored, strict=True))
    at_once = max(_VALUES // len(stored), 1)
    in_whole = len(tuples) // at_once * at_once
    if in_whole:
        several = _statement(table, names, at_once, connection.dialect)
        for start in range(0, in_whole, at_once):
            _carry_out(connection, behind, several, tuple(chain.from_iterable(tuples[start : start + at_once])))
    if tuples[in_whole:]:
        _carry_out(connection, behind, _statement(table, names, 1, connection.dialect), tuples[in_whole:])


def _carry_out(connection: Connection, behind: Behind | None, statement: str, values: Any) -> None:
    if behind is None:
        connection.exec_driver_sql(statement, values)
    else:
        behind.execute(statement, values, many=isinstance(values, list))


def _taker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """What takes these values of a row, in this order."""
    if len(names) == 1:
        return lambda row: (row[names[0]],)
    return itemgetter(*names)


@lru_cache(maxsize=64)
def _statement(table: Table, names: tuple[str, ...], rows: int, dialect: Dialect) -> str:
    """The statement for so many rows; it takes their values row by row, in the order of the table's columns."""
    one = str(insert(table).values({name: bindparam(name) for name in names}).compile(dialect=dialect))
    head, values, row = one.rpartition(" VALUES ")
    return head + values + ", ".join([row] * rows)


_VALUES = 6_000
"""So many values go into one statement: one of many rows takes a quarter less time than many of one row. What is
left over goes row by row, so that the database keeps two statements for each table and not one for every number."""


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
