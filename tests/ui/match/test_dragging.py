"""While a weight is dragged the list follows the thumb, and only what changes is shown anew."""

from collections.abc import Callable
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from matcher.matching import Weights, rank
from matcher.storage.store import Store
from matcher_ui.pages.request.match import ordering
from matcher_ui.pages.request.match.facts import MatchFacts, weighed
from matcher_ui.pages.request.match.match_tab import MatchTab
from matcher_ui.widgets.labels import Label

STEPS = range(1, 31)


def shown_weights(tab: MatchTab) -> list[float]:
    """What the weight of the place was in each order shown from now on."""
    shown: list[float] = []
    tab.ordering.ordered.connect(lambda facts: shown.append(facts.weights.region))
    return shown


def test_a_drag_builds_nothing_anew_but_shows_every_order_that_was_read(
    tab: MatchTab, sample: Store, request_id: int, settle: Callable[[], None], qtbot: QtBot
) -> None:
    chosen = tab.model.candidates[3].member.id
    tab.explain(chosen)
    settle()
    rows_anew: list[None] = []
    tab.model.modelReset.connect(lambda: rows_anew.append(None))
    panel, shown = tab.panel.words, shown_weights(tab)
    for value in STEPS:
        tab.weights.slider("region").setValue(value)
        qtbot.waitUntil(lambda value=value: bool(shown) and shown[-1] == value)  # type: ignore[misc]
    settle()
    assert shown == list(STEPS)
    assert not rows_anew
    assert tab.panel.words is panel
    assert tab.model.candidates == rank(sample, request_id, weights=tab.weights.weights).candidates
    assert tab.could.list.currentIndex().row() == tab.model.row_of(chosen)
    one = next(candidate for candidate in tab.model.candidates if candidate.member.id == chosen)
    assert f"{round(one.score)} of 100" in {label.accessibleName() for label in tab.panel.findChildren(Label)}


def test_what_the_thumb_passed_while_an_order_was_read_is_not_read(
    tab: MatchTab, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[float] = []
    may_go_on = Event()

    def slowly(facts: MatchFacts, weights: Weights, shown: int) -> MatchFacts:
        may_go_on.wait(20)
        read.append(weights.region)
        return weighed(facts, weights, shown)

    monkeypatch.setattr(ordering, "weighed", slowly)
    shown = shown_weights(tab)
    for value in STEPS:
        tab.weights.slider("region").setValue(value)
    may_go_on.set()
    settle()
    assert read == shown == [STEPS[0], STEPS[-1]]
    assert tab.facts is not None
    assert tab.facts.weights == tab.weights.weights


def test_a_weight_moved_while_people_are_read_again_counts(
    tab: MatchTab, sample: Store, request_id: int, settle: Callable[[], None]
) -> None:
    tab.show_request(request_id)
    tab.weights.slider("region").setValue(STEPS[-1])
    settle()
    assert tab.facts is not None
    assert tab.facts.weights.region == STEPS[-1]
    assert tab.model.candidates == rank(sample, request_id, weights=tab.weights.weights).candidates


def test_somebody_explained_anew_is_built_once(tab: MatchTab, settle: Callable[[], None]) -> None:
    tab.explain(tab.model.candidates[1].member.id)
    settle()
    panel = tab.panel.words
    tab.explain(tab.model.candidates[1].member.id)
    settle()
    assert tab.panel.words is panel
    tab.explain(tab.model.candidates[2].member.id)
    settle()
    assert tab.panel.words is not panel
