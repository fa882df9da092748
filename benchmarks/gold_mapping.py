"""The published mapping between the graded examples' vocabulary and the brief schema (docs/brief.md)."""

import re
from collections.abc import Mapping
from typing import Any

from matcher.model import Anonymity, CriterionField, Format

REGIONS = frozenset(
    (
        "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands", "East of England",
        "London", "South East", "South West", "Wales", "Scotland", "Northern Ireland",
    )
)  # fmt: skip

_FORMATS: tuple[tuple[Format, str], ...] = (
    (Format.TRIAL, r"trial"),
    (Format.DIARY, r"diary|diaries"),
    (Format.FOCUS_GROUP, r"focus group|discussion group"),
    (Format.SURVEY, r"survey|questionnaire|poll"),
    (Format.ORAL_EVIDENCE, r"oral evidence|evidence session|witness"),
    (Format.WRITTEN_EVIDENCE, r"written evidence|call for evidence|submission"),
    (Format.ADVISORY_GROUP, r"advisory|steering|lived.experience (?:group|panel)|reference group|co-?research"),
    (Format.CO_DESIGN, r"co-?design|co-?production|workshop|user (?:test|research)"),
    (Format.ROUNDTABLE, r"roundtable|round table|visit|meeting|listening"),
    (Format.PODCAST, r"podcast"),
    (Format.LIVE_BROADCAST, r"\blive\b"),
    (Format.RECORDED_BROADCAST, r"documentary|film|broadcast|\btv\b|television|radio|pre-?record"),
    (Format.PRINT, r"quote|article|print|newspaper|magazine|feature|case stud|blog"),
    (Format.EVENT, r"event|conference|panel|webinar|speaker|talk"),
    (Format.INTERVIEW, r"interview|conversation|call|chat"),
)  # fmt: skip

_ANONYMITIES: dict[str, Anonymity] = {
    "anonymous": Anonymity.ANONYMOUS,
    "pseudonym": Anonymity.PSEUDONYM,
    "first name": Anonymity.FIRST_NAME,
    "named": Anonymity.NAMED,
    "on camera": Anonymity.ON_CAMERA,
    "on-camera": Anonymity.ON_CAMERA,
    "not stated": Anonymity.NOT_STATED,
}

_FIELDS: dict[str, CriterionField] = {
    "country": CriterionField.COUNTRY,
    "age": CriterionField.AGE,
    "gender": CriterionField.GENDER,
    "ethnicity": CriterionField.ETHNICITY,
    "years_in_home_care": CriterionField.YEARS_IN_CARE,
    "years_in_care": CriterionField.YEARS_IN_CARE,
    "months_in_role": CriterionField.MONTHS_IN_ROLE,
    "language": CriterionField.LANGUAGE,
    "immigration_status": CriterionField.MIGRATION_STATUS,
    "role": CriterionField.ROLE,
    "employment_type": CriterionField.CONTRACT,
    "contract": CriterionField.CONTRACT,
    "employer_type": CriterionField.EMPLOYER_TYPE,
    "setting": CriterionField.SETTING,
    "shift_pattern": CriterionField.SHIFT,
    "client_group": CriterionField.CARE_TYPE,
    "care_type": CriterionField.CARE_TYPE,
    "availability": CriterionField.AVAILABILITY,
}
_OPS = {
    "includes": "any_of", "in": "any_of", "any_of": "any_of", "not_in": "none_of", "is": "is", "gte": "at_least",
    "lte": "at_most", "gt": "at_least", "lt": "at_most", "has": "has", "between": "between",
}  # fmt: skip
_SHIFTS = {
    "waking night": "nights",
    "night": "nights",
    "waking nights": "nights",
    "day": "days",
    "sleep-ins": "sleep-in",
}
_AGREES = re.compile(r"\b(?:agrees?|approv\w+|yes|consent|permission|know)\b", re.I)


def format_of(name: str | None) -> str:
    """A format of the examples as ours; the first that fits, ``other`` when none does."""
    words = name or ""
    return next((ours.value for ours, pattern in _FORMATS if re.search(pattern, words, re.I)), Format.OTHER.value)


def anonymity_of(name: str | None) -> str:
    """An anonymity of the examples as ours."""
    return _ANONYMITIES.get((name or "not stated").lower(), Anonymity.NOT_STATED).value


