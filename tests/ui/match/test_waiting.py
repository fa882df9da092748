"""While everybody is being made ready, Match says so, and nobody of another request is shown meanwhile."""

from collections.abc import Callable
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from matcher.errors import UserError
from matcher.matching import Weights
from matcher.storage.store import Store
from matcher_ui.pages.match import match_tab
from matcher_ui.pages.match.facts import MatchFacts, read_facts
from matcher_ui.pages.request import RequestPage

Show = Callable[..., RequestPage]


def test_a_long_reading_is_said_and_ends_with_the_people(
    show: Show, request_id: int, qtbot: QtBot, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matcher_ui.pages.match.could_fit.PATIENCE_MS", 1)
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
        may_go_on.set()
        settle()
        assert tab.could.list.isVisible()
        assert not tab.could.waiting.isVisible()
        assert tab.notice.isVisible() == fails[0]
