"""A store that is not there any more: on a stick that was taken out, or moved while it was open."""

from pathlib import Path

from matcher.errors import UserError


def gone(folder: Path) -> UserError:
    """What to say of it."""
    return UserError(
        "The store is not there any more, and nothing was changed.",
        where=folder.name,
        todo="Put the stick or disk it is on back and try again.",
    )
