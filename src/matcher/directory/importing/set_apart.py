"""Whom a book sets apart, outside the cells of their own row: on another sheet, in a note, by a strike or a colour.

Nobody set apart keeps a yes, and the preview says who and why.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from matcher.directory.importing.asides import (
    about_the_file,
    against_all,
    heads_an_end,
    rows_meant,
    sentences,
    sign_of,
)
from matcher.directory.importing.columns import Layout, SheetRow
from matcher.directory.importing.headers import FULL_NAME
from matcher.directory.importing.lowering import in_doubt, not_counted, rows_named, withdrawn
from matcher.directory.importing.other_sheets import Understood, not_to_be_asked, said_elsewhere
from matcher.directory.importing.permission_headers import MAY_CONTACT, PERMISSION_OF, PERMISSIONS
from matcher.directory.importing.rows import Kind, RowAnswer
from matcher.directory.values import plain
from matcher.files.readers.workbooks import Sheet, Workbook
from matcher.knowledge.answer_keys import yes_means_no
from matcher.knowledge.colours import colour_named, looks_like
from matcher.knowledge.leaving import noted_as_left
from matcher.knowledge.remarks import Remark, denies, weighed

_NAMES = frozenset({FULL_NAME, "first_name", "last_name"})
_LONGEST_KEY, _CODE_AND_MEANING = 60, 2
_FEW = 0.4
"""A colour over more of the people than this is how the sheet looks; over fewer it sets them apart."""
_MOST_OF_A_ROW = 3

Lower = Callable[[RowAnswer, str], RowAnswer]


def leave_alone(
    answers: Sequence[RowAnswer],
    book: Workbook,
    chosen: int,
    layout: Layout,
    mapping: Mapping[int, str],
    understood: Understood,
) -> tuple[list[RowAnswer], list[str]]:
    """The answers without the yeses of whoever the book sets apart, and what to say of it.

    ``chosen`` is the place of the sheet that was read, under ``mapping`` of the columns of ``layout``;
    ``understood`` reads one of the others.
    """
    apart = _Apart(answers, book.sheets[chosen], layout, mapping)
    others = [*book.sheets[:chosen], *book.sheets[chosen + 1 :], *book.hidden]
    apart.by_its_name_or_key(others)
    for other in others:
        if len(other.rows):
            apart.answers, said = said_elsewhere(apart.answers, other, apart.sheet.name, understood)
            apart.told += said
    apart.by_headings()
    apart.by_notes(others)
    apart.by_marks()
    apart.by_colours(others)
    return apart.answers, apart.told


class _Apart:
    """The answers of one sheet, as more and more of the book is looked at; ``told`` is what to say of it."""

    def __init__(
        self, answers: Sequence[RowAnswer], sheet: Sheet, layout: Layout, mapping: Mapping[int, str]
    ) -> None:
        self.answers = list(answers)
        self.told: list[str] = []
        self._headings: frozenset[str] = frozenset()
        self.sheet = sheet
        self._header_row = layout.header_row
        self._people = [answer for answer in answers if answer.kind is Kind.PERSON]
        letters = {target: sheet.letters[place] for place, target in mapping.items() if place < len(sheet.letters)}
        self._names = {
            sheet.letters[p] for p, target in mapping.items() if target in _NAMES and p < len(sheet.letters)
        }
        self._telling = self._names | {
            letter for target, letter in letters.items()
            if target in (PERMISSIONS, MAY_CONTACT) or target.startswith(PERMISSION_OF)
        }  # fmt: skip
        self._name_places = [place for place, target in mapping.items() if target in _NAMES]

    def _lower(self, rows: Iterable[int], lower: Lower, why: str) -> list[int]:
        """Lower the yeses of these rows; which of them are people's."""
        wanted = set(rows)
        self.answers = [
            lower(answer, why) if answer.row in wanted and answer.kind is Kind.PERSON else answer
            for answer in self.answers
        ] if wanted else self.answers  # fmt: skip
        return sorted(answer.row for answer in self._people if answer.row in wanted)

    def by_its_name_or_key(self, others: Sequence[Sheet]) -> None:
        """The whole sheet is set apart, or a key turns its yeses round."""
        everybody = [answer.row for answer in self._people]
        if not_to_be_asked(self.sheet.name):
            self._lower(everybody, not_counted, "the name of the sheet")
            self.told.append(f"No yes was taken: “{self.sheet.name}” names people not to be asked.")
        elif where := self._turned_key(others):
            self._lower(everybody, not_counted, "a key that turns a yes round")
            self.told.append(f"No yes was taken: a key ({where}) gives what looks like a yes the meaning of a no.")

    def _turned_key(self, others: Sequence[Sheet]) -> str:
        if any(map(yes_means_no, self._above())):
            return f"at the top of sheet “{self.sheet.name}”"
        if found := next((a.row for a in self.answers if a.beside and yes_means_no(a.beside)), 0):
            return f"row {found}"
        short = (other for other in others if len(other.rows) <= _LONGEST_KEY)
        return next((f"sheet “{other.name}”" for other in short if any(map(_is_turned, other.rows))), "")

    def _above(self) -> list[str]:
        """What stands above the table, and in comments on it."""
        rows = (row for row in self.sheet.rows[: self._header_row] if row.number <= self._header_row)
        titles = [
            text for row in rows if row.number < self._header_row for cell in row.cells if (text := plain(cell))
        ]
        heads = [text for row in self.sheet.rows[: self._header_row] if row.number == self._header_row
                 for cell in row.cells if (text := plain(cell)) and yes_means_no(text)]  # fmt: skip
        return [*titles, *heads, *(text for row, _, text in self.sheet.comments if row <= self._header_row)]

    def by_headings(self) -> None:
        """A heading among the rows, of all that stand under it up to the next."""
        heading, under = "", defaultdict[str, list[int]](list)
        for answer in self.answers:
            if answer.beside:
                heading = answer.beside if heads_an_end(answer.beside) else ""
            elif heading and answer.kind is Kind.PERSON:
                under[heading].append(answer.row)
        self._headings = frozenset(under)
        for heading, rows in under.items():
            self._lower(rows, not_counted, f"under the heading “{heading}”")
            self.told.append(f"No yes was taken under the heading “{heading}” ({rows_named(rows)}).")

    def by_notes(self, others: Sequence[Sheet]) -> None:
        """What is written above, between and below the rows of people, or on a sheet of its own."""
        short = (sheet for sheet in others if len(sheet.rows) <= _LONGEST_KEY and not not_to_be_asked(sheet.name))
        elsewhere = (_in_one_line(row) for sheet in short for row in sheet.rows if _is_prose(row))
        beside = (a.beside for a in self.answers if a.beside and a.beside not in self._headings)
        for sentence in sentences((*self._above(), *elsewhere)):
            self._by_note(sentence, of_all=against_all(sentence))
        for sentence in sentences(beside):
            self._by_note(sentence, of_all=denies(sentence) and not about_the_file(sentence))

    def _by_note(self, sentence: str, *, of_all: bool) -> None:
        """Lower whoever a note means; where nobody is found and it may mean all, everybody."""
        if weighed(sentence.lstrip("*† ")) is Remark.GOOD:
            return
        why = f"a note in the file: “{sentence}”"
        meant = rows_meant(sentence, self._people) or self._under_sign(sign_of(sentence))
        if colour := colour_named(sentence):
            meant |= {row for row, _, filled in self.sheet.filled if looks_like(filled, colour)}
        if meant:
            if rows := self._lower(meant, _lowered_by(sentence), why):
                self.told.append(f"No yes was taken whole because of {why} ({rows_named(rows)}).")
        elif of_all or colour or sign_of(sentence):
            rows = self._lower((answer.row for answer in self._people), in_doubt, why)
            self.told.append(f"Every yes was taken as “ask me first” because of {why}.")

    def _under_sign(self, sign: str) -> set[int]:
        """The rows in whose name stands a sign that a note explains."""
        if not sign:
            return set()
        return {row.number for row in self.sheet.rows if any(
            sign in plain(row.cells[place]) for place in self._name_places if place < len(row.cells)
        ) and row.number > self._header_row}  # fmt: skip

    def by_marks(self) -> None:
        """What is struck through, and comments on cells."""
        if not (self.sheet.struck or self.sheet.comments):
            return
        struck = {row for row, _ in self.sheet.struck}
        noted = {row: text for row, _, text in self.sheet.comments if noted_as_left(text)}
        unsure = {row for row, _, text in self.sheet.comments if weighed(text) is Remark.SPEAKS}
        self._lower(
            {row for row, letter in self.sheet.struck if letter in self._names}, withdrawn, "struck through"
        )
        for row, text in noted.items():
            self._lower({row}, withdrawn, text)
        gone = {row for row, letter in self.sheet.struck if letter in self._names} | noted.keys()
        if rows := self._lower(struck - gone, not_counted, "struck through"):
            pass
        self._lower(unsure - gone, not_counted, "a comment on a cell")
        people = {answer.row for answer in self._people}
        if rows := sorted(people & struck):
            self.told.append(f"No yes was taken where something is struck through ({rows_named(rows)}).")
        if rows := sorted(people & (noted.keys() | unsure) - struck):
            self.told.append(f"No yes was taken where a comment on a cell speaks against it ({rows_named(rows)}).")

    def _colours_named(self, others: Sequence[Sheet]) -> list[tuple[str, str]]:
        """What is said of a colour by its name: “Blue”, and beside it “trained as a speaker”."""
        short = (sheet for sheet in others if len(sheet.rows) <= _LONGEST_KEY)
        lines = [a.beside for a in self.answers if a.beside]
        lines += [_in_one_line(row) for sheet in short for row in sheet.rows if _is_prose(row)]
        return [(name, line) for line in lines if (name := colour_named(line)) and name != "any"]

    def by_colours(self, others: Sequence[Sheet]) -> None:
        """Cells under a colour: what a key says of it, else that it sets some apart and nobody knows why."""
        if not self.sheet.filled:
            return
        key = dict(chain_of_keys([self.sheet, *others], self._people))
        coloured: dict[str, set[int]] = defaultdict(set)
        for colour, rows in _rows_by_colour(self.sheet, self._telling).items():
            coloured[colour] |= rows & {answer.row for answer in self._people}
        named = self._colours_named(others)
        for colour, rows in coloured.items():
            meaning = key.get(colour) or next((said for name, said in named if looks_like(colour, name)), None)
            if meaning is None and len(rows) < _FEW * len(self._people):
                found = self._lower(rows, in_doubt, "coloured in the sheet")
                if found:
                    self.told.append(
                        f"Some rows stand under a colour and nothing says what it means: their yeses were taken as "
                        f"“ask me first” ({rows_named(found)})."
                    )
            elif meaning is not None and weighed(meaning) is Remark.SPEAKS:
                lower: Lower = _lowered_by(meaning)
                if found := self._lower(rows, lower, f"under a colour that means “{meaning}”"):
                    self.told.append(f"No yes was taken under the colour of “{meaning}” ({rows_named(found)}).")


