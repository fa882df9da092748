"""A brief in plain words: the names of its closed lists, and criteria, days and payment as people say them."""

from collections.abc import Sequence
from datetime import date

from matcher.model import (
    Anonymity,
    Audience,
    Brief,
    CriterionField,
    EthicsStatus,
    Format,
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


def payment_words(brief: Brief) -> str:
    """“£25 voucher”, “Unpaid”; empty when the request does not say."""
    payment = brief.payment
    if payment.amount is None:
        return payment.text
    return f"{amount_words(payment)} {payment.kind}".strip() if payment.amount else "Unpaid"


def joined(parts: Sequence[str]) -> str:
    """Facts in one line, joined by dots; empty ones left out."""
    return "  ·  ".join(part for part in parts if part)


def going_on(words: str) -> str:
    """The same words where a sentence goes on with them: “can speak about pay”."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
