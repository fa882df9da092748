"""What the pages share about keeping it safe: words, and backups made by her or by themselves."""

import contextlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from matcher import clock
from matcher.errors import UserError
from matcher.progress import Progress
from matcher.storage import Copied, Elsewhere, back_up, bring_elsewhere, keep_safe, published_passphrase
from matcher.storage.store import Store
from matcher_ui.dates import moment_words
from matcher_ui.workspace import Workspace

if TYPE_CHECKING:
    from matcher.consent import Restored

OLD = timedelta(days=7)
FIRST_MS, EVERY_MS = 60_000, 30 * 60_000
_UNITS = ("bytes", "KB", "MB", "GB")


def size_words(size: float) -> str:
    """“3.4 MB”."""
    for unit in _UNITS[:-1]:
        if size < 1000:
            return f"{size:.0f} {unit}" if unit in _UNITS[:2] else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def elsewhere_words(known: Elsewhere, today: date) -> str:
    """How things stand with backups off this laptop, in a sentence or two."""
    last = f"The last one is from {since_words(known, today)}." if known.last_at else ""
    if known.folder is None:
        why = "A stick or a synced folder keeps your work when the laptop is lost. Nobody can read it there."
        return f"{last} {why}".strip()
    if known.missing:
        return f"{known.missing} It is tried again by itself. {last or 'No backup is there yet.'}"
    return f"In “{known.folder.name}”. {last}".strip()


def since_words(known: Elsewhere, today: date) -> str:
    """“today at 08:40”, “Tue 12 May”."""
    return moment_words(known.last_at, today).removeprefix("on ") if known.last_at else ""


def is_old(known: Elsewhere) -> bool:
    """Whether nothing was brought off this laptop for a week."""
    return known.last_at is None or clock.now() - known.last_at > OLD


def back_up_now(workspace: Workspace) -> None:
    """Make a backup in the background, here and in the second place, and say so."""

    def verb(store: Store, _progress: Progress) -> Elsewhere:
        back_up(store)
        return bring_elsewhere(store)

    def done(known: Elsewhere) -> None:
        here = "Backed up, and checked that it can be read"
        if known.missing:
            workspace.say(f"Backed up here. {known.missing}")
        else:
            workspace.say(f"{here}, here and in “{known.folder.name}”." if known.folder else f"{here}.")

    workspace.write(verb, done, what="Backing up")


class SafeKeeper(QObject):
    """Backs up by itself while she works: daily when something changed, never in her way, never with an error.

    A sample is made up and can be made again.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self.keep)
        self.start()

    def keep(self) -> None:
        """Back up when it is due; try the second place again."""
        self._timer.setInterval(EVERY_MS)
        store = self._workspace.store
        self._workspace.jobs.run(
            lambda _progress: keep_safe(store, at_least_daily=True), on_done=self._done,
            on_failed=lambda _error: None, what="Backing up", writes=False, quiet=True, aside=True,
        )  # fmt: skip

    def stop(self) -> None:
        """The store is being closed."""
        self._timer.stop()

    def start(self) -> None:
        """The store is open again."""
        if not published_passphrase(self._workspace.store.path):
            self._timer.start()

    def _done(self, copied: Copied) -> None:
        if copied.made is not None:
            self._workspace.changed.emit()


def keep_before_closing(store: Store) -> None:
    """Back up what changed, when the store is about to be closed; what cannot be written now is told on Today."""
    if not published_passphrase(store.path):
        with contextlib.suppress(UserError):
            keep_safe(store)


def restored_words(restored: "Restored") -> str:
    """What came of it, in a sentence or two."""
    noes = f"{restored.noes} withdrawal{'' if restored.noes == 1 else 's'}" if restored.noes else ""
    erased = f"{restored.erasures} erasure{'' if restored.erasures == 1 else 's'}" if restored.erasures else ""
    repeated = " and ".join(part for part in (noes, erased) if part)
    again = f" {repeated} made since were repeated." if repeated else ""
    kept = " What was here before is kept among the backups." if restored.before else ""
    return f"The backup was put back.{again}{kept}"
