"""Years, role, employer, contract, kinds of care, setting, shifts and language against one criterion."""

import re
from collections.abc import Sequence
from datetime import date

from matcher.matching.facts import Facts, Mention
from matcher.matching.judgement import Evidence, Judgement, failed, met, said, unknown
from matcher.matching.kinds import (
    AGENCIES,
    AWAY_FROM_CARE,
    CONTRACTS,
    EMPLOYERS,
    HANDS_ON,
    PROVIDERS,
    ROLES,
    SETTINGS,
    SHIFTS,
    any_named,
    named,
)
from matcher.matching.question import Judge, Kinds, Question, asks
from matcher.matching.values import numbers_of, texts_of
from matcher.model import Criterion, Op


@asks("years")
def years_in_care(criterion: Criterion) -> Judge:
    """Whole years in home care, counted by calendar year; a start known only as a range stays open at its edge."""
    numbers = numbers_of(criterion.value) or numbers_of(criterion.text) or (0.0,)
    low, high = numbers[0], 99.0
    if criterion.op is Op.AT_MOST:
        low, high = 0.0, numbers[0]
    elif criterion.op is Op.BETWEEN:
        high = numbers[-1]

    def judge(facts: Facts, today: date) -> Judgement:
        known = years_of(facts, today)
        if known is None:
            return unknown("Years in home care not known")
        fewest, most = known
        piece = Evidence("", "start_year", str(facts.profile.start_year or facts.profile.start_year_latest))
        note = f"{_years(fewest)} in home care"
        if most < low or fewest > high:
            return failed(note, piece)
        if low <= fewest and most <= high:
            return met(note, piece)
        return unknown(f"{fewest} to {_years(most)} in home care", piece, degree=0.5)

    return judge


def years_of(facts: Facts, today: date) -> tuple[int, int] | None:
    """The fewest and the most whole years she may have been in home care; None when not known."""
    profile = facts.profile
    earliest = profile.start_year_earliest or profile.start_year
    latest = profile.start_year_latest or profile.start_year
    if earliest is None or latest is None:
        return None
    return max(0, today.year - latest), max(0, today.year - earliest)


def _years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"


@asks("roles")
def role(criterion: Criterion) -> Judge:
    """Her role. "Care worker" means any hands-on role; a team leader may be, so she is asked.

    Who is wanted for being employed by the person herself, or by nobody, is nobody's who works for a provider.
    """
    wanted = any_named(texts_of(criterion.value), ROLES)
    if criterion.op is Op.NONE_OF:
        # "self-employed carers" rules out no other carers: only what the requester's own phrase names counts
        wanted = (wanted & named(criterion.text, ROLES)) or wanted
    elif "care_worker" in wanted or (not wanted & HANDS_ON and named(criterion.text, ROLES) & HANDS_ON):
        # a phrase that also speaks of hands-on workers does not ask for managers instead
        wanted |= HANDS_ON
    refused = wanted | (AWAY_FROM_CARE - {"trainer"} if wanted & {"office", "manager"} else frozenset())

    def judge(facts: Facts, today: date) -> Judgement:
        have, shown = facts.roles, facts.profile.role
        if not shown or not have or not wanted:
            return unknown("Role not known" if not shown else "")
        piece = Evidence("", "role", shown)
        note = f"Works as {shown}"
        if criterion.op is Op.NONE_OF:
            return failed(note, piece) if have & refused else met(note, piece)
        if have & wanted:
            return met(note, piece)
        if wanted <= _WITHOUT_PROVIDER and have & HANDS_ON and facts.employed:
            return failed(f"{note}; {facts.profile.employer_type}", piece)
        near = wanted & HANDS_ON and have & (HANDS_ON | {"team_leader"})
        return unknown(note, piece, degree=0.4) if near else failed(note, piece)

    return judge


_WITHOUT_PROVIDER = frozenset({"personal_assistant", "self_employed_carer"})
_BY_PROVIDER = re.compile(r"(?<!self-)(?<!self )\b(?:employed|provider|compan|organisation)", re.IGNORECASE)


