"""How old and how long in the work people are to be, from the words of a requirement."""

import re
from collections.abc import Iterator

from matcher.knowledge.number_words import AT_LEAST, AT_MOST, NUMBER, as_number
from matcher.model import CriterionField, Op
from matcher.triage.reading.criteria.clause import Clause

_AGE_RANGE = re.compile(
    r"\b(?:aged?|ages|between|from)\s+(?:the ages of )?(\d\d)\s*(?:-|–|to|and)\s*(\d\d)\b(?! (?:min|people|"
    r"hours|%))(?!\s*[-–])",
    re.I,
)
_AGE_FROM = re.compile(
    r"\b(?:aged? )?(?:at least )?(?<!£)(?<![\d.])(1[6-9]|[2-7]\d)\s*(?:\+|(?:years? (?:old )?)?(?:or|"
    r"and) (?:over|older|above)|plus\b)(?! (?:years|min|hours|miles))"
    r"|\b(?:aged?|be|is|are) (?:at least|over) (\d\d)(?!\d| ?(?:years?|yrs?)['’]? (?:in|of|exp)| ?(?:miles|"
    r"hours|minutes|%))|\b(?:wom[ae]n|m[ae]n|people|carers|workers) over (\d\d)\b(?! ?(?:years|hours|miles))",
    re.I,
)
_ONE_OF_THEM = re.compile(r"\b(?:one|some|half|at least \w+|and) (?:is |aged )?$", re.I)
_AGE_TO = re.compile(
    r"(?<!£)(?<![\d.])\b(\d\d)\s*(?:years? (?:old )?)?(?:or|and) (?:under|younger|below)\b|"
    r"\b(?:aged )?(?P<under>under|younger than)(?: the age of)? (\d\d)s?\b(?! ?(?:hours|minutes|miles|staff|"
    r"%))|\baged up to (\d\d)\b",
    re.I,
)
_YEARS = re.compile(
    rf"(?:(?P<most>{AT_MOST})\s+)?"
    rf"(?P<n>{NUMBER}|(?<=over )an?|(?<=than )an?|(?<=least )an?)"
    rf"(?:\s*(?:-|–|to)\s*(?P<high>{NUMBER}))?\+?\s*(?P<unit>years?|yrs?|months?)['’]?"
    r"(?P<tail>(?:\s+(?:or more|or longer|plus|minimum|and over))?[^.;,]{0,40}?(?<!-)\b(?:in (?:home ?care|"
    r"care|role|post|"
    r"the (?:job|sector|role|field|work)|domiciliary|social care|your|their)"
    r"|experience|of (?:home ?care|care|working|experience)|"
    r"(?:of it )?behind (?:them|you|her|him)\b|(?:of it )?under (?:their|your|her|his) belt|"
    r"as a (?:\w+ )?(?:\w+ )?(?:carer|care worker)|working|service))",
    re.I,
)
_FOR_YEARS = re.compile(
    rf"\b(?:been|done|doing|worked|in (?:it|the job))\b[^.;,]{{0,40}}?\b{AT_LEAST} "
    rf"(?P<m>{NUMBER}|an?) (?P<period>years?|yrs?|months?)\b|\b(?:work\w*|been|car(?:er|ing)|"
    rf"employed)\b[^.;,]{{0,60}}\bfor (?:{AT_LEAST} |(?P<most>{AT_MOST} ))?(?P<n>{NUMBER}|an?)\+?\s*"
    r"(?P<unit>years?|yrs?|months?)\b",
    re.I,
)
_YEARS_OR_MORE = re.compile(
    rf"(?P<n>{NUMBER})\+?\s*(?P<unit>years?|yrs?|months?)['’]?,? "
    r"(?:plus|or (?:more|longer|over|less|under|fewer)|minimum|and over)\b",
    re.I,
)
_IN_THIS_ROLE = re.compile(r"\b(?:current|present|this|same) (?:job|role|post|employer)|\bin (?:role|post)\b", re.I)
_OR_LESS = re.compile(r",? or (?:less|under|fewer)\b|,? (?:maximum|max|at most)\b", re.I)
_IN_THE_WORK = re.compile(r"\b(?:experience|role|job|post|care|working|worked|doing)\b", re.I)


def number(text: str) -> float | int | None:
    """A number in figures or words, whole when it is; None when it is none."""
    value = as_number(text)
    return None if value is None else int(value) if value == int(value) else value


def _unit_of(match: re.Match[str]) -> str:
    return "unit" if match["unit"] else "period"


def age(phrase: str) -> Iterator[Clause]:
    """The ages that a requirement sets a range or a bound for."""
    between = _AGE_RANGE.search(phrase)
    if between and re.search(r"\bage|years?[- ]olds?\b", phrase, re.I):
        yield Clause(CriterionField.AGE, Op.BETWEEN, [int(between[1]), int(between[2])], *between.span())
        return
    if lowest := _AGE_FROM.search(phrase):
        yield Clause(CriterionField.AGE, Op.AT_LEAST, int(lowest[1] or lowest[2] or lowest[3]), *lowest.span())
    highest = _AGE_TO.search(phrase)
    if highest and not _ONE_OF_THEM.search(phrase[: highest.start()]):
        value = int(highest[1] or highest[3] or highest[4]) - (1 if highest["under"] else 0)
        yield Clause(CriterionField.AGE, Op.AT_MOST, value, *highest.span())


def years(phrase: str) -> Iterator[Clause]:
    """How long somebody is to have done the work, in years, or in months where it is about their role now."""
    match = _YEARS.search(phrase) or _FOR_YEARS.search(phrase)
    if match is None and _IN_THE_WORK.search(phrase):
        match = _YEARS_OR_MORE.search(phrase)
    if match is None or re.search(
        r"\b(?:next|last|past|within|left)\b[^.;,]{0,25}$", phrase[: match.start()] + (match["n"] or ""), re.I
    ):
        return
    groups = match.groupdict()
    said = groups["n"] or groups["m"]
    amount = 1 if said.lower() in ("a", "an") else number(said)
    if amount is None:
        return
    months = (groups["unit"] or groups["period"]).lower().startswith("month")
    if months and _IN_THIS_ROLE.search(phrase):
        yield Clause(CriterionField.MONTHS_IN_ROLE, Op.AT_LEAST, amount, *match.span())
        return
    value = round(amount / 12, 2) if months else amount
    most = groups.get("most") or _OR_LESS.match(phrase, match.end(_unit_of(match)))
    op = Op.AT_MOST if most else Op.AT_LEAST
    high = number(groups["high"]) if groups.get("high") else None
    if high is not None:
        yield Clause(CriterionField.YEARS_IN_CARE, Op.BETWEEN, [value, high], *match.span())
    else:
        yield Clause(CriterionField.YEARS_IN_CARE, op, value, *match.span())
