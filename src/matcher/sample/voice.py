"""How different hands write the same kind of thing: spelling, stops and capitals."""

import random
import re
from collections.abc import Callable

from matcher.sample.chance import Shares

Hand = Callable[[str], str]

_FULL = {
    "can't": "cannot", "won't": "will not", "I'm": "I am", "I've": "I have", "I'd": "I would", "I'll": "I will",
    "it's": "it is", "It's": "It is", "that's": "that is", "That's": "That is", "don't": "do not",
    "Don't": "Do not", "doesn't": "does not", "didn't": "did not", "isn't": "is not", "there's": "there is",
    "There's": "There is", "they're": "they are", "we're": "we are", "you're": "you are", "haven't": "have not",
    "wasn't": "was not", "couldn't": "could not", "We've": "We have", "we've": "we have",
}  # fmt: skip
_SLIPS = {
    "definitely": "definately", "a lot": "alot", "because": "becuase", "really": "realy", "their": "there",
    "received": "recieved", "believe": "beleive", "separate": "seperate", "until": "untill", "which": "wich",
    "would have": "would of", "should have": "should of", "could have": "could of", "appointment": "apointment",
    "medication": "meds", "people": "ppl", "you're": "your", "every": "evry", "tonight": "tonite",
    "friend": "freind", "opinion": "oppinion", "government": "goverment", "through": "thru", "minutes": "mins",
    "company": "companey",
}  # fmt: skip
_SHORT = {
    "minutes": "mins", "hours": "hrs", "and": "&", "weeks": "wks", "because": "cos", "with": "w/", "about": "abt",
    "please": "pls", "people": "ppl",
}  # fmt: skip


def _replacer(table: dict[str, str]) -> Hand:
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(table, key=len, reverse=True))) + r")\b")
    return lambda text: pattern.sub(lambda match: table[match.group()], text)


_expand, _slip, _shorten = _replacer(_FULL), _replacer(_SLIPS), _replacer(_SHORT)
_START = re.compile(r"(?:^|(?<=[.!?] ))(?!I\b)[A-Z](?=[a-z])")
_JOINED = re.compile(r"\. (I|It|They|You|She|He|We|But|And|So)\b")
_STOP = re.compile(r"\. (?=[A-Za-z])")


def _neat(text: str) -> str:
    return text


def _bare(text: str) -> str:
    return re.sub(r"(?<=[a-zA-Z])'(?=(?:t|m|s|ve|re|d|ll)\b)", "", text)


def _lower(text: str) -> str:
    return re.sub(r"\bI\b", "i", _START.sub(lambda m: m.group().lower(), _bare(text))).rstrip(".")


def _dots(text: str) -> str:
    return _STOP.sub("... ", text).rstrip(".")


def _commas(text: str) -> str:
    joined = _JOINED.sub(lambda m: f", {m.group(1) if m.group(1) == 'I' else m.group(1).lower()}", _bare(text))
    return joined.rstrip(".")


def _bright(text: str) -> str:
    return text[:-1] + "!" if text.endswith(".") else text + "!"


def _wide(text: str) -> str:
    return _STOP.sub(".  ", text)


def _caps(text: str) -> str:
    return re.sub(r"\b(not|never|nobody|every|always)\b", lambda m: m.group().upper(), text, count=1)


_LOCAL = Shares[Hand]({
    _neat: 34.0, _bare: 9.0, _lower: 9.0, _slip: 10.0, _dots: 6.0, _commas: 8.0, _bright: 5.0,
    _wide: 6.0, _caps: 6.0, _shorten: 5.0,
})  # fmt: skip
_LEARNED = Shares[Hand]({
    _neat: 30.0, _expand: 45.0, _bare: 6.0, _lower: 7.0, _commas: 5.0, _wide: 4.0, _bright: 3.0,
})  # fmt: skip


def hand_for(rng: random.Random, abroad: bool) -> Hand:
    """A way of writing; people who learned English later more often write words out in full."""
    return (_LEARNED if abroad else _LOCAL).pick(rng)
