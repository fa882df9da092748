"""What a header asks permission for: of being asked by whom, of being contacted at all, or a no to either."""

import re

from matcher.knowledge.purposes import purposes_named, without_purposes
from matcher.knowledge.tables import fold, word_set

PERMISSIONS = "permissions"
PERMISSION_OF = "permission:"
MAY_CONTACT = "may_contact"

_ASKS_PERMISSION = re.compile(
    r"\b(happy|willing|comfortable|glad|up for|open to|interested in|prepared|keen)\b.*"
    r"\b(to|for|with|us|being|be|if|taking|talking|speaking|helping|giving|joining)\b"
    r"|\b(ok(ay)?|fine|alright) (to|for|with|if|being|talking|speaking)\b|\bconsent|permission|\bagree|authori[sz]e"
    r"|contact(ed|ing)? (you|me)?\s*(about|by|for|on behalf|from)|\bapproach(ed)? (you|me)?\s*(about|by|for)"
    r"|hear (from us )?(about|from)|\b(may|can|could|should|shall) (we|i|they|\w+s)\b|opt[- ]?(in|out)"
    r"|put (you|me) (forward|in touch)|count me in|sign me up|share your (details|story)"
    r"|\b(would|will|could|do) you "
    r"(like|want|be|give|take|talk|speak|share|help|join|consider|do|meet|agree)\b"
    r"|\bwho (may|can|could|should|would|do|are)\b.*\b(contact|talk|speak|hear|ask|approach|share|meet)"
    r"|\b(how|what) (would|do) you (feel|think) (about|of) (a|an|the|being|having|talking|speaking|giving|taking)\b"
    r"|\bwants? to be (asked|contacted|approached|invited)\b|\ba gawn ni\b|\bgysylltu â\b"
    r"|\bask(ing)? (you|me)\b|tick (who|what|which|the)|invit(e|ed)",
    re.IGNORECASE,
)
"""A header that asks for permission, whoever it is about."""

_MAY_BE_ASKED = re.compile(
    r"contact|\b(talk|speak)(ing)?\b|take part|interview|hear from|take calls|\bo\.?k(ay)?\b|\bhappy\b|\byes\b",
    re.I,
)

_NOT_ASKING = re.compile(
    r"\b(tags?|labels?|categor\w+|groups?|lists?|segments?|topics?|subjects?|experiences? of|ever|before"
    r"|previous\w*|already|past|in the last|history|have you|did you|has she|were you"
    r"|do you (work|read|watch|follow|have|know|use)|are you (a|an|employed|currently|working|studying)"
    r"|where did|how did|heard? of|hear(d)? about (us|this|the)|employ\w*|training|qualification\w*|degree"
    r"|studied|involved (with|in) so far|took part|interviewed|quoted|spoke|spoken|contacted on|last|rating)\b"
    r"|\b(worker|student)\?|\b(worr(y|ied)|risk\w*|trust|mind|sent|received|came|educated|notice|aware)\b"
    r"|\bneed permission\b"
    r"|\b(photo\w*|pictures?|images?|quot(e|ed|es|ing)|recordings?|record (you|me|calls?|the))\b"
    r"|\b(do you (think|feel|believe)|should the|has (a|an|any|the|she)|have (they|we))\b"
    r"|\b(contacted|allow(ed|s)?) you\b",
    re.IGNORECASE,
)
"""A header that is about something else than what she allows: what she did before, where she heard of us, tags."""

