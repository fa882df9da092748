"""Statements carried out behind the back of the one transaction, while the next rows are made ready.

The database works without Python's lock, so a large import writes and prepares at once. Order and errors are those
of one thread: whatever else is asked of the connection waits until all is written that was said before.
"""

import queue
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from matcher.turns import quick_turns

_AHEAD = 256
"""So many statements wait at most: they hold their values in memory."""

_Statement = tuple[str, Sequence[Any]]


class BackgroundWriter:
    """One connection's statements, carried out in order by a thread of their own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._raw: Any = connection.connection.driver_connection
        self._waiting: queue.Queue[_Statement | None] = queue.Queue(_AHEAD)
        self._failed: tuple[str, BaseException] | None = None
        self._over = False
        self._thread = threading.Thread(target=self._work, name="storage-behind", daemon=True)
        self._turns = ExitStack()
        self._turns.enter_context(quick_turns())
        self._thread.start()
        event.listen(connection, "before_cursor_execute", self._wait_first)

    def execute(self, statement: str, values: Sequence[Any]) -> None:
        """Carry out a statement later."""
        self._raise()
        self._waiting.put((statement, values))

    def wait(self) -> None:
        """Return when everything is carried out. Raises what the first statement raised that could not be."""
        self._waiting.join()
        self._raise()

    def close(self) -> None:
        """Let the thread go. What was not waited for is not wanted any more, and is left undone."""
        self._over = True
        self._waiting.put(None)
        self._thread.join()
        self._turns.close()
        event.remove(self._connection, "before_cursor_execute", self._wait_first)

    def _wait_first(self, *_: object) -> None:
        self.wait()

    def _raise(self) -> None:
        if self._failed:
            statement, error = self._failed
            known = self._connection.dialect.loaded_dbapi.Error
            raise DBAPIError.instance(statement, None, error, known, dialect=self._connection.dialect) from error

    def _work(self) -> None:
        cursor = self._raw.cursor()
        while (taken := self._waiting.get()) is not None:
            statement, values = taken
            try:
                if not (self._failed or self._over):
                    cursor.execute(statement, values)
            except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
                self._failed = statement, error
            finally:
                self._waiting.task_done()
        cursor.close()
