"""Optional background questions: an answer is used to choose people only when the form said that it is for that."""

from collections.abc import Callable

import pytest

from matcher.directory import import_members, list_members, plan_import
from matcher.directory.importing.outcomes import ImportReport
from matcher.model import BACKGROUND_USE, Purpose, State
from matcher.storage import Store

MakeFile = Callable[..., object]
GENDER = BACKGROUND_USE["gender"]


@pytest.fixture
def bring_in(store: Store, make_file: Callable[..., object]) -> Callable[..., ImportReport]:
    def bring(question: str, answer: str, permission: str = "", name: str = "a.csv", day: int = 1) -> ImportReport:
        rows = [
            ("Timestamp", "Name", "Email", "Are you happy to talk to journalists?", question),
            (f"2026-06-0{day} 09:00:00", "Ann Lee", "ann@example.org", permission, answer),
        ]
        path = make_file(name, rows)
        return import_members(store, plan_import(store, path))  # type: ignore[arg-type]

    return bring


def use(store: Store) -> State:
    (ann,) = list_members(store)
    assert ann.gender
    return ann.consent.get(GENDER, State.NOT_GIVEN)


@pytest.mark.parametrize(
    "question",
    [
        "Gender (optional, we use this to choose a mix of people for each request)",
        "Gender (optional - helps us match you with requests)",
        "Gender (never shared, only used to match you)",
        "Gender. So we can invite women to women-only groups",
    ],
)
def test_a_question_that_says_what_it_is_for(
    bring_in: Callable[..., ImportReport], store: Store, question: str
) -> None:
    bring_in(question, "Female")
    assert use(store) is State.GIVEN


@pytest.mark.parametrize(
    "question",
    [
        "Gender",
        "Gender (optional)",
        "Gender (optional, we never share this)",
        "Gender (for equality monitoring only)",
        "Gender (this will not be used to choose anybody)",
        "Gender (helps us report on who we are)",
    ],
)
def test_a_question_that_does_not(bring_in: Callable[..., ImportReport], store: Store, question: str) -> None:
    bring_in(question, "Female")
    assert use(store) is State.NOT_GIVEN


def test_leaving_it_blank_says_nothing(bring_in: Callable[..., ImportReport], store: Store) -> None:
    question = "Gender (optional, helps us match you with requests)"
    bring_in(question, "Female")
    bring_in(question, "", name="b.csv", day=2)
    assert use(store) is State.GIVEN


def test_an_import_says_how_many_have_not_said_yet(bring_in: Callable[..., ImportReport], store: Store) -> None:
    question = "Gender (optional, helps us match you with requests)"
    assert bring_in(question, "Female").not_said_yet == 1
    assert bring_in(question, "Female", permission="Yes", name="b.csv", day=2).not_said_yet == 0
    (ann,) = list_members(store)
    assert ann.consent[Purpose.MEDIA] is State.GIVEN
