"""Whether someone who names a subject says that it is not theirs: they won't, never did, or would rather not."""

import re

_CLAUSE_END = re.compile(
    r"[.!?;:\n()]|,|\b(?:but|though|except|however|because|so|when|if|until|while|or i|and i)\b| [-–—] ",
    re.IGNORECASE,
)
_SPEAKER = r"(?:^|\b(?:i|we|and|please|really|also|nor|still|just)\s+|[“\"'(]\s*)"
_WONT = re.compile(
    rf"(?:{_SPEAKER}(?:won['’]?t|will not|don['’]?t|do not|never|can['’]?t|cannot|refuse to|would not|"
    r"wouldn['’]?t|['’]?d rather not|rather not|am not|not)|\b(?:i|we)['’]?(?:m|re) not)"
    r"\s+(?:really |ever |even |want(?:ing)? to |like to |wish to |going to |able to |prepared to |"
    r"happy to |willing to |comfortable |allowed to )*"
    r"(?:do(?:ing)?|done|work(?:ing|ed)?|want(?:ing)?|talk(?:ing)? about|speak(?:ing)? (?:about|on)|"
    r"discuss(?:ing)?|go(?:ing)? into|interested in|keen on|touch|"
    r"mention(?:ing)?|touch(?:ing)?|tak(?:e|ing) on|cover(?:ing)?|offer(?:ing)?|"
    r"comfortable (?:with|about|talking about))\b",
    re.IGNORECASE,
)
_NEVER_DID = re.compile(
    rf"(?:{_SPEAKER}(?:have never|have not|haven['’]?t|had never|ain['’]?t|was never|never|not|"
    r"don['’]?t (?:get|have)|didn['’]?t)|\b(?:i|we)['’]?ve (?:never|not))"
    r"\s+(?:really |ever |actually |yet |been |get |got |had to |have to |asked to |asked |allowed to |"
    r"shown how to )*"
    r"(?:do(?:ing)?|done|did|shown|asked|given|worked?|had (?:a go at|any\w*)|taken on|covered|supported|"
    r"cared for|looked after|touched|come across|dealt with)\b"
    r"|\bnone of (?:mine|ours|my \w+|our \w+) (?:have|has|is|are|do|need)\b",
    re.IGNORECASE,
)
"""Of work that one may have done or not: it was never theirs."""
_NOTHING_ON = re.compile(
    r"\b(?:nothing (?:on|about|to do with)|not (?:on|about|to (?:mention|discuss|talk about)|"
    r"interested in|keen on)|no (?:experience|interest|knowledge) (?:of|in|with)|nowt (?:on|about|to do with)|"
    r"no questions (?:on|about)|anything (?:but|except)|(?:please )?avoid(?:ing)?|leave out|"
    r"rather not (?:discuss|do|talk about))\s+(?:[\w'’]+\s+){0,3}$",
    re.IGNORECASE,
)
_BARE_NO = re.compile(
    r"^\W*(?:and |or |sorry |please |definitely |absolutely |also )*(?:no|not|never|without)(?: any| more|"
    r" doing| to)? (?:[\w'’-]+ ){0,1}(?:[\w'’-]+ (?:or|nor) )?$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\s*(?:[\w'’]+\s+)?(?:(?:is|are) )?(?:not for me|not my thing|isn['’]?t for me|aren['’]?t for me)|"
    r"\W*(?:no thanks|no thank you|not my thing)|"
    r"\s*[:,?–—-]?\s*(?:i |we |i['’]?ve |we['’]?ve )?(?:never|don['’]?t|do not|won['’]?t|haven['’]?t)"
    r" (?:do|did|done|touch|touched)(?: it| them| that| those| any)?\s*(?:$|[.!,;])",
    re.IGNORECASE,
)
_GAVE_UP = re.compile(
    r"\b(?:gave up|given up|stopped|used to|no longer|packed in|jacked in|finished with|came off|come off)\s+"
    r"(?:[\w'’]+\s+){0,3}$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s(?:care |shifts? )?(?:up to|until|till?) (?:19|20)\d\d\b", re.IGNORECASE)
_MOST_BEFORE, _MOST_AFTER = 120, 40


def is_denied(text: str, start: int, end: int, *, is_work: bool) -> bool:
    """Whether the clause of ``text[start:end]``, or the list it belongs to, says that it is not theirs.

    ``is_work``: work that one may do or not, so that "no nights" and "never done nights" deny it; of anything
    else ("never had any training") they speak.
    """
    before = text[max(0, start - _MOST_BEFORE) : start]
    clause = _CLAUSE_END.split(before)[-1].lstrip()
    if _refuses(clause, is_work) or _AFTERWARDS.match(text[end : end + _MOST_AFTER]):
        return True
    listed = [part.strip() for part in re.split(r"[.!?;:\n]|\bbut\b", before)[-1].split(",")]
    if len(listed) < 2 or len(listed[-1].split()) > 4 or re.search(r"\band\b", listed[-1]):
        return False
    opening = next(
        (i for i, part in enumerate(listed[:-1]) if _refuses(part + " ", is_work) or _WONT.search(part)), None
    )
    return opening is not None and is_work and all(len(part.split()) <= 4 for part in listed[opening + 1 :])


def is_over(text: str, start: int, end: int) -> bool:
    """Whether they did it and no longer do: "gave up nights", "live-in till 2019"."""
    clause = _CLAUSE_END.split(text[max(0, start - _MOST_BEFORE) : start])[-1].lstrip()
    return bool(_GAVE_UP.search(clause) or _UNTIL.match(text, end))


def _refuses(clause: str, is_work: bool) -> bool:
    tail = clause.rstrip() + " "
    if _WONT.search(clause) or _NOTHING_ON.search(tail):
        return True
    return is_work and bool(_BARE_NO.search(tail) or _NEVER_DID.search(clause))
