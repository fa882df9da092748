"""A wish within a sentence that asks for people: “ten carers on nights, ideally with a car, based in Hull”."""

import re
from dataclasses import dataclass

_OPENS = re.compile(
    r"(?P<mark>[,;(–—-]|\s-)\s*(?:and |but )?"
    r"(?P<wish>(?:ideally|preferably|if possible)(?! (?:two|three|four|\d))\b)",
    re.I,
)
_RESUMES = re.compile(
    r"[,;–—]\s*(?:but |all |both |each |(?:and )?(?:all|who(?:['’]re| are| must be)?) )?"
    r"(?:liv(?:ing|e)|based|located|working|work)"
    r"(?= (?:in|within|near|around|across|close|anywhere|somewhere|no (?:more|further)|not (?:more|further)|"
    r"less|up to|under|inside|at most)\b)",
    re.I,
)
"""Where they live is said again of everybody asked for; “and living in ...” goes on with the wish."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish from its mark (“,”) and its wishing word to its end, and where what is asked for goes on."""

    mark: int
    start: int
    end: int
    resumes: int


def wish_within(words: str) -> Wish | None:
    """The first wish that stands inside a sentence, not at its beginning; None when there is none."""
    opens = _OPENS.search(words)
    if opens is None:
        return None
    start = opens.start("wish")
    closes = words.find(")", start) if opens["mark"] == "(" else -1
    if closes > 0:
        return Wish(opens.start(), start, closes, closes + 1)
    resumes = _RESUMES.search(words, start)
    end = resumes.start() if resumes else len(words)
    return Wish(opens.start(), start, end, end)
