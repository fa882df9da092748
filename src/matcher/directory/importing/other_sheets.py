"""What the other sheets of a book say of those on the sheet that is read: who is not, or may not want, to be asked.

Nothing of another sheet is kept. Hidden sheets are looked at as the others are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from matcher.directory.importing.asides import against_all
from matcher.directory.importing.columns import SheetRow
from matcher.directory.importing.lowering import in_doubt, refused, rows_named, withdrawn
from matcher.directory.importing.rows import Kind, RowAnswer
from matcher.directory.values import plain
from matcher.files.readers.workbooks import Sheet
from matcher.knowledge.emails import email
from matcher.knowledge.gazetteer import called
from matcher.knowledge.names import same_first_name, split_name
from matcher.knowledge.phones import phone
from matcher.knowledge.purposes import purposes_named
from matcher.knowledge.tables import fold, word_set
from matcher.model import Decision, Purpose

_NOT_TO_ASK = re.compile(
    r"\b(?:(?:do not|don['’]?t|dont|never|not to|no) (?:ask|contact|e-?mail|call|ring|text|use|approach|invite)"
    r"|dnc|dnd|unsub\w*|opt(?:ed)?[- ]?outs?|withdr[ae]w\w*|leavers?|deceased|died|dead|passed away|suppress\w*|"
    r"black ?list|no consent|consent (?:withdrawn|refused|declined|revoked))\b"
    r"|^\W*(?:have |has |who |people who |members who )?left\b(?! to| for)"
    r"|^\W*(?:r\W?i\W?p\W*|gone|ex|inactive|former|removed|stopped|no longer|blocked|erased|deleted|refused|"
    r"declined|said no|no|noes|nos|no thanks|stop|not now)"
    r"(?:[ -](?:members?|carers?|people|list|volunteers?))?\W*(?:\d{4})?\W*$",
    re.IGNORECASE,
)
_SAYS_NOTHING = word_set(
    "sheet list lists member members people person contact contacts attendee attendees attendance register "
    "meeting meetings meetup meetups meet up event events newsletter mailing volunteer volunteers name names "
    "data form forms response responses old new all copy backup master main full everyone export import "
    "archive training conference workshop raffle tickets quiz walk trip lunch social christmas xmas party tea "
    "group groups team teams branch of the and for in at on to by from north south east west wales scotland "
    "england ireland midlands home care carers workers january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer "
    "autumn winter whatsapp emails phones numbers"
)
"""Words of the names of sheets that say nothing of why people stand on them."""
_OLD = re.compile(r"\b(?:old|archived?|backup|copy|previous|superseded)\b", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"[\d@]")
_LONGEST_NAME = 5
_NAMES = 2


def not_to_be_asked(sheet: str) -> bool:
    """Whether the name of a sheet says that whoever is on it is not to be asked: "DON'T ASK", "Left", "RIP"."""
    return bool(_NOT_TO_ASK.search(sheet.replace("_", " ")))


def is_old(sheet: str) -> bool:
    """Whether the name of a sheet says that another has taken its place: “OLD LIST”."""
    return bool(_OLD.search(sheet.replace("_", " ")))


def _says_nothing(name: str) -> bool:
    """Whether the name of a sheet tells nothing of why people stand on it but when, where or for what event."""
    words = fold(name.replace("_", " ")).split()
    return all(w in _SAYS_NOTHING or w.rstrip("stndrh").isdigit() or bool(called(w)) for w in words)


@dataclass(slots=True)
class _Listed:
    """Who is on a sheet: whatever in it could be an address, a number or a name, with the row it stands in."""

    contacts: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    rows: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, sheet: Sheet) -> "_Listed":
        found = cls()
        for row in sheet.rows:
            found.add(row)
        return found

    def add(self, row: SheetRow) -> None:
        texts = [text for cell in row.cells if (text := plain(cell))]
        for text in texts:
            number = phone(text)
            reached = email(text) or (number.national if number else "")
            if reached:
                self.contacts[reached] = row.number
                self.rows.add(row.number)
        beside = (f"{one} {other}" for one, other in pairwise(texts))
        for text in (*texts, *beside):
            if not _NOT_A_NAME.search(text) and len(text.split()) <= _LONGEST_NAME:
                name = split_name(text)
                self.names[fold(name.last or name.first)].append((name.first if name.last else "", row.number))
                self.rows.add(row.number)

    def rows_of(self, answer: RowAnswer) -> set[int]:
        """The rows that may be hers: by an address or number, else by her name."""
        values = answer.values
        reached = {self.contacts[one] for key in ("email", "phone") if (one := values.get(key)) in self.contacts}
        if reached:
            return reached
        first, last = values.get("first_name") or "", values.get("last_name") or ""
        named = self.names.get(fold(last or first), ()) if last or first else ()
        return {row for other, row in named if same_first_name(first, other) or (not last and not other)}


Understood = Callable[[Sheet], Sequence[RowAnswer]]
"""How a sheet is read that was not chosen."""


def said_elsewhere(
    answers: Sequence[RowAnswer], other: Sheet, chosen: str, understood: Understood
) -> tuple[list[RowAnswer], list[str]]:
    """The answers as another sheet leaves them, and what to say of it."""
    listed = _Listed.of(other)
    theirs = {a.row: rows for a in answers if a.kind is Kind.PERSON and (rows := listed.rows_of(a))}
    if not_to_be_asked(other.name) or any(map(against_all, _titles(other, theirs))):
        return _off_the_list(answers, other, chosen, listed, theirs)
    if not theirs:
        return list(answers), []
    met = {row for rows in theirs.values() for row in rows}
    if _is_bare(other, met) and not _says_nothing(other.name):
        why = f"on the sheet “{other.name}”"
        told = (
            f"Sheet “{other.name}” names {len(theirs)} of “{chosen}”, and not why: their yeses were taken as "
            f"“ask me first” ({rows_named(sorted(theirs))})."
        )
        return [in_doubt(a, why) if a.row in theirs else a for a in answers], [told]
    return _row_by_row(answers, other, chosen, theirs, understood)


def _titles(sheet: Sheet, theirs: Mapping[int, set[int]]) -> list[str]:
    """What stands above the first row that is somebody's."""
    first = min((row for rows in theirs.values() for row in rows), default=0)
    rows = (row for row in sheet.rows[:_LONGEST_HEAD] if row.number < first)
    return [text for row in rows for cell in row.cells if (text := plain(cell))]