@asks("employers")
def employer_type(criterion: Criterion) -> Judge:
    """The kind of her employer; "employed by a provider" means any organisation, "agency" any company."""
    texts = texts_of(criterion.value)
    wanted = any_named(texts, EMPLOYERS)
    if "agency" in wanted:
        wanted |= AGENCIES
    if any(_BY_PROVIDER.search(text) for text in texts):
        wanted |= PROVIDERS if not wanted else frozenset()

    def judge(facts: Facts, today: date) -> Judgement:
        have, shown = facts.employers, facts.profile.employer_type
        if not shown or not have or not wanted:
            return unknown("Kind of employer not known" if not shown else "")
        piece = Evidence("", "employer_type", shown)
        if bool(have & wanted) != (criterion.op is Op.NONE_OF):
            return met(f"Works for: {shown}", piece)
        return failed(f"Works for: {shown}", piece)

    return judge


_EMPLOYED = re.compile(r"(?<!self-)(?<!self )\bemploy(?:ed|ee)|\bagency\b", re.IGNORECASE)


_ORGANISATION = re.compile(r"\b(?:provider|compan|organisation|agenc|council|charit|nhs)", re.IGNORECASE)


@asks("contracts")
def contract(criterion: Criterion) -> Judge:
    """How she is employed. Someone with a provider counts as employed unless she says self-employed.

    So does who is employed by a person or family, unless an organisation is asked for.
    """
    texts = texts_of(criterion.value)
    wanted = any_named(texts, CONTRACTS)
    if any(_EMPLOYED.search(text) for text in texts):
        wanted |= {"employed"}
    by_anybody = "employed" in wanted and not any(_ORGANISATION.search(text) for text in (*texts, criterion.text))

    def judge(facts: Facts, today: date) -> Judgement:
        if not wanted:
            return unknown()
        by_person = (
            by_anybody and "personal_employer" in facts.employers and not facts.contracts & {"self_employed"}
        )
        have = facts.contracts | ({"employed"} if facts.employed or by_person else frozenset())
        shown = facts.profile.contract_type or facts.profile.employer_type or facts.profile.hours
        if not have or not shown:
            return unknown("Contract not known")
        note, piece = _told_by(facts, have & wanted)
        fits = bool(have & wanted)
        if criterion.op is Op.NONE_OF:
            return failed(note, piece) if fits else met(note, piece)
        if fits:
            return met(note, piece)
        opposite = {"self_employed", "volunteer"} if "employed" in wanted else {"employed"}
        if wanted - {"employed", "self_employed", "volunteer"}:
            return unknown("Contract not known")
        return failed(note, piece) if have & opposite else unknown("Contract not known")

    return judge


def _told_by(facts: Facts, kinds: frozenset[str]) -> tuple[str, Evidence]:
    """The part of her record that tells of these kinds of contract, else of her employer."""
    profile = facts.profile
    for source, value in (
        ("contract_type", profile.contract_type),
        ("hours", profile.hours),
        ("role", profile.role),
    ):
        if value and kinds & named(value, CONTRACTS):
            return f"Contract: {value}", Evidence("", source, value)
    if profile.employer_type:
        return f"Works for: {profile.employer_type}", Evidence("", "employer_type", profile.employer_type)
    shown = profile.contract_type or profile.hours
    return f"Contract: {shown}", Evidence("", "contract_type" if profile.contract_type else "hours", shown)


def setting(criterion: Criterion) -> Question:
    """Where she works. Everyone here does home care unless her role or employer says a care home only.

    Living in is a way of working: it is on record like a shift.
    """
    return shift(criterion) if _is_living_in(criterion) else _setting(criterion)


def _is_living_in(criterion: Criterion) -> bool:
    texts = texts_of(criterion.value)
    return bool(texts) and all(named(text, SHIFTS) == {"live_in"} for text in texts)


