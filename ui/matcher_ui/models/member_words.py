"""A member's page in words: the head, the facts, what to respect, the matrix and the history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal

from matcher import clock
from matcher.consent import DatedDecision, WouldFollow, releases
from matcher.directory import FIELDS, FieldChanged, MemberPage, MergedRecord, TookPart
from matcher.knowledge.canonical import CHANNELS, GENDERS
from matcher.knowledge.years import years_since
from matcher.model import ASKING, BACKGROUND_USE, MAY_BE_ASKED, Decision, Outcome, Purpose, State
from matcher.storage.store import Store
from matcher_ui.dates import day_words
from matcher_ui.models.compare import in_words
from matcher_ui.models.promises import field_words
from matcher_ui.purposes import HOWS, PURPOSES, decided
from matcher_ui.widgets.permission_matrix import MatrixRow

EditorKind = Literal["line", "text", "truth"]
Values = Mapping[str, Any]

LONG = frozenset({"experience_text", "interests_text", "avoid_text", "availability_text", "conditions_text"})
EDITED, MERGED = "edit a member", "merge members"
_STEPS = {
    EDITED: "Corrected by hand", MERGED: "By merging", "import members": "From a spreadsheet",
    "add a member": "Added by hand", "undo": "Undo",
}  # fmt: skip
_NOBODY = ("import", "sample")
_LINES_OF_THEIR_OWN = frozenset({"conditions", "never_share"})
TRUTHS = frozenset({"shared_phone", "online_ok", "in_person_ok"})
_CONDITIONS = {
    "no_employer_name": "Don’t name my employer",
    "employer_must_not_know": "My employer must not know",
    "manager_say_so": "Needs a manager’s say-so",
    "needs_travel": "Needs travel paid",
    "see_wording_first": "Wants to see the wording first",
}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.TOOK_PART: "took part",
    Outcome.NOT_PICKED: "not picked",
    Outcome.CANCELLED_BY_REQUESTER: "cancelled by who asked",
    Outcome.COULD_NOT_ATTEND: "could not attend",
    Outcome.DID_NOT_ATTEND: "did not attend",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of facts: its icon and label, the fields that can be corrected in it, and how they read together."""

    icon: str
    label: str
    fields: tuple[str, ...]
    words: Callable[[Values], str]


def editor_kind(field: str) -> EditorKind:
    """How a field is typed: a line, a few lines, or yes / no / not known."""
    return "text" if field in LONG else "truth" if field in TRUTHS else "line"


