"""The only way to write: one transaction that also records, value by value, what it changed."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Date, event, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, object_mapper

from matcher import clock
from matcher.errors import UserError
from matcher.model import Base, Batch, Change, ConsentEvent, ConsentText, Instant, ListDraw, Setting
from matcher.storage import ledger_end
from matcher.storage.background_writer import BackgroundWriter
from matcher.storage.bulk import by_column, insert_columns, insert_rows
from matcher.storage.copies import DATABASE
from matcher.storage.engine import damage_explained, fault_explained
from matcher.storage.store import Store

UNLOGGED: tuple[type[Base], ...] = (Batch, Change, ConsentEvent, ConsentText, ListDraw)
"""The log itself, and what is its own history: the ledger, and lots that fell, which no undo lets fall again."""

_BULK = 5_000
_MANY = 1_000
"""From so many rows on they are written while the next are made ready."""
_PLACE = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}


class Unit:
    """A unit of work: its ``session``, its ``batch_id`` (the revision it makes) and its instant ``now``."""

    def __init__(self, store: Store, session: Session, batch: Batch) -> None:
        self.store = store
        self.session = session
        self.batch_id = batch.id
        self.now = batch.at
        self._seen: list[dict[str, Any]] = []
        self._next_ids: dict[str, int] = {}
        self._behind: BackgroundWriter | None = None
        event.listen(session, "before_flush", self._note_changes)
        event.listen(session, "after_flush", self._log_changes)

    def insert(self, mapped: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Insert many rows of one class by column name, logged; return their keys in order.

        Rows must have the same columns. A missing integer key is given out here: the write lock is held, so
        the next free number is known, which is far faster than asking the database row by row.
        """
        if not rows:
            return []
        return self.insert_columns(mapped, by_column(rows))

    def insert_columns(self, mapped: type[Base], columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        """As ``insert``, of at least one row, given column by column."""
        table: Any = mapped.__table__
        key = mapped.__mapper__.primary_key[0].name
        count = len(next(iter(columns.values())))
        if key not in columns:
            first = self._next_id(table.name)
            self._next_ids[table.name] = first + count
            columns = {key: range(first, first + count), **columns}
        else:
            self._next_ids.pop(table.name, None)
        self._write_behind(count)
        for start in range(0, count, _BULK):
            chunk = {name: values[start : start + _BULK] for name, values in columns.items()}
            insert_columns(self.session.connection(), table, chunk, self._behind)
            if mapped not in UNLOGGED:
                self._write_new(mapped, chunk[key])
        return list(columns[key])

    def _write_new(self, mapped: type[Base], keys: Sequence[Any]) -> None:
        entry = self._entry(mapped, "", "*", None, "new")
        columns = {name: [value] * len(keys) for name, value in entry.items()} | {"entity_id": list(map(str, keys))}
        insert_columns(self.session.connection(), Change.__table__, columns, self._behind)  # type: ignore[arg-type]

    def insert_unlogged(self, mapped: type[Base], columns: Mapping[str, Sequence[Any]]) -> None:
        """Insert many rows of a class that is its own history, column by column, their keys among them."""
        assert mapped in UNLOGGED
        table: Any = mapped.__table__
        self._next_ids.pop(table.name, None)
        self._write_behind(len(next(iter(columns.values()))))
        insert_columns(self.session.connection(), table, columns, self._behind)

    def _write_behind(self, rows: int) -> None:
        if rows >= _MANY and self._behind is None:
            self._behind = BackgroundWriter(self.session.connection())

    def _next_id(self, table: str) -> int:
        """The next number of an AUTOINCREMENT table; one that was ever used never comes again.

        Those of all tables are asked for at once: whoever asks waits for what is still being written.
        """
        if table not in self._next_ids:
            rows = self.session.connection().execute(text("SELECT name, seq FROM sqlite_sequence"))
            used = {row.name: int(row.seq) for row in rows}
            self._next_ids = {name: used.get(name, 0) + 1 for name in _PLACE} | self._next_ids
        return self._next_ids[table]

    def settle(self) -> None:
        """Wait for what is still being written. Raises what went wrong with it."""
        if self._behind is not None:
            self._behind.wait()

    def close(self) -> None:
        """Let go of the thread that writes, if there is one."""
        if self._behind is not None:
            self._behind.close()

    def has_written(self) -> bool:
        """Whether anything was recorded: a value that changed, or an entry of the ledger."""
        return any(
            self.session.scalar(select(log.id).where(log.batch_id == self.batch_id).limit(1))
            for log in (Change, ConsentEvent)
        )

    def _entry(self, mapped: type[Base], key: object, field: str, before: Any, after: Any) -> dict[str, Any]:
        return {
            "batch_id": self.batch_id, "entity": mapped.__tablename__, "entity_id": str(key),
            "field": field, "before": before, "after": after,
        }  # fmt: skip

    def _note_changes(self, session: Session, context: object, instances: object) -> None:
        self._seen = []  # a flush that failed left its notes behind
        self._next_ids.clear()  # what is new takes its number from the database
        for item in _logged(session.dirty):
            self._seen += self._changed_values(item)
        for item in reversed(_logged(session.deleted)):
            self._seen.append(self._entry(type(item), _key_of(item), "*", snapshot(item), None))

    def _changed_values(self, item: Base) -> Iterator[dict[str, Any]]:
        for attribute in object_mapper(item).column_attrs:
            history = inspect(item).attrs[attribute.key].history
            if history.has_changes():
                column = attribute.columns[0]
                before = as_json(history.deleted[0] if history.deleted else self._stored(item, column))
                after = as_json(getattr(item, attribute.key))
                yield self._entry(type(item), _key_of(item), column.name, before, after)

    def _stored(self, item: Base, column: ColumnElement[Any]) -> Any:
        """The value in the database: the session does not know it when it was overwritten before it was read."""
        primary = inspect(type(item)).primary_key[0]
        return self.session.connection().scalar(select(column).where(primary == _key_of(item)))

    def _log_changes(self, session: Session, context: object) -> None:
        new = [self._entry(type(item), _key_of(item), "*", None, "new") for item in _logged(session.new)]
        self._write(self._seen + new)
        self._seen = []

    def _write(self, entries: list[dict[str, Any]]) -> None:
        insert_rows(self.session.connection(), Change.__table__, entries, self._behind)  # type: ignore[arg-type]


@contextlib.contextmanager
def work(store: Store, what: str, *, undoes: int | None = None) -> Iterator[Unit]:
    """Open a unit of work called ``what`` (“import members”). Commits at the end, or leaves nothing at all.

    Raises UserError when the disk is full, the store cannot be written, or a guard of the database refuses.
    """
    try:
        with (
            fault_explained(store.path),
            damage_explained(store.path / DATABASE),
            Session(store.writer, autoflush=True) as session,
            session.begin(),
        ):
            batch = Batch(what=what, at=clock.now(), undoes=undoes)
            session.add(batch)
            session.flush()
            unit = Unit(store, session, batch)
            try:
                yield unit
                session.flush()
                unit.settle()
                if undoes is None and not unit.has_written():
                    session.delete(batch)
                end = ledger_end.later_end(store.path, store.keys, session)
            finally:
                unit.close()
        if end:
            ledger_end.keep(store.path, store.keys, end)
    except IntegrityError as error:
        raise _refused(error) from error


def _logged(items: Iterable[Any]) -> list[Base]:
    """The items the log speaks of, parents first: taken back in reverse, no row goes before its children."""
    return sorted(
        (item for item in items if not isinstance(item, UNLOGGED)), key=lambda item: _PLACE[item.__tablename__]
    )


def _refused(error: IntegrityError) -> UserError:
    reason = str(error.orig)
    plain = reason[:1].upper() + reason[1:]
    return UserError(f"{plain}. Nothing was changed.")


def _key_of(item: Any) -> object:
    return inspect(item).mapper.primary_key_from_instance(item)[0]


def snapshot(item: Any) -> dict[str, Any]:
    """Every column of a mapped object as JSON values."""
    return {
        attribute.columns[0].name: as_json(getattr(item, attribute.key))
        for attribute in object_mapper(item).column_attrs
    }


def as_json(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return clock.as_utc(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def from_json(column: ColumnElement[Any], value: Any) -> Any:
    """The value of a column from what ``as_json`` kept."""
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def revision(session: Session, *, before: int | None = None) -> int:
    """The newest revision of the store: the id of the last unit of work that changed something.

    ``before`` is the id of a unit under way that is not to count.
    """
    newest = select(Batch.id).order_by(Batch.id.desc()).limit(1)
    return session.scalar(newest if before is None else newest.where(Batch.id < before)) or 0


def setting(session: Session, name: str, default: Any = None) -> Any:
    """The value of a setting, or ``default``."""
    found = session.get(Setting, name)
    return default if found is None else found.value


def put_setting(unit: Unit, name: str, value: Any) -> None:
    """Write a setting."""
    found = unit.session.get(Setting, name)
    if found is None:
        unit.session.add(Setting(name=name, value=value))
    else:
        found.value = value
