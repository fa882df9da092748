"""The slim bar of long work: what is happening, how far it is, and Cancel."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from matcher_ui.jobs import Job, Jobs
from matcher_ui.theme import Space, Theme
from matcher_ui.widgets.base import Part
from matcher_ui.widgets.buttons import Button
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.widgets.paint import rounded, smooth

SHOWN_AFTER_MS = 400
_LINE = 3


def job_words(what: str, done: int, total: int) -> str:
    """ "Reading sign-ups.xlsx: 412 of 650"; without a total only what is happening."""
    return f"{what}: {done:,} of {total:,}" if total else what


class JobBar(Part):
    """Shows the oldest job that is not quiet, once it has lasted a moment; hidden when there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._jobs: list[Job] = []
        self._share: float | None = None
        self._row = QHBoxLayout(self)
        self._words = ElidedLabel(theme, "", "second")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel = Button(theme, "Cancel", "link")
        self.cancel.clicked.connect(self._cancel)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        self._delay = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._delay.timeout.connect(self._show_if_busy)
        self.retheme()
        self.hide()

    def follow(self, jobs: Jobs) -> None:
        """Show the long work of ``jobs`` from now on."""
        jobs.started.connect(self._began)
        jobs.ended.connect(self._over)

    def show_work(self, what: str, done: int, total: int) -> None:
        """Show these words and this far along."""
        words = job_words(what, done, total)
        self._words.setText(words)
        self._share = min(done / total, 1.0) if total else None
        self.setAccessibleName(words)
        self.cancel.setAccessibleName(f"Cancel: {what}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(320), self.theme.px(40))

    def retheme(self) -> None:
        px = self.theme.px
        self._row.setContentsMargins(px(Space.L), 0, px(Space.L), _LINE)
        super().retheme()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = smooth(self), self.theme
        rounded(painter, self.rect(), theme.px(8), theme.color("panel"), theme.color("line"))
        track = QRect(1, self.height() - _LINE, self.width() - 2, _LINE)
        painter.fillRect(track, theme.color("rest"))
        if self._share is not None:
            painter.fillRect(QRect(1, track.y(), round(track.width() * self._share), _LINE), theme.color("accent"))
        painter.end()

    def _began(self, job: Job) -> None:
        if job.quiet:
            return
        self._jobs.append(job)
        job.progressed.connect(self._refresh)
        if not self.isVisible():
            self._delay.start()

    def _over(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        if self._jobs:
            self._refresh()
        else:
            self._delay.stop()
            self.hide()

    def _show_if_busy(self) -> None:
        if self._jobs:
            self._refresh()
            self.show()

    def _refresh(self) -> None:
        if self._jobs:
            job = self._jobs[0]
            self.show_work(job.what, job.done, job.total)
            self.cancel.set_unavailable("Stopping…" if job.is_cancelled else None)

    def _cancel(self) -> None:
        if self._jobs:
            self._jobs[0].cancel()
            self._refresh()
