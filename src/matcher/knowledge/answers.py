"""What an answer to a yes/no question or a question of permission means: yes, no, or ask me first."""

import re

from matcher.knowledge.purposes import without_purposes
from matcher.knowledge.tables import fold, in_words, word_set

ASK = re.compile(
    r"\bask (?:me|us|her|him|them)?\s*(?:first|before|each time|every time|beforehand)|\bbut ask\b|"
    r"^\W*ask\W*$|\bcheck with me\b|\bask me\b(?! about)|"
    r"\bask my \w+ (?:first|before)\b|\bthrough my\b|\bi suppose\b|\bif i must\b|\bsays? (?:yes|ok(?:ay)?)\b|"
    r"\bwould ?n['’]?o?t say no\b|\b(?:verbal|oral)(?:ly)? (?:yes|ok|consent)\b|\bnot unhappy\b|"
    r"\b(?:was|used to be) yes\b|"
    r"\bcase by case\b|\bdepends\b|\bmaybe\b|\bpossibly\b|\bsometimes\b|\bperhaps\b|\bnot sure\b|"
    r"\bonly if (?:you|i|we)\b|\bprobably\b|"
    r"\bcontact me first\b|\bring (?:me )?first\b|\bcall (?:me )?first\b|\bwith (?:my )?permission\b|"
    r"\bif i agree\b|\blet me know first\b|\bdiscuss\b|\bdon['’]?t mind\b|\bit depends\b|\bundecided\b|"
    r"\b(?:unsure|uncertain)\b|"
    r"\bneed to (?:know|hear|think)|\b(?:tell me|know) more\b|\bmore info\w*|\bbut yes\b|\bgofyn\w*\b|\befallai\b",
    re.IGNORECASE,
)
_TURNED_YES = re.compile(
    r"^\W*(?:absolutely|definitely|certainly|of course|i (?:do|agree|consent)|sure|ok(?:ay)?|fine|"
    r"consent(?:ed)?|agreed?|"
    r"happy(?: to)?)\b[\s.,!…-]*(?:not|never|no)\b|^\W*(?:yes|y|yep|ok)\b.*\bno\W*$",
    re.IGNORECASE,
)
_NOT_APPLICABLE = re.compile(r"\W*(?:n\W{0,2}a|not applicable)\W*", re.IGNORECASE)
_BOTH = re.compile(r"^\W*y(?:es)?\W{1,3}n(?:o)?\W*$", re.IGNORECASE)
"""A yes that the next word takes back: "absolutely not", "yes - actually no"; and one that chose neither."""
CONDITION = re.compile(
    r"\b(?:anonym\w*|conditions?|conditional\w*|later|some|certain|limited|in principle|not yet|if|unless|"
    r"as long as|so long as|provided|providing|depend\w*|but only|only (?:if|when|with|after|by|for)|on condition|"
    r"with my)\b",
    re.IGNORECASE,
)
_HALF_YES = re.compile(r"\?|\b(?:but|only|no|not|never|except|apart from)\b|n['’]t\b", re.IGNORECASE)
_CONDITION_ALONE = re.compile(r"^\W*(?:only|if|provided|as long as|so long as)\b|\bonly\W*$", re.IGNORECASE)
"""Words that make a yes depend on something: it then means that she is to be asked first."""
REFUSED = re.compile(
    r"\b(?:none|nothing|no one|nobody|neither) (?:of (?:these|the above|them|it|those))?|^\s*(?:none|no|"
    r"nope|never|nothing|neither|nobody)\b|"
    r"\b(?:do not|don['’]?t|please don['’]?t|dont|never) (?:\w+ )?(?:contact|ask|call|email|share|want|"
    r"wish|use)|\bjust the newsletter\b|"
    r"\bnewsletter only\b|\bonly the newsletter\b|\bremove me\b|\btake me off\b|\bunsubscribed?\b|\bstop\b|"
    r"\bopt(?:ed)? out\b|\bwithdraw\w*|\bno thanks?\b|\bnot at all\b|\brather not\b|\bno longer\b",
    re.IGNORECASE,
)
NO_TROUBLE = re.compile(r"\b(?:no (?:problem|worries|bother)s?|not a problem)\b", re.IGNORECASE)
_YES = re.compile(
    r"^\s*(?:y\b|y[?.!]|ye?s\b|yep|yeah|yup|aye|ok(?:ay)?\b|sure\b|true\b|of course|"
    r"(?:very |quite |really |perfectly |more than |always |i(?:['’]m| am) )*"
    r"(?:happy|comfortable|fine|glad)\b(?! to be left)|"
    r"absolutely|definitely|certainly|gladly|agreed?\b|accept(?:ed)?\b|"
    r"(?:(?:i(?:['’]d| would)|would) )?(?:love|be (?:happy|glad)) to\b|"
    r"consent(?:ed)?\b|given\b|x$|1(?:\.0)?$|✓|✔|☑|✅|tick(?:ed)?\b|checked$|selected$|"
    r"i (?:agree|consent|do)\b|go on(?: then)?\b|👍|ydw\b|ydy\b|oes\b|iawn\b|caiff\b|cewch\b|bydd\w*\b|hapus\b)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\s*(?:n\b|no\b|nope|nah|never|false\b|0(?:\.0)?$|not\b|don['’]?t|do not|dont|refused?\b|"
    r"declined?\b|none\b|✗|✘|☐|👎|na(?:c|ge|ddo)?\b|dim\b)",
    re.IGNORECASE,
)
_ELSEWHERE_NO = re.compile(
    r"^\W*(?:nie|nu|hindi|não|nao|nein|non|nem|kwete|aiwa|hapana|rara|nahi[nṁ]?|hayır|nej|nee|ne|ochi|όχι|нет|ні|не)\b",
    re.IGNORECASE,
)
_ELSEWHERE_YES = re.compile(
    r"^\W*(?:tak|da|oo|opo|s[ií]|sim|oui|ja|jo|haan?|hongu|ehe|evet|ndiyo|yebo|beeni|tha|igen|áno|ano|taip|да|так)\b",
    re.IGNORECASE,
)
"""A yes in another language is asked about; a no is one."""


