"""A workspace on a real, encrypted store for the pages of meet-ups."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from matcher.storage.store import Store
from matcher_ui.jobs import Jobs
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Said, Workspace


@dataclass
class Heard:
    """Where a page went and what it said."""

    places: list[Place] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@pytest.fixture
def workspace(qtbot: QtBot, store: Store, theme: Theme, frozen: object) -> Iterator[Workspace]:
    jobs, faults = Jobs(), list[tuple[str, str]]()
    jobs.crashed.connect(lambda kind, where: faults.append((kind, where)))
    yield Workspace(store, jobs, theme)
    jobs.shutdown()
    assert not faults


@pytest.fixture
def heard(workspace: Workspace) -> Heard:
    heard = Heard()
    workspace.went.connect(heard.places.append)
    workspace.said.connect(heard.said.append)
    return heard


@pytest.fixture
def settle(qtbot: QtBot, workspace: Workspace) -> Callable[[], None]:
    """Wait until everything in the background is done."""
    return lambda: qtbot.waitUntil(lambda: workspace.jobs.count == 0, timeout=20_000)
