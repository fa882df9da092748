"""What a request says, in the words that a member needs to decide; each is one line."""

from datetime import date
from typing import Any

from matcher.files.writers.letters import one_line
from matcher.model import Anonymity, Brief, Format, Payment, Recording, Session

_APPEAR = {
    Anonymity.ANONYMOUS: "anonymous, nobody can tell it was you",
    Anonymity.PSEUDONYM: "under a made-up name",
    Anonymity.FIRST_NAME: "by first name only",
    Anonymity.NAMED: "by your full name",
    Anonymity.ON_CAMERA: "on camera, you can be recognised",
    Anonymity.NOT_STATED: "they have not said; I will find out before anything is shared",
}
_RECORDED = {
    Recording.AUDIO: "sound only", Recording.VIDEO: "on film", Recording.PHOTO: "photographs are taken",
    Recording.NONE: "no",
}  # fmt: skip


def brief_words(brief: Brief) -> dict[str, Any]:
    """Word of a template -> what this request says; empty text where it does not say."""
    return {
        "who": one_line(requester_of(brief) or "Somebody"),
        "title": one_line(brief.title),
        "what": "taking part" if brief.format is Format.OTHER else brief.format.value.replace("_", " "),
        "how_long": _how_long(brief),
        "where": one_line(_where(brief)),
        "by_when": spoken_day(brief.deadline) if brief.deadline else "",
        "sessions": one_line("; ".join(map(spoken_session, brief.sessions))),
        "payment": one_line(_payment(brief.payment)),
        "paid": bool(brief.payment.amount),
        "anonymity": _APPEAR[brief.anonymity],
        "recording": _RECORDED.get(brief.recording, ""),
        "who_sees": one_line(brief.who_sees),
        "comes_back": one_line(brief.comes_back),
        "requester": one_line(requester_of(brief)),
        "contact": one_line(brief.contact),
    }


def requester_of(brief: Brief) -> str:
    """Who asks and for whom, as far as it is known."""
    return ", ".join(part for part in (brief.requester, brief.organisation) if part)


def spoken_day(day: date) -> str:
    """A day as people write it: “Tue 12 May”."""
    return f"{day:%a} {day.day} {day:%b}"


def spoken_session(one: Session) -> str:
    """A dated occasion as people write it: “Tue 12 May 14:00 Leeds”."""
    return " ".join(part for part in (spoken_day(one.on), one.time, one.place) if part)


def picked_words(brief: Brief, key: str) -> str:
    """The occasion with this key as people write it; the key itself where it is no longer planned."""
    return next((spoken_session(one) for one in brief.sessions if one.key == key), key)


def _how_long(brief: Brief) -> str:
    minutes = brief.duration_minutes
    spoken = f"about {minutes} minutes" if minutes else ""
    return one_line(", ".join(part for part in (spoken, brief.commitment) if part))


def _where(brief: Brief) -> str:
    places = ", ".join(brief.places or brief.regions)
    if brief.remote:
        return f"online or by phone, or {places}" if brief.places else "online or by phone"
    return places


def _payment(payment: Payment) -> str:
    expenses = f" {_stopped(f'Expenses: {payment.expenses}')}" if payment.expenses else ""
    if payment.amount is None:
        return _stopped(payment.text or "they have not said") + expenses
    if payment.amount == 0:
        return _stopped(payment.text or "none") + expenses
    amount = f"{payment.amount:,.2f}".removesuffix(".00")
    symbol = "£" if payment.currency == "GBP" else f"{payment.currency} "
    return _stopped(f"{symbol}{amount} {payment.kind}".strip()) + expenses


def _stopped(sentence: str) -> str:
    """The sentence with a full stop at its end, unless it ends already."""
    sentence = sentence.rstrip()
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
