"""Where a message's own words end: replies with their history, answers between the lines, forwarded originals."""

import re
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise

from dateutil import parser as dates

from matcher.clock import as_utc
from matcher.errors import UserError
from matcher.files.readers.document import Address, Document, Forwarded
from matcher.files.readers.tidy import tidy

_FORWARD_MARK = re.compile(
    r"[ \t>]*(?:-{2,}\s*forwarded (?:message|by)\b.*|begin forwarded message:?\s*|-{2,}\s*forwarded\s*-{2,})", re.I
)
_ORIGINAL_MARK = re.compile(
    r"[ \t>]*(?:-{2,}\s*(?:original (?:message|appointment)|reply message)\s*-{2,}|_{10,})\s*", re.I
)
_HEADER = re.compile(
    r"[ \t>]*\*{0,2}(from|sent|date|to|cc|subject|reply-to|importance|when|where)\s*:\*{0,2}[ \t]*(.*)", re.I
)
_ATTRIBUTION = re.compile(
    r"[ \t>]*(?:on|am|le)\b[^\n]{4,300}\bwrote\s*:?[ \t]*"
    r"|[^\n]{3,120}\bwrote \([^)\n]{6,60}\)\s*:|[^\n]{3,120}<\S+@\S+> (?:wrote|writes):",
    re.I,
)
_WROTE = re.compile(r"\s*\b(?:wrote|writes)\b[^\n]*$", re.I)
_DATE_BEFORE = re.compile(r",\s+|\b\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]m\b)?,?\s+|\b\d{4},?\s+", re.I)
_FORWARD_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.I)
_HIDDEN_QUOTE = re.compile(r"\s*\[quoted text hidden\]\s*", re.I)
_ADDRESS = re.compile(
    r"(?P<name>[^<\[]*?)\s*[<\[(]\s*(?:mailto:)?(?P<email>[^\s<>\[\]()]+@[^\s<>\[\]()]+)\s*[>\])]"
)
_BARE = re.compile(r"(?:mailto:)?([^\s<>\[\](),;:\"']+@[^\s<>\[\](),;:\"']+)")
_QUOTE_MARKS = re.compile(r"^(?:[ \t]*>)+ ?")
_SHORT_NOTE = 200  # letters: a cover note that only passes the message on
_SHORT_QUESTION = 3  # lines
_HEADER_LINES = 14
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Split:
    """A body taken apart: its ``text`` (with a forwarded original), the ``quoted`` history, who is forwarded."""

    text: str
    quoted: str = ""
    forwarded: Forwarded | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """Header lines inside a body: ``start`` to ``end`` are line numbers, a mark above them included."""

    start: int
    end: int
    forward: bool
    fields: dict[str, str]


def text_document(text: str, name: str) -> Document:
    """A plain text as a document; header lines at its top make it a copied e-mail. Raises UserError when empty."""
    text = tidy(text)
    if not text.strip():
        raise UserError("There is no text in it.", where=name, todo="Paste or choose something with words in it.")
    split = split_body(text)
    origin = split.forwarded
    return Document(
        name,
        "text",
        subject=origin.subject if origin else "",
        sender=origin.sender if origin else None,
        sent_at=origin.sent_at if origin else None,
        text=split.text,
        quoted=split.quoted,
        forwarded=origin,
    )


def split_body(text: str, subject: str = "", depth: int = 0) -> Split:
    """Take a body apart; ``subject`` tells a forward from a reply where the body does not."""
    lines = text.split("\n")
    block = _first_block(lines)
    reply = _first_attribution(lines)
    if block and (reply is None or block.start <= reply) and depth < _DEEPEST:
        own = "\n".join(lines[: block.start]).strip()
        if block.forward or _FORWARD_SUBJECT.match(subject) or not own:
            return _forwarded(lines, block, depth)
        before = _without_quotes(lines[: block.start])
        return Split(before.text, _joined(before.quoted, unquoted(lines[block.start :])))
    return _without_quotes(lines) if reply is None else _reply(lines, reply)


