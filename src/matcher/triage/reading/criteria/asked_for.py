"""Whom a sentence of running text asks for: the stretch that describes them, without the asking and the purpose."""

import re
from dataclasses import dataclass

from matcher.knowledge.number_words import NUMBER

PERSON = (
    r"(?:(?:home |homecare |domiciliary |live-in |night |senior |front[- ]?line |direct |family )*"
    r"(?:care ?workers?|carers?|care ?staff|care assistants?|homecarers?|support workers?|personal assistants?|"
    r"PAs?|sitters?|workers?)|"
    r"people(?! who use\b)|persons?|some(?:one|body)|any(?:one|body)|everyone|wom[ae]n|m[ae]n|(?:your "
    r")?members?|volunteers?|"
    r"participants?|applicants?|candidates?|respondents?|interviewees|contributors?|diarists?|witness(?:es)?|"
    r"speakers?|guests?|staff|"
    r"testers?|voices|co-?researchers?|advis[eo]rs?|those|"
    r"(?:one|two|three|four|five|six)(?: each)?(?=,? (?:from|to)\b))"
)
"""A noun that means the people a request may want."""
_ASKS = (
    r"look(?:ing)? (?:for|to|at finding)|asking(?! for| about| whether)|appoint(?:ing)?|after|seek(?:ing)?|"
    r"recruit(?:ing|s)?|(?:i|we|you|"
    r"still|just|really|only|"
    r"badly) need|"
    r"need(?:ed)?:?(?= )(?! to)|(?:am|are|['’]m|['’]re|is) (?:still )?after|want(?:s|ed)?(?! to (?:understand|know|"
    r"write|make|see|put|give|learn|build|publish))|"
    r"(?:would|['’]d)(?: really| also)? (?:like|love)|would value|"
    r"(?:(?<!please )(?<!you )find|(?:get|send|point|lend) (?:me|us)(?: to(?:wards)?)?)(?:ing)?(?! out\b)|"
    r"put (?:me|us) in (?:touch|contact) with|"
    r"(?:introduce|connect) (?:me|us) (?:to|with)|"
    r"(?:speak|talk|chat|hear)(?:ing)? (?:to|with|from)|hear, [^.;:?!]{3,90}, from|read out(?: what)?|"
    r"(?:talk|speak)(?:ing)? - [^.;:?!]{0,100} to|with (?:up "
    r"to |around |"
    rf"about |roughly )?(?={NUMBER} )|"
    r"(?:interview|feature|profile|photograph|reach)(?:ing)?|film(?:ing)?|record(?:ing)? with|"
    r"meet(?:ing)?(?: with)?|invit(?:e|ing)|includ(?:e|ing)|involv(?:e|ing)|evidence from|hosting|bring(?:ing)? "
    r"together|take part:?|responses from|(?<!which is )(?<!which are )open to|(?:session|group|workshop|panel|"
    r"event|day|evening|poll|survey|questionnaire|"
    r"interviews?|discussions?|conversations?|roundtable)s? (?:is |are )?(?:with|for|of)|aimed at|it['’]s for|"
    r"stor(?:y|ies) of|experiences? of|(?:do you (?:have|know)|know of|have you got|is there|are there)"
    r"(?: any| some)?|suggest(?:ions of)?|nominat\w+|only|welcome|any chance of|grateful for|could (?:you|one|"
    r"any|some)|would (?:one|any|some)"
)
_ASKED = re.compile(
    rf"(?:(?<!\w)|(?=['’]))(?P<ask>{_ASKS})\b"
    rf"(?P<gap>(?:(?!\b(?:it|we|us|they|them|your|whether|who|that|my|our|(?<!up )to(?! (?:{NUMBER})\b)|"
    rf"because|about(?! (?:an? )?(?:{NUMBER}|dozen|couple)\b))\b)"
    rf"[^.;?!]){{0,60}}?)(?<![\w-])(?P<person>{PERSON})(?![\w-]| (?:have|has) (?:told|said)|['’]s? (?!own))",
    re.I,
)
_TURNED = re.compile(
    rf"(?<![\w-])(?P<who>(?P<person>{PERSON})\b[^.;!?]{{3,110}}?),? (?:are|is) (?:just |exactly |really )?"
    rf"(?:who|what|the (?:people|ones)) (?:we|i|she|he|they)\b(?! (?:met|spoke|saw)\b)",
    re.I,
)
"""“People who work in Leeds are who we need”: whom it asks for stands first."""
_SUITABLE = re.compile(
    rf"(?:^|[,;:–-] )(?:\W*(?:and|but|also|so) )?(?:(?:they|you|u|she|he|(?:all )?{PERSON}(?: (?:who )?(?:take "
    rf"part|"
    r"taking part|apply|applying|attending))?|both|each)(?:['’]d| "
    rf"would|"
    r"['’]ll| will| do| does)? (?:also |all |really |just |ideally )?(?:need(?:s)?(?: to)?|should|must|ha(?:s|"
    r"ve) to)|"
    r"(?:it|this)(?:['’]d| would|['’]ll| will)? (?:suits?|(?:needs?|ha(?:s|ve)) to be(?= (?:an? )?(?:some|any|"
    r"care|home|live)))|must|has to|have to|needs? to|the (?:right |ideal )?person)\b(?P<rest>.+)$",
    re.I | re.S,
)
_HOUSEKEEPING = re.compile(
    r"\s*(?:also |just |only |please )?(?:let|send|sign|register|book|bring|e-?mail|contact|ring|call|reply|"
    r"download|"
    r"set aside|apply|fill|complete|return|allow|arrive|come|attend|join|get|tell|check|read|give|agree (?:a|the)|"
    r"know (?:that|about|by|when|who|tonight|today|tomorrow|"
    r"asap|soon|this|on)|be (?:told|here (?:for|at|by)|aware|sent|paid(?! (?:care|carers?|staff|workers?|home|"
    r"domiciliary)\b)|given|sure|with me|in "
    r"touch|back)|answer|ask|"
    r"do (?:is|"
    r"anything)|worry|hear|reach|make|a (?:name|reply|decision)|names?|to (?:know|hear|have|find|book|get|confirm|"
    r"finali[sz]e|fill|send|ask|check)|use|name|confirm|spend|take (?:part|place|a look)|keep|record|write|"
    r"be (?:done|finished|ready|completed?|returned|received|submitted|filed))\b",
    re.I,
)
_ENDS = re.compile(
    r"(?:,? (?:so(?: that)? (?:we|i|they)|because|cos|since (?:we|i)|as (?:we|part|it)|in order)\b|"
    r",? to (?:take|join|talk|speak|chat|tell|help|share|sit|come|give|discuss|attend|test|try|write|keep|fill|"
    r"complete|"
    r"meet|be (?:interviewed|part|involved)|record|appear|advise|design|shape|act|answer|do|go|work with|look|"
    r"sign|read|"
    r"contribute|describe|explain|find|understand|reflect|review|use)\b|"
    r",? (?:an? |the )?(?:piece|story|item|segment|feature|slot) (?:about|on)\b|"
    r" with (?:(?:full|their|current|all|your) )*(?:names?|contact|mobile|phone|e-?mails?|details)\b|"
    r",? (?:for|in|at|over|during|on) (?:an? |our |the |this |my |these |one |two |three )?"
    r"(?:(?!(?:for|in|at|on|who)\b)\w+[ -]){0,4}?(?:interviews?|"
    r"focus groups?|discussions?|podcast|project|studies|study|research|survey|piece|article|feature|programme|"
    r"session|"
    r"workshops?|roundtable|film|documentary|conversations?|event|chat|call|panel|zoom|teams)\b|"
    r"\.? (?:who|that)(?:['’]d| would| might| may) (?:be )?(?:happy|willing|up for|interested|open|prepared|"
    r"keen|free|"
    r"chat|talk|speak|like|love|consider|come)\b|"
    r" (?:at|in) (?:the |our )?(?-i:[A-Z])\w+(?: (?!for\b)\w+){0,5}? on (?:\w+day|the \d|\d)| at (?:the |our "
    r")(?-i:[A-Z])|"
    r" about (?:their|your|how|what|the|her|his|why|life|it|this|\w+ing)\b| on (?:the )?(?:theme|"
    r"subject|topic) )",
    re.I,
)


