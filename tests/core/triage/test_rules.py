"""The single rules: layout, names, criteria, kinds; and what holds for any text at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.files.readers.documents import Address, Document, read_text
from matcher.model import CriterionField, Op, Strength
from matcher.triage import read_request, received_at
from matcher.triage.clauses import clauses_in
from matcher.triage.criteria import criteria_of
from matcher.triage.enquiries import about_what, is_urgent, nation_of
from matcher.triage.exclusions import exclusions
from matcher.triage.layout import lay_out
from matcher.triage.read import text_to_read
from matcher.triage.schedule import without_schedule
from matcher.triage.title import clean_title
from matcher.triage.when import minutes_between
from matcher.triage.who import tidy_name

NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("display", "name"),
    [
        ("HARGREAVES-LUND, Priya", "Priya Hargreaves-Lund"),
        ("Tolliver, Ann (DCW)", "Ann Tolliver"),
        ("Dr Bo Østergaard-Lee", "Dr Bo Østergaard-Lee"),
        ("Ann Tolliver via Contact form", "Ann Tolliver"),
        ("The Daily Brief", ""),
        ("Care Research Team", ""),
    ],
)
def test_display_names(display: str, name: str) -> None:
    assert tidy_name(display) == name


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("RE: FW: Pay study", "Pay study"),
        ("OFFICIAL: Sleep-ins", "Sleep-ins"),
        ("[EXTERNAL] Fwd: Pay study 💸", "Pay study"),
        ("Regarding carers", "Regarding carers"),
    ],
)
def test_titles_are_cleaned(subject: str, title: str) -> None:
    assert clean_title(subject) == title


@pytest.mark.parametrize(
    ("phrase", "field", "op", "value"),
    [
        ("be 18 or over", CriterionField.AGE, Op.AT_LEAST, 18),
        ("anyone 25 or under", CriterionField.AGE, Op.AT_MOST, 25),
        ("people under 30", CriterionField.AGE, Op.AT_MOST, 29),
        ("aged between 18 and 25", CriterionField.AGE, Op.BETWEEN, [18, 25]),
        ("at least five years' experience", CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 5),
        ("have worked in home care for six months or more", CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 0.5),
        (
            "no more than half an hour's drive from Wells",
            CriterionField.PLACE,
            Op.WITHIN,
            {"place": "Wells", "minutes": 30},
        ),
        ("within an hour or so of Leeds", CriterionField.PLACE, Op.WITHIN, {"place": "Leeds", "minutes": 60}),
        ("with over a year of it behind them", CriterionField.YEARS_IN_CARE, Op.AT_LEAST, 1),
        ("living in March", CriterionField.PLACE, Op.ANY_OF, ["March"]),
        ("within 20 miles of Hexham", CriterionField.PLACE, Op.WITHIN, {"place": "Hexham", "miles": 20}),
        ("anywhere in England or Wales", CriterionField.COUNTRY, Op.ANY_OF, ["England", "Wales"]),
        ("you are a woman", CriterionField.GENDER, Op.IS, "woman"),
        ("speak Polish or Romanian", CriterionField.LANGUAGE, Op.ANY_OF, ["Polish", "Romanian"]),
        ("do sleep-ins or waking nights", CriterionField.SHIFT, Op.ANY_OF, ["sleep-in", "nights"]),
        ("your manager must agree", CriterionField.EMPLOYER_INVOLVED, Op.IS, True),
        ("happy to use their real name", CriterionField.ANONYMITY, Op.IS, "named"),
        ("on a Skilled Worker visa", CriterionField.MIGRATION_STATUS, Op.IS, "Skilled Worker visa"),
    ],
)
def test_clauses(phrase: str, field: CriterionField, op: Op, value: object) -> None:
    assert [(c.op, c.value) for c in clauses_in(phrase) if c.field is field] == [(op, value)]


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("It would be great to have names by 20 November.", None),
        ("We hope to start in mid-January, so names by early December would be wonderful.", None),
        ("It'd be brilliant if we could run it the week after.", None),
        ("It would be helpful to hear from people before Christmas.", None),
        ("Names by Friday would be lovely, and women would be ideal", "women would be ideal"),
        ("It would be lovely to hear from carers who did nights over Christmas", "all"),
        ("someone free on Mondays would be good", "all"),
    ],
)
def test_a_wish_about_dates_asks_nothing_of_anybody(sentence: str, left: str | None) -> None:
    kept = without_schedule(sentence)
    assert (sentence[slice(*kept)] if kept else None) == (sentence if left == "all" else left)


@pytest.mark.parametrize(
    "phrase",
    ["45 minutes or less", "not planning to leave in the next six months", "earn £18 or over", "outside England"],
)
def test_what_is_no_age_and_no_time_in_care(phrase: str) -> None:
    fields = {clause.field for clause in clauses_in(phrase)}
    assert not fields & {CriterionField.AGE, CriterionField.YEARS_IN_CARE, CriterionField.COUNTRY}


def test_exclusions_go_on_fields_where_they_can() -> None:
    assert [c.field for c in exclusions("registered managers and volunteers")] == [CriterionField.ROLE]
    assert [c.field for c in exclusions("anyone in a live dispute")] == [CriterionField.WORDS]


def test_a_list_takes_its_strength_from_the_line_above() -> None:
    text = "You'll need to:\n- drive your own van\n\nIdeally you would also own a dog.\n\nWe publish in May."
    found = [one.value for one in criteria_of(text_to_read(read_text(text), NOON))]
    assert [(c.strength, c.text) for c in found] == [
        (Strength.MUST, "drive your own van"),
        (Strength.PREFER, "own a dog"),
    ]


def test_wrapped_lines_are_one_sentence_and_headings_stand_over_it() -> None:
    text = (
        "Who can take part\nHome care workers who have been in the job for a long\nwhile and would talk about it.\n"
    )
    passages = lay_out(text, 0, len(text), letter=False).passages
    assert [(p.heading, p.text) for p in passages] == [("Who can take part", text[18:-1].replace("\n", " "))]


def test_a_signature_is_no_part_of_the_request() -> None:
    text = "We need four carers.\n\nKind regards,\nAnn Tolliver\nHead of Pay, Leeds"
    found = lay_out(text, 0, len(text), letter=True)
    assert [p.text for p in found.passages] == ["We need four carers."]
    assert [line.text for line in found.signature if line.text][1] == "Ann Tolliver"


@pytest.mark.parametrize(
    ("time", "minutes"), [("10am to 1pm", 180), ("18:30-20:00", 90), ("11am to noon", 60), ("7pm", None)]
)
def test_lengths_of_sessions(time: str, minutes: int | None) -> None:
    assert minutes_between(time) == minutes


def test_received_is_as_given_else_as_sent() -> None:
    sent = Document("a.eml", "email", sent_at=NOON)
    given = datetime(2026, 3, 1, tzinfo=UTC)
    assert received_at(sent, given) == given
    assert received_at(sent, None) == NOON


def test_questions_that_cannot_wait() -> None:
    words = "my boss has taken my passport and I have nowhere to sleep, I am in Swansea"
    assert is_urgent(words)
    assert nation_of(words) == "Wales"
    assert not is_urgent("can they change my rota?")
    assert about_what("is it legal not to pay me for training?") == "pay"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_is_read_and_its_evidence_stands_in_it(words: str, subject: str) -> None:
    document = Document("any.eml", "email", subject=subject, sender=Address(subject, "a@example.org"), text=words)
    draft = read_request(document, NOON)
    assert draft.brief.title
    for found in draft.evidence.values():
        assert words[found.start : found.end] == found.text
