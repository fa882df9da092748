"""How a long verb tells what it is doing, and learns that it was cancelled."""

from typing import Protocol


class Progress(Protocol):
    """Called between batches with how many are ``done`` of ``total`` (0: not known) and ``what`` is happening.

    It may raise ``matcher.errors.Cancelled``; the verb then leaves nothing half-done.
    """

    def __call__(self, done: int, total: int, what: str) -> None: ...


def silent(done: int, total: int, what: str) -> None:
    """A progress that nobody watches."""
