"""A workspace on a real, encrypted store for the pages of requests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matcher.storage.store import Store
from matcher_ui.jobs import Jobs
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Said, Workspace

LETTER = """From: Imogen Farrell <i.farrell@calder.example>
To: Ruth <ruth@lantern.example.org>
Subject: {subject}
Date: Wed, 18 Nov 2026 16:20:00 +0000
Message-ID: <{number}@calder.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear Ruth,

{words}

With thanks,
Imogen Farrell
Calder University
"""
ASKS = (
    "We are looking at night visits in home care. We are looking for six to eight care workers who live within "
    "20 miles of Leeds. It is a 45-minute interview by phone. We can offer a £25 voucher. "
    "Everyone stays anonymous. Names by early December would be wonderful."
)


@dataclass
class Heard:
    """Where a page went and what it said."""

    places: list[Place] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@pytest.fixture
def workspace(qtbot: QtBot, store: Store, theme: Theme, frozen: object) -> Iterator[Workspace]:
    jobs = Jobs()
    yield Workspace(store, jobs, theme)
    jobs.shutdown()


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


@pytest.fixture
def letter(tmp_path: Path) -> Callable[..., Path]:
    """Write an e-mail to a file."""

    def write(name: str = "voices.eml", subject: str = "Voices for our winter study", words: str = ASKS) -> Path:
        path = tmp_path / name
        path.write_text(LETTER.format(subject=subject, number=name, words=words), encoding="utf-8")
        return path

    return write
