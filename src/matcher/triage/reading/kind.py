"""Not all post is a request: newsletters, marketing, members' own questions."""

import re

from matcher.knowledge.tables import any_of, phrases_by
from matcher.model import RequestKind
from matcher.triage.reading.criteria.asked_for import asked_for
from matcher.triage.reading.text import TextToRead

_PHRASES = phrases_by("says", "vocabulary/post_phrases.tsv")
_BULK_WORDS = any_of(_PHRASES["bulk"])
_SELLS = any_of(_PHRASES["sells"], r"\b")
_ASKS_PEOPLE = any_of(_PHRASES["asks_people"], r"\b", r"\b")
_SPEAKS_TO_SOMEBODY = re.compile(
    r"\b(?:you|your|yours|u|ur|please|pls|dear|hi|hello|hey|we|us|i|come|tell|join|wanted|needed|needs?)\b|\?|£|@",
    re.I,
)
_MEMBER_SPEAKS = any_of(_PHRASES["member_speaks"], r"\b")
_SEEKS_HELP = any_of(_PHRASES["seeks_help"], r"\b", r"\b")


def is_newsletter(text: TextToRead, *, bulk: bool, answers: bool) -> bool:
    """Whether it is a mass mailing, or a note to nobody, that asks nobody for anything."""
    marks = len({match.group().lower() for match in _BULK_WORDS.finditer(text.text)})
    return (
        (not answers and _addresses_nobody(text))
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


def kind_of(text: TextToRead, *, bulk: bool, answers: bool) -> RequestKind:
    """What a piece of post is when no earlier request is known.

    ``bulk``: it went to many. ``answers``: it answers an earlier message, and so speaks to somebody.
    """
    if is_question(text):
        return RequestKind.ENQUIRY
    if is_newsletter(text, bulk=bulk, answers=answers):
        return RequestKind.NEWSLETTER
    return RequestKind.MARKETING if is_marketing(text) else RequestKind.REQUEST
