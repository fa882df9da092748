"""A backup as one file, to be carried to another place or computer: without the secret nobody can read it."""

import contextlib
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from matcher.clock import LONDON, as_utc
from matcher.errors import UserError
from matcher.storage.backups import moment_of
from matcher.storage.copies import DATABASE, JOURNAL
from matcher.storage.durable import sync_file, sync_folder
from matcher.storage.keys import KEYS_FILE

PACKED = ".matcherbackup"
"""How the name of a packed backup ends."""

_FILES = "files"
_CHUNK = 1 << 20
_MOMENT = "%Y-%m-%d %H.%M.%S"
_NAME = re.compile(rf"(.+) (\d{{4}}-\d\d-\d\d \d\d\.\d\d\.\d\d){re.escape(PACKED)}")


def packed_name(store: str, made_at: datetime) -> str:
    """The name of the file for a store's backup of that moment, as she would write it."""
    return f"{store} {made_at.astimezone(LONDON).strftime(_MOMENT)}{PACKED}"


def read_name(name: str) -> tuple[str, datetime] | None:
    """The store and the moment in a file's name; None when `packed_name` did not make it."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    with contextlib.suppress(ValueError):
        return found[1], as_utc(datetime.strptime(found[2], _MOMENT))  # noqa: DTZ007 - London time, as in clock
    return None


def pack(backup: Path, files: Path, target: Path) -> None:
    """Write a backup's folder and the sealed originals in ``files`` as one file, read back before it counts.

    Raises UserError when it cannot be written there; what stood there before is kept then.
    """
    beside = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(beside, "w") as packed:  # not compressed: what is encrypted cannot be
            packed.comment = backup.name.encode()
            for name in (DATABASE, KEYS_FILE, JOURNAL):
                if (backup / name).is_file():
                    packed.write(backup / name, name)
            for file in sorted(files.iterdir()) if files.is_dir() else ():
                if file.is_file():
                    packed.write(file, f"{_FILES}/{file.name}")
        sync_file(beside)
        with zipfile.ZipFile(beside) as packed:
            bad = packed.testzip()
        if bad is not None:
            raise OSError(f"{bad} was not written as it is")
        beside.replace(target)
        sync_folder(target.parent)
    except (OSError, zipfile.BadZipFile) as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise UserError(
            "The backup could not be written there.",
            where=target.name,
            todo="Check that the folder can be written to and has room, or choose another.",
        ) from error


@contextlib.contextmanager
def unpacked(file: Path, beside: Path) -> Iterator[Path]:
    """The folder of a packed backup, for as long as it is looked at; made in ``beside``, and removed again.

    It is called by the moment at which the backup was made, as it was in its store.

    Raises UserError when the file is no backup, or damaged.
    """
    shutil.rmtree(beside, ignore_errors=True)
    try:
        yield _unpack(file, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _unpack(file: Path, beside: Path) -> Path:
    none = UserError("This is not a backup of Matcher, or it is damaged.", where=file.name, todo="Choose another.")
    try:
        with zipfile.ZipFile(file) as packed:
            made = packed.comment.decode(errors="replace")
            folder = beside / (made if moment_of(made) else "backup")
            (folder / _FILES).mkdir(mode=0o700, parents=True)
            for entry in packed.infolist():
                if not _is_ours(entry):
                    raise none
                with packed.open(entry) as source, (folder / entry.filename).open("wb") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise none from error
    except OSError as error:
        raise UserError(
            "The backup could not be opened.", where=file.name, todo="Check that it is there and the disk has room."
        ) from error
    if not (folder / DATABASE).is_file():
        raise none
    return folder


def _is_ours(entry: zipfile.ZipInfo) -> bool:
    """Only the names that `pack` writes, and nothing that swells when it is unpacked."""
    folder, _, name = entry.filename.rpartition("/")
    known = entry.filename in (DATABASE, KEYS_FILE, JOURNAL) or (folder == _FILES and _is_plain(name))
    return known and entry.compress_type == zipfile.ZIP_STORED and entry.file_size == entry.compress_size


def _is_plain(name: str) -> bool:
    return (
        bool(name) and name == Path(name).name and name not in (".", "..") and "\\" not in name and ":" not in name
    )
