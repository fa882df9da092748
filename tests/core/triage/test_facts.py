"""Single facts in short texts: who asks, whom for, how many, how much, when, and what raises a flag."""

from datetime import UTC, datetime

import pytest

from matcher.files.readers.documents import read_text
from matcher.model import Audience, Brief, CriterionField, EthicsStatus, Op, Strength
from matcher.triage import read_request
from matcher.triage.reading.flags import facts_flagged

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def brief(words: str) -> Brief:
    return read_request(read_text(words), NOON).brief


def musts(words: str) -> list[tuple[CriterionField, Op, object]]:
    return [(c.field, c.op, c.value) for c in brief(words).criteria if c.strength is Strength.MUST]


def flags(words: str) -> set[str]:
    return {flag.rule for flag in read_request(read_text(words), NOON).flags}


@pytest.mark.parametrize(
    ("words", "requester", "organisation"),
    [
        ("I'm Prof Anneke Vos at Solway University and I study gloves.", "Prof Anneke Vos", "Solway University"),
        ("My name is Tam O'Shea-Lindt from the Harbour Trust. We map loos.", "Tam O'Shea-Lindt", "Harbour Trust"),
        ("We need two carers.\n\nRosa Quay-Dillon\nFirth Media Ltd", "Rosa Quay-Dillon", "Firth Media Ltd"),
        (
            "Names by Hallowe'en. Idris Pell, Campaigner, Kelp Union: idris@kelpunion.example.org",
            "Idris Pell",
            "Kelp Union",
        ),
    ],
)
def test_who_asks_is_kept_apart_from_whom_for(words: str, requester: str, organisation: str) -> None:
    found = brief(words)
    assert (found.requester, found.organisation) == (requester, organisation)


def test_a_surname_or_an_office_is_no_place_people_come_from() -> None:
    found = brief("I'm Kay Preston from a small charity in Exeter. We want to hear from home carers in Wigan.")
    assert found.places == ("Wigan",)
    assert (CriterionField.PLACE, Op.ANY_OF, ["Wigan"]) in musts("We want to hear from home carers in Wigan.")


def test_one_sentence_gives_its_fields_and_nothing_twice() -> None:
    assert musts("We are looking for nine home care workers who do waking nights or sleep-ins at present.") == [
        (CriterionField.SETTING, Op.ANY_OF, ["home care"]),
        (CriterionField.SHIFT, Op.ANY_OF, ["nights", "sleep-in"]),
    ]


def test_words_keep_only_what_no_field_says() -> None:
    said = musts("I need four carers who work for an agency in Kent and who are in a choir with other carers.")
    assert (CriterionField.PLACE, Op.ANY_OF, ["Kent"]) in said
    assert [value for field, _, value in said if field is CriterionField.WORDS] == [
        "are in a choir with other carers"
    ]


def test_the_sentence_that_asks_is_no_requirement() -> None:
    text = "I want help finding three home care workers who:\n- keep bees;\n- live in Fife; and\n- can drive.\n"
    found = [c for c in brief(text).criteria if c.strength is Strength.MUST]
    assert [(c.field, c.text) for c in found] == [
        (CriterionField.SETTING, "three home care workers"),
        (CriterionField.WORDS, "keep bees"),
        (CriterionField.PLACE, "live in Fife"),
        (CriterionField.WORDS, "can drive"),
    ]


def test_what_they_will_talk_about_is_no_requirement() -> None:
    fields = {field for field, _, _ in musts("We need six carers for a chat about sleep-ins and dementia.")}
    assert not fields & {CriterionField.SHIFT, CriterionField.CARE_TYPE}


def test_who_is_ruled_out_is_read_item_by_item() -> None:
    text = "Sorry, not for: self-employed carers, trainers, people on leave, and care home staff.\n"
    ruled_out = {c.field: c.value for c in brief(text).criteria if c.op is Op.NONE_OF}
    assert ruled_out == {
        CriterionField.CONTRACT: ["self-employed"],
        CriterionField.ROLE: ["trainer"],
        CriterionField.WORDS: ["people on leave"],
        CriterionField.SETTING: ["care home"],
    }


def test_members_and_non_members_is_everybody() -> None:
    assert musts("Who can come\n- Union members, and non-members.\n- Be aged 40 or over.\n") == [
        (CriterionField.AGE, Op.AT_LEAST, 40)
    ]


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Looking for a couple of carers in Hull and one or two in Goole.", (3, 4)),
        ("We need six care workers and two senior care workers.", (8, 8)),
        ("We need six home carers, including two seniors.", (6, 6)),
        ("We would like to hear from three people, two women and one man.", (3, 3)),
        ("Do you have a night sitter or a carer, or maybe two, for us?", (1, 2)),
        ("We want to hold three conversations, each for up to ten people.", (None, 30)),
    ],
)
def test_how_many(words: str, people: tuple[int | None, int]) -> None:
    found = brief(words).people_wanted
    assert (found.min, found.max) == people


@pytest.mark.parametrize(
    ("words", "amount", "says"),
    [
        ("You get £10 for the diary and £25 for the interview.", 35, "£35 in all"),
        ("We can offer £15 for the first session and another £15 for the second.", 30, "£30 in all"),
        ("We pay £40 for an online group or £60 for a group in person.", 40, ""),
        ("£20 for each survey (so £40 in all).", 40, ""),
    ],
)
def test_two_payments_to_one_person_are_summed(words: str, amount: float, says: str) -> None:
    payment = brief(f"Thank you\n{words}").payment
    assert payment.amount == amount
    assert says in payment.text


def test_dates_of_files_and_versions_are_no_sessions() -> None:
    text = (
        "Please see Guide to visits v3 (4 - 27 May).pdf for the workshop.\n"
        "Leaflet version 2.1 - 30 June 2026, event team."
    )
    assert brief(text).sessions == ()


