"""Bytes to text, when nobody says (or somebody lies about) how they were written."""

import codecs

from charset_normalizer import from_bytes

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000
_PUNCTUATION = "£€‘’“”–—…•·°½¼¾ «»©®™"
_LATIN_NAMES = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})


def decode_text(data: bytes, declared: str | None = None) -> str:
    """The text in ``data``; ``declared`` is believed only where the bytes agree. Never fails: the last resort
    is Latin-1, in which every byte is a letter."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data.decode(marked, "replace")
    if data.count(b"\x00", 0, 2000) > min(len(data), 2000) * 0.3:
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace")
    codec = _known(declared)
    if codec and codec not in _LATIN_NAMES and codec != "utf-8":
        try:
            return data.decode(codec)
        except (UnicodeError, ValueError):
            pass
    return _utf8(data) or _western(data) or _guessed(data)


def _known(name: str | None) -> str | None:
    """The codec a charset label means; None when there is none, or it is not one of text."""
    if not name:
        return None
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError, UnicodeError):
        return None
    return info.name if info._is_text_encoding else None


def _utf8(data: bytes) -> str | None:
    """UTF-8, forgiving a few broken letters among many good ones (a file cut in the middle of one)."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("�")
    good = sum(letter > "\x7f" for letter in text[:_SAMPLE]) - broken
    return text if good > 10 * broken else None


def _western(data: bytes) -> str | None:
    """Windows-1252, as Excel in Britain writes it, unless the result would be gibberish."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd = [letter for letter in text[:_SAMPLE] if letter > "\x7f"]
    likely = sum(letter in _PUNCTUATION or (letter.isalpha() and letter not in "ŠŽŸƒˆªº") for letter in odd)
    # Latin scripts spend few letters beyond ASCII; Cyrillic or Greek read as 1252 are nearly all beyond it.
    plain = sum(letter.isascii() and letter.isalpha() for letter in text[:_SAMPLE])
    return text if likely >= 0.7 * len(odd) and len(odd) <= max(10, plain) else None


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except (UnicodeError, LookupError):
            pass
    return data.decode("latin-1")
