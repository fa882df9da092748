"""Text as the rest of the program takes it: LF line ends, plain spaces, nothing invisible."""

import re

from matcher.files.readers.limits import MAX_TEXT

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\x0c]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_GAPS = re.compile(r"\n{3,}")
_BULLETS = re.compile(
    r"^([ \t]*)(?:[\x7f\uf0b7\uf0a7\uf0d8\uf076\u25cf\u25aa\u2022\u00b7\u2043\u25e6]|[o\xa7](?=[ \t]{2}))[ \t]*",
    re.MULTILINE,
)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""Letters that a font draws as one: “ﬁlm” is the word film."""
CUT_MARK = "\n[The rest was too long and was not read.]"


def tidy(text: str) -> str:
    """``text`` with one kind of line end, bullet and space, no ligatures, at most one blank line in a row.

    It is cut at ``MAX_TEXT``.
    """
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT] + CUT_MARK
    text = with_plain_bullets(_SPACES.sub(" ", _LINE_ENDS.sub("\n", text.translate(_LIGATURES))))
    # Once more: a bullet may have stood behind something invisible, which can itself be a bullet (0x7F).
    text = with_plain_bullets(_INVISIBLE.sub("", text))
    text = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _GAPS.sub("\n\n", text).strip("\n")


def with_plain_bullets(text: str) -> str:
    """``text`` with "- " where a line begins with a bullet of any font."""
    return _BULLETS.sub(r"\1- ", text)
