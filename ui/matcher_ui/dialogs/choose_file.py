"""Choosing a file of this computer."""

from PySide6.QtWidgets import QFileDialog, QWidget

from matcher_ui.incoming import SHEETS


def choose_spreadsheet(parent: QWidget) -> str:
    """The path of the spreadsheet she chooses; empty when she changes her mind."""
    endings = " ".join(f"*{ending}" for ending in sorted(SHEETS))
    path, _kind = QFileDialog.getOpenFileName(parent, "Choose a spreadsheet", "", f"Spreadsheets ({endings})")
    return path
