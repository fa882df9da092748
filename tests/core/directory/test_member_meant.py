"""Whom she means by what she types: never a guess."""

import pytest

from matcher.directory import add_member, member_meant
from matcher.storage import Store


@pytest.mark.parametrize(
    ("typed", "in_part", "number"),
    [
        ("M2", False, 2), ("2", False, 2), ("Bo Lane, M2", False, 2), ("ada  STONE", False, 1),
        ("Ada", False, None), ("ada sto", True, 1), ("Cy Lane", False, None), ("cy lane, m4", False, 4),
        ("lane", True, None), ("Zoé", False, 5), ("Zoë", True, None), ("Ada Stonne", True, None),
        ("M99", False, None), (" ", True, None),
    ],
)  # fmt: skip
def test_by_number_by_a_whole_name_or_by_a_part_that_only_one_has(
    typed: str, in_part: bool, number: int | None, store: Store
) -> None:
    for first, last in (("Ada", "Stone"), ("Bo", "Lane"), ("Cy", "Lane"), ("Cy", "Lane"), ("Zoé", "")):
        add_member(store, {"first_name": first, "last_name": last})
    meant = member_meant(store, typed, in_part=in_part)
    assert (meant.id if meant else None) == number
