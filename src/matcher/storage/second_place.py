"""Backups off this laptop: packed into a folder she picks, such as a stick or one that is synced.

Where that is belongs to this computer, not to the network: it is kept sealed beside the database and does not
travel with a backup. A place that is away is no error: it is noted, and tried again.
"""

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from matcher import clock
from matcher.errors import UserError
from matcher.storage.backup_file import pack, packed_name, read_name
from matcher.storage.backups import DAILY, back_up, back_up_unless_kept, backups, worth_keeping
from matcher.storage.durable import write_durably
from matcher.storage.store import SUFFIX, Store

_FILE = "second_place"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is known of backups off this laptop.

    ``folder`` is where they go by themselves (None: nowhere yet), ``last_at`` when the newest one that got there or
    was saved by hand was made, ``missing`` why the last try failed.
    """

    folder: Path | None = None
    last_at: datetime | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """What `keep_safe` did: the backup made here, if any was needed, and how things stand elsewhere."""

    made: Path | None
    elsewhere: Elsewhere


def elsewhere(store: Store) -> Elsewhere:
    """What is known of backups off this laptop."""
    with contextlib.suppress(OSError, UserError, ValueError, KeyError, TypeError):
        kept = json.loads(store.unseal((store.path / _FILE).read_bytes()))
        at = kept["last_at"]
        folder = Path(kept["folder"]) if kept["folder"] else None
        return Elsewhere(folder, datetime.fromisoformat(at) if at else None, kept["missing"])
    return Elsewhere()


def choose_second_place(store: Store, folder: Path | None) -> Elsewhere:
    """Keep backups in this folder too from now on, or (None) nowhere else.

    Raises UserError when it is no folder that can be written to, or lies inside the store.
    """
    if folder is not None:
        _check(store, folder)
    return _note(store, replace(elsewhere(store), folder=folder, missing=""))


def keep_safe(store: Store, *, at_least_daily: bool = False) -> Copied:
    """Back up when something changed, and bring the newest backup to the second place.

    ``at_least_daily``: not again within a day. Raises what `back_up` raises; a second place that is away is told,
    not raised.
    """
    made = back_up_unless_kept(store, within=DAILY) if at_least_daily else back_up_unless_kept(store)
    return Copied(made, bring_elsewhere(store))


def bring_elsewhere(store: Store) -> Elsewhere:
    """Bring the newest backup to the second place, unless it is there; what is old there is thinned out."""
    known, newest = elsewhere(store), next(iter(backups(store)), None)
    if known.folder is None or newest is None:
        return known
    target = known.folder / packed_name(_stem(store), newest.made_at)
    try:
        if not known.folder.is_dir():
            raise UserError(f"“{known.folder.name}” is not there at the moment.")
        if not target.is_file():
            pack(newest.path, store.files, target)
            _thin_out(store, known.folder)
    except UserError as error:
        return _note(store, replace(known, missing=error.what))
    reached = replace(known, last_at=newest.made_at, missing="")
    return known if reached == known else _note(store, reached)


def save_backup(store: Store, target: Path) -> datetime:
    """Back up now and save it as one file, to be carried to another computer; return the moment it holds.

    Raises UserError when it cannot be written there.
    """
    folder = back_up(store)
    made_at = next(backup.made_at for backup in backups(store) if backup.path == folder)
    pack(folder, store.files, target)
    _note(store, replace(elsewhere(store), last_at=made_at))
    return made_at


def backup_file_name(store: Store) -> str:
    """The name to offer for a backup saved as one file."""
    return packed_name(_stem(store), clock.now())


def _check(store: Store, folder: Path) -> None:
    if not folder.is_dir():
        raise UserError("There is no such folder.", where=folder.name, todo="Choose another.")
    inside, whole = folder.resolve(), store.path.resolve()
    if inside == whole or whole in inside.parents:
        raise UserError("This folder is the store itself.", where=folder.name, todo="Choose one outside of it.")
    trial = folder / (_FILE + ".trial")
    try:
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        raise UserError("Nothing can be written there.", where=folder.name, todo="Choose another.") from error


def _thin_out(store: Store, folder: Path) -> None:
    """Remove what no day, week or month needs there any more; only what `packed_name` of this store made."""
    named = ((file, read_name(file.name)) for file in folder.iterdir() if file.is_file())
    ours = {file: found[1] for file, found in named if found and found[0] == _stem(store)}
    kept = worth_keeping(ours.values())
    for file, moment in ours.items():
        if moment not in kept:
            with contextlib.suppress(OSError):
                file.unlink()


def _note(store: Store, known: Elsewhere) -> Elsewhere:
    """Keep what is known; a disk that is full or read-only is no reason to stop."""
    content: dict[str, Any] = asdict(known) | {
        "folder": str(known.folder) if known.folder else None,
        "last_at": known.last_at.isoformat() if known.last_at else None,
    }
    with contextlib.suppress(OSError):
        write_durably(store.path / _FILE, store.seal(json.dumps(content).encode()))
    return known


def _stem(store: Store) -> str:
    return store.path.name.removesuffix(SUFFIX)
