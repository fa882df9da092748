"""Errors meant for the person at the keyboard; everything else is a bug."""


class UserError(Exception):
    """Something she can understand and act on.

    ``what`` happened, ``where`` (a file, sheet, row or cell) and what ``todo`` next, each a plain phrase.
    ``str()`` joins them into the text shown on screen and on stderr.
    """

    def __init__(self, what: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__(what)

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} {self.todo}" if self.todo else text


class DamagedError(UserError):
    """A store that cannot be read: what its backups are for."""


class Cancelled(Exception):  # noqa: N818 - not a failure: she pressed Cancel
    """Raised inside a long verb when she cancels it; nothing of it is kept."""
