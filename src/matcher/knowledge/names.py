"""People's names: split, put in case, compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from matcher.knowledge.tables import fold, rows, word_set

_TITLES = word_set(
    "mr mrs miss ms mx dr prof professor rev revd reverend sir dame lord lady cllr councillor sr sister"
)
_SUFFIXES = word_set("jr jnr sr snr ii iii iv mbe obe cbe bem phd msc ba bsc rgn rmn rn frsa mp mwac jp")
_PARTICLES = word_set(
    "de da di du del della der den van von ter ten la le lo el al bin ibn ap ab dos das do y st st. mac"
)
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_SPACES = re.compile(r"\s+")
_PLAIN = re.compile(r"([A-Z][a-z]{2,}) ([A-Z][a-z]{2,})")
_O_NAME = re.compile(r"^(o['’]|d['’]|mc)(\w)(.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; either part may be ""."""

    first: str
    last: str

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}".strip()


def split_name(full: str, last: str = "") -> Name:
    """Split a name given in one column, or tidy one given in two.

    Titles, bracketed remarks and letters after the name go; "SURNAME, First" is turned round; names all in
    capitals or all in small letters are put in case; particles ("van der Berg") stay with the surname.
    """
    plain = None if last else _PLAIN.fullmatch(full.strip())
    if plain and plain[1].lower() not in _TITLES:  # most names are two words with nothing to put right
        return Name(plain[1], plain[2])
    full, last = _tidy(full), _tidy(last)
    if last:
        first_words = _without_titles(full.split())
        return Name(" ".join(_cased(w, full) for w in first_words), _cased_surname(last.split(), last))
    before, comma, after = full.partition(",")
    if comma and after.strip() and fold(after) not in _SUFFIXES:
        first = _without_titles(after.split())
        return Name(" ".join(_cased(w, full) for w in first), _cased_surname(before.split(), full))
    words = _without_titles((before if comma else full).split())
    if len(words) <= 1:
        return Name(" ".join(_cased(w, full) for w in words), "")
    cut = _surname_start(words)
    return Name(" ".join(_cased(w, full) for w in words[:cut]), _cased_surname(words[cut:], full))


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", str(text or ""))
    return _SPACES.sub(" ", _BRACKETS.sub(" ", text)).strip(" ,;-–*†‡#^~+")


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and fold(words[0]) in _TITLES:
        words = words[1:]
    while len(words) > 2 and fold(words[-1]) in _SUFFIXES:
        words = words[:-1]
    return words


def _surname_start(words: list[str]) -> int:
    """Where the surname begins: the last word, or the particles right before it."""
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return cut


def _cased_surname(words: list[str], context: str) -> str:
    """Particles stay small in front of a surname that had to be put in case."""
    all_capitals = _is_flat(context) and context.isupper()
    parts = []
    for place, word in enumerate(words):
        may_be_small = place < len(words) - 1 and word.casefold() in _PARTICLES
        small = may_be_small and (word.islower() or all_capitals)
        parts.append(word.casefold() if small else _cased(word, context))
    return " ".join(parts)


def _is_flat(text: str) -> bool:
    if not (text.isupper() or text.islower()):
        return False  # as most names are, and told at once
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and (all(c.isupper() for c in letters) or all(c.islower() for c in letters))


def _cased(word: str, context: str) -> str:
    """One word in case; left alone when the name already mixes capitals and small letters."""
    if not (_is_flat(context) or _is_flat(word)) or "." in word:
        return word
    if len(word) == 2 and word.isupper() and not _is_flat(context):
        return word  # initials such as "AJ"
    return "-".join(_capital(part) for part in word.split("-"))


def _capital(part: str) -> str:
    lower = part.lower()
    if special := _O_NAME.match(lower):
        head, letter, rest = special.groups()
        if head != "mc" or len(rest) >= 2:
            return head.capitalize() + letter.upper() + rest
    return lower[:1].upper() + lower[1:]


@cache
def _short_forms() -> dict[str, frozenset[int]]:
    """For every first name the numbers of the rows of the table it stands in."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(rows("vocabulary/first_names.tsv")):
        for name in (row["name"], *row["also"].split()):
            found.setdefault(fold(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def same_first_name(a: str, b: str) -> bool:
    """Whether two first names may be one person's: equal, a known short form, an initial, or one's beginning."""
    one, two = _first_word(a), _first_word(b)
    if not one or not two:
        return False
    if one == two:
        return True
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    forms = _short_forms()
    if forms.get(one, frozenset()) & forms.get(two, frozenset()):
        return True
    short, long = sorted((one, two), key=len)
    return len(short) >= 3 and long.startswith(short)


def is_short_for(short: str, full: str) -> bool:
    """Whether the first name ``short`` is a pet form, a beginning or the initial of ``full``: "Shaz", "Sharon"."""
    one, two = _first_word(short), _first_word(full)
    if not one or not two or one == two:
        return False
    return two.startswith(one) or one in _pet_forms().get(two, frozenset())


@cache
def _pet_forms() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in rows("vocabulary/first_names.tsv"):
        name = fold(row["name"])
        found[name] = found.get(name, frozenset()) | frozenset(map(fold, row["also"].split()))
    return found


@lru_cache(maxsize=65_536)
def _first_word(name: str) -> str:
    words = [word for word in fold(name).split() if word not in _TITLES]
    return words[0] if words else ""
