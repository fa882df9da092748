"""What the answers of a sign-up form mean."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge import canonical
from matcher.knowledge.answers import yes_no
from matcher.knowledge.leaving import not_now, noted_as_left
from matcher.knowledge.permissions import permission_answers
from matcher.knowledge.ticks import ticked

LABELS = (
    "Policy makers (e.g. government, councils, MPs)",
    "University researchers",
    "Journalists, TV and radio",
    "Care sector events",
)
HEADER = "Are you happy for us to contact you about ... (tick all that apply)"


def decisions(header: str, cell: object) -> dict[str, str]:
    return {answer.purpose: answer.decision for answer in permission_answers(header, cell)}


def test_labels_with_commas_stay_whole() -> None:
    cell = f"{LABELS[0]}, University researchers, Journalists, TV and radio - but ask me first"
    assert ticked(cell, LABELS) == (LABELS[0], LABELS[1], "Journalists, TV and radio - but ask me first")


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        (
            HEADER,
            f"{LABELS[0]} - but ask me first, University researchers, Journalists, TV and radio - but ask me first",
            {"policy": "ask_first", "academic": "given", "media": "ask_first"},
        ),
        (HEADER, ", ".join(LABELS), dict.fromkeys(("policy", "academic", "media", "sector"), "given")),
        (HEADER, "", {}),
        ("OK to contact for media?", "Y", {"media": "given"}),
        ("OK to contact for media?", "ask me first", {"media": "ask_first"}),
        ("OK to contact for media?", "N", {"media": "refused"}),
        (HEADER, "please do not contact me", dict.fromkeys(("policy", "academic", "media", "sector"), "refused")),
        ("Which?", "No to media, yes to research", {"academic": "given", "media": "refused"}),
        ("Permissions", "MPs & govt; Universities; Press (ask me first)",
         {"policy": "given", "academic": "given", "media": "ask_first"}),
        ("Permissions", "Anything except journalists",
         {"policy": "given", "academic": "given", "media": "refused", "sector": "given"}),
        ("Newsletter?", "yes", {"news": "given"}),
        ("Permissions", "hmm", {}),
    ],
)  # fmt: skip
def test_permissions(header: str, cell: str, expected: dict[str, str]) -> None:
    assert decisions(header, cell) == expected


def test_none_of_these_refuses_all_but_the_newsletter() -> None:
    found = decisions(HEADER, "None of these, just the newsletter")
    assert {found[p] for p in ("policy", "academic", "media", "sector")} == {"refused"}
    assert found.get("news") == "given"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Y?", "ask"),
        ("yes - ask me first", "ask"),
        ("No thanks", "no"),
        ("", None),
        (True, "yes"),
        ("maybe", "ask"),
    ],
)
def test_yes_and_no(cell: object, expected: str | None) -> None:
    assert yes_no(cell) == expected


@pytest.mark.parametrize(
    ("read", "said", "expected"),
    [
        (canonical.role, "HCA", "care worker"),
        (canonical.role, "night carer", "night care worker"),
        (canonical.role, "Registered manager (former care worker)", "registered manager (former care worker)"),
        (canonical.employer_type, "the council", "council in-house"),
        (canonical.employer_type, "my boss is a mum on direct payments", "direct employer (PA)"),
        (canonical.contract_type, "zero hours, about 30", "zero hours"),
        (canonical.contract_type, "37.5", "full time"),
        (canonical.age_band, "I'm 23", "18-24"),
        (canonical.age_band, "in my late fifties", "55-64"),
        (canonical.age_band, "45 - 54", "45-54"),
        (canonical.gender, "woman", "F"),
        (canonical.gender, "prefer not to say", None),
        (canonical.ethnicity, "white british", "White British"),
        (canonical.migration_status, "sponsored", "Health and Care Worker visa"),
        (canonical.travel_miles, "20ish", 20),
        (canonical.travel_miles, "zone 1-4", None),
        (canonical.travel_miles, "n/a", None),
        (canonical.travel_miles, "0", 0),
        (canonical.modes, "Online only", (True, False)),
        (canonical.modes, "Both", (True, True)),
        (canonical.modes, "", (None, None)),
        (canonical.languages, "English, some Welsh", ("English", "some Welsh")),
        (canonical.languages, "Punjabi/Urdu n bit of English", ("Punjabi", "Urdu", "English")),
        (
            canonical.care_types,
            "Complex care (PEG, trachy, ventilator), Nights, sleep-ins",
            ("complex care", "nights"),
        ),
        (canonical.conditions, "no surname. No pic", ("first_name_only", "no_photo")),
        (canonical.conditions, "Keep company anonymous because of visa", ("no_employer_name",)),
        (canonical.conditions, "not on camera", ("no_video",)),
    ],
)
def test_canonical_answers(read: Callable[[str], object], said: str, expected: object) -> None:
    assert read(said) == expected


@given(st.text(max_size=120))
def test_no_answer_raises(text: str) -> None:
    for read in (
        canonical.age_band, canonical.care_types, canonical.conditions, canonical.contract_type,
        canonical.employer_type, canonical.ethnicity, canonical.gender, canonical.languages,
        canonical.migration_status, canonical.modes, canonical.role, canonical.travel_miles, yes_no,
    ):  # fmt: skip
        read(text)
    permission_answers(text, text)
    assert all(label in text for label in ticked(text) if "," not in label)


@given(
    st.sampled_from(["no", "No", "NO", "n", "N", "nope", "never"]),
    st.sampled_from(["", " ", "!", ". ", "?"]),
)
def test_a_refusal_is_never_read_as_a_yes(word: str, end: str) -> None:
    assert decisions("OK to contact for media?", f" {word}{end}") == {"media": "refused"}


def test_do_not_contact_refuses_more_than_its_column() -> None:
    assert set(decisions("OK to contact for media?", "do not contact me").values()) == {"refused"}
    assert len(decisions("OK to contact for media?", "do not contact me")) == 4


@pytest.mark.gold
def test_consent_words_of_the_graded_members() -> None:
    path = Path(__file__).parents[4] / "shared" / "gold" / "members" / "members.json"
    if not path.is_file():
        pytest.skip("the graded examples are not here")
    members = json.loads(path.read_text(encoding="utf-8"))
    kinds = {kind for member in members for kind in member["care_types"]}
    assert {canonical.care_types(kind) for kind in kinds} == {(kind,) for kind in kinds}
    roles = {member["role"] for member in members if member["role"] != "home carer"}
    assert {canonical.role(role) for role in roles} == roles
    employers = {member["employer_type"] for member in members}
    assert {canonical.employer_type(employer) for employer in employers} == employers


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("asked to be removed 3/9", True),
        ("Rang 4 Sept: wants to come off the list", True),
        ("opted out", True),
        ("WITHDRAWN", True),
        ("withdrew from the network in May", True),
        ("Do not contact", True),
        ("don't contact again - very upset", True),
        ("asked us to stop messaging", True),
        ("doesn't want to hear from us", True),
        ("left the network", True),
        ("DNC", True),
        ("deceased", True),
        ("sadly died in May", True),
        ("husband passed away, be gentle", False),
        ("do not contact before 10am", False),
        ("do not contact at work", False),
        ("left a voicemail", False),
        ("left her job in May", False),
        ("withdrew from the Thursday interview, poorly", False),
        ("asked to be rung after six", False),
        ("wants to take part", False),
        ("interested in delegated tasks", False),
        ("", False),
    ],
)
def test_a_note_that_says_she_left(note: str, left: bool) -> None:
    assert noted_as_left(note) is left


@pytest.mark.parametrize(
    ("status", "held_back"),
    [
        ("on hold till Jan", True), ("Pending", True), ("Lapsed 2024", True), ("Inactive", True), ("active", False),
        ("Subscribed", False), ("New", False), ("holds a licence", False), ("", False),
    ],
)  # fmt: skip
def test_a_status_under_which_no_yes_counts(status: str, held_back: bool) -> None:
    assert not_now(status) is held_back


@pytest.mark.parametrize("said", ["only_if_anonymous", "yes,_but_ask_me_first", "not_sure"])
def test_answers_that_a_program_ran_together(said: str) -> None:
    assert yes_no(said) == "ask"


@pytest.mark.parametrize("said", [
    "Absolutely not", "Of course not", "I do not", "ok no", "Sure... not!", "Yes. Actually no", "consent not given",
    "Consented 2019, withdrawn 2024", "happy not to", "not really", "declined",
])  # fmt: skip
def test_a_yes_that_is_taken_back_is_a_no(said: str) -> None:
    assert yes_no(said) == "no"


@pytest.mark.parametrize("said", [
    "Yes - anonymously", "Yes (with conditions)", "yes?", "Yes, later", "Yes to some", "Agree in principle",
    "Yes, not TV", "Only radio", "ok but ask", "Fine, though not on camera", "on the phone only", "Yes if paid",
])  # fmt: skip
def test_a_yes_with_a_condition_is_ask_me_first(said: str) -> None:
    assert yes_no(said) == "ask"


@pytest.mark.parametrize(
    "said", ["yes/no", "N/A", "-", "?", "Happy to be left alone", "1 = yes", "I'd prefer not to say"]
)
def test_what_is_neither_is_nothing(said: str) -> None:
    assert yes_no(said) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("NONE - do not contact re media or research", {"academic": "refused", "media": "refused"}),
        ("please dont ask about research", {"academic": "refused"}),
        ("I would rather not do TV or research", {"academic": "refused", "media": "refused"}),
        ("won't do telly", {"media": "refused"}),
        ("research = no", {"academic": "refused"}),
        ("research y, media n, policy ?", {"policy": "ask_first", "academic": "given", "media": "refused"}),
        ("research yes media no", {"academic": "given", "media": "refused"}),
        ("no media but research ok", {"academic": "given", "media": "refused"}),
        ("research only (no press!!)", {"academic": "ask_first", "media": "refused"}),
        ("Happy to help with research. Not press.", {"academic": "given", "media": "refused"}),
        ("research but not on camera", {"academic": "ask_first"}),
        ("I won't do TV, radio or research", {"academic": "ask_first", "media": "refused"}),
        ("anything but media",
         {"policy": "given", "academic": "given", "media": "refused", "sector": "given"}),
        ("anything but I'd like to know first",
         dict.fromkeys(("policy", "academic", "media", "sector"), "ask_first")),
        ("No problem with research", {"academic": "given"}),
        ("I don't mind research", {"academic": "ask_first"}),
        ("Journalists (we never share your name without asking)", {"media": "given"}),
        ("Charities and not-for-profit groups, universities", {"academic": "given", "sector": "given"}),
    ],
)  # fmt: skip
def test_a_no_counts_wherever_it_stands_in_an_answer(cell: str, expected: dict[str, str]) -> None:
    assert decisions("Consents", cell) == expected


@given(
    st.sampled_from(["no", "not", "never", "don't ask about", "won't do", "rather not", "please no more"]),
    st.sampled_from(["research", "TV", "press", "MPs", "universities"]),
    st.sampled_from(["", "Hi, ", "NONE - ", "I'm happy with most but ", "sorry "]),
    st.sampled_from(["", "!", " please", " (thanks)"]),
)
def test_what_a_no_names_is_never_given(no: str, whom: str, before: str, after: str) -> None:
    assert "given" not in decisions("Consents", f"{before}{no} {whom}{after}").values()
