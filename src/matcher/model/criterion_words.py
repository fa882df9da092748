"""A must-have or nice-to-have as people say it."""

from matcher.model.brief import Criterion
from matcher.model.words import CriterionField, Op

_LIVES = frozenset({CriterionField.COUNTRY, CriterionField.REGION, CriterionField.PLACE})
_SHOWN = {"on_camera": "filmed", "named": "named"}
_LEADS = {
    CriterionField.LANGUAGE: ("Speaks", "Does not speak"),
    CriterionField.MIGRATION_STATUS: ("Visa or status:", "Visa or status is not"),
    CriterionField.ETHNICITY: ("Ethnic background:", "Ethnic background is not"),
    CriterionField.GENDER: ("Is a", "Is not a"),
    CriterionField.ROLE: ("Role:", "Not in the role of"),
    CriterionField.EMPLOYER_TYPE: ("Employer:", "Employer is not"),
    CriterionField.CONTRACT: ("Contract:", "Contract is not"),
    CriterionField.CARE_TYPE: ("Kind of care:", "Kind of care is not"),
    CriterionField.SETTING: ("Works in", "Does not work in"),
    CriterionField.SHIFT: ("Does", "Does not do"),
    CriterionField.TOPIC: ("Can speak about", "Not about"),
    CriterionField.EXPERIENCE: ("Has experience of", "No experience of"),
    CriterionField.AVAILABILITY: ("Free:", "Not free:"),
    CriterionField.ANONYMITY: ("Happy to be", "Not"),
    CriterionField.WORDS: ("", "Not:"),
}


def criterion_words(criterion: Criterion) -> str:
    """A must-have or nice-to-have as a sentence: “Lives within 20 miles of Leeds”."""
    field, value = criterion.field, criterion.value
    if field is CriterionField.EMPLOYER_INVOLVED:
        return "Their employer need not know" if value is False else "Their employer knows and agrees"
    if isinstance(value, dict):
        return f"Lives within {_distance(value)} of {value.get('place', '')}"
    if field in _LIVES:
        return f"{'Does not live' if criterion.op is Op.NONE_OF else 'Lives'} in {_listed(value)}"
    amount = _amount(criterion)
    if amount:
        return amount
    yes, no = _LEADS[field]
    words = _listed(value)
    lead = no if criterion.op is Op.NONE_OF else yes
    return f"{lead} {words}" if lead else words[:1].upper() + words[1:]


def _amount(criterion: Criterion) -> str:
    if criterion.field not in (CriterionField.AGE, CriterionField.YEARS_IN_CARE, CriterionField.MONTHS_IN_ROLE):
        return ""
    numbers = criterion.value if isinstance(criterion.value, list) else [criterion.value]
    said = [f"{number:g}" if isinstance(number, int | float) else str(number) for number in numbers]
    span = " to ".join(said[:2]) if criterion.op is Op.BETWEEN else " or ".join(said)
    if criterion.field is CriterionField.AGE:
        return f"Aged {span}{ {Op.AT_LEAST: ' or over', Op.AT_MOST: ' or under'}.get(criterion.op, '') }"
    years = criterion.field is CriterionField.YEARS_IN_CARE
    unit, where = ("year", "in care") if years else ("month", "in this job")
    many = f"{unit}{'' if span == '1' else 's'}"
    return f"{span} {many}{ {Op.AT_LEAST: ' or more', Op.AT_MOST: ' or less'}.get(criterion.op, '') } {where}"


def _distance(value: dict[str, str | int | float | bool]) -> str:
    if "minutes" in value:
        minutes = value["minutes"]
        return "an hour" if minutes == 60 else f"{minutes:g} minutes" if isinstance(minutes, int | float) else ""
    miles = value.get("miles", 0)
    return f"{miles:g} miles" if isinstance(miles, int | float) else ""


def _listed(value: object) -> str:
    items = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
    items = [_SHOWN.get(item, item) for item in items]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}" if items else ""
