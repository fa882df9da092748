"""Real stores for the pages of members: an empty one, and a copy of a small sample."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matcher.sample import PASSPHRASE
from matcher.storage import Store, open_store
from matcher_ui.jobs import Jobs
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Said, Workspace


@dataclass
class Heard:
    """What the workspace said and where it went."""

    said: list[Said] = field(default_factory=list)
    went: list[Place] = field(default_factory=list)


@dataclass
class Desk:
    """A workspace over a real store, and a way to wait until all background work is done."""

    workspace: Workspace
    heard: Heard
    qtbot: QtBot

    @property
    def store(self) -> Store:
        return self.workspace.store

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.workspace.jobs.count == 0)


def _desk(store: Store, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    jobs, heard = Jobs(), Heard()
    workspace = Workspace(store, jobs, theme)
    workspace.said.connect(heard.said.append)
    workspace.went.connect(heard.went.append)
    crashed: list[str] = []
    jobs.crashed.connect(lambda kind, where: crashed.append(f"{kind}\n{where}"))
    yield Desk(workspace, heard, qtbot)
    for window in QApplication.topLevelWidgets():
        window.hide()
    jobs.shutdown()
    store.close()
    assert not crashed, crashed


@pytest.fixture
def desk(sample_path: Path, frozen: object, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    """The sample, to change at will."""
    path = tmp_path / "sample.matcher"
    shutil.copytree(sample_path, path)
    yield from _desk(open_store(path, PASSPHRASE), theme, qtbot)


@pytest.fixture
def empty_desk(store: Store, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    """A store with nobody in it."""
    yield from _desk(store, theme, qtbot)
