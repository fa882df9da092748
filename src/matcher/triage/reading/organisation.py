"""For which organisation a letter is written."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from matcher.knowledge.emails import FREE_MAIL
from matcher.knowledge.places import places_in
from matcher.triage.reading.names import (
    EMAIL,
    IN_ANOTHER_TONGUE,
    NAME,
    NAME_PART,
    ORGANISATION_WORD,
    ROLE_WORD,
    TITLE,
    is_name,
)
from matcher.triage.reading.text import Found, TextToRead

_CONNECTED = r"(?:of|for|and|the|in|on|to|&|de|at|a|y|yr|nan|na)"
_PHRASE = re.compile(
    rf"(?:The )?{NAME_PART}(?:['’]s?)?(?:,?[ ](?:{_CONNECTED}[ ])*(?:{NAME_PART}|&)(?:['’](?![\w]))?)*"
)
_OTHER_AFTER = re.compile(rf"\s*(?:[/|\n–-]|(?P<opens>\())\s*(?P<name>{_PHRASE.pattern})(?(opens)\))")
_OTHER_BEFORE = re.compile(rf"(?P<name>{_PHRASE.pattern})\s*[/|\n(–-]\s*$")
_LONGEST_NAME = 100
_WORK_FOR = re.compile(
    r"\b(?:(?:I|we) (?:currently |both )?(?:write for|present|work (?:for|at|with|in))|working (?:for|at)|on "
    r"behalf of|secretariat of|"
    r"(?:part of|member of) (?:a|"
    r"the) team at|based at"
    r"|student at|researcher at|(?:reporter|journalist|producer|editor|correspondent|writer) (?:at|for|on|"
    r"with|from)"
    r"|produce\w* \w+ for|(?:feature|piece|article|story|report|film|documentary|series|column)(?: \w+)? for|"
    r"issue of|lab at|here at|team at|writing for|(?:lead|manager|officer|"
    r"head of \w+|lecturer"
    r"|fellow|director|specialist|adviser|organiser)(?: \w+)? (?:at|for|with|of)|[I'’]m from|am from|"
    r"calling from|[Ff]reelance\w*,? (?:mostly |mainly |often |usually )?(?:for|with|at)) (?:the )?$"
)
_ENDS_PHRASE = re.compile(
    r"(?<=[^\W\d_]{3})\.\s|\s+(?:(?:and|for|on|in|to|at)\s+)?(?:I|We|It|They)(?:['’]\w+)?(?=\s|$)"
)
_INSIDE = re.compile(r" in the (?=\S+$)")
"""“University of Penhallow in the Geography (department)”: a part of the organisation that begins here."""
_SPEAKING = re.compile(r"^(?:I['’]m|I am|This is|My name is|It['’]s)\s+")
_TIED = re.compile(r"^(?:,| (?:at|from|of|for|with)\b)[ ]*(?:the )?")
_TIED_BY = re.compile(rf"(?P<name>{NAME}) (?P<tie>at|from|of|for|with) (?:the )?")
_SMALL_PRINT = re.compile(r"\b(?:disclaimer|intended recipient|confidentiality)\b", re.I)
_IS_A = re.compile(r"^[ ]?(?:\([^)]{1,20}\) )?(?:is|are) (?:an?|the|one of)\b|^ \(we['’]re")
_DOES = re.compile(r"^ (?:is|are|has|have|wants?|plans?|would|will|needs?) ")
"""What an organisation does, behind its name at the beginning of a letter: “The Committee is considering”."""
_VENUE = re.compile(r"\b(?:Buildings|Room|Hall|Library|Hotel|Floor|House|Arena|Stadium)$")
_STAFF_OF = re.compile(
    r"(?i:office|works?|working|manager|caseworker|assistant|researcher|advis[eo]r|secretary|staff) (?:to|for|of) "
    rf"(?P<whose>(?:{TITLE})?{NAME_PART}(?: {NAME_PART}){{1,3}}? (?:MP|MSP|MS|MLA|TD)\b)"
)
_UNI = re.compile(r"\b(?:at|from) (?:the )?(?P<uni>[^\W\d_]{3,}(?: [A-Z]\w+)?) uni\b", re.I)
_NO_MEANING = frozenset(
    {"ac", "uk", "co", "org", "com", "gov", "net", "edu", "info", "io", "eu", "example", "test", "student",
     "students", "mail", "my", "hello", "news", "email", "www", "media", "tv", "nhs"}
)  # fmt: skip


def _domain_words(address: str) -> list[str]:
    labels = re.split(r"[.-]", address.partition("@")[2].lower())
    return [label for label in labels if len(label) > 2 and label not in _NO_MEANING and label not in FREE_MAIL]


def organisation_of(text: TextToRead, address: str, requester: Found[str] | None) -> Found[str] | None:
    """The likeliest name by what stands around it; ``address`` is the one to answer to, "" when none is known."""
    domain = _domain_words(address)
    person = requester.value.lower() if requester else ""
    options = list(_organisation_options(text, domain, person))
    options += [(4.0, found) for found in _uni(text)]
    options += [(4.5, found) for found in _politician(text)]
    if options:
        points, found = max(options, key=lambda option: option[0])
        if points >= 3:
            return _in_both_tongues(text.text, Found(found.value, found.start, found.end, sure=points >= 5))
    if domain:
        return Found(domain[-1].title(), 0, 0, sure=False)
    return None


def _in_both_tongues(words: str, found: Found[str]) -> Found[str]:
    """“Gofal Cymru / Social Care Wales”: the name with the other beside or below it in another language."""
    after = _OTHER_AFTER.match(words, found.end, found.end + _LONGEST_NAME)
    before = _OTHER_BEFORE.search(words, max(0, found.start - _LONGEST_NAME), found.start)
    for beside in filter(None, (after, before)):
        tongues = {bool(IN_ANOTHER_TONGUE.search(name)) for name in (found.value, beside["name"])}
        named = "\n" not in beside.group() or all(
            ORGANISATION_WORD.search(name) for name in (found.value, beside["name"])
        )
        if len(tongues) == 2 and named and not ROLE_WORD.search(beside["name"]):
            start, end = min(found.start, beside.start()), max(found.end, beside.end())
            return Found(" / ".join(words[start:end].splitlines()), start, end, found.sure)
    return found


def _uni(text: TextToRead) -> Iterator[Found[str]]:
    """“at northwold uni”, as students write it."""
    for line in text.lines:
        if match := _UNI.search(line.text):
            start, end = line.start + match.start("uni"), line.start + match.end()
            yield Found(f"{match['uni'].title()} University", start, end, sure=False)


def _politician(text: TextToRead) -> Iterator[Found[str]]:
    """Whose office a member of parliament's staff sign for (“Caseworker to Ann Pell MP”)."""
    for line in text.lines:
        if match := _STAFF_OF.search(line.text):
            start, end = line.start + match.start("whose"), line.start + match.end("whose")
            yield Found(match["whose"], start, end)


