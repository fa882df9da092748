"""Partners without a window: list, add, change, merge, link, undo."""

import json
from typing import Any

import pytest

from matcher import cli
from matcher.directory import add_member
from matcher.storage import Cost, create_store


def test_partners_from_the_command_line(
    tmp_path: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_PASSPHRASE", "pass")
    path = tmp_path / "net.matcher"
    with create_store(path, "Care Network", "pass", cost=Cost(n=2**4)).store as store:
        for name, heard in (("Ann", "Ripley Library"), ("Bea", "ripley libary")):
            add_member(store, {"first_name": name, "heard_via": heard})

    def run(*words: str) -> dict[str, Any]:
        code = cli.main(["--store", str(path), "--json", *words])
        said = capsys.readouterr()
        found: dict[str, Any] = {"said": said.err} if code else json.loads(said.out)
        return found

    first = run("add-partner", "Ripley Library", "--place", "Ripley")
    assert first["linked"] == 1
    said = run("partners")
    assert said["words"] == [{"words": "ripley libary", "members": 1, "may_be": first["id"]}]
    assert run("link-partner", "ripley libary", "P1")["linked"] == 1
    second = run("add-partner", "Library at Ripley", "--kind", "other")
    assert run("edit-partner", "Library at Ripley", "kind=library")["id"] == second["id"]
    merged = run("merge-partners", "Ripley Library", "Library at Ripley")
    (row,) = run("partners")["partners"]
    assert (row["name"], row["kind"], row["members"]) == ("Ripley Library", "library", 2)
    assert row["spellings"] == ["Library at Ripley", "ripley libary"]
    run("undo", str(merged["batch"]))
    assert len(run("partners")["partners"]) == 2
    assert "no kind of partner" in run("edit-partner", "P1", "kind=pub")["said"]
    assert "There is no partner" in run("merge-partners", "P1", "P99")["said"]
    assert cli.main(["--store", str(path), "partners"]) == 0
    assert "Ripley Library" in capsys.readouterr().out
