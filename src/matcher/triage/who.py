"""Who is asking: the person, their role, how to reach them, and for which organisation."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from matcher.knowledge.places import places_in
from matcher.triage.text import Found, TextToRead

_CAP = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĖĘĚĞĪİĶŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
_PART = (
    rf"(?:[{_CAP}](?:['’][{_CAP}])?[^\W\d_]*(?:[-'’][^\W\d_]+)*(?:(?:(?<=\b[{_CAP}])|(?<=\bSt))\.)?|"
    rf"[{_CAP}]{{2,}}(?:-[{_CAP}]+)*)"
)
_TITLE = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baroness|Cllr|Rev)\.?[ ]"
NAME = rf"(?:{_TITLE})?{_PART}(?:[ ](?:(?:de|da|van|von|der|al|bin|ap|la|le)[ ])*{_PART}){{1,3}}"
_NAME = re.compile(NAME)
_LINE_NAME = re.compile(rf"(?P<name>{NAME})(?=$|[ ]*[,|(•·:–—-]|[ ]{{2}})")
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_ORGANISATION_WORD = re.compile(
    r"\b(?:APPG|all-party|universit\w+|college|school|institute|centre|center|department|ministry|office|commission\w*|"
    r"committee|council"
    r"|authority|regulator|inspectorate|agency|service|trust|nhs|foundation|charity|association|union|"
    r"federation|network"
    r"|society|alliance|coalition|assembly|forum|group|ltd|limited|cic|llp|plc|inc|company|films|productions|"
    r"pictures"
    r"|studios|media|television|tv|radio|wireless|broadcasting|news|newspaper|gazette|herald|times|post|echo|"
    r"chronicle"
    r"|telegraph|guardian|observer|mail|express|mercury|argus|journal|magazine|podcast|press|show|partnership|"
    r"board"
    r"|parliament|commons|lords|senedd|government|cabinet|lab|laboratory|unit|collective|campaign|fund|academy|"
    r"consultancy|"
    r"labs)\b",
    re.IGNORECASE,
)
_ROLE_WORD = re.compile(
    r"\b(?:manager|officer|lead|director|head|editor|producer|reporter|journalist|correspondent|researcher|"
    r"fellow|lecturer"
    r"|professor|student|assistant|associate|adviser|advisor|specialist|clerk|secretary|coordinator|"
    r"co-ordinator|campaigner"
    r"|organiser|analyst|consultant|chair|host|presenter|writer|founder|executive|administrator|engagement|"
    r"minister"
    r"|investigator|statistician|candidate|supervisor|designer|mp|ms|msp|phd|freelance|trainee|apprentice|"
    r"caseworker)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"\b(?:dear|hello|hi|regards|wishes|thanks|thank|yours|sincerely|the|and|for|our|your|this|home|care|"
    r"carers?|workers?"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|"
    r"september"
    r"|october|november|december|floor|street|road|house|avenue|london|england|teams|zoom|microsoft|google|"
    r"england|wales"
    r"|scotland|ireland|north|south|east|west|who|what|when|where|how|why|study|project|trial|email|e-mail|"
    r"contact|phone"
    r"|register|participants?|information|sheet|title|call|interested|team|newsletter|brief|support|admin|"
    r"enquiries|info|desk|desks|investigations?|fieldwork|press|recruitment|research|events|office|programme|insight)\b",
    re.IGNORECASE,
)
_GENERIC_BOX = re.compile(
    r"(?:no-?reply|donotreply|mailer|notifications?|forms?|website|webmaster|wordpress)@?", re.IGNORECASE
)
_NAME_LABELS = (
    "your name",
    "name",
    "full name",
    "contact name",
    "requester",
    "name of requester",
    "lead researcher",
)
_ORGANISATION_LABELS = (
    "organisation",
    "organization",
    "company",
    "outlet",
    "institution",
    "publication",
    "university",
)
_ROLE_LABELS = ("job title", "role", "position", "your role", "title", "your job title")
_EMAIL_LABELS = ("email", "e-mail", "your email", "email address", "contact email", "your e-mail")
_INTRODUCED = re.compile(
    rf"\b(?i:my name is|my name['’]s|this is|it['’]?s|i['’]m|i am|ask for|contact|e-?mail|call|speak to|"
    rf"in touch with|write to|lead researcher|organiser|co-?ordinator|investigator|ring|text|message|apply to|"
    rf"from)[: ]+"
    rf"(?P<name>{NAME})"
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:supervis\w+|tutor|line manager|editor)\b(?! (?:at|for|of)\b)(?:[^.\n]|\b(?:Prof|Dr)\.){0,40}$", re.I
)
"""Whoever is named behind it is not the one who asks: “my supervisor is ...”."""
_BEFORE_EMAIL = re.compile(rf"(?P<name>(?!(?:On|Am|Le) ){NAME})[^@\n]{{0,80}}?[\s(:,|<-]+[\w.+'-]+@")
_I_AM_ROLE = re.compile(
    r"\bI(?:['’]m| am| work as)(?: currently)?(?: the| an?)? (?P<role>[^.,;()\n]{3,70}?)(?=,| (?:at|for|with|"
    r"on|in|from|and|of the)\b|[.;(\n])"
)
_CONNECTED = r"(?:of|for|and|the|in|on|to|&|de|at)"
_PHRASE = re.compile(rf"(?:The )?{_PART}(?:['’]s?)?(?:,?[ ](?:{_CONNECTED}[ ])*(?:{_PART}|&)(?:['’](?![\w]))?)*")
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
    r"calling from) (?:the )?$"
)
_ENDS_PHRASE = re.compile(
    r"(?<=[^\W\d_]{3})\.\s|\s+(?:(?:and|for|on|in|to|at)\s+)?(?:I|We|It|They)(?:['’]\w+)?(?=\s|$)"
)
_INSIDE = re.compile(r" in the (?=\S+$)")
"""“University of Penhallow in the Geography (department)”: a part of the organisation that begins here."""
_SPEAKING = re.compile(r"^(?:I['’]m|I am|This is|My name is|It['’]s)\s+")
_TIED = re.compile(r"^(?:,| (?:at|from|of|for|with)\b)[ ]*(?:the )?")
_TIED_BY = re.compile(rf"(?P<name>{NAME}) (?P<tie>at|from|of|for|with) (?:the )?")
_HERE = re.compile(rf"^(?:It['’]s )?(?P<name>{NAME}) here\b(?=\W| (?:at|from)\b)")
_SMALL_PRINT = re.compile(r"\b(?:disclaimer|intended recipient|confidentiality)\b", re.I)
_IS_A = re.compile(r"^[ ]?(?:\([^)]{1,20}\) )?(?:is|are) (?:an?|the|one of)\b|^ \(we['’]re")
_UNI = re.compile(r"\b(?:at|from) (?:the )?(?P<uni>[^\W\d_]{3,}(?: [A-Z]\w+)?) uni\b", re.I)
_FREE_MAIL = frozenset(
    {"gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "live", "btinternet", "proton", "protonmail"}
)
_NO_MEANING = frozenset(
    {"ac", "uk", "co", "org", "com", "gov", "net", "edu", "info", "io", "eu", "example", "test", "student",
     "students", "mail", "my", "hello", "news", "email", "www", "media", "tv", "nhs"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """What was found about the asker, each fact with its place."""

    requester: Found[str] | None
    role: Found[str] | None
    organisation: Found[str] | None
    contact: Found[str] | None


def who_asks(text: TextToRead) -> Who:
    """Read the asker out of a form's fields, the envelope, the signature and the words."""
    contact = _contact(text)
    address = contact.value if contact else ""
    requester = _labelled(text, _NAME_LABELS) or _person(text, address)
    role = _labelled(text, _ROLE_LABELS) or _role(text, requester)
    organisation = _labelled(text, _ORGANISATION_LABELS) or _organisation(text, address, requester)
    return Who(requester, role, organisation, contact)


