"""Opening, making and closing stores in the background, before and after there is a workspace."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import (
    SUFFIX,
    Cost,
    NewStore,
    Settings,
    create_store,
    is_recovery,
    name_of,
    open_store,
    open_with_keys,
    path_for,
    publish_passphrase,
    published_passphrase,
    read_settings,
    remember_store,
    remembered_keys,
    settle_pending,
)
from matcher.storage.store import Store
from matcher_ui.jobs import Job, Jobs
from matcher_ui.kept_edits import Edit, keep_edits
from matcher_ui.safety import keep_before_closing, restored_words
from matcher_ui.warm_up import load_rooms

SAMPLE_NAME = "Lantern Network (sample)"


class OpenedStore:
    """A store that was just opened, what is set in it, and the recovery words when it was just made.

    ``said`` is what she should hear of it, ``by_words`` whether the recovery words opened it, ``was_left_open``
    whether the program died while it was open last time.
    """

    def __init__(
        self, store: Store, settings: Settings, recovery_words: str = "", *, said: str = "", by_words: bool = False
    ) -> None:
        self.store = store
        self.settings = settings
        self.recovery_words = recovery_words
        self.said = said
        self.by_words = by_words
        self.was_left_open = store.was_left_open


OnOpened = Callable[[OpenedStore], None]
OnFailed = Callable[[UserError], None]


class StoreDoor(QObject):
    """Does one thing at a time; ``cost`` is what deriving a key costs in new stores (tests make it small)."""

    def __init__(self, jobs: Jobs, *, cost: Cost | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._cost = cost
        self._job: Job | None = None

    def open(self, path: Path, passphrase: str, on_done: OnOpened, on_failed: OnFailed) -> None:
        """Open a store with its passphrase or recovery words."""

        def verb(_progress: Progress) -> OpenedStore:
            opened = _settled(open_store(path, passphrase))
            opened.by_words = is_recovery(path, passphrase)
            return opened

        self._run(verb, on_done, on_failed, "Opening")

    def open_remembered(self, path: Path, on_done: OnOpened, on_failed: OnFailed) -> None:
        """Open a store whose key this computer remembers."""

        def verb(_progress: Progress) -> OpenedStore:
            keys = remembered_keys(path)
            if keys is None:
                raise UserError("The keyring of this computer did not answer.", todo="Type your passphrase.")
            return _settled(open_with_keys(path, keys))

        self._run(verb, on_done, on_failed, "Opening")

    def open_backup(self, file: Path, secret: str, on_done: OnOpened, on_failed: OnFailed) -> None:
        """Make a store of a backup from another computer, beside those there are, and open it."""

        def verb(progress: Progress) -> OpenedStore:
            from matcher.consent import restore  # with its rooms, wanted here alone before a store is open

            path = store_path(name_of(file))
            restore(path, file, secret, progress)
            opened = _settled(open_store(path, secret))
            opened.said = "Everything in the backup is here. From now on, work on this computer only."
            return opened

        self._run(verb, on_done, on_failed, "Opening the backup")

    def put_back_newest(self, path: Path, secret: str, on_done: OnOpened, on_failed: OnFailed) -> None:
        """Put the newest good backup in the place of a damaged store, and open it."""

        def verb(progress: Progress) -> OpenedStore:
            from matcher.consent import restore_newest

            restored = restore_newest(path, secret, progress)
            opened = _settled(open_store(path, secret))
            opened.said = restored_words(restored)
            return opened

        self._run(verb, on_done, on_failed, "Putting the newest backup back")

    def restore(self, store: Store, backup: Path, on_done: Callable[[OpenedStore, UserError | None], None]) -> Job:
        """Close a store, put a backup in its place and open it again; when that fails, open it as it was."""
        path, keys = store.path, store.keys
        failed: list[UserError] = []

        def verb(progress: Progress) -> OpenedStore:
            from matcher.consent import restore

            store.close()
            said = ""
            try:
                said = restored_words(restore(path, backup, keys, progress))
            except UserError as error:
                failed.append(error)
            opened = _settled(open_with_keys(path, keys))
            opened.said = said
            return opened

        return self._jobs.run(
            verb, on_done=lambda opened: on_done(opened, failed[0] if failed else None),
            what="Putting a backup back", writes=True, quiet=True,
        )  # fmt: skip

    def create(
        self, path: Path, organisation: str, passphrase: str, on_done: OnOpened, on_failed: OnFailed
    ) -> None:
        """Make a store and open it; the answer carries the recovery words."""

        def verb(_progress: Progress) -> OpenedStore:
            made: NewStore = create_store(path, organisation, passphrase, cost=self._cost)
            remember_store(path)
            load_rooms()
            return OpenedStore(made.store, read_settings(made.store), made.recovery_words)

        self._run(verb, on_done, on_failed, "Making your store")

    def sample(
        self, on_done: OnOpened, on_failed: OnFailed, *, path: Path | None = None, members: int = 300
    ) -> None:
        """Open the sample, or make it first; its people are made up and its passphrase is no secret."""
        where = path or path_for(SAMPLE_NAME)

        def verb(progress: Progress) -> OpenedStore:
            known = published_passphrase(where)
            if known is not None:
                return _settled(open_store(where, known))
            from matcher.sample import PASSPHRASE, make_sample  # wanted once in the life of a computer

            store = make_sample(where, members=members, progress=progress)
            publish_passphrase(where, PASSPHRASE)
            return _settled(store)

        self._run(verb, on_done, on_failed, "Making up a network to look around in")

    def close(self, store: Store, on_done: Callable[[bool], None], edits: Sequence[Edit] | None = ()) -> None:
        """Close a store once all work is done, what is typed is kept, and what changed is backed up.

        ``on_done`` hears whether what is typed could be kept. ``edits``: None leaves what was kept before.
        """

        def verb(_progress: Progress) -> bool:
            kept = edits is None or keep_edits(store, edits)
            keep_before_closing(store)
            store.close()
            return kept

        if self._jobs.count == 0:
            self._jobs.run(
                verb,
                on_done=on_done,
                what="Locking",
                writes=True,
                quiet=True,
            )
            return

        def when_idle(count: int) -> None:
            if count == 0:
                self._jobs.count_changed.disconnect(when_idle)
                self.close(store, on_done, edits)

        self._jobs.count_changed.connect(when_idle)

    def stop(self) -> None:
        """Give up what is being opened or made, such as a large sample."""
        if self._job is not None:
            self._job.cancel()

    def _run(
        self, verb: Callable[[Progress], OpenedStore], on_done: OnOpened, on_failed: OnFailed, what: str
    ) -> None:
        def done(opened: OpenedStore) -> None:
            self._job = None
            on_done(opened)

        def failed(error: UserError) -> None:
            self._job = None
            on_failed(error)

        self._job = self._jobs.run(verb, on_done=done, on_failed=failed, what=what, writes=True)


def store_path(name: str, folder: Path | None = None) -> Path:
    """Where a new store of this name goes: in ``folder``, else in Documents, never over another."""
    first = path_for(name or "Matcher")
    where = (folder or first.parent) / first.name
    number = 1
    while where.exists():
        number += 1
        where = where.with_name(f"{first.stem} {number}{SUFFIX}")
    return where


def _settled(store: Store) -> OpenedStore:
    try:
        settle_pending(store)
        remember_store(store.path)
        load_rooms()
        return OpenedStore(store, read_settings(store))
    except BaseException:
        store.close()
        raise
