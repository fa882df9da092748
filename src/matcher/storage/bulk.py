"""Many rows into one table: the statement and the way each column is stored are worked out once, not row by row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table, insert

_Way = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``, which all have the columns of the first one; a column left out takes its default."""
    if not rows:
        return
    defaults = {
        column.key: _default(column.default)
        for column in table.columns
        if column.key not in rows[0] and column.default is not None
    }
    names = [*rows[0], *defaults]
    statement = insert(table).compile(dialect=connection.dialect, column_keys=names)
    ways = [(name, _way(table.columns[name].type, connection.dialect)) for name in statement.positiontup or ()]
    if defaults:
        rows = [{**{name: make() for name, make in defaults.items()}, **row} for row in rows]
    values = [tuple([row[name] if way is None else way(row[name]) for name, way in ways]) for row in rows]
    connection.exec_driver_sql(str(statement), values)


def _default(default: Any) -> Callable[[], Any]:
    """What makes the value of a column that no row gives."""
    return (lambda: default.arg(None)) if default.is_callable else (lambda: default.arg)


def _way(kind: Any, dialect: Dialect) -> _Way | None:
    """How values of a column type are stored, each different one worked out once; None when as they are."""
    way: _Way | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if way is None:
        return None
    stored: dict[Any, Any] = {}
    only_text = isinstance(kind, JSON)  # in JSON 1, 1.0 and true are three values, though Python calls them equal

    def once(value: Any) -> Any:
        if only_text and not isinstance(value, str | None):
            return way(value)
        found = stored.get(value, stored)
        if found is stored:
            found = stored[value] = way(value)
        return found

    return once
