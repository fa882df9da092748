"""What is dropped on the window or pasted into it, and the page that takes it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

from matcher.errors import UserError
from matcher.storage import PACKED, SUFFIX
from matcher_ui.workspace import Place

SHEETS = frozenset({".xlsx", ".csv", ".ods", ".xls"})
LETTERS = frozenset({".eml", ".msg", ".docx", ".pdf", ".txt"})


def place_for(data: QMimeData) -> Place | None:
    """Where this goes: sheets to the import, letters and text to Log a request; None when it holds neither.

    Raises UserError for files of other kinds, and for sheets and letters dropped together.
    """
    paths = paths_in(data)
    if paths:
        return _place_for_files(paths)
    words = data.text() if data.hasText() else ""
    return Place("log", payload=words) if words.strip() else None


def paths_in(data: QMimeData) -> tuple[Path, ...]:
    """The files of this computer named in what was dropped or pasted."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def is_store(path: Path) -> bool:
    """Whether a store of Matcher lies there."""
    return path.suffix == SUFFIX and path.is_dir()


def _place_for_files(paths: Sequence[Path]) -> Place:
    payload = tuple(map(str, paths))
    if any(is_store(path) or path.suffix == PACKED for path in paths):
        raise UserError(
            "That is a store of Matcher, or a backup of one.", todo="Lock this one (Ctrl+L), then drop it there."
        )
    endings = {path.suffix.lower() for path in paths}
    if endings <= SHEETS:
        return Place("import", payload=payload)
    if endings <= LETTERS:
        return Place("log", payload=payload)
    odd = next((path for path in paths if path.suffix.lower() not in SHEETS | LETTERS), None)
    if odd is None:
        raise UserError("Those are a spreadsheet and a letter together.", todo="Drop one kind at a time.")
    raise UserError(
        "Matcher cannot read this kind of file.",
        where=odd.name,
        todo="Drop a spreadsheet (.xlsx, .csv, .ods) or a letter (.eml, .msg, .docx, .pdf, .txt).",
    )
