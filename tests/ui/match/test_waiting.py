"""While everybody is being made ready, Match says so, and nobody of another request is shown meanwhile."""

from collections.abc import Callable
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from matcher.errors import UserError
from matcher.matching import Weights
from matcher.storage.store import Store
from matcher_ui.pages.request.match import match_tab
from matcher_ui.pages.request.match.facts import MatchFacts, read_facts
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.widgets.buttons import Button

Show = Callable[..., RequestPage]


def test_a_long_reading_is_said_and_ends_with_the_people(
    show: Show, request_id: int, qtbot: QtBot, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matcher_ui.pages.request.match.could_fit.PATIENCE_MS", 1)
    tab = show(request_id).match
    assert tab.could.list.isVisible()
    may_go_on, fails = Event(), [False]

    def slowly(store: Store, request: int, weights: Weights | None) -> MatchFacts:
        may_go_on.wait(20)
        if fails[0]:
            raise UserError("It could not be read.")
        return read_facts(store, request, weights)

    monkeypatch.setattr(match_tab, "read_facts", slowly)
    for fails[0] in (False, True):
        may_go_on.clear()
        tab.request_id = None
        tab.show_request(request_id)
        qtbot.waitUntil(tab.could.waiting.isVisible)
        assert not tab.could.list.isVisible()
        assert not tab.tray.suggest.isEnabled()
        assert tab.tray.suggest.accessibleDescription() == tab.tray.suggest.toolTip() != ""
        assert not any(part.isEnabled() for part in (tab.tabs, tab.settings, tab.weights.slider("region")))
        assert not any(part.isVisible() for part in (tab.needs, tab.panel, *tab.tray.places))
        may_go_on.set()
        settle()
        assert tab.could.list.isVisible()
        assert not tab.could.waiting.isVisible()
        assert tab.notice.isVisible() == fails[0]
        assert tab.tray.suggest.isEnabled() != fails[0]
        assert bool(tab.tray.suggest.accessibleDescription()) == fails[0]
    fails[0] = False
    next(button for button in tab.notice.findChildren(Button) if button.text() == "Try again").click()
    settle()
    assert tab.tray.suggest.isEnabled()
    assert tab.tabs.isEnabled()
    assert tab.needs.isVisible()