def address_in(text: str) -> Address | None:
    """The first mail address in a header's text, with the name beside it; a name alone has an empty address."""
    text = " ".join(text.replace("*", " ").split())
    if match := _ADDRESS.search(text):
        name = match["name"].strip().strip("\"'").strip(" ,;")
        return Address("" if name == match["email"] else name.replace('\\"', '"'), match["email"])
    if match := _BARE.search(text):
        return Address("", match[1].strip("."))
    return Address(text.strip("\"' "), "") if text.strip("\"' ") else None


def moment_in(text: str) -> datetime | None:
    """The instant a Date or Sent line names, aware UTC; without an offset it is London time, days before months."""
    text = " ".join(text.replace("*", " ").split())
    for read in (parsedate_to_datetime, datetime.fromisoformat, _loosely):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", dates.UnknownTimezoneWarning)  # “BST” and mangled zones are London
                return as_utc(read(text))
        except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
            continue
    return None


def without_writers(history: str, but: Collection[str] = ()) -> tuple[str, tuple[Address, ...]]:
    """A reply's history without the lines that say who wrote when, and those writers, the latest first.

    What the addresses in ``but`` (small letters) wrote is left out of it.
    """
    lines = history.split("\n")
    words: list[str] = []
    writers: list[Address | None] = []
    place = 0
    while place < len(lines):
        block = _block_at(lines, place) if _opens_block(lines[place]) else None
        end = block.end if block else _attribution_end(lines, place)
        if end == place:
            if not (writers and writers[-1] and writers[-1].email.lower() in but):
                words.append(lines[place])
            place += 1
            continue
        writers.append(address_in(block.fields["from"]) if block else _attributed(" ".join(lines[place:end])))
        place = end
    return "\n".join(words), tuple(writer for writer in writers if writer)


def _attributed(line: str) -> Address | None:
    """The writer of “On Tue, 2 Sept 2025 at 09:14, Ann Pell <ann@...> wrote:”, without the date before the name."""
    writer = address_in(_WROTE.sub("", line))
    return Address(_DATE_BEFORE.split(writer.name)[-1].strip(), writer.email) if writer else None


def unquoted(lines: list[str]) -> str:
    """Quoted lines without their ">" marks."""
    return tidy("\n".join(_QUOTE_MARKS.sub("", line) for line in lines if not _HIDDEN_QUOTE.fullmatch(line)))


def _loosely(text: str) -> datetime:
    if not any(letter.isdigit() for letter in text):
        raise ValueError("no date")
    return dates.parse(text[:100].replace(" at ", " "), dayfirst=True, fuzzy=True, ignoretz=False)


def _first_block(lines: list[str]) -> _Block | None:
    for number, line in enumerate(lines):
        if _opens_block(line) and (block := _block_at(lines, number)):
            return block
    return None


def _opens_block(line: str) -> bool:
    return bool(_FORWARD_MARK.fullmatch(line) or _ORIGINAL_MARK.fullmatch(line)) or _is_from(line)


def _is_from(line: str) -> bool:
    match = _HEADER.match(line)
    return bool(match and match[1].lower() == "from" and match[2].strip())


def _block_at(lines: list[str], start: int) -> _Block | None:
    """The header lines at ``start``, or below a mark there: From and two others, or From and Subject."""
    place = start
    marked = not _is_from(lines[start])
    forward = bool(_FORWARD_MARK.fullmatch(lines[start]))
    if marked:
        place += 1
        while place < len(lines) and not lines[place].strip(" >\t") and place < start + 4:
            place += 1
    fields: dict[str, str] = {}
    last = ""
    limit = min(len(lines), place + _HEADER_LINES)
    while place < limit and (line := lines[place]).strip(" >\t"):
        if match := _HEADER.match(line):
            last = match[1].lower()
            fields.setdefault(last, match[2].strip().strip("*").strip())
        elif last in ("to", "cc", "subject", "from") and (line.startswith((" ", "\t")) or not fields[last]):
            fields[last] = f"{fields[last]} {line.strip()}".strip()
        else:
            break
        place += 1
    complete = "from" in fields and ("subject" in fields or len(fields) >= 3) and len(fields) >= 2
    return _Block(start, place, forward, fields) if complete else None


def _first_attribution(lines: list[str]) -> int | None:
    """The line where "On ... wrote:" begins; it may be wrapped over three lines."""
    for number, line in enumerate(lines):
        if "wrote" not in line and "writes" not in line and not re.match(r"[ \t>]*(?:on|am|le)\b", line, re.I):
            continue
        for height in (1, 2, 3):
            if _ATTRIBUTION.fullmatch(_attribution_text(lines, number, height)):
                return number
    return None


