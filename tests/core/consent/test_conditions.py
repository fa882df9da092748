"""What a member sets as a condition: where it keeps her out, and where it goes along with her."""

from typing import TYPE_CHECKING, Any

import pytest

from matcher import clock
from matcher.consent import Verdict, verdicts
from matcher.consent.conditions import FOR_THE_REQUESTER, LABELS, as_put, forbidden, in_words, needs_of
from matcher.knowledge.canonical import conditions
from matcher.model import Anonymity, Audience, Brief, Criterion, CriterionField, Format, Op, Recording, Strength
from matcher.storage import reading, request_of

if TYPE_CHECKING:
    from tests.conftest import Network


def brief(**fields: Any) -> Brief:
    return Brief(**({"title": "Night shifts", "audience": Audience.MEDIA} | fields))


EMPLOYER_AGREES = Criterion(Strength.MUST, CriterionField.EMPLOYER_INVOLVED, Op.IS, True, "employer must agree")


@pytest.mark.parametrize(
    ("code", "request_", "keeps_out"),
    [
        ("no_photo", {"recording": Recording.PHOTO}, True),
        ("no_photo", {"recording": Recording.AUDIO}, False),
        ("first_name_only", {"anonymity": Anonymity.NAMED}, True),
        ("first_name_only", {"anonymity": Anonymity.FIRST_NAME}, False),
        ("anonymous_only", {"anonymity": Anonymity.FIRST_NAME}, True),
        ("anonymous_only", {"anonymity": Anonymity.ANONYMOUS}, False),
        ("anonymous_only", {"anonymity": Anonymity.NOT_STATED}, False),
        ("no_video", {"anonymity": Anonymity.ON_CAMERA}, True),
        ("no_broadcast", {"format": Format.LIVE_BROADCAST}, True),
        ("no_broadcast", {"format": Format.PRINT}, False),
        ("no_recording", {"format": Format.RECORDED_BROADCAST}, True),
        ("no_recording", {"format": Format.LIVE_BROADCAST}, False),
        ("radio_only", {"anonymity": Anonymity.ON_CAMERA}, True),
        ("employer_must_not_know", {"criteria": (EMPLOYER_AGREES,)}, True),
        ("no_email", {"anonymity": Anonymity.ON_CAMERA}, False),
        ("needs_travel", {"format": Format.LIVE_BROADCAST}, False),
    ],
)
def test_a_request_that_needs_what_she_rules_out(code: str, request_: dict[str, Any], keeps_out: bool) -> None:
    said = forbidden([code], needs_of(brief(**request_)))
    assert bool(said) == keeps_out
    if said:
        assert said.startswith(LABELS[code])
        assert "this request" in said


def test_the_gate_says_which_condition(network: "Network") -> None:
    ada = network.willing("Ada", conditions=["no_photo"])
    bea = network.willing("Bea")
    request = network.request(recording=Recording.PHOTO)
    with reading(network.store) as session:
        found = verdicts(session, request_of(session, request), clock.today())
    assert found[ada] == Verdict(False, rule="condition", reason="No photo, and this request needs a photo")
    assert found[bea].may


def test_a_condition_that_nobody_knows_keeps_nobody_out() -> None:
    assert forbidden(["something_else"], needs_of(brief(anonymity=Anonymity.ON_CAMERA))) == ""
    assert in_words(["something_else", "no_photo"]) == "No photo"
    assert in_words(None) == ""


def test_what_a_requester_is_told_says_nothing_about_her_life() -> None:
    told = in_words(LABELS, among=FOR_THE_REQUESTER)
    for private in ("union", "access", "childcare", "interpreter", "Welsh", "manager", "Shares"):
        assert private.casefold() not in told.casefold()
    assert set(LABELS) >= FOR_THE_REQUESTER


