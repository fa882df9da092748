"""The published schema (docs/brief.md) says what the code reads."""

import json
import re
from enum import StrEnum
from pathlib import Path

import pytest

from matcher.model import (
    Anonymity,
    Audience,
    Brief,
    CriterionField,
    EthicsStatus,
    Format,
    Op,
    Recording,
    Strength,
    brief_from_json,
)

PAGE = (Path(__file__).parents[3] / "docs" / "brief.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE))


def test_every_field_is_described() -> None:
    assert set(Brief.__dataclass_fields__) <= NAMED


@pytest.mark.parametrize(
    "words", [Audience, Format, EthicsStatus, Anonymity, Recording, Strength, Op, CriterionField]
)
def test_every_value_is_named(words: type[StrEnum]) -> None:
    assert {item.value for item in words} <= NAMED


def test_the_example_is_a_brief() -> None:
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example
    brief = brief_from_json(json.loads(example[1]))
    assert len(brief.musts()) == 3