def _attribution_text(lines: list[str], start: int, height: int) -> str:
    return " ".join(line.strip() for line in lines[start : start + height])


def _attribution_end(lines: list[str], start: int) -> int:
    return next(
        (start + height for height in (1, 2, 3) if _ATTRIBUTION.fullmatch(_attribution_text(lines, start, height))),
        start,
    )


def _reply(lines: list[str], start: int) -> Split:
    """A body with an attribution: below it stand marked lines, perhaps with answers, or unmarked history."""
    end = _attribution_end(lines, start)
    below = next((line for line in lines[end:] if line.strip()), "")
    if below.lstrip().startswith(">"):
        marked = [*lines[:start], *(f"> {line}" for line in lines[start:end]), *lines[end:]]
        return _without_quotes(marked)
    before = _without_quotes(lines[:start])
    if not before.text.strip():
        return Split(unquoted(lines))
    return Split(before.text, _joined(before.quoted, unquoted(lines[start:])))


def _without_quotes(lines: list[str]) -> Split:
    """Own lines in order; a quoted question that is answered below it stays, with its ">" mark."""
    runs = _runs(lines)
    answered = [run for run, after in pairwise(runs) if run[0] and not after[0]]
    own: list[str] = []
    history: list[str] = []
    for place, (quoted, run) in enumerate(runs):
        if not quoted:
            own += run
            continue
        history += run
        is_answered = place + 1 < len(runs)
        if is_answered and (len(answered) > 1 or len(run) <= _SHORT_QUESTION):
            own += _question(run)
    text = tidy("\n".join(own))
    if not text.strip() or all(line.startswith(">") or not line.strip() for line in own):
        return Split(unquoted(lines))
    return Split(text, unquoted(history))


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Lines in runs of (quoted, lines); blank lines belong to the run above them."""
    runs: list[tuple[bool, list[str]]] = []
    for line in lines:
        quoted = line.lstrip().startswith(">")
        hidden = bool(_HIDDEN_QUOTE.fullmatch(line))
        if runs and (not line.strip() or hidden or runs[-1][0] == quoted):
            runs[-1][1].append(line)
        else:
            runs.append((quoted, [line]))
    return runs


def _question(run: list[str]) -> list[str]:
    """The last paragraph of a quoted run: what the answer below it speaks to."""
    plain = unquoted(run).split("\n\n")[-1]
    return ["", *(f"> {line}" for line in plain.split("\n")), ""]


def _forwarded(lines: list[str], block: _Block, depth: int) -> Split:
    """Cover note, header lines and the original's own words; its history goes to ``quoted``."""
    note = tidy("\n".join(lines[: block.start]))
    head = "\n".join(_QUOTE_MARKS.sub("", line) for line in lines[block.start : block.end])
    body = lines[block.end :]
    filled = [line for line in body if line.strip()]
    if filled and sum(line.lstrip().startswith(">") for line in filled) > 0.8 * len(filled):
        body = [re.sub(r"^[ \t]*> ?", "", line) for line in body]
    subject = block.fields.get("subject", "")
    inner = split_body(tidy("\n".join(body)), subject, depth + 1)
    top = tidy(_joined(note, head)) + "\n\n"
    text = top + inner.text
    if inner.forwarded and inner.forwarded.start < _SHORT_NOTE + 500 and _passes_on(inner):
        deeper = inner.forwarded
        origin = Forwarded(deeper.sender, deeper.subject, deeper.sent_at, deeper.start + len(top))
    else:
        origin = Forwarded(
            address_in(block.fields["from"]),
            subject,
            moment_in(block.fields.get("sent") or block.fields.get("date") or ""),
            len(top),
        )
    return Split(text, inner.quoted, origin)


def _passes_on(inner: Split) -> bool:
    """Whether the words above the inner original are only a short note."""
    above = re.split(r"(?im)^[ \t>*]*(?:from\s*:|-{2,}|begin forwarded)", inner.text, maxsplit=1)[0]
    return len(above) < _SHORT_NOTE


def _joined(first: str, second: str) -> str:
    return "\n\n".join(piece for piece in (first, second) if piece.strip())
