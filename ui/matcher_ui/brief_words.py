"""A brief in plain words: the names of its closed lists, and criteria, days and payment as people say them."""

from collections.abc import Sequence
from datetime import date

from matcher.model import (
    Anonymity,
    Audience,
    Criterion,
    CriterionField,
    EthicsStatus,
    Format,
    Op,
    Payment,
    Recording,
    RequestKind,
    Session,
    Stage,
)
from matcher_ui.dates import day_words

AUDIENCES = {
    Audience.POLICY: "Policy", Audience.ACADEMIC: "Academic", Audience.MEDIA: "Media",
    Audience.SECTOR: "Sector", Audience.OWN: "Our own",
}  # fmt: skip
FORMATS = {
    Format.INTERVIEW: "Interview", Format.FOCUS_GROUP: "Focus group", Format.SURVEY: "Survey",
    Format.DIARY: "Diary", Format.ROUNDTABLE: "Roundtable", Format.ORAL_EVIDENCE: "Speaking to an inquiry",
    Format.WRITTEN_EVIDENCE: "Written evidence", Format.ADVISORY_GROUP: "Advisory group",
    Format.CO_DESIGN: "Designing together", Format.TRIAL: "Trial", Format.LIVE_BROADCAST: "Live on air",
    Format.RECORDED_BROADCAST: "Recorded for radio or TV", Format.PRINT: "Newspaper or magazine",
    Format.PODCAST: "Podcast", Format.EVENT: "Event", Format.OTHER: "Something else",
}  # fmt: skip
ANONYMITY = {
    Anonymity.NOT_STATED: "Not said", Anonymity.ANONYMOUS: "Anonymous", Anonymity.PSEUDONYM: "Under another name",
    Anonymity.FIRST_NAME: "First name only", Anonymity.NAMED: "Named", Anonymity.ON_CAMERA: "On camera",
}  # fmt: skip
RECORDING = {
    Recording.NOT_STATED: "Not said", Recording.NONE: "Nothing is recorded", Recording.AUDIO: "Sound",
    Recording.VIDEO: "Video", Recording.PHOTO: "Photos",
}  # fmt: skip
ETHICS = {
    EthicsStatus.UNKNOWN: "Not said", EthicsStatus.APPROVED: "Approved", EthicsStatus.PENDING: "Not finished yet",
    EthicsStatus.EXEMPT: "Exempt", EthicsStatus.NOT_NEEDED: "Not needed",
}  # fmt: skip
STAGES = {
    Stage.NEW: "New", Stage.CHECKING: "Checking", Stage.MATCHING: "Matching", Stage.ASKING: "Asking",
    Stage.INTRODUCED: "Introduced", Stage.DONE: "Done", Stage.DECLINED: "Declined",
    Stage.WITHDRAWN: "Taken back", Stage.NOT_A_REQUEST: "Not a request", Stage.MERGED: "Merged",
}  # fmt: skip
KINDS = {
    RequestKind.REQUEST: "request", RequestKind.UPDATE: "update", RequestKind.NEWSLETTER: "newsletter",
    RequestKind.MARKETING: "piece of marketing", RequestKind.ENQUIRY: "member's own question",
}  # fmt: skip
FIELDS = {
    CriterionField.WORDS: "In their words", CriterionField.YEARS_IN_CARE: "Years in care",
    CriterionField.PLACE: "Place", CriterionField.REGION: "Region", CriterionField.COUNTRY: "Country",
    CriterionField.SHIFT: "Shifts", CriterionField.CARE_TYPE: "Kind of care", CriterionField.SETTING: "Setting",
    CriterionField.ROLE: "Role", CriterionField.TOPIC: "Can speak about", CriterionField.EXPERIENCE: "Experience",
    CriterionField.LANGUAGE: "Language", CriterionField.EMPLOYER_TYPE: "Kind of employer",
    CriterionField.CONTRACT: "Contract", CriterionField.AVAILABILITY: "When free",
    CriterionField.MONTHS_IN_ROLE: "Months in this job", CriterionField.AGE: "Age",
    CriterionField.GENDER: "Gender", CriterionField.ETHNICITY: "Ethnic background",
    CriterionField.MIGRATION_STATUS: "Visa or status", CriterionField.ANONYMITY: "How they are shown",
    CriterionField.EMPLOYER_INVOLVED: "Employer knows",
}  # fmt: skip
_MONEY = {"GBP": "£", "EUR": "€", "USD": "$"}
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
    yes, no = _LEADS.get(field, (f"{FIELDS[field]}:", f"{FIELDS[field]} is not"))
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


def session_words(session: Session, today: date) -> str:
    """A day to choose from: “Thu 12 Jun, 11am to noon, Stoke-on-Trent”."""
    until = f" to {day_words(session.until, today)}" if session.until else ""
    where = session.place or ("online" if session.remote else "")
    parts = (session.label, day_words(session.on, today) + until, session.time, where)
    return ", ".join(part for part in parts if part)


def amount_words(payment: Payment) -> str:
    """The sum alone: “£25”, “£0”, empty when none is named."""
    if payment.amount is None:
        return ""
    sign = _MONEY.get(payment.currency, "")
    number = f"{payment.amount:.2f}".removesuffix(".00")
    return f"{sign}{number}" if sign else f"{number} {payment.currency}"


def joined(parts: Sequence[str]) -> str:
    """Facts in one line, joined by dots; empty ones left out."""
    return "  ·  ".join(part for part in parts if part)
