"""Where a study's ethics review stands."""

import re

from matcher.model import Audience, Ethics, EthicsStatus
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.text import Found, TextToRead, found_as

_SPEAKS = re.compile(
    r"\bethic(?:s|al)\b|\bREC\b|\bIRB\b|\bHRA\b|\bIRAS\b|research governance|favourable opinion|"
    r"institutional review",
    re.I,
)
_NO = re.compile(
    r"\b(?:no (?:\w+ )?ethics|without (?:\w+ )?ethic|(?:not|n['’]t) (?:\w+ ){0,3}(?:ethic\w+ )?(?:approv\w+|"
    r"need(?:ed)?|require)"
    r"|exempt|not (?:yet )?applied|does not (?:need|require))",
    re.I,
)
_NEEDED = r"(?:need\w*|requir\w+|necessary|subject to|applicable)"
_EXEMPT = re.compile(
    r"\bexempt|\bethic\w*[^.]{0,40}\boutside (?:the )?(?:remit|scope)|outside (?:the )?(?:remit|"
    r"scope)[^.]{0,40}\bethic|"
    rf"\bethic\w*[^.]{{0,40}}(?:\bnot|n['’]t) (?:\w+ ){{0,2}}{_NEEDED}|"
    rf"(?:\bnot|n['’]t|\bno) (?:\w+ )?{_NEEDED}[^.]{{0,30}}\bethic|"
    rf"\bno (?:\w+ ){{0,2}}?ethic\w*[^.]{{0,30}}\b{_NEEDED}",
    re.I,
)
"""The claim that nobody need review it."""
_PENDING = re.compile(
    r"\b(?:pending|submitted|waiting|awaiting|applied for|applying|in progress|under review|being (?:reviewed|"
    r"considered)"
    r"|subject to|expect\w*|going to (?:the )?(?:panel|committee)|goes to|hope to have|in the process|"
    r"went in|(?:gone|sent|handed|put) (?:in|off)|should (?:hear|know)|hear back)\b",
    re.I,
)
_YES = re.compile(
    r"\b(?:approved|approvals?|favourable opinion|granted|cleared|clearance|came through|passed|reviewed and|"
    r"given by|received|(?:has|have) (?:been|gone) through"
    r"|has been given|ethics (?:ref|number|no)|ref(?:erence)?\b)",
    re.I,
)
_SAME = re.compile(r"\bsame (?:£\d+, )?(?:\w+ )?ethics\b", re.I)
_LABELLED_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?|IRAS(?: ID)?|approval (?:no|number|code)|protocol|REC)(?: (?:no|number|id|"
    r"code))?[.: ]+(?:is )?"
    r"(?P<ref>(?=[^\s,;)]*\d)[A-Za-z0-9][\w/.–-]*[A-Za-z0-9])",
    re.I,
)
_BARE_REFERENCE = re.compile(
    r"(?<![\w@£])(?P<ref>(?=[\w/-]*\d)(?=[\w/-]*[/-])[A-Z0-9][A-Za-z0-9]*(?:[/-][A-Za-z0-9]+){1,5})(?![\w@])"
)
_HAS_NUMBER = re.compile(r"\b[A-Z]{2,}[ -]?\d{2,}")
_BODY = re.compile(
    r"(?P<body>(?:[A-Z][\w'’&-]*,? (?:of |for |and |the )*){0,8}(?:Ethics|Review) (?:Committee|Board|Panel|"
    r"Sub-?committee)"
    r"|\bHRA\b|\bIRB\b|(?:the |our )?university(?:['’]s)? (?:\w+ ){0,2}ethics (?:committee|panel|board))"
)


def ethics_of(text: TextToRead) -> Found[Ethics] | None:
    """What the request says about ethics review; None when it says nothing."""
    speaking = [p for p in text.passages if _SPEAKS.search(p.text) or _SPEAKS.search(p.over)]
    readings = [(passage, _status(passage)) for passage in speaking]
    clear = [(p, s) for p, s in readings if s is not EthicsStatus.UNKNOWN]
    if not clear:
        return None
    passage, status = clear[-1] if any(s is EthicsStatus.APPROVED for _, s in clear[-1:]) else clear[0]
    return found_as(passage, Ethics(status, _body(speaking), _reference(text, passage)))


def ethics_unsaid(audience: Audience) -> Ethics:
    """What silence on ethics means: a study is unknown, anything else needs none."""
    return Ethics(EthicsStatus.UNKNOWN if audience is Audience.ACADEMIC else EthicsStatus.NOT_NEEDED)


def _status(passage: Passage) -> EthicsStatus:
    words = passage.text
    if _EXEMPT.search(words):
        return EthicsStatus.EXEMPT
    if _NO.search(words):
        return EthicsStatus.UNKNOWN
    if _PENDING.search(words):
        return EthicsStatus.PENDING
    if (
        _YES.search(words)
        or (_YES.search(passage.over) and not words.lower().startswith("no"))
        or _SAME.search(words)
        or _LABELLED_REFERENCE.search(words)
    ):
        return EthicsStatus.APPROVED
    if _SPEAKS.search(passage.label) and (
        _BODY.search(words) or _BARE_REFERENCE.search(words) or _HAS_NUMBER.search(words)
    ):
        return EthicsStatus.APPROVED
    return EthicsStatus.UNKNOWN


def _reference(text: TextToRead, passage: Passage) -> str:
    around = [p for p in text.passages if abs(p.start - passage.end) < 200 or p is passage]
    for candidate in [passage, *around]:
        match = _LABELLED_REFERENCE.search(candidate.text) or _BARE_REFERENCE.search(candidate.text)
        if match:
            return match["ref"]
    return ""


def _body(speaking: list[Passage]) -> str:
    for passage in speaking:
        match = _BODY.search(passage.text)
        if match:
            return match["body"].strip()
    return ""
