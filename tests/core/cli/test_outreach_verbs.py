"""The whole life of an ask by command line: asked, answered in words and in a workbook, introduced, closed."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from matcher import cli
from matcher.model import Audience, Requester
from matcher.storage import request_of, work

if TYPE_CHECKING:
    from tests.conftest import Network

PASSPHRASE = "otter lantern gravel"
Run = Callable[..., Any]


@pytest.fixture
def run(network: "Network", monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A closed store with one request (R1) and a list of four, and a way to call verbs on it."""
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    people = [
        network.willing(name, last_name="Stone", email=f"{name.lower()}@example.org", phone=f"07700 90012{place}")
        for place, name in enumerate(("Ada", "Bea", "Cai", "Dee"))
    ]
    request = network.request(Audience.MEDIA, requester="Sam Okoro", contact="sam@example.org")
    with work(network.store, "who asks") as unit:
        who = Requester(name="Sam Okoro", contact="sam@example.org", organisation="Seven", created_at=unit.now)
        unit.session.add(who)
        unit.session.flush()
        request_of(unit.session, request).requester_id = who.id
    network.shortlist(request, *people, reserves=1)
    network.store.close()
    monkeypatch.setenv("MATCHER_PASSPHRASE", PASSPHRASE)

    def call(*arguments: object, code: int = 0) -> Any:
        capsys.readouterr()
        assert cli.main([*map(str, arguments), "--store", str(network.store.path), "--json"]) == code
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return json.loads(said.out) if code == 0 else said.err

    return call


