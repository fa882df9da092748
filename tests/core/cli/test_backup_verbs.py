"""The verbs that keep it safe: backups listed, saved as a file, brought elsewhere; recovery words asked back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from matcher import cli

if TYPE_CHECKING:
    from tests.conftest import Network

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(network: "Network", monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call a verb on a closed store with one willing member; its JSON, or {"said": the sentence} when it stops."""
    network.willing("Ada")
    network.store.close()
    monkeypatch.setenv("MATCHER_PASSPHRASE", "otter lantern gravel")

    def call(*words: object) -> dict[str, Any]:
        code = cli.main(["--store", str(network.store.path), "--json", *map(str, words)])
        said = capsys.readouterr()
        found: dict[str, Any] = {"said": said.err} if code else json.loads(said.out)
        return found

    return call


def test_backups_are_listed_saved_as_a_file_and_brought_elsewhere(run: Run, tmp_path: Path) -> None:
    stick, file = tmp_path / "stick", tmp_path / "move.matcherbackup"
    stick.mkdir()
    assert run("second-place", stick)["second_place"] == str(stick.resolve())
    assert run("backup", "--to", file)["file"] == str(file)
    assert len(list(stick.iterdir())) == 1
    listed = run("backups", "--verify")["backups"]
    assert [one["problems"] for one in listed] == [[]]
    assert run("second-place", "--off")["second_place"] is None
    assert run("restore", file)["noes"] == 0
    database = Path(listed[0]["path"]) / "data.db"
    database.write_bytes(database.read_bytes()[:-4096])
    assert "damaged" in run("backups", "--verify")["said"]


def test_recovery_words_are_asked_back_and_made_anew(run: Run) -> None:
    asked = run("recovery-words")["asked"]
    assert "not the words" in run("recovery-words", "--confirm", "otter " * len(asked))["said"]
    made = run("recovery-words", "--new")
    assert made["confirmed_on"] is None
    chosen = " ".join(made["recovery_words"].split()[number - 1] for number in made["asked"])
    assert run("recovery-words", "--confirm", chosen)["confirmed_on"]
