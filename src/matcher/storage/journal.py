"""The journal: withdrawals and erasures, encrypted and on disk *before* they are committed.

A restore replays it, so that an old backup cannot bring back a yes that was taken back.
"""

import base64
import json
from typing import Any

from nacl.exceptions import CryptoError

from matcher.errors import UserError
from matcher.storage.durable import append_durably
from matcher.storage.store import Store


def note(store: Store, *entries: dict[str, Any]) -> None:
    """Append entries; they are on disk when this returns."""
    box = store.keys.box("journal")
    lines = [base64.b64encode(box.encrypt(json.dumps(entry).encode())) for entry in entries]
    if lines:
        append_durably(store.path / "journal", b"\n".join(lines))


def entries(store: Store) -> list[dict[str, Any]]:
    """Every entry in order. A last line torn by a crash is left out; any other damage raises UserError."""
    path = store.path / "journal"
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            found.append(json.loads(store.keys.box("journal").decrypt(base64.b64decode(line))))
        except (CryptoError, ValueError) as error:
            if number == len(lines):
                break
            raise UserError("The journal is damaged.", where=f"journal, line {number}") from error
    return found
