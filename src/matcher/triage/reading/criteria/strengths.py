"""Which stretches of a request say who is wanted, who is wished for and who is ruled out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from matcher.knowledge.number_words import NUMBER
from matcher.model import Strength
from matcher.triage.reading.criteria.asked_for import PERSON, asked_for, describes, end_of_description, must_be
from matcher.triage.reading.criteria.exclusions import ruled_out
from matcher.triage.reading.criteria.schedule import without_schedule
from matcher.triage.reading.criteria.wishes import Wish, wish_within
from matcher.triage.reading.layout import Passage

_BRACKETED_OUT = re.compile(r"\((?P<out>(?:(?:we(?:['’]re| are) )?not|no|excluding|except) [^)]{4,80})\)", re.I)
"""“(not a supervisor or manager)”: an exclusion within a requirement."""
_THEIR_OWN = re.compile(r"ha(?:s|ve)\b", re.I)
"""“Owners and managers have their own session”: whom that rules out stands before it."""
_RESULTS = re.compile(
    r"\b(?:based on (?:an? |our |the )?(?:\w+ )?(?:survey|poll|interviews|responses|research|study)|surveyed \d|"
    r"according to (?:an? |our |the )?(?:\w+ )?(?:survey|poll|report|study|figures)|"
    r"(?:survey|poll|research|report|study|figures|analysis) (?:of [^.;]{0,60} )?(?:has |have )?"
    r"(?:found|finds|shows?|showed|says|reveal\w*|suggest\w*)\b)",
    re.I,
)
"""What was found out of others: whom that was about is not who is wanted."""
_EACH_OF_THEM = re.compile(r"(?:all|each|everyone)(?: (?:respondents?|participants?|recruits?))? to (?=\w)", re.I)
"""“All to work nights”: how a recruiter's brief says what everybody must."""
WHO_OVER = re.compile(
    r"\bif you(?:['’]re| are| have)?\W*$|\bwho\b(?! (?:we are|are we|is (?:running|doing|funding|behind|paying|"
    r"organising)|sees|will see|you are|"
    r"to contact|do i contact|pays))|\bcan i (?:join|take part|apply)|can take part|can (?:join|apply) if|"
    r"take part(?:\?| if)|you['’]?(?:ll|"
    r" will)? need to|\bneeds? to\b|\b(?:both|all|each|they|you|people|members|contributors|participants) (?:will|"
    r"should)\W*$|\bmust\b|eligib|requirements|looking for|\bwe need\b|^spec(?:ification)?\b|screener|"
    r"speak to you if"
    r"|\bcriteria\b|could you\b|are you (?:eligible|suitable|right)|is (?:this|it) for (?:me|you)|"
    r"suitable for|open to\b|we want|finding\b|\binclusion|should\b|participants\b",
    re.I,
)
_NOT_OVER = re.compile(
    r"\bnot for\b|\bcan(?:no|['’])?t (?:take part|join|apply)|exclu|\bsorry|not eligible|who (?:should|"
    r"can)(?:n['’]t| not)|not looking for|isn['’]t for",
    re.I,
)
_MUST = re.compile(
    r"\b(?:(?<!we )(?<!i )must (?:be|have|work|live|currently|drive|know|also|speak|all)|"
    r"(?<!we )(?<!we will )(?<!i )(?<!i['’]ll )(?<!don['’]t )(?<!would )need(?:s|ed)? to (?:be|have|work|live|"
    r"do|say|agree|use)|ha(?:s|ve) to be|(?:you|they|people|\w+s|who|anyone) should (?:be|have|currently|work)|"
    r"(?:carers?|care workers?|workers?|people|someone|somebody|anybody|women|men|staff|volunteers?|"
    r"participants?|"
    r"contributors?|members) (?:\w+ ){0,4}?(?:who|aged|willing|able|with (?:\w+ ){0,2}(?:experience|clients)|"
    r"doing)\b|"
    r"only (?:those|people|carers|care|home|in|if)"
    r"|open to|anyone (?:who|aged|over|under|\d|working|in|with)|essential|it has to be|"
    r"we['’]ll need (?:their|your)|must drive"
    r"|(?:looking for|(?:am|are|['’]m|['’]re) after|(?:hop\w+|try\w*|like|love|want|need|keen|able) to find|"
    r"like to (?:speak|talk|hear|interview|meet)|"
    r"love to (?:speak|talk)|want to (?:speak|talk|"
    r"hear|interview)|need(?!s? to)|wants?(?! to\b)|recruiting|seeking|finding|evidence from|interview(?:s|"
    r"ing)?(?: with)?|responses from|participants from|writing about)\b[^.;]{0,60}?\b(?:who|aged|with|over|"
    r"under|working|based|living|from|in|on|carers?|workers?|wom[ae]n|m[ae]n)\b)",
    re.I,
)
_PLACE_ONLY = re.compile(
    r"\b(?:england|scotland|wales|northern ireland|uk|great britain)\b[^.;]{0,12}\b(?:please|only)\b|"
    r"^(?-i:[A-Z])[\w ,'’-]{3,60} only\b|^(?:based )?(?:anywhere )?in (?:the )?(?-i:[A-Z])[\w ,'’-]{1,60}\W*$|"
    r"^(?:uk|nation)[- ]?wide\b",
    re.I,
)
_PREFER = re.compile(
    r"^at least \w+ [^.;]{5,90}\band at least \w+ |"
    rf"^(?:(?:at least|min(?:imum)?(?: of)?|max(?:imum)?(?: of)?|no more than) )?(?:{NUMBER}|half) "
    rf"(?:per group )?(?:should|must|of|m[ae]n|wom[ae]n|who|to (?!{NUMBER}))|\b(?:at least|"
    rf"no more than) {NUMBER} from\b|"
    r"\b(?:ideally(?! (?:two|three|four|\d))|especially|particularly|in particular|a bonus|bonus (?:if|for|"
    r"points)|prefer\w*|"
    r"even better|brownie points|keen to hear|(?:would|['’]d) (?:really |particularly |especially )?(?:love|"
    r"like) (?:to hear from |a mix|to have|a mixture|people)|(?:should|would) like a mix\w*"
    r"|(?:['’]d|would|will) be (?:good|great|helpful|useful|lovely|nice|brilliant|interested|"
    r"keen|perfect|ideal|amazing|fab\w*|fantastic|wonderful|smashing|cracking|grand|gold ?dust|spot on|"
    r"a gift|a relief|a godsend)(?: to (?:have|hear))?|(?:love|like|want|need) at "
    r"least (?:one|two|three)\b|"
    r"very welcome|v welcome|welcome (?:someone|people|those)|short of|light on|"
    r"please don['’]t be shy|a mix of|mix\b|extra points|if possible|if you can choose|extremely keen|"
    r"keen (?:to|on)|(?:thrilled|delighted|overjoyed|pleased) to (?:meet|hear|have|find|speak)|"
    r"glad (?:of(?! (?:your|any|some) help)|to have|to hear)|(?:we|i)(?:['’]re| are|['’]m| am)? hop(?:e|ing) "
    r"for|a good (?:number|few)|"
    r"love to hear from|also lgbt\w*|under-?represented)\b",
    re.I,
)
_NOT_PREFER = re.compile(
    r"\b(?:(?:one|two|three|few|any\w*|that|which) (?:\w+ ){0,3}would be|happy to|"
    r"help(?:ful)? if you could (?:share|send|pass|forward|circulate)|grateful|let me know|"
    r"send (?:it|me|us)|please (?:send|reply|get back)|"
    r"suggestions|lined up|done by|in place by|finished by|link\b|share (?:this|the link)|which we['’]d prefer|"
    r"a huge help|call|chat about)\b|^(?:an? )?(?:photo\w*|pictures?|rotas?)\b",
    re.I,
)
_NOT_A_MUST = re.compile(
    r"^\s*(?:i|we|it|this|there|they|copy|names?|please|if|the (?:study|inquiry|session|interview|"
    r"committee (?:is|has)|group|team)|our|nothing|everyone|happy|thank|alternatively|interviews?|one |"
    r"for the|contact|email|e-mail|call|send|for (?:anyone|those))\b",
    re.I,
)
_MORE_OF_THEM = re.compile(r", (?P<more>(?:from|based in|living in|aged) (?:[A-Z]|\d|the [A-Z]).*)$")
"""“We want two to join, from Leeds or Hull”: more of them behind what they are wanted for."""
_WIDENS = re.compile(
    r"\b(?:can (?:take part|join) too|does(?:n['’]t| not) matter|also welcome|no problem|(?:and|or) non-\w+|"
    r"(?:do(?:es)?(?:n['’]t| not)|no) (?:need|have to)|need ?n[o'’]t|not (?:needed|necessary|required|"
    r"essential))\b",
    re.I,
)
_WITH_A_PLEASE = re.compile(
    r"\b(?:at least|minimum|over|aged|only)\b.*\b(?:please|pls|plz)\W*$|"
    r"^(?:\w+ly )?(?:employed|based|working|living)\b.*\b(?:please|pls|plz)\b",
    re.I,
)
REASON = re.compile(
    r"\s(?:(?:cos|because|as|since) (?:everyone|everybody|most|people|so many)|so far|"
    r"who are (?:\w+ )?(?:under-?represented|seldom heard|rarely heard))\b",
    re.I,
)
_WISHED_OVER = re.compile(
    r"ideal(?:ly)?$|bonus|(?:extra|especially|particularly|very|most) welcome|nice to have|prefer\w*$|"
    r"desirable|even better|would be good",
    re.I,
)
_PERSON_DESCRIBED = re.compile(rf"\b{PERSON}\b.{{0,30}}\b(?:aged|over|under)\b", re.I)
_ASKS = re.compile(
    r"\b(?:looking|after|(?:hop\w+|try\w*|like|love|want|need|keen|able) to find|like to|need|want|recruit\w*|"
    r"seeking|finding|love|hear from|evidence from|"
    r"would like|must|"
    r"has to be|set(?:ting)? up|writing about)\b",
    re.I,
)
_WISHES = (
    r"ideally|especially|particularly|in particular|hear from|to have|bonus if|light on(?: is)?|short of|"
    r"keen to hear(?: from| it)?|keen on|glad (?:of|to have|to hear from)|hop(?:e|ing) for|welcome|"
    r"love a mix|prefer\w*|we['’]d like|would like|keen"
)
_PREFER_LEAD = re.compile(
    rf"^.*?\b(?:{_WISHES}|a mix of|at least one)\b[ ,:]*(?:(?:{_WISHES}|like|love|want|wish|hoping|"
    rf"interested in|to|hear|have|from|"
    rf"welcome|you|also|would|will|it|"
    rf"is|be)\b[ ,:]*)*",
    re.I,
)
_WELCOMED = re.compile(
    r"^(?P<who>.{4,}?),? (?:(?:are|is|would be) )?(?:very |v |most |especially )?welcome\b"
    r"(?<!would welcome)(?=\s*(?:$|[.!,;)]|as\b|cos\b|because\b|too\b|to\b))",
    re.I,
)
_HOPED_FOR = re.compile(
    r"^if you(?:['’]ve| have| are|['’]re)?,? (?P<who>.{8,}?),? (?:then )?(?:we|i)(?:['’]d| would) (?:\w+ )?"
    r"(?:love|like) to (?:hear from|meet|talk to|speak to) you\b",
    re.I,
)
_ENOUGH_OF = re.compile(r"^.*?\b(?:plenty|enough|lots) of [^,;.]*[,;] (?:so|but|and) ", re.I)
_SPLIT = re.compile(
    r";\s*|,?\s+and (?:from )?(?=(?:people|someone|anyone|those|somebody|one who|people['’]s|a )\b)|"
    r",\s*(?:and |or )?(?=(?:people|someone|somebody|anyone|those|men|women|younger|older|home care|one who|"
    r"a )\b)|\.\s+(?=[A-Z])",
    re.I,
)
_ARRANGEMENTS = re.compile(
    r"^\W*(?:it['’]?s |it is |about |around |roughly |up to )*(?:"
    r"(?:an?|one|two|half an|\d+)[ -]?(?:hours?|hrs?|minutes?|mins?)\b|names? (?:to|by)\b|no names?\b|"
    r"by (?:video|phone|zoom|teams|e-?mail)\b|online\b|on (?:zoom|teams)\b|£|\d+ (?:quid|pounds?)\b|"
    r"(?:all )?(?:anonymous|confidential)\b|nobody(?: is|['’]s| will be) named|travel (?:is )?paid|repl(?:y|"
    r"ies) by\b)",
    re.I,
)
"""An item of a list that says how it is done and not whom it is for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a stretch asks: as a must or a wish, or ruling out; from ``described`` on it tells more of the people."""

    strength: Strength
    excluded: bool
    described: int | None = None


