"""The one way to a printer: what is printed is drawn as it is for a PDF; without a printer a file is offered."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from matcher.progress import Progress
from matcher.storage import note_printed
from matcher.storage.store import Store
from matcher_ui.pdf import draw_on
from matcher_ui.widgets.notice import Notice
from matcher_ui.workspace import Workspace

NO_PRINTER = "No printer is set up on this computer."


class Paper(NamedTuple):
    """What is printed: what it is called, without a name of anybody; its page; how it is saved without a printer.

    ``kind``, the request it belongs to and the members on it are kept on record.
    """

    name: str
    html: bytes
    save: Callable[[], None]
    kind: str
    request_id: int | None = None
    members: tuple[int, ...] = ()


class Printing(QObject):
    """Prints what the pages of an open store ask for."""

    def __init__(self, workspace: Workspace, notice: Notice, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._notice, self._window = workspace, notice, window
        workspace.printing.connect(self.print)

    def print(self, paper: Paper) -> None:
        """Print a paper on the printer she chooses, or say that there is none and offer to save it."""
        if not has_printer():
            ways = (("Save as a file…", paper.save), ("Close", lambda: None))
            self._notice.tell("care", f"{NO_PRINTER} A file can be printed elsewhere.", ways)
        elif (printer := choose_printer(self._window, paper.name)) is not None:
            self._record(paper, lambda: self._send(printer, paper))

    def _record(self, paper: Paper, then: Callable[[], None]) -> None:
        """Keep on record that it is printed; only what is on record leaves."""

        def note(store: Store, _progress: Progress) -> int:
            return note_printed(
                store, paper.name, paper.html, kind=paper.kind, request_id=paper.request_id, members=paper.members
            )

        self._workspace.write(
            note, lambda _id: then(), what="Recording what is printed",
            on_failed=lambda error: self._notice.tell("stop", f"Not printed. {error}"),
        )  # fmt: skip

    def _send(self, printer: QPrinter, paper: Paper) -> None:
        draw_on(printer, paper.html)
        self._workspace.say("Sent to the printer.")


def has_printer() -> bool:
    """Whether there is any printer to choose."""
    return bool(QPrinterInfo.availablePrinterNames())


def choose_printer(window: QWidget, name: str) -> QPrinter | None:
    """The printer she chooses for something called ``name``; None when she changes her mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    return printer if QPrintDialog(printer, window).exec() else None
