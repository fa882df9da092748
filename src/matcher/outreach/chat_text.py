"""Copied messages taken apart: who wrote what, and when. WhatsApp (copied or exported), e-mails, “Name: text”."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from matcher import clock

_STAMP = (
    r"(?P<{0}day>\d{{1,2}})[/.-](?P<{0}month>\d{{1,2}})[/.-](?P<{0}year>\d{{2,4}})"
    r",?\s+(?P<{0}hour>\d{{1,2}})[:.](?P<{0}minute>\d\d)(?:[:.]\d\d)?\s*(?P<{0}half>[ap]\.?m\.?)?"
)
_TIME_FIRST = (
    r"(?P<{0}hour>\d{{1,2}})[:.](?P<{0}minute>\d\d)(?:[:.]\d\d)?\s*(?P<{0}half>[ap]\.?m\.?)?,?\s+"
    r"(?P<{0}day>\d{{1,2}})[/.-](?P<{0}month>\d{{1,2}})[/.-](?P<{0}year>\d{{2,4}})"
)
_HEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\[{_STAMP.format('')}\]\s*(?P<rest>.*)",
        rf"\[{_TIME_FIRST.format('')}\]\s*(?P<rest>.*)",
        rf"{_STAMP.format('')}\s+[-–]\s+(?P<rest>.*)",
    )
)
"""The beginnings of a WhatsApp message: copied on a phone, copied in a browser, exported."""
_WHO = re.compile(r"(?P<who>[^:\n]{1,60}):(?:\s(?P<text>.*)|$)")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOTHING = re.compile(
    r"<?(?:media|image|video|audio|sticker|gif|document|contact card) omitted>?|<attached:.*>"
    r"|\S+ \(file attached\)|\W*voice message\W*(?:\(?\d+:\d\d\)?)?"
    r"|(?:this message was deleted|you deleted this message)\.?|missed (?:voice|video) call.*",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:from|oddi wrth):\s*(?P<who>\S.*)", re.IGNORECASE)
_HEADER = re.compile(r"(?:sent|date|to|cc|subject|reply-to|importance)\s*:.*", re.IGNORECASE)
_QUOTED = re.compile(
    r"\s*>|(?:this|the) (?:e-?mail|message)\b.{0,90}\b(?:confidential|intended|privileged)"
    r"|disclaimer\b|on .{4,200}\bwrote:\s*$"
    r"|-{2,}\s*original message|_{10,}|sent from my \w+",
    re.IGNORECASE,
)

_EDITED = re.compile(r"\s*<this message was edited>\s*$", re.IGNORECASE)
_LISTED = re.compile(r"(?P<who>[^:\t\n]{1,60}?)(?::\s*|\s*\t\s*|\s+[-–—]\s+|\s+sa(?:id|ys)\s+)(?P<text>\S.*)")
"""A line of answers typed up: “Dilys - yes”, “Eve said no”; only of somebody known: “Yes - please” names nobody."""
_ONLY_WHEN = re.compile(r"\W*\d[\d\W]*(?:[a-z]{3,9}[\d\W]*)?", re.IGNORECASE)

_OUR_OWN = re.compile(r"[^.!?\n]*\breply stop\b[^.!?\n]*[.!?]?", re.IGNORECASE)
"""The sentence of every ask, which is no stop of theirs when it is copied along."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who wrote it as it stands there ("" when it does not say), when, and the words."""

    who: str
    at: datetime | None
    text: str


Known = Callable[[str], bool]
"""Whether somebody who may have written is called so."""


def messages_in(text: str, is_known: Known = lambda _: False) -> tuple[Said, ...]:
    """The messages of a pasted text, in its order; without system lines, pictures and quoted history."""
    lines = _MARKS.sub("", text.replace("\u202f", " ").replace("\xa0", " ")).splitlines()
    if any(_head(line) for line in lines):
        found = _chat(lines)
    elif any(_FROM.match(line) for line in lines):
        found = _mails(lines)
    else:
        found = _plain([line for line in lines if line.strip()], is_known)
    tidy = (replace(one, text=_own_words(one.text), who=_named(one.who)) for one in found)
    return tuple(one for one in tidy if one.text and not _NOTHING.fullmatch(one.text))


