"""What takes a yes back, wherever in a row it stands: a note, a status, a mark in a name, a tag, a day run out."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from matcher.directory.importing.columns import MappedColumn
from matcher.directory.importing.headers import FULL_NAME
from matcher.directory.importing.permission_cells import permission_answered
from matcher.directory.importing.permission_headers import PERMISSION_OF, PERMISSIONS
from matcher.directory.values import read_instant
from matcher.knowledge.leaving import in_doubt, leaves, not_now, noted_as_left
from matcher.knowledge.purposes import purposes_named, without_purposes
from matcher.knowledge.tables import fold, in_words, word_set
from matcher.knowledge.ticks import ticked
from matcher.model import Decision, Purpose

_OWN = frozenset({PERMISSIONS, "conditions_text", "avoid_text", "availability_text", "interests_text"})
_NAMES = frozenset({FULL_NAME, "first_name", "last_name"})
_WHY_LEFT = re.compile(r"unsub\w*.?reason|reason (for|of) (leaving|unsub)|why .{0,20}(leav|unsub)", re.IGNORECASE)
_OF_HER_LIFE = re.compile(
    r"\b(?:jobs?|work\w*|employ\w*|agency|compan\w+|school|stud\w+|course|training|marital|visa|dbs|licen\w+|"
    r"insurance|certificate|payment|orders?|tickets?|bookings?|events?|attend\w*)\b",
    re.IGNORECASE,
)
"""Headers over what was left, or is pending, in her life and not here."""
_STATUS = re.compile(
    r"\b(?:status|state|stage|standing)\W*$|\b(?:consent|signed|permission|paper|gdpr)\b.*\b(?:forms?|copy)\b|^\W*forms?\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"^\W*(?:\w+ )?(?:results?|outcomes?|flags?|rag(?: rating)?|responses?|repl(?:y|ies)|"
    r"what (?:was|she|he|they) said)\W*$",
    re.IGNORECASE,
)
"""Headers over what came of asking again: what is not plainly good news there makes a yes doubtful."""
_FORM = re.compile(
    r"\b(?:consent|gdpr|permission|signed|paper|data protection) forms?\b"
    r"|\bforms? (?:in|back|returned|received|signed|on file|seen|sent back)\b",
    re.IGNORECASE,
)
_FORM_IS_IN = re.compile(
    r"^\W*(?:signed|received|returned|in|back|on file|scanned|done|complete\w*|uploaded|filed|paper|"
    r"online|electronic)\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"^\W*(?:(?:still|very|quite|all|yes|is|she['’]?s|he['’]?s|spoke|said|says|renewed|and|,) ?)*"
    r"(?:happy|keen|fine|ok(?:ay)?|yes|good|confirmed|willing|interested|green|agreed|"
    r"chatty|friendly|lovely|nice|helpful|pleased|delighted|glad|enthusiastic|great|positive|"
    r"up for it|consented|active|current)\b"
    r"[^?,;]{0,25}$",
    re.IGNORECASE,
)
_SPEAKS_AGAINST = re.compile(r"\b(?:not?|never|but|only|unless|except|if|until|n['’]t|rest)\b", re.IGNORECASE)
_RED = re.compile(r"^\W*(?:red|stop)\b", re.IGNORECASE)
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


class TakenBack:
    """Looks for it in the rows of one sheet: ``columns`` are those that are read, ``headers`` all by place."""

    def __init__(self, columns: Sequence[MappedColumn], headers: Mapping[int, str], now: datetime) -> None:
        self._now = now
        read = {column.index for column in columns}
        unread = {place: in_words(header) for place, header in headers.items() if place not in read}
        own = [c.index for c in columns if c.target in _OWN or c.target.startswith(PERMISSION_OF)]
        self._own = [*own, *_under(headers, _WHY_LEFT)]
        self._names = [c.index for c in columns if c.target in _NAMES]
        self._noted = [place for place, header in unread.items() if not _OF_HER_LIFE.search(header)]
        here = {place: unread[place] for place in self._noted}
        self._status, self._active = _under(here, _STATUS), _under(here, _ACTIVE)
        self._result = _under(here, _RESULT)
        self._form = [
            place for place, header in headers.items() if place not in self._names and _FORM.search(header)
        ]
        self._again, self._until = _under(here, _AGAIN), _under(here, _UNTIL)

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
            or any(map(_RED.match, _cells(texts, self._result)))
            or not all(_is_in(_at(texts, place)) for place in self._form)
        )

    def doubted(self, texts: Sequence[str]) -> bool:
        """Whether a column that is not read says something that makes a yes of the row doubtful."""
        if any(not _is_good(text) for text in _cells(texts, self._result)):
            return True
        return any(map(in_doubt, _cells(texts, self._noted)))

    def _run_out(self, text: str) -> bool:
        until = read_instant(text)
        return until < self._now if until else not_now(text)

    def to_come(self, texts: Sequence[str]) -> bool:
        """Whether the row says until when a yes holds, and the day is not here yet."""
        return any(until and until >= self._now for until in map(read_instant, _cells(texts, self._until)))

    def refused(self, texts: Sequence[str]) -> frozenset[Purpose]:
        """What a tag or a short note says no to: "no media"."""
        labels = (label for text in _cells(texts, self._noted) if _NO_IN.search(text) for label in ticked(text))
        named = (purposes_named(label) for label in labels if _NO_TO.match(label) and _is_plain_no(label))
        return frozenset(Purpose(purpose) for purposes in named for purpose in purposes)


_NO_IN = re.compile(r"\b(?:no|not|never)\b", re.IGNORECASE)


def _is_plain_no(label: str) -> bool:
    return all(word in _BESIDE_A_NO for word in fold(without_purposes(label)).split())


def _is_in(form: str) -> bool:
    """Whether a form is here: a yes, a day, or "signed"."""
    return permission_answered(form) is Decision.GIVEN or bool(_FORM_IS_IN.match(form) or read_instant(form))


def _is_good(result: str) -> bool:
    return bool(_GOOD.match(result)) and not _SPEAKS_AGAINST.search(result)


def _under(headers: Mapping[int, str], pattern: re.Pattern[str]) -> list[int]:
    return [place for place, header in headers.items() if pattern.search(header)]


def _cells(texts: Sequence[str], places: Sequence[int]) -> list[str]:
    return [text for place in places if (text := _at(texts, place))]


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def _marks(name: str) -> list[str]:
    """What stands beside a name in brackets or after a dash."""
    return [part for found in _MARK.findall(name) for part in found if part]