_BARE = re.compile(
    rf"(?!(?:everyone|members|for|if|as|when|with|some|most|many|because|since) )(?:(?:up to|around|about|"
    rf"ideally|any|all|at "
    rf"least|between) )?(?:{NUMBER}(?: ?(?:-|–|to|or|and) ?{NUMBER})? )?"
    rf"(?:(?!who\b)[\w-]+ ){{0,2}}?(?P<person>{PERSON}) (?:who|with|aged|from|in|living|working|"
    rf"based)\b(?!.*\b(?:tells?|told|says?|said|"
    r"often|usually|too|we)\b)",
    re.I | re.S,
)


_OPENS = re.compile(
    r"\b(?:(?:who|whose)(?:ve|re|s)?\b(?:['’]\w+)?(?! (?:they|you|we|i|she|he|exactly|else|to)\b)"
    r"(?!(?: \w+){0,3} (?:(?:happy|willing|prepared|up for|keen|open|like) (?:to|for|in)|interested)\b)|"
    r"that (?=(?:have|has|are|do|can|work|live)\b)|with (?!(?:us|me|her|him|them|you|our|the)\b)|"
    r"(?=(?:doing|using|having|paid|confident|experienced|employed|being|working (?=at least|more|over|full|"
    r"part|\d)|on (?:an? |the )?(?:zero|min|national|"
    r"living|real|low|"
    r"visa|health|skilled|sponsor|benefits|universal))\w*\b))\s*(?P<more>\S)",
    re.I,
)
"""The words after a person that open what more is asked of her."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sentence. From ``described`` on it tells more of the people it names before (“who ...”)."""

    start: int
    end: int
    described: int


