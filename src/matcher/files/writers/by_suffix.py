"""A file of the kind that its name asks for: a workbook, a page to read and print, or a PDF."""

from collections.abc import Callable
from pathlib import Path

from matcher.errors import UserError


def bytes_for(
    path: Path, what: str, *, workbook: Callable[[], bytes], page: Callable[[], bytes], pdf: bytes | None = None
) -> bytes:
    """The content for ``path`` by its ending: ``workbook`` for .xlsx, ``page`` for .html, ``pdf`` for .pdf.

    Only a window can draw a PDF, so ``pdf`` is None elsewhere. Raises UserError for any other ending; ``what`` is
    how it calls the file ("report").
    """
    suffix = path.suffix.lower()
    if suffix == ".pdf" and pdf is not None:
        return pdf
    if suffix == ".xlsx":
        return workbook()
    if suffix == ".html":
        return page()
    kinds = ".xlsx, .html or .pdf" if suffix != ".pdf" else ".xlsx or .html here, as .pdf by the window"
    raise UserError(f"The {what} is written as {kinds}.", where=path.name, todo="Choose one of these.")