def _chat(lines: list[str]) -> Iterator[Said]:
    said: Said | None = None
    for line in lines:
        head = _head(line)
        if head is None:
            if said:
                said = replace(said, text=f"{said.text}\n{line}")
            continue
        if said:
            yield said
        who = _WHO.fullmatch(head["rest"])
        said = Said(who["who"], _moment(head), who["text"] or "") if who else None  # else a line of the system
    if said:
        yield said


def _head(line: str) -> re.Match[str] | None:
    return next((found for head in _HEADS if (found := head.fullmatch(line.strip()))), None)


def _moment(head: re.Match[str]) -> datetime | None:
    """The moment, day first as in the UK; None when there is no such day."""
    year, hour = int(head["year"]), int(head["hour"])
    if head["half"]:
        hour = hour % 12 + (12 if head["half"].casefold().startswith("p") else 0)
    try:
        local = datetime(
            year + 2000 if year < 100 else year, int(head["month"]), int(head["day"]), hour, int(head["minute"]),
            tzinfo=clock.LONDON,
        )  # fmt: skip
    except ValueError:
        return None
    return clock.as_utc(local)


def _mails(lines: list[str]) -> Iterator[Said]:
    who, kept, in_header, quoting = "", list[str](), False, False
    for line in lines:
        start = _FROM.match(line.strip())
        if start:
            if kept:
                yield Said(who, None, "\n".join(kept))
            who, kept, in_header, quoting = start["who"], [], True, False
        elif in_header and (not line.strip() or _HEADER.match(line.strip())):
            in_header = bool(line.strip())
        elif not quoting:
            in_header, quoting = False, bool(_QUOTED.match(line))
            kept += [] if quoting else [line]
    if kept:
        yield Said(who, None, "\n".join(kept))


def _own_words(text: str) -> str:
    return _EDITED.sub("", _OUR_OWN.sub("", text)).strip()


def _plain(lines: list[str], is_known: Known) -> Iterator[Said]:
    """“Dilys: yes please”, one a line, a name above each message, or the words of one person that is not named."""
    named = [_head_of_line(line.strip(), is_known) for line in lines]
    if named and all(named):
        yield from (Said(one["who"], None, one["text"] or "") for one in named if one)
    elif lines and _is_whole_name(lines[0], is_known):
        yield from _under_names(lines, is_known)
    else:
        yield Said("", None, "\n".join(line for line in lines if not _QUOTED.match(line)))


def _head_of_line(line: str, is_known: Known) -> re.Match[str] | None:
    usual = _WHO.fullmatch(line)
    if usual and _looks_like_somebody(usual["who"]):
        return usual
    listed = _LISTED.fullmatch(line)
    return listed if listed and is_known(listed["who"]) else None


def _is_whole_name(line: str, is_known: Known) -> bool:
    return 2 <= len(line.split()) <= 4 and is_known(line)


def _under_names(lines: list[str], is_known: Known) -> Iterator[Said]:
    """Messages each under the name of who wrote it, as a phone copies them; a line that says only when is none."""
    who, kept = lines[0], list[str]()
    for line in lines[1:]:
        if _is_whole_name(line, is_known):
            yield Said(who, None, "\n".join(kept))
            who, kept = line, []
        elif not _ONLY_WHEN.fullmatch(line.strip()):
            kept.append(line)
    yield Said(who, None, "\n".join(kept))


def _looks_like_somebody(words: str) -> bool:
    return (len(words.split()) <= 3 and words[:1].isalpha() and words[:1].isupper()) or bool(
        re.match(r"\+?\d", words)
    )


def _named(who: str) -> str:
    return " ".join(who.strip().lstrip("~").replace('"', "").split())
