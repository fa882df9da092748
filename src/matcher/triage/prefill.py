"""What the text already answers of a checklist: each answer with a note and the place that says it.

Some items are facts of the brief; others are phrases, looked for when a request is logged (`said_in`) because
attachments are not read again. Nothing is answered by a guess: what is not said stays unknown.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from matcher.knowledge.tables import any_of, kinds_in
from matcher.model import Anonymity, Brief, CheckAnswer, CriterionField, EthicsStatus, Format, Recording
from matcher.triage.reading.flags import Flag
from matcher.triage.reading.request import Evidence
from matcher.triage.reading.text import TextToRead, matches

_YES, _NO, _UNKNOWN, _NOT_NEEDED = CheckAnswer.YES, CheckAnswer.NO, CheckAnswer.UNKNOWN, CheckAnswer.NOT_NEEDED
_LONGEST_PLACE = 240
_PER_TIME = frozenset({"hour", "day", "session"})
_MOST_TOPICS = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that answers the item ``key``: the answer, and the stretch of the full text that says it."""

    key: str
    answer: CheckAnswer
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prefill:
    """What the text answers: a note in plain words, and the place; None where it follows from what is not said."""

    answer: CheckAnswer = CheckAnswer.UNKNOWN
    note: str = ""
    place: Evidence | None = None


def said_in(text: TextToRead) -> tuple[Said, ...]:
    """The first place for each item that a phrase answers; a “no” is looked for before a “yes”."""
    found: dict[str, Said] = {}
    for key, answer, pattern in _phrases():
        if key in found:
            continue
        passage = next((passage for passage, _match in matches(text.passages, pattern)), None)
        if passage is not None:
            found[key] = Said(key, answer, passage.text[:_LONGEST_PLACE], passage.start, passage.end)
    return tuple(found.values())


def said_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Said, ...]:
    """The phrases of a stored request."""
    return tuple(Said(**{**one, "answer": CheckAnswer(one["answer"])}) for one in stored)


