"""Everybody is placed in the background before she asks, and again after a change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matcher.directory import add_member
from matcher.matching import people, ready
from matcher.progress import Progress
from matcher.storage import Cost, Store, create_store
from matcher_ui.jobs import Jobs
from matcher_ui.people_ready import PeopleReady
from matcher_ui.theme import Theme
from matcher_ui.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Workspace]:
    with create_store(tmp_path / "s.matcher", "Lantern", "kettle violet", cost=Cost(n=2**10)).store as store:
        add_member(store, {"first_name": "Ana", "last_name": "Silva"})
        jobs = Jobs()
        yield Workspace(store, jobs, theme)
        jobs.shutdown()


def placed(store: Store) -> int:
    known = people._kept.get(store)
    return len(known.index) if known else 0


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher_ui.people_ready.AFTER_MS", 1)


@pytest.mark.usefixtures("quickly")
def test_everybody_is_placed_when_the_window_stands_and_after_a_change(workspace: Workspace, qtbot: QtBot) -> None:
    stands = [False]
    keeping = PeopleReady(workspace, lambda: stands[0])
    keeping.start()
    qtbot.wait(20)
    assert placed(workspace.store) == 0
    stands[0] = True
    qtbot.waitUntil(lambda: placed(workspace.store) == 1 and workspace.jobs.count == 0)
    workspace.write(
        lambda store, _progress: add_member(store, {"first_name": "Bea"}), lambda _id: None, what="Adding"
    )
    qtbot.waitUntil(lambda: placed(workspace.store) == 2 and workspace.jobs.count == 0)
    keeping.stop()
    workspace.changed.emit()
    assert not keeping._timer.isActive()


@pytest.mark.usefixtures("quickly")
def test_it_is_left_when_the_store_is_locked_and_begun_again(
    workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def endless(_store: Store, progress: Progress) -> None:
        told.append("begun")
        while True:
            progress(0, 10, "Reading members")

    with monkeypatch.context() as patched:
        patched.setattr(ready, "place_everybody", endless)
        keeping = PeopleReady(workspace, lambda: True)
        keeping.start()
        qtbot.waitUntil(lambda: bool(told))
        keeping.stop()
        qtbot.waitUntil(lambda: workspace.jobs.count == 0)
    keeping.start()
    qtbot.waitUntil(lambda: placed(workspace.store) == 1 and workspace.jobs.count == 0)
    assert told == ["begun"]
    keeping.stop()
