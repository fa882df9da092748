"""What a member sets as a condition: where it keeps her out, and where it goes along with her."""

from typing import TYPE_CHECKING, Any

import pytest

from matcher import clock
from matcher.consent import Verdict, verdicts
from matcher.consent.conditions import FOR_THE_REQUESTER, LABELS, forbidden, in_words, needs_of
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