@cache
def _phrases() -> tuple[tuple[str, CheckAnswer, re.Pattern[str]], ...]:
    """The phrases of the vocabulary: item, what they answer, and one pattern for all of them."""
    return tuple(
        (item, CheckAnswer(answer), any_of(phrases, r"\b"))
        for item, answers in kinds_in("vocabulary/check_phrases.tsv", "item", "answer").items()
        for answer, phrases in answers.items()
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything a rule may look at."""

    brief: Brief
    evidence: Mapping[str, Evidence]
    said: Mapping[str, Said]
    flags: Mapping[str, Flag]

    def place(self, *fields: str) -> Evidence | None:
        """Where the first of these facts is said."""
        return next((self.evidence[field] for field in fields if field in self.evidence), None)


def prefilled(
    key: str, brief: Brief, evidence: Mapping[str, Evidence], said: Sequence[Said], flags: Sequence[Flag]
) -> Prefill:
    """What is known of the item ``key``; unknown for items without a rule and for what is not said."""
    known = _Known(brief, evidence, {one.key: one for one in said}, {flag.rule: flag for flag in flags})
    rule = _RULES.get(key)
    found = rule(known) if rule else Prefill()
    return found if found.answer is not _UNKNOWN or found.note else _as_said(known, key)


def _as_said(known: _Known, key: str) -> Prefill:
    one = known.said.get(key)
    if one is None:
        return Prefill()
    note = "Promised, not sent yet." if one.answer is _UNKNOWN else ""
    return Prefill(one.answer, note, Evidence(one.text, one.start, one.end, sure=False))


def _ethics(known: _Known) -> Prefill:
    ethics, place = known.brief.ethics, known.place("ethics")
    note = ", ".join(part for part in (ethics.body, ethics.reference) if part)
    match ethics.status:
        case EthicsStatus.APPROVED:
            return Prefill(_YES, note or "They say it is approved; no reference is named.", place)
        case EthicsStatus.PENDING:
            return Prefill(_NO, "Not finished yet: nobody should be asked before it is.", place)
        case EthicsStatus.EXEMPT if ethics.only_claimed:
            return Prefill(_UNKNOWN, "They say that none is needed: ask who decided that.", place)
        case EthicsStatus.EXEMPT | EthicsStatus.NOT_NEEDED:
            return Prefill(_NOT_NEEDED, note, place)
    return _flagged(known, "no_ethics") if _has_place(known, "no_ethics") else Prefill()


def _payment(known: _Known) -> Prefill:
    payment, place = known.brief.payment, known.place("payment")
    if payment.kind and "draw" in payment.kind.lower():
        return Prefill(_NO, "A prize draw: most people get nothing.", place)
    if payment.amount:
        amount = f"{payment.amount:,.2f}".removesuffix(".00")
        sign = "£" if payment.currency == "GBP" else f"{payment.currency} "
        each = f" for each {payment.per}" if payment.per in _PER_TIME else ""
        return Prefill(_YES, f"{sign}{amount} {payment.kind}".strip() + each, place)
    if payment.amount == 0:
        expenses = f" Expenses: {payment.expenses}." if payment.expenses else ""
        return Prefill(_NO, f"Unpaid.{expenses}", place)
    return Prefill(_UNKNOWN, f"They say: {payment.text}" if payment.text else "", place)


def _expenses(known: _Known) -> Prefill:
    payment, place = known.brief.payment, known.place("payment")
    if payment.expenses:
        return Prefill(_YES, payment.expenses, place)
    if known.brief.remote and not known.brief.places and not payment.amount:
        return Prefill(_UNKNOWN, "Online: no travel, but hours may be lost.")
    return _payment(known)


def _anonymity(known: _Known) -> Prefill:
    place = known.place("anonymity")
    match known.brief.anonymity:
        case Anonymity.ANONYMOUS:
            return Prefill(_YES, "Anonymous.", place)
        case Anonymity.PSEUDONYM:
            return Prefill(_YES, "Under another name.", place)
        case Anonymity.FIRST_NAME:
            return Prefill(_NO, "First name only: those who know them will know.", place)
        case Anonymity.NAMED:
            return Prefill(_NO, "People are named.", place)
        case Anonymity.ON_CAMERA:
            return Prefill(_NO, "On camera: people will be recognised.", place)
    return Prefill()


def _findings(known: _Known) -> Prefill:
    words = known.brief.comes_back
    return Prefill(_YES, words, known.place("comes_back")) if words else Prefill()


def _outside_uk(known: _Known) -> Prefill:
    if "outside_uk" in known.flags:
        return Prefill(_UNKNOWN, "The address is not a British one.", known.place("contact"))
    return Prefill(_NOT_NEEDED, "Nothing points outside the UK.")


def _outlet(known: _Known) -> Prefill:
    name = known.brief.organisation
    return Prefill(_YES, name, known.place("organisation")) if name else Prefill()


def _angle(known: _Known) -> Prefill:
    topics = known.brief.topics
    if not topics:
        return Prefill()
    about = ", ".join(topics[:_MOST_TOPICS])
    return Prefill(_YES, f"“{known.brief.title}”. Subjects: {about}.", known.place("title", "topics"))


def _live(known: _Known) -> Prefill:
    brief, place = known.brief, known.place("format", "recording")
    kinds = {
        Format.LIVE_BROADCAST: "Live: nothing can be taken back.", Format.RECORDED_BROADCAST: "Recorded.",
        Format.PRINT: "In print.", Format.PODCAST: "Recorded, as a podcast.",
    }  # fmt: skip
    if brief.format in kinds:
        return Prefill(_YES, kinds[brief.format], place)
    recorded = {Recording.AUDIO: "Sound is recorded.", Recording.VIDEO: "Filmed.", Recording.PHOTO: "Photographs."}
    return (
        Prefill(_YES, recorded[brief.recording], known.place("recording"))
        if brief.recording in recorded
        else Prefill()
    )


def _publication(known: _Known) -> Prefill:
    words = known.brief.who_sees
    return Prefill(_YES, words, known.place("who_sees")) if words else Prefill()


def _confidentiality(known: _Known) -> Prefill:
    by_name = _anonymity(known)
    return (
        by_name
        if by_name.answer is _YES
        else _as_said(known, "confidentiality")
        if "confidentiality" in known.said
        else by_name
    )


def _gain(known: _Known) -> Prefill:
    selling = next((r for r in ("asks_to_buy", "paid_for_sign_ups", "asks_to_upload") if r in known.flags), None)
    return _flagged(known, selling) if selling else Prefill()


def _employers(known: _Known) -> Prefill:
    if "through_employers" not in known.flags:
        return Prefill()
    for place, criterion in enumerate(known.brief.criteria):
        if criterion.field is CriterionField.EMPLOYER_INVOLVED:
            return Prefill(_NO, "Their employer has to know or agree.", known.place(f"criteria.{place}"))
    return _flagged(known, "through_employers")


def _has_place(known: _Known, rule: str) -> bool:
    return rule in known.flags and known.flags[rule].end > 0


def _flagged(known: _Known, rule: str) -> Prefill:
    flag = known.flags[rule]
    words = known.brief.text[flag.start : flag.end]
    place = Evidence(words, flag.start, flag.end, sure=False) if words else None
    return Prefill(_NO, flag.reason, place)


_RULES: Mapping[str, Callable[[_Known], Prefill]] = {
    "ethics": _ethics, "payment": _payment, "expenses": _expenses, "anonymity": _anonymity, "findings": _findings,
    "outside_uk": _outside_uk, "outlet": _outlet, "angle": _angle, "live": _live, "publication": _publication,
    "confidentiality": _confidentiality, "gain": _gain, "employers": _employers,
}  # fmt: skip
