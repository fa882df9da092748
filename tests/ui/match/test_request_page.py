"""The page of one request: its head, its steps and where it stands."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from matcher.model import Audience, Brief, Format, PeopleWanted, Stage
from matcher.model.brief import Payment
from matcher.storage.store import Store
from matcher.triage import show_request
from matcher_ui.pages.request.request_page import RequestPage, deadline_words, facts_of
from matcher_ui.widgets.labels import ElidedLabel
from matcher_ui.workspace import Place

Show = Callable[..., RequestPage]
Settle = Callable[[], None]

BRIEF = Brief(
    "Night visits", Audience.ACADEMIC, requester="Dr Imogen Farrell", organisation="Calder University",
    format=Format.INTERVIEW, duration_minutes=45, people_wanted=PeopleWanted(8, 8),
    payment=Payment(25, kind="voucher"),
)  # fmt: skip


def test_the_facts_stand_in_one_line() -> None:
    assert "  ·  ".join(facts_of(BRIEF)) == (
        "Dr Imogen Farrell, Calder University  ·  Academic  ·  Interview, 45 minutes  ·  8 people  ·  £25 voucher"
    )


def test_how_many_are_wanted_in_words() -> None:
    assert PeopleWanted(6, 8, per_place=True).spoken == "6 to 8 people for each place"
    assert (PeopleWanted().spoken, PeopleWanted(1, 1).spoken) == ("", "1 person")
    assert (PeopleWanted(None, 30).spoken, PeopleWanted(5).spoken) == ("up to 30 people", "at least 5 people")


def test_the_day_it_is_wanted_by() -> None:
    today = date(2026, 11, 23)
    assert deadline_words(date(2026, 12, 4), today, closed=False) == "Wanted by Fri 4 Dec, in 11 days"
    assert deadline_words(date(2026, 11, 20), today, closed=False) == "Wanted by Fri 20 Nov, 3 days late"
    assert deadline_words(date(2026, 11, 20), today, closed=True) == "Wanted by Fri 20 Nov"
    assert deadline_words(None, today, closed=False) == "No day given"


def test_head_and_steps(show: Show, sample: Store, request_id: int) -> None:
    page = show(request_id)
    brief = show_request(sample, request_id).brief
    assert brief.title in [label.text() for label in page.header.findChildren(ElidedLabel)]
    states = {key: step.state for key, step in page.steps._steps.items()}
    assert states == {
        "brief": "done", "checks": "done", "match": "current", "ask": "todo", "introduce": "todo", "close": "todo",
    }  # fmt: skip


def test_a_step_goes_to_its_tab(show: Show, request_id: int, heard: object, settle: Settle) -> None:
    page = show(request_id)
    page.steps._steps["ask"].click()
    assert heard.places == [Place("request", request_id, "ask")]  # type: ignore[attr-defined]
    page.show_place(Place("request", request_id, "close"))
    settle()
    assert page.tab == "close"
    assert page.close_step.isVisibleTo(page)


def test_moving_it_on_can_be_undone(
    show: Show, sample: Store, request_id: int, heard: object, settle: Settle
) -> None:
    page = show(request_id)
    told = [action.data() for action in page.stage_menu().actions() if not action.isSeparator()]
    assert told == [stage for stage in Stage if stage in told]
    assert Stage.CHECKING in told
    page.move_to(Stage.CHECKING)
    settle()
    assert show_request(sample, request_id).stage is Stage.CHECKING
    assert page.stage.text() == "Checking"
    page.workspace.undo(heard.said[-1].batch)  # type: ignore[attr-defined]
    settle()
    assert show_request(sample, request_id).stage is Stage.MATCHING
    assert page.stage.text() == "Matching"


def test_a_request_that_is_not_there_says_so_with_the_way_back(show: Show, heard: object) -> None:
    page = show(9999)
    assert page._missing is not None
    assert page._missing.accessibleName().startswith("There is no request R9999.")
    page._missing.button.click()
    assert heard.places == [Place("requests")]  # type: ignore[attr-defined]


def test_without_a_tab_it_opens_where_it_stands(show: Show, request_id: int) -> None:
    assert show(request_id, "").tab == "match"


def test_a_step_is_built_when_it_is_gone_to_or_ahead_one_at_a_time(show: Show, request_id: int) -> None:
    page = show(request_id)
    shown = page.findChildren(QStackedWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[0]
    assert [shown.widget(place) for place in range(shown.count())] == [page.match]
    assert page.keeps_unsaved() == ""

    def parts() -> int:
        steps = page._built(*page.LATER)
        return len(steps) + shown.count() + sum(len(ask._built(*ask.LATER)) for ask in page._built("ask"))

    while not page.is_built:
        before = parts()
        page.build_more()
        assert parts() == before + 1
    assert shown.count() == len(page.LATER)
    assert shown.currentWidget() is page.match