TV, PRINT_NAMED = {"anonymity": Anonymity.ON_CAMERA}, {"anonymity": Anonymity.NAMED}
PHOTO, TAPED = {"recording": Recording.PHOTO}, {"recording": Recording.AUDIO}
AS_THEY_WRITE = [  # what she writes, a request that needs what she rules out, one that does not
    ("first name only", PRINT_NAMED, {"anonymity": Anonymity.FIRST_NAME}),
    ("First name only please!!", PRINT_NAMED, TAPED),
    ("Dont use my surname", PRINT_NAMED, PHOTO),
    ("initials only", PRINT_NAMED, TAPED),
    ("no photos please", PHOTO, TAPED),
    ("NO PICS", PHOTO, TAPED),
    ("please don’t photograph me", PHOTO, TAPED),
    ("id rather not have my picture taken, rather not have photos", PHOTO, TAPED),
    ("photo ok but not my face", TV, PHOTO),
    ("not on camera", TV, PHOTO),
    ("I don't want to be filmed", TV, TAPED),
    ("nothing on telly", TV, PRINT_NAMED),
    ("audio only", TV, TAPED),
    ("voice only pls", PHOTO, TAPED),
    ("radio only", PHOTO, TAPED),
    ("not to be recorded", TAPED, PHOTO),
    ("notes only", TAPED, PHOTO),
    ("nothing live", {"format": Format.LIVE_BROADCAST}, {"format": Format.RECORDED_BROADCAST}),
    ("keep me anonymous", PRINT_NAMED, {"anonymity": Anonymity.PSEUDONYM}),
    ("use a different name", {"anonymity": Anonymity.FIRST_NAME}, {"anonymity": Anonymity.ANONYMOUS}),
    ("don't name my employer", {"criteria": (Criterion(
        Strength.MUST, CriterionField.ANONYMITY, Op.HAS, "named", "with your name and employer"),)}, PRINT_NAMED),
    ("nobody at work must know", {"criteria": (EMPLOYER_AGREES,)}, TV),
    ("happy to talk, but no photos", PHOTO, PRINT_NAMED),
]  # fmt: skip


@pytest.mark.parametrize(("words", "needs_it", "does_not"), AS_THEY_WRITE, ids=[row[0] for row in AS_THEY_WRITE])
def test_what_people_write_keeps_them_out_of_what_they_rule_out(
    words: str, needs_it: dict[str, Any], does_not: dict[str, Any]
) -> None:
    codes = conditions(words)
    assert "this request" in forbidden(codes, needs_of(brief(**needs_it)))
    assert forbidden(codes, needs_of(brief(**does_not))) == ""


@pytest.mark.parametrize(
    "words",
    ["none", "n/a", "happy with anything", "I don't mind being on camera", "no problem with photos", "photos fine",
     "happy to be named", "I dont mind being filmed or photographed", "not bothered about photos"],
)  # fmt: skip
def test_what_people_allow_keeps_them_out_of_nothing(words: str) -> None:
    codes = conditions(words)
    for request_ in (TV, PRINT_NAMED, PHOTO, TAPED, {"format": Format.LIVE_BROADCAST}):
        assert forbidden(codes, needs_of(brief(**request_))) == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("not before 10am", "Not before 10am"),
        ("no calls before noon please", "No calls before noon"),
        ("evenings only", "Evenings only"),
        ("between 6 and 8", "Between 6 and 8"),
        ("no photos, not after 9pm", "No photo; Not after 9pm"),
        ("email only", "By e-mail only"),
        ("not on facebook", "Not on social media"),
        ("can I bring a friend", "Brings somebody along"),
        ("no records kept", ""),
    ],
)
def test_what_the_requester_is_told(words: str, told: str) -> None:
    assert in_words(conditions(words), FOR_THE_REQUESTER) == told


@pytest.mark.parametrize(
    ("words", "tv", "print_"),
    [
        ("ask me first for TV", True, False),
        ("check with me before radio or tv", True, False),
        ("TV only if you ring first", True, False),
        ("ask me first about journalists", True, True),
        ("please ask me first", True, True),
        ("no photos", False, False),
    ],
)
def test_ask_me_first_as_a_condition(network: "Network", words: str, tv: bool, print_: bool) -> None:
    ada = network.willing("Ada", conditions=list(conditions(words)))
    on_camera, in_print = network.request(anonymity=Anonymity.ON_CAMERA), network.request(format=Format.PRINT)
    for request, first in ((on_camera, tv), (in_print, print_)):
        with reading(network.store) as session:
            found = verdicts(session, request_of(session, request), clock.today())
        assert (found[ada].may, found[ada].ask_first) == (True, first)


def test_for_her_own_eyes_her_words_come_first_and_nothing_is_lost() -> None:
    assert as_put("no pics, ring after six", ["no_photo", "hours: after six", "first_name_only"]) == (
        "no pics, ring after six; First name only"
    )
    assert as_put(None, ["no_photo"]) == "No photo"
    assert as_put("", None) == ""
