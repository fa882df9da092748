"""What a file really is, told by its first bytes and its parts, never by its name."""

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import IO

from olefile import MAGIC, OleFileIO  # type: ignore[import-untyped]


class Kind(StrEnum):
    """What the first bytes say a file is, whatever its name says."""

    XLSX = "an Excel workbook"
    XLSB = "a binary Excel workbook (.xlsb)"
    XLS = "an old Excel workbook"
    VERY_OLD_XLS = "a very old Excel workbook"
    ODS = "an OpenDocument spreadsheet"
    NUMBERS = "a Numbers or Pages file"
    ENCRYPTED = "protected by a password"
    DOCX = "a Word document"
    DOC = "an old Word document (.doc)"
    ODT = "an OpenDocument text"
    PPTX = "a PowerPoint presentation"
    MSG = "an Outlook message"
    OLE = "an old Office file"
    ZIP = "a zip archive"
    PDF = "a PDF"
    RTF = "a rich text file (.rtf)"
    IMAGE = "a picture"
    MEDIA = "a sound or video file"
    HTML = "a web page"
    XML = "an XML file"
    JSON = "a JSON file"
    CALENDAR = "a calendar entry"
    BINARY = "a file of an unknown kind"
    TEXT = "a text file"
    EMPTY = "empty"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"ID3", Kind.MEDIA),
    (b"OggS", Kind.MEDIA),
    (b"RIFF", Kind.MEDIA),
    (b"\x1f\x8b", Kind.ZIP),
    (b"Rar!", Kind.ZIP),
    (b"7z\xbc\xaf", Kind.ZIP),
    (b"\x09\x08\x10\x00\x00\x06\x05\x00", Kind.VERY_OLD_XLS),
    (b"\x09\x08\x08\x00", Kind.VERY_OLD_XLS),
    (b"\x09\x04\x06\x00", Kind.VERY_OLD_XLS),
    (b"\x09\x02\x06\x00", Kind.VERY_OLD_XLS),
    (b"\x09\x00\x04\x00", Kind.VERY_OLD_XLS),
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes | Path) -> Kind:
    """What a file is by its content. ``data`` is the whole file's bytes or its path; errors of the disk pass."""
    with _opened(data) as file:
        head = file.read(4096)
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _zip_kind(file)
        if head.startswith(MAGIC):
            return _ole_kind(file)
    return _plain_kind(head)


def _opened(data: bytes | Path) -> IO[bytes]:
    return data.open("rb") if isinstance(data, Path) else BytesIO(data)


def _plain_kind(head: bytes) -> Kind:
    if not head.strip():
        return Kind.EMPTY
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp":
        return Kind.IMAGE if head[8:11] in (b"hei", b"mif", b"avi") else Kind.MEDIA
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_UTF_16):
        return Kind.TEXT
    if b"\x00" in head:
        nulls = max(head[::2].count(0), head[1::2].count(0))
        return Kind.TEXT if nulls > len(head) * 0.35 and b"\x00\x00\x00" not in head else Kind.BINARY
    return _text_kind(head)


def _text_kind(head: bytes) -> Kind:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div", b"<meta")):
        return Kind.HTML
    if start.startswith((b"<?xml", b"<!doctype")):
        return Kind.HTML if b"<html" in start else Kind.XML
    if start.startswith(b"begin:vcalendar"):
        return Kind.CALENDAR
    if re.match(rb'[\[{]\s*(?:["\[{}\]]|-?\d[\d.]*\s*[,\]])', start) and not re.match(rb"\[[^\]\n]*\]\s*,", start):
        return Kind.JSON
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b" for byte in head)
    return Kind.BINARY if controls > max(2, len(head) // 50) else Kind.TEXT


def open_ole(data: bytes | Path) -> OleFileIO:
    """The old Office container in ``data``; olefile raises nearly anything when it is damaged."""
    return OleFileIO(data if isinstance(data, Path) else BytesIO(data))


def _zip_kind(file: IO[bytes]) -> Kind:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            opened = "mimetype" in names and archive.getinfo("mimetype").file_size < 200
            mime = archive.read("mimetype").decode("ascii", "replace") if opened else ""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return Kind.ZIP
    lower = {name.lower().lstrip("/") for name in names}
    for name, kind in (
        ("xl/workbook.xml", Kind.XLSX),
        ("xl/workbook.bin", Kind.XLSB),
        ("word/document.xml", Kind.DOCX),
        ("ppt/presentation.xml", Kind.PPTX),
        ("index/document.iwa", Kind.NUMBERS),
    ):
        if name in lower:
            return kind
    if "opendocument.spreadsheet" in mime:
        return Kind.ODS
    if "opendocument.text" in mime:
        return Kind.ODT
    return Kind.XLSX if any(name.startswith("xl/worksheets/") for name in lower) else Kind.ZIP


def _ole_kind(file: IO[bytes]) -> Kind:
    file.seek(0)
    try:
        with OleFileIO(file) as ole:
            names = {"/".join(path).lower() for path in ole.listdir(streams=True, storages=False)}
    except Exception:  # noqa: BLE001 - olefile raises anything on damaged containers
        return Kind.OLE
    if "encryptedpackage" in names:
        return Kind.ENCRYPTED
    if {"workbook", "book"} & names:
        return Kind.XLS
    if "__properties_version1.0" in names:
        return Kind.MSG
    return Kind.DOC if "worddocument" in names else Kind.OLE
