"""Requests in many styles, each with the facts a careful reader takes from it beside it."""

import json
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz
from tests.conftest import reading_here

from matcher import clock
from matcher.files.readers.documents import Document, read_document, read_text
from matcher.model import Criterion, CriterionField, Op, RequestKind, Strength
from matcher.triage import Draft, read_request

REQUESTS = Path(__file__).parent / "requests"
EXPECTED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(REQUESTS.glob("*.json"))}
ASKS = [name for name, facts in EXPECTED.items() if facts["kind"] == "request"]


def document(name: str) -> Document:
    mail = REQUESTS / f"{name}.eml"
    if mail.exists():
        return read_document(mail)
    words = (REQUESTS / f"{name}.txt").read_text(encoding="utf-8")
    if EXPECTED[name].get("document"):
        return Document(f"{name}.pdf", "pdf", text=words)
    return read_text(words, f"{name}.txt")


@pytest.fixture(scope="module")
def drafts() -> dict[str, Draft]:
    with reading_here():
        return {
            name: read_request(document(name), clock.instant(facts["received"])) for name, facts in EXPECTED.items()
        }


def wanted(name: str, field: str) -> Any:
    return EXPECTED[name][field]


def judged_on(*fields: str) -> list[tuple[str, str]]:
    return [(name, field) for name in ASKS for field in fields if field in EXPECTED[name]]


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if facts["kind"] != "update"])
def test_kind(drafts: dict[str, Draft], name: str) -> None:
    assert drafts[name].kind is RequestKind(EXPECTED[name]["kind"])


@pytest.mark.parametrize(
    ("name", "field"), judged_on("audience", "contact", "format", "duration_minutes", "anonymity", "recording")
)
def test_fact_said_outright(drafts: dict[str, Draft], name: str, field: str) -> None:
    assert getattr(drafts[name].brief, field) == wanted(name, field)


@pytest.mark.parametrize(("name", "field"), judged_on("audience_in", "contact_in", "organisation_in"))
def test_fact_with_several_right_answers(drafts: dict[str, Draft], name: str, field: str) -> None:
    assert getattr(drafts[name].brief, field.removesuffix("_in")) in wanted(name, field)


@pytest.mark.parametrize(("name", "field"), judged_on("requester", "organisation", "title"))
def test_name(drafts: dict[str, Draft], name: str, field: str) -> None:
    assert fuzz.token_set_ratio(getattr(drafts[name].brief, field).lower(), wanted(name, field).lower()) >= 85


@pytest.mark.parametrize(("name", "field"), judged_on("deadline", "deadline_in"))
def test_deadline(drafts: dict[str, Draft], name: str, field: str) -> None:
    deadline = drafts[name].brief.deadline
    found = deadline.isoformat() if deadline else None
    allowed = wanted(name, field)
    assert found in (allowed if isinstance(allowed, list) else [allowed])


@pytest.mark.parametrize(("name", "_field"), judged_on("people_wanted"))
def test_people_wanted(drafts: dict[str, Draft], name: str, _field: str) -> None:
    people = drafts[name].brief.people_wanted
    assert [people.min, people.max] == wanted(name, "people_wanted")


@pytest.mark.parametrize(("name", "field"), judged_on("payment", "payment_in"))
def test_payment(drafts: dict[str, Draft], name: str, field: str) -> None:
    allowed = wanted(name, field)
    assert drafts[name].brief.payment.amount in (allowed if isinstance(allowed, list) else [allowed])


@pytest.mark.parametrize(("name", "_field"), judged_on("ethics"))
def test_ethics(drafts: dict[str, Draft], name: str, _field: str) -> None:
    ethics = drafts[name].brief.ethics
    assert ethics.status == wanted(name, "ethics")
    assert ethics.reference == EXPECTED[name].get("ethics_reference", ethics.reference)


@pytest.mark.parametrize(("name", "_field"), judged_on("places"))
def test_places(drafts: dict[str, Draft], name: str, _field: str) -> None:
    brief = drafts[name].brief
    assert set(wanted(name, "places")) <= {*brief.places, *brief.regions}


@pytest.mark.parametrize(("name", "_field"), judged_on("no_places"))
def test_no_places_are_made_up(drafts: dict[str, Draft], name: str, _field: str) -> None:
    assert (drafts[name].brief.places, drafts[name].brief.regions) == ((), ())