def _lowered_by(said: str) -> Lower:
    return withdrawn if noted_as_left(said) else not_counted if denies(said) else in_doubt


def _rows_by_colour(sheet: Sheet, telling: set[str]) -> dict[str, set[int]]:
    """Colour -> the rows it marks: where a name or an answer stands under it, or most of the row."""
    cells: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row, letter, colour in sheet.filled:
        cells[colour, row].append(letter)
    found: dict[str, set[int]] = defaultdict(set)
    for (colour, row), letters in cells.items():
        if len(letters) >= _MOST_OF_A_ROW or not telling.isdisjoint(letters):
            found[colour].add(row)
    return found


def chain_of_keys(sheets: Sequence[Sheet], people: Sequence[RowAnswer]) -> Iterator[tuple[str, str]]:
    """Colour -> what the text under it, or right beside it, says; in rows that are nobody's."""
    theirs = {answer.row for answer in people}
    for number, sheet in enumerate(sheets):
        if number and len(sheet.rows) > _LONGEST_KEY:
            continue
        filled = {(row, letter): colour for row, letter, colour in sheet.filled if number or row not in theirs}
        rows = {row for row, _ in filled}
        for line in (line for line in sheet.rows if line.number in rows) if filled else ():
            texts = [plain(cell) for cell in line.cells]
            for place, letter in enumerate(sheet.letters[: len(texts)]):
                if colour := filled.get((line.number, letter)):
                    said = texts[place] or next((text for text in texts[place + 1 : place + 2] if text), "")
                    if said:
                        yield colour, said


def _is_turned(row: SheetRow) -> bool:
    texts = [text for cell in row.cells if (text := plain(cell))]
    return any(map(yes_means_no, texts)) or (len(texts) == _CODE_AND_MEANING and yes_means_no(" = ".join(texts)))


def _is_prose(row: SheetRow) -> bool:
    return sum(1 for cell in row.cells if plain(cell)) <= 2


def _in_one_line(row: SheetRow) -> str:
    return " ".join(text for cell in row.cells if (text := plain(cell)))
