"""What a request is called: its own title, never the name of a section."""

from datetime import UTC, datetime

import pytest

from matcher.files.readers.documents import Address, Document, DocumentKind, read_text
from matcher.triage import read_request
from matcher.triage.reading.sentence_case import in_sentence_case
from matcher.triage.reading.title import says_nothing

NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


def title(text: str, subject: str = "") -> str:
    sender = Address("Bo Tarn", "bo.tarn@example.org") if subject else None
    kind: DocumentKind = "email" if subject else "pdf"
    document = Document("a", kind, subject=subject, sender=sender, text=text)
    return read_request(document, NOON).brief.title


def test_a_leaflet_is_called_by_its_own_title() -> None:
    text = (
        "Northmere University\nSchool of Health  |  Version 2\n"
        "Who sleeps when the carer sleeps: a study of live-in\nbreaks and handovers\n\n"
        "Who can take part\nLive-in carers anywhere.\n"
    )
    assert title(text) == "Who sleeps when the carer sleeps: a study of live-in breaks and handovers"


def test_a_title_in_capitals_wraps_and_becomes_a_sentence() -> None:
    text = (
        "FUEL, FROST AND FERRIES:\nCARE ON ORKNEY IN WINTER\n\nWhat happens\n"
        "We would like to hear from people who drive to visits on Orkney. Ferries are often late.\n"
    )
    assert title(text) == "Fuel, frost and ferries: care on Orkney in winter"


def test_a_short_name_takes_the_line_that_explains_it() -> None:
    text = "HEARTH\nA pilot study of cold homes seen by care workers\n\nCan I join?\n- You work in home care.\n"
    assert title(text) == "HEARTH: a pilot study of cold homes seen by care workers"


def test_a_form_has_no_heading() -> None:
    text = (
        "Form: Ask us\nYour name: Bo Tarn\nEmail: bo.tarn@example.org\n"
        "Tell us more: we are making an episode about carers who cycle to work.\n"
    )
    assert title(text) == "Episode: carers who cycle to work"


def test_a_subject_that_says_nothing_gives_way_to_what_is_asked() -> None:
    text = (
        "Hello,\nI am writing a dissertation on how carers share recipes when visits are short. Can you help?\nBo"
    )
    assert title(text, "Research participants needed") == "Dissertation: how carers share recipes"
    assert title("Hello,\nWe are looking into the cost of uniforms for carers.\nBo", "Quick question") == (
        "The cost of uniforms for carers"
    )


def test_a_subject_to_her_gives_way_to_what_the_text_names() -> None:
    text = "We invite home carers to join our new Rota Fairness Panel for a year.\nBo"
    assert title(text, "Ruth, your members should hear this") == "Rota Fairness Panel"


def test_a_plain_subject_stays() -> None:
    assert title("We want to talk to carers about rain.\nBo", "Re: Wet rounds") == "Wet rounds"


def test_the_sentence_that_asks_is_cut_to_whom_it_asks_for() -> None:
    text = "Hi, I would be grateful for help finding five night carers who:\n- have a dog\n"
    assert read_request(read_text(text), NOON).brief.title == "Five night carers"


@pytest.mark.parametrize(
    "line",
    [
        "Who can take part",
        "Tell us more",
        "What happens",
        "Who we need",
        "How do I join?",
        "What's involved",
        "Interested?",
    ],
)
def test_section_headings_say_nothing(line: str) -> None:
    assert says_nothing(line)


@pytest.mark.parametrize(
    "line", ["What would fair rotas look like?", "Sick pay survey", "Who sleeps when the carer sleeps"]
)
def test_headings_with_a_subject_say_something(line: str) -> None:
    assert not says_nothing(line)


@pytest.mark.parametrize(
    ("shouted", "text", "calm"),
    [
        ("NHS PAY: WHO GETS WHAT? ASK NOW", "", "NHS pay: who gets what? Ask now"),
        ("MEET HALVARD IN LEEDS", "We met Halvard in Leeds.", "Meet Halvard in Leeds"),
        ("Mixed TITLE", "", "Mixed TITLE"),
        ("CANOPY", "", "CANOPY"),
    ],
)
def test_capitals(shouted: str, text: str, calm: str) -> None:
    assert in_sentence_case(shouted, text) == calm