def as_typed(field: str, value: Any) -> str:
    """A stored value as she would type it into its field."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ("; " if field in _LINES_OF_THEIR_OWN else ", ").join(map(str, value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.day} {value:%b %Y}"
    if field == "gender":
        return _value_words(field, value)
    return "" if value is None else str(value)


def _joined(*parts: str, between: str = ", ") -> str:
    return between.join(part for part in parts if part)


def _place(v: Values) -> str:
    where = _joined(v["town"] or "", v["postcode_district"] or "") or (v["region"] or "")
    travels = f"travels {v['travel_miles']} miles" if v["travel_miles"] else ""
    return _joined(where, travels, between="; ")


def _contact(v: Values) -> str:
    prefers = str(v["preferred_channel"] or "")
    return _joined(CHANNELS.get(prefers, prefers.capitalize()), v["phone"] or "", v["email"] or "")


def _safe(v: Values) -> str:
    shared = "Shared phone: no topic in the first message" if v["shared_phone"] else ""
    return _joined(shared, v["safe_contact"] or "", between="; ")


def _since(v: Values) -> str:
    if not v["start_year"]:
        return ""
    years = years_since(v["start_year"], clock.today())
    spoken = "1 year" if years == 1 else f"{years} years" if years else "less than a year"
    return f"{spoken}, since {v['start_year']}"


def _work(v: Values) -> str:
    words = _joined(
        v["role"] or "", ", ".join(v["care_types"] or ()), v["employer_type"] or "", v["contract_type"] or ""
    )
    return words[:1].upper() + words[1:]


def _free(v: Values) -> str:
    ways = [word for field, word in (("online_ok", "online"), ("in_person_ok", "in person")) if v[field]]
    never = [word for field, word in (("online_ok", "online"), ("in_person_ok", "in person")) if v[field] is False]
    how = " or ".join(ways) + (f"{'; ' if ways else ''}not {' or '.join(never)}" if never else "")
    words = _joined(v["availability_text"] or "", how, between="; ")
    return words[:1].upper() + words[1:]


FACTS: tuple[Fact, ...] = (
    Fact("pin", "Place", ("town", "postcode_district", "travel_miles"), _place),
    Fact("phone", "Contact", ("preferred_channel", "phone", "email"), _contact),
    Fact("lock", "Safe contact", ("safe_contact", "shared_phone"), _safe),
    Fact("clock", "In home care", ("start_year",), _since),
    Fact("members", "Work", ("role", "care_types", "employer_type", "contract_type"), _work),
    Fact("outreach", "Languages", ("languages",), lambda v: ", ".join(v["languages"] or ())),
    Fact("handshake", "Heard of us", ("heard_via",), lambda v: v["heard_via"] or ""),
    Fact("calendar", "Free", ("availability_text", "online_ok", "in_person_ok"), _free),
)


def single(field: str) -> Fact:
    """One field as a line of its own, for everything held."""
    return Fact("", FIELDS[field].label, (field,), lambda v: _single_words(field, v[field]))


def _single_words(field: str, value: Any) -> str:
    if field == "preferred_channel":
        return CHANNELS.get(str(value), str(value or "").capitalize())
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.day} {value:%b %Y}"
    words = _value_words(field, value)
    return words if field == "email" else words[:1].upper() + words[1:]


def _value_words(field: str, value: Any) -> str:
    return GENDERS.get(value, value) if field == "gender" and value else in_words(value)


def head_facts(page: MemberPage, values: Values) -> list[str]:
    """“M214”, “member since March 2024”, “last heard from Thu 19 Nov”."""
    facts = [f"M{page.id}"]
    if values["joined_on"]:
        facts.append(f"member since {values['joined_on']:%B %Y}")
    heard = values["last_answer_at"]
    if heard:
        facts.append(f"last heard from {day_words(heard.astimezone(clock.LONDON).date(), clock.today())}")
    return facts


def first_name(page: MemberPage) -> str:
    """How the page calls them: by first name where it is known."""
    values = {field.name: field.value for field in page.fields}
    return values["first_name"] or page.name


def respected(values: Values) -> list[str]:
    """What to respect, as short chips."""
    chips = [_CONDITIONS.get(word, word.replace("_", " ").capitalize()) for word in values["conditions"] or ()]
    if values["avoid_text"]:
        avoid = str(values["avoid_text"])
        chips.append(f"Won’t discuss: {avoid[:1].lower()}{avoid[1:]}")
    return chips


def matrix_rows(page: MemberPage) -> tuple[list[MatrixRow], list[MatrixRow]]:
    """The two groups of the matrix: what they may be asked about, what may be used for matching."""
    latest: dict[Purpose, DatedDecision] = {}
    for decision in page.permissions:
        if decision.decision is not Decision.VOID:
            latest.setdefault(decision.purpose, decision)

    def row(purpose: Purpose) -> MatrixRow:
        state, said = page.consent.get(purpose, State.NOT_GIVEN), latest.get(purpose)
        since = "" if said is None or state is State.NOT_GIVEN else _day_and_how(said)
        return MatrixRow(purpose, PURPOSES[purpose], state, since)

    return [row(purpose) for purpose in ASKING], [row(purpose) for purpose in BACKGROUND_USE.values()]


def _day_and_how(said: DatedDecision) -> str:
    return f"{dated_day(said.at)}, {HOWS[said.how]}"


def dated_day(at: datetime) -> str:
    """“12 Feb 2026”."""
    local = at.astimezone(clock.LONDON)
    return f"{local.day} {local:%b %Y}"


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of a dated list: the day, what happened, and how or what was said."""

    day: str
    what: str
    how: str


