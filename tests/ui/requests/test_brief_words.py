"""Criteria as sentences and as typed, and the numbers that tie facts to phrases."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.model import Brief, Criterion, CriterionField, Op, Payment, RequestKind, Strength, criterion_words
from matcher.model.brief import Scalar
from matcher.triage import Draft, Evidence, Record
from matcher_ui.brief_words import FIELDS, amount_words
from matcher_ui.criterion_entry import entered, op_shown, ops_of, value_text
from matcher_ui.evidence import corrected, reading_of
from matcher_ui.triage_words import record_words

F = CriterionField
Value = Scalar | list[Scalar] | dict[str, Scalar]


@pytest.mark.parametrize(
    ("field", "op", "value", "words"),
    [
        (F.PLACE, Op.WITHIN, {"place": "Leeds", "minutes": 60}, "Lives within an hour of Leeds"),
        (F.PLACE, Op.WITHIN, {"place": "Leeds", "miles": 20}, "Lives within 20 miles of Leeds"),
        (F.COUNTRY, Op.ANY_OF, ["England", "Wales"], "Lives in England or Wales"),
        (F.REGION, Op.NONE_OF, ["London"], "Does not live in London"),
        (F.YEARS_IN_CARE, Op.AT_LEAST, 3, "3 years or more in care"),
        (F.YEARS_IN_CARE, Op.AT_LEAST, 1, "1 year or more in care"),
        (F.AGE, Op.BETWEEN, [18, 25], "Aged 18 to 25"),
        (F.AGE, Op.AT_MOST, 40, "Aged 40 or under"),
        (F.GENDER, Op.IS, "woman", "Is a woman"),
        (F.SHIFT, Op.ANY_OF, ["sleep-in", "nights"], "Does sleep-in or nights"),
        (F.ROLE, Op.NONE_OF, ["nurse", "manager"], "Not in the role of nurse or manager"),
        (F.ANONYMITY, Op.IS, "on_camera", "Happy to be filmed"),
        (F.EMPLOYER_INVOLVED, Op.IS, True, "Their employer knows and agrees"),
        (F.WORDS, Op.HAS, "has cared for a parent", "Has cared for a parent"),
    ],
)
def test_sentences(field: F, op: Op, value: Value, words: str) -> None:
    assert criterion_words(Criterion(Strength.MUST, field, op, value)) == words


@given(st.sampled_from(F), st.sampled_from(Strength), st.data())
def test_every_field_and_comparison_can_be_typed_and_typed_again(
    field: F, strength: Strength, data: st.DataObject
) -> None:
    op = data.draw(st.sampled_from(list(ops_of(field)) or [Op.IS]))
    typed = {Op.BETWEEN: "40 to 25", Op.WITHIN: "Leeds, within 20 miles", Op.AT_LEAST: "3", Op.AT_MOST: "3"}
    made = entered(strength, field, op, typed.get(op, "Leeds, York"))
    assert (made.strength, made.field, op_shown(made)) == (strength, field, op)
    assert criterion_words(made).strip()
    assert entered(strength, field, op_shown(made), value_text(made)) == made
    assert field in FIELDS


@pytest.mark.parametrize(
    ("field", "op", "words"),
    [
        (F.AGE, Op.AT_LEAST, "old"), (F.AGE, Op.BETWEEN, "18"), (F.PLACE, Op.WITHIN, "Leeds"),
        (F.PLACE, Op.WITHIN, "20 miles"), (F.WORDS, Op.HAS, "  "),
    ],
)  # fmt: skip
def test_what_cannot_be_a_criterion_is_refused_in_words(field: F, op: Op, words: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z]"):
        entered(Strength.MUST, field, op, words)


def test_sums() -> None:
    assert [amount_words(Payment(a)) for a in (25.0, 12.5, 0, None)] == ["£25", "£12.50", "£0", ""]


def test_phrases_are_numbered_in_order_and_overlaps_share_a_number() -> None:
    text = "Six carers in Leeds by Friday"
    evidence = {
        "deadline": Evidence("Friday", 23, 29, False),
        "people_wanted": Evidence("Six carers", 0, 10, True),
        "places": Evidence("Leeds", 14, 19, True),
        "criteria.0": Evidence("in Leeds", 11, 19, True),
        "elsewhere": Evidence("not here", 0, 8, True),
        "changed": Evidence("", 0, 0, True),
    }
    reading = reading_of(text, evidence)
    assert {name: found.number for name, found in reading.facts.items()} == {
        "people_wanted": 1, "criteria.0": 2, "places": 2, "deadline": 3
    }  # fmt: skip
    assert [(mark.start, mark.end, mark.kind) for mark in reading.marks] == [
        (0, 10, "found"), (11, 19, "found"), (23, 29, "check")
    ]  # fmt: skip


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 45), st.integers(-5, 45)), max_size=8))
def test_marks_never_overlap_or_leave_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    evidence = {f"criteria.{i}": Evidence(text[max(a, 0) : b], a, b, True) for i, (a, b) in enumerate(spans)}
    marks = reading_of(text, evidence).marks
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))


def test_evidence_follows_what_she_did_not_change() -> None:
    one = Criterion(Strength.MUST, F.AGE, Op.AT_LEAST, 18)
    other = Criterion(Strength.MUST, F.COUNTRY, Op.ANY_OF, ["England"])
    told = Evidence("x", 0, 1, True)
    draft = Draft(
        RequestKind.REQUEST, Brief("A", criteria=(one, other)),
        {"title": told, "organisation": told, "criteria.0": told, "criteria.1": told}, (),
    )  # fmt: skip
    brief = Brief("A", organisation="Calder", criteria=(other,))
    assert set(corrected(draft, brief).evidence) == {"title", "criteria.0"}
    assert "organisation" in corrected(draft, brief, mention=True).evidence


def test_payment_is_told_only_where_it_was_promised_or_made() -> None:
    unpaid = Record(requests=2, done=2, asked=4, agreed=2, took_part=2, heard_back=1)
    assert record_words(unpaid)[2] == "1 of 2 heard what came of it."
    owing = Record(requests=2, done=2, asked=4, agreed=2, took_part=2, to_pay=2)
    assert record_words(owing)[2] == "0 paid, 2 still to be paid; 0 of 2 heard what came of it."
