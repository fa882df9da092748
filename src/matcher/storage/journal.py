"""The journal: withdrawals and erasures, encrypted and on disk *before* they are committed.

A restore replays it, so that an old backup cannot bring back a yes that was taken back.
"""

import base64
import json
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError

from matcher.errors import UserError
from matcher.storage.copies import JOURNAL
from matcher.storage.durable import append_durably
from matcher.storage.engine import unwritable
from matcher.storage.keys import Keys
from matcher.storage.store import Store


def note(store: Store, *entries: dict[str, Any]) -> None:
    """Append entries; they are on disk when this returns."""
    box = store.keys.box("journal")
    lines = [base64.b64encode(box.encrypt(json.dumps(entry).encode())) for entry in entries]
    if lines:
        try:
            append_durably(store.path / JOURNAL, b"\n".join(lines))
        except OSError as error:
            raise unwritable(store.path) from error


def entries(store: Store) -> list[dict[str, Any]]:
    """Every entry in order. A last line torn by a crash is left out; any other damage raises UserError."""
    found, damaged = readable(store.path, store.keys)
    if damaged:
        raise UserError("The journal is damaged.", where=f"journal, line {damaged[0]}")
    return found


def readable(path: Path, keys: Keys) -> tuple[list[dict[str, Any]], tuple[int, ...]]:
    """The entries of the journal of the store at ``path`` that can be read, and the lines that cannot."""
    file = path / JOURNAL
    lines = file.read_bytes().split(b"\n") if file.exists() else []
    found: list[dict[str, Any]] = []
    damaged = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            found.append(json.loads(keys.box("journal").decrypt(base64.b64decode(line))))
        except (CryptoError, ValueError):
            if number < len(lines):
                damaged.append(number)
    return found, tuple(damaged)
