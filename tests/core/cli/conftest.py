"""What the tests of the command line share: one call of it, and a closed store with three willing members."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from matcher import cli
from matcher.model import brief_to_json
from matcher.model.brief import Brief

if TYPE_CHECKING:
    from tests.conftest import Network

PASSPHRASE = "otter lantern gravel"


@dataclass(frozen=True)
class Ran:
    """What one call of the command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def path(network: "Network", monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed store with Ada, Bea and Cai, who may be asked about media requests, and its passphrase."""
    for name in ("Ada", "Bea", "Cai"):
        email = f"{name.lower()}@example.org"
        network.willing(name, last_name="Stone", email=email, phone="07700 900123", region="Wales", town="Cardiff")
    network.store.close()
    monkeypatch.setenv("MATCHER_PASSPHRASE", PASSPHRASE)
    return network.store.path


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    file = tmp_path / "brief.json"
    file.write_text(json.dumps(brief_to_json(Brief("Night shifts", audience="media", text="Tell us"))))  # type: ignore[arg-type]
    return file


def good(ran: Ran) -> dict[str, Any]:
    assert ran.code == 0, ran.err
    return ran.json


def one_sentence(ran: Ran, *says: str) -> None:
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1
    for words in says:
        assert words in ran.err
