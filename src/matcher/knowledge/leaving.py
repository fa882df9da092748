"""Whether somebody asked to be left out, in her own words or by a note on her; or is not to be asked just now."""

import re

_LEAVES = re.compile(
    r"(?<!don't )(?<!don’t )(?<!dont )(?<!not )(?<!never )"
    r"\b(?:(?:take|remove|delete|drop|unsubscribe) (?:me|my (?:name|details|number|email|data))\b"
    r"(?: (?:off|from|out of) (?:your|the|this|any|all|these)\b|\W*$|\W+(?:please|thanks?|now)\b|\s*[.!;,])"
    r"|(?:do not|don['’]?t|dont|stop|no more) (?:ever )?(?:contact(?:ing)?|messag(?:e|ing)|email(?:ing)?|"
    r"call(?:ing)?|ring(?:ing)?|text(?:ing)?) me "
    r"(?:again|any ?more|at all|about (?:any\w*|it all|this|these|them))\b"
    r"|no longer (?:want|wish) to (?:be (?:contacted|involved|asked|part of|on)|hear from|take part)"
    r"|(?:want|wish|like) to (?:withdraw|opt out|unsubscribe|come off|be (?:removed|taken off))\b)",
    re.IGNORECASE,
)

_LEAVING = (
    "remove", "delete", "unsubscrib", "take m", "drop m", " me again", " me any", " me at all", " me about",
    "no longer", "withdraw", "opt out", "come off", "taken off",
)  # fmt: skip
"""A word of each of these phrases: most texts hold none, which is told faster."""

_END = r"(?=\s*(?:$|[.!;,(\-–—/]|\d|please|thanks|as of|since|on \d))"
_NOTED_LEAVING = re.compile(
    r"\b(?:ask(?:ed|s|ing)|wants?|wanted|wish(?:es|ed)|request(?:ed|s)|would like)(?: us| me)?"
    r" (?:to (?:be (?:removed|taken off|deleted|left out|left alone)|come off|leave)\b|off (?:the|our|this|my)\b"
    rf"|(?:removal|to (?:withdraw|opt out|stop)){_END})"
    r"|\basked us to stop (?:contact|messag|e-?mail|call|ring|text)ing"
    rf"|\b(?:has |have )?(?:opted out|withdrew|withdrawn|left)"
    rf"(?: (?:of|from)? ?(?:the network|the list|our list|everything|all contact)\b"
    rf"| (?:by|via|over) (?:the )?(?:phone|text|e-?mail|letter|post)\b|(?<!left){_END})"
    r"|\bwants? out\b|\bnever (?:signed up|agreed|consented|gave (?:consent|permission)|joined)\b"
    rf"|\b(?:do not|don['’]?t) (?:use|bother){_END}|\bnot to be (?:bothered|used|disturbed|contacted){_END}"
    r"|\bobjected(?=\s*(?:$|[.!;,(]|\d|(?:in )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))"
    rf"|\b(?:he|she|they) passed (?:on{_END}|(?:in )?(?:last|this|january|february|march|april|may|june|july|"
    r"august|september|october|november|december)\b)"
    rf"|\b(?:do not|don['’]?t|dont|never|no) contact(?: (?:her|him|them|again|any ?more))*{_END}"
    r"|^\W*(?:dnc|deceased|died|dead|rip|passed (?:away|on))\b|\b(?:has|have|sadly) (?:died|passed away)\b"
    r"|\b(?:doesn['’]?t|does not|no longer) wants? (?:to (?:hear|be contacted|take part|be involved)|any contact)",
    re.IGNORECASE,
)


def leaves(text: str) -> bool:
    """Whether somebody asks in their own words to be left out of everything: “please take me off your list”."""
    folded = text.casefold()
    for word in _LEAVING:
        if word in folded:
            return bool(_LEAVES.search(" ".join(text.split())))
    return False


_NOTES_HOLD = (
    "remov", "delet", "left", "leav", "withdr", "stop", "opt", "contact", "dnc", "deceas", "died", "dead", "rip",
    "passed", " off", "want", "unsub", "no longer", "take m", "drop m", " me a", "never", "object", "use", "bother",
)  # fmt: skip
_JOINED = re.compile(r"(?<=[a-z])[-_](?=[a-z])", re.IGNORECASE)


def noted_as_left(text: str) -> bool:
    """Whether a note on somebody says that they left or asked to be left out of everything: “opted out 3/9”."""
    folded = text.casefold()
    if not any(word in folded for word in _NOTES_HOLD):
        return False
    return bool(_NOTED_LEAVING.search(_JOINED.sub(" ", " ".join(text.split())))) or leaves(text)


_WAITING = (
    r"(?:pending|await\w*|lapsed|expired|run out|ran out|missing|outstanding|overdue|unsigned|unconfirmed|lost|"
    r"not (?:yet )?(?:returned|received|signed|given|confirmed|back|in|done|complete\w*|sent|agreed|renewed)|"
    r"never (?:returned|received|signed|given|confirmed|came|sent|arrived)|(?:no|without(?: a)?) (?:reply|response|"
    r"answer|signature|form|consent)|un(?:returned|answered)|"
    r"tbc|to be confirmed|to follow|verbal(?:ly)?|oral(?:ly)?)"
)
_NOT_NOW = re.compile(
    r"\W*(?:(?:on hold|hold|paus\w+|inactive|not (?:active|current|yet)|dormant|suspend\w+|archived?|former|ex|"
    rf"gone away|unknown|{_WAITING})\b)|\b(?:form|paper|consent|signature)s? {_WAITING}\b",
    re.IGNORECASE,
)


def not_now(status: str) -> bool:
    """Whether the state of a record says that nothing may be taken from it now: “on hold till Jan”, “pending”."""
    return bool(_NOT_NOW.match(status) or (len(status) < _SHORT and _NOT_NOW.search(status)))


_SHORT = 60
