"""Which store was open last on this computer: a path, nothing about people."""

import contextlib
import json
from pathlib import Path

from platformdirs import user_config_path, user_documents_path

from matcher.storage.durable import write_durably
from matcher.storage.store import SUFFIX

SAMPLE_MARK = "sample.json"


def stores_folder() -> Path:
    """Where new stores are made when no path is given."""
    return user_documents_path() / "Matcher"


def path_for(name: str) -> Path:
    """The path of a new store called ``name``; letters that file systems refuse are left out."""
    plain = "".join(c if c.isalnum() or c in " -_" else " " for c in name)
    return stores_folder() / ((" ".join(plain.split()) or "Network") + SUFFIX)


def last_store() -> Path | None:
    """The store that was open last, if it is still there."""
    try:
        path = Path(json.loads(_file().read_text(encoding="utf-8"))["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return path if path.is_dir() else None


def remember_store(path: Path) -> None:
    """Note the store that was just opened; a computer that lets nothing be noted is no reason to stop."""
    with contextlib.suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        write_durably(_file(), json.dumps({"last": str(path.resolve())}).encode())


def published_passphrase(path: Path) -> str | None:
    """The passphrase of a sample store, whose people are made up and whose passphrase is no secret."""
    try:
        return str(json.loads((path / SAMPLE_MARK).read_text(encoding="utf-8"))["passphrase"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish_passphrase(path: Path, passphrase: str) -> None:
    """Mark a store as a sample with a published passphrase."""
    write_durably(path / SAMPLE_MARK, json.dumps({"passphrase": passphrase}).encode())


def _file() -> Path:
    return user_config_path("matcher", appauthor=False) / "last_store.json"
