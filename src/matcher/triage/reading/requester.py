"""Who is asking: the person, their role, how to reach them, and for which organisation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from matcher.triage.reading.names import EMAIL, NAME, ROLE_WORD, is_name
from matcher.triage.reading.organisation import organisation_of
from matcher.triage.reading.text import Found, TextToRead

_NAME = re.compile(NAME)
_LINE_NAME = re.compile(rf"(?P<name>{NAME})(?=$|[ ]*[,|(•·:–—-]|[ ]{{2}})")
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
_AFTER_EMAIL = re.compile(rf"@\S+ \((?P<name>{NAME})")
_I_AM_ROLE = re.compile(
    r"\bI(?:['’]m| am| work as)(?: currently)?(?: the| an?)? (?P<role>[^.,;()\n]{3,70}?)(?=,| (?:at|for|with|"
    r"on|in|from|and|of the)\b|[.;(\n])"
)
_SAYS_FIRST_NAME = re.compile(
    r"(?:\b(?i:it['’]?s|i['’]m|this is|my name is) |^(?i:hi|hello|hey|morning|evening)[^,.!?]{0,20}[,!.] )"
    r"(?P<name>[A-Z][a-z]{2,})(?= (?:from|at|here)\b)"
)
_LETTERS_AFTER = re.compile(
    r"(?: (?:BA|MA|[BM]Sc|BEd|MEd|MRes|MPhil|DPhil|PhD|LLB|LLM|DipSW|RN|RGN|RMN|MBE|OBE|CBE|FRSA|JP|MP|MSP|MS))+$"
)
_HERE = re.compile(rf"(?:^|[.!,] )(?:It['’]s )?(?P<name>{NAME}) here\b(?=\W| (?:at|from)\b)")


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
    organisation = _labelled(text, _ORGANISATION_LABELS) or organisation_of(text, address, requester)
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
    return plain if match and is_name(plain) else ""


def _person(text: TextToRead, address: str) -> Found[str] | None:
    named = tidy_name(text.sender.name)
    signed = _signed(text)
    if named:
        if signed and fuzz.token_set_ratio(signed.value, named) >= 75:
            return signed if len(signed.value) >= len(named) else Found(named, signed.start, signed.end)
        at = text.text.find(named)
        return Found(named, max(at, 0), at + len(named) if at >= 0 else 0)
    return signed or _introduced(text, address) or _first_name(text, address)


def _first_name(text: TextToRead, address: str) -> Found[str] | None:
    """“its Tunde from Radio Wharf”, “email Nell at nell@...”: all that some messages say of who writes."""
    box = re.escape(address.partition("@")[0].lower())
    beside = re.compile(rf"\b(?P<name>(?-i:[A-Z])[a-z]+)(?: at| on|:|,)? {box}@", re.I) if len(box) > 2 else None
    for line in text.lines:
        for pattern in filter(None, (_SAYS_FIRST_NAME, beside)):
            if match := pattern.search(line.text):
                start = line.start + match.start("name")
                return Found(match["name"], start, start + len(match["name"]), sure=False)
    return None


def _without_letters(name: str) -> str:
    """A name without the letters after it (“BA MSc”)."""
    bare = _LETTERS_AFTER.sub("", name)
    return bare if " " in bare else name


def _signed(text: TextToRead) -> Found[str] | None:
    for line in text.signature:
        match = _LINE_NAME.match(line.text)
        if match and is_name(match["name"]):
            name = _without_letters(match["name"])
            return Found(name, line.start, line.start + len(name))
    return None


def _introduced(text: TextToRead, address: str) -> Found[str] | None:
    box = address.partition("@")[0].lower()
    options: list[tuple[int, Found[str]]] = []
    for line in text.lines:
        for pattern, weight in (
            (_BEFORE_EMAIL, 3),
            (_AFTER_EMAIL, 3),
            (_INTRODUCED, 3),
            (_HERE, 3),
            (_LINE_NAME, 1),
        ):
            for match in (
                pattern.finditer(line.text)
                if pattern is not _LINE_NAME
                else filter(None, [_LINE_NAME.match(line.text)])
            ):
                name = re.sub(r"^(?:Contact|Email|E-mail|Ask|Call|For)\s+", "", match["name"])
                if is_name(name) and not _SOMEBODY_ELSE.search(line.text[: match.start("name")]):
                    start = line.start + match.end("name") - len(name)
                    in_box = any(len(part) > 2 and part.lower() in box for part in re.split(r"[\s-]", name))
                    role_follows = ROLE_WORD.search(line.text[match.end("name") :][:50]) is not None
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
                ROLE_WORD.search(piece)
                and not EMAIL.search(piece)
                and len(piece) < 60
                and not (requester and requester.value in piece)
            ):
                value = re.split(r" (?:at|for) (?=[A-Z])", piece.strip().rstrip(".,;"))[0]
                return Found(value, line.start + offset, line.start + offset + len(value))
            offset += len(piece)
    for passage in text.passages:
        match = _I_AM_ROLE.search(passage.text)
        if match and ROLE_WORD.search(match["role"]):
            return Found(
                match["role"], passage.start + match.start("role"), passage.start + match.end("role"), sure=False
            )
    return None
