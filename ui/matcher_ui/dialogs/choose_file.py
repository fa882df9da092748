"""Choosing a file or folder of this computer: first in her documents, then where she last was."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from matcher_ui.incoming import SHEETS

_been: list[Path] = []
"""The folder chosen last, while the program runs; nothing of it is kept."""


def choose_spreadsheet(parent: QWidget) -> str:
    """The path of the spreadsheet she chooses; empty when she changes her mind."""
    endings = " ".join(f"*{ending}" for ending in sorted(SHEETS))
    return choose_file(parent, "Choose a spreadsheet", f"Spreadsheets ({endings})")


def choose_file(parent: QWidget, title: str, kinds: str) -> str:
    """The path of the file she chooses to read; empty when she changes her mind."""
    path, _kind = QFileDialog.getOpenFileName(parent, title, str(_first_folder()), kinds)
    return _keep(path)


def choose_where(parent: QWidget, title: str, name: str, kinds: str) -> str:
    """Where she wants a file written, ``name`` being offered; empty when she changes her mind."""
    path, _kind = QFileDialog.getSaveFileName(parent, title, str(_first_folder() / name), kinds)
    return _keep(path)


def choose_folder(parent: QWidget, title: str) -> str:
    """The folder she chooses to write into; empty when she changes her mind."""
    path = QFileDialog.getExistingDirectory(parent, title, str(_first_folder()))
    if path:
        _been[:] = [Path(path)]
    return path


def _first_folder() -> Path:
    place = QStandardPaths.StandardLocation
    documents = Path(QStandardPaths.writableLocation(place.DocumentsLocation))
    known = [folder for folder in (*_been, documents) if folder.is_dir()]
    return known[0] if known else Path.home()


def _keep(path: str) -> str:
    if path:
        _been[:] = [Path(path).parent]
    return path


ChoosePath = Callable[[QWidget, str], str]
"""Asks where something goes; with a title, or with the name that is offered."""


def choose_workbook(parent: QWidget, name: str) -> str:
    """Ask where the workbook goes; empty when she changes her mind."""
    path = choose_where(parent, "Export the workbook", name, "Excel workbook (*.xlsx)")
    return path if not path or Path(path).suffix else f"{path}.xlsx"
