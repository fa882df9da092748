"""Who asked to be erased does not come back with the next spreadsheet, unless they sign up again themselves."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from matcher.consent import erase
from matcher.directory import Outcome, import_members, list_members, plan_import
from matcher.storage import Store

MakeFile = Callable[[str, Sequence[Sequence[Any]]], Path]
HEAD = ("Timestamp", "Name", "Email", "Mobile", "May journalists ask you?")
ANN = ("Ann Lee", "ann@example.org", "07700 900111", "Yes")


@pytest.fixture
def after_erasure(store: Store, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Ann signed up on 1 November and was erased on 23 November; then a file of the rows given is made."""
    import_members(store, plan_import(store, make_file("first.csv", [HEAD, ("01/11/2026 10:00:00", *ANN)])))
    erase(store, list_members(store)[0].id)
    monkeypatch.setenv("MATCHER_NOW", "2026-12-20T09:00")
    return lambda *rows: make_file("next.csv", [HEAD, *rows])


@pytest.mark.parametrize(
    "row",
    [
        ("01/11/2026 10:00:00", *ANN),
        ("", *ANN),
        ("01/11/2026 10:00:00", "A. Lee", "", "+44 7700 900111", "Yes"),
        ("01/11/2026 10:00:00", "Ann", "ANN@example.org", "", "Yes"),
    ],
)
def test_an_old_row_is_blocked_and_reported(
    store: Store, after_erasure: Callable[..., Path], row: tuple[str, ...]
) -> None:
    plan = plan_import(store, after_erasure(row, ("", "Bea Orr", "bea@example.org", "", "Yes")))
    report = import_members(store, plan)
    assert [member.name for member in list_members(store)] == ["Bea Orr"]
    (blocked,) = report.unreadable
    assert (blocked.row, blocked.reason) == (
        2,
        "asked on 23 Nov 2026 to be erased: they are not brought in again",
    )


def test_a_sign_up_of_their_own_since_is_confirmed_one_by_one(
    store: Store, after_erasure: Callable[..., Path]
) -> None:
    path = after_erasure(("15/12/2026 10:00:00", *ANN))
    plan = plan_import(store, path)
    assert [(row.outcome, "are they back?" in row.reason) for row in plan.rows] == [(Outcome.TO_DECIDE, True)]
    import_members(store, plan)
    assert list_members(store) == ()
    import_members(store, plan_import(store, path, decisions={2: None}))
    assert [member.name for member in list_members(store)] == ["Ann Lee"]
