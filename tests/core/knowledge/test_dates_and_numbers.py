"""Dates, head counts, money and lengths of time in cells and running text."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.knowledge.date_cells import read_date
from matcher.knowledge.due_dates import due_dates
from matcher.knowledge.numbers import counts_in, durations_in, money_in

MONDAY = date(2026, 6, 1)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - cells carry no zone


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1/2/24", at(2024, 2, 1)),
        ("12 Feb 2024 18:30", at(2024, 2, 12, 18, 30)),
        ("18/12/2024 22:57:47", at(2024, 12, 18, 22, 57, 47)),
        ("2024-10-14 19:35:59", at(2024, 10, 14, 19, 35, 59)),
        ("12.3.24", at(2024, 3, 12)),
        ("12/31/2024", at(2024, 12, 31)),
        (45000.5, at(2023, 3, 15, 12)),
        (at(2024, 1, 2, 3, 4), at(2024, 1, 2, 3, 4)),
        (date(2024, 1, 2), at(2024, 1, 2)),
        ("at Blackpool meet", None),
        ("Feb", None),
        (12, None),
        (None, None),
    ],
)
def test_dates_in_cells(cell: object, expected: datetime | None) -> None:
    assert read_date(cell) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by close of play Friday 12th", ["2026-06-12"]),
        ("let me know Friday week", ["2026-06-12"]),
        ("w/c 4 May 2027", ["2027-05-04"]),
        ("ASAP - filming Tuesday", ["2026-06-02"]),
        ("end of September", ["2026-09-30"]),
        ("noon on the 21st", ["2026-06-21"]),
        ("before Hallowe'en", ["2026-10-31"]),
        ("24.06.26", ["2026-06-24"]),
        ("names a week ahead of the visit on 12 June", ["2026-06-05", "2026-06-12"]),
        ("mid-January", ["2027-01-15"]),
        ("on 8 and 19 February", ["2027-02-08", "2027-02-19"]),
        ("Tuesday 9, Friday 12 or Monday 15 June", ["2026-06-09", "2026-06-12", "2026-06-15"]),
        ("between Mon 8 and Fri 19 June", ["2026-06-19"]),
        ("Monday 15 June 2026, 2-4pm", ["2026-06-15"]),
        ("within two weeks", ["2026-06-15"]),
        ("Fri 5/6", ["2026-06-05"]),
        ("£12.21 an hour, 24/7, 3.5 hours, 5 to 10 minutes", []),
        ("I may come on 3 occasions and march on", []),
    ],
)
def test_dates_said(text: str, expected: list[str]) -> None:
    assert [str(found.date) for found in due_dates(text, MONDAY)] == expected


def test_a_weekday_that_does_not_fit_its_date_is_unsure() -> None:
    (right,) = due_dates("Friday 12 June 2026", MONDAY)
    (wrong,) = due_dates("Monday 12 June 2026", MONDAY)
    assert right.sure
    assert not wrong.sure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("four to six home care workers", (4, 6)),
        ("8-10 people", (8, 10)),
        ("a couple of carers", (2, 2)),
        ("up to 30 participants", (None, 30)),
        ("sixteen members", (16, 16)),
        ("3 or 4 care workers", (3, 4)),
        ("45 across three sites", (45, 45)),
        ("11 places left", (11, 11)),
        ("at least 10 carers in 2026", (10, None)),
        ("twenty-five women", (25, 25)),
    ],
)
def test_people_wanted(text: str, expected: tuple[int | None, int | None]) -> None:
    found = counts_in(text)
    assert (found[0].minimum, found[0].maximum) == expected


@pytest.mark.parametrize(
    "text", ["5 years as a care worker", "£40 for people", "in 2026 people", "30 minutes each"]
)
def test_figures_that_are_no_head_counts(text: str) -> None:
    assert counts_in(text) == ()


@pytest.mark.parametrize(
    ("text", "amount", "kind", "per"),
    [
        ("a £40 voucher", 40, "voucher", ""),
        ("a fee of £75 per session", 75, "fee", "session"),
        ("£20 Amazon gift card for each interview", 20, "gift card", "session"),
        ("£25/hour", 25, "", "hour"),
        ("45p a mile", 0.45, "", "mile"),
        ("£1,950.50 per person", 1950.5, "", "person"),
    ],
)
def test_money(text: str, amount: float, kind: str, per: str) -> None:
    (found,) = money_in(text)
    assert (round(found.amount, 2), found.currency, found.kind, found.per) == (amount, "GBP", kind, per)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("an hour", 60),
        ("90 minutes", 90),
        ("60 to 75 minutes", 75),
        ("1.5 hours", 90),
        ("half a day", 210),
        ("an hour and a half", 90),
        ("1 hour 30 minutes", 90),
        ("a one-hour interview", 60),
        ("a 20-minute call", 20),
    ],
)
def test_how_long_it_takes(text: str, minutes: int) -> None:
    assert [found.minutes for found in durations_in(text)] == [minutes]


@pytest.mark.parametrize("text", ["within an hour of Leeds", "15-minute visits", "£15 an hour", "30 hours a week"])
def test_figures_that_are_no_lengths(text: str) -> None:
    assert durations_in(text) == ()


@given(st.text(max_size=200))
def test_positions_slice_back(text: str) -> None:
    for found in due_dates(text, MONDAY):
        assert text[found.start : found.end] == found.text
    spans = [(f.start, f.end) for f in counts_in(text)] + [(f.start, f.end) for f in money_in(text)]
    for start, end in spans + [(f.start, f.end) for f in durations_in(text)]:
        assert 0 <= start < end <= len(text)
    read_date(text)
