"""The single rules: layout, names, criteria, kinds; and what holds for any text at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.files.readers.documents import Address, Document, read_text
from matcher.model import Anonymity, Brief, CriterionField, Format, Op, Strength
from matcher.triage import read_request, received_at
from matcher.triage.reading.criteria.criteria import criteria_of
from matcher.triage.reading.criteria.exclusions import exclusions
from matcher.triage.reading.criteria.fields import clauses_in
from matcher.triage.reading.criteria.schedule import without_schedule
from matcher.triage.reading.dates import minutes_between
from matcher.triage.reading.enquiry import about_what, is_urgent, nation_of
from matcher.triage.reading.layout import lay_out
from matcher.triage.reading.request import text_to_read
from matcher.triage.reading.requester import tidy_name
from matcher.triage.reading.title import clean_title

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


def _read(text: str) -> Brief:
    return read_request(read_text(text), NOON).brief


def test_a_supervisor_is_not_the_one_who_asks() -> None:
    brief = _read(
        "Hi, I'm a student at the University of Otterham in the Law department. My supervisor is Dr Ann Pell "
        "a.pell@otterham.example.org. I need 12 carers for a survey.\n\nthanks so much\nBo Larkin-Hay\n"
        "b.larkin@otterham.example.org"
    )
    assert (brief.requester, brief.contact) == ("Bo Larkin-Hay", "b.larkin@otterham.example.org")
    assert brief.organisation == "University of Otterham"


def test_an_organisation_is_known_by_its_address_with_an_and_sign() -> None:
    document = read_text(
        "We are a studio working for Care Futures.\n\nRegards\nBo Larkin\nHead of Ideas | Reed & Rush"
    )
    sent = replace(document, sender=Address("Bo Larkin", "bo@reedandrush.example.org"))
    assert read_request(sent, NOON).brief.organisation == "Reed & Rush"


@pytest.mark.parametrize(
    "told",
    [
        "It is based on a survey of 900 people aged 70 and over in the North West.",
        "The report found that women who work nights sleep badly.",
        "According to our poll, carers over 60 in Wales want to retire.",
    ],
)
def test_whom_findings_are_about_is_not_who_is_wanted(told: str) -> None:
    assert not [c for c in _read(f"{told} Could you help us?").criteria if c.strength is Strength.MUST]


def test_who_employed_somebody_is_no_kind_of_contract() -> None:
    brief = _read("We cannot accept anyone who has been employed by the Foundation in the last two years.")
    assert [c.field for c in brief.criteria] == [CriterionField.WORDS]


def test_applicants_must_and_those_taking_part_should() -> None:
    brief = _read(
        "Applicants must live in Scotland. Those taking part should have been in the sector for at least two years."
    )
    said = {(c.field, str(c.value)) for c in brief.musts()}
    assert said == {(CriterionField.COUNTRY, "['Scotland']"), (CriterionField.YEARS_IN_CARE, "2")}


def test_a_language_they_do_not_speak_first_is_not_asked_for() -> None:
    brief = _read("We are looking for carers whose first language isn't English.")
    assert CriterionField.LANGUAGE not in {c.field for c in brief.criteria}


def test_a_live_studio_is_live_and_a_spreadsheet_no_newspaper() -> None:
    live = _read("I'm a producer at Noon TV. We need a carer LIVE in the Bristol studio on Friday at 8am.")
    assert live.format is Format.LIVE_BROADCAST
    assert _read("Please send a spreadsheet of carers.").format is Format.OTHER


def test_a_panel_that_advises_is_an_advisory_group() -> None:
    brief = _read(
        "We are recruiting to our Lived and Learned Experience Panel. Remuneration: £150 per half day and travel."
    )
    assert (brief.format, brief.involvement, brief.payment.amount) == (Format.ADVISORY_GROUP, True, 150)


def test_before_christmas_is_a_day_and_no_subject() -> None:
    topics = _read("A study of lone working. Please reply before Christmas.").topics
    assert not any("Christmas" in topic for topic in topics)


def test_a_letter_that_calls_itself_confidential_promises_no_anonymity() -> None:
    assert _read("This is confidential so please do not mention it to members.").anonymity is Anonymity.NOT_STATED


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Send a list of carers with their current employer and visa status.", "wants_private_facts"),
        ("We need names and where they work.", "wants_private_facts"),
        ("Please don't mention this to your members yet.", "keep_it_secret"),
        ("We pay £5 per name.", "paid_for_sign_ups"),
    ],
)
def test_what_a_suspicious_letter_asks_is_flagged(words: str, rule: str) -> None:
    assert rule in {flag.rule for flag in read_request(read_text(words), NOON).flags}


@pytest.mark.parametrize(
    "words",
    [
        "We do not tell anyone who took part, and never name your employer.",
        "People need not say which employer they have.",
        "We pay £30 per person.",
    ],
)
def test_a_promise_of_privacy_is_no_suspicious_letter(words: str) -> None:
    rules = {flag.rule for flag in read_request(read_text(words), NOON).flags}
    assert not rules & {"wants_private_facts", "keep_it_secret", "paid_for_sign_ups"}


def test_a_name_for_their_trouble_is_not_what_members_are_paid() -> None:
    assert _read("We can pay £5 per name for your admin.").payment.amount is None


def test_a_session_has_the_place_said_before_its_date() -> None:
    brief = _read(
        "The inquiry has today opened. We hold two evidence sessions: one in Birmingham on Tuesday 12 May 2026, "
        "10am to 12.30pm, and one online on Thursday 14 May 2026, 6pm to 8pm. We want up to ten carers at each."
    )
    assert [(str(s.on), s.place, s.remote) for s in brief.sessions] == [
        ("2026-05-12", "Birmingham", None),
        ("2026-05-14", "", True),
    ]
    assert brief.people_wanted.max == 20


def test_a_venue_is_not_where_they_live() -> None:
    brief = _read("We need a carer in the Bristol studio and people who live in Leeds.")
    assert [c.value for c in brief.musts() if c.field is CriterionField.PLACE] == [["Leeds"]]


def test_an_aside_that_rules_out_is_no_wish() -> None:
    brief = _read("Those taking part should be care workers (we are not looking at personal assistants this time).")
    roles = [(c.op, c.value) for c in brief.criteria if c.field is CriterionField.ROLE]
    assert roles == [(Op.NONE_OF, ["personal assistant"])]


def test_so_many_of_those_wanted_are_neither_a_must_nor_the_number() -> None:
    brief = _read(
        "Who we're after: 8 people.\n\nAt least three people who work nights, and at least two who drive."
    )
    assert (brief.people_wanted.min, brief.people_wanted.max) == (8, 8)
    assert not [c for c in brief.musts() if c.field is CriterionField.SHIFT]


def test_a_stretch_of_days_is_one_session_and_a_list_of_days_several() -> None:
    brief = _read("We film Mon 13 to Fri 24 April 2026. Workshops for carers on 8 and 19 May 2026, 7pm.")
    assert [(str(s.on), str(s.until)) for s in brief.sessions] == [
        ("2026-04-13", "2026-04-24"),
        ("2026-05-08", "None"),
        ("2026-05-19", "None"),
    ]


def test_an_organisation_keeps_its_name_in_both_languages() -> None:
    signed = "We need six carers.\n\nKind regards,\nNia Bevan\nPolicy Officer\n"
    assert _read(f"{signed}Gofal Cymru | Social Care Wales").organisation == "Gofal Cymru | Social Care Wales"
    below = _read(f"{signed}Prifysgol Glan Menai\nGlan Menai University").organisation
    assert below == "Prifysgol Glan Menai / Glan Menai University"


def test_whom_it_asks_for_may_stand_first() -> None:
    brief = _read("Ann represents Barrow, so people living in Ulverston or Dalton are who she needs.")
    assert [c.value for c in brief.musts() if c.field is CriterionField.PLACE] == [
        ["Ulverston", "Dalton-in-Furness"]
    ]


def test_what_a_recruiter_asks_of_all_is_a_must_and_of_some_a_wish() -> None:
    brief = _read("Screener criteria\n\n- All to support people with a catheter\n- Min 6 to work nights\n")
    assert [c.value for c in brief.musts()] == ["support people with a catheter"]
    assert [c.strength for c in brief.criteria if c.field is CriterionField.SHIFT] == [Strength.PREFER]
