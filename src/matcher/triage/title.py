"""What a request is called: its subject or heading, cleaned; never invented."""

import re

from matcher.triage.layout import Line
from matcher.triage.text import Found, TextToRead

_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|tr|official(?:[- ]sensitive)?|external(?: e-?mail)?|ext|urgent|"
    r"caution)\s*[:\]–-]+\s*"
    r"|\[[^\]]{1,25}\]\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:\((?:fwd|external|official)\)|-\s*official)\s*$", re.IGNORECASE)
_SYMBOLS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]+")
_EMPTY = re.compile(
    r"(?:hi|hello|hey|dear|hope|good (?:morning|afternoon|evening)|i hope|thanks|thank you|sorry|apologies|"
    r"one for you)\b"
    r"|(?:quick )?(?:question|enquiry|request|help|hello|research|survey|invitation|\(?no subject\)?)[!?. ]*$",
    re.IGNORECASE,
)
_SAYS_WHY = re.compile(
    r"\b(?:looking for|doing|making|writing|running|carrying out|conducting|recruiting|inviting|inquiry|study|"
    r"project|survey"
    r"|documentary|podcast|programme|film|piece|story|research|interview|focus group|workshop|event|panel|"
    r"roundtable)\b",
    re.IGNORECASE,
)
_SUBJECT_LABELS = frozenset(
    {"subject", "title", "project", "project title", "study", "study title", "topic", "about"}
)
_CHATTY = re.compile(
    r"\b(?:your (?:members|carers|network)|can you help|would you)\b.*\?|^(?:fyi|see attached|attached)\b", re.I
)
_LETTERHEAD = re.compile(
    r"\b(?:department|universit\w+|ministry|council|college|centre for|committee|commission|institute|ltd|"
    r"limited|trust|team)\b(?!.*[:?])",
    re.I,
)
_SUBJECT_MATTER = re.compile(
    r"\b(?P<what>piece|episode|ep|story|stud(?:y|ies)|survey|programme|films?|research|article|documentary|"
    r"sessions?|workshops?|podcast|report|feature|project|item|dissertation|inquiry|event)\b(?: \([^)]*\))?"
    r" (?:is |will be |looking |all )?(?:about|on|into|exploring|looking at|at)\b (?P<about>[^.!?;–]{8,90})",
    re.I,
)
_CLAUSE_END = re.compile(
    r",? (?:cos|because|which|who are|and (?:we|i|would)|asap|so|as (?:we|i)|- )\b.*$|,.*$", re.I
)
_LONGEST = 120


def title_of(text: TextToRead) -> Found[str]:
    """The subject cleaned of its prefixes, else a labelled title, the heading, or the first telling sentence."""
    subject = clean_title(text.subject)
    if subject and _CHATTY.search(subject):
        attached = _heading(text)
        if attached:
            return attached
    letterhead = not text.sender.email and _LETTERHEAD.search(subject)
    if subject and not letterhead and not _EMPTY.match(subject):
        at = text.text.find(subject)
        return Found(subject, max(at, 0), max(at, 0) + (len(subject) if at >= 0 else 0))
    return (
        _labelled(text)
        or _heading(text)
        or _subject_matter(text)
        or _sentence(text)
        or Found(subject or "Untitled request", 0, 0, sure=False)
    )


def clean_title(words: str) -> str:
    """A subject without Re:, Fwd:, OFFICIAL:, tags in brackets, pictures and trailing marks."""
    plain = _SYMBOLS.sub(" ", words)
    plain = _TAIL.sub("", _PREFIX.sub("", plain))
    return " ".join(plain.split()).strip(" -–|:!")


def _labelled(text: TextToRead) -> Found[str] | None:
    for line in text.lines:
        label, colon, value = line.text.partition(":")
        if colon and label.strip().lower() in _SUBJECT_LABELS and len(value.split()) > 1:
            title = clean_title(value)
            start = line.start + max(line.text.find(title), 0)
            return Found(title, start, start + len(title))
    return None


def _heading(text: TextToRead) -> Found[str] | None:
    """The first line of a leaflet that is no letterhead, with the line below when that explains it."""
    for layout in text.layouts[bool(text.sender.email) :]:
        opening = [line for line in layout.lines if line.text][:6]
        for index, line in enumerate(opening[:-1]):
            if not _may_be_title(line.text):
                break
            if not _is_letterhead(line.text):
                return _with_subtitle(line, opening[index + 1])
    return None


def _may_be_title(line: str) -> bool:
    ends = line.endswith((",", ";", ":")) or (line.endswith(".") and not line.isupper())
    return not (
        ends or line.startswith(("[", "From:", "Your name:", ">")) or _EMPTY.match(line) or len(line) > _LONGEST
    )


def _is_letterhead(line: str) -> bool:
    return "@" in line or "|" in line or _LETTERHEAD.search(line) is not None


def _with_subtitle(line: Line, following: Line) -> Found[str]:
    title, end = clean_title(line.text), line.start + len(line.text)
    below = clean_title(following.text)
    carried_on = following.text[0].islower()
    explains = len(title.split()) <= 5 and 12 < len(below) <= _LONGEST and _SAYS_WHY.search(below)
    if carried_on or explains:
        title = f"{title} {below}" if carried_on else f"{title.rstrip('.')}: {below}"
        end = following.start + len(following.text)
    return Found(_short(title), line.start, end, sure=False)


def _subject_matter(text: TextToRead) -> Found[str] | None:
    """“a piece on the cost of petrol” is “Piece: the cost of petrol”; clauses that speak of care come first."""
    hits = [(p, m) for p in text.passages if (m := _SUBJECT_MATTER.search(p.text))]
    hits.sort(key=lambda hit: re.search(r"\bcar(?:e|er|ers|ing)\b", hit[1]["about"], re.I) is None)
    for passage, match in hits:
        about = _CLAUSE_END.sub("", match["about"]).strip()
        if len(about) > 5:
            what = {"ep": "episode"}.get(match["what"].lower(), match["what"].lower())
            return Found(
                f"{what.capitalize()}: {about}",
                passage.start + match.start(),
                passage.start + match.end(),
                sure=False,
            )
    return None


def _sentence(text: TextToRead) -> Found[str] | None:
    usable = [p for p in text.passages if len(p.text) > 20 and not p.label and not _EMPTY.match(p.text)]
    for passage in [p for p in usable if _SAYS_WHY.search(p.text)] or usable:
        return Found(_short(clean_title(passage.text)), passage.start, passage.end, sure=False)
    return None


def _short(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    cut = words[:_LONGEST].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:-–") + "…"
