"""One request of the sample network in a window of its own, over a real, encrypted store."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from matcher.model import Stage
from matcher.sample import PASSPHRASE
from matcher.storage import open_store
from matcher.storage.store import Store
from matcher.triage import list_requests
from matcher_ui.jobs import Jobs
from matcher_ui.pages.request.match.match_tab import MatchTab
from matcher_ui.pages.request.request_page import RequestPage
from matcher_ui.theme import Theme
from matcher_ui.workspace import Place, Workspace

SIZE = (1080, 800)


@pytest.fixture
def sample(sample_path: Path, tmp_path: Path, frozen: object) -> Iterator[Store]:
    """A sample network of forty, this test's own."""
    path = tmp_path / "sample.matcher"
    shutil.copytree(sample_path, path)
    with open_store(path, PASSPHRASE) as store:
        yield store


@pytest.fixture
def request_id(sample: Store) -> int:
    """A request that is being matched."""
    return next(row.id for row in list_requests(sample) if row.stage is Stage.MATCHING)


@pytest.fixture
def workspace(qtbot: QtBot, sample: Store, theme: Theme) -> Iterator[Workspace]:
    jobs = Jobs()
    yield Workspace(sample, jobs, theme)
    jobs.shutdown()


@pytest.fixture
def show(qtbot: QtBot, workspace: Workspace, settle: Callable[[], None]) -> Callable[..., RequestPage]:
    """Show the page of a request at a tab."""

    pages: list[RequestPage] = []

    def shown(request_id: int, tab: str = "match") -> RequestPage:
        page = RequestPage(workspace)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(*SIZE)
        page.show()
        page.show_place(Place("request", request_id, tab))
        settle()
        return page

    return shown


@pytest.fixture
def tab(show: Callable[..., RequestPage], request_id: int) -> MatchTab:
    """The Match tab of a request that is being matched."""
    return show(request_id).match
