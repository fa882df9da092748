"""What takes a yes back, wherever in a row it stands: a note, a status, a mark in a name, a tag, a day run out."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain

from matcher.clock import LONDON
from matcher.directory.importing.columns import MappedColumn
from matcher.directory.importing.headers import FULL_NAME, IGNORE, LEFT_AT, meanings, tidy
from matcher.directory.importing.permission_cells import permission_answered
from matcher.directory.importing.permission_headers import (
    MAY_CONTACT,
    PERMISSION_OF,
    PERMISSIONS,
    about_something_else,
    permissions_asked,
    turns_round,
)
from matcher.directory.values import read_instant
from matcher.knowledge.ends import parted_from_end
from matcher.knowledge.leaving import leaves, not_now, noted_as_left
from matcher.knowledge.purposes import purposes_named, without_purposes
from matcher.knowledge.remarks import Remark, adds_nothing, denies, names_an_end, turns_away, weighed
from matcher.knowledge.tables import fold, in_words, word_set
from matcher.knowledge.ticks import ticked
from matcher.model import Decision, Purpose

_NAMES = frozenset({FULL_NAME, "first_name", "last_name"})
_HERS = frozenset({PERMISSIONS, "conditions_text", "avoid_text", "availability_text", "interests_text"})
_REACHED_BY = frozenset({"phone", "email"})
_NOT_LOOKED_AT = (
    _NAMES
    | _REACHED_BY
    | {"experience_text", "interests_text", PERMISSIONS, MAY_CONTACT, LEFT_AT, "last_answer_at"}
)
_WHY_LEFT = re.compile(r"unsub\w*.?reason|reason (for|of) (leaving|unsub)|why .{0,20}(leav|unsub)", re.IGNORECASE)
_OF_HER_LIFE = re.compile(
    r"\b(?:jobs?|work\w*|employ\w*|agency|compan\w+|school|stud\w+|course|training|marital|visa|dbs|licen\w+|"
    r"insurance|certificate|payment|orders?|tickets?|bookings?|events?|attend\w*)\b",
    re.IGNORECASE,
)
"""Headers over what was left, or is pending, in her life and not here."""
_STATE = re.compile(
    r"\b(?:status|state|stage|standing|flags?|rag|results?|outcomes?|responses?|repl(?:y|ies|ied)|answers?|said|"
    r"consent\w*|gdpr|permission|agreed|active|current|still|decision|verdict)\b",
    re.IGNORECASE,
)
"""Headers over how it stands with her: what is not plainly good there makes a yes doubtful."""
_OF_NEWS = re.compile(r"subscri|marketing|newsletter|mailchimp", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:status|state|stage|standing)\W*$|\b(?:consent|signed|permission|paper|gdpr)\b.*\b(?:forms?|copy)\b|^\W*forms?\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:consent|gdpr|permission|signed|paper|data protection) forms?\b"
    r"|\bforms? (?:in|back|returned|received|signed|on file|seen|sent back)\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"^\W*(?:is |still )?(?:active|current)(?: (?:member|volunteer|carer|contact))?\W*$", re.IGNORECASE
)
_AGAIN = re.compile(r"\bre[- ]?(?:consent|confirm|permission|opt(?:ed)?[- ]?in)", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:consent|permission)s? (?:expires?|expiry|ends?|until|till?|runs out|review|renewal|"
    r"valid (?:until|till?|to))\b|\bexpiry of consent\b"
    r"|^\W*(?:valid (?:until|till?|to)|until|till?|good until|holds? (?:until|till?)|ends?(?: on)?|end date|"
    r"(?:renew|review|ask again)(?: (?:by|before|on|due))?|expires?(?: on)?|expiry(?: date)?|runs out(?: on)?)\W*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"\(([^)]*)\)|[\s*][-–—*/]\s*(.+)$|^(dnc)\b", re.IGNORECASE)
_NO_TO = re.compile(r"^\W*(?:no|not|never|no more)\b", re.IGNORECASE)
_BESIDE_A_NO = word_set("no not never more please for requests request contact work interviews at all thanks")
_PLAIN_ANSWER = re.compile(r"\W*(?:y|n|yes|no|true|false|x|n\W?a|none|[\d.,]+)?\W*", re.IGNORECASE)
_NOTHING = re.compile(r"[\W_]*(?:n|no|none|false|0|n\W?a|nope)?[\W_]*", re.IGNORECASE)


class _TurnsAway(dict[str, bool]):
    """Whether the cells of a column that is read for something else turn away who would ask; each is read once."""

    def __missing__(self, cell: str) -> bool:
        found = self[cell] = turns_away(cell)
        return found


class TakenBack:
    """Looks for it in the rows of one sheet: ``columns`` are those that are read, ``headers`` all by place, and
    ``beside`` the places of those that say nothing of asking, as she told."""

    def __init__(
        self,
        columns: Sequence[MappedColumn],
        headers: Mapping[int, str],
        now: datetime,
        beside: frozenset[int] = frozenset(),
    ) -> None:
        self._today = now.astimezone(LONDON).date()
        read = {column.index for column in columns} | beside
        unread = {place: in_words(header) for place, header in headers.items() if place not in read}
        self._own = [c.index for c in columns if c.target in _HERS or c.target.startswith(PERMISSION_OF)]
        self._own += _under(headers, _WHY_LEFT)
        self._names = [c.index for c in columns if c.target in _NAMES]
        here = {place: header for place, header in unread.items() if not _OF_HER_LIFE.search(header)}
        self._noted = list(here)
        self._status, self._active = _under(here, _STATUS), _under(here, _ACTIVE)
        self._form = [
            place for place, header in headers.items() if place not in self._names and _FORM.search(header)
        ]
        self._again, self._until = _under(here, _AGAIN), _under(here, _UNTIL)
        self._headers = headers
        self._looked_at = [
            (place, _raised_under(header) if place in here else turns_away)
            for place, header in unread.items()
            if place not in self._until
        ]
        self._remarks = [place for place, header in here.items() if _may_hold_remarks(header)]
        self._looked_at += [(c.index, _rest_speaks) for c in columns if c.target in _REACHED_BY]
        others = [c for c in columns if c.target not in _NOT_LOOKED_AT and not c.target.startswith(PERMISSION_OF)]
        self._others = [(c.index, _TurnsAway()) for c in others]

    def left(self, texts: Sequence[str]) -> str:
        """The words that ask to be left out, hers or in a note on her; "" when there are none."""
        hers = (text for text in _cells(texts, self._own) if leaves(text))
        noted = (text for text in _cells(texts, self._noted) if noted_as_left(text))
        marked = (text for text in _cells(texts, self._names) if any(map(noted_as_left, _marks(text))))
        return next(chain(hers, noted, marked), "")

    def held_back(self, texts: Sequence[str]) -> bool:
        """Whether no yes of the row counts: on hold or not active, not given again when asked, or run out."""
        return (
            any(map(not_now, _cells(texts, self._status)))
            or any(permission_answered(text) is Decision.REFUSED for text in _cells(texts, self._active))
            or any(permission_answered(_at(texts, place)) is not Decision.GIVEN for place in self._again)
            or any(map(self._run_out, _cells(texts, self._until)))
            or any(end < self._today for end in self._noted_ends(texts))
            or not all(_is_in(_at(texts, place)) for place in self._form)
        )

    def doubted(self, texts: Sequence[str]) -> str:
        """The header of the column that makes a yes of the row doubtful; "" when none does."""
        width = len(texts)
        for place, raises in self._looked_at:
            if place < width and (text := texts[place]) and raises(text):
                return self._headers[place] or f"Column {place + 1}"
        for place, against in self._others:
            if place < width and (text := texts[place]) and against[text]:
                return self._headers[place]
        for place in self._names:
            if place < width and any(weighed(mark) is Remark.SPEAKS for mark in _marks(texts[place])):
                return self._headers[place]
        return ""

    def not_understood(self, texts: Sequence[str]) -> str:
        """The header of a column of the founder's remarks with one that is not understood whole; "" for none."""
        width = len(texts)
        found = (p for p in self._remarks if p < width and (text := texts[p]) and _is_remark(text))
        place = next(found, -1)
        return "" if place < 0 else self._headers[place] or f"Column {place + 1}"

    def _run_out(self, text: str) -> bool:
        until = read_instant(text)
        return until.astimezone(LONDON).date() < self._today if until else not _is_nothing(text)

    def ends(self, texts: Sequence[str]) -> date | None:
        """The last day on which the yeses of a row hold, where it says so."""
        days = (until.astimezone(LONDON).date() for until in map(read_instant, _cells(texts, self._until)) if until)
        return min(chain(days, self._noted_ends(texts)), default=None)

    def _noted_ends(self, texts: Sequence[str]) -> list[date]:
        parted = (parted_from_end(text) for text in _cells(texts, self._noted))
        return [end for rest, end in parted if end and adds_nothing(rest)]

    def refused(self, texts: Sequence[str]) -> frozenset[Purpose]:
        """What a tag or a short note says no to: "no media"."""
        labels = (label for text in _cells(texts, self._noted) if _NO_IN.search(text) for label in ticked(text))
        named = (purposes_named(label) for label in labels if _NO_TO.match(label) and _is_plain_no(label))
        return frozenset(Purpose(purpose) for purposes in named for purpose in purposes)


