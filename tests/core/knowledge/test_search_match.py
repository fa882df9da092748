"""How well typed words mean a text."""

import pytest

from matcher.knowledge.search_match import WITH_SLIPS, nearest_first, nearness
from matcher.knowledge.tables import fold


@pytest.mark.parametrize(
    ("text", "query", "near"),
    [
        ("Night visits", "night vis", 0),
        ("Night visits", "vis", 1),
        ("Night visits", "night isit", 2),
        ("Night visits", "isit", 3),
        ("Zoë Ümit", "zoe umit", 0),
        ("Siân O’Neil", "sian oneil", 0),
        ("Imogen Farrell", "imogne", WITH_SLIPS),
        ("Imogen Farrell", "farel", WITH_SLIPS),
        ("Okonjo-Marsh", "okonio", WITH_SLIPS),
        ("Imogen Farrell", "farm", WITH_SLIPS),
        ("Imogen Farrell", "barrell", None),
        ("Imogen Farrell", "imx", None),
        ("Imogen Farrell", "", None),
    ],
)
def test_words_are_near_or_not(text: str, query: str, near: int | None) -> None:
    assert nearness(fold(text), fold(query).split()) == near


def test_slips_come_only_where_there_is_nothing_else() -> None:
    assert nearest_first([(WITH_SLIPS, "Hard"), (1, "Hart"), (0, "Harty")]) == [(0, "Harty"), (1, "Hart")]
    assert nearest_first([(WITH_SLIPS, "Hard")]) == [(WITH_SLIPS, "Hard")]
