"""The histories of `histories.py`, for the tests beside it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def histories() -> ModuleType:
    """The module beside this file; test folders are no packages, so it is loaded by its place."""
    spec = importlib.util.spec_from_file_location("histories", Path(__file__).with_name("histories.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["histories"] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module