_Parts = list[tuple[Passage, Kind]]
_ASKED, _OUT = Kind(Strength.MUST, False), Kind(Strength.MUST, True)


def wanted_in(passage: Passage) -> Iterator[tuple[Passage, Kind]]:
    """The passage, or its parts, as must, nice-to-have or exclusion; nothing when it asks for nobody."""
    if _RESULTS.search(passage.text):
        return
    aside = _BRACKETED_OUT.search(passage.text)
    if aside and aside.start() > 15 and ruled_out(aside["out"]):
        yield _part(passage, *aside.span("out")), _OUT
        blank = " " * len(aside.group())
        passage = replace(passage, text=passage.text.replace(aside.group(), blank, 1))
    for read in _WAYS_TO_ASK:
        if (parts := read(passage)) is not None:
            yield from parts
            return
    yield from _required(passage)


def _under_a_no(passage: Passage) -> _Parts | None:
    """An item under “Not suitable for”."""
    words = passage.text
    if not (passage.over and _NOT_OVER.search(passage.over) and (passage.item or len(words) < 160)):
        return None
    return [] if re.match(r"(?:they|the|you can|this|it|we)\b", words, re.I) else [(passage, _OUT)]


def _ruling_out(passage: Passage) -> _Parts | None:
    """What is ruled out, and who is asked for before it: “ten carers who drive, but no managers”."""
    words = passage.text
    cut = ruled_out(words)
    if cut is None:
        return None
    before = words[: cut.start()]
    if (
        len(before) > 25
        and not _THEIR_OWN.match(cut.group())
        and (_MUST.search(before) or _is_must(passage, before))
        and not re.match(r"\s*(?:if|sorry|please|they|we)\b", before, re.I)
    ):
        return [(_part(passage, 0, cut.start()), _ASKED), (_part(passage, cut.start(), len(words)), _OUT)]
    if cut.group()[0] in ",;(":
        passage = _part(passage, cut.start() + 1, len(words))
    return [(passage, _OUT)]


