"""Ids of workbook rows: which store, request and member, as of when, and a seal that only this store can make."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from matcher.storage.store import Store

SHAPE = re.compile(r"([0-9a-f]{6})-R(\d+)-M(\d+)-V(\d+)-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class RowId:
    """The request and member a row speaks of, and the revision of the store that it was written from."""

    request_id: int
    member_id: int
    revision: int = 0


def seal(store: Store, row: RowId) -> str:
    """The id as written into the workbook."""
    body = f"{_store_mark(store)}-R{row.request_id}-M{row.member_id}-V{row.revision}"
    return f"{body}-{_digest(store, body)}"


def unseal(store: Store, text: str) -> RowId | None:
    """The row an id speaks of; None when it is of another store, altered, or no id at all."""
    match = SHAPE.fullmatch(text.strip())
    if not match:
        return None
    body = text.strip().rpartition("-")[0]
    same = match[1] == _store_mark(store) and hmac.compare_digest(match[5], _digest(store, body))
    return RowId(int(match[2]), int(match[3]), int(match[4])) if same else None


def is_elsewhere(store: Store, text: str) -> bool:
    """Whether this is the id of a row that another store wrote."""
    match = SHAPE.fullmatch(text.strip())
    return match is not None and match[1] != _store_mark(store)


def _store_mark(store: Store) -> str:
    return hashlib.sha256(store.keys.derived("store mark")).hexdigest()[:6]


def _digest(store: Store, body: str) -> str:
    return hmac.new(store.keys.derived("rows"), body.encode(), hashlib.sha256).hexdigest()[:12]