_VERBS = (
    "(contact|e-?mail|call|ask|approach|want|wish|like|share|put|phone|ring|text|include|use|happy|willing|"
    "speak|talk|consent|agree|permit|allow|authorise|authorize|give)"
)
_OPTS_OUT = re.compile(
    r"opt(ed|ing)?[- ]?out|unsubscri|\bdnc\b|\bstop(ped)?\b|\brevoked\b|\bexclude|\bsuppress|"
    rf"\bblock|\bobject|withdr[ae]w|\bremoved?\b|(?<!\bwe )\b(do(es)? not|don'?t|dont|never) {_VERBS}"
    rf"|(?<!will )(?<!shall )(?<!do )\bnot (be |to be )?({_VERBS}|comfortable|ok\b|interested)"
    r"|\bdeclin(e|es|ed|ing)\b|\bleave (me|her|him|them) (out|alone)\b"
    r"|\bno (bulk|more|contact)\b|^\W*(no|not|never) (?!of\b)[a-z]"
    r"|\b(rather|prefer) (you |we )?(did )?n[o']t|\bleft the (network|group)",
    re.IGNORECASE,
)
"""A header whose yes means no: "Do NOT contact me about media requests", "Opt out of research?"."""

_TAKEN_BACK = re.compile(
    r"^\W*(date )?((consent|permission)s? )?(was )?(withdrawn|revoked|stopped|removed)( on| at| date)?\W*$",
    re.IGNORECASE,
)
"""A header over a date or a mark of those who are no longer to be contacted: "Consent withdrawn on", "Stopped?"."""

_CONTACT_AT_ALL = re.compile(
    r"\b(contact(ed)?|dnc|approach(ed)?|get in touch|hear from (us|the))\b|opt(ed)?[- ]?out"
    r"|left the (network|group)|^withdrawn$|\bremove me\b",
    re.IGNORECASE,
)
_NOT_OF_CONTACT = re.compile(
    r"contact (name|no|number|details|e-?mail|phone|id|type|source|method|info\w*|person|preference\w*|tel\w*|us)\b"
    r"|emergency|how (should|would|do|can|shall)|prefer|best|way|when|\blast\b|date|\bnext\b|family|employer"
    r"|first contact",
    re.IGNORECASE,
)

_GRID_LINE = re.compile(r"\[([^\]]+)\]\s*$")
"""A line of a grid question, as Google Forms writes it: "May these contact you? [Journalists]"."""


def turns_round(header: str) -> bool:
    """Whether a yes under this header means no."""
    return bool(_OPTS_OUT.search(header))


def about_something_else(header: str) -> bool:
    """Whether a header that names researchers asks for no permission: "Have you been in a study before?"."""
    return bool(_NOT_ASKING.search(header))


_BESIDE_A_PURPOSE = word_set(
    "ok okay happy open yes y n no may can contact to for with the and or about by of in care requests request "
    "interview interviews participation opportunities events projects work consent permission permissions allowed "
    "ask talk speak talking speaking speaker speakers take part academic public"
)


def _says_nothing_else(header: str) -> bool:
    """Whether a short header names a purpose and nothing beside it: "MPs & policy", not "Press officer"."""
    return all(word in _BESIDE_A_PURPOSE for word in fold(without_purposes(header)).split())


def permissions_asked(header: str, bare: str) -> dict[str, float]:
    """Target -> how surely the header asks permission for it; ``bare`` is the header without examples."""
    if about_something_else(header):
        return {}
    found: dict[str, float] = {}
    line = _GRID_LINE.search(header)
    purposes = (purposes_named(line[1]) if line else ()) or purposes_named(bare) or purposes_named(header)
    asks = bool(_ASKS_PERMISSION.search(header)) or turns_round(header)
    if len(purposes) == 1 and (asks or _MAY_BE_ASKED.search(header)):
        found[PERMISSION_OF + purposes[0]] = 0.96
    elif asks:
        found[PERMISSIONS] = 0.93 if purposes or _MAY_BE_ASKED.search(header) else 0.8
    elif purposes and _says_nothing_else(bare):
        found[PERMISSION_OF + purposes[0]] = 0.80
    if not purposes and _TAKEN_BACK.match(header):
        return {MAY_CONTACT: 0.95}
    of_contact = turns_round(header) or not _NOT_OF_CONTACT.search(header)
    if not purposes and _CONTACT_AT_ALL.search(header) and of_contact:
        found[MAY_CONTACT] = 0.9
    return found