def _under_a_wish(passage: Passage) -> _Parts | None:
    """An answer to “Ideally”."""
    return list(wished_in(passage)) if _WISHED_OVER.match(passage.label) else None


def _with_a_wish(passage: Passage) -> _Parts | None:
    """A wish within what is asked for: “ten carers on nights, ideally with a car, based in Hull”."""
    words = passage.text
    wish = wish_within(words)
    if wish is None or not (asked_for(words[: wish.start]) or _is_must(passage, words[: wish.start])):
        return None
    rest = _blanked(passage, wish)
    return [*_required(rest), *wished_in(_part(passage, *_before_purpose(words, wish)))]


def _each_of_them(passage: Passage) -> _Parts | None:
    """An item that says what each of them must be."""
    each = _EACH_OF_THEM.match(passage.text) if passage.item else None
    return [(_part(passage, each.end(), len(passage.text)), _ASKED)] if each else None


def _preferring(passage: Passage) -> _Parts | None:
    """A wish, and what is asked for before it: “carers who work nights, and preferably drive”."""
    words = passage.text
    lead = _PREFER.search(words)
    if lead is None or _NOT_PREFER.search(words):
        return None
    before = words[: lead.start()]
    if len(before) > 50 and _is_must(passage, before) and re.search(r"[,;–-]\s*(?:and )?$", before):
        wished = wished_in(_part(passage, lead.start(), len(words)))
        return [(_part(passage, 0, lead.start()), _ASKED), *wished]
    return list(wished_in(passage))