def yes_no(text: object) -> str | None:
    """ "yes", "no" or "ask" (ask me first, maybe); None when the cell says neither."""
    if isinstance(text, bool):
        return "yes" if text else "no"
    if isinstance(text, int | float):
        text = f"{text:g}"
    if not isinstance(text, str) or not text.strip() or _NOT_APPLICABLE.fullmatch(text):
        return None
    text = NO_TROUBLE.sub("yes", in_words(text))
    if ASK.search(text):
        return "ask"
    if _NO.search(text) or REFUSED.search(text) or _ELSEWHERE_NO.match(text):
        return "no"
    if _TURNED_YES.search(text):
        return None if _BOTH.match(text) else "no"
    if said := _YES.match(text):
        return "ask" if CONDITION.search(text) or _HALF_YES.search(text[said.end() :]) else "yes"
    return "ask" if _CONDITION_ALONE.search(text) or _ELSEWHERE_YES.match(text) else None


_NOTHING_MORE = word_set(
    "please pls plz thanks thank thankyou ta cheers diolch very much more than happy glad pleased keen delighted "
    "quite really perfectly comfortable "
    "love loved willing hapus to like for with about of by from be being am i im id ill would will can could may "
    "do that thats its it is fine good great ok okay all any anything anyone anybody everything every time times "
    "anytime whenever always definitely absolutely certainly of course sure no problem problems worries bother "
    "yes y yep yeah yup aye then go on help helping contact contacted ask asked asking me you us my talk talking "
    "speak speaking share sharing take part taking interview interviews in on at both and the a an so agree agreed "
    "consent consented given accept accepted tick ticked checked selected true x ydw ydy oes iawn caiff cewch "
    "gyda wrth i mi gysylltu how when soon forward hear hearing views experience experiences story stories"
)
"""Words beside a yes that leave it whole: whatever else stands there may be a condition."""


def plain_yes(text: str) -> bool:
    """Whether a yes says nothing that could limit it: “yes please”, but not “yes (anon)” or “yes, I suppose”."""
    left = fold(without_purposes(text)).split()
    return not _YEAR_ALONE.search(text) and all(word in _NOTHING_MORE or word.isdigit() for word in left)


_YEAR_ALONE = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")


def permission_said(text: object) -> str | None:
    """As `yes_no`, but a yes with any remark beside it is "ask": when in doubt, there is no yes."""
    said = yes_no(text)
    return "ask" if said == "yes" and isinstance(text, str) and not plain_yes(in_words(text)) else said
