"""What letters of many styles say: bounds, negations, lists, headings, hours, totals, small print."""

from datetime import UTC, date, datetime

import pytest

from matcher.files.readers.documents import Document, read_text
from matcher.model import Anonymity, Brief, Criterion, CriterionField, Format, Op, Strength
from matcher.triage import read_request
from matcher.triage.reading.layout import lay_out

NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)


def brief(words: str, subject: str = "") -> Brief:
    document = Document("a.txt", "text", subject=subject, text=words) if subject else read_text(words)
    return read_request(document, NOON).brief


def musts(words: str) -> list[Criterion]:
    return [c for c in brief(words).criteria if c.strength is Strength.MUST]


@pytest.mark.parametrize(
    ("phrase", "years"),
    [
        ("in the job for no less than eighteen months", 1.5),
        ("who have done home care for a minimum of 3 years", 3),
        ("who has been doing home care for a year or longer", 1),
    ],
)
def test_a_least_time_in_the_work_in_any_words(phrase: str, years: float) -> None:
    found = musts(f"I am looking for people {phrase}.")
    assert [c.value for c in found if c.field is CriterionField.YEARS_IN_CARE] == [years]


def test_an_item_that_says_what_they_are_not_rules_those_out() -> None:
    found = musts("You can join if you\n- work in home care\n- are not supervisors or team leaders\n")
    assert [(c.op, c.value) for c in found if c.field is CriterionField.ROLE] == [
        (Op.NONE_OF, ["supervisor", "team leader"])
    ]


def test_employed_but_not_agency_temps_and_not_care_homes() -> None:
    words = (
        "I want to talk to six carers in Kent. "
        "Directly employed by a provider please, not agency temps, and not care homes."
    )
    found = {(c.field, c.op): c.value for c in musts(words)}
    assert found[CriterionField.CONTRACT, Op.ANY_OF] == ["employed"]
    assert found[CriterionField.CONTRACT, Op.NONE_OF] == ["agency worker"]
    assert found[CriterionField.SETTING, Op.NONE_OF] == ["care home"]


def test_what_nobody_needs_is_no_must() -> None:
    found = musts("You will need to have supported somebody with a catheter. You do not need to live in our area.")
    assert [c.text for c in found] == ["have supported somebody with a catheter"]


def test_whoever_left_home_care_is_wanted_for_that() -> None:
    found = musts("We want to interview women who left a home care job in Cumbria during the last two years.")
    assert any("left a home care job" in str(c.value) for c in found)


def test_where_nothing_else_is_asked_a_wish_to_hear_from_people_is_what_is_asked() -> None:
    asked = "We would like to hear from care workers with at least five years' experience."
    assert [c.value for c in musts(asked) if c.field is CriterionField.YEARS_IN_CARE] == [5]
    beside = f"We need three care workers from Leeds. {asked}"
    assert not [c for c in musts(beside) if c.field is CriterionField.YEARS_IN_CARE]


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Sample: 10 in total: 5 England, 3 Scotland, 2 Wales", (10, 10)),
        ("Participants: six to eight", (6, 8)),
        ("Sample: n=18", (18, 18)),
        ("Date | Place | Room for\nMon 7 June: Town Hall | 12\nThu 10 June: Library | 12", (24, 24)),
        ("We would love a couple (two or three) of your members on the show.", (2, 3)),
        ("Could you find two, maybe three?", (2, 3)),
        ("We'd love to find two couples (so four people) who both work in care.", (4, 4)),
        ("We hold two groups, on 8 and 19 February, with six to eight home carers in each.", (12, 16)),
        ("We have 8 places. When one carer leaves and another arrives, what gets lost?", (8, 8)),
        ("We need six short testimonies from home carers.", (6, 6)),
        ("We run two focus groups with home carers.\n7 people per group.", (14, 14)),
        ("We are seeking one carer from each of three areas, plus one from elsewhere, four in all.", (4, 4)),
        ("I'd like two of the three speakers to be home carers. It is in front of 200 people.", (2, 2)),
        ("I have eleven people now, so I need another five or so.", (5, 5)),
        ("Date: Venue | Places\nMon 27 April: Town Hall | 12\nThu 30 April: Library | 12", (24, 24)),
        ("Room for six in each.\nLeeds: Tuesday 19 May, 10am\nHull: Thursday 21 May, 10am", (12, 12)),
    ],
)
def test_how_many_in_rows_groups_and_totals(words: str, people: tuple[int, int]) -> None:
    wanted = brief(words).people_wanted
    assert (wanted.min, wanted.max) == people


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Could a carer come on tonight's show? Call me on 07700 900118 before 4.30 please.", date(2026, 2, 2)),
        (
            "We meet on Tuesday 19 May at 10am in Leeds. Please book a week before the first group.",
            date(2026, 5, 12),
        ),
        ("We record on 14 and 15 April, so by the Monday before would be ace.", date(2026, 4, 13)),
        ("I send it to the printer on 12 June so I need names the Friday before that.", date(2026, 6, 5)),
        ("Recruits confirmed by: Weds 6th May", date(2026, 5, 6)),
        ("We meet people w/c 16 March, so send me any names before then.", date(2026, 3, 16)),
        ("We meet on Tuesday 19 May in Leeds. Please book ten days before each session.", date(2026, 5, 9)),
        ("I hope to get it all done in the next fortnight.", date(2026, 2, 16)),
        ("I'm recruiting from now until the end of May.", date(2026, 5, 31)),
        ("Please ask for yours before 25 March.", date(2026, 3, 25)),
    ],
)
def test_the_day_names_are_wanted_by(words: str, day: date) -> None:
    assert brief(words).deadline == day


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("Write for our magazine. £250. Copy date 1 March.", 250),
        ("The person is paid less than £13 an hour. We offer £75 to each contributor.", 75),
        ("You get a £40 voucher at each workshop (£160 if you come to all four).", 160),
        ("One of four £50 cards, drawn at random.", 50),
        ("We pay £12.60 an hour for your time.", 12.6),
    ],
)
def test_what_a_person_gets(words: str, amount: float) -> None:
    assert brief(words).payment.amount == amount


