"""Reading the bundled tables, and one way of folding text so that spellings compare equal."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from matcher_resources import path_to

_APOSTROPHES = str.maketrans("", "", "'’‘`")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ASCII = str.maketrans({c: None if c in "'`" else c.lower() if c.isalnum() else " " for c in map(chr, range(128))})


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Every row of a bundled table, kept; ``.tsv`` is split on tabs, anything else on commas."""
    return tuple(each_row(name))


def each_row(name: str) -> Iterator[dict[str, str]]:
    """The rows of a bundled table one by one, none of them kept: for tables that are turned into something else."""
    with path_to(name).open(encoding="utf-8", newline="") as handle:
        if name.endswith(".tsv"):
            yield from csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        else:
            yield from csv.DictReader(handle)


def words_in(name: str) -> frozenset[str]:
    """The words of a bundled list, parted by spaces and lines."""
    return word_set(path_to(name).read_text(encoding="utf-8"))


def phrases_by(column: str, name: str) -> dict[str, list[str]]:
    """The phrases of a bundled table by what stands in a column of theirs, each in the order of the table."""
    found: dict[str, list[str]] = {}
    for row in each_row(name):
        found.setdefault(row[column], []).append(row["phrase"])
    return found


def kinds_in(name: str, of: str = "of", kind: str = "kind") -> dict[str, dict[str, list[str]]]:
    """The phrases of a bundled table by what they are a kind of, then by the kind, in the order of the table."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in each_row(name):
        found.setdefault(row[of], {}).setdefault(row[kind], []).append(row["phrase"])
    return found


def any_of(phrases: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """Any of these phrases, in whatever case, where ``before`` and ``after`` allow it."""
    return re.compile(f"{before}(?:{'|'.join(phrases)}){after}", re.IGNORECASE)


def in_words(text: str) -> str:
    """An answer that a program ran together with underscores, in words: "only_if_anonymous"."""
    return text if " " in text else text.replace("_", " ")


def fold(text: str) -> str:
    """Lower case, accents and apostrophes dropped, everything else that is no letter or digit one space."""
    if text.isascii():  # by far the most: a table is six times as fast
        return " ".join(text.translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text.translate(_APOSTROPHES).lower()).strip()


def word_set(text: str) -> frozenset[str]:
    """The words of a text, split at spaces: for lists of words kept in the code."""
    return frozenset(text.split())
