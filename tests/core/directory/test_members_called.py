"""Finding members by what they are called, or by their number."""

from typing import TYPE_CHECKING

import pytest

from matcher.consent import erase
from matcher.directory import members_called

if TYPE_CHECKING:
    from tests.conftest import Network


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ann", ["Ann Zwart", "Mary Ann Adeyemi", "Hannah Ball"]),
        ("ball han", ["Hannah Ball"]),
        ("ann z", ["Ann Zwart"]),
        ("a b", ["Hannah Ball"]),
        ("ZOË", ["Zoë Ümit"]),
        ("ümit", ["Zoë Ümit"]),
        ("zoe", ["Zoë Ümit"]),
        ("hanah bal", ["Hannah Ball"]),
        ("adeyimi", ["Mary Ann Adeyemi"]),
        ("adeymei", ["Mary Ann Adeyemi"]),
        ("zwrat", ["Ann Zwart"]),
        ("M2", ["Mary Ann Adeyemi"]),
        ("zz", []),
    ],
)
def test_the_nearest_come_first(network: "Network", query: str, names: list[str]) -> None:
    for first, last in (("Hannah", "Ball"), ("Mary Ann", "Adeyemi"), ("Ann", "Zwart"), ("Zoë", "Ümit")):
        network.member(first, last_name=last)
    assert [found.name for found in members_called(network.store, query, 8)] == names
    assert [found.name for found in members_called(network.store, query, 1)] == names[:1]


def test_who_was_erased_is_not_found(network: "Network") -> None:
    ada, bea = network.member("Ada", last_name="Hart"), network.member("Bea", last_name="Hart")
    erase(network.store, ada)
    assert [found.id for found in members_called(network.store, "hart", 8)] == [bea]
    assert members_called(network.store, f"M{ada}", 8) == []
