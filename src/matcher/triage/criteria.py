"""Who is wanted: musts, nice-to-haves and exclusions, on the fields of the schema or as words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.model import Anonymity, Criterion, CriterionField, Op, Strength
from matcher.triage.clauses import Clause, clauses_in, named_visa
from matcher.triage.exclusions import EXCLUDES, exclusions
from matcher.triage.implied import implied
from matcher.triage.layout import Passage
from matcher.triage.schedule import without_schedule
from matcher.triage.text import ASKS_FOR, LEFT_OPEN, Found, TextToRead
from matcher.triage.unsaid import unsaid
from matcher.triage.wanted import PERSON, asked_for, describes, end_of_description, must_be
from matcher.triage.wishes import Wish, wish_within

_BRACKETED_OUT = re.compile(r"\((?P<out>(?:not|no|excluding|except) [^)]{4,80})\)", re.I)
"""“(not a supervisor or manager)”: an exclusion within a requirement."""
_BACK_THERE = re.compile(
    r"\b(?:in|from|near|around) (?:(?:one|any|either) of )?(?:that|those|these|each|the (?:two|three|four)) "
    r"(?:\w+ )?(?:city|"
    r"cities|towns?|areas?|places?|count(?:y|ies)|regions?|boroughs?|locations?)\b|\bin (?:one of )?the (?:\w+ "
    r")?(?:boroughs|towns|cities|areas|places|counties|locations) (?:below|above|listed)\b",
    re.I,
)
_WHO_OVER = re.compile(
    r"\bif you(?:['’]re| are| have)?\W*$|\bwho\b(?! (?:we are|are we|is (?:running|doing|funding|behind|paying|"
    r"organising)|sees|will see|you are|"
    r"to contact|do i contact|pays))|\bcan i (?:join|take part|apply)|can take part|can (?:join|apply) if|"
    r"take part(?:\?| if)|you['’]?(?:ll|"
    r" will)? need to|\bneed to\b|\bmust\b|eligib|requirements|looking for|\bwe need\b|speak to you if"
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
    r"\b(?:ideally(?! (?:two|three|four|\d))|^at least (?:one|two|three|four|five|\d+) (?:should|must|of|"
    r"m[ae]n|wom[ae]n|who)|especially|particularly|in particular|a bonus|bonus (?:if|for|points)|prefer\w*|"
    r"even better|keen to hear|(?:would|['’]d) (?:really |particularly |especially )?(?:love|"
    r"like) (?:to hear from |a mix|to have|a mixture|people)|(?:should|would) like a mix\w*"
    r"|(?:['’]d|would|will) be (?:good|great|helpful|useful|lovely|nice|brilliant|interested|"
    r"keen|perfect|ideal|amazing|fab\w*|fantastic|wonderful)(?: to (?:have|hear))?|(?:love|like|want|need) at "
    r"least (?:one|two|three)\b|"
    r"very welcome|v welcome|welcome (?:someone|people|those)|short of|light on|"
    r"please don['’]t be shy|a mix of|mix\b|extra points|if possible|if you can choose|extremely keen|keen to|"
    r"love to hear from|also lgbt\w*|under-?represented)\b",
    re.I,
)
_NOT_PREFER = re.compile(
    r"\b(?:(?:one|two|three|few|any\w*|that|which) (?:\w+ ){0,3}would be|happy to|"
    r"help(?:ful)? if you could (?:share|send|pass|forward|circulate)|grateful|let me know|send (?:it|me|us)|"
    r"suggestions|lined up|done by|in place by|finished by|link\b|share (?:this|the link)|which we['’]d prefer|"
    r"a huge help|call|chat about)\b",
    re.I,
)
_POINTS_BACK = re.compile(
    r"\b(?:those|these|such) (?:tasks|things|jobs|duties|situations|problems|kinds|experiences)\b", re.I
)
_LISTED = re.compile(r"(?::|such as|for example|e\.g\.)\s+(?P<list>[^.;:()]{3,60},[^.;:()]{3,160})", re.I)
_NOT_A_MUST = re.compile(
    r"^\s*(?:i|we|it|this|there|they|copy|names?|please|if|the (?:study|inquiry|session|interview|"
    r"committee (?:is|has)|group|team)|our|nothing|everyone|happy|thank|alternatively|interviews?|one |"
    r"for the|contact|email|e-mail|call|send|for (?:anyone|those))\b",
    re.I,
)
_WIDENS = re.compile(
    r"\b(?:can (?:take part|join) too|does(?:n['’]t| not) matter|also welcome|no problem|(?:and|or) non-\w+)\b",
    re.I,
)
_WITH_A_PLEASE = re.compile(r"\b(?:at least|minimum|over|aged|only)\b.*\b(?:please|pls|plz)\W*$", re.I)
_REASON = re.compile(r"\s(?:(?:cos|because|as|since) (?:everyone|everybody|most|people|so many)|so far)\b", re.I)
_WISHED_OVER = re.compile(r"ideal(?:ly)?$|bonus|nice to have|prefer\w*$|desirable|even better|would be good", re.I)
_PERSON_DESCRIBED = re.compile(rf"\b{PERSON}\b.{{0,30}}\b(?:aged|over|under)\b", re.I)
_SUBJECT = re.compile(
    r"\b(?:talk\w*|speak\w*|chat\w*|conversations?|interviews?|discuss\w*|piece|story|study|research|survey|hear)\b"
    r"(?: (?:to|with) \w+)? about\b",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:looking|after|(?:hop\w+|try\w*|like|love|want|need|keen|able) to find|like to|need|want|recruit\w*|"
    r"seeking|finding|love|hear from|evidence from|"
    r"would like|must|"
    r"has to be|set(?:ting)? up|writing about)\b",
    re.I,
)
_WISHES = (
    r"ideally|especially|particularly|in particular|hear from|to have|bonus if|light on(?: is)?|short of|"
    r"keen to hear(?: from| it)?|welcome|love a mix|prefer\w*|we['’]d like|would like|keen"
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
_ENOUGH_OF = re.compile(r"^.*?\b(?:plenty|enough|lots) of [^,;.]*[,;] (?:so|but|and) ", re.I)
_SPLIT = re.compile(
    r";\s*|,?\s+and (?:from )?(?=(?:people|someone|anyone|those|somebody|one who|people['’]s|a )\b)|"
    r",\s*(?:and |or )?(?=(?:people|someone|somebody|anyone|those|men|women|younger|older|home care|one who|"
    r"a )\b)|\.\s+(?=[A-Z])",
    re.I,
)
_BLANKS = re.compile(r"\s+(?=[\s,;])")
"""What is left where a wish was taken out of a sentence."""
_FRAGMENT = re.compile(r"(?:some(?:body|one)|any(?:body|one)|a |an |those |people |men |women |also )", re.I)


@dataclass(frozen=True, slots=True)
class _Kind:
    strength: Strength
    excluded: bool
    described: int | None = None


def criteria_of(
    text: TextToRead,
    names: Sequence[str] = (),
    anonymity: Found[Anonymity] | None = None,
    places: Sequence[str] = (),
) -> tuple[Found[Criterion], ...]:
    """Every requirement, in the order of the text, without repeats; a place in one of ``names`` is none,
    and “in that city” means ``places``.

    What is implied elsewhere (``implied``) comes after them, and only on fields they leave open.
    """
    visa = named_visa(text.text)
    found: dict[tuple[str, ...], Found[Criterion]] = {}
    wishing, listed = False, ""
    for passage in text.passages:
        pieces = list(_preferred(passage)) if wishing and _FRAGMENT.match(passage.text) else list(_wanted(passage))
        if match := _LISTED.search(passage.text):
            listed = match["list"].strip()
        wishing = any(kind.strength is Strength.PREFER for _, kind in pieces)
        for piece, kind in pieces:
            for one in (*_criteria(piece, kind, visa, listed), *_back_there(piece, kind, places)):
                if not _in_a_name(one.value, piece.text, names):
                    found.setdefault(_key(one.value), one)
    settled = {one.value.field for one in found.values() if one.value.strength is Strength.MUST}
    if any(one.value.field is CriterionField.YEARS_IN_CARE and "care" in one.value.text for one in found.values()):
        settled.add(CriterionField.SETTING)
    beside = [one for one in implied(text, anonymity) if one.value.field not in settled]
    return tuple(_without_contradictions([*found.values(), *beside]))


def _spelt_out(words: str, listed: str) -> str:
    """“those tasks” with what they are, as listed before (“insulin, dressings and so on”)."""
    return f"{words} ({listed})" if listed and _POINTS_BACK.search(words) else words


def _back_there(passage: Passage, kind: _Kind, places: Sequence[str]) -> Iterator[Found[Criterion]]:
    """“live in that city” means the places already named."""
    match = _BACK_THERE.search(passage.text)
    if match and places and not kind.excluded:
        there = Criterion(kind.strength, CriterionField.PLACE, Op.ANY_OF, list(places), match.group())
        yield Found(there, passage.start + match.start(), passage.start + match.end(), sure=False)


def _in_a_name(criterion: Criterion, words: str, names: Sequence[str]) -> bool:
    if criterion.field is not CriterionField.PLACE or not isinstance(criterion.value, list):
        return False
    named = " ".join(name for name in names if name and name in words)
    return all(str(place) in named for place in criterion.value)


def _wanted(passage: Passage) -> Iterator[tuple[Passage, _Kind]]:
    """The passage, or its parts, as must, nice-to-have or exclusion; nothing when it asks for nobody."""
    aside = _BRACKETED_OUT.search(passage.text)
    if aside and aside.start() > 15:
        yield _part(passage, *aside.span("out")), _Kind(Strength.MUST, True)
        blank = " " * len(aside.group())
        passage = replace(passage, text=passage.text.replace(aside.group(), blank, 1))
    words = passage.text
    if passage.over and _NOT_OVER.search(passage.over) and (passage.item or len(words) < 160):
        if re.match(r"(?:they|the|you can|this|it|we)\b", words, re.I):
            return
        yield passage, _Kind(Strength.MUST, True)
        return
    cut = EXCLUDES.search(words)
    if cut:
        before = words[: cut.start()]
        if (
            len(before) > 25
            and _MUST.search(before)
            and not re.match(r"\s*(?:if|sorry|please|they|we)\b", before, re.I)
        ):
            yield _part(passage, 0, cut.start()), _Kind(Strength.MUST, False)
            passage = _part(passage, cut.start(), len(words))
        yield passage, _Kind(Strength.MUST, True)
        return
    if _WISHED_OVER.match(passage.label):
        yield from _preferred(passage)
        return
    wish = wish_within(words)
    if wish and (asked_for(words[: wish.start]) or _is_must(passage, words[: wish.start])):
        rest = _blanked(passage, wish)
        yield from _required(rest)
        yield from _preferred(_part(passage, *_before_purpose(words, wish)))
        return
    lead = _PREFER.search(words)
    if lead and not _NOT_PREFER.search(words):
        before = words[: lead.start()]
        if len(before) > 50 and _is_must(passage, before) and re.search(r"[,;–-]\s*(?:and )?$", before):
            yield _part(passage, 0, lead.start()), _Kind(Strength.MUST, False)
            yield from _preferred(_part(passage, lead.start(), len(words)))
        else:
            yield from _preferred(passage)
        return
    yield from _required(passage)


def _required(passage: Passage) -> Iterator[tuple[Passage, _Kind]]:
    """The passage, or the stretch of it that asks for people, as a must; nothing when it asks for nobody."""
    words = passage.text
    free = not passage.item and not (passage.label and _WHO_OVER.search(passage.label))
    stretch = asked_for(words) if free else None
    if stretch is None and not _is_must(passage, words):
        stretch = must_be(words)
    if stretch:
        part = _part(passage, stretch.start, stretch.end)
        described = max(0, passage.start + stretch.described - part.start)
        yield part, _Kind(Strength.MUST, False, described)
    elif _is_must(passage, words):
        bare = None if passage.item else describes(words)
        yield passage, _Kind(Strength.MUST, False, bare.described if bare else None)


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
    if passage.item and re.match(r"(?:it|there|everyone|all|we)\b", words, re.I):
        return False
    over = passage.label or passage.stem or (passage.heading if passage.item else "")
    if over and _WHO_OVER.search(over) and not (passage.label and len(passage.label.split()) > 5):
        return True
    if passage.item:
        return bool(passage.heading and _WHO_OVER.search(passage.heading))
    under_who = passage.heading and _WHO_OVER.search(passage.heading) is not None
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


def _preferred(passage: Passage) -> Iterator[tuple[Passage, _Kind]]:
    kept = without_schedule(passage.text)
    if kept is None:
        return
    passage = _part(passage, *kept)
    words = passage.text
    start, stop = 0, len(words)
    if welcomed := _WELCOMED.match(words):
        stop = welcomed.end("who")
    else:
        lead = _ENOUGH_OF.match(words) or _PREFER_LEAD.match(words)
        start = lead.end() if lead and lead.end() < len(words) - 2 else 0
        reason = _REASON.search(words, start)
        stop = reason.start() if reason else stop
    for first, last in _pieces(words[:stop], start):
        piece = _part(passage, first, last)
        if len(piece.text) > 2:
            yield piece, _Kind(Strength.PREFER, False)


def _pieces(words: str, start: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _SPLIT.finditer(words, start):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(words)


def _criteria(passage: Passage, kind: _Kind, visa: str, listed: str) -> Iterator[Found[Criterion]]:
    if kind.excluded:
        ruled_out = (
            f"{passage.label}: {passage.text}"
            if EXCLUDES.search(passage.text) and passage.label and not _WHO_OVER.search(passage.label)
            else passage.text
        )
        for ruled in exclusions(ruled_out):
            yield Found(ruled, passage.start, passage.end)
        return
    reason = (_REASON.search(passage.text) or _SUBJECT.search(passage.text)) if not passage.item else None
    clauses = clauses_in(passage.text[: reason.start()] if reason else passage.text, visa=visa)
    asked = _asked_of(passage, kind, clauses)
    for clause in clauses:
        criterion = Criterion(kind.strength, clause.field, clause.op, clause.value, asked)
        yield Found(criterion, passage.start + clause.start, passage.start + clause.end)
    for first, last in unsaid(passage, clauses, must=kind.strength is Strength.MUST, described=kind.described):
        words = passage.text[first:last]
        words = " ".join(words.split())
        criterion = Criterion(kind.strength, CriterionField.WORDS, Op.HAS, _spelt_out(words, listed), words)
        yield Found(criterion, passage.start + first, passage.start + last, sure=passage.item)


def _asked_of(passage: Passage, kind: _Kind, clauses: list[Clause]) -> str:
    """The requirement in its own words: without the asking before it and the marks that end an item."""
    words = passage.text
    lead = ASKS_FOR.match(words) if kind.strength is Strength.MUST and not passage.item else None
    if lead and clauses and lead.end() <= clauses[0].start:
        words = words[lead.end() :]
    return _BLANKS.sub("", LEFT_OPEN.sub("", words)).strip() or passage.text


def _key(criterion: Criterion) -> tuple[str, ...]:
    if criterion.field is CriterionField.WORDS:
        return (criterion.strength, criterion.field, str(criterion.value).lower())
    return (criterion.field, criterion.op, str(criterion.value))


def _without_contradictions(found: list[Found[Criterion]]) -> Iterator[Found[Criterion]]:
    """Of two musts on one single-valued field the first stands; a later, narrower nice-to-have stays."""
    seen: set[tuple[CriterionField, Op]] = set()
    single = {
        CriterionField.AGE,
        CriterionField.COUNTRY,
        CriterionField.GENDER,
        CriterionField.EMPLOYER_INVOLVED,
        CriterionField.MIGRATION_STATUS,
        CriterionField.SETTING,
        CriterionField.YEARS_IN_CARE,
        CriterionField.ANONYMITY,
    }
    for one in found:
        criterion = one.value
        key = (criterion.field, criterion.op)
        if criterion.strength is Strength.MUST and criterion.field in single:
            if key in seen:
                continue
            seen.add(key)
        yield one
