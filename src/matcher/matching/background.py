"""Age, gender, ethnicity and migration status: judged only from what she allows to be used.

A field counts only when its use is permitted (otherwise the profile does not hold it); a plain statement in her
own words counts, to be checked with her, unless she refused the use of that field.
"""

import re
from collections.abc import Callable
from datetime import date

from matcher.matching.facts import AgeRange, Facts, Mention
from matcher.matching.judgement import Evidence, Judgement, Status, failed, met, said, unknown
from matcher.matching.kinds import ETHNICITIES, GENDERS, STATUSES, Table, any_named, named
from matcher.matching.question import Judge, asks
from matcher.matching.values import numbers_of, texts_of
from matcher.model import Criterion, Op

_MINORITIES = frozenset({"white_minority", "black", "asian", "mixed", "arab"})

_ABROAD = frozenset(STATUSES.phrases) - {"british"}
_EVER = re.compile(
    r"\b(?:used to|former(?:ly)?|(?:has|have|had) been|held|ever|at any (?:point|time)|previously|once)\b",
    re.IGNORECASE,
)
"""Asking also for what somebody was: who is settled today may have come on a work visa."""


@asks("ages")
def age(criterion: Criterion) -> Judge:
    """An age in whole years: ``at_least``, ``at_most``, ``between``; a range of years she may be in is compared."""
    low, high = _age_bounds(criterion)

    def judge(facts: Facts, today: date) -> Judgement:
        known = facts.age(today)
        if known.low > high or known.high < low:
            return failed(_age_sentence(known), *known.evidence, by=known.by)
        if low <= known.low and known.high <= high:
            note = _age_sentence(known)
            return met(note, *known.evidence) if known.by == "field" else said(note, *known.evidence, degree=1.0)
        note = "Age not known" if known.open_ended else _age_sentence(known)
        return unknown(note, degree=known.overlap(low, high))

    return judge


def _age_bounds(criterion: Criterion) -> tuple[int, int]:
    found = numbers_of(criterion.value) or numbers_of(criterion.text)
    if not found:
        return 0, 120
    first, last = int(found[0]), int(found[-1])
    match criterion.op:
        case Op.AT_MOST:
            return 0, first
        case Op.BETWEEN:
            return first, last
        case Op.IS | Op.ANY_OF if len(found) > 1:
            return min(first, last), max(first, last)
        case _:
            return first, 120


def _age_sentence(known: AgeRange) -> str:
    if known.low == known.high:
        return f"Aged {known.low}"
    if known.high >= AgeRange.OLDEST:
        return f"At least {known.low}"
    if known.high == AgeRange.OLDEST - 1:
        return f"Aged {known.low} or over"
    return f"Aged {known.low} to {known.high}"


@asks("gender")
def gender(criterion: Criterion) -> Judge:
    """The gender she gave, or plainly states ("being a bloke of 27")."""
    return _kind_test(
        criterion, GENDERS, "gender", lambda facts: facts.profile.gender, lambda facts: facts.gender_said, "Gender"
    )


@asks("ethnicity")
def ethnicity(criterion: Criterion) -> Judge:
    """The ethnicity she gave; "minority ethnic" means any but the white majority."""
    wanted = any_named(texts_of(criterion.value), ETHNICITIES)
    wanted = (wanted - {"minority"}) | _MINORITIES if "minority" in wanted else wanted

    def judge(facts: Facts, today: date) -> Judgement:
        value = facts.profile.ethnicity
        if not value or not wanted:
            return unknown("Ethnicity not known")
        piece = Evidence("", "ethnicity", value)
        good = bool(named(value, ETHNICITIES) & wanted) != (criterion.op is Op.NONE_OF)
        return met(f"Ethnicity: {value}", piece) if good else failed(f"Ethnicity: {value}", piece)

    return judge


@asks("migration")
def migration_status(criterion: Criterion) -> Judge:
    """Visa history. A record of British or settled status rules a work visa out; silence never does."""
    wanted = any_named((*texts_of(criterion.value), criterion.text), STATUSES)
    wanted = wanted | _ABROAD if "from_abroad" in wanted else wanted
    ever = any(_EVER.search(text) for text in (*texts_of(criterion.value), criterion.text))

    def judge(facts: Facts, today: date) -> Judgement:
        value = facts.profile.migration_status
        if value:
            piece = Evidence("", "migration_status", value)
            have = named(value, STATUSES)
            if bool(have & wanted) != (criterion.op is Op.NONE_OF):
                return met(value, piece)
            if ever and have & _ABROAD and criterion.op is not Op.NONE_OF:
                now = _status_said(facts, wanted)
                return now if now.status is Status.MET else unknown(f"Now {value}", piece, degree=0.4)
            return failed(f"Status given as {value}", piece) if have else unknown(f"Status given as {value}", piece)
        return _status_said(facts, wanted)

    return judge


def _status_said(facts: Facts, wanted: frozenset[str]) -> Judgement:
    mentions = facts.status_said
    fitting = [m for m in mentions if m.kind in wanted and m.kind != "from_abroad"]
    if fitting:
        return said("Their own words suggest it", *(m.evidence() for m in fitting[:2]), degree=0.85)
    abroad = [m for m in mentions if m.kind in _ABROAD]
    if abroad and wanted & _ABROAD:
        if wanted >= _ABROAD:
            return said("Says they came from abroad", abroad[0].evidence(), degree=0.85)
        return unknown("Came from abroad; status not known", abroad[0].evidence(), degree=0.4)
    return unknown("Migration status not known")


def _kind_test(
    criterion: Criterion,
    table: Table,
    field: str,
    value_of: Callable[[Facts], str | None],
    said_by: Callable[[Facts], tuple[Mention, ...]],
    label: str,
) -> Judge:
    wanted = any_named(texts_of(criterion.value), table)

    def judge(facts: Facts, today: date) -> Judgement:
        value = value_of(facts)
        if not wanted:
            return unknown()
        if value and (have := named(value, table)):
            good = bool(have & wanted) != (criterion.op is Op.NONE_OF)
            note = f"{label}: {value}"
            return met(note, Evidence("", field, value)) if good else failed(note, Evidence("", field, value))
        for mention in said_by(facts):
            if (mention.kind in wanted) != (criterion.op is Op.NONE_OF):
                return said("Says so in their own words", mention.evidence())
        return unknown(f"{label} not known")

    return judge
