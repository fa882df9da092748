"""Telling a requester to delete what was shared: by name only where they had the name."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.consent import to_do, withdraw
from matcher.errors import UserError
from matcher.model import Answer
from matcher.outreach import ask, reply, retraction, write_requester_sheet

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")


def shared_and_withdrawn(network: "Network", folder: Path, *, pseudonymous: bool) -> int:
    request = network.request(requester="Sam Okoro")
    ada = network.willing("Ada", last_name="Swift", email="ada@example.org", region="Wales")
    ask(network.store, request, [ada])
    reply(network.store, request, ada, Answer.YES)
    fields = ["region"] if pseudonymous else ["first_name", "email"]
    write_requester_sheet(network.store, request, folder / "s.xlsx", fields, pseudonymous=pseudonymous)
    withdraw(network.store, ada)
    return next(item.id for item in to_do(network.store) if item.kind == "tell")


def test_what_they_know_already_is_named_and_nothing_else(network: "Network", tmp_path: Path) -> None:
    said = retraction(network.store, shared_and_withdrawn(network, tmp_path, pseudonymous=False))
    for words in (
        "Hello Sam Okoro",
        "Ada, whose details",
        "“Night shifts”",
        "first name, e-mail",
        "delete",
        "Lantern",
    ):
        assert words in said
    assert "Swift" not in said


def test_of_a_sheet_without_names_nobody_is_named(network: "Network", tmp_path: Path) -> None:
    said = retraction(network.store, shared_and_withdrawn(network, tmp_path, pseudonymous=True))
    assert "One of the people" in said
    assert "Ada" not in said


def test_nothing_to_tell(network: "Network") -> None:
    with pytest.raises(UserError, match="nobody to write to"):
        retraction(network.store, 7)
