"""What a remark beside a yes does to it, and until when something said holds."""

from datetime import date

import pytest

from matcher.knowledge.ends import parted_from_end
from matcher.knowledge.remarks import Remark, turns_away, weighed


@pytest.mark.parametrize(
    ("remark", "does"),
    [
        ("still happy, spoke 3/9", Remark.GOOD),
        ("consent form signed 3/9", Remark.GOOD),
        ("call after 6pm", Remark.GOOD),
        ("happy to be asked about research", Remark.GOOD),
        ("was happy once", Remark.SPEAKS),
        ("blanked us twice", Remark.SPEAKS),
        ("doesn’t", Remark.SPEAKS),
        ("ring her daughter", Remark.SPEAKS),
        ("?", Remark.SPEAKS),
        ("drives a Corsa", Remark.ELSE),
        ("", Remark.ELSE),
    ],
)
def test_a_remark_is_understood_whole_or_may_speak_against_a_yes(remark: str, does: Remark) -> None:
    assert weighed(remark) is does


@pytest.mark.parametrize(
    ("words", "turned"),
    [
        ("please remove me", True), ("I no longer consent", True), ("Do not contact my employer", False),
        ("contact time only, no mileage", False), ("no photos", False), ("opted for days", False),
    ],
)  # fmt: skip
def test_her_own_words_turn_away_who_would_ask_only_when_they_speak_of_it(words: str, turned: bool) -> None:
    assert turns_away(words) is turned


@pytest.mark.parametrize(
    ("said", "rest", "end"),
    [
        ("ok until 31 Jan 2027", "ok", date(2027, 1, 31)),
        ("yes till end of 2027", "yes", date(2027, 12, 31)),
        ("Y (to 31/3/27)", "Y", date(2027, 3, 31)),
        ("yes until Dec 2026", "yes", date(2026, 12, 31)),
        ("yes until 2027", "yes until 2027", None),
        ("yes until Easter", "yes until Easter", None),
        ("yes until 31 Foo 2027", "yes until 31 Foo 2027", None),
    ],
)
def test_a_day_until_which_something_holds(said: str, rest: str, end: date | None) -> None:
    assert parted_from_end(said) == (rest, end)
