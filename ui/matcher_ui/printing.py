"""The one way to a printer: what is printed is drawn as it is for a PDF; without a printer a file is offered."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from matcher_ui.pdf import draw_on
from matcher_ui.widgets.notice import Notice
from matcher_ui.workspace import Workspace

NO_PRINTER = "No printer is set up on this computer."


class Paper(NamedTuple):
    """What is printed: how it is called, its page, and how it is saved as a file where there is no printer."""

    name: str
    html: bytes
    save: Callable[[], None]


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
