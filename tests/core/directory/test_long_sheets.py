"""A long sheet is read by two processes and while it arrives: what comes out is what one alone would have read."""

import json
import random
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import clock
from matcher.directory import plan_import
from matcher.directory.importing import sheets
from matcher.directory.importing.batches import Understanding
from matcher.directory.importing.columns import guess
from matcher.directory.importing.outcomes import ImportPlan
from matcher.directory.importing.row_helper import HELPER, Terms, read_all
from matcher.directory.importing.rows import RowAnswer
from matcher.directory.importing.survey import Surveyor
from matcher.errors import Cancelled, UserError
from matcher.files.readers.child import plain
from matcher.files.readers.workbooks import Batch, unpacked
from matcher.helper_process import HelperProcess
from matcher.progress import silent
from matcher.storage import Store

MakeFile = Callable[[str, Sequence[Sequence[Any]]], Path]


HEAD = (
    "Timestamp",
    "Name",
    "Email",
    "Mobile",
    "Town",
    "How long in care?",
    "OK for media?",
    "Who may contact you?",
)
CELLS: tuple[tuple[Any, ...], ...] = (
    ("03/04/2025 10:05", "13/04/2025 9:00", None, "04/13/2025", "2025-06-01 12:00", "1/2/1925"),
    ("Ann Lee", "BEA MOSS", "cat o'dunn", "Dev Rao", None, "test", "Total", "Ŵyn Ëdwards"),
    ("ann@example.org", "bea@example.org", "cat@example.org", None, "no@", "dev@example.org"),
    ("07700 900111", 7700900222, "+44 7700 900333", None, "none"),
    ("Leeds", "Leds", "Beeston", "Newcastle", "nowhere at all", None, "York, Yorks"),
    ("7 yrs", 2010, "since 2018", "5-10", None, "not long"),
    ("Yes", "No", "x", "✓", None, "ask me first", True, "remove me from your list"),
    ("University researchers", "Journalists, TV and radio; University researchers - ask me first", None, "None"),
)


@pytest.fixture
def read_here() -> None:
    """Not here: long sheets are read while they arrive from another process."""


def answers(seed: int, rows: int) -> list[tuple[Any, ...]]:
    """Rows in which what decides how all are read stands anywhere, or nowhere."""
    rng = random.Random(seed)
    some = [rng.sample(cells, rng.randint(1, len(cells))) for cells in CELLS]
    return [tuple(rng.choice(cells) for cells in some) for _ in range(rows)]


def batches_of(rows: Sequence[Sequence[Any]], size: int) -> list[Batch]:
    """The rows as the reading child packs them."""
    numbered = list(enumerate(rows, start=1))
    parts = [numbered[start : start + size] for start in range(0, len(numbered), size)]
    return [
        (len(part), json.dumps({"rows": part, "count": len(part)}, default=plain).encode() + b"\n")
        for part in parts
    ]


def whole(terms: Terms, batches: Sequence[Batch]) -> list[RowAnswer]:
    """All rows read at once, by what all of them tell."""
    rows = [row for _, batch in batches for row in unpacked(batch)]
    return read_all(terms.reader(Surveyor(terms.layout, terms.mapping).look(rows)), rows)


def terms_of(batches: Sequence[Batch]) -> Terms:
    layout = guess([row for _, batch in batches for row in unpacked(batch)])
    mapping = {column.index: column.field for column in layout.columns if column.field}
    return Terms(layout, mapping, {"who may contact you": ["news"]}, {"leeds": 3}, clock.now())


def understood(terms: Terms, batches: Sequence[Batch], helper: str = "") -> list[RowAnswer]:
    with closing(Understanding(terms, HelperProcess(helper) if helper else None)) as rows:
        for batch in batches:
            rows.take(batch)
            rows.piece()
        return rows.finish(silent)


def exactly(answers: Sequence[RowAnswer]) -> list[tuple[RowAnswer, str]]:
    """Answers as compared: 1, 1.0 and true are three things, and so are two orders."""
    return [(answer, repr((answer.values, answer.decisions, answer.answered_at))) for answer in answers]


