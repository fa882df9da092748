"""Reading the value of a criterion: a scalar, a list, or a place with a distance."""

import re
from collections.abc import Mapping
from typing import Any

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def texts_of(value: Any) -> tuple[str, ...]:
    """The value as phrases: one for a scalar, one an item for a list, the place for a distance."""
    if isinstance(value, Mapping):
        return (str(value.get("place", "")),)
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    return (str(value),)


def numbers_of(value: Any) -> tuple[float, ...]:
    """The numbers in a value or phrase, in order."""
    if isinstance(value, bool):
        return ()
    if isinstance(value, int | float):
        return (float(value),)
    return tuple(float(number) for text in texts_of(value) for number in _NUMBER.findall(text))
