"""Backups: the ones there are, one more now, the second place off this laptop, and putting one back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from matcher import clock
from matcher.consent import WouldRestore, would_restore
from matcher.progress import Progress
from matcher.storage import (
    PACKED,
    Backup,
    Elsewhere,
    backup_problems,
    backups,
    bring_elsewhere,
    choose_second_place,
    elsewhere,
)
from matcher.storage.store import Store
from matcher_ui.dates import moment_words
from matcher_ui.dialogs.choose_file import choose_file
from matcher_ui.safety import back_up_now, elsewhere_words, size_words
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.asking import Asking
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.flow import FlowLayout
from matcher_ui.widgets.labels import ElidedLabel, Label
from matcher_ui.workspace import Workspace

SHOWN = 5
FILE_LOSES = "Everything done since that backup was made goes; every no and every erasure stays. "
STAYS = "What is here now is kept as a backup first."


@dataclass(frozen=True, slots=True)
class Kept:
    """The backups there are, and what is known of those elsewhere."""

    backups: tuple[Backup, ...]
    elsewhere: Elsewhere


def read_kept(store: Store) -> Kept:
    """Read what the section shows."""
    return Kept(backups(store), elsewhere(store))


def loses_words(would: WouldRestore, unsaved: str) -> str:
    """What putting a backup back would cost, in sentences."""
    if would.steps:
        steps = "1 step made since then goes" if would.steps == 1 else f"{would.steps:,} steps made since then go"
    else:
        steps = "Nothing was changed since then"
    stays = [
        words
        for count, words in (
            (would.noes, "withdrawal" if would.noes == 1 else "withdrawals"),
            (would.erasures, "erasure" if would.erasures == 1 else "erasures"),
        )
        if count
    ]
    counts = [str(count) for count in (would.noes, would.erasures) if count]
    said = " and ".join(f"{count} {words}" for count, words in zip(counts, stays, strict=True))
    again = f" The {said} since then are repeated." if said else ""
    lost = f" Not saved and lost: {unsaved}." if unsaved else ""
    return f"{steps}.{again}{lost} {STAYS}"


def row_words(moment: datetime, today: date) -> str:
    """“Today at 08:40”, “Sat 21 Nov at 18:02”."""
    words = moment_words(moment, today)
    if words.startswith("on "):
        return f"{words.removeprefix('on ')} at {moment.astimezone(clock.LONDON):%H:%M}"
    return words[:1].upper() + words[1:]


class BackupsSection(Part):
    """Asks the workspace to put a backup back once she has confirmed what that means."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace.theme, parent)
        self._workspace = workspace
        theme = self.theme
        self._kept = Kept((), Elsewhere())
        self._problems: Mapping[Path, tuple[str, ...]] = {}
        self._shows_all, self._chosen = False, Path()
        self._state = Label(theme, "", "second", "ink2", wrap=True)
        self._place = Label(theme, "", "second", "ink2", wrap=True)
        self._path = ElidedLabel(theme, str(workspace.store.path), "hint", "ink2")
        self.now = Button(theme, "Back up now", icon="download")
        self.choose = Button(theme, "Choose a second place…")
        self.stop = Button(theme, "Use no second place", "quiet")
        self.from_file = Button(theme, "Put back from a file…", "quiet")
        self.check = Button(theme, "Read them all through")
        self.open_folder = Button(theme, "Open the folder")
        self.more = Button(theme, "")
        self.ask = Asking(theme, "care")
        self.confirm, self.leave = (
            self.ask.add_action("yes", "Put it back", "serious"),
            self.ask.add_action("no", "Leave it", "quiet"),
        )
        self.rows: list[_BackupRow] = []
        self._lay_out()
        self._connect()
        self.retheme()

    def refresh(self) -> None:
        """Read the list, in the background."""
        self._path.setText(f"Your store: {self._workspace.store.path}")
        self._workspace.read("settings.backups", read_kept, self.show_kept)

    def show_kept(self, kept: Kept) -> None:
        """List the backups, and say how things stand elsewhere."""
        self._kept, today = kept, clock.today()
        newest = kept.backups[0] if kept.backups else None
        self._state.setText(
            f"Last backup on this computer {moment_words(newest.made_at, today)}. One is made by itself every day "
            "something changed, when you lock or close, and before members are brought in or merged."
            if newest
            else "No backup yet. One is made by itself when you lock or close."
        )
        self._place.setText(elsewhere_words(kept.elsewhere, today))
        self.choose.setText("Choose another place…" if kept.elsewhere.folder else "Choose a second place…")
        self.choose.updateGeometry()
        self.stop.setVisible(kept.elsewhere.folder is not None)
        self._list()

    def put_back(self, backup: Path) -> None:
        """Ask before a backup is put back, saying what that means."""
        self._chosen = backup
        one = next((each for each in self._kept.backups if each.path == backup), None)
        if one is None:
            self._ask(f"Put back “{backup.name}”? {FILE_LOSES}{STAYS}")
            return
        title = f"Put back the backup made {moment_words(one.made_at, clock.today())}? "
        self._workspace.read(
            "settings.restore",
            lambda store: would_restore(store, one),
            lambda would: self._ask(title + loses_words(would, self._workspace.unsaved())),
            on_failed=lambda error: self._tell(str(error)),
        )

    def retheme(self) -> None:
        super().retheme()
        px = self.theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(Space.M))
        self._list_box.setSpacing(px(Space.XS))
        for row in self._flows:
            row.setSpacing(px(Space.S))

    def _ask(self, words: str) -> None:
        for button in (self.confirm, self.leave):
            button.show()
        self.ask.show()
        self.ask.set_message("care", words)
        self.confirm.setFocus()

    def _tell(self, words: str) -> None:
        self.confirm.hide()
        self.ask.show()
        self.ask.set_message("stop", words)

    def _acted(self, key: str) -> None:
        self.ask.hide()
        if key == "yes":
            self._workspace.restoring.emit(self._chosen)

    def _list(self) -> None:
        for row in self.rows:
            self._list_box.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = self._kept.backups if self._shows_all else self._kept.backups[:SHOWN]
        self.rows = [_BackupRow(self.theme, one, self._state_of(one)) for one in shown]
        for row, one in zip(self.rows, shown, strict=True):
            row.restore.clicked.connect(lambda _checked=False, path=one.path: self.put_back(path))
            self._list_box.addWidget(row)
        count = len(self._kept.backups)
        self.more.setVisible(count > SHOWN)
        self.more.setText("Fewer" if self._shows_all else f"All {count} backups")
        self.more.updateGeometry()
        self.check.setVisible(bool(count))

    def _state_of(self, one: Backup) -> tuple[str, str]:
        if one.path not in self._problems:
            return "Checked", "ink2"
        return (
            ("Damaged: cannot be put back", "stop") if self._problems[one.path] else ("Read through: fine", "good")
        )

    def _check_all(self) -> None:
        kept = self._kept.backups

        def verb(store: Store, progress: Progress) -> Mapping[Path, tuple[str, ...]]:
            found = {}
            for number, one in enumerate(kept):
                progress(number, len(kept), "Reading backups")
                found[one.path] = backup_problems(store, one.path)
            return found

        def done(found: Mapping[Path, tuple[str, ...]]) -> None:
            self._problems = found
            self._list()
            bad = sum(bool(problems) for problems in found.values())
            self._workspace.say(f"{bad} of {len(found)} cannot be read." if bad else "Every backup can be read.")

        self._workspace.jobs.run(
            lambda progress: verb(self._workspace.store, progress), on_done=done, what="Reading backups",
            writes=False, aside=True,
        )  # fmt: skip

    def _choose(self) -> None:
        start = str(self._kept.elsewhere.folder or Path.home())
        folder = QFileDialog.getExistingDirectory(self, "Where backups go, too", start)
        if folder:
            self.use(Path(folder))

    def use(self, folder: Path | None) -> None:
        """Bring backups to this folder from now on; None: nowhere."""

        def verb(store: Store, _progress: Progress) -> Elsewhere:
            choose_second_place(store, folder)
            return bring_elsewhere(store)

        self.ask.hide()
        self._workspace.write(
            verb, lambda _known: self.refresh(), what="Copying the backup", on_failed=lambda e: self._tell(str(e))
        )

    def _from_file(self) -> None:
        name = choose_file(self, "Choose a backup", f"Backups (*{PACKED})")
        if name:
            self.put_back(Path(name))

    def _more(self) -> None:
        self._shows_all = not self._shows_all
        self._list()

    def _connect(self) -> None:
        self.now.clicked.connect(lambda: back_up_now(self._workspace))
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(lambda: self.use(None))
        self.from_file.clicked.connect(self._from_file)
        self.check.clicked.connect(self._check_all)
        self.more.clicked.connect(self._more)
        self.ask.acted.connect(self._acted)
        self.open_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._workspace.store.path.parent)))
        )

    def _lay_out(self) -> None:
        self._column, self._list_box = QVBoxLayout(self), QVBoxLayout()
        groups = ((self.now, self.from_file), (self.choose, self.stop), (self.more, self.check, self.open_folder))
        self._flows = [FlowLayout() for _ in groups]
        for flow, buttons in zip(self._flows, groups, strict=True):
            for button in buttons:
                flow.addWidget(button)
        self._column.addWidget(self._state)
        self._column.addLayout(self._flows[0])
        self._column.addWidget(Label(self.theme, "Off this laptop", "label", "ink2"))
        self._column.addWidget(self._place)
        self._column.addLayout(self._flows[1])
        self._column.addWidget(Label(self.theme, "Kept on this computer", "label", "ink2"))
        self._column.addWidget(self.ask)
        self._column.addLayout(self._list_box)
        self._column.addLayout(self._flows[2])
        self._column.addWidget(self._path)
        self.ask.hide()
        self.more.hide()
        self.stop.hide()


class _BackupRow(Part):
    """One backup: when, how large, whether it can be read, and the way back to it."""

    def __init__(self, theme: Theme, one: Backup, state: tuple[str, str]) -> None:
        super().__init__(theme)
        when = row_words(one.made_at, clock.today())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.px(Space.M))
        row.addWidget(ElidedLabel(self.theme, when, "second"), 2)
        row.addWidget(ElidedLabel(self.theme, size_words(one.size), "second", "ink2"), 1)
        row.addWidget(ElidedLabel(self.theme, state[0], "second", state[1]), 2)
        self.restore = Button(self.theme, "Put back…", "link")
        self.restore.setAccessibleName(f"Put back the backup made {when}")
        row.addWidget(self.restore)
        self.setMinimumHeight(self.theme.px(28))
