"""A store: one folder that holds everything, encrypted, held by one process at a time."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from nacl.exceptions import CryptoError
from sqlalchemy.orm import Session

from matcher import clock
from matcher.errors import UserError
from matcher.model import Setting
from matcher.storage import keys, ledger_end, schema
from matcher.storage.copies import BACKUPS, DATABASE, STAMP, copy_verified
from matcher.storage.durable import sync_folder
from matcher.storage.engine import damage_explained, damaged, fault_explained, make_engine, reading_explained
from matcher.storage.keys import Cost, Keys, create_keys, open_keys

SUFFIX = ".matcher"
_FOLDERS = ("files", BACKUPS)
_CLOSED = "closed"


class Store:
    """An open store. Close it, or use it as a context manager; the lock dies with the process."""

    def __init__(self, path: Path, keys: Keys, lock: FileLock) -> None:
        self.path = path
        self.keys = keys
        self._lock = lock
        self.writer = make_engine(path / DATABASE, keys)
        self.reader = make_engine(path / DATABASE, keys, read_only=True)
        self.guards_restored: tuple[str, ...] = ()
        self.was_left_open = False
        """Whether whoever held it last never closed it: the program died, or the computer stopped."""

    @property
    def is_open(self) -> bool:
        """Whether it is still held."""
        return self._lock.is_locked

    @property
    def files(self) -> Path:
        """The folder of sealed originals."""
        return self.path / "files"

    def seal(self, content: bytes) -> bytes:
        """Encrypt and authenticate a file's content."""
        return bytes(self.keys.box("files").encrypt(content))

    def unseal(self, sealed: bytes) -> bytes:
        """Open a sealed content. Raises UserError when it was altered."""
        try:
            return self.keys.box("files").decrypt(sealed)
        except CryptoError as error:
            raise UserError("A stored file is damaged.", todo="Restore it from a backup.") from error

    def close(self) -> None:
        """Close every connection and let go of the lock."""
        self.reader.dispose()
        self.writer.dispose()
        if self.is_open:
            _mark_closed(self.path)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class NewStore:
    """A store just made, open, and the twelve recovery words to write down."""

    store: Store
    recovery_words: str


def create_store(path: Path, organisation: str, passphrase: str, *, cost: Cost | None = None) -> NewStore:
    """Make a new store folder and open it.

    It is built beside its place and moved there whole. Raises UserError when the path is taken, cannot be
    written, or the passphrase is empty.
    """
    if not passphrase:
        raise UserError("The passphrase is empty.", todo="Choose one, best of several words.")
    if path.exists():
        raise UserError("There is something at this path already.", where=path.name, todo="Choose another.")
    beside = path.with_name(path.name + ".new")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True, mode=0o700)
        _make_folders(beside)
        made, words = create_keys(beside, passphrase, cost or Cost())
        engine = make_engine(beside / DATABASE, made)
        schema.create(engine)
        with Session(engine) as session, session.begin():
            session.add(Setting(name="organisation.name", value=organisation))
            session.add(Setting(name="store.created_at", value=clock.now().isoformat()))
            ledger_end.start(beside, made, session)
        engine.dispose()
        beside.rename(path)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise UserError(
            f"The store could not be made: {error.strerror or 'the folder refused it'}.",
            where=path.name,
            todo="Choose a folder you may write to, with free space.",
        ) from error
    return NewStore(Store(path, made, _lock(path)), words)


def insist_on_store(path: Path) -> None:
    """Raises UserError when there is no store in this folder: never made, moved, or on a stick that is out."""
    if not (path / DATABASE).is_file():
        gone = not path.exists()
        raise UserError(
            f"There is no Matcher store here{': the folder is not there' if gone else ''}.",
            where=path.name,
            todo="Put the stick or disk it is on back, or choose the folder of another store."
            if gone
            else "Choose the folder of a store, or make a new one.",
        )


def open_store(path: Path, passphrase: str) -> Store:
    """Open a store with its passphrase or recovery words.

    Raises UserError when there is none, it is open elsewhere, newer than this program or damaged, and
    WrongPassphraseError (nothing is changed then).
    """
    insist_on_store(path)
    return _open(path, lambda: open_keys(path, passphrase))


