"""The command line: its verbs from a spreadsheet and a brief to an answer, and the keys they promise."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.core.cli.conftest import PASSPHRASE, Run, good

from matcher.model import CriterionField, Decision, Purpose
from matcher.storage import last_store
from matcher.storage.copies import DATABASE

if TYPE_CHECKING:
    from tests.conftest import Network

SHEET = """Timestamp,First name,Last name,Email,Mobile,Town,May we ask you about media requests?
2026-05-01 10:00,Dilys,Example,dilys@example.org,07700 900301,Leeds,Yes
2026-05-02 10:00,Enid,Example,enid@example.org,07700 900302,York,No
"""


def test_the_main_job_from_a_brief_to_an_answer(run: Run, path: Path, brief: Path, tmp_path: Path) -> None:
    at = ("--store", path, "--json")
    request = good(run("log", "--brief", brief, *at))["request"]
    assert {"id", "kind", "updates", "title", "audience", "criteria", "evidence"} <= request.keys()
    name = f"R{request['id']}"
    assert [r["id"] for r in good(run("requests", *at))["requests"]] == [request["id"]]
    assert good(run("show", name, *at))["request"]["title"] == "Night shifts"
    ranked = good(run("rank", name, *at))
    assert {c["member"]["id"] for c in ranked["candidates"]} | {o["member"]["id"] for o in ranked["others"]} == {
        1,
        2,
        3,
    }
    for candidate in ranked["candidates"]:
        assert {"member", "score", "parts", "status", "evidence"} <= candidate.keys()
        assert candidate["status"] in ("met", "ask")
        assert candidate["score"] == pytest.approx(sum(candidate["parts"].values()), abs=0.05)
    assert len(good(run("rank", name, "--top", 1, *at))["candidates"]) == 1
    assert good(run("why", name, "M1", *at))["sentences"]
    made = good(run("shortlist", name, "--people", 5, *at))
    assert made["short_by"] == 5 - len(made["chosen"])
    target = tmp_path / "out.xlsx"
    assert good(run("export", name, target, *at))["people"] == len(made["chosen"])
    sheet = load_workbook(target).worksheets[0]
    assert {"Row id", "Response", "Note"} <= {cell.value for cell in sheet[1]}
    assert len(good(run("ask", name, *at))["asks"]) == len(made["chosen"])
    assert good(run("reply", name, "M1", "no - stop this kind", *at))["answer"] == "No - stop this kind"
    after = {m["id"]: m["consent"]["media"] for m in good(run("members", *at))["members"]}
    assert after == {1: "withdrawn", 2: "given", 3: "given"}
    others = {o["member"]["id"]: o for o in good(run("rank", name, *at))["others"]}
    assert others[1]["rule"] == "withdrawn"
    assert all(o["reason"] for o in others.values())


def test_a_spreadsheet_comes_in_and_goes_back(run: Run, path: Path, tmp_path: Path) -> None:
    file, at = tmp_path / "form.csv", ("--store", path, "--json")
    file.write_text(SHEET, encoding="utf-8")
    keys = {"new", "updated", "duplicate", "to_decide", "unreadable", "batch"}
    tried = good(run("import", file, "--dry-run", *at))
    assert keys <= tried.keys()
    assert (tried["new"], tried["batch"]) == (2, None)
    assert len(good(run("members", *at))["members"]) == 3
    done = good(run("import", file, *at))
    found = {m["name"]: m for m in good(run("members", *at))["members"]}
    assert found["Dilys Example"]["consent"]["media"] == "given"
    assert found["Enid Example"]["consent"]["media"] == "refused"
    assert {"id", "name", "email", "phone", "consent"} <= found["Dilys Example"].keys()
    undone = good(run("undo", done["batch"], *at))
    assert {"batch_id", "what", "reverted", "kept", "step"} == undone.keys()
    left = {m["name"] for m in good(run("members", *at))["members"]}
    assert "Dilys Example" not in left
    assert "Enid Example" in left


def test_members_are_shown_edited_and_merged(run: Run, path: Path) -> None:
    at = ("--store", path, "--json")
    assert good(run("edit", "ada@example.org", "town=Leeds", *at)) == {"id": 1, "changed": ["town"], "to_do": []}
    assert good(run("member", "M1", *at))["id"] == 1
    assert good(run("merge", 1, "M2", *at)) == {"kept": 1, "merged": 2}
    assert good(run("unmerge", 1, "M2", *at)) == {"member": 1, "parted": 2, "kept": []}
    assert good(run("merge", 1, "M2", *at)) == {"kept": 1, "merged": 2}
    assert [m["id"] for m in good(run("members", *at))["members"]] == [1, 3]


def test_permissions_are_shown_recorded_and_withdrawn(run: Run, path: Path) -> None:
    at = ("--store", path, "--json")
    assert good(run("consent", "M1", *at))["consent"] == dict.fromkeys(map(str, Purpose), "not_given") | {
        "media": "given"
    }
    given = good(run("consent", 1, "--ask-first", "--purpose", "policy", "--evidence", "on the phone", *at))
    assert given["consent"]["policy"] == "ask_first"
    assert good(run("withdraw", "M1", "--purpose", "media", *at)).keys() == {"id", "batch", "to_do"}
    assert good(run("consent", "M1", *at))["consent"]["media"] == "withdrawn"


def test_a_request_moves(run: Run, path: Path, brief: Path) -> None:
    at = ("--store", path, "--json")
    run("log", "--brief", brief, *at)
    assert good(run("stage", "R1", "checking", *at)) == {"id": 1, "stage": "checking"}
    ran = run("stage", "R1", "done", *at)
    assert ran.code == 2
    assert "cannot become done" in ran.err


def test_the_store_is_made_checked_backed_up_and_rekeyed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_PASSPHRASE", PASSPHRASE)
    at = ("--store", tmp_path / "Lantern", "--json")
    made = good(run("new", "--organisation", "Lantern", *at))
    assert made.keys() == {"store", "organisation", "recovery_words"}
    assert len(made["recovery_words"].split()) == 12
    store = Path(made["store"])
    assert store == tmp_path / "Lantern.matcher"
    assert last_store() == store
    assert good(run("check", "--json")) == {"ok": True, "problems": [], "notes": []}
    assert (Path(good(run("backup", "--json"))["backup"]) / DATABASE).exists()
    monkeypatch.setenv("MATCHER_NEW_PASSPHRASE", "new words")
    assert good(run("passphrase", "--json")) == {"changed": True}
    assert run("check").code == 2
    monkeypatch.setenv("MATCHER_PASSPHRASE", "new words")
    assert good(run("check", "--json"))["ok"]
    assert run("new", "--organisation", "Lantern", "--store", store).code == 2


def test_the_check_reports_a_guard_that_was_put_back(run: Run, network: "Network", path: Path) -> None:
    network.reopen()
    with network.store.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_no_delete")
    network.store.close()
    checked = run("check", "--store", path, "--json")
    assert (checked.code, checked.err.strip()) == (
        2, "Something is wrong with this store. Put the newest good backup back: matcher backups --verify",
    )  # fmt: skip
    found = json.loads(checked.out)
    assert found["ok"] is False
    assert "ledger_no_delete" in found["problems"][0]
    assert good(run("check", "--store", path, "--json"))["ok"]


def test_the_sample_needs_no_passphrase_of_hers(run: Run, tmp_path: Path) -> None:
    made = good(run("sample", "--members", 25, "--store", tmp_path / "s", "--json"))
    assert made.keys() == {"store", "passphrase"}
    assert len(good(run("members", "--json"))["members"]) == 25


def test_store_and_json_stand_before_or_after(run: Run, path: Path) -> None:
    after = good(run("members", "--store", path, "--json"))
    assert good(run("--store", path, "--json", "members")) == after
    assert good(run("--json", "members")) == after


@pytest.mark.parametrize(
    "verb",
    [
        ("members",), ("member", "M1"), ("consent", "M1"), ("requests",), ("show", "R1"), ("rank", "R1", "--all"),
        ("why", "R1", "M1"), ("shortlist", "R1", "--people", "2"), ("check",), ("undo",),
    ],
)  # fmt: skip
def test_what_people_wrote_is_shown_as_it_is(
    run: Run, network: "Network", path: Path, verb: tuple[str, ...]
) -> None:
    network.reopen()
    network.request(title="[/b] :warning: [red]x", organisation="[/i]")
    network.willing("[/b]:warning:", last_name="[bold]", town="[/]", region="Wales")
    network.store.close()
    ran = run(*verb, "--store", path)
    assert (ran.code, ran.err) == (0, "")
    if verb in (("members",), ("requests",)):
        assert ":warning:" in ran.out
        assert "[/b]" in ran.out


def test_a_fault_of_ours_names_no_member(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(store: object) -> None:
        raise RuntimeError("Ada Stone ada@example.org")

    monkeypatch.setattr("matcher.directory.list_members", broken)
    ran = run("members", "--store", path)
    assert ran.code == 1
    assert "Ada" not in ran.err
    assert "RuntimeError at test_cli.py" in ran.err


@pytest.mark.parametrize("field", [f.value for f in CriterionField])
def test_every_field_of_a_criterion_is_taken(run: Run, path: Path, tmp_path: Path, field: str) -> None:
    criterion = {"strength": "prefer", "field": field, "op": "is", "value": "Wales", "text": "Wales"}
    (tmp_path / "b.json").write_text(json.dumps({"title": "x", "audience": "media", "criteria": [criterion]}))
    good(run("log", "--brief", tmp_path / "b.json", "--store", path, "--json"))
    assert good(run("rank", "R1", "--json"))["others"] is not None


def test_help_needs_no_store(run: Run) -> None:
    ran = run("--help")
    assert (ran.code, ran.err) == (0, "")
    for verb in ("import", "rank", "shortlist", "export", "withdraw", "sample"):
        assert verb in ran.out


def test_no_permission_is_given_by_ranking(run: Run, network: "Network", path: Path, brief: Path) -> None:
    network.reopen()
    ids = {network.member("Dee"): "no_permission"}
    for decision, rule in ((Decision.REFUSED, "refused"), (Decision.WITHDRAWN, "withdrawn")):
        member = network.member("Eve")
        network.say(member, decision)
        ids[member] = rule
    network.store.close()
    run("log", "--brief", brief, "--store", path)
    others = {o["member"]["id"]: o["rule"] for o in good(run("rank", "R1", "--json"))["others"]}
    assert others == others | ids


def test_triage_from_checks_to_an_answer(run: Run, path: Path, brief: Path, tmp_path: Path) -> None:
    number = good(run("log", "--brief", brief, "--store", path, "--json"))["request"]["id"]
    shown = good(run("checks", number, "--store", path, "--json"))
    assert shown["advice"]["kind"] == "ask_more"
    assert {check["answer"] for check in shown["checks"]} <= {"yes", "no", "unknown", "not_needed"}
    assert run("checks", number, "--store", path).code == 0
    told = good(run("answer", number, "outlet", "yes", "--note", "The Gazette", "--store", path, "--json"))
    assert (told["answer"], told["note"], told["by_her"]) == ("yes", "The Gazette", True)
    assert good(run("answer", number, "outlet", "as-read", "--store", path, "--json"))["by_her"] is False
    letter = good(run("letter", f"R{number}", "ask-more", "--sent", "--store", path, "--json"))
    assert "Before I ask our members" in letter["body"]
    assert good(run("show", number, "--store", path, "--json"))["request"]["stage"] == "checking"
    due = good(run("due", "--store", path, "--json"))["due"]
    assert [one["kind"] for one in due] == ["reminder"]
    calendar = tmp_path / "due.ics"
    assert good(run("calendar", calendar, "--store", path, "--json"))["entries"] == 1
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert good(run("due", "--done", due[0]["id"], "--store", path, "--json"))["due"] == []
    good(run("remind", number, "2026-12-04", "Ring him", "--store", path, "--json"))
    own = tmp_path / "own.txt"
    own.write_text("My own words", encoding="utf-8")
    said = good(run("letter", number, "decline", "--text", own, "--sent", "--store", path, "--json"))
    assert said["body"] == "My own words"
    assert good(run("questions", "--store", path, "--json")) == {"questions": []}
    assert good(run("requesters", "--store", path, "--json")) == {"requesters": []}


def test_rights_are_logged_listed_and_answered(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")
    logged = run("rights-log", "objection", "--member", "M1", "--objects-to", "news", "--store", path, "--json")
    assert (logged.code, logged.json["due"]) == (0, "2026-12-23")
    assert run("consent", "M1", "--store", path, "--json").json["consent"]["news"] == "withdrawn"
    listed = run("rights", "--store", path, "--json").json["rights"]
    assert [(one["kind"], one["who"], one["due"]) for one in listed] == [("objection", "Ada Stone", "2026-12-23")]
    number = listed[0]["id"]
    done = run(
        "rights-set", number, "--identity", "2026-11-23", "--answered", "2026-11-23", "--store", path, "--json"
    )
    assert (done.json["answered"], done.json["due"]) == ("2026-11-23", None)
    assert "Nobody" in run("rights", "--store", path).out
    assert len(run("rights", "--all", "--store", path, "--json").json["rights"]) == 1
    early = run("rights-set", number, "--answered", "2026-11-01", "--store", path)
    assert (early.code, "before it was received" in early.err) == (2, True)


def test_a_correction_names_who_has_the_old_value(run: Run, path: Path, brief: Path, tmp_path: Path) -> None:
    at = ("--store", path, "--json")
    request = run("log", "--brief", brief, *at).json["request"]["id"]
    run("shortlist", request, "--people", "1", *at)
    [asked] = [one["member_id"] for one in good(run("ask", request, *at))["asks"]]
    run("reply", request, asked, "Yes", *at)
    run("sheet", request, tmp_path / "sheet.xlsx", "--fields", "first_name,phone", *at)
    left = run("edit", asked, "phone=07700 900456", *at).json["to_do"]
    assert [one["kind"] for one in left] == ["correct", "stale_file"]
    ahead = good(run("erase", asked, "--look-ahead", *at))
    assert ahead["asks"] == 1
    assert "no longer wants to take part" in ahead["to_tell"][0]["message"]
    assert run("member", asked, *at).code == 0
    told = run("to-do", "--message", left[0]["id"], *at).json["message"]
    assert "no longer right" in told
    assert "900456" not in told