_NO_IN = re.compile(r"\b(?:no|not|never)\b", re.IGNORECASE)


def _may_hold_remarks(header: str) -> bool:
    """Whether what stands under a header may be what somebody noted on her: it asks her nothing, and names nothing
    else that is known."""
    known = meanings(header).keys() - {IGNORE} and not permissions_asked(header, tidy(header))
    return not (known or _TO_HER.search(header) or _OF_NEWS.search(header) or about_something_else(header))


def _raised_under(header: str) -> Callable[[str], bool]:
    """What makes a yes doubtful under a header that is not read for anything else.

    One that names an end says it by whatever stands there, one over how it stands with her by whatever is not
    plainly good, one that is empty by any sign that is no number.
    """
    if names_an_end(header) or turns_round(header):
        return lambda text: not _is_nothing(text)
    if _OF_NEWS.search(header):
        return turns_away
    if _STATE.search(header) and not about_something_else(header):
        return lambda text: not (adds_nothing(parted_from_end(text)[0]) or read_instant(text))
    if not header.strip(" .?*-"):
        return lambda text: _speaks(text) or (len(text) <= _A_SIGN and not text[:1].isdigit())
    if meanings(header).keys() - {IGNORE} and not permissions_asked(header, tidy(header)):
        return lambda text: not _PLAIN_ANSWER.fullmatch(text) and denies(text)
    if _TO_HER.search(header):
        return turns_away
    return lambda text: not _PLAIN_ANSWER.fullmatch(text) and _speaks(text) and not _only_refuses(text)


