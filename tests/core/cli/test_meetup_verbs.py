"""The Nottingham meet-up by command line, from the plan to who came."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import PASSPHRASE

from matcher.cli import main
from matcher.model import Purpose

if TYPE_CHECKING:
    from tests.conftest import Network

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def run(
    network: "Network", capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    monkeypatch.setenv("MATCHER_PASSPHRASE", PASSPHRASE)
    for name, miles_east in (("Ada", 0.0), ("Bea", 0.1), ("Cai", 3.0)):
        member = network.member(name, town="Nottingham", latitude=52.954, longitude=-1.15 + miles_east)
        network.say(member, purpose=Purpose.OWN_EVENTS)
    network.store.close()

    def call(*arguments: str, code: int = 0) -> Any:
        assert main([*arguments, "--store", str(network.store.path), "--json"]) == code
        said = capsys.readouterr()
        return json.loads(said.out) if code == 0 else said.err

    return call


def test_from_the_plan_to_who_came(run: Callable[..., Any], at: Callable[[str], datetime], tmp_path: Path) -> None:
    made = run("meet-up", "Tea", "--on", "2026-12-09T16:00", "--place", "Nottingham Central Library", "--room", "1")
    assert made["ids"] == [1]
    run("change-meet-up", "E1", "about=Bring a friend", "with=Priya, Tom", "minutes=90")
    asked = run("invite-to", "E1", "--nearest", "5")
    assert asked["invited"] == [1, 2]
    assert [one["why_not"] for one in asked["invitees"]["others"]] == ["125 miles away, more than an hour"]
    assert run("coming", "E1", "M1")["state"] == "coming"
    assert run("coming", "E1", "M2")["place_in_line"] == 1
    assert run("coming", "E1", "M1", "--cannot")["next_id"] == 2
    run("coming", "E1", "M2", "--give-place")
    at("2026-12-08T10:00")
    (word,) = run("meet-up-words", "E1")["to_send"]
    assert "Priya, Tom" in word["message"]
    assert run("meet-up-words", "E1", "--sent", "M2", "--what", "remind")["to_send"] == []
    assert run("meet-up-sheet", "E1", str(tmp_path / "a.xlsx"))["count"] == 1
    assert run("meet-up-sheet", "E1", str(tmp_path / "a.ics"))["count"] == 1
    at("2026-12-09T18:00")
    page = run("attendance", "E1", "M2", "--walk-in", "Zoe", "--walk-ins", "2", "--done")
    assert (page["row"]["came"], page["row"]["walk_ins"], page["row"]["noted"]) == (1, 3, True)
    assert run("meet-ups")["meetups"][0]["came"] == 1


def test_a_drop_in_repeats_and_is_called_off(run: Callable[..., Any]) -> None:
    made = run(
        "drop-in", "Drop-in", "--on", "2026-12-02T19:30", "--link", "https://meet.example.org", "--dates", "3"
    )
    assert len(made["ids"]) == 3
    assert run("change-meet-up", "E2", "--call-off")["batch"]
    assert [row["cancelled"] for row in run("meet-ups")["meetups"]] == [False, True, False]
    assert len(run("change-meet-up", "E1", "--more", "2")["more"]) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("meet-ups", "E9"), "There is no meet-up E9."),
        (("meet-ups", "nine"), "“nine” is not a meet-up. Write it like E3."),
        (("meet-up-words", "--sent", "M1"), "Which meet-up? Name it, such as E3."),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    run: Callable[..., Any], arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in run(*arguments, code=2)
