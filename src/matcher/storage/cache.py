"""Things worked out of a store and kept beside its database, sealed: they may go at any time and are made again."""

import contextlib
from pathlib import Path

from matcher.errors import UserError
from matcher.storage.durable import write_durably
from matcher.storage.store import Store

_FOLDER = "aside"


def keep_aside(store: Store, name: str, content: bytes) -> bool:
    """Keep something under a name, in place of what was kept there; return whether it could be written."""
    try:
        (store.path / _FOLDER).mkdir(mode=0o700, exist_ok=True)
        write_durably(_place(store, name), store.seal(content))
    except OSError:
        return False
    return True


def kept_aside(store: Store, name: str) -> bytes | None:
    """What is kept under a name; None when there is nothing, or it is damaged."""
    with contextlib.suppress(OSError, UserError):
        return store.unseal(_place(store, name).read_bytes())
    return None


def forget_aside(store: Store) -> None:
    """Forget everything that was worked out: what is gone from the database may still stand in it.

    Raises OSError when it cannot be removed.
    """
    forget_aside_in(store.path)


def forget_aside_in(folder: Path) -> None:
    """`forget_aside` of the store at a path that is not open."""
    for kept in (folder / _FOLDER).glob("*"):
        kept.unlink(missing_ok=True)


def _place(store: Store, name: str) -> Path:
    return store.path / _FOLDER / name
