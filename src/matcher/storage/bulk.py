"""Many rows into one table: the statement and the way each column is stored are worked out once, not row by row."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table, bindparam, insert

_Way = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, which all have the columns of the first one; a column left out takes its default."""
    if not rows:
        return
    columns = {name: [row[name] for row in rows] for name in rows[0]}
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
            connection.exec_driver_sql(several, tuple(chain.from_iterable(tuples[start : start + at_once])))
    if tuples[in_whole:]:
        connection.exec_driver_sql(_statement(table, names, 1, connection.dialect), tuples[in_whole:])


@lru_cache(maxsize=64)
def _statement(table: Table, names: tuple[str, ...], rows: int, dialect: Dialect) -> str:
    """The statement for so many rows; it takes their values row by row, in the order of the table's columns."""
    given: list[dict[str, Any]] = [
        {name: bindparam(f"{name}_{number}") for name in names} for number in range(rows)
    ]
    return str(insert(table).values(given).compile(dialect=dialect, column_keys=names))


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