def asked_for(words: str) -> Stretch | None:
    """What a sentence says of the people it asks for: after an asking word, or after “they must”; None for "
    "nobody."""
    if turned := _TURNED.search(words):
        return _described(words, turned.start("who"), turned.end("person"))
    if asked := _nearest(words):
        return _described(words, asked.start("gap"), asked.end("person"))
    return describes(words) or must_be(words)


def describes(words: str) -> Stretch | None:
    """A phrase that begins with the people it describes (“home care workers who ...”); None for any other."""
    bare = _BARE.match(words)
    return _described(words, 0, bare.end("person")) if bare else None


def _described(words: str, start: int, person: int) -> Stretch:
    end = end_of_description(words, person)
    opens = _OPENS.search(words, person, end)
    return Stretch(start, end, opens.start("more") if opens else end)


def must_be(words: str) -> Stretch | None:
    """What a sentence says they “must”, “need to” or “should” be; None when it only tells them what to do."""
    suits = _SUITABLE.search(words)
    if suits is None or _HOUSEKEEPING.match(suits["rest"]):
        return None
    start = suits.start("rest")
    return Stretch(start, len(words), start)


def _nearest(words: str) -> re.Match[str] | None:
    """The asking word nearest to the first person asked for."""
    found = _ASKED.search(words)
    while found and (nearer := _ASKED.search(words, found.start("ask") + 1, found.end())):
        found = nearer
    return found


def end_of_description(words: str, start: int) -> int:
    """Where the description ends: before what they are wanted for."""
    ends = _ENDS.search(words, start)
    return ends.start() if ends else len(words)