@asks("settings")
def _setting(criterion: Criterion) -> Judge:
    wanted = any_named((*texts_of(criterion.value), criterion.text), SETTINGS)

    def judge(facts: Facts, today: date) -> Judgement:
        have = facts.settings
        if not wanted or (criterion.op is Op.NONE_OF and wanted == {"home_care"}):
            return unknown()  # everyone here does home care: a phrase that seems to rule it out was misread
        shown = facts.profile.role or "member"
        piece = Evidence("", "role", shown)
        if criterion.op is Op.NONE_OF:
            note = f"Works in {_plain(have)}"
            return failed(note, piece) if have <= wanted else met(note, piece)
        if have & wanted:
            return met(f"Works in {_plain(have & wanted)}", piece)
        if have == {"extra_care"} and "home_care" in wanted:
            return unknown("Works in extra care", piece, degree=0.5)
        return failed(f"Works in {_plain(have)}", piece)

    return judge


def _plain(kinds: frozenset[str]) -> str:
    return " and ".join(_SPOKEN_NAMES.get(kind, kind.replace("_", " ")) for kind in sorted(kinds))


_SPOKEN_NAMES = {
    "double_up": "double-ups",
    "live_in": "live-in",
    "sleep_in": "sleep-ins",
    "waking_night": "waking nights",
}


_OVERNIGHT = {"nights": 0.85, "waking_night": 0.7, "sleep_in": 0.7}
"""Overnight work of one kind where another is wanted: how well it counts. Plain "nights" may be either."""


def shift(criterion: Criterion) -> Question:
    """Nights, sleep-ins, live-in and so on, from her hours, kinds of care and words; "I won't" counts against."""
    wanted = any_named(texts_of(criterion.value), SHIFTS)
    overnight = bool(wanted & _OVERNIGHT.keys())

    def judge(facts: Facts, today: date) -> Judgement:
        works = [m for m in facts.shifts if not m.denied and m.kind in wanted]
        near = [m for m in facts.shifts if overnight and not m.denied and m.kind in _OVERNIGHT]
        denied = [m for m in facts.shifts if m.denied and m.kind in wanted]
        if criterion.op is Op.NONE_OF:
            return failed("Works these shifts", *(m.evidence() for m in works[:2])) if works else unknown()
        if works or (near and "nights" in wanted | {m.kind for m in near}):
            return _works(works or near, 1.0 if works else max(_OVERNIGHT[m.kind] for m in near))
        if denied:
            return failed("Says they do not", denied[0].evidence(), by="words")
        close = near or [m for m in facts.shifts if overnight and not m.denied and m.kind == "live_in"]
        return unknown("Shifts not known", *(m.evidence() for m in close[:1]), degree=0.4 if close else 0.0)

    kinds = wanted | _OVERNIGHT.keys() | {"live_in"} if overnight else wanted
    return Question(judge, kinds=(Kinds("shifts", frozenset(kinds), "shifts"),))


def _works(mentions: Sequence[Mention], degree: float) -> Judgement:
    note = f"Works {_plain(frozenset(mention.kind for mention in mentions))}"
    evidence = [mention.evidence() for mention in mentions[:3]]
    if any(mention.source in ("care_types", "role", "hours") for mention in mentions):
        return met(note, *evidence, degree=degree)
    return said(note, *evidence, degree=0.75 * degree)


_LANGUAGE = re.compile(r"[^\W\d_]+")
_SOME = re.compile(r"\b(?:some|bit|little|learning|basic|conversational)\b", re.IGNORECASE)


def language(criterion: Criterion) -> Question:
    """A language she speaks; "some Welsh" or "learning Welsh" counts half."""
    spoken_of = " ".join(re.sub(r"\(.*?\)", "", text) for text in texts_of(criterion.value))
    wanted = {word.lower() for word in _LANGUAGE.findall(spoken_of)}

    def is_wanted(spoken: str) -> bool:
        return any(word.lower() in wanted for word in _LANGUAGE.findall(spoken))

    def judge(facts: Facts, today: date) -> Judgement:
        found = [spoken for spoken in facts.profile.languages if is_wanted(spoken)]
        for spoken in sorted(found, key=lambda language: _SOME.search(language) is not None):
            piece = Evidence("", "languages", spoken)
            return met(f"Speaks {spoken}", piece, degree=0.5 if _SOME.search(spoken) else 1.0)
        if not facts.profile.languages:
            return unknown("Languages not known")
        return failed(f"Speaks {', '.join(facts.profile.languages)}")

    return Question(judge, ("has_languages",), (Kinds("languages", is_wanted, "listed"),))
