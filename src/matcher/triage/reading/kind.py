"""Not all post is a request: newsletters, marketing, members' own questions."""

import re

from matcher.model import RequestKind
from matcher.triage.reading.criteria.asked_for import asked_for
from matcher.triage.reading.text import TextToRead

_BULK_WORDS = re.compile(
    r"\bunsubscribe\b|view (?:this|in your) (?:e-?mail )?(?:in )?(?:your )?browser|you(?:['’]re|"
    r" are) (?:receiving|getting) this"
    r"|(?:update|manage|email) (?:your )?preferences|in this issue|(?:monthly|weekly) (?:round-?up|digest|"
    r"bulletin|newsletter)|read more",
    re.I,
)
_SELLS = re.compile(
    r"\b(?:no[- ]strings|free (?:demo|trial)|book (?:a |your )?(?:demo|call|slot)|(?:\d+[- ]min\w* )?demo\b|"
    r"discount|promo code|(?:\d+ ?% )(?:off|discount)"
    r"|months? free|free (?:for|until)|just £[\d.]+ (?:a|per) month|app that|signs? up (?:using|with) (?:your|"
    r"our) code|"
    r"per (?:sign[- ]?up|referral|lead)|for each sign[- ]?up|for every (?:\w+ ){0,3}(?:demo|sign|booking|"
    r"referral)|partner bonus|commission|affiliate|limited[- ]time|exclusive (?:offer|discount|panel)"
    r"|offer ends|claim your|special offer|(?:your )?early[- ]bird|premium|platform that|download the \w+ app|"
    r"sign up today|roi\b|act fast|limited (?:slots|spots)|processing fee|release the funds|you (?:are|"
    r"have been) selected|introduce us to their manager|no obligation)",
    re.I,
)
_ASKS_PEOPLE = re.compile(
    r"\b(?:research (?:study|project)|interview|focus group|roundtable|inquiry|oral evidence|take part|"
    r"participants?|participate|volunteers?|contributors?"
    r"|would like to (?:speak|talk|hear)|looking for|we(?:['’]d| would) (?:love|like)|case stud(?:y|ies)|"
    r"your members|need \w+ (?:care|home)|recruit\w*|survey|questionnaire)\b",
    re.I,
)
_SPEAKS_TO_SOMEBODY = re.compile(
    r"\b(?:you|your|yours|u|ur|please|pls|dear|hi|hello|hey|we|us|i|come|tell|join|wanted|needed|needs?)\b|\?|£|@",
    re.I,
)
_MEMBER_SPEAKS = re.compile(
    r"\b(?:i(?:['’]m| am) (?:an? )?(?:\w+ ){0,3}(?:carer|care worker|support worker|home ?carer|"
    r"care assistant|pa\b|senior)|i work (?:as|for|in) (?:an? )?(?:\w+ ){0,3}(?:care|agency|carer)"
    r"|my (?:manager|boss|employer|agency|company|wages?|pay|rota|contract|hours|shifts?|sponsor|visa|"
    r"clients?|supervisor|payslip|holiday pay)\b)",
    re.I,
)
_SEEKS_HELP = re.compile(
    r"\b(?:is (?:that|this|it) (?:allowed|legal|right|ok|normal)|can (?:they|she|he|my \w+) do (?:that|this)|"
    r"what can i do|what are my rights|who (?:can|do|should) i (?:ring|call|speak|talk|contact)"
    r"|can you help|do you know (?:if|who|what|how)|am i (?:entitled|allowed|owed)|are they allowed|should i|"
    r"need advice|any advice|please help|don['’]t know what to do|is it true|how do i)\b",
    re.I,
)


def is_newsletter(text: TextToRead, *, bulk: bool) -> bool:
    """Whether it is a mass mailing, or a note to nobody, that asks nobody for anything."""
    marks = len({match.group().lower() for match in _BULK_WORDS.finditer(text.text)})
    return (
        _addresses_nobody(text)
        or (bulk and marks >= 1 and not _is_personal(text))
        or marks >= 3
        or (bulk and not _ASKS_PEOPLE.search(text.text))
    )


def _is_personal(text: TextToRead) -> bool:
    """Whether somebody addresses the founder: “I'm Ann ...”, “our members”, “your members”."""
    return re.search(r"\b(?:I['’]m|I am|my name is|your (?:members|carers|network|team))\b", text.text) is not None


def _addresses_nobody(text: TextToRead) -> bool:
    """Whether it speaks to nobody and asks for nobody: the minutes of a meeting, a note of somebody's own."""
    speaks = _SPEAKS_TO_SOMEBODY.search(text.text) or _ASKS_PEOPLE.search(f"{text.subject}\n{text.text}")
    return not speaks and not any(asked_for(passage.text) for passage in text.passages)


def is_marketing(text: TextToRead) -> bool:
    """Whether it sells rather than asks."""
    sells = len({match.group().lower() for match in _SELLS.finditer(f"{text.subject}\n{text.text}")})
    return sells >= 2 + (len(_ASKS_PEOPLE.findall(text.text)) > 3)


def is_question(text: TextToRead) -> bool:
    """Whether a member asks something for herself."""
    return bool(_MEMBER_SPEAKS.search(text.text) and _SEEKS_HELP.search(text.text))


def kind_of(text: TextToRead, *, bulk: bool) -> RequestKind:
    """What a piece of post is when no earlier request is known."""
    if is_question(text):
        return RequestKind.ENQUIRY
    if is_newsletter(text, bulk=bulk):
        return RequestKind.NEWSLETTER
    return RequestKind.MARKETING if is_marketing(text) else RequestKind.REQUEST