_WAYS_TO_ASK: tuple[Callable[[Passage], _Parts | None], ...] = (
    _under_a_no, _ruling_out, _under_a_wish, _with_a_wish, _each_of_them, _preferring,
)  # fmt: skip
"""Tried in this order; the first that has something to say of a passage says all of it."""


def _required(passage: Passage) -> Iterator[tuple[Passage, Kind]]:
    """The passage, or the stretch of it that asks for people, as a must; nothing when it asks for nobody."""
    words = passage.text
    free = not passage.item and not (passage.label and WHO_OVER.search(passage.label))
    stretch = asked_for(words) if free else None
    if stretch is None and not _is_must(passage, words):
        stretch = must_be(words)
    if stretch:
        part = _part(passage, stretch.start, stretch.end)
        described = max(0, passage.start + stretch.described - part.start)
        yield part, Kind(Strength.MUST, False, described)
        if more := _MORE_OF_THEM.search(words, stretch.end):
            yield _part(passage, more.start("more"), len(words)), Kind(Strength.MUST, False, 0)
    elif _is_must(passage, words):
        if passage.label and (suits := must_be(words)):
            passage, words = _part(passage, suits.start, suits.end), words[suits.start : suits.end]
            yield passage, Kind(Strength.MUST, False, 0)
            return
        bare = None if passage.item else describes(words)
        yield passage, Kind(Strength.MUST, False, bare.described if bare else None)


