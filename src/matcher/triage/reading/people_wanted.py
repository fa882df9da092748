"""How many people are wanted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from matcher.knowledge.number_words import NUMBER, as_number, exactly
from matcher.knowledge.numbers import CountFound, counts_in
from matcher.model import PeopleWanted
from matcher.triage.reading.criteria.asked_for import asked_for
from matcher.triage.reading.layout import Line, Passage
from matcher.triage.reading.text import Found, TextToRead

_OVER = re.compile(
    r"\bhow many|number(?: of)?(?: people| participants)?\b|people wanted|participants needed|places\b|"
    r"\bwanted\b",
    re.I,
)
_OVER_LABEL = re.compile(
    r"^(?:participants|attendees|respondents|interviewees|contributors|recruits|sample(?: size)?|quotas?|group "
    r"size|"
    r"numbers?)\W*$",
    re.I,
)
_WANTS = re.compile(
    r"\b(?:need\w*|looking (?:for|to)|seek\w*|want\w*|find(?:ing)?|recruit\w*|would like|we['’]d (?:like|"
    r"love)|love (?:half|to have)|invit\w*|hear from|speak (?:to|with)|talk to|evidence from|interview\w*|"
    r"room for|spaces? for|appoint\w*|host\w*|take on|i['’]?d (?:like|love)|(?:hold|have|do) [\w "
    r"-]{0,30}(?:conversations|"
    r"interviews) with|"
    r"have (?:\w+ )?(?:places|room|space)|places? (?:left|for)|still|up for|responses|left|casting|who['’]?re|"
    r"plus|after|do you (?:have|know)|is there|any chance of)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:so far|already|have (?:done|spoken|interviewed)|we['’]ve done|told us|last (?:year|time)|\bof whom|"
    r"tracked|survey(?:ed)? of|officials|commissioners|(?<!-)researchers|facilitators|a crew of|more than half|"
    r"in front of|audience of|alongside|in (?:five|ten)|out of|\d in \d+|clients?|staff\b)\b",
    re.I,
)
_EACH = re.compile(
    rf"\b(?P<n>{NUMBER}) (?:places |people |spaces |seats |participants )?(?:in|at|per|for|from) each\b", re.I
)
_HAS_ROOM = re.compile(r"\b(?:room|space|places|spaces|seats|people|participants)\b", re.I)
_OFFERS = re.compile(
    r"\b(?:have|has|got|are|offering|with|for|only|still|another|last|final) (?:just |about )?$", re.I
)
_SEATS = re.compile(r"(?:places?|spaces?|seats?|slots?)$", re.I)
_IN_PASSING = re.compile(r"\b(?:when|if|where|how|why|because|imagine) $", re.I)
_EACH_PLACE = re.compile(
    r"\b(?:in|at|for|from) each (?:site|place|county|region|venue|location|city|town|area)|(?:per|"
    r"each) (?:site|place|county|region|venue|location|workshop|area)|\d+ at each|\w+ in each (?:county|"
    r"region|city|place)",
    re.I,
)
_PER_PLACE = re.compile(
    r"\s*(?:\w+ ){0,3}(?:per|(?:in|at|for|from) each) (?:site|place|county|region|venue|location|city|town|"
    r"area|group|session|workshop)\b",
    re.I,
)
_GROUPS = re.compile(
    rf"\b(?P<groups>{NUMBER}) (?:x )?(?:\w+[ -]){{0,2}}(?:groups?|workshops?|sessions?|conversations?|discussions?|"
    rf"meetings?)(?:(?: of| for|[^.;]{{0,40}}?,? each (?:for|of|with)|[^.;]{{0,40}}?,? with) (?P<most>up to )?"
    rf"(?P<of>{NUMBER})(?: ?(?:-|–|to|or) ?(?P<to>{NUMBER}))?\b(?! ?(?:min|hour|day|week)))?",
    re.I,
)
_NUMBER_ONLY = re.compile(
    rf"^\W*(?:n ?= ?)?(?P<bound>up to|at least|about|around|max\w*|min\w*|"
    rf"between)?\s*(?P<low>{NUMBER})\s*(?:(?:-|–|to|"
    rf"or|and)\s*(?P<high>{NUMBER}))?(?:\s*\(?(?:max(?:imum)?|"
    rf"up to)\.? (?P<max>{NUMBER})\)?)?(?!\s*(?:minutes|mins|hours|%|years|months|weeks|miles|\+|(?:or|and) "
    rf"(?:over|above|older)))",
    re.I,
)
_TOTAL = re.compile(
    rf"(?P<n>{NUMBER}) (?:people |carers |workers )?(?:in all|all told|in total|altogether)\b", re.I
)
_HEAD_OF_SEATS = re.compile(r"[|:].*\b(?:places|spaces|seats|people|participants|room for|capacity)\W*$", re.I)
_LAST_CELL = re.compile(rf"[|:] *(?P<n>{NUMBER})$", re.I)
_UNTIL = re.compile(
    rf"\bone of (?:the |our )?(?P<of>{NUMBER})(?= (?:[\w-]+ ){{0,3}}(?:members?|people|care ?workers?|carers?)\b)|"
    rf"\b(?:when|until|once) we(?:['’]ve| have) (?:spoken to|interviewed|heard from|reached) (?P<n>{NUMBER})\b",
    re.I,
)
_ONE = r"someone|somebody|an? (?:[\w-]+ ){0,2}?(?:carer|care worker|home carer|worker|member)|one person"
_COUPLE = re.compile(
    rf"\b(?:(?P<few>a couple|a pair)(?P<three> or three)?|(?P<one>{_ONE}|"
    rf"one)(?P<two>[\w ]{{0,20}}?,? \(?(?:or (?:maybe |possibly |"
    rf"perhaps |even |ideally )?|ideally )"
    rf"two)?)\b",
    re.I,
)
_AT_EACH = re.compile(r"\s*(?:people |places |spaces )?(?:at|in|for|per) (?:each|every)\b", re.I)
_ROW_OF_PEOPLE = re.compile(
    rf"\S.*(?: [-–|:] |\t|, )\(?(?P<n>{NUMBER}) (?:people|places|spaces|participants|carers|care workers)\)?$", re.I
)
_BARE = re.compile(
    rf"\b(?:want|need|like|looking for|after|take|find|(?:speak|talk) (?:to|with)|hear from|interview|meet|"
    rf"invite) +"
    rf"(?:(?:just|about|around|another|a further) )?(?P<n>(?:up to )?{NUMBER})(?: ?(?:-|–|to|"
    rf"or) ?(?P<most>{NUMBER}))?"
    rf"(?=,|\W*$| or so\b| of (?:the|our) (?:{NUMBER} )?[a-z]+s\b| +(?:to (?:join|take|come|be|sit|help)|more\b|"
    rf"from|"
    rf"in|of (?:your|them|you)|who|please)\b)",
    re.I,
)
_IDEALLY = re.compile(rf",? \(?(?:or )?(?:ideally|preferably|maybe|possibly|perhaps|even) (?P<n>{NUMBER})\b", re.I)
_BESIDE = re.compile(
    rf"(?:,? and|,? plus)\s+(?:(?P<couple>a couple|a pair)\b|(?P<low>{NUMBER})(?:\s*(?:-|–|to|"
    rf"or)\s*(?P<high>{NUMBER}))?"
    r"(?= (?:[\w-]+ ){0,3}?(?:care workers?|carers?|workers?|managers?|people|women|men|assistants?|members?)\b|"
    r" (?:in|from|at|around|near) [A-Z]))",
    re.I,
)


_QUOTA = re.compile(rf"at least {NUMBER} (?:\w+ ){{0,2}}?(?:who|should|must|of (?:them|whom|these))\b", re.I)
"""“At least three people who work nights”: so many of those who are wanted."""
_ASIDE = re.compile(rf"[.;?!]|\b(?:including|of whom|who|{NUMBER})\b", re.I)


def people_wanted(text: TextToRead, occasions: int = 0) -> Found[PeopleWanted] | None:
    """The number asked for: from a labelled answer, groups times places, or the count that a wish governs.

    ``occasions`` is how many dated sessions were read: “15 at each” is for every one of them.
    """
    found = _first_way(_in_exact_words(text), occasions)
    if found is None:
        return None
    found = replace(found, value=replace(found.value, text=text.text[found.start : found.end]))
    if occasions < 2 or not _AT_EACH.match(text.text, found.end):
        return found
    each = found.value
    low, high = (None if bound is None else bound * occasions for bound in (each.min, each.max))
    return Found(PeopleWanted(low, high, False, each.text), found.start, found.end, sure=False)


def _first_way(text: TextToRead, occasions: int) -> Found[PeopleWanted] | None:
    return (
        _answered(text)
        or _listed(text)
        or _by_group(text)
        or _at_each_occasion(text, occasions)
        or _counted(text)
        or _one_or_two(text)
    )


def _in_exact_words(text: TextToRead) -> TextToRead:
    layouts = (
        replace(layout, passages=tuple(replace(one, text=exactly(one.text)) for one in layout.passages))
        for layout in text.layouts
    )
    return replace(text, layouts=tuple(layouts))


def _listed(text: TextToRead) -> Found[PeopleWanted] | None:
    """Groups that stand one below the other, each with its number (“Library - Tuesday 9 June - 6 people”)."""
    short = [line for line in text.lines if len(line.text) < 160]
    rows = [(line, match) for line in short if (match := _ROW_OF_PEOPLE.search(line.text))]
    rows = rows or list(_below_seats(short))
    if len(rows) < 2:
        return None
    total = sum(_whole(match["n"]) or 0 for _, match in rows)
    (first, begins), (last, ends) = rows[0], rows[-1]
    start, end = first.start + begins.start("n"), last.start + ends.end()
    return Found(PeopleWanted(total, total, False, f"{total} people"), start, end, sure=False)


def _below_seats(lines: Sequence[Line]) -> Iterator[tuple[Line, re.Match[str]]]:
    """The rows below a head whose last column is how many places there are."""
    head = next((at for at, line in enumerate(lines) if _HEAD_OF_SEATS.search(line.text)), len(lines))
    for line in lines[head + 1 :]:
        match = _LAST_CELL.search(line.text)
        if match is None:
            return
        yield line, match


def _wanted(
    passage: Passage, low: int | None, high: int | None, start: int, end: int, *, sure: bool = True
) -> Found[PeopleWanted]:
    per_place = _PER_PLACE.match(passage.text[end:]) is not None
    said = passage.text[start:end]
    return Found(PeopleWanted(low, high, per_place, said), passage.start + start, passage.start + end, sure)


def _answered(text: TextToRead) -> Found[PeopleWanted] | None:
    for passage in text.passages:
        labelled = _OVER.search(passage.label) or _OVER_LABEL.match(passage.label)
        if not (labelled or (_OVER.search(passage.heading) and not passage.item)):
            continue
        match = _NUMBER_ONLY.match(passage.text)
        if match and not passage.text[match.end() :].lstrip().startswith(("hour", "minute", "%")):
            low, high = _whole(match["low"]), _whole(match["max"] or match["high"] or match["low"])
            bound = (match["bound"] or "").lower()
            if bound.startswith(("up to", "max")):
                low = None
            elif bound.startswith(("at least", "min")) and not match["high"]:
                high = None
            return _wanted(
                passage, low, high, match.start("low") if low is not None else match.start(), match.end()
            )
        counts = counts_in(passage.text)
        if counts:
            best = counts[0]
            return _wanted(passage, best.minimum, best.maximum, best.start, best.end)
    return None


def _whole(words: str) -> int | None:
    value = as_number(words)
    return None if value is None else int(value)


def _by_group(text: TextToRead) -> Found[PeopleWanted] | None:
    """“four online focus groups … eight places in each” is 32, unless a total is said too."""
    each = next(((p, m) for p in text.passages for m in [_EACH.search(p.text)] if m), None)
    for passage in text.passages:
        if each_place := _in_each_place(text, passage):
            return each_place
        for match in _GROUPS.finditer(passage.text):
            size = _whole(match["of"]) if match["of"] else None
            groups = _whole(match["groups"]) or 0
            if (
                size is None
                and each
                and re.search(r"\b(?:places|people|spaces|seats)", each[1].group(), re.I)
                and not _EACH_PLACE.search(each[0].text)
            ):
                size = _whole(each[1]["n"])
            if size and 1 < groups < 50 and not counts_in(passage.text[: match.start()]):
                least, most = groups * size, groups * (_whole(match["to"] or "") or size)
                return _wanted(passage, None if match["most"] else least, most, *match.span(), sure=False)
    return None


def _in_each_place(text: TextToRead, passage: Passage) -> Found[PeopleWanted] | None:
    """“six to eight people in each place” times the number of groups or places, where that is said."""
    for count in counts_in(passage.text):
        each = _PER_PLACE.match(passage.text, count.end)
        said = [m["groups"] for p in text.passages for m in _GROUPS.finditer(p.text) if not m["of"]]
        number = _whole(said[0]) if said else None
        if each and number and 1 < number < 20 and count.maximum:
            low = count.minimum * number if count.minimum else None
            return _wanted(passage, low, count.maximum * number, count.start, each.end(), sure=False)
    return None


def _at_each_occasion(text: TextToRead, occasions: int) -> Found[PeopleWanted] | None:
    """“room for six in each” of the dated sessions."""
    for passage in text.passages if occasions > 1 else ():
        each = _EACH.search(passage.text)
        if each and _HAS_ROOM.search(passage.text[: each.end()]):
            total = (_whole(each["n"]) or 0) * occasions
            return _wanted(passage, total, total, *each.span(), sure=False)
    return None


def _counted(text: TextToRead) -> Found[PeopleWanted] | None:
    options: list[tuple[float, Found[PeopleWanted]]] = []
    for index, passage in enumerate(text.passages):
        if (total := _TOTAL.search(passage.text)) and asked_for(passage.text):
            number = _whole(total["n"])
            options.append((4.5, _wanted(passage, number, number, *total.span())))
        if bare := _BARE.search(passage.text):
            count = _ideally(passage.text, _bare_count(bare))
            points = 2.5 + ("more" in passage.text[bare.end() :][:5])
            options.append((points, _wanted(passage, count.minimum, count.maximum, count.start, count.end)))
        if until := _UNTIL.search(passage.text):
            number = _whole(until["n"] or until["of"])
            options.append((3.0, _wanted(passage, number, number, *until.span())))
        for count in map(partial(_ideally, passage.text), counts_in(passage.text)):
            points = _points(passage, count) - 0.01 * index
            sure = points > 2.5
            found = _with_others(passage, count.minimum, count.maximum, count.start, count.end, sure=sure)
            options.append((points, found))
    good = [option for option in options if option[0] >= 1.5]
    return max(good, key=lambda option: option[0])[1] if good else None


def _bare_count(bare: re.Match[str]) -> CountFound:
    """A number that stands for people without naming them: “I need two”."""
    number = bare["n"].lower().removeprefix("up to ")
    low = None if number != bare["n"].lower() else _whole(number)
    return CountFound(low, _whole(bare["most"] or number), *bare.span(), "")


def _ideally(words: str, count: CountFound) -> CountFound:
    """“one care worker, ideally two” is one to two."""
    more = _IDEALLY.match(words, count.end)
    most = _whole(more["n"]) if more else None
    if more is None or most is None or most <= (count.maximum or 0):
        return count
    return replace(count, maximum=most, end=more.end())


def _points(passage: Passage, count: CountFound) -> float:
    before, around = passage.text[: count.start], passage.text[max(0, count.start - 30) : count.end + 25]
    points = 1.0 + 2.0 * bool(
        _WANTS.search(before[-70:]) or re.match(r"\W*(?:left|who\b)", passage.text[count.end :])
    )
    points -= 2.0 * bool(_QUOTA.match(passage.text, count.start))
    points += 1.0 * bool(
        re.search(
            r"\b(?:care|carers?|workers?|participants?|people|responses|contributors|interviewees|members|"
            r"places left)",
            count.noun + around,
            re.I,
        )
    )
    points += 1.5 * bool(_SEATS.search(count.noun) and _OFFERS.search(before)) - 2.0 * bool(
        _IN_PASSING.search(before)
    )
    points += 1.0 * bool(
        re.search(
            r"looking for|who we (?:need|want|are after)|who we['’]re after|\bwe (?:want|need)|wanted", passage.over
        )
    )
    points += 0.5 * (not before.strip()) + 4.0 * bool(
        re.match(r"\s*(?:left|remaining|still (?:open|free))\b", passage.text[count.end :])
    )
    points -= 2.5 * bool(_DONE.search(passage.text[max(0, count.start - 40) : count.end + 12])) + 1.0 * bool(
        _EACH.search(around)
    )
    points -= 2.0 * bool(re.match(r"one each\b|two each\b", passage.text[count.start :], re.I))
    points -= (
        1.5 * bool(re.match(r"\s*(?:clients|staff|facilitators|agencies|minutes)", passage.text[count.end :]))
        + 1.5 * passage.item
    )
    return points


def _one_or_two(text: TextToRead) -> Found[PeopleWanted] | None:
    for passage in text.passages:
        for match in _COUPLE.finditer(passage.text):
            before = passage.text[: match.start()]
            if not _WANTS.search(before[-60:]) or before.endswith("to be ") or match.group().lower() == "one":
                continue
            low = 2 if match["few"] else 1
            high = 3 if match["three"] else 2 if match["two"] else low
            return _with_others(passage, low, high, match.start(), match.end(), sure=False)
    return None


def _with_others(
    passage: Passage, low: int | None, high: int | None, start: int, end: int, *, sure: bool = True
) -> Found[PeopleWanted]:
    """A count with those beside it: “six care workers and two seniors” is eight, each of the two another person."""
    others = _BESIDE.search(passage.text, end, end + 60)
    if others is None or re.search(
        r"[.;?!]|\b(?:including|of whom|"
        r"who)\b",
        passage.text[end : others.start()],
        re.I,
    ):
        return _wanted(passage, low, high, start, end, sure=sure)
    fewest = 2 if others["couple"] else _whole(others["low"])
    most = _whole(others["high"]) if others["high"] else fewest
    if fewest is None or most is None or fewest > 200:
        return _wanted(passage, low, high, start, end, sure=sure)
    both = (low + fewest if low is not None else None, high + most if high is not None else None)
    return _wanted(passage, *both, start, others.end(), sure=False)