def fill(path: Path, *responses: str) -> None:
    book = load_workbook(path)
    sheet = book["Outreach"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Response")
    for row, response in enumerate(responses, start=2):
        sheet.cell(row, column).value = response or None
    book.save(path)


def test_from_the_ask_to_the_thanks(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [ask["state"] for ask in run("ask", "R1", "--next")["asks"]] == ["asked"] * 3
    assert "left to be asked" in run("ask", "R1", "--next", code=2)
    path = tmp_path / "out.xlsx"
    run("export", "R1", path)
    fill(path, "yes please", "", "x", "")
    looked = run("replies", path, "--dry-run")
    assert ([c["row"] for c in looked["changes"]], looked["rejected"][0]["row"], looked["recorded"]) == ([2], 4, 0)
    assert run("replies", path)["recorded"] == 1
    monkeypatch.setattr("sys.stdin", io.StringIO("Bea Stone: cant make it, working that day\nCai Stone: stop"))
    pasted = run("paste", "-", "--request", "R1", "--record")
    assert [one["answer"] for one in pasted["proposals"]] == ["Can't make the date", "No - stop everything"]
    assert pasted["recorded"] == 2
    places = run("sessions", "R1")["places"]
    assert (places["short_by"], places["next_reserve"]) == (1, 4)
    run("ask", "R1", "--member", "M4")
    run("reply", "R1", "M4", "yes")
    assert [one["next_step"] for one in run("asked")["asked"]] == ["introduce"] * 2
    assert "sam@example.org" in run("introduce", "R1", "--given", "M1", "--given", "M4")["people"][0]["message"]
    assert run("outcome", "R1", "took-part", "M1", "M4")["batch"]
    assert [one["member_id"] for one in run("to-send", "thank")["to_send"]] == [1, 4]
    run("to-send", "thank", "--request", "R1", "--sent", "M1", "--sent", "M4")
    run("note", "R1", "feedback", "M1", "--words", "They listened.")
    looked = run("close", "R1", "--look", "--findings", "A report.")["closing"]
    assert looked["left"] == ["2 not told what came of it"]
    run("to-send", "tell", "--request", "R1", "--sent", "M1", "--sent", "M4")
    closed = run("close", "R1", "--feedback", "Answered quickly.", "--note", "Went well.")["closing"]
    assert (closed["stage"], closed["left"], closed["owed"], closed["feedback"]) == (
        "done", [], [], ["Answered quickly."],
    )  # fmt: skip
    assert run("asked")["asked"] == []
    assert run("owed")["owed"] == []
    assert run("participation", "M1")["participation"][0]["ask"]["feedback"] == "They listened."
    assert run("timeline", "R1")["timeline"][-1]["what"]
    (old,) = run("old-workbooks")["workbooks"]
    assert old["standing"] == "changed since", "a row of it was left out"
    fill(path, "yes please", "", "stop", "")
    assert run("replies", path)["same"] == 2
    assert run("old-workbooks")["workbooks"][0]["standing"] == "as read back"
    assert run("old-workbooks", "--delete", old["id"])["deleted"] == [str(path)]


def test_a_conflict_is_taken_only_when_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    run("ask", "R1")
    run("export", "R1", path)
    run("reply", "R1", "M1", "no this time")
    fill(path, "Yes")
    found = run("replies", path)
    assert ([one["row"] for one in found["conflicts"]], found["recorded"]) == ([2], 0)
    assert "not one of the conflicts" in run("replies", path, "--take", 9, code=2)
    assert run("replies", path, "--take", 2)["recorded"] == 1


def test_under_a_password(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.xlsx"
    assert "needs its password" in run("export", "R1", path, "--password", code=2)
    monkeypatch.setenv("MATCHER_FILE_PASSWORD", "three small boats")
    run("export", "R1", path, "--password")
    assert run("replies", path)["empty"] == 4
    monkeypatch.delenv("MATCHER_FILE_PASSWORD")
    assert "needs its password" in run("replies", path, code=2)
    monkeypatch.setenv("MATCHER_FILE_PASSWORD", "two small boats")
    assert "not the password" in run("replies", path, code=2)


def test_an_open_call_and_its_answer(run: Run) -> None:
    assert "not posted" in run("volunteer", "R1", "M1", code=2)
    assert run("call", "R1", "--posted-in", "WhatsApp group")["posted"][0]["posted_in"] == "WhatsApp group"
    run("volunteer", "R1", "M1")
    assert run("asked")["asked"][0]["ask"]["volunteered"] is True


def test_a_text_of_her_own(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "ask.txt"
    text.write_text("Hi {{ first_name }}, {{ title }}?", encoding="utf-8")
    own = run("texts", "ask", "--audience", "media", "--set", text)["texts"][1]
    assert (own["own"], own["audience"]) == (True, "media")
    text.write_text("Hi {{ nickname }}", encoding="utf-8")
    assert "nickname" in run("texts", "ask", "--set", text, code=2)
    assert len(run("texts", "ask", "--audience", "media", "--usual")["texts"]) == 1
    assert "Which text" in run("texts", "--usual", code=2)


def test_the_requesters_sheet_warns(run: Run, tmp_path: Path) -> None:
    run("ask", "R1")
    run("reply", "R1", "M1", "yes")
    path = tmp_path / "sheet.xlsx"
    assert run("sheet", "R1", path, "--look", "--fields", "first_name")["warnings"] == []
    assert not path.exists()
    made = run("sheet", "R1", path)
    assert (made["people"], made["to"]) == (1, "sam@example.org")
    assert "for this request only" in made["letter"]
    assert run("show", "R1")["request"]["stage"] == "introduced"


@pytest.mark.parametrize(
    "wrong",
    [
        ("sessions", "R1", "--pick", "M1"),
        ("to-send", "thank", "--sent", "M1"),
        ("note", "R1", "paid", "M1"),
        ("note", "R1", "feedback", "M1"),
        ("outcome", "R1", "took-part", "M1"),
        ("close", "R1"),
        ("paste", "/no/such/file"),
        ("emails", "R1", "/no/such/folder"),
        ("old-workbooks", "--delete", "9"),
    ],
)
def test_what_is_hers_to_mend_is_one_sentence(run: Run, wrong: tuple[str, ...]) -> None:
    assert run(*wrong, code=2).strip().count("\n") == 0