@pytest.mark.parametrize("name", ASKS)
def test_no_must_is_said_twice(drafts: dict[str, Draft], name: str) -> None:
    musts = drafts[name].brief.musts()
    said = [str(c.value).lower() for c in musts if c.field is CriterionField.WORDS]
    assert len(said) == len(set(said))
    for criterion in musts:
        assert not criterion.text.rstrip().endswith((";", ":", ",", " and", " who"))


@pytest.mark.parametrize(("name", "_field"), judged_on("musts"))
def test_musts(drafts: dict[str, Draft], name: str, _field: str) -> None:
    musts = drafts[name].brief.musts()
    for field, op, value in wanted(name, "musts"):
        assert any(says(criterion, field, op, value) for criterion in musts), (field, op, value)


def says(criterion: Criterion, field: str, op: str, value: object) -> bool:
    if criterion.field != field or criterion.op != op:
        return False
    if isinstance(value, list):
        return set(value) <= set(criterion.value) if isinstance(criterion.value, list) else False
    if isinstance(value, str) and criterion.field is CriterionField.WORDS:
        return value.lower() in str(criterion.value).lower()
    return criterion.value == value


@pytest.mark.parametrize(("name", "_field"), judged_on("prefers"))
def test_nice_to_haves(drafts: dict[str, Draft], name: str, _field: str) -> None:
    said = " | ".join(f"{c.value} {c.text}" for c in drafts[name].brief.prefers())
    for phrase in wanted(name, "prefers"):
        assert phrase in said


@pytest.mark.parametrize(("name", "_field"), judged_on("wishes"))
def test_nothing_else_is_a_nice_to_have(drafts: dict[str, Draft], name: str, _field: str) -> None:
    assert [[c.field, c.op, c.value] for c in drafts[name].brief.prefers()] == wanted(name, "wishes")


@pytest.mark.parametrize(("name", "_field"), judged_on("session"))
def test_session(drafts: dict[str, Draft], name: str, _field: str) -> None:
    assert wanted(name, "session") in {session.on.isoformat() for session in drafts[name].brief.sessions}


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if "flags" in facts])
def test_flags(drafts: dict[str, Draft], name: str) -> None:
    assert set(EXPECTED[name]["flags"]) <= {flag.rule for flag in drafts[name].flags}


@pytest.mark.parametrize("name", [name for name, facts in EXPECTED.items() if "not_flags" in facts])
def test_no_false_alarm(drafts: dict[str, Draft], name: str) -> None:
    assert not set(EXPECTED[name]["not_flags"]) & {flag.rule for flag in drafts[name].flags}


@pytest.mark.parametrize("name", list(EXPECTED))
def test_evidence_stands_in_the_text(drafts: dict[str, Draft], name: str) -> None:
    whole = document(name).full_text
    for found in drafts[name].evidence.values():
        assert whole[found.start : found.end] == found.text != ""


def test_a_forwarded_request_is_the_first_writers(drafts: dict[str, Draft]) -> None:
    assert drafts["dissertation"].brief.requester == "Kieran Oyelaran-Watts"
    assert "trustee" not in drafts["dissertation"].brief.contact


def test_an_advisory_role_is_involvement(drafts: dict[str, Draft]) -> None:
    assert drafts["advisory"].brief.involvement
    assert drafts["advisory"].brief.payment.per == "hour"
    assert not drafts["radio"].brief.involvement


def test_an_employer_who_must_know_is_a_must(drafts: dict[str, Draft]) -> None:
    fields = {(c.field, c.strength) for c in drafts["diary"].brief.criteria}
    assert (CriterionField.EMPLOYER_INVOLVED, Strength.MUST) in fields
    assert "through_employers" in {flag.rule for flag in drafts["diary"].flags}


def test_exclusions_are_musts_that_none_holds(drafts: dict[str, Draft]) -> None:
    ruled_out = [c for c in drafts["radio"].brief.musts() if c.op is Op.NONE_OF]
    assert any("tribunal" in str(c.value) for c in ruled_out)


def test_nothing_is_made_of_nothing() -> None:
    draft = read_request(read_text("ok"), clock.instant("2026-01-05"))
    assert draft.brief.title
    assert draft.brief.deadline is None
    assert draft.brief.criteria == ()
