"""What a request is called: its subject or heading, cleaned; never invented."""

import re

from matcher.triage.reading.criteria.asked_for import asked_for
from matcher.triage.reading.criteria.exclusions import ruled_out
from matcher.triage.reading.criteria.wishes import wish_within
from matcher.triage.reading.layout import Line, Passage
from matcher.triage.reading.sentence_case import in_sentence_case
from matcher.triage.reading.text import ASKS_FOR, LEFT_OPEN, Found, TextToRead

_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|tr|official(?:[- ]sensitive)?|external(?: e-?mail)?|ext|urgent|caution|"
    r"please (?:share|circulate|forward))\s*[:\]–-]+\s*"
    r"|\[[^\]]{1,25}\]\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:\((?:fwd|external|official)\)|-\s*official)\s*$", re.IGNORECASE)
_SYMBOLS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]+")
_EMPTY = re.compile(
    r"(?:new (?:enquiry|message|submission)|hi|hello|hey|dear|hope|good (?:morning|afternoon|evening)|i hope|"
    r"thanks|thank you|sorry|apologies|"
    r"one for you)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(r"^(?:hi|hello|hey|dear|good \w+|thanks|sorry)\b[^,.!?]{0,25}[,.!?–-]\s+", re.I)
_SAYS_NOTHING = frozenset(
    {
        "a", "about", "all", "am", "an", "and", "any", "approach", "are", "as", "ask", "asked", "asking", "at",
        "background", "before", "best", "big", "call", "can", "care", "carer", "carers", "case", "cases",
        "collaboration", "confidential", "consent", "contact", "contribute", "conversation", "could", "d",
        "details", "dissertation", "do", "does", "done", "each", "eligible", "enquiry", "event", "expect",
        "favour", "fee", "few", "find", "flyer", "focus", "follow", "for", "form", "from", "funds", "further",
        "fyi", "get", "give", "group", "happen", "happens", "have", "hello", "help", "hi", "home", "how", "i",
        "if", "important", "in", "information", "input", "interested", "interview", "interviewees", "interviews",
        "introduction", "invitation", "invite", "inviting", "involve", "involved", "is", "it", "join", "joining",
        "know", "leaflet", "letter", "like", "ll", "long", "look", "looking", "m", "may", "me", "media",
        "message", "mind", "more", "my", "name", "need", "needed", "needs", "network", "newsletter", "next", "no",
        "note", "notes", "of", "on", "one", "opportunity", "or", "organisation", "other", "our", "out",
        "overview", "paid", "part", "phd", "msc", "ma", "via", "new", "website", "participant",
        "participants", "participate", "participation", "pay",
        "paying", "payment", "payments", "people", "poster", "potential", "press", "privacy", "private",
        "project", "purpose", "query", "question", "questionnaire", "quick", "re", "regarding", "request",
        "research", "researcher", "right", "risks", "running", "s", "said", "say", "see", "sheet", "should",
        "sign", "small", "speak", "story", "student", "students", "studies", "study", "subject", "summary",
        "support", "survey", "take", "taking", "talk", "tell", "text", "that", "the", "there", "they", "thinking",
        "this", "time", "to", "topic", "two", "up", "urgent", "us", "ve", "version", "volunteers", "want",
        "wanted", "was", "we", "what", "when", "where", "whether", "who", "whom", "why", "will", "with", "worker",
        "workers", "working", "would", "you", "your",
    }
)  # fmt: skip
"""Words that a heading or subject of any request may hold: one that holds no others says nothing of this one."""
_SAYS_WHY = re.compile(
    r"\b(?:looking for|doing|making|writing|running|carrying out|conducting|recruiting|inviting|inquiry|study|"
    r"trial|project|survey|documentary|podcast|programme|film|piece|story|research|interview|focus group|"
    r"workshop|event|"
    r"panel|roundtable|(?:re)?design\w*|help us)\b",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"(?:i['’]?m|i am|my name['’]?s?|this is|it['’]?s)\b(?! (?:\w+ )?(?:looking|doing|making|writing|running|"
    r"carrying|conducting|recruiting|inviting|researching|working on|putting together))",
    re.I,
)
"""A sentence that only says who writes."""
_SUBJECT_LABELS = frozenset(
    {"subject", "title", "project", "project title", "study", "study title", "topic", "about"}
)
_CHATTY = re.compile(
    r"\b(?:your (?:members|carers|network)|(?:can|could) you (?:help|share|suggest|find)|would you)\b.*\?|"
    r"^(?:fyi|see attached|attached)\b|"
    r"\ba (?:small|quick|little|big) (?:ask|favour|request)\b",
    re.I,
)
_SUBJECT_PARTS = re.compile(r":\s+|\s+[-–—|]\s+")
_TO_YOU = re.compile(r"\byour\b|\byou(?:['’]re)?\b|^[A-Z][a-z]+,\s", re.I)
_NAMED = re.compile(
    r"\b(?:[Oo]ur|[Tt]he|[Aa]|called|for|join) (?:new |exclusive |first )?[“\"‘']?(?P<name>(?:[A-Z][\w'’-]+ ){1,5}"
    r"(?:Panel|Study|Survey|Project|Programme|Inquiry|Trial|Commission|Podcast|Campaign|Charter|Awards?|Forum|"
    r"Roundtable|Review))\b"
)
_LETTERHEAD = re.compile(
    r"\b(?:department|universit\w+|ministry|council|college|centre for|committee|commission|institute|ltd|unit|"
    r"directorate|"
    r"limited|trust|team|issue \d+|version \d|v\d)\b(?!.*[:?])|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|"
    r"^\d{1,2}(?:st|nd|rd|th)? \w+ 20\d\d$|^Dear\b",
    re.I,
)
_SUBJECT_MATTER = re.compile(
    r"\b(?P<what>piece|long read|episode|ep|story|stud(?:y|ies)|survey|programme|films?|research|article|"
    r"documentary|"
    r"sessions?|workshops?|podcast|report|feature|project|item|dissertation|thesis|inquiry|event|guide|booklet|"
    r"chat|"
    r"conversation|debate|spread|discussion|groups?|interviews?|natter)\b(?: \([^)]*\)| with [\w -]{3,40}?)?"
    r" (?:is |will be |looking |all |for (?:[\w'’]+ ){1,4})?(?:about|on|into|exploring|looking at|at)\b"
    r" (?P<about>[^.!?;–]{8,110})",
    re.I,
)
_EXPLORES = re.compile(
    r"\b(?:exploring|looking (?:at|into)|studying|investigating|researching|examining|find(?:ing)? out|"
    r"wants? to know)"
    r" (?P<about>[^.!?;–]{8,110})",
    re.I,
)
_CLAUSE_END = re.compile(
    r",? (?:cos|because|which|when|while|who are|and (?:we|i|would)|asap|so|as (?:we|i)|- )\b.*$|,.*$", re.I
)
_ROW = re.compile(r"[A-Z][\w '’?-]{0,30}: ")
_EMPHASIS = re.compile(r"\*([^*\n]+)\*")
_RUNS_ON = re.compile(r"(?:[:–-]|\b(?:and|or|of|for|in|on|the|to|with|a|an|from|by|your))$", re.I)
_LONGEST = 120
_OPENING_LINES = 10


def title_of(text: TextToRead) -> Found[str]:
    """The subject cleaned of its prefixes, else a labelled title, the heading, or the first telling sentence."""
    found = _title(text)
    title = _EMPHASIS.sub(r"\1", in_sentence_case(found.value, text.text))
    return Found(title[:1].upper() + title[1:], found.start, found.end, found.sure)


def _title(text: TextToRead) -> Found[str]:
    subject = clean_title(text.subject)
    telling = subject and not says_nothing(subject)
    if telling and _CHATTY.search(subject):
        better = _without_chat(text, subject) or _heading(text) or _subject_matter(text)
        if better:
            return better
    if telling and _TO_YOU.search(subject) and (named := _named_thing(text)):
        return named
    letterhead = not text.sender.email and _LETTERHEAD.search(subject)
    if telling and not letterhead:
        at = text.text.find(subject)
        return Found(subject, max(at, 0), max(at, 0) + (len(subject) if at >= 0 else 0))
    return (
        _labelled(text)
        or _heading(text)
        or _subject_matter(text)
        or _sentence(text)
        or Found(subject or "Untitled request", 0, 0, sure=False)
    )


def _without_chat(text: TextToRead, subject: str) -> Found[str] | None:
    """“Sleep and live-in care: can you help us recruit?” is called after what stands before the colon."""
    parts = [part for part in _SUBJECT_PARTS.split(subject) if part and not _CHATTY.search(part)]
    telling = next((part for part in parts if len(part.split()) > 1 and not says_nothing(part)), None)
    if telling is None or telling == subject:
        return None
    at = max(text.text.find(telling), 0)
    return Found(telling, at, at + len(telling) if at else 0)


def clean_title(words: str) -> str:
    """A subject without Re:, Fwd:, OFFICIAL:, tags in brackets, pictures and trailing marks."""
    plain = _SYMBOLS.sub(" ", words)
    plain = _TAIL.sub("", _PREFIX.sub("", plain))
    return " ".join(plain.split()).strip(" -–|:!")


def says_nothing(words: str) -> bool:
    """Whether a heading or subject could stand over any request (“Who can take part”, “Research help?”)."""
    if _EMPTY.match(words):
        return True
    plain = re.findall(r"[^\W_]+", words.lower())
    return all(word in _SAYS_NOTHING or word.isdigit() for word in plain)


def _labelled(text: TextToRead) -> Found[str] | None:
    for line in text.lines:
        label, colon, value = line.text.partition(":")
        if colon and label.strip().lower() in _SUBJECT_LABELS and len(value.split()) > 1:
            title = clean_title(value)
            if not says_nothing(title):
                start = line.start + max(line.text.find(title), 0)
                return Found(title, start, start + len(title))
    return None


def _heading(text: TextToRead) -> Found[str] | None:
    """The first line of a leaflet that is neither letterhead nor the name of a section, with what carries it on."""
    for layout in text.layouts[bool(text.sender.email) :]:
        opening = [line for line in layout.lines if line.text and line not in layout.signature][:_OPENING_LINES]
        if sum(_ROW.match(line.text) is not None for line in opening[:4]) > 1:
            continue  # the rows of a form
        for index, line in enumerate(opening[:-1]):
            if _is_letterhead(line.text) or (says_nothing(line.text) and not _EMPTY.match(line.text)):
                continue
            if not _may_be_title(line.text, opening[index + 1].text):
                break
            return _whole_title(opening[index:])
    return None


def _may_be_title(line: str, following: str) -> bool:
    open_ended = line.endswith((",", ";")) or (line.endswith(":") and not (line.isupper() and following.isupper()))
    ends = open_ended or (line.endswith(".") and not line.isupper())
    return not (
        ends or line.startswith(("[", "From:", "Your name:", ">")) or _EMPTY.match(line) or len(line) > _LONGEST
    )


def _is_letterhead(line: str) -> bool:
    return "@" in line or "|" in line or _LETTERHEAD.search(line) is not None


def _whole_title(lines: list[Line]) -> Found[str]:
    """A title with the lines it is wrapped over, or with the subtitle below that explains it."""
    title, end = clean_title(lines[0].text), lines[0].start + len(lines[0].text)
    last = lines[0]
    for line in lines[1:]:
        both_shout = last.text.isupper() and line.text.isupper()
        wrapped = line.text[0].islower() or _RUNS_ON.search(last.text) or both_shout
        if not wrapped or len(title) + len(line.text) > _LONGEST:
            break
        mark = ":" if last.text.endswith(":") else ""
        title, end, last = f"{title}{mark} {clean_title(line.text)}", line.start + len(line.text), line
    else:
        return Found(_short(title), lines[0].start, end, sure=False)
    below = clean_title(line.text)
    if last is lines[0] and len(title.split()) <= 5 and 12 < len(below) <= _LONGEST and _SAYS_WHY.search(below):
        below = re.sub(r"^(?:An?|The|Our)\b", lambda match: match.group().lower(), below)
        title, end = f"{title.rstrip('.')}: {below}", line.start + len(line.text)
    return Found(_short(title), lines[0].start, end, sure=False)


def _named_thing(text: TextToRead) -> Found[str] | None:
    """The study, panel or campaign that the text calls by its name."""
    for passage in text.passages:
        if match := _NAMED.search(passage.text):
            start = passage.start + match.start("name")
            return Found(match["name"], start, start + len(match["name"]), sure=False)
    return None


def _subject_matter(text: TextToRead) -> Found[str] | None:
    """“a piece on the cost of petrol” is “Piece: the cost of petrol”; clauses that speak of care come first."""
    hits = [(p, m) for p in text.passages if (m := _SUBJECT_MATTER.search(p.text))]
    hits.sort(key=lambda hit: re.search(r"\bcar(?:e|er|ers|ing)\b", hit[1]["about"], re.I) is None)
    for passage, match in hits:
        about = _CLAUSE_END.sub("", match["about"]).strip()
        if len(about) > 5:
            what = {"ep": "episode"}.get(match["what"].lower(), match["what"].lower())
            return _read_as(f"{what.capitalize()}: {about}", passage, match)
    for passage in text.passages:
        if explores := _EXPLORES.search(passage.text):
            about = _CLAUSE_END.sub("", explores["about"]).strip()
            if not says_nothing(about):
                return _read_as(about, passage, explores)
    return None


def _read_as(title: str, passage: Passage, match: re.Match[str]) -> Found[str]:
    return Found(title, passage.start + match.start(), passage.start + match.end(), sure=False)


def _sentence(text: TextToRead) -> Found[str] | None:
    told = [p for p in text.passages if not ruled_out(p.text)]
    usable = [p for p in told if len(p.text) > 20 and not says_nothing(_GREETING.sub("", p.text))]
    free = [p for p in usable if not p.label] or usable
    asking = [p for p in free if asked_for(p.text)]
    for passage in (
        [p for p in free if _SAYS_WHY.search(p.text) and not _INTRODUCES.match(p.text)] or asking or free
    ):
        if passage in asking and (whom := _whom(passage)):
            return whom
        plain = LEFT_OPEN.sub("", ASKS_FOR.sub("", clean_title(_GREETING.sub("", passage.text))))
        return Found(_short(plain or passage.text), passage.start, passage.end, sure=False)
    return None


def _whom(passage: Passage) -> Found[str] | None:
    """Whom a sentence asks for, without what it only wishes; None when it does not say so outright."""
    wish = wish_within(passage.text)
    words = passage.text[: wish.mark] if wish else passage.text
    stretch = asked_for(words)
    if stretch is None:
        return None
    plain = words[stretch.start : stretch.end]
    title = LEFT_OPEN.sub("", plain).strip()
    start = passage.start + stretch.start + len(plain) - len(plain.lstrip())
    return None if says_nothing(title) else Found(_short(title), start, start + len(title), sure=False)


def _short(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    cut = words[:_LONGEST].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:-–") + "…"