def _organisation_options(text: TextToRead, domain: list[str], person: str) -> Iterator[tuple[float, Found[str]]]:
    signed = {line.start for line in text.signature}
    heads = {line.start for line in text.lines[:4]}
    for line in text.lines:
        if _SMALL_PRINT.search(line.text):
            continue
        for match in _PHRASE.finditer(line.text):
            phrase, lead = _trimmed(match.group(), person)
            if len(phrase) < 3 or phrase.lower() in person:
                continue
            points = max(_affinity(phrase, domain), _affinity(match.group(), domain))
            points += 2.0 * bool(ORGANISATION_WORD.search(phrase))
            points += 1.5 * (line.start in signed) + 0.5 * (line.start in heads)
            before, after = line.text[: match.start() + lead], line.text[match.end() :]
            points += 3.0 * bool(_WORK_FOR.search(before)) + 1.5 * bool(_IS_A.match(after))
            points += 1.5 * bool(line.start in heads and not before and _DOES.match(after) and points)
            points += 1.5 * bool(person and person in line.text.lower()) * bool(points)
            points += 1.5 * bool(points and lead and _someone_at(before))
            points -= 3.0 * bool(ROLE_WORD.search(phrase)) + 2.0 * (EMAIL.search(phrase) is not None)
            points -= 3.0 * bool(_VENUE.search(phrase))
            points -= 2.5 * ("ethics" in phrase.lower() or "inquiry" in phrase.lower())
            points += min(len(phrase.split()), 5) * 0.1
            points -= 3.0 * any(place.end - place.start == len(phrase) for place in places_in(phrase))
            start = line.start + match.start() + lead
            yield points, Found(phrase, start, start + len(phrase))