def history_lines(permissions: Sequence[DatedDecision]) -> list[Dated]:
    """Every decision, newest first; those said in one breath in one line."""

    def breath(one: DatedDecision) -> tuple[Any, ...]:
        return dated_day(one.at), one.decision, one.how, one.evidence, one.recorder

    lines = []
    ordered = sorted(permissions, key=lambda p: (p.at, p.decision, p.event_id), reverse=True)
    for (day, decision, how, evidence, recorder), group in groupby(ordered, breath):
        purposes = sorted({one.purpose for one in group}, key=list(PURPOSES).index)
        said = f"“{evidence}”" if evidence and evidence != recorder else ""
        by = f"recorded by {recorder}" if recorder and recorder not in _NOBODY else ""
        heard = HOWS[how][:1].upper() + HOWS[how][1:]
        lines.append(Dated(day, decided(decision, purposes), _joined(_joined(heard, by), said, between=": ")))
    return lines


def came_of(part: TookPart) -> str:
    """What came of an ask, in a word or two."""
    if part.outcome:
        return _OUTCOMES[Outcome(part.outcome)]
    if part.answer:
        return str(part.answer)[:1].lower() + str(part.answer)[1:]
    return "to ask" if part.asked_at is None else "no reply yet"


def part_day(part: TookPart) -> str:
    """“Mar 2026”; empty before the ask."""
    return f"{part.asked_at.astimezone(clock.LONDON):%b %Y}" if part.asked_at else ""


@dataclass(frozen=True, slots=True)
class Given:
    """One line of the details shared: its day, the fields, to whom, and the request it was for."""

    day: str
    fields: str
    recipient: str
    request_id: int


def read_given(store: Store, member_id: int, merged: Sequence[int]) -> tuple[Given, ...]:
    """What of a member was shared, under any of their records, newest first."""
    log = [shared for one in (member_id, *merged) for shared in releases(store, one)]
    return tuple(
        Given(dated_day(shared.at), field_words(shared.fields), shared.recipient, shared.request_id)
        for shared in sorted(log, key=lambda shared: shared.id, reverse=True)
    )


def rest_words(page: MemberPage) -> str:
    """“Rested: may be asked now”, “Resting until Tue 1 Dec”; "" for whoever may not be asked anyway."""
    if not any(page.consent.get(purpose) in MAY_BE_ASKED for purpose in ASKING):
        return ""
    if page.resting_until:
        return f"Resting until {day_words(page.resting_until, clock.today())}"
    return "Rested: may be asked now"


def follows_words(would: WouldFollow) -> str:
    """“1 requester must be told; 1 file is out of date.”; "" when nothing follows."""
    kinds = (
        (would.to_tell, "requester must be told", "requesters must be told"),
        (would.stale_files, "file is out of date", "files are out of date"),
        (would.asks_stopped, "open ask stops", "open asks stop"),
    )
    parts = [f"{many} {one if many == 1 else more}" for many, one, more in kinds if many]
    return f"{'; '.join(parts)}." if parts else ""


def shown_changes(changes: Sequence[FieldChanged]) -> list[FieldChanged]:
    """The changes that people see, newest first: coming in, and every field of the form."""
    return [change for change in changes if change.field == "*" or change.field in FIELDS]


def change_line(change: FieldChanged) -> Dated:
    """When, what it was and is, and by which act: “12 Feb 2026”, “Town: Leeds → Otley”, “Corrected by hand”."""
    how = _STEPS.get(change.what, change.what[:1].upper() + change.what[1:])
    how = f"{how}, undone since" if change.is_undone else how
    if change.field == "*":
        return Dated(dated_day(change.at), "Came into the list", how)
    before, after = (_value_words(change.field, one) or "not known" for one in (change.before, change.after))
    return Dated(dated_day(change.at), f"{FIELDS[change.field].label}: {before} → {after}", how)


def why_not_undone(change: FieldChanged) -> str:
    """Why one change cannot be undone from the member's page; "" when it can."""
    if change.is_undone:
        return "This was undone already."
    if change.what in (EDITED, MERGED):
        return ""
    if change.what == "undo":
        return "This took an earlier change back. Correct the field to change it again."
    return "This came with many others in one step. Correct the field here, or undo the whole step on Today."


def merged_words(record: MergedRecord) -> str:
    """“M12 (Julie M) stands under this record since 3 Sep 2026”."""
    since = f" since {dated_day(record.at)}" if record.at else ""
    return f"M{record.id} ({record.name}) stands under this record{since}"
