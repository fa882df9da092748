"""Writing a small file so that a crash leaves the old one or the new one, never a torn one."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Write beside, fsync, replace, fsync the folder."""
    with _beside(path) as beside:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    sync_folder(path.parent)


def copy_durably(source: Path, path: Path) -> None:
    """Copy a file of any size to ``path``: beside it, fsync, replace, fsync the folder."""
    with _beside(path) as beside:
        shutil.copyfile(source, beside)
        sync_file(beside)
        beside.chmod(0o600)
        beside.replace(path)
    sync_folder(path.parent)


def append_durably(path: Path, line: bytes) -> None:
    """Append a line and fsync it; what a crash left of a last, torn line is cut off first."""
    is_new = not path.exists()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.truncate(file.read().rfind(b"\n") + 1)
        file.seek(0, os.SEEK_END)
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make what was written to a file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable, where the system can (Windows cannot open folders)."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write to first; nothing is left of it when that fails."""
    beside = path.with_name(path.name + ".new")
    try:
        yield beside
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
