"""What a requirement says beyond the known fields: the words to keep, and none that a field says already."""

import re
from collections.abc import Iterator

from matcher.knowledge.number_words import NUMBER
from matcher.triage.reading.criteria.clause import Clause
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.text import LEFT_OPEN

_GOES_ON = re.compile(r"(?:now|or|and|then|too|as well)\b", re.I)
"""Words that only carry on what a field says: they stand in its text already."""
_ALSO = re.compile(r"\s*(?:and|plus) (?=(?:their|his|her|your|an?) )", re.I)
_NO_MATTER = re.compile(
    r"\s*(?:first names? (?:is |are )?(?:fine|ok(?:ay)?|only)|"
    r"whether|whoever|wherever|regardless|no matter|even if|whatever|for any)\b",
    re.I,
)
_RECENTLY = re.compile(
    rf"\b(?:(?:with)?in|during|over) the (?:last|past) (?:{NUMBER} )?(?:days?|weeks?|months?|years?)\b", re.I
)
_WHO_CLAUSE = re.compile(
    r"\b(?:who|that|whose|and)\b\s+(?P<c>(?:(?:have|has|had|are|is|['’]s|came|come|drives?|uses?|works?|paid|"
    r"lives?|"
    r"can|do|does|did|were|was|feels?|felt|left|gets?|knows?|speaks?|cares?|gives?|holds?|earns?|owns?|supports?|"
    r"started|joined|look after|looks after)\b)[^.;]{0,220})",
    re.I,
)
_MUST_CLAUSE = re.compile(
    r"\b(?:must|you need to|need to|has to|have to|should) (?P<c>(?:also |currently )?(?!be\b)(?:have|drive|"
    r"know|speak|own|use|work|live|"
    r"be able)\b[^.;,]{6,160})",
    re.I,
)
_JOINT = re.compile(
    r"[,;]\s+(?:(?:and|or|but|plus|who|whose|that) )*|\s+(?:and|but|plus) (?:(?:who|that|whose) |"
    r"(?=(?:have|has|had|are|is|can|do|does|did|must|be|drive|use|live|work|get|know|feel|own|speak|willing|able|"
    r"happy|comfortable|currently|also)\b))|\s+(?:who|whose|which)(?:['’](?:s|ve|re|d))? |"
    r"\s+that (?=(?:is|are|has|have)\b)",
    re.I,
)
_TURNS = re.compile(r"\b(?:left|leaving|quit|stopped|gave up|lost|refused|retired)\b", re.I)
"""What turns the meaning of a field beside it: she who left home care is wanted for that."""
_VERB = re.compile(r"(?:be|have|has|had|are|is|can|do|does|did|drive|use|keep|own|know|speak|belong)\b", re.I)
_CONNECTS = re.compile(
    r"(?:\s+(?:in|at|on|of|for|with|by|to|from|and|or|a|an|the|as|who|that|is|are|anywhere))+$", re.I
)
_FILLER = frozenset(
    {
        "a", "able", "adult", "adults", "age", "aged", "altogether", "anywhere", "paid", "recently",
        "located", "region", "city", "county", "welcome", "also", "an", "and", "any", "anyone", "are", "as",
        "at", "based",
        "be", "been", "being", "between", "by", "can", "care", "carer", "carers", "comfortable", "curious",
        "currently", "do", "does", "doing", "done", "duties", "else", "fine", "five", "for", "four", "from",
        "good", "great", "had", "hands", "happy", "has", "have", "held", "hold", "home", "if", "in",
        "including", "interested", "is", "it", "job", "least", "like", "live", "living", "love", "man",
        "member", "members", "men", "mix", "mixture", "more", "must", "need", "no", "not", "now", "of", "old",
        "on", "one", "or", "other", "others", "our", "over", "participants", "people", "person",
        "please", "range", "should", "six", "social", "somebody", "someone", "someone's", "speak", "staff",
        "strings", "taken", "taking", "talk", "than", "that", "the", "their", "they", "they'd", "this", "three",
        "time",
        "to", "two", "under", "up", "us", "variety", "want", "we", "we'd", "which", "who", "whose", "willing",
        "with", "woman", "women", "work", "worked", "worker", "workers", "working", "works", "would", "year",
        "years", "you", "your",
    }
)  # fmt: skip


