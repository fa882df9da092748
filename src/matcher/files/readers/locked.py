"""Inside the child: a workbook with a password, opened in memory. Nothing of it touches the disk."""

from io import BytesIO
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from matcher.errors import UserError
from matcher.files.readers.faults import protected
from matcher.files.readers.limits import MAX_UNPACKED_BYTES


def opened(path: Path, password: str, name: str) -> bytes:
    """What a protected .xlsx holds. Raises UserError without the right password."""
    if not password:
        raise protected(name)
    target = BytesIO()
    try:
        with path.open("rb") as file:
            book = OOXMLFile(file)
            book.load_key(password=password, verify_password=True)
            book.decrypt(target)
    except Exception as error:  # the library has many ways to say that a key does not fit
        raise UserError("This is not the password of the file.", where=name, todo="Try it again.") from error
    if target.tell() > MAX_UNPACKED_BYTES:
        raise UserError("The file is too large to be opened.", where=name)
    return target.getvalue()