def _blanked(passage: Passage, wish: Wish) -> Passage:
    """The passage with a wish blanked out, so that positions stay what they are."""
    words = passage.text
    return replace(passage, text=words[: wish.mark] + " " * (wish.resumes - wish.mark) + words[wish.resumes :])


def _before_purpose(words: str, wish: Wish) -> tuple[int, int]:
    """The stretch of a wish without what people are wanted for behind it."""
    return wish.start, min(wish.end, end_of_description(words, wish.start))


def _is_must(passage: Passage, words: str) -> bool:
    if _PLACE_ONLY.search(words) or _WITH_A_PLEASE.search(words):
        return True
    if _WIDENS.search(words):
        return False
    if passage.item and (
        re.match(r"(?:it|there|everyone|all(?! (?:fe)?male\b| currently\b| work)|we)\b", words, re.I)
        or _ARRANGEMENTS.match(words)
    ):
        return False
    over = passage.label or passage.stem or (passage.heading if passage.item else "")
    if over and WHO_OVER.search(over) and not (passage.label and len(passage.label.split()) > 5):
        return True
    if passage.item:
        return bool(passage.heading and WHO_OVER.search(passage.heading))
    under_who = passage.heading and WHO_OVER.search(passage.heading) is not None
    if under_who and re.search(r"\bwho:?$", words):
        return True
    asks = _MUST.search(words) is not None
    if re.match(r"\s*for (?:anyone|those)\b", words, re.I):
        return False
    open_to = re.search(r"\b(?:anyone|open to)\b", words, re.I) is not None
    if _NOT_A_MUST.match(words) and not _ASKS.search(words) and not open_to:
        return False
    return asks and (bool(under_who) or open_to or _PERSON_DESCRIBED.search(words) is not None)


def _part(passage: Passage, start: int, end: int) -> Passage:
    words = passage.text[start:end]
    lead = len(words) - len(words.lstrip(" ,;-–"))
    body = words.strip(" ,;-–")
    first = passage.start + start + lead
    return replace(passage, text=body, start=first, end=first + len(body))


def wished_in(passage: Passage) -> Iterator[tuple[Passage, Kind]]:
    """The parts of a passage that say who would be nice to have."""
    kept = without_schedule(passage.text)
    if kept is None:
        return
    passage = _part(passage, *kept)
    words = passage.text
    start, stop = 0, len(words)
    if welcomed := _WELCOMED.match(words):
        stop = welcomed.end("who")
    elif hoped := _HOPED_FOR.match(words):
        start, stop = hoped.span("who")
    else:
        lead = _ENOUGH_OF.match(words) or _PREFER_LEAD.match(words)
        start = lead.end() if lead and lead.end() < len(words) - 2 else 0
        reason = REASON.search(words, start)
        stop = reason.start() if reason else stop
    for first, last in _pieces(words[:stop], start):
        piece = _part(passage, first, last)
        if len(piece.text) > 2:
            yield piece, Kind(Strength.PREFER, False)


def _pieces(words: str, start: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _SPLIT.finditer(words, start):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(words)
