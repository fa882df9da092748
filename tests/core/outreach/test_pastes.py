"""Chats, texts and e-mails as people paste them (``replies/pastes.txt``): nobody says what they did not say.

``MATCHER_SHOW=1 pytest -s`` on this file tells every answer that was not understood.
"""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matcher.model import Answer
from matcher.outreach import ask, read_replies
from matcher.storage import put_setting, work

if TYPE_CHECKING:
    from tests.conftest import Network

_FILE = Path(__file__).parent / "replies/pastes.txt"
_PEOPLE = ("Dilys Price", "Eve Marsh", "Fay Reed", "Gwen Ash", "Hana Bell", "Ivy Coe", "Jean Dow")
_SAID = {
    Answer.YES: "yes", Answer.NO_THIS_TIME: "no", Answer.CANNOT_MAKE_DATE: "date", Answer.STOP_KIND: "kind",
    Answer.STOP_ALL: "stop", None: "unclear",
}  # fmt: skip


def pastes() -> dict[str, tuple[str, dict[str, str]]]:
    found = {}
    for part in _FILE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, _, rest = part.partition("\n")
        text, _, truth = rest.partition("\n->")
        lines = [line.partition("\t") for line in truth.strip().splitlines()]
        found[title] = text, {who: said for who, _, said in lines}
    return found


PASTES = pastes()


@pytest.fixture
def request_id(network: "Network", frozen: datetime) -> int:
    """Seven people who were asked on the 23rd."""
    people = [
        network.willing(first, last_name=last, phone=f"07700 90012{place}", email=f"{first.lower()}@example.org")
        for place, (first, last) in enumerate((name.split() for name in _PEOPLE), start=3)
    ]
    request = network.request()
    network.shortlist(request, *people)
    with work(network.store, "who signs") as unit:
        put_setting(unit, "organisation.sender", "Rosa")
    ask(network.store, request)
    return request


@pytest.mark.parametrize("title", PASTES)
def test_a_paste(title: str, network: "Network", request_id: int) -> None:
    text, truth = PASTES[title]
    found = {}
    for one in read_replies(network.store, text, request_id).proposals:
        name = one.choice.name if one.choice else one.evidence
        found[name] = "maybe stop" if one.may_stop and one.answer is None else _SAID[one.answer]
    wrong = {name: (found.get(name, "-"), said) for name, said in truth.items() if found.get(name, "-") != said}
    if os.environ.get("MATCHER_SHOW"):
        sys.stdout.write(f"{title}: {len(truth) - len(wrong)} of {len(truth)}; {wrong}; {found}\n")
    assert not [name for name, said in found.items() if said == "yes" and truth.get(name) != "yes"], found
    assert not [name for name, said in truth.items() if said == "stop" and "stop" not in found.get(name, "-")]
    assert not wrong
