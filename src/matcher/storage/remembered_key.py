"""Remember on this computer: the store's key in the keyring of the system, where one answers.

Only the system's own encrypted keyrings are used, never one that writes plain text, and none that a setting names.
The library behind them is loaded when it is first wanted; it talks to this computer alone.
"""

import base64
import contextlib
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import UserError
from matcher.storage.keys import Keys, key_mark, mark_of
from matcher.storage.store import Store

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Matcher"
_SAFE = {
    "keyring.backends.Windows": "WinVaultKeyring",
    "keyring.backends.macOS": "Keyring",
    "keyring.backends.SecretService": "Keyring",
    "keyring.backends.libsecret": "Keyring",
    "keyring.backends.kwallet": "DBusKeyring",
}
"""Module -> the keyring of a system in it; all of them encrypt what they keep."""

_MARK = "remembered"


def why_not_remembered() -> str:
    """Why this computer cannot remember a key, in a sentence; empty when it can."""
    if _keyring() is not None:
        return ""
    return "This computer has no keyring that Matcher could use, so the passphrase is asked for each time."


def is_remembered(path: Path) -> bool:
    """Whether the key of the store at ``path`` was put into the keyring of this computer."""
    return (path / _MARK).is_file()


def remember_keys(store: Store) -> None:
    """Put the store's key into the keyring. Raises UserError when that does not answer; then nothing is kept."""
    keyring = _keyring()
    try:
        if keyring is None:
            raise UserError(why_not_remembered())
        keyring.set_password(SERVICE, mark_of(store.keys), base64.b64encode(store.keys.data).decode())
        (store.path / _MARK).touch()
    except UserError:
        raise
    except Exception as error:  # every keyring has errors of its own
        raise UserError("The keyring of this computer did not take it.", todo="Unlock it and try again.") from error


def remembered_keys(path: Path) -> Keys | None:
    """The key of the store at ``path`` from the keyring; None when it is not there or the keyring stays shut."""
    mark = key_mark(path)
    if mark is None or not is_remembered(path):
        return None
    with contextlib.suppress(Exception):
        keyring = _keyring()
        kept = keyring.get_password(SERVICE, mark) if keyring else None
        keys = Keys(base64.b64decode(kept, validate=True)) if kept else None
        return keys if keys and mark_of(keys) == mark else None
    return None


def forget_keys(path: Path) -> None:
    """Take the key of the store at ``path`` out of the keyring; what is not there is forgotten already."""
    mark, keyring = key_mark(path), _keyring() if is_remembered(path) else None
    if keyring is not None and mark is not None:
        with contextlib.suppress(Exception):
            keyring.delete_password(SERVICE, mark)
    (path / _MARK).unlink(missing_ok=True)


def loadable_keyrings() -> tuple[str, ...]:
    """The modules of system keyrings that this installation can load, whether one answers here or not."""
    loaded = []
    for module in _SAFE:
        with contextlib.suppress(Exception):
            importlib.import_module(module)
            loaded.append(module)
    return tuple(loaded)


def _keyring() -> "KeyringBackend | None":
    """The best of the system's keyrings that answers."""
    found: list[KeyringBackend] = []
    for module, name in _SAFE.items():
        with contextlib.suppress(Exception):  # the library or what it stands on is not here
            kind: type[KeyringBackend] = getattr(importlib.import_module(module), name)
            if kind.viable:
                found.append(kind())
    return max(found, key=lambda one: one.priority, default=None)
