"""Starting the reading child, listening to it, and stopping it (time, memory, cancel)."""

import contextlib
import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from matcher.errors import UserError
from matcher.files.readers.child import Message, restored
from matcher.files.readers.faults import damaged
from matcher.files.readers.limits import SECONDS
from matcher.helper_process import LINE_BYTES
from matcher.processes import command
from matcher.progress import Progress

CHILD = "matcher.files.readers.child"
_POLL_SECONDS = 0.1
_QUEUED_LINES = 64


class ReaderFailed(Exception):  # noqa: N818 - turned into a UserError, or tried again, by the caller
    """The child died, ran out of time or memory, or met a file that its library cannot take."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)

    def as_user_error(self, name: str) -> UserError:
        """The sentence for people; ``name`` is the file's."""
        what = {
            "memory": "Reading this file needs too much memory, so it was stopped.",
            "time": f"Reading this file took longer than {SECONDS:.0f} seconds, so it was stopped.",
        }.get(self.cause)
        if what is None:
            return damaged(name)
        return UserError(what, where=name, todo="If it is really yours, split it into smaller files.")


def check_file(path: Path, limit: int) -> None:
    """Raise UserError for what cannot be opened: missing, a folder, not readable, empty, over ``limit`` bytes."""
    try:
        if path.is_dir():
            raise UserError("This is a folder, not a file.", where=path.name, todo="Choose a file inside it.")
        with path.open("rb") as file:
            size = file.seek(0, 2)
    except FileNotFoundError as error:
        raise UserError("There is no such file.", where=path.name, todo="Check its name and place.") from error
    except PermissionError as error:
        raise UserError(
            "This file may not be read.", where=path.name, todo="Close it in other programs or copy it elsewhere."
        ) from error
    except (OSError, ValueError) as error:
        raise UserError(
            "This file cannot be opened.", where=path.name, todo="Copy it to this computer first."
        ) from error
    if not size:
        raise UserError("The file is empty.", where=path.name, todo="Choose another file.")
    if size > limit:
        raise UserError(
            f"The file is larger than {limit // 1_000_000} MB.",
            where=path.name,
            todo="Split it into smaller files.",
        )


def nothing_else() -> bool:
    """What is done while the child works, when there is nothing to do."""
    return False


def run(
    order: Message,
    name: str,
    progress: Progress,
    what: str,
    *,
    seconds: float = SECONDS,
    meanwhile: Callable[[], bool] = nothing_else,
) -> Iterator[Message]:
    """Yield the child's messages for ``order``; ``name`` is the file's name for errors.

    ``meanwhile`` does a short piece of other work whenever the child has said nothing new, and returns whether
    there was any: what the child says is always taken first, so that it is hardly kept waiting. Raises UserError
    for what the child could explain, ReaderFailed for what it could not. Closing the iterator, or a progress that
    raises Cancelled, kills the child.
    """
    deadline = time.monotonic() + seconds
    with subprocess.Popen(  # noqa: S603 - our own program, no shell, no word from outside
        command(CHILD),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=LINE_BYTES,
        creationflags=_no_window(),
    ) as child:
        lines: queue.Queue[bytes] = queue.Queue(_QUEUED_LINES)
        stopped = threading.Event()
        pump = threading.Thread(target=_pump, args=(child.stdout, lines, stopped), daemon=True)
        pump.start()
        try:
            _tell(child.stdin, order)
            while True:
                line = _next_line(lines, deadline, progress, what, meanwhile)
                message = understood(line)
                if "end" in message:
                    return
                raise_failure(message)
                yield message
        finally:
            stopped.set()
            child.kill()
            pump.join()


def _no_window() -> int:
    return getattr(subprocess, "CREATE_NO_WINDOW", 0)


def _tell(stdin: IO[bytes] | None, order: Message) -> None:
    assert stdin is not None
    try:
        stdin.write(json.dumps(order).encode("ascii") + b"\n")
        stdin.close()
    except (BrokenPipeError, OSError) as error:
        raise ReaderFailed("start") from error


def _pump(stdout: IO[bytes], lines: "queue.Queue[bytes]", stopped: threading.Event) -> None:
    """Move lines from the pipe into the queue; an empty line says that the child has ended."""
    try:
        for line in stdout:
            _put(lines, line, stopped)
            if stopped.is_set():
                return
    except (OSError, ValueError):
        pass
    _put(lines, b"", stopped)


def _put(lines: "queue.Queue[bytes]", line: bytes, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            lines.put(line, timeout=_POLL_SECONDS)
        except queue.Full:
            continue
        return


def _next_line(
    lines: "queue.Queue[bytes]", deadline: float, progress: Progress, what: str, meanwhile: Callable[[], bool]
) -> bytes:
    while True:
        with contextlib.suppress(queue.Empty):
            return lines.get_nowait()
        if not meanwhile():
            with contextlib.suppress(queue.Empty):
                return lines.get(timeout=_POLL_SECONDS)
        progress(0, 0, what)
        if time.monotonic() > deadline:
            raise ReaderFailed("time")


def understood(line: bytes) -> Message:
    """A message of the child. Rows stay as they came (see ``workbooks.Rows``), so only their envelope is read."""
    if not line.endswith(b"\n"):
        raise ReaderFailed("died")
    if line.startswith(b'{"rows":'):
        return {"rows": line}
    try:
        message = json.loads(line, object_hook=restored)
    except ValueError as error:
        raise ReaderFailed("died") from error
    if not isinstance(message, dict):
        raise ReaderFailed("died")
    return message


def raise_failure(message: Message) -> None:
    """Raise UserError for what the child could explain, ReaderFailed for what it could not."""
    if "error" in message:
        raise UserError(message["error"]["what"], where=message["error"]["where"], todo=message["error"]["todo"])
    if "failed" in message:
        raise ReaderFailed(message["failed"])
