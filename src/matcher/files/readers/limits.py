"""How large a file may be, how much of it may be unpacked, and how long reading may take (promise 11).

Sizes are bytes. The zip figures are those of promise 11: 200 MB declared in total, 100 times the packed size.
"""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from matcher.errors import UserError
from matcher.files.readers.faults import damaged

MAX_WORKBOOK_BYTES = 200_000_000
MAX_DOCUMENT_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ZIP_RATIO = 100
SMALL_ZIP_BYTES = 1_000_000  # below this unpacked size the ratio says nothing
MAX_ZIP_MEMBERS = 5_000
MAX_ROWS = 300_000
MAX_COLUMNS = 702  # A to ZZ
MAX_CELLS = 20_000_000
MAX_TEXT = 2_000_000
MAX_PARTS = 30
MAX_DEPTH = 4
MAX_PAGES = 200
MEMORY_BYTES = 1 << 30
SECONDS = 30.0

_PROLOG_BYTES = 64_000
_ROOT = re.compile(rb"<[A-Za-z_]")


def check_zip(data: bytes | Path, name: str) -> None:
    """Refuse a zip that would unpack to too much, or whose XML declares entities.

    Raises UserError naming ``name``. Sizes are first taken as declared; nothing is unpacked past them because
    the standard library stops at the declared size of a member.
    """
    try:
        with zipfile.ZipFile(data if isinstance(data, Path) else BytesIO(data)) as archive:
            _check_sizes(archive, name)
            for member in archive.infolist():
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_prolog(archive, member, name)
    except (UserError, MemoryError):
        raise
    except Exception as error:  # zipfile, zlib, lzma and bz2 each have their own error classes
        raise damaged(name) from error


def _check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_ZIP_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
        raise UserError(
            f"The file would unpack to more than {MAX_UNPACKED_BYTES // 1_000_000} MB and was not opened.",
            where=name,
            todo="If it is really yours, split it into smaller files.",
        )
    if unpacked > SMALL_ZIP_BYTES and unpacked > packed * MAX_ZIP_RATIO:
        raise UserError(
            f"The file would grow to more than {MAX_ZIP_RATIO} times its size when opened, and was not opened.",
            where=name,
            todo="If it is really yours, copy its cells into a new file and save that.",
        )


def _check_prolog(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """A document type declaration can only stand before the first element; Office never writes one."""
    with archive.open(member) as part:
        head = part.read(_PROLOG_BYTES)
    plain = head.replace(b"\x00", b"")  # UTF-16 read as bytes
    root = _ROOT.search(plain)
    prolog = plain[: root.start()] if root else plain
    if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog or (root is None and len(head) == _PROLOG_BYTES):
        raise UserError(
            "The file holds instructions that documents never need, and was not opened.",
            where=name,
            todo="Open it in Excel or Word, save it as a new file and use that.",
        )
