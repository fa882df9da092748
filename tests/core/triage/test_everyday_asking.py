"""How people ask in everyday letters and chats, and what is then no requirement at all."""

from datetime import UTC, datetime

import pytest

from matcher.files.readers.documents import Address, Document, read_text
from matcher.model import Brief, CriterionField, Format, LetterKind, Op, RequestKind, Strength
from matcher.triage import read_request
from matcher.triage.letters import advise
from matcher.triage.reading.criteria.fields import clauses_in
from matcher.triage.reading.flags import Flag

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def brief_of(words: str) -> Brief:
    return read_request(read_text(words), NOON).brief


def musts(brief: Brief) -> set[tuple[str, str, str]]:
    return {(c.field.value, c.op.value, str(c.value)) for c in brief.criteria if c.strength is Strength.MUST}


def wishes(brief: Brief) -> str:
    return "; ".join(c.text for c in brief.criteria if c.strength is Strength.PREFER)


@pytest.mark.parametrize(
    ("phrase", "field", "op", "value"),
    [
        ("who have been doing it two years or less", CriterionField.YEARS_IN_CARE, Op.AT_MOST, 2),
        ("working in care for 3 yrs max", CriterionField.YEARS_IN_CARE, Op.AT_MOST, 3),
        (
            "who work in the East or West Midlands",
            CriterionField.REGION,
            Op.ANY_OF,
            ["East Midlands", "West Midlands"],
        ),
        ("five PAs who live in Wales", CriterionField.ROLE, Op.ANY_OF, ["personal assistant"]),
        ("be living in at the moment", CriterionField.SHIFT, Op.ANY_OF, ["live-in"]),
    ],
)
def test_what_a_phrase_asks(phrase: str, field: CriterionField, op: Op, value: object) -> None:
    assert (field, op, value) in [(clause.field, clause.op, clause.value) for clause in clauses_in(phrase)]


@pytest.mark.parametrize("phrase", ["five PAs living in Cardiff", "people living in the Midlands"])
def test_living_somewhere_is_no_way_of_working(phrase: str) -> None:
    assert CriterionField.SHIFT not in {clause.field for clause in clauses_in(phrase)}


def test_a_chat_asks_like_a_letter() -> None:
    found = brief_of(
        "hi! looking for about a dozen carers in England whove been doing it two yrs or less. "
        "hands on, so not trainers or managers. £20 voucher. Bex Oduya, Harcombe University"
    )
    asked = musts(found)
    assert ("country", "any_of", "['England']") in asked
    assert ("years_in_care", "at_most", "2") in asked
    assert not any("hands on" in value for _, op, value in asked if op == "none_of")
    assert any(field == "role" and op == "none_of" for field, op, _ in asked)


def test_how_it_is_done_is_nothing_a_person_must_be() -> None:
    found = brief_of(
        "What we need:\n- four home care workers in Scotland\n- an hour, by video, in private\n"
        "- no names will go in the minutes\n- names to me by 20 June 2026\n"
        "- not employers or managers, who had their turn in January\n"
    )
    assert not any("hour" in value or "names" in value or "January" in value for _, _, value in musts(found))
    assert any(field == "role" and op == "none_of" for field, op, _ in musts(found))


@pytest.mark.parametrize(
    "wish",
    [
        "Someone who's been bitten would be gold dust.",
        "Anyone thinking of packing it in would be cracking.",
        "We are keen on people from the Highlands.",
        "We'd be glad of anyone with dementia in the family.",
        "We hope for live-in carers among them.",
        "If you have carried something home on your clothes, we would like to hear from you most of all.",
        "Extra welcome: East of England, people over sixty.",
    ],
)
def test_a_wish_in_everyday_words_is_no_must(wish: str) -> None:
    found = brief_of(
        f"Dear all\nWe are looking for ten home care workers in Scotland.\n{wish}\nAnn Pell\nPell University"
    )
    said = {"bitten", "packing", "Highlands", "family", "live-in", "clothes", "sixty"}
    asked = " ".join(c.text for c in found.criteria if c.strength is Strength.MUST)
    assert not any(word in asked for word in said)
    assert any(word in wishes(found) for word in said)


def test_older_clients_ask_for_no_older_workers() -> None:
    found = brief_of("We invite home care workers with older people to keep a diary. Anywhere in the UK.")
    assert ("words", "has", "older people") not in musts(found)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("I'm a reporter on the Courier, writing an article about pay. Filming isn't needed.", Format.PRINT),
        ("I'm a reporter on the Courier, writing an article about pay. No camera crew, no filming.", Format.PRINT),
        (
            "I'm a producer on Radio Tarn. We are making a feature about pets for the morning show.",
            Format.RECORDED_BROADCAST,
        ),
        ("I'm a producer on Radio Tarn. Could one of them come on live at ten?", Format.LIVE_BROADCAST),
    ],
)
def test_what_is_not_wanted_is_no_format(words: str, wanted: Format) -> None:
    assert brief_of(f"Hello\n{words} We need two home carers.\nDeb Hartnell").format is wanted


@pytest.mark.parametrize(
    ("words", "remote"),
    [
        ("A group in Nottingham. We cannot do it online.", False),
        ("I'd ring them for twenty minutes or they could email me a paragraph.", True),
    ],
)
def test_from_afar_or_not(words: str, remote: bool) -> None:
    assert brief_of(f"Dear friends\nWe want six home carers in Devon. {words}\nAnn Pell").remote is remote


def test_what_the_network_asked_in_the_history_is_not_what_is_asked_of_members() -> None:
    mail = Document(
        "reply.eml", "email", subject="Re: diary", sender=Address("Noor Castell", "noor@sedgeway.example"),
        to=(Address("Home Care Peers", "hello@homecarepeers.example"),),
        text="Yes, they have to be living in now. Ten people, please.\nNoor Castell\nSedgeway University",
        quoted="On Mon, 9 Feb 2026 at 19:48, Home Care Peers <hello@homecarepeers.example> wrote:\n"
        "> We need to know: must they live in Kent? Is it for people with two years in care?\n"
        "> On Sun, 8 Feb 2026 at 10:00, Noor Castell <noor@sedgeway.example> wrote:\n"
        "> > We pay £120 for a diary.",
    )  # fmt: skip
    found = read_request(mail, NOON).brief
    assert "Kent" not in found.places
    assert CriterionField.YEARS_IN_CARE not in {criterion.field for criterion in found.criteria}
    assert found.payment.amount == 120


def test_a_grave_concern_holds_a_yes_back() -> None:
    concern = Flag("wants_contact_details", "It asks for members' contact details before anyone has said yes.")
    assert advise(RequestKind.REQUEST, (), (concern,)).kind is LetterKind.ASK_MORE
    assert "contact details" in advise(RequestKind.REQUEST, (), (concern,)).why
    assert advise(RequestKind.REQUEST, (), ()).kind is LetterKind.ACCEPT


@pytest.mark.parametrize(("when", "sure"), [("by Friday", False), ("by 19 June 2026", True)])
def test_a_date_that_counts_from_an_unknown_day_is_unsure(when: str, sure: bool) -> None:
    pasted = read_text(f"Hello\nWe are looking for six home carers. Names to me {when}, please.\nAnn Pell")
    known, unknown = (read_request(pasted, NOON, dated=dated) for dated in (True, False))
    assert known.brief.deadline == unknown.brief.deadline
    assert known.evidence["deadline"].sure
    assert unknown.evidence["deadline"].sure is sure