def _labelled(text: TextToRead, labels: Iterable[str]) -> Found[str] | None:
    for line in text.lines:
        label, colon, value = line.text.partition(":")
        if colon and label.strip().lower() in labels and value.strip():
            start = line.start + line.text.index(value.strip(), len(label) + 1)
            return Found(value.strip(), start, start + len(value.strip()))
    return None


def _contact(text: TextToRead) -> Found[str] | None:
    labelled = _labelled(text, _EMAIL_LABELS)
    if labelled and EMAIL.search(labelled.value):
        return labelled
    sender = text.sender.email
    if sender and not _GENERIC_BOX.match(sender):
        at = text.text.lower().find(sender.lower())
        return Found(sender, max(at, 0), at + len(sender) if at >= 0 else 0)
    written = [
        (_SOMEBODY_ELSE.search(line.text[: match.start()]) is not None, line.start + match.start(), match.group())
        for line in text.lines
        for match in EMAIL.finditer(line.text)
        if not _GENERIC_BOX.match(match.group())
    ]
    if not written:
        return None
    _, start, address = min(written)
    return Found(address.strip(".'"), start, start + len(address))


def _is_name(words: str) -> bool:
    core = re.sub(rf"^{_TITLE}", "", words)
    return (
        2 <= len(core.split()) <= 4
        and not _NOT_A_NAME.search(core)
        and not _ORGANISATION_WORD.search(core)
        and not _ROLE_WORD.search(core)
    )


