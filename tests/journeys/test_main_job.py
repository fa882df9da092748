"""The main job by command line, as she would play it: her sheet in, a request in, a list and a workbook out."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from matcher import cli

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
SHEET = """Sign-up answers - keep private,,,,,,,
Timestamp,What is your name?,Email address,Mobile number,Where do you work?,\
How long have you been a homecare worker?,Tell us about your experience,\
"May we contact you about ... (tick all that apply)"
03/02/2025 10:00:00,Dilys Pritchard,dilys@example.org,7700900301,Leeds,7 yrs,"I do sleep-ins, four nights a week.",\
"University researchers, Journalists, TV and radio - but ask me first"
04/02/2025 10:00:00,Enid Marlow,enid@example.org,07700 900302,york,since 2018,Tea-time calls.,Care sector events
05/02/2025 10:00:00,Joan Okoro,joan@example.org,+44 7700 900303,Bradford,2,Waking nights with a lady who forgets.,\
University researchers
"""
LETTER = """From: Dr Imogen Farrell <i.farrell@calder.ac.uk>
To: hello@lantern.example
Subject: Night visits, and who looks after the carer
Date: Wed, 18 Nov 2026 16:20:00 +0000
Content-Type: text/plain; charset=utf-8

Dear all,

I'm Dr Imogen Farrell at Calder University. Could you put us in touch with six to eight home care workers who do
nights or sleep-ins now, living within an hour of Leeds? It's a 45-minute interview by phone. We can offer a £25
voucher. We have ethics approval (CU-2291) and everyone stays anonymous. Names by Friday 4 December, please.

With thanks,
Imogen

Dr Imogen Farrell
Senior Lecturer, Calder University
"""

Verb = Callable[..., dict[str, Any]]


@pytest.fixture
def verb(
    cheap_keys: None,
    read_here: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Verb:
    monkeypatch.setenv("MATCHER_PASSPHRASE", "otter lantern gravel")
    monkeypatch.setenv("MATCHER_NOW", "2026-11-23T09:00")

    def run(*arguments: object) -> dict[str, Any]:
        capsys.readouterr()
        code = cli.main(["--store", str(tmp_path / "journey.matcher"), "--json", *map(str, arguments)])
        said = capsys.readouterr()
        assert code == 0, said.err
        answer: dict[str, Any] = json.loads(said.out)
        return answer

    return run


def names_in(workbook: Path) -> list[str]:
    rows = list(load_workbook(workbook).worksheets[0].iter_rows(values_only=True))
    return [str(row[rows[0].index("Name")]) for row in rows[1:]]


def test_from_her_sheet_and_a_letter_to_the_workbook(verb: Verb, tmp_path: Path) -> None:
    sheet, letter, workbook = tmp_path / "sign-ups.csv", tmp_path / "letter.eml", tmp_path / "asks.xlsx"
    sheet.write_text(SHEET, encoding="utf-8")
    letter.write_text(LETTER, encoding="utf-8")
    verb("new", "--organisation", "Lantern Network")

    assert verb("import", sheet, "--dry-run")["new"] == 3
    assert verb("members") == {"members": []}
    assert verb("import", sheet)["new"] == 3

    request = verb("log", letter)["request"]
    assert request["requester"] == "Dr Imogen Farrell"
    assert request["audience"] == "academic"
    assert request["deadline"] == "2026-12-04"
    assert (request["people_wanted"]["min"], request["people_wanted"]["max"]) == (6, 8)

    ranking = verb("rank", "R1", "--all")
    assert {c["member"]["name"] for c in ranking["candidates"]} == {"Dilys Pritchard", "Joan Okoro"}
    for candidate in ranking["candidates"]:
        assert sum(candidate["parts"].values()) == pytest.approx(candidate["score"])
        assert any(
            "night" in e["text"].casefold() or "sleep" in e["text"].casefold() for e in candidate["evidence"]
        )
    assert [(o["member"]["name"], o["rule"]) for o in ranking["others"]] == [("Enid Marlow", "no_permission")]

    made = verb("shortlist", "R1", "--people", "8")
    assert made["short_by"] == 6
    verb("export", "R1", workbook)
    assert sorted(names_in(workbook)) == ["Dilys Pritchard", "Joan Okoro"]
    assert verb("check")["ok"]


@pytest.mark.gold
def test_every_graded_request_goes_the_whole_way(verb: Verb, tmp_path: Path) -> None:
    if not GOLD.is_dir():
        pytest.skip("the graded examples of ../shared/gold are not here")
    verb("new", "--organisation", "Lantern Network")
    assert verb("import", GOLD / "members" / "google_form_export.xlsx")["new"] == 120
    consent = {m["id"]: m["consent"] for m in verb("members")["members"]}
    for item in json.loads((GOLD / "requests" / "manifest.json").read_text(encoding="utf-8")):
        file = GOLD / "requests" / item["file"]
        request = verb("log", file, "--received", item["received_at"])["request"]
        ranking = verb("rank", request["id"], "--all")
        ranked = {c["member"]["id"] for c in ranking["candidates"]}
        others = {o["member"]["id"] for o in ranking["others"]}
        assert ranked.isdisjoint(others)
        assert ranked | others == set(consent)
        assert all(consent[i].get(request["audience"]) in ("given", "ask_first") for i in ranked)
        if not ranked:
            continue
        chosen = verb("shortlist", request["id"], "--people", "5")["chosen"]
        workbook = tmp_path / f"{item['id']}.xlsx"
        verb("export", request["id"], workbook)
        assert len(names_in(workbook)) >= len(chosen) > 0


def test_the_workbook_opens_in_libreoffice(verb: Verb, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("localc")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    test_from_her_sheet_and_a_letter_to_the_workbook(verb, tmp_path)
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76"
    subprocess.run(
        [office, "--headless", "--convert-to", as_csv, "--outdir", str(tmp_path), str(tmp_path / "asks.xlsx")],
        check=True, capture_output=True, timeout=120, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    text = (tmp_path / "asks.csv").read_text(encoding="utf-8")
    assert "07700 900301" in text
    assert "Dilys Pritchard" in text
