"""Where the ledger ends, kept beside the database: entries cut off its end are missed.

A chain of hashes shows every change but one: what was last can be taken away. So the number and the hash of the
newest entry stand in a file of their own, under a key of the store. It is written after the commit, so that a crash
leaves it a step behind and never ahead; the next commit or opening catches up. It moves on only while the entry it
names still stands, so that what was cut off stays missed, whatever is written afterwards.
"""

import contextlib
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.model import ConsentEvent, Setting
from matcher.storage.durable import write_durably
from matcher.storage.keys import Keys

FILE = "ledger.end"
_KEPT = "ledger.end_is_kept"


@dataclass(frozen=True, slots=True)
class End:
    """The newest entry of the ledger: its number, 0 before there is any, and its hash."""

    entries: int = 0
    hash: str = ""


def start(folder: Path, keys: Keys, session: Session) -> None:
    """Begin to keep the end of a ledger that has none kept yet, from where it ends now."""
    if session.get(Setting, _KEPT) is None:
        session.add(Setting(name=_KEPT, value=True))
        _write(folder, keys, _newest(session))


def catch_up(folder: Path, keys: Keys, session: Session) -> None:
    """Bring the kept end up to date after a crash, or begin to keep it for a store from before it was kept."""
    start(folder, keys, session)
    if later := later_end(folder, keys, session):
        keep(folder, keys, later)


def begin_again_when_opened(session: Session) -> None:
    """Let the end be kept afresh, from where the ledger of a restored backup ends, once that is in its place."""
    kept = session.get(Setting, _KEPT)
    if kept is not None:
        session.delete(kept)


def later_end(folder: Path, keys: Keys, session: Session) -> End | None:
    """The end to keep from now on; None when nothing was added, or what was kept no longer stands."""
    kept, newest = _read(folder, keys), _newest(session)
    if kept is None or newest.entries <= kept.entries or not _stands(session, kept):
        return None
    return newest


def keep(folder: Path, keys: Keys, end: End) -> None:
    """Write the end down. What is committed stays so when that fails: the next commit tries again."""
    with contextlib.suppress(OSError):
        _write(folder, keys, end)


def end_problems(folder: Path, keys: Keys, session: Session) -> tuple[str, ...]:
    """Why the end of the ledger is not where it was, in a sentence; empty when all is well."""
    kept = _read(folder, keys)
    if kept is None:
        return ("the note of where the ledger of permissions ends is missing or was altered",)
    if not _stands(session, kept):
        return (f"the ledger of permissions held {kept.entries} entries, and its end was cut off or exchanged",)
    return ()


def _newest(session: Session) -> End:
    columns = select(ConsentEvent.id, ConsentEvent.hash)
    found = session.execute(columns.order_by(ConsentEvent.id.desc()).limit(1)).first()
    return End(found.id, found.hash) if found else End()


def _stands(session: Session, kept: End) -> bool:
    found = session.scalar(select(ConsentEvent.hash).where(ConsentEvent.id == kept.entries))
    return kept.entries == 0 or found == kept.hash


def _read(folder: Path, keys: Keys) -> End | None:
    try:
        content = json.loads((folder / FILE).read_bytes())
        end = End(content["entries"], content["hash"])
        return end if hmac.compare_digest(content["seal"], _seal(keys, end)) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(folder: Path, keys: Keys, end: End) -> None:
    write_durably(folder / FILE, json.dumps(asdict(end) | {"seal": _seal(keys, end)}).encode())


def _seal(keys: Keys, end: End) -> str:
    words = f"{end.entries} {end.hash}".encode()
    return hmac.new(keys.derived("ledger end"), words, hashlib.sha256).hexdigest()
