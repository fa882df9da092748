"""What the letters of these tests say is read in this process."""

import pytest


@pytest.fixture(autouse=True)
def letters_read_here(read_here: None) -> None:
    """See ``read_here``."""