_LONGEST_HEAD = 20


def _is_bare(sheet: Sheet, met: Collection[int]) -> bool:
    """Whether the rows of people on a sheet hold nothing but names, numbers and addresses."""
    texts = (plain(cell) for row in sheet.rows if row.number in met for cell in row.cells)
    return all(_NOT_A_NAME.search(text) or len(text.split()) <= _LONGEST_NAME for text in texts) and all(
        sum(1 for cell in row.cells if (text := plain(cell)) and not _NOT_A_NAME.search(text)) <= _NAMES
        for row in sheet.rows
        if row.number in met
    )


def _row_by_row(
    answers: Sequence[RowAnswer], other: Sheet, chosen: str, theirs: Mapping[int, set[int]], understood: Understood
) -> tuple[list[RowAnswer], list[str]]:
    """Whoever a row of the other sheet refuses for, or raises a doubt about, is in doubt."""
    why = f"on the sheet “{other.name}”"
    said = {answer.row: answer for answer in understood(other)}
    left = {row for row, one in said.items() if one.withdrew}
    against = left | {row for row, one in said.items() if one.against or Decision.REFUSED in one.decisions.values()}
    doubted = {row for row, rows in theirs.items() if rows & against}
    if not doubted:
        return list(answers), []
    found = []
    for answer in answers:
        if answer.row not in doubted:
            found.append(answer)
        else:
            found.append(withdrawn(answer, why) if theirs[answer.row] & left else in_doubt(answer, why))
    rows = rows_named(sorted(doubted))
    told = f"Sheet “{other.name}” speaks against a yes of “{chosen}”: it was not taken whole ({rows})."
    return found, [told]


def _off_the_list(
    answers: Sequence[RowAnswer], other: Sheet, chosen: str, listed: _Listed, theirs: Mapping[int, set[int]]
) -> tuple[list[RowAnswer], list[str]]:
    purposes = frozenset(map(Purpose, purposes_named(other.name)))
    why = f"on the sheet “{other.name}”"
    found = [
        a if a.row not in theirs else refused(a, purposes, why) if purposes else withdrawn(a, why) for a in answers
    ]
    met = {row for rows in theirs.values() for row in rows}
    unknown = sorted(listed.rows - met - {min(listed.rows, default=0)})  # the first may hold headers
    told = [
        f"Sheet “{other.name}” was read as a list of people not to be asked: {len(theirs)} of “{chosen}” are on it."
    ]
    if unknown:
        told.append(
            f"Nobody of “{chosen}” was found for {rows_named(unknown)} of sheet “{other.name}”: look yourself."
        )
    return found, [*told, *([f"No yes was taken for {rows_named(sorted(theirs))}, {why}."] if theirs else [])]