def tidy_name(display: str) -> str:
    """A person's name from an address's display name: “HALE, Ann (ORG)” is Ann Hale; empty when it names nobody."""
    plain = re.sub(r"\s*[(\[].*?[)\]]\s*|\s+via\s.*$|[\"']", " ", display).strip()
    last, comma, first = plain.partition(",")
    if comma and first.strip():
        plain = f"{first.strip()} {last.strip()}"
    shouted = plain.islower()
    plain = " ".join(
        part.title() if shouted or (part.isupper() and len(part) > 3) else part for part in plain.split()
    )
    match = _NAME.fullmatch(plain)
    return plain if match and _is_name(plain) else ""


def _person(text: TextToRead, address: str) -> Found[str] | None:
    named = tidy_name(text.sender.name)
    signed = _signed(text)
    if named:
        if signed and fuzz.token_set_ratio(signed.value, named) >= 75:
            return signed if len(signed.value) >= len(named) else Found(named, signed.start, signed.end)
        at = text.text.find(named)
        return Found(named, max(at, 0), at + len(named) if at >= 0 else 0)
    return signed or _introduced(text, address)


def _signed(text: TextToRead) -> Found[str] | None:
    for line in text.signature:
        match = _LINE_NAME.match(line.text)
        if match and _is_name(match["name"]):
            return Found(match["name"], line.start, line.start + match.end("name"))
    return None


def _introduced(text: TextToRead, address: str) -> Found[str] | None:
    box = address.partition("@")[0].lower()
    options: list[tuple[int, Found[str]]] = []
    for line in text.lines:
        for pattern, weight in ((_BEFORE_EMAIL, 3), (_INTRODUCED, 3), (_HERE, 3), (_LINE_NAME, 1)):
            for match in (
                pattern.finditer(line.text)
                if pattern is not _LINE_NAME
                else filter(None, [_LINE_NAME.match(line.text)])
            ):
                name = re.sub(r"^(?:Contact|Email|E-mail|Ask|Call|For)\s+", "", match["name"])
                if _is_name(name) and not _SOMEBODY_ELSE.search(line.text[: match.start("name")]):
                    start = line.start + match.end("name") - len(name)
                    in_box = any(len(part) > 2 and part.lower() in box for part in re.split(r"[\s-]", name))
                    role_follows = _ROLE_WORD.search(line.text[match.end("name") :][:50]) is not None
                    points = weight + 3 * in_box + 2 * role_follows
                    options.append((points, Found(name, start, start + len(name), sure=points > 2)))
    return max(options, key=lambda option: option[0])[1] if options and max(o[0] for o in options) > 1 else None


def _role(text: TextToRead, requester: Found[str] | None) -> Found[str] | None:
    lines = list(text.signature)
    if requester:
        lines = [*lines, *(line for line in text.lines if requester.value in line.text)]
    for line in lines:
        offset = 0
        for piece in re.split(r"(\s*[|•·]\s*|,\s+|\s+-\s+|:\s)", line.text):
            if (
                _ROLE_WORD.search(piece)
                and not EMAIL.search(piece)
                and len(piece) < 60
                and not (requester and requester.value in piece)
            ):
                value = re.split(r" (?:at|for) (?=[A-Z])", piece.strip().rstrip(".,;"))[0]
                return Found(value, line.start + offset, line.start + offset + len(value))
            offset += len(piece)
    for passage in text.passages:
        match = _I_AM_ROLE.search(passage.text)
        if match and _ROLE_WORD.search(match["role"]):
            return Found(
                match["role"], passage.start + match.start("role"), passage.start + match.end("role"), sure=False
            )
    return None


def _domain_words(address: str) -> list[str]:
    labels = re.split(r"[.-]", address.partition("@")[2].lower())
    return [label for label in labels if len(label) > 2 and label not in _NO_MEANING and label not in _FREE_MAIL]


