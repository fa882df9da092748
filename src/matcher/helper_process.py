"""A second process that takes lines and answers with lines, while this one goes on with its own work."""

import contextlib
import queue
import subprocess
import threading
from typing import Self

from matcher.processes import command

LINE_BYTES = 1 << 20
"""A long line is read in few pieces: after each the thread that reads waits for its turn."""


class HelperProcess:
    """A process that runs ``main()`` of a module of the core, and is gone when this is closed.

    It reads lines on standard input until there are no more and writes its answers on standard output. Lines go
    both ways through queues, so that neither side waits for the other to take what it says.
    """

    def __init__(self, module: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell, no word from outside
            command(module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=LINE_BYTES,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._said: queue.Queue[bytes] = queue.Queue()
        self._heard: queue.Queue[bytes] = queue.Queue()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._feed, self._listen)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def say(self, line: bytes) -> None:
        """Hand over a line, its end included; it is sent as soon as the process takes it."""
        self._said.put(line)

    def heard(self, seconds: float = 0.0) -> bytes | None:
        """The next line that came back, after at most so many seconds; None: none yet, ``b""``: it has ended."""
        try:
            return self._heard.get(timeout=seconds) if seconds else self._heard.get_nowait()
        except queue.Empty:
            return None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._said.put(b"")
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _feed(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with contextlib.suppress(OSError, ValueError):  # it has ended, as the listener finds too
            while line := self._said.get():
                pipe.write(line)
                pipe.flush()

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        with contextlib.suppress(OSError, ValueError):
            for line in pipe:
                self._heard.put(line)
        self._heard.put(b"")