def test_places_of_a_table_and_of_nobody() -> None:
    rows = (
        "We meet carers in Carmarthenshire.\nWhere: When\n"
        "Llanelli: Tuesday 19 May, 10am\nAmmanford: Thursday 21 May, 10am"
    )
    assert brief(rows).places == ("Carmarthenshire", "Llanelli", "Ammanford")
    elsewhere = "We met at the Derry conference. We are a small company in Salford looking for carers in Bury."
    assert brief(elsewhere).places == ("Bury",)
    assert brief("I need a carer. Lincoln or anywhere near.").places == ("Lincoln",)


def test_a_format_that_only_a_heading_names_and_none_at_all() -> None:
    assert brief("Discussion groups\n\nCome and tell the council about home care.").format is Format.FOCUS_GROUP
    assert brief("A charity hopes to speak to ten home carers about rotas.").format is Format.INTERVIEW


@pytest.mark.parametrize(
    ("words", "anonymity"),
    [
        ("Guests use their real name but first name is fine.", Anonymity.FIRST_NAME),
        ("Names of members go in the minutes on our website.", Anonymity.NAMED),
        ("Send the full name and home address of each carer.", Anonymity.NOT_STATED),
        ("Notes only, nobody's name written down.", Anonymity.ANONYMOUS),
    ],
)
def test_how_people_appear(words: str, anonymity: Anonymity) -> None:
    assert brief(words).anonymity is anonymity


def test_labels_behind_bullets_and_a_stem_without_a_colon() -> None:
    text = "We want\n- Six carers from Leeds\n- Who: home carers\n"
    found = lay_out(text, 0, len(text), letter=False).passages
    assert [(p.label, p.stem, p.text) for p in found][1:] == [
        ("", "We want", "Six carers from Leeds"),
        ("Who", "", "home carers"),
    ]


def test_a_sentence_may_end_in_a_word_cut_short() -> None:
    text = "It takes 15 mins. Leeds or near. We pay approx. £20."
    found = lay_out(text, 0, len(text), letter=False).passages
    assert [p.text for p in found] == ["It takes 15 mins.", "Leeds or near.", "We pay approx. £20."]


def test_a_signature_above_small_print_is_one() -> None:
    text = (
        "We need four carers.\n\nSunita Braithwaite\nSenior Recruiter, Viewpoint Ltd\n\n"
        "Viewpoint Ltd is registered in England and Wales."
    )
    draft = brief(text)
    assert draft.requester == "Sunita Braithwaite"
    assert draft.regions == ()


def test_who_writes_with_a_first_name_alone() -> None:
    found = brief("Hi Maggie its Tunde from Wharf Radio. I'd like a home carer to talk about Christmas rotas.")
    assert found.requester == "Tunde"
    signed = "I need six carers.\n\nKind regards,\nSunita Rao BA MSc\nLeeds University"
    assert brief(signed).requester == "Sunita Rao"


def test_a_subject_keeps_what_stands_before_the_question() -> None:
    found = brief("We need thirty live-in carers.", subject="Sleep and live-in care: can you help us recruit?")
    assert found.title == "Sleep and live-in care"
