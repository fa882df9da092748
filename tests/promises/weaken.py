"""A scene that must not happen, and a program in which the rule against it is missing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from matcher.errors import UserError

if TYPE_CHECKING:
    from tests.conftest import Network

Scene = Callable[["Network", Path], bool]
"""Something that must not happen; whether it did."""
Weaken = Callable[[pytest.MonkeyPatch], object]
"""Takes a rule away, for one test."""


def put(owner: Any, name: str, value: Any) -> Weaken:
    return lambda patch: patch.setattr(owner, name, value)


def all_of(*weaken: Weaken) -> Weaken:
    return lambda patch: [one(patch) for one in weaken]


def nothing(*_: Any, **__: Any) -> None:
    return None


def refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except UserError:
        return True
    return False