def _trimmed(phrase: str, person: str) -> tuple[str, int]:
    """A phrase without a role or a person's name in front (“Producer, Four Seas Wireless”), and what was cut."""
    whole = phrase
    phrase = _ENDS_PHRASE.split(_SPEAKING.sub("", phrase))[0].rstrip(".,& ")
    phrase = _without_person(phrase, person)
    if (inside := _INSIDE.search(phrase)) and ORGANISATION_WORD.search(phrase[: inside.start()]):
        phrase = phrase[: inside.start()]
    pieces = re.split(r",\s+", phrase)
    kept = pieces[:]
    while len(kept) > 1 and (
        ROLE_WORD.search(kept[0]) or kept[0].lower() in person or (person and person in kept[0].lower())
    ):
        kept.pop(0)
    if len(kept) > 1:
        kept = [
            max(
                kept,
                key=lambda piece: (
                    bool(re.search(r"universit|college", piece, re.I)),
                    bool(ORGANISATION_WORD.search(piece)),
                ),
            )
        ]
    best = kept[0]
    lead = whole.find(best)
    the = re.match(r"(?:Dear|From|At|In|On|For|My|Our|I|We) ", best)
    return (best[the.end() :], lead + the.end()) if the else (best, lead)


def _someone_at(before: str) -> bool:
    """Whether a person and “at” or “from” stand right in front of a phrase."""
    return any(tie.end() == len(before) and is_name(tie["name"]) for tie in _TIED_BY.finditer(before))


def _without_person(phrase: str, person: str) -> str:
    """A phrase without the person it begins with and the word that ties her to it (“Dr Ann Pell at ...”)."""
    titled = re.match(TITLE, phrase)
    bare = phrase[titled.end() :] if titled else phrase
    plain = re.sub(rf"^{TITLE}", "", person, flags=re.I)
    for name, whole in ((person, phrase), (plain, bare), (plain.partition(" ")[0], bare)):
        if name and re.match(rf"{re.escape(name)}(?![\w-])", whole, re.I):
            return _TIED.sub("", whole[len(name) :]) or phrase
    tie = _TIED_BY.match(bare)
    if tie and (titled or tie["tie"] in ("at", "from")) and is_name(tie["name"]):
        return bare[tie.end() :]
    return phrase


def _affinity(phrase: str, domain: Iterable[str]) -> float:
    """How much a phrase looks like the sender's domain: by its words, or by its initials."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", phrase.replace("&", " and "))]
    if all(ORGANISATION_WORD.fullmatch(word) for word in words):
        return 0.0
    squashed = "".join(words)
    meaning = [word for word in words if len(word) > 4 and not ORGANISATION_WORD.fullmatch(word)]
    initials = "".join(word[0] for word in words if word not in {"of", "for", "and", "the", "in", "on"})
    best = 0.0
    for label in domain:
        if squashed and (squashed == label or (len(squashed) > 5 and (squashed in label or label in squashed))):
            best = max(best, 5.0 if squashed == label or len(words) > 1 else 3.5)
        elif any(word in label or (len(label) > 4 and label in word) for word in meaning) or (
            meaning and len(squashed) > 8 and fuzz.ratio(squashed, label) >= 75
        ):
            best = max(best, 3.5)
        elif len(words) > 1 and len(initials) > 2 and (initials == label or label.startswith(initials)):
            best = max(best, 4.0)
    return best