def test_a_weekday_repeats_the_session_it_names() -> None:
    sessions = brief("Workshop: Saturday 21 November, 11am, Truro.\nLunch at the Saturday session.").sessions
    assert [(session.on.isoformat(), session.place) for session in sessions] == [("2026-11-21", "Truro")]


def test_ethics_on_its_way() -> None:
    words = "I'm a student at Solway University. My ethics form went in last week and I should hear soon."
    assert brief(words).ethics.status is EthicsStatus.PENDING


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Please send us a spreadsheet with the phone numbers of your members.", "wants_contact_details"),
        ("If you think of anybody, text me their number.", "wants_contact_details"),
        ("Could I have names and a mobile for each by Monday?", "wants_contact_details"),
        ("Kindly send the following for each of your members.", "wants_contact_details"),
        ("Please do not hesitate to send a list of your members.", "wants_contact_details"),
        ("No later than Friday, send a list of your members.", "wants_contact_details"),
        ("Send their bank account and sort code.", "wants_papers"),
        ("We need a scan of their passport.", "wants_papers"),
        ("There is a small registration fee of £15.", "asks_to_buy"),
        ("£500 guaranteed, no questions asked.", "false_urgency"),
        ("You earn £5 per referral.", "paid_for_sign_ups"),
        ("There is a gift for every manager demo booked.", "paid_for_sign_ups"),
    ],
)
def test_flags_that_are_right(words: str, rule: str) -> None:
    assert rule in flags(words)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Ask anyone keen to email me their name and number.", "wants_contact_details"),
        ("Send us your name, the name of your agency and your town.", "wants_contact_details"),
        ("Nobody has to bring a client into it.", "clients_involved"),
        ("We never ask for bank details.", "wants_papers"),
        ("We do not put anything on Instagram.", "identifying_social_media"),
        ("The Fair Hours Commission pays for research into sales leads.", "paid_for_sign_ups"),
        ("We introduce carers to their manager's manager in the film.", "paid_for_sign_ups"),
    ],
)
def test_flags_that_would_be_wrong(words: str, rule: str) -> None:
    assert rule not in flags(words)


def test_what_was_listed_before_is_spelt_out() -> None:
    text = (
        "The film is about work in floods: sandbags, boats, lost keys and so on. I need two home carers who\n\n"
        "- have dealt with any of those things on a visit\n"
    )
    said = {c.text: c.value for c in brief(text).criteria if c.field is CriterionField.WORDS}
    assert said == {
        "have dealt with any of those things on a visit": "have dealt with any of those things on a visit "
        "(sandbags, boats, lost keys and so on)"
    }


@pytest.mark.parametrize(
    "header",
    [
        "On Mon, 26 Oct 2026 at 18:02, Ruth Ashdown <ruth@peers.example.org> wrote:",
        "On Mon, Oct 26, 2026 at 6:02 PM Ruth Ashdown <ruth@peers.example.org> wrote:",
        "On 26 Oct 2026, Ruth Ashdown wrote:",
        "From: Ruth Ashdown <ruth@peers.example.org>\nSent: 26 October 2026 18:02\nTo: Jo\nSubject: Carers",
    ],
)
def test_the_line_above_a_quoted_letter_names_nobody_who_asks(header: str) -> None:
    found = brief(
        f"Hi,\n\nYes, four carers in Hull, please.\n\nJo\n\n{header}\n\n> How many would you like to meet?\n"
    )
    assert (found.requester, found.contact, found.people_wanted.min) == ("", "", 4)


def test_a_letter_that_is_nothing_but_quoted_is_still_its_writers() -> None:
    quoted = (
        "On Tue, 2 Sept 2025 at 09:14, Dr Ana Pell <ana@kelp.example.org> wrote:\n\n> We need two carers in Hull.\n"
    )
    assert brief(quoted).requester == "Dr Ana Pell"


def test_a_reply_keeps_what_its_history_asks_for_beside_its_own() -> None:
    reply = "Hi,\n\nWe need carers in Hull, please.\n\nJo\n\nOn 26 Oct 2026, Jo Pell wrote:\n\n"
    asked = musts(f"{reply}> We need two carers who do sleep-ins and speak Polish.\n")
    assert {field for field, _, _ in asked} == {
        CriterionField.PLACE, CriterionField.SHIFT, CriterionField.LANGUAGE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "organisation"),
    [
        ("I'm Dr Imogen Farrell at Calder University. We need two carers.", "Calder University"),
        ("I am writing for Prof Hanneke de Wit at Calder University. We need two carers.", "Calder University"),
        ("We, that is Kirsty Lamb at Marlpit Films and I, need two carers.", "Marlpit Films"),
        (
            "I work at the Centre for Care at Calder University. We need two carers.",
            "Centre for Care at Calder University",
        ),
    ],
)
def test_a_person_is_no_part_of_her_organisation(words: str, organisation: str) -> None:
    assert brief(words).organisation == organisation


def test_a_wish_in_brackets_leaves_the_rest_a_must() -> None:
    words = "Could you find three carers (ideally women) who do sleep-ins in Fife?"
    assert {field for field, _, _ in musts(words)} == {CriterionField.SHIFT, CriterionField.PLACE}
    assert [(c.field, c.value) for c in brief(words).prefers()] == [(CriterionField.GENDER, "woman")]
    assert brief(words).places == ("Fife",)


def test_a_study_from_a_private_address_is_to_be_settled() -> None:
    def rules(contact: str) -> set[str]:
        return {flag.rule for flag in facts_flagged(Brief("Stress", Audience.ACADEMIC, contact=contact))}

    assert "private_address" in rules("prof.james@gmail.com")
    assert "private_address" not in rules("j.rao@calder.example")