_A_SIGN = 3
_TO_HER = re.compile(
    r"\b(?:you|your|yours|yourself|i|my|me|chi|eich)\b|^\s*(?:do|did|have|are|is there)\b.*\?", re.IGNORECASE
)
"""A question that she answered herself: what she says there she says of her life, and in words of her own."""


def _is_remark(text: str) -> bool:
    """Whether a cell is a remark that is not understood whole, and not just a mark, a day or a word or two."""
    rest = parted_from_end(text)[0]
    return len(rest.split()) >= _A_REMARK and not _only_refuses(text) and not adds_nothing(rest)


_A_REMARK = 3


def _only_refuses(text: str) -> bool:
    """Whether each label of a cell says plainly to what it says no, as ``TakenBack.refused`` takes it."""
    labels = ticked(text)
    noes = [label for label in labels if _NO_TO.match(label) and purposes_named(label) and _is_plain_no(label)]
    return bool(noes) and all(label in noes or weighed(label) is not Remark.SPEAKS for label in labels)


def _speaks(remark: str) -> bool:
    return weighed(parted_from_end(remark)[0]) is Remark.SPEAKS


def _rest_speaks(text: str) -> bool:
    """Whether something is said beside a number or an address."""
    if text.upper() == text.lower() or not ("@" in text or _A_NUMBER.search(text)):
        return False
    rest = _ADDRESS.sub(" ", text)
    return not rest.isspace() and bool(rest) and weighed(rest) is Remark.SPEAKS


_A_NUMBER = re.compile(r"\d\d\d")
_ADDRESS = re.compile(r"\S*@\S*|[\d+()]+")


def _is_nothing(text: str) -> bool:
    """Whether a cell under a header that asks for a no says that there is none."""
    return bool(_NOTHING.fullmatch(text))


def _is_plain_no(label: str) -> bool:
    return all(word in _BESIDE_A_NO for word in fold(without_purposes(label)).split())


def _is_in(form: str) -> bool:
    """Whether a form is here: a yes, a day, or "signed"."""
    return weighed(form) is Remark.GOOD or bool(read_instant(form))


def _under(headers: Mapping[int, str], pattern: re.Pattern[str]) -> list[int]:
    return [place for place, header in headers.items() if pattern.search(header)]


def _cells(texts: Sequence[str], places: Sequence[int]) -> list[str]:
    return [text for place in places if (text := _at(texts, place))]


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def _marks(name: str) -> list[str]:
    """What stands beside a name in brackets or after a dash."""
    return [part for found in _MARK.findall(name) for part in found if part]
