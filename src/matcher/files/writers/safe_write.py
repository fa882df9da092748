"""Writing a file whole or not at all: beside the target first, on the disk for certain, then in its place."""

import contextlib
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from matcher.errors import UserError

_PREFIX, _SUFFIX = ".matcher-", ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_SHARING_VIOLATIONS = {5, 32, 33}  # Windows: access denied, in use, locked


def sha256_of(data: bytes) -> str:
    """The SHA-256 of ``data`` in hexadecimal, as a release records it."""
    return hashlib.sha256(data).hexdigest()


def write_beside(path: Path, data: bytes, *, mark: str = "") -> Path:
    """Write ``data`` to a new file in the folder of ``path`` (mode 0600), on the disk for certain; returns it.

    ``mark`` goes into its name, so that whoever left it there by a crash can find it again (``left_behind``).
    Raises UserError (folder missing or read-only, disk full); then nothing remains.
    """
    if path.is_dir():
        raise UserError("A folder has this name already.", where=path.name, todo="Choose another name.")
    temp: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{_PREFIX}{mark}", suffix=_SUFFIX)
        temp = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        if temp is not None:
            discard(temp)
        if isinstance(error, OSError):
            raise _explained(error, path) from error
        raise
    return temp


def put_in_place(temp: Path, path: Path) -> None:
    """Make the file from ``write_beside`` the one called ``path``, replacing an older one in a single step.

    Raises UserError; the older file then stands unchanged and ``temp`` is kept for another try.
    """
    try:
        temp.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _explained(error, path) from error


def left_behind(folder: Path, mark: str) -> tuple[Path, ...]:
    """The files that ``write_beside`` made in ``folder`` under this mark and that are still there."""
    with contextlib.suppress(OSError):
        return tuple(sorted(folder.glob(f"{_PREFIX}{mark}*{_SUFFIX}")))
    return ()


def discard(temp: Path) -> None:
    """Remove a file from ``write_beside`` that is not wanted after all; silent when it is gone."""
    with contextlib.suppress(OSError):
        temp.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder for this, and records the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(error: OSError, path: Path) -> UserError:
    where = path.name
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS and path.exists():
        return UserError("The file is open in another program.", where=where, todo="Close it there and try again.")
    if error.errno in _FULL:
        return UserError("The disk is full.", where=where, todo="Free some space or choose another place.")
    if error.errno in _REFUSED:
        return UserError("This folder cannot be written to.", where=where, todo="Choose another folder.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UserError("The folder for this file does not exist.", where=where, todo="Choose another folder.")
    if error.errno == errno.EISDIR:
        return UserError("A folder has this name already.", where=where, todo="Choose another name.")
    if error.errno == errno.ENAMETOOLONG:
        return UserError("The file name is too long.", where=where, todo="Choose a shorter one.")
    return UserError("The file could not be written.", where=where, todo="Choose another place and try again.")
