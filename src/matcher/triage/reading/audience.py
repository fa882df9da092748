"""Whom a request speaks for: policy, academic, media or sector."""

import re

from matcher.model import Audience
from matcher.triage.reading.requester import Who
from matcher.triage.reading.text import Found, TextToRead

_SELF: tuple[tuple[Audience, float, str], ...] = (
    (Audience.ACADEMIC, 4,
        r"universit\w+(?! (?:hospitals?|health))|college|\bac\.uk\b|\.edu\b|school of|research fellow|lecturer|"
        r"professor|ph\.?d|msc\b|"
        r"\bma student|dissertation|\buni\b|\bdiss\b|undergraduate|postgraduate|postdoc\w*|doctoral|research "
        r"(?:associate|assistant|unit|"
        r"centre|team)|trial manager|principal investigator"),
    (Audience.POLICY, 4,
        r"select committee|committee specialist|committee on|department (?:for|of)|ministry|minister\w*|"
        r"commission(?:ers?)?\b(?! for)|commissioner|\bgov\b|-gov\b|government|parliament\w*|senedd|"
        r"house of (?:commons|lords)|cross-?party group|convener|\bmps?\b|\bmsps?\b|\bms\b(?= for)|"
        r"\bapp?g\b|inspectorate|regulator|"
        r"combined authority|county council|city council|borough council|policy adviser|civil servant|"
        r"cabinet office|low pay|think[- ]tank|policy (?:institute|unit)|inquiry team|ombudsman|nhs\b|health "
        r"board|health and (?:social )?care trust|local authority|integrated "
        r"care board|\bicb\b|official"),
    (Audience.MEDIA, 4,
        r"journalist|reporter|producer|editor|correspondent|podcast|newspaper|magazine|broadcast\w*|\btv\b|"
        r"television|radio|wireless|documentar\w+|films?\b|gazette|herald|news\b|news ?desk|casting|"
        r"features? (?:writer|editor)|\bi write for\b|"
        r"(?-i:FM\b|Echo|Chronicle|Telegraph|Mercury|Argus|Courier|Messenger|Advertiser|Examiner|Sentinel|"
        r"Citizen|Observer)\b|freelance|"
        r"presenter|drivetime|(?:breakfast|mid-?morning|evening) show|media\b|weekend mag|\bfeature for\b|\bi "
        r"file\b|the paper\b|my editor|phone-?in\b|"
        r"press association|productions?\b(?! line)"),
    (Audience.SECTOR, 3,
        r"charity|union\b|trade association|federation|alliance|foundation|campaign\w*|"
        r"(?<!by a )(?<!for a )(?<!by an )provider\w*|skills body|network|trust\b|\bltd\b|limited\b|community "
        r"interest|cic\b|membership|"
        r"members['’] organisation|assembly|organiser|consultancy|app\b|platform|social enterprise|"
        r"involvement lead|hospice|association|(?<!production )compan(?:y|ies)\b|manufacturer|start-?up|"
        r"a business"),
)  # fmt: skip
_COMPILED = tuple((audience, weight, re.compile(rf"(?<!\w)(?:{words})", re.I)) for audience, weight, words in _SELF)
_WORDS: tuple[tuple[Audience, str], ...] = (
    (Audience.ACADEMIC,
        r"\b(?:research (?:study|project|ethics)|ethics (?:committee|approval|panel)|participants|nihr|esrc|"
        r"wellcome|study\b|trial\b|findings|dissertation|diss|uni|interview study|recruiting to|our lab|"
        r"questionnaire|"
        r"information sheet|ppie?|patient (?:and|&) public involvement|(?:research|funding) (?:programme|bid|"
        r"grant))\b"),
    (Audience.POLICY,
        r"\b(?:inquiry|consultation|consulting|call for evidence|oral evidence|written evidence|commissioners|"
        r"ministers?|minister|legislation|recess|bill\b|policy team|white paper|committee|official-sensitive|"
        r"freedom of information|think[- ]tank)\b"),
    (Audience.MEDIA,
        r"\b(?:story|article|piece|photographed|filming|film crew|episode|interview for|programme|documentary|"
        r"on air|live on|"
        r"case stud(?:y|ies)|magazine|issue|publish|broadcast|quotes?|camera|series|deadline)\b"),
    (Audience.SECTOR,
        r"\b(?:charity|campaign\w*|best practice|guide|webinar|conference|toolkit|membership|provider|"
        r"employers|roundtable|sector|fringe|congress|TUC|union|app\b|platform)\b"),
)  # fmt: skip
_SPOKEN = tuple((audience, re.compile(words, re.I)) for audience, words in _WORDS)
_LABEL = re.compile(
    r"^\s*(?:i am an?|you are|type of (?:organisation|request|enquiry)|who are you)\s*:\s*(?P<v>.+)$", re.I
)


_A_KIND = r"(?:an?|one of) (?P<what>[^.,;]{3,50}?)(?= (?:that|which|who|for|in|based|working|set)\b|[.,;]|$)"
"""What “we are” or the organisation “is”: “a small charity that ...”."""


def audience_of(text: TextToRead, who: Who) -> Found[Audience]:
    """From what the asker says of herself (form, role, organisation, address), then from how it is written."""
    points = dict.fromkeys((a for a, _, _ in _COMPILED), 0.0)
    place = (0, 0)
    for fact, share in ((who.organisation, 1.5), (who.role, 1.0), (who.contact, 1.0)):
        if fact:
            place = (fact.start, fact.end) if place == (0, 0) else place
            _add(points, fact.value, share)
    for line in text.lines:
        label = _LABEL.match(line.text)
        if label:
            _add(points, label["v"], 3.0)
            place = (line.start, line.start + len(line.text))
    ours = rf"(?:The )?{re.escape(who.organisation.value)}(?: \([^)]*\))? is" if who.organisation else "(?!)"
    for passage in text.passages:
        if says := re.match(rf"(?:We(?:['’]re| are)|{ours}) {_A_KIND}", passage.text):
            _add(points, says["what"], 2.0)
    for line in text.signature[:5]:
        _add(points, line.text, 0.5)
    _add(points, " ".join(line.text for line in text.lines[:6]), 0.35)
    whole = f"{text.subject}\n{text.text}"
    for audience, pattern in _SPOKEN:
        points[audience] += min(len({m.group().lower() for m in pattern.finditer(whole)}), 5) * 0.5
    ranked = sorted(points, key=lambda audience: -points[audience])
    if points[ranked[0]] == 0:
        return Found(Audience.SECTOR, 0, 0, sure=False)
    return Found(ranked[0], *place, sure=points[ranked[0]] >= 1.4 * points[ranked[1]])


def _add(points: dict[Audience, float], words: str, share: float) -> None:
    for audience, weight, pattern in _COMPILED:
        if pattern.search(words):
            points[audience] += weight * share
