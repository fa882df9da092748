"""Whom a book sets apart: on a sheet of those not to be asked, struck through, or by a comment on a cell.

Nobody set apart keeps a yes, and the preview says who and why.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from matcher.directory.importing.columns import Layout, SheetRow
from matcher.directory.importing.headers import FULL_NAME
from matcher.directory.importing.permissions import yeses_left_out
from matcher.directory.importing.rows import TURNED_KEY, Kind, RowAnswer
from matcher.directory.values import plain
from matcher.files.readers.workbooks import Sheet
from matcher.knowledge.answer_keys import yes_means_no
from matcher.knowledge.emails import email
from matcher.knowledge.leaving import in_doubt, noted_as_left
from matcher.knowledge.names import same_first_name, split_name
from matcher.knowledge.phones import phone
from matcher.knowledge.purposes import purposes_named
from matcher.knowledge.tables import fold
from matcher.model import ASKING, Decision, Purpose

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
_NOT_A_NAME = re.compile(r"[\d@]")
_LONGEST_NAME = 5


def not_to_be_asked(sheet: str) -> bool:
    """Whether the name of a sheet says that whoever is on it is not to be asked: "DON'T ASK", "Left", "RIP"."""
    return bool(_NOT_TO_ASK.search(sheet.replace("_", " ")))


def leave_alone(
    answers: Sequence[RowAnswer], book: Sequence[Sheet], chosen: int, layout: Layout, mapping: Mapping[int, str]
) -> tuple[list[RowAnswer], list[str]]:
    """The answers without the yeses of whoever the book sets apart, and what to say of it.

    ``chosen`` is the place of the sheet that was read, under ``mapping`` of the columns of ``layout``.
    """
    told: list[str] = []
    found = list(answers)
    if not_to_be_asked(book[chosen].name):
        found = _without_yeses(answers)
        told.append(f"No yes was taken: “{book[chosen].name}” names people not to be asked.")
    elif where := _turned_key(answers, book, chosen, layout):
        found = _without_yeses(answers)
        told.append(f"No yes was taken: a key ({where}) gives what looks like a yes the meaning of a no.")
    for place, sheet in enumerate(book):
        if place != chosen and not_to_be_asked(sheet.name) and len(sheet.rows):
            found, said = _off_the_list(found, sheet, book[chosen].name)
            told += said
    return _without_marked(found, book[chosen], layout, mapping, told), told


def _without_yeses(answers: Sequence[RowAnswer]) -> list[RowAnswer]:
    return [replace(answer, decisions=yeses_left_out(answer.decisions)) for answer in answers]


def _turned_key(answers: Sequence[RowAnswer], book: Sequence[Sheet], chosen: int, layout: Layout) -> str:
    """Where the file holds a key by which a yes is a no; "" when it holds none."""
    sheet = book[chosen]
    above = (
        plain(cell)
        for row in sheet.rows[: layout.header_row]
        if row.number <= layout.header_row
        for cell in row.cells
    )
    remarks = (text for row, _, text in sheet.comments if row <= layout.header_row)
    if any(map(yes_means_no, (*above, *remarks))):
        return f"at the top of sheet “{sheet.name}”"
    if found := next((answer.row for answer in answers if TURNED_KEY in answer.notes), 0):
        return f"row {found}"
    others = (other for place, other in enumerate(book) if place != chosen and len(other.rows) <= _LONGEST_KEY)
    return next((f"sheet “{other.name}”" for other in others if any(map(_is_turned, other.rows))), "")


def _is_turned(row: SheetRow) -> bool:
    texts = [text for cell in row.cells if (text := plain(cell))]
    if len(texts) > _WIDEST_KEY:
        return False
    pairs = (f"{code} = {meaning}" for code, meaning in pairwise(texts))
    return any(map(yes_means_no, (*texts, *pairs)))


_LONGEST_KEY, _WIDEST_KEY = 60, 4


@dataclass(slots=True)
class _Listed:
    """Who is on a list: whatever in it could be an address, a number or a name, with the row it stands in."""

    contacts: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    rows: set[int] = field(default_factory=set)

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

    def row_of(self, answer: RowAnswer) -> int | None:
        """The row of the list she stands in."""
        values = answer.values
        for reached in (values.get("email"), values.get("phone")):
            if reached and reached in self.contacts:
                return self.contacts[reached]
        first, last = values.get("first_name") or "", values.get("last_name") or ""
        for other, row in self.names.get(fold(last or first), ()) if last or first else ():
            if same_first_name(first, other) or (not last and not other):
                return row
        return None


def _off_the_list(answers: Sequence[RowAnswer], sheet: Sheet, chosen: str) -> tuple[list[RowAnswer], list[str]]:
    listed = _Listed()
    for line in sheet.rows:
        listed.add(line)
    purposes = frozenset(map(Purpose, purposes_named(sheet.name)))
    why = f"on the sheet “{sheet.name}”"
    found, rows, met = list[RowAnswer](), list[int](), set[int]()
    for answer in answers:
        row = listed.row_of(answer) if answer.kind is Kind.PERSON else None
        if row is None:
            found.append(answer)
            continue
        found.append(_refused(answer, purposes, why) if purposes else _withdrawn(answer, why))
        rows.append(answer.row)
        met.add(row)
    unknown = sorted(listed.rows - met - {min(listed.rows, default=0)})  # the first may hold headers
    told = [
        f"Sheet “{sheet.name}” was read as a list of people not to be asked: {len(rows)} of “{chosen}” are on it."
    ]
    if unknown:
        told.append(
            f"Nobody of “{chosen}” was found for {rows_named(unknown)} of sheet “{sheet.name}”: look yourself."
        )
    return found, [*told, *([f"No yes was taken for {rows_named(rows)}, {why}."] if rows else [])]


def _without_marked(
    answers: Sequence[RowAnswer], sheet: Sheet, layout: Layout, mapping: Mapping[int, str], told: list[str]
) -> list[RowAnswer]:
    if not (sheet.struck or sheet.comments):
        return list(answers)
    names = {sheet.letters[place] for place, target in mapping.items() if target in _NAMES}
    struck = {row for row, _ in sheet.struck}
    gone = {row: "struck through" for row, letter in sheet.struck if letter in names}
    gone |= {row: text for row, _, text in sheet.comments if noted_as_left(text)}
    unsure = struck | {row for row, _, text in sheet.comments if in_doubt(text)}
    found = [_marked(answer, gone, unsure) for answer in answers]
    people = {answer.row for answer in answers if answer.kind is Kind.PERSON and answer.row > layout.header_row}
    if rows := sorted(people & struck):
        told.append(f"No yes was taken where something is struck through ({rows_named(rows)}).")
    if rows := sorted(people & (gone.keys() | unsure) - struck):
        told.append(f"No yes was taken where a comment on a cell speaks against it ({rows_named(rows)}).")
    return found


_NAMES = frozenset({FULL_NAME, "first_name", "last_name"})


def _marked(answer: RowAnswer, gone: Mapping[int, str], unsure: Iterable[int]) -> RowAnswer:
    if answer.row in gone and answer.kind is Kind.PERSON:
        return _withdrawn(answer, gone[answer.row])
    return replace(answer, decisions=yeses_left_out(answer.decisions)) if answer.row in unsure else answer


def _withdrawn(answer: RowAnswer, why: str) -> RowAnswer:
    decisions = dict.fromkeys(ASKING, Decision.WITHDRAWN)
    return replace(answer, asked=frozenset(ASKING), decisions=decisions, withdrew=why, digest=_anew(answer, why))


def _refused(answer: RowAnswer, purposes: frozenset[Purpose], why: str) -> RowAnswer:
    decisions = yeses_left_out(answer.decisions) | dict.fromkeys(purposes, Decision.REFUSED)
    return replace(
        answer, asked=answer.asked | purposes, decisions=decisions, withdrew=why, digest=_anew(answer, why)
    )


def _anew(answer: RowAnswer, why: str) -> str:
    """The digest of a row that was set apart: the row may have been imported before, when it was not."""
    return hashlib.sha256(f"{answer.digest}\x1f{why}".encode()).hexdigest()


def rows_named(rows: Sequence[int]) -> str:
    """Rows in words, the first few by their number: "rows 2, 3, 4, 5, 6 and 12 more"."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return "rows " + ", ".join(str(row) for row in rows[:5]) + more