def unsaid(
    passage: Passage, clauses: list[Clause], *, must: bool, described: int | None = None
) -> Iterator[tuple[int, int]]:
    """The stretch to keep as words: from the first to the last part of it that known fields leave unsaid.

    ``described`` is where the passage begins to tell more of the people it names, when that is known.
    """
    stretch: tuple[int, int] | None = (described or 0, len(passage.text))
    if described is None and not passage.item and must:
        clause = _WHO_CLAUSE.search(passage.text) or _MUST_CLAUSE.search(passage.text)
        stretch = clause.span("c") if clause else None
    if stretch is None:
        return
    parts = list(_parts(passage.text, *stretch, clauses))
    inside = [clause for clause in clauses if clause.start < stretch[1] and clause.end > stretch[0]]
    more = [_says_more(passage.text, *part, inside, must=must) for part in parts]
    if any(more):
        while not more[0] and _named_in(parts[0], clauses):
            del more[0], parts[0]
        while not more[-1] and (_named_in(parts[-1], clauses) or _empty(passage.text[slice(*parts[-1])])):
            del more[-1], parts[-1]
        first, last = _trimmed(passage.text, parts[0][0], parts[-1][1], clauses)
        if not _GOES_ON.match(passage.text, first, last):
            yield first, last
    elif recently := _RECENTLY.search(passage.text):
        yield recently.span()


def _parts(words: str, first: int, last: int, clauses: list[Clause]) -> Iterator[tuple[int, int]]:
    """The stretch taken apart at its joints, none of them inside brackets or inside what a field says."""
    flat = re.sub(r"\([^)]*\)", lambda match: "x" * len(match.group()), words)
    for joint in _JOINT.finditer(flat, first, last):
        if not any(clause.start < joint.end() <= clause.end for clause in clauses):
            yield first, joint.start()
            first = joint.end()
    yield first, last


def _empty(words: str) -> bool:
    return not _content(words) or _NO_MATTER.match(words) is not None


def _named_in(part: tuple[int, int], clauses: list[Clause]) -> list[Clause]:
    return [clause for clause in clauses if part[0] <= clause.start < part[1]]


def _says_more(words: str, first: int, last: int, clauses: list[Clause], *, must: bool) -> bool:
    """Whether a part holds more than the fields: the more of them it names, the more it must add."""
    if _NO_MATTER.match(words[first:last]):
        return False
    if must and _TURNS.search(re.sub(r"\([^)]*\)", "", words[first:last])):
        return True
    named = _named_in((first, last), clauses)
    left = "".join(
        " " if any(c.start <= index < c.end for c in clauses) else words[index] for index in range(first, last)
    )
    whole = not clauses or _VERB.match(words, first) is not None
    least = (2 if must else 1) + len(named) if named else 1 if whole else 2
    return len(_content(left)) >= least


def _trimmed(words: str, first: int, last: int, clauses: list[Clause]) -> tuple[int, int]:
    """The stretch without what a known field says at either end of it."""
    for clause in clauses:
        if first <= clause.start and clause.end < last and not _content(words[first : clause.start]):
            first = clause.end
            if also := _ALSO.match(words, first, last):
                first = also.end()
    cut = False
    for clause in reversed(clauses):
        if first < clause.start and clause.end <= last and not _content(words[clause.end : last]):
            last, cut = clause.start, True
    stretch = LEFT_OPEN.sub("", words[first:last]).rstrip()
    if cut:
        stretch = _CONNECTS.sub("", stretch)
    lead = len(stretch) - len(stretch.lstrip(" ,.;:"))
    return first + lead, first + len(stretch)


def _content(words: str) -> list[str]:
    plain = re.sub(r"\([^)]*\)", " ", words.lower())
    return [word for word in re.findall(r"[^\W\d_][\w'’-]+", plain) if word not in _FILLER]
