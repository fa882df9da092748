"""Ids of workbook rows: which store, request and member, and a seal that only this store can make."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from matcher.storage.store import Store

_SHAPE = re.compile(r"([0-9a-f]{6})-R(\d+)-M(\d+)-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class RowId:
    """The request and member a row speaks of."""

    request_id: int
    member_id: int


def seal(store: Store, row: RowId) -> str:
    """The id as written into the workbook."""
    body = f"{_store_mark(store)}-R{row.request_id}-M{row.member_id}"
    return f"{body}-{_digest(store, body)}"


def unseal(store: Store, text: str) -> RowId | None:
    """The row an id speaks of; None when it is of another store, altered, or no id at all."""
    match = _SHAPE.fullmatch(text.strip())
    if not match:
        return None
    body = text.strip().rpartition("-")[0]
    same = match[1] == _store_mark(store) and hmac.compare_digest(match[4], _digest(store, body))
    return RowId(int(match[2]), int(match[3])) if same else None


def _store_mark(store: Store) -> str:
    return hashlib.sha256(store.keys.derived("store mark")).hexdigest()[:6]


def _digest(store: Store, body: str) -> str:
    return hmac.new(store.keys.derived("rows"), body.encode(), hashlib.sha256).hexdigest()[:12]