def must_of(eligibility: Mapping[str, Any]) -> dict[str, Any]:
    """One eligibility rule of the examples as a criterion: on a field of ours where there is one, else as words."""
    field, value, text = str(eligibility["field"]), eligibility["value"], str(eligibility.get("text") or "")
    op = _OPS.get(str(eligibility["op"]), "has")
    if field == "employer" and _AGREES.search(str(value)):
        return _criterion("employer_involved", "is", True, text)
    if field == "consent":
        on_camera = re.search(r"film|camera|screen", str(value), re.I)
        return _criterion("anonymity", "is", "on_camera" if on_camera else "named", text)
    if field == "region":
        named = _listed(value)
        ours = CriterionField.REGION if set(named) <= REGIONS else CriterionField.PLACE
        return _criterion(ours.value, "any_of", named, text)
    if field == "place":
        return _criterion("place", "any_of", _listed(value), text)
    if field == "experience" and op == "has":
        return _criterion("experience", "has", _words(value), text)
    if field not in _FIELDS:
        return _criterion(
            "words", "none_of" if op == "none_of" else "has", _spoken(value, op), text or _words(value)
        )
    if field == "gender":
        return _criterion("gender", "is", "woman" if re.match(r"wom|female", str(value)) else "man", text)
    if field == "shift_pattern":
        value = [_SHIFTS.get(str(one), str(one)) for one in _listed(value)]
    if op in ("any_of", "none_of"):
        value = _listed(value)
    return _criterion(_FIELDS[field].value, "is" if op == "has" else op, value, text)


def _spoken(value: object, op: str) -> object:
    return _listed(value) if op == "none_of" else _words(value)


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _words(value: object) -> str:
    return ", ".join(_listed(value))


def _criterion(field: str, op: str, value: object, text: str) -> dict[str, Any]:
    if field == "words" and op == "has" and text:
        value = text
    return {"strength": "must", "field": field, "op": op, "value": value, "text": text}


def excluded(phrase: str) -> dict[str, Any]:
    """An exclusion of the examples as a must that none of it holds."""
    return {"strength": "must", "field": "words", "op": "none_of", "value": [phrase], "text": phrase}


def preferred(phrase: str) -> dict[str, Any]:
    """A preference of the examples as a nice-to-have in words."""
    return {"strength": "prefer", "field": "words", "op": "has", "value": phrase, "text": phrase}


def brief_from_truth(truth: Mapping[str, Any]) -> dict[str, Any]:
    """The correctly filled brief of a request whose facts are known, as ``log --brief`` takes it."""
    audiences = {"policy", "academic", "media", "sector", "own"}
    payment = truth["payment"]
    return {
        "title": truth["title"],
        "audience": truth["audience"] if truth["audience"] in audiences else "sector",
        "requester": truth["requester_name"] or "",
        "requester_role": truth["requester_role"] or "",
        "contact": contacts_of(truth)[0] if contacts_of(truth) else "",
        "organisation": truth["organisation"] or "",
        "topics": list(truth["topics"]),
        "format": format_of(truth["format"]),
        "people_wanted": {key: truth["people_wanted"][key] for key in ("min", "max")},
        "places": list(truth["places"]),
        "regions": list(truth["regions"]),
        "remote": truth["remote_possible"],
        "deadline": truth["deadline"],
        "sessions": [_session(event) for event in truth["event_dates"]],
        "duration_minutes": truth["duration_minutes"],
        "payment": {"amount": payment["amount"], "kind": payment["kind"] or "", "text": payment["text"] or ""},
        "anonymity": anonymity_of(truth["anonymity"]),
        "criteria": [
            *(must_of(rule) for rule in truth["eligibility"]),
            *(excluded(phrase) for phrase in truth["exclusions"]),
            *(preferred(phrase) for phrase in truth["preferred"]),
        ],
    }


def contacts_of(truth: Mapping[str, Any]) -> list[str]:
    """The addresses that count as the contact; the examples part them with “ / ”."""
    return [part.strip() for part in (truth["requester_contact"] or "").split(" / ") if part.strip()]


def _session(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "on": event["date"], "until": event["end_date"], "time": event["time"] or "", "label": event["label"] or "",
    }  # fmt: skip