@given(st.integers(0, 10**9), st.integers(1, 60), st.integers(1, 25))
@settings(deadline=None, max_examples=60)
def test_rows_are_read_by_what_all_of_them_tell(seed: int, count: int, size: int) -> None:
    batches = batches_of([HEAD, *answers(seed, count)], size)
    terms = terms_of(batches)
    assert exactly(understood(terms, batches)) == exactly(whole(terms, batches))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_second_process_changes_nothing(seed: int) -> None:
    batches = batches_of([HEAD, *answers(seed, 900)], 20)
    terms = terms_of(batches)
    assert exactly(understood(terms, batches, HELPER)) == exactly(whole(terms, batches))


def test_a_second_process_that_ends_changes_nothing() -> None:
    batches = batches_of([HEAD, *answers(4, 300)], 20)
    terms = terms_of(batches)
    assert exactly(understood(terms, batches, "matcher.there_is_no_such_module")) == exactly(whole(terms, batches))


@pytest.fixture(params=[".xlsx", ".csv"])
def long_file(request: pytest.FixtureRequest, make_file: MakeFile) -> Path:
    """Some batches, with a date that turns the order of all others at the end."""
    rows = answers(5, 1_100)
    return make_file(f"form{request.param}", [HEAD, *rows, ("04/13/2025", *rows[0][1:])])


def planned(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, *, long: int, **how: Any) -> ImportPlan:
    monkeypatch.setattr(sheets, "LONG", long)
    monkeypatch.setattr(sheets, "LARGE_BYTES", long)
    return plan_import(store, path, **how)


def test_the_plan_of_a_long_file_is_the_same(
    store: Store, long_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = planned(store, long_file, monkeypatch, long=10**9)
    assert planned(store, long_file, monkeypatch, long=100) == alone
    assert len(alone.rows) > 1_000


@pytest.fixture
def two_sheets(tmp_path: Path) -> Path:
    """A sheet that tells less of members, and a better one behind it."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "Old list"
    second = book.create_sheet("Sign-ups")
    first.append(("Name", "Town"))
    second.append(HEAD)
    for row in answers(6, 120):
        first.append((row[1], row[4]))
        second.append(row)
    book.save(tmp_path / "two.xlsx")
    return tmp_path / "two.xlsx"


@pytest.mark.parametrize("sheet", [None, "Old list", "Sign-ups"])
def test_the_sheet_that_is_wanted_is_read(
    store: Store, two_sheets: Path, monkeypatch: pytest.MonkeyPatch, sheet: str | None
) -> None:
    alone = planned(store, two_sheets, monkeypatch, long=10**9, sheet=sheet)
    assert planned(store, two_sheets, monkeypatch, long=50, sheet=sheet) == alone
    assert alone.sheet == (sheet or "Sign-ups")


@pytest.mark.parametrize("how", [{"sheet": "Nobody"}, {"mapping": {"Shoe size": "email"}}])
def test_what_is_wrong_is_said_as_for_a_short_file(
    store: Store, two_sheets: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    told = []
    for long in (10**9, 50):
        with pytest.raises(UserError) as error:
            planned(store, two_sheets, monkeypatch, long=long, **how)
        told.append(str(error.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("at", ["Reading form.xlsx", "Reading the rows"])
def test_a_cancelled_reading_leaves_no_process(
    store: Store, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    ended: list[Understanding] = []
    close = Understanding.close

    def ending(rows: Understanding) -> None:
        ended.append(rows)
        close(rows)

    monkeypatch.setattr(Understanding, "close", ending)

    def cancel(done: int, total: int, what: str) -> None:
        if what == at and done:
            raise Cancelled

    path = make_file("form.xlsx", [HEAD, *answers(7, 1_700)])
    with pytest.raises(Cancelled):
        planned(store, path, monkeypatch, long=100, progress=cancel)
    assert len(ended) == 1
