"""Musts that a request says outside its list of who is wanted: in a label, in passing, or by what will be shown."""

import re
from collections.abc import Iterator
from dataclasses import replace

from matcher.knowledge.number_words import NUMBER
from matcher.knowledge.places import places_in
from matcher.model import Anonymity, Criterion, CriterionField, Op, Strength
from matcher.triage.reading.criteria.clause import Clause, Value
from matcher.triage.reading.criteria.fields import clauses_in
from matcher.triage.reading.layout import Passage
from matcher.triage.reading.text import Found, TextToRead

_WHERE = re.compile(r"^(?:where|location|area|areas|regions?|country|based|place|geography|coverage)\b", re.I)
_QUOTA = re.compile(rf"(?:{NUMBER}|\bone each) (?:in |from |each (?:in|from) )?@", re.I)
"""“5 England, 3 Scotland”: how many from each place."""
_ONLY_PLACES = re.compile(
    r"^@(?:(?:,| or| and|/)* @)*(?: (?:or|and) (?:(?:any|some)where )?(?:near|around|nearby)(?:by)?| area| way|"
    r" only|,? please)+"
    r"\W*$",
    re.I,
)
"""“Lincoln or anywhere near”: a sentence of places (@) alone."""
_PLACES = frozenset({CriterionField.PLACE, CriterionField.REGION, CriterionField.COUNTRY})
_ANYWHERE = re.compile(r"(?<!from )\banywhere (?P<where>(?:in|across|within) [^.;!?]{2,90})", re.I)
_HOME_CARERS = re.compile(
    r"\b(?:home[- ]?care(?: support)? (?:workers?|staff|assistants?|workforce)|home ?carers?|homecarers?|"
    r"domiciliary (?:care )?"
    r"(?:workers?|staff|carers?)|(?:paid |front[- ]?line )?homecare workers?|in home ?care\b)",
    re.I,
)
_HOME_CARE = re.compile(rf"{_HOME_CARERS.pattern}|\b(?:home care|homecare|care at home|domiciliary)\b", re.I)
_YOUR_CARERS = re.compile(r"\b(?:your (?:\w+ )?|(?:an?|any|some) )(?:carers?|care ?workers?)\b", re.I)
"""Whoever writes to a network of home carers of “your carers”, and of no other place of work, means those."""
_OTHER_SETTINGS = re.compile(
    r"\b(?:care homes?|residential|supported living|nursing homes?|(?-i:adult social care))\b", re.I
)
_EMPLOYER_AGREES = re.compile(
    r"\b(?:need|must|ha(?:s|ve) to|would have to|require[sd]?|as long as|provided|"
    r"with)\b[^.;]{0,60}\b(?:employer|boss|"
    r"manager|company|agency|press office)\b[^.;]{0,40}\b(?:permission|agree\w*|consent\w*|ok|okay|approv\w+|"
    r"sign)\b|"
    r"\b(?:employer|boss|manager|company|agency)(?:e?s)? (?:(?:would|will|must|also) )*(?:(?:need|have|has)s? to )?"
    r"(?:know|agree|ok|approve|give (?:\w+ ){0,2}(?:permission|consent|agreement)|be (?:ok|okay|happy|told|"
    r"aware))\b",
    re.I,
)
_MAY_BE_NAMED = frozenset({Anonymity.NAMED, Anonymity.ON_CAMERA})


def implied(text: TextToRead, anonymity: Found[Anonymity] | None) -> Iterator[Found[Criterion]]:
    """Where, from a labelled answer; home care, from what the people are called; the employer's yes; being "
    "named."""
    for passage in text.passages:
        if _WHERE.match(passage.label) and len(passage.text) < 90:
            yield from (_must(passage, clause) for clause in clauses_in(passage.text) if clause.field in _PLACES)
        if len(_QUOTA.findall(_without_places(passage.text))) > 1:
            yield from (_must(passage, clause) for clause in clauses_in(passage.text) if clause.field in _PLACES)
        if _ONLY_PLACES.search(_without_places(passage.text)):
            yield from (_must(passage, clause) for clause in clauses_in(passage.text) if clause.field in _PLACES)
        if anywhere := _ANYWHERE.search(passage.text):
            here = replace(passage, text=anywhere["where"], start=passage.start + anywhere.start("where"))
            yield from (_must(here, clause) for clause in clauses_in(here.text) if clause.field in _PLACES)
    home_care = _HOME_CARERS if _OTHER_SETTINGS.search(text.text) else _HOME_CARE
    at_home = list(_first(text, home_care, CriterionField.SETTING, Op.ANY_OF, ["home care"]))
    if not at_home and not _OTHER_SETTINGS.search(text.text):
        at_home = list(_first(text, _YOUR_CARERS, CriterionField.SETTING, Op.ANY_OF, ["home care"]))
    yield from at_home
    yield from _first(text, _EMPLOYER_AGREES, CriterionField.EMPLOYER_INVOLVED, Op.IS, True)
    if anonymity and anonymity.value in _MAY_BE_NAMED and anonymity.end > anonymity.start:
        said = text.text[anonymity.start : anonymity.end]
        shown = Criterion(Strength.MUST, CriterionField.ANONYMITY, Op.IS, anonymity.value.value, said)
        yield Found(shown, anonymity.start, anonymity.end, sure=False)


def _without_places(words: str) -> str:
    for place in reversed(places_in(words)):
        words = words[: place.start] + "@" + words[place.end :]
    return words


def _first(
    text: TextToRead, pattern: re.Pattern[str], field: CriterionField, op: Op, value: Value
) -> Iterator[Found[Criterion]]:
    for passage in text.passages:
        if match := pattern.search(passage.text):
            yield _must(passage, Clause(field, op, value, *match.span()), sure=False)
            return


def _must(passage: Passage, clause: Clause, *, sure: bool = True) -> Found[Criterion]:
    said = passage.text[clause.start : clause.end]
    criterion = Criterion(Strength.MUST, clause.field, clause.op, clause.value, said)
    return Found(criterion, passage.start + clause.start, passage.start + clause.end, sure)
