"""Who is being heard, from the command line: the figures of a period, and the yearly report as a file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from matcher import cli
from matcher.outreach import ask

if TYPE_CHECKING:
    from tests.conftest import Network

Run = Callable[..., dict[str, Any]]


def drawn(html: bytes) -> bytes:
    return b"%PDF" + html


@pytest.fixture
def run(
    network: "Network", frozen: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Call a verb on a closed store in which one of two members was asked; its JSON, or {"said": the sentence}."""
    members = [network.willing(name, region="Wales") for name in ("Ada", "Bela")]
    request = network.request()
    network.shortlist(request, members[0])
    ask(network.store, request, members[:1])
    network.store.close()
    monkeypatch.setenv("MATCHER_PASSPHRASE", "otter lantern gravel")

    def call(*words: object) -> dict[str, Any]:
        code = cli.main(["--store", str(network.store.path), "--json", *map(str, words)], draw_pdf=drawn)
        said = capsys.readouterr()
        found: dict[str, Any] = {"said": said.err} if code else json.loads(said.out)
        return found

    return call


def test_the_figures_of_a_period(run: Run) -> None:
    found = run("insight", "--since", "2026-11-01")
    assert found["period"] == {"since": "2026-11-01", "until": "2026-11-23"}
    wales = next(row for row in found["voices"][0]["rows"] if row["value"] == "Wales")
    assert (wales["everywhere"]["members"], wales["everywhere"]["asked"], wales["in_england"]) == (2, 1, None)
    assert (found["spread"]["people"], found["spread"]["never_asked"]) == (2, 1)
    assert found["spread"]["lorenz"] == [[0.0, 0.0], [0.5, 0.0], [1.0, 1.0]]
    assert found["replies"]["total"]["waiting"] == 1
    assert run("insight", "--until", "2026-10-31")["replies"]["total"]["asked"] == 0


def test_a_period_the_wrong_way_round_is_refused(run: Run) -> None:
    assert "before it begins" in run("insight", "--since", "2026-11-02", "--until", "2026-11-01")["said"]


def test_figures_for_people(network: "Network", run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--store", str(network.store.path), "insight"]) == 0
    told = capsys.readouterr().out
    assert "2 may be asked; 1 of them were not." in told
    assert "no figure" in told


@pytest.mark.parametrize("kind", ["xlsx", "html", "pdf"])
def test_the_yearly_report(run: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"year.{kind}"
    found = run("yearly-report", "2026", file)
    assert found["path"] == str(file)
    assert found["report"]["smallest"] == 5
    assert file.read_bytes()[:4] == {"xlsx": b"PK\x03\x04", "html": b"<!do", "pdf": b"%PDF"}[kind]


def test_a_report_that_cannot_be_written_says_why(run: Run, tmp_path: Path) -> None:
    assert "is not a year" in run("yearly-report", "soon", tmp_path / "year.xlsx")["said"]
    assert "has not begun yet" in run("yearly-report", "2031", tmp_path / "year.xlsx")["said"]
    assert "is written as" in run("yearly-report", "2026", tmp_path / "year.docx")["said"]
    assert not list(tmp_path.glob("year*"))


def test_without_something_that_draws_a_pdf_it_says_what_else_to_write(
    network: "Network", run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--store", str(network.store.path), "yearly-report", "2026", str(tmp_path / "y.pdf")]) == 2
    assert "A PDF cannot be drawn here. Write it as .html" in capsys.readouterr().err
