"""A workbook under a password, as Excel and LibreOffice ask for it (agile encryption, AES-256)."""

from io import BytesIO

from matcher.errors import UserError

SHORTEST = 8


def under_password(content: bytes, password: str) -> bytes:
    """The .xlsx ``content`` so that it opens only with ``password``. Raises UserError when that is too short."""
    if len(password) < SHORTEST:
        raise UserError(
            f"The password of the file is shorter than {SHORTEST} letters.", todo="Three words make a good one."
        )
    from msoffcrypto.format.ooxml import OOXMLFile  # slow to load, seldom needed

    target = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, target)
    return target.getvalue()
