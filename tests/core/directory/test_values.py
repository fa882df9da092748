"""Cells and typed values, one by one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.directory.importing.columns import ColumnGuess, Layout
from matcher.directory.importing.permission_cells import permissions_said
from matcher.directory.importing.survey import Surveyor
from matcher.directory.values import own_words, read_instant
from matcher.files.readers.workbooks import Row
from matcher.model import Decision, Purpose

QUESTION = "Are you happy for us to contact you about ... (tick all that apply)"


def test_own_words_lose_only_spaces_curls_and_signs_at_the_end() -> None:
    assert own_words("  It’s  “mine” 🐕 really\n\n so there 💛🙄 ") == 'It\'s "mine" 🐕 really\nso there'
    assert own_words("💛") == "💛"


@given(st.text(max_size=60))
def test_own_words_are_settled_after_one_pass(text: str) -> None:
    assert own_words(own_words(text)) == own_words(text)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [("03/04/2026 10:05", 9), ("2026-04-03 10:05:00", 9), (datetime(2026, 4, 3, 10, 5), 9)],  # noqa: DTZ001
)
def test_instants_are_london_time_in_uk_order(cell: object, hour: int) -> None:
    assert read_instant(cell) == datetime(2026, 4, 3, hour, 5, tzinfo=UTC)


def months_first(*dates: str | int | None) -> bool:
    layout = Layout(1, (ColumnGuess(0, "Timestamp", "last_answer_at", 1.0, ()),))
    rows = [Row(number, (cell,)) for number, cell in enumerate(dates, 2)]
    return Surveyor(layout, {0: "last_answer_at"}).look(rows).month_first


def test_a_column_in_american_order_is_noticed() -> None:
    assert months_first("3/4/26 9:00", "3/14/26 9:00")
    assert not months_first("3/4/26 9:00", "14/3/26 9:00")
    assert not months_first("3/4/26", None, 45000)


def test_a_label_with_commas_is_one_label() -> None:
    said = permissions_said(
        QUESTION, "Policy makers (e.g. government, councils, MPs), Journalists, TV and radio - but ask me first"
    )
    assert said == {Purpose.POLICY: Decision.GIVEN, Purpose.MEDIA: Decision.ASK_FIRST}


@pytest.mark.parametrize(
    "cell", ["All of them except journalists", "Everything but not TV", "Anything apart from media"]
)
def test_an_exception_is_a_no(cell: str) -> None:
    assert permissions_said(QUESTION, cell).get(Purpose.MEDIA) is Decision.REFUSED


def test_a_bare_yes_gives_only_what_the_question_names() -> None:
    assert permissions_said("OK to contact?", "Yes") == {}
    assert set(permissions_said("May we contact you for research or media?", "Yes")) == {
        Purpose.ACADEMIC,
        Purpose.MEDIA,
    }