def open_with_keys(path: Path, known: Keys) -> Store:
    """Open a store whose key is known already; raises as `open_store` does."""
    return _open(path, lambda: known)


def _open(path: Path, unlock: Callable[[], Keys]) -> Store:
    with contextlib.ExitStack() as undo:
        lock = _lock(path)
        undo.callback(lock.release)
        if not (path / DATABASE).stat().st_size:
            raise damaged(path / DATABASE)
        keys = unlock()
        _make_folders(path)
        left_open = _was_left_open(path)
        _set_stray_log_aside(path)
        store = undo.enter_context(Store(path, keys, lock))
        store.was_left_open = left_open
        with damage_explained(path / DATABASE), fault_explained(path):
            store.guards_restored = schema.prepare(store.writer, lambda: copy_verified(path, store.keys))
            with Session(store.writer) as session, session.begin():
                ledger_end.catch_up(path, store.keys, session)
        undo.pop_all()
    return store


def _make_folders(path: Path) -> None:
    """Make the folders of a store, those that somebody tidied away among them."""
    with contextlib.suppress(FileExistsError, PermissionError):
        for name in _FOLDERS:
            (path / name).mkdir(mode=0o700, exist_ok=True)


def _mark_closed(path: Path) -> None:
    """Note that everything is in the database and no log of it is needed; a crash leaves no such note."""
    log = path / f"{DATABASE}-wal"
    with contextlib.suppress(OSError):
        if not log.exists() or not log.stat().st_size:
            (path / _CLOSED).touch(mode=0o600)


def _was_left_open(path: Path) -> bool:
    """A log without the note of having been closed; a copy or a new store has neither."""
    return not (path / _CLOSED).exists() and (path / f"{DATABASE}-wal").exists()


def _set_stray_log_aside(path: Path) -> None:
    """Keep a log that appeared beside a closed database out of it: an older one would be read over newer pages."""
    closed, log = path / _CLOSED, path / f"{DATABASE}-wal"
    try:
        if closed.exists():
            if log.exists() and log.stat().st_size:
                log.rename(path / BACKUPS / f"stray-log-{clock.now().strftime(STAMP)}")
            closed.unlink()
            sync_folder(path)
    except OSError as error:
        raise UserError(
            "This store cannot be written to, and nothing was changed.",
            where=path.name,
            todo="Check its folder and the disk it is on.",
        ) from error


@contextlib.contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold a store's folder without opening it. Raises UserError when another process does."""
    with _lock(path):
        yield


def _lock(path: Path) -> FileLock:
    lock = FileLock(path / "lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise UserError(
            "This store is already open on this computer.", where=path.name, todo="Close it there first."
        ) from error
    except OSError as error:
        raise UserError("This store cannot be written to.", where=path.name, todo="Check its folder.") from error
    return lock


@contextlib.contextmanager
def reading(store: Store) -> Iterator[Session]:
    """A read-only session on one snapshot of the store."""
    with (
        damage_explained(store.path / DATABASE),
        reading_explained(store.path),
        Session(store.reader, autoflush=False) as session,
    ):
        yield session


def change_passphrase(store: Store, passphrase: str, *, cost: Cost | None = None) -> None:
    """Set a new passphrase; the recovery words stay valid. Raises UserError when it is empty or cannot be kept."""
    if not passphrase:
        raise UserError("The new passphrase is empty.", todo="Choose one, best of several words.")
    with _keys_written():
        keys.change_passphrase(store.path, store.keys, passphrase, cost or Cost())


def renew_recovery_words(store: Store, *, cost: Cost | None = None) -> str:
    """Make new recovery words and return them; the old ones open the store no more.

    Raises UserError when they cannot be kept; then the old ones stay valid.
    """
    with _keys_written():
        return keys.new_recovery_words(store.path, store.keys, cost or Cost())


def confirm_recovery_words(store: Store, typed: str) -> bool:
    """Whether ``typed`` are the recovery words asked for; when they are, that she still has them is noted."""
    with _keys_written():
        return keys.confirm_recovery_words(store.path, store.keys, typed)


@contextlib.contextmanager
def _keys_written() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            "The key file could not be written, and nothing was changed.",
            where=keys.KEYS_FILE,
            todo="Free some space on the disk and check that the folder can be written to.",
        ) from error
