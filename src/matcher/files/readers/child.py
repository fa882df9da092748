"""The process in which hostile files are opened: one file, then it ends.

It is told what to do by one JSON line on standard input (``{"job", "path", ...}``, so that no path shows in the
list of processes) and answers with JSON lines on standard output: what the job yields, then ``{"end": true}``,
or ``{"error": {...}}``. Nothing is pickled.
"""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from matcher.errors import UserError
from matcher.files.readers.limits import MEMORY_BYTES

Message = dict[str, Any]


def jobs() -> dict[str, Callable[[Message], Iterator[Message]]]:
    """The jobs a child can do; imported late so that each child loads only what it needs."""
    return {"workbook": _workbook, "document": _document}


def _workbook(order: Message) -> Iterator[Message]:
    from matcher.files.readers.spreadsheets import messages

    gc.disable()  # rows hold no circles, and looking for some takes a tenth of the time
    return messages(order)


def _document(order: Message) -> Iterator[Message]:
    from matcher.files.readers.parsing import messages

    return messages(order)


def plain(value: object) -> Message:
    """JSON for the kinds it lacks; ``restored`` turns it back."""
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(type(value).__name__)


def restored(value: Message) -> Any:
    """The date or time that ``plain`` wrote; any other object as it is."""
    if len(value) != 1:
        return value
    ((name, text),) = value.items()
    if name == "datetime":
        return datetime.fromisoformat(text)
    if name == "date":
        return date.fromisoformat(text)
    return time.fromisoformat(text) if name == "time" else value


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit and the checks before reading remain
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # macOS refuses some limits
        return


def answers(order: Message) -> Iterator[Message]:
    """What the job yields; whatever goes wrong ends as one message, never as a traceback."""
    try:
        yield from jobs()[order["job"]](order)
        yield {"end": True}
    except UserError as error:
        yield {"error": {"what": error.what, "where": error.where, "todo": error.todo}}
    except MemoryError:
        yield {"failed": "memory"}
    except KeyboardInterrupt:
        return
    except BaseException as error:  # noqa: BLE001 - readers written in Rust and C raise beyond Exception
        yield {"failed": type(error).__name__}


def line(message: Message) -> bytes:
    """A message as it is sent."""
    return json.dumps(message, default=plain, separators=(",", ":")).encode("ascii") + b"\n"


def main() -> None:
    """Read the order, do the job, answer. Ends the process without running anybody's exit handlers."""
    _limit_memory()
    order = json.loads(sys.stdin.buffer.readline())
    with os.fdopen(os.dup(1), "wb", buffering=1 << 16) as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not spoil the answers
        try:
            for message in answers(order):
                out.write(line(message))
                out.flush()
        except BrokenPipeError:
            os._exit(0)
    os._exit(0)


if __name__ == "__main__":
    main()
