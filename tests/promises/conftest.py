"""The ground on which histories are lived through, for the tests beside it."""

from collections.abc import Iterator

import pytest
from tests.promises.histories import Ground


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One store for all histories; each begins with it empty."""
    ground = Ground(tmp_path_factory.mktemp("ground"))
    yield ground
    ground.close()
