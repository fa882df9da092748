"""The sentences of the figures: true, whole, and in plain words."""

import pytest

from matcher.insight import Growth, Heard, Replies, RequesterRecord, Series, Spread, Volunteers, Wait, Waits
from matcher_ui.models.insight_words import (
    evenness_words,
    growth_words,
    replies_words,
    requesters_words,
    turns_notes,
    turns_words,
    voice_words,
    waits_words,
)


def spread(*by_asks: tuple[int, int]) -> Spread:
    people, asks = sum(count for _, count in by_asks), sum(times * count for times, count in by_asks)
    never = sum(count for times, count in by_asks if not times)
    most = max((times for times, _ in by_asks), default=0)
    return Spread(people, asks, never, most, 0.5 if asks else None, (), tuple(by_asks), ())


def wait(requests: int, shortest: int, median: float, longest: int) -> Wait:
    return Wait(None, "All", requests, median, None, None, shortest, longest)


@pytest.mark.parametrize(
    ("by_asks", "said"),
    [
        (((0, 9_265), (1, 105)), "as evenly as can be"),
        (((0, 192), (1, 66), (2, 14), (3, 3)), "fairly evenly"),
        (((0, 175), (1, 57), (2, 26), (3, 13), (4, 2), (5, 2)), "not very evenly"),
        (((0, 9_355), (7, 15)), "unevenly"),
        (((0, 5),), ""),
    ],
)
def test_how_even_is_said_by_how_many_asks_went_astray(by_asks: tuple[tuple[int, int], ...], said: str) -> None:
    assert evenness_words(spread(*by_asks)) == said


def test_turns() -> None:
    few = spread((0, 192), (1, 66), (2, 14), (3, 3))
    assert turns_words(few) == ("103 asks went to 83 people, fairly evenly; 192 of 275 who may be asked were not.")
    nobody = Volunteers(0, 0, 0)
    notes = turns_notes(few, Volunteers(1, 1, 1))
    assert "To be as even as can be, 20 of 103 asks would have had to go to somebody else." in notes
    assert "With 103 asks for 275 people, 172 people would be left out however they are shared." in notes
    assert notes[-1] == "Apart from these, 1 person answered an open call."
    assert "With 8 asks for 4 people, nobody had to be left out." in turns_notes(
        spread((2, 4)), Volunteers(0, 0, 0)
    )
    assert turns_notes(spread((0, 4)), nobody) == []
    assert turns_words(spread((0, 4))).startswith("Nobody has been asked")


def test_voices() -> None:
    london = Heard(27, 17, 0, 3, 0.09, 0.21)
    rest = Heard(273, 63, 0, 9, 0.91, 0.79)
    assert voice_words([("Wales", rest), ("London", london)], "") in (
        "Furthest apart: London, with 9 of 100 members but 21 of 100 people asked.",
        "Furthest apart: Wales, with 91 of 100 members but only 79 of 100 people asked.",
    )
    alike = [("Zero hours", Heard(50, 50, 0, 0, 0.5, 0.52)), ("Salaried", Heard(50, 48, 0, 0, 0.5, 0.48))]
    assert voice_words(alike, "").startswith("Those asked are much like the members")
    few = voice_words([("London", Heard(27, 3, 0, 0, 0.09))], "")
    assert few == "3 people asked in this time: too few for shares, so the numbers stand alone."
    assert voice_words([("London", Heard(27))], "").startswith("Nobody was asked")
    less = voice_words([("Zero hours", Heard(50, 20, 0, 0, 0.5, 0.3))], " in England")
    assert less == "Furthest apart: zero hours, with 50 of 100 members in England but only 30 of 100 people asked."


def test_answers() -> None:
    assert replies_words(Replies(None, None, "All", 10, 4, 2, 1, 0, 3, 0.25)) == (
        "Of 10 asks, 4 brought a yes and 3 another answer; 3 have none yet. Half of the answers came within 6 "
        "hours."
    )
    assert replies_words(Replies(None, None, "All", 1, 0, 0, 0, 0, 1, None)) == (
        "Of 1 ask, 0 brought a yes and 0 another answer; 1 has none yet."
    )
    assert "within 3 days" in replies_words(Replies(None, None, "All", 2, 2, 0, 0, 0, 0, 3.1))
    assert "within the hour" in replies_words(Replies(None, None, "All", 2, 2, 0, 0, 0, 0, 0.001))


def test_waits() -> None:
    assert waits_words(Waits(wait(3, 23, 25, 37), (), 9, 8, 0)) == (
        "3 requests led to an introduction: half of them within 25 days, the slowest after 37 days. "
        "8 requests of this time are still open."
    )
    one = waits_words(Waits(wait(1, 1, 1, 1), (), 1, 1, 0))
    assert one == "One request led to an introduction, after 1 day. 1 request of this time is still open."
    none = Wait(None, "All", 0, None, None, None, None, None)
    assert waits_words(Waits(none, (), 0, 0, 0)) == "Nobody was introduced in this time."


def test_requesters_and_growth() -> None:
    record = RequesterRecord(1, "Ada Moss", "Calder University", took_part=3, paid=1, to_pay=2, heard_back=1)
    assert requesters_words([record]) == (
        "Members took part 3 times: once they were paid, 2 times they are still owed; "
        "once they were told what came of it."
    )
    grown = Growth((), (4, 1), (4, 5), (0, 1), (), ())
    by = [Series("Other ways", (3, 1)), Series("A colleague", (1, 0))]
    assert growth_words(grown, by, "the way named most is") == (
        "5 people joined and are still here; the way named most is A colleague, with 1. "
        "1 person had their record erased."
    )