def _organisation(text: TextToRead, address: str, requester: Found[str] | None) -> Found[str] | None:
    domain = _domain_words(address)
    person = requester.value.lower() if requester else ""
    options = list(_organisation_options(text, domain, person))
    options += [(4.0, found) for found in _uni(text)]
    if options:
        points, found = max(options, key=lambda option: option[0])
        if points >= 3:
            return Found(found.value, found.start, found.end, sure=points >= 5)
    if domain:
        return Found(domain[-1].title(), 0, 0, sure=False)
    return None


def _uni(text: TextToRead) -> Iterator[Found[str]]:
    """“at northwold uni”, as students write it."""
    for line in text.lines:
        if match := _UNI.search(line.text):
            start, end = line.start + match.start("uni"), line.start + match.end()
            yield Found(f"{match['uni'].title()} University", start, end, sure=False)


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
            points += 2.0 * bool(_ORGANISATION_WORD.search(phrase))
            points += 1.5 * (line.start in signed) + 0.5 * (line.start in heads)
            before, after = line.text[: match.start() + lead], line.text[match.end() :]
            points += 3.0 * bool(_WORK_FOR.search(before)) + 1.5 * bool(_IS_A.match(after))
            points += 1.5 * bool(person and person in line.text.lower()) * bool(points)
            points += 1.5 * bool(points and lead and _someone_at(before))
            points -= 3.0 * bool(_ROLE_WORD.search(phrase)) + 2.0 * (EMAIL.search(phrase) is not None)
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
    if (inside := _INSIDE.search(phrase)) and _ORGANISATION_WORD.search(phrase[: inside.start()]):
        phrase = phrase[: inside.start()]
    pieces = re.split(r",\s+", phrase)
    kept = pieces[:]
    while len(kept) > 1 and (
        _ROLE_WORD.search(kept[0]) or kept[0].lower() in person or (person and person in kept[0].lower())
    ):
        kept.pop(0)
    if len(kept) > 1:
        kept = [
            max(
                kept,
                key=lambda piece: (
                    bool(re.search(r"universit|college", piece, re.I)),
                    bool(_ORGANISATION_WORD.search(piece)),
                ),
            )
        ]
    best = kept[0]
    lead = whole.find(best)
    the = re.match(r"(?:Dear|From|At|In|On|For|My|Our|I|We) ", best)
    return (best[the.end() :], lead + the.end()) if the else (best, lead)


def _someone_at(before: str) -> bool:
    """Whether a person and “at” or “from” stand right in front of a phrase."""
    return any(tie.end() == len(before) and _is_name(tie["name"]) for tie in _TIED_BY.finditer(before))


def _without_person(phrase: str, person: str) -> str:
    """A phrase without the person it begins with and the word that ties her to it (“Dr Ann Pell at ...”)."""
    titled = re.match(_TITLE, phrase)
    bare = phrase[titled.end() :] if titled else phrase
    for name, whole in ((person, phrase), (re.sub(rf"^{_TITLE}", "", person, flags=re.I), bare)):
        if name and whole.lower().startswith(name):
            return _TIED.sub("", whole[len(name) :]) or phrase
    tie = _TIED_BY.match(bare)
    if tie and (titled or tie["tie"] in ("at", "from")) and _is_name(tie["name"]):
        return bare[tie.end() :]
    return phrase


def _affinity(phrase: str, domain: Iterable[str]) -> float:
    """How much a phrase looks like the sender's domain: by its words, or by its initials."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", phrase.replace("&", " and "))]
    if all(_ORGANISATION_WORD.fullmatch(word) for word in words):
        return 0.0
    squashed = "".join(words)
    meaning = [word for word in words if len(word) > 4 and not _ORGANISATION_WORD.fullmatch(word)]
    initials = "".join(word[0] for word in words if word not in {"of", "for", "and", "the", "in", "on"})
    best = 0.0
    for label in domain:
        if squashed and (squashed == label or (len(squashed) > 5 and (squashed in label or label in squashed))):
            best = max(best, 5.0)
        elif any(word in label or (len(label) > 4 and label in word) for word in meaning) or (
            meaning and len(squashed) > 8 and fuzz.ratio(squashed, label) >= 75
        ):
            best = max(best, 3.5)
        elif len(words) > 1 and len(initials) > 2 and (initials == label or label.startswith(initials)):
            best = max(best, 4.0)
    return best
