"""How a request is laid out: headings, lists, labelled rows, sentences. Positions are those of the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_BULLET = re.compile(
    r"[ \t]*(?:[-*•▪◦●·‣○■–—\u007f\uf000-\uf0ff]|\d{1,2}[.)]|\([a-z0-9]\)|o(?= {2}|\t))[ \t]+(?=\S)"
)
_LABEL = re.compile(r"[ \t]*([A-Z][^:|.?!\n]{0,38}?\??):(?!//)[ \t]*(?=\S)")
_QUESTION_LABEL = re.compile(r"[ \t]*([A-Z][^:|.?!\n]{0,38}\?)[ \t]*:?[ \t]*(?=\S)")
_DATED = re.compile(r"\b(?:by|until|before|on)\b.*\d|\d{4,}", re.I)
"""A label that says when, or holds a phone number, is a sentence of its own."""
_CHAT = re.compile(r"[ \t]*\[?\d{1,2}[:/.]\d{2}[^\]\n]{0,22}\]?[ \t]*(?:-[ \t]*)?[^:\n]{1,40}:[ \t]+")
_SIGN_OFF = re.compile(
    r"(?:with )?(?:(?:kind|warm|best|many|all good)\w*[ ,]*(?:(?:kind|warm|best)\w* )?(?:regards|wishes|"
    r"thanks)?|regards"
    r"|yours(?: \w+)?|sincerely|cheers|(?:many |huge )?thanks(?: so much| very much| again| in advance|"
    r" a lot)?|thank you"
    r"|ta(?: very much)?|all the best|best|in solidarity|respectfully)[ ,!.]*(?:\w{2,20})?[ ,.!]*x*|"
    r"[a-z]{2,15} x{1,3}",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:this (?:e-?mail|message)|the information in this|for the named recipient|if you (?:have received|"
    r"are not the)"
    r"|please consider the environment|confidentiality notice|sent from my |get outlook for )",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?:[\"”’]*\s+(?=\S)|[\"”’]*\)[\"”’]*\s+(?=[^a-z\s]))|;\s+(?=\S)")
_NOT_AN_END = re.compile(
    r"(?:\b(?:Dr|Prof|Mr|Mrs|Ms|St|e\.g|i\.e|No|ref|vs|Rev|Sr|Jr|tel|ext)\.|\b[A-Z]\.)[\"”’)]*\s+$"
)
_SHORTENED = re.compile(r"\b(?:etc|approx|a\.m|p\.m|max|min|mins|hrs)\.[\"”’)]*\s+$")
"""Words cut short that end a sentence when a capital follows."""
_OPEN_ENDED = re.compile(r"\b(?:who|must|to|if|you|they|are|will|should|can|be|have|want|need|seek|for)$", re.I)
_STEM_ENDS = re.compile(rf"(?:[:…–-]|\.\.\.|{_OPEN_ENDED.pattern})$", re.I)
_SMALL_PRINT = re.compile(
    r"\b(?:registered (?:in|office|charity|company|number|no)|(?:company|charity) (?:no|number)|consider the "
    r"environment|"
    r"before printing|confidential and|privileged|disclaimer|sent from my)\b",
    re.I,
)
_A_NAME = re.compile(r"(?:[A-Z][\w'’-]+\.? ){1,3}[A-Z][\w'’-]+(?:,? .{3,50})?")
_THANKS = re.compile(r"(?:many |huge )?(?:thank|thx|cheers|best|regards|yours|love|ta\b)", re.I)
_SIGNATURE_LINES = 4
_SHORT = 60
_WRAPPED_AT_MOST = 110
_NEIGHBOURS = 6
_LONGEST_PASSAGE = 800
_LONGEST_LINE = 4_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or list item, with what stands over it: a label, a heading, the opening words of its list."""

    text: str
    start: int
    end: int
    label: str = ""
    heading: str = ""
    stem: str = ""
    item: bool = False

    @property
    def over(self) -> str:
        """Everything that stands over the passage, lower case, nearest first."""
        return " / ".join(part for part in (self.label, self.stem, self.heading) if part).lower()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, stripped; ``start`` is where its first letter stands."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A stretch of text taken apart: what it says, its headings and labels, and the lines of its signature."""

    passages: tuple[Passage, ...]
    headings: tuple[Line, ...]
    labels: tuple[Line, ...]
    signature: tuple[Line, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Block:
    start: int
    end: int
    bullet: bool = False
    label: str = ""
    label_at: int = 0
    heading: bool = False


def lay_out(text: str, start: int, end: int, *, letter: bool) -> Layout:
    """Take ``text[start:end]`` apart; ``letter`` when it may end in a sign-off and a signature."""
    lines = tuple(_lines(text, start, end))
    closing = _closing(lines) if letter else len(lines)
    body, signature = lines[:closing], lines[closing:]
    blocks = _blocks(text, body)
    headings = tuple(Line(text[b.start : b.end], b.start) for b in blocks if b.heading)
    labels = tuple(Line(b.label, b.label_at) for b in blocks if b.label)
    return Layout(tuple(_passages(text, blocks)), headings, labels, signature, lines)


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    for match in re.compile(r"[^\n]*").finditer(text, start, end):
        line = match.group()
        lead = re.match(r"[ \t>\u00a0]*", line)
        offset = lead.end() if lead else 0
        if match.start() < match.end() or match.start() == 0 or text[match.start() - 1] == "\n":
            for begin in range(offset, max(len(line), offset + 1), _LONGEST_LINE):
                yield Line(line[begin : begin + _LONGEST_LINE].rstrip(), match.start() + begin)


def _closing(lines: Sequence[Line]) -> int:
    """The index of the line where the letter is signed off; the number of lines when it is not."""
    for index, line in enumerate(lines):
        if index and len(line.text) < 45 and _SIGN_OFF.fullmatch(line.text):
            rest = [other.text for other in lines[index + 1 :] if other.text]
            if sum(len(other) for other in rest[:4]) < 260:
                return index
    for index, line in enumerate(lines):
        if index > 1 and (_DISCLAIMER.match(line.text) or line.text in {"--", "-- "}):
            return index
    return _names_at_the_end(lines)


def _names_at_the_end(lines: Sequence[Line]) -> int:
    """The index of a last block of a few short lines that begins with a name; the number of lines when none is."""
    texts = [line.text for line in lines]
    while texts and (not texts[-1] or _SMALL_PRINT.search(texts[-1])):
        texts.pop()
    gaps = [index for index, line in enumerate(texts) if not line]
    last = texts[gaps[-1] + 1 :] if gaps else []
    few = 0 < len(last) <= _SIGNATURE_LINES
    thanked = bool(few) and _THANKS.match(last[0]) is not None
    last = last[thanked:]
    short = few and last and all(len(line) < _SHORT and line[-1] not in ".!?:;," for line in last)
    return gaps[-1] + 1 if short and _A_NAME.fullmatch(last[0]) else len(lines)


def _blocks(text: str, lines: Sequence[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    previous: Line | None = None
    for index, line in enumerate(lines):
        if not line.text or set(line.text) <= set("-_=*~ "):
            previous = None
            continue
        following = next((other.text for other in lines[index + 1 :] if other.text), "")
        carries_on = (
            previous is not None
            and not blocks[-1].heading
            and _carries_on(previous.text, line.text, _width(lines, index), item=blocks[-1].bullet)
        )
        new = _block_of(line, following, carries_on=carries_on, first=not blocks)
        if new is None:
            blocks[-1].end = line.start + len(line.text)
        else:
            blocks.append(new)
        previous = line
    return blocks


def _width(lines: Sequence[Line], index: int) -> int:
    """How wide the text around a line runs before it is wrapped; 0 when it is not wrapped at all."""
    widest = max(len(line.text) for line in lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS])
    return widest if widest <= _WRAPPED_AT_MOST else 0


def _block_of(line: Line, following: str, *, carries_on: bool, first: bool) -> _Block | None:
    """The block that a line opens, or None when it carries on; the ``first`` of all lines may be a title."""
    end = line.start + len(line.text)
    bullet = _BULLET.match(line.text)
    chat = _CHAT.match(line.text)
    if chat:
        return _Block(line.start + chat.end(), end)
    begins = bullet.end() if bullet else 0
    label = _LABEL.match(line.text, begins) or _QUESTION_LABEL.match(line.text, begins)
    titled = first and not line.text.endswith((".", "!")) and len(following) > len(line.text)
    if label and len(label.group(1).split()) <= 6 and not titled and not _DATED.search(label.group(1)):
        return _Block(
            line.start + label.end(), end, bullet is not None, label.group(1).strip(), line.start + label.start(1)
        )
    if bullet:
        return _Block(line.start + bullet.end(), end, bullet=True)
    if carries_on:
        return None
    return _Block(line.start, end, heading=_is_heading(line.text, following))


def _carries_on(before: str, line: str, width: int, *, item: bool) -> bool:
    if before.endswith((".", "!", "?", ":", ";")):
        return line[0].islower() and not before.endswith(":")
    full = width > 0 and len(before) + len(line.split()[0]) >= (0.95 if item else 0.8) * width
    part_way = width > 0 and len(before) >= 0.6 * width and not line[0].isupper()
    return line[0].islower() or full or part_way or before[-1] in ",-–"


def _is_heading(line: str, following: str) -> bool:
    if not following or len(line) > 70 or len(line.split()) > 11 or not line[0].isalnum():
        return False
    if (
        re.match(r"(?:Dear|Hi|Hello|Hey|I|I['’]\w+|We|We['’]\w+|My|Our)\b", line)
        or line.endswith(("who", ",", ";", "!"))
        or (line.endswith(".") and not line.isupper())
        or "@" in line
        or ((line.endswith(":") or _OPEN_ENDED.search(line)) and _BULLET.match(following))
    ):
        return False
    if line.endswith(("?", "…", "...")) or line.isupper():
        return True
    opens = following[0].isupper() or _BULLET.match(following) is not None or following[0] in '“"£(0123456789'
    return (opens or line.endswith(":")) and line[0].isupper()


def _passages(text: str, blocks: Sequence[_Block]) -> Iterator[Passage]:
    heading, stem = "", ""
    for index, block in enumerate(blocks):
        words = text[block.start : block.end]
        if block.heading:
            heading, stem = words, ""
        pieces = [] if block.heading and not _tells(words) else list(_sentences(text, block))
        for piece in pieces:
            yield replace(
                piece,
                label=block.label,
                heading="" if block.heading else heading,
                stem=stem if block.bullet and not block.label else "",
                item=block.bullet and not block.label,
            )
        if not block.bullet and not block.heading:
            opens_list = index + 1 < len(blocks) and blocks[index + 1].bullet
            stem = pieces[-1].text if opens_list and pieces and _STEM_ENDS.search(pieces[-1].text) else ""


def _tells(heading: str) -> bool:
    """Whether a heading may hold facts of its own, such as a date or a whole phrase."""
    return any(letter.isdigit() for letter in heading) or len(heading.split()) >= 5


def _sentences(text: str, block: _Block) -> Iterator[Passage]:
    begin = block.start
    for match in _SENTENCE_END.finditer(text, block.start, block.end):
        before = text[max(begin, match.start() - 8) : match.end()]
        if _NOT_AN_END.search(before) or (_SHORTENED.search(before) and not text[match.end()].isupper()):
            continue
        yield from _passages_of(text, begin, match.end())
        begin = match.end()
    yield from _passages_of(text, begin, block.end)


def _passages_of(text: str, start: int, end: int) -> Iterator[Passage]:
    """A sentence as one passage; what is longer than any sentence in pieces, so that no rule is slow on it."""
    while end - start > _LONGEST_PASSAGE:
        cut = text.rfind(" ", start + _LONGEST_PASSAGE // 2, start + _LONGEST_PASSAGE)
        cut = cut if cut > 0 else start + _LONGEST_PASSAGE
        yield from _passage(text, start, cut)
        start = cut
    yield from _passage(text, start, end)


def _passage(text: str, start: int, end: int) -> Iterator[Passage]:
    raw = text[start:end]
    stripped = raw.strip()
    if stripped:
        first = start + raw.index(stripped[0])
        flat = re.sub(r"[\n\r\t\u00a0]|(?<=\n)>", " ", stripped)
        yield Passage(flat, first, first + len(flat))
